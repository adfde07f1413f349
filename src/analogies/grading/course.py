"""Writes a course for nbgrader itself: a department's own nbgrader makes the students' copies from it and grades them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import nbformat

from .. import kit
from ..authoring.release import NBGRADER_CONFIG
from ..check import catalogue
from .submission import GradingError

CONFIG = "nbgrader_config.py"
README = "README.md"

# A kernel that nbgrader starts inherits it: what students tried is not kept among the work of whoever grades.
_SETTINGS = NBGRADER_CONFIG + '''c.CourseDirectory.course_id = "analogies"

import os
os.environ["ANALOGIES_PROGRESS"] = "off"
'''

_HOW = """# Analogies as a course for nbgrader

Made by `analogies export --nbgrader`. Here nbgrader makes the students' copies and grades the checked questions.

## Before you begin

Install `analogies` and nbgrader into one environment: in the clone of the kit, `python3 -m pip install -e ".[instructor]"`.
Activate it, so that its `bin` (on Windows `Scripts`) is on the PATH: nbgrader starts `alembic` from there.

## What to run, in this folder

```
nbgrader generate_assignment SLUG
nbgrader autograde SLUG
nbgrader export
```

SLUG is the name of a folder in `source/`, such as {slug}.

1. The first command makes `release/SLUG/SLUG.ipynb`, the students' copy. It is the same as `exercises/SLUG.ipynb` of the kit.
2. Put each student's notebook into `submitted/STUDENT/SLUG/SLUG.ipynb`. Then run the second command.
3. Mark the written answers in nbgrader's formgrader, in a Jupyter that is started in this folder.
4. The third command writes `grades.csv`.

## What to know

- A check cell shows the points as a number, so nbgrader gives part of the points where part is right.
- nbgrader runs students' code with your rights, and not isolated. The checks lie where that code can read them.
- The solutions are published with the kit, so the marks are for practice. Keep `source/` to yourself all the same.
"""


def write_course(folder: Path, slugs: Iterable[str] | None = None, *, root: Path | None = None) -> list[Path]:
    """Write source/SLUG/SLUG.ipynb for these exercises (all, if None), nbgrader's configuration and a README; gives the files.

    root (default: the clone) has solutions/SLUG.ipynb.  A file that is there already with these very contents is left
    as it is, so an exercise can be added later.  Raises GradingError, before anything is written, where another file
    stands in the place of one of them or a solution is missing or stale; UnknownExercise for a slug that does not exist.
    """
    folder, root = Path(folder), Path(root or kit.root())
    chosen = list(dict.fromkeys(slugs)) if slugs is not None else _all(root)
    if not chosen:
        raise GradingError(f"{root / 'solutions'}: expected at least one exercise for the course, found none; run: analogies build")
    wanted = {folder / "source" / slug / f"{slug}.ipynb": _solution(root, slug) for slug in chosen}
    wanted[folder / CONFIG] = _SETTINGS.encode()
    if not (folder / README).exists():
        wanted[folder / README] = _HOW.format(slug=chosen[0]).encode()
    _refuse_what_differs(folder, wanted)
    for path, data in wanted.items():
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("xb") as new:  # never over a file that came in between
                new.write(data)
    return list(wanted)


def _all(root: Path) -> list[str]:
    return sorted(path.stem for path in (root / "solutions").glob("*.ipynb"))


def _solution(root: Path, slug: str) -> bytes:
    """The bytes of the solution notebook, once it has an answer with a solution region for every graded question."""
    asked = [q.id for q in catalogue.questions(slug).values() if q.kind != "quick"]
    if not asked:
        raise GradingError(f"{slug}: this lesson has no exercise, so there is nothing to grade; there are: {', '.join(_all(root))}")
    path = root / "solutions" / f"{slug}.ipynb"
    again = f"run: analogies build {slug}"
    if not path.is_file():
        raise GradingError(f"{path}: the solution, from which nbgrader makes the students' copy, is missing; {again}")
    data = path.read_bytes()
    try:
        answered = {cell.metadata.get("nbgrader", {}).get("grade_id")
                    for cell in nbformat.reads(data.decode("utf-8"), as_version=4).cells
                    if "BEGIN SOLUTION" in cell.source and "END SOLUTION" in cell.source}
    except Exception as fault:  # nbformat raises many kinds for a file that is no notebook
        raise GradingError(f"{path}: expected a notebook, found another file ({type(fault).__name__}); {again}") from None
    lacking = [name for name in asked if name not in answered]
    if lacking:
        raise GradingError(f"{path}: expected an answer between BEGIN SOLUTION and END SOLUTION for {', '.join(lacking)}, "
                           f"found none; {again}")
    return data


def _refuse_what_differs(folder: Path, wanted: dict[Path, bytes]) -> None:
    if folder.exists() and not folder.is_dir():
        raise GradingError(f"{folder}: expected a folder for the course, found a file of that name; name another one")
    for path, data in wanted.items():
        if path.exists() and not (path.is_file() and path.read_bytes() == data):
            raise GradingError(f"{path}: another file of this name is there already, and nothing is overwritten; "
                               "name a new folder for the course")
