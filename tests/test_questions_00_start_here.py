"""The first quick check of the kit is kind to every way of writing a date, and accepts one day."""

import datetime as dt
import importlib

import numpy as np
import pandas as pd
import pytest

from analogies.check.outcome import NOT_STARTED, NOT_YET, PASS
from analogies.check.values import decode, encode
from analogies.facts.load import load

(QUESTION,) = importlib.import_module("analogies.check.questions.00_start_here").QUESTIONS


def check(value):
    return QUESTION.check({"first_date": decode(encode(value))})


@pytest.mark.parametrize("value", [
    "2015-09-30", " 2015-09-30 ", "30 September 2015", "September 30, 2015", dt.date(2015, 9, 30),
    dt.datetime(2015, 9, 30, 12), pd.Timestamp("2015-09-30"), np.datetime64("2015-09-30")])  # fmt: skip
def test_the_day_may_be_written_in_words_or_given_as_a_date(value) -> None:
    assert check(value).status == PASS


def test_the_day_is_that_of_the_data() -> None:
    assert load().cases["syria"].event("syria-2015-first-strikes").date.a0 == dt.date(2015, 9, 30)


def test_the_blank_that_stands_in_the_lesson_is_not_started() -> None:
    assert check("").status == NOT_STARTED
    assert "between the quotation marks" in check("").notes[0]


@pytest.mark.parametrize(("value", "hint"), [
    ("2015-08-26", "an agreement was signed"), ("2015-09-18", "the aircraft arrived"), ("1823-12-02", "another year"),
    ("30/09/2015", "The year comes first"), ("30.09.2015", "The year comes first"), ("30 Sept 2015", "The year comes first"),
    ("2015-9-30", "two digits each"), (2015 - 9 - 30, "minus signs")])  # fmt: skip
def test_a_likely_wrong_day_gets_a_hint_of_its_own(value, hint) -> None:
    outcome = check(value)
    assert outcome.status == NOT_YET and outcome.earned == 0
    assert any(hint in said for said in outcome.hints)


def test_a_month_without_its_zero_is_not_told_that_its_order_is_wrong() -> None:
    assert not any("The year comes first" in hint for hint in check("2015-9-30").hints)


def test_an_event_or_its_date_given_whole_says_what_to_take_of_it() -> None:
    strikes = load().cases["syria"].event("syria-2015-first-strikes")
    assert "put .id behind it" in check(strikes).notes[0] and ".a0" in check(strikes.date).notes[0]
    assert check(strikes.date.a0).status == PASS


@pytest.mark.parametrize("value", [20150930, 2015.0930, True, ["2015", "09", "30"], {"day": 30}])
def test_a_value_that_is_no_date_gets_a_sentence(value) -> None:
    outcome = check(value)
    assert outcome.status == NOT_YET
    assert any("The answer is a date" in c.message for c in outcome.conditions if not c.met)
