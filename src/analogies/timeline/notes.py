"""The student's own layer on the disk: a CSV in my-work/ that never loses a row."""

from __future__ import annotations

import csv
import io
import os
from pathlib import Path

from analogies import kit
from analogies.timeline import writing

COLUMNS = ("id", "event", "date", "title", "case", "theme", "text")
_EXTRA = "more"  # where cells beyond the header of a row are kept


class NotesError(ValueError):
    """A notes file that cannot be used; one sentence that says what to do."""


def place(name: str | os.PathLike) -> Path:
    """Where the notes of that name lie: my-work/ of the kit, unless a folder is named. Raises NotesError."""
    path = Path(name)
    if path.suffix.lower() != ".csv":
        raise NotesError(f"notes={os.fspath(name)!r}: notes are kept in a CSV file; give a name that ends in .csv, "
                         "such as notes='my-notes.csv'.")
    if path.parent == Path():
        try:
            folder = kit.root() / "my-work"
        except FileNotFoundError:
            folder = Path.cwd()
        path = folder / path
    if path.is_dir():
        raise NotesError(f"{path} is a folder; give the name of a CSV file.")
    return path


def saving() -> bool:
    """Whether my-work/ may be written; off while notebooks are built, tested or graded."""
    return os.environ.get("ANALOGIES_PROGRESS", "").lower() != "off"


class Notebook:
    """The rows of one notes file: `rows` as last read or written, `report` with what went wrong."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.report: list[str] = []
        self.rows: list[dict[str, str]] = []
        self._unreadable = False
        self.read()

    def read(self) -> list[dict[str, str]]:
        """Read the file (a missing one is empty). What cannot be read is reported, and set aside before any writing."""
        self.report, self._unreadable = [], False
        if self.path.exists():
            try:
                self.rows = parse(self.path.read_bytes())
            except (NotesError, OSError) as fault:
                self._unreadable, self.rows = True, []
                self.report.append(f"{self.path.name} could not be read: {fault} It is left as it is; before anything "
                                   "is saved, a copy of it is set aside.")
        else:
            self.rows = []
        return self.rows

    def write(self, ours: list[dict[str, str]]) -> list[dict[str, str]]:
        """Save `ours`, joined with what somebody else has saved meanwhile, and return what the file now holds.

        The new file replaces the old one in one step, so that a crash leaves one of the two, never half of one.
        """
        ours = numbered(ours)
        if not saving():
            self.report = [f"{self.path.name} is not saved here (ANALOGIES_PROGRESS=off)."]
            self.rows = ours
            return ours
        base, self.report = self.rows, []
        try:
            if self.path.exists():
                try:
                    if self._unreadable:
                        raise NotesError("it could not be read when the timeline opened.")
                    ours = joined(base, ours, parse(self.path.read_bytes()))
                except NotesError:
                    self.report.append(f"{self.path.name} could not be read; it was set aside as "
                                       f"{self._set_aside().name}.")
                    self._unreadable = False
            self.path.parent.mkdir(parents=True, exist_ok=True)
            writing.replace(self.path, text(ours).encode())
        except OSError as fault:
            self.report = [f"{self.path.name} could not be saved in {self.path.parent} ({fault.strerror}); "
                           "the notes are kept in this page: save them as CSV from the timeline's menu."]
        self.rows = ours
        return ours

    def _set_aside(self) -> Path:
        number = 1
        while (copy := self.path.with_name(f"{self.path.stem}.unreadable-{number}{self.path.suffix}")).exists():
            number += 1
        copy.write_bytes(self.path.read_bytes())
        return copy


def parse(raw: bytes) -> list[dict[str, str]]:
    """Rows of a notes file as dicts of text. Commas, semicolons or tabs; further columns are kept. Raises NotesError."""
    try:
        content = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NotesError("it is not in UTF-8; in the spreadsheet choose 'Save as: CSV UTF-8'.") from None
    if "\0" in content:
        raise NotesError("it is not a text file.")
    header = content.split("\n", 1)[0]
    delimiter = max(",;\t", key=header.count)
    reader = csv.DictReader(io.StringIO(content, newline=""), delimiter=delimiter, restkey=_EXTRA, restval="")
    try:
        names = [name.strip() for name in reader.fieldnames or ()]
        if not content.strip():
            return []
        missing = [name for name in ("date", "title") if name not in names]
        if missing:
            raise NotesError(f"its first line must name the columns {','.join(COLUMNS)}; "
                             f"{' and '.join(missing)} not found there.")
        if len(set(names)) != len(names):
            raise NotesError("a column is named twice in its first line.")
        reader.fieldnames = names
        found = [{name: ", ".join(cell) if isinstance(cell, list) else cell for name, cell in row.items()}
                 for row in reader]
    except csv.Error as fault:
        raise NotesError(f"it is not a proper CSV file ({fault}).") from None
    return numbered([{**dict.fromkeys(COLUMNS, ""), **row} for row in found if any(row.values())])


def numbered(rows: list[dict], taken: frozenset[str] = frozenset()) -> list[dict[str, str]]:
    """The rows as text; those without an id of their own, or with one that is taken, get one ("own-1", ...)."""
    rows = [{**dict.fromkeys(COLUMNS, ""), **{str(k): "" if v is None else str(v) for k, v in row.items()}}
            for row in rows]
    first: dict[str, int] = {}
    for i, row in enumerate(rows):
        if row["id"] and row["id"] not in taken:
            first.setdefault(row["id"], i)
    number = 0
    for i, row in enumerate(rows):
        if first.get(row["id"]) != i:
            number += 1
            while f"own-{number}" in first or f"own-{number}" in taken:
                number += 1
            row["id"] = f"own-{number}"
            first[row["id"]] = i
    return rows


def joined(base: list[dict], ours: list[dict], theirs: list[dict]) -> list[dict]:
    """Our rows with what changed on the disk since `base`; where both changed a row, both are kept."""
    old, mine, other = ({row["id"]: row for row in rows} for rows in (base, ours, theirs))
    result = []
    for name in dict.fromkeys([*mine, *other]):
        was, our, their = old.get(name), mine.get(name), other.get(name)
        if our == was:
            keep = [their]
        elif their in (was, our):
            keep = [our]
        else:
            keep = [our, {**their, "id": ""} if our and their else their]
        result.extend(row for row in keep if row is not None)
    return numbered(result)


def text(rows: list[dict]) -> str:
    """The CSV text of the rows: the five columns, then any others in the order in which they first occur."""
    names = list(dict.fromkeys([*COLUMNS, *(name for row in rows for name in row)]))
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, names, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()
