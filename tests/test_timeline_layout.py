"""The layout: dates become days, events columns, spans rows; nothing is invented and nothing inverted."""

import datetime as dt
import json
import time
from pathlib import Path
from types import SimpleNamespace

import pytest
from analogies.facts import dates
from analogies.facts.model import Event
from analogies.timeline import layout, rows, view
from hypothesis import given
from hypothesis import strategies as st

FIXTURES = Path(__file__).parent / "fixtures" / "timeline"
DATES = json.loads((FIXTURES / "dates.json").read_text(encoding="utf-8"))["dates"]
VIEWS = json.loads((FIXTURES / "views.json").read_text(encoding="utf-8"))


def event(id="x", date="2015-09-30", **more):
    known = more.pop("known", None)
    fields = {"case": "c", "short": "", "title": "Something", "text": "", **more}
    return Event(id=id, date=dates.parse(date), known=dates.parse(known) if known else None, **fields)


def days(texts):
    return [None if text is None else layout.day_number(dt.date.fromisoformat(text)) for text in texts]


@pytest.mark.parametrize("one", DATES, ids=lambda one: one["edtf"])
def test_a_date_has_the_bounds_flags_and_words_that_the_browser_gives_it_too(one):
    columns = layout.date_columns([dates.parse(one["edtf"])])
    assert [columns[name][0] for name in ("a0", "a1", "b0", "b1")] == days(one["bounds"])
    assert columns["flags"] == [one["flags"]]
    assert columns["words"] == [one["words"]]


def test_the_stored_payload_is_what_the_layout_makes_of_its_events():
    events = [event(e["id"], e["date"], case=e["case"], short=e["short"], title=e["title"], text=e["text"],
                    known=e.get("known"), actors=tuple(e["actors"]), themes=tuple(e["themes"]),
                    sources=tuple(e.get("sources", ())), confidence=e["confidence"], disputed=e.get("disputed", ""))
              for e in VIEWS["events"]]
    eras = [SimpleNamespace(**{**era, "date": dates.parse(era["date"])}) for era in VIEWS["eras"]]
    made = layout.payload(events, eras=eras, cases=[SimpleNamespace(**case) for case in VIEWS["cases"]],
                          heading="Case A and Case B",
                          source=lambda key: {"key": key, "text": "Author, “Title”, 2015.", "url": "https://example.org/"})
    assert json.loads(json.dumps(made)) == VIEWS["payload"]


def test_days_are_counted_from_1970_in_the_proleptic_gregorian_calendar():
    assert [layout.day_number(dt.date(*d)) for d in ((1970, 1, 1), (1969, 12, 31), (1582, 10, 15), (1, 1, 1))] == [
        0, -1, -141427, -719162]
    assert layout.day_date(-141428) == dt.date(1582, 10, 14)


def test_events_come_in_order_of_start_whatever_order_they_are_given_in():
    made = layout.payload([event("b", "2015-10-01"), event("until", "/2001"), event("a", "2015-09-30")])
    assert made["id"] == ["until", "a", "b"]


def test_an_event_becomes_public_when_it_is_known_and_not_before_it_can_have_happened():
    def public(date, known=None):
        return layout.day_date(layout.payload([event(date=date, known=known)])["public"][0]).isoformat()

    assert public("2015-08-26") == "2015-08-26"
    assert public("2015-08-26", "2016-01") == "2016-01-31"
    assert public("2015-09") == "2015-09-30"
    assert public("2015", "2015-03-02") == "2015-03-02"
    assert public("2015-08-26", "2015-01") == "2015-08-26"
    assert public("2014/2016") == "2014-12-31"
    assert public("/2001-05-02") == "2001-05-02"


def test_two_events_with_one_id_are_refused_by_name():
    with pytest.raises(ValueError, match="two events have the id 'x'"):
        layout.payload([event("x"), event("x")])


def test_themes_have_a_fixed_order_and_actors_the_order_of_their_number():
    made = layout.payload([event("1", themes=("rhetoric", "odd"), actors=("B",)),
                           event("2", themes=("military",), actors=("A", "B"))])
    assert made["lists"]["themes"] == ["military", "rhetoric", "odd"]
    assert made["lists"]["actors"] == ["B", "A"]
    assert made["themes"] == [[1, 2], [0]]


def test_an_era_concerns_the_cases_that_it_names_or_all():
    made = layout.payload([event()], eras=[
        SimpleNamespace(id="all", date=dates.parse("2001/2009"), title="All", kind="war", cases=()),
        SimpleNamespace(id="ours", date=dates.parse("2005/.."), title="Ours", kind="war", cases=("c",)),
        SimpleNamespace(id="theirs", date=dates.parse("2005/.."), title="Theirs", kind="war", cases=("d",))])
    assert [(era["id"], era["cases"], era["row"]) for era in made["eras"]] == [("all", [], 0), ("ours", [0], 1)]
    assert made["eras"][1]["hi"] is None


def test_a_long_text_is_cut_at_a_word_and_says_so():
    assert layout.clip("a\n b   c", 10) == "a b c"
    assert layout.clip("Russia opens an air corridor", 16) == "Russia opens an…"
    assert layout.clip("x" * 50, 10) == "x" * 9 + "…"


spans = st.lists(st.tuples(st.integers(-1000, 1000), st.integers(0, 300)), max_size=60)


@given(spans)
def test_no_two_spans_on_a_row_share_a_day_and_no_row_is_wasted(given_spans):
    lo, hi = [a for a, _ in given_spans], [a + length for a, length in given_spans]
    row = rows.pack(lo, hi)
    for i in range(len(lo)):
        for j in range(i):
            assert row[i] != row[j] or hi[i] < lo[j] or hi[j] < lo[i]
    deepest = max((sum(a <= day <= b for a, b in zip(lo, hi)) for day in lo), default=0)
    assert max(row, default=-1) + 1 == deepest


@given(st.dates(), st.dates(), st.sampled_from(["{}", "{}~", "{}?", "{}/..", "{}/", "../{}", "/{}", "{}/{}", "{}~/{}?"]),
       st.sampled_from([10, 7, 4]), st.sampled_from([10, 7, 4]))
def test_the_bounds_of_a_date_are_never_inverted(one, two, form, cut, cut_too):
    first, last = sorted((one, two))
    text = form.format(*(day.isoformat()[:width] for day, width in ((first, cut), (last, cut_too))))
    columns = {name: values[0] for name, values in layout.date_columns([dates.parse(text)]).items()}
    known = [columns[name] for name in ("a0", "a1") if columns[name] is not None]
    ends = [columns[name] for name in ("b0", "b1") if columns[name] is not None]
    assert known == sorted(known) and ends == sorted(ends)
    if known and ends:
        assert known[0] <= ends[-1] and known[0] <= ends[0] and known[-1] <= ends[-1]


def many(number):
    return [event(f"e{i}", f"{1800 + i % 220:04d}-{1 + i % 12:02d}-{1 + i % 28:02d}", title=f"Event {i}",
                  themes=(layout.THEMES[i % 6],), actors=(f"Actor {i % 50}",)) for i in range(number)]


def test_two_thousand_events_are_laid_out_before_one_notices():
    events = many(2_000)
    layout.payload(events)
    begin = time.process_time()
    layout.payload(events)
    assert time.process_time() - begin < 0.1


def test_a_hundred_thousand_events_are_laid_out_in_seconds():
    events = many(100_000)
    begin = time.process_time()
    made = layout.payload(events)
    view.view(made, view.state(filters={**view.state()["filters"], "text": "event"}))
    assert time.process_time() - begin < 8  # about 2 s on a quiet core
