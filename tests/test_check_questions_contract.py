"""What every question file must keep: full marks for a solution, none for a blank, and a hint for each wrong answer."""

from __future__ import annotations

import dataclasses
import time

import numpy as np
import pandas as pd
import pytest

from analogies.check import catalogue
from analogies.check.outcome import NOT_STARTED, NOT_YET, PASS, Outcome
from analogies.check.question import Question, WrongAnswer
from analogies.check.values import decode, encode

MODULES = {slug: catalogue.question_module(slug) for slug in catalogue.slugs()}
QUESTIONS = [(slug, question) for slug, module in MODULES.items() for question in module.QUESTIONS]
CHECKED = [(slug, question) for slug, question in QUESTIONS if question.kind != "written"]
WRONG = [(slug, WrongAnswer(*row)) for slug, module in MODULES.items() for row in module.WRONG_ANSWERS]
ODD = {
    "a text": "no answer", "a number": -7, "a large number": 10**30, "NaN": float("nan"), "a truth": True, "an empty table": pd.DataFrame(),
    "a table": pd.DataFrame({"a": [1, None]}), "a Series of NaN": pd.Series([np.nan]), "an empty Series": pd.Series([], dtype=object),
    "an array": np.zeros((2, 3)), "a list of lists": [[[]], [1]], "a list of dicts": [{"a": 1}, None], "a dict": {1: [2]},
    "an object": object(), "a function": lambda: 0, "a list with an object": [object(), print], "NA": pd.NA, "NaT": pd.NaT, "a set": {1, "a"},
    "tuples of odd lengths": [(), ("a",), ("a", "b", "c", "d"), (None, None, None)], "bytes": b"a",
}


def ids(rows: list) -> list[str]:
    return [f"{slug}-{row.id if isinstance(row, Question) else f'{row.question}-{row.name}'}" for slug, row in rows]


def checked(question: Question, values: tuple) -> Outcome:
    """The outcome as a student and the grader get it: after the codec, both ways."""
    assert len(values) == len(question.answers), f"{question.id} has the answers {question.answers}"
    return question.check({name: decode(encode(value)) for name, value in zip(question.answers, values, strict=True)})


def stopped(outcome: Outcome) -> bool:
    return any("The check stopped" in note for note in outcome.notes)


def lost_and_hinted(outcome: Outcome) -> str:
    """The words that tell a student what is wrong: conditions that are not met, hints, notes."""
    return "\n".join([*(c.message for c in outcome.conditions if not c.met), *outcome.hints, *outcome.notes])


def test_there_is_something_to_hold():
    assert MODULES and CHECKED and WRONG


@pytest.mark.parametrize("slug", MODULES)
def test_ids_are_unique_and_points_are_positive(slug):
    listed = MODULES[slug].QUESTIONS
    assert len(catalogue.by_id(listed)) == len(listed)
    assert all(question.points > 0 for question in listed)
    names = [name for question in listed for name in question.answers]
    assert len(set(names)) == len(names), "two questions use the same variable"
    assert all(name.isidentifier() for name in names)


@pytest.mark.parametrize(("slug", "question"), QUESTIONS, ids=ids(QUESTIONS))
def test_a_blank_is_not_started_and_earns_nothing(slug, question):
    for blank in (None, "", [], " "):
        outcome = checked(question, (blank,) * len(question.answers))
        assert (outcome.status, outcome.earned, outcome.possible) == (NOT_STARTED, 0, question.points)


@pytest.mark.parametrize(("slug", "question"), CHECKED, ids=ids(CHECKED))
def test_the_solution_gets_full_marks(slug, question):
    outcome = checked(question, MODULES[slug].SOLUTIONS[question.id])
    assert (outcome.status, outcome.earned) == (PASS, question.points), lost_and_hinted(outcome)


@pytest.mark.parametrize(("slug", "question"), CHECKED, ids=ids(CHECKED))
def test_at_least_three_wrong_answers_are_anticipated(slug, question):
    names = [row.name for where, row in WRONG if where == slug and row.question == question.id]
    assert len(names) >= 3 and len(set(names)) == len(names)


@pytest.mark.parametrize(("slug", "row"), WRONG, ids=ids(WRONG))
def test_a_wrong_answer_loses_what_it_should_and_gets_its_hint(slug, row):
    question = catalogue.by_id(MODULES[slug].QUESTIONS)[row.question]
    outcome = checked(question, row.values)
    assert outcome.status == NOT_YET and not stopped(outcome)
    assert outcome.earned == row.marks < question.points
    assert row.hint.strip() and row.hint in lost_and_hinted(outcome)


@pytest.mark.parametrize(("slug", "question"), CHECKED, ids=ids(CHECKED))
def test_each_hint_for_a_known_wrong_answer_is_reached_by_a_row_and_not_by_the_solution(slug, question):
    rows = [row for where, row in WRONG if where == slug and row.question == question.id]
    given = {hint for row in rows for hint in checked(question, row.values).hints}
    unreached = [name for name, wrong in question.wrong.items() if wrong.hint not in given]
    assert not unreached, f"no row of WRONG_ANSWERS is recognised as: {', '.join(unreached)}"
    values = {name: decode(encode(v)) for name, v in zip(question.answers, MODULES[slug].SOLUTIONS[question.id], strict=True)}
    assert question.recognised(values) == ()


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize(("slug", "question"), QUESTIONS, ids=ids(QUESTIONS))
def test_a_value_of_an_unexpected_type_gets_a_sentence(slug, question, odd):
    n = len(question.answers)
    for values in {0: (ODD[odd],) * n, 1: (ODD[odd],) + (None,) * (n - 1)}.values():
        outcome = checked(question, values)
        assert outcome.earned < question.points and outcome.possible == question.points
        assert outcome.conditions or outcome.notes
        assert not stopped(outcome), outcome.notes
        outcome._repr_html_(), outcome._repr_markdown_()


@pytest.mark.parametrize(("slug", "question"), CHECKED, ids=ids(CHECKED))
def test_a_check_takes_under_50_ms_after_the_first(slug, question):
    solution = MODULES[slug].SOLUTIONS[question.id]
    checked(question, solution)
    times = []
    for _ in range(3):
        start = time.process_time()  # the processor's time: other work on the machine is not counted
        checked(question, solution)
        times.append(time.process_time() - start)
    assert min(times) < 0.05, times


@pytest.mark.parametrize(("slug", "question"), QUESTIONS, ids=ids(QUESTIONS))
def test_hints_are_sentences_and_differ(slug, question):
    for hint in (*question.hints, *(wrong.hint for wrong in question.wrong.values())):
        assert hint == hint.strip() and hint[-1] in ".?!`)”\""
    assert len(set(question.hints)) == len(question.hints)


@pytest.mark.parametrize(("slug", "question"), CHECKED, ids=ids(CHECKED))
def test_every_condition_is_reported_right_or_wrong(slug, question):
    """A student sees the same list of conditions whatever is wrong, so that nothing comes to light only later."""
    full = checked(question, MODULES[slug].SOLUTIONS[question.id])
    for where, row in WRONG:
        if where == slug and row.question == question.id:
            outcome = checked(question, row.values)
            assert [c.points for c in outcome.conditions] == [c.points for c in full.conditions]


def test_this_contract_refuses_a_question_that_gives_marks_for_nothing():
    slug, question = CHECKED[0]
    generous = dataclasses.replace(question, mark=lambda values: Outcome(question.points, question.points, PASS))
    with pytest.raises(AssertionError):
        test_a_value_of_an_unexpected_type_gets_a_sentence(slug, generous, "a number")
