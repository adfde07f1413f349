"""What is shipped: every made notebook is fresh and in the house style; nbval is on and really compares.

nbval itself runs the notebooks: pyproject.toml gives pytest --nbval and the folders, so that plain pytest does it.
"""

import subprocess
import sys
import tomllib
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

from analogies import kit
from analogies.authoring import notebook
from analogies.authoring.house_style import lint

ROOT = kit.root()
FOLDERS = ("notebooks", "solutions", "exercises")
MADE = sorted(path for folder in FOLDERS for path in (ROOT / folder).glob("*.ipynb"))


def test_every_made_file_is_up_to_date():
    assert notebook.stale() == []


def test_there_is_a_notebook_to_test_in_each_folder():
    assert {path.parent.name for path in MADE} == set(FOLDERS)


@pytest.mark.parametrize("path", MADE, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_made_notebook_is_valid_and_in_the_house_style(path):
    nbformat.validate(nbformat.read(path, as_version=4))
    assert lint(path) == []


def test_pytest_is_told_to_run_every_made_folder_by_nbval_strictly():
    options = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["pytest"]
    options = options.get("ini_options", options)
    assert {"tests", *FOLDERS} <= set(options["testpaths"])
    assert {"--nbval", "--nbval-current-env"} <= set(options["addopts"]) and "--nbval-lax" not in options["addopts"]


def run_by_the_kits_pytest(path: Path) -> subprocess.CompletedProcess:
    return subprocess.run([sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-c", str(ROOT / "pyproject.toml"),
                           str(path)], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)


def written(path: Path, shown: str, *tags: str) -> Path:
    cell = new_code_cell("import os\n1 + 1, os.environ['ANALOGIES_PROGRESS']", execution_count=1, metadata={"tags": list(tags)} if tags else {},
                         outputs=[new_output("execute_result", {"text/plain": shown}, execution_count=1)])
    book = new_notebook(cells=[cell], metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}})
    nbformat.write(book, path)
    return path


def test_a_stored_output_that_is_true_passes_and_progress_is_off_in_its_kernel(tmp_path):
    done = run_by_the_kits_pytest(written(tmp_path / "true.ipynb", "(2, 'off')"))
    assert done.returncode == 0 and "1 passed" in done.stdout, done.stdout


def test_a_stored_output_that_is_no_longer_true_is_red(tmp_path):
    done = run_by_the_kits_pytest(written(tmp_path / "false.ipynb", "(3, 'off')"))
    assert done.returncode == 1 and "(3, 'off')" in done.stdout, done.stdout
