"""War: the features side by side, displacement by class, and what came of the hopes of 2019."""

from __future__ import annotations

import pytest

from analogies.facts.load import load
from analogies.facts.model import UnknownName
from analogies.methods import measure
from analogies.methods.measure.democracy import YEARS
from analogies.methods.measure.displaced import abroad
from analogies.methods.measure.presence import presence


def test_two_of_the_three_cases_had_a_war_and_venezuela_none_since_1992() -> None:
    table = measure.war().table
    assert table["that year"].to_dict() == {"Nicaragua 1985": "war", "Syria 2015": "war", "Venezuela 2019": "no armed conflict"}
    assert table["conflict years of 10"].tolist() == [7, 5, 0]
    assert load().series("ucdp_conflict_years").query("country == 'Venezuela'")["year"].max() == 1992


def test_nicaragua_had_conflict_in_every_year_from_1982_to_1990_and_syria_from_2011_to_2024() -> None:
    data = measure.conflict_years().data
    years = {country: set(rows["year"]) for country, rows in data.groupby("country")}
    assert set(range(1982, 1991)) <= years["Nicaragua"] and set(range(2011, 2025)) <= years["Syria"]


def test_displacement_is_where_venezuela_resembles_syria() -> None:
    table = measure.war().table["abroad, millions"]
    assert table["Venezuela 2019"] == pytest.approx(4.47, abs=0.005)
    assert table["Syria 2015"] == pytest.approx(5.12, abs=0.005)


def test_refugees_alone_hide_98_per_cent_of_the_venezuelans_abroad() -> None:
    table = measure.war().pitfall("refugees alone").table
    assert table.loc[("Venezuela", 2019), "refugees"] == 93_239
    assert table.loc[("Venezuela", 2019), "together"] == 4_469_932
    assert table.loc[("Syria", 2015), "times"] < 2 < 40 < table.loc[("Venezuela", 2019), "times"]


def test_others_of_concern_are_not_counted_as_abroad() -> None:
    row = load().series("unhcr_displaced").query("country == 'Venezuela' and year == 2019").iloc[0]
    assert row["others_of_concern"] > 0
    assert abroad("Venezuela").loc[2019] == row["refugees"] + row["asylum_seekers"] + row["other_in_need_of_protection"]
    with pytest.raises(UnknownName, match="no country among the displaced called 'Syira'. Did you mean 'Syria'"):
        abroad("Syira")


def test_democracy_in_venezuela_fell_on_after_2019() -> None:
    table = measure.war().pitfall("the hopes of 2019").table
    assert table.loc["Venezuela", [2019, 2024, 2025]].tolist() == [0.209, 0.196, 0.181]


def test_democracy_of_other_countries_can_be_asked_and_an_unknown_one_is_answered() -> None:
    table = measure.democracy("Yugoslavia").table
    assert table.index.tolist() == ["Yugoslavia"] and table.columns.tolist() == list(YEARS)
    with pytest.raises(UnknownName, match="no country in V-Dem's index called 'Cuba'. Known: Nicaragua, Syria"):
        measure.democracy("Cuba")


def test_a_flow_of_three_years_is_twenty_times_a_stock() -> None:
    table = measure.war().pitfall("stocks and flows").table
    assert table["number"].tolist() == presence().table["number"].tolist()
    flow, stock = (table[(table["kind"] == kind) & (table["unit"] == "persons")]["number"] for kind in ("flow", "stock"))
    assert flow.item() == 63_012 and stock.iloc[-1] == 2954
    assert flow.item() / stock.iloc[-1] > 20
