"""The table, the CSV and the page of written answers, from marks that are made up here."""

import csv
import io

import pytest
from rich.console import Console

from analogies.check.question import Question
from analogies.grading.batch import Batch, Graded
from analogies.grading.score import TO_MARK, Mark

QUESTIONS = (Question("q1", 4, mark=lambda v: None), Question("q2", 5, kind="written"))


def graded(tmp_path, student, earned, text="", *oddities):
    second = Mark("q2", None, 5, TO_MARK) if text else Mark("q2", 0, 5, "NOT STARTED")
    return Graded(student, tmp_path / f"{student}.ipynb", (Mark("q1", earned, 4, "NOT YET", ("Try again.",)), second), oddities,
                  {"q2": text} if text else {})


@pytest.fixture
def batch(tmp_path):
    return Batch("01-small", QUESTIONS, (
        graded(tmp_path, "anna", 2.5, "First line.\n<!-- hidden\n# no heading"),
        graded(tmp_path, "=1+1", 0, "", "-odd [bold]one[/bold]\nline")), "Not isolated: mind this.")


def rows(batch):
    return list(csv.DictReader(io.StringIO(batch.as_csv())))


def test_the_csv_has_marks_by_question_and_leaves_blank_what_waits_for_a_reader(batch):
    assert rows(batch)[0] == {"student": "anna", "file": "anna.ipynb", "q1": "2.5", "q2": "", "total_so_far": "2.5",
                              "points_possible": "9", "to_mark": "q2", "notes": "q1: Try again.", "graded_in_isolation": "no"}


def test_no_cell_of_the_csv_is_a_formula_or_spans_lines(batch):
    row = rows(batch)[1]
    assert row["student"] == "'=1+1" and row["notes"].startswith("'-odd")
    assert len(batch.as_csv().splitlines()) == 3


def test_the_table_shows_totals_cautions_and_what_was_odd_as_it_is_written(batch):
    console = Console(file=io.StringIO(), width=160)
    console.print(batch.table())
    shown = console.file.getvalue()
    assert "2.5 + to mark" in shown and "Not isolated: mind this." in shown and "[bold]one[/bold]" in shown


def test_written_answers_are_listed_by_question_and_cannot_hide_each_other(batch):
    page = batch.to_mark()
    assert "## q2: 5 points, 1 answer\n\n### anna\n\nMark: ____ of 5\n\n> First line.\n> &lt;!-- hidden\n> # no heading" in page
    assert "=1+1" not in page and "q1" not in page


def test_nothing_is_ever_overwritten(batch, tmp_path):
    names = [path.name for _ in range(3) for path in batch.write(tmp_path / "out" / "marks-01-small.csv")]
    assert names == ["marks-01-small.csv", "marks-01-small-to-mark.md", "marks-01-small-2.csv", "marks-01-small-2-to-mark.md",
                     "marks-01-small-3.csv", "marks-01-small-3-to-mark.md"]
    assert len({path.name for path in (tmp_path / "out").iterdir()}) == 6


def test_a_page_alone_that_is_there_already_is_not_overwritten_either(batch, tmp_path):
    (tmp_path / "marks-to-mark.md").write_text("half marked", encoding="utf-8")
    assert [path.name for path in batch.write(tmp_path / "marks.csv")] == ["marks-2.csv", "marks-2-to-mark.md"]
    assert (tmp_path / "marks-to-mark.md").read_text(encoding="utf-8") == "half marked"


def test_without_written_answers_there_is_no_page_to_mark(tmp_path):
    batch = Batch("01-small", QUESTIONS, (graded(tmp_path, "anna", 4),), "")
    assert [path.name for path in batch.write(tmp_path / "marks.csv")] == ["marks.csv"]
