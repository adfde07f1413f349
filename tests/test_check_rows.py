"""How the rows and lists of an answer are read, and how the rows that break a rule are named."""

import pandas as pd
import pytest

from analogies.check import catalogue, rows


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


@pytest.mark.parametrize(("bad", "said"), [([], "There is none yet."), ([2], "Look at row 2."), ([1, 3], "Look at rows 1, 3."),
    ([1, 2, 3, 4, 5], "Look at rows 1, 2, 3, 4, 5."), (list(range(1, 9001)), "Look at rows 1, 2, 3, 4, 5 and 8,995 more."),
])
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


def test_of_many_rows_no_more_are_read_than_say_that_there_are_too_many():
    assert len(rows.as_rows([["a"]] * 9000)) == len(rows.as_rows(pd.DataFrame({"a": range(9000)}))) == rows.MANY_ROWS + 1
    assert len(rows.ids(["a"] * 9000)) == rows.MANY_IDS + 1


@pytest.mark.parametrize("value", [None, "a" * 900, 3, [["a"]] * 50, pd.DataFrame({"a": range(50)})])
def test_a_handful_is_looked_at(value):
    assert rows.too_many(value, 6) is None


@pytest.mark.parametrize("value", [[["a"]] * 9000, pd.DataFrame({"a": range(9000)}), pd.RangeIndex(9000)])
def test_too_many_rows_are_one_unmet_condition_with_all_the_points(value):
    outcome = rows.too_many(value, 6)
    assert (outcome.earned, outcome.possible, len(outcome.conditions)) == (0, 6, 1)
    assert outcome.conditions[0].message == "There are at most 50 rows, so that each can be looked at. Found 9,000: choose."


@pytest.mark.parametrize(("slug", "question", "answer"), [
    ("01-reading-the-articles", "q3", "between"), ("01-reading-the-articles", "q4", "changed"), ("02-venezuela-2019", "q3", "not_yet"),
    ("02-venezuela-2019", "q4", "ledger_rows"), ("03-syria-2015", "q3", "q3"), ("03-syria-2015", "q4", "differences"),
    ("04-nicaragua-1980s", "q3", "q3"), ("04-nicaragua-1980s", "q4", "comparison"), ("05-monroe-doctrine", "q4", "coded"),
])
def test_nine_thousand_rows_are_no_answer_to_any_question(slug, question, answer):
    outcome = catalogue.questions(slug)[question].check({answer: [f"row {n}" for n in range(9000)]})
    assert outcome.earned == 0 and ["Found 9,000" in condition.message for condition in outcome.conditions] == [True]


def test_rows_with_a_key_in_common_repeat_one_another_and_a_key_of_none_does_not_count():
    def second(row):
        return row[1] or None

    given = [["a", "x"], ["b", "x"], ["a", ""], ["c", ""], ["x", "a"]]
    assert rows.repeats(given, lambda row: row[0], second) == [2, 3]
    assert rows.repeats(given, second) == [2]
