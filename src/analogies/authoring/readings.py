"""The readings and tables that are made from the lessons' front matter and the facts."""

from __future__ import annotations

from pathlib import Path

from .. import kit
from .source import SourceError, front_matter

BEGIN, END = "<!-- lessons:begin -->", "<!-- lessons:end -->"


def make(root: Path | None = None) -> dict[Path, str]:
    """Each made text by its path.  Raises SourceError where a page lacks its markers or a front matter is wrong."""
    root = Path(root or kit.root())
    made = {}
    readme = root / "README.md"
    if readme.exists():
        made[readme] = _between_markers(readme, lesson_table(root, "notebooks/", "exercises/"))
    return made


def lesson_table(root: Path, lessons: str, exercises: str) -> str:
    """The table of lessons in Markdown, with links that start with these two folders; empty where there is no lesson."""
    rows = []
    for path in sorted(Path(root, "lessons").glob("*/lesson.md")):
        front = front_matter(path)
        slug, minutes = front["slug"], front["minutes"]
        exercise = (f"[exercise]({exercises}{slug}.ipynb), {minutes['exercise']} minutes"
                    if path.with_name("exercise.md").exists() else "none")
        aims = "; ".join(str(aim).strip().rstrip(".") for aim in front["objectives"])
        rows.append(f"| [{front['title']}]({lessons}{slug}.ipynb) | {aims} | {minutes['teach']} | {exercise} |")
    head = ["| Lesson | What you learn to do | Minutes | Exercise |", "|---|---|---|---|"]
    return "\n".join(head + rows) if rows else ""


def _between_markers(path: Path, table: str) -> str:
    text = path.read_text(encoding="utf-8").replace("\r\n", "\n")
    if text.count(BEGIN) != 1 or text.count(END) != 1 or text.index(BEGIN) > text.index(END):
        raise SourceError(f"{path}: expected one line {BEGIN} and after it one line {END}; the table of lessons is "
                          "made between them")
    before, rest = text.split(BEGIN)
    return f"{before}{BEGIN}\n{table}\n{END}{rest.split(END)[1]}"
