"""How long a change in Python takes to reach the picture in JupyterLab, at 2,000 events. Not a test of the kit's command:

    pytest -n0 -s --noconftest benchmarks/timeline/harness/test_from_python.py
"""

from __future__ import annotations

import json
import os
import statistics
import sys
from pathlib import Path

import nbformat

TESTS = Path(__file__).parents[3] / "tests"
sys.path[:0] = [str(TESTS / "browser"), str(TESTS)]
import pytest  # noqa: E402
from conftest import lab_server, visit  # noqa: E402, F401
from playwright.sync_api import expect, sync_playwright  # noqa: E402

ROUNDS = 21
MADE = """import random, pandas as pd, analogies as an
chance = random.Random(1823)
frame = pd.DataFrame({"date": [f"{chance.randrange(1823, 2026)}-{chance.randrange(1, 13):02}-{chance.randrange(1, 29):02}" for _ in range(2000)],
                      "title": [f"{'Treaty' if i % 2 else 'Strike'} in the place of number {i}" for i in range(2000)]})
t = an.timeline(frame)
t"""
TURNED = f"""import json, time
asked = []
def turn(kind, change):
    for i in range({ROUNDS}):
        time.sleep(0.6)
        asked.append((kind, time.time() * 1000))
        change(i)
turn("filter", lambda i: setattr(t, "filters", {{"text": "treaty" if i % 2 else "strike"}}))
turn("window", lambda i: setattr(t, "window", (f"{{1850 + i}}-01-01", f"{{1900 + i}}-12-31")))
turn("as of", lambda i: setattr(t, "as_of", f"{{1990 + i}}-06-01"))
time.sleep(1)
print(json.dumps(asked))"""
# The end of the first frame after the picture was drawn anew for a change from Python, by the machine's own clock.
WATCH = """() => { window.seen = []; const drawing = document.querySelector(".an-status");
  new MutationObserver(() => requestAnimationFrame(() => { const c = new MessageChannel(); c.port1.onmessage = () => seen.push(Date.now()); c.port2.postMessage(0); }))
    .observe(drawing, { childList: true, characterData: true, subtree: true }); }"""


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=["--no-sandbox", "--disable-gpu"])
        yield opened
        opened.close()


def test_from_python_to_the_picture(visit):  # noqa: F811
    file = visit.lab.kit / "my-work" / "speed.ipynb"
    file.parent.mkdir(exist_ok=True)
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(text) for text in (MADE, TURNED)], metadata=kernel), file)
    visit.open("my-work/speed.ipynb")
    visit.run(0)
    expect(visit.output(0).locator(".an-status")).to_contain_text("2,000 of 2,000")
    visit.page.evaluate(WATCH)
    visit.run(1)
    asked = json.loads(visit.output(1).inner_text())
    seen = visit.page.evaluate("seen")
    print(f"\nload {os.getloadavg()}")
    for kind in ("filter", "window", "as of"):
        waits = sorted(min(at for at in seen if at >= start) - start for one, start in asked if one == kind)
        print(f"{kind}: median {statistics.median(waits):.0f} ms, p95 {waits[int(len(waits) * 0.95)]:.0f} ms, longest {waits[-1]:.0f} ms, of {len(waits)}")
