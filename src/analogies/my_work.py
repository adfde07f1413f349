"""Tables of the student's own, kept as CSV in my-work/: written in one step, and no row is ever lost."""

from __future__ import annotations

import contextlib
import csv
import io
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

from analogies import kit

_EXTRA = "more"  # where cells beyond the header of a row are kept


class OwnTableError(ValueError):
    """A file of the student's that cannot be used; one sentence that says what to do."""


def place(name: str | os.PathLike, *, asked: str, example: str) -> Path:
    """Where the table of that name lies: my-work/ of the kit, unless a folder is named. Raises OwnTableError.

    `asked`: how the name was given, to begin the sentence; `example`: a name that would do.
    """
    path = Path(name)
    if path.suffix.lower() != ".csv":
        raise OwnTableError(f"{asked}: it is kept in a CSV file; give a name that ends in .csv, such as {example}.")
    if path.parent == Path():
        try:
            folder = kit.root() / "my-work"
        except FileNotFoundError:
            folder = Path.cwd()
        path = folder / path
    if path.is_dir():
        raise OwnTableError(f"{path} is a folder; give the name of a CSV file.")
    return path


def saving() -> bool:
    """Whether my-work/ may be written; off while notebooks are built, tested or graded."""
    return os.environ.get("ANALOGIES_PROGRESS", "").strip().lower() != "off"


def replace(path: Path, content: bytes) -> None:
    """Write `content` to `path` in one step. Raises OSError, and then nothing has changed."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.stem}-", suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, 0o644)  # a temporary file is private; this one is not
        os.replace(name, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(name)
        raise


class OwnTable:
    """The rows of one file: `rows` as last read or written, `report` with what went wrong.

    A class of its own says which columns it has, which of them a file must name, and how rows without an id are
    called; `elsewhere` says where the rows are while they cannot be saved.
    """

    columns: tuple[str, ...] = ("id",)
    required: tuple[str, ...] = ()
    prefix = "own"
    elsewhere = "the rows are kept in this notebook until you close it."

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
                self.rows = self.parse(self.path.read_bytes())
            except (OwnTableError, OSError) as fault:
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
        ours = self.numbered(ours)
        if not saving():
            self.report = [f"{self.path.name} is not saved here (ANALOGIES_PROGRESS=off)."]
            self.rows = ours
            return ours
        base, self.report = self.rows, []
        try:
            if self.path.exists():
                try:
                    if self._unreadable:
                        raise OwnTableError("it could not be read when it was opened.")
                    ours = self.joined(base, ours, self.parse(self.path.read_bytes()))
                except OwnTableError:
                    self.report.append(f"{self.path.name} could not be read; it was set aside as "
                                       f"{self._set_aside().name}.")
                    self._unreadable = False
            self.path.parent.mkdir(parents=True, exist_ok=True)
            replace(self.path, self.text(ours).encode())
        except OSError as fault:
            self.report = [f"{self.path.name} could not be saved in {self.path.parent} ({fault.strerror}); {self.elsewhere}"]
        self.rows = ours
        return ours

    def _set_aside(self) -> Path:
        number = 1
        while (copy := self.path.with_name(f"{self.path.stem}.unreadable-{number}{self.path.suffix}")).exists():
            number += 1
        copy.write_bytes(self.path.read_bytes())
        return copy

    @classmethod
    def parse(cls, raw: bytes) -> list[dict[str, str]]:
        """Rows of a file as dicts of text. Commas, semicolons or tabs; further columns are kept. Raises OwnTableError."""
        try:
            content = raw.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise OwnTableError("it is not in UTF-8; in the spreadsheet choose 'Save as: CSV UTF-8'.") from None
        if "\0" in content:
            raise OwnTableError("it is not a text file.")
        header = content.split("\n", 1)[0]
        delimiter = max(",;\t", key=header.count)
        reader = csv.DictReader(io.StringIO(content, newline=""), delimiter=delimiter, restkey=_EXTRA, restval="")
        try:
            names = [name.strip() for name in reader.fieldnames or ()]
            if not content.strip():
                return []
            missing = [name for name in cls.required if name not in names]
            if missing:
                raise OwnTableError(f"its first line must name the columns {','.join(cls.columns)}; "
                                    f"{' and '.join(missing)} not found there.")
            if len(set(names)) != len(names):
                raise OwnTableError("a column is named twice in its first line.")
            reader.fieldnames = names
            found = [{name: ", ".join(cell) if isinstance(cell, list) else cell for name, cell in row.items()}
                     for row in reader]
        except csv.Error as fault:
            raise OwnTableError(f"it is not a proper CSV file ({fault}).") from None
        return cls.numbered([{**dict.fromkeys(cls.columns, ""), **row} for row in found if any(row.values())])

    @classmethod
    def numbered(cls, rows: Sequence[dict], taken: frozenset[str] = frozenset()) -> list[dict[str, str]]:
        """The rows as text; those without an id of their own, or with one that is taken, get one ("own-1", ...)."""
        rows = [{**dict.fromkeys(cls.columns, ""), **{str(k): "" if v is None else str(v) for k, v in row.items()}}
                for row in rows]
        first: dict[str, int] = {}
        for i, row in enumerate(rows):
            if row["id"] and row["id"] not in taken:
                first.setdefault(row["id"], i)
        number = 0
        for i, row in enumerate(rows):
            if first.get(row["id"]) != i:
                number += 1
                while f"{cls.prefix}-{number}" in first or f"{cls.prefix}-{number}" in taken:
                    number += 1
                row["id"] = f"{cls.prefix}-{number}"
                first[row["id"]] = i
        return rows

    @classmethod
    def joined(cls, base: list[dict], ours: list[dict], theirs: list[dict]) -> list[dict]:
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
        return cls.numbered(result)

    @classmethod
    def text(cls, rows: list[dict]) -> str:
        """The CSV text of the rows: the columns of the class, then any others in the order in which they first occur."""
        names = list(dict.fromkeys([*cls.columns, *(name for row in rows for name in row)]))
        out = io.StringIO(newline="")
        writer = csv.DictWriter(out, names, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        return out.getvalue()
