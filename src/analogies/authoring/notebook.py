"""From the text of a lesson or an exercise to an executed notebook: the one way notebooks are made.

The format of a source
======================
``lessons/NN-slug/lesson.md`` and ``lessons/NN-slug/exercise.md`` are jupytext Markdown, UTF-8, with a
YAML front matter under the one key ``analogies``:

lesson.md: ``title``, ``slug`` (the folder's name), ``minutes`` ({teach, exercise}), ``readings`` (names of
    files in readings/ without .md, may be empty), ``objectives`` (list), ``data`` (names of cases, series
    or tables used); optional ``form: guide`` for a page that is not a lesson of nine parts (00-start-here).
exercise.md: ``title``, ``slug``, ``data``.

Cells
-----
* Text is Markdown. Two blank lines, a code fence or a region end a Markdown cell.
* A ``python`` fence is a code cell. Code that is shown and not run has the fence ``python .noeval``.
* A cell's metadata stand on its fence line; three keys exist: ``tags=["nbval-ignore-output"]``,
  ``question="q2"``, ``check="q2"``. A widget's cell carries the tag: its live view is not compared.
* A code answer: fence ``python question="q2"``; starter lines (``q2 = None``) first, then the answer
  between the lines ``### BEGIN SOLUTION`` and ``### END SOLUTION``. One answer cell for each question,
  which sets every variable in ``Question.answers``.
* Its check: fence ``python check="q2"``, after the answer, with ``ex.check("q2", q2)`` as its last line.
* A written answer: a region, alone in its cell, prompt above it::

      <!-- #region question="q5" -->
      <!-- BEGIN SOLUTION -->
      Model answer, paragraphs, no headings.
      <!-- END SOLUTION -->
      <!-- #endregion -->

* Points, kinds and checks are never written here: they come from ``analogies.check.questions``.
* In lesson.md nothing is taken out, so it has no ``question=`` and no ``check=``: a quick check is a
  plain cell that ends in ``ex.check("like-with-like", None)``.

nbgrader's roles (schema 3): the answer cell has grade_id ``q2``, its check ``check-q2``, a written answer
``q5``; every other code cell of an exercise is read-only with grade_id ``given-1``, ``given-2`` ...
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from .. import kit
from ..check import catalogue
from ..check.question import Question
from ..facts.model import DataError
from . import browser, manifest, readings
from .execute import CellFailed, execute
from .release import ReleaseError, set_roles, student_copy
from .source import Source, SourceError, read

Report = Callable[[str], object]
Questions = Callable[[str], Sequence[Question]]


class BuildError(ValueError):
    """A notebook cannot be made; the sentence names the source, the line and what is wrong."""


def build(slugs: Iterable[str] | None = None, *, report: Report = print, root: Path | None = None,
          questions: Questions | None = None) -> list[Path]:
    """Make the notebooks of these lessons, or whatever is stale where none is named, the made readings and widget.js.

    Gives the files written.  `report` gets a sentence for each step.  `root` (default: the clone) and `questions`
    (default: analogies.check.questions) say where from.  Raises BuildError before anything of that lesson is written.
    """
    root = Path(root or kit.root())
    known = slugs_of(root)
    wanted = list(dict.fromkeys(slugs)) if slugs is not None else None
    if unknown := [slug for slug in wanted or () if slug not in known]:
        raise BuildError(f"there is no lesson {', '.join(unknown)}; lessons/ has {', '.join(known) or 'none'}")
    try:
        written = [path for path, text in (browser.make(root) | readings.make(root)).items() if _write(path, text)]
        due = wanted if wanted is not None else [s for s in known if manifest.faults(root, s, _sources(root, s))]
        for number, slug in enumerate(due, start=1):
            for source in _sources(root, slug):
                report(f"{slug} ({number} of {len(due)}): running {source.path.name}")
                written += _make(root, source, questions or _shipped_questions)
    except (SourceError, BuildError) as error:
        raise BuildError(_from_root(root, error)) from None
    if wanted is None:
        manifest.forget(root, known)
    report(f"{len(written)} files made" if written else "everything is up to date")
    return written


def stale(*, root: Path | None = None) -> list[str]:
    """A sentence for each made file that is missing, stale, edited by hand or without a source.  Runs nothing."""
    root = Path(root or kit.root())
    found = []
    for slug in slugs_of(root):
        try:
            found += manifest.faults(root, slug, _sources(root, slug))
        except SourceError as error:
            found.append(_from_root(root, error))
    found += manifest.orphans(root, slugs_of(root))
    try:
        found += browser.faults(root) + readings.faults(root)
    except (SourceError, DataError) as error:
        found.append(_from_root(root, error))
    return list(dict.fromkeys(found))


def slugs_of(root: Path) -> list[str]:
    """The folders of lessons/ that hold a lesson.md or an exercise.md, in order."""
    return sorted({path.parent.name for path in Path(root, "lessons").glob("*/*.md")
                   if path.name in ("lesson.md", "exercise.md")})


def make(source: Source, questions: Sequence[Question] = ()) -> tuple[dict[str, NotebookNode], tuple[str, ...]]:
    """One source's notebooks by folder (notebooks, or solutions and exercises), and the package's files they used.

    Raises BuildError.
    """
    notebook = source.notebook
    try:
        if source.kind == "exercise":
            notebook = set_roles(notebook, questions)
        run = execute(notebook)
        if source.kind == "lesson":
            return {"notebooks": run.notebook}, run.used
        _refuse_lost_marks(run.notebook)
        return {"solutions": run.notebook, "exercises": student_copy(run.notebook)}, run.used
    except CellFailed as error:
        raise BuildError(_at(source, error.position, f"this cell cannot be kept: {error.why}.")) from None
    except ReleaseError as error:
        raise BuildError(_at(source, error.position, f"{error}.")) from None


def _make(root: Path, source: Source, questions: Questions) -> list[Path]:
    before = manifest.snapshot()
    notebooks, used = make(source, questions(source.slug) if source.kind == "exercise" else ())
    texts = {root / folder / f"{source.slug}.ipynb": nbformat.writes(nb) + "\n" for folder, nb in notebooks.items()}
    for path, text in texts.items():
        _write(path, text)
    manifest.record(root, source, texts, used, before)
    return list(texts)


def _shipped_questions(slug: str) -> Sequence[Question]:
    return tuple(catalogue.questions(slug).values())


def _sources(root: Path, slug: str) -> list[Source]:
    table = readings.lesson_table(root, "", "../my-work/")
    return [read(path, lesson_list=table) for name in ("lesson.md", "exercise.md")
            if (path := root / "lessons" / slug / name).exists()]


def _refuse_lost_marks(solution: NotebookNode) -> None:
    """An answer that fails its own checks cannot be built."""
    for position, cell in enumerate(solution.cells):
        role = cell.metadata.get("nbgrader", {})
        if not (role.get("grade") and role.get("locked")):
            continue
        name, points = role["grade_id"].removeprefix("check-"), role["points"]
        results = [o.data.get("text/plain", "") for o in cell.outputs if o.output_type == "execute_result"]
        try:
            earned = float(results[-1])
        except (IndexError, ValueError):
            raise CellFailed(position, f"the check of question {name} gives no number, so nbgrader would give full "
                                       f'marks for anything; end it with ex.check("{name}", ...)') from None
        if earned != points:
            said = "; ".join(str(o.data.get("text/markdown", "")).strip() for o in cell.outputs if "data" in o)
            raise CellFailed(position, f"the answer to question {name} earns {earned:g} of {points:g} points from its "
                                       f"own check ({said})")


def _at(source: Source, position: int | None, why: str) -> str:
    if position is None:
        return f"{source.path}: {why}"
    cell = "\n".join(f"    {line}" for line in source.notebook.cells[position].source.splitlines())
    return f"{source.path}:{source.lines[position]}: {why} The cell is:\n{cell}"


def _from_root(root: Path, error: Exception) -> str:
    return str(error).replace(f"{root}{os.sep}", "")


def _write(path: Path, text: str) -> bool:
    """Put the text there in one step, so that a broken build leaves the old file whole; False if it is there already."""
    if path.exists() and manifest.text_of(path) == text:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        beside.write_text(text, encoding="utf-8", newline="\n")
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    return True
