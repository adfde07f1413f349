"""Submissions are found in several layouts and read as data, however they were treated."""

import copy
import json

import nbformat
import pytest
from small_lesson import EXERCISE, QUESTIONS, write

from analogies.authoring import release, source
from analogies.grading.intake import GradingError, find, read

SLUG = "01-small"


@pytest.fixture
def exercise(tmp_path):
    return release.student_copy(release.set_roles(source.read(write(tmp_path, "exercise.md", EXERCISE)).notebook, QUESTIONS))


def cell_of(book, name):
    return next(c for c in book.cells if c.metadata.get("nbgrader", {}).get("grade_id") == name)


def answered(exercise):
    book = copy.deepcopy(exercise)
    cell_of(book, "q1").source, cell_of(book, "q2").source = "q1 = 2", "Because."
    return book


def taken(tmp_path, exercise, book):
    path = tmp_path / "anna.ipynb"
    if isinstance(book, bytes):
        path.write_bytes(book)
    else:
        path.write_text(json.dumps(book), encoding="utf-8")
    return read("anna", path, exercise, SLUG)


def test_the_answers_are_taken_by_question_and_nothing_is_odd(tmp_path, exercise):
    submission = taken(tmp_path, exercise, answered(exercise))
    assert submission.answers == {"q1": "q1 = 2", "q2": "Because."} and submission.oddities == []


def test_a_missing_answer_cell_is_told(tmp_path, exercise):
    book = answered(exercise)
    book.cells.remove(cell_of(book, "q1"))
    submission = taken(tmp_path, exercise, book)
    assert submission.answers == {"q2": "Because."} and submission.oddities == ["The answer cell of q1 is missing."]


def test_parts_of_a_split_cell_are_joined_and_an_untouched_copy_is_not_an_answer(tmp_path, exercise):
    book = answered(exercise)
    place = book.cells.index(cell_of(book, "q1"))
    second, untouched = copy.deepcopy(cell_of(book, "q1")), copy.deepcopy(cell_of(exercise, "q1"))
    second.source = "q1 = q1 + 1"
    book.cells[place + 1:place + 1] = [second, untouched]
    submission = taken(tmp_path, exercise, book)
    assert submission.answers["q1"] == "q1 = 2\nq1 = q1 + 1"
    assert submission.oddities == ["The answer cell of q1 occurs 3 times (copied or split); all were run, in their order."]


def test_a_cell_of_another_type_is_taken_and_told(tmp_path, exercise):
    book = answered(exercise)
    cell_of(book, "q2")["cell_type"] = "raw"
    submission = taken(tmp_path, exercise, book)
    assert submission.answers["q2"] == "Because." and "q2 was changed into another type" in submission.oddities[0]


def test_cells_without_metadata_are_known_by_their_id(tmp_path, exercise):
    book = answered(exercise)
    for cell in book.cells:
        cell.metadata = nbformat.NotebookNode()
    assert taken(tmp_path, exercise, book).answers == {"q1": "q1 = 2", "q2": "Because."}


def test_cells_of_the_students_own_are_counted_unless_they_are_empty(tmp_path, exercise):
    book = answered(exercise)
    book.cells += [nbformat.v4.new_code_cell("x = 1"), nbformat.v4.new_code_cell(""), nbformat.v4.new_markdown_cell("note")]
    assert taken(tmp_path, exercise, book).oddities == [
        "1 cell that is not part of the exercise did not run; an answer must work from its own cell."]


@pytest.mark.parametrize("data, why", [
    (b'{"cells": [', "it is not valid JSON"),
    (b"", "it is not valid JSON"),
    (b"\x89PNG\r\n", "it is not UTF-8 text"),
    (b"[]", "it is JSON, but no notebook of format 4"),
    (b'{"worksheets": []}', "it is JSON, but no notebook of format 4"),
    (b"[" * 200_000, "nothing was graded"),
    (b'{"cells": [1, null, {"metadata": 3, "source": [1], "id": []}, {"metadata": {"nbgrader": []}}]}', "None of the answer cells"),
    (b'{"cells": [], "metadata": {"analogies": {"slug": "02-other"}}}', "The notebook says that it is 02-other; 01-small was expected."),
])
def test_a_file_that_is_no_submission_is_told_so_and_never_raises(tmp_path, exercise, data, why):
    submission = taken(tmp_path, exercise, data)
    assert submission.answers == {} and any(why in sentence for sentence in submission.oddities), submission.oddities


def test_a_byte_order_mark_is_no_fault(tmp_path, exercise):
    assert taken(tmp_path, exercise, b"\xef\xbb\xbf" + json.dumps(answered(exercise)).encode()).oddities == []


def test_a_file_that_is_too_large_is_not_read(tmp_path, exercise, monkeypatch):
    monkeypatch.setattr("analogies.grading.intake.MAX_BYTES", 10)
    assert "it is larger than" in taken(tmp_path, exercise, answered(exercise)).oddities[0]


@pytest.mark.parametrize("places", [
    ["anna.ipynb", "Bo.ipynb"],
    ["anna/01-small.ipynb", "Bo/other name.ipynb"],
    ["anna/01-small/01-small.ipynb", "Bo/01-small/x.ipynb"],
    ["submitted/anna/01-small/01-small.ipynb", "submitted/Bo/01-small/01-small.ipynb", "source/01-small/01-small.ipynb"],
])
def test_layouts(tmp_path, places):
    for place in [*places, ".hidden.ipynb", "anna/.ipynb_checkpoints/old.ipynb"]:
        (tmp_path / place).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / place).touch()
    assert [student for student, _ in find(tmp_path, SLUG)] == ["anna", "Bo"]


def test_a_folder_that_is_none_or_empty_is_told_so(tmp_path):
    with pytest.raises(GradingError, match="found nothing of that name"):
        find(tmp_path / "none", SLUG)
    with pytest.raises(GradingError, match="no notebook found; expected STUDENT.ipynb"):
        find(tmp_path, SLUG)
    (tmp_path / "file").touch()
    with pytest.raises(GradingError, match="found a file of that name"):
        find(tmp_path / "file", SLUG)
