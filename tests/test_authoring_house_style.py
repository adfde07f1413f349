"""Each rule of the notebook lint is broken once in a lesson that keeps them all."""

import copy

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from analogies.authoring.house_style import headings, lint


def prose(text):
    return new_markdown_cell(text)


def code(source, *outputs, tags=()):
    return new_code_cell(source, outputs=list(outputs), metadata={"tags": list(tags)} if tags else {})


def picture(**alt):
    return new_output("display_data", {"image/png": "iVBO", "text/plain": "Figure"}, metadata={"image/png": alt})


def a_lesson():
    return new_notebook(metadata={"analogies": {"slug": "01-small", "title": "Small", "kind": "lesson"}}, cells=[
        prose("# 1. A question\n\n## You will be able to\n\nCount, and say how the counting was done.\n\n## Before you start\n\nRead it."),
        code("import analogies as an\nex = an.exercise('01-small')"),
        prose("## 1. The first section\n\nA picture of the case stands below, as the data have it."),
        code("an.show(fig, alt='a', reading='b')", picture(alt="A line")),
        prose("It shows a line. Now a check of what you have read."),
        code("ex.check('one', None)"),
        prose("And a second check, because one is not enough to learn from."),
        code("ex.check('two', None)"),
        prose("## Where the analogy breaks\n\nHere.\n\n## In short\n\n1. Done.\n\n## For discussion\n\n1. Why?\n\n## Sources"),
    ])


def changed(cell, source=None, **outputs):
    book = copy.deepcopy(a_lesson())
    if source is not None:
        book.cells[cell].source = source
    return book


def with_old(cell, old, new):
    book = copy.deepcopy(a_lesson())
    assert old in book.cells[cell].source
    book.cells[cell].source = book.cells[cell].source.replace(old, new)
    return book


def with_output(output):
    book = a_lesson()
    book.cells[3].outputs = [output]
    return book


def test_a_lesson_that_keeps_the_rules_has_no_fault():
    assert lint(a_lesson()) == []


@pytest.mark.parametrize("book, why", [
    (with_old(0, "# 1. A question\n", "No heading\n"), "expected one heading of level 1"),
    (with_old(4, "It shows", "# Another\n\nIt shows"), "expected one heading of level 1"),
    (with_old(4, "It shows", "#### Deep\n\nIt shows"), "is of level 4 below one of level 2"),
    (with_old(4, "It shows", "![](a.png) It shows"), "cell 5 has a picture without alt text"),
    (with_old(4, "It shows", "<img src='a.png'> It shows"), "cell 5 has a picture without alt text"),
    (with_output(picture()), "cell 4 shows a picture without alt text"),
    (with_output(new_output("display_data", {"text/html": "<img src='x'>"})), "cell 4 shows a picture without alt text"),
    (changed(3, "x = 1\n" * 13), "cell 4 has 13 lines of code"),
    (changed(3, "an.timeline('syria');"), "cell 4 ends in a semicolon"),
    (changed(3, "def f(): pass\ndef g(): pass"), "cell 4 defines functions"),
    (changed(3, "import numpy"), "cell 4 imports numpy"),
    (changed(3, "from analogies.facts import load"), "cell 4 imports analogies.facts"),
    (with_old(4, "It shows", "It simply shows"), "cell 5 says 'simply'"),
    (with_old(4, "It shows", "See /home/anna/x. It shows"), "cell 5 holds a path of one machine"),
    (with_output(new_output("stream", text="/Users/anna/x")), "cell 4 holds a path of one machine"),
    (with_old(8, "## In short", "## Briefly"), "the part 'In short' is missing"),
    (with_old(8, "## For discussion", "## Before you start again"), "the part 'For discussion' is missing"),
    (with_old(0, "## You will be able to", "## Sources"), "the part 'You will be able to' is missing"),
    (with_old(2, "## 1. The first section", "## The first section"), "no numbered section"),
    (changed(7, "an.claims()"), "fewer than two quick checks"),
])
def test_a_broken_rule_is_named_with_its_cell(book, why):
    assert any(why in sentence for sentence in lint(book)), lint(book)


def test_parts_in_another_order_are_found():
    book = with_old(8, "## In short\n\n1. Done.\n\n## For discussion\n\n1. Why?", "## For discussion\n\n1. Why?\n\n## In short\n\n1. Done.")
    assert any("in another order" in sentence for sentence in lint(book))


def test_long_cells_on_the_median_more_code_than_prose_and_code_after_code_are_found():
    book = a_lesson()
    for cell in book.cells:
        if cell.cell_type == "code":
            cell.source = "a = 1 + 2 + 3 + 4 + 5 + 6 + 7 + 8\n" * 4
    book.cells.insert(4, code("1"))
    said = " ".join(lint(book))
    assert "the median code cell has 4 lines" in said and "more code than prose" in said and "straight after code" in said


def test_more_than_a_quarter_of_cells_that_are_not_compared_is_found():
    book = a_lesson()
    for number in (1, 3):
        book.cells[number].metadata["tags"] = ["nbval-ignore-output"]
    assert any("2 of 4 code cells are not compared" in sentence for sentence in lint(book))
    book.cells[1].metadata = {}
    assert lint(book) == []


def test_a_guide_needs_no_parts_and_an_exercise_may_use_pandas():
    book = with_old(8, "## In short", "## Briefly")
    book.metadata.analogies["form"] = "guide"
    assert lint(book) == []
    book.metadata.analogies["kind"] = "exercise"
    book.cells[3].source = "import pandas as pd"
    assert lint(book) == []


def test_words_in_code_and_headings_in_fences_are_left_alone():
    assert lint(with_old(4, "It shows", "`just` It shows")) == []
    assert headings("```python\n# no heading\n```\n<!-- # none -->\n## One") == [(2, "One")]


def test_links_are_looked_up_where_the_notebook_lies(tmp_path):
    folder = tmp_path / "notebooks"
    folder.mkdir()
    (tmp_path / "exercises").mkdir()
    (tmp_path / "exercises" / "01-small.ipynb").touch()
    (folder / "there.md").touch()
    text = "[a](there.md#x) [b](https://example.org) [c](../my-work/01-small.ipynb) [d](#here) [e](gone.md) [f](../my-work/02.ipynb)"
    path = folder / "01-small.ipynb"
    nbformat.write(with_old(4, "It shows", f"{text} It shows"), path)
    assert [s.split(" links to ")[1].split(",")[0] for s in lint(path)] == ["gone.md", "../my-work/02.ipynb"]
