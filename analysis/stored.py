"""Weights as they are stored: integers of 8 bits with a scale for each row, without pickle."""

import os
from pathlib import Path

import numpy as np

_SCALE = ".scale"


def read_arrays(path: Path) -> dict[str, np.ndarray]:
    """Read arrays by name; those that were stored as 8 bits come back in float32."""
    with np.load(path, allow_pickle=False) as stored:
        return {
            name: stored[name] * stored[name + _SCALE] if name + _SCALE in stored else stored[name]
            for name in stored.files
            if not name.endswith(_SCALE)
        }


def write_arrays(path: Path, matrices: dict[str, np.ndarray], others: dict[str, np.ndarray]) -> None:
    """Store matrices with 8 bits a number, the other arrays as they are; the file is written whole or not at all."""
    stored = dict(others)
    for name, matrix in matrices.items():
        scale = np.maximum(np.abs(matrix).max(1, keepdims=True), 1e-8).astype(np.float32) / 127
        stored[name], stored[name + _SCALE] = np.round(matrix / scale).astype(np.int8), scale
    temporary = path.with_suffix(".tmp.npz")
    np.savez(temporary, **stored)
    os.replace(temporary, path)
