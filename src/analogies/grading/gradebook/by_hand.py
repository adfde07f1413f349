"""Marks that a person gives: what is wrong with one, what entry it makes, and how it follows a rubric that changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from ...check.outcome import count
from ...check.rubric import Rubric
from ..submission import GradingError
from .entries import Answer, Asked, Change, Marking, same
from .standings import Case, counts, graded, hand, standing, version_of
from .tables import BACK, MARK, RESCORE


def one_of(questions: Sequence[Asked], question: str, exercise: str) -> Asked:
    """The question of this id.  Raises GradingError."""
    for one in questions:
        if one.id == question:
            return one
    if not questions:
        raise GradingError(f"Nothing of {exercise} is in this gradebook yet; grade a batch of it first.")
    raise GradingError(f"{exercise} has no question {question!r}; it has {', '.join(one.id for one in questions)}.")


def answers(case: Case, questions: Sequence[Asked]) -> Iterator[Answer]:
    """The written answers of the attempt that counts, for those questions; a blank one is none."""
    attempt = counts(case).attempt
    for question in questions:
        work = graded(case, question.id, attempt)
        if work and work[1].text:
            version = version_of(work)
            marked = hand(case.by_hand.get(question.id, ()), attempt, version)
            yield Answer(question.id, case.student, work[1].text, standing(case, question, attempt), version, attempt,
                         bool(marked and marked.version != version))


def entry(case: Case, question: Asked, marking: Marking, rubric: Rubric | None) -> dict[str, Any] | None:
    """The row of a mark by hand; None where the same mark stands already.  Raises GradingError."""
    earned, possible, levels = earned_by(question, marking, rubric)
    attempt = counts(case).attempt
    version = version_of(graded(case, question.id, attempt))
    stands = hand(case.by_hand.get(question.id, ()), attempt, version)
    read = marking.version or version
    if stands and same(stands.earned, earned) and same(stands.possible, possible) and (
            stands.levels, stands.comment, stands.version) == (levels, marking.comment, read):
        return None
    return {"question": question.id, "attempt": attempt, "does": MARK, "earned": earned, "possible": possible,
            "levels": levels, "comment": marking.comment, "version": read, "instead_of": None}


def earned_by(question: Asked, marking: Marking, rubric: Rubric | None) -> tuple[float, float, dict[str, int]]:
    """Points earned, points possible, levels.  Raises GradingError with everything that is wrong with the mark."""
    if (marking.levels is None) == (marking.points is None):
        raise GradingError(f"{question.id}: expected a level for each criterion of the rubric, or points, and not both.")
    if marking.points is not None:
        points = marking.points
        if isinstance(points, bool) or not isinstance(points, int | float) or not 0 <= points <= question.points:
            raise GradingError(f"{question.id}: expected 0 to {question.points:g} points, found {points!r}.")
        return float(points), question.points, {}
    if rubric is None:
        raise GradingError(f"{question.id} has no rubric; give points, from 0 to {question.points:g}.")
    if faults := level_faults(marking.levels or {}, rubric):
        raise GradingError(f"{question.id}: {'; '.join(faults)}.")
    if not same(rubric.points, question.points):
        raise GradingError(f"{question.id}: its rubric is worth {count(rubric.points, 'point')}, and the question was last graded"
                           f" for {count(question.points, 'point')}; make them agree and grade again.")
    return float(rubric.mark(dict(marking.levels or {}))), question.points, dict(marking.levels or {})


def level_faults(levels: Mapping[str, Any], rubric: Rubric) -> list[str]:
    """What is wrong with these levels, criterion by criterion."""
    known = {one.id: len(one.levels) - 1 for one in rubric.criteria}
    faults = [f"the rubric has no criterion {name!r}, it has {', '.join(known)}" for name in levels if name not in known]
    for name, top in known.items():
        if name not in levels:
            faults.append(f"{name} has no level; expected 0 to {top}")
        elif type(levels[name]) is not int or not 0 <= levels[name] <= top:
            faults.append(f"{name}: expected a level from 0 to {top}, found {levels[name]!r}")
    return faults


def back(case: Case, question: Asked, why: str) -> dict[str, Any]:
    """The row that takes back the mark by hand that stands.  Raises GradingError where none does, or without a reason."""
    if not why.strip():
        raise GradingError("To take a mark back, say why.")
    attempt = counts(case).attempt
    stands = hand(case.by_hand.get(question.id, ()), attempt, version_of(graded(case, question.id, attempt)))
    if stands is None:
        raise GradingError(f"{case.student.key} has no mark by hand for {question.id} that could be taken back.")
    return {**_copy(stands), "does": BACK}


def rescored(case: Case, questions: Sequence[Asked],
             rubrics: Mapping[str, Rubric]) -> Iterator[tuple[Change, dict[str, Any] | None]]:
    """The marks by levels, of the attempt that counts, whose rubric's points changed, each with the row to be added; None
    for a mark that cannot follow, because its levels are no longer in the rubric."""
    attempt = counts(case).attempt
    for question in questions:
        entries = case.by_hand.get(question.id, [])
        stands = hand(entries, attempt, version_of(graded(case, question.id, attempt)))
        rubric = rubrics.get(question.id)
        if not stands or not stands.levels or not rubric:
            continue
        before = standing(case, question, attempt)
        faults = level_faults(stands.levels, rubric)
        if not faults and not same(rubric.points, question.points):
            faults = [f"the rubric is worth {count(rubric.points, 'point')}, and the question was last graded for"
                      f" {count(question.points, 'point')}"]
        if faults:
            yield Change(case.student, question.id, before, before, f"the mark could not follow the rubric: {'; '.join(faults)}"), None
            continue
        earned = float(rubric.mark(dict(stands.levels)))
        if not (same(earned, stands.earned) and same(question.points, stands.possible)):
            after = replace(before, earned=earned, possible=question.points)
            yield (Change(case.student, question.id, before, after, "the rubric's points changed"),
                   {**_copy(stands), "does": RESCORE, "earned": earned, "possible": question.points})


def _copy(mark: Any) -> dict[str, Any]:
    """The row that says something about a mark by hand."""
    kept = ("question", "attempt", "earned", "possible", "levels", "comment", "version")
    return {name: getattr(mark, name) for name in kept} | {"instead_of": mark.id}
