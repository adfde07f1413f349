"""One side of an EDTF date (Library of Congress, ISO 8601-2): text to strict bounds, precision and qualifiers.

The kit's profile is read by the patterns below, in microseconds. What else EDTF allows for one date (a qualifier
on the month alone, `1985-XX-12`) goes to the edtf library, which needs milliseconds. Intervals never go there: see
dates.py.
"""

import re
from calendar import month_name, monthrange
from dataclasses import dataclass
from datetime import date as Day
from functools import lru_cache

PRECISIONS = ("day", "month", "season", "year", "decade", "century")  # from fine to coarse
FORMS = "write 2015-09-30, 2015-09, 2015, 201X (a decade), 2012~ (about), 1985? (perhaps), 1981-03/1988-03, 1979/.. (goes on) or 1979/ (end unknown)"

# Season codes of EDTF: first month, last month. The north's seasons (21-24) are the meteorological ones; winter
# runs from December into the next year, which the words show ("winter 1985-86").
SEASON_MONTHS = {
    21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 2),
    25: (3, 5), 26: (6, 8), 27: (9, 11), 28: (12, 2),
    29: (9, 11), 30: (12, 2), 31: (3, 5), 32: (6, 8),
    33: (1, 3), 34: (4, 6), 35: (7, 9), 36: (10, 12),
    37: (1, 4), 38: (5, 8), 39: (9, 12), 40: (1, 6), 41: (7, 12),
}  # fmt: skip

_ONE = re.compile(r"(\d{4}|\d{3}X|\d{2}XX)(?:-(\d\d|XX)(?:-(\d\d|XX))?)?([?~%]?)", re.ASCII)


class DateError(ValueError):
    """A date that cannot be read; the message says what was found and how to write it."""


@dataclass(frozen=True, slots=True)
class Part:
    """One side of a date: its strict bounds, precision and qualifiers. `kind` is closed, open or unknown."""

    lo: Day | None = None
    hi: Day | None = None
    precision: str | None = None
    approximate: bool = False
    uncertain: bool = False
    kind: str = "closed"


@lru_cache(maxsize=8192)
def parse_part(text: str) -> Part:
    """Read one side of an EDTF date, or a choice of dates ([1667,1668], [2015-09-16..2015-09-19])."""
    if text.startswith("[") and text.endswith("]"):
        return _choice(text)
    match = _ONE.fullmatch(text)
    if not match:
        return _ask_library(text)
    year, month, day, mark = match.groups()
    lo, hi, precision = _bounds(year, month, day, text)
    return Part(lo, hi, precision, mark in ("~", "%"), mark in ("?", "%"))


def members(text: str) -> list[str]:
    """The dates that a choice such as [1667,1668..1670] names, in its order."""
    return re.split(r"\.\.|,", text[1:-1].replace(" ", ""))


def _choice(text: str) -> Part:
    if any(not member for member in members(text)):
        raise DateError(f"{text!r} has an open choice; write 1984/.. or ../1984 where something went on, or give both ends")
    parts = [parse_part(member) for member in members(text)]
    if any(later.hi < earlier.lo for earlier, later in zip(parts, parts[1:])):
        raise DateError(f"{text!r} names a later date before an earlier one; write the earlier date first")
    return Part(
        min(part.lo for part in parts),
        max(part.hi for part in parts),
        max((part.precision for part in parts), key=PRECISIONS.index),
        any(part.approximate for part in parts),
        any(part.uncertain for part in parts),
    )


def _bounds(year: str, month: str | None, day: str | None, text: str) -> tuple[Day, Day, str]:
    if "X" in year:
        if month:
            return (*_library_bounds(text), _precision(text))
        lo, hi = int(year.replace("X", "0")), int(year.replace("X", "9"))
        return Day(max(lo, 1), 1, 1), Day(hi, 12, 31), "decade" if year.endswith("X") and not year.endswith("XX") else "century"
    y = int(year)
    if y == 0:
        raise DateError(f"{text!r} lies outside the years 0001 to 9999")
    if month in (None, "XX"):
        if day not in (None, "XX"):
            return (*_library_bounds(text), "year")
        return Day(y, 1, 1), Day(y, 12, 31), "year"
    m = int(month)
    if day is None and m in SEASON_MONTHS:
        return (*_season(y, *SEASON_MONTHS[m]), "season")
    if not 1 <= m <= 12:
        raise DateError(f"{text!r} names month {month}; months go from 01 to 12")
    last = monthrange(y, m)[1]
    if day in (None, "XX"):
        return Day(y, m, 1), Day(y, m, last), "month"
    if not 1 <= int(day) <= last:
        raise DateError(f"{text!r} names day {day}; {month_name[m]} {y} has {last} days")
    return Day(y, m, int(day)), Day(y, m, int(day)), "day"


def _season(year: int, first: int, last: int) -> tuple[Day, Day]:
    end_year = year + (last < first)
    if end_year > 9999:
        return Day(year, first, 1), Day.max
    return Day(year, first, 1), Day(end_year, last, monthrange(end_year, last)[1])


def _ask_library(text: str) -> Part:
    """One date that our patterns do not cover, such as 2004-06~-11. The qualifiers are read from the text itself:
    the library reports neither for `%`, and not all of those on a part of a date."""
    lo, hi = _library_bounds(text)
    plain = _ONE.fullmatch(re.sub(r"[?~%]", "", text))
    if plain:  # our own bounds where we have them: the library takes 1900-02-29 for a day, and winter for December
        lo, hi, precision = _bounds(*plain.groups()[:3], plain.group())
    else:
        precision = _precision(text)
    return Part(lo, hi, precision, bool(re.search("[~%]", text)), bool(re.search("[?%]", text)))


def _precision(text: str) -> str:
    plain = re.sub(r"[?~%]", "", text)
    year = plain[:4]
    if "X" not in year:
        return "year"
    return "decade" if re.fullmatch(r"\d{3}X", year) else "century"


def _library_bounds(text: str) -> tuple[Day, Day]:
    from edtf import parse_edtf  # slow to import, seldom needed
    from edtf.parser import Date as LibraryDate
    from edtf.parser import PartialUncertainOrApproximate, PartialUnspecified, UncertainOrApproximate, Unspecified

    single = (LibraryDate, UncertainOrApproximate, Unspecified, PartialUnspecified, PartialUncertainOrApproximate)
    try:
        found = parse_edtf(text)
        if not isinstance(found, single):
            raise ValueError(f"{type(found).__name__} is not one date")
        return Day(*tuple(found.lower_strict())[:3]), Day(*tuple(found.upper_strict())[:3])
    except Exception as error:  # the library raises whatever its grammar trips over, TypeError included
        raise DateError(f"{text!r} is not a date that the kit can read; {FORMS}") from error
