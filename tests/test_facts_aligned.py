"""Tables in a notebook: text at the left, numbers at the right, and nothing in them that changes from run to run."""

from __future__ import annotations

import re

import pandas as pd
import pytest
from IPython.core.interactiveshell import InteractiveShell

from analogies.facts import aligned
from analogies.facts.aligned import html

LEFT = ' style="text-align:left"'


def cells(table: pd.DataFrame, tag: str, **how) -> dict[str, bool]:
    """What each cell of that kind says, and whether it stands at the left."""
    return {said: LEFT in attributes for attributes, said in re.findall(rf"<{tag}\b([^>]*)>(.*?)</{tag}>", html(table, **how))}


def test_text_stands_at_the_left_and_numbers_at_the_right_and_so_do_their_heads() -> None:
    table = pd.DataFrame({"who": ["Lake", "Frolov"], "men": [100, 4000], "km": [1.5, float("nan")], "sure": [True, False]})
    assert cells(table, "td") == {"Lake": True, "Frolov": True, "100": False, "4000": False, "1.5": False, "NaN": False, "True": True, "False": True}
    assert cells(table, "th") == {"": False, "who": True, "men": False, "km": False, "sure": True, "0": False, "1": False}


def test_numbers_beside_blanks_in_one_column_stay_at_the_right() -> None:
    assert cells(pd.DataFrame({"men": [100, None]}, dtype=object), "td") == {"100": False, "None": False}


def test_an_index_of_names_stands_at_the_left_also_where_its_outer_level_spans_rows() -> None:
    index = pd.MultiIndex.from_tuples([("syria", 2015), ("syria", 2016)], names=["case", "year"])
    found = cells(pd.DataFrame({"men": [1, 2]}, index=index), "th")
    assert {name: found[name] for name in ("syria", "2015", "2016", "case", "year", "men")} == {
        "syria": True, "2015": False, "2016": False, "case": True, "year": False, "men": False}  # fmt: skip


def test_columns_on_both_sides_of_those_that_pandas_cuts_out_keep_their_own_side() -> None:
    table = pd.DataFrame({**{f"n{i}": [i] for i in range(6)}, "last": ["word"]})
    with pd.option_context("display.max_columns", 4):
        assert cells(table, "td") == {"0": False, "1": False, "...": False, "5": False, "word": True}


def test_a_text_is_escaped_and_cannot_pass_for_a_cell() -> None:
    table = pd.DataFrame({"men": [1], "said": ["<td>5</td></tr>"]})
    assert cells(table, "td") == {"1": False, "&lt;td&gt;5&lt;/td&gt;&lt;/tr&gt;": True}


def test_tables_without_rows_or_with_heads_of_groups_are_shown_too() -> None:
    assert LEFT in html(pd.DataFrame({"who": []}, dtype=str)) and cells(pd.DataFrame(index=["a"]), "th")["a"] is True
    groups = pd.DataFrame([["a", 1]], columns=pd.MultiIndex.from_tuples([("x", "p"), ("x", "q")]))
    assert cells(groups, "td") == {"a": True, "1": False} and cells(groups, "th")["x"] is False


def test_the_same_table_gives_the_same_text_and_no_index_where_none_is_wanted() -> None:
    table = pd.DataFrame({"who": ["Lake"], "men": [100]})
    assert html(table) == html(table.copy()) and " id=" not in html(table)
    assert cells(table, "th", index=False) == {"who": True, "men": False}


@pytest.fixture
def shell():
    yield InteractiveShell.instance()
    InteractiveShell.clear_instance()


def test_a_notebook_shows_every_table_so_and_respects_who_wants_none(shell) -> None:
    table = pd.DataFrame({"who": ["Lake"]})
    assert LEFT not in shell.display_formatter.format(table)[0]["text/html"]
    aligned.in_notebooks()
    shown = shell.display_formatter.format(table)[0]
    assert LEFT in shown["text/html"] and shown["text/plain"] == repr(table)
    with pd.option_context("display.notebook_repr_html", False):
        assert "text/html" not in shell.display_formatter.format(table)[0]
