"""A date or a number in the prose of a lesson is one that the data or a reading has."""

import re
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from analogies import kit
from analogies.facts.load import load

LESSONS = kit.root() / "lessons"
DATA = Path(load.__code__.co_filename).parents[1] / "data"
MONTHS = "January February March April May June July August September October November December".split()
SOURCES = sorted(LESSONS.glob("*/lesson.md"))


@cache
def known() -> str:
    """All tables and readings as one text: dates in ISO form or in words, numbers with or without commas."""
    tables = [file.read_text(encoding="utf-8") for file in sorted(DATA.rglob("*.csv"))]
    readings = [file.read_text(encoding="utf-8") for file in sorted((kit.root() / "readings").glob("*.md"))]
    return "\n".join(tables + readings)


def prose(file: Path) -> str:
    """The Markdown of a lesson without front matter, code and the examples between backquotes."""
    text = file.read_text(encoding="utf-8").split("---\n", 2)[2]
    return re.sub(r"```.*?```|`[^`\n]*`", " ", text, flags=re.S)


@pytest.mark.parametrize("file", SOURCES, ids=lambda f: f.parent.name)
def test_each_day_named_in_a_lesson_is_in_the_data(file: Path) -> None:
    for day, month, year in re.findall(rf"\b(\d{{1,2}}) ({'|'.join(MONTHS)}) (\d{{4}})", prose(file)):
        iso = date(int(year), MONTHS.index(month) + 1, int(day)).isoformat()
        if iso == "2015-09-15":  # the day that lesson 3 chose to look back from
            continue
        assert iso in known() or f"{day} {month} {year}" in known(), f"{day} {month} {year}"


@pytest.mark.parametrize("file", SOURCES, ids=lambda f: f.parent.name)
def test_each_large_number_in_a_lesson_is_in_the_data(file: Path) -> None:
    for number in re.findall(r"\b\d{1,3}(?:,\d{3})+\b", prose(file)):
        assert re.search(rf"\b({number}|{number.replace(',', '')})\b", known()), number


def test_what_lesson_3_says_of_numbers_follows_from_the_data() -> None:
    """Sentences of the lesson that put a relation into words, each with the relation."""
    lesson = " ".join(prose(LESSONS / "03-syria-2015" / "lesson.md").split())
    count = load().series("deployments").query("case == 'syria' and unit == 'persons'")["value"]
    km = load().series("distances").set_index(["origin", "destination"])["km"]
    tiv = load().series("sipri_tiv_deliveries").set_index(["recipient", "supplier"])
    syria, venezuela = (tiv.loc[(name, "Russia")].set_index("year")["tiv_million"] for name in ("Syria", "Venezuela"))
    nicaragua = tiv.loc[("Nicaragua", "Soviet Union")].set_index("year")["tiv_million"]
    ucdp = load().series("ucdp_conflict_years")
    years = {name: set(rows["year"]) for name, rows in ucdp.groupby("country")}
    relations = {
        "The largest is more than thirty times the smallest": count.max() / count.min() > 30,
        "Caracas is four times as far from Moscow as Damascus is": 3.9 < km["Moscow", "Caracas"] / km["Moscow", "Damascus"] < 4.1,
        "only a third as far from Washington": 0.3 < km["Washington", "Caracas"] / km["Washington", "Damascus"] < 0.37,
        "Managua is farther from Moscow than Caracas, and nearer to Washington": km["Moscow", "Managua"] > km["Moscow", "Caracas"]
        and km["Washington", "Managua"] < km["Washington", "Caracas"],
        "far more to Venezuela than the Soviet Union ever did to Sandinista Nicaragua": venezuela.sum() > 3 * nicaragua.sum(),
        "the table has no delivery after 2014": venezuela.index.max() == 2014,
        "about an eighth of those in the five years before": 0.11 < syria.loc[2015:2019].sum() / syria.loc[2010:2014].sum() < 0.14,
        "Syria had been at war since 2011": set(range(2011, 2016)) <= years["Syria"],
        "in every year from 1982 to 1990": set(range(1982, 1991)) <= years["Nicaragua"],
        "Venezuela has none in the table after 1992": max(years["Venezuela"]) == 1992,
    }  # fmt: skip
    for sentence, holds in relations.items():
        assert sentence in lesson, f"the lesson no longer says: {sentence}"
        assert holds, sentence
