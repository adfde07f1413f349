"""Reads zips without trusting them: names and sizes are claims; a member is unpacked in memory, up to a bound.

Nothing is written to disk.  zipfile reads the list of entries; what it says of each is checked here before it is believed.
"""

from __future__ import annotations

import os
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

from ..names import escaped, shown

MOST_ENTRIES = 100_000  # of a whole class; zipfile's list of them takes about 60 MB
LONGEST_LIST = 30_000_000  # bytes of the list of entries; 300 for each would be long names
_TAIL = 22 + 65_535 + 76  # end record, its comment, and what stands before it in a large zip
_LINKS_AND_DEVICES = {stat.S_IFLNK: "a link", stat.S_IFIFO: "a pipe", stat.S_IFSOCK: "a socket", stat.S_IFCHR: "a device",
                      stat.S_IFBLK: "a device"}


class Unreadable(Exception):
    """A file or an entry is refused; the text says why, as the end of a sentence that begins with its name."""


@dataclass(frozen=True)
class Member:
    """One entry.  parts: its name, folder by folder, as it is written; name: the same in one harmless line, one of its kind.

    when: its time; local: whether that time came without a zone and local time was assumed; fault: why it is refused;
    stray: its name leads out of the zip; twice: the zip holds an earlier entry of the same name.
    """

    parts: tuple[str, ...]
    name: str
    folder: bool
    when: datetime | None
    local: bool
    size: int
    packed: int
    method: int
    crc: int
    offset: int
    fault: str = ""
    stray: bool = False
    twice: bool = False


class Members(tuple[Member, ...]):
    """The entries of one zip.  Told apart by identity, so that what is kept for each is found without comparing them."""

    __slots__ = ()
    __hash__ = object.__hash__
    __eq__ = object.__eq__


def members(path: Path) -> Members:
    """The entries of a zip on disk, read once for each state of the file.  Raises Unreadable."""
    try:
        state = os.stat(path)
        return _members(path, state.st_mtime_ns, state.st_size)
    except OSError as error:
        raise Unreadable(f"could not be opened ({error.strerror or type(error).__name__})") from None


@lru_cache(maxsize=4)
def _members(path: Path, changed: int, size: int) -> Members:
    with open(path, "rb") as file:
        return listing(file)


def listing(file: BinaryIO, most: int = MOST_ENTRIES) -> Members:
    """The entries of an open zip, in its order; a name that occurs twice is the later entry.  Raises Unreadable."""
    if _length_of_list(file) > LONGEST_LIST * most // MOST_ENTRIES:
        raise Unreadable(f"has a list of entries that is too long (at most {most:,} are read)")
    try:
        with zipfile.ZipFile(file) as opened:
            infos = opened.infolist()
    except Exception as error:  # zipfile raises many kinds for what is damaged
        raise Unreadable(f"is no zip, or a damaged one ({shown(str(error)) or type(error).__name__})") from None
    if len(infos) > most:
        raise Unreadable(f"has {len(infos):,} entries; at most {most:,} are read")
    overlapping = _overlapping(infos)
    found: dict[str, Member] = {}
    for info in infos:
        member = _member(info, info.header_offset in overlapping)
        found[member.name] = replace(member, twice=True) if member.name in found else member
    return Members(found.values())


def unpack(file: BinaryIO, member: Member, limit: int) -> bytearray:
    """The bytes of a member.  Never more than limit are unpacked, whatever the zip says of its size.  Raises Unreadable."""
    if member.fault:
        raise Unreadable(member.fault)
    file.seek(member.offset)
    head = file.read(30)
    if len(head) < 30 or head[:4] != b"PK\3\4":
        raise Unreadable("is damaged (its own header is missing)")
    file.seek(struct.unpack_from("<HH", head, 26)[0] + struct.unpack_from("<HH", head, 26)[1], os.SEEK_CUR)
    data, left = bytearray(), member.packed
    inflate = zlib.decompressobj(-15) if member.method == zipfile.ZIP_DEFLATED else None
    while left > 0 and not (inflate and inflate.eof):
        packed = file.read(min(left, 1 << 16))
        if not packed:
            raise Unreadable("is damaged (it ends too early)")
        left -= len(packed)
        if inflate is None:
            data += packed
        while inflate and packed:
            try:
                data += inflate.decompress(packed, min(1 << 20, limit + 1 - len(data)))
            except zlib.error:
                raise Unreadable("is damaged (it cannot be unpacked)") from None
            packed = inflate.unconsumed_tail
            if len(data) > limit:
                break
        if len(data) > limit:
            raise Unreadable(f"is larger than {limit // 1_000_000} MB when it is unpacked")
    if inflate and not inflate.eof:
        data += inflate.flush()
    if len(data) != member.size or zlib.crc32(data) != member.crc:
        raise Unreadable("is damaged (its size or checksum is not what the zip says)")
    return data


def _member(info: zipfile.ZipInfo, overlaps: bool) -> Member:
    text = _name(info)
    parts = tuple(part for part in text.replace("\\", "/").split("/") if part not in ("", "."))
    when, local = _when(info)
    folder = text.endswith(("/", "\\"))
    member = Member(parts, escaped("/".join(parts)) + ("/" if folder else ""), folder, when, local, info.file_size,
                    info.compress_size, info.compress_type, info.CRC, info.header_offset)
    if text.startswith(("/", "\\")) or ".." in parts or not parts or re.match(r"[A-Za-z]:", text):
        return replace(member, name=escaped(text) or "(no name)", fault="has a name that leads out of the zip", stray=True)
    return replace(member, fault=_fault(info, overlaps))


def _fault(info: zipfile.ZipInfo, overlaps: bool) -> str:
    kind = stat.S_IFMT(info.external_attr >> 16)
    if kind in _LINKS_AND_DEVICES:
        return f"is {_LINKS_AND_DEVICES[kind]}, not a file"
    if info.flag_bits & 0x41:
        return "is locked with a password"
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return f"is packed in a way that is not read here (method {info.compress_type}); pack it as an ordinary zip"
    if overlaps:
        return "lies over another entry of the zip, as in a zip that is made to burst"
    return ""


def _overlapping(infos: Iterable[zipfile.ZipInfo]) -> set[int]:
    """The places of entries that share bytes with another."""
    found, end, last = set(), -1, -1
    for info in sorted(infos, key=lambda info: info.header_offset):
        start = info.header_offset
        if start < end or start == last:
            found |= {start, last}
        if (stop := start + 30 + len(_raw(info)) + info.compress_size) > end:
            end, last = stop, start
    return found


def _raw(info: zipfile.ZipInfo) -> bytes:
    return info.orig_filename.encode("utf-8" if info.flag_bits & 0x800 else "cp437", "surrogatepass")


def _name(info: zipfile.ZipInfo) -> str:
    """The entry's name: UTF-8 where it is marked or evident or stands in Info-ZIP's own field, else code page 437."""
    if info.flag_bits & 0x800 or info.orig_filename.isascii():
        return info.orig_filename.partition("\0")[0]
    raw = _raw(info)
    field = _extra(info.extra, 0x7075)
    if len(field) > 5 and field[0] == 1 and struct.unpack_from("<I", field, 1)[0] == zlib.crc32(raw):
        raw = field[5:]
    try:
        return raw.decode("utf-8").partition("\0")[0]
    except UnicodeDecodeError:
        return info.orig_filename.partition("\0")[0]


def _when(info: zipfile.ZipInfo) -> tuple[datetime | None, bool]:
    field = _extra(info.extra, 0x5455)
    try:
        if len(field) >= 5 and field[0] & 1:
            return datetime.fromtimestamp(struct.unpack_from("<i", field, 1)[0], UTC), False
        if info.date_time <= (1980, 1, 1, 0, 0, 0):
            return None, False
        return datetime(*info.date_time).astimezone(UTC), True
    except (ValueError, OverflowError, OSError):
        return None, False


def _extra(extra: bytes, wanted: int) -> bytes:
    at = 0
    while at + 4 <= len(extra):
        tag, size = struct.unpack_from("<HH", extra, at)
        if tag == wanted:
            return extra[at + 4 : at + 4 + size]
        at += 4 + size
    return b""


def _length_of_list(file: BinaryIO) -> int:
    """How many bytes the list of entries has, as the end of the zip says; zipfile would read it whole.  Raises Unreadable."""
    file.seek(0, os.SEEK_END)
    file.seek(max(0, file.tell() - _TAIL))
    tail = file.read(_TAIL)
    at = len(tail) - 22
    if at < 0 or tail[at : at + 4] != b"PK\5\6" or tail[-2:] != b"\0\0":
        at = tail.rfind(b"PK\5\6")
    if at < 0 or at + 22 > len(tail):
        raise Unreadable("is no zip, or one that was cut off")
    large = at - 76
    if large >= 0 and tail[at - 20 : at - 16] == b"PK\6\7" and tail[large : large + 4] == b"PK\6\6":
        return struct.unpack_from("<Q", tail, large + 40)[0]
    return struct.unpack_from("<I", tail, at + 12)[0]
