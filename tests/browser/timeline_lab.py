"""A timeline in JupyterLab, driven as a page without a kernel is: the same visitor in the other room."""

from __future__ import annotations

import re

import nbformat
from timeline_page import Explorer
from visit import PATIENCE, Visit

NOTEBOOK = "my-work/timeline-features.ipynb"
CELL = """import json
from analogies import kit
from analogies.timeline import view
from analogies.timeline.widget import Timeline
shared = kit.root() / "tests" / "fixtures" / "timeline" / "views.json"
Timeline(json.loads(shared.read_text(encoding="utf-8"))["payload"], state=view.state())"""


class LabExplorer(Explorer):
    """The small timeline in the first cell of a notebook; a fresh one each time that `again` is called."""

    def __init__(self, visit: Visit) -> None:
        self.visit, self.page = visit, visit.page
        file = visit.lab.kit / NOTEBOOK
        kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
        nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(CELL)], metadata=kernel), file)
        visit.open(NOTEBOOK)

    def again(self) -> LabExplorer:
        """Run the cell once more: nothing of an earlier test is left in the timeline."""
        self.visit.run(0)
        self.root = self.visit.output(0).locator(".analogies-timeline")
        self.root.locator(".an-drawing").wait_for(timeout=PATIENCE)
        return self

    def text(self, selector: str) -> str:
        return self.root.locator(selector).inner_text()

    @property
    def live(self) -> str:
        return self.root.locator("[aria-live]").text_content()

    def button(self, name: str):
        return self.root.get_by_role("button", name=name, exact=True)

    def to_drawing(self) -> None:
        """By keyboard alone: from the cell's code out of its editor, and by Tab to the drawing."""
        self.visit.cell(0).locator(".cm-content").click()
        self.keys("Escape")
        for _ in range(12):
            if "an-drawing" in self.focus:
                return
            self.keys("Tab")
        raise AssertionError(f"Tab does not lead from the cell to the drawing, but to {self.focus!r}")

    def complaints(self) -> list[str]:
        """What the console said of the timeline; what an empty lab says too is not ours."""
        return [text for text in self.visit.complaints if re.search("analogies|widget|anywidget|timeline", text, re.I)]
