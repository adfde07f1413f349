"""Finds what was handed in and reads it as data: `find` gives the notebooks of a folder or zip, `read` the answers of one."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from ..names import shown
from ..our_copy import Notebook
from ..submission import GradingError, Handed, Student, Submission
from . import attempts, contents, found, notebook_cells
from .contents import NOTEBOOKS, File, Unreached, Unreadable
from .found import Found
from .matching import match

__all__ = ["Found", "GradingError", "Handed", "Student", "Submission", "find", "read"]

NOTHING = "Nothing was graded: "


def find(path: Path | str, slug: str, *, deadline: datetime | None = None, attempt: str | int = "last") -> Found:
    """The notebooks to grade, in order of the students' names; a list whose `said` holds what concerns no student of it.

    path: a folder or zip of STUDENT.ipynb, STUDENT/x.ipynb, STUDENT/SLUG/x.ipynb (also under submitted/, as nbgrader has
    it), or what Moodle and Canvas give as the download of all submissions; a student's own file may be a zip, too.
    attempt: "last" (before the deadline; if there is none, the last one, which is late), "first", a number or "all".
    deadline: without a time zone it is local.  Raises GradingError where there is nothing to grade.
    """
    path = Path(path)
    attempts.check(attempt)
    try:
        listed = _listed(path)
    except (Unreadable, OSError) as error:
        raise GradingError(f"{shown(str(path), 300)} {error}; expected a folder of submitted notebooks, or the zip with all "
                           "submissions as Moodle or Canvas gives it") from None
    handed = found.everything(path, listed, slug, deadline, attempt)
    if not handed:
        said = " ".join(handed.said)
        raise GradingError(f"{shown(str(path), 300)}: no notebook found; expected STUDENT.ipynb, STUDENT/{slug}/{slug}.ipynb, or a "
                           f"zip from Moodle or Canvas. {said}".strip())
    return handed


def read(handed: Handed, exercise: Notebook, slug: str) -> Submission:
    """The answers of one notebook.  Never raises for what a file holds: `unread` says why nothing could be taken.

    Its oddities are those of reading; those of finding the notebook stay in `handed`.  Raises GradingError where the file
    cannot be had this time, of which nothing may be kept; so does any fault of ours, whatever it raises.
    """
    if handed.oddities and not (handed.member or handed.path.name).casefold().endswith(NOTEBOOKS):
        return Submission(handed, unread=handed.oddities[0])  # there is no notebook, as was said when it was looked for
    try:
        book = notebook_cells.load(handed.path, handed.member)
        matched = match(book, exercise, slug)
    except Unreached as error:
        raise GradingError(f"{shown(handed.file)} {error}") from None
    except Unreadable as error:
        return Submission(handed, unread=f"{NOTHING}{shown(handed.file)} {error}.")
    if matched.unread:
        why = matched.unread[0].lower() + matched.unread[1:]
        return Submission(handed, oddities=book.said, unread=f"{NOTHING}{why} Ask for the right file and run the command again.")
    return Submission(handed, matched.answers, (*book.said, *matched.said))


def _listed(path: Path) -> list[File]:
    if path.is_dir():
        return contents.of_folder(path.resolve())
    if not path.exists():
        raise Unreadable("was not found (there is nothing of that name)")
    if path.suffix.casefold() == ".ipynb" and path.is_file():
        return [File((path.name,), path.resolve())]
    return contents.of_zip(path.resolve())
