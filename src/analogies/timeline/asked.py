"""What a reader asks of a timeline, checked: every argument becomes part of a state or a sentence on what is wrong."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches

from analogies.facts import dates
from analogies.timeline import layout, view

_DISTANCE = re.compile(r"([+\-\N{MINUS SIGN}]?)\s*(\d+(?:\.\d+)?)\s*(day|week|month|year)s?")
_UNIT_DAYS = {"day": 1.0, "week": 7.0, "month": 30.436875, "year": 365.2425}


class AskedError(ValueError):
    """An argument that a timeline cannot use; one sentence that says what to write instead."""


def wrong(what: str, given: object, known: Iterable[str]) -> AskedError:
    """The error for a name that is not among `known`, with the nearest ones."""
    known = list(known)
    by_lower = {name.lower(): name for name in known}
    near = [by_lower[name] for name in get_close_matches(str(given).lower(), by_lower, n=3, cutoff=0.5)]
    hint = f"Did you mean {' or '.join(map(repr, near))}?" if near else ""
    if not near or len(known) <= 8:
        some = ", ".join(map(repr, known[:8])) + (", …" if len(known) > 8 else "")
        hint = f"{hint} Known: {some}.".strip() if known else "There is none to choose from."
    return AskedError(f"{what} {given!r} is unknown. {hint}")


def moment(value: object) -> dates.Date:
    """A date from EDTF or ISO text, a date or datetime (pandas' too), or a whole number of a year.

    Raises DateError for anything else; a missing value (None, NaN, NaT) is "blank".
    """
    if isinstance(value, str):
        text = value.strip()
        if re.match(r"\d{4}-\d\d-\d\d[T ]\d\d:", text):  # an ISO date with a time of day: the day is what counts
            text = text[:10]
        return dates.parse(text)
    if value is None or value != value:
        raise dates.DateError("the date is blank")
    if isinstance(value, dates.Date):
        return value
    if hasattr(value, "isoformat") and isinstance(value, dt.date):
        return dates.parse(value.isoformat()[:10])
    if hasattr(value, "astype") and type(value).__name__ == "datetime64":
        return dates.parse(str(value.astype("datetime64[D]")))
    number = None if isinstance(value, bool) else _whole(value)
    if number is not None and 1 <= number <= 9999:
        return dates.parse(f"{number:04d}")
    raise dates.DateError(f"{value!r} is not a date; write text such as '2015-09-30' or a year such as 2015")


def _whole(value: object) -> int | None:
    try:
        number = float(value)
    except (TypeError, ValueError):
        return None
    return int(number) if math.isfinite(number) and number == int(number) else None


def day(value: object, *, name: str, last: bool = False) -> int:
    """The first (or last) day of a date given as the argument `name`, as a day number."""
    try:
        when = moment(value)
    except ValueError as fault:
        raise AskedError(f"{name}={value!r}: {fault}.") from None
    found = (when.b1 or when.a1 or when.b0) if last else (when.a0 or when.b0)
    if found is None:
        raise AskedError(f"{name}={value!r} is open at that end; give a date such as '2015-09-30'.")
    return layout.day_number(found)


def distance(value: object, *, name: str) -> int:
    """Days from day 0: a number of days, a timedelta, or text such as '-6 months', '3 weeks', '2 years'."""
    if isinstance(value, dt.timedelta):
        return value.days
    if not isinstance(value, bool):
        number = _whole(value) if not isinstance(value, str) else None
        if number is not None:
            return number
        hit = _DISTANCE.fullmatch(value.strip().lower()) if isinstance(value, str) else None
        if hit:
            return (-1 if hit[1] and hit[1] != "+" else 1) * round(float(hit[2]) * _UNIT_DAYS[hit[3]])
    raise AskedError(f"{name}={value!r}: with align=, since= and until= are distances from day 0, such as '-6 months' "
                     "or 90 (days).")


def window(since: object, until: object, align: dict | None, everything: Callable[[], tuple[int, int]]) -> list[int] | None:
    """[first day, day after the last] of the picture, or None for all of it.

    `everything` says what an end that is not given means: asked only then, because it looks at every event.
    """
    if since is None and until is None:
        return None
    if align:
        lo = everything()[0] if since is None else distance(since, name="since")
        hi = everything()[1] if until is None else distance(until, name="until") + 1
    else:
        lo = everything()[0] if since is None else day(since, name="since")
        hi = everything()[1] if until is None else day(until, name="until", last=True) + 1
    if lo >= hi:
        raise AskedError(f"since={since!r} is not before until={until!r}, or after the last event; give the earlier "
                         "date first.")
    return [lo, hi]


def aligned(payload: dict, align: object) -> dict[str, str] | None:
    """{case id: event id} with an event for every case of the timeline; "day0" takes the day 0 of each case."""
    if align is None or align is False:
        return None
    own = {case["id"]: case["day0"] for case in payload["lists"]["cases"]}
    if align is True or align == "day0":
        align = {}
    if not isinstance(align, Mapping):
        raise AskedError(f"align={align!r}: give the event that is day 0 of each case, as in "
                         "align={'syria': 'syria-2015-first-strikes'}, or align='day0' for the kit's choice.")
    at = {name: i for i, name in enumerate(payload["id"])}
    found = {}
    for case, event in align.items():
        if case not in own:
            raise wrong("align: the case", case, own)
        if event not in at:
            raise wrong("align: the event", event, [n for n, k in zip(payload["id"], payload["case"])
                                                    if payload["lists"]["cases"][k]["id"] == case])
        of = payload["lists"]["cases"][payload["case"][at[event]]]["id"]
        if of != case:
            raise AskedError(f"align: the event {event!r} belongs to the case {of!r}, not to {case!r}.")
        found[case] = event
    for case, event in own.items():
        if case not in found:
            if event not in at:
                raise AskedError(f"align: the case {case!r} has no day 0 of its own here; add "
                                 f"{case!r}: 'one of its event ids' to align=.")
            found[case] = event
    return found


def one_of(name: str, value: object, known: Iterable[str]) -> str:
    """`value` if it is among `known`. Raises AskedError with the nearest."""
    if value not in (known := list(known)):
        raise wrong(f"{name}=", value, known)
    return value


def event_id(payload: dict, value: object, *, also: Iterable[str] = ()) -> str | None:
    """An event id of the payload (or of `also`), or None. Raises AskedError with the nearest ids."""
    if value is not None and value not in payload["id"] and value not in set(also):
        raise wrong("selected: the event", value, payload["id"])
    return value


def filters(payload: dict, given: object) -> dict:
    """A whole set of filters from a part of it. Raises AskedError for an unknown key or value."""
    if not isinstance(given, Mapping):
        raise AskedError(f"filters: expected a dictionary such as {{'themes': ['military']}}, found {given!r}.")
    lists = payload["lists"]
    known = {"cases": [case["id"] for case in lists["cases"]], "themes": lists["themes"], "actors": lists["actors"],
             "confidence": lists["confidence"]}
    result = view.state()["filters"]
    for key, value in given.items():
        if key == "text":
            if not isinstance(value, str):
                raise AskedError(f"filters: 'text' is what to search for, found {value!r}.")
            result["text"] = value
        elif key not in known:
            raise wrong("filters: the key", key, view.FILTERS)
        elif value is not None:
            values = [value] if isinstance(value, str) else list(value)
            for one in values:
                if one not in known[key]:
                    raise wrong(f"filters: in {key},", one, known[key])
            result[key] = values
    return result
