"""One lock: pyproject.toml, requirements.lock, environment.yml and the Makefile agree."""

import re
import tomllib
from importlib.metadata import requires, version
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
LOCK = [line for line in (ROOT / "requirements.lock").read_text().splitlines() if line and line[0] != "#"]
LOCKED = {canonicalize_name(Requirement(line).name): Requirement(line) for line in LOCK}
HERE = {name for name, line in LOCKED.items() if not line.marker or line.marker.evaluate()}
DIRECT = [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["test"]]
NAMED_BY_THE_USER = ["jupyterlab", "pandas", "matplotlib", "seaborn", "scikit-learn", "nltk", "nbval"]


@pytest.mark.parametrize("name", NAMED_BY_THE_USER)
def test_named_packages_are_direct_dependencies(name):
    assert name in DIRECT


def test_lock_names_one_exact_version_a_package_and_nothing_else():
    assert len(LOCKED) == len(LOCK)
    for line in LOCK:
        assert re.fullmatch(r"[a-z0-9.-]+==[0-9][\w.+]*( ; .+)?", line), line


def test_lock_is_closed_over_the_direct_dependencies_and_holds_no_more():
    # Walks the metadata of what is installed, so it sees this system's share of the lock.
    walked, queue = set(), [Requirement(line) for line in DIRECT]
    while queue:
        requirement = queue.pop()
        name = canonicalize_name(requirement.name)
        assert requirement.specifier.contains(version(name), prereleases=True), requirement
        for extra in requirement.extras or {""}:
            if (name, extra) not in walked:
                walked.add((name, extra))
                found = map(Requirement, requires(name) or [])
                queue += [each for each in found if not each.marker or each.marker.evaluate({"extra": extra})]
    assert {name for name, _ in walked} == HERE


def test_installed_versions_are_the_locked_ones():
    for name in HERE:
        assert LOCKED[name].specifier.contains(version(name), prereleases=True), name


def test_each_direct_dependency_says_why_it_is_there():
    text = (ROOT / "pyproject.toml").read_text()
    for name in DIRECT:
        assert re.search(rf'^    "{re.escape(name)}", +# \w.+$', text, re.M), name


def test_conda_and_binder_install_from_the_lock():
    lines = [line.strip() for line in (ROOT / "environment.yml").read_text().splitlines()]
    assert lines[-3:] == ["- pip:", "- -r requirements.lock", "- -e ."]
    python = next(line for line in lines if line.startswith("- python="))
    assert SpecifierSet(PROJECT["requires-python"]).contains(python.removeprefix("- python=") + ".0")


def test_make_installs_from_the_lock_and_refuses_the_same_pythons():
    makefile = (ROOT / "Makefile").read_text()
    assert "--requirement requirements.lock --editable ." in makefile
    assert PROJECT["requires-python"] == ">=3.11,<3.14"
    assert "(3, 11) <= sys.version_info < (3, 14)" in makefile


def test_package_carries_its_templates():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["setuptools"]
    assert settings["packages"] == ["analysis"]
    assert "templates/**" in settings["package-data"]["analysis"]
    assert list((ROOT / "analysis" / "templates").rglob("*.j2"))
