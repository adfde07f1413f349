"""Opens the database of a gradebook, a file or a URL, and says in one sentence why one cannot be opened or written."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, exc, insert, inspect, make_url, select

from ..submission import GradingError
from .tables import SCHEMA, TABLES, about, keepable

BUSY_SECONDS = 60  # how long a writer waits for another one
ANOTHER_PLACE = "Name another file with --gradebook"


class Database:
    """An open database: reading() and writing() give a connection in a transaction of its own."""

    def __init__(self, where: Path | str) -> None:
        """Raises GradingError, in one sentence, for what is no gradebook or cannot be one."""
        url = _url(where)
        self.name = url.database or "" if url.get_backend_name() == "sqlite" else url.render_as_string(hide_password=True)
        if url.get_backend_name() == "sqlite":
            _look_at_file(url)
        try:
            # A student's text has no place in an error; a server may hang up in the hours of a batch.
            self._engine = create_engine(url, hide_parameters=True, pool_pre_ping=url.get_backend_name() != "sqlite")
        except (exc.NoSuchModuleError, ModuleNotFoundError, exc.ArgumentError) as error:
            raise GradingError(f"{self.name}: the driver of this database is not installed here ({error}); install it, or"
                               " leave --gradebook out to keep the marks in a file.") from None
        self._writes = self._engine.execution_options(writes=True)
        if url.get_backend_name() == "sqlite":
            _listen(self._engine)
        try:
            with told(self.name):
                self._open()
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Let go of the file or the server."""
        self._engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one state of the gradebook."""
        with told(self.name), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A connection whose rows are all kept when the block ends, or none of them."""
        with told(self.name), self._writes.begin() as connection:
            yield connection

    def _open(self) -> None:
        for last in (False, True):
            try:
                with self._writes.begin() as connection:
                    _make_or_check(connection, self.name)
                break
            except (exc.IntegrityError, exc.ProgrammingError):  # on a server two may make the tables at the same moment
                if last:
                    raise
        if self._engine.dialect.name == "sqlite":
            _write_ahead(self._engine)


@contextmanager
def told(name: str) -> Iterator[None]:
    """Turn what a database refuses into one sentence.  Raises GradingError."""
    try:
        yield
    except exc.DBAPIError as error:
        raise GradingError(f"{name}: {_sentence(str(error.orig))}") from None


def _sentence(words: str) -> str:
    line = next(iter(words.strip().splitlines()), "no reason given").rstrip(".")
    for found, said in {
        "is locked": f"another program has been writing to this gradebook for more than {BUSY_SECONDS} seconds; wait until it is"
                     " done, or end it, and do the same again.",
        "readonly": f"this gradebook can be read but not written, and marks are kept in it; make it writable. {ANOTHER_PLACE}.",
        "unable to open": f"no gradebook can be opened or made here; expected a file in a folder that you may write. {ANOTHER_PLACE}.",
        "not a database": f"this file is no gradebook. {ANOTHER_PLACE}.",
        "malformed": f"this file is damaged; take your last copy of it, or grade into a new one. {ANOTHER_PLACE}.",
        "is full": "the disk is full; make room and do the same again: what was kept so far is kept.",
    }.items():
        if found in line:
            return said
    return f"the database answered: {line}."


def _url(where: Path | str) -> URL:
    text = str(where)
    if keepable(text) != text:
        raise GradingError(f"{keepable(text)}: this name holds signs that are no text. {ANOTHER_PLACE}.")
    scheme = re.match(r"[a-z][a-z0-9]+(\+\w+)?:(?=/)", text, re.IGNORECASE)
    if not scheme:
        return URL.create("sqlite", database=text)
    rest = text[scheme.end():]
    try:  # a Path made of a URL has lost one of the two strokes
        return make_url(text if rest.startswith("//") else f"{scheme[0]}/{rest}")
    except (exc.ArgumentError, ValueError):
        raise GradingError("--gradebook: expected a file or a URL such as postgresql+psycopg://user@host/database, found"
                           f" {scheme[0]}//... that is not written like one.") from None


def _look_at_file(url: URL) -> None:
    if not url.database or url.database.startswith((":memory:", "file:")):
        return
    path = Path(url.database)
    try:
        if path.is_dir():
            raise GradingError(f"{path}: expected the file of a gradebook, found a folder; name a file, such as {path / 'gradebook.db'}.")
        if not path.parent.is_dir():
            raise GradingError(f"{path}: there is no folder {path.parent}; make it first. {ANOTHER_PLACE}.")
        with path.open("rb") as file:
            begins = file.read(16)
    except FileNotFoundError:
        return
    except OSError as error:
        raise GradingError(f"{path}: this gradebook cannot be read ({error.strerror}). {ANOTHER_PLACE}.") from None
    if begins and begins != b"SQLite format 3\0":
        raise GradingError(f"{path}: this file is no gradebook. {ANOTHER_PLACE}.")


def _listen(engine: Engine) -> None:
    """SQLite: wait for other writers, hold foreign keys, have the disk written before a commit is over."""

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _: Any) -> None:
        connection.isolation_level = None  # BEGIN is said below, not guessed by the driver
        for pragma in (f"busy_timeout = {int(BUSY_SECONDS * 1000)}", "foreign_keys = ON", "synchronous = FULL"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # A writer asks for its turn at once: one that began as a reader could not wait for it.
        connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("writes") else "BEGIN")


def _write_ahead(engine: Engine) -> None:
    """Ask SQLite for its write-ahead log, with which readers and a writer do not wait for each other; it needs a file
    system that can share memory, and elsewhere the usual journal stays, which is as safe."""
    connection = engine.raw_connection()
    try:
        for _ in range(50):
            try:
                if connection.cursor().execute("PRAGMA journal_mode").fetchone()[0] not in ("wal", "memory"):
                    connection.cursor().execute("PRAGMA journal_mode = WAL").fetchone()
                return
            except Exception as error:  # SQLite does not wait here as it does elsewhere
                if "locked" not in str(error):
                    return
                time.sleep(0.1)
    finally:
        connection.close()


def _make_or_check(connection: Connection, name: str) -> None:
    look = inspect(connection)
    there = set(look.get_table_names())
    if about.name in there and {column["name"] for column in look.get_columns(about.name)} == {"name", "value"}:
        form = connection.execute(select(about.c.value).where(about.c.name == "schema")).scalar()
        if form == str(SCHEMA):
            return
        if form:
            raise GradingError(f"{name}: this gradebook was made by another version of the kit (form {form}, this one knows form"
                               f" {SCHEMA}); update the kit. {ANOTHER_PLACE}.")
    others = there if connection.dialect.name == "sqlite" else there & set(TABLES.tables)
    if others:
        raise GradingError(f"{name}: this database belongs to another program (it holds {', '.join(sorted(others)[:3])}) and is"
                           f" left as it is. {ANOTHER_PLACE}.")
    TABLES.create_all(connection, checkfirst=False)
    connection.execute(insert(about), [{"name": "schema", "value": str(SCHEMA)}, {"name": "program", "value": "analogies"}])
