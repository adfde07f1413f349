"""The commands that grade: grade, mark, export, feedback.  The work is done in the modules; here it is asked for and shown.

Imports stand inside the commands, so that `analogies --help` loads nothing heavy.
"""

from __future__ import annotations

import os
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from .batch import Run
    from .gradebook.book import Gradebook

HERE = "gradebook.db"
Slug = Annotated[str, typer.Argument(metavar="SLUG", help="The exercise's slug, such as 03-syria-2015.")]
Book = Annotated[str, typer.Option(help="The gradebook: a file, or the URL of a database.")]


def register(app: typer.Typer) -> None:
    """Give the command line these commands."""
    for command in (grade, mark, export, feedback):
        app.command()(command)


def grade(
    path: Annotated[Path, typer.Argument(help="A folder of submitted notebooks, or the zip that Moodle or Canvas gives.")],
    exercise: Annotated[str, typer.Option(help="The exercise's slug, such as 03-syria-2015.")],
    gradebook: Book = HERE,
    deadline: Annotated[str | None, typer.Option(help="Such as 2026-11-29T23:59, in your own time, or with an offset (+01:00).")] = None,
    attempt: Annotated[str, typer.Option(help="Which attempt counts: last (in time, if one is), first, all, or a number.")] = "last",
    questions: Annotated[Path | None, typer.Option(help="A folder with question files of your own.")] = None,
    workers: Annotated[int | None, typer.Option(min=1, help="How many to grade at a time; if left out, one for each core.")] = None,
    regrade: Annotated[list[str] | None, typer.Option(help="Grade this question anew for everybody, or all.")] = None,
    not_isolated: Annotated[bool, typer.Option("--not-isolated", help="Run students' code with your own rights.")] = False,
    seconds: Annotated[float | None, typer.Option(min=0.1, help="How long one cell may run; 30 if left out.")] = None,
    out: Annotated[Path | None, typer.Option(help="Write the marks as CSV too, and what a regrade changed beside it.")] = None,
) -> None:
    """Grade submitted notebooks into a gradebook; run it again to go on, or to grade again."""
    from rich.console import Console

    from . import when
    from .batch import grade_batch
    from .progress_bar import shown
    from .sandbox.trusted import Limits

    due, which = when.deadline(deadline), when.attempt(attempt)
    limits = Limits() if seconds is None else Limits(seconds_a_cell=seconds, seconds=max(6 * seconds, Limits().seconds))
    with shown(Console(stderr=True)) as (report, progress):
        if due:
            report(f"Deadline: {when.in_words(due)}.")
        run = grade_batch(path, exercise, gradebook=gradebook, who=_who(), deadline=due, attempt=which, workers=workers,
                          regrade=regrade, questions_dir=questions, isolated=not not_isolated, limits=limits, report=report,
                          progress=progress)
    # As it may be shown: the address of a database without its password.
    _show(run, out, "" if gradebook == HERE else f" --gradebook {shlex.quote(run.gradebook.name)}")
    if run.stopped:
        typer.echo(f"Stopped: {run.done} of {run.found} are kept. The same command goes on with the others.", err=True)
        if run.hurried:  # what still runs must not hold up whoever is in a hurry; all that is kept is on the disk
            sys.stdout.flush()
            os._exit(130)
        raise typer.Exit(130)


def mark(
    slug: Slug,
    levels: Annotated[list[str] | None, typer.Argument(metavar="CRITERION=LEVEL", help="Levels of the rubric.")] = None,
    question: Annotated[str | None, typer.Option(help="The question; if left out, each written one.")] = None,
    student: Annotated[str | None, typer.Option(help="The student to mark or to read.")] = None,
    points: Annotated[float | None, typer.Option(min=0, help="Points, where no rubric is used.")] = None,
    comment: Annotated[str, typer.Option(help="What the student reads with the mark.")] = "",
    why: Annotated[str, typer.Option(help="What the gradebook keeps as the reason.")] = "",
    sheet: Annotated[Path | None, typer.Option(help="Take the marks from this CSV, made with --write-sheet.")] = None,
    write_sheet: Annotated[Path | None, typer.Option(help="Write the answers as CSV to mark in, or as a page to read (.md).")] = None,
    take_back: Annotated[bool, typer.Option("--take-back", help="Take a mark by hand back; --why says the reason.")] = False,
    history: Annotated[bool, typer.Option("--history", help="Show every mark that a student had for a question.")] = False,
    gradebook: Book = HERE,
) -> None:
    """Read the written answers question by question, and mark them: one here, or all in a sheet."""
    from . import marking
    from .submission import GradingError

    given = bool(levels or points is not None or comment)
    alone = "--take-back" if take_back else "--history" if history else ""
    if alone and not (student and question):
        raise GradingError(f"analogies mark {alone}: say whose mark and of which question, with --student and --question")
    if alone and (given or sheet or write_sheet or (take_back and history)):
        raise GradingError(f"analogies mark {alone}: expected nothing but --student, --question and --why beside it; do one after the other")
    book, rubrics, who = _book(gradebook, slug), _rubrics(slug), _who()
    for change in book.rescore(slug, rubrics, who=who):  # a rubric whose points were edited since
        typer.echo(change.sentence, err=True)
    if take_back:
        said = marking.take_back(book, slug, question, student, who=who, why=why)
    elif history:
        said = marking.history(book, slug, question, student)
    elif sheet:
        said = marking.take(book, slug, rubrics, sheet, who=who)
    elif write_sheet:
        said = marking.write(book, slug, rubrics, question, write_sheet)
    elif student and given:
        said = marking.mark(book, slug, rubrics, question, student, levels or [], points, comment, who=who, why=why)
    elif given:
        raise GradingError("analogies mark: say whose answer is marked, with --student")
    else:
        said = marking.read(book, slug, rubrics, question, student)
    typer.echo(said)


def export(
    slug: Slug,
    csv: Annotated[Path | None, typer.Option(help="Write the marks to this file.")] = None,
    canvas: Annotated[Path | None, typer.Option(help="The CSV that Canvas exported: one column is filled in.")] = None,
    moodle: Annotated[Path | None, typer.Option(help="Moodle's grading worksheet: grades and comments are filled in.")] = None,
    nbgrader: Annotated[Path | None, typer.Option(help="Write a course for nbgrader into this folder (needs no gradebook).")] = None,
    assignment: Annotated[str | None, typer.Option(help="Its title or number in Canvas; if left out, the exercise's title.")] = None,
    so_far: Annotated[bool, typer.Option("--so-far", help="Also for students whose answers still wait for a reader.")] = False,
    rescale: Annotated[bool, typer.Option("--rescale", help="Turn our points into those of the LMS.")] = False,
    out: Annotated[Path | None, typer.Option(help="Where to write the file that was filled in.")] = None,
    gradebook: Book = HERE,
) -> None:
    """Write the marks for a spreadsheet, Canvas or Moodle; or the exercise as a course for nbgrader."""
    from .new_files import write_new
    from .submission import GradingError

    ways = [name for name, given in (("--csv", csv), ("--canvas", canvas), ("--moodle", moodle), ("--nbgrader", nbgrader)) if given]
    if len(ways) != 1:
        raise GradingError(f"analogies export: expected one of --csv, --canvas, --moodle and --nbgrader, found {' and '.join(ways) or 'none'}")
    if nbgrader:
        from .course import write_course

        for path in write_course(nbgrader, [slug]):
            typer.echo(f"Written: {path}")
        return
    from . import feedback as pages
    from . import lms, marks_table

    book = _book(gradebook, slug)
    rows, asked = book.rows(slug), book.questions(slug)
    for sentence in marks_table.anew(rows):
        typer.echo(sentence)
    if csv:
        typer.echo(f"Written: {write_new(csv, lms.plain_csv(rows, asked))}")
        return
    if canvas:
        filled = lms.fill_canvas(canvas.read_bytes(), rows, title_or_id=assignment or _title(slug), so_far=so_far, rescale=rescale)
    else:
        filled = lms.fill_moodle(moodle.read_bytes(), rows, comments=pages.comments(rows, asked, _rubrics(slug)), so_far=so_far,
                                 rescale=rescale)
    for sentence in filled.said:
        typer.echo(sentence)
    given = canvas or moodle
    typer.echo(f"Written: {write_new(out or given.with_name(f'{given.stem}-filled{given.suffix}'), filled.data)}")


def feedback(
    slug: Slug,
    out: Annotated[Path | None, typer.Option(help="The folder for the pages; feedback-SLUG if left out.")] = None,
    gradebook: Book = HERE,
) -> None:
    """Write a page for each student: each question, its mark, the reasons, the next step."""
    from . import feedback as pages

    book = _book(gradebook, slug)
    folder = out or Path(f"feedback-{slug}")
    made = pages.write(book.rows(slug), book.questions(slug), _rubrics(slug), folder, title=_title(slug), places=pages.places(slug),
                       say=typer.echo)
    typer.echo(f"{len(made)} {'page' if len(made) == 1 else 'pages'} written to {folder.resolve()}, with a list of them, index.csv.")


def _show(run: Run, out: Path | None, more: str) -> None:
    """The marks, what was odd, what changed, where everything is, and what to do next."""
    from rich.console import Console

    from . import lms, marks_table
    from .new_files import write_new

    screen, slug, book = Console(), run.slug, run.gradebook
    everybody = book.rows(slug)
    rows = [row for row in everybody if row.student.key in run.students]
    asked = book.questions(slug)
    if rows:
        screen.print(marks_table.table(rows, asked, title=f"Marks for {slug}", width=screen.width))
    for sentence in [*marks_table.isolations(rows), *run.cautions, *run.said, *marks_table.odd(rows), *run.by_hand, *marks_table.anew(rows)]:
        screen.print(sentence, markup=False, highlight=False)
    changes = book.changes(run.number) if run.number is not None else []
    if changes:
        screen.print(marks_table.differences(changes))
    elif run.regraded:
        screen.print("No mark changed.")
    typer.echo(f"\n{run.graded} graded now, {run.known} were graded before. The gradebook: {_place(book)}")
    if out:
        typer.echo(f"Written: {write_new(out, lms.plain_csv(rows, asked))}")
        if changes:
            typer.echo(f"Written: {write_new(out.with_name(f'{out.stem}-changes.csv'), marks_table.differences_csv(changes))}")
    if waiting := marks_table.waiting(everybody):
        typer.echo(f"{waiting} written {'answer waits' if waiting == 1 else 'answers wait'} for a reader: analogies mark {slug}{more}")
    typer.echo(f"Then: analogies export {slug} --csv marks-{slug}.csv{more}, and analogies feedback {slug}{more}")


def _place(book: Gradebook) -> str:
    """Where the gradebook is: the whole path of a file, or the address of a database without its password."""
    return book.name if "://" in book.name else str(Path(book.name).resolve())


def _book(where: str, slug: str) -> Gradebook:
    """The gradebook that is there already, with marks of this exercise.  Raises GradingError."""
    import re

    from .gradebook.book import Gradebook
    from .submission import GradingError

    if not re.match(r"[a-z][a-z0-9]+(\+\w+)?:/", where, re.IGNORECASE) and not Path(where).exists():
        shown = re.sub(r"(://[^:/@]*:).*@", r"\1***@", where)
        raise GradingError(f"{shown}: expected a gradebook, found nothing of that name; first run: analogies grade ... --exercise {slug}, "
                           "or name another one with --gradebook")
    book = Gradebook(where)
    if not book.questions(slug):
        if near := _near(slug):
            raise GradingError(f"{book.name}: nothing of {slug} is in this gradebook; did you mean {' or '.join(near)}?")
        raise GradingError(f"{book.name}: nothing of {slug} is in this gradebook; first run: analogies grade ... --exercise {slug}")
    return book


def _near(slug: str) -> list[str]:
    """Slugs that may have been meant; none for one that exists."""
    import difflib

    from ..check import catalogue

    known = catalogue.slugs()
    if slug in known:
        return []
    return [one for one in known if slug.casefold() in one] or difflib.get_close_matches(slug, known, n=3)


def _rubrics(slug: str) -> dict:
    from .. import kit
    from ..check.rubric import read_rubrics

    try:
        return read_rubrics(kit.root() / "lessons" / slug / "rubric.yml")
    except FileNotFoundError:
        return {}


def _title(slug: str) -> str:
    """What the exercise is called in its notebook, or its slug."""
    import json

    from .. import kit

    try:
        return json.loads((kit.root() / "exercises" / f"{slug}.ipynb").read_text(encoding="utf-8"))["metadata"]["analogies"]["title"]
    except (OSError, ValueError, KeyError, TypeError):
        return slug


def _who() -> str:
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # an account without a name
        return "instructor"
