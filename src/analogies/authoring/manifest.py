"""notebooks/.manifest.json: from what each made file was made, so that a stale one is found without running anything.

An input is the source as it is built, each module and data file of the package that the notebook used (watched
while it ran), the modules of the build, and the versions in constraints.txt of the libraries that shape outputs.
constraints.txt speaks and not what is installed: another machine with other versions is not stale.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from .execute import PACKAGE
from .source import Source

MANIFEST = "notebooks/.manifest.json"  # JupyterLab hides the dot from students
FOLDERS = ("notebooks", "solutions", "exercises")
# These write the notebooks, so a change to them changes every file; the rest of authoring does not.
BUILD = ("authoring/execute.py", "authoring/notebook.py", "authoring/release.py", "authoring/source.py")
SHAPING = ("ipywidgets", "matplotlib", "nbformat", "nbgrader", "numpy", "pandas")


def snapshot() -> dict[str, str]:
    """The package's files and their hashes now: taken before a notebook runs, so that a change meanwhile is not missed."""
    return {path.relative_to(PACKAGE).as_posix(): _hash(text_of(path)) for path in sorted(PACKAGE.rglob("*"))
            if path.is_file() and path.suffix != ".pyc"}


def record(root: Path, source: Source, made: Mapping[Path, str], used: Iterable[str], before: Mapping[str, str]) -> None:
    """Remember what these files were made from; `before` is the snapshot from before the run."""
    inputs = {f"analogies/{name}": before.get(name, "") for name in sorted({*used, *BUILD})}
    files = _files(root)
    for path, text in made.items():
        files[path.relative_to(root).as_posix()] = {
            "made": _hash(text), "source": source.path.relative_to(root).as_posix(),
            "text": _hash(source.text), "inputs": inputs, "versions": versions(root)}
    _write(root, files)


def forget(root: Path, slugs: Iterable[str]) -> None:
    """Drop what is remembered of lessons that are no more."""
    files, slugs = _files(root), set(slugs)
    kept = {name: entry for name, entry in files.items() if Path(name).stem in slugs}
    if kept != files:
        _write(root, kept)


def faults(root: Path, slug: str, sources: Iterable[Source]) -> list[str]:
    """What is wrong with the made files of one lesson: a sentence for each file that needs a build."""
    known, found = _files(root), []
    for source in sources:
        for folder in ("notebooks",) if source.kind == "lesson" else ("solutions", "exercises"):
            name = f"{folder}/{slug}.ipynb"
            if why := _fault(root, name, known.get(name), source):
                found.append(f"{name} {why}; run: analogies build {slug}")
    return found


def orphans(root: Path, slugs: Iterable[str]) -> list[str]:
    """Notebooks in the made folders that no lesson makes."""
    makers = {"notebooks": "lesson.md", "solutions": "exercise.md", "exercises": "exercise.md"}
    slugs = set(slugs)
    return [f"{folder}/{path.name} has no source: lessons/{path.stem}/{makers[folder]} is missing; delete one or write "
            "the other" for folder in FOLDERS for path in sorted((root / folder).glob("*.ipynb"))
            if not (root / "lessons" / path.stem / makers[folder]).exists()]


def versions(root: Path) -> dict[str, str]:
    """The tested versions of the libraries that shape outputs, as constraints.txt pins them."""
    path = root / "constraints.txt"
    pins = re.findall(r"^([A-Za-z0-9._-]+)==([^\s;]+)", text_of(path), re.M) if path.exists() else []
    return {name.lower(): version for name, version in pins if name.lower() in SHAPING}


def text_of(path: Path) -> str:
    """A file's text with plain line ends, so that a checkout on Windows is not stale (bytes that are no UTF-8 stay apart)."""
    return path.read_bytes().decode("utf-8", "surrogateescape").replace("\r\n", "\n")


def _fault(root: Path, name: str, entry: dict | None, source: Source) -> str:
    path = root / name
    if not path.exists():
        return "is missing"
    if entry is None:
        return f"was not made by a build that {MANIFEST} knows of"
    if _hash(text_of(path)) != entry["made"]:
        return f"was edited by hand; change {source.path.relative_to(root).as_posix()} instead"
    changed = [] if entry["text"] == _hash(source.text) else [source.path.relative_to(root).as_posix()]
    changed += [file for file, digest in entry["inputs"].items()
                if not (PACKAGE.parent / file).exists() or _hash(text_of(PACKAGE.parent / file)) != digest]
    changed += [f"{library} in constraints.txt" for library, version in versions(root).items()
                if entry["versions"].get(library) != version]
    if not changed:
        return ""
    others = f" and {len(changed) - 3} more" if len(changed) > 3 else ""
    return f"is stale: {', '.join(changed[:3])}{others} changed since it was made"


def _files(root: Path) -> dict[str, dict]:
    try:
        files = json.loads(text_of(root / MANIFEST))["files"]
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return {}  # nothing remembered: every file is then found to be of unknown making
    shape = {"made", "source", "text", "inputs", "versions"}
    return {name: entry for name, entry in files.items() if isinstance(entry, dict) and shape <= entry.keys()}


def _write(root: Path, files: dict[str, dict]) -> None:
    path = root / MANIFEST
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps({"about": "Made by analogies build: the inputs of each made file.",
                       "files": dict(sorted(files.items()))}, indent=1, ensure_ascii=False) + "\n"
    beside = path.with_name(".manifest.json.new")
    beside.write_text(text, encoding="utf-8", newline="\n")
    beside.replace(path)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()[:16]
