"""The readings and tables that are made from the lessons' front matter and the facts."""

from __future__ import annotations

import json
from pathlib import Path

from .. import kit
from ..facts.load import load
from . import bibliography, chronology, citations, claims
from .manifest import text_of
from .page import DATA, edited_by_hand
from .source import SourceError, front_matter

BEGIN, END = "<!-- lessons:begin -->", "<!-- lessons:end -->"


def make(root: Path | None = None) -> dict[Path, str]:
    """Each made text by its path: citations, the three readings, the README's table.

    What is made from the facts is made where the folder has them (src/analogies/data).  Raises SourceError where a page
    lacks its markers or a front matter is wrong, DataError where the data have a fault.
    """
    root = Path(root or kit.root())
    made = citations.make(root)
    if made:
        made |= _from_facts(root, next(iter(made.values())))
    readme = root / "README.md"
    if readme.exists():
        made[readme] = _between_markers(readme, lesson_table(root, "notebooks/", "exercises/"))
    return made


def faults(root: Path) -> list[str]:
    """A sentence for each made text that is missing, stale or edited by hand.  Raises as `make` does."""
    found = []
    for path, text in make(root).items():
        name = path.relative_to(root).as_posix()
        there = text_of(path) if path.exists() else None
        if there is None:
            found.append(f"{name} is missing; run: analogies build")
        elif there != text and path.parent.name == "readings" and edited_by_hand(there):
            found.append(f"{name} was edited by hand; its first line says what to change instead; then run: analogies build")
        elif there != text:
            found.append(f"{name} is stale: what it is made from has changed; run: analogies build")
    return found


def _from_facts(root: Path, cited: str) -> dict[Path, str]:
    facts, by_key = load(root / DATA), json.loads(cited)
    short = citations.short_forms((root / DATA / "sources.bib").read_bytes())
    pages = {"bibliography": bibliography.make(facts, by_key), "claims": claims.make(root, facts, short),
             "chronology": chronology.make(facts, short)}
    return {root / "readings" / f"{name}.md": text for name, text in pages.items()}


def lesson_table(root: Path, lessons: str, exercises: str) -> str:
    """The table of lessons in Markdown, with links that start with these two folders; empty where there is no lesson."""
    rows = []
    for path in sorted(Path(root, "lessons").glob("*/lesson.md")):
        front = front_matter(path)
        slug, minutes = front["slug"], front["minutes"]
        exercise = (f"[exercise]({exercises}{slug}.ipynb), {minutes['exercise']} minutes"
                    if path.with_name("exercise.md").exists() else "none")
        aims = _listed([str(aim).strip().rstrip(".") for aim in front["objectives"]])
        rows.append(f"| [{front['title']}]({lessons}{slug}.ipynb) | {aims} | {minutes['teach']} | {exercise} |")
    head = ["| Lesson | What you learn to do | Minutes | Exercise |", "|---|---|---|---|"]
    return "\n".join(head + rows) if rows else ""


def _listed(aims: list[str]) -> str:
    """The aims as one sentence: each begins with a verb, which keeps its capital only at the head of the sentence."""
    return "; ".join(aims[:1] + [aim[:1].lower() + aim[1:] for aim in aims[1:]])


def _between_markers(path: Path, table: str) -> str:
    text = path.read_text(encoding="utf-8").replace("\r\n", "\n")
    if text.count(BEGIN) != 1 or text.count(END) != 1 or text.index(BEGIN) > text.index(END):
        raise SourceError(f"{path}: expected one line {BEGIN} and after it one line {END}; the table of lessons is "
                          "made between them")
    before, rest = text.split(BEGIN)
    return f"{before}{BEGIN}\n{table}\n{END}{rest.split(END)[1]}"
