"""Rows become records; what must hold inside a row and between rows is checked on the desk."""

import pytest
import small_kit

from analogies.facts import records
from analogies.facts.dates import parse
from analogies.facts.desk import Desk, starts_before
from analogies.facts.model import Source


@pytest.fixture
def desk():
    return Desk(sources={key: Source(key, "misc", "", "T") for key in ("wire1989", "smith1995")})


def test_a_row_with_a_fault_is_left_out_and_the_others_stay(desk):
    found = records.events(desk, small_kit.EVENTS.replace("1989-12-20", "never").encode(), "e.csv", "panama")
    assert [event.id for event in found] == ["panama-1989-plan", "panama-1990-aid"]
    assert [(f.line, f.column) for f in desk.faults] == [(2, "date")]


def test_the_desk_remembers_what_was_cited(desk):
    records.events(desk, small_kit.EVENTS.encode(), "e.csv", "panama")
    assert desk.used == {"wire1989", "smith1995"}
    assert desk.seen["panama-1990-aid"] == "e.csv:5"


def test_an_unknown_source_is_noted_with_the_nearest(desk):
    desk.cite("smith1996", "e.csv", 7, "sources")
    assert [str(f) for f in desk.faults] == ["e.csv:7: sources: the source 'smith1996' is unknown; did you mean 'smith1995'?"]


def test_blank_cells_stand_for_nothing_of_their_kind(desk):
    claim = records.claims(desk, small_kit.CLAIMS.encode(), "c.csv", ("panama",))[1]
    assert (claim.hedges, claim.arguable, claim.paragraph) == ((), "Small is a matter of taste.", 10)
    feature = records.features(desk, small_kit.FEATURES.encode(), "f.csv", ("panama",))[1]
    assert (feature["low"], feature["as_of"], feature["note"]) == (None, None, "")
    assert desk.faults == []


def test_a_precedent_of_a_case_is_compared_like_a_case(desk):
    records.features(desk, small_kit.FEATURES.replace("panama", "panama-1903").encode(), "f.csv", ("panama",))
    assert desk.faults == []


@pytest.mark.parametrize(
    "known, happened, before",
    [
        ("1989", "1990", True),
        ("1989-12-20", "1989-12-20", False),
        ("1989", "1989-12-20", False),  # it may have been later in that year
        ("1989/..", "1990", False),
        ("1980/1985", "1990/..", True),
        ("1980", "../1990", False),
    ],
)
def test_one_date_is_before_another_only_where_it_must_be(known, happened, before):
    assert starts_before(parse(known), parse(happened)) is before
