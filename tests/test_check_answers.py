"""An answer is read in whatever type it comes; what is no such thing is None."""

from __future__ import annotations

import datetime as dt
import time

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analogies.check import answers
from analogies.check.answers import (
    as_date, as_days, as_dict, as_list, as_number, as_table, as_text, as_yes_or_no, near, said, same_items, same_text,
)
from analogies.check.values import Unsupported, decode, encode


@pytest.mark.parametrize("value", [4, 4.0, np.int64(4), np.float32(4), [4], (4,), pd.Series([4]), np.array([4]), np.array(4)])
def test_a_number_is_a_number_in_any_type(value):
    assert as_number(value) == 4


@pytest.mark.parametrize("value", [True, "4", None, [4, 4], float("nan"), float("inf"), 10**400, {"a": 4}, np.bool_(True), pd.NA, 1j])
def test_what_is_no_number_is_none(value):
    assert as_number(value) is None


DAY = dt.date(2015, 9, 30)


@pytest.mark.parametrize("value", [
    DAY, dt.datetime(2015, 9, 30, 12), "2015-09-30", "30 September 2015", " 30 Sep 2015 ", "September 30, 2015",
    pd.Timestamp("2015-09-30 13:05"), np.datetime64("2015-09-30"), pd.Series(pd.to_datetime(["2015-09-30"])), np.array(["2015-09-30"], dtype="datetime64[ns]"), np.str_("2015-09-30"),
])
def test_a_day_is_a_day_in_any_type(value):
    assert as_date(value) == DAY


@pytest.mark.parametrize("value", ["2015-02-30", "September 2015", 20150930, None, pd.NaT, np.datetime64("NaT"), [DAY, DAY], "2015"])
def test_what_is_no_day_is_none(value):
    assert as_date(value) is None


@pytest.mark.parametrize("value", [36, 36.0, dt.timedelta(36), pd.Timedelta("36D"), np.timedelta64(36, "D"), pd.Series([pd.Timedelta("36D")])])
def test_a_length_in_days_is_read_from_any_type(value):
    assert as_days(value) == 36


@pytest.mark.parametrize("value", ["36", None, pd.NaT, np.timedelta64("NaT"), np.timedelta64(3, "M"), [1, 2]])
def test_what_is_no_length_of_time_is_none(value):
    assert as_days(value) is None


@pytest.mark.parametrize("value", [["a", "b"], ("a", "b"), {"b", "a"}, np.array(["a", "b"]), pd.Series(["a", "b"]), pd.Index(["a", "b"])])
def test_a_list_a_tuple_a_set_and_a_series_are_one(value):
    assert as_list(value) == ["a", "b"] and same_items(value, ("b", "a"))


@pytest.mark.parametrize("value", ["ab", {"a": 1}, 3, None, pd.DataFrame({"a": [1]}), np.zeros((2, 2))])
def test_what_is_no_list_is_none(value):
    assert as_list(value) is None


def test_items_are_compared_by_number_and_by_count():
    assert same_items([1.0, np.int64(2)], [2, 1]) and not same_items([1, 1, 2], [1, 2, 2])
    assert same_items([1, 2], [1, 2], ordered=True) and not same_items([2, 1], [1, 2], ordered=True)
    assert not same_items([1], [1, 2]) and not same_items(None, [])
    assert not same_items([Unsupported("a", "b")], [Unsupported("a", "b")])


def test_text_is_compared_without_capitals_and_runs_of_blanks():
    assert same_text("  First   Strikes", "first strikes") and not same_text("first", "first strikes")
    assert as_text(pd.Series(["a  b"])) == "a b" and as_text(3) is None


def test_yes_and_no_come_in_words_too():
    assert as_yes_or_no("Yes") is True and as_yes_or_no(np.bool_(False)) is False and as_yes_or_no([False]) is False
    assert as_yes_or_no(1) is None and as_yes_or_no("perhaps") is None


def test_a_series_is_a_dict_by_its_index():
    assert as_dict(pd.Series([1], index=["a"])) == {"a": 1} == as_dict({"a": 1}) and as_dict([1]) is None


def test_a_table_is_a_table():
    assert as_table(pd.DataFrame({"a": [1]})) is not None and as_table(pd.Series([1])) is None


def test_near_means_at_most_so_far_away():
    assert near(12.55, 12.5, within=0.05) and not near(12.56, 12.5, within=0.05)
    assert near(0.1 + 0.2, 0.3) and not near("0.3", 0.3)


@pytest.mark.parametrize(("value", "words"), [
    (4000, "4,000"), (63_012.0, "63,012"), (1234567, "1,234,567"), (0.123456789, "0.123457"), ("a", "'a'"),
    (pd.DataFrame(), "a value of type DataFrame"), (Unsupported("function", "x"), "a value of type function"),
])
def test_what_was_found_is_named_shortly(value, words):
    assert said(value) == words


ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.dates() | st.timedeltas() | st.binary(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=2), max_leaves=6,
)
ODD = [pd.DataFrame({"a": [1]}), pd.DataFrame(), pd.Series([], dtype=float), pd.NA, pd.NaT, np.zeros((2, 2)), np.array(3),
       pd.Series([pd.Series([1])], dtype=object), pd.MultiIndex.from_tuples([("a", 1)]), [[[[]]]], {1: {2: 3}}, print]


@given(ANY | st.sampled_from(ODD))
def test_no_reader_raises_for_any_value(value):
    value = decode(encode(value))
    for reader in (as_number, as_text, as_date, as_days, as_list, as_dict, as_table, as_yes_or_no, said):
        reader(value)
    near(value, 3), same_text(value, "a"), same_items(value, [1, "a"])


def test_readers_read_one_item_of_a_list_that_holds_only_it():
    assert answers.as_text(["a"]) == "a" and answers.as_date(("2015-09-30",)) == DAY


@pytest.mark.parametrize(("value", "words"), [
    ([1, "a"], "[1, 'a']"), (("a",), "('a',)"), ({"a": [None]}, "{'a': [None]}"), ([], "[]"), (set(), "set()"), ({"a"}, "{'a'}"),
    ([pd.Series([1])], "[a value of type Series]"),
])
def test_a_short_form_is_what_python_shows(value, words):
    assert said(value) == words


@pytest.mark.parametrize("value", ["a" * 1_000_000, ["a"] * 199_999, [pd.DataFrame({"a": [1]})] * 3000, [["a" * 100_000] * 10] * 10,
                                   dict.fromkeys(range(5000), "a" * 1000)])
def test_a_short_form_of_something_huge_is_short_and_made_at_once(value):
    began = time.process_time()
    assert len(said(value)) == 60 and said(value).endswith("…")
    assert time.process_time() - began < 0.05


def test_a_series_longer_than_a_dict_may_be_is_no_dict():
    assert as_dict(pd.Series(range(5001))) is None and len(as_dict(pd.Series(range(5000)))) == 5000
