"""The lab in a real browser: what a student sees, from the start page to a right answer."""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import re
import time
from collections.abc import Iterator

import pytest

sync_api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed (extra: test)")
expect = sync_api.expect

START = "notebooks/00-start-here.ipynb"
LESSON = "notebooks/03-syria-2015.ipynb"
EXERCISE = "my-work/03-syria-2015.ipynb"
SOLUTION = "solutions/03-syria-2015.ipynb"
NOTEBOOK = ".jp-NotebookPanel:not(.lm-mod-hidden)"
PATIENCE = 60_000  # milliseconds: two cores, shared with a browser, a server and kernels


class Visit:
    """A page of the lab, with what its console said and what it asked of the network."""

    def __init__(self, browser, lab_server) -> None:
        self.lab = lab_server
        self.complaints: list[str] = []
        self.strangers: list[str] = []
        self.page = browser.new_page(viewport={"width": 1400, "height": 1000})
        self.page.set_default_timeout(PATIENCE)
        self.page.on("console", lambda message: self.complaints.append(message.text) if message.type == "error" else None)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", lambda request: self.note(request.url))

    def note(self, url: str) -> None:
        if not url.startswith((self.lab.url, self.lab.url.replace("http", "ws", 1), "data:", "blob:")):
            self.strangers.append(url)

    def open(self, path: str = "") -> Visit:
        self.path = path
        self.page.goto(self.lab.page(path))
        self.page.wait_for_selector(f"{NOTEBOOK} .jp-Cell" if path else "#jp-main-dock-panel")
        if path:
            self.wait_until_idle()  # a cell that is run before the kernel has started is not run at all
        return self

    def cell(self, index: int):
        """A cell of the open notebook, scrolled into view."""
        found = self.page.locator(f'{NOTEBOOK} .jp-Cell[data-windowed-list-index="{index}"]')
        for _ in range(200):  # cells far away are not in the page until one scrolls to them
            if found.count():
                break
            self.page.locator(f"{NOTEBOOK} .jp-WindowedPanel-outer").first.hover()
            self.page.mouse.wheel(0, 400)
            self.page.wait_for_timeout(50)
        found.scroll_into_view_if_needed()
        return found

    def choose(self, menu: str, item: str) -> None:
        self.page.locator(".lm-MenuBar-itemLabel", has_text=re.compile(f"^{menu}$")).click()
        self.page.locator(".lm-Menu-itemLabel", has_text=re.compile(f"^{item}$")).click()

    def run_all(self, notebook: dict) -> None:
        """Run every cell from the menu, and wait for the last one's number."""
        self.clear()
        self.choose("Run", "Run All Cells")
        last = max(index for index, cell in enumerate(notebook["cells"]) if cell["cell_type"] == "code")
        expect(self.prompt(last)).to_have_text(re.compile(r"\[\d+\]"), timeout=PATIENCE)
        self.wait_until_idle()

    def clear(self) -> None:
        """Take the stored outputs and numbers away, so that what is seen afterwards was run here."""
        self.choose("Edit", "Clear Outputs of All Cells")
        expect(self.page.locator(f"{NOTEBOOK} .jp-InputPrompt", has_text=re.compile(r"\[\d+\]"))).to_have_count(0)

    def prompt(self, index: int):
        """What stands left of a cell: its number once it has been run."""
        return self.cell(index).locator(".jp-InputPrompt")

    def output(self, index: int):
        """What stands below a cell."""
        return self.cell(index).locator(".jp-OutputArea")

    def run(self, index: int, code: str | None = None) -> None:
        """Run a cell by the keyboard, with new code where some is given."""
        before = self.prompt(index).inner_text()
        self.cell(index).locator(".cm-content").click()
        if code is not None:
            self.page.keyboard.press("Control+a")
            self.page.keyboard.insert_text(code)
        self.page.keyboard.press("Control+Enter")
        expect(self.prompt(index)).not_to_have_text(before, timeout=PATIENCE)
        expect(self.prompt(index)).to_have_text(re.compile(r"\[\d+\]"), timeout=PATIENCE)

    def wait_until_idle(self) -> None:
        """Until the notebook's kernel has nothing to do, as the server sees it."""
        quiet_since = None
        deadline = time.monotonic() + PATIENCE / 1000
        while time.monotonic() < deadline:
            sessions = self.page.request.get(self.api("api/sessions")).json()
            states = [one["kernel"]["execution_state"] for one in sessions if one["path"] == self.path]
            quiet = states == ["idle"] and not self.page.get_by_text("[*]:", exact=True).count()
            quiet_since = (quiet_since or time.monotonic()) if quiet else None
            if quiet_since and time.monotonic() - quiet_since > 1:
                return
            self.page.wait_for_timeout(200)
        raise AssertionError(f"the kernel is still at work: {states}")

    def api(self, path: str) -> str:
        return f"{self.lab.url}{path}?token={self.lab.token}"

    def save(self, path: str) -> dict:
        """Save the open notebook; what is on the disk then."""
        before = (self.lab.kit / path).stat().st_mtime_ns
        self.page.keyboard.press("Control+s")
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            if (self.lab.kit / path).stat().st_mtime_ns != before:
                with contextlib.suppress(json.JSONDecodeError):  # half written
                    return self.lab.notebook(path)
            self.page.wait_for_timeout(100)
        raise AssertionError(f"{path} was not saved")


@pytest.fixture
def visit(browser, lab_server) -> Iterator[Visit]:
    """A fresh page; the kernels that it starts are ended with it."""
    visiting = Visit(browser, lab_server)
    yield visiting
    for session in visiting.page.request.get(visiting.api("api/sessions")).json():
        visiting.page.request.delete(visiting.api(f"api/sessions/{session['id']}"))
    visiting.page.close()


def position(notebook: dict, grade_id: str) -> int:
    """Where the cell of that question stands."""
    return next(i for i, cell in enumerate(notebook["cells"]) if cell["metadata"].get("nbgrader", {}).get("grade_id") == grade_id)


def test_the_lab_opens_on_the_start_page_without_a_pop_up_and_asks_nothing_of_any_other_machine(visit: Visit) -> None:
    visit.open(START)
    expect(visit.page.locator(f"{NOTEBOOK} h1").first).to_be_visible()
    visit.page.wait_for_timeout(3000)  # JupyterLab asks about its news some seconds after it has opened
    expect(visit.page.locator(".Toastify__toast")).to_have_count(0)
    expect(visit.page.locator(".jp-Dialog")).to_have_count(0)
    assert visit.strangers == []


def test_no_nbgrader_and_no_jupytext_is_seen_though_both_are_installed(visit: Visit) -> None:
    visit.open(START)
    menus = visit.page.locator(".lm-MenuBar-itemLabel").all_inner_texts()
    assert "Run" in menus and not any("grader" in menu.lower() for menu in menus)
    tabs = visit.page.locator(".lm-TabBar-tab").evaluate_all("tabs => tabs.map(tab => tab.dataset.id + ' ' + tab.title)")
    assert tabs and not any("nbgrader" in tab.lower() for tab in tabs)
    expect(visit.page.get_by_text("Create Assignment")).to_have_count(0)
    visit.choose("View", "Activate Command Palette")
    for wanted, there in {"run all cells": True, "jupytext": False, "nbgrader": False}.items():
        visit.page.locator(".lm-CommandPalette-input").fill(wanted)
        visit.page.wait_for_timeout(500)
        found = " ".join(visit.page.locator(".lm-CommandPalette-itemLabel").all_inner_texts()).lower()
        assert (wanted in found) is there, found


def test_the_start_page_links_to_the_student_s_own_copy(visit: Visit) -> None:
    visit.open(START)
    cells = visit.lab.notebook(START)["cells"]
    index = next(i for i, cell in enumerate(cells) if "my-work/" in "".join(cell["source"]))
    visit.cell(index).locator("a[href*='my-work']").first.click()
    expect(visit.page.locator(".lm-TabBar-tab.lm-mod-current", has_text="03-syria-2015")).to_be_visible()
    assert "my-work/03-syria-2015.ipynb" in visit.page.url


def test_lesson_03_runs_from_top_to_bottom_without_an_error(browser, visit: Visit) -> None:
    empty = Visit(browser, visit.lab).open()
    empty.page.wait_for_timeout(2000)
    empty.page.close()
    visit.open(LESSON)
    visit.run_all(visit.lab.notebook(LESSON))
    cells = [cell for cell in visit.save(LESSON)["cells"] if cell["cell_type"] == "code"]
    assert [cell["execution_count"] for cell in cells] == list(range(1, len(cells) + 1))
    outputs = [output for cell in cells for output in cell["outputs"]]
    assert [output for output in outputs if output["output_type"] == "error" or output.get("name") == "stderr"] == []
    for index in range(len(visit.lab.notebook(LESSON)["cells"])):
        visit.cell(index)  # a widget is drawn when it comes into view
    expect(visit.page.get_by_text(re.compile("Error (displaying|creating) widget"))).to_have_count(0)
    assert set(visit.complaints) <= set(empty.complaints)
    assert visit.strangers == []
    assert {".jupyter", ".ipython", ".local", ".npm"}.isdisjoint(path.name for path in visit.lab.home.iterdir())


def test_a_control_of_the_timeline_is_moved_by_keyboard_and_the_picture_changes(visit: Visit) -> None:
    visit.open(LESSON)
    code = [(i, "".join(cell["source"])) for i, cell in enumerate(visit.lab.notebook(LESSON)["cells"]) if cell["cell_type"] == "code"]
    index = next(i for i, source in code if "an.timeline(" in source)
    visit.clear()
    for i, _ in code:
        if i <= index:
            visit.run(i)
    shown = visit.output(index)
    drawing, status, spoken = shown.locator(".an-drawing"), shown.locator(".an-status"), shown.locator("[aria-live]")
    expect(drawing).to_be_visible()
    if "ANALOGIES_PICTURE" in os.environ:  # how readings/images/lab.png, the README's picture, is made
        visit.page.wait_for_timeout(1000)
        visit.page.screenshot(path=os.environ["ANALOGIES_PICTURE"])
    words, picture = status.inner_text(), drawing.screenshot()
    shown.get_by_role("button", name="Zoom in").focus()
    visit.page.keyboard.press("Enter")
    expect(status).not_to_have_text(words)
    assert drawing.screenshot() != picture
    drawing.focus()
    words, picture = spoken.text_content(), drawing.screenshot()
    visit.page.keyboard.press("End")
    expect(spoken).not_to_have_text(words)
    assert drawing.screenshot() != picture
    assert "an-drawing" in visit.page.evaluate("document.activeElement.className"), "the notebook took the key for itself"


def test_a_wrong_then_a_right_answer_is_checked_in_my_work(visit: Visit) -> None:
    questions = importlib.import_module("analogies.check.questions.03_syria_2015")
    question = next(question for question in questions.QUESTIONS if question.kind == "auto")
    wrong = next(row for row in questions.WRONG_ANSWERS if row.question == question.id)
    model, mine = visit.lab.notebook(SOLUTION), visit.lab.notebook(EXERCISE)
    right = "".join(model["cells"][position(model, question.id)]["source"])
    at, check = position(mine, question.id), position(mine, f"check-{question.id}")
    visit.open(EXERCISE)
    visit.run_all(mine)
    expect(visit.output(check)).to_contain_text("NOT STARTED")
    visit.run(at, "\n".join(f"{name} = {value!r}" for name, value in zip(question.answers, wrong.values, strict=True)))
    visit.run(check)
    expect(visit.output(check)).to_contain_text("NOT YET")
    expect(visit.output(check)).to_contain_text(wrong.hint)
    visit.run(at, right)
    visit.run(check)
    expect(visit.output(check)).to_contain_text("PASS")
    expect(visit.output(check)).not_to_contain_text("NOT YET")
    expect(visit.output(check)).not_to_contain_text(wrong.hint)
