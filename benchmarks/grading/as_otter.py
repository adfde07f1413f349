"""Exercise 03 as otter has it: a master notebook for `otter assign`, and a student's answers in otter's copy of it.

The tests ask the same check as the cell that nbgrader grades: ex.check, once a question.  otter gives a test case its
points or none, so a question of three points has three cases: at least one point, at least two, all three.
"""

from __future__ import annotations

from pathlib import Path

import nbformat
from nbformat import NotebookNode, v4

from analogies.check.catalogue import questions

from students import SLUG, fill

CONFIG = """# ASSIGNMENT CONFIG
name: {slug}
export_cell: false
tests:
  ok_format: false
"""
TEST = '''""" # BEGIN TEST CONFIG
points: 1
hidden: false
""" # END TEST CONFIG
def test_{name}_{least}(env):
    earned = env.setdefault("earned_by_question", dict())
    if "{name}" not in earned:
        earned["{name}"] = env["ex"].check("{name}", *(env[one] for one in {answers!r})).earned
    assert earned["{name}"] >= {least}
'''


def master(root: Path) -> NotebookNode:
    """The notebook that `otter assign` takes, made from our solution notebook."""
    solution = nbformat.read(root / "solutions" / f"{SLUG}.ipynb", as_version=4)
    asked = questions(SLUG)
    cells = [v4.new_raw_cell(CONFIG.format(slug=SLUG))]
    for cell in solution.cells:
        role = cell.metadata.get("nbgrader", {})
        name = role.get("grade_id", "")
        if name.startswith("check-"):
            continue  # otter writes its own check cell at the end of the question
        if role.get("solution") and asked[name].kind == "auto":
            tests = [TEST.format(name=name, least=least + 1, answers=asked[name].answers)
                     for least in range(int(asked[name].points))]
            cells += [v4.new_raw_cell(f"# BEGIN QUESTION\nname: {name}\npoints: {int(asked[name].points)}"), _raw("# BEGIN SOLUTION"),
                      _answer(cell, name), _raw("# END SOLUTION"), _raw("# BEGIN TESTS"), *map(v4.new_code_cell, tests),
                      _raw("# END TESTS"), _raw("# END QUESTION")]
        elif role.get("solution"):
            cells += [v4.new_raw_cell(f"# BEGIN QUESTION\nname: {name}\nmanual: true\npoints: {int(asked[name].points)}"),
                      _raw("# BEGIN SOLUTION"), _answer(cell, name), _raw("# END SOLUTION"), _raw("# END QUESTION")]
        else:
            cells.append(_plain(cell))
    book = v4.new_notebook(cells=cells, metadata={"kernelspec": dict(solution.metadata.kernelspec)})
    return book


def filled(copy: NotebookNode, exercise: NotebookNode, given: dict[str, str]) -> NotebookNode:
    """otter's student copy with the same answers: its cells have no names, so each is found by what stood there."""
    ours = fill(exercise, given)
    order = [c.metadata.nbgrader.grade_id for c in exercise.cells if c.metadata.get("nbgrader", {}).get("solution")]
    texts = {c.metadata.nbgrader.grade_id: c.source for c in ours.cells if c.metadata.get("nbgrader", {}).get("solution")}
    places = [cell for cell in copy.cells if "otter_answer_cell" in cell.metadata.get("tags", [])]
    if len(places) != len(order):
        raise ValueError(f"otter's copy has {len(places)} answer cells, ours {len(order)}")
    for cell, name in zip(places, order, strict=True):
        cell.source = texts[name]
    return copy


def _raw(text: str) -> NotebookNode:
    return v4.new_raw_cell(text)


def _answer(cell: NotebookNode, name: str) -> NotebookNode:
    """An answer cell; otter blanks lines between its own markers."""
    text = cell.source.replace("### BEGIN SOLUTION", "# BEGIN SOLUTION").replace("### END SOLUTION", "# END SOLUTION")
    if cell.cell_type == "markdown":
        text = text.replace("<!-- BEGIN SOLUTION -->\n", "").replace("\n<!-- END SOLUTION -->", "")
    return (v4.new_code_cell if cell.cell_type == "code" else v4.new_markdown_cell)(text)


def _plain(cell: NotebookNode) -> NotebookNode:
    return (v4.new_code_cell if cell.cell_type == "code" else v4.new_markdown_cell)(cell.source)
