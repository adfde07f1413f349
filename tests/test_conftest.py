"""The end of the test command: what was skipped is counted and explained, and is a failure where all must run."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from sharing import kept_together

SKIPPING = """
import pytest

@pytest.mark.skip(reason="no browser found")
def test_one(): ...

def test_two():
    pytest.skip("no browser found")

def test_three():
    import os
    assert os.environ["ANALOGIES_PROGRESS"] == "off"
"""


def run(folder: Path, tests: str, *options: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run pytest on these tests with the kit's conftest, as the test command does."""
    for name in ("conftest.py", "sharing.py"):
        shutil.copy(Path(__file__).with_name(name), folder)
    (folder / "test_it.py").write_text(tests, encoding="utf-8")
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("ANALOGIES", "PYTEST"))}
    arguments = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--rootdir", str(folder), *options]
    quick = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}  # nothing here needs a plugin that it does not name
    return subprocess.run(arguments, env=clean | quick | environment, cwd=folder, capture_output=True, text=True)


WORKERS = ("-p", "xdist.plugin", "-n", "auto", "--dist", "loadscope", "--no-loadscope-reorder")


def with_testpaths(folder: Path) -> Path:
    """A project whose tests are found without naming them, as the kit's are: only such a run has workers."""
    (folder / "pytest.ini").write_text("[pytest]\ntestpaths = .\n", encoding="utf-8")
    return folder


@pytest.mark.parametrize("options", [(), WORKERS], ids=["alone", "workers"])
def test_what_was_skipped_is_counted_with_its_reason(tmp_path: Path, options: tuple[str, ...]) -> None:
    done = run(with_testpaths(tmp_path), SKIPPING, *options)
    assert done.returncode == 0, done.stdout
    assert "2 skipped." in done.stdout and "    2  no browser found" in done.stdout
    assert "1 passed, 2 skipped in" in done.stdout.splitlines()[-1]


@pytest.mark.parametrize("options", [(), WORKERS], ids=["alone", "workers"])
def test_with_analogies_all_a_skip_is_a_failure(tmp_path: Path, options: tuple[str, ...]) -> None:
    done = run(with_testpaths(tmp_path), SKIPPING, *options, ANALOGIES_ALL="1")
    assert done.returncode == pytest.ExitCode.TESTS_FAILED
    assert "a skip is a failure" in done.stdout


@pytest.mark.parametrize("everything", ["0", "1"])
def test_without_a_skip_all_is_well(tmp_path: Path, everything: str) -> None:
    done = run(tmp_path, "def test_one(): ...", ANALOGIES_ALL=everything)
    assert done.returncode == 0 and "0 skipped." in done.stdout


@pytest.mark.parametrize("options", [(), WORKERS], ids=["alone", "workers"])
def test_a_file_of_tests_that_skips_itself_counts_once(tmp_path: Path, options: tuple[str, ...]) -> None:
    (with_testpaths(tmp_path) / "test_other.py").write_text("def test_other(): ...", encoding="utf-8")
    skipping = "import pytest\npytest.importorskip('no_such_module')\ndef test_one(): ..."
    done = run(tmp_path, skipping, *options, ANALOGIES_ALL="1")
    assert done.returncode == pytest.ExitCode.TESTS_FAILED
    assert "1 skipped." in done.stdout and "no_such_module" in done.stdout


WHO = """
import os, pathlib, pytest

@pytest.mark.parametrize("n", range(6))
def test_it(n):
    with pathlib.Path(pathlib.Path(__file__).stem + ".who").open("a") as file:
        file.write(os.environ.get("PYTEST_XDIST_WORKER", "nobody") + chr(10))
"""


def who(folder: Path) -> dict[str, set[str]]:
    """Which workers ran the tests of each file."""
    return {path.stem: set(path.read_text(encoding="utf-8").split()) for path in folder.glob("*.who")}


def test_the_whole_run_is_shared_by_workers_and_a_file_of_tests_stays_with_one(tmp_path: Path) -> None:
    for name in ("test_a.py", "test_b.py", "test_c.py"):
        (with_testpaths(tmp_path) / name).write_text(WHO, encoding="utf-8")
    assert run(tmp_path, WHO, *WORKERS).returncode == 0
    assert all(len(workers) == 1 for workers in who(tmp_path).values())
    assert len(set.union(*who(tmp_path).values())) >= 2


def test_a_run_of_named_files_needs_no_worker(tmp_path: Path) -> None:
    assert run(with_testpaths(tmp_path), WHO, *WORKERS, "test_it.py").returncode == 0
    assert who(tmp_path) == {"test_it": {"nobody"}}


def test_every_file_that_visits_the_lab_stays_with_the_same_worker() -> None:
    labs = [path for path in Path(__file__).with_name("browser").glob("test_*.py") if re.search(r"\bVisit\b|lab_server", path.read_text(encoding="utf-8"))]
    assert len(labs) >= 2
    together = {kept_together(f"tests/browser/{path.name}::test_one[a::b]") for path in labs}
    assert together == {kept_together("tests/browser/test_lab_seen.py::test_one")}
    assert kept_together("tests/test_lab.py::test_one") == "tests/test_lab.py" not in together
    assert kept_together("notebooks/03-syria-2015.ipynb::Cell 1") == "notebooks/03-syria-2015.ipynb"


def test_properties_are_searched_alike_in_every_run_of_ci_and_without_a_deadline(tmp_path: Path) -> None:
    look = "from hypothesis import settings\ndef test_one(): assert (settings.default.derandomize, settings.default.deadline) == ({}, None)"
    assert run(tmp_path, look.format(True), ANALOGIES_ALL="1").returncode == 0
    assert run(tmp_path, look.format(False)).returncode == 0


def test_a_lone_surrogate_that_a_test_prints_or_logs_does_not_end_the_run_of_the_workers(tmp_path: Path) -> None:
    tests = 'import logging\n\ndef test_one():\n    logging.warning("a\\udcff")\n    print("b\\ud800")\n\ndef test_two(): ...\n'
    done = run(tmp_path, tests, "-p", "xdist", "-n", "2")
    assert "2 passed" in done.stdout and "INTERNALERROR" not in done.stdout
