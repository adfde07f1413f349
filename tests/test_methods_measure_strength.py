"""Strength: two measures that disagree in sign, and what the choice of index, year and unit does."""

from __future__ import annotations

import pytest

from analogies.facts.load import load
from analogies.methods import measure


def test_from_1999_to_2019_cinc_falls_and_real_spending_rises() -> None:
    table = measure.strength().table
    assert table.loc["CINC", ["1999", "2019"]].tolist() == pytest.approx([0.36, 0.275], abs=0.001)
    assert table.loc["military spending", ["1999", "2019"]].tolist() == pytest.approx([0.038, 0.089], abs=0.001)
    assert table["change, %"]["CINC"] < 0 < table["change, %"]["military spending"]
    assert "the answer depends on the measure" in measure.strength().reading


def test_russian_spending_grew_almost_fourfold() -> None:
    spent = load().series("sipri_milex").set_index(["iso3", "year"])["constant_2019_usd"]
    assert spent["RUS", 1999] == pytest.approx(17.5e9, abs=0.05e9)
    assert spent["RUS", 2019] == pytest.approx(65.2e9, abs=0.05e9)
    assert spent["RUS", 2019] / spent["RUS", 1999] == pytest.approx(3.7, abs=0.05)


def test_with_another_first_year_both_measures_fall() -> None:
    table = measure.strength(2014, 2019).table
    assert (table["change, %"] < 0).all()
    assert "fell by CINC and fell by spending." in measure.strength(2014, 2019).reading


def test_the_picked_year_picks_the_answer() -> None:
    found = measure.strength().pitfall("another first year")
    assert found.table.loc[1999].tolist() == measure.strength().table["change, %"].tolist()
    agree = (found.table > 0).all(axis=1).sum()
    assert 0 < agree < len(found.table) / 2
    assert f"for {agree} of the {len(found.table)} first years" in found.reading


def test_cinc_has_the_soviet_union_above_the_united_states_in_1985() -> None:
    found = measure.strength().pitfall("the Soviet Union above")
    assert found.table.loc[1985].item() == pytest.approx(1.28, abs=0.005)
    assert "1.28" in found.alt


def test_venezuelan_dollars_are_marked_useless_and_the_share_of_gdp_is_not() -> None:
    table = measure.strength().pitfall("unusable dollars").table
    assert table.loc[2015, "dollars of 2019"] == 9476
    assert table.loc[2015, "% of GDP"] == 0.94
    rows = load().series("sipri_milex").query("iso3 == 'VEN'")
    assert set(rows["usd_usable"]) == {"no"}


@pytest.mark.parametrize("first, last, said", [
    (1960, 2019, "both measures for the years 1988 to 2020 but 1991; found first=1960"), (1999, 2024, "found last=2024"),
    (1991, 2019, "found first=1991"), (2019, 1999, "expected first before last"), ("1999", 2019, "found first='1999'"),
])  # fmt: skip
def test_a_year_without_data_is_answered_with_the_years_that_have_them(first, last, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        measure.strength(first, last)
