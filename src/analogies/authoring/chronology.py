"""readings/chronology.md: every event of every case in the order of time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date as Day

from ..facts.cite import as_markdown
from ..facts.dates import Date, in_words
from ..facts.load import Facts
from ..facts.model import Case, Event
from .claims import sources
from .page import DATA, heading, jump_list, page

# First years of the periods: each ends where the next begins.
PERIODS = (1800, 1900, 1946, 1979, 1992, 2011, 2015, 2016, 2019, 2020, 2026)


def make(facts: Facts, short: Mapping[str, str]) -> str:
    """The page; `short` gives sources by key as shortened notes."""
    entries = sorted(((event, case) for case in facts.cases.values() for event in case.records), key=lambda entry: _when(entry[0]))
    groups: dict[int, list[tuple[Event, Case]]] = {}
    for event, case in entries:
        groups.setdefault(_period(_starts(event.date).year), []).append((event, case))
    lines = [_introduction(facts, len(entries), groups)]
    for first, group in groups.items():
        cases = ", ".join(dict.fromkeys(case.title for _, case in group))
        lines += [heading(2, _title(first), f"from-{first}"), f"*{_events(len(group))}: {cases}.*\n"]
        lines += [_entry(event, case, short) for event, case in group]
        lines.append("")
    return page("\n".join(lines).rstrip() + "\n", made_of=[f"{DATA}/{name}" for name in ("cases.yaml", "events/", "sources.bib")])


def _starts(date: Date) -> Day:
    """The first day that is known of an event: its earliest start, or its end where only that is known."""
    return date.a0 or date.a1 or date.b0 or date.b1 or Day.max


def _when(event: Event) -> tuple:
    """Earliest start; then the sharper date, so that "November 2018" does not come before its own days by chance of its id."""
    return _starts(event.date), event.date.b1 or Day.max, event.id


def _period(year: int) -> int:
    return max((first for first in PERIODS if first <= year), default=PERIODS[0])


def _title(first: int) -> str:
    following = [year for year in PERIODS if year > first]
    if not following:
        return f"From {first}"
    if first == PERIODS[0]:
        return f"Before {following[0]}"
    return f"{first} to {following[0] - 1}" if following[0] - 1 > first else str(first)


def _introduction(facts: Facts, number: int, groups: Mapping[int, list]) -> str:
    return (f"# Chronology\n\n*The {number} events of the kit's {len(facts.cases)} cases in the order in which they began. A date is as exact as its "
            "sources: “about” and “perhaps” say how sure it is. Where an event became known later than it happened, that date stands "
            "with it. An event of which the sources are less than sure says so. The kit speaks as of 31 March 2026.*\n\n"
            + jump_list((f"from-{first}", _title(first)) for first in groups) + "\n")


def _entry(event: Event, case: Case, short: Mapping[str, str]) -> str:
    said = [f'<a id="{event.id}"></a>**{in_words(event.date)}** ({as_markdown(case.title, begins=False)}). '
            f"*{as_markdown(event.title, begins=False)}.* {as_markdown(event.text, begins=False)}"]
    if event.known:
        said.append(f"Became public: {in_words(event.known)}.")
    if event.disputed:
        said.append(f"Disputed: {as_markdown(event.disputed, begins=False)}")
    if event.confidence != "high":
        said.append(f"How sure we are: {event.confidence}.")
    said.append(f"Sources: {sources(event.sources, short)}.")
    return f"- {' '.join(' '.join(said).split())}"


def _events(number: int) -> str:
    return f"{number} event{'s' * (number != 1)}"
