"""A timeline in a page of its own, driven as a reader would: what the tests of the explorer share."""

from __future__ import annotations

import json
import re
from pathlib import Path

from analogies.timeline import page as standalone
from analogies.timeline import view

FIXTURES = Path(__file__).parent.parent / "fixtures" / "timeline"
# Moves the pointer over the drawing until the tip shows `title`, and says where that was.
_SEEK = """title => {
  const area = document.querySelector(".an-drawing"), box = area.getBoundingClientRect(), tip = area.querySelector(".an-tip");
  for (let y = 4; y < box.height - 40; y += 6) for (let x = 2; x < box.width; x += 5) {
    area.dispatchEvent(new PointerEvent("pointermove", {clientX: box.left + x, clientY: box.top + y, pointerId: 99, bubbles: true}));
    if (!tip.hidden && tip.textContent.includes(title)) return {x: box.left + x + 2, y: box.top + y + 2};
  }
  return null;
}"""


def small_payload() -> dict:
    """Twelve events in two cases: the fixture that Python and JavaScript share."""
    return json.loads((FIXTURES / "views.json").read_text(encoding="utf-8"))["payload"]


class Explorer:
    """The page, what its console said, and what it asked of the network."""

    def __init__(self, browser, folder: Path, payload: dict | None = None, *, state: dict | None = None,
                 notes: list[dict] | None = None, width: int = 1000, scheme: str = "light", touch: bool = False):
        self.file = folder / "timeline.html"
        self.file.write_text(standalone.page(payload or small_payload(), view.state(**(state or {})), notes or []), encoding="utf-8")
        self.context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme,
                                           accept_downloads=True, reduced_motion="reduce", has_touch=touch)
        self.page = self.context.new_page()
        self.said: list[str] = []
        self.asked: list[str] = []
        self.page.on("console", lambda message: self.said.append(message.text) if message.type in ("error", "warning") else None)
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.open(self.file)

    def open(self, file: Path) -> None:
        self.page.goto(file.as_uri())
        self.page.wait_for_selector(".an-drawing")

    def close(self) -> None:
        """Ends the visit: nothing may have been complained of, nothing asked of another machine."""
        self.context.close()
        assert self.said == []
        assert [url for url in self.asked if not url.startswith(("file:", "blob:", "data:"))] == []

    # --- what is seen
    def text(self, selector: str) -> str:
        return self.page.locator(selector).inner_text()

    @property
    def live(self) -> str:
        return self.page.locator("[aria-live]").text_content()

    @property
    def window(self) -> str:
        self.page.wait_for_timeout(250)
        return re.search(r"window (.*?)(?:; as of|\.$)", self.text(".an-status")).group(1)

    @property
    def shown(self) -> int:
        self.page.wait_for_timeout(200)
        return int(self.text(".an-status").split(" ")[0].replace(",", ""))

    @property
    def focus(self) -> str:
        """Class and tag of what has the focus."""
        return self.page.evaluate("document.activeElement.className + ' ' + document.activeElement.tagName.toLowerCase()")

    # --- what is done
    def button(self, name: str):
        return self.page.get_by_role("button", name=name, exact=True)

    def keys(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def to_drawing(self) -> None:
        """By keyboard alone: from the top of the page to the drawing."""
        self.page.evaluate("document.activeElement.blur()")
        self.page.mouse.click(1, 1)
        self.keys("Tab", "Tab")
        assert "an-drawing" in self.focus

    def tab_to(self, label: str, key: str = "Tab") -> None:
        """Presses Tab until the control with this label (or text) has the focus."""
        for _ in range(60):
            if self.page.evaluate("(document.activeElement.labels?.[0] ?? document.activeElement).textContent") == label:
                return
            self.keys(key)
        raise AssertionError(f"no tab stop is called {label!r}")

    def at(self, title: str) -> dict:
        place = self.page.evaluate(_SEEK, title)
        assert place, f"{title!r} cannot be pointed at"
        return place

    def click(self, title: str) -> None:
        self.page.mouse.click(**self.at(title))

    def download(self, name: str) -> Path:
        with self.page.expect_download() as caught:
            self.button(name).click()
        return Path(caught.value.path())
