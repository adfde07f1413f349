"""What a state shows: filters, "as of", day 0. The same cases are put to the browser's code."""

import datetime as dt
import json
from pathlib import Path

import pytest
from analogies.timeline import layout, view

FIXTURE = json.loads((Path(__file__).parent / "fixtures" / "timeline" / "views.json").read_text(encoding="utf-8"))
PAYLOAD = FIXTURE["payload"]


def day(text):
    return None if text is None else layout.day_number(dt.date.fromisoformat(text))


def state_of(given):
    filters = {**view.state()["filters"], **given.get("filters", {})}
    return view.state(**{**given, "filters": filters, "as_of": day(given.get("as_of"))})


@pytest.mark.parametrize("one", FIXTURE["views"], ids=lambda one: one["name"])
def test_a_view(one):
    shown = view.view(PAYLOAD, state_of(one["state"]))
    ids = [PAYLOAD["id"][i] for i in shown["at"]]
    assert sorted(ids) == sorted(one["ids"])
    for column in ("ends", "relative"):
        for name, ends in one.get(column, {}).items():
            k = ids.index(name)
            expected = ends if column == "relative" else [day(text) for text in ends]
            assert [shown[end][k] for end in ("a0", "a1", "b0", "b1")] == expected, name
    for name, words in one.get("words", {}).items():
        assert shown["words"][ids.index(name)] == words


def test_nothing_that_is_shown_as_of_a_day_lies_after_it():
    for as_of in range(day("1979-01-01"), day("2020-01-01"), 37):
        shown = view.view(PAYLOAD, view.state(as_of=as_of))
        for k in range(len(shown["at"])):
            assert all(end is None or end <= as_of for end in (shown["a0"][k], shown["a1"][k], shown["b0"][k],
                                                               shown["b1"][k]))


def test_an_end_that_nobody_could_know_is_drawn_as_going_on_and_without_its_signs():
    ends, bits, cut = view.end_at([0, 10, 100, 120], layout.INTERVAL | layout.APPROX_START | layout.UNSURE_END, 110)
    assert (ends, bits, cut) == ([0, 10, None, None],
                                 layout.INTERVAL | layout.APPROX_START | layout.OPEN_END, True)
    assert view.end_at([0, 10, 100, 120], layout.INTERVAL, 120) == ([0, 10, 100, 120], layout.INTERVAL, False)


def test_an_interval_without_a_known_start_ends_at_the_day_of_which_one_speaks():
    ends, bits, cut = view.end_at([None, None, 100, 120], layout.INTERVAL | layout.NO_START, 110)
    assert (ends, cut) == ([None, None, 100, 110], True)
    assert bits == layout.INTERVAL | layout.NO_START | layout.OPEN_END


def test_a_start_known_only_roughly_does_not_reach_beyond_the_day_of_which_one_speaks():
    assert view.end_at([0, 364, 500, 600], layout.INTERVAL, 100)[0] == [0, 100, None, None]


def test_eras_are_cut_as_the_events_are():
    shown = {era["id"]: (era["hi"], era["words"]) for era in view.eras(PAYLOAD, view.state(as_of=day("2012-01-01")))}
    assert shown == {"e1": (None, "since 20 January 2009"), "e2": (None, "since March 2011")}


def test_lanes_are_first_themes_cases_or_the_actors_who_come_first_most_often():
    shown = view.view(PAYLOAD, view.state())
    ids = [PAYLOAD["id"][i] for i in shown["at"]]
    titles, of = view.lanes(PAYLOAD, view.state(lanes="theme"), shown)
    assert titles[of[ids.index("a-basing")]] == "Legal"
    assert titles[of[ids.index("b-until")]] == "No theme given"
    titles, of = view.lanes(PAYLOAD, view.state(lanes="case"), shown)
    assert titles[of[ids.index("b-planes")]] == "Case B"
    titles, of = view.lanes(PAYLOAD, view.state(lanes="actor"), shown)
    assert titles[0] == "Beta"
    assert titles[of[ids.index("b-until")]] == "No actor given"
    titles, _ = view.lanes(PAYLOAD, view.state(lanes="actor", align={"a": "a-strikes"}), shown)
    assert titles == ["Case A", "Case B", "No case"]


def test_the_eleventh_actor_shares_a_lane():
    payload = {**PAYLOAD, "actors": [[i] for i in range(12)],
               "lists": {**PAYLOAD["lists"], "actors": [f"actor {i}" for i in range(12)]}}
    titles, of = view.lanes(payload, view.state(lanes="actor"), view.view(payload, view.state()))
    assert titles[10:] == ["Other actors", "No actor given"]
    assert of == [*range(10), 10, 10]


def test_the_frame_of_a_view_takes_in_the_day_as_of_which_it_is_shown_and_a_margin():
    state = state_of({"as_of": "2018-01-01", "filters": {"cases": ["a"]}})
    lo, hi = view.frame(state, view.view(PAYLOAD, state))
    assert lo < day("1980-10-08") and day("2018-01-01") + 1 < hi < day("2020-01-01")
    assert view.frame(state, {name: [] for name in ("a0", "a1", "b0", "b1")})[1] > state["as_of"]


def test_an_event_touches_the_window_if_any_part_of_it_does():
    shown = {"at": [0, 1, 2, 3], "a0": [0, 10, None, 30], "b1": [9, None, 9, 40]}
    assert view.touches(shown, [10, 30]) == [False, True, False, False]
    assert view.touches(shown, [9, 31]) == [True, True, True, True]
    assert view.touches(shown, None) == [True] * 4
