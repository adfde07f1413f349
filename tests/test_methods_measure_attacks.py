"""Attacks: the base rates, the rule of three, and what a list of successes cannot tell."""

from __future__ import annotations

import pytest

from analogies.facts.load import load
from analogies.methods import measure


def test_one_government_was_changed_every_28_months() -> None:
    found = measure.attacks().table.loc["governments changed, by all means"]
    assert (found["cases"], found["years"], found["months between"]) == (41, 97, 28)


def test_seventeen_were_direct_and_none_of_these_in_south_america() -> None:
    table = measure.attacks().table
    assert table.loc["governments changed, directly", "cases"] == 17
    assert table.loc["the same, in South America", "cases"] == 0


def test_new_disputes_fell_from_0_83_to_0_24_a_year() -> None:
    table = measure.attacks().table["a year"]
    assert table["new disputes in the region, 1960–89"] == pytest.approx(0.83, abs=0.005)
    assert table["new disputes in the region, 1990–2014"] == pytest.approx(0.24)
    assert table["new disputes with Venezuela, 1990–2014"] == pytest.approx(2 / 25)


def test_a_class_without_cases_gets_an_upper_bound_and_no_chance_of_zero() -> None:
    row = measure.attacks().table.loc["the same, in South America"]
    assert row.isna()["chance in a year, %"]
    assert row["at most in a year, %"] == pytest.approx(300 / 97, abs=0.05)


def test_the_rule_of_three_is_close_to_the_exact_bound_for_many_trials_and_above_it_for_few() -> None:
    assert measure.rule_of_three(17) == pytest.approx((0.1765, 0.1616), abs=0.0005)
    rule, exact = measure.rule_of_three(1000)
    assert rule == pytest.approx(exact, rel=0.005)
    assert (1 - measure.rule_of_three(17)[1]) ** 17 == pytest.approx(0.05)
    assert measure.rule_of_three(2)[0] == 1.0, "a chance is not above 1"


@pytest.mark.parametrize("trials", [0, -3, 2.5, "17"])
def test_the_rule_of_three_needs_trials(trials) -> None:
    with pytest.raises(ValueError, match="expected a number of trials, 1 or more"):
        measure.rule_of_three(trials)


def test_the_reference_class_decides_whether_south_america_looks_safe() -> None:
    table = measure.attacks().pitfall("reference class").table
    assert table["in South America"].to_dict() == {"all": 7, "indirect": 7, "direct": 0}
    assert table.loc["direct", "at most, exact, %"] == 16.2
    assert table.loc["direct", "at most, rule of three, %"] == 17.6


def test_the_list_of_successes_lacks_the_bay_of_pigs() -> None:
    table = measure.attacks().pitfall("successes only").table
    year = load().cases["monroe"].event("monroe-1961-bay-of-pigs").date.a0.year
    tried = table[(table["first"] <= year) & (table["last"] >= year)]
    assert tried["in the list of changes"].tolist() == ["no"] and tried["hostility"].tolist() == [4]


def test_the_case_of_2026_comes_after_the_end_of_the_list() -> None:
    found = measure.attacks().pitfall("what it cannot tell")
    assert found.table[["direct", "indirect"]].sum().tolist() == [17, 24]
    assert found.table.loc[[2000, 2010, 2020], "covered by the list"].tolist() == ["no"] * 3
    assert "3 January 2026" in found.alt
