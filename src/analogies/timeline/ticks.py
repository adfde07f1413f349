"""Where the time axis has its ticks and how they are called, from days to centuries, by date or since day 0."""

from __future__ import annotations

import datetime as dt
from math import ceil, floor

from analogies.timeline.layout import FIRST_DAY, LAST_DAY, day_date, day_number

_YEAR = 365.2425
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
# Steps of the axis: (days a step takes, unit, how many of the unit)
_STEPS = ((1, "day", 1), (2, "day", 2), (7, "day", 7), (14, "day", 14), (30.44, "month", 1), (91.3, "month", 3),
          (182.6, "month", 6), *((n * _YEAR, "year", n) for n in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)))


def ticks(lo: float, hi: float, *, most: int = 12) -> list[tuple[int, str]]:
    """(day, label) of at most about `most` ticks between two days, at the starts of days, months or years."""
    unit, step = _step(hi - lo, most)
    lo, hi = max(floor(lo), FIRST_DAY), min(ceil(hi), LAST_DAY)
    first, last = day_date(lo), day_date(hi)
    if unit == "day":
        days = [day for day in range(lo, hi + 1) if (day + 3) % step == 0]  # weeks begin on a Monday
        return [(day, _day_label(day_date(day), i == 0)) for i, day in enumerate(days)]
    months = step * (12 if unit == "year" else 1)
    start = -(-(first.year * 12 + first.month - 1) // months) * months
    found = []
    for month in range(start, last.year * 12 + last.month, months):
        year, index = divmod(month, 12)
        if 1 <= year <= 9999:
            day = day_number(dt.date(year, index + 1, 1))
            if lo <= day <= hi:
                found.append((day, str(year) if unit == "year" else f"{_MONTHS[index]} {year}"))
    return found


def relative_ticks(lo: float, hi: float, *, most: int = 13) -> tuple[str, list[tuple[float, str]]]:
    """Unit in the plural and (days since day 0, label) of the ticks between two distances from day 0."""
    for days, unit, step in ((1, "days", 1), (2, "days", 2), (7, "weeks", 1), (14, "weeks", 2),
                             (30.436875, "months", 1), (91.310625, "months", 3),
                             (182.62125, "months", 6), *((n * _YEAR, "years", n) for n in (1, 2, 5, 10, 20, 50, 100))):
        if (hi - lo) / days <= most:
            break
    found = [(k * days, f"{k * step:+d}".replace("-", "\N{MINUS SIGN}") if k else "0")
             for k in range(ceil(lo / days), floor(hi / days) + 1)]
    return unit, found


def _step(length: float, most: int) -> tuple[str, int]:
    for days, unit, step in _STEPS:
        if length / days <= most:
            return unit, step
    return "year", 2000


def _day_label(day: dt.date, first: bool) -> str:
    year = f" {day.year}" if first or day.month == 1 and day.day <= 7 else ""
    return f"{day.day} {_MONTHS[day.month - 1]}{year}"
