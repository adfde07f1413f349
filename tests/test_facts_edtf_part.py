"""One side of a date: what our patterns read and what the edtf library reads agree, but for its known traps."""

import pytest
from edtf import parse_edtf

from analogies.facts.edtf_part import SEASON_MONTHS, DateError, members, parse_part


def library(text):
    found = parse_edtf(text)
    return tuple(found.lower_strict())[:3], tuple(found.upper_strict())[:3]


def ours(text):
    part = parse_part(text)
    return part.lo.timetuple()[:3], part.hi.timetuple()[:3]


@pytest.mark.parametrize(
    "text", ["1985-XX", "1985-XX-XX", "1985-01-XX", "1985-XX-12", "15XX-12-25", "20XX-03", "2004-06~-11", "2004-?06-11", "~2004", "190X~", "19XX?", "[1667,1672]", "[2015-09-16..2015-09-19]"]
)  # fmt: skip
def test_the_rarer_forms_agree_with_the_library(text):
    assert ours(text) == library(text)


@pytest.mark.parametrize("code", [21, 22, 23, 33, 34, 35, 36])
def test_seasons_and_quarters_agree_with_the_library(code):
    assert ours(f"1985-{code}") == library(f"1985-{code}")


def test_every_season_code_has_a_length_of_whole_months():
    for code, (first, last) in SEASON_MONTHS.items():
        part = parse_part(f"1985-{code}")
        assert part.precision == "season" and (part.lo.month, part.hi.month) == (first, last)
        assert 80 < (part.hi - part.lo).days < 185


def test_a_day_that_never_was_is_refused_though_the_library_takes_it():
    assert library("1900-02-29") == ((1900, 2, 29), (1900, 2, 29))
    for text in ("1900-02-29", "1900-02~-29"):
        with pytest.raises(DateError):
            parse_part(text)


def test_the_members_of_a_choice_keep_their_order():
    assert members("[1667, 1670..1672]") == ["1667", "1670", "1672"]
