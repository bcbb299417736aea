"""Stored weights come back as they were, within a 127th of the largest of their row."""

import numpy as np
import pytest

from analysis.stored import read_arrays, write_arrays


def test_weights_come_back(tmp_path):
    matrix = np.random.default_rng(1).normal(size=(5, 7)).astype(np.float32) * [[1], [10], [0.1], [0], [1000]]
    write_arrays(tmp_path / "w.npz", {"a.weight": matrix}, {"bias": np.arange(3)})
    stored = read_arrays(tmp_path / "w.npz")
    assert sorted(stored) == ["a.weight", "bias"] and stored["bias"].tolist() == [0, 1, 2]
    assert (np.abs(stored["a.weight"] - matrix) <= np.abs(matrix).max(1, keepdims=True) / 253).all()
    assert [path.name for path in tmp_path.iterdir()] == ["w.npz"]


def test_pickled_objects_are_refused(tmp_path):
    np.savez(tmp_path / "w.npz", bad=np.array([{"a": 1}], dtype=object))
    with pytest.raises(ValueError, match="allow_pickle"):
        read_arrays(tmp_path / "w.npz")
