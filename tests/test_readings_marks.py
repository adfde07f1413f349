"""The figures and dates of the two essays and the glossary are those of the data, and no figure stands unsupported.

A mark is an invisible comment after the words that it holds:

    data: FILE | ROWS | COLUMN = VALUE     the cell of the one row that ROWS, a pandas query, selects
    data: FILE | ROWS | COLUMN ~ WORDS     these words stand in that cell
    sum(COLUMN), min, max, count           over all selected rows
    mean(COLUMN by WEIGHT)                 weighted over the selected rows
    ROWS / ROWS, ROWS - ROWS               the ratio, the difference of two cells

The cell is rounded, half up, to as many decimals as VALUE is written with.
"""

import re
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pandas as pd
import pytest

from analogies import kit
from analogies.facts.dates import parse
from analogies.facts.load import load
from analogies.facts.tables import series_table

READINGS = kit.root() / "readings"
DATA = Path(load.__code__.co_filename).parents[1] / "data"
MARKED = ("coding-claims", "historical-analogy", "measuring-claims", "glossary", "nicaragua-1980s", "venezuela-2019")
MARK = re.compile(r"<!-- data: (.+?) \| (.+?) \| (.+?) -->")
KEYS = re.compile(r"\[@[^\]]+\]")
MONTHS = "January February March April May June July August September October November December".split()
SMALL = {"0": "never", "1": "once"}


def _text(name: str) -> str:
    """A reading without the comment at its head, which explains the marks."""
    return (READINGS / f"{name}.md").read_text(encoding="utf-8").split("-->", 1)[1]


def _marks() -> list[tuple[str, str, str, str, str]]:
    """The reading, the words before each mark in its paragraph, the file, the rows, what is held."""
    return [(name, MARK.sub("", _text(name)[: m.start()].rpartition("\n\n")[2]), *m.groups())
            for name in MARKED for m in MARK.finditer(_text(name))]  # fmt: skip


def _rows(file: str, query: str) -> pd.DataFrame:
    chosen = series_table((DATA / f"{file}.csv").read_bytes()).query(query)
    assert len(chosen) or "south_america == 'yes'" in query, f"{file} | {query}: no row"
    return chosen


def _one(file: str, query: str, column: str):
    chosen = _rows(file, query)
    if weighted := re.fullmatch(r"mean\((\w+) by (\w+)\)", column):
        values, weights = chosen[weighted[1]], chosen[weighted[2]]
        return (values * weights).sum() / weights.sum()
    if over := re.fullmatch(r"(sum|min|max|count)\((\w+)\)", column):
        return getattr(chosen[over[2]], over[1])()
    assert len(chosen) == 1, f"{file} | {query}: expected one row, found {len(chosen)}"
    return chosen[column].item()


def _cell(file: str, rows: str, column: str):
    for sign in (" / ", " - "):
        if sign in rows:
            first, second = (_one(file, query, column) for query in rows.split(sign))
            return first / second if sign == " / " else first - second
    return _one(file, rows, column)


def _spoken(value: str) -> set[str]:
    """The ways in which a value may stand in a sentence."""
    if re.fullmatch(r"-?\d+(\.\d+)?", value) and not re.fullmatch(r"(1[89]|20)\d\d", value):
        whole = f"{int(value):,}" if value.isdigit() else value
        return {value, whole, SMALL.get(value, value), f"{float(value) * 100:.0f} per cent"}
    when = parse(value)
    day, month = when.a0, MONTHS[when.a0.month - 1]
    return {"day": {f"{day.day} {month} {day.year}"}, "month": {f"{month} {day.year}"}, "year": {f"{day.year}"}}[when.precision_start]


def _said(value: str, before: str) -> bool:
    """Whether the words before a mark end with the value, be it with a unit or two after it."""
    tail = before[-60:].replace("*", "")
    return any(re.search(rf"(?<![\d.,]){re.escape(words)}(?![\d]|[.,]\d)\W*(\w+\W*){{0,2}}$", tail) for words in _spoken(value))


@pytest.mark.parametrize("name, before, file, rows, held", _marks(), ids=lambda v: str(v)[-50:])
def test_each_marked_figure_is_in_the_data(name: str, before: str, file: str, rows: str, held: str) -> None:
    column, sign, value = re.fullmatch(r"(.+?) ([=~]) (.+)", held).groups()
    found = _cell(file, rows, column)
    if sign == "~":
        assert value in str(found)
    elif isinstance(found, str):
        assert found == value
    else:
        places = Decimal(1).scaleb(-len(value.partition(".")[2]))
        assert Decimal(str(found)).quantize(places, ROUND_HALF_UP) == Decimal(value)


@pytest.mark.parametrize("name, before, file, rows, held", [m for m in _marks() if " = " in m[4]], ids=lambda v: str(v)[-50:])
def test_the_words_before_a_mark_say_what_the_mark_holds(name: str, before: str, file: str, rows: str, held: str) -> None:
    value = held.split(" = ")[1]
    assert _said(value, before), f"{name}: {before[-60:]!r} does not say {value}"


@pytest.mark.parametrize("name, before, file, rows, held",
                         [m for m in _marks() if re.search(r"date ~ \d{4}", m[4])], ids=lambda v: str(v)[-50:])  # fmt: skip
def test_a_date_in_an_interval_is_said_as_the_mark_has_it(name: str, before: str, file: str, rows: str, held: str) -> None:
    day = parse(held.split(" ~ ")[1]).a0
    said = re.search(rf"(?:(\d{{1,2}}) )?(?:({'|'.join(MONTHS)}) ?)?(\d{{4}})?$", before)
    assert any(said.groups()), before[-60:]
    for part, true in zip(said.groups(), (f"{day.day}", MONTHS[day.month - 1], f"{day.year}"), strict=True):
        assert part in (None, true), before[-60:]


def _sentences(name: str) -> list[str]:
    """Sentences of the body, marks as a sign, without headings, rules and what follows *See also*."""
    body = MARK.sub("\x00", _text(name)).split("*See also:*")[0]
    blocks = [block for block in re.split(r"\n\s*\n", body) if not re.match(r"\s*(#|<a |\||Jump to)", block)]
    return [s for block in blocks for s in re.split(r"(?<=[.?!:;])\s+(?=[A-Z*“])", block.strip())]


def _without_numbers_of_ours(sentence: str) -> str:
    """Paragraph numbers, lesson numbers, list numbers, code and links hold no fact about the world."""
    return re.sub(r"`[^`]*`|\]\([^)]*\)|¶\d+|\blesson \d+|(?m:^\s*\d+\.(\s|$))", "", sentence)


def test_every_number_of_measuring_claims_has_a_mark_or_a_source_in_its_sentence() -> None:
    """Years alone may stand; every other number has its own mark behind it or a key in the sentence."""
    for sentence in _sentences("measuring-claims"):
        for number in re.finditer(r"(?<![\w.,])\d[\d.,]*\d|(?<![\w.,])\d(?![\w])", _without_numbers_of_ours(sentence)):
            after = _without_numbers_of_ours(sentence)[number.end() : number.end() + 22]
            year = re.fullmatch(r"(1[89]|20)\d\d", number[0])
            assert year or "\x00" in after or KEYS.search(sentence), f"{number[0]} in {sentence!r}"


def test_comparisons_drawn_from_the_figures_hold() -> None:
    """What measuring-claims says in words about numbers that stand beside them."""
    tiv, votes = "series/sipri_tiv_deliveries", "series/unga_agreement"
    venezuela = _one(tiv, "recipient == 'Venezuela' and 2006 <= year <= 2014", "sum(tiv_million)")
    assert 4.5 < venezuela / _one(tiv, "supplier == 'Soviet Union' and recipient == 'Nicaragua'", "sum(tiv_million)") < 5.5
    above = [_one(votes, f"iso3 == '{iso}' and partner == 'RUS' and {a} <= year <= {b}", "mean(agreement_percent by n_votes)")
             - _one("series/unga_agreement_median", f"partner == 'RUS' and year_from == {a}", "median_agreement_percent")
             for iso, a, b in (("NIC", 1980, 1989), ("VEN", 2013, 2019))]  # fmt: skip
    assert abs(above[0] - above[1]) < 1.5, "almost equally close, measured from the middle"
    people = _rows("series/deployments", "unit == 'persons'").set_index(["case", "date"])["value"]
    assert round(people["syria", "2015-09-30/2018-08-22"] / people["venezuela", "2019-03-23"], -2) == 600
    assert round(people["syria", "2018-03-18"] / people["venezuela", "2019-03-23"], -1) == 30
    direct = _one("series/us_interventions_coatsworth", "mode == 'direct'", "count(year)")
    assert 1 / 7 < 1 - 0.05 ** (1 / direct) < 3 / direct < 1 / 5, "about one in six, by the exact bound and by the rule of three"
    points = load().series("unga_ideal_points").set_index(["iso3", "year"])["ideal_point"]
    assert points["VEN", 2019] < points["VEN", 1999] < points["RUS", 2019] < points["USA", 2019], "Venezuela moved, and away"
    assert abs(points["RUS", 2019] - points["RUS", 1999]) < 0.3 < points["VEN", 1999] - points["VEN", 2019]


def test_the_nine_years_between_the_first_strikes_and_the_fall_of_assad_are_nine() -> None:
    first, last = (load().cases["syria"].event(id).date.a0 for id in ("syria-2015-first-strikes", "syria-2024-assad-falls"))
    assert (last - first).days // 365 == 9
    assert "for nine years" in _text("historical-analogy")
