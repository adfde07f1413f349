"""The timeline explorer in a page without a kernel: every feature by mouse and by keyboard alone."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator

import pytest
from timeline_page import Explorer, small_payload

sync_api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed (extra: test)")
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed (extra: test)")
expect = sync_api.expect
OWN = {"id": "own-1", "event": "", "date": "2015-09~", "title": "Mine", "case": "a", "theme": "military", "text": "Why then?"}


@pytest.fixture
def explorer(browser, tmp_path) -> Iterator[Explorer]:
    opened = Explorer(browser, tmp_path)
    yield opened
    opened.close()


def rows_of(file) -> list[dict]:
    """The rows of a downloaded CSV."""
    return list(csv.DictReader(file.read_text(encoding="utf-8").splitlines()))


def many(n: int) -> dict:
    """The small payload, repeated and moved in time until it has n events."""
    small, copies = small_payload(), range(n)
    payload = {**small, "n": n}
    for name, values in small.items():
        if isinstance(values, list) and len(values) == small["n"]:
            payload[name] = [values[i % small["n"]] for i in copies]
    payload["id"] = [f"e{i}" for i in copies]
    payload["title"] = [f"{small['title'][i % small['n']]} #{i}" for i in copies]
    for name in ("a0", "a1", "b0", "b1", "public"):
        payload[name] = [None if day is None else day + 17 * (i // small["n"]) for i, day in enumerate(payload[name])]
    return payload


# --- moving about ------------------------------------------------------------------------------------------------

def test_arrow_keys_reach_every_event_and_say_which(explorer):
    explorer.to_drawing()
    heard = [explorer.live]
    for _ in range(11):
        explorer.keys("ArrowRight")
        heard.append(explorer.live)
    assert [text.split(" of 12, ")[0] for text in heard] == [str(i) for i in range(1, 13)]
    assert {title for text in heard for title in small_payload()["short"] if f", {title}," in text} == set(small_payload()["short"])
    explorer.keys("ArrowRight")
    assert explorer.live.startswith("12 of 12, ")


def test_home_end_and_the_arrows_up_and_down_move_within_and_across_lanes(explorer):
    explorer.to_drawing()
    assert explorer.live.endswith("Military")
    explorer.keys("End")
    assert "Two planes" in explorer.live or "23 March 2019" in explorer.live
    explorer.keys("ArrowDown")
    assert explorer.live.endswith("Diplomatic")
    explorer.keys("ArrowUp", "Home")
    assert explorer.live.startswith("1 of 12, ")
    explorer.keys("Control+End")
    assert explorer.live.startswith("12 of 12, ")


def test_the_reading_order_can_be_by_time(explorer):
    explorer.to_drawing()
    explorer.keys("o", "Control+Home")
    assert explorer.live.startswith("1 of 12, 8 October 1980") and explorer.live.endswith("Diplomatic")
    explorer.keys("ArrowRight")
    assert explorer.live.startswith("2 of 12, perhaps the 1990s") and explorer.live.endswith("Military")
    explorer.button("Lanes").click()
    explorer.page.get_by_label("Arrow keys and table go").select_option("lane")
    assert explorer.live == "Reading order: by lane."


def test_buttons_keys_wheel_and_drag_move_the_window(explorer):
    seen = [explorer.window]

    def moved(what):
        now = explorer.window
        assert now != seen[-1], what
        seen.append(now)

    for name in ("Zoom in", "Earlier", "Later", "Zoom out", "Fit all"):
        explorer.button(name).click()
        moved(name)
    explorer.to_drawing()
    for key in ("+", "PageUp", "PageDown", "-", "f", "0"):
        explorer.keys(key)
        moved(key)
    box = explorer.page.locator(".an-drawing").bounding_box()
    explorer.page.mouse.move(box["x"] + 500, box["y"] + 150)
    explorer.page.mouse.wheel(0, -400)
    moved("wheel")
    explorer.page.mouse.wheel(200, 0)
    moved("wheel sideways")
    explorer.page.mouse.down()
    explorer.page.mouse.move(box["x"] + 300, box["y"] + 150, steps=4)
    explorer.page.mouse.up()
    moved("drag")
    strip = explorer.page.locator(".an-strip").bounding_box()
    explorer.page.mouse.click(strip["x"] + strip["width"] * 0.3, strip["y"] + 15)
    moved("overview")


def test_two_fingers_zoom(browser, tmp_path):
    explorer = Explorer(browser, tmp_path, touch=True)
    before, box = explorer.window, explorer.page.locator(".an-drawing").bounding_box()
    touch = explorer.context.new_cdp_session(explorer.page)
    y = box["y"] + 120

    def fingers(kind, *xs):
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": box["x"] + x, "y": y, "id": i} for i, x in enumerate(xs)]})

    fingers("touchStart", 450, 550)
    for spread in (20, 60, 120, 200):
        fingers("touchMove", 450 - spread, 550 + spread)
    fingers("touchEnd")
    years = [[int(y) for y in re.findall(r"\d{4}", text)] for text in (before, explorer.window)]
    assert years[1][0] > years[0][0] and years[1][1] < years[0][1]
    explorer.close()


def test_a_period_is_typed_and_a_wrong_one_is_answered(explorer):
    explorer.to_drawing()
    explorer.keys("p")
    explorer.keys("Control+a")
    explorer.page.keyboard.type("2015-09")
    explorer.keys("Tab", "Control+a")
    explorer.page.keyboard.type("soon")
    explorer.keys("Enter")
    assert "“soon” is no date: write 2015, 2015-09 or 2015-09-30." in explorer.text(".an-panel-period")
    explorer.keys("Control+a")
    explorer.page.keyboard.type("2015-10")
    explorer.keys("Enter")
    assert explorer.window == "1 September 2015 to 1 November 2015"
    explorer.keys("Escape")
    assert "an-drawing" in explorer.focus


# --- filters -----------------------------------------------------------------------------------------------------

def test_filters_by_mouse_narrow_what_is_shown(explorer):
    explorer.button("Filter").click()
    panel = explorer.page.locator(".an-panel-filter")
    panel.get_by_label("Case B").uncheck()
    assert explorer.shown == 7
    panel.get_by_role("button", name="None of: Themes").click()
    assert explorer.shown == 0
    panel.get_by_label("military", exact=True).check()
    assert explorer.shown == 4
    panel.get_by_label("high").uncheck()
    panel.get_by_role("button", name="None of: Actors").click()
    assert explorer.shown == 0
    panel.get_by_role("button", name="Remove all filters").click()
    assert explorer.shown == 12


def test_filters_by_keyboard_alone(explorer):
    explorer.to_drawing()
    explorer.keys("/")
    explorer.page.keyboard.type("guaido sworn")
    assert explorer.shown == 1
    explorer.keys("Control+a", "Delete")
    assert explorer.shown == 12
    explorer.tab_to("Case A")
    explorer.keys("Space")
    assert explorer.shown == 5
    assert explorer.live == "5 of 12 events shown."
    explorer.tab_to("economic")
    explorer.keys("Space")
    assert explorer.shown == 3  # neither the one that is economic, nor the one that has no theme
    explorer.keys("Escape")
    assert "an-drawing" in explorer.focus
    explorer.keys("End")
    assert " of 3, " in explorer.live


def test_the_toolbar_is_one_tab_stop_and_its_buttons_open_by_keyboard(explorer):
    explorer.to_drawing()
    explorer.keys("Shift+Tab", "ArrowLeft")
    assert explorer.page.evaluate("document.activeElement.textContent") == "Help"
    explorer.keys("Enter")
    assert "first, last event of the lane" in explorer.text(".an-panel-help")
    assert explorer.button("Help").get_attribute("aria-expanded") == "true"
    explorer.keys("Escape")
    assert not explorer.page.locator(".an-panel-help").is_visible()
    explorer.keys("?")
    assert explorer.page.locator(".an-panel-help").is_visible()


def test_lanes_can_be_cases_and_actors(explorer):
    explorer.to_drawing()
    explorer.keys("v")
    explorer.page.get_by_label("Lanes by").select_option("case")
    assert explorer.page.locator(".an-drawing").get_attribute("aria-label") == "Timeline of 12 events in 2 lanes"
    explorer.page.get_by_label("Lanes by").select_option("actor")
    explorer.keys("Escape", "Control+Home")
    assert explorer.live.endswith("Beta")  # most events name Beta first


# --- day 0 and as of ---------------------------------------------------------------------------------------------

def test_day_0_by_mouse_compares_the_cases_at_the_same_distance(explorer):
    explorer.button("Day 0").click()
    explorer.button("Compare from day 0").click()
    assert "Day 0: Case A, 30 September 2015; Case B, 23 March 2019." in explorer.text(".an-banner")
    explorer.click("Guaidó is sworn in")
    detail = explorer.text(".an-detail")
    assert "59 days before day 0" in detail
    row = explorer.page.locator(".an-detail tbody tr").inner_text()
    assert row.startswith("Case A") and "A reported visit (about 2 months before day 0)" in row and "A basing agreement (35 days before day 0)" in row
    explorer.button("Table").click()
    assert "−59 days" in explorer.text(".an-panel-table")
    explorer.page.locator(".an-banner").get_by_role("button", name="Back to calendar dates").click()
    assert not explorer.page.locator(".an-banner").is_visible()


def test_day_0_by_keyboard_alone(explorer):
    explorer.to_drawing()
    explorer.keys("d")
    explorer.tab_to("Compare from day 0")
    explorer.keys("Enter", "Escape")
    assert "about" in explorer.window and "before day 0" in explorer.window
    explorer.keys("Control+Home")
    assert explorer.live.endswith("Case A")
    for _ in range(12):
        explorer.keys("ArrowRight")
        if "First strikes" in explorer.live:
            break
    assert "on day 0" in explorer.live
    explorer.keys("Enter")
    assert "an-detail" in explorer.focus
    assert "The other cases at the same distance: on day 0" in explorer.text(".an-detail")


def test_another_event_becomes_day_0_from_its_detail(explorer):
    explorer.click("Protests begin")
    explorer.button("Use as day 0 of Case A").click()
    assert "Case A, March 2011" in explorer.text(".an-banner")


def test_as_of_hides_what_was_not_public_and_says_so(explorer):
    explorer.button("As of").click()
    field = explorer.page.get_by_label("Show only what was public by")
    field.fill("2015-10-01")
    explorer.button("Set").click()
    assert explorer.shown == 9
    assert "As of 1 October 2015: only what was public by then; 3 events are hidden." in explorer.text(".an-banner")
    explorer.button("Table").click()
    table = explorer.text(".an-panel-table")
    assert "A basing agreement" not in table and "Guaidó" not in table
    assert "since about 2012" in table and "June 2017" not in table  # an end that nobody could know
    explorer.button("A month later").click()
    assert "As of 1 November 2015" in explorer.text(".an-banner")
    explorer.page.locator(".an-banner").get_by_role("button", name="Show everything").click()
    assert explorer.shown == 12


def test_as_of_by_keyboard_alone_and_a_wrong_date_is_answered(explorer):
    explorer.to_drawing()
    explorer.keys("a")
    explorer.page.keyboard.type("2.4.2019")
    explorer.keys("Enter")
    assert "“2.4.2019” is no date" in explorer.text(".an-panel-asof")
    explorer.keys("Control+a")
    explorer.page.keyboard.type("2019-01")
    explorer.keys("Enter")
    assert explorer.live == "As of 31 January 2019: 11 events."
    explorer.tab_to("Show everything")
    explorer.keys("Enter")
    assert explorer.live == "All dates are shown."


# --- detail and table --------------------------------------------------------------------------------------------

def test_detail_by_mouse_gives_date_actors_sources_and_dispute(explorer):
    explorer.click("Protests begin")
    detail = explorer.text(".an-detail")
    for part in ("Protests begin", "March 2011", "Crowds", "high", "The day is disputed."):
        assert part in detail
    explorer.button("Close").click()
    assert not explorer.page.locator(".an-detail").is_visible()


def test_detail_by_keyboard_opens_with_enter_and_closes_with_escape(explorer):
    explorer.to_drawing()
    explorer.keys("ArrowRight", "Enter")
    assert "an-detail" in explorer.focus
    explorer.keys("Escape")
    assert "an-drawing" in explorer.focus
    assert not explorer.page.locator(".an-detail").is_visible()


def test_a_link_is_only_http_or_https_and_leaks_nothing(browser, tmp_path):
    payload = small_payload()
    payload["lists"]["sources"] = [{"key": "bad", "text": "Bad", "url": "javascript:alert(1)"}, {"key": "good", "text": "Good", "url": "https://example.org/a"}]
    payload["sources"] = [[0, 1]] * payload["n"]
    explorer = Explorer(browser, tmp_path, payload)
    explorer.click("Protests begin")
    links = explorer.page.locator(".an-detail a")
    assert links.count() == 1
    assert (links.get_attribute("href"), links.get_attribute("rel")) == ("https://example.org/a", "noopener noreferrer")
    explorer.close()


def test_the_table_holds_the_same_events_a_page_at_a_time(browser, tmp_path):
    explorer = Explorer(browser, tmp_path, many(120))
    explorer.to_drawing()
    explorer.keys("t")
    assert "Events 1 to 50 of 120" in explorer.text(".an-panel-table")
    explorer.button("Later rows").click()
    explorer.button("Later rows").click()
    assert "Events 101 to 120 of 120" in explorer.text(".an-panel-table")
    first = explorer.page.locator(".an-panel-table tbody .an-link").first
    title = first.inner_text()
    first.focus()
    explorer.keys("Enter")
    assert title in explorer.text(".an-detail")
    explorer.keys("Escape")
    assert "an-drawing" in explorer.focus
    explorer.close()


def test_a_box_that_cannot_be_opened_further_opens_the_table_at_its_first_event(browser, tmp_path):
    payload = {**many(400), "a0": [16000] * 400, "a1": [16000] * 400, "b0": [16000] * 400, "b1": [16000] * 400, "flags": [0] * 400, "pa": [0] * 400}
    explorer = Explorer(browser, tmp_path, payload, state={"window": [15998, 16003]})
    for _ in range(3):
        explorer.click("choose to look closer")
        if explorer.page.locator(".an-panel-table").is_visible():
            break
    assert explorer.page.locator(".an-panel-table tr.an-chosen").count() == 1
    assert explorer.text(".an-detail")
    explorer.close()


def test_a_counted_box_opens_on_a_click(browser, tmp_path):
    explorer = Explorer(browser, tmp_path, many(3000))
    before = explorer.window
    explorer.click("choose to look closer")
    assert explorer.window != before
    assert explorer.page.evaluate("document.querySelectorAll('.analogies-timeline *').length") < 700
    explorer.close()


def test_the_legend_says_what_the_letters_of_bands_stand_for_and_what_each_sign_means(browser, tmp_path):
    explorer = Explorer(browser, tmp_path, width=380)
    said = [entry.inner_text() for entry in explorer.page.locator(".an-legend li").all()]
    assert "A: First presidency (2009\u20132017)" in said and "dot: a day" in said
    assert explorer.page.locator(".an-legend svg[aria-hidden=true]").count() == len([text for text in said if not re.match("[A-Z]+: ", text)])
    explorer.close()


# --- the student's own layer ---------------------------------------------------------------------------------------

def test_own_events_are_added_edited_and_deleted_by_mouse(explorer):
    explorer.button("My events").click()
    panel = explorer.page.locator(".an-panel-notes")
    panel.get_by_label("Title").fill("My event")
    panel.get_by_label("Date (").fill("soon")
    explorer.button("Keep").click()
    assert "“soon” cannot be read: write 2015" in panel.inner_text()
    panel.get_by_label("Date (").fill("2015-09-15~")
    panel.get_by_label("Theme").select_option("legal")
    explorer.button("Keep").click()
    assert explorer.shown == 13
    assert "your own event" in explorer.text(".an-legend")
    explorer.click("My event")
    assert "about 15 September 2015" in explorer.text(".an-detail")
    explorer.button("Edit your event").click()
    panel.get_by_label("Title").fill("My better event")
    explorer.button("Keep").click()
    assert "My better event" in panel.inner_text()
    rows = rows_of(explorer.download("Download as CSV"))
    assert [(row["title"], row["date"], row["theme"]) for row in rows] == [("My better event", "2015-09-15~", "legal")]
    panel.get_by_role("button", name="Edit: My better event").click()
    explorer.button("Delete").click()
    assert explorer.shown == 12


def test_an_own_event_and_a_remark_by_keyboard_alone(explorer):
    explorer.to_drawing()
    explorer.keys("n")
    explorer.page.keyboard.type("Typed")
    explorer.keys("Tab")
    explorer.page.keyboard.type("2016/..")
    explorer.keys("Enter")
    assert explorer.shown == 13
    explorer.keys("Escape", "ArrowRight", "Enter")
    explorer.tab_to("Add a remark")
    explorer.keys("Enter")
    explorer.page.keyboard.type("Look again")
    explorer.tab_to("Keep")
    explorer.keys("Enter")
    assert "Look again" in explorer.text(".an-panel-notes")
    assert explorer.shown == 13


# --- what leaves the page ----------------------------------------------------------------------------------------

def test_pictures_and_table_leave_the_page(explorer):
    explorer.to_drawing()
    explorer.keys("s")
    assert explorer.download("Picture (PNG)").read_bytes().startswith(b"\x89PNG")
    svg = explorer.download("Picture (SVG)").read_text(encoding="utf-8")
    assert svg.startswith("<svg") and "First strikes" in svg and "12 of 12 events" in svg
    rows = rows_of(explorer.download("Events shown (CSV)"))
    assert sorted(row["id"] for row in rows) == sorted(small_payload()["id"])


def test_the_saved_page_is_alive_and_holds_the_readers_own_events(browser, tmp_path):
    explorer = Explorer(browser, tmp_path, notes=[OWN], state={"as_of": 17987})
    explorer.button("Save").click()
    saved = tmp_path / "saved.html"
    saved.write_bytes(explorer.download("Page that works alone (HTML)").read_bytes())
    explorer.open(saved)
    assert "As of 1 April 2019" in explorer.text(".an-banner")
    assert explorer.page.locator(".analogies-timeline").count() == 1
    explorer.click("Mine")
    assert "Why then?" in explorer.text(".an-detail")
    explorer.close()


# --- everyone, and nobody's tricks -------------------------------------------------------------------------------

@pytest.mark.parametrize(("width", "scheme"), [(1000, "light"), (1000, "dark"), (380, "light"), (380, "dark")])
def test_axe_finds_nothing_whatever_is_open(browser, tmp_path, width, scheme):
    explorer = Explorer(browser, tmp_path, notes=[OWN], width=width, scheme=scheme, state={"as_of": 18000})
    explorer.click("Protests begin")
    explorer.button("Table").click()
    for name in ("Filter", "Period", "Lanes", "Day 0", "As of", "My events", "Save", "Help"):
        explorer.button(name).click()
        found = axe.Axe().run(explorer.page, context=".analogies-timeline").response["violations"]
        assert [(v["id"], v["nodes"][0]["html"][:200]) for v in found] == [], f"{name} open"
        assert explorer.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{name} is wider than the page"
    explorer.close()


def test_targets_are_at_least_24_pixels_and_focus_is_seen(explorer):
    explorer.button("Filter").click()
    small = explorer.page.evaluate("""[...document.querySelectorAll(".analogies-timeline .an-button, .analogies-timeline input, .analogies-timeline select, .an-tick")]
      .filter(e => e.offsetParent).map(e => [e.outerHTML.slice(0, 90), e.getBoundingClientRect()]).filter(([, r]) => r.height < 24 || r.width < 24).map(([h]) => h)""")
    assert small == []
    explorer.keys("Escape")
    assert "an-drawing" in explorer.focus
    assert explorer.page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_markup_in_the_data_stays_text(browser, tmp_path):
    payload = small_payload()
    evil = '<img src=x onerror="window.hacked=1"></script><script>window.hacked=1</script>'
    for name in ("title", "short", "text", "words", "disputed", "known_words"):
        payload[name] = [f"{evil} {i}" for i in range(payload["n"])]
    payload["title"][0] = "<b>" + "long " * 2000
    payload["lists"]["actors"] = [f"{evil}{i}" for i, _ in enumerate(payload["lists"]["actors"])]
    payload["lists"]["cases"] = [{**case, "title": evil} for case in payload["lists"]["cases"]]
    payload["lists"]["themes"] = [f"{evil}{i}" for i, _ in enumerate(payload["lists"]["themes"])]
    explorer = Explorer(browser, tmp_path, payload, notes=[{**OWN, "title": evil, "text": evil}])
    explorer.to_drawing()
    explorer.keys("Control+End", "Enter", "Escape", "t")
    for name in ("Filter", "Day 0", "My events"):
        explorer.button(name).click()
    explorer.page.locator(".an-panel-table .an-link").first.click()
    assert "<img src=x onerror" in explorer.text(".an-detail")
    assert explorer.page.evaluate("window.hacked") is None
    assert explorer.page.locator(".analogies-timeline :is(img, script)").count() == 0
    assert explorer.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    explorer.close()


def test_an_empty_timeline_says_so(browser, tmp_path):
    payload = {name: [] if isinstance(value, list) else value for name, value in small_payload().items()} | {"n": 0}
    explorer = Explorer(browser, tmp_path, payload)
    explorer.to_drawing()
    explorer.keys("ArrowRight", "t", "+", "0")
    assert explorer.shown == 0
    assert "No event is shown." in explorer.text(".an-panel-table")
    explorer.close()


def test_a_big_file_keeps_the_page_light(browser, tmp_path):
    explorer = Explorer(browser, tmp_path, many(10_000))
    assert explorer.shown == 10_000
    assert explorer.page.evaluate("document.querySelectorAll('.analogies-timeline *').length") <= 700
    explorer.to_drawing()
    explorer.keys("Control+End")
    assert explorer.live.startswith("10000 of 10000, ")
    explorer.close()


def test_what_the_page_carries_is_the_payload_it_was_given(explorer):
    carried = json.loads(explorer.page.locator("#analogies-timeline-traits").text_content())
    assert carried["payload"]["id"] == small_payload()["id"]
