"""Train a pretrained encoder on with hand-coded articles: the weights of ``analysis/encoder.py``.

    python training/train_encoder.py BASE FOLDER [FOLDER …] [--out FILE]

BASE holds the encoder as published (``model.safetensors``, ``config.json``, ``vocab.txt``; training/README.md says
where from), each FOLDER articles and their hand coding, as for the other scripts. What is written is the mean of the
weights of several runs, which is steadier than any of them [1]_. Needs torch and transformers; two threads, seeded, so
that the same machine and versions give the same file. An hour and a half.

.. [1] Wortsman et al. (2022), Model soups, ICML.
"""

import random
import time
from pathlib import Path

import numpy as np
import torch
from table import arguments
from torch import nn
from torch.nn import functional
from train_labels import read_cases
from transformers import AutoModel

from analysis import read_codebook
from analysis.encoder import LABELS, LENGTH, TARGETS, inputs
from analysis.judgement import NONE
from analysis.reference import read_targets
from analysis.stored import write_arrays
from analysis.wordpieces import BEGIN, END, UNKNOWN

OUT = Path(__file__).parent.parent / "analysis" / "weights" / "encoder.npz"
SEED = 1
RUNS = (("s",), ())  # each leaves out the articles whose names begin so
EPOCHS, BATCH = 3, 16
RATE, RATE_OUTPUT, WEIGHT_DECAY, WARM_UP = 8e-5, 8e-4, 0.01, 0.08
DROP = 0.1
ALIKE = 512  # statements among which those of like length are put into a batch


def main():
    """Read the hand coding, train, write."""
    given = arguments(__doc__, OUT, "base")
    torch.set_num_threads(2)
    rows, kept = vocabulary(given.base / "vocab.txt")
    targets = read_targets(read_codebook().targets)
    cases = [case for folder in given.folders for case in read_cases(folder)]
    states = []
    for left_out in RUNS:
        torch.manual_seed(SEED)
        network = Network(given.base, kept)
        used = [case for case in cases if not case.article.startswith(left_out)]
        train(network, [example(case, targets, rows) for case in used])
        states.append(network.state_dict())
    mean = {name: torch.stack([state[name].float() for state in states]).mean(0) for name in states[0]}
    write({name: value.numpy() for name, value in mean.items()}, list(rows), given.out)


def vocabulary(path):
    """Pieces that a text without accents and foreign letters can hold, and their rows in the published table."""
    words = path.read_text(encoding="utf-8").splitlines()
    special = {UNKNOWN, BEGIN, END}
    kept = [row for row, word in enumerate(words) if word in special or (word.isascii() and not word.startswith("["))]
    return {words[row]: i for i, row in enumerate(kept)}, kept


def example(case, targets, rows):
    """Pieces of a statement, where it stands in them, and the label of each target."""
    own = frozenset(target.name for target in targets if case.said.group in target.own)
    found, statement = inputs(case.text, tuple(case.said.content), own, rows)
    return found, statement, [LABELS.index(case.row["stance"].get(target, NONE)) for target in TARGETS]


class Network(nn.Module):
    """The encoder, and a linear layer over the mean of a statement's pieces and the first piece."""

    def __init__(self, base, kept):
        super().__init__()
        # the unit's form with tanh, as `analysis.encoder` has it; both choices are the fastest on a processor
        self.encoder = AutoModel.from_pretrained(
            base, add_pooling_layer=False, hidden_act="gelu_pytorch_tanh", attn_implementation="eager"
        )
        published = self.encoder.embeddings.word_embeddings.weight.data
        self.encoder.embeddings.word_embeddings = nn.Embedding.from_pretrained(published[kept], freeze=False)
        self.drop = nn.Dropout(DROP)
        self.output = nn.Linear(2 * self.encoder.config.hidden_size, len(TARGETS) * len(LABELS))

    def forward(self, found, inside, there):
        """Scores of shape (statements, targets, labels)."""
        x = self.encoder(input_ids=found, attention_mask=there, token_type_ids=inside).last_hidden_state.float()
        mean = (x * inside[..., None]).sum(1) / inside.sum(1, keepdim=True)
        return self.output(self.drop(torch.cat([mean, x[:, 0]], 1))).view(-1, len(TARGETS), len(LABELS))


def train(network, examples):
    """Run over all statements EPOCHS times, with a rate that rises for a while and then falls to 0."""
    chance = random.Random(SEED)
    output = list(network.output.parameters())
    rates = [{"params": network.encoder.parameters(), "lr": RATE}, {"params": output, "lr": RATE_OUTPUT}]
    optimiser = torch.optim.AdamW(rates, weight_decay=WEIGHT_DECAY, fused=True)
    steps = EPOCHS * -(-len(examples) // BATCH)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda k: min(1, k / steps / WARM_UP) * (1 - k / steps))
    started = time.time()
    for epoch in range(EPOCHS):
        network.train()
        losses = []
        for batch in batches(examples, chance):
            *given, labels = packed(batch)
            with torch.autocast("cpu", dtype=torch.bfloat16):
                scores = network(*given)
            loss = functional.cross_entropy(scores.float().flatten(0, 1), labels.flatten())
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            losses.append(loss.item())
        print(f"epoch {epoch + 1}: loss {np.mean(losses):.3f}, {time.time() - started:.0f} s", flush=True)


def batches(examples, chance):
    """Batches of statements of like length, in any order."""
    order = chance.sample(range(len(examples)), len(examples))
    pools = (order[k : k + ALIKE] for k in range(0, len(order), ALIKE))
    order = [i for pool in pools for i in sorted(pool, key=lambda i: len(examples[i][0]))]
    found = [order[k : k + BATCH] for k in range(0, len(order), BATCH)]
    chance.shuffle(found)
    return ([examples[i] for i in batch] for batch in found)


def packed(batch):
    """Pieces, whether they are the statement's, whether they are there at all, and labels."""
    size = len(batch), max(len(found) for found, *_ in batch)
    pieces, inside, there = (torch.zeros(size, dtype=torch.long) for _ in range(3))
    for i, (found, statement, _) in enumerate(batch):
        pieces[i, : len(found)] = torch.tensor(found)
        inside[i, statement] = 1
        there[i, : len(found)] = 1
    return pieces, inside, there, torch.tensor([labels for *_, labels in batch])


def write(state, pieces, path):
    """Store the weights, arrays by torch's names, under the names by which `analysis.encoder` knows them."""
    embedding, layer = "encoder.embeddings.", "encoder.encoder.layer."
    arrays = {
        "word": state[embedding + "word_embeddings.weight"],
        "place": state[embedding + "position_embeddings.weight"][:LENGTH],
        "part": state[embedding + "token_type_embeddings.weight"],
    }
    names = {
        "attended": "attention.output.dense",
        "attended.norm": "attention.output.LayerNorm",
        "inner": "intermediate.dense",
        "outer": "output.dense",
        "outer.norm": "output.LayerNorm",
    }
    for part in ("weight", "bias"):
        arrays[f"embedding.{part}"] = state[f"{embedding}LayerNorm.{part}"]
        arrays[f"output.{part}"] = state[f"output.{part}"]
        for k in range(sum(name.endswith("attention.self.query.weight") for name in state)):
            attention = [state[f"{layer}{k}.attention.self.{role}.{part}"] for role in ("query", "key", "value")]
            arrays[f"{k}.attention.{part}"] = np.concatenate(attention)
            arrays |= {f"{k}.{ours}.{part}": state[f"{layer}{k}.{theirs}.{part}"] for ours, theirs in names.items()}
    matrices = {name: array for name, array in arrays.items() if array.ndim == 2}
    others = {name: array for name, array in arrays.items() if array.ndim != 2}
    write_arrays(path, matrices, others | {"pieces": np.frombuffer("\n".join(pieces).encode(), np.uint8)})


if __name__ == "__main__":
    main()
