"""When a file was handed in: from nbgrader's timestamp.txt, or from the file's own time; and how a time is written."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

MADE_WITHIN = timedelta(hours=1)  # a download of a class takes less; a class hands in over a longer time


def stamped(text: str) -> tuple[datetime | None, str]:
    """The time in a timestamp.txt such as `2026-11-29 22:10:03.123456 UTC`, and what was odd, in a sentence.

    As nbgrader reads it: without a zone it is UTC.
    """
    words = text.strip().split()
    try:
        when = datetime.fromisoformat(" ".join(words[:2]))
    except ValueError:
        return None, "The file timestamp.txt holds no time that can be read."
    zone = words[2] if len(words) > 2 else "UTC"
    try:
        if when.tzinfo is None and zone[:1] in "+-":
            when = datetime.fromisoformat(f"{when.isoformat()}{zone}")
        elif when.tzinfo is None:
            when = when.replace(tzinfo=UTC if zone.upper() in ("UTC", "GMT", "Z") else ZoneInfo(zone))
        return when.astimezone(UTC), ""
    except (ValueError, LookupError, OSError, OverflowError):
        pass
    return when.replace(tzinfo=UTC), f"The file timestamp.txt names a time zone that is not known here ({zone[:20]}); UTC was assumed."


def aware(deadline: datetime) -> datetime:
    """A deadline in UTC; one without a zone is local."""
    return deadline.astimezone(UTC)


def are_of_the_download(times: Iterable[datetime]) -> bool:
    """Whether the times of an LMS's files are those at which its zip was made: all within an hour.

    Moodle since 3.10 and Canvas write nothing else; older Moodles wrote when each file was handed in.
    """
    known = list(times)
    return not known or max(known) - min(known) <= MADE_WITHIN


def written(when: datetime) -> str:
    """A time for people, in local time: 2026-11-29 23:59."""
    try:
        return when.astimezone().strftime("%Y-%m-%d %H:%M")
    except (ValueError, OverflowError, OSError):
        return when.strftime("%Y-%m-%d %H:%M UTC")
