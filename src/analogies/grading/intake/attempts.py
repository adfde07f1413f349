"""Chooses among the notebooks of one student: the last before the deadline, or another attempt, and says what it passed over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from ..names import listed, shown
from ..submission import GradingError
from .contents import File
from .dates import aware, written

UNDATED = "Nothing says when it was handed in, so it was not compared with the deadline."
ANY_ZONE = timedelta(hours=26)  # from UTC-12 to UTC+14


@dataclass(frozen=True)
class Try:
    """One notebook of a student.  when: when it was handed in; by: what says so; local: it came without a zone.

    order: its place among the others where nothing says when; marked_late: the LMS itself says that it is late.
    """

    file: File
    name: str
    when: datetime | None = None
    by: str = ""
    local: bool = False
    order: tuple = ()
    marked_late: bool = False
    said: tuple[str, ...] = field(default=())


@dataclass(frozen=True)
class Chosen:
    """A try that is to be graded, its number among the student's, and what is to be said about it."""

    attempt: Try
    number: int
    late: bool
    said: tuple[str, ...]


def check(attempt: str | int) -> None:
    """Raises GradingError for a choice that does not exist."""
    number = isinstance(attempt, int) and not isinstance(attempt, bool) and attempt >= 1
    if not number and attempt not in ("last", "first", "all"):
        raise GradingError(f'attempt: expected "last", "first", "all" or a number from 1 on, found {attempt!r}')


def in_order(tries: Sequence[Try]) -> list[Try]:
    """The earliest first: by time where every one has a time, otherwise by the numbers that were given to them."""
    timed = all(one.when for one in tries)
    return sorted(tries, key=lambda one: (one.when if timed else None, one.order) if timed else (one.order,))


def choose(tries: Sequence[Try], deadline: datetime | None, attempt: str | int) -> list[Chosen]:
    """What is graded of one student's tries, which must not be empty."""
    ordered = list(enumerate(in_order(tries), start=1))
    if attempt == "all":
        wanted = ordered
    elif attempt == "first":
        wanted = ordered[:1]
    elif attempt == "last":
        in_time = [pair for pair in ordered if not _is_late(pair[1], deadline)]
        wanted = (in_time or ordered)[-1:]
    else:
        wanted = [pair for pair in ordered if pair[0] == attempt] or ordered[-1:]
    chosen = []
    for number, one in wanted:
        said = [*one.said, *_about_the_time(one, deadline)]
        if isinstance(attempt, int) and number != attempt:
            said.append(f"There is no attempt {attempt}; the last one, {number}, was taken.")
        if others := [pair for pair in ordered if pair not in wanted]:
            said.append(_passed_over(others, deadline))
        chosen.append(Chosen(one, number, _is_late(one, deadline), tuple(said)))
    return chosen


def _is_late(one: Try, deadline: datetime | None) -> bool:
    return one.marked_late or deadline is not None and one.when is not None and one.when > aware(deadline)


def _about_the_time(one: Try, deadline: datetime | None) -> list[str]:
    if one.marked_late:
        return ["Canvas marks it as late."]
    if deadline is None:
        return []
    if one.when is None:
        return [] if one.by == "Canvas" else [UNDATED]
    late = [f"Late: {written(one.when)} by {one.by}; the deadline was {written(aware(deadline))}."] if _is_late(one, deadline) else []
    if one.local and abs(one.when - aware(deadline)) < ANY_ZONE:
        late.append(f"The time of {one.by} ({written(one.when)}) has no time zone; it was taken as the local time here.")
    return late


def _passed_over(others: Sequence[tuple[int, Try]], deadline: datetime | None) -> str:
    names = [f"{shown(one.name)} (attempt {number}{_dated(one, deadline)})" for number, one in others]
    what = "1 other notebook was" if len(names) == 1 else f"{len(names)} other notebooks were"
    return f"{what} passed over: {listed(names)}."


def _dated(one: Try, deadline: datetime | None) -> str:
    late = ", late" if _is_late(one, deadline) else ""
    return (f", {written(one.when)}" if one.when else "") + late


def with_more(one: Try, *said: str) -> Try:
    """The same try, of which more is to be said."""
    return replace(one, said=(*one.said, *filter(None, said)))
