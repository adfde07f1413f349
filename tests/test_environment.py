"""Versions are written once, in pyproject.toml; what is made from them agrees, and can be installed."""

from __future__ import annotations

import importlib.metadata
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).resolve().parents[1]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
SIX = {"jupyterlab", "pandas", "matplotlib", "ipywidgets", "nbval", "pytest"}
TESTED = {"python_version": "3.11", "python_full_version": "3.11.7", "sys_platform": "linux", "platform_system": "Linux", "os_name": "posix"}
NO_NETWORK = ("dns error", "error sending request", "Could not connect", "tcp connect error", "Network is unreachable")


def declared() -> dict[str, Requirement]:
    """What pyproject.toml asks for, extras included, by name."""
    project = PYPROJECT["project"]
    texts = [*project["dependencies"], *(text for extra in project["optional-dependencies"].values() for text in extra)]
    requirements = (Requirement(text) for text in texts)
    return {canonicalize_name(one.name): one for one in requirements if one.name != "analogies"}


def pins() -> dict[str, str]:
    """constraints.txt: version by name. Fails on a line that is neither a comment nor name==version."""
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    found = [re.fullmatch(r"([A-Za-z0-9._-]+)==([A-Za-z0-9.!+]+)", line) for line in lines if not line.startswith("#")]
    assert all(found), "constraints.txt: a line is not name==version"
    names = [canonicalize_name(match[1]) for match in found]
    assert len(names) == len(set(names)), "constraints.txt: a name stands twice"
    return {name: match[2] for name, match in zip(names, found, strict=True)}


def conda() -> tuple[dict[str, Requirement], list[str]]:
    """environment.yml: what conda installs, by name, and what pip installs then."""
    listed = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    assert listed["channels"][0] == "conda-forge"
    by_pip = [text for entry in listed["dependencies"] if isinstance(entry, dict) for text in entry["pip"]]
    requirements = [Requirement(entry) for entry in listed["dependencies"] if isinstance(entry, str)]
    return {one.name: one for one in requirements}, by_pip


def test_conda_names_python_pip_and_the_six_packages_and_then_the_kit_with_its_tests() -> None:
    packages, by_pip = conda()
    assert set(packages) == SIX | {"python", "pip"}
    assert by_pip == ["-e .[test]"]


def test_conda_s_ranges_are_those_of_pyproject() -> None:
    packages, _ = conda()
    assert {name: packages[name].specifier for name in SIX} == {name: declared()[name].specifier for name in SIX}
    assert str(packages["python"].specifier) == PYPROJECT["project"]["requires-python"]


def test_every_dependency_was_tested_in_a_version_within_its_range() -> None:
    tested = pins()
    assert set(declared()) - set(tested) == set()
    outside = [name for name, one in declared().items() if not one.specifier.contains(Version(tested[name]), prereleases=True)]
    assert outside == []


def test_the_tested_set_is_whole() -> None:
    tested, wanted, seen = pins(), list(declared().values()), set()
    while wanted:
        one = wanted.pop()
        name = canonicalize_name(one.name)
        if (name, *sorted(one.extras)) in seen:
            continue
        seen.add((name, *sorted(one.extras)))
        assert name in tested, f"constraints.txt lacks {name}: renew it as its first lines say"
        try:
            texts = importlib.metadata.requires(name) or []
        except importlib.metadata.PackageNotFoundError:  # tested on Linux, not needed on this system
            continue
        requirements = map(Requirement, texts)
        wanted += [each for each in requirements if needed(each, one.extras)]


def needed(requirement: Requirement, extras: set[str]) -> bool:
    """Whether the tested system (Linux, Python 3.11) needs it, for any of the extras."""
    if requirement.marker is None:
        return True
    return any(requirement.marker.evaluate(TESTED | {"extra": extra}) for extra in ("", *extras))


def test_uv_is_held_to_the_tested_direct_versions() -> None:
    tested = pins()
    assert PYPROJECT["tool"]["uv"]["constraint-dependencies"] == [f"{name}=={tested[name]}" for name in sorted(declared())]


def test_uv_installs_no_group_that_nobody_asked_for_and_compiles_while_it_installs() -> None:
    assert PYPROJECT["tool"]["uv"]["default-groups"] == []
    assert PYPROJECT["tool"]["uv"]["compile-bytecode"] is True


class Empty:
    """A virtual environment with nothing in it. uv makes it and installs where uv is found, else venv and pip do."""

    def __init__(self, folder: Path) -> None:
        self.uv = os.environ.get("UV") or shutil.which("uv")
        self.python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
        make = [self.uv, "venv", "--quiet", "--python", sys.executable] if self.uv else [sys.executable, "-m", "venv"]
        subprocess.run([*make, str(folder)], check=True)

    def pip(self, command: str, *what: str) -> None:
        """Run a command of pip on it, from the kit's folder."""
        environment = {name: value for name, value in os.environ.items() if name != "VIRTUAL_ENV"}
        environment["UV_COMPILE_BYTECODE"] = "0"  # seconds for what is thrown away again
        pip = [self.uv, "pip", command, "--python", str(self.python)] if self.uv else [str(self.python), "-m", "pip", command]
        done = subprocess.run([*pip, *what], cwd=ROOT, env=environment, capture_output=True, text=True)
        if done.returncode and any(sign in done.stderr for sign in NO_NETWORK):
            pytest.skip("no network: packages cannot be installed into an empty environment")
        assert done.returncode == 0, done.stdout + done.stderr

    def run(self, code: str, folder: Path) -> str:
        """What Python code prints there. A warning is an error."""
        done = subprocess.run([self.python, "-W", "error", "-c", code], cwd=folder, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout


def test_what_environment_yml_names_can_be_installed_into_an_empty_environment_and_runs(tmp_path: Path) -> None:
    empty = Empty(tmp_path / "empty")
    packages, by_pip = conda()
    empty.pip("install", *(str(packages[name]) for name in sorted(SIX)))
    found = f"import importlib.util; print(*[n for n in {sorted([*SIX, 'analogies'])} if importlib.util.find_spec(n)])"
    assert set(empty.run(found, tmp_path).split()) == SIX
    empty.pip("install", *by_pip[0].split())
    assert "Syria" in empty.run("import analogies as an; print(an.case('syria').title)", tmp_path)
    empty.pip("check")
