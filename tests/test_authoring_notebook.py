"""The small kit is built: what is made, and what is refused before anything is written."""

import hashlib
from pathlib import Path

import nbformat
import pytest
from small_lesson import EXERCISE, LESSON, build, line_of, small_kit, write

from analogies.authoring.notebook import BuildError


@pytest.fixture
def kit(tmp_path):
    return small_kit(tmp_path)


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A kit that was built once; the tests that use it leave it as it was."""
    root = small_kit(tmp_path_factory.mktemp("built"))
    build(root)
    return root


def read(root: Path, folder: str):
    return nbformat.read(root / folder / "01-small.ipynb", as_version=4)


def test_a_build_makes_the_lesson_the_solution_and_the_students_copy_and_nothing_is_stale(built):
    made = sorted(path.relative_to(built).as_posix() for path in built.rglob("*.ipynb"))
    assert made == ["exercises/01-small.ipynb", "notebooks/01-small.ipynb", "solutions/01-small.ipynb"]


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
    assert "| [A small lesson](notebooks/01-small.ipynb) | Count to two; draw a line | 10 |" in readme
    assert readme.startswith("Above\n") and readme.endswith("\nBelow\n")
    assert "](../my-work/01-small.ipynb)" in read(built, "notebooks").cells[-1].source


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


def refused(kit: Path, name: str, old: str, new: str) -> str:
    text = LESSON if name == "lesson.md" else EXERCISE
    assert old in text
    write(kit, name, text.replace(old, new))
    with pytest.raises(BuildError) as error:
        build(kit)
    return str(error.value)


def test_a_cell_that_raises_is_refused_with_file_line_error_and_cell(kit):
    said = refused(kit, "lesson.md", "ipywidgets.IntText(value=3)", "1 / 0")
    line = line_of(LESSON, "import ipywidgets")
    assert said.startswith(f"lessons/01-small/lesson.md:{line}: this cell cannot be kept: it raises ZeroDivisionError: "
                           "division by zero.")
    assert said.endswith("    import ipywidgets\n    1 / 0")
    assert not (kit / "notebooks" / "01-small.ipynb").exists()


def test_an_answer_that_fails_its_own_check_cannot_be_built(kit):
    (kit / "lessons" / "01-small" / "lesson.md").unlink()
    said = refused(kit, "exercise.md", "q1 = 2\n", "q1 = 3\n")
    assert said.startswith(f"lessons/01-small/exercise.md:{line_of(EXERCISE, '4.0 if')}: ")
    assert "the answer to question q1 earns 0 of 4 points from its own check" in said
    assert not (kit / "solutions").exists()


def test_a_check_that_gives_no_number_cannot_be_built(kit):
    (kit / "lessons" / "01-small" / "lesson.md").unlink()
    assert "the check of question q1 gives no number" in refused(kit, "exercise.md", "4.0 if q1 == 2 else 0.0", "q1 == 3;")


def test_an_unknown_lesson_is_named(kit):
    with pytest.raises(BuildError, match="there is no lesson 77-none; lessons/ has 01-small"):
        build(kit, ["77-none"])
