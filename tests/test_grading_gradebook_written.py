"""The sheet and the page of written answers: what is filled in comes back, and each fault is named by its place."""

import csv
import io
import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from small_gradebook import SLUG, book, graded, place, row, rubric, run, shown  # noqa: F401

from analogies.check.rubric import Criterion, Exemplar, Level, Rubric
from analogies.grading.gradebook import spreadsheet
from analogies.grading.gradebook.entries import Answer, Marking, Standing
from analogies.grading.gradebook.tables import version
from analogies.grading.gradebook.written import SheetError, from_sheet, to_page, to_sheet
from analogies.grading.score import TO_MARK
from analogies.grading.submission import Student

RUBRICS = {"q5": rubric()}
HEADER = "question,student,text,so_far,claim,evidence,points,comment,answer_id"


def answer(student="s1", text="My answer.", question="q5", name="", **standing):
    waits = {"earned": None, "possible": 5.0, "status": TO_MARK}
    return Answer(question, Student(student, name), text, Standing(question, **{**waits, **standing}), version(text))


def marked(student="s1", **more):
    return answer(student, **{"earned": 4.0, "status": "MARKED", "by": "bo", "levels": {"claim": 1, "evidence": 2}, "comment": "Well.",
                              **more})


def cells(sheet):
    return list(csv.DictReader(io.StringIO(sheet.removeprefix("\ufeff"))))


def filled(answers, rubrics=RUBRICS, **by_student):
    """The sheet with these cells filled in, as {student: {column: text}}."""
    sheet = list(csv.reader(io.StringIO(to_sheet(answers, rubrics).removeprefix("\ufeff"))))
    for record in sheet[1:]:
        for column, value in by_student.get(record[1], {}).items():
            record[sheet[0].index(column)] = value
    out = io.StringIO()
    csv.writer(out).writerows(sheet)
    return out.getvalue()


def faults(data, answers=(answer(), answer("s2")), rubrics=RUBRICS):
    with pytest.raises(SheetError) as caught:
        from_sheet(data, answers, rubrics)
    assert str(caught.value).splitlines()[:-1] == caught.value.faults
    return caught.value.faults


# The sheet that is written

def test_the_sheet_has_a_row_for_each_answer_and_a_column_for_each_criterion():
    sheet = to_sheet([answer("s1", "One,\n\"two\""), answer("s2")], RUBRICS)
    assert sheet.splitlines()[0] == "\ufeff" + HEADER  # Excel takes UTF-8 without this mark for something else
    assert cells(sheet)[0] == {"question": "q5", "student": "s1", "text": 'One,\n"two"', "so_far": "to be read (of 5)", "claim": "",
                               "evidence": "", "points": "", "comment": "", "answer_id": version('One,\n"two"')}


def test_what_is_marked_already_is_filled_in():
    [by_levels, by_points] = cells(to_sheet([marked("s1"), marked("s2", levels={}, earned=2.5)], RUBRICS))
    assert (by_levels["so_far"], by_levels["claim"], by_levels["evidence"], by_levels["points"], by_levels["comment"]) == (
        "4 of 5", "1", "2", "", "Well.")
    assert (by_points["claim"], by_points["evidence"], by_points["points"]) == ("", "", "2.5")


def test_an_answer_that_is_too_long_for_a_cell_is_cut_and_says_so():
    [one] = cells(to_sheet([answer(text="x" * 40_000)], RUBRICS))
    assert len(one["text"]) < 32_767 and one["text"].endswith("cut here: a cell holds no more)")
    assert one["answer_id"] == version("x" * 40_000)


# The sheet that is read

def test_levels_points_and_comments_are_read_and_rows_without_a_mark_are_left_out():
    answers = [answer("s1"), answer("s2"), answer("s3")]
    sheet = filled(answers, s1={"claim": "2", "evidence": "0", "comment": " Good. "}, s3={"points": "2.5"})
    assert from_sheet(sheet, answers, RUBRICS) == [
        Marking("q5", "s1", {"claim": 2, "evidence": 0}, None, "Good.", version("My answer.")),
        Marking("q5", "s3", None, 2.5, "", version("My answer."))]


def test_a_sheet_as_excel_saves_it_is_read():
    answers = [answer("0042", "Zeile 1\nZeile 2"), answer("s2", "Größe")]
    sheet = filled(answers, **{"0042": {"claim": "2,0", "evidence": "1"}, "s2": {"points": "2,5", "comment": "Größer; besser"}})
    rows = [[cell.removeprefix("00") if n == 1 else cell for n, cell in enumerate(record)] for record in csv.reader(io.StringIO(sheet))]
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows(rows)
    saved = out.getvalue()
    for data in ("\ufeff" + saved, saved.encode("utf-8-sig"), saved.encode("cp1252"), saved.encode("utf-16"), "sep=;\r\n" + saved,
                 saved + ";;;;;;;;\r\n"):
        assert from_sheet(data, answers, RUBRICS) == [
            Marking("q5", "0042", {"claim": 2, "evidence": 1}, None, "", version("Zeile 1\nZeile 2")),
            Marking("q5", "s2", None, 2.5, "Größer; besser", version("Größe"))]


TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20) | st.from_regex(
    r"(['\";\s]{0,3}[=+\-@|%＝'\t\r\n].{0,3}){1,3}", fullmatch=True).filter(lambda text: "\0" not in text)


@given(st.dictionaries(TEXTS.filter(str.strip), st.tuples(TEXTS, TEXTS, st.integers(0, 2), st.integers(0, 2)), min_size=1, max_size=4),
       st.sampled_from(",;\t"), st.booleans())
@example({"'=1+1": ("=cmd|'/c calc'!A1", "''@x", 0, 0)}, ";", True)
def test_what_was_filled_in_comes_back_whatever_was_written(students, separator, mark):
    answers = [marked(key, text=text, comment=comment, levels={"claim": a, "evidence": b})
               for key, (text, comment, a, b) in students.items()]
    sheet = to_sheet(answers, RUBRICS).removeprefix("\ufeff")
    for record in csv.reader(io.StringIO(sheet, newline="")):
        for cell in record:
            assert cell.strip().lstrip("'")[:1] not in ("=", "+", "-", "@") or cell.startswith("'")
    out = io.StringIO()
    csv.writer(out, delimiter=separator).writerows(csv.reader(io.StringIO(sheet, newline="")))
    found = from_sheet(("\ufeff" if mark else "") + out.getvalue(), answers, RUBRICS)
    assert {one.student: (one.comment, one.levels, one.version) for one in found} == {
        key: (comment.strip(), {"claim": a, "evidence": b}, version(text)) for key, (text, comment, a, b) in students.items()}


@given(TEXTS)
def test_a_cell_that_was_made_harmless_is_undone_and_any_other_is_left_alone(text):
    assert spreadsheet.as_typed(spreadsheet.harmless(text)) == text
    if "'" not in text:
        assert spreadsheet.as_typed(text) == text


@pytest.mark.parametrize("before", ["", "x;", "x\n", "x\r\n", "x\t", "x; ", 'x;"', "x;\n\"'"])
@pytest.mark.parametrize("sign", "=+-@|%＝")
def test_no_cell_begins_with_a_formula_whatever_the_list_separator_is(before, sign):
    sheet = to_sheet([answer(text=f"{before}{sign}1+1")], RUBRICS)
    for separator in ",;\t":
        for record in csv.reader(io.StringIO(sheet, newline=""), delimiter=separator):
            assert not any(cell.strip().lstrip('"').startswith(sign) for cell in record)
    lines = [line.strip().lstrip('"') for line in sheet.replace("\r", "\n").split("\n")]  # as a program that knows no quotation marks
    assert not any(line.startswith(sign) for line in lines)


def test_a_text_of_blank_lines_is_made_harmless_in_one_pass():
    text = "\n" * 200_000 + "x"
    begun = time.process_time()
    assert spreadsheet.as_typed(spreadsheet.harmless(text)) == text
    assert time.process_time() - begun < 2


ROWS = st.text("\"',;\n\r=abclaimquestiondnt5 0", max_size=80).map(lambda text: f"{HEADER}\n{text}")


@given(st.binary(max_size=200) | st.text(max_size=200) | ROWS)
def test_a_file_of_anything_is_read_or_has_named_faults(data):
    try:
        assert isinstance(from_sheet(data, [answer()], RUBRICS), list)
    except SheetError as error:
        assert error.faults


# Faults

def test_every_fault_is_named_by_row_line_and_column_and_nothing_is_taken():
    answers = [answer("s1", "One\ntwo\nthree"), answer("s2"), answer("s3"), answer("s4"), answer("s5")]
    sheet = filled(answers, s1={"claim": "3", "evidence": "x"}, s2={"claim": "1"}, s3={"points": "6"},
                   s4={"claim": "1", "evidence": "1", "points": "2"}, s5={"comment": "Good."})
    assert faults(sheet, answers) == [
        "row 2, column claim (E2): expected a level from 0 to 2 for q5, found 3",
        "row 2, column evidence (F2): expected a level from 0 to 2 for q5, found x",
        "row 3 (line 5 of the file), column evidence (F3): expected a level from 0 to 2 for q5, found nothing",
        "row 4 (line 6 of the file), column points (G4): expected 0 to 5 points, found 6",
        "row 5 (line 7 of the file), column points (G5): expected levels or points, found both",
        "row 6 (line 8 of the file), column comment (H6): a comment needs a mark beside it; fill in the levels or the points"]


@pytest.mark.parametrize(("data", "said"), [
    ("", "The file is empty; expected a header and a row for each answer."),
    ("a,b\n", "row 1: the column question is missing; found a, b"),
    (HEADER.replace("claim", "clam"), "row 1, column clam (E1): unknown; known are " + HEADER.replace(",", ", ")),
    (HEADER.replace("evidence", "claim"), "row 1, column claim (F1): this column is there twice"),
    (HEADER + '\nq5,s1,"a" b,,1,1,,,\n', "The file is not CSV from line 2 on"),
    (HEADER + '\nq5,s1,"a,,1,1,,,\n', "The file is not CSV from line 2 on"),
    (HEADER + "\nq7,s1,,,1,1,,,\n", "row 2, column question (A2): there is no written answer to 'q7'"),
    (HEADER + "\nq5,s9,,,1,1,,,\n", "row 2, column student (B2): 's9' has no answer to q5"),
    (HEADER + "\nq5,s1,,,1,1,,,\nq5,s1,,,2,2,,,\n", "row 3, column student (B3): 's1' has a mark for q5 in row 2 already"),
    (HEADER + "\nq5,s1,,,1,1,,,,more\n", "row 2: has more cells than the header has columns; is a quotation mark missing?"),
    ("question,student,claim,comment\nq5,s1,1,\n",
     "row 2, column evidence, which the sheet lacks: expected a level from 0 to 2 for q5, found nothing"),
    (HEADER + "\nq5,s1,,,1.5,nan,,,\n", "row 2, column claim (E2): expected a level from 0 to 2 for q5, found 1.5"),
    (HEADER + "\nq5,s1," + "x" * 200_000 + ",,1,1,,,\n", "The file is not CSV from line 2 on (field larger than field limit"),
])
def test_a_fault_says_what_was_expected_and_what_was_found(data, said):
    assert faults(data)[0].startswith(said)


def of_one(criterion):
    exemplar = Exemplar("", {}, {}, 0)
    return Rubric("T", (Criterion(criterion, "Title", "How?", (Level(0, "no"), Level(5, "yes"))),), exemplar, exemplar)


def test_a_criterion_of_another_question_is_a_fault():
    both = {"q5": rubric(), "q6": of_one("style")}
    answers = [answer("s1"), answer("s1", question="q6")]
    sheet = filled(answers[:1], both, s1={"claim": "1", "evidence": "1"}).replace("evidence,points", "evidence,style,points")
    sheet = sheet.replace(",1,1,,", ",1,1,1,,")
    assert faults(sheet, answers, both) == ["row 2, column style (G2): q5 has no criterion style; leave this cell blank"]


def test_a_criterion_named_like_a_column_of_the_sheet_has_a_column_of_its_own():
    named = {"q5": of_one("text")}
    assert from_sheet(filled([answer()], named, s1={"level text": "1"}), [answer()], named)[0].levels == {"text": 1}


# With the gradebook

def test_a_sheet_marks_the_class_and_read_again_adds_nothing(book):
    run(book, graded("s1"), graded("s2", text="Another."), graded("s3", text=""))
    answers = book.written(SLUG)
    assert [(one.question, one.student.key, one.text) for one in answers] == [("q5", "s1", "My answer."), ("q5", "s2", "Another.")]
    sheet = filled(answers, s1={"claim": "2", "evidence": "2", "comment": "=Well"}, s2={"points": "1"})
    for _ in range(2):
        book.mark_all(SLUG, from_sheet(sheet, book.written(SLUG), RUBRICS), RUBRICS, who="bo")
    assert [row(book, key).marks["q5"].earned for key in ("s1", "s2", "s3")] == [5, 1, 0]
    assert row(book).marks["q5"].comment == "=Well"
    again = from_sheet(to_sheet(book.written(SLUG), RUBRICS), book.written(SLUG), RUBRICS)
    book.mark_all(SLUG, again, RUBRICS, who="bo")
    assert len(book.history(SLUG, "s1", "q5")) == 2


def test_where_one_mark_of_many_is_wrong_none_is_kept(book):
    run(book, graded("s1"), graded("s2"))
    with pytest.raises(ValueError, match="expected 0 to 5 points, found 9"):
        book.mark_all(SLUG, [Marking("q5", "s1", points=1), Marking("q5", "s2", points=9)], {}, who="bo")
    assert shown(book)["q5"] is None


def test_a_mark_for_the_text_that_was_read_says_so_when_another_was_handed_in_meanwhile(book):
    run(book, graded(text="First."))
    sheet = filled(book.written(SLUG), s1={"claim": "2", "evidence": "2"})
    run(book, graded(text="Second."))
    book.mark_all(SLUG, from_sheet(sheet, book.written(SLUG), RUBRICS), RUBRICS, who="bo")
    mark = row(book).marks["q5"]
    assert mark.earned == 5 and mark.said[0].startswith("This answer was handed in anew after it was marked")


def test_an_answer_that_was_handed_in_anew_is_blank_in_the_sheet_so_that_it_is_read_again(book):
    run(book, graded(text="First."))
    book.mark(SLUG, "s1", "q5", levels={"claim": 2, "evidence": 2}, comment="Well.", who="bo", rubric=rubric())
    run(book, graded(text="Second."))
    [one] = cells(to_sheet(book.written(SLUG), RUBRICS))
    assert (one["claim"], one["evidence"], one["comment"]) == ("", "", "")
    assert one["so_far"].startswith("5 of 5 This answer was handed in anew")
    assert from_sheet(to_sheet(book.written(SLUG), RUBRICS), book.written(SLUG), RUBRICS) == []


def test_one_question_is_listed_alone_and_an_unknown_one_is_said(book):
    run(book, graded())
    assert len(book.written(SLUG, "q5")) == 1 and book.written(SLUG, "q1") == []
    with pytest.raises(ValueError, match="03-small has no question 'q6'; it has q1, q2, q5"):
        book.written(SLUG, "q6")


# The page

def test_the_page_lists_one_question_for_the_whole_class_with_its_levels_and_marks():
    page = to_page([marked("s1", name="Ana *Ruiz*"), answer("s2", "First line.\n<!-- hidden\n# no heading")], RUBRICS, SLUG)
    assert page.startswith("# 03-small: written answers to mark\n\n## q5: 5 points, 2 answers\n\n"
                           "- **claim** Is there claim?\n  - 0 (0 points): claim 0\n")
    assert "### s1 (Ana *Ruiz*)\n\nMark: 4 of 5 (claim 1, evidence 2)\n\n> My answer.\n" in page
    assert "### s2\n\nMark: ____ of 5\n\n> First line.\n> &lt;!-- hidden\n> # no heading\n" in page


ACTS = "\x1b]0;owned\x07\x9b2J\u202efdp\x00\b"


def test_no_terminal_acts_upon_what_a_student_wrote_in_the_page_or_in_the_sheet():
    odd = answer(text=f"One.\r\n\tTwo {ACTS}\u200cend.", said=(f"It is {ACTS}.",), name="Ana \x1b[2J")
    page, [one] = to_page([odd], RUBRICS, SLUG), cells(to_sheet([odd], RUBRICS))
    for text in (page, one["text"], one["so_far"]):
        assert not set(text) & set("\x1b\x07\x9b\u202e\x00\b")
    assert one["text"] == "One.\r\n\tTwo �]0;owned��2Jfdp��\u200cend." and one["answer_id"] == version(odd.text)
    assert "> One.\n> \tTwo �]0;owned" in page


@pytest.mark.parametrize("text", ["![x](https://a.example/me.png)", "\\[x](https://a.example)", "\\\\[x][1]\n\n[1]: https://a.example"])
def test_an_image_or_a_link_of_a_student_is_text_in_the_page(text):
    html = MarkdownIt().render(to_page([answer(text=text)], {}, SLUG))
    assert "<blockquote>" in html and "<img" not in html and "<a " not in html
