"""What the data say for the questions of 04-nicaragua-1980s: read when a check runs, never typed here."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache

from analogies.facts.load import load
from analogies.methods.measure import contra_aid, votes

FIRST_MONEY, COMMITTEE, BOLAND_2 = "nicaragua-1981-covert-finding", "nicaragua-1984-committee-refuses", "nicaragua-1984-boland-2"
STOPGAPS = "29 Feb 1988"  # the note of the last row that question 1 counts


def day(id: str) -> dt.date:
    """The first day of an event of the Nicaraguan case."""
    return load().cases["nicaragua"].event(id).date.a0


@cache
def ids() -> dict[str, str]:
    """Title of each event of the case: its id."""
    return {event.title: event.id for event in load().cases["nicaragua"].records}


@cache
def cubans() -> tuple[float, ...]:
    """Every figure given for the Cuban military in Nicaragua, low and high ends too, in order of size."""
    rows = load().series("deployments").query("case == 'nicaragua'")[["low", "value", "high"]]
    return tuple(sorted(set(rows.stack().dropna())))


@cache
def closeness() -> dict[str, float]:
    """Nicaragua 1980-89 less Venezuela 2013-19: raw shares, medians, points above the median, share of the room; and the points of each."""
    table = votes("Nicaragua", "Venezuela").table.set_index(["country", "years"])
    first, second = table.loc[("Nicaragua", "1980–1989")], table.loc[("Venezuela", "2013–2019")]
    room, points = "share of the room above, %", "above the median, points"
    return {"raw": first["agreement, %"] - second["agreement, %"], "medians": first["median state, %"] - second["median state, %"],
            "points": first[points] - second[points], "room": first[room] - second[room],
            "Nicaragua": first[points], "Venezuela": second[points]}  # fmt: skip


@cache
def aid() -> dict[str, float]:
    """Question 1 and its slips, million dollars: the sums up to the stopgaps of 1988, and of all rows."""
    table, notes = contra_aid().table, "terms, and who says so"
    last = next(n for n, note in enumerate(table[notes]) if STOPGAPS in note)
    early = table.iloc[: last + 1]
    sums = early.groupby("for weapons")["million dollars"].sum()
    military = sum(float(re.search(r"(\d+) military", note)[1]) for note in early.loc[early["for weapons"] == "in part", notes])
    purpose = early.loc[early[notes].str.contains("not to overthrow"), "million dollars"].sum()
    others = load().series("aid_nicaragua").query("series == 'contra money from others'")["value"].item()
    high = load().series("aid_nicaragua").query("series == 'contra aid voted'")["high"].iloc[: last + 1].sum()
    return {"voted": early["million dollars"].sum(), "all": table["million dollars"].sum(), "others": others, "high": high,
            "arms": sums["yes"] + military, "whole": sums["yes"] + sums["in part"], "without": sums["yes"],
            "banned": sums["yes"] + military - purpose}  # fmt: skip


@cache
def gap() -> dict[str, int]:
    """Days from the second Boland amendment to the law of October 1986; and to or from the dates that are taken for them."""
    note = next(note for note in contra_aid().table["terms, and who says so"] if "military" in note)
    law = dt.datetime.strptime(re.match(r"\d+ \w+ \d{4}", note)[0], "%d %b %Y").date()
    start = day(BOLAND_2)
    return {"right": (law - start).days, "House": (day("nicaragua-1986-hundred-million") - start).days,
            "food": (day("nicaragua-1985-27-million") - start).days, "Boland I": (law - day("nicaragua-1982-boland-1")).days,
            "cap": (law - day("nicaragua-1983-cap")).days, "stopgap": (law - _stopgap()).days}  # fmt: skip


def _stopgap() -> dt.date:
    """The day of the law in force until the second Boland amendment, from the note on the year without a vote."""
    note = next(note for note in contra_aid().table["terms, and who says so"] if "No new vote" in note)
    return dt.datetime.strptime(re.search(r"\d+ \w+ \d{4}", note)[0], "%d %B %Y").date()


@cache
def agreement(country: str, partner: str = "RUS") -> dict[int, float]:
    """Per cent of roll calls by year."""
    rows = load().series("unga_agreement").query("country == @country and partner == @partner")
    return dict(zip(rows["year"], rows["agreement_percent"], strict=True))


def rise(country: str, partner: str = "RUS") -> float:
    """Points from 1980 to 1989."""
    return agreement(country, partner)[1989] - agreement(country, partner)[1980]


def growth(country: str) -> float:
    """The same in per cent of the share of 1980."""
    return 100 * rise(country) / agreement(country)[1980]


def lead(year: int, partner: str = "RUS") -> float:
    """Nicaragua's share less Venezuela's, points."""
    return agreement("Nicaragua", partner)[year] - agreement("Venezuela", partner)[year]


@cache
def begun() -> dict[str, bool]:
    """The events that had begun from the finding to the evening of the committee's vote: id, and whether it was public."""
    first, evening = day(FIRST_MONEY), day(COMMITTEE)
    events = [e for e in load().cases["nicaragua"].records if e.date.a0 and first <= e.date.a0 <= evening]
    public = {e.id: (e.known or e.date).b1 for e in events}
    return {id: when is not None and when <= evening for id, when in public.items()}
