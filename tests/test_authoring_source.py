"""The text of a lesson or an exercise becomes cells, or is refused in a sentence with file and line."""

import pytest
from small_lesson import EXERCISE, LESSON, line_of, write

from analogies.authoring.source import SourceError, read


def test_a_lesson_becomes_cells_that_know_their_lines(tmp_path):
    text = LESSON + "\n```python\nthe_last\n```\n"
    source = read(write(tmp_path, "lesson.md", text), lesson_list="a table\nof two lines\nor three")
    assert [cell.cell_type for cell in source.notebook.cells] == ["markdown", "code"] * 4
    starts = ["# A small", "import analogies", "A widget", "import ipywidgets", "A picture", "import matplotlib",
              "<!-- lessons -->", "the_last"]
    assert list(source.lines) == [line_of(text, start) for start in starts]


def test_an_exercise_names_its_questions_and_its_checks(tmp_path):
    cells = read(write(tmp_path, "exercise.md", EXERCISE)).notebook.cells
    assert [dict(cell.metadata.analogies) for cell in cells if "analogies" in cell.metadata] == [
        {"question": "q1"}, {"check": "q1"}, {"question": "q2"}]


def test_ids_of_cells_depend_on_slug_and_place_alone(tmp_path):
    first = read(write(tmp_path, "lesson.md", LESSON)).notebook.cells
    second = read(write(tmp_path, "lesson.md", LESSON.replace("A widget.", "Another one."))).notebook.cells
    other = read(write(tmp_path, "exercise.md", EXERCISE)).notebook.cells
    assert [cell.id for cell in first] == [cell.id for cell in second]
    assert len({cell.id for cell in [*first, *other]}) == len(first) + len(other)


def test_the_kernel_is_named_without_a_version_of_python(tmp_path):
    metadata = read(write(tmp_path, "lesson.md", LESSON)).notebook.metadata
    assert metadata.kernelspec.name == "python3" and "version" not in metadata.language_info


def test_the_table_of_lessons_takes_the_place_of_its_line(tmp_path):
    source = read(write(tmp_path, "lesson.md", LESSON), lesson_list="| a table |")
    assert source.notebook.cells[-1].source == "| a table |" and "| a table |" in source.text


@pytest.mark.parametrize("old, new, why", [
    ("<!-- #region question=\"q2\" -->\n<!-- BEGIN SOLUTION -->", "<!-- BEGIN SOLUTION -->", "names no question"),
    ("### END SOLUTION\n", "", "question q1 needs one BEGIN SOLUTION line"),
    ("slug: 01-small", "slug: 02-other", "expected slug 01-small"),
    ("  data: []\n", "", "lacks data"),
    ("  data: []\n", "  data: []\n  pints: 3\n", "unknown key pints"),
    ("  data: []\n", "  data: none\n", "expected data in the front matter to be a list"),
    ('title: "A small exercise"', "title: A: b", "not valid YAML"),
    ("analogies:", "jupyter:", "under the key analogies:"),
    ("---\nanalogies", "analogies", "expected a YAML front matter"),
    ("```python\nprint", '```python colour="red"\nprint', "unknown cell metadata colour"),
    ("```python\nprint", '```python tags="quiet"\nprint', ":10: a cell's metadata are not valid: 'quiet' is not of type 'array'"),
    ('question="q1"', 'question="q 1"', 'expected question="q2"'),
])
def test_a_source_that_does_not_fit_is_refused_with_its_file_and_line(tmp_path, old, new, why):
    assert old in EXERCISE
    path = write(tmp_path, "exercise.md", EXERCISE.replace(old, new, 1))
    with pytest.raises(SourceError) as error:
        read(path)
    assert why in str(error.value) and str(error.value).startswith(f"{path}:")


@pytest.mark.parametrize("old, new, why", [
    ("minutes: {teach: 10, exercise: 5}", "minutes: {teach: 10}", "expected minutes: {teach: 50, exercise: 60}"),
    ("```python\nimport analogies", '```python question="q1"\nimport analogies', "belong in exercise.md"),
])
def test_a_lesson_that_does_not_fit_is_refused(tmp_path, old, new, why):
    assert old in LESSON
    with pytest.raises(SourceError, match=why):
        read(write(tmp_path, "lesson.md", LESSON.replace(old, new)))


def test_another_encoding_is_refused(tmp_path):
    path = write(tmp_path, "lesson.md", "")
    path.write_bytes(LESSON.replace("A small", "A sm\u00e5ll").encode("latin-1"))
    with pytest.raises(SourceError, match="expected UTF-8 text, found byte 0xe5"):
        read(path)
