"""The timeline's JavaScript is made by the build, and a stale or edited file is found without minifying anything."""

import shutil
from pathlib import Path

import pytest

from analogies.authoring import browser
from analogies.timeline import modules


@pytest.fixture
def kit(tmp_path: Path) -> Path:
    """A clone with a timeline of its own, built."""
    folder = tmp_path / browser.TIMELINE
    folder.mkdir(parents=True)
    shutil.copytree(Path(modules.__file__).parent / "js", folder / "js")
    for path, text in browser.make(tmp_path).items():
        path.write_text(text, encoding="utf-8")
    return tmp_path


def test_the_made_file_is_smaller_than_its_modules_and_up_to_date(kit, monkeypatch):
    monkeypatch.setattr(browser, "minify", None)  # to look minifies nothing
    assert browser.faults(kit) == []
    made, folder = kit / browser.TIMELINE / modules.MADE, kit / browser.TIMELINE
    assert made.stat().st_size < 0.6 * len(modules.joined(modules.sources(folder)))


@pytest.mark.parametrize("name, change, sentence", [
    ("js/scale.js", lambda text: text + "// more\n", "widget.js is stale: js/ has changed; run: analogies build"),
    (modules.MADE, lambda text: text + "more", "widget.js was edited by hand; change js/ instead, then run: analogies build"),
    (modules.MADE, lambda text: text.partition("\n")[2], "widget.js is missing or has lost its first line; run: analogies build")])
def test_a_made_file_that_is_not_that_of_its_modules_is_named(kit, name, change, sentence):
    path = kit / browser.TIMELINE / name
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")
    (fault,) = browser.faults(kit)
    assert fault == f"{browser.TIMELINE}/{sentence}"


def test_a_missing_file_is_named_and_a_folder_without_a_timeline_has_none(kit, tmp_path):
    (kit / browser.TIMELINE / modules.MADE).unlink()
    assert browser.faults(kit) == [f"{browser.TIMELINE}/widget.js is missing or has lost its first line; run: analogies build"]
    assert browser.make(tmp_path / "elsewhere") == {} and browser.faults(tmp_path / "elsewhere") == []
