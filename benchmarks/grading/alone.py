"""The students' code alone: the cells of each notebook in one warm process, nothing checked, nothing isolated.

    python benchmarks/grading/alone.py SUBMITTED

Prints, as JSON, the processor seconds of all cells, of the answer cells alone, and how many notebooks there were.  It is
the measure that `analogies grade` is held against, and it does not come from the grader.  Cells that ask the kit to check, to show a rubric or the progress are left out.
"""

from __future__ import annotations

import contextlib
import io
import json
import sys
import time
from pathlib import Path

import nbformat
from IPython.core.interactiveshell import InteractiveShell

import analogies as an


def main(folder: Path) -> None:
    shell = InteractiveShell.instance(history_length=0)
    shell.history_manager.enabled = False
    spent = {"all": 0.0, "answers": 0.0}
    books = [nbformat.read(path, as_version=4) for path in sorted(folder.glob("*/*/*.ipynb"))]
    for warm in (True, False):  # once unmeasured, so that pandas and the data are loaded, as they are in a warm grader
        for book in books[:3] if warm else books:
            shell.reset(new_session=False, aggressive=False)
            for cell in book.cells:
                name = cell.metadata.get("nbgrader", {}).get("grade_id", "")
                if cell.cell_type != "code" or cell.source.startswith("ex."):
                    continue
                said = io.StringIO()
                with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
                    before = time.process_time()
                    shell.run_cell(cell.source, store_history=False)
                    took = time.process_time() - before
                if not warm:
                    spent["all"] += took
                    spent["answers"] += took if name.startswith("q") else 0
    print(json.dumps(spent | {"notebooks": len(books)}))


if __name__ == "__main__":
    an.case("syria")
    main(Path(sys.argv[1]))
