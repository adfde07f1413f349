"""What a timeline is of: case names, cases, tables or events become one payload."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass

from analogies.facts import ask, cite, load
from analogies.facts.bibtex import is_web_link
from analogies.facts.model import Case, Event
from analogies.timeline import layout, table
from analogies.timeline.asked import AskedError


@dataclass(frozen=True)
class _Head:
    """What the layout needs to know of a case."""

    id: str
    title: str
    day0: str


def payload(subjects: Sequence) -> dict:
    """One payload of all subjects: names or paths of cases, Case, tables with a date column, lists of Event.

    Raises UnknownName for a case that does not exist, AskedError for anything that cannot be drawn.
    """
    if not subjects:
        raise AskedError("timeline() needs something to show: the name of a case, as in an.timeline('syria'), or a "
                         "table with the columns 'date' and 'title'.")
    events: list[Event] = []
    heads: dict[str, _Head] = {}
    sources: dict = {}
    tables = 0
    for subject in subjects:
        if isinstance(subject, (str, os.PathLike)):
            subject = ask.case(subject)
        if isinstance(subject, Case):
            if subject.id in heads:
                raise AskedError(f"the case {subject.id!r} is given twice; name it once.")
            heads[subject.id] = _Head(subject.id, subject.title, subject.day0)
            sources.update(subject.sources)
            events.extend(subject.records)
        elif hasattr(subject, "columns") and hasattr(subject, "itertuples"):
            tables += 1
            name = "table" if tables == 1 else f"table {tables}"
            events.extend(table.events(subject, case=name, taken={e.id for e in events}))
        elif isinstance(subject, (list, tuple)) and subject and all(isinstance(one, Event) for one in subject):
            events.extend(subject)
        else:
            raise AskedError(f"timeline() cannot show {type(subject).__name__} {str(subject)[:60]!r}; give the name of a "
                             "case, a Case, a table with a date column, or a list of events.")
    return _laid_out(events, heads, sources)


def _laid_out(events: list[Event], heads: dict[str, _Head], sources: dict) -> dict:
    used = list(dict.fromkeys([*heads, *(event.case for event in events)]))
    strangers = [name for name in used if name not in heads]
    kit = load.load()
    here = {event.id for event in events}
    for name in strangers:
        known = kit.cases.get(name)
        title = known.title if known else name[:1].upper() + name[1:]
        heads[name] = _Head(name, title, known.day0 if known and known.day0 in here else "")
    ours = [name for name in used if name in kit.cases]

    def source(key: str) -> dict[str, str]:
        found = sources.get(key) or kit.sources.get(key)
        if found is None:  # a table's own words on where a fact comes from; made a link where they are one
            return {"key": key, "text": key, "url": key if is_web_link(key) else ""}
        return {"key": key, "text": cite.plain(found), "url": found.url if is_web_link(found.url) else ""}

    made = layout.payload(events, eras=kit.eras if ours else (), cases=[heads[name] for name in used],
                          heading=_heading([heads[name].title for name in used]), source=source)
    return {**made, "notes_file": None}


def _heading(titles: list[str]) -> str:
    if len(titles) > 4:
        return f"{len(titles)} cases"
    return titles[0] if len(titles) == 1 else ", ".join(titles[:-1]) + " and " + titles[-1]
