"""A small exercise with questions of its own and a class that handed it in: what the tests of the grader's engine share."""

import copy
import json
import time
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import nbformat

from analogies.authoring import notebook
from analogies.authoring.source import read
from analogies.grading import private
from analogies.grading.gradebook.book import Gradebook

SLUG = "01-small"
EXERCISE = """---
analogies:
  title: "A small exercise"
  slug: 01-small
  data: []
---

# A small exercise

```python
import math
```

```python question="q1"
q1 = None
### BEGIN SOLUTION
q1 = int(math.sqrt(4))
### END SOLUTION
```

```python check="q1"
4 * (q1 == 2)
```

```python question="q2"
stock = None
flow = None
### BEGIN SOLUTION
stock, flow = 10, 20
### END SOLUTION
```

```python check="q2"
2 * (stock == 10) + 2 * (flow == 20)
```

<!-- #region question="q3" -->
<!-- BEGIN SOLUTION -->
The model.
<!-- END SOLUTION -->
<!-- #endregion -->

```python
math.pi
```
"""
QUESTIONS = """from ..outcome import judge, needs
from ..question import Question

QUESTIONS = (
    Question("q1", 4, mark=lambda v: judge(needs(v["q1"] == 2, "It is the root of four.", 4))),
    Question("q2", 4, answers=("stock", "flow"), mark=lambda v: judge(
        needs(v["stock"] == 10, "The stock is 10.", 2), needs(v["flow"] == 20, "The flow is 20.", 2))),
    Question("q3", 5, kind="written"),
)
"""
RIGHT = {"q1": "q1 = 2", "q2": "stock = 10\nflow = 20", "q3": "Because it is so."}


@cache
def made() -> dict[str, nbformat.NotebookNode]:
    """The exercise and its solution, by folder; made once, because the solution is executed."""
    with TemporaryDirectory() as folder:
        path = Path(folder, SLUG, "exercise.md")
        path.parent.mkdir()
        path.write_text(EXERCISE, encoding="utf-8")
        Path(folder, "01_small.py").write_text(QUESTIONS, encoding="utf-8")
        return notebook.make(read(path), private.questions(SLUG, Path(folder)))[0]


class Kit:
    """A clone with the small exercise and a folder of its questions."""

    def __init__(self, root: Path) -> None:
        self.root, self.questions_dir = root, root / "mine"
        self.questions_dir.mkdir(parents=True)
        self.ask(QUESTIONS)
        for folder, book in made().items():
            (root / folder).mkdir()
            nbformat.write(book, root / folder / f"{SLUG}.ipynb")
        self.exercise = nbformat.read(root / "exercises" / f"{SLUG}.ipynb", as_version=4)

    def ask(self, questions: str) -> None:
        """Write the questions anew."""
        (self.questions_dir / "01_small.py").write_text(questions, encoding="utf-8")

    def answered(self, **answers: str) -> nbformat.NotebookNode:
        """A student's copy with these answers."""
        book = copy.deepcopy(self.exercise)
        for name, source in answers.items():
            cell_of(book, name).source = source
        return book

    def hand_in(self, folder: Path, student: str, **answers: str) -> Path:
        """Write a student's notebook into a folder; gives the file."""
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{student}.ipynb"
        path.write_text(json.dumps(self.answered(**answers)), encoding="utf-8")
        return path

    @property
    def here(self) -> dict:
        """What the grader is told of this kit."""
        return {"root": self.root, "questions_dir": self.questions_dir}


def cell_of(book: nbformat.NotebookNode, name: str) -> nbformat.NotebookNode:
    """The cell with this grade_id."""
    return next(c for c in book.cells if c.metadata.get("nbgrader", {}).get("grade_id") == name)


def marks(book: Gradebook, slug: str = SLUG) -> dict[str, dict[str, float | None]]:
    """The marks that stand, by student and question."""
    return {row.student.key: {name: standing.earned for name, standing in row.marks.items()} for row in book.rows(slug)}


def reasons(book: Gradebook, student: str, slug: str = SLUG) -> str:
    """Everything that is said of one student."""
    row = next(row for row in book.rows(slug) if row.student.key == student)
    return " ".join([*row.oddities, *(said for standing in row.marks.values() for said in standing.said)])


def descendants(pid: int) -> set[int]:
    """The processes that a process has started, from any thread, and those that these have started."""
    try:
        own = {int(one) for thread in Path(f"/proc/{pid}/task").iterdir() for one in (thread / "children").read_text().split()}
    except OSError:  # it ended meanwhile
        return set()
    return own.union(*map(descendants, own))


def alive(pid: int) -> bool:
    """Whether a process still runs; one that is only waited for does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def all_end(pids: set[int], seconds: float) -> bool:
    """Whether all of these processes end in that time."""
    until = time.monotonic() + seconds
    while any(map(alive, pids)) and time.monotonic() < until:
        time.sleep(0.05)
    return not any(map(alive, pids))
