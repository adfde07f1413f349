"""What is run of an exercise: our own cells with the student's answers in them, and nothing that can change no mark."""

import pytest
from small_class import QUESTIONS, SLUG, Kit

from analogies.grading import private
from analogies.grading.exercise_steps import answer_cells, asked_in, steps
from analogies.grading.sandbox.trusted import Step


@pytest.fixture(scope="module")
def kit(tmp_path_factory):
    return Kit(tmp_path_factory.mktemp("kit") / "clone")


def of(kit, **answers):
    return steps(kit.exercise, answers, private.questions(SLUG, kit.questions_dir))


def test_our_cells_run_in_order_with_the_answers_and_values_are_read_at_each_check(kit):
    assert of(kit, q1="q1 = 7") == (
        Step("given-1", "import math"), Step("q1", "q1 = 7"), Step("q1", capture=("q1",)),
        Step("q2", answer_cells(kit.exercise)["q2"]), Step("q2", capture=("stock", "flow")))


def test_what_stands_below_the_last_check_is_not_run(kit):
    assert "math.pi" not in " ".join(step.source for step in of(kit))


def test_text_and_answers_to_nothing_are_not_run(kit):
    assert of(kit, q3="1 / 0", given_1="2 / 0", check_q1="3 / 0") == of(kit)


def test_the_check_of_a_question_that_is_not_graded_is_not_run(kit):
    one = private.questions(SLUG, kit.questions_dir)[1:]
    assert [step.id for step in steps(kit.exercise, {}, one)] == ["given-1", "q1", "q2", "q2"]
    assert steps(kit.exercise, {}, one[1:]) == ()


def test_the_questions_of_an_exercise_are_known_with_their_kind(kit):
    assert asked_in(kit.exercise) == {"q1": "auto", "q2": "auto", "q3": "written"}
    assert "kind=\"written\"" in QUESTIONS
