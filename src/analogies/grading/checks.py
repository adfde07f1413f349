"""What decides a mark: the files, and a digest of them, so that marks of other checks are never taken for these."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

from .. import __version__
from . import private
from .limits import Limits
from .submission import GradingError

_DECIDE = ("check", "facts", "methods", "data")  # the rooms of the kit that can change a mark
CHANGED = "{}: the questions or the exercise of this machine are not those that the batch began with; begin it again"


def checks_of(slug: str, root: Path, questions_dir: Path | None) -> str:
    """A digest of all that decides a mark: the questions with what they import, the data, our copy of the exercise, the version."""
    digest = hashlib.sha256(__version__.encode())
    package = Path(str(resources.files("analogies")))
    for folder, file in [*_deciding(package), *((questions_dir, file) for file in _own(slug, questions_dir))]:
        digest.update(b"\0" + file.relative_to(folder).as_posix().encode() + b"\0" + file.read_bytes())
    digest.update(copy_of(slug, root, questions_dir, "exercises").read_bytes())
    return digest.hexdigest()


def as_run(checks: str, limits: Limits, isolated: bool) -> str:
    """The digest with how the code was run: marks of a run with a shorter time, or without isolation, are not taken for others'."""
    if isolated and limits == Limits():
        return checks
    return hashlib.sha256(f"{checks} {limits} {isolated}".encode()).hexdigest()


def _deciding(package: Path) -> Iterator[tuple[Path, Path]]:
    for room in _DECIDE:
        for file in sorted((package / room).rglob("*")):
            if file.is_file() and file.suffix not in (".pyc", ".md"):
                yield package, file


def _own(slug: str, folder: Path | None) -> list[Path]:
    """The files of a private folder that can decide a mark of this exercise: not the questions of other exercises."""
    if folder is None:
        return []
    own = private.file_of(slug, folder)
    return [file for file in private.sources(folder) if file == own or not file.name[:2].isdigit()]


def copy_of(slug: str, root: Path, folder: Path | None, kind: str) -> Path:
    """Our copy of the exercise or its solution: the private folder's own, or else the kit's."""
    places = [*([folder / kind / f"{slug}.ipynb"] if folder else []), root / kind / f"{slug}.ipynb"]
    for path in places:
        if path.is_file():
            return path
    raise GradingError(f"{places[-1]}: our own copy of the exercise is missing; run: analogies build {slug}")
