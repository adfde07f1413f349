"""The gradebook keeps every mark with who, what, when and why, and tells which one stands."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from small_gradebook import QUESTIONS, SLUG, begin, book, graded, place, row, rubric, run, shown  # noqa: F401
from sqlalchemy import Engine, event, select
from sqlalchemy.dialects import mysql, postgresql
from sqlalchemy.schema import CreateIndex, CreateTable

from analogies.check.question import Question
from analogies.grading.gradebook import cases
from analogies.grading.gradebook.book import Gradebook
from analogies.grading.gradebook.entries import Asked
from analogies.grading.gradebook.tables import TABLES
from analogies.grading.score import Mark
from analogies.grading.submission import Graded, GradingError, Handed, Student

# What is kept and shown

def test_what_was_kept_is_shown_as_it_was(book):
    when = datetime(2026, 11, 28, 23, 30, tzinfo=timezone(timedelta(hours=-5)))
    before = datetime.now(UTC)
    run(book, graded("s1", q2=2.5, name="Ана Петровић", ids={"moodle": "12"}, when=when, late=True, oddities=("No cell q3.",)))
    found = row(book)
    assert found.student == Student("s1", "Ана Петровић", {"moodle": "12"})
    assert (found.file, found.attempt, found.late) == ("s1.ipynb", 1, True)
    assert found.when == when and found.when.tzinfo is UTC
    assert (found.oddities, found.isolation, found.earned, found.waits) == (("No cell q3.",), "isolated", 6.5, ("q5",))
    mark = found.marks["q2"]
    assert (mark.earned, mark.possible, mark.status, mark.said) == (2.5, 4, "NOT YET", ("Look again.",))
    assert (mark.by, mark.why) == ("auto", "graded")
    assert before <= mark.when <= datetime.now(UTC)


def test_the_questions_are_told_in_order_and_as_last_asked(book):
    assert book.questions(SLUG) == []
    begin(book)
    begin(book, questions=[Question("q9", 2, mark=lambda v: None), QUESTIONS[0]])
    assert book.questions(SLUG) == [Asked("q9", 2, "auto"), Asked("q1", 4, "auto")]


def test_rows_stand_in_order_of_name_and_exercises_are_kept_apart(book):
    run(book, graded("s1", name="Zoë"), graded("s2", name="émile"), graded("s3", name="Frank"))
    run(book, graded("s9"), slug="01-other")
    assert [one.student.key for one in book.rows(SLUG)] == ["s2", "s3", "s1"]
    assert [one.student.key for one in book.rows("01-other")] == ["s9"] and book.rows("02-none") == []


def test_a_class_is_read_a_few_students_at_a_time_and_none_is_left_out_or_mixed_up(book, monkeypatch):
    run(book, *(graded(f"s{n:02}", q1=n / 4) for n in range(11)))
    run(book, graded("other"), slug="01-other")
    monkeypatch.setattr(cases, "CHUNK", 3)
    assert [(one.student.key, one.marks["q1"].earned) for one in book.rows(SLUG)] == [(f"s{n:02}", n / 4) for n in range(11)]


def test_a_question_that_is_new_says_that_it_was_not_graded(book):
    run(book, graded())
    begin(book, questions=[*QUESTIONS, Question("q6", 3, mark=lambda v: None)])
    mark = row(book).marks["q6"]
    assert (mark.earned, mark.possible, mark.status, mark.mark) == (None, 3, "NOT GRADED", "not graded yet")


def test_nothing_is_ever_overwritten_or_deleted(place):
    said = []

    def hear(connection, cursor, statement, *_):
        said.append(statement.split()[0].upper())

    event.listen(Engine, "before_cursor_execute", hear)
    try:
        with Gradebook(place) as book:
            run(book, graded(), graded("s2"))
            book.mark(SLUG, "s1", "q5", levels={"claim": 1, "evidence": 2}, who="bo", rubric=rubric())
            book.rescore(SLUG, {"q5": rubric(claim=(0, 1.5, 2))}, who="bo")
            again = run(book, graded(q1=0, name="New"), only={"q1"}, checks="c2")
            book.unchanged(again, [graded("s2").handed])
            book.take_back(SLUG, "s1", "q5", who="bo", why="a slip")
    finally:
        event.remove(Engine, "before_cursor_execute", hear)
    assert "INSERT" in said
    assert set(said) <= {"SELECT", "INSERT", "CREATE", "PRAGMA", "BEGIN", "SAVEPOINT", "RELEASE"}


# Runs: what is known, what was not finished

def test_known_is_what_was_graded_completely_with_its_last_digest_and_checks(book):
    run(book, graded("s1", digest="d1"), graded("s1", attempt=2, digest="d2"), graded("s2", digest="d3"))
    run(book, graded("s2", digest="d4"), checks="c2")
    run(book, graded("s1", digest="d9"), graded("s3", digest="d9"), only={"q1"}, checks="c3")
    assert book.known(SLUG) == {("s1", 1): ("d1", "c1"), ("s1", 2): ("d2", "c1"), ("s2", 1): ("d4", "c2")}
    assert book.known("01-other") == {}
    run(book, graded("s2", digest="d4"), only={"q1", "q2", "q5"}, checks="c4")  # each question by name is all of them
    assert book.known(SLUG)[("s2", 1)] == ("d4", "c4")


def test_a_submission_that_cannot_be_kept_whole_is_not_kept_at_all(book):
    number = begin(book)
    bad = Graded(Handed(Student("s1"), place), "d", (Mark("q1", 4, 4, "PASS"), Mark("q2", float("nan"), 4, "NOT YET")))
    with pytest.raises(GradingError, match="Expected points as a number, found nan"):
        book.keep(number, bad)
    assert book.known(SLUG) == {} and book.rows(SLUG) == []


def test_a_run_that_was_not_finished_is_said_until_one_is(book):
    assert book.unfinished(SLUG) == []
    run(book, graded("s1"), graded("s2"), finish=False)
    [said] = book.unfinished(SLUG)
    assert said.startswith("The run that ana began on ") and "was not finished; 2 submissions of it are kept" in said
    assert book.unfinished("01-other") == []
    run(book, graded("s3"))
    assert book.unfinished(SLUG) == []


# Attempts and names

def test_attempts_are_kept_apart_and_the_last_run_chooses_which_counts(book):
    run(book, graded(q1=1, attempt=1), graded(q1=2, attempt=2))
    assert (row(book).attempt, shown(book)["q1"]) == (2, 2)
    run(book, graded(q1=3, attempt=1))
    assert (row(book).attempt, shown(book)["q1"]) == (1, 3)
    run(book, graded("s2", attempt=2), graded("s2", attempt=1))  # in whatever order a batch came to them
    assert row(book, "s2").attempt == 2
    assert [(entry.attempt, entry.earned) for entry in book.history(SLUG, "s1", "q1")] == [(1, 1), (2, 2), (1, 3)]


def test_a_known_attempt_that_a_run_chose_again_counts_with_what_is_new_about_it(book):
    run(book, graded(q1=1, attempt=1, oddities=("No cell q3.",)), graded(q1=2, attempt=2))
    number = begin(book)
    book.unchanged(number, [graded(attempt=1, late=True, name="Ana").handed])
    found = row(book)
    assert (found.attempt, found.late, found.student.name, found.marks["q1"].earned) == (1, True, "Ana", 1)
    assert (found.oddities, found.isolation) == (("No cell q3.",), "isolated")
    assert book.known(SLUG)[("s1", 1)][1] == "c1"


def test_what_was_odd_about_the_file_is_that_of_the_last_run_alone(book):
    run(book, graded(oddities=("No cell q3.",)))
    one = graded(oddities=("Two files; the last counts.", "No cell q3."))
    book.keep(begin(book), replace(one, handed=replace(one.handed, oddities=("Two files; the last counts.",))))
    assert row(book).oddities == ("Two files; the last counts.", "No cell q3.")
    book.unchanged(begin(book), [graded().handed])
    assert row(book).oddities == ("No cell q3.",)


def test_a_corrected_name_is_shown_and_an_id_is_never_lost(book):
    run(book, graded(name="Anna", ids={"moodle": "12"}))
    run(book, graded(name="Ana Ruiz", ids={"canvas": "47"}))
    run(book, graded(name=""))
    assert row(book).student == Student("s1", "Ana Ruiz", {"moodle": "12", "canvas": "47"})
    run(book, graded(ids={"moodle": "13"}))
    assert row(book).student.ids == {"moodle": "13", "canvas": "47"}
    with book._database.reading() as connection:
        kept = connection.execute(select(TABLES.tables["student_names"].c["name", "ids"])).all()
    assert [tuple(one) for one in kept][:2] == [("Anna", {"moodle": "12"}), ("Ana Ruiz", {"moodle": "12", "canvas": "47"})]


def test_keys_that_differ_in_a_letter_s_case_an_accent_or_a_space_are_different_students(book):
    keys = ["ana", "Ana", "aná", "ana ", "a" * 3000, "a" * 2999 + "b"]
    run(book, *(graded(key, q1=n / 2) for n, key in enumerate(keys)))
    assert {one.student.key: one.marks["q1"].earned for one in book.rows(SLUG)} == {key: n / 2 for n, key in enumerate(keys)}


# Text and numbers that not every database takes

def test_signs_that_no_text_can_hold_are_replaced_and_it_is_said(book):
    run(book, graded(text="a\x00b\ud800c", name="N\x00", oddities=("Odd \udfff.",)))
    found = row(book)
    assert found.student.name == "N�"
    assert found.oddities == ("Odd �.", "q5: signs that no text can hold were replaced by �.")
    assert [answer.text for answer in book.written(SLUG)] == ["a�b�c"]


def test_two_keys_that_differ_in_such_a_sign_stay_two_students(book):
    run(book, graded("s\udcfe", q1=1), graded("s\udcff", q1=2), graded("s\x00", q1=3))
    assert {one.student.key: one.marks["q1"].earned for one in book.rows(SLUG)} == {"s\\udcfe": 1, "s\\udcff": 2, "s\\u0000": 3}
    assert book.history(SLUG, "s\udcff", "q1")[0].earned == 2


EAST, WEST = timezone(timedelta(hours=5)), timezone(-timedelta(hours=5))


@pytest.mark.parametrize("when", [datetime.min.replace(tzinfo=EAST), datetime.max.replace(tzinfo=WEST), datetime(2026, 1, 1)])
def test_times_at_the_ends_of_the_calendar_and_without_a_zone_are_kept_too(book, when):
    run(book, graded(when=when))
    assert row(book).when == (when.astimezone() if when.year == 2026 else when.replace(tzinfo=UTC))


def test_tenths_come_back_as_they_were_and_are_no_change(book):
    run(book, graded(q1=0.1 + 0.2, q2=1 / 3))
    assert shown(book)["q1"] == 0.1 + 0.2 and shown(book)["q2"] == 1 / 3
    assert book.changes(run(book, graded(q1=0.3, q2=1 / 3))) == []


@pytest.mark.parametrize("dialect", [mysql.dialect(), postgresql.dialect()], ids=["mysql", "postgresql"])
def test_the_tables_are_made_by_other_databases_too(dialect):
    for table in TABLES.sorted_tables:  # a VARCHAR without a length would be refused here
        made = str(CreateTable(table).compile(dialect=dialect))
        assert "AUTOINCREMENT" not in made and "rowid" not in made
        for index in table.indexes:
            CreateIndex(index).compile(dialect=dialect)


def test_what_is_said_without_end_is_cut_when_it_is_kept(book):
    many = tuple(f"Row {n} is wrong." for n in range(9_000))
    one = graded(q1=1, oddities=("x" * 100_000,))
    one = replace(one, marks=(replace(one.marks[0], said=many), *one.marks[1:]), handed=replace(one.handed, oddities=many))
    run(book, one)
    kept = row(book)
    assert kept.marks["q1"].said[:39] == many[:39] and kept.marks["q1"].said[39:] == ("8961 more sentences are left out here.",)
    assert len(kept.oddities) == 41 and max(map(len, kept.oddities)) == 500 and kept.oddities[-1].endswith("x…")
