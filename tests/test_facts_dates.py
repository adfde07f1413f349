"""Dates keep what is known and invent nothing."""

from datetime import date as Day

import pytest
from edtf import parse_edtf
from hypothesis import given, settings
from hypothesis import strategies as st

from analogies.facts.dates import PRECISIONS, Date, DateError, parse


unhurried = settings(deadline=None)  # the edtf library is slow on its first date


def bounds(text):
    when = parse(text)
    return when.a0, when.a1, when.b0, when.b1


def test_a_day_is_one_day():
    assert bounds("2015-09-30") == (Day(2015, 9, 30),) * 4
    assert not parse("2015-09-30").interval


@pytest.mark.parametrize(
    "text, first, last, precision",
    [
        ("2015-09", Day(2015, 9, 1), Day(2015, 9, 30), "month"),
        ("1904-02", Day(1904, 2, 1), Day(1904, 2, 29), "month"),
        ("1900-02", Day(1900, 2, 1), Day(1900, 2, 28), "month"),
        ("2015-09-XX", Day(2015, 9, 1), Day(2015, 9, 30), "month"),
        ("1904", Day(1904, 1, 1), Day(1904, 12, 31), "year"),
        ("1904-XX-XX", Day(1904, 1, 1), Day(1904, 12, 31), "year"),
        ("190X", Day(1900, 1, 1), Day(1909, 12, 31), "decade"),
        ("19XX", Day(1900, 1, 1), Day(1999, 12, 31), "century"),
        ("0001", Day(1, 1, 1), Day(1, 12, 31), "year"),
        ("000X", Day(1, 1, 1), Day(9, 12, 31), "decade"),
        ("2019-21", Day(2019, 3, 1), Day(2019, 5, 31), "season"),
        ("1985-34", Day(1985, 4, 1), Day(1985, 6, 30), "season"),
    ],
)
def test_a_single_date_has_the_strict_bounds_of_its_precision(text, first, last, precision):
    assert bounds(text) == (first, last, first, last)
    assert parse(text).precision_start == parse(text).precision_end == precision


def test_winter_runs_into_the_next_year_where_the_library_stops_at_december():
    assert bounds("1985-24")[:2] == (Day(1985, 12, 1), Day(1986, 2, 28))
    assert tuple(parse_edtf("1985-24").upper_strict())[:3] == (1985, 12, 31)


def test_an_uncertain_month_is_not_padded():
    when = parse("2019-03?")
    assert (when.a0, when.b1) == (Day(2019, 3, 1), Day(2019, 3, 31))
    assert when.uncertain_start and when.uncertain_end
    assert not when.approximate_start and not when.approximate_end
    padded = parse_edtf("2019-03?").lower_fuzzy()  # the trap: the library's own range begins a year earlier
    assert tuple(padded)[:2] < (2019, 3)


@pytest.mark.parametrize("text", ["1985%", "1985-04%", "1985-04-12%", "198X%"])
def test_a_per_cent_sign_means_both_uncertain_and_approximate(text):
    when = parse(text)
    assert when.approximate_start and when.approximate_end and when.uncertain_start and when.uncertain_end


def test_an_unknown_end_is_not_invented():
    when = parse("1823-12-02/")
    assert (when.a0, when.a1) == (Day(1823, 12, 2), Day(1823, 12, 2))
    assert (when.b0, when.b1, when.precision_end, when.end_kind) == (None, None, None, "unknown")
    assert tuple(parse_edtf("1823-12-02/").upper_strict())[:3] == (1833, 12, 2)  # the trap: ten years on


def test_an_unknown_start_is_not_invented():
    when = parse("/1823")
    assert (when.a0, when.a1, when.start_kind) == (None, None, "unknown")
    assert (when.b0, when.b1) == (Day(1823, 1, 1), Day(1823, 12, 31))


def test_an_open_end_has_no_bounds_and_is_told_from_an_unknown_one():
    assert bounds("1979/..") == (Day(1979, 1, 1), Day(1979, 12, 31), None, None)
    assert parse("1979/..").end_kind == "open"
    assert parse("1979/").end_kind == "unknown"
    assert parse("../1979").start_kind == "open"


def test_qualifiers_of_an_interval_belong_to_their_own_end():
    when = parse("1985~/1990?")
    assert (when.approximate_start, when.approximate_end) == (True, False)
    assert (when.uncertain_start, when.uncertain_end) == (False, True)


def test_an_interval_has_the_bounds_of_both_ends():
    assert bounds("1981-03/1988-03") == (Day(1981, 3, 1), Day(1981, 3, 31), Day(1988, 3, 1), Day(1988, 3, 31))
    assert parse("1981-03/1988").precision_end == "year"


def test_what_ended_in_march_1904_began_by_then():
    assert bounds("1904/1904-03") == (Day(1904, 1, 1), Day(1904, 3, 31), Day(1904, 3, 1), Day(1904, 3, 31))
    assert bounds("2015-09-19/2015-09") == (Day(2015, 9, 19), Day(2015, 9, 19), Day(2015, 9, 19), Day(2015, 9, 30))


def test_a_choice_of_dates_lies_between_them():
    assert bounds("[2015-09-16..2015-09-19]")[:2] == (Day(2015, 9, 16), Day(2015, 9, 19))
    assert bounds("[1667,1668-12]")[:2] == (Day(1667, 1, 1), Day(1668, 12, 31))
    assert parse("[1667,1668-12]").precision_start == "year"


@pytest.mark.parametrize("text, approximate, uncertain", [("2004-06~-11", True, False), ("2004-?06-11", False, True), ("2004-%06-11", True, True)])
def test_a_qualifier_on_a_part_of_a_date_is_seen(text, approximate, uncertain):
    when = parse(text)
    assert (when.a0, when.precision_start) == (Day(2004, 6, 11), "day")
    assert (when.approximate_start, when.uncertain_start) == (approximate, uncertain)


def test_a_day_of_an_unknown_month_keeps_the_bounds_of_the_library():
    assert bounds("1985-XX-12")[:2] == (Day(1985, 1, 12), Day(1985, 12, 12))
    assert parse("1985-XX-12").precision_start == "year"


@pytest.mark.parametrize(
    "text, says",
    [
        ("2015-02-30", "February 2015 has 28 days"),
        ("1900-02-29", "February 1900 has 28 days"),  # the library takes it for a day
        ("1904-13", "months go from 01 to 12"),
        ("1904-00", "months go from 01 to 12"),
        ("0000", "outside the years 0001 to 9999"),
        ("30/09/2015", "from a spreadsheet"),
        ("30.9.2015", "from a spreadsheet"),
        ("2015/09/30", "from a spreadsheet"),
        ("2015-9-30", "write 2015-09-30"),
        ("1904/1903", "ends before it starts"),
        ("2015-09-19/2015-08", "ends before it starts"),
        ("1904/1905/1906", "more than one '/'"),
        ("/", "neither a start nor an end"),
        ("../..", "neither a start nor an end"),
        ("[1905,1904]", "earlier date first"),
        ("[..1984]", "open choice"),
        ("1823/[1824,1825]", "choice of dates inside an interval"),
        ("", "blank"),
        (" 1904", "space"),
        ("-0044", "not a date"),
        ("Y12345", "not a date"),
        ("{1960,1961}", "not a date"),
        ("1985-04-12T10:00:00", "not a date"),
        ("2015-09-3X", "not a date"),
        ("1985?~", "not a date"),
        ("about 1904", "not a date"),
        ("٢٠١٥", "not a date"),
        (None, "a date is text"),
        (2015, "a date is text"),
    ],
)
def test_what_is_not_a_date_is_refused_with_a_sentence(text, says):
    with pytest.raises(DateError) as refused:
        parse(text)
    assert says in str(refused.value)
    assert isinstance(refused.value, ValueError)


def test_a_refused_date_prints_nothing(capfd):
    for text in ("/..", "1985-05-1X", "nonsense"):
        with pytest.raises(DateError):
            parse(text)
    assert capfd.readouterr() == ("", "")


days = st.dates(min_value=Day(1, 1, 1))
singles = st.builds(
    lambda day, cut, mark: day.isoformat()[:cut] + mark, days, st.sampled_from([4, 7, 10]), st.sampled_from(["", "?", "~", "%"])
)
decades = st.builds(lambda n, mark: f"{n:03}X{mark}", st.integers(1, 999), st.sampled_from(["", "?", "~"]))


@unhurried
@given(singles | decades)
def test_single_dates_agree_with_the_edtf_library(text):
    ours, theirs = parse(text), parse_edtf(text)
    assert (ours.a0.timetuple()[:3], ours.b1.timetuple()[:3]) == (tuple(theirs.lower_strict())[:3], tuple(theirs.upper_strict())[:3])
    if not text.endswith("%"):  # where the library reports neither
        assert (ours.approximate_start, ours.uncertain_start) == (bool(theirs.is_approximate), bool(theirs.is_uncertain))


@unhurried
@given(singles, singles)
def test_closed_intervals_agree_with_the_edtf_library(left, right):
    text = f"{left}/{right}"
    try:
        ours = parse(text)
    except DateError:
        assert parse(right).b1 < parse(left).a0
        return
    theirs = parse_edtf(text)
    assert (ours.a0.timetuple()[:3], ours.b1.timetuple()[:3]) == (tuple(theirs.lower_strict())[:3], tuple(theirs.upper_strict())[:3])


sides = singles | decades | st.sampled_from(["", "..", "1985-24", "2004-06~-11", "19XX"])
choices = st.builds(lambda one, other: f"[{min(one, other)}..{max(one, other)}]", days.map(str), days.map(str))


@unhurried
@given(singles | decades | choices | st.builds("{}/{}".format, sides, sides))
def test_bounds_are_never_inverted_and_kinds_fit_them(text):
    try:
        when = parse(text)
    except DateError:
        return
    assert isinstance(when, Date) and str(when) == text
    for lo, hi, kind, precision in ((when.a0, when.a1, when.start_kind, when.precision_start), (when.b0, when.b1, when.end_kind, when.precision_end)):
        assert (lo is None) == (hi is None) == (kind != "closed") == (precision is None)
        assert lo is None or (lo <= hi and precision in PRECISIONS)
    if when.a0 and when.b0:
        assert when.a0 <= when.b0 and when.a1 <= when.b1
    if not when.interval:
        assert (when.a0, when.a1) == (when.b0, when.b1)


@unhurried
@given(st.text(max_size=30) | st.text("0123456789X-/.?~%[],{}Y ", max_size=20))
def test_any_text_is_a_date_or_a_dateerror(text):
    try:
        parse(text)
    except DateError as refused:
        assert "\n" not in str(refused) or "\n" in text
