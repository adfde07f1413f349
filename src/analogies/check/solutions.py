"""Where a model answer stands: in the kit's solution notebook, or else in the text of the exercise."""

from __future__ import annotations

import json
import re
from pathlib import Path

from .page import fence

_STARTER = re.compile(r"^\w+ = None$")
_MARKERS = re.compile(r"^\s*(#+|<!--)\s*(BEGIN|END) SOLUTION\s*(-->)?\s*$")


def model_answer(root: Path, slug: str, question: str) -> str | None:
    """The model answer of a question as Markdown (code in a fence), or None where the kit's folder does not hold it."""
    return _from_notebook(root / "solutions" / f"{slug}.ipynb", question) or _from_text(
        root / "lessons" / slug / "exercise.md", question
    )


def _from_notebook(path: Path, question: str) -> str | None:
    try:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        for cell in cells:
            if cell.get("metadata", {}).get("nbgrader", {}).get("grade_id") == question:
                source = cell["source"] if isinstance(cell["source"], str) else "".join(cell["source"])
                return fence(_answer(source)) if cell["cell_type"] == "code" else _answer(source)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None  # absent or damaged: the text of the exercise is tried next
    return None


def _from_text(path: Path, question: str) -> str | None:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, ValueError):
        return None
    name = re.escape(f'question="{question}"')
    code = re.search(rf"^(`{{3,}})python[^\n]*\b{name}[^\n]*\n(.*?)^\1\s*$", text, re.MULTILINE | re.DOTALL)
    if code:
        return fence(_answer(code[2]))
    prose = re.search(rf"^<!-- #region [^\n]*\b{name}[^\n]*-->\n(.*?)^<!-- #endregion -->", text, re.MULTILINE | re.DOTALL)
    return _answer(prose[1]) if prose else None


def _answer(source: str) -> str:
    """The lines without the markers and without the starter lines (q2 = None) that stand above them."""
    kept = (line for line in source.splitlines() if not _MARKERS.match(line) and not _STARTER.match(line))
    return "\n".join(kept).strip("\n")
