"""The timeline's JavaScript without a browser: runs `node --test` over tests/js."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

NODE = shutil.which("node")
TESTS = Path(__file__).parent / "js"


@pytest.mark.skipif(NODE is None, reason="node is not installed, so the timeline's JavaScript was not tested alone")
def test_the_timelines_javascript_passes_its_own_tests():
    files = sorted(str(path) for path in TESTS.glob("*.test.mjs"))
    assert files
    done = subprocess.run([NODE, "--test", *files], capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
