"""Reads the rows of a gradebook student by student, a few at a time, and finds or adds a student."""

from __future__ import annotations

import difflib
import hashlib
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import nullcontext
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Insert, Select, bindparam, func, insert, null, select
from sqlalchemy.exc import IntegrityError

from ..submission import GradingError, Student
from .entries import Asked
from .standings import Case
from .tables import asked, automatic, by_hand, keepable, keepable_key, names, runs, students, submissions

CHUNK = 200  # students whose rows are looked at together

_digest_is = students.c.key_digest == bindparam("digest")
_known_as = (select(students.c.id, names.c.name, names.c.ids).outerjoin(names, names.c.student_id == students.c.id)
             .where(_digest_is).order_by(names.c.id.desc()).limit(1))
_number = select(students.c.id).where(_digest_is)
_last_run = select(func.max(runs.c.id)).where(runs.c.exercise == bindparam("exercise"))
_asked_in = (select(asked.c.question, asked.c.points, asked.c.kind).where(asked.c.run_id == bindparam("run"))
             .order_by(asked.c.place))
_exercise = runs.c.exercise == bindparam("exercise")
_here = submissions.c.student_id.between(bindparam("first"), bindparam("last")) & _exercise
_next = (select(submissions.c.student_id).join(runs).where(_exercise, submissions.c.student_id > bindparam("after")).distinct()
         .order_by(submissions.c.student_id))
_handed_in = (select(submissions, runs.c.who, runs.c.why, runs.c.checks, runs.c.kit).join(runs).where(_here)
              .order_by(submissions.c.student_id, submissions.c.id))
_called = (select(students.c.id, students.c.key, names.c.name, names.c.ids).join(names)
           .where(students.c.id.between(bindparam("first"), bindparam("last"))).order_by(names.c.id))
_without_texts = [column for column in automatic.c if column.name != "text"]
_marks = {texts: select(*_without_texts, automatic.c.text if texts else null().label("text")).select_from(automatic)
          .join(submissions).join(runs).where(_here) for texts in (False, True)}
_by_hand = (select(by_hand).where(by_hand.c.student_id.between(bindparam("first"), bindparam("last")),
                                  by_hand.c.exercise == bindparam("exercise")).order_by(by_hand.c.id))
_new_student, _new_name = insert(students), insert(names)


def now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)


def added(connection: Connection, statement: Insert, row: Mapping[str, Any]) -> int:
    """Add the row and give its number."""
    key = connection.execute(statement, row).inserted_primary_key
    return int(key[0]) if key else 0


def order(student: Student) -> tuple[str, str]:
    """For sorting by name, whatever its case and accents."""
    name = unicodedata.normalize("NFKD", student.name or student.key).casefold()
    return "".join(sign for sign in name if not unicodedata.combining(sign)), student.key


def asked_last(connection: Connection, exercise: str, run: int | None = None) -> list[Asked]:
    """The questions of this run, or of the last one of the exercise."""
    if run is None:
        run = connection.execute(_last_run, {"exercise": exercise}).scalar()
    return [Asked(*found) for found in connection.execute(_asked_in, {"run": run})]


def number(connection: Connection, student: Student) -> int:
    """The student's number; one who is new is added, and a name or LMS id that is new is noted."""
    digest = _digest(student.key)
    found = connection.execute(_known_as, {"digest": digest}).one_or_none()
    one = found.id if found else _add(connection, student, digest)
    called, ids = (found.name or "", found.ids or {}) if found else ("", {})
    name, all_ids = keepable(student.name) or called, {**ids, **student.ids}
    if not found or name != called or all_ids != ids:
        connection.execute(_new_name, {"student_id": one, "name": name, "ids": all_ids, "at": now()})
    return int(one)


def _add(connection: Connection, student: Student, digest: str) -> int:
    # On a server another grader may add the same student at the same moment; SQLite has one writer at a time.
    alone = connection.dialect.name == "sqlite"
    try:
        with nullcontext() if alone else connection.begin_nested():
            return added(connection, _new_student, {"key": keepable_key(student.key), "key_digest": digest})
    except IntegrityError:
        if alone:
            raise
        return int(connection.execute(_number, {"digest": digest}).scalar_one())


def case_of(connection: Connection, exercise: str, student: str, *, texts: bool = False) -> Case:
    """The case of one student, named by key.  Raises GradingError, with the nearest names, for one who is not there."""
    found = connection.execute(_number, {"digest": _digest(student)}).scalar()
    for case in _between(connection, exercise, found, found, texts) if found is not None else ():
        return case
    known = {}
    for one, key, name in connection.execute(
            select(students.c.id, students.c.key, names.c.name).join(names).where(students.c.id.in_(
                select(submissions.c.student_id).join(runs).where(runs.c.exercise == exercise))).order_by(names.c.id)):
        known[one] = (key, name)
    if not known:
        raise GradingError(f"Nothing of {exercise} is in this gradebook yet; grade a batch of it first.")
    words = {name: key for key, name in known.values() if name} | {key: key for key, _ in known.values()}
    lower = {word.casefold(): key for word, key in words.items()}
    near = list(dict.fromkeys(lower[word] for word in difflib.get_close_matches(student.casefold(), lower, cutoff=0.5)))
    raise GradingError(f"There is no student {student!r} in {exercise}; students are named by their key"
                       + (f": did you mean {' or '.join(near)}?" if near else f", such as {next(iter(known.values()))[0]}."))


def cases(connection: Connection, exercise: str, *, texts: bool = False) -> Iterator[Case]:
    """Every student's case, a few in memory at a time.  texts: with the written answers."""
    after = 0
    while found := connection.execute(_next.limit(CHUNK), {"exercise": exercise, "after": after}).scalars().all():
        yield from _between(connection, exercise, found[0], found[-1], texts)
        after = found[-1]


def _between(connection: Connection, exercise: str, first: int, last: int, texts: bool) -> Iterator[Case]:
    """The cases of the students with these numbers and all between."""
    def rows(wanted: Select[Any]) -> Any:
        return connection.execute(wanted, {"exercise": exercise, "first": first, "last": last})

    # In this order: on a server rows may be added between two queries, and a later one then sees more, never less.
    handed_in = rows(_handed_in).all()
    called = {one: Student(key, name, ids) for one, key, name, ids in rows(_called)}
    found: dict[int, Case] = {}
    of: dict[int, Case] = {}
    for one in handed_in:
        case = of[one.id] = found.setdefault(one.student_id, Case(called[one.student_id], one.student_id))
        case.submissions.append(one)
    for one in rows(_marks[texts]):
        if one.submission_id in of:
            of[one.submission_id].automatic.setdefault(one.submission_id, {})[one.question] = one
    for one in rows(_by_hand):
        if one.student_id in found:
            found[one.student_id].by_hand.setdefault(one.question, []).append(one)
    yield from found.values()


def _digest(key: str) -> str:
    return hashlib.sha256(keepable_key(key).encode()).hexdigest()
