"""Progress over the course: one row for each exercise, from what my-work/ keeps."""

from __future__ import annotations

import pytest

from analogies import kit
from analogies.check import catalogue, course_progress, exercise


@pytest.fixture
def own_folder(tmp_path, monkeypatch):
    monkeypatch.delenv("ANALOGIES_PROGRESS", raising=False)
    monkeypatch.setattr(kit, "root", lambda: tmp_path)
    (tmp_path / "my-work").mkdir()
    return tmp_path


def row(slug: str) -> list[str]:
    [line] = [line for line in course_progress().markdown.splitlines() if line.startswith(f"| {slug} ")]
    return [cell.strip() for cell in line.strip("|").split("|")]


def test_every_exercise_has_a_row_and_a_new_student_has_nothing(own_folder):
    for slug in catalogue.slugs():
        _, passed, points, _, last = row(slug)
        assert passed.startswith("0 of ") and points.startswith("0 of ") and last == "not begun"


def test_a_right_answer_in_one_notebook_shows_in_the_course(own_folder):
    before = row("00-start-here")
    assert exercise("00-start-here").check("first-date", "2015-09-30").earned > 0
    after = row("00-start-here")
    assert int(after[1].split(" of ")[0]) == int(before[1].split(" of ")[0]) + 1
    assert after[4] != "not begun"
    assert row("03-syria-2015")[4] == "not begun"


def test_a_wrong_answer_is_work_but_no_question_answered(own_folder):
    exercise("00-start-here").check("first-date", "2015-09-29")
    assert row("00-start-here")[1].startswith("0 of ")
    assert row("00-start-here")[4] != "not begun"


def test_where_progress_is_off_the_table_says_so(own_folder, monkeypatch):
    monkeypatch.setenv("ANALOGIES_PROGRESS", "off")
    assert "switched off" in course_progress().markdown
