"""Distance: the kilometres, and what the loss-of-strength gradient makes of them under its own and other conventions."""

from __future__ import annotations

import math

import pytest

from analogies.facts.load import load
from analogies.methods import measure
from analogies.methods.measure.distance import MILE

THERE = "there"


def test_the_gradient_is_the_published_formula_worked_by_hand() -> None:
    # 9,940 km are 6,176.4 miles, 12.3529 days at 500 miles; 12.3529 + 10 - 2.71828 = 19.6346; its log10 is 1.29302.
    assert 9940 / MILE == pytest.approx(6176.4, abs=0.1)
    assert math.log10(12.3529 + 10 - 2.71828) == pytest.approx(1.29302, abs=1e-5)
    assert measure.loss_of_strength(0.0346063, 9940) == pytest.approx(0.0346063**1.29302, rel=1e-4)
    assert measure.loss_of_strength(0.0346063, 9940) == pytest.approx(0.01293, abs=0.0001)


def test_strength_falls_with_distance_and_less_so_for_who_marches_faster() -> None:
    far = [measure.loss_of_strength(0.1, km) for km in (0, 1000, 5000, 10_000)]
    assert far == sorted(far, reverse=True)
    assert measure.loss_of_strength(0.1, 5000, 1000) > measure.loss_of_strength(0.1, 5000, 500) > measure.loss_of_strength(0.1, 5000, 250)


def test_at_no_distance_the_formula_gives_more_than_it_was_given() -> None:
    assert measure.loss_of_strength(0.1, 0) > 0.1


@pytest.mark.parametrize("arguments, said", [
    ((1.2, 100), "expected for power a share between 0 and 1, such as a CINC; found 1.2"),
    ((0, 100), "found 0"),
    ((0.1, -1), "expected for km kilometres, 0 or more; found -1"),
    ((0.1, float("nan")), "found nan"),
    ((0.1, 100, 0), "expected for miles_a_day miles a day above 0; the book has 500; found 0"),
])  # fmt: skip
def test_a_wrong_argument_is_answered_with_what_was_expected(arguments: tuple, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        measure.loss_of_strength(*arguments)


def test_the_same_ratio_at_home_is_four_times_worse_at_caracas_than_at_damascus() -> None:
    table = measure.reach().table
    assert table.loc["Damascus 2015", "at home"] == pytest.approx(0.276, abs=0.001)
    assert table.loc["Caracas 2019", "at home"] == pytest.approx(0.275, abs=0.001)
    assert table.loc["Damascus 2015", THERE] == pytest.approx(0.46, abs=0.005)
    assert table.loc["Caracas 2019", THERE] == pytest.approx(0.12, abs=0.005)
    assert table.loc["Damascus 2015", THERE] / table.loc["Caracas 2019", THERE] == pytest.approx(4, abs=0.05)


def test_managua_was_farther_than_caracas_and_the_soviet_union_stronger_there() -> None:
    table = measure.reach().table
    assert table.loc["Managua 1985", "Moscow, km"] > table.loc["Caracas 2019", "Moscow, km"]
    assert table.loc["Managua 1985", THERE] == pytest.approx(0.81, abs=0.005)


def test_the_convention_is_an_argument_and_changes_the_result() -> None:
    slow = measure.reach(375)
    assert slow.table.loc["Damascus 2015", THERE] == pytest.approx(0.474, abs=0.001)
    assert slow.table.loc["Caracas 2019", THERE] == pytest.approx(0.0966, abs=0.001)
    assert "375 miles a day" in slow.title
    with pytest.raises(ValueError, match="miles a day above 0"):
        measure.reach(-5)


def test_under_other_conventions_ranks_change_but_caracas_stays_last() -> None:
    found = measure.reach().pitfall("another convention")
    orders = {column: list(found.table[column].sort_values().index) for column in found.table}
    assert len({tuple(order) for order in orders.values()}) > 1
    assert {order[0] for order in orders.values()} == {"Caracas 2019"}
    assert "only Caracas 2019" in found.reading


def test_from_chukotka_caracas_is_four_per_cent_nearer_than_from_moscow() -> None:
    table = measure.distance().pitfall("the map").table
    assert table.loc["Caracas", "from Uelen, km"] == 9519
    assert table.loc["Caracas", "change, %"] == pytest.approx(-4.2, abs=0.05)


def test_distances_are_those_of_the_series_to_the_kilometre() -> None:
    km = load().series("distances").set_index(["origin", "destination"])["km"]
    table = measure.distance().table
    assert list(table["from Washington, km"]) == [km["Washington", city] for city in ("Damascus", "Caracas", "Managua")]
