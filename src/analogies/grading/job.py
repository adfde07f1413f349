"""What a worker must know to grade one exercise: small, and ready to be sent to it; the heavy part is loaded there, once."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from .. import kit
from ..check.question import Question
from . import private
from .checks import CHANGED, checks_of, copy_of
from .exercise_steps import answer_cells, asked_in
from .our_copy import Notebook, parsed
from .sandbox.trusted import Limits
from .submission import GradingError, Machine


@dataclass(frozen=True)
class Job:
    """One exercise to grade, and how.

    root: the kit's folder (exercises/SLUG.ipynb, solutions/SLUG.ipynb); questions_dir: private questions before the
    public ones; checks: a digest of all that decides a mark, "" where it is not asked for.
    """

    slug: str
    root: Path
    questions_dir: Path | None = None
    limits: Limits = Limits()
    isolated: bool = True
    checks: str = ""


@dataclass(frozen=True)
class Exercise:
    """What a job stands for, loaded: our own copy of the exercise, the questions, and the answers of the solution."""

    notebook: Notebook
    questions: tuple[Question, ...]
    reference: dict[str, str]
    blank: dict[str, str] = field(default_factory=dict)
    said: tuple[str, ...] = ()


def job_for(slug: str, *, root: Path | None = None, questions_dir: Path | None = None, limits: Limits = Limits(),  # noqa: B008
            isolated: bool = True) -> Job:
    """The job of grading this exercise here; root is the clone if left out.

    Raises UnknownExercise, FileNotFoundError where there is no clone, and GradingError for what is missing or faulty.
    """
    root = Path(root or kit.root()).resolve()
    private.questions(slug, Path(questions_dir) if questions_dir else None)  # a slug that does not exist is said first
    folder = Path(questions_dir).resolve() if questions_dir else None
    return Job(slug, root, folder, limits, isolated, checks_of(slug, root, folder))


@lru_cache(maxsize=8)
def exercise_of(job: Job) -> Exercise:
    """The exercise of a job, loaded once in each process.

    Raises GradingError for what is missing or faulty, and where this machine has other checks than the job asks for.
    """
    questions = private.questions(job.slug, job.questions_dir)
    if job.checks and job.checks != checks_of(job.slug, job.root, job.questions_dir):
        raise Machine(CHANGED.format(job.slug))
    path = copy_of(job.slug, job.root, job.questions_dir, "exercises")
    notebook, solution = _read(path), _read(copy_of(job.slug, job.root, job.questions_dir, "solutions"))
    said = _fit(questions, asked_in(notebook), job, path)
    return Exercise(notebook, questions, answer_cells(solution), answer_cells(notebook), said)


def _read(path: Path) -> Notebook:
    try:
        return parsed(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise GradingError(f"{path}: this copy of ours is no notebook ({type(error).__name__}); make it again") from None


def _fit(questions: tuple[Question, ...], asked: dict[str, str], job: Job, path: Path) -> tuple[str, ...]:
    """The questions must be those of the exercise; one of the exercise that is not among them is said."""
    for question in questions:
        where = private.line_of(private.file_of(job.slug, job.questions_dir), question.id) if job.questions_dir else job.slug
        if question.id not in asked:
            raise GradingError(f"{where}: {path} has no question {question.id}; it has {', '.join(asked)}")
        if asked[question.id] != question.kind:
            raise GradingError(f"{where}: {question.id} is of kind {question.kind}, and {path} has {_WHAT[asked[question.id]]} for it")
    if not questions:
        raise GradingError(f"{job.slug}: it has no question that is graded")
    left = [name for name in asked if name not in {question.id for question in questions}]
    return (f"{', '.join(left)} of the exercise: not among the questions of {job.questions_dir}, so not graded.",) if left else ()


_WHAT = {"auto": "a check", "written": "a text to read"}
