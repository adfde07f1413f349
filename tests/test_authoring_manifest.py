"""What makes a made file stale is named, and nothing is run to find it."""

import json
from pathlib import Path

import pytest
from small_lesson import LESSON, build, small_kit

from analogies.authoring import execute, manifest, notebook


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A kit that was built once; each test puts back what it changes."""
    root = small_kit(tmp_path_factory.mktemp("built"))
    build(root)
    return root


def test_what_was_built_is_not_stale_and_nothing_runs_to_see_that(built, monkeypatch):
    def refuse(*args, **more):
        raise AssertionError("a notebook was run")

    monkeypatch.setattr(notebook, "execute", refuse)
    monkeypatch.setattr(execute, "NotebookClient", refuse)
    assert notebook.stale(root=built) == []


def one_fault(root: Path) -> str:
    (fault,) = notebook.stale(root=root)
    return fault


def test_a_changed_source_makes_its_own_files_stale_and_no_other(built):
    path = built / "lessons" / "01-small" / "lesson.md"
    path.write_text(LESSON.replace("A picture.", "A drawing."), encoding="utf-8")
    try:
        fault = one_fault(built)
    finally:
        path.write_text(LESSON, encoding="utf-8")
    assert fault == ("notebooks/01-small.ipynb is stale: lessons/01-small/lesson.md changed since it was made; "
                     "run: analogies build 01-small")


def test_a_file_edited_by_hand_is_found(built):
    path = built / "solutions" / "01-small.ipynb"
    before = path.read_bytes()
    path.write_bytes(before.replace(b"q1 = 2", b"q1 = 3"))
    try:
        fault = one_fault(built)
    finally:
        path.write_bytes(before)
    assert fault.startswith("solutions/01-small.ipynb was edited by hand; change lessons/01-small/exercise.md instead")


def test_a_missing_file_and_a_file_without_source_are_found(built):
    path, stray = built / "exercises" / "01-small.ipynb", built / "notebooks" / "99-stray.ipynb"
    before = path.read_bytes()
    path.unlink()
    stray.write_text("{}")
    try:
        faults = notebook.stale(root=built)
    finally:
        path.write_bytes(before)
        stray.unlink()
    assert faults[0] == "exercises/01-small.ipynb is missing; run: analogies build 01-small"
    assert faults[1].startswith("notebooks/99-stray.ipynb has no source")


def test_a_changed_module_or_data_file_that_the_notebook_used_makes_it_stale(built):
    path = built / "notebooks" / ".manifest.json"
    before = path.read_text()
    remembered = json.loads(before)
    inputs = remembered["files"]["notebooks/01-small.ipynb"]["inputs"]
    assert "analogies/__init__.py" in inputs and "analogies/grading/__init__.py" not in inputs
    inputs["analogies/__init__.py"] = "0" * 16
    path.write_text(json.dumps(remembered))
    try:
        fault = one_fault(built)
    finally:
        path.write_text(before)
    assert fault.startswith("notebooks/01-small.ipynb is stale: analogies/__init__.py changed")


def test_a_module_that_changes_while_the_notebook_runs_leaves_it_stale(built, monkeypatch):
    path = built / "notebooks" / ".manifest.json"
    before = path.read_text(encoding="utf-8")
    then = manifest.snapshot() | {"__init__.py": "what it was"}
    monkeypatch.setattr(manifest, "snapshot", lambda: then)
    build(built, ["01-small"])
    try:
        faults = notebook.stale(root=built)
    finally:
        path.write_text(before, encoding="utf-8")
    assert faults and all("analogies/__init__.py changed" in fault for fault in faults)


def test_another_tested_version_of_a_library_that_shapes_outputs_makes_all_stale(built):
    path = built / "constraints.txt"
    before = path.read_text(encoding="utf-8")
    path.write_text(before.replace("rich==14.0", "rich==15.0"), encoding="utf-8")
    assert notebook.stale(root=built) == []
    path.write_text(before.replace("pandas==3.0.0", "pandas==99.0"), encoding="utf-8")
    try:
        faults = notebook.stale(root=built)
    finally:
        path.write_text(before, encoding="utf-8")
    assert len(faults) == 3 and all("pandas in constraints.txt changed" in fault for fault in faults)


def test_line_ends_of_windows_are_not_stale(built):
    paths = [path for path in built.rglob("*") if path.is_file()]
    before = {path: path.read_bytes() for path in paths}
    for path in paths:
        path.write_bytes(before[path].replace(b"\n", b"\r\n"))
    try:
        assert notebook.stale(root=built) == []
    finally:
        for path in paths:
            path.write_bytes(before[path])


def test_a_damaged_manifest_makes_every_file_of_unknown_making(built):
    path = built / "notebooks" / ".manifest.json"
    before = path.read_text(encoding="utf-8")
    path.write_text("{", encoding="utf-8")
    try:
        faults = notebook.stale(root=built)
    finally:
        path.write_text(before, encoding="utf-8")
    assert len(faults) == 3 and all("was not made by a build that notebooks/.manifest.json knows of" in f for f in faults)
