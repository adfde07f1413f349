"""Dates are said in plain English, with their doubt."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_facts_dates import choices, decades, sides, singles, unhurried

from analogies.facts.dates import DateError, in_words, parse


@pytest.mark.parametrize(
    "text, words",
    [
        ("2015-09-30", "30 September 2015"),
        ("1823-12-02", "2 December 1823"),
        ("2015-07", "July 2015"),
        ("2015-07~", "about July 2015"),
        ("1985?", "perhaps 1985"),
        ("1985%", "perhaps about 1985"),
        ("198X", "the 1980s"),
        ("190X", "the decade 1900–1909"),  # "the 1900s" would be read as a century
        ("19XX", "the years 1900–1999"),
        ("0009", "9"),
        ("2019-21", "spring 2019"),
        ("1985-24", "winter 1985–86"),
        ("1985-29", "spring 1985 (southern hemisphere)"),
        ("1985-33", "the first quarter of 1985"),
        ("1985-XX-12", "between 12 January 1985 and 12 December 1985"),
        ("2004-06~-11", "about 11 June 2004"),
        ("1981-03/1988-03", "March 1981 to March 1988"),
        ("1981-03/1981-05", "March to May 1981"),
        ("2015-09-16/2015-09-19", "16 to 19 September 2015"),
        ("2015-09-30/2015-10-02", "30 September to 2 October 2015"),
        ("2015-12-30/2016-01-02", "30 December 2015 to 2 January 2016"),
        ("2015-09-16~/2015-09-19", "about 16 September 2015 to 19 September 2015"),
        ("1985~/1990?", "about 1985 to perhaps 1990"),
        ("1979/1979", "within 1979"),
        ("1979/..", "since 1979"),
        ("1979~/..", "since about 1979"),
        ("1823-12-02/", "from 2 December 1823, end unknown"),
        ("/1823", "until 1823, start unknown"),
        ("../1823", "until 1823"),
        ("[2015-09-16..2015-09-19]", "between 16 and 19 September 2015"),
        ("[2015-08-30..2015-09-02]", "between 30 August and 2 September 2015"),
        ("[1667,1668]", "1667 or 1668"),
        ("[1667,1670..1672]", "1667 or between 1670 and 1672"),
    ],
)
def test_a_date_in_words(text, words):
    assert in_words(parse(text)) == words


@unhurried
@given(singles | decades | choices | st.builds("{}/{}".format, sides, sides))
def test_no_doubt_is_lost_in_words(text):
    try:
        when = parse(text)
    except DateError:
        return
    words = in_words(when)
    assert ("about" in words) == (when.approximate_start or when.approximate_end)
    assert ("perhaps" in words) == (when.uncertain_start or when.uncertain_end)
    assert ("unknown" in words) == ("unknown" in (when.start_kind, when.end_kind))
