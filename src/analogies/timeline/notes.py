"""The student's own layer on the timeline: its columns; how it is kept stands in my_work."""

from __future__ import annotations

import os
from pathlib import Path

from analogies import my_work
from analogies.my_work import OwnTable, saving

__all__ = ["COLUMNS", "Notebook", "NotesError", "joined", "numbered", "parse", "place", "saving", "text"]

COLUMNS = ("id", "event", "date", "title", "case", "theme", "text")
NotesError = my_work.OwnTableError


class Notebook(OwnTable):
    """The rows of one notes file: `rows` as last read or written, `report` with what went wrong."""

    columns = COLUMNS
    required = ("date", "title")
    elsewhere = "the notes are kept in this page: save them as CSV from the timeline's menu."


def place(name: str | os.PathLike) -> Path:
    """Where the notes of that name lie: my-work/ of the kit, unless a folder is named. Raises NotesError."""
    return my_work.place(name, asked=f"notes={os.fspath(name)!r}", example="notes='my-notes.csv'")


parse, numbered, joined, text = Notebook.parse, Notebook.numbered, Notebook.joined, Notebook.text
