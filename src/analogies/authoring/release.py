"""From the solution of an exercise to the student's copy, by nbgrader's own preprocessors (schema 3)."""

from __future__ import annotations

import ast
import logging
from collections.abc import Sequence

import nbformat
from nbformat import NotebookNode
from nbgrader.nbgraderformat import ValidationError
from nbgrader.preprocessors import CheckCellMetadata, ClearOutput, ClearSolutions, ComputeChecksums, LockCells

from ..check.question import Question

CODE_STUB = "# Write your answer here."
TEXT_STUB = "*Write your answer here.*"
IGNORE_OUTPUT = "nbval-ignore-output"

# What a department's own nbgrader must be told to make the same copy from the same solution.
NBGRADER_CONFIG = f'''c = get_config()
c.ClearSolutions.code_stub = {{"python": {CODE_STUB!r}}}
c.ClearSolutions.text_stub = {TEXT_STUB!r}
'''


class ReleaseError(ValueError):
    """The cells of an exercise do not fit its questions; the sentence says which and what to do.

    `position` is the cell's place in the notebook, or None where a cell is missing.
    """

    def __init__(self, why: str, position: int | None = None):
        super().__init__(why)
        self.position = position


def set_roles(notebook: NotebookNode, questions: Sequence[Question]) -> NotebookNode:
    """A copy in which each cell has its nbgrader role; points come from the questions.  Raises ReleaseError.

    The cells name their question under `metadata.analogies` (as authoring.source leaves them).
    """
    notebook = nbformat.from_dict(notebook)
    asked = {q.id: q for q in questions if q.kind != "quick"}
    answered: dict[str, int] = {}
    checked: set[str] = set()
    given = 0
    for position, cell in enumerate(notebook.cells):
        role = cell.metadata.pop("analogies", {})
        name = role.get("question") or role.get("check")
        if name and name not in asked:
            raise ReleaseError(f"there is no question {name} in check/questions; it has {', '.join(asked)}", position)
        if "question" in role:
            _refuse_a_second(name, answered, position)
            answered[name] = position
            kind = "code" if asked[name].kind == "auto" else "markdown"
            if cell.cell_type != kind:
                raise ReleaseError(f"question {name} is {asked[name].kind}, so its answer must be a {kind} cell, "
                                   f"found a {cell.cell_type} cell", position)
            written = asked[name].kind == "written"
            _mark(cell, name, grade=written, solution=True, points=asked[name].points if written else None)
        elif "check" in role:
            if cell.cell_type != "code" or asked[name].kind != "auto":
                raise ReleaseError(f"a check is a code cell of an automatic question; {name} is {asked[name].kind}",
                                   position)
            if name not in answered or name in checked:
                raise ReleaseError(f"expected one check of {name}, after its answer", position)
            _refuse_other_values(cell.source, asked[name], position)
            checked.add(name)
            _mark(cell, f"check-{name}", grade=True, locked=True, points=asked[name].points)
        elif cell.cell_type == "code":
            given += 1
            _mark(cell, f"given-{given}", locked=True)
    for name, question in asked.items():
        if name not in answered or (question.kind == "auto" and name not in checked):
            what = "answer" if name not in answered else "check"
            raise ReleaseError(f'question {name} of check/questions has no {what} cell; add one with '
                               f'{"question" if what == "answer" else "check"}="{name}"')
    return notebook


def student_copy(solution: NotebookNode) -> NotebookNode:
    """The student's copy of a solution notebook that has its roles: answers and outputs out, cells locked.

    A cell that will show something is tagged nbval-ignore-output, because the copy stores no outputs.
    Raises nbgrader's ValidationError where the metadata are not valid.
    """
    copy = nbformat.from_dict(solution)
    for cell in copy.cells:
        shows = cell.cell_type == "code" and cell.outputs
        if shows and IGNORE_OUTPUT not in cell.metadata.get("tags", []):
            cell.metadata["tags"] = [*cell.metadata.get("tags", []), IGNORE_OUTPUT]
    steps = (LockCells(), ClearSolutions(code_stub={"python": CODE_STUB}, text_stub=TEXT_STUB), ClearOutput(),
             CheckCellMetadata(), ComputeChecksums(), CheckCellMetadata())
    for step in steps:
        step.log = logging.getLogger("analogies.authoring.release")
        copy, _ = step.preprocess(copy, {})
    return copy


def _refuse_a_second(name: str, answered: dict[str, int], position: int) -> None:
    if name in answered:
        raise ReleaseError(f"question {name} has a second answer cell; set all of its variables in one cell", position)


def _refuse_other_values(source: str, question: Question, position: int) -> None:
    """What ex.check is given must be the variables that the grader reads: Question.answers, in order."""
    try:
        last = ast.parse(source).body[-1]
    except (SyntaxError, IndexError):
        raise ReleaseError(f"the check of question {question.id} is no valid Python", position) from None
    call = last.value if isinstance(last, ast.Expr) else None
    if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr == "check":
        given = tuple(ast.unparse(value) for value in call.args)
        if given != (repr(question.id), *question.answers):
            wanted = ", ".join((f'"{question.id}"', *question.answers))
            raise ReleaseError(f"expected ex.check({wanted}), because check/questions names these answers; found "
                               f"{ast.unparse(call)}", position)


def _mark(cell: NotebookNode, grade_id: str, *, grade: bool = False, solution: bool = False, locked: bool = False,
          points: float | None = None) -> None:
    role = {"schema_version": 3, "grade": grade, "solution": solution, "locked": locked, "task": False,
            "grade_id": grade_id}
    if points is not None:
        role["points"] = points
    cell.metadata["nbgrader"] = nbformat.from_dict(role)


__all__ = ["CODE_STUB", "NBGRADER_CONFIG", "ReleaseError", "TEXT_STUB", "ValidationError", "set_roles", "student_copy"]
