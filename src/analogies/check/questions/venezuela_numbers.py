"""What the data say for the questions of 02-venezuela-2019: read when a check runs, never typed here."""

from __future__ import annotations

import datetime as dt
from functools import cache

import pandas as pd
from analogies.facts.load import load

from ..answers import near

LAKE_APPEARED, FROLOV_APPEARED = dt.date(2019, 3, 27), dt.date(2019, 4, 2)
SECRET, UNDATED = "venezuela-2019-secret-talks", "venezuela-2019-hill-in-moscow"
REPAID = "venezuela-2019-rosneft-repaid"  # Rosneft reports the end of 2018
DELIVERED, ORDERED = "sipri_tiv_deliveries", "sipri_tiv_by_order_year"
FIRST, LAST = 2010, 2014
TABLE = range(2005, 2015)  # the years of measure.orders("Venezuela")
CLASSES = ("refugees", "asylum_seekers", "other_in_need_of_protection")


# Quick checks


@cache
def deliveries() -> dict[int, float]:
    """Million TIV that Russia delivered to Venezuela, by year; years without any are absent."""
    rows = load().series(DELIVERED).query("recipient == 'Venezuela' and supplier == 'Russia'")
    return dict(zip(rows["year"], rows["tiv_million"], strict=True))


@cache
def orders() -> dict[int, float]:
    """The same weapons by the year of the order."""
    rows = load().series(ORDERED).query("recipient == 'Venezuela'")
    return dict(zip(rows["order_year"], rows["tiv_million"], strict=True))


def ordered_delivered() -> list[tuple[float, float]]:
    """(ordered, delivered) in each year of the table that the lesson shows."""
    return [(orders().get(year, 0.0), deliveries().get(year, 0.0)) for year in TABLE]


def delivered_without_orders() -> int:
    return sum(delivered > 0 and not ordered for ordered, delivered in ordered_delivered())


@cache
def begun_and_secret() -> frozenset[str]:
    """Events that had surely begun by Frolov's day and were not public by then."""
    return frozenset(e.id for e in load().cases["venezuela"].records
                     if e.date.a1 and e.date.a1 < FROLOV_APPEARED and e.known and e.known.b1 and e.known.b1 > FROLOV_APPEARED)  # fmt: skip


@cache
def events() -> dict[str, tuple[str, dt.date | None, dt.date | None]]:
    """Every event of the case: title, the first day on which it can have begun, and the day by which it was public."""
    return {e.id: (e.title, e.date.a0, (e.known or e.date).b1 or e.date.a1) for e in load().cases["venezuela"].records}


@cache
def titles() -> frozenset[str]:
    return frozenset(title for title, _, _ in events().values())


# Question 1: people abroad


@cache
def counted(year: int, *columns: str) -> int:
    """Venezuelans counted at the end of a year in these columns of unhcr_displaced; a blank is none."""
    rows = load().series("unhcr_displaced").query("country == 'Venezuela'").set_index("year")
    return int(pd.to_numeric(rows.loc[year, list(columns)]).fillna(0).sum())


def refugees(year: int = 2018) -> int:
    return counted(year, "refugees")


def abroad(year: int = 2018) -> int:
    return counted(year, *CLASSES)


def rise(*columns: str) -> int:
    """How many more at the end of 2019 than at the end of 2018, in these columns (all three classes where none is named)."""
    return counted(2019, *(columns or CLASSES)) - counted(2018, *(columns or CLASSES))


# Question 2: two ways to date a weapon


def five_years(values: dict[int, float]) -> list[float]:
    """Million TIV for each year from FIRST to LAST, 0 where the table has none."""
    return [values.get(year, 0.0) for year in range(FIRST, LAST + 1)]


def listed(values: dict[int, float]) -> list[float]:
    """The same without the years that the table leaves out."""
    return [values[year] for year in range(FIRST, LAST + 1) if year in values]


def mean(values: list[float]) -> float:
    return sum(values) / len(values)


# Question 3: what could be known of the debt


@cache
def owed() -> dict[str, float]:
    """Billion dollars that PDVSA owed Rosneft at the end of each quarter."""
    rows = load().series("pdvsa_debt_to_rosneft")
    return dict(zip(rows["quarter"], rows["billion_usd"], strict=True))


@cache
def ended(quarter: str) -> dt.date:
    """The last day of a quarter written as 2018Q4."""
    year, number = int(quarter[:4]), int(quarter[-1])
    return dt.date(year + (number == 4), number % 4 * 3 + 1, 1) - dt.timedelta(days=1)


@cache
def unreported() -> tuple[str, ...]:
    """Quarters of the table that had not ended when Lake's column appeared, so that nobody could report them."""
    return tuple(quarter for quarter in owed() if ended(quarter) > LAKE_APPEARED)


@cache
def last_reported() -> str:
    """The last quarter that Rosneft had reported, on the day of the event REPAID."""
    day = load().cases["venezuela"].event(REPAID).date.a0
    return max(quarter for quarter in owed() if ended(quarter) < day)


def fall(to: str, start: str = "2017Q4") -> float:
    """By how many per cent the debt was smaller at the end of `to` than at the end of `start`."""
    return (1 - owed()[to] / owed()[start]) * 100


def any_quarter(value: object) -> str | None:
    """The quarter whose debt is this number, or None."""
    return next((quarter for quarter, billion in owed().items() if near(value, billion, 0.001)), None)
