"""A student's page in a real browser: axe finds nothing, it fits a narrow screen, and no word is pale in dark, light or print."""

from __future__ import annotations

import pytest
from marked_class import ASKED, RUBRICS, auto, student, written

from analogies.grading import feedback
from analogies.grading.feedback.words import Place

axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed (extra: test)")

LONG = "it raised ValueError: " + "x" * 300
ROWS = {
    "everything": student(
        "ana", "Ana María López-Nguyễn", (auto("q1", 2.5, 4, "`after` is the mean of four years.", LONG), auto("q2", 0, 6, status="NOT STARTED"),
                                          written(2, levels={"claim": 1, "evidence": 0}, comment="Your second paragraph is strong.\n\nSay who counted.")),
        late=True, attempt=2, oddities=("The answer cell of q2 is missing.",), isolation="NOT ISOLATED", ids={"moodle": "7"}),
    "waits": student("b", "ليلى", (4, 6, None)),
}
PLACES = {"q1": Place("Three numbers about one deployment", "2. How small is “small”?"), "q2": Place("Did weapons flow faster?", "")}


@pytest.fixture(params=[(380, "light", "screen"), (1000, "dark", "screen"), (700, "dark", "print")], ids=str)
def screen(request, browser):
    width, scheme, media = request.param
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    opened = context.new_page()
    opened.emulate_media(media=media)
    yield opened
    context.close()


def test_axe_finds_nothing_and_the_page_fits(screen):
    asked_of_others = []
    screen.on("request", lambda request: asked_of_others.append(request.url))
    for row in ROWS.values():
        screen.set_content(feedback.page(row, ASKED, RUBRICS, title="Exercise 3. Syria, 2015", places=PLACES))
        found = axe.Axe().run(screen).response
        assert [(v["id"], v["nodes"][0]["html"][:200]) for v in found["violations"]] == []
        # a sign alone is no text to axe; the words beside it say the same
        assert [node["html"] for v in found["incomplete"] for node in v["nodes"] if 'class="sign"' not in node["html"]] == []
        assert "color-contrast" in {rule["id"] for rule in found["passes"]}
        assert screen.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert asked_of_others == []


def test_axe_would_see_a_pale_word_and_a_missing_language(browser):
    opened = browser.new_page()
    page = feedback.page(ROWS["waits"], ASKED, RUBRICS, title="T").replace(' lang="en"', "").replace('class="total"', 'style="color:#999;background:#aaa"')
    opened.set_content(page)
    assert {"color-contrast", "html-has-lang"} <= {v["id"] for v in axe.Axe().run(opened).response["violations"]}
    opened.close()


def test_the_words_of_a_column_are_not_cut_on_a_narrow_screen(browser):
    opened = browser.new_page(viewport={"width": 360, "height": 800})
    opened.set_content(feedback.page(ROWS["everything"], ASKED, RUBRICS, title="T", places=PLACES))
    heads = opened.locator("thead th")
    assert heads.count() == 6
    for head in heads.all():
        longest = head.evaluate("""head => { const range = document.createRange(); range.selectNodeContents(head);
            return new Set([...range.getClientRects()].map(r => Math.round(r.top))).size }""")
        assert longest <= len(head.inner_text().split())
    opened.close()


def test_the_questions_are_reached_by_keyboard(screen):
    screen.set_content(feedback.page(ROWS["everything"], ASKED, RUBRICS, title="T"))
    screen.keyboard.press("Tab")
    assert screen.evaluate("document.activeElement.getAttribute('href')") == "#q1"
    assert screen.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
