"""The figures and dates of the Syria brief are those of the data; every key that a reading cites is a source."""

import re
from datetime import date
from pathlib import Path

import pytest

from analogies import kit
from analogies.facts.dates import parse
from analogies.facts.load import load
from analogies.facts.tables import series_table

READINGS = kit.root() / "readings"
DATA = Path(load.__code__.co_filename).parents[1] / "data"
MARK = re.compile(r"<!-- data: (.+?) \| (.+?) \| (.+?) -->")
MONTHS = "January February March April May June July August September October November December".split()


def _marks() -> list[tuple[str, str, str, str]]:
    """The words before each mark in its paragraph, the file, the rows, what is held."""
    text = (READINGS / "syria-2015.md").read_text(encoding="utf-8")
    return [(text[: m.start()].rpartition("\n\n")[2], *m.groups()) for m in MARK.finditer(text)]


def _cell(file: str, rows: str, column: str):
    if file == "days":
        first, last = (_event(id) for id in rows.split(" .. "))
        return (last.date.a0 - first.date.a0).days
    chosen = series_table((DATA / f"{file}.csv").read_bytes()).query(rows)
    if summed := re.fullmatch(r"(sum|max)\((\w+)\)", column):
        return getattr(chosen[summed[2]], summed[1])()
    assert len(chosen) == 1, f"{file} | {rows}: expected one row, found {len(chosen)}"
    return chosen[column].item()


def _event(id: str):
    return load().cases[id.split("-")[0]].event(id)


def _words_of(value: str) -> tuple[str, ...]:
    """How an EDTF date may stand in a sentence: any of its parts that the sentence needs."""
    day: date = parse(value).a0
    month = MONTHS[day.month - 1]
    return (f"{day.day} {month} {day.year}", f"{day.day} {month}", f"{month} {day.year}", f"{day.year}", f"{day.month}")


@pytest.mark.parametrize("before, file, rows, held", _marks(), ids=lambda v: str(v)[-60:])
def test_each_marked_figure_of_the_syria_brief_is_in_the_data(before: str, file: str, rows: str, held: str) -> None:
    column, sign, value = re.fullmatch(r"(\S+) ([=~]) (.+)", held).groups()
    found = _cell(file, rows, column)
    if sign == "~":
        assert value in str(found)
    else:
        assert str(found) == value or float(found) == float(value)


@pytest.mark.parametrize("before, file, rows, held", [m for m in _marks() if " = " in m[3]], ids=lambda v: str(v)[-60:])
def test_the_words_before_a_mark_say_what_the_mark_holds(before: str, file: str, rows: str, held: str) -> None:
    value = held.split(" = ")[1]
    tail = MARK.sub("", before)[-45:]
    accepted = (f"{int(value):,}", value) if value.isdigit() else _words_of(value)
    spoken = {"2015-07-24~": "ten days later", "2015-03/2015-05": "spring of 2015", "2024-11-27/2024-12-05": "late November 2024",
              "2016-12-20/2016-12-22": "December 2016"}  # fmt: skip
    assert any(words in tail for words in (*accepted, spoken.get(value, value))), f"{tail!r} does not say {value}"


def test_the_brief_marks_every_figure_of_three_digits_and_more() -> None:
    text = (READINGS / "syria-2015.md").read_text(encoding="utf-8")
    body = text.split("-->", 1)[1]
    for number in re.finditer(r"\b\d{1,3}(,\d{3})+\b", MARK.sub("\x00", body)):
        after = MARK.sub("\x00", body)[number.end() : number.end() + 60]
        assert "\x00" in after, f"{number[0]} has no mark"


def test_the_brief_has_900_to_1300_words() -> None:
    text = (READINGS / "syria-2015.md").read_text(encoding="utf-8")
    prose = re.sub(r"\[@[^\]]+\]|<!--.*?-->", "", text, flags=re.S)
    assert 900 <= len(prose.split()) <= 1300


@pytest.mark.parametrize("name", ["guide-frolov", "guide-lake", "syria-2015"])
def test_every_key_that_a_reading_cites_is_a_source(name: str) -> None:
    text = (READINGS / f"{name}.md").read_text(encoding="utf-8")
    keys = set(re.findall(r"@([A-Za-z0-9]+)", text))
    assert keys, "a reading cites its sources"
    assert sorted(keys - load().sources.keys()) == []


@pytest.mark.parametrize("name, article, last", [("guide-frolov", "frolov", 19), ("guide-lake", "lake", 10)])
def test_a_guide_goes_through_every_paragraph_once_and_in_order(name: str, article: str, last: int) -> None:
    text = (READINGS / f"{name}.md").read_text(encoding="utf-8")
    assert [int(n) for n in re.findall(r"^\*\*¶(\d+)", text, flags=re.M)] == list(range(last + 1))
    assert load().sources[f"{article}2019"].url in text


@pytest.mark.parametrize("name, article", [("guide-frolov", "frolov"), ("guide-lake", "lake")])
def test_a_claim_that_a_guide_corrects_stands_in_that_paragraph(name: str, article: str) -> None:
    text = (READINGS / f"{name}.md").read_text(encoding="utf-8")
    corrected = re.findall(r"^- \*\*¶(\d+).*?\(([FL]\d\d(?:, [FL]\d\d)*)\)\.\*\*", text, flags=re.M)
    assert len(corrected) >= 6
    claims = load().claims.set_index("id")
    for paragraph, ids in corrected:
        for id in ids.split(", "):
            assert claims.loc[id, "article"] == article
            assert claims.loc[id, "paragraph"] == int(paragraph), id
            assert claims.loc[id, "verdict"] != "held up" or id in {"L08", "L25"}, id
