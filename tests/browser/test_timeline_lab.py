"""The timeline explorer in JupyterLab, where Python and the page tell each other what is done."""

from __future__ import annotations

import csv

import nbformat
import pytest

expect = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed (extra: test)").expect
pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed (extra: test)")
from visit import NOTEBOOK, PATIENCE, Visit  # noqa: E402  it needs both

TALK = "my-work/timeline-talk.ipynb"
CELLS = ["import analogies as an\nt = an.timeline('syria', notes='timeline-talk.csv')\nt",
         "t.selected, len(t.visible), t.filters['text']", "t.filters = {'themes': ['legal']}", "t.as_of = '2015-10-01'"]


@pytest.fixture
def talk(visit: Visit) -> Visit:
    """A notebook of ours with a timeline in its first cell, run."""
    file = visit.lab.kit / TALK
    file.parent.mkdir(exist_ok=True)
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}  # without it the lab asks which kernel to start
    nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(text) for text in CELLS], metadata=kernel), file)
    visit.open(TALK)
    visit.run(0)
    expect(visit.output(0).locator(".an-drawing")).to_be_visible(timeout=PATIENCE)
    return visit


def test_what_is_done_in_the_page_reaches_python_and_no_shortcut_of_the_lab_is_set_off(talk: Visit) -> None:
    shown = talk.output(0)
    shown.locator(".an-drawing").focus()
    talk.page.keyboard.press("ArrowRight")
    talk.page.keyboard.press("Enter")
    talk.page.keyboard.press("Escape")
    for key in ("ArrowRight", "x", "b", "d", "d", "Escape", "x", "a"):  # in the lab these would cut, add and delete cells
        talk.page.keyboard.press(key)
    expect(shown.locator(".an-panel-asof")).to_be_visible()
    talk.page.keyboard.press("Escape")
    talk.page.keyboard.press("/")
    talk.page.keyboard.type("strikes")
    expect(shown.locator(".an-status")).not_to_contain_text("46 of 46")
    talk.page.keyboard.press("Escape")
    expect(talk.page.locator(f"{NOTEBOOK} .jp-Cell")).to_have_count(len(CELLS))
    for _ in range(20):  # what is typed is sent a moment later: asked until it has arrived
        talk.run(1)
        if "'strikes'" in talk.output(1).inner_text():
            break
    expect(talk.output(1)).to_contain_text("'strikes'")


def test_what_is_done_in_python_reaches_the_page(talk: Visit) -> None:
    status = talk.output(0).locator(".an-status")
    before = status.inner_text()
    talk.run(2)
    expect(status).not_to_have_text(before)
    talk.run(3)
    expect(talk.output(0).locator(".an-banner")).to_contain_text("As of 1 October 2015")


def test_an_own_event_is_kept_as_a_row_of_the_students_file(talk: Visit) -> None:
    talk.output(0).locator(".an-drawing").focus()
    talk.page.keyboard.press("n")
    talk.page.keyboard.type("My own event")
    talk.page.keyboard.press("Tab")
    talk.page.keyboard.type("2015-09~")
    talk.page.keyboard.press("Enter")
    expect(talk.output(0).locator(".an-panel-notes")).to_contain_text("2015-09~ My own event")
    rows = []
    for _ in range(300):  # a minute for what is typed to reach Python, and from there the disk
        files = list(talk.lab.kit.rglob("timeline-talk.csv"))
        rows = [row for file in files for row in csv.DictReader(file.read_text(encoding="utf-8").splitlines())]
        if rows:
            break
        talk.page.wait_for_timeout(200)
    assert len(files) == 1
    assert [(row["title"], row["date"]) for row in rows] == [("My own event", "2015-09~")]
    files[0].unlink()


@pytest.mark.parametrize("theme", ["JupyterLab Light", "JupyterLab Dark"])
def test_axe_finds_nothing_in_the_themes_of_the_lab(talk: Visit, theme: str) -> None:
    talk.page.locator(".lm-MenuBar-itemLabel", has_text="Settings").click()
    talk.page.locator(".lm-Menu-itemLabel", has_text="Theme").first.hover()
    talk.page.locator(".lm-Menu-itemLabel", has_text=theme).last.click()
    light = "true" if theme.endswith("Light") else "false"
    talk.page.wait_for_selector(f"body[data-jp-theme-light='{light}']", state="attached")
    talk.output(0).locator(".an-drawing").focus()
    talk.page.keyboard.press("ArrowRight")
    talk.page.keyboard.press("Enter")
    assert talk.faults(talk.output(0).locator(".analogies-timeline")) == []
