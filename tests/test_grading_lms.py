"""Marks as a plain CSV, and what both LMS files share: which marks are ready, numbers, names."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marked_class import ASKED, RUBRICS, auto, student, ungraded, written

from analogies.grading import lms
from analogies.grading.gradebook.entries import Standing
from analogies.grading.lms import canvas, moodle
from analogies.grading.lms.filled import Report, as_number, as_text, decimal_comma, few, possible, ready, two_decimals
from analogies.grading.submission import GradingError


def table(text: str) -> list[dict]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_the_plain_csv_has_a_row_for_each_student_with_every_mark_and_what_waits():
    rows = [student("ana", "Ana López", (4, 2.5, None), ids={"moodle": "77"}, late=True, oddities=("The answer cell of q2 is missing.",)),
            student("ben", marks=(auto("q1", 0, 4, "Too few.", status="NOT STARTED"), 6, 8.25))]
    ana, ben = table(lms.plain_csv(rows, ASKED))
    assert (ana["student"], ana["name"], ana["moodle_id"], ana["q1"], ana["q2"], ana["q5"]) == ("ana", "Ana López", "77", "4", "2.5", "")
    assert (ana["total_so_far"], ana["points_possible"], ana["to_mark"], ana["late"]) == ("6.5", "20", "q5", "late")
    assert (ana["handed_in"], ana["notes"]) == ("2026-11-27T18:36:00+00:00", "The answer cell of q2 is missing.")
    assert (ben["q5"], ben["total_so_far"], ben["to_mark"], ben["notes"], ben["moodle_id"]) == ("8.25", "14.25", "", "q1: Too few.", "")


def test_nothing_in_the_plain_csv_is_run_by_a_spreadsheet():
    row = student("=1+1", "@SUM(A1)", (auto("q1", 0, 4, '=HYPERLINK("http://x")'), 1, 2), file="-x.ipynb", oddities=("+1",))
    for cells in csv.reader(io.StringIO(lms.plain_csv([row], ASKED))):
        assert not any(cell.startswith(("=", "+", "@", "\t", "\r")) or (cell.startswith("-") and not cell[1:].isdigit()) for cell in cells)


def test_names_in_any_script_and_line_ends_stay_in_their_cell():
    rows = [student("李", "李小龍"), student("ж\n2", "Жанна,\r\n\"Ж\"")]
    assert [row["name"] for row in table(lms.plain_csv(rows, ASKED))] == ["李小龍", 'Жанна,  "Ж"']


@pytest.mark.parametrize(("points", "text"), [(0.125, "0.13"), (2.675, "2.68"), (17, "17"), (17.5, "17.5"), (0.1 + 0.2, "0.3"), (0, "0"), (10, "10"), (100, "100")])
def test_points_are_rounded_to_two_decimals_a_half_upward(points, text):
    assert as_text(two_decimals(points)) == text


@given(st.decimals(0, 1000, places=2), st.booleans(), st.integers(0, 3))
def test_a_number_that_is_written_is_read_back(points, comma, places):
    text = as_text(points, comma=comma, places=places)
    assert as_number(text) == points
    assert ("." in text) <= (not comma)


@pytest.mark.parametrize("text", ["", "-", "EX", "N/A", "1,234.5", "1.2.3", "1e3", "١٢", "A-", "85%"])
def test_what_is_no_number_is_none(text):
    assert as_number(text) is None


def test_a_decimal_comma_is_seen_where_all_decimals_have_one():
    assert decimal_comma(["8,00", "7", ""]) is True
    assert decimal_comma(["8.00", "7"]) is False
    assert decimal_comma(["8.00", "7,5"]) is False
    assert decimal_comma(["8", "", "x,5"]) is None


def test_a_mark_that_waits_is_not_ready_and_is_said_and_can_be_asked_for():
    rows, report = [student("ana", "Ana", (4, 6, None)), student("ben", "Ben")], Report()
    assert [(row.student.key, str(points)) for row, points in ready(rows, report, so_far=False)] == [("ben", "20.00")]
    assert report.said() == ("Not written, because answers still wait for a reader or were not graded (--so-far writes the rest) (1): Ana (q5).",)
    report = Report()
    assert [str(points) for _, points in ready(rows, report, so_far=True)] == ["10.00", "20.00"]
    assert report.said() == ("Written without the answers that still wait for a reader (1): Ana (q5).",)


def test_marks_out_of_different_sums_are_refused():
    with pytest.raises(GradingError, match="out of 20 and 21 points"):
        possible([student("ana"), student("ben", marks=(auto("q1", 5, 5), 6, 10))])
    with pytest.raises(GradingError, match="no marks"):
        possible([])


def test_a_long_list_of_names_is_cut():
    assert few([str(n) for n in range(40)]).endswith("29 and 10 more")


def test_the_comment_for_an_lms_has_the_marks_the_reasons_the_levels_and_the_readers_words():
    row = student("ana", "Ana", (auto("q1", 0, 4, "Divide by four."), 6, written(2, levels={"claim": 1, "evidence": 0}, comment="Go on like this.")))
    text = lms.comments([row], ASKED, RUBRICS)["ana"]
    assert "8 of 20 points." in text and "q1: 0 of 4 points. No points yet.\nDivide by four." in text
    assert "The claim: It is copied. Next: It is given fairly." in text
    assert "The reader: Go on like this." in text
    assert "SECRET" not in text and "NOT ISOLATED" not in text
    assert "NOT ISOLATED" in lms.comments([student("ana", isolation="NOT ISOLATED")])["ana"]


def test_both_files_are_filled_in_by_the_functions_that_the_command_line_knows():
    assert (lms.fill_canvas, lms.fill_moodle) == (canvas.fill_canvas, moodle.fill_moodle)


def test_a_file_that_was_not_graded_is_never_written_as_a_mark_and_is_said():
    rows, report = [ungraded("tor", "Tor"), student("ben", "Ben")], Report()
    assert [row.student.key for row, _ in ready(rows, report, so_far=True)] == ["ben"]
    assert report.said() == ("Not written, because the file could not be read or is of another exercise, so ask for it again (1): Tor.",)
    tor = table(lms.plain_csv(rows, ASKED))[0]
    assert (tor["q1"], tor["q5"], tor["total_so_far"], tor["to_mark"], tor["notes"]) == ("", "", "", "", "Nothing was graded: torn.")


def test_where_grading_itself_failed_nobody_is_asked_to_send_the_file_again():
    said = "The notebook could not be graded (OSError: no space); run the command again, or grade it by hand."
    row = student("tor", "Tor", tuple(Standing(one.id, None, one.points, "NOT GRADED", (said,)) for one in ASKED), oddities=(said,))
    report = Report()
    assert ready([row], report, so_far=True) == []
    assert report.said() == ("Not written, because grading failed, so run analogies grade again (1): Tor.",)
    assert lms.comments([row])["tor"].endswith("The grader failed, which is no fault of yours. Ask your instructor when it will be graded.")


def test_the_comment_on_a_file_that_was_not_graded_says_why_and_names_no_question():
    assert lms.comments([ungraded("tor")], ASKED, RUBRICS)["tor"] == (
        "Your file could not be graded, so there is no mark yet.\n\nNothing was graded: torn. Send the file again, or ask your instructor.")
