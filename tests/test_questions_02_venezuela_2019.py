"""The questions of exercise 2 tell a right answer from each likely wrong one, and its lesson says what the data say."""

import datetime as dt
import importlib
import re

import analogies as an
import numpy as np
import pandas as pd
import pytest
from analogies import kit
from analogies.check import catalogue
from analogies.check.outcome import NOT_YET, PASS
from analogies.check.questions import venezuela_marks, venezuela_numbers
from analogies.check.rubric import read_rubrics
from analogies.check.values import decode, encode
from analogies.facts.load import load
from analogies.methods.ledger_rules import CELLS

SLUG = "02-venezuela-2019"
MODULE = importlib.import_module("analogies.check.questions.02_venezuela_2019")
QUESTIONS = catalogue.questions(SLUG)
LESSON = kit.root() / "lessons" / SLUG
RIGHT = MODULE.SOLUTIONS
ROWS = RIGHT["q4"][0]


def check(question: str, *values):
    asked = QUESTIONS[question]
    return asked.check({name: decode(encode(value)) for name, value in zip(asked.answers, values, strict=True)})


def unmet(outcome) -> str:
    return "\n".join(c.message for c in outcome.conditions if not c.met)


def event(id: str):
    return load().cases["venezuela"].event(id)


def table(name: str, query: str, index: str) -> pd.DataFrame:
    return load().series(name).query(query).set_index(index)


# The data tell right from wrong


def test_the_people_of_question_1_are_read_off_the_series_and_every_slip_gives_another_number() -> None:
    rows = table("unhcr_displaced", "country == 'Venezuela'", "year").fillna(0)
    classes = ["refugees", "asylum_seekers", "other_in_need_of_protection"]
    assert RIGHT["q1"] == (rows.loc[2018, "refugees"], rows.loc[2018, classes].sum(), rows.loc[2019, classes].sum() - rows.loc[2018, classes].sum())
    rises = [venezuela_numbers.rise(*some) for some in ((), ("refugees",), classes[:2], classes[2:], (*classes, "others_of_concern"))]
    assert len(set(rises)) == len(rises)
    assert rows.loc[2019, "others_of_concern"] > 0 == rows.loc[2018, "others_of_concern"], "the fourth column must move the rise"


def test_the_two_dates_of_question_2_part_by_more_than_rounding() -> None:
    delivered = table("sipri_tiv_deliveries", "recipient == 'Venezuela' and supplier == 'Russia'", "year")["tiv_million"]
    ordered = table("sipri_tiv_by_order_year", "recipient == 'Venezuela'", "order_year")["tiv_million"]
    means = tuple(round(series.reindex(range(2010, 2015), fill_value=0).mean(), 1) for series in (delivered, ordered))
    assert RIGHT["q2"] == means and means[0] > 10 * means[1]
    assert ordered.reindex(range(2010, 2015)).isna().sum() == 3, "the question needs years that the table leaves out"


def test_the_lessons_table_of_orders_has_the_years_that_the_quick_check_counts() -> None:
    shown = an.measure.orders("Venezuela").table
    assert list(shown.index) == list(venezuela_numbers.TABLE)
    assert ((shown["ordered"] == 0) & (shown["delivered"] > 0)).sum() == RIGHT["no-orders"][0] == venezuela_numbers.delivered_without_orders()


def test_what_lake_could_know_of_the_debt_is_what_rosneft_had_reported() -> None:
    owed = table("pdvsa_debt_to_rosneft", "billion_usd > 0", "quarter")["billion_usd"]
    assert RIGHT["q3"][:2] == (owed["2018Q4"], round((owed["2017Q4"] - owed["2018Q4"]) / owed["2017Q4"] * 100))
    repaid = event("venezuela-2019-rosneft-repaid")
    assert repaid.date.a0 < venezuela_numbers.LAKE_APPEARED and "2.3 of 4.6 billion" in repaid.text
    assert venezuela_numbers.unreported() == ("2019Q1", "2019Q2") and venezuela_numbers.last_reported() == "2018Q4"
    assert [venezuela_numbers.ended(q) for q in ("2018Q4", "2019Q1", "2019Q2")] == [dt.date(2018, 12, 31), dt.date(2019, 3, 31), dt.date(2019, 6, 30)]


def test_one_event_had_begun_and_was_not_public_and_one_is_dated_to_the_month_alone() -> None:
    assert venezuela_numbers.begun_and_secret() == {"venezuela-2019-secret-talks"}
    hill = event("venezuela-2019-hill-in-moscow")
    assert hill.date.edtf == "2019-04" and hill.known.a0 > dt.date(2019, 4, 2)


# The same answer in other forms


@pytest.mark.parametrize("name", ["Il-62", "IL-62M", "il 62", "Ilyushin Il-62", "the Ilyushin 62 jet", "Il62", "Ilyushin"])
def test_an_aircraft_may_be_written_in_many_ways(name) -> None:
    assert check("not-cargo", name).status == PASS


@pytest.mark.parametrize("form", [4, 4.0, np.int64(4), "4", " 4 ", [4]])
def test_a_count_may_be_of_any_type(form) -> None:
    assert check("no-orders", form).status == PASS


@pytest.mark.parametrize("as_type", [int, float, np.int64, np.float64])
def test_numbers_may_be_of_any_type_of_number(as_type) -> None:
    assert check("q1", *map(as_type, RIGHT["q1"])).status == PASS


def test_means_may_be_exact_or_rounded_to_one_decimal() -> None:
    assert check("q2", 1799 / 5, 161.2 / 5).status == PASS
    assert check("q2", np.float64(359.8), 32.2).status == PASS


@pytest.mark.parametrize("quarters", [("2019Q2", "2019Q1"), {"2019Q1", "2019Q2"}, pd.Series(["2019Q1", "2019Q2"]), np.array(["2019q1", "2019 Q2"]), ["Q1 2019", "q2-2019"],
                                      pd.DataFrame({"quarter": ["2019Q1", "2019Q2"], "billion_usd": [1.8, 1.1]})])  # fmt: skip
@pytest.mark.parametrize("fall", [50, 50.0, -50])
def test_quarters_may_come_in_any_container_and_a_fall_with_its_sign(quarters, fall) -> None:
    assert check("q3", 2.3, fall, quarters).status == PASS


@pytest.mark.parametrize("form", [
    tuple, lambda rows: [list(row) for row in rows], lambda rows: list(reversed(rows)),
    lambda rows: [dict(zip(CELLS, row, strict=False)) for row in rows],
    lambda rows: pd.DataFrame([{**dict.fromkeys(CELLS, ""), **dict(zip(CELLS, row, strict=False))} for row in rows]),
    lambda rows: [(row[0].upper(), *row[1:]) for row in rows], lambda rows: [(*row[:2], row[2].split("; "), *row[3:]) for row in rows]])  # fmt: skip
def test_a_ledger_may_be_tuples_lists_dicts_or_a_table(form) -> None:
    assert check("q4", form(ROWS)).status == PASS


def test_the_table_of_a_ledger_that_was_kept_is_an_answer() -> None:
    book = an.ledger(as_of="2019-04-02")
    book.add(ROWS)
    assert check("q4", book.table).status == PASS


# Partial credit that says for what


def test_the_exercise_tells_the_order_in_which_a_row_is_read() -> None:
    assert CELLS[:4] == ("status", "statement", "source", "change")
    assert "`(status, sentence, source)`" in (LESSON / "exercise.md").read_text(encoding="utf-8")


def test_one_right_number_of_three_earns_its_point_and_names_the_other_two() -> None:
    outcome = check("q1", 21047, None, None)
    assert (outcome.earned, outcome.status) == (1, NOT_YET)
    assert "abroad_2018 adds" in unmet(outcome) and "rise is" in unmet(outcome) and "refugees_2018 counts" not in unmet(outcome)


def test_a_ledger_of_known_things_alone_earns_two_points_and_says_what_is_not_there() -> None:
    outcome = check("q4", ROWS[:2])
    assert outcome.earned == 2
    for kind in ("unclear", "presumed", "a likeness", "a difference"):
        assert f"One row is {kind}" in unmet(outcome)


def test_every_row_at_fault_is_named_under_the_rule_that_it_breaks() -> None:
    outcome = check("q4", [ROWS[0], ("known", "Too short.", ROWS[1][2]), (*ROWS[2][:2], ""), (*ROWS[3][:3], "no"), *ROWS[4:]])
    assert "in 5 different words or more, and no two rows say the same. Look at row 2." in unmet(outcome)
    assert "names its source. Look at row 3." in unmet(outcome) and "change your mind. Look at row 4." in unmet(outcome)
    assert outcome.earned == 2, "one known, one likeness; the difference waits until no row breaks a rule"


def test_a_misspelt_source_is_named_and_told_from_hindsight() -> None:
    misspelt, late = (unmet(check("q4", [(*ROWS[0][:2], id), *ROWS[1:]])) for id in ("venezuela-2019-plane-lands", "venezuela-2019-april-30"))
    assert "is venezuela-2019-planes-land meant?" in misspelt and "public only on" not in misspelt
    assert "public only on 30 April 2019" in late


def test_a_seventh_row_at_fault_must_be_mended_or_taken_out() -> None:
    outcome = check("q4", [*ROWS, ("known", "x")])
    assert (outcome.earned, outcome.status) == (5, NOT_YET) and "1 to mend or take out" in unmet(outcome)
    assert check("q4", [*ROWS, ("unclear", "Whether the second blackout was sabotage.", "venezuela-2019-second-blackout")]).status == PASS


# Evidence: form and date, never agreement


def test_a_ledger_that_we_would_not_have_written_is_accepted_when_it_keeps_the_rules() -> None:
    theirs = [
        ("known", "Washington had listed a Moscow bank for helping PDVSA.", "venezuela-2019-evrofinance"),
        ("known", "The OAS secretariat called the landing unlawful.", "https://www.oas.org/", "", "2019-03-25"),
        ("unclear", "Whether a blackout was neglect or sabotage.", "venezuela-2019-blackout"),
        ("presumed", "Russia will fight for Maduro if it must.", "", "American ships come and no Russian ship does."),
        ("likeness", "In Nicaragua, too, Moscow gave arms on credit.", "nicaragua-1981-soviet-credit; venezuela-2009-arms-loan"),
        ("difference", "The Sandinistas fought the Contras, and Maduro fought no army.", "nicaragua-1982-contra-war-opens; F14"),
    ]
    known = {e.id for e in load().cases["nicaragua"].records}
    theirs[4] = (*theirs[4][:2], f"{'nicaragua-1981-soviet-credit' if 'nicaragua-1981-soviet-credit' in known else 'F20'}; venezuela-2009-arms-loan")
    assert check("q4", theirs).status == PASS


@pytest.mark.parametrize("later", ["venezuela-2019-april-30", "venezuela-2019-secret-talks", "venezuela-2019-hill-in-moscow", "aftermath-2026-maduro-seized"])
def test_evidence_from_after_frolovs_article_is_hindsight(later) -> None:
    outcome = check("q4", [(*ROWS[0][:2], later), *ROWS[1:]])
    assert outcome.earned == 4 and any("nobody could read on 2 April" in hint for hint in outcome.hints)


def test_a_claim_is_no_knowledge_and_may_be_a_presumption() -> None:
    assert "columnist" in unmet(check("q4", [(*ROWS[0][:2], "L03"), *ROWS[1:]]))
    assert check("q4", [(*ROWS[0][:2], "L03; venezuela-2019-planes-land"), *ROWS[1:]]).status == PASS


# The written questions, their rubrics and the two texts of the exercise


@pytest.mark.parametrize("name", ["q5", "q6"])
def test_a_rubric_gives_out_the_points_of_its_question(name) -> None:
    rubric = read_rubrics(LESSON / "rubric.yml")[name]
    assert rubric.points == QUESTIONS[name].points
    for exemplar in (rubric.weak, rubric.strong):
        assert exemplar.mark == rubric.mark(exemplar.levels)


@pytest.mark.parametrize("name", ["q5", "q6"])
def test_the_strong_exemplar_and_the_model_answer_keep_to_the_form(name) -> None:
    exercise = (LESSON / "exercise.md").read_text(encoding="utf-8")
    model = re.search(rf'question="{name}" -->\n<!-- BEGIN SOLUTION -->\n(.*?)<!-- END', exercise, re.S)[1]
    for text in (read_rubrics(LESSON / "rubric.yml")[name].strong.text, model):
        assert unmet(check(name, text)) == ""


def test_the_form_of_a_text_is_looked_at_and_earns_nothing() -> None:
    outcome = check("q5", "Lake is right.")
    assert outcome.earned == 0
    assert "120 to 180 words" in unmet(outcome) and "¶5" in unmet(outcome) and "figure" in unmet(outcome)
    assert "Not found: unclear, presume" in unmet(check("q6", "We know that 100 men came."))


@pytest.mark.parametrize("file", ["lesson.md", "exercise.md", "rubric.yml"])
def test_each_piece_of_evidence_named_in_the_texts_exists(file) -> None:
    known = set(load().series_names) | {e.id for case in load().cases.values() for e in case.records} | set(load().claims["id"])
    text = (LESSON / file).read_text(encoding="utf-8")
    ids = set(re.findall(r"\b(?:syria|venezuela|nicaragua|aftermath)-(?:19|20)\d\d-[a-z0-9-]+", text))
    ids |= set(re.findall(r"\b[FL]\d\d\b", text)) | set(re.findall(r'an\.series\("(\w+)"\)', text))
    assert ids and sorted(ids - known) == []


def test_what_the_model_answers_and_the_strong_texts_name_was_public_on_the_day() -> None:
    """Questions 5 and 6 are of 27 March and 2 April 2019; what the texts say of later years they say as later."""
    exercise = (LESSON / "exercise.md").read_text(encoding="utf-8").split("## Question 5")[1]
    texts = [exercise, *(read_rubrics(LESSON / "rubric.yml")[name].strong.text for name in ("q5", "q6"))]
    for text in texts:
        for id in re.findall(r"venezuela-2019-[a-z0-9-]+", text):
            assert (event(id).known or event(id).date).b1 <= venezuela_numbers.FROLOV_APPEARED, id


def test_each_answer_cell_sets_the_names_that_its_question_reads() -> None:
    exercise = (LESSON / "exercise.md").read_text(encoding="utf-8")
    found = re.findall(r'```python question="(\w+)"\n(.*?)### BEGIN.*?ex\.check\("\1", (.*?)\)', exercise, re.S)
    assert len(found) == 4
    for name, starter, checked in found:
        names = tuple(re.findall(r"^(\w+) = None$", starter, re.M))
        assert names == QUESTIONS[name].answers == tuple(checked.split(", "))


def test_the_lesson_uses_each_quick_check_once() -> None:
    lesson = (LESSON / "lesson.md").read_text(encoding="utf-8")
    used = re.findall(r'ex\.check\("([a-z-]+)", None\)', lesson)
    assert used == [q.id for q in MODULE.QUESTIONS if q.kind == "quick"]


# What the lesson says in words


def prose() -> str:
    return " ".join(re.sub(r"```.*?```", " ", (LESSON / "lesson.md").read_text(encoding="utf-8"), flags=re.S).split())


def test_the_lesson_takes_up_every_claim_that_names_it() -> None:
    claims = load().claims
    named = {row.id for row in claims.itertuples() if SLUG in row.treated}
    assert len(named) > 20 and sorted(id for id in named if id not in prose()) == []
    paragraphs = dict(zip(claims["id"], claims["paragraph"], strict=True))
    placed = re.findall(r"¶(\d+), ((?:[FL]\d\d(?:, )?)+)", prose())
    assert len(placed) > 8
    for paragraph, ids in placed:
        assert {paragraphs[id] for id in ids.split(", ") if id} == {int(paragraph)}, (paragraph, ids)


def test_what_the_lesson_says_of_numbers_follows_from_the_data() -> None:
    orders, people = an.measure.orders("Venezuela").table, an.measure.displaced().table["together"]
    venezuela = table("unhcr_displaced", "country == 'Venezuela'", "year")
    loans = load().series("russian_loans_venezuela")
    visits = [e for e in load().cases["venezuela"].records if "Tu-160" in e.title]
    relations = {
        "Three times the bombers came": len(visits) == 3 and all(e.date.a0.year in (2008, 2013, 2018) for e in visits),
        "an accord in 2001, large orders of arms from 2005, credit from 2008": min(loans["year"]) == 2008 and event("venezuela-2005-first-arms-orders").date.a0.year == 2005,
        "Ten days before a Tuesday is the Saturday": (dt.date(2019, 4, 2) - event("venezuela-2019-planes-land").date.a0).days == 10 and dt.date(2019, 4, 2).weekday() == 1,
        "six days later": (event("venezuela-2019-abrams-s300").date.a0 - event("venezuela-2019-planes-land").date.a0).days == 6,
        "Two days after the column": (event("venezuela-2019-abrams-s300").date.a0 - venezuela_numbers.LAKE_APPEARED).days == 2,
        "By order, 2006 is the great year: 1,784.5 million on SIPRI's scale. By delivery it has 353.": orders["ordered"].idxmax() == 2006
        and tuple(orders.loc[2006]) == (353, 1784.5),
        "wrong by a factor of five": 4.8 < orders.loc[2006, "ordered"] / orders.loc[2006, "delivered"] < 5.2,
        "The last delivery in the table is of 2014, five years before": max(venezuela_numbers.deliveries()) == 2014,
        "The year 2010 in the table belongs to a credit that was announced in September 2009": "Sept 2009" in loans.set_index("year")["note"][2010],
        "half of its advances had come back in 2018": venezuela_numbers.fall("2018Q4") == 50,
        "The last two bars did not exist when he wrote": len(venezuela_numbers.unreported()) == 2,
        "Venezuela has no year of conflict after 1992": load().series("ucdp_conflict_years").query("country == 'Venezuela'")["year"].max() == 1992,
        "by the end of 2019 about 4.5 million": round(people["Venezuela", 2019] / 1e6, 1) == 4.5,
        "the Venezuelans came close to their number": 0.8 < people["Venezuela", 2019] / people["Syria", 2015] < 1,
        "alone gives 93 thousand": round(venezuela.loc[2019, "refugees"] / 1e3) == 93,
        "Four in five of those abroad": round(venezuela.loc[2019, "other_in_need_of_protection"] / people["Venezuela", 2019], 1) == 0.8,
        "On 22 February 2019 two UN agencies had said 3.4 million": "3.4 million" in event("venezuela-2019-un-3-4-million").text,
        "came out on 30 April": event("venezuela-2019-secret-talks").known.edtf == "2019-04-30",
    }  # fmt: skip
    for sentence, holds in relations.items():
        assert sentence in prose(), f"the lesson no longer says: {sentence}"
        assert holds, sentence


def test_what_the_lesson_reads_off_the_grid_of_features_is_in_it() -> None:
    grid = an.features(cases=["venezuela", "syria", "nicaragua"]).pivot(index="dimension", columns="case", values="value")
    same = {name: {other: grid.loc[name, "venezuela"] == grid.loc[name, other] for other in ("syria", "nicaragua")} for name in grid.index}
    assert all(all(same[name].values()) for name in ("client_invited", "duty_to_defend")), "shared with both"
    assert all(same[name]["nicaragua"] and not same[name]["syria"] for name in ("patron_base", "patron_combat_units")), "shared with Nicaragua"
    assert not any(any(same[name].values()) for name in ("armed_conflict", "us_armed_opposition")), "stood alone"


def test_nothing_later_than_the_day_enters_the_ledger_of_the_lesson() -> None:
    """The lesson's own rows keep the rules that it teaches, but for the two that it breaks on purpose."""
    lesson = (LESSON / "lesson.md").read_text(encoding="utf-8")
    book = an.ledger(as_of="2019-04-02")
    calls = re.findall(r"^book\.(?:known|unclear|presumed|likeness|difference)\(.*?\)$", lesson, re.M | re.S)
    assert len(calls) == 7
    for call in calls[:5]:
        eval(call, {"book": book})
    said = book.missing().sentences
    assert len(said) == 2 and "would change your mind" in said[0] and "no difference" in said[1]
    for call in calls[5:]:
        eval(call, {"book": book})
    assert len(book.table) == 6 and "Nothing is missing" in repr(book.missing())


def test_the_brief_has_900_to_1300_words() -> None:
    text = (kit.root() / "readings" / "venezuela-2019.md").read_text(encoding="utf-8")
    assert 900 <= len(re.sub(r"\[@[^\]]+\]|<!--.*?-->", "", text, flags=re.S).split()) <= 1300
