"""Our own copy of an exercise, read without nbformat: to import that takes seconds of each run, for what a few lines do here."""

from __future__ import annotations

import json
from typing import Any


class Notebook(dict[str, Any]):
    """A notebook, or a part of one, whose keys are attributes too, as in nbformat's NotebookNode, which serves as well."""

    def __getattr__(self, name: str) -> Any:
        try:
            return self[name]
        except KeyError:
            raise AttributeError(name) from None


def parsed(text: str) -> Notebook:
    """A notebook of format 4 from its JSON, with each cell's lines joined to one text.  Raises ValueError for anything else."""
    notebook = json.loads(text, object_hook=Notebook)
    if not isinstance(notebook, Notebook) or notebook.get("nbformat") != 4 or not isinstance(notebook.get("cells"), list):
        raise ValueError("it is no notebook of format 4")
    for cell in notebook.cells:
        if not isinstance(cell, Notebook) or not {"cell_type", "source", "metadata"} <= cell.keys():
            raise ValueError("one of its cells has no type, text or metadata")
        if isinstance(cell.source, list):
            cell["source"] = "".join(cell.source)
    return notebook
