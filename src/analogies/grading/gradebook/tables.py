"""The tables of the gradebook, in plain SQL that every database of SQLAlchemy takes.

Rows are only ever added: no statement of the kit updates or deletes one.  Of two rows about one thing the one with the
higher id is the later; clocks of two machines need not agree.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Boolean, Column, DateTime, Dialect, Double, ForeignKey, Index, Integer, MetaData, String, Table, Text
from sqlalchemy.types import TypeDecorator

SCHEMA = 1  # raise it when a table changes; a gradebook of a higher one is refused
ALL, SOME, NONE = "all", "some", "none"  # which questions of a submission were graded in that run
MARK, BACK, RESCORE = "mark", "back", "rescore"  # what an entry by hand does

SENTENCES, LONGEST = 40, 500  # what is kept of what is said about one answer or one file: sentences, and signs of each

_UNKEEPABLE = re.compile(r"[\x00\ud800-\udfff]")


def keepable(text: str) -> str:
    """Text that every database takes: NUL and halves of surrogate pairs become U+FFFD, which shows where they stood."""
    return _UNKEEPABLE.sub("�", text)


def keepable_key(key: str) -> str:
    """The same for a student's key, in which two different characters must stay different: they are spelled out."""
    return _UNKEEPABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", key)


def at_most(said: Iterable[str]) -> list[str]:
    """Sentences as they are kept: not more of them, and none longer, than a person reads."""
    said = list(said)
    kept = said if len(said) <= SENTENCES else [*said[: SENTENCES - 1], f"{len(said) - SENTENCES + 1} more sentences are left out here."]
    return [one if len(one) <= LONGEST else one[: LONGEST - 1] + "…" for one in kept]


def version(text: str) -> str:
    """A short name of exactly this text, by which it is known again; a spreadsheet does not take it for a number."""
    return "v" + hashlib.sha256(keepable(text).encode()).hexdigest()[:20]


class Words(TypeDecorator[str]):
    """Text of any length, cleaned on its way in."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else keepable(value)


class Listed(TypeDecorator[Any]):
    """A list of sentences, or words or numbers by name, as JSON text; cleaned on its way in."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str:
        if isinstance(value, dict):
            value = {keepable(key): keepable(one) if isinstance(one, str) else one for key, one in value.items()}
        else:
            value = [keepable(one) for one in value]
        return json.dumps(value, ensure_ascii=False)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        return json.loads(value or "null")


class Moment(TypeDecorator[datetime]):
    """A time in UTC.  One without a zone is taken as the time of this machine."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        try:
            return value.astimezone(UTC)
        except OverflowError:  # in the year 1 or 9999
            return value.replace(tzinfo=UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def _id() -> Column[int]:
    return Column("id", Integer, primary_key=True)


def _to(table: str, name: str, **options: Any) -> Column[int]:
    return Column(name, Integer, ForeignKey(f"{table}.id"), nullable=False, **options)


def _always(name: str, kind: Any, **options: Any) -> Column[Any]:
    return Column(name, kind, nullable=False, **options)


TABLES = MetaData()

about = Table("gradebook", TABLES, Column("name", String(40), primary_key=True), _always("value", Words))

# A run of the grader over a batch, and who asked for it.
runs = Table("runs", TABLES, _id(), _always("exercise", String(200), index=True), _always("started", Moment),
             _always("who", Words), _always("why", Words), _always("isolation", Words), _always("checks", Words),
             _always("kit", Words))

finished = Table("finished_runs", TABLES, _to("runs", "run_id", primary_key=True), _always("at", Moment))

asked = Table("asked", TABLES, _to("runs", "run_id", primary_key=True), Column("question", String(200), primary_key=True),
              _always("place", Integer), _always("points", Double), _always("kind", String(20)))

# The digest makes the key unique where a database would take Ana for ana, or has no room for a long one.
students = Table("students", TABLES, _id(), _always("key", Words), _always("key_digest", String(64), unique=True))

# What a student was called; the last is shown.
names = Table("student_names", TABLES, _id(), _to("students", "student_id", index=True), _always("name", Words),
              _always("ids", Listed), _always("at", Moment))

submissions = Table(
    "submissions", TABLES, _id(), _to("runs", "run_id", index=True), _to("students", "student_id", index=True),
    _always("attempt", Integer), _always("graded", String(10)), _always("digest", Words), _always("file", Words),
    Column("handed_in", Moment), _always("late", Boolean), _always("found", Listed), _always("oddities", Listed),
    _always("isolation", Words), _always("cpu", Double), _always("own", Double), _always("peak", Double),
    _always("at", Moment))

# The mark that the checks gave, and the text that was there to be read; who and why stand with the run.
automatic = Table(
    "automatic_marks", TABLES, _to("submissions", "submission_id", primary_key=True),
    Column("question", String(200), primary_key=True), Column("earned", Double), _always("possible", Double),
    _always("status", String(40)), _always("said", Listed), Column("text", Words), Column("version", String(40)))

# A mark that a person gave; instead_of is the earlier one that it takes back or rescores.
by_hand = Table(
    "marks_by_hand", TABLES, _id(), _always("exercise", String(200)), _to("students", "student_id"),
    _always("attempt", Integer), _always("question", String(200)), _always("does", String(10)), Column("earned", Double),
    _always("possible", Double), _always("levels", Listed), _always("comment", Words), _always("version", Words),
    _always("who", Words), _always("why", Words), _always("at", Moment),
    Column("instead_of", Integer, ForeignKey("marks_by_hand.id")),
    Index("marks_by_hand_of", "student_id", "exercise"))
