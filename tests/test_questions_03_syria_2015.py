"""The questions of exercise 3 tell a right answer from each likely wrong one, in whatever form it comes."""

import datetime as dt
import importlib
import re
from statistics import mean, median

import numpy as np
import pandas as pd
import pytest

from analogies import kit
from analogies.check import catalogue
from analogies.check.evidence import evidence_on, public_by
from analogies.check.outcome import NOT_YET, PASS
from analogies.check.questions import syria_marks, syria_numbers
from analogies.check.rubric import read_rubrics
from analogies.check.values import decode, encode
from analogies.facts.load import load
from analogies.methods import measure

SLUG = "03-syria-2015"
MODULE = importlib.import_module("analogies.check.questions.03_syria_2015")
QUESTIONS = catalogue.questions(SLUG)
LESSON = kit.root() / "lessons" / SLUG
RIGHT = MODULE.SOLUTIONS


def check(question: str, *values):
    asked = QUESTIONS[question]
    return asked.check({name: decode(encode(value)) for name, value in zip(asked.answers, values, strict=True)})


def unmet(outcome) -> str:
    return "\n".join(c.message for c in outcome.conditions if not c.met)


# The data tell right from wrong


def deliveries(first: int, last: int) -> pd.Series:
    rows = load().series("sipri_tiv_deliveries").query("recipient == 'Syria' and supplier == 'Russia'")
    return rows.set_index("year")["tiv_million"].reindex(range(first, last + 1))


def test_mean_median_sum_and_mean_of_listed_years_all_differ_in_the_data() -> None:
    for window in (syria_numbers.BEFORE, syria_numbers.AFTER):
        years = deliveries(*window)
        filled = years.fillna(0)
        values = [mean(filled), median(filled), sum(filled)] + ([mean(years.dropna()), median(years.dropna())] if years.isna().any() else [])
        assert len({round(v, 1) for v in values}) == len(values)
    assert deliveries(*syria_numbers.AFTER).isna().sum() == 1, "the question needs a year that the table leaves out"


def test_a_mean_by_year_of_order_is_not_taken_for_one_by_year_of_delivery() -> None:
    ordered = load().series("sipri_tiv_by_order_year").query("recipient == 'Syria'").set_index("order_year")["tiv_million"]
    by_order = [ordered.reindex(range(first, last + 1), fill_value=0).mean() for first, last in (syria_numbers.BEFORE, syria_numbers.AFTER)]
    assert all(abs(one - right) > 1 for one, right in zip(by_order, RIGHT["q2"], strict=True))
    assert check("q2", *by_order).earned == 0


def test_the_model_values_of_question_2_are_those_of_the_table() -> None:
    assert RIGHT["q2"] == (deliveries(2011, 2014).fillna(0).mean(), deliveries(2016, 2019).fillna(0).mean())


def test_the_answers_of_question_2_are_not_printed_in_the_lesson() -> None:
    printed = measure.arms().table["mean a year"].round(1)
    assert not set(RIGHT["q2"]) & set(printed) and {351.4, 46.4} <= set(printed)
    assert check("q2", 351.4, 46.4).earned == 0


def test_a_year_that_the_table_leaves_out_is_zero_in_one_list_and_missing_in_the_other() -> None:
    assert syria_numbers.every_year(2015, 2019)[-1] == 0
    assert len(syria_numbers.listed_years(2015, 2019)) == 4
    assert syria_numbers.every_year(2006, 2006, syria_numbers.ORDERED) == [621.0]


def test_the_numbers_of_question_1_are_read_off_the_series() -> None:
    assert syria_numbers.counts() == {"present": 4000, "served": 63012, "sorties": 39000, "landed": 100}
    assert syria_numbers.campaign_days() == (dt.date(2018, 8, 22) - dt.date(2015, 9, 30)).days


def test_ids_are_read_from_a_table_only_if_it_has_a_column_of_ids() -> None:
    assert syria_marks.ids(pd.DataFrame({"id": [" a "]})) == ["a"]
    assert syria_marks.ids(pd.DataFrame({"title": ["a"]})) is None
    assert syria_marks.ids("a") == ["a"]


def test_question_3_has_one_event_that_happened_and_was_not_public() -> None:
    events = load().cases["syria"].events
    summer = events[(events["start"] >= "2015-07-01") & (events["start"] <= "2015-09-15")]
    assert set(summer["id"]) - set(RIGHT["q3"][0]) == {"syria-2015-basing-agreement"}


# The same answer in other forms


@pytest.mark.parametrize("form", [tuple, set, np.array, pd.Series, pd.Index, lambda ids: list(reversed(ids)), lambda ids: [f" {i} " for i in ids]])
def test_ids_may_come_in_any_order_and_container(form) -> None:
    assert check("q3", form(RIGHT["q3"][0])).status == PASS


def test_ids_may_come_as_rows_of_the_table_of_events() -> None:
    events = load().cases["syria"].events
    assert check("q3", events[events["id"].isin(RIGHT["q3"][0])]).status == PASS


@pytest.mark.parametrize("form", [
    tuple, lambda rows: [list(row) for row in rows], lambda rows: pd.DataFrame(rows, columns=["difference", "syria", "venezuela"])])  # fmt: skip
def test_differences_may_be_tuples_lists_or_a_table(form) -> None:
    assert check("q4", form(RIGHT["q4"][0])).status == PASS


@pytest.mark.parametrize("as_type", [int, float, np.int64, np.float64])
def test_numbers_may_be_of_any_type_of_number(as_type) -> None:
    assert check("q1", as_type(4000), as_type(63012), np.float64(36.9)).status == PASS
    assert check("like-with-like", as_type(4000)).status == PASS


@pytest.mark.parametrize("sorties", [36.9, 36.8969, 37, 39000 / 1057, 39000 / 1058])
def test_sorties_a_day_may_be_rounded_and_may_count_the_first_day(sorties) -> None:
    assert check("q1", 4000, 63012, sorties).status == PASS


@pytest.mark.parametrize("count", [2000, 4000, 2954])
def test_any_count_on_a_day_is_like_the_count_at_caracas(count) -> None:
    assert check("like-with-like", count).status == PASS


# Partial credit that says for what


def test_one_right_number_of_three_earns_its_point_and_names_the_other_two() -> None:
    outcome = check("q1", 4000, None, None)
    assert (outcome.earned, outcome.status) == (1, NOT_YET)
    assert "served is" in unmet(outcome) and "sorties_a_day is" in unmet(outcome) and "present is" not in unmet(outcome)


def test_a_missing_event_is_named_by_its_date_and_never_by_its_id() -> None:
    outcome = check("q3", [i for i in RIGHT["q3"][0] if i != "syria-2015-assad-short-of-men"])
    assert outcome.earned == 2
    assert "2015-07-26" in unmet(outcome) and "assad" not in unmet(outcome).lower()


def test_every_row_at_fault_is_named() -> None:
    war, way, field = RIGHT["q4"][0]
    outcome = check("q4", [war, ("Too short.", *way[1:]), (field[0], "no-such-event", field[2])])
    assert "begins with a sentence of six different words or more, on both countries. Look at row 2." in unmet(outcome)
    assert "evidence on Syria that the kit has. Look at row 3." in unmet(outcome)
    assert outcome.earned == 2, "one sound difference of three"


def test_a_row_of_nonsense_earns_nothing() -> None:
    assert check("q4", [("a", "b", "c")]).earned == 0
    assert check("q4", [("Syria " * 3 + "Venezuela " * 3, *RIGHT["q4"][0][0][1:])]).earned == 0


@pytest.mark.parametrize("sentence", [
    "Syrians were at war with each other, Venezuelans were not.", "Damascus had a front and Caracas had a crowd.",
    "Assad had lost towns to rebels; Maduro held every one."])  # fmt: skip
def test_a_sentence_may_speak_of_the_countries_in_several_ways(sentence) -> None:
    assert check("q4", [(sentence, *RIGHT["q4"][0][0][1:])]).earned == 2


def test_giving_all_events_or_one_alone_earns_no_part_of_question_3() -> None:
    events, public = load().cases["syria"].events, RIGHT["q3"][0]
    assert check("q3", events["id"]).earned == check("q3", public[:1]).earned == check("q3", public[:3]).earned == 0
    assert check("q3", public[:4]).earned == 2, "four of seven is a choice, and all of it could be used"
    assert check("q3", events.query("'2015-07-01' <= date <= '2015-09-30'")["id"]).earned == 2


def test_events_given_whole_are_named_as_such_and_show_nothing_of_our_own_types() -> None:
    records = [e for e in load().cases["syria"].records if e.id in RIGHT["q3"][0]]
    outcome = check("q3", records)
    assert any("Take the id of each" in hint for hint in outcome.hints)
    assert "a value of type Event" in unmet(outcome) and "Unsupported(" not in unmet(outcome)


def test_an_id_in_capitals_is_the_same_id() -> None:
    assert check("still-secret", "Syria-2015-Basing-Agreement").status == PASS


def test_one_difference_three_times_counts_once() -> None:
    war = RIGHT["q4"][0][0]
    assert check("q4", [war, war, (war[0], "distances", "distances")]).earned == 2


def test_a_fourth_row_at_fault_is_named_and_must_be_mended_or_taken_out() -> None:
    outcome = check("q4", [*RIGHT["q4"][0], ("x", "y", "z")])
    assert (outcome.earned, outcome.status) == (4, NOT_YET)
    assert "1 to mend or take out" in unmet(outcome)
    fourth = ("Assad had said that he lacked men; Maduro had begun a new term.", "F11", "venezuela-2019-second-term")
    assert check("q4", [*RIGHT["q4"][0], fourth]).status == PASS


# Evidence: form and date, never agreement


def test_a_difference_that_we_would_not_have_chosen_is_accepted_when_it_has_its_evidence() -> None:
    ours = RIGHT["q4"][0][:2]
    theirs = ("Syria had a base treaty and Venezuela had only a visit.", "syria-2015-letters-to-un", "venezuela-2019-rome-talks")
    assert check("q4", [*ours, theirs]).status == PASS


@pytest.mark.parametrize("later", ["syria-2024-assad-falls", "syria-2020-moscow-ceasefire"])
def test_evidence_from_after_frolovs_article_is_hindsight(later) -> None:
    war, way, field = RIGHT["q4"][0]
    outcome = check("q4", [war, way, (field[0], later, field[2])])
    assert outcome.earned == 4 and any("Neither author could know it" in hint for hint in outcome.hints)


def test_what_became_public_later_is_hindsight_although_it_had_happened() -> None:
    assert not public_by("venezuela-2019-hill-in-moscow", dt.date(2019, 4, 2))
    assert public_by("syria-2015-basing-agreement", dt.date(2019, 4, 2))
    assert not public_by("syria-2015-basing-agreement", dt.date(2015, 12, 31))


def test_evidence_is_sorted_by_country() -> None:
    syria, venezuela = evidence_on("Syria"), evidence_on("Venezuela")
    assert "syria-2015-first-strikes" in syria and "syria-2015-first-strikes" not in venezuela
    assert "pdvsa_debt_to_rosneft" in venezuela and "pdvsa_debt_to_rosneft" not in syria
    assert {"F17", "distances", "deployments", "ucdp_conflict_years"} <= syria.keys() & venezuela.keys()
    assert "F20" not in syria.keys() | venezuela.keys(), "a claim about Nicaragua is evidence on neither"


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
    outcome = check("q5", "Frolov is right.")
    assert outcome.earned == 0
    assert "120 to 180 words" in unmet(outcome) and "¶7" in unmet(outcome) and "figure" in unmet(outcome)


@pytest.mark.parametrize("words", ["¶7", "¶ 7", "paragraph 7", "par. 7"])
def test_a_paragraph_may_be_named_in_several_ways(words) -> None:
    assert "names the paragraph" not in unmet(check("q5", f"In {words} Frolov says ..."))


def test_each_piece_of_evidence_named_in_exercise_and_rubric_exists() -> None:
    known = set(load().series_names) | {e.id for case in load().cases.values() for e in case.records} | set(load().claims["id"])
    for file in ("exercise.md", "rubric.yml", "lesson.md"):
        text = (LESSON / file).read_text(encoding="utf-8")
        ids = set(re.findall(r"\b(?:syria|venezuela)-(?:19|20)\d\d-[a-z0-9-]+", text)) - {SLUG}
        ids |= set(re.findall(r"\b[FL]\d\d\b", text)) | set(re.findall(r'an\.series\("(\w+)"\)', text))
        assert sorted(ids - known) == []


def test_each_answer_cell_sets_the_names_that_its_question_reads() -> None:
    exercise = (LESSON / "exercise.md").read_text(encoding="utf-8")
    for name, starter, checked in re.findall(r'```python question="(\w+)"\n(.*?)### BEGIN.*?ex\.check\("\1", (.*?)\)', exercise, re.S):
        names = tuple(re.findall(r"^(\w+) = None$", starter, re.M))
        assert names == QUESTIONS[name].answers == tuple(checked.split(", "))


def test_the_lesson_uses_each_quick_check_once() -> None:
    lesson = (LESSON / "lesson.md").read_text(encoding="utf-8")
    used = re.findall(r'ex\.check\("([a-z-]+)", None\)', lesson)
    assert used == [q.id for q in MODULE.QUESTIONS if q.kind == "quick"]
