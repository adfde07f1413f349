"""The questions of exercise 4 tell a right answer from each likely wrong one, and its lesson says what the data say."""

import datetime as dt
import importlib
import re

import numpy as np
import pandas as pd
import pytest

from analogies import kit
from analogies.check import catalogue
from analogies.check.evidence import evidence_on, public_by
from analogies.check.outcome import NOT_YET, PASS
from analogies.check.questions import nicaragua_marks, nicaragua_numbers
from analogies.check.rubric import read_rubrics
from analogies.check.values import decode, encode
from analogies.facts.load import load

SLUG = "04-nicaragua-1980s"
MODULE = importlib.import_module("analogies.check.questions.04_nicaragua_1980s")
QUESTIONS = catalogue.questions(SLUG)
LESSON = kit.root() / "lessons" / SLUG
RIGHT = MODULE.SOLUTIONS


def check(question: str, *values):
    asked = QUESTIONS[question]
    return asked.check({name: decode(encode(value)) for name, value in zip(asked.answers, values, strict=True)})


def unmet(outcome) -> str:
    return "\n".join(c.message for c in outcome.conditions if not c.met)


def hints(outcome) -> str:
    return "\n".join(outcome.hints)


def event(id: str):
    return load().cases[id.split("-")[0]].event(id)


# The data tell right from wrong


def test_the_sums_of_question_1_all_differ_so_that_each_slip_can_be_told() -> None:
    sums = [v for name, v in nicaragua_numbers.aid().items() if name != "high"]
    assert len({round(v, 1) for v in sums}) == len(sums)
    assert nicaragua_numbers.aid()["voted"] == 209 and nicaragua_numbers.aid()["arms"] == 132
    assert 0.5 < nicaragua_numbers.aid()["high"] - 209 < 1, "the high end of one row is another author's figure"


def test_the_gap_is_counted_between_the_two_laws_and_every_other_date_is_far_off() -> None:
    gaps = nicaragua_numbers.gap()
    assert gaps["right"] == (dt.date(1986, 10, 18) - dt.date(1984, 10, 12)).days
    assert all(abs(days - gaps["right"]) > 5 for name, days in gaps.items() if name != "right")


def test_the_four_points_of_question_2_are_read_off_the_series() -> None:
    rows = load().series("unga_agreement").query("partner == 'RUS'").set_index(["country", "year"])["agreement_percent"]
    nicaragua, venezuela = ((rows[c, 1980], rows[c, 1989]) for c in ("Nicaragua", "Venezuela"))
    wanted = (nicaragua[1] - nicaragua[0], venezuela[1] - venezuela[0], nicaragua[0] - venezuela[0], nicaragua[1] - venezuela[1])
    assert RIGHT["q2"] == tuple(round(v, 1) for v in wanted)
    assert check("q2", *wanted).status == PASS


def test_the_baseline_turns_the_conclusion_of_question_2_round() -> None:
    rise_nicaragua, rise_venezuela, lead_1980, lead_1989 = RIGHT["q2"]
    assert rise_nicaragua > 15 and rise_venezuela > rise_nicaragua and lead_1989 < lead_1980 / 4


def test_growth_in_per_cent_is_never_taken_for_points() -> None:
    for country in ("Nicaragua", "Venezuela"):
        assert abs(nicaragua_numbers.growth(country) - nicaragua_numbers.rise(country)) > 4


def test_question_3_has_two_secrets_and_one_event_that_was_covert_by_name_only() -> None:
    secret = {id for id, public in nicaragua_numbers.begun().items() if not public}
    assert secret == set(RIGHT["q3"][0])
    assert nicaragua_numbers.begun()["nicaragua-1981-covert-finding"] is True
    assert len(nicaragua_numbers.begun()) >= 8, "two of many"
    evening = event(nicaragua_numbers.COMMITTEE).date.a0
    assert evening == dt.date(1984, 3, 8)
    assert all(event(id).date.a0 <= evening < event(id).known.b1 for id in secret)


def test_what_question_3_calls_not_begun_had_not_begun() -> None:
    assert all(event(id).date.a0 > dt.date(1984, 3, 8) for id in MODULE._NOT_BEGUN)


def test_the_figures_for_the_cubans_are_those_of_the_series() -> None:
    assert nicaragua_numbers.cubans() == (280, 786, 2500, 3500)


def test_the_difference_of_the_two_clients_is_taken_from_the_table_that_the_lesson_shows() -> None:
    from analogies.methods import measure

    table = measure.votes("Nicaragua", "Venezuela").table
    column = "above the median, points"
    assert round(table[column].iloc[0] - table[column].iloc[-1], 1) == RIGHT["closeness"][0]
    assert (table["country"].iloc[0], table["years"].iloc[0]) == ("Nicaragua", "1980–1989")
    assert (table["country"].iloc[-1], table["years"].iloc[-1]) == ("Venezuela", "2013–2019")


# The same answer in other forms


@pytest.mark.parametrize("form", [tuple, set, np.array, pd.Series, pd.Index, lambda ids: list(reversed(ids)), lambda ids: [f" {i} " for i in ids]])
def test_ids_may_come_in_any_order_and_container(form) -> None:
    assert check("q3", form(RIGHT["q3"][0])).status == PASS


def test_ids_may_come_as_rows_of_the_table_of_events() -> None:
    events = load().cases["nicaragua"].events
    assert check("q3", events[events["id"].isin(RIGHT["q3"][0])]).status == PASS


@pytest.mark.parametrize("form", [
    tuple, lambda rows: [list(row) for row in rows],
    lambda rows: pd.DataFrame(rows, columns=["kind", "sentence", "nicaragua", "venezuela"])])  # fmt: skip
def test_a_comparison_may_be_tuples_lists_or_a_table(form) -> None:
    assert check("q4", form(RIGHT["q4"][0])).status == PASS


@pytest.mark.parametrize(("like", "unlike"), [("Like", "Unlike"), ("alike", "different"), ("likeness", "difference"), ("LIKE.", " unlike ")])
def test_the_kind_of_a_row_may_be_said_in_other_words(like: str, unlike: str) -> None:
    said = {"like": like, "unlike": unlike}
    assert check("q4", [(said[row[0]], *row[1:]) for row in RIGHT["q4"][0]]).status == PASS


@pytest.mark.parametrize("as_type", [int, float, np.int64, np.float64])
def test_numbers_may_be_of_any_type_of_number(as_type) -> None:
    assert check("q1", as_type(209), as_type(132), as_type(736)).status == PASS


@pytest.mark.parametrize("days", [735, 736, 737, np.float64(736)])
def test_the_first_or_last_day_may_be_counted_or_not(days) -> None:
    assert check("q1", 209, 132, days).status == PASS


@pytest.mark.parametrize("difference", [1.0, 1, 1.02, -1.0, 0.9])
def test_the_difference_of_the_clients_may_be_exact_rounded_or_taken_the_other_way(difference) -> None:
    assert check("closeness", difference).status == PASS


def test_one_decimal_is_enough_in_question_2_and_more_is_accepted() -> None:
    assert check("q2", 18.6, 29.73, 14.52, 3.39).status == PASS


# Partial credit that says for what


def test_each_number_earns_its_own_points_and_the_others_are_named() -> None:
    outcome = check("q1", 209, None, None)
    assert (outcome.earned, outcome.status) == (1, NOT_YET)
    assert "for_arms leaves out" in unmet(outcome) and "gap_days counts" in unmet(outcome) and "voted adds" not in unmet(outcome)
    assert check("q1", None, 132, None).earned == 2
    outcome = check("q2", 18.6, 29.7, None, None)
    assert outcome.earned == 2 and "lead_1980 is" in unmet(outcome) and "rise" not in unmet(outcome)


def test_a_missing_secret_is_named_by_its_year_and_never_by_its_id() -> None:
    outcome = check("q3", ["nicaragua-1984-harbours-mined"])
    assert outcome.earned == 2
    assert "began in 1983" in unmet(outcome) and "corinto" not in unmet(outcome).lower()


def test_every_row_at_fault_is_named() -> None:
    duty, credit, war, oil = RIGHT["q4"][0]
    outcome = check("q4", [duty, ("like", "Too short.", *credit[2:]), ("perhaps", *war[1:]), (*oil[:2], "no-such-event", oil[3])])
    assert 'begins with "like" or "unlike". Look at row 3.' in unmet(outcome)
    assert "on both countries. Look at row 2." in unmet(outcome)
    assert "evidence on Nicaragua that the kit has. Look at row 4." in unmet(outcome)
    assert outcome.earned == 2, "one sound likeness"


def test_three_likenesses_do_not_make_up_for_a_missing_difference() -> None:
    duty, credit, war, _ = RIGHT["q4"][0]
    third = ("like", "Both governments had asked Moscow for its help themselves.", "nicaragua-1985-ortega-in-moscow", "venezuela-2018-putin-receives-maduro")
    outcome = check("q4", [duty, credit, third, war])
    assert outcome.earned == 6 and "Two differences" in unmet(outcome) and "Two likenesses" not in unmet(outcome)
    assert check("q4", [*RIGHT["q4"][0], third]).status == PASS, "more is welcome"


def test_a_fifth_row_at_fault_must_be_mended_or_taken_out() -> None:
    outcome = check("q4", [*RIGHT["q4"][0], ("like", "x", "y", "z")])
    assert outcome.status == NOT_YET and "Look at row 5" in unmet(outcome)


# Evidence: form and date, never agreement


def test_a_judgement_that_we_would_not_share_is_accepted_when_it_has_its_evidence() -> None:
    duty, _, war, oil = RIGHT["q4"][0]
    theirs = ("like", "In both cases Washington armed those who fought the government.", "nicaragua-1986-hundred-million", "F22")
    assert check("q4", [duty, theirs, war, oil]).status == PASS


@pytest.mark.parametrize("later", ["aftermath-2026-maduro-seized", "aftermath-2020-gideon", "venezuela-2019-april-30", "venezuela-2019-hill-in-moscow"])
def test_evidence_from_after_frolovs_article_is_hindsight(later) -> None:
    outcome = check("q4", [*RIGHT["q4"][0][:3], (*RIGHT["q4"][0][3][:3], later)])
    assert outcome.earned == 6 and "Frolov could not know it" in hints(outcome)


def test_what_was_secret_in_the_1980s_was_public_by_2019() -> None:
    for id in ("nicaragua-1981-clarridge", "nicaragua-1984-saudi-money", "nicaragua-1986-cia-memo-arms"):
        assert public_by(id, nicaragua_marks.FROLOV_APPEARED)


def test_evidence_is_sorted_by_country() -> None:
    nicaragua, venezuela = evidence_on("Nicaragua"), evidence_on("Venezuela")
    assert {"F19", "distances", "ucdp_conflict_years", "unga_agreement"} <= nicaragua.keys() & venezuela.keys()
    assert "aid_nicaragua" in nicaragua and "aid_nicaragua" not in venezuela
    assert "F20" in nicaragua and "F20" not in venezuela
    assert "pdvsa_debt_to_rosneft" in venezuela and "pdvsa_debt_to_rosneft" not in nicaragua


@pytest.mark.parametrize(("text", "found"), [("like", "like"), ("Difference", "unlike"), ("likely", ""), ("", ""), ("not like", "")])
def test_a_kind_is_read_from_a_few_words_only(text: str, found: str) -> None:
    assert nicaragua_marks.kind(text) == found


# The written questions, their rubrics and the two texts of the exercise


@pytest.mark.parametrize("name", ["q5", "q6"])
def test_a_rubric_gives_out_the_points_of_its_question(name) -> None:
    rubric = read_rubrics(LESSON / "rubric.yml")[name]
    assert rubric.points == QUESTIONS[name].points
    for exemplar in (rubric.weak, rubric.strong):
        assert exemplar.mark == rubric.mark(exemplar.levels)
    assert rubric.weak.mark < rubric.points / 2 and rubric.strong.mark == rubric.points


def model(name: str) -> str:
    exercise = (LESSON / "exercise.md").read_text(encoding="utf-8")
    return re.search(rf'question="{name}" -->\n<!-- BEGIN SOLUTION -->\n(.*?)<!-- END', exercise, re.S)[1]


@pytest.mark.parametrize("name", ["q5", "q6"])
def test_the_strong_exemplar_and_the_model_answer_keep_to_the_form(name) -> None:
    for text in (read_rubrics(LESSON / "rubric.yml")[name].strong.text, model(name)):
        assert unmet(check(name, text)) == ""


@pytest.mark.parametrize("text", [model("q6"), read_rubrics(LESSON / "rubric.yml")["q6"].strong.text], ids=["model", "strong exemplar"])
def test_an_answer_of_3_april_2019_names_no_evidence_from_later(text) -> None:
    named = re.findall(r"\b(?:nicaragua|venezuela|aftermath)-(?:19|20)\d\d-[a-z0-9-]+|\bF\d\d\b", text)
    assert len(named) >= 3 and all(public_by(id, dt.date(2019, 4, 3)) for id in named)


def test_the_form_of_a_text_is_looked_at_and_earns_nothing() -> None:
    outcome = check("q5", "Frolov is right.")
    assert outcome.earned == 0
    assert "120 to 180 words" in unmet(outcome) and "¶10" in unmet(outcome) and "figure" in unmet(outcome)


@pytest.mark.parametrize(("words", "named"), [("¶10", True), ("¶ 10", True), ("paragraph 10", True), ("par. 10", True), ("¶1", False), ("¶100", False)])
def test_a_paragraph_may_be_named_in_several_ways_and_must_be_the_right_one(words: str, named: bool) -> None:
    assert ("names the paragraph" in unmet(check("q5", f"In {words} Frolov says ..."))) is not named


def test_each_piece_of_evidence_named_in_lesson_exercise_and_rubric_exists() -> None:
    known = set(load().series_names) | {e.id for case in load().cases.values() for e in case.records} | set(load().claims["id"])
    for file in ("exercise.md", "rubric.yml", "lesson.md"):
        text = (LESSON / file).read_text(encoding="utf-8").replace(SLUG, "")
        ids = set(re.findall(r"\b(?:nicaragua|venezuela|aftermath)-(?:19|20)\d\d-[a-z0-9-]+", text))
        ids |= set(re.findall(r"\b[FL]\d\d\b", text)) | set(re.findall(r'an\.series\("(\w+)"\)', text))
        assert ids and sorted(ids - known) == []


def test_each_answer_cell_sets_the_names_that_its_question_reads() -> None:
    exercise = (LESSON / "exercise.md").read_text(encoding="utf-8")
    cells = re.findall(r'```python question="(\w+)"\n(.*?)### BEGIN.*?ex\.check\("\1", (.*?)\)', exercise, re.S)
    assert len(cells) == 4
    for name, starter, checked in cells:
        names = tuple(re.findall(r"^(\w+) = None$", starter, re.M))
        assert names == QUESTIONS[name].answers == tuple(checked.split(", "))


def test_the_lesson_uses_each_quick_check_once() -> None:
    lesson = (LESSON / "lesson.md").read_text(encoding="utf-8")
    used = re.findall(r'ex\.check\("([a-z-]+)", None\)', lesson)
    assert used == [q.id for q in MODULE.QUESTIONS if q.kind == "quick"]


# The lesson: sentences that put a relation into words, each with the relation


def _years(first: str, last: str) -> float:
    return (event(last).date.a0 - event(first).date.a0).days / 365.25


def _relations() -> dict[str, bool]:
    tiv = load().series("sipri_tiv_deliveries").set_index(["recipient", "supplier"])
    nicaragua = tiv.loc[("Nicaragua", "Soviet Union")].set_index("year")["tiv_million"]
    venezuela = tiv.loc[("Venezuela", "Russia")].set_index("year")["tiv_million"]
    dollars = load().series("aid_nicaragua").query("series == 'Soviet-bloc arms, dollars'").set_index("date")
    debt = load().series("pdvsa_debt_to_rosneft").set_index("quarter")["billion_usd"]
    features = load().features.pivot(index="dimension", columns="case", values="value")
    same = features["nicaragua"] == features["venezuela"]
    from analogies.methods import measure

    votes = measure.votes("Nicaragua", "Venezuela").table.set_index(["country", "years"])
    room = votes["share of the room above, %"]
    conflict = load().series("ucdp_conflict_years")
    abrams = "nicaragua-1985-abrams-appointed"
    appointed = event(abrams).date.a0
    return {
        "the largest Soviet deliveries came later still": nicaragua.loc[:1982].sum() < nicaragua.sum() / 10,
        "Less than three years after day 0, Nicaragua was at war": _years("nicaragua-1979-revolution", "nicaragua-1982-contra-war-opens") < 3,
        "Twenty years after day 0, Venezuela was not": _years("venezuela-1999-chavez-president", "venezuela-2019-planes-land") > 20
        and conflict.query("country == 'Venezuela'")["year"].max() < 1999,
        "Ten years and seven months after it the Sandinistas lost an election":
            10 + 7 / 12 <= _years("nicaragua-1979-revolution", "nicaragua-1990-chamorro-wins") < 10 + 8 / 12,
        "At the same age the government of Chávez took a second Russian loan for arms":
            10 + 7 / 12 <= _years("venezuela-1999-chavez-president", "venezuela-2009-arms-loan") < 10 + 8 / 12,
        "SIPRI has its peaks in 1984 and 1987": set(nicaragua.nlargest(2).index) == {1984, 1987},
        "the Americans call 1986 the greatest year": dollars["low"].idxmax() == "1986",
        "80 million *by April* and 350 million *by September*": (dollars.loc["1989", "low"], dollars.loc["1989", "value"]) == (80, 350),
        "what three parties said within fourteen months":
            {d[:7] for d in load().series("deployments").query("case == 'nicaragua'")["date"]} == {"1984-01", "1984-11", "1985-03"},
        "Abrams had other posts until July 1985": (appointed.year, appointed.month) == (1985, 7),
        "The Saudi money and North's network were under way, and neither is on the page": all(
            event(id).date.a0 < appointed < event(id).known.b1 for id in ("nicaragua-1984-saudi-money", "nicaragua-1984-nsc-network")),
        "had voted against the mining by 84 to 12": "84 to 12" in event("nicaragua-1984-senate-mining").title,
        "in 88 per cent of the roll calls in the 1980s, Venezuela in 66 per cent from 2013 to 2019":
            (round(votes.loc[("Nicaragua", "1980–1989"), "agreement, %"]), round(votes.loc[("Venezuela", "2013–2019"), "agreement, %"])) == (88, 66),
        "agreed with Moscow in 80 per cent of votes": round(votes.loc[("Venezuela", "1980–1989"), "agreement, %"]) == 80,
        "Nicaragua was more than twice as close": room["Nicaragua", "1980–1989"] > 2 * room["Venezuela", "2013–2019"],
        "the debt fell from 4.6 to 1.1 billion dollars in eighteen months": (debt["2017Q4"], debt["2019Q2"]) == (4.6, 1.1),
        "about five times as much to Venezuela": 4.5 < venezuela.loc[2006:2014].sum() / nicaragua.sum() < 5.5,
        "ran in every year of its war": set(conflict.query("country == 'Nicaragua' and year >= 1982")["year"]) <= set(nicaragua.index),
        "the one to Venezuela ended in 2014, five years before the two aircraft": venezuela.index.max() == 2014,
        "The first six lines are alike": same[["client_invited", "duty_to_defend", "patron_combat_units", "patron_base", "ally_forces", "legal_basis"]].all(),
        "The last five lines differ": not same[["armed_conflict", "us_armed_opposition", "us_direct_force", "economic_stake", "arms_tiv_ten_years"]].any(),
        "Caracas is 9,940 km from Moscow, Managua 10,869 km": (features.loc["patron_distance_km", "venezuela"], features.loc["patron_distance_km", "nicaragua"]) == ("9940", "10869"),
        "Nicaragua was farther and nearer": int(features.loc["us_distance_km", "nicaragua"]) < int(features.loc["us_distance_km", "venezuela"]),
    }  # fmt: skip


@pytest.mark.parametrize(("sentence", "holds"), _relations().items(), ids=lambda v: str(v)[:50])
def test_what_the_lesson_puts_into_words_follows_from_the_data(sentence: str, holds: bool) -> None:
    lesson = " ".join((LESSON / "lesson.md").read_text(encoding="utf-8").split())
    assert sentence in lesson, "the lesson no longer says so"
    assert holds
