"""Dates in plain English, each with its doubt said."""

import re
from calendar import month_name
from datetime import date as Day

from analogies.facts.edtf_part import Part, members, parse_part

SEASON_NAMES = ("spring", "summer", "autumn", "winter")
PART_NAMES = {
    33: "first quarter of", 34: "second quarter of", 35: "third quarter of", 36: "fourth quarter of",
    37: "first third of", 38: "second third of", 39: "last third of", 40: "first half of", 41: "second half of",
}  # fmt: skip


def side_in_words(text: str) -> str:
    """One side of an EDTF date in words: "about July 2015", "between 16 and 19 September 2015", "perhaps 1985"."""
    if text.startswith("["):
        return _choice(text)
    part = parse_part(text)
    return _doubt(part) + _plain(text, part)


def interval_in_words(left: str, right: str) -> str:
    """Two closed sides: "March 1981 to March 1988", "16 to 19 September 2015", "about 1979 to perhaps 1990"."""
    start, end = parse_part(left), parse_part(right)
    if left == right:  # 1979/1979: it began and ended in that year
        return side_in_words(left) if start.precision == "day" else f"within {side_in_words(left)}"
    shared = _without_shared(start, end) if not (_doubt(start) or _doubt(end)) else ""
    return f"{shared or side_in_words(left)} to {side_in_words(right)}"


def _doubt(part: Part) -> str:
    return ("perhaps " if part.uncertain else "") + ("about " if part.approximate else "")


def _day(day: Day) -> str:
    return f"{day.day} {month_name[day.month]} {day.year}"


def _without_shared(start: Part, end: Part) -> str:
    """The start without the month or year that it shares with the end; blank where it must be said whole."""
    if start.precision != end.precision or start.lo.year != end.lo.year:
        return ""
    if start.precision == "month":
        return month_name[start.lo.month]
    if start.precision == "day":
        same_month = start.lo.month == end.lo.month
        return str(start.lo.day) if same_month else f"{start.lo.day} {month_name[start.lo.month]}"
    return ""


def _plain(text: str, part: Part) -> str:
    lo, hi = part.lo, part.hi
    if part.precision == "day":
        return _day(lo)
    if part.precision == "month":
        return f"{month_name[lo.month]} {lo.year}"
    if part.precision == "season":
        return _season(int(re.sub("[?~%]", "", text)[5:]), lo, hi)
    if (lo.month, lo.day, hi.month, hi.day) != (1, 1, 12, 31):  # 1985-XX-12: some day between these two
        return f"between {_day(lo)} and {_day(hi)}"
    if part.precision == "year" and lo.year == hi.year:
        return str(lo.year)
    if part.precision == "decade" and lo.year % 100 and lo.year % 10 == 0:
        return f"the {lo.year}s"
    # "the 1900s" would be read as a century, so the years are given
    return f"the {'decade' if part.precision == 'decade' else 'years'} {lo.year}–{hi.year}"


def _season(code: int, lo: Day, hi: Day) -> str:
    years = str(lo.year) if lo.year == hi.year else f"{lo.year}–{hi.year % 100:02}"
    if code in PART_NAMES:
        return f"the {PART_NAMES[code]} {years}"
    where = " (southern hemisphere)" if 29 <= code <= 32 else ""
    return f"{SEASON_NAMES[(code - 21) % 4]} {years}{where}"


def _choice(text: str) -> str:
    """[1667,1668] is one of the two; [2015-09-16..2015-09-19] lies between them."""
    said = []
    for run in text[1:-1].replace(" ", "").split(","):
        first, *rest = members(f"[{run}]")
        if rest:
            said.append("between " + interval_in_words(first, rest[-1]).replace(" to ", " and ", 1))
        else:
            said.append(side_in_words(first))
    return " or ".join(said)
