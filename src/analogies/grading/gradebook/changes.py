"""Why a run gave another mark than the one that stood: the checks, the answers or the kit changed, or nothing did."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from .entries import Asked, Change, Standing, same
from .standings import Case, counts, graded, standing


def changes(case: Case, run: int, started: datetime, questions: Sequence[Asked]) -> Iterator[Change]:
    """What the run changed for one student.  Marks by hand that were given later are left out of the comparison."""
    by_hand = {name: [one for one in entries if one.at <= started] for name, entries in case.by_hand.items()}
    after = Case(case.student, case.number, [one for one in case.submissions if one.run_id <= run], case.automatic, by_hand)
    before = after.before(run)
    if not before.submissions or all(one.run_id != run for one in after.submissions):
        return
    old, new = counts(before).attempt, counts(after).attempt
    for question in questions:
        was, now = graded(before, question.id, old), graded(after, question.id, new)
        stood, stands = standing(before, question, old), standing(after, question, new)
        if now and not _same(stood, stands):
            yield Change(case.student, question.id, stood if was else None, stands, reason(was and was[0], now[0]))


def _same(a: Standing, b: Standing) -> bool:
    return same(a.earned, b.earned) and same(a.possible, b.possible)


def reason(was: Any | None, now: Any) -> str:
    """What differs between two gradings of a question: rows of submissions with their run's checks, kit and isolation."""
    if was is None:
        return "the question was not graded before"
    found = []
    if was.attempt != now.attempt:
        found.append(f"attempt {now.attempt} counts in place of attempt {was.attempt}")
    if was.digest != now.digest:
        found.append("the answers changed")
    if was.checks != now.checks:
        found.append("the checks changed")
    if was.kit != now.kit:
        parts = zip(was.kit.split(", "), now.kit.split(", "), strict=False)
        found.append(f"the kit changed ({'; '.join(f'{a}, now {b}' for a, b in parts if a != b) or now.kit})")
    if was.isolation != now.isolation:
        found.append(f"the code was run in another way ({was.isolation or 'not said'}, now {now.isolation or 'not said'})")
    return ", and ".join(found) or "the same answers and checks gave another mark: does the answer depend on chance or on the time?"
