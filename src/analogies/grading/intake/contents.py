"""Lists what lies in a folder or a zip, and gives the bytes of one file of it; links, pipes and the like are refused."""

from __future__ import annotations

import errno
import io
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from ..names import shown
from . import unzip
from .unzip import Unreadable

LARGEST = 200_000_000  # bytes of one notebook, or of one zip that a student handed in
MOST_FILES = 200_000
MOST_IN_A_HANDED_ZIP = 20_000
DEEPEST = 12
INNER = "!/"  # between a zip's name and the name of what lies in it
NOTEBOOKS = (".ipynb", ".ipynb.txt", ".ipynb.json")
_MADE_BY_SYSTEMS = {"__MACOSX", "Thumbs.db", "desktop.ini"}


class Unreached(Unreadable):
    """Its bytes could not be had this time; nothing is known of what they are."""


@dataclass(frozen=True)
class File:
    """One file below the top.  parts: its name, folder by folder, from the top; () where that name leads out of a zip.

    path and member: where its bytes are; when: its time; local: that time had no zone and is taken as local; fault: why
    it is refused, after its name; twice: its zip holds an earlier file of the same name.
    """

    parts: tuple[str, ...]
    path: Path
    member: str = ""
    when: datetime | None = None
    local: bool = False
    fault: str = ""
    twice: bool = False

    @property
    def name(self) -> str:
        """Its place below the top, for people."""
        return shown("/".join(self.parts) or self.member or "(no name)")

    @property
    def is_notebook(self) -> bool:
        """Whether its name is that of a notebook, also with what a browser appends."""
        return bool(self.parts) and self.parts[-1].casefold().endswith(NOTEBOOKS)

    @property
    def is_zip(self) -> bool:
        """Whether its name is that of a zip."""
        return bool(self.parts) and self.parts[-1].casefold().endswith(".zip")

    @property
    def stem(self) -> str:
        """The name without its ending."""
        name = self.parts[-1]
        ending = next((end for end in (*reversed(NOTEBOOKS), ".zip") if name.casefold().endswith(end)), "")
        return name[: len(name) - len(ending)]


def of_folder(top: Path) -> list[File]:
    """The files below a folder, in order of their names; hidden ones are left out.  Raises Unreadable for too many."""
    found: list[File] = []
    waiting: list[tuple[str, ...]] = [()]
    while waiting:
        parts = waiting.pop()
        try:
            with os.scandir(top.joinpath(*parts)) as listed:
                here = sorted(listed, key=lambda one: one.name)
        except OSError as error:
            found.append(File(parts or (top.name,), top.joinpath(*parts), fault=_cannot(error)))
            continue
        for one in here:
            place = (*parts, one.name)
            if not _seen(one.name):
                continue
            file = _of_disk(one, place)
            found += [file] if file else []
            if one.is_dir(follow_symlinks=False) and len(place) <= DEEPEST:
                waiting.append(place)
        if len(found) > MOST_FILES:
            raise Unreadable(f"holds more than {MOST_FILES:,} files")
    return sorted(found, key=lambda file: file.parts)


def of_zip(path: Path) -> list[File]:
    """The files in a zip on disk.  Raises Unreadable."""
    return [file for file in _of_members(unzip.members(path), path) if _all_seen(file)]


def of_handed_zip(outer: File) -> list[File]:
    """The files in a zip that a student handed in, itself a file or a member of a zip.  Raises Unreadable.

    Their time is that of the zip as it came in: the times inside are whatever the student's computer wrote.
    """
    inside = unzip.listing(io.BytesIO(data(outer.path, outer.member)), MOST_IN_A_HANDED_ZIP)
    prefix = f"{outer.member}{INNER}" if outer.member else ""
    files = (replace(file, when=outer.when, local=outer.local) for file in _of_members(inside, outer.path, prefix, outer.parts))
    return [file for file in files if _all_seen(file)]


def data(path: Path, member: str = "", limit: int = LARGEST) -> bytes | bytearray:
    """The bytes of a file, of a member of a zip, or of a member of a zip in it.  Raises Unreadable."""
    if not member:
        return _of_file(path, limit)
    if member.endswith("/"):
        raise Unreadable("is a folder, not a notebook")
    try:
        index = _index(path)
    except Unreadable as error:  # it could be listed before
        raise Unreached(str(error)) from None
    if member in index:
        try:
            with open(path, "rb") as file:
                return unzip.unpack(file, index[member], limit)
        except OSError as error:
            raise Unreached(_cannot(error)) from None
    at = member.find(INNER)
    while at >= 0:
        if member[:at] in index:
            return _inner(data(path, member[:at]), member[at + len(INNER):], limit)
        at = member.find(INNER, at + 1)
    raise Unreached("is not in the zip any more")


def _inner(outer: bytes | bytearray, member: str, limit: int) -> bytearray:
    file = io.BytesIO(outer)
    for one in unzip.listing(file, MOST_IN_A_HANDED_ZIP):
        if one.name == member:
            return unzip.unpack(file, one, limit)
    raise Unreached("is not in the zip any more")


def _index(path: Path) -> dict[str, unzip.Member]:
    return _by_name(unzip.members(path))


@lru_cache(maxsize=4)
def _by_name(members: unzip.Members) -> dict[str, unzip.Member]:
    return {one.name: one for one in members}


def _of_members(members: unzip.Members, path: Path, prefix: str = "", above: tuple[str, ...] = ()) -> Iterator[File]:
    for one in members:
        fault = one.fault
        if one.folder and not one.stray:
            if not one.parts[-1].casefold().endswith((*NOTEBOOKS, ".zip")):
                continue
            fault = fault or "is a folder, not a file"
        parts = () if one.stray else (*above, *one.parts)
        yield File(parts, path, prefix + one.name, one.when, one.local, fault, one.twice)


def _of_disk(one: os.DirEntry, parts: tuple[str, ...]) -> File | None:
    path, named = Path(one.path), one.name.casefold().endswith((*NOTEBOOKS, ".zip"))
    try:
        state = one.stat(follow_symlinks=False)
    except OSError as error:
        return File(parts, path, fault=_cannot(error))
    if stat.S_ISREG(state.st_mode):
        try:
            return File(parts, path, when=datetime.fromtimestamp(state.st_mtime, UTC))
        except (ValueError, OverflowError, OSError):
            return File(parts, path)
    if stat.S_ISDIR(state.st_mode):
        return File(parts, path, fault="is a folder, not a file") if named else None
    return File(parts, path, fault="is a link, and links are not followed" if stat.S_ISLNK(state.st_mode) else
                "is no ordinary file (a pipe, a socket or a device)")


def _of_file(path: Path, limit: int) -> bytes:
    """Opened without following a link and without waiting for a pipe: what was listed may have been changed since."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        if path.is_dir():
            raise Unreadable("is a folder, not a notebook")
        with open(os.open(path, flags), "rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise Unreadable("is no ordinary file (a pipe, a socket or a device)")
            found = file.read(limit + 1)
    except (OSError, ValueError) as error:  # ValueError: a null byte in the name
        lasting = isinstance(error, ValueError) or error.errno in (errno.ELOOP, errno.ENXIO)  # a link, a socket
        raise (Unreadable if lasting else Unreached)(_cannot(error)) from None
    if len(found) > limit:
        raise Unreadable(f"is larger than {limit // 1_000_000} MB")
    return found


def _cannot(error: Exception) -> str:
    return f"could not be read ({getattr(error, 'strerror', None) or type(error).__name__})"


def _seen(name: str) -> bool:
    return not name.startswith(".") and name not in _MADE_BY_SYSTEMS


def _all_seen(file: File) -> bool:
    return all(_seen(part) for part in file.parts)
