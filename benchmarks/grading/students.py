"""The class: notebooks of exercise 03 as students hand them in, the same for each grader, no two alike.

Of every twenty, five give the model answers, four the first half of them, seven a mix of right answers and of the wrong
ones that the question file lists, two nothing, and two have a cell that raises.  Every answer cell has
a text of its student's own, so that nothing can be known again by its content.
"""

from __future__ import annotations

import copy
import datetime as dt
import random
import re
from pathlib import Path

import nbformat
import pandas as pd
from nbformat import NotebookNode

from analogies.check.catalogue import question_module
from analogies.check.values import Unsupported

SLUG = "03-syria-2015"
KINDS = tuple("model wrong half raises blank wrong model wrong half wrong model wrong half model wrong raises blank wrong half model".split())
# What a student looks at before an answer: the exercise sends them to these tables.
LOOK = {"q1": 'seen = an.series("deployments").query("case == \'syria\'")',
        "q2": 'seen = an.series("sipri_tiv_deliveries").query("recipient == \'Syria\' and supplier == \'Russia\'")',
        "q3": 'seen = syria.events.query("date >= \'2015-07\' and date <= \'2015-09-16\'")',
        "q4": 'seen = an.claims(case="venezuela")'}
RAISES = ("seen.no_such_column.sum()", "undefined_name + 1", 'syria.event("no-such-event")', "[1, 2, 3][9]", "1 / 0")


def student(number: int) -> str:
    return f"student-{number:04d}"


def answers(number: int, solution: NotebookNode) -> dict[str, str]:
    """The text of each answer cell of one student, by question."""
    chance = random.Random(f"{SLUG} {number}")
    kind = KINDS[number % len(KINDS)]
    model = {c.metadata.nbgrader.grade_id: _without_markers(c.source) for c in solution.cells
             if c.metadata.get("nbgrader", {}).get("solution")}
    code = [name for name in model if name in LOOK]
    said = dict(model)
    if kind == "half":
        said |= {name: _blank(model[name]) for name in code[len(code) // 2:]}
    elif kind == "blank":
        said |= {name: _blank(model[name]) for name in code}
    elif kind == "wrong":
        for name in code:
            wrong = [w for w in question_module(SLUG).WRONG_ANSWERS if w.question == name]
            if chance.random() < 0.7:
                said[name] = _as_answer(name, _names(model[name]), chance.choice(wrong).values)
    elif kind == "raises":
        name = chance.choice(code)
        lines = said[name].splitlines()
        lines.insert(chance.randint(len(_names(model[name])), len(lines)), RAISES[number // len(KINDS) % len(RAISES)])
        said[name] = f"{LOOK[name]}\n" + "\n".join(lines)
    for name, text in said.items():
        own = f"mine_{name} = {chance.randrange(10**9)}  # {student(number)}\n" if name in LOOK else f"{student(number)} writes:\n\n"
        said[name] = own + text
    return said


def fill(exercise: NotebookNode, given: dict[str, str]) -> NotebookNode:
    """The student's copy with these answers; cells are matched by the name that nbgrader's metadata give them."""
    book = copy.deepcopy(exercise)
    for cell in book.cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id")
        if name in given:
            cell.source = given[name]
    return book


def hand_in(root: Path, numbers: range, folder: Path) -> None:
    """Write the class as submitted/STUDENT/SLUG/SLUG.ipynb, as nbgrader and we both read it."""
    exercise = nbformat.read(root / "exercises" / f"{SLUG}.ipynb", as_version=4)
    solution = nbformat.read(root / "solutions" / f"{SLUG}.ipynb", as_version=4)
    for number in numbers:
        path = folder / "submitted" / student(number) / SLUG / f"{SLUG}.ipynb"
        path.parent.mkdir(parents=True, exist_ok=True)
        nbformat.write(fill(exercise, answers(number, solution)), path)


def _without_markers(text: str) -> str:
    return "\n".join(line for line in text.splitlines() if not re.match(r"\s*(#+|<!--)\s*(BEGIN|END) SOLUTION", line))


def _names(text: str) -> list[str]:
    """The names in the starter lines of an answer cell."""
    return re.findall(r"^(\w+) = None$", text, flags=re.M)


def _blank(text: str) -> str:
    return "\n".join([*(f"{name} = None" for name in _names(text)), "# Write your answer here."])


def _as_answer(question: str, names: list[str], values: tuple) -> str:
    return "\n".join([LOOK[question], *(f"{name} = {_as_code(value)}" for name, value in zip(names, values, strict=True))])


def _as_code(value: object) -> str:
    """Code that has this value, where the notebook has `an` and `syria`."""
    match value:
        case Unsupported():
            return "syria.records[0]"
        case pd.DataFrame():
            return f'__import__("pandas").DataFrame({value.to_dict("list")!r})'
        case dt.timedelta():
            return f'__import__("datetime").timedelta(seconds={value.total_seconds():g})'
        case list() | tuple():
            inside = ", ".join(map(_as_code, value))
            return f"[{inside}]" if isinstance(value, list) else f"({inside},)"
    return repr(value)
