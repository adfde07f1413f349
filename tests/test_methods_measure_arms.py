"""Arms: the sums, the year of the order against the year of delivery, and TIV against dollars."""

from __future__ import annotations

import pytest

from analogies.facts.load import load
from analogies.facts.model import UnknownName
from analogies.methods import measure


def test_the_tie_with_venezuela_was_five_times_that_with_nicaragua_and_had_ended() -> None:
    table = measure.arms().table.set_index(["to", "years"])["sum"]
    assert table["Nicaragua", "1981–1990"] == 779
    assert table["Venezuela", "2006–2014"] == 3851
    assert 3851 / 779 == pytest.approx(5, abs=0.1)
    assert table["Venezuela", "2015–2021"] == 0
    assert (table["Syria", "2010–2014"], table["Syria", "2015–2019"]) == (1757, 232)


def test_nicaragua_got_arms_in_every_year_of_the_war() -> None:
    rows = measure.arms().data.query("recipient == 'Nicaragua' and 1981 <= year <= 1990")
    assert len(rows) == 10 and (rows["value"] > 0).all()


def test_by_the_year_of_the_order_2006_is_five_times_what_it_is_by_delivery() -> None:
    table = measure.arms().pitfall("order year").table
    assert table.loc[2006, "delivered"] == 353
    assert table.loc[2006, "ordered"] == pytest.approx(1785, abs=1)


def test_both_ways_of_dating_add_up_to_the_same_deals() -> None:
    table = measure.orders("Venezuela").table
    assert table["ordered"].sum() == pytest.approx(table["delivered"].sum(), rel=0.001)


@pytest.mark.parametrize("recipient", ["Syria", "Nicaragua"])
def test_the_register_of_orders_has_other_recipients(recipient: str) -> None:
    table = measure.orders(recipient).table
    series = load().series("sipri_tiv_by_order_year").query("recipient == @recipient").set_index("order_year")["tiv_million"]
    assert table["ordered"].sum() == pytest.approx(series.loc[table.index[0] : table.index[-1]].sum(), abs=0.5)
    assert measure.orders(recipient).figure().axes


def test_a_recipient_without_orders_is_answered_with_those_that_there_are() -> None:
    with pytest.raises(UnknownName, match="no recipient in the register of orders called 'Cuba'.*Known: Venezuela, Syria, Nicaragua"):
        measure.orders("Cuba")


def test_tiv_is_not_dollars() -> None:
    table = measure.arms().pitfall("not dollars").table
    assert table.loc[1986].tolist() == [88, 550, 600]
    assert table.loc[1984].isna().tolist() == [False, True, True], "a year without a sum in dollars stays empty"
    ratio = (table["highest, million dollars"] / table["million TIV"]).dropna()
    assert ratio.max() / ratio.min() > 5, "no rate of exchange"
