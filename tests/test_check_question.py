"""A question marks decoded values, knows its wrong answers, and never shows a traceback."""

from __future__ import annotations

import pandas as pd
import pytest

from analogies.check.answers import near
from analogies.check.outcome import NOT_STARTED, NOT_YET, PASS, judge, needs
from analogies.check.question import Question, Wrong, is_blank
from analogies.check.values import Unsupported


def mark(values):
    return judge(needs(near(values["mean"], 12.5), "mean is the mean.", 2), needs(values["unit"] == "years", "unit is years.", 1))


MEAN = Question("mean", 3, answers=("mean", "unit"), mark=mark, wrong={
    "median": Wrong(lambda v: near(v["mean"], 8), "This is the median."),
    "text": Wrong(lambda v: v["mean"] + "" != "", "This is text."),
})


def test_a_right_answer_passes_and_gets_no_hint():
    outcome = MEAN.check({"mean": 12.5, "unit": "years"})
    assert (outcome.status, outcome.earned, outcome.hints) == (PASS, 3, ())


def test_a_recogniser_that_fits_a_right_answer_too_stays_silent():
    loose = Question("q1", 1, mark=lambda v: judge(needs(v["q1"] == 4, "four", 1)), wrong={"any": Wrong(lambda v: True, "No.")})
    assert loose.check({"q1": 4}).hints == () and loose.check({"q1": 5}).hints == ("No.",)


def test_a_known_wrong_answer_gets_its_own_hint_and_keeps_the_points_of_what_is_right():
    outcome = MEAN.check({"mean": 8, "unit": "years"})
    assert (outcome.earned, outcome.hints) == (1, ("This is the median.",))


def test_a_recogniser_that_cannot_read_a_value_does_not_recognise_it():
    assert MEAN.check({"mean": 9, "unit": 1}).hints == ()
    assert MEAN.check({"mean": "9", "unit": 1}).hints == ("This is text.",)


def test_all_answers_blank_is_not_started_and_one_of_two_is_an_attempt():
    assert MEAN.check({}).status == NOT_STARTED
    assert MEAN.check({"mean": None, "unit": " "}).status == NOT_STARTED
    assert MEAN.check({"unit": "years"}).earned == 1


@pytest.mark.parametrize("value", [None, "", " \n", [], (), {}, set(), [None, ""], {"a": None}, [("", None)]])
def test_nothing_is_blank_in_many_ways(value):
    assert is_blank(value)


@pytest.mark.parametrize("value", [0, False, float("nan"), [0], "x", pd.DataFrame(), pd.NA])
def test_a_value_that_says_something_is_not_blank(value):
    assert not is_blank(value)


def test_an_unsupported_value_gets_its_sentence_with_the_name_of_the_answer():
    outcome = MEAN.check({"mean": Unsupported("function", "unsupported: function."), "unit": "years"})
    assert (outcome.status, outcome.earned) == (NOT_YET, 0)
    assert outcome.notes == ("mean: unsupported: function.",)
    quick = Question("first-date", 1, kind="quick", mark=lambda v: None)
    assert quick.check({"first_date": Unsupported("function", "unsupported: function.")}).notes == ("unsupported: function.",)


def test_a_mark_function_that_stops_gives_a_sentence_with_the_type_found():
    outcome = Question("q1", 2, mark=lambda v: 1 / 0).check({"q1": pd.Series([1])})
    assert (outcome.status, outcome.earned, outcome.possible) == (NOT_YET, 0, 2)
    assert "q1 is of type Series" in outcome.notes[0] and "ZeroDivisionError" in outcome.notes[1]


@pytest.mark.parametrize("broken", [lambda v: None, lambda v: judge(needs(True, "a", 1)), lambda v: judge(needs(v["q1"] == 1, "a", 2))])
def test_a_mark_function_at_fault_never_gives_points(broken):
    outcome = Question("q1", 2, mark=broken).check({"q1": pd.Series([1, 2])})
    assert outcome.earned == 0 and outcome.possible == 2 and outcome.notes


def test_a_written_answer_is_looked_at_for_form_alone_and_earns_nothing_here():
    form = Question("q5", 6, kind="written", mark=lambda v: judge(needs(len(v["q5"]) > 5, "There are six letters.")))
    assert form.check({"q5": ""}).status == NOT_STARTED
    outcome = form.check({"q5": "A long text."})
    assert (outcome.status, outcome.earned, outcome.possible) == (NOT_YET, 0, 6)
    assert outcome.conditions[0].met and 'ex.assess("q5")' in outcome.notes[0]
    assert Question("q6", 6, kind="written").check({"q6": "A text."}).earned == 0


@pytest.mark.parametrize(("arguments", "words"), [
    ({"id": "Q 1"}, "hyphens"), ({"points": 0}, "above 0"), ({"kind": "essay"}, "kind is one of"),
    ({"mark": None}, "needs a mark function"), ({"answers": "q1"}, "comma"), ({"hints": "Look."}, "comma"),
])
def test_a_question_that_is_written_wrongly_is_refused_when_it_is_read(arguments, words):
    with pytest.raises((ValueError, TypeError), match=words):
        Question(**{"id": "q1", "points": 1, "mark": mark, **arguments})


def test_the_answer_is_named_like_the_question_unless_it_says_otherwise():
    assert Question("like-with-like", 1, mark=mark).answers == ("like_with_like",)
