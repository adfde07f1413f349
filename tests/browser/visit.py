"""A visit to the lab in a browser: what the tests do there, and what they see."""

from __future__ import annotations

import contextlib
import json
import re
import time

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

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

    def close(self) -> None:
        """Leave the lab; the kernels that were started are ended."""
        for session in self.page.request.get(self.api("api/sessions")).json():
            self.page.request.delete(self.api(f"api/sessions/{session['id']}"))
        self.page.close()

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

    def faults(self, shown) -> list[tuple[str, str, str]]:
        """What axe finds wrong with what that locator shows: how bad it is, the rule, and where.

        The lab's body has no height of its own, so that axe takes the notebook for hidden and looks at no colour there:
        it is given one for as long as axe looks.
        """
        shown.evaluate("shown => { shown.dataset.looked = ''; document.body.style.height = '100vh' }")
        response = Axe().run(self.page, context="[data-looked]").response
        shown.evaluate("shown => { delete shown.dataset.looked; document.body.style.height = '' }")
        return [(fault["impact"], fault["id"], node["html"][:200]) for fault in response["violations"] for node in fault["nodes"]]

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
