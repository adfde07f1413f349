"""What a gradebook tells: a student's row, the mark that stands, every mark there ever was, what a regrade changed."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from ...check.outcome import number
from ..submission import Student

AUTO = "auto"  # who gave an automatic mark
MARKED = "MARKED"  # the status of a mark by hand
NOT_GRADED = "NOT GRADED"
_OURS = "The notebook could not be graded"


@dataclass(frozen=True)
class Asked:
    """A question of an exercise as it was last graded."""

    id: str
    points: float
    kind: str


@dataclass(frozen=True)
class Standing:
    """The mark of one question that counts now.

    earned: None while it waits for a reader; said: sentences for the student; by: "auto", or who gave it by hand;
    levels: {criterion: level} where it was marked by a rubric.
    """

    question: str
    earned: float | None
    possible: float
    status: str
    said: tuple[str, ...] = ()
    by: str = AUTO
    when: datetime | None = None
    why: str = ""
    levels: Mapping[str, int] = field(default_factory=dict)
    comment: str = ""

    @property
    def mark(self) -> str:
        """The mark in words: 2.5 of 4."""
        return in_words(self.earned, self.possible, self.status)


@dataclass(frozen=True)
class Row:
    """One student in one exercise: the attempt that counts, and the mark of each question that was last asked.

    oddities: of the file and of reading it; isolation: how the code behind these marks was run.
    """

    student: Student
    file: str
    when: datetime | None
    late: bool
    attempt: int
    oddities: tuple[str, ...]
    isolation: str
    marks: Mapping[str, Standing]

    @property
    def earned(self) -> float:
        """Points so far; what waits for a reader is not in it."""
        return math.fsum(mark.earned or 0 for mark in self.marks.values())

    @property
    def ungraded(self) -> bool:
        """Whether nothing of it was graded: the file could not be read, or is of another exercise.  That is no zero."""
        return bool(self.marks) and all(mark.earned is None and mark.status == NOT_GRADED for mark in self.marks.values())

    @property
    def broken(self) -> bool:
        """Whether nothing was graded because grading itself failed, which is no fault of the file."""
        return self.ungraded and any(said.startswith(_OURS) for mark in self.marks.values() for said in mark.said)

    @property
    def waits(self) -> tuple[str, ...]:
        """The questions that have no mark yet."""
        return tuple(name for name, mark in self.marks.items() if mark.earned is None)


@dataclass(frozen=True)
class Entry:
    """One entry of a question's history.  does: "graded", "marked", "rescored" or "taken back"."""

    does: str
    attempt: int
    earned: float | None
    possible: float
    status: str
    said: tuple[str, ...]
    by: str
    when: datetime
    why: str
    run: int | None = None
    levels: Mapping[str, int] = field(default_factory=dict)
    comment: str = ""

    @property
    def sentence(self) -> str:
        """The entry in words: when, who, what, why."""
        of = f" (attempt {self.attempt})" if self.attempt > 1 else ""
        reached = f" by {', '.join(f'{name} {level}' for name, level in self.levels.items())}" if self.levels else ""
        mark = in_words(self.earned, self.possible, self.status)
        what = {
            "graded": f"run {self.run}: {mark}",
            "marked": f"{self.by} gave {mark}{reached}",
            "rescored": f"the rubric had changed: {mark}{reached}; asked for by {self.by}",
            "taken back": f"{self.by} took back the mark of {mark}",
        }[self.does]
        why = f", because: {self.why}" if self.why else ""
        comment = f" Comment: {self.comment}" if self.comment and self.does != "taken back" else ""
        return f"{moment(self.when)}{of}: {what}{why}.{comment}"


@dataclass(frozen=True)
class Change:
    """A mark that a run or a new rubric changed; before is None where the question had not been graded."""

    student: Student
    question: str
    before: Standing | None
    after: Standing
    why: str

    @property
    def sentence(self) -> str:
        """The change in words."""
        before = self.before.mark if self.before else "no mark"
        return f"{self.student.name or self.student.key}, {self.question}: {before} became {self.after.mark}; {self.why}."


@dataclass(frozen=True)
class Answer:
    """A written answer of the attempt that counts, and its mark so far.

    version: a short name of exactly this text; anew: it was handed in after the mark by hand was given.
    """

    question: str
    student: Student
    text: str
    standing: Standing
    version: str
    attempt: int = 1
    anew: bool = False


@dataclass(frozen=True)
class Marking:
    """A mark that a person gives: by levels of the rubric or by points.  version: of the text that was read, "" for the
    one that stands in the gradebook."""

    question: str
    student: str
    levels: Mapping[str, int] | None = None
    points: float | None = None
    comment: str = ""
    version: str = ""


def in_words(earned: float | None, possible: float, status: str) -> str:
    """2.5 of 4; or why there is no number yet."""
    if earned is None:
        return "not graded yet" if status == NOT_GRADED else f"to be read (of {number(possible)})"
    return f"{number(earned)} of {number(possible)}"


def day(when: datetime) -> str:
    """29 November 2026 (UTC)."""
    return f"{when.day} {when:%B %Y}"


def moment(when: datetime) -> str:
    """29 November 2026, 14:05 UTC."""
    return f"{day(when)}, {when:%H:%M} UTC"


def same(a: float | None, b: float | None) -> bool:
    """Whether two marks are one: a mark went through a database and sums of tenths."""
    return a is b if a is None or b is None else math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-9)
