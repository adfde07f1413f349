"""What a student did is kept: through crashes of the file, of the disk and of two notebooks at once."""

from __future__ import annotations

import json
import multiprocessing
import os
import threading
from pathlib import Path

import pytest

from analogies.check import progress
from analogies.check.progress import FILE, Progress, answered, assessed, opened_hint, saw_solution


@pytest.fixture(autouse=True)
def _on(monkeypatch):
    monkeypatch.delenv("ANALOGIES_PROGRESS", raising=False)


def kept(folder: Path) -> dict:
    return json.loads((folder / FILE).read_text(encoding="utf-8"))["exercises"]


def test_another_notebook_sees_what_was_kept(tmp_path):
    assert Progress("03-a", tmp_path).change("q1", answered(1, 3, "NOT YET", "abc")) == ()
    entry = Progress("03-a", tmp_path).entry("q1")
    assert (entry["attempts"], entry["earned"], entry["possible"], entry["status"]) == (["abc"], 1, 3, "NOT YET")
    assert Progress("04-b", tmp_path).entry("q1")["attempts"] == []


def test_the_same_answer_again_is_no_new_attempt(tmp_path):
    book = Progress("03-a", tmp_path)
    for digest in ("a", "a", "b", "a"):
        book.change("q1", answered(0, 3, "NOT YET", digest))
    assert book.entry("q1")["attempts"] == ["a", "b"]


def test_the_best_outcome_stays(tmp_path):
    book = Progress("03-a", tmp_path)
    book.change("q1", answered(3, 3, "PASS", None))
    book.change("q1", answered(1, 3, "NOT YET", "a"))
    assert (book.entry("q1")["earned"], book.entry("q1")["status"]) == (3, "PASS")


def test_hints_assessments_and_the_solution_are_kept_and_never_replaced(tmp_path):
    book = Progress("03-a", tmp_path)
    book.change("q5", opened_hint(2))
    book.change("q5", opened_hint(1))
    book.change("q5", assessed({"evidence": 1}))
    book.change("q5", assessed({"evidence": 3}))
    book.change("q5", saw_solution)
    first = book.entry("q5")["solution_seen"]
    book.change("q5", saw_solution)
    entry = book.entry("q5")
    assert entry["hints"] == 2 and [one["levels"]["evidence"] for one in entry["assessments"]] == [1, 3]
    assert entry["solution_seen"] == first


def test_a_copy_is_given_out_so_that_no_caller_changes_what_is_kept(tmp_path):
    for book in (Progress("03-a", tmp_path), Progress("03-a", None)):
        book.entry("q1")["attempts"].append("x")
        assert book.entry("q1")["attempts"] == []


@pytest.mark.parametrize("content", [
    b"", b"{", b"[]", b"null", b"\xff\xfe", b'{"version": 1}', b'{"version": 2, "exercises": {}}', b"[" * 100_000,
    b'{"version": 1, "exercises": {"03-a": []}}', b'{"version": 1, "exercises": {"03-a": {"q1": {"attempts": 3}}}}',
    b'{"version": 1, "exercises": {"03-a": {"q1": {"earned": "much"}}}}',
    b'{"version": 1, "exercises": {"03-a": {"q1": {"assessments": [1]}}}}',
])
def test_a_file_that_cannot_be_read_is_kept_aside_and_said_so(tmp_path, content):
    (tmp_path / FILE).write_bytes(content)
    book = Progress("03-a", tmp_path)
    assert book.entry("q1")["attempts"] == []
    assert (tmp_path / FILE).read_bytes() == content  # looking changes nothing
    (said,) = book.change("q1", answered(0, 3, "NOT YET", "a"))
    (aside,) = tmp_path.glob("progress-unreadable-*.json")
    assert aside.read_bytes() == content and aside.name in said
    assert kept(tmp_path)["03-a"]["q1"]["attempts"] == ["a"]
    assert book.change("q1", answered(0, 3, "NOT YET", "b")) == ()  # said once


def test_two_files_kept_aside_in_one_second_do_not_replace_each_other(tmp_path):
    for content in (b"one", b"two", b"three"):
        (tmp_path / FILE).write_bytes(content)
        Progress("03-a", tmp_path).change("q1", opened_hint(1))
    assert {path.read_bytes() for path in tmp_path.glob("progress-unreadable-*.json")} == {b"one", b"two", b"three"}


def test_what_a_later_version_added_to_an_entry_stays(tmp_path):
    (tmp_path / FILE).write_text('{"version": 1, "exercises": {"09-z": {"q1": {"mood": "good"}}}, "name": "x"}')
    Progress("03-a", tmp_path).change("q1", opened_hint(1))
    assert kept(tmp_path)["09-z"]["q1"]["mood"] == "good"
    assert json.loads((tmp_path / FILE).read_text())["name"] == "x"


def test_a_failed_write_is_said_remembered_and_made_good(tmp_path, monkeypatch):
    book = Progress("03-a", tmp_path)
    book.change("q1", answered(0, 3, "NOT YET", "a"))

    def full(*_):
        raise OSError(28, "No space left on device")
    with monkeypatch.context() as patch:
        patch.setattr(progress.os, "replace", full)
        (said,) = book.change("q1", answered(0, 3, "NOT YET", "b"))
        (again,) = book.change("q1", assessed({"evidence": 1}))
        assert "No space left on device" in said and said == again
        assert book.entry("q1")["attempts"] == ["a", "b"]
        assert sorted(path.name for path in tmp_path.iterdir()) == [progress.LOCK, FILE]  # no draft is left behind
    assert kept(tmp_path)["03-a"]["q1"]["attempts"] == ["a"]
    assert book.change("q1", answered(0, 3, "NOT YET", "c")) == ()
    assert kept(tmp_path)["03-a"]["q1"]["attempts"] == ["a", "b", "c"]
    assert len(kept(tmp_path)["03-a"]["q1"]["assessments"]) == 1  # made good once


def test_a_lock_that_another_notebook_holds_is_waited_for_and_then_said(tmp_path, monkeypatch):
    monkeypatch.setattr(progress, "WAIT", 0.1)
    book = Progress("03-a", tmp_path)
    with progress._locked(tmp_path / progress.LOCK):
        (said,) = book.change("q1", answered(0, 3, "NOT YET", "a"))
        assert "another notebook holds the file" in said
    assert book.change("q1", answered(0, 3, "NOT YET", "b")) == ()
    assert kept(tmp_path)["03-a"]["q1"]["attempts"] == ["a", "b"]


def _many(folder: str, name: str) -> None:
    book = Progress("03-a", Path(folder))
    for i in range(25):
        assert book.change("q1", answered(0, 3, "NOT YET", f"{name}{i}")) == ()


def test_two_notebooks_at_once_lose_nothing_of_each_other(tmp_path, monkeypatch):
    monkeypatch.setattr(progress, "WAIT", 60.0)
    context = multiprocessing.get_context("spawn")
    workers = [context.Process(target=_many, args=(str(tmp_path), name)) for name in "xy"]
    threads = [threading.Thread(target=_many, args=(str(tmp_path), name)) for name in "zw"]
    for one in (*workers, *threads):
        one.start()
    for one in (*workers, *threads):
        one.join(60)
    assert [worker.exitcode for worker in workers] == [0, 0]
    attempts = kept(tmp_path)["03-a"]["q1"]["attempts"]
    assert sorted(attempts) == sorted(f"{name}{i}" for name in "xyzw" for i in range(25))


def test_a_reader_never_sees_a_file_that_is_half_written(tmp_path):
    done = threading.Event()

    def write() -> None:
        _many(str(tmp_path), "a")
        done.set()
    writer = threading.Thread(target=write)
    writer.start()
    while not done.is_set():
        if (tmp_path / FILE).exists():
            kept(tmp_path)
    writer.join()


@pytest.mark.parametrize("word", ["off", "OFF", " off "])
def test_switched_off_nothing_is_written_and_the_session_remembers(tmp_path, monkeypatch, word):
    monkeypatch.setenv("ANALOGIES_PROGRESS", word)
    book = Progress("03-a", tmp_path)
    book.change("q1", answered(0, 3, "NOT YET", "a"))
    assert book.entry("q1")["attempts"] == ["a"] and list(tmp_path.iterdir()) == []


def test_without_a_folder_nothing_is_made(tmp_path):
    for folder in (None, tmp_path / "my-work"):
        book = Progress("03-a", folder)
        book.change("q1", answered(0, 3, "NOT YET", "a"))
        assert book.entry("q1")["attempts"] == ["a"]
    assert os.listdir(tmp_path) == []
