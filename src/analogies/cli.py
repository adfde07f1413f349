"""The command line: lab, build, grade and what follows it, validate. The work is done in the modules; here it is asked for and reported.

Imports stand inside the commands, so that `analogies --help` answers at once and the student's set is enough for the
commands that a student uses.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from typer.core import TyperGroup

from analogies.grading import commands as grading

INSTRUCTOR_SET = {"jupytext", "nbgrader", "nbclient", "nbconvert", "citeproc", "sqlalchemy"}


class Sentences(TyperGroup):
    """Turn what the kit itself raises into one sentence on stderr and exit code 1; a bug keeps its traceback."""

    def invoke(self, ctx: typer.Context) -> object:
        try:
            return super().invoke(ctx)
        except Exception as error:
            sentence = in_one_sentence(error)
            if sentence is None:
                raise
            typer.echo(sentence, err=True)
            raise typer.Exit(1) from error


def in_one_sentence(error: Exception) -> str | None:
    """What a person is told about an error, or None for one that is a bug of ours and needs its traceback."""
    if isinstance(error, ModuleNotFoundError):
        package = (error.name or "").partition(".")[0]
        if package not in INSTRUCTOR_SET:
            return None
        return (
            f"This command needs the instructor's set, and {package} is not installed: run it as"
            " `python3 -m uv run --extra instructor analogies ...`, or first run"
            ' `python3 -m pip install -e ".[instructor]"`.'
        )
    if isinstance(error, OSError) and error.filename is not None:
        return f"{error.filename}: {error.strerror}."
    if type(error).__module__.partition(".")[0] == "analogies":
        return str(error)
    return None


app = typer.Typer(
    cls=Sentences,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_show_locals=False,
    help="Analogies: take historical analogies apart, test them on evidence, do them better.",
)


@app.command()
def lab(
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Open the page in your browser.")] = True,
    port: Annotated[int | None, typer.Option(min=1, max=65535, help="Use this port, and no other.")] = None,
    instructor: Annotated[bool, typer.Option("--instructor", help="Show the panels of nbgrader and jupytext.")] = False,
) -> None:
    """Open JupyterLab on the start notebook; your own work is kept in my-work/."""
    from analogies.lab import launch

    raise typer.Exit(launch(browser=browser, port=port, instructor=instructor))


@app.command()
def build(
    slugs: Annotated[list[str] | None, typer.Argument(metavar="[SLUG]...", help="Lessons; all where none is named.")] = None,
    check: Annotated[bool, typer.Option("--check", help="Run nothing: say which made files are stale, and why.")] = False,
) -> None:
    """Make the notebooks, exercises, solutions and readings from lessons/ and the data."""
    from rich.console import Console

    from analogies.authoring import notebook

    if check:
        report_stale(notebook.stale(), slugs or [])
        return
    progress = Console(stderr=True)
    with progress.status("Building…") as status:

        def report(sentence: str) -> None:
            status.update(sentence)
            progress.print(sentence, markup=False, highlight=False)

        made = notebook.build(slugs or None, report=report)
    typer.echo(f"{len(made)} {'file' if len(made) == 1 else 'files'} made.")


def report_stale(sentences: list[str], slugs: list[str]) -> None:
    """Print why each made file is stale (only those of the slugs, where some are named); exit with 1 if one is."""
    wanted = [sentence for sentence in sentences if not slugs or any(slug in sentence for slug in slugs)]
    for sentence in wanted:
        typer.echo(sentence)
    if wanted:
        typer.echo(f"{len(wanted)} stale: run `analogies build` and commit what it makes.", err=True)
        raise typer.Exit(1)
    typer.echo("Every made file is up to date.")


@app.command()
def validate(
    path: Annotated[Path | None, typer.Argument(help="A folder of data or a case's folder; the kit's own if left out.")] = None,
) -> None:
    """Check a case's data: every fault with its file, line and column, and what to do about it."""
    from analogies.facts.load import validate as find_faults

    faults = find_faults(path)
    for fault in faults:
        typer.echo(str(fault))
    if faults:
        typer.echo(f"{len(faults)} {'fault' if len(faults) == 1 else 'faults'} found.", err=True)
        raise typer.Exit(1)
    typer.echo("No fault found.")


grading.register(app)

if __name__ == "__main__":
    app()
