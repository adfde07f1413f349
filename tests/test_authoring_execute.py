"""A notebook runs apart from the kit and the author's settings; outputs that would differ next time are refused."""

import pytest
from nbformat.v4 import new_code_cell, new_notebook

from analogies.authoring.execute import CellFailed, execute


def notebook(*sources):
    return new_notebook(cells=[new_code_cell(source) for source in sources])


@pytest.fixture(scope="module")
def run():
    return execute(notebook(
        "import os, analogies\nos.listdir()",
        "import ipywidgets\nipywidgets.IntText(value=3)",
        "for n in range(3): print(n)",
        "analogies.case('syria').title"))


def test_it_runs_in_an_empty_folder(run):
    assert run.notebook.cells[0].outputs[0].data["text/plain"] == "[]"


def test_progress_is_off_even_where_the_author_has_it_on(monkeypatch):
    monkeypatch.setenv("ANALOGIES_PROGRESS", "on")
    done = execute(notebook("import os\nos.environ['ANALOGIES_PROGRESS']"))
    assert done.notebook.cells[0].outputs[0].data["text/plain"] == "'off'"


def test_a_widget_leaves_its_text_and_no_live_view(run):
    assert dict(run.notebook.cells[1].outputs[0].data) == {"text/plain": "IntText(value=3)"}
    assert "widgets" not in run.notebook.metadata


def test_no_timing_is_recorded_and_streams_are_one_output(run):
    assert all("execution" not in cell.metadata for cell in run.notebook.cells)
    assert [output.text for output in run.notebook.cells[2].outputs] == ["0\n1\n2\n"]


def test_the_files_of_the_package_that_it_used_are_known(run):
    assert {"__init__.py", "facts/load.py", "data/events/syria.csv"} <= set(run.used)
    assert not any(name.startswith(("authoring/", "grading/")) for name in run.used)


def test_the_notebook_that_was_given_is_left_as_it_was():
    given = notebook("1")
    execute(given)
    assert given.cells[0].outputs == []


@pytest.mark.parametrize("source, why", [
    ("1 / 0", "it raises ZeroDivisionError: division by zero"),
    ("import warnings\nwarnings.warn('mind this')", "it prints to stderr"),
    ("object()", "its output shows a memory address"),
    ("import os\nos.getcwd()", "its output shows a path of this machine"),
    ("import os\nos._exit(1)", "the kernel died"),
    ("while True: pass", "it was still running after 2 seconds"),
])
def test_a_cell_that_cannot_be_kept_is_named_with_the_reason(source, why):
    with pytest.raises(CellFailed) as error:
        execute(notebook("x = 1", source), seconds_a_cell=2)
    assert error.value.position == 1 and why in error.value.why
