"""Which mark stands: of all rows about one student in one exercise, by rules that know no database.

The rules.  The attempt that counts is the highest of the last run that looked at the student.  Of a question, the last
mark by hand that was not taken back stands; it holds for its own attempt, and for another in which the same answer was
handed in.  Where there is none, the last automatic mark stands.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..submission import Student
from .entries import MARKED, NOT_GRADED, Asked, Entry, Row, Standing, day, in_words, same
from .tables import BACK, MARK, NONE, RESCORE


@dataclass
class Case:
    """Everything about one student in one exercise, oldest first: rows of submissions, of automatic marks by submission
    and question, and of marks by hand by question."""

    student: Student
    number: int = 0
    submissions: list[Any] = field(default_factory=list)
    automatic: dict[int, dict[str, Any]] = field(default_factory=dict)
    by_hand: dict[str, list[Any]] = field(default_factory=dict)

    def before(self, run: int) -> Case:
        """The same without what this run and later ones brought."""
        return Case(self.student, self.number, [one for one in self.submissions if one.run_id < run], self.automatic, self.by_hand)


def counts(case: Case) -> Any:
    """The submission of the attempt that counts, as it was last seen."""
    last = max(one.run_id for one in case.submissions)
    return max((one for one in case.submissions if one.run_id == last), key=lambda one: (one.attempt, one.id))


def graded(case: Case, question: str, attempt: int) -> tuple[Any, Any] | None:
    """The last submission of this attempt in which the question was graded, and its automatic mark.

    One that could not be read takes no mark away: an earlier one that could, of this attempt or of one before it, counts.
    """
    found = [(one, mark) for one in reversed(case.submissions)
             if one.attempt <= attempt and (mark := case.automatic.get(one.id, {}).get(question))]
    found.sort(key=lambda work: -work[0].attempt)  # the highest attempt first, and of it the last
    if not found or found[0][0].attempt != attempt:
        return None
    return next((work for work in found if work[1].status != NOT_GRADED), found[0])


def version_of(work: tuple[Any, Any] | None) -> str:
    """The name of what was answered: of the text where there is one, else of the whole submission."""
    return (work[1].version or work[0].digest) if work else ""


def hand(entries: Sequence[Any], attempt: int, version: str) -> Any | None:
    """The mark by hand that stands, or None."""
    gone = {one.instead_of for one in entries}
    return next((one for one in reversed(entries) if one.does != BACK and one.id not in gone
                 and (one.attempt == attempt or (version and one.version == version))), None)


def standing(case: Case, question: Asked, attempt: int) -> Standing:
    """The mark of a question that counts."""
    work = graded(case, question.id, attempt)
    version = version_of(work)
    if mark := hand(case.by_hand.get(question.id, ()), attempt, version):
        return Standing(question.id, mark.earned, mark.possible, MARKED, _about(mark, question, attempt, version), mark.who,
                        mark.at, mark.why, mark.levels, mark.comment)
    if not work:
        return Standing(question.id, None, question.points, NOT_GRADED, ("This question has not been graded yet.",))
    submission, auto = work
    said = (*auto.said, *(_elsewhere(case, question.id, attempt) if auto.earned is None else ()))
    return Standing(question.id, auto.earned, auto.possible, auto.status, said, when=submission.at, why=submission.why)


def _elsewhere(case: Case, question: str, attempt: int) -> Iterator[str]:
    """Marks by hand of other attempts, whose answer was another one."""
    entries = case.by_hand.get(question, ())
    for other in sorted({one.attempt for one in entries} - {attempt}):
        if mark := hand(entries, other, ""):
            yield f"Attempt {other}, in which this answer was another one, was marked {in_words(mark.earned, mark.possible, MARKED)}."


def _about(mark: Any, question: Asked, attempt: int, version: str) -> tuple[str, ...]:
    said = []
    if version != mark.version:
        said.append(f"This answer was handed in anew after it was marked on {day(mark.at)}.")
    elif mark.attempt != attempt:
        said.append(f"This mark was given for attempt {mark.attempt}, in which the answer was the same.")
    if not same(mark.possible, question.points):
        said.append(f"This mark was given when the question was worth {mark.possible:g} points; it is worth {question.points:g} now.")
    return tuple(said)


def row(case: Case, questions: Sequence[Asked]) -> Row:
    """The student's row."""
    last = counts(case)
    attempt = last.attempt
    of_attempt = [one for one in case.submissions if one.attempt == attempt]
    read = next((one for one in reversed(of_attempt) if one.graded != NONE), last)
    works = [work for question in questions if (work := graded(case, question.id, attempt))]
    unread = any(mark.status == NOT_GRADED for mark in case.automatic.get(read.id, {}).values())
    before = [f"The marks are those of what was handed in before, {one.file}, which could be read."
              for one, mark in works if unread and mark.status != NOT_GRADED]
    return Row(case.student, last.file, last.handed_in, last.late, attempt,
               tuple(dict.fromkeys((*last.found, *read.oddities, *before))),
               "; ".join(dict.fromkeys(one.isolation for one, _ in works if one.isolation)),
               {question.id: standing(case, question, attempt) for question in questions})


def history(case: Case, question: str) -> list[Entry]:
    """Every mark of a question there ever was, of every attempt, oldest first."""
    found = []
    for one in case.submissions:
        if mark := case.automatic.get(one.id, {}).get(question):
            found.append(Entry("graded", one.attempt, mark.earned, mark.possible, mark.status, tuple(mark.said), "auto", one.at,
                               one.why, one.run_id))
    does: Mapping[str, str] = {MARK: "marked", RESCORE: "rescored", BACK: "taken back"}
    for mark in case.by_hand.get(question, ()):
        found.append(Entry(does[mark.does], mark.attempt, mark.earned, mark.possible, MARKED, (), mark.who, mark.at, mark.why,
                           None, mark.levels, mark.comment))
    return sorted(found, key=lambda entry: entry.when)
