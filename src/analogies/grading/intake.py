"""Finds submitted notebooks and reads them as data: only the text of answer cells is taken, matched by question."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

MAX_BYTES = 30_000_000


class GradingError(ValueError):
    """A batch cannot be graded; the sentence says what was expected, what was found and what to do."""


@dataclass
class Submission:
    """One student's notebook as data: the answer cells' text by question, and what was odd, in sentences.

    `answers` lacks a question whose cell was not found.
    """

    student: str
    path: Path
    answers: dict[str, str] = field(default_factory=dict)
    oddities: list[str] = field(default_factory=list)


def find(folder: Path, slug: str) -> list[tuple[str, Path]]:
    """Student and notebook, in order of the names.  Layouts: STUDENT.ipynb, STUDENT/x.ipynb, STUDENT/SLUG/x.ipynb,
    and the last under submitted/, as nbgrader has it.  Raises GradingError where there is nothing to grade."""
    folder = Path(folder)
    if not folder.is_dir():
        what = "a file" if folder.exists() else "nothing"
        raise GradingError(f"{folder}: expected a folder of submitted notebooks, found {what} of that name")
    base = folder / "submitted" if (folder / "submitted").is_dir() else folder
    found = [(path.stem, path) for path in base.glob("*.ipynb") if _visible(path)]
    for home in (path for path in base.iterdir() if path.is_dir() and _visible(path)):
        own = home / slug if (home / slug).is_dir() else home
        notebooks = sorted(path for path in own.glob("*.ipynb") if _visible(path))
        named = [path for path in notebooks if path.stem == slug]
        found += [(home.name, path) for path in named or notebooks]
    if not found:
        raise GradingError(f"{base}: no notebook found; expected STUDENT.ipynb, or STUDENT/{slug}/{slug}.ipynb")
    return sorted(found, key=lambda pair: (pair[0].casefold(), str(pair[1])))


def read(student: str, path: Path, exercise: NotebookNode, slug: str) -> Submission:
    """The answers of one submission.  Never raises for what the file holds: it says so under `oddities`."""
    submission = Submission(student, path)
    try:
        cells, of = _cells(path)
    except (OSError, ValueError) as error:
        submission.oddities.append(f"The file could not be read, so nothing was graded: {error}.")
        return submission
    if of and of != slug:
        submission.oddities.append(f"The notebook says that it is {of}; {slug} was expected.")
    ours = {c.metadata.nbgrader.grade_id: c for c in exercise.cells
            if c.metadata.get("nbgrader", {}).get("solution")}
    given = {c.metadata.nbgrader.grade_id for c in exercise.cells if "nbgrader" in c.metadata}
    by_cell_id = {c.id: c.metadata.get("nbgrader", {}).get("grade_id") for c in exercise.cells}
    theirs: dict[str, list[dict]] = {}
    extra = 0
    for cell in cells:
        name = _grade_id(cell) if _grade_id(cell) in given else by_cell_id.get(cell.get("id"))
        if name in ours:
            theirs.setdefault(name, []).append(cell)
        elif name not in given and cell["cell_type"] == "code" and cell["source"].strip():
            extra += 1
    for name, cell in ours.items():
        _take(submission, name, cell, theirs.get(name, []))
    if not theirs:
        submission.oddities.append(f"None of the answer cells of {slug} was found; is this another exercise?")
    if extra:
        cells_are = "1 cell that is" if extra == 1 else f"{extra} cells that are"
        submission.oddities.append(f"{cells_are} not part of the exercise did not run; an answer must work from its own "
                                   "cell.")
    return submission


def _take(submission: Submission, name: str, ours: NotebookNode, theirs: list[dict]) -> None:
    if not theirs:
        submission.oddities.append(f"The answer cell of {name} is missing.")
        return
    if len(theirs) > 1:
        submission.oddities.append(f"The answer cell of {name} occurs {len(theirs)} times (copied or split); all were "
                                   "run, in their order.")
    if any(cell["cell_type"] != ours.cell_type for cell in theirs):
        submission.oddities.append(f"The answer cell of {name} was changed into another type of cell; its text was "
                                   "graded all the same.")
    parts = [cell["source"] for cell in theirs]
    changed = [part for part in parts if part.strip() != ours.source.strip()]
    submission.answers[name] = "\n".join(changed or parts[:1])


def _cells(path: Path) -> tuple[list[dict[str, Any]], str]:
    """Cells with id, cell_type, source and metadata, and the slug that the notebook claims.  Raises ValueError."""
    if path.stat().st_size > MAX_BYTES:
        raise ValueError(f"it is larger than {MAX_BYTES // 1_000_000} MB; clear its outputs")
    try:
        book = json.loads(path.read_bytes().decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise ValueError("it is not UTF-8 text, so it is no notebook") from None
    except RecursionError:
        raise ValueError("it is nested too deeply to be a notebook") from None
    except ValueError as error:
        raise ValueError(f"it is not valid JSON ({error})") from None
    if not isinstance(book, dict) or not isinstance(book.get("cells"), list):
        raise ValueError("it is JSON, but no notebook of format 4 (it has no list of cells)")
    cells = []
    for cell in book["cells"]:
        if not isinstance(cell, dict):
            continue
        source = cell.get("source", "")
        lines = source if isinstance(source, list) else [source]
        text = "".join(line for line in lines if isinstance(line, str))
        cells.append({"id": cell["id"] if isinstance(cell.get("id"), str) else None, "source": text,
                      "cell_type": cell.get("cell_type"), "metadata": _dict(cell.get("metadata"))})
    claimed = _dict(_dict(book.get("metadata")).get("analogies")).get("slug", "")
    return cells, claimed if isinstance(claimed, str) else ""


def _grade_id(cell: dict) -> str | None:
    name = _dict(cell["metadata"].get("nbgrader")).get("grade_id")
    return name if isinstance(name, str) else None


def _dict(value: Any) -> dict:
    return value if isinstance(value, dict) else {}


def _visible(path: Path) -> bool:
    return not path.name.startswith(".")
