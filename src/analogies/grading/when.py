"""When work is due and which attempt counts, read from what an instructor types."""

from __future__ import annotations

import re
from datetime import datetime, time

from .submission import GradingError


def deadline(text: str | None) -> datetime | None:
    """The moment, with its zone: this machine's where none is given; a day alone ends at its last minute.

    Raises GradingError.
    """
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        raise GradingError(f"--deadline: expected a time such as 2026-11-29T23:59 or 2026-11-29T23:59+01:00, found {text!r}") from None
    if re.fullmatch(r"\d{4}-?(\d\d-?\d\d|W\d\d-?\d)", text.strip()):
        moment = datetime.combine(moment.date(), time(23, 59, 59))
    try:
        return moment.astimezone() if moment.tzinfo is None else moment
    except (OverflowError, OSError, ValueError):
        raise GradingError(f"--deadline: {text!r} is too far away; expected a time such as 2026-11-29T23:59") from None


def attempt(text: str) -> str | int:
    """last, first, all, or the number of an attempt.  Raises GradingError."""
    word = text.strip().lower()
    if word in ("last", "first", "all"):
        return word
    if re.fullmatch(r"[1-9]\d{0,3}", word):
        return int(word)
    raise GradingError(f"--attempt: expected last, first, all or a number from 1 on, found {text!r}")


def in_words(moment: datetime) -> str:
    """29 November 2026, 23:59 (UTC+01:00)."""
    return f"{moment.day} {moment:%B %Y, %H:%M} ({moment.tzname() or 'no zone'}, {moment:%z})"
