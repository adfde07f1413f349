"""The gradebook of Canvas is filled in: one column, matched as its importer does it, and no other byte."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from marked_class import student

from analogies.grading.lms.canvas import fill_canvas
from analogies.grading.lms.csv_bytes import Sheet
from analogies.grading.submission import GradingError

# As Canvas exports it: posting row, points row, a custom column, computed columns that are read only, the test student last.
EXPORT = """Student,ID,SIS User ID,SIS Login ID,Section,Notes,Essay 1 (4711),Syria (draft) (4712),Quizzes Current Score,Current Score,Final Score
,,,,,,,Manual Posting,,,
    Points Possible,,,,,,10.00,20.00,(read only),(read only),(read only)
"Doe, Jane",1234,s-1,jdoe,HIST-301-01,"late, ""ok"" now",7.50,,75.00,75.00,37.50
"López, Ana",1235,s-2,alopez,HIST-301-01 and HIST-301-02,,8.00,EX,,,
"Nguyễn, Văn",1236,s-3,vnguyen,HIST-301-02,,N/A,N/A,,,
"O'Neil, Sam",1237,s-4,soneil,HIST-301-02,,9.00,12.00,,,
"Roe, Kim",1238,s-5,kroe,HIST-301-02,,6.00,,,,
"Student, Test",1299,,aeb12,HIST-301-01,,,,,,
"""
CLASS = [
    student("jdoe", "Jane Doe", ids={"canvas": "1234"}),
    student("alopez", "Ana López", (4, 5, 9)),
    student("s-3", "Văn Nguyễn"),
    student("x9", "Sam O'Neil", (1, 2, 3.456)),
    student("nobody", "No Body"),
]


def cells(data: bytes, encoding: str = "utf-8", delimiter: str = ",") -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode(encoding), newline=""), delimiter=delimiter))


def column_of(data: bytes, column: int = 7, **more) -> list[str]:
    return [row[column] for row in cells(data, **more)[3:]]


def test_marks_go_to_the_right_students_and_every_other_byte_stays():
    filled = fill_canvas(EXPORT.encode(), CLASS, title_or_id="Syria (draft)")
    wanted = EXPORT.replace(',7.50,,75.00', ',7.50,20,75.00').replace(",9.00,12.00,", ",9.00,6.46,")
    assert filled.data.decode() == wanted
    assert filled.written == 2
    assert filled.said[0] == "2 marks written into the column Syria (draft) (4712)."


def test_everything_that_was_not_written_is_said_with_the_name():
    said = " ".join(fill_canvas(EXPORT.encode(), CLASS, title_or_id="4712").said)
    assert "Excused in Canvas (EX), and left so (1): Ana López." in said
    assert "Not assigned to this student in Canvas (N/A), and left so (1): Văn Nguyễn." in said
    assert "Not in the file, so not written (1): No Body." in said
    assert "Another mark stood there and was replaced (1): Sam O'Neil (12.00 became 6.46)." in said
    assert "Rounded to two decimals (1): Sam O'Neil (6.456 to 6.46)." in said
    assert "stay as they are (1): Roe, Kim." in said
    assert "posted by hand" in said
    assert "Test" not in said


@pytest.mark.parametrize("named", ["4712", "Syria (draft)", "Syria (draft) (4712)"])
def test_the_assignment_is_named_by_its_number_its_title_or_its_whole_head(named):
    assert fill_canvas(EXPORT.encode(), CLASS, title_or_id=named).written == 2


def test_an_assignment_that_is_not_there_is_answered_with_those_that_are():
    with pytest.raises(GradingError) as error:
        fill_canvas(EXPORT.encode(), CLASS, title_or_id="Exercise 3")
    assert "expected the assignment Exercise 3, found Essay 1 (4711); Syria (draft) (4712)" in str(error.value)
    assert "Current Score" not in str(error.value) and "Notes" not in str(error.value)


@pytest.mark.parametrize("named", ["Notes", "Current Score", "471", ""])
def test_a_column_without_a_number_of_canvas_is_never_taken(named):
    with pytest.raises(GradingError, match="expected the assignment"):
        fill_canvas(EXPORT.encode(), CLASS, title_or_id=named)


def test_two_assignments_of_one_title_must_be_named_by_number():
    text = EXPORT.replace("Essay 1 (4711)", "Syria (draft) (4711)")
    with pytest.raises(GradingError, match="by its number: 4711, 4712"):
        fill_canvas(text.encode(), CLASS, title_or_id="Syria (draft)")
    assert fill_canvas(text.encode(), CLASS, title_or_id="4711").written == 3


def test_a_column_that_canvas_would_not_read_is_refused():
    with pytest.raises(GradingError, match="another title"):
        fill_canvas(EXPORT.replace("Essay 1", "Final Grade essay").encode(), CLASS, title_or_id="4711")
    with pytest.raises(GradingError, match="read only"):
        fill_canvas(EXPORT.replace(",,10.00,20.00,", ",,10.00,(read only),").encode(), CLASS, title_or_id="4712")
    with pytest.raises(GradingError, match="2 times"):
        fill_canvas(EXPORT.replace("Essay 1 (4711)", "Syria (draft) (4712)").encode(), CLASS, title_or_id="4712")


def test_excused_students_are_written_over_only_when_asked_for():
    filled = fill_canvas(EXPORT.encode(), CLASS, title_or_id="4712", excused=True)
    assert column_of(filled.data)[1] == "18"


def test_points_that_differ_are_said_and_rescaled_only_when_asked_for():
    filled = fill_canvas(EXPORT.encode(), CLASS[:1], title_or_id="4711")
    assert "out of 10 points in Canvas and out of 20 here: marks are written as they are" in " ".join(filled.said)
    assert column_of(filled.data, 6)[0] == "20"
    filled = fill_canvas(EXPORT.encode(), [student("x9", "Sam O'Neil", (1, 2, 4.01)), *CLASS[:1]], title_or_id="4711", rescale=True)
    assert (column_of(filled.data, 6)[0], column_of(filled.data, 6)[3]) == ("10", "3.51")


def test_a_mark_that_waits_for_a_reader_leaves_its_cell():
    rows = [student("jdoe", "Jane Doe", (4, 6, None))]
    filled = fill_canvas(EXPORT.encode(), rows, title_or_id="4712")
    assert filled.data == EXPORT.encode() and "Jane Doe (q5)" in " ".join(filled.said)
    assert column_of(fill_canvas(EXPORT.encode(), rows, title_or_id="4712", so_far=True).data)[0] == "10"


def test_a_mark_that_is_the_same_at_two_decimals_is_left_as_it_stands():
    filled = fill_canvas(EXPORT.encode(), [student("soneil", marks=(2, 4, 6))], title_or_id="4712")
    assert filled.data == EXPORT.encode()
    assert filled.said[0] == "0 marks written into the column Syria (draft) (4712); 1 stood there already."


def test_a_student_is_found_by_number_then_sis_id_then_login_then_name():
    text = ("Student,ID,SIS User ID,SIS Login ID,Section,A (1)\n    Points Possible,,,,,20\n"
            "By Id,7,x,x1,S,\nBy Sis,8,k,x2,S,\nBy Login,9,y,k,S,\nk,10,z,x3,S,\n")
    for rows, line in (([student("k", "k", ids={"canvas": "7"})], 0), ([student("k", "k")], 1), ([student("x3", "By Login")], 3), ([student("?", "By Id")], 0)):
        marks = [row[5] for row in cells(fill_canvas(text.encode(), rows, title_or_id="1").data)[2:]]
        assert [n for n, mark in enumerate(marks) if mark] == [line]


def test_a_key_that_is_another_students_number_in_canvas_is_not_taken_for_it():
    assert fill_canvas(EXPORT.encode(), [student("1234", "Somebody Else")], title_or_id="4712").written == 0


def test_a_name_of_two_students_is_written_for_neither():
    text = EXPORT.replace('"Roe, Kim"', '"Doe, Jane"')
    filled = fill_canvas(text.encode(), [student("?", "Jane Doe")], title_or_id="4712")
    assert filled.data == text.encode() and "Several students of the file have this name" in " ".join(filled.said)


def test_two_students_of_the_gradebook_on_one_line_are_both_refused():
    filled = fill_canvas(EXPORT.encode(), [student("jdoe"), student("?", "Jane Doe")], title_or_id="4712")
    assert filled.data == EXPORT.encode()
    assert "fit one line of the file, so nothing was written (2): jdoe (jdoe), Jane Doe (?)." in " ".join(filled.said)


def test_a_student_who_is_listed_twice_gets_the_mark_on_both_lines():
    text = EXPORT + '"Doe, Jane",1234,s-1,jdoe,HIST-301-02,,7.50,,,,\n'
    filled = fill_canvas(text.encode(), CLASS[:1], title_or_id="4712")
    assert [column_of(filled.data)[n] for n in (0, 6)] == ["20", "20"]
    assert filled.written == 1 and "about the same student" in " ".join(filled.said)


@pytest.mark.parametrize(("encoding", "bom"), [("utf-8", b""), ("utf-8", b"\xef\xbb\xbf"), ("utf-16-le", b"\xff\xfe"), ("cp1252", b"")])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_encoding_bom_and_line_ends_are_kept(encoding, bom, end):
    text = EXPORT.replace("ễ", "e").replace("ă", "a").replace("\n", end)
    data = bom + text.encode(encoding)
    filled = fill_canvas(data, CLASS[:1], title_or_id="4712")
    assert filled.data == bom + text.replace(",7.50,,75.00", ",7.50,20,75.00").encode(encoding)
    assert ("Canvas reads UTF-8" in " ".join(filled.said)) == (encoding != "utf-8")


def test_a_decimal_comma_is_kept_with_semicolons_and_with_commas():
    text = EXPORT.replace(",7.50,", ",7.50,").replace(",", ";").replace(".", ",").replace("Doe; Jane", "Doe, Jane")
    filled = fill_canvas(text.encode(), [student("soneil", marks=(1, 2, 3.5))], title_or_id="4712")
    assert filled.data.decode() == text.replace(";9,00;12,00;", ";9,00;6,5;")
    quoted = 'Student,ID,SIS Login ID,Section,A (1)\n    Points Possible,,,,"20,00"\n"Doe, Jane",7,jdoe,S,\n'
    filled = fill_canvas(quoted.encode(), [student("jdoe", marks=(1, 2, 3.5))], title_or_id="1")
    assert filled.data.decode().endswith('"Doe, Jane",7,jdoe,S,"6,5"\n')


def test_names_in_two_columns_and_a_root_account_are_understood():
    text = ("LastName,FirstName,ID,SIS User ID,SIS Login ID,Integration ID,Root Account,Section,A (1)\n"
            "    Points Possible,,,,,,,,20\nDoe,Jane,7,s,j,i,canvas.example.edu,S,\n")
    filled = fill_canvas(text.encode(), [student("?", "Jane Doe")], title_or_id="1")
    assert filled.data.decode().endswith(",S,20\n")


@pytest.mark.parametrize(("text", "said"), [
    ("", "empty file"), ("Name,Number,Section,A (1)\nx,1,S,\n", "Student and ID"), ("Student,ID,Group,Section,A (1)\nx,1,G,S,\n", "column Section"),
    ('Student,ID,SIS Login ID,Section,A (1)\n"Doe,1,j,S,\n', "line 2: a quotation mark is opened and never closed"),
    ("Student,ID,SIS User ID\n", "Student and ID"),
])
def test_a_file_that_canvas_would_not_take_is_refused_in_a_sentence(text, said):
    with pytest.raises(GradingError, match=said) as error:
        fill_canvas(text.encode(), CLASS, title_or_id="1")
    assert "\n" not in str(error.value)


def test_a_short_line_gets_nothing_and_blank_lines_stay():
    text = EXPORT.replace('"O\'Neil, Sam",1237,s-4,soneil,HIST-301-02,,9.00,12.00,,,', '\n"O\'Neil, Sam",1237,s-4,soneil')
    filled = fill_canvas(text.encode(), CLASS[3:4], title_or_id="4712")
    assert filled.data == text.encode() and "Line 8 of the file is shorter than its head" in " ".join(filled.said)


def test_line_ends_of_different_kinds_are_kept_and_said():
    text = EXPORT.replace("\n", "\r", 1)
    filled = fill_canvas(text.encode(), CLASS[:1], title_or_id="4712")
    assert filled.data.decode() == text.replace(",7.50,,75.00", ",7.50,20,75.00")
    assert "line ends of different kinds" in " ".join(filled.said)


def test_scores_that_canvas_hides_from_instructors_are_said():
    text = EXPORT.replace("Manual Posting", "Manual Posting (scores hidden from instructors)")
    assert "reveal the names first" in " ".join(fill_canvas(text.encode(), CLASS, title_or_id="4712").said)


@given(st.binary(max_size=120), st.integers(0, len(EXPORT)), st.integers(0, 80))
@example(b"\n", 0, 0)
@example(b"9" * 60, EXPORT.index("20.00"), 5)
@example(b'"', EXPORT.index("20.00"), 0)
def test_a_file_that_is_damaged_anywhere_is_filled_in_or_refused_in_a_sentence(damage, at, gone):
    whole = EXPORT.encode()
    data = whole[:at] + damage + whole[at + gone:]
    try:
        filled = fill_canvas(data, CLASS, title_or_id="4712")
    except GradingError as error:
        assert "\n" not in str(error)
        return
    assert Sheet(filled.data).lines == Sheet(data).lines
    assert all(sentence.endswith((".", "!")) and "\n" not in sentence for sentence in filled.said)
