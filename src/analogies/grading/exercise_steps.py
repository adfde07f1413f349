"""What of an exercise is run, in order: our own cells, a student's answers in their places, and what is read at each check."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..check.question import Question
from .our_copy import Notebook
from .sandbox.trusted import Step


def steps(exercise: Notebook, answers: Mapping[str, str], questions: Sequence[Question]) -> tuple[Step, ...]:
    """The steps for these answers (by question); without one the starter line stands.

    Our check cells are not run: there the values of the answers are read.  What stands below the last of them can
    change no mark and is left out.
    """
    by_check = {f"check-{q.id}": q for q in questions if q.kind == "auto"}
    found = []
    for position, cell in enumerate(exercise.cells):
        name = grade_id(cell)
        if cell.cell_type != "code":
            continue
        if name in by_check:
            found.append(Step(by_check[name].id, capture=by_check[name].answers))
        elif not name.startswith("check-"):  # a check of a question that is not graded
            found.append(Step(name or f"cell-{position}", answers.get(name, cell.source) if is_answer(cell) else cell.source))
    last = max((position for position, step in enumerate(found) if step.capture), default=-1)
    return tuple(found[: last + 1])


def answer_cells(exercise: Notebook) -> dict[str, str]:
    """The text of each answer cell, by question."""
    return {grade_id(cell): cell.source for cell in exercise.cells if is_answer(cell)}


def asked_in(exercise: Notebook) -> dict[str, str]:
    """The questions that the exercise can grade, with their kind: auto where it has a check, written where a text is read."""
    found = {}
    for cell in exercise.cells:
        if cell.metadata.get("nbgrader", {}).get("grade"):
            found[grade_id(cell).removeprefix("check-")] = "written" if is_answer(cell) else "auto"
    return found


def grade_id(cell: Notebook) -> str:
    """The name of a cell of ours, "" where it has none."""
    return cell.metadata.get("nbgrader", {}).get("grade_id", "")


def is_answer(cell: Notebook) -> bool:
    """Whether the student writes into it."""
    return bool(cell.metadata.get("nbgrader", {}).get("solution"))
