"""The course for nbgrader: what is written, what is left alone, what is refused. That nbgrader takes it: test_nbgrader."""

import json
import os
import re
from pathlib import Path

import pytest
from traitlets.config import Config

from analogies import kit
from analogies.check.catalogue import UnknownExercise
from analogies.grading.course import write_course
from analogies.grading.submission import GradingError

SLUG, OTHER = "03-syria-2015", "04-nicaragua-1980s"


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def clone_with(tmp_path: Path, slug: str, change) -> Path:
    """A folder with solutions/SLUG.ipynb, changed."""
    path = tmp_path / "clone" / "solutions" / f"{slug}.ipynb"
    path.parent.mkdir(parents=True)
    book = json.loads((kit.root() / "solutions" / f"{slug}.ipynb").read_text(encoding="utf-8"))
    change(book)
    path.write_text(json.dumps(book), encoding="utf-8")
    return tmp_path / "clone"


def test_a_course_of_all_exercises_has_their_solutions_as_they_are_a_configuration_and_a_page(tmp_path):
    made = write_course(tmp_path / "course")
    slugs = sorted(path.stem for path in (kit.root() / "exercises").glob("*.ipynb"))
    assert sorted(str(path.relative_to(tmp_path / "course")) for path in made) == sorted(contents(tmp_path / "course"))
    assert sorted(contents(tmp_path / "course")) == sorted(
        [*(f"source/{slug}/{slug}.ipynb" for slug in slugs), "nbgrader_config.py", "README.md"])
    for slug in slugs:
        solution = (kit.root() / "solutions" / f"{slug}.ipynb").read_bytes()
        assert (tmp_path / "course" / "source" / slug / f"{slug}.ipynb").read_bytes() == solution


def test_a_starter_line_stands_above_the_region_of_each_checked_answer(tmp_path):
    write_course(tmp_path, [SLUG])
    book = json.loads((tmp_path / "source" / SLUG / f"{SLUG}.ipynb").read_text(encoding="utf-8"))
    answers = ["".join(cell["source"]) for cell in book["cells"] if cell["cell_type"] == "code"
               and cell["metadata"].get("nbgrader", {}).get("solution")]
    assert len(answers) == 4
    for source in answers:
        assert re.match(r"(\w+ = None\n)+### BEGIN SOLUTION\n", source) and source.endswith("### END SOLUTION")


def test_an_exercise_can_be_added_to_a_course_and_what_is_there_stays(tmp_path):
    write_course(tmp_path, [SLUG])
    (tmp_path / "README.md").write_text("Our own words.", encoding="utf-8")
    before = contents(tmp_path)
    write_course(tmp_path, [OTHER, SLUG, OTHER])
    after = contents(tmp_path)
    assert after.keys() - before.keys() == {f"source/{OTHER}/{OTHER}.ipynb"}
    assert {name: after[name] for name in before} == before


@pytest.mark.parametrize("theirs", ["nbgrader_config.py", f"source/{SLUG}/{SLUG}.ipynb"])
def test_another_file_in_the_place_of_one_of_ours_is_refused_and_nothing_is_written(tmp_path, theirs):
    path = tmp_path / theirs
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("c = get_config()", encoding="utf-8")
    before = contents(tmp_path)
    with pytest.raises(GradingError, match="nothing is overwritten; name a new folder"):
        write_course(tmp_path, [SLUG])
    assert contents(tmp_path) == before


def test_a_file_in_the_place_of_the_folder_is_refused_in_a_sentence(tmp_path):
    (tmp_path / "course").write_text("", encoding="utf-8")
    with pytest.raises(GradingError, match="expected a folder for the course, found a file"):
        write_course(tmp_path / "course", [SLUG])


def test_a_folder_of_the_name_of_a_file_of_ours_is_refused_in_a_sentence(tmp_path):
    (tmp_path / "nbgrader_config.py").mkdir()
    with pytest.raises(GradingError, match="nothing is overwritten"):
        write_course(tmp_path, [SLUG])


def test_an_exercise_that_does_not_exist_is_named_with_those_that_do(tmp_path):
    with pytest.raises(UnknownExercise, match="No exercise is called '09-mars'. There are: .*03-syria-2015"):
        write_course(tmp_path / "course", [SLUG, "09-mars"])
    with pytest.raises(GradingError, match="00-start-here: this lesson has no exercise, .* there are: 01-reading"):
        write_course(tmp_path / "course", ["00-start-here"])
    assert not (tmp_path / "course").exists()


def test_a_clone_without_solutions_is_told_to_build_them(tmp_path):
    (tmp_path / "clone").mkdir()
    with pytest.raises(GradingError, match="found none; run: analogies build"):
        write_course(tmp_path / "course", root=tmp_path / "clone")
    with pytest.raises(GradingError, match=f"is missing; run: analogies build {SLUG}"):
        write_course(tmp_path / "course", [SLUG], root=tmp_path / "clone")


def test_a_solution_without_the_region_of_a_question_is_refused_by_the_name_of_the_question(tmp_path):
    def without_q3(book):
        for cell in book["cells"]:
            if cell["metadata"].get("nbgrader", {}).get("grade_id") == "q3":
                cell["source"] = "q3 = []"

    with pytest.raises(GradingError, match=f"for q3, found none; run: analogies build {SLUG}"):
        write_course(tmp_path / "course", [SLUG], root=clone_with(tmp_path, SLUG, without_q3))


@pytest.mark.parametrize("damaged", [b"{", b"\xff\xfe", b"[]", b'{"cells": 3, "nbformat": 4, "nbformat_minor": 5, "metadata": {}}'])
def test_a_damaged_solution_is_refused_in_a_sentence(tmp_path, damaged):
    root = clone_with(tmp_path, SLUG, lambda book: None)
    (root / "solutions" / f"{SLUG}.ipynb").write_bytes(damaged)
    with pytest.raises(GradingError, match="expected a notebook, found .*; run: analogies build"):
        write_course(tmp_path / "course", [SLUG], root=root)


def test_the_configuration_keeps_what_students_tried_out_of_the_graders_own_work(tmp_path, monkeypatch):
    monkeypatch.setenv("ANALOGIES_PROGRESS", "on")
    write_course(tmp_path, [SLUG])
    exec((tmp_path / "nbgrader_config.py").read_text(encoding="utf-8"), {"get_config": Config})
    assert os.environ["ANALOGIES_PROGRESS"] == "off"


def test_the_page_names_the_commands_the_environment_and_the_path(tmp_path):
    write_course(tmp_path, [SLUG])
    text = (tmp_path / "README.md").read_text(encoding="utf-8")
    for words in ("nbgrader generate_assignment", "nbgrader autograde", "nbgrader export", "the PATH", "one environment", SLUG, "not isolated"):
        assert words in text, words
