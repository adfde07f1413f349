"""A gradebook is opened, or one sentence says why it cannot be; a password is never shown."""

import sqlite3
from pathlib import Path

import pytest
from small_gradebook import SLUG, begin, graded, run, shown
from sqlalchemy import create_engine, insert, update

from analogies.grading.gradebook import database, tables
from analogies.grading.gradebook.book import Gradebook
from analogies.grading.submission import GradingError


def refused(place):
    with pytest.raises(GradingError) as caught:
        Gradebook(place)
    assert caught.value.__cause__ is None and "\n" not in str(caught.value)
    return str(caught.value)


def a_file(tmp_path, content=b"not a database, not at all"):
    path = tmp_path / "gradebook.db"
    path.write_bytes(content)
    return path


def test_a_gradebook_is_found_again_as_it_was(tmp_path):
    path = tmp_path / "my marks ü.db"
    with Gradebook(path) as book:
        run(book, graded(q1=3))
    with Gradebook(str(path)) as book:
        assert shown(book)["q1"] == 3 and book.name == str(path)
    with Gradebook(f"sqlite:///{path}") as book:
        assert shown(book)["q1"] == 3
    assert [one.name for one in tmp_path.iterdir()] == [path.name]


def test_a_file_that_is_no_gradebook_is_left_as_it_is(tmp_path):
    path = a_file(tmp_path)
    assert refused(path) == f"{path}: this file is no gradebook. Name another file with --gradebook."
    assert path.read_bytes() == b"not a database, not at all"


def test_a_file_that_begins_like_a_database_and_is_none_is_said(tmp_path):
    path = a_file(tmp_path, b"SQLite format 3\0" + bytes(range(256)) * 40)
    assert "Name another file with --gradebook." in refused(path)


def test_a_damaged_gradebook_is_said(tmp_path):
    path = tmp_path / "gradebook.db"
    with Gradebook(path) as book:
        run(book, graded())
    content = path.read_bytes()
    path.write_bytes(content[:4096] + b"\xff" * (len(content) - 4096))
    with pytest.raises(GradingError, match="this file is damaged"), Gradebook(path) as book:
        book.rows(SLUG)


def test_the_database_of_another_program_is_left_as_it_is(tmp_path):
    path = tmp_path / "gradebook.db"
    with sqlite3.connect(path) as connection:
        connection.execute("create table submitted_assignment (id integer)")
    connection.close()
    before = path.read_bytes()
    assert refused(path) == (f"{path}: this database belongs to another program (it holds submitted_assignment) and is left as it is."
                             " Name another file with --gradebook.")
    assert path.read_bytes() == before


def test_a_table_of_the_same_name_does_not_make_a_gradebook(tmp_path):
    path = tmp_path / "gradebook.db"
    with sqlite3.connect(path) as connection:
        connection.execute("create table gradebook (id integer)")
    connection.close()
    assert "belongs to another program" in refused(path)


def test_a_folder_is_no_gradebook(tmp_path):
    assert refused(tmp_path) == (f"{tmp_path}: expected the file of a gradebook, found a folder; name a file, such as"
                                 f" {tmp_path / 'gradebook.db'}.")


def test_a_folder_that_is_not_there_is_not_made(tmp_path):
    place = tmp_path / "trem" / "gradebook.db"
    assert refused(place) == f"{place}: there is no folder {tmp_path / 'trem'}; make it first. Name another file with --gradebook."
    assert list(tmp_path.iterdir()) == []


def test_a_place_where_nobody_may_write_is_said():
    assert "no gradebook can be opened or made here" in refused("/proc/gradebook.db")  # not even by root


@pytest.mark.parametrize("name", ["a\0.db", "a\udcff.db"])
def test_a_name_that_is_no_text_is_said(tmp_path, name):
    assert refused(tmp_path / name) == f"{tmp_path / 'a'}�.db: this name holds signs that are no text. Name another file with --gradebook."


def test_a_folder_into_which_nobody_may_look_is_said(tmp_path, monkeypatch):
    def forbidden(self):
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "is_dir", forbidden)  # root may look into every folder
    place = tmp_path / "gradebook.db"
    assert refused(place) == f"{place}: this gradebook cannot be read (Permission denied). Name another file with --gradebook."


def test_a_gradebook_that_may_only_be_read_is_read_and_says_so_when_a_mark_is_to_be_kept(tmp_path):
    with Gradebook(tmp_path / "gradebook.db") as book:
        run(book, graded(q1=3))
    with Gradebook(f"sqlite:///file:{tmp_path / 'gradebook.db'}?mode=ro&uri=true") as book:
        assert shown(book)["q1"] == 3
        with pytest.raises(GradingError, match="can be read but not written, and marks are kept in it; make it writable"):
            begin(book)


def test_a_gradebook_of_a_newer_kit_is_refused(tmp_path):
    path = tmp_path / "gradebook.db"
    with Gradebook(path) as book, book._database.writing() as connection:
        connection.execute(update(tables.about).where(tables.about.c.name == "schema").values(value="2"))
        connection.execute(insert(tables.about), {"name": "other", "value": "of a newer kit"})
    assert refused(path) == (f"{path}: this gradebook was made by another version of the kit (form 2, this one knows form 1); update"
                             " the kit. Name another file with --gradebook.")


def test_a_gradebook_that_another_program_holds_is_said_after_a_while(tmp_path, monkeypatch):
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.1)
    with Gradebook(tmp_path / "gradebook.db") as book:
        number = begin(book)
        other = sqlite3.connect(tmp_path / "gradebook.db", isolation_level=None)
        other.execute("begin immediate")
        with pytest.raises(GradingError, match="another program has been writing to this gradebook for more than 0.1 seconds"):
            book.keep(number, graded())
        assert book.rows(SLUG) == []  # reading does not wait
        other.execute("rollback")
        other.close()
        book.keep(number, graded())
        assert book.known(SLUG)


def test_a_full_disk_is_said_and_what_was_kept_stays(tmp_path):
    with Gradebook(tmp_path / "gradebook.db") as book:
        number = begin(book)
        book.keep(number, graded("s1"))
        connection = book._database._engine.raw_connection()
        connection.cursor().execute("pragma max_page_count = 1")
        connection.close()
        with pytest.raises(GradingError, match="the disk is full; make room"):
            book.keep(number, graded("s2", text="long " * 10_000))
        assert [one.student.key for one in book.rows(SLUG)] == ["s1"]


def test_the_log_is_written_ahead_where_that_is_possible_and_elsewhere_the_usual_journal_is_kept(tmp_path):
    with Gradebook(tmp_path / "here.db") as book:
        number = begin(book)
        book.keep(number, graded())
        assert (tmp_path / "here.db-wal").exists()
        with book._database.reading() as connection:  # a commit is over when the disk has it: 2 is FULL
            assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2
    # A file system that cannot share memory, such as one on a network, is like this one.
    with Gradebook(f"sqlite:///file:{tmp_path / 'there.db'}?vfs=unix-dotfile&uri=true") as book:
        run(book, graded(q1=3))
        assert shown(book)["q1"] == 3 and not (tmp_path / "there.db-wal").exists()


@pytest.mark.parametrize("make", [str, Path])
def test_a_password_is_never_shown(make):
    for place in ("postgresql+nodriver://marks:geheim@localhost/db", "nosuchdatabase://marks:geheim@localhost/db",
                  "postgresql://marks:geheim@localhost:port/db"):
        said = refused(make(place))
        assert "geheim" not in said and "gradebook" in said


def test_a_url_is_told_from_a_file_with_a_colon(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with Gradebook("group b: marks.db"):
        assert (tmp_path / "group b: marks.db").exists()
    assert database._url("C:/marks/gradebook.db").get_backend_name() == "sqlite"
    assert database._url(Path("postgresql://u@h/db")).host == "h"


def test_a_student_s_text_is_in_no_error(tmp_path):
    engine = create_engine(f"sqlite:///{tmp_path / 'gradebook.db'}")
    with Gradebook(tmp_path / "gradebook.db") as book:
        number = begin(book)
        with engine.begin() as connection:
            tables.automatic.drop(connection)
        with pytest.raises(GradingError) as caught:
            book.keep(number, graded(text="a secret"))
        assert "secret" not in str(caught.value)
    engine.dispose()


def test_a_url_in_capitals_is_a_url_whose_password_is_not_shown():
    with pytest.raises(GradingError) as caught:
        Gradebook("POSTGRESQL+NOTHING://ana:geheim@host.invalid/marks")
    assert "ana:***@host.invalid" in str(caught.value) and "geheim" not in str(caught.value)
