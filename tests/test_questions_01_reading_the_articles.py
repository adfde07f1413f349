"""The questions of exercise 1 tell a right answer from each likely wrong one, and agree with nobody; its texts say what the data say."""

import datetime as dt
import importlib
import re

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import cohen_kappa_score

from analogies import kit
from analogies.check import catalogue
from analogies.check.outcome import NOT_YET, PASS
from analogies.check.questions import reading_marks, reading_numbers
from analogies.check.rubric import read_rubrics
from analogies.check.values import decode, encode
from analogies.facts.load import load
from analogies.facts.model import CLAIM_KINDS
from analogies.methods import coding

SLUG = "01-reading-the-articles"
MODULE = importlib.import_module("analogies.check.questions.01_reading_the_articles")
QUESTIONS = catalogue.questions(SLUG)
LESSON = kit.root() / "lessons" / SLUG
RIGHT = MODULE.SOLUTIONS
MINE, WHY = RIGHT["q1"]


def check(question: str, *values):
    asked = QUESTIONS[question]
    return asked.check({name: decode(encode(value)) for name, value in zip(asked.answers, values, strict=True)})


def unmet(outcome) -> str:
    return "\n".join(c.message for c in outcome.conditions if not c.met)


def text(name: str) -> str:
    return (LESSON / name).read_text(encoding="utf-8")


# The data tell right from wrong


def test_the_shares_of_question_2_are_those_of_scikit_learn() -> None:
    table = coding.coders().query("speaker != 'author'")
    a, b = (table[f"coder {name}"].str.split(";").str[0] for name in "AB")
    assert len(table) == 19
    assert RIGHT["q2"] == (round((a == b).mean(), 4), pytest.approx(sum((a == k).mean() * (b == k).mean() for k in CLAIM_KINDS), abs=5e-5),
                           round(cohen_kappa_score(a, b), 3))  # fmt: skip


def test_every_likely_slip_gives_other_numbers_to_two_decimals() -> None:
    found = [reading_numbers.shares(whose) for whose in ("others", "author", "all")] + [reading_numbers.shares("others", whole=True)]
    for place in (0, 1, 2):
        values = [round(shares[place], 2) for shares in found]
        assert values.count(values[0]) == 1, values
    assert len({round(value, 2) for value in (reading_numbers.shares()[2], reading_numbers.shares("others", even=True)[2])}) == 2


def test_the_widest_border_is_another_for_each_article_and_no_other_border_is_as_wide() -> None:
    assert reading_numbers.widest("lake") == {"fact", "quotation"} and reading_numbers.widest("frolov") == {"fact", "interpretation"}
    for article in ("lake", "frolov"):
        counts = sorted(reading_numbers.borders(article).values())
        assert counts[-1] > counts[-2]


def test_question_3_has_an_event_that_happened_in_those_days_and_came_out_later() -> None:
    assert reading_numbers.by_date_alone() == {"venezuela-2019-hill-in-moscow"}
    events = {e.id: e for e in load().cases["venezuela"].records}
    assert all(dt.date(2019, 3, 27) <= events[id].date.a0 <= dt.date(2019, 4, 1) for id in RIGHT["q3"][0])


def test_the_model_sources_of_question_4_are_sources_of_their_claims() -> None:
    claims = load().claims.set_index("id")
    assert "menendez2019" in claims.loc["L23", "sources"] and "wexbolton2019" in claims.loc["F05", "sources"]


# The same answer in other forms


@pytest.mark.parametrize("value", [4, 4.0, "4", "¶4", "¶ 4", "par. 4", "paragraph 4", np.int64(4), [4], "L12", "l10"])
def test_a_paragraph_may_be_written_in_many_ways(value) -> None:
    assert check("no-name", value).status == PASS


@pytest.mark.parametrize("value", [["fact", "quotation"], ("quotation", "fact"), {"fact", "quotation"}, "fact;quotation", "Quotation and fact",
                                   "fact, quotation", "fact/quotation", pd.Series(["fact", "quotation"])])  # fmt: skip
def test_a_border_may_be_written_in_many_ways(value) -> None:
    assert check("border", value).status == PASS


@pytest.mark.parametrize("form", [dict, pd.Series, lambda mine: {k: ["fact"] if v == "fact" else v for k, v in mine.items()},
                                  lambda mine: {k: v.upper() if isinstance(v, str) else v for k, v in mine.items()}])  # fmt: skip
def test_a_coding_may_be_a_dict_or_a_series_with_any_capitals(form) -> None:
    assert check("q1", form(MINE), WHY).status == PASS


@pytest.mark.parametrize("values", [(0.47, 0.3, 0.25), (0.474, 0.299, 0.249), (9 / 19, 0.29916897506925205, 0.2490118577075099), (np.float64(0.47), 0.30, 0.249)])
def test_shares_may_be_rounded_to_two_decimals_or_more(values) -> None:
    assert check("q2", *values).status == PASS


@pytest.mark.parametrize("form", [tuple, set, np.array, pd.Series, pd.Index, lambda ids: list(reversed(ids)), lambda ids: [f" {i} " for i in ids]])
def test_ids_may_come_in_any_order_and_container(form) -> None:
    assert check("q3", form(RIGHT["q3"][0])).status == PASS


def test_ids_may_come_as_rows_of_the_table_of_events() -> None:
    events = load().cases["venezuela"].events
    assert check("q3", events[events["id"].isin(RIGHT["q3"][0])]).status == PASS


@pytest.mark.parametrize("form", [tuple, lambda rows: [list(row) for row in rows], lambda rows: pd.DataFrame(rows, columns=list("abcd"))])
def test_corrections_may_be_tuples_lists_or_a_table(form) -> None:
    assert check("q4", form(RIGHT["q4"][0])).status == PASS


# Nobody is marked for agreeing with us


@pytest.mark.parametrize("kind", CLAIM_KINDS)
def test_any_coding_by_the_code_book_earns_full_marks(kind) -> None:
    assert check("q1", dict.fromkeys(MINE, kind), WHY).status == PASS


def test_coder_a_coder_b_and_one_who_differs_from_both_everywhere_earn_the_same() -> None:
    coders = [coding.read_coding(name) for name in "AB"]
    stranger = {id: next(kind for kind in CLAIM_KINDS if kind not in (*coders[0][id], *coders[1][id])) for id in MINE}
    assert {check("q1", mine, WHY).earned for mine in (*({id: coder[id] for id in MINE} for coder in coders), stranger)} == {4}


def test_a_correction_that_we_would_not_have_chosen_is_accepted_when_it_has_its_evidence() -> None:
    theirs = ("F33", "aprome2019", "F34", "The date is right, and who asked for the meeting rests on one side.")
    assert check("q4", [*RIGHT["q4"][0][:2], theirs]).status == PASS


# Partial credit that says for what


def test_six_coded_claims_earn_a_point_and_the_others_are_named() -> None:
    half = dict(list(MINE.items())[:6])
    outcome = check("q1", half, {})
    assert (outcome.earned, outcome.status) == (2, NOT_YET)
    assert "Missing: F37, L01" in unmet(outcome) and "reasons says for two" in unmet(outcome)


def test_blank_claims_in_the_starter_are_missing_and_no_fault() -> None:
    starter = dict.fromkeys(reading_marks.sample(), "")
    assert check("q1", {**starter, "F05": "quotation"}, {}).earned == 1
    assert check("q1", starter, {}).status == "NOT STARTED"


def test_one_right_share_of_three_earns_its_point_and_names_the_other_two() -> None:
    outcome = check("q2", 0.47, None, None)
    assert outcome.earned == 1 and "chance is" in unmet(outcome) and "kappa is" in unmet(outcome) and "alike is" not in unmet(outcome)


def test_a_missing_event_is_named_by_its_date_and_never_by_its_id() -> None:
    outcome = check("q3", [i for i in RIGHT["q3"][0] if i != "venezuela-2019-no-units"])
    assert outcome.earned == 2 and "2019-03-30" in unmet(outcome) and "no-units" not in unmet(outcome)


def test_every_row_at_fault_is_named() -> None:
    name, words, plane = RIGHT["q4"][0]
    outcome = check("q4", [name, ("X1", *words[1:]), (*plane[:3], "Too short.")])
    assert "begins with the number of a claim. Look at row 2." in unmet(outcome)
    assert "sentence of six different words or more. Look at row 3." in unmet(outcome)
    assert outcome.earned == 2


def test_a_fourth_row_at_fault_must_be_mended_or_taken_out() -> None:
    outcome = check("q4", [*RIGHT["q4"][0], ("x",)])
    assert outcome.earned == 4 and "1 to mend or take out" in unmet(outcome)


# The written questions, their rubrics and the two texts


@pytest.mark.parametrize("name", ["q5", "q6"])
def test_a_rubric_gives_out_the_points_of_its_question(name) -> None:
    rubric = read_rubrics(LESSON / "rubric.yml")[name]
    assert rubric.points == QUESTIONS[name].points
    for exemplar in (rubric.weak, rubric.strong):
        assert exemplar.mark == rubric.mark(exemplar.levels)
    assert rubric.weak.mark < rubric.strong.mark / 2


@pytest.mark.parametrize("name", ["q5", "q6"])
def test_the_strong_exemplar_and_the_model_answer_keep_to_the_form(name) -> None:
    model = re.search(rf'question="{name}" -->\n<!-- BEGIN SOLUTION -->\n(.*?)<!-- END', text("exercise.md"), re.S)[1]
    for answer in (read_rubrics(LESSON / "rubric.yml")[name].strong.text, model):
        assert unmet(check(name, answer)) == ""


def test_the_form_of_a_text_is_looked_at_and_earns_nothing() -> None:
    outcome = check("q5", "The official is right.")
    assert outcome.earned == 0
    assert all(words in unmet(outcome) for words in ("120 to 180 words", "names a paragraph", "names 3 claims"))


def test_each_piece_of_evidence_named_in_lesson_exercise_and_rubric_exists() -> None:
    facts = load()
    known = set(facts.series_names) | {e.id for case in facts.cases.values() for e in case.records} | set(facts.claims["id"])
    for file in ("exercise.md", "rubric.yml", "lesson.md"):
        ids = set(re.findall(r"\b(?:syria|venezuela)-(?:19|20)\d\d-[a-z0-9-]+", text(file))) | set(re.findall(r"\b[FL]\d\d\b", text(file)))
        ids |= set(re.findall(r"\(`?([a-z]+_[a-z_]+)`?\)", text(file)))
        assert sorted(ids - known) == [], file


def test_each_answer_cell_sets_the_names_that_its_question_reads() -> None:
    found = re.findall(r'```python question="(\w+)"\n(.*?)### BEGIN.*?ex\.check\("\1", (.*?)\)', text("exercise.md"), re.S)
    assert [name for name, *_ in found] == ["q1", "q2", "q3", "q4"]
    for name, starter, checked in found:
        assert tuple(re.findall(r"^(\w+) = ", starter, re.M)) == QUESTIONS[name].answers == tuple(checked.split(", "))
    assert re.findall(r'"([FL]\d\d)": ""', text("exercise.md")) == list(reading_marks.sample())


def test_the_lesson_uses_each_quick_check_once_and_leaves_it_blank() -> None:
    used = re.findall(r'ex\.check\("([a-z-]+)", (?:None|\[\])\)', text("lesson.md"))
    assert used == [q.id for q in MODULE.QUESTIONS if q.kind == "quick"]


# What the lesson and its reading say in words


def numbers() -> dict[str, bool]:
    """Sentences of the lesson or the reading that put a count into words, each with whether it holds."""
    claims = load().claims.set_index("id")
    hedged = claims["hedges"].str.len() > 0
    kinds = claims.explode("kinds")
    hedges = kinds["hedges"].str.len() > 0
    voices = coding.voices().table
    both, by_kind = coding.agreement("A", "B"), coding.by_kind()
    prediction, fact = kinds["kinds"] == "prediction", kinds["kinds"] == "fact"
    held, partly = claims["verdict"] == "held up", claims["verdict"] == "partly"
    steps = {row["id"]: row for row in load().argument_rows}
    return {
        "29 of 39 in Frolov, 25 of 32 in Lake": list(voices.loc["the author"]) == [29, 25] and list(voices.sum()) == [39, 32],
        "Frolov reports five times what goes on in Moscow's mind": voices.loc["the author, on Moscow's mind", "Frolov"] == 5,
        "Lake has three claims from one American official without a name": voices.loc["an official without a name", "Lake"] == 3,
        "They agree on 51 of 71": round(both.observed * 71) == 51,
        "It has four claims in it": ((claims["article"] == "frolov") & (claims["paragraph"] == 9)).sum() == 4,
        "Whether 0.62 is much": round(both.kappa, 2) == 0.62,
        "answer alike on 99 claims in a hundred": by_kind.loc["analogy", "alike"] == 0.99,
        "would move kappa as far down as 0.65": by_kind.loc["analogy", "if one claim changed"].startswith("0.65 "),
        "ten predictions of eleven, five facts of 26": (sum(prediction & hedges), sum(prediction), sum(fact & hedges), sum(fact)) == (10, 11, 5, 26),
        "The one prediction without a hedge is the line under Lake's headline": list(kinds.index[prediction & ~hedges]) == ["L01"],
        "Of eleven predictions two held up, of 26 facts twelve": (sum(prediction & (kinds["verdict"] == "held up")), sum(fact & (kinds["verdict"] == "held up"))) == (2, 12),
        "11 of 29, against 16 of 42 without a hedge, both times 38 in a hundred": (sum(hedged & held), sum(hedged), sum(~hedged & held), sum(~hedged)) == (11, 29, 16, 42)
        and round(11 / 29, 2) == round(16 / 42, 2) == 0.38,
        "15 of 42 against 4 of 29": (sum(~hedged & partly), sum(hedged & partly)) == (15, 4),
        "Take either away and the step still has four supports": sum("FA15" in row["leads_to"] for row in steps.values()) == 5,
        "Six of the twelve were chosen because our coders differ on them": len(coding.sample()) == 12
        and len(set(both.differing["id"]) & set(coding.sample()["id"])) == 6,
        "Then compare with the 0.62 for all claims": round(both.kappa, 2) == 0.62,
        "a share of 0.72": round(both.observed, 2) == 0.72,
        "they would agree on a share of 0.27": round(both.expected, 2) == 0.27,
        "(0.72 − 0.27) ÷ (1 − 0.27) = 0.62": round((0.72 - 0.27) / (1 - 0.27), 2) == 0.62,
        "still kappa is 0.85 and not 0.99": by_kind.loc["analogy", "kappa"] == 0.85,
        "it could have been 0.65": by_kind.loc["analogy", "if one claim changed"].startswith("0.65 "),
    }  # fmt: skip


@pytest.mark.parametrize("sentence", numbers())
def test_a_count_put_into_words_is_that_of_the_data(sentence) -> None:
    reading = re.sub(r"<!--.*?-->", "", (kit.root() / "readings" / "coding-claims.md").read_text(encoding="utf-8"), flags=re.S)
    said = " ".join(" ".join((text("lesson.md"), text("exercise.md"), reading)).split())
    assert sentence in said, "no text says this any more"
    assert numbers()[sentence]


def test_the_days_between_the_two_columns_are_as_the_lesson_counts_them() -> None:
    event = load().cases["venezuela"].event
    day = {name: event(f"venezuela-2019-{name}").date.a0 for name in ("planes-land", "lake-article", "abrams-s300", "frolov-article", "bolton-statement", "stay-as-needed")}
    apart = [(day["frolov-article"] - day[name]).days for name in ("lake-article", "abrams-s300", "planes-land")]
    assert apart == [6, 4, 10] and (day["lake-article"] - day["planes-land"]).days == 4
    assert (day["stay-as-needed"].day, day["bolton-statement"].day, day["abrams-s300"].day) == (28, 29, 29)
    assert "The columns are six days apart" in text("lesson.md") and "four days after Abrams" in text("lesson.md")


def test_the_reading_has_900_to_1300_words_and_names_claims_that_there_are() -> None:
    reading = (kit.root() / "readings" / "coding-claims.md").read_text(encoding="utf-8")
    prose = re.sub(r"\[@[^\]]+\]|<!--.*?-->", "", reading, flags=re.S)
    assert 900 <= len(prose.split()) <= 1300
    assert set(re.findall(r"\b[FL]\d\d\b", prose)) <= set(load().claims["id"])


def test_the_hard_cases_of_the_reading_are_cases_on_which_the_coders_differ() -> None:
    reading = (kit.root() / "readings" / "coding-claims.md").read_text(encoding="utf-8")
    hard = set(re.findall(r"`([FL]\d\d)`", reading.split("## Hard cases")[1].split("## How far")[0]))
    a, b = coding.read_coding("A"), coding.read_coding("B")
    assert {id for id in hard if a[id] == b[id]} == {"L26"}, "L26 stands there for its likeness to L01"


def test_where_the_coders_quarrel_is_told_for_each_article_as_it_is() -> None:
    """Lake: fact and quotation.  Frolov: fact and interpretation first, interpretation and prediction second."""
    frolov = reading_numbers.borders("frolov")
    assert sorted(frolov, key=frolov.get, reverse=True)[:2] == [{"fact", "interpretation"}, {"interpretation", "prediction"}]
