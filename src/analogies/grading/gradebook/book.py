"""The gradebook: every mark with who, what, when and why, in SQLite or another database; nothing is overwritten."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache
from importlib import metadata
from itertools import islice
from pathlib import Path
from platform import python_version
from types import SimpleNamespace
from typing import Any

from sqlalchemy import Connection, func, insert, select

from ...check.question import Question
from ...check.rubric import Rubric
from ..submission import Graded, GradingError, Handed
from . import by_hand, standings
from .cases import CHUNK, added, asked_last, case_of, cases, now, number, order
from .changes import changes
from .database import Database
from .entries import Answer, Asked, Change, Entry, Marking, Row, Standing, moment
from .standings import Case
from .tables import ALL, NONE, SOME, asked, at_most, automatic, finished, keepable, runs, students, submissions, version
from .tables import by_hand as marks_by_hand

KIT = ("analogies", "pandas", "numpy", "matplotlib")  # what a mark may depend on besides answers and checks

_new_submission, _new_marks, _new_by_hand = insert(submissions), insert(automatic), insert(marks_by_hand)


class Gradebook:
    """The marks of any number of exercises and runs.

    where: a file, or a URL of SQLAlchemy such as postgresql+psycopg://user@host/marks.  It is made where there is none.
    Raises GradingError, in one sentence, for what is no gradebook or cannot be written.
    """

    def __init__(self, where: Path | str) -> None:
        self._database = Database(where)
        self.name = self._database.name

    def __enter__(self) -> Gradebook:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file or the server."""
        self._database.close()

    # A run of the grader

    def begin(self, exercise: str, questions: Sequence[Question], *, who: str, why: str, isolation: str, checks: str) -> int:
        """Begin a run and give its number.  checks: a digest of the question files and the exercise."""
        with self._database.writing() as connection:
            run = added(connection, insert(runs), {"exercise": exercise, "started": now(), "who": who, "why": why,
                                                   "isolation": isolation, "checks": checks, "kit": _kit()})
            connection.execute(insert(asked), [
                {"run_id": run, "question": question.id, "place": place, "points": question.points, "kind": question.kind}
                for place, question in enumerate(questions)])
        return run

    def known(self, exercise: str) -> dict[tuple[str, int], tuple[str, str]]:
        """(student's key, attempt) -> (digest, checks) of what is graded completely, as it was last graded so."""
        last = (select(func.max(submissions.c.id)).join(runs).where(runs.c.exercise == exercise, submissions.c.graded == ALL)
                .group_by(submissions.c.student_id, submissions.c.attempt))
        wanted = (select(students.c.key, submissions.c.attempt, submissions.c.digest, runs.c.checks)
                  .select_from(submissions).join(students).join(runs).where(submissions.c.id.in_(last)))
        with self._database.reading() as connection:
            return {(key, attempt): (digest, checks) for key, attempt, digest, checks in connection.execute(wanted)}

    def begun(self, exercise: str, *, why: str, checks: str) -> dict[tuple[str, int], str]:
        """(student's key, attempt) -> digest of what runs with this reason and these checks kept, which were not finished."""
        last = select(func.max(finished.c.run_id)).join(runs).where(runs.c.exercise == exercise).scalar_subquery()
        wanted = (select(students.c.key, submissions.c.attempt, submissions.c.digest).select_from(submissions).join(students).join(runs)
                  .where(runs.c.exercise == exercise, runs.c.id > func.coalesce(last, 0), runs.c.why == why, runs.c.checks == checks,
                         submissions.c.graded != NONE).order_by(submissions.c.id))
        with self._database.reading() as connection:
            return {(key, attempt): digest for key, attempt, digest in connection.execute(wanted)}

    def keep(self, run: int, graded: Graded, *, only: Collection[str] | None = None) -> None:
        """Keep one submission with its marks (of the questions in only, if given), oddities and written texts: all of it
        or nothing.  When this returns, no end of the program or the machine loses it."""
        marks = {mark.question: mark for mark in graded.marks if only is None or mark.question in only}
        texts = {name: text for name, text in graded.written.items() if name in marks and text.strip()}
        oddities = [said for said in graded.oddities if said not in graded.handed.oddities]
        oddities += [f"{name}: signs that no text can hold were replaced by �." for name, text in texts.items()
                     if keepable(text) != text]
        with self._database.writing() as connection:
            submission = self._submission(connection, run, graded.handed, {
                "graded": ALL if len(marks) == len(graded.marks) else SOME, "digest": graded.digest, "oddities": at_most(oddities),
                "isolation": graded.isolation, "cpu": graded.cpu, "own": graded.own, "peak": graded.peak})
            if marks:
                connection.execute(_new_marks, [{
                    "submission_id": submission, "question": name, "earned": _points(mark.earned), "possible": _points(mark.possible),
                    "status": mark.status, "said": at_most(mark.said), "text": texts.get(name),
                    "version": version(texts[name]) if name in texts else None} for name, mark in marks.items()])

    def unchanged(self, run: int, handed: Iterable[Handed]) -> None:
        """Note submissions that this run found again and did not grade, since they are known: their attempt counts now,
        and their lateness, file and student's name are those of this run."""
        rest = iter(handed)
        while some := list(islice(rest, CHUNK)):
            with self._database.writing() as connection:
                for one in some:
                    self._submission(connection, run, one, {"graded": NONE, "digest": "", "oddities": [], "isolation": "",
                                                            "cpu": 0.0, "own": 0.0, "peak": 0.0})

    def finish(self, run: int) -> None:
        """Note that the run came to its end."""
        with self._database.writing() as connection:
            connection.execute(insert(finished), {"run_id": run, "at": now()})

    def unfinished(self, exercise: str) -> list[str]:
        """A sentence for each run since the last finished one that did not come to its end (or still goes on)."""
        last = select(func.max(finished.c.run_id)).join(runs).where(runs.c.exercise == exercise).scalar_subquery()
        wanted = (select(runs.c.started, runs.c.who, func.count(submissions.c.id)).outerjoin(submissions)
                  .where(runs.c.exercise == exercise, runs.c.id > func.coalesce(last, 0))
                  .group_by(runs.c.id, runs.c.started, runs.c.who).order_by(runs.c.id))
        with self._database.reading() as connection:
            return [f"The run that {who} began on {moment(started)} was not finished; {_submissions(kept)} of it are kept, and those"
                    " that did not change are not graded again." for started, who, kept in connection.execute(wanted)]

    # What stands

    def questions(self, exercise: str) -> list[Asked]:
        """The questions of an exercise, in order, as they were last asked; none where it was never graded."""
        with self._database.reading() as connection:
            return asked_last(connection, exercise)

    def rows(self, exercise: str) -> list[Row]:
        """One row a student, in order of name: the attempt that the last run chose, and the mark of each question."""
        with self._database.reading() as connection:
            questions = asked_last(connection, exercise)
            found = [standings.row(case, questions) for case in cases(connection, exercise)]
        return sorted(found, key=lambda row: order(row.student))

    def history(self, exercise: str, student: str, question: str) -> list[Entry]:
        """Every mark of one question there ever was, oldest first.  Raises GradingError for a student who is not there."""
        with self._database.reading() as connection:
            return standings.history(case_of(connection, exercise, student), question)

    def changes(self, run: int) -> list[Change]:
        """The marks that this run changed, against what stood before it, and why; in order of name."""
        with self._database.reading() as connection:
            which = connection.execute(select(runs.c.exercise, runs.c.started).where(runs.c.id == run)).one_or_none()
            if which is None:
                raise GradingError(f"{self.name}: there is no run {run} in this gradebook.")
            questions = asked_last(connection, which.exercise, run)
            found = [change for case in cases(connection, which.exercise)
                     for change in changes(case, run, which.started, questions)]
        return sorted(found, key=lambda change: order(change.student))

    # Marks by hand

    def written(self, exercise: str, question: str | None = None) -> list[Answer]:
        """The written answers that were handed in, question by question, then by student, each with its mark so far."""
        with self._database.reading() as connection:
            questions = asked_last(connection, exercise)
            if question is not None:
                by_hand.one_of(questions, question, exercise)
            wanted = [one for one in questions if (one.kind == "written" if question is None else one.id == question)]
            found = [answer for case in cases(connection, exercise, texts=True) for answer in by_hand.answers(case, wanted)]
        place = {one.id: n for n, one in enumerate(questions)}
        return sorted(found, key=lambda answer: (place[answer.question], order(answer.student)))

    def mark(self, exercise: str, student: str, question: str, *, levels: Mapping[str, int] | None = None,
             points: float | None = None, comment: str = "", who: str, why: str = "", rubric: Rubric | None = None) -> Standing:
        """Mark a question by hand, by levels of its rubric or by points.  Raises GradingError."""
        rubrics = {question: rubric} if rubric else {}
        return self.mark_all(exercise, [Marking(question, student, levels, points, comment)], rubrics, who=who, why=why)[0]

    def mark_all(self, exercise: str, markings: Sequence[Marking], rubrics: Mapping[str, Rubric], *, who: str,
                 why: str = "") -> list[Standing]:
        """Keep marks by hand: all of them or, where one is wrong, none.  One that stands so already is not kept again.
        Gives what stands then.  Raises GradingError."""
        with self._database.writing() as connection:
            questions = asked_last(connection, exercise)
            found = []
            for marking in markings:
                question = by_hand.one_of(questions, marking.question, exercise)
                case = case_of(connection, exercise, marking.student)
                entry = by_hand.entry(case, question, marking, rubrics.get(marking.question))
                if entry:
                    self._by_hand(connection, exercise, case, entry, who, why)
                found.append(standings.standing(case, question, standings.counts(case).attempt))
            return found

    def take_back(self, exercise: str, student: str, question: str, *, who: str, why: str) -> Standing:
        """Take back the mark by hand that stands; what stood before it stands again.  Raises GradingError where none is."""
        with self._database.writing() as connection:
            questions = asked_last(connection, exercise)
            asked_for = by_hand.one_of(questions, question, exercise)
            case = case_of(connection, exercise, student)
            self._by_hand(connection, exercise, case, by_hand.back(case, asked_for, why), who, why)
            return standings.standing(case, asked_for, standings.counts(case).attempt)

    def rescore(self, exercise: str, rubrics: Mapping[str, Rubric], *, who: str) -> list[Change]:
        """Let the marks by levels follow rubrics whose points changed, and say which did, or could not.  One transaction."""
        with self._database.writing() as connection:
            questions = asked_last(connection, exercise)
            found = []
            for case in cases(connection, exercise):
                for change, entry in by_hand.rescored(case, questions, rubrics):
                    if entry:
                        self._by_hand(connection, exercise, case, entry, who, change.why)
                    found.append(change)
        return sorted(found, key=lambda change: order(change.student))

    # How rows are written and found

    def _submission(self, connection: Connection, run: int, handed: Handed, more: dict[str, Any]) -> int:
        return added(connection, _new_submission, {
            "run_id": run, "student_id": number(connection, handed.student), "attempt": handed.attempt, "file": handed.file,
            "handed_in": handed.when, "late": handed.late, "found": at_most(handed.oddities), "at": now(), **more})

    def _by_hand(self, connection: Connection, exercise: str, case: Case, entry: Mapping[str, Any], who: str, why: str) -> None:
        if not who.strip():
            raise GradingError("A mark by hand needs the name of the person who gives it.")
        row = {"exercise": exercise, "student_id": case.number, "at": now(), "who": who.strip(), "why": why.strip(), **entry}
        kept = added(connection, _new_by_hand, row)
        case.by_hand.setdefault(entry["question"], []).append(SimpleNamespace(id=kept, **row))


@cache
def _kit() -> str:
    return ", ".join([*(f"{name} {metadata.version(name)}" for name in KIT), f"Python {python_version()}"])


def _points(value: float | None) -> float | None:
    if value is not None and not math.isfinite(value):
        raise GradingError(f"Expected points as a number, found {value!r}; the question's check is wrong.")
    return None if value is None else float(value)


def _submissions(n: int) -> str:
    return f"{n} submission" + ("" if n == 1 else "s")
