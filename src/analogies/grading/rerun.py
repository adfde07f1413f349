"""Runs a submission's answers once more in our own copy of the exercise and brings back the answers' values.

NOT ISOLATED: the student's code runs with the rights of whoever grades.  It may read and write what they may, and a
hostile notebook could forge the values that come back.  What comes back is data of the one codec, never an object.
"""

from __future__ import annotations

import ast
import os
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
from jupyter_core.utils import run_sync
from nbclient import NotebookClient
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode

from ..check.question import Question

SECONDS_A_CELL = 30
_ENCODED = '__import__("analogies.check.values", fromlist=["encode"]).encode(globals().get({name!r})).decode("ascii")'


@dataclass
class Rerun:
    """`values`: question -> {answer name: encoded value}; `faults`: question -> why its cell failed, in a sentence."""

    values: dict[str, dict[str, bytes]] = field(default_factory=dict)
    faults: dict[str, str] = field(default_factory=dict)
    oddities: list[str] = field(default_factory=list)


class _Ended(Exception):
    """The kernel was lost in the cell at this position."""

    def __init__(self, position: int, why: str):
        super().__init__(why)
        self.position, self.why = position, why


def rerun(exercise: NotebookNode, answers: Mapping[str, str], questions: Sequence[Question], *,
          seconds_a_cell: float = SECONDS_A_CELL) -> Rerun:
    """Run the exercise with these answers (by question) in fresh kernels; a cell that ends its kernel is left out next time."""
    book = _with_answers(exercise, answers)
    skipped: dict[int, str] = {}
    while True:
        try:
            result = _run(book, questions, skipped, seconds_a_cell)
        except _Ended as end:
            skipped[end.position] = end.why
            continue
        for position, why in skipped.items():
            _blame(result, book.cells[position], why)
        return result


def _with_answers(exercise: NotebookNode, answers: Mapping[str, str]) -> NotebookNode:
    book = nbformat.from_dict(exercise)
    for cell in book.cells:
        role = cell.metadata.get("nbgrader", {})
        if cell.cell_type == "code" and role.get("solution") and role["grade_id"] in answers:
            cell.source = answers[role["grade_id"]]
    return book


def _run(book: NotebookNode, questions: Sequence[Question], skipped: Mapping[int, str], seconds: float) -> Rerun:
    result = Rerun()
    by_check = {f"check-{q.id}": q for q in questions if q.kind == "auto"}
    with tempfile.TemporaryDirectory(prefix="analogies-grade-", ignore_cleanup_errors=True) as folder:
        client = NotebookClient(
            nbformat.from_dict(book), kernel_name="python3", timeout=seconds, allow_errors=True, record_timing=False,
            store_widget_state=False, resources={"metadata": {"path": folder}},
            extra_arguments=["--HistoryManager.enabled=False", "--log-level=CRITICAL"])
        environment = os.environ | {"ANALOGIES_PROGRESS": "off", "IPYTHONDIR": str(Path(folder, ".ipython"))}
        with client.setup_kernel(env=environment, cwd=folder):
            # exit() ends a kernel a little later, in someone else's cell
            _ask(client, "exit = quit = lambda *status, **more: None", {})
            for position, cell in enumerate(client.nb.cells):
                if cell.cell_type != "code" or position in skipped:
                    continue
                name = cell.metadata.get("nbgrader", {}).get("grade_id", "")
                if name in by_check:  # our checks run outside, on the values alone
                    result.values[by_check[name].id] = _captured(client, by_check[name])
                else:
                    _run_cell(client, cell, position, seconds, result)
    return result


def _run_cell(client: NotebookClient, cell: NotebookNode, position: int, seconds: float, result: Rerun) -> None:
    try:
        client.execute_cell(cell, position)
    except CellTimeoutError:
        raise _Ended(position, f"it was still running after {seconds:g} seconds") from None
    except DeadKernelError:
        raise _Ended(position, "it ended Python") from None
    for output in cell.outputs:
        if output.output_type == "error":
            _blame(result, cell, f"it raised {output.ename}: {str(output.evalue)[:300]}")


def _blame(result: Rerun, cell: NotebookNode, why: str) -> None:
    role = cell.metadata.get("nbgrader", {})
    if role.get("solution"):
        result.faults[role["grade_id"]] = f"The answer cell of {role['grade_id']} did not finish: {why}."
    else:
        result.oddities.append(f"A cell of the exercise itself ({role.get('grade_id', 'no name')}) failed: {why}; an answer "
                               "above it may have changed a name that it needs.")


def _captured(client: NotebookClient, question: Question) -> dict[str, bytes]:
    """The encoded values of the question's answers, as they stand at its check."""
    wanted = {name: _ENCODED.format(name=name) for name in question.answers}
    try:
        shown_by_name = _ask(client, "", wanted)
    except (TimeoutError, RuntimeError):
        return {}
    values = {}
    for name, shown in shown_by_name.items():
        try:
            values[name] = ast.literal_eval(shown["data"]["text/plain"]).encode("ascii")
        except (KeyError, ValueError, SyntaxError, AttributeError, RecursionError, MemoryError):
            continue  # no value came back: the question is then as good as blank, and score says so
    return values


def _ask(client: NotebookClient, code: str, wanted: dict[str, str]) -> dict[str, dict]:
    """Run code and give what the kernel shows for each wanted expression.  Raises TimeoutError, RuntimeError."""
    reply = run_sync(client.kc.execute_interactive)(
        code, silent=False, store_history=False, user_expressions=wanted, timeout=60, output_hook=lambda message: None,
        allow_stdin=False)
    return reply["content"].get("user_expressions", {})
