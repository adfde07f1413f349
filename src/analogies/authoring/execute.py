"""Runs a notebook in a kernel of its own and keeps only outputs that are the same on the next run."""

from __future__ import annotations

import ast
import os
import re
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import nbformat
from jupyter_core.utils import run_sync
from nbclient import NotebookClient
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode

PACKAGE = Path(__file__).resolve().parents[1]
LIVE_OUTPUTS = ("application/vnd.jupyter.widget-view+json", "application/vnd.jupyter.widget-state+json")
SECONDS_A_CELL = 120

# Runs in the kernel before the first cell: remembers which of our own files the notebook opens.
_WATCH = """
def _():
    import sys
    opened = set()
    def hook(event, args, root={root!r}):
        if event == "open" and isinstance(args[0], str) and args[0].startswith(root):
            opened.add(args[0])
    sys.addaudithook(hook)
    sys._analogies_opened = opened
_(); del _
"""
_REPORT = """sorted({f for f in __import__("sys")._analogies_opened if not f.endswith((".py", ".pyc"))}
    | {m.__file__ for m in list(__import__("sys").modules.values())
       if (getattr(m, "__file__", None) or "").startswith(%r)})"""


class CellFailed(Exception):
    """A cell cannot be kept: `position` is its place in the notebook, `why` a sentence without file or line."""

    def __init__(self, position: int, why: str):
        super().__init__(why)
        self.position, self.why = position, why


@dataclass(frozen=True)
class Run:
    """What running a notebook gave: it itself, executed, and the package's files (relative) that it used."""

    notebook: NotebookNode
    used: tuple[str, ...]


def execute(notebook: NotebookNode, *, seconds_a_cell: int = SECONDS_A_CELL) -> Run:
    """Run every cell in a fresh kernel, in an empty folder outside the tree.  Raises CellFailed.

    The student's progress, hints and my-work/ are off; no timing and no widget state are recorded; what a
    cell prints to stderr is a fault, because nbgrader would give no marks for it.
    """
    notebook = nbformat.from_dict(notebook)
    with tempfile.TemporaryDirectory(prefix="analogies-build-") as folder:
        elsewhere, settings = Path(folder, "elsewhere"), Path(folder, "settings")
        elsewhere.mkdir(), settings.mkdir()
        (settings / "matplotlibrc").write_text("", encoding="utf-8")  # the author's own must not reach the pictures
        client = NotebookClient(
            notebook, kernel_name="python3", timeout=seconds_a_cell, record_timing=False,
            store_widget_state=False, coalesce_streams=True, resources={"metadata": {"path": str(elsewhere)}},
            extra_arguments=["--HistoryManager.enabled=False", "--log-level=CRITICAL"])
        environment = os.environ | {
            "ANALOGIES_PROGRESS": "off", "IPYTHONDIR": str(settings), "MATPLOTLIBRC": str(settings / "matplotlibrc"),
            "PYTHONHASHSEED": "0", "PYDEVD_DISABLE_FILE_VALIDATION": "1"}
        with client.setup_kernel(env=environment, cwd=str(elsewhere)):
            _silently(client, _WATCH.format(root=str(PACKAGE) + os.sep))
            for position, cell in enumerate(notebook.cells):
                if cell.cell_type == "code":
                    _run_cell(client, position, cell, seconds_a_cell, folder)
            used = _silently(client, "", _REPORT % (str(PACKAGE) + os.sep))
    files = ast.literal_eval(ast.literal_eval(used)) if used.startswith(("'", '"')) else ast.literal_eval(used)
    return Run(notebook, tuple(Path(f).relative_to(PACKAGE).as_posix() for f in files))


def _silently(client: NotebookClient, code: str, expression: str | None = None) -> str:
    """Run code that leaves no trace in the history, and give an expression's repr.  Raises RuntimeError."""
    wanted = {"x": expression} if expression else {}
    reply = run_sync(client.kc.execute_interactive)(
        code, silent=not wanted, store_history=False, user_expressions=wanted, timeout=60,
        output_hook=lambda message: None)
    if reply["content"]["status"] != "ok":
        raise RuntimeError(f"the kernel could not run the build's own code: {reply['content']}")
    return reply["content"]["user_expressions"]["x"]["data"]["text/plain"] if wanted else ""


def _run_cell(client: NotebookClient, position: int, cell: NotebookNode, seconds: int, folder: str) -> None:
    client.allow_errors = True  # an error is read from the outputs below, without IPython's colours
    try:
        client.execute_cell(cell, position)
    except CellTimeoutError:
        raise CellFailed(position, f"it was still running after {seconds} seconds") from None
    except DeadKernelError:
        raise CellFailed(position, "the kernel died while it ran") from None
    for output in cell.outputs:
        if output.output_type == "error":
            raise CellFailed(position, f"it raises {output.ename}: {output.evalue}")
        if output.output_type == "stream" and output.name == "stderr":
            raise CellFailed(position, f"it prints to stderr: {output.text.strip().splitlines()[-1]}")
        _keep_static_twin(output)
    cell.outputs = [o for o in cell.outputs if o.output_type not in ("display_data", "execute_result") or o.data]
    cell.metadata.pop("execution", None)
    shown = "\n".join(_texts(cell))
    if address := re.search(r" at 0x[0-9a-fA-F]{6,}", shown):
        raise CellFailed(position, f"its output shows a memory address ({address[0].strip()}), which changes at every "
                                   "run; end the cell with an object that has a steady text, or with plt.show()")
    for path in (folder, str(Path.home()) + os.sep, sys.prefix, str(PACKAGE)):
        if path in shown and len(path) > 2:
            raise CellFailed(position, "its output shows a path of this machine")


def _keep_static_twin(output: NotebookNode) -> None:
    """Take out what needs a kernel; the text, table and picture that the object also gives stay."""
    if "data" in output:
        for live in LIVE_OUTPUTS:
            output.data.pop(live, None)
        output.metadata = nbformat.from_dict({k: v for k, v in output.metadata.items() if k not in LIVE_OUTPUTS})
    if "transient" in output:
        del output["transient"]


def _texts(cell: NotebookNode) -> list[str]:
    texts = [o.text for o in cell.outputs if o.output_type == "stream"]
    return texts + [text for o in cell.outputs if "data" in o
                    for kind, text in o.data.items() if kind.startswith("text/") and isinstance(text, str)]
