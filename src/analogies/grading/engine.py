"""Grades one submission: read as data, run in a sandbox, scored from its values.  It knows nothing of where it runs.

Whatever is heavy is kept: the exercise and its questions by process, the sandbox by thread, for each job.
"""

from __future__ import annotations

import atexit
import hashlib
import json
import threading
from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import Any

from ..check.question import Question
from . import intake
from .checker import Checker
from .exercise_steps import grade_id, is_answer, steps
from .gradebook.entries import NOT_GRADED
from .job import Exercise, Job, exercise_of, job_for
from .sandbox.trusted import Ran, Sandbox
from .score import Mark
from .submission import Graded, GradingError, Handed, Submission

__all__ = ["Job", "close_sandboxes", "grade_one", "job_for", "prove"]

_here = threading.local()
_open: list[Sandbox | Checker] = []
_opening = threading.Lock()


def grade_one(job: Job, handed: Handed, known: str = "") -> Graded | None:
    """The marks of one submission; None where its digest is `known`, the one that the gradebook has for these checks.

    Never raises for what a submission holds.  Raises GradingError where this machine cannot grade the job.
    """
    exercise = exercise_of(job)
    submission = intake.read(handed, exercise.notebook, job.slug)
    digest = digest_of(submission)
    if digest == known:
        return None
    written = _written(exercise, submission.answers)
    oddities = tuple(dict.fromkeys((*handed.oddities, *([submission.unread] if submission.unread else []), *submission.oddities)))
    if not submission.answers:
        return Graded(handed, digest, ungraded(exercise.questions, submission.unread), oddities)
    box = sandbox_of(job)
    marks, ran, odd, faults = _run(job, box, exercise, submission.answers, written)
    return Graded(handed, digest, marks, (*oddities, *faults, *odd), written, box.isolation, ran.cpu, ran.own, ran.peak)


def prove(job: Job, name: str) -> str:
    """Grade the "solution" or the "blank exercise" in this thread's sandbox; gives the isolation in a few words.

    The one earns all automatic marks, the other none.  Without this, a sandbox that hides an import would give wrong marks
    and say that all is well.  Raises GradingError.
    """
    exercise, box = exercise_of(job), sandbox_of(job)
    marks, _, odd, _ = _run(job, box, exercise, exercise.reference if name == "solution" else {}, {})
    if odd:
        raise GradingError(f"{job.slug}: nothing was graded, because the {name} does not run here: {' '.join(odd)}")
    for question, mark in zip(exercise.questions, marks, strict=True):
        due = mark.possible if name == "solution" else 0
        if question.kind == "auto" and mark.earned != due:
            raise GradingError(
                f"{job.slug}: nothing was graded, because the {name} earns {mark.earned:g} of {mark.possible:g} points for "
                f"{mark.question} where {due:g} were expected ({' '.join(mark.said) or 'no reason given'}); {_way_out(job)}")
    return box.isolation


def ungraded(questions: Iterable[Question], why: str) -> tuple[Mark, ...]:
    """No mark for any question, and nothing that waits for a reader: nothing is known of the answers."""
    return tuple(Mark(question.id, None, question.points, NOT_GRADED, (why,)) for question in questions)


def digest_of(submission: Submission) -> str:
    """What is the same where the same work was handed in: of the answers' text, or of why there is none."""
    known = [sorted(submission.answers.items()), submission.unread]
    return hashlib.sha256(json.dumps(known, ensure_ascii=True).encode()).hexdigest()


def sandbox_of(job: Job) -> Sandbox:
    """This thread's sandbox with the limits of the job; opened when it is first asked for."""
    return _kept((job.limits, job.isolated), lambda: Sandbox(job.limits, isolated=job.isolated))


def checker_of(job: Job) -> Checker:
    """This thread's process that checks the answers of the job; started when it is first asked for."""
    return _kept(job, lambda: Checker(job))


def _kept(what: Hashable, opened: Callable[[], Any]) -> Any:
    own = _here.__dict__.setdefault("own", {})
    found = own.get(what)
    if found is None or found not in _open:
        found = own[what] = opened()
        with _opening:
            _open.append(found)
    return found


@atexit.register
def close_sandboxes() -> None:
    """End every process that this process has started for code or checks; the next submission starts new ones."""
    while _open:
        _open.pop().close()


def _run(job: Job, box: Sandbox, exercise: Exercise, answers: Mapping[str, str],
         written: Mapping[str, str]) -> tuple[tuple[Mark, ...], Ran, tuple[str, ...], tuple[str, ...]]:
    """The marks, what the run took, what was odd about cells of ours, and which of the student's did not finish."""
    checker = checker_of(job)  # it loads while the first submission runs
    ran = box.run(steps(exercise.notebook, answers, exercise.questions))
    own = {grade_id(cell) for cell in exercise.notebook.cells if is_answer(cell)}
    faults = {name: f"The answer cell of {name} did not finish: {why}." for name, why in ran.faults.items() if name in own}
    odd = tuple(f"A cell of the exercise itself ({name}) failed: {why}; an answer above it may have changed a name that it needs."
                for name, why in ran.faults.items() if name not in own)
    unfinished = tuple(f"{name} did not finish: {why}." for name, why in ran.faults.items() if name in own)
    return tuple(checker.score(exercise.questions, ran.values, faults, written)), ran, odd, unfinished


def _written(exercise: Exercise, answers: Mapping[str, str]) -> dict[str, str]:
    """The texts for a reader; the starter line alone is none."""
    blank = exercise.blank
    return {q.id: text for q in exercise.questions if q.kind == "written"
            and (text := answers.get(q.id, "")).strip() != blank.get(q.id, "").strip()}


def _way_out(job: Job) -> str:
    if job.questions_dir:
        return f"mend the questions, or put the solution to them into {job.questions_dir / 'solutions' / job.slug}.ipynb"
    return f"run: analogies build {job.slug}"
