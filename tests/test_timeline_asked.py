"""Arguments and tables: what can be used is used, what cannot gets a sentence that says what to write."""

import datetime as dt
import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from analogies.facts.model import UnknownName
from analogies.timeline import asked, layout, subjects, table, view
from analogies.timeline.asked import AskedError

PAYLOAD = json.loads((Path(__file__).parent / "fixtures" / "timeline" / "views.json").read_text("utf-8"))["payload"]


def iso(number):
    return layout.day_date(number).isoformat()


@pytest.mark.parametrize("value, edtf", [
    ("2015-09-30", "2015-09-30"), (" 2015-09 ", "2015-09"), ("2015-09-30T10:00:00Z", "2015-09-30"), (2015, "2015"),
    (2015.0, "2015"), (np.int64(823), "0823"), (dt.date(2015, 9, 30), "2015-09-30"),
    (dt.datetime(2015, 9, 30, 23, 59), "2015-09-30"), (pd.Timestamp("2015-09-30 10:00"), "2015-09-30"),
    (np.datetime64("2015-09-30T10"), "2015-09-30"), ("1979/..", "1979/..")])
def test_dates_come_in_many_forms(value, edtf):
    assert asked.moment(value).edtf == edtf


@pytest.mark.parametrize("value", [None, float("nan"), pd.NaT, "", "soon", True, 2015.5, 0, 10_000, [2015]])
def test_what_is_not_a_date_is_refused(value):
    with pytest.raises(ValueError):
        asked.moment(value)


def test_a_window_takes_in_both_of_its_ends():
    window = asked.window("2015-07", "2015-09", None, lambda: (0, 1))
    assert [iso(window[0]), iso(window[1])] == ["2015-07-01", "2015-10-01"]
    assert asked.window(None, 1970, None, lambda: (-5, 1)) == [-5, 365]
    assert asked.window(None, None, None, lambda: (0, 1)) is None


def test_a_window_of_two_ends_does_not_look_at_the_events():
    def everything():
        raise AssertionError("every event was looked at")

    assert asked.window("2015", "2016", None, everything) and asked.window(-30, 30, {"a": "a-strikes"}, everything)


def test_with_a_day_0_the_window_is_a_distance():
    align = {"a": "a-strikes"}
    assert asked.window("-2 weeks", 30, align, lambda: (0, 1)) == [-14, 31]
    assert asked.window("\N{MINUS SIGN}6 months", dt.timedelta(days=3), align, lambda: (0, 1)) == [-183, 4]
    with pytest.raises(AskedError, match="distances from day 0, such as '-6 months'"):
        asked.window("2015-09-30", None, align, lambda: (0, 1))


@pytest.mark.parametrize("call, sentence", [
    (lambda: asked.window("2016", "2015", None, lambda: (0, 1)), "give the earlier date first"),
    (lambda: asked.window("2015-13", None, None, lambda: (0, 1)), "since='2015-13': '2015-13' names month 13"),
    (lambda: asked.day("/2015", name="as_of") and asked.day("2015/..", name="as_of", last=True), None),
    (lambda: asked.aligned(PAYLOAD, {"a": "a-strike"}), "the event 'a-strike' is unknown. Did you mean 'a-strikes'"),
    (lambda: asked.aligned(PAYLOAD, {"c": "a-strikes"}), "the case 'c' is unknown"),
    (lambda: asked.aligned(PAYLOAD, {"a": "b-planes"}), "belongs to the case 'b', not to 'a'"),
    (lambda: asked.aligned(PAYLOAD, "a-strikes"), "give the event that is day 0 of each case"),
    (lambda: asked.one_of("lanes", "themes", view.LANES), "Did you mean 'theme'"),
    (lambda: asked.event_id(PAYLOAD, "a-strkes"), "Did you mean 'a-strikes'"),
    (lambda: asked.filters(PAYLOAD, {"theme": ["legal"]}), "the key 'theme' is unknown. Did you mean 'themes'"),
    (lambda: asked.filters(PAYLOAD, {"themes": ["millitary"]}), "in themes, 'millitary' is unknown. Did you mean 'military'"),
    (lambda: asked.filters(PAYLOAD, ["military"]), "expected a dictionary"),
    (lambda: asked.filters(PAYLOAD, {"text": 3}), "'text' is what to search for"),
    (lambda: subjects.payload(()), "needs something to show"),
    (lambda: subjects.payload((3,)), "cannot show int '3'"),
    (lambda: subjects.payload(("syria", "syria")), "given twice")])
def test_what_cannot_be_used_gets_a_sentence(call, sentence):
    if sentence is None:
        call()
        return
    with pytest.raises(AskedError) as caught:
        call()
    assert sentence in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_case_that_does_not_exist_is_named_with_the_nearest():
    with pytest.raises(UnknownName, match="Did you mean 'syria'"):
        subjects.payload(("syrai",))


def test_day_0_is_the_choice_of_the_kit_where_none_is_made():
    assert asked.aligned(PAYLOAD, "day0") == {"a": "a-strikes", "b": "b-planes"}
    assert asked.aligned(PAYLOAD, {"a": "a-basing"}) == {"a": "a-basing", "b": "b-planes"}
    assert asked.aligned(PAYLOAD, None) is None
    bare = {**PAYLOAD, "lists": {**PAYLOAD["lists"], "cases": [{"id": "a", "title": "A", "day0": None}, *PAYLOAD["lists"]["cases"][1:]]}}
    with pytest.raises(AskedError, match="the case 'a' has no day 0 of its own"):
        asked.aligned(bare, "day0")


def test_a_part_of_the_filters_leaves_the_rest_open():
    assert asked.filters(PAYLOAD, {"themes": "legal"}) == {
        "cases": None, "themes": ["legal"], "actors": None, "confidence": None, "text": ""}


def test_any_table_with_a_date_and_a_title_is_a_timeline():
    made = subjects.payload((pd.DataFrame({"date": [2015, 2016], "title": ["One", "Two"], "actors": ["A;B", None]}),))
    assert (made["n"], made["heading"], made["words"]) == (2, "Table", ["2015", "2016"])
    assert [made["lists"]["actors"][i] for i in made["actors"][0]] == ["A", "B"]
    assert made["eras"] == []


def test_a_column_of_datetimes_and_one_of_lists_are_read():
    frame = pd.DataFrame({"date": pd.to_datetime(["2015-09-30 10:00", "2015-10-01 00:00"]), "title": ["One", "Two"],
                          "themes": [["legal"], ("military", "legal")], "known": [None, "2016"]})
    first, second = table.events(frame)
    assert (first.date.edtf, first.known, second.known.edtf) == ("2015-09-30", None, "2016")
    assert (first.themes, second.themes) == (("legal",), ("military", "legal"))


@pytest.mark.parametrize("columns, sentence", [
    ({"Date": [1], "Event": ["x"]}, "missing here: 'date' and 'title'. Found: 'Date', 'Event'. "
                                    "Rename: table.rename(columns={'Date': 'date', 'Event': 'title'})."),
    ({"date": [1]}, "missing here: 'title'"), ({}, "Found: no column.")])
def test_a_table_without_what_is_needed_is_told_what_is_missing(columns, sentence):
    with pytest.raises(AskedError) as caught:
        table.events(pd.DataFrame(columns))
    assert sentence in str(caught.value)


def test_rows_whose_date_cannot_be_read_are_counted_and_named():
    frame = pd.DataFrame({"date": ["2015", "soon", None, *["x"] * 9], "title": ["t"] * 12})
    with pytest.raises(AskedError) as caught:
        table.events(frame)
    assert "11 of 12 rows have no usable date (row 1: " in str(caught.value)
    assert "row 2: the date is blank" in str(caught.value) and "and 6 more" in str(caught.value)


def test_ids_are_invented_from_date_and_title_and_stay_when_rows_move():
    frame = pd.DataFrame({"date": ["2015-09-30", "2016", "2016"], "title": ["Première frappe!", "Same", "Same"]})
    ids = [event.id for event in table.events(frame)]
    assert ids == ["2015-09-30-premiere-frappe", "2016-same", "2016-same-2"]
    assert [event.id for event in table.events(frame.iloc[::-1])] == ["2016-same", "2016-same-2", ids[0]]
    assert table.events(frame, taken={"2016-same"})[1].id == "2016-same-2"


def test_two_rows_with_one_id_are_refused():
    with pytest.raises(AskedError, match="two events have the id 'a'"):
        table.events(pd.DataFrame({"id": ["a", "a"], "date": [2015, 2016], "title": ["x", "y"]}))


def test_a_part_of_the_events_of_a_case_keeps_its_title_and_sources():
    import analogies as an

    events = an.case("syria").events
    part = events[events["date"].str.startswith("2015-09")]
    made = subjects.payload((part,))
    assert made["n"] == len(part) > 3
    assert made["lists"]["cases"][0]["title"] == an.case("syria").title
    assert all(source["text"] != source["key"] for source in made["lists"]["sources"])
    assert made["eras"]


def test_a_link_in_a_table_is_a_link_only_if_it_is_http():
    made = subjects.payload((pd.DataFrame({"date": [2015], "title": ["x"],
                                           "sources": ["javascript:alert(1);https://example.org/a"]}),))
    assert [source["url"] for source in made["lists"]["sources"]] == ["", "https://example.org/a"]
