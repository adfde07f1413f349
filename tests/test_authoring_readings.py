"""The table of lessons is made from front matter, between the marks of the README."""

import pytest
from small_lesson import README, small_kit

from analogies.authoring.readings import lesson_table, make
from analogies.authoring.source import SourceError


@pytest.fixture
def kit(tmp_path):
    return small_kit(tmp_path)


def test_the_table_names_aims_minutes_and_the_exercise(kit):
    row = lesson_table(kit, "notebooks/", "exercises/").splitlines()[-1]
    assert row == ("| [A small lesson](notebooks/01-small.ipynb) | Count to two; Draw a line | 10 | "
                   "[exercise](exercises/01-small.ipynb), 5 minutes |")


def test_a_lesson_without_an_exercise_says_so(kit):
    (kit / "lessons" / "01-small" / "exercise.md").unlink()
    assert lesson_table(kit, "", "").endswith("| 10 | none |")


def test_what_stands_around_the_table_stays(kit):
    text = make(kit)[kit / "README.md"]
    assert text.startswith("Above\n<!-- lessons:begin -->\n| Lesson |") and text.endswith("|\n<!-- lessons:end -->\nBelow\n")
    (kit / "README.md").write_text(text, encoding="utf-8")
    assert make(kit)[kit / "README.md"] == text


@pytest.mark.parametrize("text", ["nothing", README.replace("begin", "start"), README + README, README[::-1]])
def test_a_readme_without_its_two_marks_is_told_so(kit, text):
    (kit / "README.md").write_text(text, encoding="utf-8")
    with pytest.raises(SourceError, match="expected one line <!-- lessons:begin --> and after it one line"):
        make(kit)
