"""When work is due and which attempt counts are read as an instructor means them, or refused with an example."""

import time
from datetime import UTC, datetime

import pytest

from analogies.grading import when
from analogies.grading.submission import GradingError


@pytest.fixture
def in_berlin(monkeypatch):
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize("text, utc", [
    ("2026-11-29T23:59", datetime(2026, 11, 29, 22, 59, tzinfo=UTC)),
    ("2026-07-01 12:00", datetime(2026, 7, 1, 10, 0, tzinfo=UTC)),
    ("2026-11-29T23:59+05:30", datetime(2026, 11, 29, 18, 29, tzinfo=UTC)),
    ("2026-11-29T23:59Z", datetime(2026, 11, 29, 23, 59, tzinfo=UTC)),
    ("2026-11-29", datetime(2026, 11, 29, 22, 59, 59, tzinfo=UTC)),
])
def test_a_deadline_is_in_the_machines_own_time_unless_an_offset_is_given_and_a_day_lasts_until_its_end(in_berlin, text, utc):
    assert when.deadline(text) == utc


def test_the_deadline_is_said_with_its_zone_so_that_a_wrong_one_is_seen(in_berlin):
    assert when.in_words(when.deadline("2026-11-29T23:59")) == "29 November 2026, 23:59 (CET, +0100)"
    assert when.deadline(None) is None


@pytest.mark.parametrize("text", ["tomorrow", "", "29.11.2026", "2026-13-01", "2026-11-29T25:00", "9" * 50])
def test_what_is_no_time_is_refused_with_an_example(text):
    with pytest.raises(GradingError, match="such as 2026-11-29T23:59"):
        when.deadline(text)


@pytest.mark.parametrize("text, read", [("last", "last"), ("First", "first"), ("all", "all"), ("2", 2)])
def test_an_attempt_is_last_first_all_or_a_number(text, read):
    assert when.attempt(text) == read


@pytest.mark.parametrize("text", ["0", "-1", "best", "", "1.5"])
def test_another_word_for_the_attempt_is_refused(text):
    with pytest.raises(GradingError, match="--attempt: expected last, first, all or a number"):
        when.attempt(text)
