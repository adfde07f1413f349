"""What a regrade changed, by student and question, against what stood before it, and why."""

from dataclasses import replace

import pytest
from small_gradebook import QUESTIONS, SLUG, begin, book, graded, place, row, run  # noqa: F401

from analogies.check.question import Question
from analogies.grading.gradebook import book as gradebook
from analogies.grading.gradebook.changes import reason
from analogies.grading.submission import GradingError

SAME = "d"


def sentences(book, number):
    return [change.sentence for change in book.changes(number)]


def test_a_regrade_names_every_mark_that_differs_and_no_other(book):
    first = run(book, graded("s1", q1=4, digest=SAME, name="Zoë"), graded("s2", q1=1, digest=SAME),
                graded("s3", q1=2, q2=2, digest=SAME, name="Ana"))
    again = run(book, graded("s1", q1=3, digest=SAME), graded("s2", q1=1, digest=SAME), graded("s3", q1=2, q2=4, digest=SAME), checks="c2")
    assert sentences(book, again) == ["Ana, q2: 2 of 4 became 4 of 4; the checks changed.",
                                      "Zoë, q1: 4 of 4 became 3 of 4; the checks changed."]
    assert book.changes(first) == []


def test_a_regrade_of_one_question_leaves_the_others_as_they_are(book):
    run(book, graded(q1=1, q2=1, digest=SAME))
    again = run(book, graded(q1=3, q2=3, digest=SAME), only={"q1"}, checks="c2")
    assert sentences(book, again) == ["s1, q1: 1 of 4 became 3 of 4; the checks changed."]
    assert {name: mark.earned for name, mark in row(book).marks.items()} == {"q1": 3, "q2": 1, "q5": None}


def test_the_reason_is_what_differs(book, monkeypatch):
    run(book, graded(q1=1, digest="d1"))
    for options, submission, why in (
        ({}, graded(q1=2, digest="d2"), "the answers changed"),
        ({"checks": "c2"}, graded(q1=3, digest="d3"), "the answers changed, and the checks changed"),
        ({"checks": "c2"}, graded(q1=2, digest="d3"), "the same answers and checks gave another mark: does the answer depend on chance"
                                                      " or on the time?"),
        ({"checks": "c2"}, graded(q1=1, attempt=2, digest="d3"), "attempt 2 counts in place of attempt 1"),
    ):
        [change] = book.changes(run(book, submission, **options))
        assert (change.question, change.why) == ("q1", why)
    monkeypatch.setattr(gradebook, "_kit", lambda: "analogies 0.1.0, pandas 9.9")
    [change] = book.changes(run(book, graded(q1=4, attempt=2, digest="d3"), checks="c2"))
    assert change.why.startswith("the kit changed (") and "now pandas 9.9" in change.why


def test_a_run_in_another_isolation_is_a_reason():
    class Isolated:
        attempt, digest, checks, kit, isolation = 1, "d", "c", "k", "isolated"

    class Unsafe(Isolated):
        isolation = "NOT ISOLATED"

    assert reason(Isolated, Unsafe) == "the code was run in another way (isolated, now NOT ISOLATED)"


def test_a_mark_by_hand_that_stands_is_not_changed_by_a_regrade(book):
    run(book, graded(q1=1))
    book.mark(SLUG, "s1", "q1", points=3, who="bo")
    assert book.changes(run(book, graded(q1=2), checks="c2")) == []


def test_a_mark_by_hand_that_came_after_a_run_is_not_that_run_s_doing(book):
    run(book, graded(q1=1, digest=SAME))
    again = run(book, graded(q1=2, digest=SAME), checks="c2")
    book.mark(SLUG, "s1", "q1", points=3, who="bo")
    assert sentences(book, again) == ["s1, q1: 1 of 4 became 2 of 4; the checks changed."]


def test_later_runs_do_not_alter_what_an_earlier_one_had_changed(book):
    run(book, graded(q1=1, digest=SAME))
    again = run(book, graded(q1=2, digest=SAME), checks="c2")
    run(book, graded(q1=3, digest=SAME), checks="c3")
    assert sentences(book, again) == ["s1, q1: 1 of 4 became 2 of 4; the checks changed."]


def test_an_attempt_that_a_run_chose_again_is_a_change_too(book):
    run(book, graded(q1=1, attempt=1), graded(q1=2, attempt=2))
    number = begin(book)
    book.unchanged(number, [graded(attempt=1).handed])
    assert sentences(book, number) == ["s1, q1: 2 of 4 became 1 of 4; attempt 1 counts in place of attempt 2, and the answers changed."]


def test_a_student_who_is_new_is_no_change_and_a_question_that_is_new_is_one(book):
    run(book, graded("s1"))
    again = run(book, graded("s1"), graded("s2"))
    assert book.changes(again) == []
    begin(book, questions=QUESTIONS[:1])
    run(book, graded("s3"), questions=QUESTIONS[:1], only={"q1"})
    last = run(book, graded("s3"), questions=QUESTIONS[:2])
    assert sentences(book, last) == ["s3, q2: no mark became 2.5 of 4; the question was not graded before."]


def test_points_that_changed_are_a_change(book):
    run(book, graded(q1=4, digest=SAME))
    worth = [Question("q5", 8, kind="written")]
    again = begin(book, questions=worth, checks="c2")
    one = graded(digest=SAME)
    book.keep(again, replace(one, marks=(replace(one.marks[2], possible=8),)))
    assert sentences(book, again) == ["s1, q5: to be read (of 5) became to be read (of 8); the checks changed."]


def test_a_run_that_is_not_there_is_said(book):
    with pytest.raises(GradingError, match="there is no run 99 in this gradebook"):
        book.changes(99)
