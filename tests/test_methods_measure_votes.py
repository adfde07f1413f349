"""Votes: agreement beside the median, the room above it, and ideal points."""

from __future__ import annotations

import pytest

from analogies.facts.load import load
from analogies.facts.model import UnknownName
from analogies.methods import measure


def row(country: str, years: str):
    return measure.votes(country).table.set_index(["country", "years"]).loc[(country, years)]


@pytest.mark.parametrize("country, years, agreement, above", [
    ("Nicaragua", "1980–1989", 87.9, 7.7), ("Venezuela", "1980–1989", 80.2, 0), ("Venezuela", "2013–2019", 66.5, 6.7), ("Syria", "2013–2019", 69.2, 9.4),
])  # fmt: skip
def test_raw_agreement_differs_by_22_points_and_the_distance_from_the_median_by_three(country: str, years: str, agreement: float, above: float) -> None:
    found = row(country, years)
    assert found["agreement, %"] == pytest.approx(agreement, abs=0.06)
    assert found["above the median, points"] == pytest.approx(above, abs=0.06)


def test_all_roll_calls_of_a_period_count_the_same() -> None:
    some = load().series("unga_agreement").query("country == 'Venezuela' and partner == 'RUS' and 2013 <= year <= 2019")
    same = (some["agreement_percent"] / 100 * some["n_votes"]).round().sum()
    found = row("Venezuela", "2013–2019")
    assert found["roll calls"] == some["n_votes"].sum()
    assert found["agreement, %"] == pytest.approx(same / some["n_votes"].sum() * 100, abs=0.05)


def test_the_room_above_the_median_tells_another_story_than_the_points() -> None:
    table = measure.votes().pitfall("the room above").table.set_index(["country", "years"])
    points, room = table["above the median, points"], table["share of the room above, %"]
    assert points["Syria", "2013–2019"] > points["Nicaragua", "1980–1989"]
    assert room["Syria", "2013–2019"] < room["Nicaragua", "1980–1989"]
    assert room["Nicaragua", "1980–1989"] == pytest.approx((87.87 - 80.2) / (100 - 80.2) * 100, abs=0.2)


def test_venezuela_moved_away_from_moscow_by_moving_past_it() -> None:
    table = measure.ideal_points("Venezuela").table.set_index("years")
    assert table["distance to Moscow"]["1999–2005"] == pytest.approx(0.90, abs=0.005)
    assert table["distance to Moscow"]["2013–2019"] == pytest.approx(1.68, abs=0.005)
    assert table["side"].tolist() == ["nearer to Washington", "farther from Washington", "farther from Washington"]


def test_no_rank_is_claimed_because_the_series_have_none() -> None:
    assert not any("rank" in column for found in (measure.votes(), measure.votes().pitfall()) for column in found.table)


def test_a_country_is_asked_once_and_others_can_be_asked() -> None:
    assert measure.votes("Cuba", "Cuba").table["country"].tolist() == ["Cuba", "Cuba"], "one row a period"
    assert measure.ideal_points("Cuba").figure().axes


@pytest.mark.parametrize("asked", [measure.votes, measure.ideal_points])
def test_an_unknown_country_is_answered_with_those_that_there_are(asked) -> None:
    with pytest.raises(UnknownName, match="called 'Venezuala'. Did you mean 'Venezuela'\\?"):
        asked("Venezuala")


def test_the_united_states_has_no_row_of_votes_beside_itself() -> None:
    with pytest.raises(UnknownName, match="no country with votes beside Moscow's called 'Russia'"):
        measure.votes("Russia")
