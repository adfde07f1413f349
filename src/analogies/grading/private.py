"""Questions of an instructor's own: files in a folder of theirs, in the form of check/questions, before the public ones.

They are loaded in the trusted process alone and never from bytecode, so that a file that was just changed counts.  The
folder stands in a package of its own beside check/questions: `from ..answers import ...` works in a copied file, and
`from .syria_marks import ...` takes the folder's own syria_marks.py if there is one, and else the public one.
"""

from __future__ import annotations

import hashlib
import importlib
import re
import sys
import traceback
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_file_location
from pathlib import Path
from types import CodeType

from ..check import catalogue
from ..check import questions as public
from ..check.question import Question
from .submission import GradingError

_PREFIX = f"{public.__package__}_of_"  # analogies.check.questions_of_<digest>


def questions(slug: str, folder: Path | None) -> tuple[Question, ...]:
    """The questions of an exercise that are graded: those of the folder, or the public ones where it is None.

    Raises UnknownExercise for a slug that is not public; GradingError for a fault in the folder, with file and line.
    """
    if folder is None:
        found = _graded(slug) if slug in catalogue.slugs() else ()
        if not found:
            raise catalogue.UnknownExercise(f"No exercise is called {slug!r}. There are: {', '.join(filter(_graded, catalogue.slugs()))}.")
        return found
    path = file_of(slug, folder)
    listed = getattr(_module(path), "QUESTIONS", None)
    if not isinstance(listed, list | tuple) or not all(isinstance(one, Question) for one in listed):
        raise GradingError(f"{path}: expected QUESTIONS, a tuple of Question(...), found "
                           f"{'none' if listed is None else f'a {type(listed).__name__} with other things in it'}")
    try:
        return tuple(q for q in catalogue.by_id(listed).values() if q.kind != "quick")
    except ValueError as error:
        raise GradingError(f"{path}: {error}") from None


def _graded(slug: str) -> tuple[Question, ...]:
    return tuple(q for q in catalogue.questions(slug).values() if q.kind != "quick")


def file_of(slug: str, folder: Path) -> Path:
    """The file of one exercise in that folder.  Raises GradingError where it is missing, and says what is there."""
    path = Path(folder) / f"{slug.replace('-', '_')}.py"
    if not path.is_file():
        there = sorted(p.name for p in path.parent.glob("[0-9][0-9]_*.py")) if path.parent.is_dir() else None
        found = "no such folder" if there is None else ", ".join(there) or "no file of questions"
        raise GradingError(f"{folder}: expected {path.name} in it, the questions of {slug}; found {found}")
    return path


def line_of(path: Path, question: str) -> str:
    """FILE:LINE of the first place that names this question, or the file alone."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if re.search(rf"""["']{re.escape(question)}["']""", line):
            return f"{path}:{number}"
    return str(path)


def sources(folder: Path) -> list[Path]:
    """Every Python file of the folder, in order: whatever may decide a mark."""
    return sorted(path for path in Path(folder).rglob("*.py") if path.is_file())


def _module(path: Path) -> object:
    folder = path.parent.resolve()
    content = b"\0".join(str(file).encode() + file.read_bytes() for file in sources(folder))
    package = _PREFIX + hashlib.sha256(str(folder).encode() + content).hexdigest()[:16]
    _Finder.folders[package] = folder
    if _Finder not in map(type, sys.meta_path):
        sys.meta_path.insert(0, _Finder())
    try:
        return importlib.import_module(f"{package}.{path.stem}")
    except (Exception, SystemExit) as error:  # whatever stands in the file: the instructor gets a sentence
        raise GradingError(_said(error, folder, path)) from None


def _said(error: BaseException, folder: Path, path: Path) -> str:
    if isinstance(error, SyntaxError):
        return f"{error.filename or path}:{error.lineno or 1}: this is not Python: {error.msg}"
    if isinstance(error, UnicodeDecodeError):
        return f"{path}: expected UTF-8 text, found other bytes"
    own = [frame for frame in traceback.extract_tb(error.__traceback__) if Path(frame.filename).is_relative_to(folder)]
    where = f"{own[-1].filename}:{own[-1].lineno}" if own else str(path)
    way = ""
    if isinstance(error, ModuleNotFoundError):
        way = "; a file that stands beside it is imported as: from .its_name import ..."
    return f"{where}: the questions cannot be loaded: {type(error).__name__}: {error}{way}"


class _Loader(SourceFileLoader):
    """Compiles the source each time: bytecode goes by the second and the size, and a changed number keeps both."""

    def get_code(self, fullname: str) -> CodeType:
        return self.source_to_code(self.get_data(self.path), self.path)


class _Finder(MetaPathFinder):
    """Finds the modules of such a package in the instructor's folder first, and then in check/questions."""

    folders: dict[str, Path] = {}  # noqa: RUF012 - one for the process, as sys.modules is

    def find_spec(self, fullname: str, path: Sequence[str] | None, target: object = None) -> ModuleSpec | None:
        package, _, rest = fullname.removeprefix(_PREFIX).partition(".")
        folder = self.folders.get(_PREFIX + package) if fullname.startswith(_PREFIX) else None
        if folder is None:
            return None
        places = [str(folder), *public.__path__]
        if not rest:
            spec = ModuleSpec(fullname, None, is_package=True)
            spec.submodule_search_locations = places
            return spec
        for place in places:
            file = Path(place, *rest.split(".")).with_suffix(".py")
            if file.is_file():
                return spec_from_file_location(fullname, file, loader=_Loader(fullname, str(file)))
        return None
