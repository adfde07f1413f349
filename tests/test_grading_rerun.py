"""Answers run in our own copy; what fails is blamed on its question, and values come back encoded."""

import pytest
from small_lesson import EXERCISE, QUESTIONS, write

from analogies.authoring import release, source
from analogies.check.values import Unsupported, decode
from analogies.grading.rerun import rerun


@pytest.fixture
def exercise(tmp_path):
    text = EXERCISE.replace('print("given")', "import math") + "\n```python\nimport time\ntime.sleep(0.5)\n```\n"
    return release.student_copy(release.set_roles(source.read(write(tmp_path, "exercise.md", text)).notebook, QUESTIONS))


def test_the_value_at_the_check_comes_back_encoded(exercise):
    result = rerun(exercise, {"q1": "q1 = [math.sqrt(4), None]"}, QUESTIONS)
    assert decode(result.values["q1"]["q1"]) == [2.0, None] and result.faults == {} and result.oddities == []


def test_without_an_answer_the_starter_line_stands(exercise):
    assert decode(rerun(exercise, {}, QUESTIONS).values["q1"]["q1"]) is None


def test_an_object_of_the_students_own_comes_back_as_a_sentence(exercise):
    result = rerun(exercise, {"q1": "class E:\n    pass\nq1 = E()"}, QUESTIONS)
    assert type(decode(result.values["q1"]["q1"])) is Unsupported


@pytest.mark.parametrize("answer, why", [
    ("q1 = 5\n1 / 0", "it raised ZeroDivisionError: division by zero"),
    ("q1 = (", "it raised SyntaxError"),
    ("while True: pass", "it was still running after 2 seconds"),
    ("import os\nos._exit(3)", "it ended Python"),
    ("import sys\nsys.exit()", "it raised SystemExit"),
])
def test_a_cell_that_fails_is_blamed_on_its_question(exercise, answer, why):
    result = rerun(exercise, {"q1": answer}, QUESTIONS, seconds_a_cell=2)
    assert result.faults["q1"].startswith("The answer cell of q1 did not finish: ") and why in result.faults["q1"]


def test_exit_does_not_end_the_cells_below(exercise):
    result = rerun(exercise, {"q1": "q1 = 2\nexit()"}, QUESTIONS)
    assert decode(result.values["q1"]["q1"]) == 2 and result.faults == {} and result.oddities == []
