"""How the rows and lists of an answer are read, and how the rows that break a rule are named."""

import pandas as pd
import pytest

from analogies.check import rows


@pytest.mark.parametrize(("value", "read"), [
    ([["a", 1], ("b", 2)], [["a", 1], ["b", 2]]),
    (["a", "b"], [["a"], ["b"]]),
    (pd.DataFrame({"x": ["a", "b"], "y": [1, 2]}), [["a", 1], ["b", 2]]),
    ([], []), (None, []), (3, []),
])
def test_rows_are_read_from_lists_tuples_and_tables(value, read):
    assert rows.as_rows(value) == read


@pytest.mark.parametrize(("row", "length", "texts"), [(["a", "b"], 2, ["a", "b"]), (["a"], 3, ["a", "", ""]), (["a", "b", "c"], 2, ["a", "b"]), ([None, 3], 2, ["", ""])])
def test_a_row_becomes_as_many_texts_as_are_asked_for(row, length, texts):
    assert rows.texts(row, length) == texts


@pytest.mark.parametrize(("value", "ids"), [
    ([" a ", "b"], ["a", "b"]), (("a",), ["a"]), ("a", ["a"]), (pd.Series(["a", "b"]), ["a", "b"]), (["a", 3], ["a", 3]),
    (pd.DataFrame({"id": ["a"], "title": ["A"]}), ["a"]), (pd.DataFrame({"title": ["A"]}), None), (None, None), (7, None),
])
def test_ids_are_read_from_lists_tables_and_one_text(value, ids):
    assert rows.ids(value) == ids


def test_texts_among_numbers_are_named():
    assert rows.texts_among({"a": "3", "b": 3, "c": None, "d": "x"}) == ["a", "d"]


@pytest.mark.parametrize(("bad", "said"), [([], "There is none yet."), ([2], "Look at row 2."), ([1, 3], "Look at rows 1, 3.")])
def test_the_rows_that_break_a_rule_are_named(bad, said):
    assert rows.look_at(bad) == said


@pytest.mark.parametrize(("value", "lengths"), [
    ([("a", "b"), ("a", "b", "c")], {2, 3}), (["a"], {1}), ([{"a": 1}], set()), (None, set()), (pd.DataFrame({"x": [1], "y": [2]}), {2}),
])
def test_the_lengths_of_rows_leave_out_rows_with_names(value, lengths):
    assert rows.lengths(value) == lengths


@pytest.mark.parametrize(("sentence", "letters"), [("Two aircraft, 2019.", "two aircraft"), ("two AIRCRAFT!", "two aircraft"), ("12 %", "")])
def test_a_number_or_a_sign_makes_no_other_sentence(sentence, letters):
    assert rows.letters(sentence) == letters
