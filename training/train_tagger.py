"""Learn the weights of ``analysis/tagger.py`` from PolNeAR.

    python training/train_tagger.py CORPUS_DIR [--out FILE]

CORPUS_DIR holds ``train.jsonl`` (training/README.md says where from). Needs torch; one thread, seeded, so that the same
machine and versions give the same file. About 30 minutes.
"""

import argparse
import copy
import json
import math
import sys
import time
from pathlib import Path

import numpy as np
import torch
from corpus import example, reporting_words, vocabulary
from field import FieldLoss
from torch import nn
from torch.nn import functional

from analysis import token_features
from analysis.labelling import ALLOWED, LABELS
from analysis.stored import write_arrays

HERE = Path(__file__).parent
SEED = 1
EPOCHS = 20
WINDOW = 180  # tokens of a window at most
BATCH = 24  # windows
WIDTH, HIDDEN, LAYERS = 128, 80, 2
RATE, WEIGHT_DECAY, AVERAGING = 2e-3, 0.02, 0.998
DROP, DROP_EMBEDDING, DROP_FEATURE = 0.4, 0.2, 0.05
DROP_WORD = 0.12
CHANGE_CASE = 0.02  # share of windows read as if in capitals, or without any


def main():
    """Read the corpus, train, write the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--out", type=Path, default=HERE.parent / "analysis" / "weights" / "tagger.npz")
    arguments = parser.parse_args()
    source = arguments.corpus / "train.jsonl"
    if not source.is_file():
        sys.exit(f"{source} is missing: training/README.md says where to get PolNeAR and in what form.")
    torch.manual_seed(SEED)
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    articles = [json.loads(line) for line in source.open(encoding="utf-8")]
    words, verbs = vocabulary(articles), reporting_words(HERE / "reporting_words.txt")
    rows = {word: row for row, word in enumerate(words, start=token_features.UNKNOWN_WORD + 1)}
    lookup = token_features.word_lookup(rows, verbs)
    network = train([example(article, lookup) for article in articles], len(words) + token_features.UNKNOWN_WORD + 1)
    write(network, words, verbs, arguments.out)


def drop(x, share):
    """Dropout with one mask for all tokens of a window."""
    return x * functional.dropout(torch.ones(1, *x.shape[1:]), share)


class Network(nn.Module):
    """The network that `analysis.labelling._scores` runs, with dropout; scores of shape (time, windows, labels)."""

    def __init__(self, words):
        super().__init__()
        self.tables = nn.ModuleList(nn.Embedding(n, WIDTH) for n in (words, *token_features.FEATURE_ROWS))
        for table in self.tables:
            nn.init.normal_(table.weight, 0, 0.3)
        self.embedding = nn.LayerNorm(WIDTH)
        sizes = [WIDTH] + [2 * HIDDEN] * (LAYERS - 1)
        self.memory = nn.ModuleList(nn.GRU(size, HIDDEN, bidirectional=True) for size in sizes)
        self.output = nn.Linear(2 * HIDDEN, len(LABELS))
        self.transition = nn.Parameter(torch.zeros(len(LABELS), len(LABELS)))
        self.start = nn.Parameter(torch.zeros(len(LABELS)))

    def forward(self, features, inside):  # noqa: D102
        inside, lengths = inside[..., None].float(), inside.sum(0)
        x = sum(table(features[..., k]) for k, table in enumerate(self.tables))
        x = functional.dropout(self.embedding(x) * inside, DROP_EMBEDDING)
        for layer, memory in enumerate(self.memory):
            x = drop(x, DROP if layer else DROP_EMBEDDING)
            packed = nn.utils.rnn.pack_padded_sequence(x, lengths, enforce_sorted=False)
            x = nn.utils.rnn.pad_packed_sequence(memory(packed)[0], total_length=len(x))[0]
        return self.output(functional.dropout(x, DROP))

    def field(self):
        """Transition and start scores, illegal ones far below zero."""
        allowed = torch.from_numpy(ALLOWED)
        return self.transition + allowed[:-1], self.start + allowed[-1]


def train(examples, words: int) -> Network:
    """Train with AdamW on a cosine schedule; the running average of the weights is what is kept."""
    random = np.random.default_rng(SEED)
    network = Network(words)
    average = copy.deepcopy(network).requires_grad_(False)
    dense = [m.weight for m in network.modules() if isinstance(m, nn.Linear)]
    others = [p for p in network.parameters() if not any(p is q for q in dense)]
    groups = [{"params": dense, "weight_decay": WEIGHT_DECAY}, {"params": others, "weight_decay": 0.0}]
    optimizer = torch.optim.AdamW(groups, lr=RATE, betas=(0.9, 0.98))
    step, began = 0, time.monotonic()
    for epoch in range(EPOCHS):
        batches, losses = epoch_batches(examples, random), []
        for k, (features, labels, inside) in enumerate(batches):
            done = (epoch + k / len(batches)) / EPOCHS
            for group in optimizer.param_groups:
                group["lr"] = RATE * min(1, step / 200) * (0.02 + 0.49 * (1 + math.cos(math.pi * done)))
            scores = network(spoilt(features), inside)
            loss = FieldLoss.apply(scores, *network.field(), labels, inside)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            step += 1
            weight = 1 - min(AVERAGING, (1 + step) / (10 + step))
            torch._foreach_lerp_(list(average.parameters()), list(network.parameters()), weight)
            losses.append(loss.item())
        print(f"epoch {epoch + 1}/{EPOCHS}  loss {np.mean(losses):.4f}  {time.monotonic() - began:.0f} s", flush=True)
    return average


def epoch_batches(examples, random):
    """Windows of all articles, cut anew, in batches of like length and random order."""
    pieces = []
    for features, labels in examples:
        first = int(random.integers(WINDOW // 4, WINDOW + 1))
        for a, b in token_features.windows(features[:, 0] == token_features.LINE_BREAK, WINDOW, first):
            pieces.append((features[a:b], labels[a:b]))
    order = np.argsort([len(labels) + random.integers(20) for _, labels in pieces], kind="stable")
    batches = [order[k : k + BATCH] for k in range(0, len(order), BATCH)]
    random.shuffle(batches)
    return [padded([pieces[i] for i in batch]) for batch in batches]


def padded(pieces):
    """Features, labels and whether a token is there, time first."""
    features, labels = (nn.utils.rnn.pad_sequence([torch.from_numpy(p[k]).long() for p in pieces]) for k in (0, 1))
    lengths = torch.tensor([len(p[1]) for p in pieces])
    return features, labels, torch.arange(len(features))[:, None] < lengths


def spoilt(features):
    """Hide some words, prefixes and suffixes; change the case or hide a feature of some windows."""
    x, (length, n) = features.clone(), features.shape[:2]
    x[..., 0][(torch.rand(length, n) < DROP_WORD) & (x[..., 0] != token_features.LINE_BREAK)] = (
        token_features.UNKNOWN_WORD
    )
    for column in (1, 2):
        x[..., column][torch.rand(length, n) < DROP_WORD / 2] = 0
    letters = (x[..., 3] >= token_features.LOWER) & (x[..., 3] <= token_features.CASELESS) | (
        x[..., 3] == token_features.CAPITALISED_FIRST
    )
    for shape in (token_features.UPPER, token_features.LOWER):
        changed = torch.rand(n) < CHANGE_CASE / 2
        x[..., 3][letters & changed] = shape
        x[..., 7][:, changed] = 0
    for column in range(3, x.shape[2]):
        x[..., column][:, torch.rand(n) < DROP_FEATURE] = 0
    return x


def gates(rows: np.ndarray) -> np.ndarray:
    """Halve what torch's sigmoid gates (reset, update) are computed from, as `analysis.labelling` wants it."""
    return np.concatenate([rows[: 2 * HIDDEN] / 2, rows[2 * HIDDEN :]])


def write(network: Network, words: list[int], verbs: dict[int, int], path: Path):
    """Store matrices as integers of 8 bits with a scale a row."""
    state = {name: value.numpy() for name, value in network.state_dict().items()}
    transition, start = network.field()
    arrays = {f"table.{k}": state[f"tables.{k}.weight"] for k in range(len(network.tables))}
    for name in ("embedding", "output"):
        arrays |= {f"{name}.{part}": state[f"{name}.{part}"] for part in ("weight", "bias")}
    for layer in range(LAYERS):
        for ours, theirs in (
            ("weight", "weight_ih"),
            ("recurrent", "weight_hh"),
            ("bias", "bias_ih"),
            ("again", "bias_hh"),
        ):
            both = [state[f"memory.{layer}.{theirs}_l0{direction}"] for direction in ("", "_reverse")]
            arrays[f"memory.{layer}.{ours}"] = np.stack(list(map(gates, both)))
        bias, again = (arrays.pop(f"memory.{layer}.{part}") for part in ("bias", "again"))
        bias[:, : 2 * HIDDEN] += again[:, : 2 * HIDDEN]  # the reset gate works on the rest
        arrays[f"memory.{layer}.again"], arrays[f"memory.{layer}.bias"] = again[:, None, 2 * HIDDEN :], bias.ravel()
        for part in ("weight", "recurrent"):
            arrays[f"memory.{layer}.{part}"] = np.concatenate(arrays[f"memory.{layer}.{part}"])
    matrices = {name: array for name, array in arrays.items() if array.ndim == 2}
    others = {name: array for name, array in arrays.items() if array.ndim != 2}
    others |= {"transition": transition.detach().numpy(), "start": start.detach().numpy()}
    others["words"] = np.array(words, np.uint32)
    others["verbs"] = np.array(sorted(verbs), np.uint32)
    others["verb_classes"] = np.array([verbs[word] for word in sorted(verbs)], np.uint8)
    write_arrays(path, matrices, others)


if __name__ == "__main__":
    main()
