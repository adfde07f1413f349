"""What a job stands for is ours and fits together, or a sentence says what does not."""

import re

import pytest
from small_class import QUESTIONS, SLUG, Kit

from analogies.check.catalogue import UnknownExercise
from analogies.grading.job import exercise_of, job_for
from analogies.grading.submission import GradingError


@pytest.fixture
def kit(tmp_path):
    return Kit(tmp_path / "clone")


def loaded(kit):
    return exercise_of(job_for(SLUG, **kit.here))


def test_an_exercise_is_loaded_with_its_questions_its_blanks_and_the_answers_of_the_solution(kit):
    exercise = loaded(kit)
    assert [q.id for q in exercise.questions] == ["q1", "q2", "q3"] and exercise.said == ()
    assert "math.sqrt(4)" in exercise.reference["q1"] and exercise.blank["q1"].startswith("q1 = None")


def test_it_is_loaded_once_for_each_job(kit):
    job = job_for(SLUG, **kit.here)
    assert exercise_of(job) is exercise_of(job)


@pytest.mark.parametrize("folder", ["exercises", "solutions"])
def test_an_exercise_or_solution_of_ones_own_stands_before_that_of_the_kit(kit, folder):
    own = kit.questions_dir / folder
    own.mkdir()
    text = (kit.root / folder / f"{SLUG}.ipynb").read_text(encoding="utf-8")
    (own / f"{SLUG}.ipynb").write_text(text.replace("q1 = ", "q1 = 0 or "), encoding="utf-8")
    exercise = loaded(kit)
    assert ("0 or " in exercise.blank["q1"], "0 or " in exercise.reference["q1"]) == (folder == "exercises", folder == "solutions")


@pytest.mark.parametrize("questions, why", [
    (QUESTIONS.replace('"q2", 4', '"q9", 4'), r"01_small.py:6: .*01-small.ipynb has no question q9; it has q1, q2, q3"),
    (QUESTIONS.replace('kind="written"', 'mark=lambda v: None'), "01_small.py:8: q3 is of kind auto, and .* has a text to read for it"),
    (QUESTIONS.replace('"q1", 4, mark', '"q1", 4, kind="written", mark'), "01_small.py:5: q1 is of kind written, and .* has a check for it"),
    ("QUESTIONS = ()\n", "01-small: it has no question that is graded"),
])
def test_questions_that_do_not_fit_the_exercise_are_named_with_file_and_line(kit, questions, why):
    kit.ask(questions)
    with pytest.raises(GradingError, match=why):
        loaded(kit)


def test_a_question_that_is_left_out_is_said(kit):
    kit.ask(re.sub(r'    Question\("q3".*\n', "", QUESTIONS))
    assert loaded(kit).said == (f"q3 of the exercise: not among the questions of {kit.questions_dir.resolve()}, so not graded.",)


@pytest.mark.parametrize("content, why", [(None, "our own copy of the exercise is missing; run: analogies build 01-small"),
                                          ("{", "this copy of ours is no notebook"), ("[]", "this copy of ours is no notebook")])
def test_a_copy_of_ours_that_is_missing_or_torn_is_named(kit, content, why):
    path = kit.root / "solutions" / f"{SLUG}.ipynb"
    path.unlink()
    if content is not None:
        path.write_text(content, encoding="utf-8")
    with pytest.raises(GradingError, match=why):
        loaded(kit)


def test_an_exercise_that_does_not_exist_is_told_with_those_that_do():
    with pytest.raises(UnknownExercise, match="There are: 01-reading"):
        job_for("03-syria")


def test_a_change_of_our_copy_or_of_the_questions_is_a_change_of_what_decides_the_marks(kit):
    before = job_for(SLUG, **kit.here).checks
    path = kit.root / "exercises" / f"{SLUG}.ipynb"
    path.write_text(path.read_text(encoding="utf-8").replace("import math", "import math, cmath"), encoding="utf-8")
    between = job_for(SLUG, **kit.here).checks
    (kit.questions_dir / "beside.py").write_text("", encoding="utf-8")
    assert len({before, between, job_for(SLUG, **kit.here).checks}) == 3
