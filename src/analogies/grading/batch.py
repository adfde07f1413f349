"""Grades a batch: finds what was handed in, proves that grading works here, shares the work out, keeps each result as it comes."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from ..check.outcome import count
from ..check.question import Question
from . import intake
from .engine import close_sandboxes, grade_one, prove, ungraded
from .gradebook.book import Gradebook
from .job import Job, exercise_of, job_for
from .keeping import Keeping
from .sandbox.trusted import Limits
from .submission import Graded, GradingError, Handed, Machine

_LOOKED_AT = 10  # notebooks that are read before anything is graded
CAUTION = ("Not isolated: students' code runs here with your own rights and could read or change your files, or forge its "
           "marks. Grade only work of people you trust, or in a machine that holds nothing else.")


@dataclass
class Run:
    """What a batch did.  number: in the gradebook, None where nothing was kept; known: graded before and unchanged;
    by_hand: sentences on those that could not be graded; stopped: by Ctrl-C, before the end; hurried: by a second one, so
    that what was under way may still run; said: what concerns no student, in sentences."""

    slug: str
    gradebook: Gradebook
    questions: tuple[Question, ...]
    students: frozenset[str]
    found: int
    isolation: str = ""
    number: int | None = None
    graded: int = 0
    known: int = 0
    by_hand: list[str] = field(default_factory=list)
    cautions: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    regraded: bool = False
    stopped: bool = False
    hurried: bool = False

    @property
    def done(self) -> int:
        """How many of those found are in the gradebook with their marks."""
        return self.graded + self.known


def grade_batch(path: Path, slug: str, *, gradebook: Gradebook | Path | str, who: str, deadline: datetime | None = None,
                attempt: str | int = "last", workers: int | None = None, regrade: Collection[str] | None = None,
                questions_dir: Path | None = None, isolated: bool = True, limits: Limits = Limits(),  # noqa: B008
                root: Path | None = None, report: Callable[[str], object] = print,
                progress: Callable[[int, int], object] = lambda done, found: None) -> Run:
    """Grade what was handed in and is not in the gradebook yet with these answers and checks; each result is kept as it comes.

    regrade: questions that are marked anew for everybody ({"all"}: each of them).  Ctrl-C finishes what is under way; a
    second one does not wait for it.  Raises GradingError where nothing can be graded or kept, with what is kept; and
    UnknownExercise.
    """
    job = job_for(slug, root=root, questions_dir=questions_dir, limits=limits, isolated=isolated)
    exercise = exercise_of(job)
    anew = _anew(regrade, exercise.questions)
    found = intake.find(Path(path), slug, deadline=deadline, attempt=attempt)
    _refuse_another_exercise(job, found)
    workers = max(1, min(workers or _processors(), len(found)))
    book = gradebook if isinstance(gradebook, Gradebook) else Gradebook(gradebook)
    run = Run(slug, book, exercise.questions, frozenset(handed.student.key for handed in found), len(found),
              cautions=() if isolated else (CAUTION,), said=(*exercise.said, *found.said), regraded=bool(anew))
    for sentence in (*book.unfinished(slug)[-1:], *run.cautions):  # of several runs that were ended the last says enough
        report(sentence)
    pool = ThreadPoolExecutor(workers, thread_name_prefix="grading")
    try:
        with _interruptible() as asked_to_stop:
            report(f"{slug}: first the solution and the blank exercise are graded, to see that grading works here.")
            for proof in [pool.submit(prove, job, name) for name in ("solution", "blank exercise")]:
                run.isolation = proof.result()
            report(f"Students' code runs {run.isolation}. {count(len(found), 'submission')}, {count(workers, 'worker')}.")
            progress(0, len(found))
            keeping = Keeping(run, job, who, anew)
            _share_out(pool, workers, found, keeping, asked_to_stop, report, progress)
            keeping.finish()
    finally:
        pool.shutdown(wait=not run.hurried, cancel_futures=True)
        close_sandboxes()
    return run


def _refuse_another_exercise(job: Job, found: list[Handed]) -> None:
    """A slug that was mistyped would give everybody no points: where none of several notebooks can be graded, none is.

    Raises GradingError.
    """
    unread = []
    for handed in found[:_LOOKED_AT]:
        try:
            submission = intake.read(handed, exercise_of(job).notebook, job.slug)
        except Machine:
            raise
        except Exception:  # said, and tried again, when it is graded
            return
        if submission.answers:
            return
        unread.append(submission.unread.removeprefix(intake.NOTHING))
    if len(unread) > 1:
        raise GradingError(f"{job.slug}: nothing was graded, because none of the first {len(unread)} notebooks can be graded as this "
                           f"exercise. The first, of {found[0].student.name or found[0].student.key}: {unread[0]}")


def _share_out(pool: ThreadPoolExecutor, workers: int, found: list[Handed], keeping: Keeping, asked_to_stop: list[int],
               report: Callable[[str], object], progress: Callable[[int, int], object]) -> None:
    """Have a few more graded than there are workers, so that memory does not grow with the batch; keep what comes back."""
    waiting: dict[Future, Handed] = {}
    queue = iter(found)
    told = False
    done = 0
    while True:
        while len(waiting) < 2 * workers + 2 and not asked_to_stop and (handed := next(queue, None)):
            waiting[pool.submit(_graded, keeping.job, handed, keeping.digest_known(handed))] = handed
        if asked_to_stop and not told:
            told = True
            for future in [future for future in waiting if future.cancel()]:
                del waiting[future]
            report(f"Stopping: {count(len(waiting), 'submission')} under way will be finished and kept; a second Ctrl-C does not wait.")
        if not waiting or len(asked_to_stop) > 1:
            break
        for future in wait(waiting, timeout=0.5, return_when=FIRST_COMPLETED)[0]:
            keeping.take(waiting.pop(future), *future.result())
            done += 1
            progress(done, len(found))
    keeping.run.stopped, keeping.run.hurried = done < len(found), bool(waiting)


def _graded(job: Job, handed: Handed, known: str) -> tuple[Graded | None, str]:
    """The marks, or None where they are known; and why they must be given by hand, "" where they need not."""
    exercise = exercise_of(job)
    try:
        return grade_one(job, handed, known), ""
    except Machine:
        raise  # this machine cannot grade any longer: the batch stops
    except Exception as error:  # one student's notebook must not end the batch
        named = "" if isinstance(error, GradingError) else f"{type(error).__name__}: "
        why = f"could not be graded ({named}{str(error)[:200].rstrip('.')}); run the command again, or grade it by hand."
        nothing = ungraded(exercise.questions, f"The notebook {why}")
        return Graded(handed, "", nothing, (*handed.oddities, f"The notebook {why}")), f"The notebook of {handed.student.key} {why}"


def _anew(regrade: Collection[str] | None, questions: tuple[Question, ...]) -> frozenset[str]:
    """The questions to mark anew.  Raises GradingError for one that is not marked here."""
    kinds = {question.id: question.kind for question in questions}
    if "all" in (regrade or ()):
        return frozenset(kinds)
    for name in regrade or ():
        if kinds.get(name) != "auto":
            why = "is read by a person (see analogies mark)" if name in kinds else "is no question of this exercise"
            raise GradingError(f"--regrade: {name} {why}; expected one of "
                               f"{', '.join(name for name, kind in kinds.items() if kind == 'auto')}, or all")
    return frozenset(regrade or ())


@contextmanager
def _interruptible() -> Iterator[list[int]]:
    """Ctrl-C is noted in the list and raised nowhere, so that no transaction and no worker is torn."""
    noted: list[int] = []
    if threading.current_thread() is not threading.main_thread():
        yield noted
        return
    before = signal.signal(signal.SIGINT, lambda number, frame: noted.append(number))
    try:
        yield noted
    finally:
        signal.signal(signal.SIGINT, before)


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
