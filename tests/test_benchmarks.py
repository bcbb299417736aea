"""The figures that README and notebook 08 print are those of the code as it stands."""

import importlib.util
import json
from pathlib import Path

RESULTS = Path(__file__).parents[1] / "benchmarks" / "results"


def load(name):
    spec = importlib.util.spec_from_file_location(name, RESULTS.parent / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_stored_scores_are_those_of_the_code():
    benchmark = load("coding")
    for name, folders in benchmark.FOLDERS.items():
        stored = json.loads((RESULTS / f"{name}.json").read_text(encoding="utf-8"))
        assert benchmark.measure(*folders) == stored, f"run python benchmarks/coding.py: {name}.json is not up to date"
