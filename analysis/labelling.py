"""Rows of features to labels: a small recurrent network run with numpy, and a conditional random field over it.

Two layers of gated recurrent units [1]_ in both directions, then a linear-chain conditional random field [2]_; of the
field's marginals, the legal labels with most expected right ones are read off.

.. [1] Cho et al. (2014), Learning Phrase Representations using RNN Encoder-Decoder, EMNLP.
.. [2] Lample et al. (2016), Neural Architectures for Named Entity Recognition, NAACL.
"""

import numpy as np

LABELS = ("O", "B-cue", "I-cue") + tuple(
    f"{position}-{role}{side}" for role in ("source", "content") for side in "><" for position in "BI"
)  # ">": the cue lies to the right, "<": to the left
_BEGIN, _INNER = slice(1, None, 2), slice(2, None, 2)  # "B" and "I" labels, in pairs
_OUTER = [k for k, name in enumerate(LABELS) if name[0] != "I"]
_ONE, _HALF = np.float32(1), np.float32(0.5)
_OUTSIDE = 0.5  # a token at least this likely to be "O" is "O", so each stretch between can be read on its own
_LEAST = np.float32(1e-30)  # of what is divided by


def label(features: np.ndarray, lengths: np.ndarray, weights: dict[str, np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """Label the tokens of windows laid end to end.

    Parameters
    ----------
    features : ndarray of int, shape (tokens, 9)
        See `encode`.
    lengths : ndarray of int, shape (windows,)
        Tokens of each window; none is empty.
    weights : dict of str to ndarray of float32
        By name, as `analysis.tagger.load` reads them, those of the recurrent units as `laid_by_gate` gives them.

    Returns
    -------
    labels : ndarray of int8, shape (tokens,)
        Indices into `LABELS`; an "I" always follows its "B" or "I".
    posterior : ndarray of float32, shape (tokens,)
        Probability of each label given its window.
    """
    marginals = _marginals(_scores(features, lengths, weights), lengths, weights)
    path = _path(marginals, lengths)
    return path, marginals[np.arange(len(path)), path]


def _places(lengths: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Place in its window, and the window, of each token of windows laid end to end."""
    column = np.repeat(np.arange(len(lengths)), lengths)
    return np.arange(len(column)) - (np.cumsum(lengths) - lengths)[column], column


def _scores(features: np.ndarray, lengths: np.ndarray, weights: dict[str, np.ndarray]) -> np.ndarray:
    """Score of each label for each token of windows laid end to end, shape (tokens, labels)."""
    x = weights["table.0"][features[:, 0]]
    part = np.empty_like(x)
    for k in range(1, features.shape[1]):
        x += np.take(weights[f"table.{k}"], features[:, k], axis=0, out=part, mode="clip")  # "raise" would copy
    x = _normalise(x, weights, "embedding")
    steps = _steps(lengths)
    for layer in range(sum(name.endswith(".recurrent") for name in weights)):
        x = _remember(x, steps, weights, f"memory.{layer}")
    return _linear(x, weights, "output")


def laid_by_gate(name: str, rows: np.ndarray) -> np.ndarray:
    """Lay stored weights of recurrent units out as a step wants them: (gate, direction, from, to), the new part halved.

    Biases have one row to come from; ``again``, the bias of the recurrent new part, has its layout already.
    """
    if name.endswith(".again"):
        return rows * _HALF
    blocks = rows.reshape(2, 3, -1, rows.shape[1] if rows.ndim == 2 else 1)
    laid = np.ascontiguousarray(blocks.transpose(1, 0, 3, 2))
    if name.endswith(".recurrent"):
        laid[-1] *= _HALF
    return laid


def _remember(x: np.ndarray, steps: tuple, weights: dict[str, np.ndarray], name: str) -> np.ndarray:
    """Run a layer of gated recurrent units; the first half of what it gives has read forward, the second backward.

    ``steps`` from `_steps`.

    Windows are worked on longest first, so that those at work are always the first ones and nothing is padded. Arrays
    are laid out as (gate, direction, token, unit), which leaves what a step touches in few unbroken pieces. The gates
    (reset, update) are sigmoid(2 z) = (tanh(z) + 1) / 2: their weights are stored halved. The half of the first is in
    the weights that it multiplies (`laid_by_gate`), that of the second is taken at the end.
    """
    recurrent, again = weights[name + ".recurrent"], weights[name + ".again"]
    size = recurrent.shape[-1]
    forward, backward, working = steps
    drive = np.empty((3, 2, len(x), size), np.float32)
    for side, order in enumerate((forward, backward)):
        np.matmul(x.take(order, 0), weights[name + ".weight"][:, side], out=drive[:, side])
        drive[:, side] += weights[name + ".bias"][:, side]
    states = np.empty((2, len(x), size), np.float32)
    state = np.zeros((2, working[0], size), np.float32)
    start = 0
    for n in working:
        here = drive[:, :, start : start + n]
        state = state[:, :n]
        moved = np.matmul(state, recurrent)
        gates, new = moved[:2], moved[2]
        gates += here[:2]
        np.tanh(gates, out=gates)
        gates += _ONE
        new += again
        new *= gates[0]
        new += here[2]
        np.tanh(new, out=new)
        state = state - new
        state *= gates[1]
        state *= _HALF
        state = np.add(state, new, out=states[:, start : start + n])
        start += n
    read = np.empty((len(x), 2 * size), np.float32)
    read[forward, :size], read[backward, size:] = states
    return read


def _steps(lengths: np.ndarray) -> tuple[np.ndarray, np.ndarray, list[int]]:
    """Tokens by step, for reading forward and backward with the longest window first; windows at work in each step."""
    order = np.argsort(-lengths, kind="stable")
    first = (np.cumsum(lengths) - lengths)[order]
    step = np.arange(lengths.max())
    working = (lengths[:, None] > step).sum(0)
    step = np.repeat(step, working)
    window = np.arange(len(step)) - np.repeat(np.cumsum(working) - working, working)
    return first[window] + step, (first + lengths[order] - 1)[window] - step, working.tolist()


def _linear(x: np.ndarray, weights: dict[str, np.ndarray], name: str) -> np.ndarray:
    out = x @ weights[name + ".weight"].T
    out += weights[name + ".bias"]
    return out


def _normalise(x: np.ndarray, weights: dict[str, np.ndarray], name: str) -> np.ndarray:
    """Layer normalisation, in place."""
    x -= x.mean(1, keepdims=True)
    x /= np.sqrt(np.einsum("ti,ti->t", x, x)[:, None] / np.float32(x.shape[1]) + np.float32(1e-5))
    x *= weights[name + ".weight"]
    x += weights[name + ".bias"]
    return x


def _marginals(scores: np.ndarray, lengths: np.ndarray, weights: dict[str, np.ndarray]) -> np.ndarray:
    """Probability of each label given the window, by the forward-backward algorithm, shape as ``scores``.

    The backward pass is the forward pass over windows read from their ends, so that both run in one.
    """
    emission = np.maximum(np.exp(scores - scores.max(1, keepdims=True)), _LEAST)
    transition = np.exp(weights["transition"])
    tables = np.stack([np.column_stack([table, np.ones(len(table))]) for table in (transition, transition.T)])
    tables = tables.astype(np.float32)
    time, column = _places(lengths)
    ahead, behind = (time, 0, column), (lengths[column] - 1 - time, 1, column)
    passes = np.ones((lengths.max(), 2, len(lengths), len(LABELS)), np.float32)
    passes[ahead] = passes[behind] = emission
    passes[0, 0] *= np.exp(weights["start"])
    for before, here in zip(passes, passes[1:], strict=False):
        step = before @ tables  # the last column holds the sum, to keep the numbers from vanishing
        here *= step[..., :-1] / step[..., -1:]
    product = passes[ahead] * passes[behind] / emission
    return product / product.sum(1, keepdims=True)


def _legal() -> np.ndarray:
    """0 where a label may follow another, a large negative number where it may not; last row: at the start."""
    allowed = np.zeros((len(LABELS) + 1, len(LABELS)), np.float32)
    for j, name in enumerate(LABELS):
        if name[0] == "I":
            allowed[:, j] = -1e4
            allowed[[j - 1, j], j] = 0
    return allowed


ALLOWED = _legal()


def _path(marginals: np.ndarray, lengths: np.ndarray) -> np.ndarray:
    """Find the legal labels with the highest expected number of right ones, for windows laid end to end.

    They are the likeliest ones wherever these are legal; only the stretches that hold an illegal one are searched.
    """
    path = marginals.argmax(1).astype(np.int8)
    opens = np.zeros(len(path), bool)
    opens[np.cumsum(lengths) - lengths] = True
    before = np.where(opens, 0, np.append(0, path[:-1]))
    illegal = ALLOWED[before, path] < 0
    if illegal.any():
        inside = marginals[:, 0] < _OUTSIDE
        stretch = np.cumsum(inside & (opens | ~np.append(False, inside[:-1])))
        searched = inside & np.isin(stretch, stretch[illegal])
        path[searched] = _best_path(marginals[searched], np.unique(stretch[searched], return_counts=True)[1])
    return path


def _best_path(marginals: np.ndarray, lengths: np.ndarray) -> np.ndarray:
    """Find the legal labels with the highest expected number of right ones, for stretches laid end to end."""
    time, column = _places(lengths)
    gains = np.zeros((lengths.max(), len(lengths), len(LABELS)), np.float32)
    gains[time, column] = marginals
    gains[0] += ALLOWED[-1]
    for before, here in zip(gains, gains[1:], strict=False):
        top = before.max(1, keepdims=True)  # any label may go before "O" and "B"; before "I" only its "B" and "I"
        here[:, _OUTER] += top
        here[:, _INNER] += np.maximum(before[:, _BEGIN], before[:, _INNER])
    best = gains.argmax(2)
    came_from = np.repeat(best[:, :, None], len(LABELS), axis=2)
    came_from[..., _INNER] = np.arange(len(LABELS))[_INNER] - (gains[..., _BEGIN] > gains[..., _INNER])
    path = np.zeros(gains.shape[:2], np.int8)
    path[-1] = best[-1]
    rows = np.arange(len(lengths))
    for t in range(len(gains) - 2, -1, -1):
        path[t] = np.where(t == lengths - 1, best[t], came_from[t, rows, path[t + 1]])
    return path[time, column]
