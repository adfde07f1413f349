"""A notebook is read as data and its answers are matched by question, however its cells and its file were treated."""

import copy
import json
import time

import nbformat
import pytest
from handed_in import ANSWERS, EXERCISE, ROOT, SLUG, answered, cell_of, handed, place_of, raw

from analogies.grading.intake import matching, notebook_cells, pieces, read

OTHER = nbformat.read(ROOT / "exercises" / "02-venezuela-2019.ipynb", as_version=4)


def taken(tmp_path, book):
    path = tmp_path / "anna.ipynb"
    path.write_bytes(book if isinstance(book, bytes) else raw(book))
    submission = read(handed(path), EXERCISE, SLUG)
    assert "fault of the grader" not in submission.unread
    return submission


def bare(book, *names):
    """The book whose cells (all, or those with these names) have lost metadata and id."""
    for cell in book.cells:
        if not names or cell.metadata.get("nbgrader", {}).get("grade_id") in names:
            cell.metadata = nbformat.NotebookNode()
            cell.pop("id", None)
    return book


def code(text):
    return nbformat.v4.new_code_cell(text)


def markdown(text):
    return nbformat.v4.new_markdown_cell(text)


# --- cells

def test_the_answers_are_taken_by_question_and_nothing_is_odd(tmp_path):
    submission = taken(tmp_path, answered())
    assert (submission.answers, submission.oddities, submission.unread) == (ANSWERS, (), "")


def test_only_answer_cells_are_taken(tmp_path):
    book = answered()
    cell_of(book, "given-1").source = "import os; os._exit(1)"
    cell_of(book, "check-q1").source = "3"
    submission = taken(tmp_path, book)
    assert submission.answers == ANSWERS and "os._exit" not in repr(submission)


def test_a_missing_answer_cell_is_told(tmp_path):
    book = answered()
    book.cells.remove(cell_of(book, "q1"))
    submission = taken(tmp_path, book)
    assert submission.answers == {name: text for name, text in ANSWERS.items() if name != "q1"}
    assert submission.oddities == ("The answer cell of q1 is missing.",)


def test_parts_of_a_split_cell_are_joined_and_an_untouched_copy_is_not_an_answer(tmp_path):
    book = answered()
    second, untouched = copy.deepcopy(cell_of(book, "q2")), copy.deepcopy(cell_of(EXERCISE, "q2"))
    second.source = "after = before"
    place = place_of(book, "q2")
    book.cells[place + 1 : place + 1] = [second, untouched]
    submission = taken(tmp_path, book)
    assert submission.answers["q2"] == "before = 1\nafter = 2\nafter = before"
    assert submission.oddities == ("The answer cell of q2 occurs 3 times (copied or split); all were taken, in their order.",)


def test_a_copied_answer_is_taken_once(tmp_path):
    book = answered()
    book.cells.insert(place_of(book, "q5"), copy.deepcopy(cell_of(book, "q5")))
    submission = taken(tmp_path, book)
    assert submission.answers["q5"] == "Because of five."
    assert submission.oddities == ("The answer cell of q5 occurs 2 times (copied or split); one was taken, the others are copies.",)


@pytest.mark.parametrize("name, kind", [("q2", "markdown"), ("q5", "raw"), ("q5", "code"), ("q2", "nonsense")])
def test_a_cell_of_another_type_is_taken_and_told(tmp_path, name, kind):
    book = answered()
    cell_of(book, name)["cell_type"] = kind
    submission = taken(tmp_path, book)
    assert submission.answers == ANSWERS
    assert submission.oddities == (f"The answer cell of {name} was changed into another type of cell; its text was graded all the same.",)


def test_cells_without_metadata_are_known_by_their_id(tmp_path):
    book = answered()
    for cell in book.cells:
        cell.metadata = nbformat.NotebookNode()
    assert taken(tmp_path, book).answers == ANSWERS


def test_cells_without_metadata_and_id_are_known_by_the_given_text_around_them(tmp_path):
    submission = taken(tmp_path, bare(answered()))
    assert submission.answers == ANSWERS
    assert submission.oddities == ("The answer cells of q1, q2, q3, q4, q5, q6 had lost their name and id, and were known by the "
                                   "text around them.",)


def test_a_stripped_cell_that_was_split_or_retyped_is_known_by_its_neighbours(tmp_path):
    book = bare(answered())
    book.cells.insert(8, code("after = 3"))
    book.cells[5]["cell_type"] = "markdown"
    submission = taken(tmp_path, book)
    assert submission.answers == ANSWERS | {"q2": "after = 3\nbefore = 1\nafter = 2"}
    assert "The answer cell of q1 was changed into another type of cell" in " ".join(submission.oddities)


def test_a_stripped_cell_without_its_neighbours_is_known_by_all_that_it_sets(tmp_path):
    book = answered()
    book.cells = [cell for cell in bare(book, "q1", "q2").cells
                  if cell.metadata.get("nbgrader", {}).get("grade_id") not in ("check-q1", "given-2") and "Question 2" not in cell.source
                  and "Find three" not in cell.source]
    assert taken(tmp_path, book).answers == ANSWERS


def test_where_it_could_be_one_or_the_other_nothing_is_guessed(tmp_path):
    book = bare(answered(q1="x = 1", q2="y = 2"), "q1", "q2")
    del book.cells[place_of(book, "given-2") + 2 : place_of(book, "check-q2")]
    book.cells[place_of(book, "check-q2") : place_of(book, "check-q2")] = [code("x = 1"), code("y = 2")]
    submission = taken(tmp_path, book)
    assert "q1" not in submission.answers and "q2" not in submission.answers
    assert "The answer cell of q1 is missing." in submission.oddities


def test_an_answer_that_was_merged_with_given_text_is_taken_out_again(tmp_path):
    book = answered()
    place = place_of(book, "q5")
    question = book.cells[place - 1]
    question.source += "\n\n" + book.cells.pop(place).source
    place = place_of(book, "q3")
    book.cells[place].source += "\n" + book.cells.pop(place + 1).source
    submission = taken(tmp_path, book)
    assert submission.answers == ANSWERS
    assert "The answer cell of q3 was merged with given text; the text was taken out again." in submission.oddities


def test_a_merged_answer_keeps_its_name_where_its_neighbours_do_not_tell(tmp_path):
    other = ANSWERS | {"q2": "print(1)"}  # what it sets does not tell either
    book = answered(**other)
    cell_of(book, "q2").source += "\n" + cell_of(book, "check-q2").source
    book.cells = [cell_of(book, "q2"), *book.cells[place_of(book, "check-q2") + 1:]]
    submission = taken(tmp_path, book)
    assert submission.answers == {name: text for name, text in other.items() if name != "q1"}


def test_all_of_a_notebook_in_one_cell_is_taken_apart(tmp_path):
    book = answered()
    for kind in ("code", "markdown"):
        text = "\n\n".join(cell.source for cell in book.cells[9:] if cell.cell_type == kind)
        one = nbformat.v4.new_notebook(cells=[*copy.deepcopy(book.cells[:9]), (code if kind == "code" else markdown)(text)])
        submission = taken(tmp_path, one)
        names = ("q3", "q4") if kind == "code" else ("q5", "q6")
        assert {name: submission.answers.get(name) for name in names} == {name: ANSWERS[name] for name in names}


def test_an_answer_in_the_cell_of_an_earlier_one_is_run_there_and_not_blanked(tmp_path):
    book = answered(q1="present = served = 1\nsorties_a_day = 2\nserved = 3\nbefore, after = 1, 2")
    book.cells.remove(cell_of(book, "q2"))
    submission = taken(tmp_path, book)
    assert submission.answers["q2"] == ""
    assert submission.oddities == ("The answer to q2 stands in the cell of q1, and was run there.",)


def test_answers_in_another_order_are_told(tmp_path):
    book = answered()
    book.cells.append(book.cells.pop(place_of(book, "q1")))
    submission = taken(tmp_path, book)
    assert list(submission.answers) == list(ANSWERS)
    assert submission.oddities == ("The answer cells stood in another order; they were run in the order of the exercise.",)


def test_cells_of_the_students_own_did_not_run_and_who_needs_them_is_told(tmp_path):
    book = answered(q1="present = helper(1)", q2="before = np.mean([1]); after = 0", q3="q3 = None\n# Write your answer here.")
    book.cells[1:1] = [code("def helper(x):\n    return x"), code("import numpy as np"), code(""), markdown("note"), code("q3 = [1]")]
    assert taken(tmp_path, book).oddities == (
        "3 cells that are not part of the exercise did not run (q1 uses helper from there; q2 uses np from there; q3 is blank, while q3 "
        "is set there); an answer must work from its own cell.",)
    book = answered()
    book.cells.append(code("x = 1"))
    assert taken(tmp_path, book).oddities == ("1 cell that is not part of the exercise did not run; an answer must work from its own cell.",)


def test_a_picture_pasted_into_prose_is_left_out_and_an_endless_answer_counts_as_blank(tmp_path):
    book = answered(q5="See ![x](data:image/png;base64," + "A" * 5000 + ") here.", q6="word " * 300_000)
    submission = taken(tmp_path, book)
    assert submission.answers["q5"] == "See ![x]((a picture was left out)) here."
    assert submission.answers["q6"] == cell_of(EXERCISE, "q6").source
    assert "The answer to q6 has 1,500,000 characters" in submission.oddities[0]


# --- another exercise

def test_a_notebook_of_another_exercise_is_told_and_none_of_its_texts_is_taken(tmp_path):
    book = copy.deepcopy(OTHER)
    for cell in book.cells:
        if cell.metadata.get("nbgrader", {}).get("solution"):
            cell.source = "An answer to something else."
    submission = taken(tmp_path, book)
    assert submission.answers == {} and submission.oddities == ()
    assert submission.unread == (
        f"Nothing was graded: the notebook is of the exercise 02-venezuela-2019; {SLUG} was expected. "
        "Ask for the right file and run the command again.")


def test_another_exercise_is_known_without_its_metadata(tmp_path):
    book = copy.deepcopy(OTHER)
    book.metadata = {}
    assert "the notebook is of the exercise 02-venezuela-2019" in taken(tmp_path, book).unread
    book.cells = [cell for cell in book.cells if "an.exercise" not in cell.source]
    submission = taken(tmp_path, book)
    assert submission.answers == {} and "is this another exercise?" in submission.unread


def test_our_cells_in_a_notebook_that_names_another_exercise_are_graded(tmp_path):
    book = answered()
    book.metadata["analogies"]["slug"] = "02-venezuela-2019"
    submission = taken(tmp_path, book)
    assert submission.answers == ANSWERS and "but its cells are those of" in submission.oddities[0]


def test_a_notebook_without_any_of_our_cells_is_told(tmp_path):
    submission = taken(tmp_path, nbformat.v4.new_notebook(cells=[code("x = 1"), markdown("hello")]))
    assert submission.answers == {} and f"none of the answer cells of {SLUG} was found" in submission.unread


# --- files

def version_3(book):
    cells = [{"cell_type": "heading", "level": 2, "source": ["A heading"], "metadata": {}}]
    for cell in book.cells:
        cell = dict(cell)
        if cell["cell_type"] == "code":
            cell |= {"input": cell.pop("source").splitlines(keepends=True), "prompt_number": 1, "language": "python", "outputs": [{"x": "["}]}
        cells.append(cell)
    return {"nbformat": 3, "nbformat_minor": 0, "metadata": {"name": ""}, "worksheets": [{"cells": cells[:5]}, {"cells": cells[5:]}]}


def test_format_3_is_read(tmp_path):
    assert taken(tmp_path, version_3(answered())).answers == ANSWERS
    assert notebook_cells.parse(raw(version_3(answered()))).cells[0].text == "## A heading"


@pytest.mark.parametrize("minor", range(7))
def test_every_minor_of_format_4_is_read(tmp_path, minor):
    book = answered()
    book.nbformat_minor = minor
    if minor < 5:
        for cell in book.cells:
            cell.pop("id")
    assert taken(tmp_path, book).answers == ANSWERS


@pytest.mark.parametrize("data, why", [
    (b"", "is empty"), (b"\0" * 5000, "holds nothing but blanks"), (b"\xef\xbb\xbf", "is empty"),
    (b'{"cells": [', "it ends in the middle"), (raw()[:3000], "it ends in the middle"), (raw()[:-1], "it ends in the middle"),
    (raw()[:1] + b"," + raw()[1:], "is not valid JSON"), (b"\x89PNG\r\n\x1a\n\0\0", "is not valid JSON"), (b"<html>", "is not valid JSON"),
    (b"[]", "is JSON, but no notebook"), (b"3", "is JSON, but no notebook"), (b'"x"', "is JSON, but no notebook"),
    (b"{}", "it has no list of cells"), (b'{"worksheets": [], "cells": {}}', "is a notebook without any cell"),
    (b'{"cells": []}', "is a notebook without any cell"), (b'{"worksheets": 3}', "it has no list of cells"),
    (b"[" * 200_000, "is nested too deeply"), (b'{"a":' * 200_000, "is nested too deeply"),
    (b'{"cells": [' + b"{}," * 6000 + b"{}]}", "has 6,001 cells; at most 5,000"),
    (b'{"cells": [1, null, {"metadata": 3, "source": [1], "id": []}, {"metadata": {"nbgrader": []}}]}', "none of the answer cells"),
])
def test_a_file_that_is_no_submission_is_told_so_and_never_raises(tmp_path, data, why):
    submission = taken(tmp_path, data)
    assert submission.answers == {} and why in submission.unread and submission.unread.endswith((".", "?"))
    assert "\n" not in submission.unread and "Traceback" not in submission.unread


@pytest.mark.parametrize("encode, said", [
    (lambda text: b"\xef\xbb\xbf" + text.encode(), ""), (lambda text: text.encode("utf-16"), "read as UTF-16 or UTF-32"),
    (lambda text: text.encode("utf-16-be"), "read as UTF-16"), (lambda text: text.encode("utf-32"), "read as UTF-16 or UTF-32"),
    (lambda text: text.encode("cp1252", "ignore"), "was read as Windows text"), (lambda text: text.encode() + b"\0\0\0", ""),
    (lambda text: text.replace("\n", "\r\n").encode(), ""), (lambda text: json.dumps(json.loads(text)).encode(), ""),
])
def test_encodings(tmp_path, encode, said):
    submission = taken(tmp_path, encode(json.dumps(answered(q5="Größe"), ensure_ascii=False)))
    assert submission.answers["q5"] == "Größe" and said in " ".join(submission.oddities)


def test_odd_but_readable_json(tmp_path):
    book = answered(q1="present = 1\r\nserved = 2\r", q2="a\0b\ud800", q3="tab\there", q4="\ud83d")
    text = json.dumps(book).replace('"nbformat": 4,', '"nbformat": 4, "nbformat": 4, "x": NaN, "y": -Infinity, "n": %s,' % ("9" * 5000))
    submission = taken(tmp_path, text.replace("tab\\there", "tab\there").encode())
    assert submission.answers == {"q1": "present = 1\nserved = 2\n", "q2": "a�b�", "q3": "tab\there", "q4": "�",
                                  "q5": cell_of(EXERCISE, "q5").source, "q6": cell_of(EXERCISE, "q6").source}
    assert all(text.encode() for text in submission.answers.values())


# --- outputs

def with_outputs(json_text, key="outputs"):
    """The bytes of a notebook whose first code cell has this JSON as its outputs."""
    book = answered()
    book.cells[1].pop("outputs", None)
    book.cells[1][key] = "HERE"
    return raw(book).replace(b'"HERE"', json_text)


@pytest.mark.parametrize("outputs", [
    b"[]", b'[{"text": ["]}\\"", "\\\\", "{[\\\\\\""]}]', b'[{"data": {"text/html": "<b class=\\"x\\">"}}, [[[]]]]', b"{}", b'{"a": [1, {}]}',
    b'[{"outputs": [{"cells": []}]}]', b"[" * 500 + b"]" * 500, b"[" * 50_000 + b"]" * 50_000, b'[{"x": "\xff\xfe"}]', b' [ "a" ] ', b"null", b'"[["',
    b'[{"a":1]]', b'[NaN, 1e999, "\\ud800"]',
])
@pytest.mark.parametrize("key", ["outputs", "attachments", "widgets"])
def test_outputs_are_cut_out_without_being_read(tmp_path, outputs, key):
    submission = taken(tmp_path, with_outputs(outputs, key))
    assert (submission.answers, submission.oddities) == (ANSWERS, ())


@pytest.mark.parametrize("outputs", [b'[{"x": "', b"[[[", b'["\\', b'["\\"', b'[{"x": 1}'])
def test_outputs_that_do_not_end_are_a_notebook_that_was_cut_off(tmp_path, outputs):
    data = with_outputs(outputs)
    submission = taken(tmp_path, data[: data.find(outputs) + len(outputs)])
    assert "it ends in the middle" in submission.unread


@pytest.mark.parametrize("data", [
    with_outputs(b'["' + b"A" * 20_000_000 + b'"]'), with_outputs(b'["' + b'\\"' * 5_000_000 + b'"]'),
    with_outputs(b'["' + b"\\" * 10_000_000 + b'"]'), with_outputs(b"[" + b'"a\\n", ' * 1_500_000 + b'""]'),
    with_outputs(b"[" + b"[]," * 3_000_000 + b"[]]"),
])
def test_large_outputs_cost_little_time(data):
    began = time.process_time()
    book = notebook_cells.parse(data)
    assert len(book.cells) == len(EXERCISE.cells) and time.process_time() - began < 3


@pytest.mark.parametrize("data, why", [
    (b'"' * 12_000_000, "larger than 10 MB"), (b'{"cells": ["' + b"x" * 11_000_000, "larger than 10 MB"), (b'{"cells": ["' + b"x" * 9_000_000, "it ends in the middle"),
    (b'["' + b"x" * 11_000_000 + b'", ', "larger than 10 MB"), (b'{"a":"' + b'\\"' * 4_500_000, "it ends in the middle"),
    (b"7" * 11_000_000, "larger than 10 MB"), (b'{"outputs":[' + b'\\"' * 4_000_000, "it ends in the middle"),
])
def test_what_is_large_without_outputs_is_refused_fast(data, why):
    began = time.process_time()
    with pytest.raises(notebook_cells.Unreadable, match=why):
        notebook_cells.parse(data)
    assert time.process_time() - began < 5


def test_outputs_without_end_are_refused(monkeypatch):
    monkeypatch.setattr(notebook_cells, "MOST_OUTPUTS", 1000)
    with pytest.raises(notebook_cells.Unreadable, match="more than 1,000 outputs, as no notebook of Jupyter has"):
        notebook_cells.parse(b'{"cells": [' + b'{"outputs": []},' * 1001 + b"{}]}")


def test_a_text_that_speaks_of_outputs_is_kept():
    source = 'print("\\"outputs\\": [1]", \'"outputs": [\')  # "outputs": [ \\'
    book = notebook_cells.parse(with_outputs(b'["x]"]').replace(b'"source"', b'"source": ' + json.dumps(source).encode() + b', "was"', 1))
    assert any(cell.text == source for cell in book.cells)


def test_a_fault_of_ours_is_raised_so_that_nothing_is_kept_of_it(tmp_path, monkeypatch):
    monkeypatch.setattr("analogies.grading.intake.match", lambda *_: 1 / 0)
    (tmp_path / "x.ipynb").write_bytes(raw())
    with pytest.raises(ZeroDivisionError):
        read(handed(tmp_path / "x.ipynb"), EXERCISE, SLUG)


@pytest.mark.parametrize("text, names", [
    ("x = 1\ny, z = 2, 3\nif a == 1: b = 2", {"x", "y", "z"}), ("def f(a): pass\nclass C: pass\nasync def g(): pass", {"f", "C", "g"}),
    ("import a.b, c as d\nfrom e import (f, g as h)", {"a", "d", "f", "h"}), ("%magic x = 1\n!x = 2\nx == 3\n x = 4", set()),
])
def test_the_names_that_code_sets_are_read_from_its_text(text, names):
    assert matching._set_by(text) == names


def test_given_text_is_compared_without_what_editors_change():
    assert pieces.plain("\na  \nb\t\n\n") == "a\nb"
