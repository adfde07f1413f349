"""Marks come from encoded values alone; what could not be read counts as blank and says so."""

from analogies.check.outcome import judge, needs
from analogies.check.question import Question
from analogies.check.values import encode
from analogies.grading.score import TO_MARK, score

QUESTIONS = (
    Question("q1", 4, answers=("stock", "flow"), mark=lambda v: judge(
        needs(v["stock"] == 10, "The stock is 10.", 1), needs(v["flow"] == 20, "The flow is 20.", 3))),
    Question("look", 1, kind="quick", mark=lambda v: judge(needs(True, "Yes.", 1))),
    Question("q2", 5, kind="written"),
)


def marked(values, faults=None, written=None):
    return {mark.question: mark for mark in score(QUESTIONS, {"q1": values}, faults or {}, written or {})}


def test_right_values_earn_all_and_half_of_them_their_part_with_the_reason():
    assert marked({"stock": encode(10), "flow": encode(20)})["q1"].earned == 4
    half = marked({"stock": encode(10), "flow": encode(2)})["q1"]
    assert half.earned == 1 and half.said == ("The flow is 20.",)


def test_a_blank_answer_earns_nothing_and_is_not_scolded():
    blank = marked({"stock": encode(None), "flow": encode(None)})["q1"]
    assert (blank.earned, blank.status, blank.said) == (0, "NOT STARTED", ())


def test_a_value_that_is_missing_or_damaged_counts_as_blank_and_says_so():
    mark = marked({"stock": b"\xff"})["q1"]
    assert mark.earned == 0
    assert "stock came back damaged" in mark.said[0] and mark.said[1] == "flow could not be read back, so it counts as blank."


def test_an_answer_that_would_keep_a_check_busy_for_minutes_is_not_checked_and_says_so():
    huge = marked({"stock": encode(list(range(60_000))), "flow": encode(["x"] * 60_000)})["q1"]
    assert (huge.earned, huge.status) == (0, "NOT YET") and huge.said[-1].startswith("The answer takes more than 500 kB, so it was not checked")
    assert marked({"stock": encode(10), "flow": encode("x" * 400_000)})["q1"].said == ("The flow is 20.",)


def test_why_a_cell_failed_is_said_before_anything_else():
    assert marked({}, {"q1": "The cell stopped."})["q1"].said[0] == "The cell stopped."


def test_prose_waits_for_a_reader_and_blank_prose_earns_nothing():
    assert marked({}, written={"q2": "Because."})["q2"].status == TO_MARK
    assert marked({}, written={"q2": "Because."})["q2"].earned is None
    assert marked({}, written={"q2": " \n"})["q2"].earned == 0


def test_a_quick_check_of_the_lesson_is_not_marked():
    assert set(marked({})) == {"q1", "q2"}
