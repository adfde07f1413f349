"""Where a student reads on: the heading of each question in its exercise, and the section of the lesson that prepares it."""

from __future__ import annotations

import json
import re
from pathlib import Path

from ... import kit
from .words import Place

BREAKS = "Where the analogy breaks"
# Chosen by hand: the section in which a student finds what the question asks for.  A number is the section's.
SECTIONS = {
    "01-reading-the-articles": {"q1": "3", "q2": "3", "q3": "2", "q4": "6", "q5": "1", "q6": "5"},
    "02-venezuela-2019": {"q1": "5", "q2": "3", "q3": "4", "q4": "6", "q5": "2", "q6": "6"},
    "03-syria-2015": {"q1": "2", "q2": "4", "q3": "1", "q4": BREAKS, "q5": "2", "q6": BREAKS},
    "04-nicaragua-1980s": {"q1": "5", "q2": "7", "q3": "5", "q4": BREAKS, "q5": "4", "q6": BREAKS},
    "05-monroe-doctrine": {"q1": "5", "q2": "5", "q3": "6", "q4": "3", "q5": "1", "q6": "6"},
}


def places(slug: str, *, root: Path | None = None, exercise: Path | None = None) -> dict[str, Place]:
    """For each question its heading in the exercise and the section of the lesson to read, as far as they are found.

    root: the kit's folder; exercise: a notebook of one's own, for which no section is known unless a heading is the same.
    """
    try:
        root = Path(root or kit.root())
    except FileNotFoundError:
        return {}
    own = _headings(exercise) if exercise else {}
    kit_headings = _headings(root / "exercises" / f"{slug}.ipynb")
    sections = _sections(root / "notebooks" / f"{slug}.ipynb")
    found = {}
    for question, heading in (own or kit_headings).items():
        section = sections.get(SECTIONS.get(slug, {}).get(question, ""), "")
        found[question] = Place(heading, section if heading == kit_headings.get(question) else "")
    return found


def _headings(path: Path) -> dict[str, str]:
    """The heading above each answer cell, without "Question 2."."""
    heading, found = "", {}
    for cell in _cells(path):
        grade = cell.get("metadata", {}).get("nbgrader", {})
        if cell.get("cell_type") == "markdown" and (above := re.findall(r"^##\s+(.*?)\s*$", _source(cell), re.MULTILINE)):
            heading = re.sub(r"^Question\s+\d+\.\s*", "", above[-1])
        if grade.get("solution") and grade.get("grade_id"):
            found[grade["grade_id"]] = heading
    return found


def _sections(path: Path) -> dict[str, str]:
    """The sections of a lesson: by number, or by the heading itself where it has none."""
    headings = [h for cell in _cells(path) if cell.get("cell_type") == "markdown" for h in re.findall(r"^##\s+(.*?)\s*$", _source(cell), re.MULTILINE)]
    return {(number[1] if (number := re.match(r"(\d+)\.", heading)) else heading): heading for heading in headings}


def _cells(path: Path) -> list[dict]:
    try:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        return [cell for cell in cells if isinstance(cell, dict)]
    except (OSError, ValueError, KeyError, TypeError):
        return []


def _source(cell: dict) -> str:
    source = cell.get("source", "")
    return source if isinstance(source, str) else "".join(source)
