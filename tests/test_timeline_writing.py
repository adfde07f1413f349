"""A file is written in one step or not at all."""

import os

import pytest
from analogies.timeline import writing


def test_the_new_content_takes_the_place_of_the_old(tmp_path):
    path = tmp_path / "notes.csv"
    writing.replace(path, b"old")
    writing.replace(path, b"new")
    assert path.read_bytes() == b"new" and os.listdir(tmp_path) == ["notes.csv"]


def test_a_write_that_fails_leaves_what_was_there_and_nothing_beside_it(tmp_path, monkeypatch):
    path = tmp_path / "notes.csv"
    writing.replace(path, b"old")

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        writing.replace(path, b"new")
    assert path.read_bytes() == b"old" and os.listdir(tmp_path) == ["notes.csv"]
