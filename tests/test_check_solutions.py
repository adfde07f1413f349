"""A model answer is found in the solution notebook, or else in the text of the exercise."""

from __future__ import annotations

import json

from analogies.check.solutions import model_answer

TEXT = """---
analogies: {slug: 03-a}
---

```python question="q1"
q1 = None
### BEGIN SOLUTION
q1 = 4
### END SOLUTION
```

```python check="q1"
ex.check("q1", q1)
```

<!-- #region question="q5" -->
<!-- BEGIN SOLUTION -->
It was not the same.

A second paragraph.
<!-- END SOLUTION -->
<!-- #endregion -->
"""


def cell(kind, grade_id, source):
    return {"cell_type": kind, "metadata": {"nbgrader": {"grade_id": grade_id}} if grade_id else {}, "source": source}


def kit(tmp_path, *cells, text=TEXT):
    (tmp_path / "lessons" / "03-a").mkdir(parents=True)
    (tmp_path / "lessons" / "03-a" / "exercise.md").write_text(text, encoding="utf-8")
    if cells:
        (tmp_path / "solutions").mkdir()
        (tmp_path / "solutions" / "03-a.ipynb").write_text(json.dumps({"cells": list(cells)}), encoding="utf-8")
    return tmp_path


def test_code_comes_in_a_fence_without_markers_and_starter(tmp_path):
    root = kit(tmp_path, cell("code", None, "q1 = 0"), cell("code", "q1", ["q1 = None\n", "### BEGIN SOLUTION\n", "q1 = 5\n", "### END SOLUTION"]))
    assert model_answer(root, "03-a", "q1") == "```python\nq1 = 5\n```"


def test_prose_comes_as_it_is(tmp_path):
    root = kit(tmp_path, cell("markdown", "q5", "<!-- BEGIN SOLUTION -->\nFrom the notebook.\n<!-- END SOLUTION -->"))
    assert model_answer(root, "03-a", "q5") == "From the notebook."


def test_without_a_notebook_the_text_of_the_exercise_is_read(tmp_path):
    root = kit(tmp_path)
    assert model_answer(root, "03-a", "q1") == "```python\nq1 = 4\n```"
    assert model_answer(root, "03-a", "q5") == "It was not the same.\n\nA second paragraph."


def test_a_damaged_notebook_does_not_hide_the_text(tmp_path):
    root = kit(tmp_path, cell("code", "q1", 3))
    assert "q1 = 4" in model_answer(root, "03-a", "q1")
    (root / "solutions" / "03-a.ipynb").write_bytes(b"\xff{")
    assert "q1 = 4" in model_answer(root, "03-a", "q1")


def test_what_is_nowhere_is_none(tmp_path):
    assert model_answer(kit(tmp_path), "03-a", "q9") is None
    assert model_answer(tmp_path / "nothing", "03-a", "q1") is None


def test_an_id_is_no_pattern(tmp_path):
    assert model_answer(kit(tmp_path), "03-a", "q.") is None
