"""The widget: what Python and the page tell each other."""

import datetime as dt
import json
import time

import analogies as an
import pandas as pd
import pytest
import traitlets
from analogies.timeline import Timeline, layout, view
from analogies.timeline.asked import AskedError


def table(number=3):
    return pd.DataFrame({"id": [f"e{i}" for i in range(number)], "date": [f"{2000 + i % 20}-03-{1 + i % 28:02d}" for i in range(number)],
                         "title": [f"Event {i}" for i in range(number)],
                         "themes": [("military", "legal")[i % 2] for i in range(number)]})


@pytest.fixture
def sent(monkeypatch):
    """The names of the traits that were sent to the page, and how many characters they took."""
    messages = []
    monkeypatch.setattr(Timeline, "send_state", lambda self, key=None: messages.append(
        (key, len(json.dumps(self.get_state(key), default=str)))))
    return messages


def test_a_case_opens_whole_and_knows_its_eras_and_sources():
    one = an.timeline("syria")
    assert one.payload["n"] == len(an.case("syria").records) == len(one.visible)
    assert one.payload["eras"] and all(source["text"] for source in one.payload["lists"]["sources"])
    assert one.state == view.state()
    assert one.report == []


def test_since_and_until_are_where_one_looks():
    one = an.timeline("syria", since="2015-07-01", until="2015")
    assert one.window == (dt.date(2015, 7, 1), dt.date(2015, 12, 31))
    assert 5 < len(one.visible) < 45
    assert all("2015" in words or "since" in words or "to" in words for words in one.visible["words"])


def test_two_cases_are_laid_over_each_other_from_their_day_0():
    one = an.timeline("syria", "venezuela", align="day0", since="-6 months", until="6 months")
    zero = one.visible.set_index("id")["days"]
    for case, event in one.align.items():
        assert zero[event] == 0 and an.case(case).day0 == event
    assert one.window == (-183, 183)


def test_the_basing_agreement_disappears_as_of_the_month_in_which_it_was_secret():
    one = an.timeline("syria", as_of="2015-09")
    assert one.as_of == dt.date(2015, 9, 30)
    assert "syria-2015-first-strikes" in set(one.visible["id"])
    assert "syria-2015-basing-agreement" not in set(one.visible["id"])
    one.as_of = None
    assert "syria-2015-basing-agreement" in set(one.visible["id"])


def test_a_mistyped_argument_is_an_error_with_the_nearest_one():
    with pytest.raises(TypeError, match=r"no argument sinse=\. Did you mean since=\?"):
        an.timeline("syria", sinse="2015")
    with pytest.raises(AskedError, match="Did you mean 'theme'"):
        an.timeline("syria", lanes="thmes")
    with pytest.raises(AskedError, match="whole number of pixels"):
        an.timeline("syria", height="high")
    with pytest.raises(AskedError, match="Did you mean 'syria-2015-first-strikes'"):
        an.timeline("syria", selected="syria-2015-first-strike")


def test_what_is_done_in_the_page_is_seen_in_python():
    one = an.timeline(table())
    one.set_state({"state": {**one.state, "selected": "e1", "filters": {"themes": ["military"]},
                             "window": [layout.day_number(dt.date(2000, 1, 1)), layout.day_number(dt.date(2002, 1, 1))]}})
    assert one.selected == "e1"
    assert one.filters == {"cases": None, "themes": ["military"], "actors": None, "confidence": None, "text": ""}
    assert one.window == (dt.date(2000, 1, 1), dt.date(2001, 12, 31))
    assert list(one.visible["id"]) == ["e0"]


def test_what_is_set_in_python_reaches_the_page_as_state_alone(sent):
    one = an.timeline(table(2_000))
    sent.clear()
    begin = time.process_time()
    one.selected = "e7"
    one.window = ("2001", "2003-05")
    one.filters = {"themes": "legal", "text": "event"}
    one.lanes = "case"
    one.as_of = "2010"
    one.align = {"table": "e3"}
    took = time.process_time() - begin
    assert {name for name, _ in sent} == {"state"} and len(sent) == 6
    assert max(size for _, size in sent) < 1_000
    assert took / 6 < 0.1
    assert one.state["align"] == {"table": "e3"} and one.window[0] < 0


@pytest.mark.parametrize("name, value, sentence", [
    ("selected", "e9", "the event 'e9' is unknown"), ("window", "2015", "give a pair"), ("window", ("2016", "2015"), "earlier date first"),
    ("filters", {"themes": ["legl"]}, "Did you mean 'legal'"), ("lanes", "x", "Known: 'theme', 'case', 'actor'"),
    ("as_of", "soon", "as_of='soon'"), ("align", {"table": "e9"}, "the event 'e9' is unknown")])
def test_what_cannot_be_set_is_refused_and_changes_nothing(name, value, sentence):
    one = an.timeline(table())
    before = dict(one.state)
    with pytest.raises(AskedError) as caught:
        setattr(one, name, value)
    assert sentence in str(caught.value) and one.state == before


def test_the_filters_that_one_gets_are_a_copy():
    one = an.timeline(table())
    one.filters["text"] = "changed"
    assert one.filters["text"] == ""


def test_a_theme_of_the_page_that_does_not_exist_is_refused():
    with pytest.raises(traitlets.TraitError):
        an.timeline(table()).theme = "pink"


def test_own_events_made_in_the_page_are_saved_and_visible(tmp_path, monkeypatch):
    monkeypatch.delenv("ANALOGIES_PROGRESS")
    path = tmp_path / "mine.csv"
    one = an.timeline(table(), notes=path)
    assert one.payload["notes_file"] == "mine.csv" and one.notes == []
    one.set_state({"notes": [{"id": "own-a", "date": "2000-05", "title": "Mine"}, {"id": "own-b", "date": "x", "title": "Bad"}]})
    assert "own-a,,2000-05,Mine" in path.read_text()
    assert list(one.visible.query("own")["id"]) == ["own-a"]
    assert len(one.report) == 1 and "“Bad” is kept, but not drawn" in one.report[0]
    one.selected = "own-a"
    again = an.timeline(table(), notes=path, selected="own-a")
    assert [note["id"] for note in again.notes] == ["own-a", "own-b"] and again.report == one.report
    again.notes = [note for note in again.notes if note["id"] == "own-b"]
    assert "own-a" not in path.read_text() and not again.visible["own"].any()


def test_opening_a_timeline_writes_nothing(tmp_path, monkeypatch):
    monkeypatch.delenv("ANALOGIES_PROGRESS")
    path = tmp_path / "mine.csv"
    an.timeline(table(), notes=path)
    assert not path.exists()
    path.write_text("date,title\n2000,Mine\n")
    one = an.timeline(table(), notes=path)
    assert path.read_text() == "date,title\n2000,Mine\n" and one.visible["own"].sum() == 1


def test_an_own_event_never_takes_the_id_of_another():
    one = an.timeline(table())
    one.notes = [{"id": "e1", "date": "2000", "title": "Mine"}]
    assert [note["id"] for note in one.notes] == ["own-1"] and len(one.visible) == 4


def test_a_notes_file_that_cannot_be_read_is_reported_in_the_page(tmp_path):
    (tmp_path / "mine.csv").write_bytes(b"\xff\xfe")
    assert "could not be read" in an.timeline(table(), notes=tmp_path / "mine.csv").report[0]


def test_the_bundle_has_the_live_view_the_picture_and_a_constant_text():
    one = an.timeline(table())
    data, metadata = one._repr_mimebundle_()
    assert set(data) == {"application/vnd.jupyter.widget-view+json", "text/html", "image/png", "text/plain"}
    assert data["text/plain"] == repr(one) == "Timeline: Table, 3 events"
    assert metadata["image/png"]["alt"].startswith("Timeline of Table: 3 events, 1 March 2000 to 3 March 2002")
    again = an.timeline(table())._repr_mimebundle_()[0]
    assert {key: data[key] for key in ("text/html", "image/png")} == {key: again[key] for key in ("text/html", "image/png")}


def test_the_page_that_is_asked_for_by_message_is_sent():
    one = an.timeline(table())
    answers = []
    one.send = answers.append
    one._handle_custom_msg({"type": "html"}, [])
    one._handle_custom_msg({"type": "other"}, [])
    assert len(answers) == 1 and answers[0]["html"].startswith("<!doctype html>")


def test_a_timeline_saves_what_it_shows(tmp_path):
    one = an.timeline(table(), since="2001")
    assert pd.read_csv(one.save(tmp_path / "t.csv"))["id"].tolist() == ["e1", "e2"]
    assert one.save(str(tmp_path / "t.html")).stat().st_size > 10_000


def test_the_payload_is_plain_json():
    one = an.timeline("syria", "venezuela", "monroe")
    json.dumps(one.payload, allow_nan=False)
