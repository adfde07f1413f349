"""Writes the pages of a class into a folder, with an index and a zip for Moodle; replaces only what it wrote itself.

A file beside them keeps a digest of each file that was written.  One that has the same digest still is replaced in the next
run; one that was changed by hand, or that came from elsewhere, stays, and the new file gets another name.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import re
import tempfile
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from ...check.rubric import Rubric
from ..lms.csv_bytes import FORMULA, no_formula
from ..lms.filled import few, who
from ..submission import GradingError
from .page import page
from .words import Place

if TYPE_CHECKING:
    from ..gradebook.entries import Asked, Row

KEPT = ".feedback-made.json"
INDEX = "index.csv"
ZIP = "moodle-feedback-files.zip"
_RESERVED = {"con", "prn", "aux", "nul", "conin$", "conout$", *(f"{port}{n}" for port in ("com", "lpt") for n in "0123456789¹²³")}
_BYTES = 120  # of a name; file systems that encrypt allow about 140


def write(rows: Sequence[Row], asked: Sequence[Asked], rubrics: Mapping[str, Rubric], folder: Path, *, title: str,
          places: Mapping[str, Place] | None = None, hints: bool = True, say: Callable[[str], object] = lambda sentence: None) -> list[Path]:
    """Write a page for each student, index.csv (student, name, file) and, where students have numbers of Moodle, a zip for it.

    Gives the pages, in the order of the rows.  say gets a sentence for whatever the instructor should know.  Raises GradingError
    where the folder is a file or nothing can be written there.
    """
    made = _Folder(Path(folder), say)
    pages = {row.student.key: page(row, asked, rubrics, title=title, places=places, rows=rows, hints=hints).encode() for row in rows}
    names = file_names([row.student.key for row in rows])
    files = {key: made.name(f"{names[key]}.html", key) for key in pages}
    made.put({files[key]: (content, key) for key, content in pages.items()})
    rest = {made.name(INDEX, ""): (_index(rows, files), "")}
    if any(_number(row) for row in rows):
        rest[made.name(ZIP, "")] = (_zip(rows, pages, title), "")
        if missing := [who(row) for row in rows if not _number(row)]:
            say(f"Not in {ZIP}, because the number in Moodle is not known ({len(missing)}): {few(missing)}.")
        say(f"{ZIP} is for Moodle: in the assignment choose Upload multiple feedback files in a zip (Feedback files must be switched on).")
    made.put(rest)
    made.finish(title, {*files.values(), *rest})
    return [made.path / files[row.student.key] for row in rows]


def file_names(keys: Sequence[str]) -> dict[str, str]:
    """For each student's key a name that every system takes, and that no other has even where capitals do not count.

    A key that is such a name already is kept; another one gets a short digest of the key, so that its name stays the same
    whoever else is in the class.
    """
    plain = {key: _safe(key) for key in keys}
    folded = Counter(name.casefold() for name in plain.values())
    return {key: name if name == key and folded[name.casefold()] == 1 else f"{name}-{_digest(key.encode('utf-8', 'replace'))[:8]}"
            for key, name in plain.items()}


def moodle_folder(row: Row) -> str:
    """The folder of a student in Moodle's zips: Full Name_12345_assignsubmission_file_.  Moodle reads what stands between underlines."""
    return f"{_safe(who(row).replace('_', ' '))}_{_number(row)}_assignsubmission_file_"


def _number(row: Row) -> str:
    number = row.student.ids.get("moodle", "")
    return number if re.fullmatch(r"[0-9]+", number) else ""


def _safe(text: str) -> str:
    text = unicodedata.normalize("NFC", text.encode("utf-8", "replace").decode())
    kept = "".join(sign if unicodedata.category(sign)[0] != "C" and sign not in '<>:"/\\|?*' else "-" for sign in text)
    kept = " ".join(kept.split()).encode()[:_BYTES].decode("utf-8", "ignore").strip(" .~")
    refused = not kept or kept.startswith(FORMULA) or kept.partition(".")[0].rstrip().casefold() in _RESERVED
    return f"student {kept}".strip() if refused else kept


def _index(rows: Sequence[Row], files: Mapping[str, str]) -> bytes:
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow(["student", "name", "file"])
    for row in rows:
        table.writerow([no_formula(row.student.key), no_formula(row.student.name), no_formula(files[row.student.key])])
    return out.getvalue().encode("utf-8-sig", "replace")  # with the mark by which Excel knows UTF-8


def _zip(rows: Sequence[Row], pages: Mapping[str, bytes], title: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for row in rows:
            if _number(row):
                entry = zipfile.ZipInfo(f"{moodle_folder(row)}/Feedback {_safe(title)}.html")
                entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
                packed.writestr(entry, pages[row.student.key])
    return out.getvalue()


@dataclass
class _Folder:
    """A folder of made files.  kept: for each, whose it is and the digests of what was written, the newest last."""

    path: Path
    say: Callable[[str], object]
    kept: dict[str, dict] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)
    left: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        try:
            self.path.mkdir(parents=True, exist_ok=True)
        except (FileExistsError, NotADirectoryError):
            raise GradingError(f"{self.path}: expected a folder for the pages, found a file of that name; choose another one") from None
        try:
            kept = json.loads((self.path / KEPT).read_text(encoding="utf-8"))
            self.kept = {name: {"student": str(one["student"]), "sha256": [str(digest) for digest in one["sha256"]]} for name, one in kept.items()}
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            self.kept = {}  # nothing is known of the folder, so nothing in it is replaced

    def name(self, wanted: str, student: str) -> str:
        """The wanted name, or one with -2, -3 ... where a file stands that is not ours to replace."""
        stem, dot, ending = wanted.rpartition(".")
        number, name = 1, wanted
        while name.casefold() in self.taken or not self._ours(name, student):
            number += 1
            name = f"{stem}-{number}{dot}{ending}"
        if number > 1:
            self.left.append(wanted)
        self.taken.add(name.casefold())
        return name

    def put(self, files: Mapping[str, tuple[bytes, str]]) -> None:
        """Write files, each whole or not at all; first it is kept what they will be, so that an end in between does no harm."""
        for name, (content, student) in files.items():
            before = self.kept.get(name, {}).get("sha256", [])[-1:]
            self.kept[name] = {"student": student, "sha256": [*before, _digest(content)]}
        self._keep()
        for name, (content, _) in files.items():
            _whole(self.path / name, content)

    def finish(self, title: str, files: set[str]) -> None:
        """Say what was left as it was, and what is of an earlier run."""
        if self.left:
            self.say(f"Changed by hand or not made here, so left as they were, and written under another name ({len(self.left)}): {few(self.left)}.")
        old = sorted(name for name in self.kept if name not in files and name not in self.left and (self.path / name).exists())
        if old:
            self.say(f"Of an earlier run, and still there ({len(old)}): {few(old)}.")
        self.kept = {name: {**one, "sha256": one["sha256"][-1:]} for name, one in self.kept.items() if name in files or name in old}
        self._keep()

    def _ours(self, name: str, student: str) -> bool:
        file = self.path / name
        if not file.exists() and not file.is_symlink():
            return True
        one = self.kept.get(name)
        return bool(one) and one["student"] == student and file.is_file() and not file.is_symlink() and _digest(file.read_bytes()) in one["sha256"]

    def _keep(self) -> None:
        _whole(self.path / KEPT, json.dumps(self.kept, indent=1, ensure_ascii=False, sort_keys=True).encode("utf-8", "replace"))


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _whole(path: Path, content: bytes) -> None:
    """Write a file, whole or not at all.  Only its owner may read it, since it holds marks."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".writing-", suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
