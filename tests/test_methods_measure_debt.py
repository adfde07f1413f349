"""Debt: what PDVSA owed to Rosneft, the means to pay, and three ways to get it wrong."""

from __future__ import annotations

import pytest

from analogies.facts.load import load
from analogies.methods import measure

OWED, OIL, GDP = "owed to Rosneft, billion dollars", "oil, thousand barrels a day", "GDP a head, dollars of 2011"


def test_the_debt_shrank_while_oil_and_income_collapsed() -> None:
    table = measure.debt().table
    assert table.loc[OWED, ["value then", "value at the end"]].tolist() == [4.6, 1.1]
    assert table.loc[OIL, "change, %"] == pytest.approx(-65, abs=0.5)
    assert table.loc[GDP, "change, %"] == pytest.approx(-64.6, abs=0.1)


def test_1_2_billion_was_paid_in_the_two_quarters_after_the_sanctions() -> None:
    owed = load().series("pdvsa_debt_to_rosneft").set_index("quarter")["billion_usd"]
    assert owed["2018Q4"] == 2.3 and owed["2018Q4"] - owed["2019Q2"] == pytest.approx(1.2)
    assert "by 1.2 billion dollars in the two quarters after the sanctions" in measure.debt().reading


def test_the_line_of_the_sanctions_stands_between_the_end_of_2018_and_the_first_quarter() -> None:
    date = load().cases["venezuela"].event("venezuela-2019-pdvsa-sanctions").date
    assert date.edtf == "2019-01-28"
    ax = measure.debt().figure().axes[0]
    at = [line.get_xdata()[0] for line in ax.get_lines() if len(line.get_xdata()) == 2]
    assert len(at) == 1 and 4 < at[0] < 5, "bar 4 is the end of 2018, bar 5 the end of March 2019"


def test_two_estimates_agree_on_the_collapse_and_differ_by_two_thirds_on_the_level() -> None:
    table = measure.debt().pitfall("another estimate").table
    assert table["change, %"].tolist() == pytest.approx([-58.3, -50.0], abs=0.1)
    assert table["2018"].iloc[1] / table["2018"].iloc[0] == pytest.approx(1.67, abs=0.01)


def test_adding_the_loans_counts_the_same_money_twice() -> None:
    found = measure.debt().pitfall("added loans")
    sums = found.data.set_index("sum")["value"]
    assert sums["every row added"] == pytest.approx(found.table["billion dollars"].sum())
    assert sums["every row added"] > sums["the running total alone"] == 17
    assert sums["new money alone"] == pytest.approx(1 + 2.2 + 4 + 1.485 + 1.015)
