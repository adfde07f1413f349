"""Tables are tidy even when they are empty, and tuples stay tuples."""

import pandas as pd

from analogies.facts import tables
from analogies.facts.dates import parse
from analogies.facts.model import Event


def event(date, **more):
    return Event(id="x-1-a", case="x", date=parse(date), short="s", title="t", text="w", **more)


def test_an_empty_table_has_its_columns_and_kinds():
    table = tables.events_table([])
    assert len(table) == 0 and table["start"].dtype.kind == "M" and "sources" in table
    assert list(tables.features_table([]).columns)[3:7] == ["value", "number", "low", "high"]
    assert "start" in tables.invocations_table([]) and "kinds" in tables.claims_table([])


def test_open_and_unknown_sides_are_missing_days():
    table = tables.events_table([event("../1990"), event("1990/"), event("1990/..")])
    assert table["start"].isna().tolist() == [True, False, False]
    assert table["end"].isna().tolist() == [False, True, True]


def test_the_days_of_a_table_are_the_strict_bounds():
    table = tables.events_table([event("1990~")])
    assert (table["start"][0], table["end"][0]) == (pd.Timestamp("1990-01-01"), pd.Timestamp("1990-12-31"))


def test_tuples_of_one_length_stay_tuples():
    table = tables.events_table([event("1990", actors=("a", "b")), event("1991", actors=("c", "d"))])
    assert table["actors"].tolist() == [("a", "b"), ("c", "d")]


def test_a_series_with_a_byte_order_mark_keeps_its_first_column():
    assert list(tables.series_table(b"\xef\xbb\xbfyear,value\n1989,1\n").columns) == ["year", "value"]
