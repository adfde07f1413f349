"""Marks by hand win over automatic ones, survive regrades, and can be taken back; a model says which mark stands."""

import itertools
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_gradebook import QUESTIONS, SERVER, SLUG, book, emptied, graded, place, row, rubric, run, shown  # noqa: F401

from analogies.check.question import Question
from analogies.grading.gradebook.book import Gradebook
from analogies.grading.gradebook.by_hand import level_faults
from analogies.grading.gradebook.cases import case_of
from analogies.grading.gradebook.entries import Standing
from analogies.grading.gradebook.standings import row as row_of
from analogies.grading.submission import GradingError


def test_a_mark_by_hand_wins_and_survives_regrades_of_one_question_and_of_all(book):
    run(book, graded(q2=1))
    stands = book.mark(SLUG, "s1", "q2", points=3, comment="A good idea.", who="bo", why="another way to count")
    assert (stands.earned, stands.possible, stands.status, stands.by, stands.why, stands.comment) == (
        3, 4, "MARKED", "bo", "another way to count", "A good idea.")
    run(book, graded(q2=0, digest="4.0 1 My answer."), only={"q2"}, checks="c2")
    run(book, graded(q1=0, q2=0, digest="4.0 1 My answer."), checks="c3")
    assert row(book).marks["q2"] == stands and shown(book)["q1"] == 0


def test_a_mark_that_is_taken_back_lets_the_one_before_it_stand_again(book):
    run(book, graded(q2=1))
    book.mark(SLUG, "s1", "q2", points=2, who="bo")
    book.mark(SLUG, "s1", "q2", points=3, who="bo")
    assert book.take_back(SLUG, "s1", "q2", who="cy", why="a slip").earned == 2
    run(book, graded(q2=1.5, digest="4.0 1 My answer."))
    stands = book.take_back(SLUG, "s1", "q2", who="cy", why="not mine to give")
    assert (stands.earned, stands.by) == (1.5, "auto")
    with pytest.raises(GradingError, match="s1 has no mark by hand for q2 that could be taken back"):
        book.take_back(SLUG, "s1", "q2", who="cy", why="again")


def test_taking_back_needs_a_reason_and_every_mark_a_person(book):
    run(book, graded())
    book.mark(SLUG, "s1", "q2", points=2, who="bo")
    with pytest.raises(GradingError, match="say why"):
        book.take_back(SLUG, "s1", "q2", who="bo", why=" ")
    with pytest.raises(GradingError, match="name of the person"):
        book.mark(SLUG, "s1", "q2", points=3, who="  ")
    assert shown(book)["q2"] == 2


def test_the_history_tells_every_mark_in_words(book):
    run(book, graded(q1=1))
    book.mark(SLUG, "s1", "q1", points=3, comment="Fine.", who="bo", why="another way")
    book.take_back(SLUG, "s1", "q1", who="cy", why="a slip")
    run(book, graded(q1=2, attempt=2), why="regrade of q1")
    book.mark(SLUG, "s1", "q5", levels={"claim": 2, "evidence": 1}, who="bo", rubric=rubric())
    words = [entry.sentence.partition(" UTC")[2] for entry in book.history(SLUG, "s1", "q1")]
    assert words == [": run 1: 1 of 4, because: graded.", ": bo gave 3 of 4, because: another way. Comment: Fine.",
                     ": cy took back the mark of 3 of 4, because: a slip.", " (attempt 2): run 2: 2 of 4, because: regrade of q1."]
    assert [entry.sentence.partition(" UTC")[2] for entry in book.history(SLUG, "s1", "q5")] == [
        ": run 1: to be read (of 5), because: graded.", " (attempt 2): run 2: to be read (of 5), because: regrade of q1.",
        " (attempt 2): bo gave 3.5 of 5 by claim 2, evidence 1."]


def test_an_answer_that_was_handed_in_anew_after_it_was_marked_is_said(book):
    run(book, graded(text="First."))
    book.mark(SLUG, "s1", "q5", points=4, who="bo")
    assert row(book).marks["q5"].said == ()
    today = datetime.now(UTC)
    for text in ("Second.", ""):
        run(book, graded(text=text))
        mark = row(book).marks["q5"]
        assert mark.earned == 4
        assert mark.said == (f"This answer was handed in anew after it was marked on {today.day} {today:%B %Y}.",)
    run(book, graded(text="First."))
    assert row(book).marks["q5"].said == ()


def test_a_mark_holds_for_another_attempt_with_the_same_answer_and_for_no_other(book):
    run(book, graded(text="First."))
    book.mark(SLUG, "s1", "q5", points=4, who="bo")
    run(book, graded(text="First.", q1=0, attempt=2))
    assert (row(book).marks["q5"].earned, row(book).marks["q5"].said) == (
        4, ("This mark was given for attempt 1, in which the answer was the same.",))
    run(book, graded(text="Second.", attempt=3))
    mark = row(book).marks["q5"]
    assert (mark.earned, mark.status, mark.said) == (
        None, "TO MARK", ("Attempt 1, in which this answer was another one, was marked 4 of 5.",))


def test_a_blank_answer_earns_0_without_a_reader(book):
    run(book, graded(text=""))
    assert row(book).marks["q5"].earned == 0 and book.written(SLUG) == []


def test_levels_earn_what_the_rubric_says_and_are_kept(book):
    run(book, graded())
    stands = book.mark(SLUG, "s1", "q5", levels={"claim": 1, "evidence": 2}, who="bo", rubric=rubric())
    assert (stands.earned, stands.possible, stands.levels) == (4, 5, {"claim": 1, "evidence": 2})


@pytest.mark.parametrize(("wrong", "said"), [
    ({"levels": {"claim": 3, "evidence": True, "style": 1}}, "q5: the rubric has no criterion 'style', it has claim, evidence; claim: "
     "expected a level from 0 to 2, found 3; evidence: expected a level from 0 to 2, found True."),
    ({"levels": {"claim": 1}}, "q5: evidence has no level; expected 0 to 2."),
    ({"levels": {"claim": 1, "evidence": 1}, "rubric": None}, "q5 has no rubric; give points, from 0 to 5."),
    ({"levels": {"claim": 1, "evidence": 1}, "rubric": rubric(claim=(0, 4))},
     "q5: its rubric is worth 7 points, and the question was last graded for 5 points; make them agree and grade again."),
    ({"points": 5.5}, "q5: expected 0 to 5 points, found 5.5."),
    ({"points": float("nan")}, "q5: expected 0 to 5 points, found nan."),
    ({"points": -1}, "q5: expected 0 to 5 points, found -1."),
    ({"points": 1, "levels": {"claim": 1, "evidence": 1}},
     "q5: expected a level for each criterion of the rubric, or points, and not both."),
    ({}, "q5: expected a level for each criterion of the rubric, or points, and not both."),
    ({"points": 1, "question": "q7"}, "03-small has no question 'q7'; it has q1, q2, q5."),
    ({"points": 1, "student": "Ana Ruis"},
     "There is no student 'Ana Ruis' in 03-small; students are named by their key: did you mean s1?"),
    ({"points": 1, "student": "x"}, "There is no student 'x' in 03-small; students are named by their key, such as s1."),
    ({"points": 1, "slug": "02-none"}, "Nothing of 02-none is in this gradebook yet; grade a batch of it first."),
])
def test_a_mark_that_cannot_be_is_refused_in_one_sentence(book, wrong, said):
    run(book, graded(name="Ana Ruiz"))
    asked = {"slug": SLUG, "student": "s1", "question": "q5", "rubric": rubric(), **wrong}
    with pytest.raises(GradingError) as caught:
        book.mark(asked.pop("slug"), asked.pop("student"), asked.pop("question"), who="bo", **asked)
    assert str(caught.value) == said
    assert shown(book)["q5"] is None


def test_a_student_of_another_exercise_is_not_one_of_this(book):
    run(book, graded("s1"))
    run(book, graded("s2"), slug="01-other")
    with pytest.raises(GradingError, match="no student 's2' in 03-small"):
        book.mark(SLUG, "s2", "q1", points=1, who="bo")


def test_a_mark_in_one_exercise_is_none_in_another_with_the_same_question(book):
    run(book, graded(text="The same."))
    run(book, graded(text="The same."), slug="01-other")
    book.mark(SLUG, "s1", "q5", points=4, who="bo")
    assert row(book, slug="01-other").marks["q5"].earned is None and len(book.history("01-other", "s1", "q5")) == 1


def test_a_mark_given_when_the_question_was_worth_something_else_says_so(book):
    run(book, graded())
    book.mark(SLUG, "s1", "q5", points=5, who="bo")
    run(book, graded(), questions=[*QUESTIONS[:2], Question("q5", 8, kind="written")], checks="c2")
    assert row(book).marks["q5"].said == ("This mark was given when the question was worth 5 points; it is worth 8 now.",)


# A rubric that was edited

def test_marks_by_levels_follow_a_rubric_whose_points_changed(book):
    run(book, graded("s1", name="Ana"), graded("s2"), graded("s3"))
    for student, level in (("s1", 1), ("s2", 2)):
        book.mark(SLUG, student, "q5", levels={"claim": level, "evidence": 2}, comment="Well.", who="bo", rubric=rubric())
    book.mark(SLUG, "s3", "q5", points=1, who="bo")
    changed = book.rescore(SLUG, {"q5": rubric(claim=(0, 1.5, 2))}, who="cy")
    assert [change.sentence for change in changed] == ["Ana, q5: 4 of 5 became 4.5 of 5; the rubric's points changed."]
    mark = row(book).marks["q5"]
    assert (mark.earned, mark.levels, mark.comment, mark.by, mark.why) == (
        4.5, {"claim": 1, "evidence": 2}, "Well.", "cy", "the rubric's points changed")
    assert book.rescore(SLUG, {"q5": rubric(claim=(0, 1.5, 2))}, who="cy") == []
    assert "the rubric had changed: 4.5 of 5 by claim 1, evidence 2; asked for by cy" in book.history(SLUG, "s1", "q5")[-1].sentence


def test_taking_back_a_rescored_mark_takes_back_the_mark_itself(book):
    run(book, graded())
    book.mark(SLUG, "s1", "q5", levels={"claim": 1, "evidence": 2}, who="bo", rubric=rubric())
    book.rescore(SLUG, {"q5": rubric(claim=(0, 1.5, 2))}, who="bo")
    assert book.take_back(SLUG, "s1", "q5", who="bo", why="a slip").earned is None


def test_a_mark_that_cannot_follow_the_rubric_stays_and_is_said(book):
    run(book, graded())
    book.mark(SLUG, "s1", "q5", levels={"claim": 2, "evidence": 2}, who="bo", rubric=rubric())
    for changed, why in ((rubric(claim=(0, 2)), "claim: expected a level from 0 to 1, found 2"),
                         (rubric(claim=(0, 1, 3)), "the rubric is worth 6 points, and the question was last graded for 5 points")):
        [change] = book.rescore(SLUG, {"q5": changed}, who="bo")
        assert change.before == change.after and change.why == f"the mark could not follow the rubric: {why}"
    assert shown(book)["q5"] == 5 and level_faults({"claim": 0, "evidence": 0}, rubric()) == []


# Which mark stands: a model that knows nothing of tables

ACTIONS = st.lists(st.one_of(
    st.tuples(st.just("grade"), st.integers(0, 4), st.sampled_from("ABC"), st.integers(1, 2), st.sampled_from(["all", "q5"])),
    st.tuples(st.just("mark"), st.integers(0, 5)),
    st.just(("back",)),
), max_size=9)


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    with Gradebook(emptied(SERVER or tmp_path_factory.mktemp("model") / "gradebook.db")) as opened:
        yield opened, itertools.count()


@settings(max_examples=25)
@given(actions=ACTIONS)
def test_the_last_mark_by_hand_that_was_not_taken_back_stands_and_else_the_last_automatic_one(shared, actions):
    opened, numbers = shared
    student, slug = f"m{next(numbers)}", "09-model"
    marks, automatic, work, attempt = [], {}, {}, 1  # marks by hand: (points, attempt, answer)
    actions = [("grade", 0, "A", 1, "all"), *actions]
    for action in actions:
        here = [mark for mark in marks if mark[1] == attempt or mark[2] == work[attempt]] if attempt in work else []
        if action[0] == "grade":
            _, points, text, attempt, which = action
            # q5 alone is graded anew only for an attempt that is there
            only = {"q5"} if which == "q5" and attempt in work else None
            run(opened, graded(student, text=text, q1=points, attempt=attempt), only=only, slug=slug)
            work[attempt] = text
            if only is None:
                automatic[attempt] = points
        elif action[0] == "mark":
            stands = opened.mark(slug, student, "q5", points=action[1], who="bo")
            # The same mark again for the same answer is no new mark.
            if not here or (here[-1][0], here[-1][2]) != (action[1], work[attempt]):
                marks.append((action[1], attempt, work[attempt], next(numbers)))
            assert stands.earned == action[1]
        elif here:
            opened.take_back(slug, student, "q5", who="bo", why="a slip")
            marks.remove(here[-1])
        else:
            with pytest.raises(GradingError):
                opened.take_back(slug, student, "q5", who="bo", why="a slip")
    with opened._database.reading() as connection:
        found = row_of(case_of(connection, slug, student), opened.questions(slug))
    here = [mark for mark in marks if mark[1] == attempt or mark[2] == work[attempt]]
    assert found.attempt == attempt
    assert found.marks["q5"].earned == (here[-1][0] if here else None)
    assert found.marks["q1"].earned == automatic[attempt]
    entries = opened.history(slug, student, "q5")
    assert len([one for one in entries if one.does == "graded"]) == sum(action[0] == "grade" for action in actions)
    assert isinstance(found.marks["q5"], Standing)
