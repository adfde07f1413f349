"""The lab in a real browser: what a student sees, from the start page to a right answer."""

from __future__ import annotations

import importlib
import os
import re

import nbformat
import pytest

expect = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed (extra: test)").expect
pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed (extra: test)")
from tracked import tracked  # noqa: E402
from visit import NOTEBOOK, Visit  # noqa: E402  it needs Playwright

START = "notebooks/00-start-here.ipynb"
LESSON = "notebooks/03-syria-2015.ipynb"
LESSONS = [path.stem for path in tracked() if path.parent.name == "notebooks" and path.suffix == ".ipynb"]
EXERCISE = "my-work/03-syria-2015.ipynb"
SOLUTION = "solutions/03-syria-2015.ipynb"


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
    index, copy = next((i, found[1]) for i, cell in enumerate(cells) if (found := re.search(r"my-work/([\w-]+)\.ipynb", "".join(cell["source"]))))
    visit.cell(index).locator(f"a[href*='my-work/{copy}']").first.click()
    expect(visit.page.locator(".lm-TabBar-tab.lm-mod-current", has_text=copy)).to_be_visible()
    assert f"my-work/{copy}.ipynb" in visit.page.url


@pytest.fixture(scope="module")
def said_of_an_empty_lab(browser, lab_server) -> set[str]:
    """What the console says of a lab in which nothing is opened: not ours."""
    empty = Visit(browser, lab_server).open()
    empty.page.wait_for_selector(".jp-Launcher, .jp-DirListing-item")
    empty.page.wait_for_load_state("networkidle")
    empty.page.close()
    return set(empty.complaints)


@pytest.mark.parametrize("lesson", LESSONS)
def test_a_lesson_runs_without_an_error_its_timelines_go_by_keyboard_and_axe_finds_no_serious_fault(lesson: str, visit: Visit, said_of_an_empty_lab) -> None:
    path = f"notebooks/{lesson}.ipynb"
    visit.open(path)
    visit.run_all(visit.lab.notebook(path))
    saved = visit.save(path)
    cells = [cell for cell in saved["cells"] if cell["cell_type"] == "code"]
    assert [cell["execution_count"] for cell in cells] == list(range(1, len(cells) + 1))
    outputs = [output for cell in cells for output in cell["outputs"]]
    assert [output for output in outputs if output["output_type"] == "error" or output.get("name") == "stderr"] == []
    moved = 0
    for index, cell in enumerate(saved["cells"]):
        seen = visit.cell(index)  # a widget is drawn when it comes into view
        shown = [kind for output in cell.get("outputs", []) for kind in output.get("data", {}) if kind != "text/plain"]
        if "application/vnd.jupyter.widget-view+json" in shown:
            moved += moved_by_keyboard(visit, index)
        if shown:
            assert serious(visit.faults(seen.locator(".jp-OutputArea"))) == [], f"the output of cell {index}"
    assert moved or not any("an.timeline(" in "".join(cell["source"]) for cell in cells)
    expect(visit.page.get_by_text(re.compile("Error (displaying|creating) widget"))).to_have_count(0)
    assert set(visit.complaints) <= said_of_an_empty_lab
    assert visit.strangers == []
    assert {".jupyter", ".ipython", ".local", ".npm"}.isdisjoint(path.name for path in visit.lab.home.iterdir())


def moved_by_keyboard(visit: Visit, index: int) -> int:
    """Move to the last event of each timeline in the output by keyboard, and hear which it is; how many there were."""
    timelines = visit.output(index).locator(".analogies-timeline")
    expect(timelines.first).to_be_visible()
    for one in timelines.all():
        drawing, spoken = one.locator(".an-drawing"), one.locator("[aria-live]")
        drawing.focus()
        before = spoken.text_content()
        visit.page.keyboard.press("Control+End")
        expect(spoken).not_to_have_text(before)
        expect(spoken).to_have_text(re.compile(r"^([\d,]+) of \1, "))
    return timelines.count()


def serious(faults: list[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    """Those that keep someone from using what is shown."""
    return [fault for fault in faults if fault[0] in ("serious", "critical")]


def test_axe_sees_pale_words_and_a_choice_without_a_name_in_an_output_of_the_lab(visit: Visit) -> None:
    html = '<p style="color:#ccc;background:#fff">pale words</p><select><option>x</option></select>'
    code = nbformat.v4.new_code_cell(f"from IPython.display import HTML\nHTML({html!r})")
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    nbformat.write(nbformat.v4.new_notebook(cells=[code], metadata=kernel), visit.lab.kit / "my-work" / "pale.ipynb")
    visit.open("my-work/pale.ipynb")
    visit.run(0)
    expect(visit.output(0)).to_contain_text("pale words")
    assert {rule for _, rule, _ in serious(visit.faults(visit.output(0)))} == {"color-contrast", "select-name"}


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
