"""The texts that the build makes: the table of lessons between the marks of the README, the citations, three readings."""

import pytest
from made_kit import made_kit
from small_lesson import README, build, small_kit

from analogies.authoring.notebook import stale
from analogies.authoring.readings import faults, lesson_table, make
from analogies.authoring.source import SourceError


@pytest.fixture
def kit(tmp_path):
    return small_kit(tmp_path)


def test_the_table_names_the_aims_as_one_sentence_the_minutes_and_the_exercise(kit):
    row = lesson_table(kit, "notebooks/", "exercises/").splitlines()[-1]
    assert row == ("| [A small lesson](notebooks/01-small.ipynb) | Count to two; draw a line | 10 | "
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


MADE = ("src/analogies/data/citations.json", "readings/bibliography.md", "readings/claims.md", "readings/chronology.md")


@pytest.fixture
def with_facts(tmp_path):
    """A clone with lessons and data, its texts made."""
    root = made_kit(tmp_path)
    build(root, [])
    return root


def test_a_build_makes_the_citations_and_three_readings_where_there_are_data(with_facts):
    assert all((with_facts / name).exists() for name in MADE)
    assert faults(with_facts) == []


def test_a_clone_without_data_has_only_its_table_of_lessons(kit):
    assert list(make(kit)) == [kit / "README.md"]


@pytest.mark.parametrize("name", MADE[1:])
def test_a_reading_edited_by_hand_is_named_as_such(with_facts, name):
    path = with_facts / name
    path.write_text(path.read_text(encoding="utf-8").replace("Panama", "Paname"), encoding="utf-8")
    assert faults(with_facts) == [f"{name} was edited by hand; its first line says what to change instead; then run: analogies build"]


def test_a_made_text_that_is_missing_is_named(with_facts):
    (with_facts / MADE[2]).unlink()
    assert faults(with_facts) == [f"{MADE[2]} is missing; run: analogies build"]


def test_a_changed_source_makes_citations_and_readings_stale(with_facts):
    path = with_facts / "src/analogies/data/sources.bib"
    path.write_text(path.read_text(encoding="utf-8").replace("Forces land", "Forces arrive"), encoding="utf-8")
    assert faults(with_facts) == [f"{name} is stale: what it is made from has changed; run: analogies build" for name in MADE]
    build(with_facts, [])
    assert faults(with_facts) == []


def test_a_check_tells_a_stale_reading_and_a_fault_of_the_data(with_facts):
    path = with_facts / "src/analogies/data/events/panama.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("They came by air", "They came by land"), encoding="utf-8")
    assert f"{MADE[3]} is stale: what it is made from has changed; run: analogies build" in stale(root=with_facts)
    path.write_text(text.replace("1989-12-20", "20/12/1989"), encoding="utf-8")
    assert any("events/panama.csv:2: date" in sentence for sentence in stale(root=with_facts))
