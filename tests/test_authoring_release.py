"""From a solution to the student's copy: roles, points, what is taken out, and nbgrader's own validator."""

import json

import nbformat
import pytest
from nbformat.v4 import new_output
from nbgrader.nbgraderformat import MetadataValidator
from nbgrader.nbgraderformat import reads as nbgrader_reads
from small_lesson import EXERCISE, QUESTIONS, write

from analogies.authoring import source
from analogies.authoring.release import ReleaseError, set_roles, student_copy

ALLOWED = {"schema_version", "grade", "locked", "solution", "task", "grade_id", "points", "checksum", "cell_type"}


def solution(folder, text=EXERCISE):
    """The solution with its roles; the given cell and the check have shown something."""
    book = set_roles(source.read(write(folder, "exercise.md", text)).notebook, QUESTIONS)
    for cell in book.cells:
        if cell.metadata.get("nbgrader", {}).get("locked"):
            cell.outputs = [new_output("stream", text="shown")]
    return book


@pytest.fixture
def copy(tmp_path):
    return student_copy(solution(tmp_path))


def by_name(book):
    return {cell.metadata.nbgrader.grade_id: cell for cell in book.cells if "nbgrader" in cell.metadata}


def test_the_copy_has_no_answer_and_no_output_and_keeps_the_starter_line(copy):
    cells = by_name(copy)
    assert cells["q1"].source == "q1 = None\n# Write your answer here."
    assert cells["q2"].source == "*Write your answer here.*"
    text = nbformat.writes(copy)
    assert "SOLUTION" not in text and "one and one" not in text
    assert all(not cell.get("outputs") for cell in copy.cells)


def test_the_copy_is_a_valid_release_notebook_by_nbgraders_own_validator(copy):
    text = nbformat.writes(copy)
    book = nbgrader_reads(text, as_version=4)
    MetadataValidator().validate_nb(book)
    roles = {name: (c.metadata.nbgrader.grade, c.metadata.nbgrader.solution, c.metadata.nbgrader.locked)
             for name, c in by_name(book).items()}
    assert roles == {"given-1": (False, False, True), "q1": (False, True, False), "check-q1": (True, False, True),
                     "q2": (True, True, False)}
    raw = [cell["metadata"]["nbgrader"] for cell in json.loads(text)["cells"] if "nbgrader" in cell["metadata"]]
    assert all(role.keys() <= ALLOWED and "checksum" in role for role in raw)


def test_points_come_from_the_questions(copy):
    cells = by_name(copy)
    assert (cells["check-q1"].metadata.nbgrader.points, cells["q2"].metadata.nbgrader.points) == (4, 3)


def test_given_cells_are_locked_and_answers_can_be_edited(copy):
    cells = by_name(copy)
    assert cells["given-1"].metadata.editable is False and cells["check-q1"].metadata.editable is False
    assert "editable" not in cells["q1"].metadata and cells["q1"].metadata.deletable is False


def test_cells_that_will_show_something_are_not_compared_by_nbval(copy):
    assert {name for name, cell in by_name(copy).items() if "tags" in cell.metadata} == {"given-1", "check-q1"}


def test_the_solution_itself_is_left_as_it_was(tmp_path):
    book = solution(tmp_path)
    before = nbformat.writes(book)
    student_copy(book)
    assert nbformat.writes(book) == before


@pytest.mark.parametrize("old, new, why", [
    ('check="q1"', 'check="q9"', "there is no question q9"),
    ("```python check=\"q1\"\n4.0 if q1 == 2 else 0.0\n```\n", "", "question q1 of check/questions has no check cell"),
    ('question="q2"', 'question="q1"', "question q1 has a second answer cell"),
    ('check="q1"', 'check="q2"', "a check is a code cell of an automatic question; q2 is written"),
    ("4.0 if q1 == 2 else 0.0", 'ex.check("q1", answer)', 'expected ex.check("q1", q1)'),
    ("4.0 if q1 == 2 else 0.0", "4.0 if", "no valid Python"),
])
def test_cells_that_do_not_fit_the_questions_are_refused_in_a_sentence(tmp_path, old, new, why):
    assert old in EXERCISE
    with pytest.raises(ReleaseError) as error:
        solution(tmp_path, EXERCISE.replace(old, new))
    assert why in str(error.value)
