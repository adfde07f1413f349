"""The codebook: sections and their entries, read as people write them."""

import pytest

from analogies.facts.codebook import check_series, cited_keys, read_codebook
from analogies.facts.desk import Desk
from analogies.facts.model import Source

BOOK = """# Codebook
Words before any section.

## `arms`
- unit: million
  of something
- **Licence:** free

More words.
- not an entry

## votes
- unit: votes
"""


def read(text):
    desk = Desk(sources={"known1": Source("known1", "misc", "", "T")})
    return read_codebook(text.encode("utf-8"), "CODEBOOK.md", desk), desk


def test_sections_hold_their_entries_even_over_two_lines():
    book, desk = read(BOOK)
    assert desk.faults == []
    assert list(book) == ["arms", "votes"]
    assert book["arms"].entries == {"unit": "million of something", "licence": "free"}
    assert (book["arms"].line, book["arms"].lines["licence"]) == (4, 7)
    assert "More words." in book["arms"].text and "Words before" not in book["arms"].text


def test_a_section_that_stands_twice_is_named():
    _, desk = read(BOOK + "## arms\n")
    assert [(f.line, f.column) for f in desk.faults] == [(14, "arms")]


@pytest.mark.parametrize(
    "line, keys",
    [
        ("known1", ["known1"]),
        ("known1; other2", ["known1", "other2"]),
        ("the yearbook [@known1], page 3", ["known1"]),
        ("Singer, Bremer and Stuckey 1972", []),
        ("each row names its own", []),
        ("", []),
    ],
)
def test_a_source_line_names_keys_or_a_citation_in_words(line, keys):
    assert cited_keys(line) == keys


def series(content, book=None):
    desk = Desk(sources={"known1": Source("known1", "misc", "", "T")})
    check_series(desk, content.encode(), "arms", "series/arms.csv", book, "CODEBOOK.md")
    return [(f.line, f.column) for f in desk.faults]


def test_dates_in_a_series_are_edtf():
    assert series("date,value\n1989-12~,5\n") == []
    assert series("date,value\n1989-12,5\nDec 1989,5\n") == [(3, "date")]


def test_a_column_of_words_may_hold_a_number():
    assert series("note,value\nmany,1\nfew,2\n7,3\n") == []


def test_a_series_without_rows_is_named():
    assert series("year,value\n") == [(0, "")]


def test_the_sources_of_a_series_are_looked_up():
    assert series("year,sources\n1989,known1\n1990,known1;other2\n") == [(3, "sources")]
