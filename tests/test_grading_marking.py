"""Written answers are read, marked one by one or by a sheet, and a mark is taken back, in the words of the command line."""

import pytest
from small_gradebook import SLUG, book, graded, place, row, rubric, run  # noqa: F401

from analogies.grading import marking, marks_table
from analogies.grading.submission import GradingError


@pytest.fixture
def desk(book):  # noqa: F811
    run(book, graded("ana", name="Ana Petrova"), graded("ben", name="Ben", text="Another."), graded("eva", name="Ben", text=""))
    return book


RUBRICS = {"q5": rubric()}


def mark(desk, *levels, student="ana", question=None, points=None, comment="", why=""):
    return marking.mark(desk, SLUG, RUBRICS, question, student, levels, points, comment, who="eva", why=why)


def test_a_mark_by_levels_is_given_by_key_or_by_name_whatever_its_capitals(desk):
    assert mark(desk, "claim=2", "evidence=1") == "Ana Petrova, q5: 3.5 of 5."
    assert mark(desk, "claim=1", "evidence=0", student="ana petrova") == "Ana Petrova, q5: 1 of 5."


def test_a_comment_alone_keeps_the_levels_that_stand(desk):
    mark(desk, "claim=2", "evidence=1")
    mark(desk, comment="Who counted?")
    standing = row(desk, "ana").marks["q5"]
    assert (standing.earned, dict(standing.levels), standing.comment) == (3.5, {"claim": 2, "evidence": 1}, "Who counted?")


@pytest.mark.parametrize(("levels", "said"), [
    (["claim"], "expected CRITERION=LEVEL"), (["claim=two"], "expected CRITERION=LEVEL"), (["=2"], "expected CRITERION=LEVEL"),
    (["claim=1", "claim=2"], "claim has two levels: 1 and 2"),
])
def test_levels_that_are_none_are_said(desk, levels, said):
    with pytest.raises(GradingError, match=said):
        mark(desk, *levels)


@pytest.mark.parametrize(("student", "said"), [
    ("Ben", "2 students are called 'Ben'; give one of ben, eva"), ("Anna Petrova", "did you mean Ana Petrova"), ("???", "3 students handed in"),
])
def test_a_student_who_is_not_found_or_not_one_is_said(desk, student, said):
    with pytest.raises(GradingError) as fault:
        mark(desk, "claim=1", "evidence=1", student=student)
    assert said in str(fault.value)


def test_a_page_of_one_student_has_no_other_and_says_how_to_mark(desk):
    page = marking.read(desk, SLUG, RUBRICS, None, "ana")
    assert "My answer." in page and "Another." not in page
    assert f"analogies mark {SLUG} --question q5 --student ana claim=LEVEL evidence=LEVEL" in page


def test_a_sheet_that_was_filled_in_is_kept_and_an_empty_one_keeps_nothing(desk, tmp_path):
    sheet = tmp_path / "sheet.csv"
    assert str(sheet) in marking.write(desk, SLUG, RUBRICS, "q5", sheet)
    assert marking.take(desk, SLUG, RUBRICS, sheet, who="eva") == f"{sheet}: no row has a mark, so nothing was kept."
    head, *rows = sheet.read_text(encoding="utf-8").splitlines()
    places = [column.strip("\ufeff").split(" ")[0].split(":")[0] for column in head.split(",")]
    claim, evidence = places.index("claim"), places.index("evidence")
    fields = rows[0].split(",")
    fields[claim], fields[evidence] = "2", "2"
    sheet.write_text("\n".join([head, ",".join(fields), *rows[1:]]) + "\n", encoding="utf-8")
    assert marking.take(desk, SLUG, RUBRICS, sheet, who="eva") == f"1 mark kept from {sheet}."
    assert row(desk, "ana").marks["q5"].earned == 5


def test_a_mark_is_taken_back_with_a_reason_and_stays_in_the_history(desk):
    mark(desk, "claim=2", "evidence=1")
    with pytest.raises(GradingError, match="say the reason"):
        marking.take_back(desk, SLUG, "q5", "ana", who="eva", why=" ")
    assert marking.take_back(desk, SLUG, "q5", "ana", who="eva", why="another text").startswith("Ana Petrova, q5: taken back;")
    assert row(desk, "ana").marks["q5"].earned is None
    assert "another text" in marking.history(desk, SLUG, "q5", "ana") and "3.5" in marking.history(desk, SLUG, "q5", "ana")


def test_the_history_of_a_question_that_does_not_exist_is_refused(desk):
    with pytest.raises(GradingError, match="it has q1, q2, q5"):
        marking.history(desk, SLUG, "q9", "ana")


def test_the_history_ends_with_the_mark_that_counts_now(desk):
    mark(desk, "claim=2", "evidence=1")
    assert marking.history(desk, SLUG, "q5", "ana").splitlines()[-1] == "Counts now: 3.5 of 5."
    marking.take_back(desk, SLUG, "q5", "ana", who="eva", why="another text")
    assert marking.history(desk, SLUG, "q5", "ana").splitlines()[-1] == "Counts now: to be read (of 5)."


def test_a_sheet_that_is_taken_twice_says_that_it_holds_nothing_new(desk, tmp_path):
    mark(desk, "claim=2", "evidence=1")
    sheet = tmp_path / "sheet.csv"
    marking.write(desk, SLUG, RUBRICS, "q5", sheet)
    assert marking.take(desk, SLUG, RUBRICS, sheet, who="eva") == f"{sheet}: nothing new; what it says stands already (1 mark)."
    mark(desk, "claim=1", "evidence=0", student="ben")
    marking.write(desk, SLUG, RUBRICS, "q5", tmp_path / "both.csv")
    mark(desk, "claim=0", "evidence=0", student="ben")
    assert marking.take(desk, SLUG, RUBRICS, tmp_path / "both.csv", who="eva") == (
        f"1 mark kept from {tmp_path / 'both.csv'}. What stood already: 1 mark.")


def test_whose_answer_was_handed_in_anew_is_known_from_the_gradebook(desk):
    mark(desk, "claim=2", "evidence=1")
    assert marks_table.anew(desk.rows(SLUG)) == []
    run(desk, graded("ana", name="Ana Petrova", text="A new answer."))
    assert marks_table.anew(desk.rows(SLUG)) == [
        "Handed in anew after you marked it (1): Ana Petrova (q5). The mark stays until you mark again."]
