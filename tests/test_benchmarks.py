"""The figures on the worked example that README and notebook 08 print are those of the code as it stands."""

import importlib.util
import json
from pathlib import Path

RESULTS = Path(__file__).parents[1] / "benchmarks" / "results"


def load(name):
    spec = importlib.util.spec_from_file_location(name, RESULTS.parent / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_stored_scores_of_the_seeds_are_those_of_the_code():
    stored = json.loads((RESULTS / "seeds.json").read_text(encoding="utf-8"))
    assert load("seeds").measure() == stored
