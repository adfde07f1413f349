"""The facts of a timeline that no zoom changes: events in, plain columns out (the payload of both pictures).

Days are whole numbers since 1970-01-01 in the proleptic Gregorian calendar. The payload is JSON: Python and
JavaScript draw from the same columns, so that the static picture and the live one cannot disagree.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from analogies.facts import dates
from analogies.facts.model import CONFIDENCE, THEMES, Event
from analogies.timeline import rows

VERSION = 1
INTERVAL, APPROX_START, APPROX_END, UNSURE_START, UNSURE_END, OPEN_END, UNKNOWN_END, NO_START, OWN = (
    1, 2, 4, 8, 16, 32, 64, 128, 256)
PRECISIONS = ("day", "month", "season", "year", "decade", "century")
_EPOCH = dt.date(1970, 1, 1).toordinal()
FIRST_DAY, LAST_DAY = dt.date.min.toordinal() - _EPOCH, dt.date.max.toordinal() - _EPOCH


def day_number(day: dt.date | None) -> int | None:
    """Whole days since 1970-01-01 (negative before), or None."""
    return None if day is None else day.toordinal() - _EPOCH


def day_date(number: int) -> dt.date:
    """The date of a day number. Raises OverflowError or ValueError beyond the years 1 to 9999."""
    return dt.date.fromordinal(number + _EPOCH)


def flags(date: dates.Date) -> int:
    """The bits of a date: interval 1, about 2/4, unsure 8/16 (start/end), open end 32, unknown end 64, no start 128."""
    return (INTERVAL * date.interval
            | APPROX_START * date.approximate_start | APPROX_END * date.approximate_end
            | UNSURE_START * date.uncertain_start | UNSURE_END * date.uncertain_end
            | OPEN_END * (date.end_kind == "open") | UNKNOWN_END * (date.end_kind == "unknown")
            | NO_START * (date.start_kind != "closed"))


def public_day(date: dates.Date, known: dates.Date | None) -> int:
    """The first day on which an event may be shown under "as of": the latest day on which it can have become known.

    That is the last day of `known` where it is given (though nothing is known to have happened before it can have
    happened), else the last day on which the event can have begun.
    """
    known_last = known and (known.a1 or known.b1)
    if known_last:
        return day_number(max(known_last, date.a0 or known_last))
    return day_number(date.a1 or date.b1)


def since_words(date: dates.Date) -> str:
    """An interval in words without its end ("since 30 September 2015"), for a reader who cannot know it; else ""."""
    if not date.interval:
        return ""
    if date.a0 is None:
        return "since a day that is not known"
    return dates.in_words(dates.parse(date.edtf.split("/")[0] + "/.."))


def span(a0: int | None, b0: int | None, b1: int | None) -> tuple[int, int]:
    """First and last day that a mark may touch; an open or unknown end reaches beyond every calendar."""
    return (a0 if a0 is not None else b0), (b1 if b1 is not None else rows.FOREVER)


def clip(text: str, most: int) -> str:
    """Text on one line of at most `most` characters, cut at a space where there is one, with "…" for what is cut."""
    text = " ".join(text.split())
    if len(text) <= most:
        return text
    head = text[:most - 1]
    if text[most - 1] != " " and " " in head[most // 2:]:
        head = head.rsplit(" ", 1)[0]
    return head.rstrip(" ,;:") + "…"


def payload(events: Sequence[Event], *, eras: Iterable = (), cases: Sequence = (), heading: str = "",
            source: Callable[[str], Mapping[str, str]] | None = None) -> dict:
    """Columns of `events` (see the module) in order of start, with rows, lists of names and era bands.

    `cases`: objects with id, title and day0 (an event id or None) for the cases of these events; a case that is
    not among them is called by its id. `source(key)` gives {"key", "text", "url"}. `eras`: objects with id, date,
    title, kind, cases. Raises ValueError for an id that occurs twice or a date with neither start nor end.
    """
    _refuse_duplicates(events)
    events = sorted(events, key=_start)
    known_cases = {case.id: case for case in cases}
    case_ids = list(dict.fromkeys([*(c for c in known_cases), *(e.case for e in events)]))
    themes = _ordered(events, lambda e: e.themes, first=THEMES)
    actors = _ordered(events, lambda e: e.actors)
    keys = list(dict.fromkeys(key for e in events for key in e.sources))
    columns = _columns(events, case_ids, themes, actors, keys)
    spans = [span(*three) for three in zip(columns["a0"], columns["b0"], columns["b1"])]
    lo, hi = [s[0] for s in spans], [s[1] for s in spans]
    case_titles = [known_cases[c].title if c in known_cases else c for c in case_ids]
    return {
        "v": VERSION, "n": len(events), "heading": heading, **columns,
        "row": _rows(columns["case"], len(case_ids), lo, hi),
        "lists": {
            "cases": [{"id": c, "title": t, "day0": getattr(known_cases.get(c), "day0", None) or None}
                      for c, t in zip(case_ids, case_titles)],
            "themes": themes, "actors": actors, "confidence": list(CONFIDENCE),
            "sources": [dict(source(key)) if source else {"key": key, "text": key, "url": ""} for key in keys]},
        "eras": _eras(eras, case_ids)}


def _columns(events, case_ids, themes, actors, keys) -> dict[str, list]:
    case_at, theme_at, actor_at, key_at = ({name: i for i, name in enumerate(names)}
                                           for names in (case_ids, themes, actors, keys))
    confidence_at = {name: i for i, name in enumerate(CONFIDENCE)}
    when = [e.date for e in events]
    return {
        "id": [e.id for e in events], "title": [e.title for e in events], "short": [e.short for e in events],
        "text": [e.text for e in events], **date_columns(when),
        "disputed": [e.disputed or "" for e in events],
        "known_words": [dates.in_words(e.known) if e.known else "" for e in events],
        "public": [public_day(e.date, e.known) for e in events],
        "case": [case_at[e.case] for e in events],
        "themes": [[theme_at[t] for t in e.themes] for e in events],
        "actors": [[actor_at[a] for a in e.actors] for e in events],
        "confidence": [confidence_at.get(e.confidence, -1) for e in events],
        "sources": [[key_at[k] for k in e.sources] for e in events]}


def date_columns(when: Sequence[dates.Date]) -> dict[str, list]:
    """The columns that come from dates alone: words, since, edtf, a0, a1, b0, b1, flags, pa, pb."""
    precision_at = {name: i for i, name in enumerate(PRECISIONS)}
    return {
        "words": [dates.in_words(d) for d in when], "since": [since_words(d) for d in when],
        "edtf": [d.edtf for d in when],
        "a0": [day_number(d.a0) for d in when], "a1": [day_number(d.a1) for d in when],
        "b0": [day_number(d.b0) for d in when], "b1": [day_number(d.b1) for d in when],
        "flags": [flags(d) for d in when],
        "pa": [precision_at.get(d.precision_start, 0) for d in when],
        "pb": [precision_at.get(d.precision_end, 0) for d in when]}


def _start(event: Event) -> dt.date:
    """Events without a start come before their end, where those who read from left to right meet them."""
    day = event.date.a0 or event.date.b0
    if day is None:
        raise ValueError(f"the event {event.id!r} has neither a start nor an end, so it has no place on a timeline.")
    return day


def _rows(case: list[int], cases: int, lo: list[int], hi: list[int]) -> list[int]:
    """The stacking row of each event within its case: spans that share a day never share a row."""
    members: list[list[int]] = [[] for _ in range(cases)]
    for i, k in enumerate(case):
        members[k].append(i)
    row = [0] * len(case)
    for inside in members:
        packed = rows.pack(lo, hi, inside)
        for i in inside:
            row[i] = packed[i]
    return row


def _refuse_duplicates(events: Sequence[Event]) -> None:
    twice = [name for name, count in Counter(e.id for e in events).items() if count > 1]
    if twice:
        raise ValueError(f"two events have the id {twice[0]!r}; every event of a timeline needs an id of its own.")


def _ordered(events, names_of, first: Sequence[str] = ()) -> list[str]:
    """Names in use: those of `first` in its order, then by the number of events, then by the alphabet."""
    count = Counter(name for e in events for name in names_of(e))
    rank = {name: i for i, name in enumerate(first)}
    return sorted(count, key=lambda name: (rank.get(name, len(rank)), -count[name], name))


def _eras(eras: Iterable, case_ids: list[str]) -> list[dict]:
    """Era bands that concern these cases (an era without a case concerns all), each on a row of its own if they overlap."""
    place = {c: i for i, c in enumerate(case_ids)}
    bands = []
    for era in eras:
        inside = [place[c] for c in era.cases if c in place]
        if inside or not era.cases:
            d = era.date
            bands.append({"id": era.id, "title": era.title, "kind": era.kind, "lo": day_number(d.a0),
                          "hi": day_number(d.b1), "flags": flags(d), "edtf": d.edtf, "words": dates.in_words(d),
                          "since": since_words(d), "cases": inside})
    bands.sort(key=lambda b: (b["lo"] if b["lo"] is not None else -rows.FOREVER, b["id"]))
    packed = rows.pack([b["lo"] if b["lo"] is not None else -rows.FOREVER for b in bands],
                       [b["hi"] if b["hi"] is not None else rows.FOREVER for b in bands])
    for band, row in zip(bands, packed):
        band["row"] = row
    return bands
