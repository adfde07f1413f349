"""Dates that say how well they are known: EDTF text to strict bounds, and to plain English.

Intervals are split here and never given to the edtf library: it gives `1823-12-02/` an invented end ten years on,
mixes the qualifiers of the two ends, and pads what is uncertain.
"""

import re
from dataclasses import dataclass
from datetime import date as Day
from functools import lru_cache

from analogies.facts.date_words import interval_in_words, side_in_words
from analogies.facts.edtf_part import FORMS, PRECISIONS, DateError, Part, parse_part

__all__ = ["PRECISIONS", "Date", "DateError", "in_words", "parse"]

_SPREADSHEET = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}[./]\d{1,2}[./]\d{1,2}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Date:
    """When something happened, as far as it is known.

    The bounds are strict, never padded: the start lies in a0..a1, the end in b0..b1, both days included. A single
    date is one moment known to its precision, so a0 == b0 and a1 == b1. A side that is open or unknown has no
    bounds and no precision (None). Days are proleptic Gregorian.
    """

    edtf: str
    a0: Day | None
    a1: Day | None
    b0: Day | None
    b1: Day | None
    precision_start: str | None
    precision_end: str | None
    approximate_start: bool = False
    approximate_end: bool = False
    uncertain_start: bool = False
    uncertain_end: bool = False
    start_kind: str = "closed"  # or "open" (..) or "unknown" (blank)
    end_kind: str = "closed"
    interval: bool = False

    def __str__(self) -> str:
        return self.edtf


@lru_cache(maxsize=8192)
def parse(text: str) -> Date:
    """Read an EDTF date between the years 0001 and 9999. Raises DateError for anything else."""
    if not isinstance(text, str):
        raise DateError(f"a date is text such as '2015-09-30', found {text!r} ({type(text).__name__})")
    if not text.strip():
        raise DateError(f"the date is blank; {FORMS}")
    if text != text.strip():
        raise DateError(f"{text!r} has a space before or after the date; take it out")
    if _SPREADSHEET.fullmatch(text):
        raise DateError(f"{text!r} looks like a date from a spreadsheet; write year-month-day, as in 2015-09-30")
    if "/" in text:
        return _interval(text)
    part = parse_part(text)
    return Date(
        text, part.lo, part.hi, part.lo, part.hi, part.precision, part.precision,
        part.approximate, part.approximate, part.uncertain, part.uncertain,
    )  # fmt: skip


def _interval(text: str) -> Date:
    if text.count("/") > 1:
        raise DateError(f"{text!r} has more than one '/'; an interval is start/end, as in 1981-03/1988-03")
    left, right = text.split("/")
    start, end = _side(left, text), _side(right, text)
    if start.kind != "closed" and end.kind != "closed":
        raise DateError(f"{text!r} has neither a start nor an end; give at least one of them")
    a0, a1, b0, b1 = start.lo, start.hi, end.lo, end.hi
    if a0 and b1:
        if b1 < a0:
            raise DateError(f"{text!r} ends before it starts; write the earlier date first")
        # An end is never before its start: 1904/1904-03 began in March 1904 at the latest.
        a1, b0 = min(a1, b1), max(a0, b0)
    return Date(
        text, a0, a1, b0, b1, start.precision, end.precision,
        start.approximate, end.approximate, start.uncertain, end.uncertain, start.kind, end.kind, True,
    )  # fmt: skip


def _side(text: str, whole: str) -> Part:
    if text in ("", ".."):
        return Part(kind="open" if text else "unknown")
    if text.startswith("["):
        raise DateError(f"{whole!r} has a choice of dates inside an interval, which EDTF does not allow; {FORMS}")
    return parse_part(text)


def in_words(when: Date) -> str:
    """The date in plain English with its doubt: "about July 2015", "since 1979", "from 2 December 1823, end unknown"."""
    if not when.interval:
        return side_in_words(when.edtf)
    left, right = when.edtf.split("/")
    if when.start_kind != "closed":
        return f"until {side_in_words(right)}" + (", start unknown" if when.start_kind == "unknown" else "")
    if when.end_kind == "open":
        return f"since {side_in_words(left)}"
    if when.end_kind == "unknown":
        return f"from {side_in_words(left)}, end unknown"
    return interval_in_words(left, right)
