"""A tiny kit is written to a folder and built: what is made, what is refused, what counts as stale."""

import hashlib
import json
from pathlib import Path

import nbformat
import pytest

from analogies.authoring import notebook
from analogies.authoring.notebook import BuildError
from analogies.check.outcome import judge, needs
from analogies.check.question import Question

LESSON = """---
analogies:
  title: "A small lesson"
  slug: 01-small
  minutes: {teach: 10, exercise: 5}
  readings: []
  objectives: [Count to two, Draw a line]
  data: []
---

# A small lesson

This cell opens the kit.

```python
import analogies as an
import os
os.listdir(), an.__name__
```

A widget.

```python tags=["nbval-ignore-output"]
import ipywidgets
ipywidgets.IntText(value=3)
```

A picture.

```python
import matplotlib.pyplot as plt
_ = plt.plot([1, 2])
plt.show()
```

<!-- lessons -->
"""

EXERCISE = """---
analogies:
  title: "A small exercise"
  slug: 01-small
  data: []
---

# A small exercise

```python
print("given")
```

Put two into `q1`.

```python question="q1"
q1 = None
### BEGIN SOLUTION
q1 = 2
### END SOLUTION
```

Check it.

```python check="q1"
4.0 if q1 == 2 else 0.0
```

Say why, in a sentence.

<!-- #region question="q2" -->
<!-- BEGIN SOLUTION -->
Because one and one are two.
<!-- END SOLUTION -->
<!-- #endregion -->
"""

QUESTIONS = (
    Question("q1", 4, mark=lambda values: judge(needs(values["q1"] == 2, "It is two.", 4))),
    Question("q2", 3, kind="written"),
)


def quiet(sentence: str) -> None:
    pass


def build(root: Path, slugs=None, **more):
    return notebook.build(slugs, root=root, questions=lambda slug: QUESTIONS, **{"report": quiet, **more})


def write(root: Path, name: str, text: str) -> None:
    path = root / "lessons" / "01-small" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


@pytest.fixture
def kit(tmp_path):
    write(tmp_path, "lesson.md", LESSON)
    write(tmp_path, "exercise.md", EXERCISE)
    (tmp_path / "README.md").write_text("Above\n<!-- lessons:begin -->\n<!-- lessons:end -->\nBelow\n")
    (tmp_path / "constraints.txt").write_text("pandas==3.0.0\nrich==14.0\n")
    return tmp_path


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A kit that was built once; the tests that use it only read."""
    root = tmp_path_factory.mktemp("built")
    write(root, "lesson.md", LESSON)
    write(root, "exercise.md", EXERCISE)
    (root / "README.md").write_text("Above\n<!-- lessons:begin -->\n<!-- lessons:end -->\nBelow\n")
    build(root)
    return root


def read(root: Path, folder: str):
    return nbformat.read(root / folder / "01-small.ipynb", as_version=4)


def cells_by_name(nb):
    return {cell.metadata.nbgrader.grade_id: cell for cell in nb.cells if "nbgrader" in cell.metadata}


def test_a_build_makes_the_lesson_the_solution_and_the_students_copy_and_nothing_is_stale(built):
    made = sorted(path.relative_to(built).as_posix() for path in built.rglob("*.ipynb"))
    assert made == ["exercises/01-small.ipynb", "notebooks/01-small.ipynb", "solutions/01-small.ipynb"]
    assert notebook.stale(root=built) == []


def test_every_made_notebook_is_valid_and_names_no_version_of_python(built):
    for folder in ("notebooks", "solutions", "exercises"):
        nb = read(built, folder)
        nbformat.validate(nb)
        assert "version" not in nb.metadata.language_info
        assert nb.metadata.kernelspec.name == "python3"
        assert "widgets" not in nb.metadata
        assert all("execution" not in cell.metadata for cell in nb.cells)


def test_a_notebook_runs_in_an_empty_folder_outside_the_kit(built):
    opened = next(cell for cell in read(built, "notebooks").cells if "listdir" in cell.source)
    assert opened.outputs[0].data["text/plain"] == "([], 'analogies')"


def test_a_widget_leaves_its_text_and_no_live_view(built):
    widget = next(cell for cell in read(built, "notebooks").cells if "IntText" in cell.source)
    assert dict(widget.outputs[0].data) == {"text/plain": "IntText(value=3)"}


def test_a_picture_is_stored(built):
    picture = next(cell for cell in read(built, "notebooks").cells if "plt.show" in cell.source)
    assert "image/png" in picture.outputs[0].data


def test_the_table_of_lessons_stands_in_the_readme_and_where_a_lesson_asks_for_it(built):
    readme = (built / "README.md").read_text()
    assert "| [A small lesson](notebooks/01-small.ipynb) | Count to two; Draw a line | 10 |" in readme
    assert readme.startswith("Above\n") and readme.endswith("\nBelow\n")
    assert "](../my-work/01-small.ipynb)" in read(built, "notebooks").cells[-1].source


def test_the_students_copy_has_no_answer_and_no_output_and_keeps_the_starter_line(built):
    copy = cells_by_name(read(built, "exercises"))
    assert copy["q1"].source == "q1 = None\n# Write your answer here."
    assert copy["q2"].source == "*Write your answer here.*"
    text = (built / "exercises" / "01-small.ipynb").read_text()
    assert "SOLUTION" not in text and "one and one" not in text
    assert all(not cell.get("outputs") for cell in read(built, "exercises").cells)


def test_the_students_copy_is_a_valid_release_notebook_by_nbgraders_own_validator(built):
    from nbgrader.nbgraderformat import MetadataValidator, read as nbgrader_read

    path = built / "exercises" / "01-small.ipynb"
    with open(path, encoding="utf-8") as file:
        nb = nbgrader_read(file, as_version=4)
    MetadataValidator().validate_nb(nb)
    roles = {name: (c.metadata.nbgrader.grade, c.metadata.nbgrader.solution, c.metadata.nbgrader.locked)
             for name, c in cells_by_name(nb).items()}
    assert roles == {"given-1": (False, False, True), "q1": (False, True, False), "check-q1": (True, False, True),
                     "q2": (True, True, False)}
    allowed = {"schema_version", "grade", "locked", "solution", "task", "grade_id", "points", "checksum", "cell_type"}
    raw = [cell["metadata"]["nbgrader"] for cell in json.loads(path.read_text())["cells"]
           if "nbgrader" in cell["metadata"]]
    assert all(role.keys() <= allowed and "checksum" in role for role in raw)


def test_points_come_from_the_questions(built):
    copy = cells_by_name(read(built, "exercises"))
    assert (copy["check-q1"].metadata.nbgrader.points, copy["q2"].metadata.nbgrader.points) == (4, 3)


def test_given_cells_of_the_students_copy_are_locked_and_answers_can_be_edited(built):
    copy = cells_by_name(read(built, "exercises"))
    assert copy["given-1"].metadata.editable is False and copy["check-q1"].metadata.editable is False
    assert "editable" not in copy["q1"].metadata and copy["q1"].metadata.deletable is False


def test_cells_that_will_show_something_are_not_compared_in_the_students_copy(built):
    tagged = {name for name, cell in cells_by_name(read(built, "exercises")).items() if "tags" in cell.metadata}
    assert tagged == {"given-1", "check-q1"}


def test_building_twice_gives_the_same_bytes(built):
    def digests():
        return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in built.rglob("*") if p.suffix in (".ipynb", ".json")}

    first = {p.parent.name + p.name: p.read_bytes() for p in built.rglob("*.ipynb")}
    before = digests()
    for path in built.rglob("*.ipynb"):
        path.unlink()
    build(built, ["01-small"])
    assert {p.parent.name + p.name: p.read_bytes() for p in built.rglob("*.ipynb")} == first
    assert digests() == before


def test_a_build_without_names_leaves_alone_what_is_up_to_date(built):
    said = []
    assert build(built, report=said.append) == []
    assert said == ["everything is up to date"]


def one_fault(root: Path) -> str:
    (fault,) = notebook.stale(root=root)
    return fault


def test_a_changed_source_makes_its_own_files_stale_and_no_other(built):
    path = built / "lessons" / "01-small" / "lesson.md"
    path.write_text(LESSON.replace("A picture.", "A drawing."), encoding="utf-8")
    try:
        fault = one_fault(built)
    finally:
        path.write_text(LESSON, encoding="utf-8")
    assert fault == ("notebooks/01-small.ipynb is stale: lessons/01-small/lesson.md changed since it was made; "
                     "run: analogies build 01-small")


def test_a_file_edited_by_hand_is_found(built):
    path = built / "solutions" / "01-small.ipynb"
    before = path.read_bytes()
    path.write_bytes(before.replace(b"q1 = 2", b"q1 = 3"))
    try:
        fault = one_fault(built)
    finally:
        path.write_bytes(before)
    assert fault.startswith("solutions/01-small.ipynb was edited by hand; change lessons/01-small/exercise.md instead")


def test_a_missing_file_and_a_file_without_source_are_found(built):
    path, stray = built / "exercises" / "01-small.ipynb", built / "notebooks" / "99-stray.ipynb"
    before = path.read_bytes()
    path.unlink()
    stray.write_text("{}")
    try:
        faults = notebook.stale(root=built)
    finally:
        path.write_bytes(before)
        stray.unlink()
    assert faults[0] == "exercises/01-small.ipynb is missing; run: analogies build 01-small"
    assert faults[1].startswith("notebooks/99-stray.ipynb has no source")


def test_a_changed_module_or_data_file_that_the_notebook_used_makes_it_stale(built):
    path = built / "notebooks" / "MANIFEST.json"
    before = path.read_text()
    manifest = json.loads(before)
    inputs = manifest["files"]["notebooks/01-small.ipynb"]["inputs"]
    assert "analogies/__init__.py" in inputs and "analogies/grading/__init__.py" not in inputs
    inputs["analogies/__init__.py"] = "0" * 16
    path.write_text(json.dumps(manifest))
    try:
        fault = one_fault(built)
    finally:
        path.write_text(before)
    assert fault.startswith("notebooks/01-small.ipynb is stale: analogies/__init__.py changed")


def test_another_tested_version_of_a_library_that_shapes_outputs_makes_all_stale(built):
    path = built / "constraints.txt"
    path.write_text("pandas==99.0\nrich==1.0\n")
    try:
        faults = notebook.stale(root=built)
    finally:
        path.unlink()
    assert len(faults) == 3 and all("pandas in constraints.txt changed" in fault for fault in faults)


def test_line_ends_of_windows_are_not_stale(built):
    path = built / "lessons" / "01-small" / "lesson.md"
    path.write_bytes(LESSON.replace("\n", "\r\n").encode())
    try:
        assert notebook.stale(root=built) == []
    finally:
        path.write_text(LESSON, encoding="utf-8")


def refused(kit: Path, name: str, old: str, new: str) -> str:
    text = LESSON if name == "lesson.md" else EXERCISE
    assert old in text
    write(kit, name, text.replace(old, new))
    with pytest.raises(BuildError) as error:
        build(kit)
    return str(error.value)


def line_of(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n") + 1


def test_a_cell_that_raises_is_refused_with_file_line_error_and_cell(kit):
    said = refused(kit, "lesson.md", "ipywidgets.IntText(value=3)", "1 / 0")
    line = line_of(LESSON, "import ipywidgets")
    assert said.startswith(f"lessons/01-small/lesson.md:{line}: this cell cannot be kept: it raises ZeroDivisionError: "
                           "division by zero.")
    assert said.endswith("    import ipywidgets\n    1 / 0")
    assert not (kit / "notebooks" / "01-small.ipynb").exists()


@pytest.mark.parametrize("code, why", [
    ("import warnings; warnings.warn('mind this')", "it prints to stderr"),
    ("object()", "its output shows a memory address"),
    ("os.getcwd()", "its output shows a path of this machine"),
])
def test_an_output_that_would_differ_elsewhere_is_refused(kit, code, why):
    write(kit, "exercise.md", EXERCISE)
    assert why in refused(kit, "lesson.md", "os.listdir(), an.__name__", code)


def test_an_answer_that_fails_its_own_check_cannot_be_built(kit):
    (kit / "lessons" / "01-small" / "lesson.md").unlink()
    said = refused(kit, "exercise.md", "q1 = 2\n", "q1 = 3\n")
    assert said.startswith(f"lessons/01-small/exercise.md:{line_of(EXERCISE, '4.0 if')}: ")
    assert "the answer to question q1 earns 0 of 4 points from its own check" in said
    assert not (kit / "solutions").exists()


def test_a_check_that_gives_no_number_cannot_be_built(kit):
    (kit / "lessons" / "01-small" / "lesson.md").unlink()
    assert "the check of question q1 gives no number" in refused(kit, "exercise.md", "4.0 if q1 == 2 else 0.0", "q1 == 3;")


@pytest.mark.parametrize("old, new, why", [
    ('check="q1"', 'check="q9"', "there is no question q9"),
    ("<!-- #region question=\"q2\" -->\n<!-- BEGIN SOLUTION -->", "<!-- BEGIN SOLUTION -->", "names no question"),
    ("### END SOLUTION\n", "", "needs one BEGIN SOLUTION line"),
    ("```python check=\"q1\"\n4.0 if q1 == 2 else 0.0\n```\n", "", "question q1 of check/questions has no check cell"),
    ("4.0 if q1 == 2 else 0.0", 'ex.check("q1", answer)', 'expected ex.check("q1", q1)'),
    ("4.0 if q1 == 2 else 0.0", "4.0 if", "no valid Python"),
    ("slug: 01-small", "slug: 02-other", "expected slug 01-small"),
    ("  data: []\n", "", "lacks data"),
    ("  data: []\n", "  data: []\n  pints: 3\n", "unknown key pints"),
    ('title: "A small exercise"', "title: A: b", "not valid YAML"),
    ('```python\nprint', '```python colour="red"\nprint', "unknown cell metadata colour"),
])
def test_a_source_that_does_not_fit_is_refused_in_a_sentence(kit, old, new, why):
    (kit / "lessons" / "01-small" / "lesson.md").unlink()
    said = refused(kit, "exercise.md", old, new)
    assert why in said and said.startswith("lessons/01-small/exercise.md:")


def test_an_unknown_lesson_is_named(kit):
    with pytest.raises(BuildError, match="there is no lesson 77-none; lessons/ has 01-small"):
        build(kit, ["77-none"])


def test_a_readme_without_its_markers_is_told_so(kit):
    (kit / "README.md").write_text("nothing")
    assert any("README.md: expected one line <!-- lessons:begin -->" in fault for fault in notebook.stale(root=kit))
