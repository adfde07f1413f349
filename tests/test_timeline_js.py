"""The timeline's JavaScript without a browser: runs `node --test` over tests/js."""

from __future__ import annotations

import gzip
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from analogies.timeline import modules

NODE = shutil.which("node")
TESTS = Path(__file__).parent / "js"


@pytest.mark.skipif(NODE is None, reason="node is not installed, so the timeline's JavaScript was not tested alone")
def test_the_timelines_javascript_passes_its_own_tests():
    files = sorted(str(path) for path in TESTS.glob("*.test.mjs"))
    assert files
    done = subprocess.run([NODE, "--test", *files], capture_output=True, text=True, timeout=300,
                          env={**os.environ, "PYTHON": sys.executable})
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A timeline of one module, whose made file is up to date."""
    (tmp_path / "js").mkdir()
    (tmp_path / "js" / "index.js").write_text("const one = 1;\nexport default { one };\n", encoding="utf-8")
    (tmp_path / modules.MADE).write_text(modules.signed("made\n", modules.joined(modules.sources(tmp_path))), encoding="utf-8")
    monkeypatch.setattr(modules, "_HERE", tmp_path)
    return tmp_path


def test_what_is_sent_is_the_made_file_without_its_first_line(folder):
    assert modules.esm.__wrapped__() == "made\n"


@pytest.mark.parametrize("name, text", [("js/index.js", "const two = 2;\nexport default { two };\n"), (modules.MADE, "made by nobody knows whom\n"), (modules.MADE, None)])
def test_while_js_is_newer_than_the_made_file_its_modules_are_sent_as_they_are(folder, name, text):
    if text is None:
        (folder / name).unlink()
    else:
        (folder / name).write_text(text, encoding="utf-8")
    sent = modules.esm.__wrapped__()
    assert sent == modules.joined(modules.sources(folder)) and "// --- index.js" in sent


def test_the_made_file_is_that_of_the_modules():
    head, made = modules.read(Path(modules.__file__).parent / modules.MADE)
    assert head == {"js/": modules.digest(modules.joined(modules.sources())), "rest": modules.digest(made)}, "run: analogies build"


def test_the_widget_stays_small():
    text = modules.esm().encode()
    assert len(text) < 52_000
    assert len(gzip.compress(text, 9)) <= 23_700
