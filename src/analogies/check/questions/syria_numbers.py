"""What the data say for the questions of 03-syria-2015: read when a check runs, never typed here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import cache

from analogies.facts.load import load

from ..answers import near

SUMMER, EVENING = dt.date(2015, 7, 1), dt.date(2015, 9, 15)
FIRST_STRIKES, SECRET = "syria-2015-first-strikes", "syria-2015-basing-agreement"
AMERICAN_COUNT, ANNOUNCEMENT = "syria-2015-four-thousand", "syria-2018-63012"
DELIVERED, ORDERED = "sipri_tiv_deliveries", "sipri_tiv_by_order_year"
BEFORE, AFTER = (2011, 2014), (2016, 2019)  # question 2: the year in which the aircraft came belongs to neither
LESSON_BEFORE, LESSON_AFTER = (2010, 2014), (2015, 2019)  # the means that the lesson prints


@cache
def counts() -> dict[str, float]:
    """Numbers of the series deployments: present (early November 2015), served, sorties (at least), landed (at Caracas)."""
    rows = load().series("deployments")
    number = rows["value"].fillna(rows["low"])
    syria, day = rows["case"] == "syria", load().cases["syria"].event(AMERICAN_COUNT).date.edtf
    chosen = {
        "present": syria & (rows["kind"] == "stock") & (rows["date"] == day),
        "served": syria & (rows["kind"] == "flow") & (rows["unit"] == "persons"),
        "sorties": syria & (rows["kind"] == "flow") & (rows["unit"] == "sorties"),
        "landed": (rows["case"] == "venezuela") & (rows["kind"] == "arrival"),
    }
    return {name: float(number[rows_of_it].item()) for name, rows_of_it in chosen.items()}


@cache
def stocks_in_syria() -> frozenset[float]:
    """The counts of Russians who were in Syria on a day."""
    return frozenset(load().series("deployments").query("case == 'syria' and kind == 'stock'")["value"])


@cache
def campaign_days() -> int:
    """Days from the first strikes to the ministry's announcement."""
    event = load().cases["syria"].event
    return (event(ANNOUNCEMENT).date.a0 - event(FIRST_STRIKES).date.a0).days


@cache
def _russia_to_syria(series: str) -> dict[int, float]:
    """Value by year; a year without deliveries is absent, as in the table."""
    year = "order_year" if series == ORDERED else "year"
    rows = load().series(series).query("recipient == 'Syria' and supplier in ('Russia', 'Russia/USSR')")
    return dict(zip(rows[year], rows["tiv_million"], strict=True))


def every_year(first: int, last: int, series: str = DELIVERED) -> list[float]:
    """Million TIV for each year, 0 where the table has none."""
    return [_russia_to_syria(series).get(year, 0.0) for year in range(first, last + 1)]


def listed_years(first: int, last: int) -> list[float]:
    """Million TIV for the years that the table lists."""
    return [value for year, value in _russia_to_syria(DELIVERED).items() if first <= year <= last]


def mean(values: list[float]) -> float:
    return sum(values) / len(values)


def either(v: dict, number: Callable[[int, int], float], before: tuple = BEFORE, after: tuple = AFTER) -> bool:
    """Whether before or after is what `number` gives for its years."""
    return near(v["before"], number(*before), within=0.06) or near(v["after"], number(*after), within=0.06)


@cache
def summer() -> dict[str, bool]:
    """The events from 1 July to 15 September 2015: id, and whether it was public by that evening."""
    events = [e for e in load().cases["syria"].records if e.date.a0 and SUMMER <= e.date.a0 <= EVENING]
    public = {e.id: (e.known or e.date).b1 for e in events}
    return {id: day is not None and day <= EVENING for id, day in public.items()}


@cache
def all_ids() -> list[str]:
    return [e.id for e in load().cases["syria"].records]


@cache
def syrian_claims() -> frozenset[str]:
    """The numbers of the claims about Syria, as the lesson lists them."""
    claims = load().claims
    return frozenset(claims.loc[["syria" in cases for cases in claims["cases"]], "id"])


@cache
def titles() -> frozenset[str]:
    return frozenset(e.title for e in load().cases["syria"].records)
