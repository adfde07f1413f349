"""The end of the test command: what was skipped is counted and explained, and is a failure where all must run."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

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


def run(folder: Path, tests: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run pytest on these tests with the kit's conftest, as the test command does."""
    (folder / "conftest.py").write_text(Path(__file__).with_name("conftest.py").read_text(encoding="utf-8"), encoding="utf-8")
    (folder / "test_it.py").write_text(tests, encoding="utf-8")
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("ANALOGIES", "PYTEST"))}
    arguments = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--rootdir", str(folder), str(folder)]
    quick = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}  # nothing here needs a plugin
    return subprocess.run(arguments, env=clean | quick | environment, cwd=folder, capture_output=True, text=True)


def test_what_was_skipped_is_counted_with_its_reason(tmp_path: Path) -> None:
    done = run(tmp_path, SKIPPING)
    assert done.returncode == 0, done.stdout
    assert "2 skipped." in done.stdout and "    2  no browser found" in done.stdout


def test_with_analogies_all_a_skip_is_a_failure(tmp_path: Path) -> None:
    done = run(tmp_path, SKIPPING, ANALOGIES_ALL="1")
    assert done.returncode == pytest.ExitCode.TESTS_FAILED
    assert "a skip is a failure" in done.stdout


@pytest.mark.parametrize("everything", ["0", "1"])
def test_without_a_skip_all_is_well(tmp_path: Path, everything: str) -> None:
    done = run(tmp_path, "def test_one(): ...", ANALOGIES_ALL=everything)
    assert done.returncode == 0 and "0 skipped." in done.stdout


def test_a_file_of_tests_that_skips_itself_counts_too(tmp_path: Path) -> None:
    done = run(tmp_path, "import pytest\npytest.importorskip('no_such_module')\ndef test_one(): ...", ANALOGIES_ALL="1")
    assert done.returncode != 0 and "no_such_module" in done.stdout
