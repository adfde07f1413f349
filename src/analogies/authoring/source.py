"""Reads lesson.md and exercise.md (the format is in authoring/notebook.py) into notebooks that have not run."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jupytext
import nbformat
import yaml

LESSON_LIST = "<!-- lessons -->"
ANSWER_BEGINS, ANSWER_ENDS = "BEGIN SOLUTION", "END SOLUTION"
NAME = re.compile(r"[A-Za-z0-9_-]+")

# Pinned, so that no machine's Python version gets into a made file.
KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}
LANGUAGE = {"name": "python", "file_extension": ".py", "mimetype": "text/x-python", "pygments_lexer": "ipython3"}

_FRONT_MATTER = re.compile(r"---\n(.*?)\n---\n", re.S)
_KEYS = {"lesson": {"title": str, "slug": str, "minutes": dict, "readings": list, "objectives": list, "data": list},
         "exercise": {"title": str, "slug": str, "data": list}}
_OPTIONAL = {"lesson": {"form"}, "exercise": set()}
_CELL_KEYS = {"tags", "question", "check"}
_LAYOUT_KEYS = {"cell_marker", "lines_to_end_of_cell_marker", "lines_to_next_cell"}  # jupytext's notes on blank lines


class SourceError(ValueError):
    """A source cannot become a notebook; the sentence names the file, the line and what to do."""


@dataclass(frozen=True)
class Source:
    """One lesson.md or exercise.md: its front matter, its text as it is built, and its notebook, not yet run.

    `lines` gives for each cell the line of the file where it stands (for errors); `question` and `check` of a
    cell stay in its metadata under `analogies` until the notebook is finished.
    """

    path: Path
    kind: str                     # "lesson" or "exercise"
    front: dict[str, Any]
    text: str
    notebook: nbformat.NotebookNode
    lines: tuple[int, ...]

    @property
    def slug(self) -> str:
        return self.front["slug"]


def read(path: Path, *, lesson_list: str = "") -> Source:
    """Read one source; `lesson_list` (Markdown) takes the place of the line `<!-- lessons -->`.  Raises SourceError."""
    path = Path(path)
    kind = path.stem
    try:
        text = path.read_bytes().decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise SourceError(f"{path}: expected UTF-8 text, found byte {error.object[error.start]:#x} at place "
                          f"{error.start}; save the file as UTF-8") from None
    front, body, offset = _front_matter(path, kind, text)
    try:
        notebook = jupytext.reads(body, fmt="md")
    except nbformat.ValidationError as error:
        place = next((n for n, line in enumerate(text.splitlines(), 1) if "```python" in line and str(error.instance) in line), 1)
        raise SourceError(f"{path}:{place}: a cell's metadata are not valid: {error.message}; write "
                          'tags=["nbval-ignore-output"], question="q2" or check="q2" on the fence') from None
    for cell in notebook.cells:
        cell.source = cell.source.strip("\n")
    lines = _lines_of_cells(body, notebook, offset)
    for position, (cell, line) in enumerate(zip(notebook.cells, lines, strict=True)):
        _settle(path, kind, cell, line)
        cell.source = cell.source.replace(LESSON_LIST, lesson_list)  # now: the lines above are those of the file
        cell["id"] = cell_id(front["slug"], kind, position)
    notebook.metadata = nbformat.from_dict({
        "kernelspec": KERNEL, "language_info": LANGUAGE,
        "analogies": {"slug": front["slug"], "title": front["title"], "kind": kind}
        | ({"form": front["form"]} if "form" in front else {})})
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    return Source(path, kind, front, text.replace(LESSON_LIST, lesson_list), notebook, lines)


def cell_id(slug: str, kind: str, position: int) -> str:
    """The same id for the same place at each build, so that a rebuilt notebook differs only where the text does."""
    return hashlib.sha256(f"{slug}/{kind}/{position}".encode()).hexdigest()[:12]


def front_matter(path: Path) -> dict[str, Any]:
    """Only the front matter of a source, checked.  Raises SourceError."""
    text = Path(path).read_text(encoding="utf-8").replace("\r\n", "\n")
    return _front_matter(Path(path), Path(path).stem, text)[0]


def _front_matter(path: Path, kind: str, text: str) -> tuple[dict[str, Any], str, int]:
    if kind not in _KEYS:
        raise SourceError(f"{path}: expected a file named lesson.md or exercise.md")
    found = _FRONT_MATTER.match(text)
    if not found:
        raise SourceError(f"{path}:1: expected a YAML front matter between two lines of ---, found none")
    try:
        front = yaml.safe_load(found[1])
    except yaml.YAMLError as error:
        line = error.problem_mark.line + 2 if getattr(error, "problem_mark", None) else 1
        raise SourceError(f"{path}:{line}: the front matter is not valid YAML ({getattr(error, 'problem', error)}); "
                          "put quotes around a value that has a colon in it") from None
    front = front.get("analogies") if isinstance(front, dict) else None
    if not isinstance(front, dict):
        raise SourceError(f"{path}:1: expected the front matter under the key analogies:, found other keys")
    for key, shape in _KEYS[kind].items():
        if key not in front:
            raise SourceError(f"{path}:1: the front matter lacks {key}; a {kind} needs {', '.join(_KEYS[kind])}")
        if not isinstance(front[key], shape):
            raise SourceError(f"{path}:1: expected {key} in the front matter to be a {shape.__name__}, "
                              f"found {front[key]!r}")
    if unknown := sorted(front.keys() - _KEYS[kind].keys() - _OPTIONAL[kind]):
        raise SourceError(f"{path}:1: unknown key {', '.join(unknown)} in the front matter; "
                          f"known are {', '.join([*_KEYS[kind], *_OPTIONAL[kind]])}")
    if front["slug"] != path.parent.name:
        raise SourceError(f"{path}:1: expected slug {path.parent.name}, the folder's name, found {front['slug']}")
    if kind == "lesson" and (front["minutes"].keys() != {"teach", "exercise"}
                             or not all(isinstance(m, int) and m >= 0 for m in front["minutes"].values())):
        raise SourceError(f"{path}:1: expected minutes: {{teach: 50, exercise: 60}} in whole minutes, "
                          f"found {front['minutes']}")
    return front, text[found.end():], text[:found.end()].count("\n")


def _lines_of_cells(body: str, notebook: nbformat.NotebookNode, offset: int) -> tuple[int, ...]:
    """The file's line of each cell: jupytext does not say, but cells keep their order and their text."""
    lines, place = [], 0
    for cell in notebook.cells:
        found = body.find(cell.source, place)
        place = found if found >= 0 else place
        lines.append(offset + body[:place].count("\n") + 1)
        place += len(cell.source) if found >= 0 else 0
    return tuple(lines)


def _settle(path: Path, kind: str, cell: nbformat.NotebookNode, line: int) -> None:
    """Check one cell's metadata and put question and check under `analogies`.  Raises SourceError."""
    given = {key: value for key, value in cell.metadata.items() if key not in _LAYOUT_KEYS}
    if unknown := sorted(given.keys() - _CELL_KEYS):
        raise SourceError(f"{path}:{line}: unknown cell metadata {', '.join(unknown)}; known are tags, question, check")
    tags = given.get("tags", [])
    if not isinstance(tags, list) or not all(isinstance(tag, str) for tag in tags):
        raise SourceError(f'{path}:{line}: expected tags=["nbval-ignore-output"], found {tags!r}')
    roles = {role: given[role] for role in ("question", "check") if role in given}
    if roles and kind == "lesson":
        raise SourceError(f"{path}:{line}: question= and check= belong in exercise.md; in a lesson, a quick check is "
                          "a plain cell")
    if len(roles) > 1 or not all(isinstance(name, str) and NAME.fullmatch(name) for name in roles.values()):
        raise SourceError(f'{path}:{line}: expected question="q2" or check="q2", found {roles}')
    cell.metadata = nbformat.from_dict({"tags": tags} if tags else {})
    if roles:
        cell.metadata["analogies"] = nbformat.from_dict(roles)
    if cell.cell_type == "raw":
        raise SourceError(f"{path}:{line}: raw cells are not used; write Markdown or a python fence")
    marks = [text for text in cell.source.splitlines() if ANSWER_BEGINS in text or ANSWER_ENDS in text]
    if marks and "question" not in roles:
        raise SourceError(f"{path}:{line}: an answer stands in a cell that names no question; write "
                          'question="q2" on its fence')
    if "question" in roles and not (len(marks) == 2 and ANSWER_BEGINS in marks[0] and ANSWER_ENDS in marks[1]):
        raise SourceError(f"{path}:{line}: question {roles['question']} needs one {ANSWER_BEGINS} line and one "
                          f"{ANSWER_ENDS} line after it, found {len(marks)} such lines")
