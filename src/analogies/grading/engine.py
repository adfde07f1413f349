"""Grades a folder of submitted notebooks: find, run again in our own copy, score, one student after the other.

First form: slow, and NOT ISOLATED (see grading/rerun.py).  It says so before it starts and with the marks.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from .. import kit
from ..check import catalogue
from ..check.question import Question
from . import intake
from .batch import Batch, Graded
from .intake import GradingError, Submission
from .rerun import SECONDS_A_CELL, rerun
from .score import score

NOT_ISOLATED = ("Not isolated: students' code runs here with your own rights and could read or change your files, or forge "
                "its marks. Grade only work of people you trust, or in a machine that holds nothing else.")


def grade_folder(folder: Path, slug: str, *, report: Callable[[str], object] = print, root: Path | None = None,
                 questions: Sequence[Question] | None = None, seconds_a_cell: float = SECONDS_A_CELL) -> Batch:
    """Grade every submission of one exercise; what is odd about one is said with it, and the batch goes on.

    root (default: the clone) has exercises/SLUG.ipynb and solutions/SLUG.ipynb; questions default to check/questions.
    First the solution must earn all marks and the blank exercise none, by the same way.  Raises GradingError if they
    do not, or where there is nothing to grade; UnknownExercise for a slug that does not exist.
    """
    root = Path(root or kit.root())
    asked = [q for q in (questions or catalogue.questions(slug).values()) if q.kind != "quick"]
    found = intake.find(Path(folder), slug)
    exercise, solution = _ours(root, "exercises", slug), _ours(root, "solutions", slug)
    report(NOT_ISOLATED)
    report(f"{slug}: first the solution and the blank exercise are graded, to see that grading works here")
    _prove(exercise, solution, asked, slug, seconds_a_cell)
    graded = []
    for number, (student, path) in enumerate(found, start=1):
        report(f"{student} ({number} of {len(found)})")
        graded.append(_grade(intake.read(student, path, exercise, slug), exercise, asked, seconds_a_cell))
    _name_twins(graded)
    return Batch(slug, tuple(asked), tuple(graded), NOT_ISOLATED)


def _grade(submission: Submission, exercise: NotebookNode, questions: Sequence[Question], seconds: float) -> Graded:
    oddities = list(submission.oddities)
    blank = {c.metadata.nbgrader.grade_id: c.source.strip() for c in exercise.cells
             if c.metadata.get("nbgrader", {}).get("solution")}
    written = {q.id: text for q in questions if q.kind == "written"
               and (text := submission.answers.get(q.id, "")).strip() != blank.get(q.id)}
    if not submission.answers:  # nothing to run; a blank answer earns 0 without a kernel
        return Graded(submission.student, submission.path,
                      tuple(score(questions, {q.id: dict.fromkeys(q.answers, b"null") for q in questions}, {}, {})),
                      tuple(oddities), {})
    try:
        result = rerun(exercise, submission.answers, questions, seconds_a_cell=seconds)
    except Exception as error:  # one student's notebook must not end the batch
        oddities.append(f"The notebook could not be run ({type(error).__name__}: {str(error)[:200]}); grade it by hand.")
        marks = score(questions, {}, {}, written)
        return Graded(submission.student, submission.path, tuple(marks), tuple(oddities), written)
    marks = score(questions, result.values, result.faults, written)
    return Graded(submission.student, submission.path, tuple(marks), (*oddities, *result.oddities), written)


def _prove(exercise: NotebookNode, solution: NotebookNode, questions: Sequence[Question], slug: str, seconds: float) -> None:
    """The solution earns all automatic marks and the blank none, by the same way.  Raises GradingError."""
    answers = {c.metadata.nbgrader.grade_id: c.source for c in solution.cells
               if c.metadata.get("nbgrader", {}).get("solution")}
    for name, given in (("solution", answers), ("blank exercise", {})):
        result = rerun(exercise, given, questions, seconds_a_cell=seconds)
        for mark in score(questions, result.values, result.faults, {}):
            kind = next(q.kind for q in questions if q.id == mark.question)
            due = mark.possible if name == "solution" else 0
            if kind == "auto" and mark.earned != due:
                raise GradingError(
                    f"{slug}: nothing was graded, because the {name} earns {mark.earned:g} of {mark.possible:g} points for "
                    f"{mark.question} where {due:g} were expected ({' '.join(mark.said + tuple(result.oddities)) or 'no reason given'}); "
                    f"run: analogies build {slug}")


def _ours(root: Path, folder: str, slug: str) -> NotebookNode:
    path = root / folder / f"{slug}.ipynb"
    if not path.exists():
        raise GradingError(f"{path}: our own copy of the exercise is missing; run: analogies build {slug}")
    return nbformat.read(path, as_version=4)


def _name_twins(graded: list[Graded]) -> None:
    """Two notebooks of one student are both graded, and both say so."""
    for number, one in enumerate(graded):
        others = [other.path.name for other in graded if other.student == one.student and other is not one]
        if others:
            said = f"This student handed in {len(others) + 1} notebooks; each has a row."
            graded[number] = Graded(one.student, one.path, one.marks, (*one.oddities, said), one.written)
