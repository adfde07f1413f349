"""A folder of good, odd and broken submissions goes through the grader once; each test reads what came out for one."""

import copy
import io
import json

import nbformat
import pytest
from rich.console import Console

from analogies.authoring import notebook
from analogies.authoring.source import read
from analogies.check.outcome import judge, needs
from analogies.check.question import Question
from analogies.grading.engine import GradingError, grade_folder

SLUG = "01-small"
EXERCISE = """---
analogies:
  title: "A small exercise"
  slug: 01-small
  data: []
---

# A small exercise

```python
import math
```

```python question="q1"
q1 = None
### BEGIN SOLUTION
q1 = int(math.sqrt(4))
### END SOLUTION
```

```python check="q1"
4 * (q1 == 2)
```

```python question="q2"
stock = None
flow = None
### BEGIN SOLUTION
stock, flow = 10, 20
### END SOLUTION
```

```python check="q2"
2 * (stock == 10) + 2 * (flow == 20)
```

<!-- #region question="q3" -->
<!-- BEGIN SOLUTION -->
The model.
<!-- END SOLUTION -->
<!-- #endregion -->
"""
QUESTIONS = (
    Question("q1", 4, mark=lambda v: judge(needs(v["q1"] == 2, "It is the root of four.", 4))),
    Question("q2", 4, answers=("stock", "flow"), mark=lambda v: judge(
        needs(v["stock"] == 10, "The stock is 10.", 2), needs(v["flow"] == 20, "The flow is 20.", 2))),
    Question("q3", 5, kind="written"),
)
RIGHT = {"q1": "q1 = 2", "q2": "stock = 10\nflow = 20", "q3": "Because it is so."}


def answered(exercise, **answers):
    """A student's copy with these answers."""
    book = copy.deepcopy(exercise)
    for cell in book.cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id")
        if name in answers:
            cell.source = answers[name]
    return book


def cell_of(book, name):
    return next(c for c in book.cells if c.metadata.get("nbgrader", {}).get("grade_id") == name)


@pytest.fixture(scope="module")
def kit(tmp_path_factory):
    root = tmp_path_factory.mktemp("kit")
    path = root / "lessons" / SLUG / "exercise.md"
    path.parent.mkdir(parents=True)
    path.write_text(EXERCISE, encoding="utf-8")
    made, _ = notebook.make(read(path), QUESTIONS)
    for folder, book in made.items():
        (root / folder).mkdir()
        nbformat.write(book, root / folder / f"{SLUG}.ipynb")
    return root


@pytest.fixture(scope="module")
def exercise(kit):
    return nbformat.read(kit / "exercises" / f"{SLUG}.ipynb", as_version=4)


def submissions(exercise):
    yield "right", answered(exercise, **RIGHT)
    yield "blank", exercise
    yield "half", answered(exercise, q1="q1 = 3", q2="stock = 10\nflow = None")
    yield "quits", answered(exercise, **RIGHT | {"q1": "import os\nos._exit(0)"})
    yield "strange", answered(exercise, **RIGHT | {"q1": "class E:\n    __eq__ = lambda s, o: True\nq1 = E()"})
    leaning = answered(exercise, **RIGHT | {"q1": "q1 = mine"})
    leaning.cells.insert(0, nbformat.v4.new_code_cell("mine = 2"))
    yield "leaning", leaning
    forged = answered(exercise, q1="q1 = 0")
    cell_of(forged, "check-q1").source = "4.0"
    cell_of(forged, "check-q1").outputs = [nbformat.v4.new_output("execute_result", {"text/plain": "4.0"}, execution_count=1)]
    yield "forged", forged


@pytest.fixture(scope="module")
def handed_in(tmp_path_factory, exercise):
    folder = tmp_path_factory.mktemp("handed in")
    for student, book in submissions(exercise):
        (folder / f"{student}.ipynb").write_text(json.dumps(book), encoding="utf-8")
    (folder / "torn.ipynb").write_text('{"cells": [', encoding="utf-8")
    other = nbformat.v4.new_notebook(metadata={"analogies": {"slug": "02-other"}})
    (folder / "=other.ipynb").write_text(json.dumps(other), encoding="utf-8")
    nested = folder / "nested" / SLUG
    nested.mkdir(parents=True)
    (nested / f"{SLUG}.ipynb").write_text(json.dumps(answered(exercise, **RIGHT)), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def said():
    return []


@pytest.fixture(scope="module")
def batch(kit, handed_in, said):
    return grade_folder(handed_in, SLUG, report=said.append, root=kit, questions=QUESTIONS, seconds_a_cell=3)


def of(batch, student):
    return next(one for one in batch.students if one.student == student)


def marks(batch, student):
    return {mark.question: mark.earned for mark in of(batch, student).marks}


def reasons(batch, student):
    return " ".join([*of(batch, student).oddities, *(s for mark in of(batch, student).marks for s in mark.said)])


def test_right_answers_earn_all_automatic_marks_and_prose_waits_for_a_reader(batch):
    assert marks(batch, "right") == {"q1": 4, "q2": 4, "q3": None}
    assert of(batch, "right").oddities == ()


def test_a_blank_exercise_earns_nothing_and_leaves_nothing_to_read(batch):
    assert marks(batch, "blank") == {"q1": 0, "q2": 0, "q3": 0}


def test_a_half_right_answer_earns_half_and_is_told_what_is_missing(batch):
    assert marks(batch, "half") == {"q1": 0, "q2": 2, "q3": 0}
    assert "The flow is 20." in reasons(batch, "half") and "The stock is 10." not in reasons(batch, "half")


def test_a_cell_that_ends_its_kernel_costs_its_own_question_alone(batch):
    assert marks(batch, "quits") == {"q1": 0, "q2": 4, "q3": None}
    assert "The answer cell of q1 did not finish: it ended Python." in reasons(batch, "quits")


def test_an_object_that_equals_everything_earns_nothing(batch):
    assert marks(batch, "strange")["q1"] == 0
    assert "unsupported" in reasons(batch, "strange")


def test_a_cell_of_the_students_own_does_not_run_and_that_is_said(batch):
    assert marks(batch, "leaning")["q1"] == 0
    assert "1 cell that is not part of the exercise did not run" in reasons(batch, "leaning")
    assert "NameError" in reasons(batch, "leaning")


def test_marks_are_not_read_from_the_students_outputs_nor_from_their_checks(batch):
    assert marks(batch, "forged") == {"q1": 0, "q2": 0, "q3": 0}


@pytest.mark.parametrize("student, why", [
    ("torn", "it is not valid JSON"),
    ("=other", "The notebook says that it is 02-other; 01-small was expected."),
])
def test_a_file_that_is_no_submission_earns_nothing_with_the_reason_and_the_batch_goes_on(batch, student, why):
    assert marks(batch, student) == {"q1": 0, "q2": 0, "q3": 0}
    assert why in reasons(batch, student)


def test_nbgraders_folders_are_read(batch):
    assert marks(batch, "nested") == {"q1": 4, "q2": 4, "q3": None}


def test_two_notebooks_of_one_student_are_both_graded_and_say_so(kit, exercise, tmp_path):
    for place in ("anna.ipynb", f"anna/{SLUG}.ipynb"):
        (tmp_path / place).parent.mkdir(exist_ok=True)
        (tmp_path / place).write_text("{}", encoding="utf-8")
    twins = grade_folder(tmp_path, SLUG, report=lambda sentence: None, root=kit, questions=QUESTIONS)
    assert [one.oddities[-1] for one in twins.students] == ["This student handed in 2 notebooks; each has a row."] * 2


def test_it_says_at_the_start_and_under_the_table_that_it_is_not_isolated(batch, said):
    assert said[0].startswith("Not isolated:")
    console = Console(file=io.StringIO(), width=200)
    console.print(batch.table())
    assert "Not isolated:" in console.file.getvalue() and "torn: " in console.file.getvalue()


def test_every_submission_has_a_row(batch):
    assert [one.student for one in batch.students] == [
        "=other", "blank", "forged", "half", "leaning", "nested", "quits", "right", "strange", "torn"]


def test_students_work_is_not_changed(batch, handed_in, exercise):
    assert json.loads((handed_in / "right.ipynb").read_text()) == answered(exercise, **RIGHT)
    assert not [path for path in handed_in.rglob("*") if path.suffix not in (".ipynb", "")]


def test_nothing_is_graded_where_the_solution_does_not_earn_its_marks(kit, handed_in):
    stricter = (Question("q1", 4, mark=lambda v: judge(needs(v["q1"] == 3, "It is three.", 4))), *QUESTIONS[1:])
    with pytest.raises(GradingError, match="nothing was graded, because the solution earns 0 of 4 points for q1"):
        grade_folder(handed_in, SLUG, report=lambda sentence: None, root=kit, questions=stricter)


@pytest.mark.parametrize("name, why", [("none", "found nothing of that name"), ("empty", "no notebook found")])
def test_a_folder_with_nothing_to_grade_is_told_so(kit, tmp_path, name, why):
    (tmp_path / "empty").mkdir()
    with pytest.raises(GradingError, match=why):
        grade_folder(tmp_path / name, SLUG, report=lambda sentence: None, root=kit, questions=QUESTIONS)
