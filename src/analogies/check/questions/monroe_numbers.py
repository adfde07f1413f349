"""What the data say for the questions of 05-monroe-doctrine: read when a check runs, never typed here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import cache

from analogies.facts.dates import Date, parse
from analogies.facts.load import load

ROOSEVELT = "Theodore Roosevelt"
LIST, GAP = (1898, 1994), (1995, 2018)  # the years that the list of interventions covers; those that question 3 asks about
USES = ("keep out extra-hemispheric powers", "justify intervention", "renounce or limit", "mixed")
SHORT = {"keep out": USES[0], "justify": USES[1], "renounce": USES[2], "limit": USES[2]}
YEARS_AROUND = 10
AMERICAS = ("monroe", "nicaragua", "venezuela", "aftermath")


@cache
def namings() -> dict[str, float]:
    """Counts of the words Monroe Doctrine: messages that have them, times in all and by Roosevelt, words that he wrote."""
    rows = load().series("sotu_monroe")
    named, his = rows[rows["names_doctrine"] > 0], rows[rows["president"] == ROOSEVELT]
    return {
        "messages": len(named), "times": int(named["names_doctrine"].sum()), "his": int(his["names_doctrine"].sum()),
        "his_messages": int((his["names_doctrine"] > 0).sum()), "his_words": int(his["words"].sum()), "all": len(rows),
        "words_where_named": int(his[his["names_doctrine"] > 0]["words"].sum()),
        "mean_rate": float((his["names_doctrine"] / his["words"]).mean() * 1e5),
    }  # fmt: skip


@cache
def found(search: str) -> frozenset[str]:
    """The dates of the messages in which a search stops: "Monroe" in any letters, or "Monroe Doctrine"."""
    hits = load().series("sotu_monroe_hits")
    if search == "Monroe Doctrine":
        hits = hits[hits["means"] == "the doctrine, named"]
    return frozenset(hits["date"])


@cache
def stating(*answers: str) -> frozenset[str]:
    """The dates of the messages that state the principle: "yes", or also "arguable"."""
    rows = load().series("sotu_principle")
    return frozenset(rows[rows["states"].isin(answers)]["date"])


def precision(search: str, *answers: str) -> float:
    hits = found(search)
    return len(hits & stating(*answers)) / len(hits)


def recall(search: str, *answers: str) -> float:
    wanted = stating(*answers)
    return len(found(search) & wanted) / len(wanted)


@cache
def without_capitals_precision() -> float:
    """As `precision("Monroe", "yes")`, for a search that minds capitals and so misses the signature of 1817."""
    hits = load().series("sotu_monroe_hits")
    dates = set(hits[hits["as_written"] == "Monroe"]["date"])
    return len(dates & stating("yes")) / len(dates)


@cache
def places_precision() -> float:
    """The share of places, not of messages, at which the search for Monroe is right."""
    means = load().series("sotu_monroe_hits")["means"]
    return float(means.isin(["the doctrine, named", "the principle, unnamed"]).mean())


@cache
def interventions(mode: str = "") -> int:
    rows = load().series("us_interventions_coatsworth")
    return int((rows["mode"] == mode).sum()) if mode else len(rows)


def years(span: tuple[int, int]) -> int:
    return span[1] - span[0] + 1


@cache
def forts() -> dict[str, frozenset[str]]:
    """Year -> what Monroe means in that year's messages."""
    hits = load().series("sotu_monroe_hits")
    return {year: frozenset(rows["means"]) for year, rows in hits.groupby(hits["date"].str[:4])}


@cache
def uses() -> Mapping[str, tuple[dt.date, str, str, str]]:
    """Number of a use -> its day, speaker, our code, whether it has the name."""
    rows = load().invocations
    return {row.id: (parse(row.date).a0, row.speaker, row.use, row.names_doctrine) for row in rows.itertuples()}


@cache
def _told() -> Mapping[str, str]:
    """Number of a use, or id of an event: who, where and what, in the words of the kit."""
    rows = {row.id: f"{row.speaker} {row.about} {row.paraphrase}" for row in load().invocations.itertuples()}
    return rows | {event.id: f"{event.title} {event.text} {' '.join(event.actors)}" for name in AMERICAS for event in load().cases[name].records}


def about(id: str) -> str:
    """What the kit says of a use or an event; blank where it has none of that name."""
    return _told().get(id, "")


def code(text: str) -> str | None:
    """The code that these words name, in full or by their first word."""
    text = " ".join(text.lower().split())
    return next((use for use in USES if text == use), None) or SHORT.get(text) or (
        {use.split()[0]: use for use in USES}.get(text))  # fmt: skip


@cache
def events() -> Mapping[str, Date]:
    """Every event of the cases that lie in the Americas: id -> its date."""
    return {event.id: event.date for name in AMERICAS for event in load().cases[name].records}


def near_in_time(use: str, event: str) -> bool:
    """Whether the event lies, wholly or in part, within ten years of the use."""
    day, when = uses()[use][0], events()[event]
    first, last = when.a0 or dt.date.min, when.b1 or dt.date.max
    return first.year - YEARS_AROUND <= day.year <= last.year + YEARS_AROUND


def same_day(use: str, event: str) -> bool:
    """Whether the event is dated on the day of the use, so that it may be the use itself."""
    when = events()[event]
    return not when.interval and when.a0 == uses()[use][0]
