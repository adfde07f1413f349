"""Reads a notebook's bytes as data: its cells with text, type and names.  Outputs are cut out before anything is parsed.

A notebook with 100 MB of outputs is then as small as any other, and no form of nesting or repetition in them costs memory.
"""

from __future__ import annotations

import codecs
import json
import re
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from . import contents
from .contents import Unreadable

LARGEST_WITHOUT_OUTPUTS = 10_000_000
LARGEST_AT_ONCE = 8_000_000  # larger files are read one after the other, in however many threads the grader works
MOST_CELLS = 5_000
MOST_OUTPUTS = 20_000  # lists of outputs, attachments and widgets, each of which is looked through by itself
_KEY = re.compile(rb'"(?:outputs|attachments|widgets)"\s*:\s*(?=[\[{])')
_FIRST_LOOK, _LONGEST_LOOK = 1 << 12, 1 << 22  # bytes
_PICTURE = re.compile(r"data:[\w/+.;-]{1,100},[A-Za-z0-9+/=%]{2000,}")
_LARGE = threading.Lock()


@dataclass(frozen=True)
class Cell:
    """One cell of a notebook; id and grade_id are "" where it has none."""

    kind: str
    text: str
    id: str = ""
    grade_id: str = ""


@dataclass(frozen=True)
class Book:
    """The cells of a notebook, the exercise that it says it is ("" if none), and what was odd in reading it, in sentences."""

    cells: tuple[Cell, ...]
    slug: str = ""
    said: tuple[str, ...] = ()


def load(path: Path, member: str = "") -> Book:
    """The notebook in a file or in a member of a zip.  Raises Unreadable."""
    size = path.stat().st_size if not member and path.is_file() else LARGEST_AT_ONCE
    if size < LARGEST_AT_ONCE // 8:
        return parse(contents.data(path, member))
    with _LARGE:
        return parse(contents.data(path, member))


def claim(path: Path, member: str = "") -> str:
    """The exercise that a notebook says it is; "" where it says none or cannot be read."""
    try:
        return load(path, member).slug
    except (Unreadable, OSError):
        return ""


def parse(data: bytes | bytearray) -> Book:
    """The cells of a notebook of format 3 or 4 (and what is near enough to it).  Raises Unreadable."""
    data, said = _as_utf8(data)
    kept, whole = _without_outputs(data)
    if not kept.strip(b" \t\r\n\0"):
        raise Unreadable("is empty" if not len(data) else "holds nothing but blanks")
    if len(kept) > LARGEST_WITHOUT_OUTPUTS:
        raise Unreadable(f"is larger than {LARGEST_WITHOUT_OUTPUTS // 1_000_000} MB without its outputs")
    try:
        text = kept.decode("utf-8")
    except UnicodeDecodeError:
        text = kept.decode("cp1252", "replace")
        said.append("The file is not UTF-8; it was read as Windows text, so letters with accents may be wrong.")
    book = _json(text.strip(" \t\r\n\0"), whole)
    if not isinstance(book, dict):
        raise Unreadable("is JSON, but no notebook")
    cells = _cells(book)
    return Book(cells, _claimed(book, cells), tuple(said))


def _json(text: str, whole: bool) -> Any:
    try:
        return json.loads(text, strict=False, parse_int=lambda digits: int(digits) if len(digits) < 10 else 0)
    except RecursionError:
        raise Unreadable("is nested too deeply to be a notebook") from None
    except json.JSONDecodeError as error:
        if not whole or error.pos >= len(text) - 1 or error.msg.startswith("Unterminated string"):
            raise Unreadable("is no complete notebook: it ends in the middle, as when a download or upload broke off") from None
        raise Unreadable(f"is not valid JSON ({error.msg} near {text[max(0, error.pos - 20):error.pos + 20]!r})") from None


def _cells(book: dict) -> tuple[Cell, ...]:
    listed = book.get("cells")
    if not isinstance(listed, list):
        sheets = book.get("worksheets")
        if not isinstance(sheets, list):
            raise Unreadable("is JSON, but no notebook (it has no list of cells)")
        listed = [cell for sheet in sheets if isinstance(sheet, dict) for cell in _list(sheet.get("cells"))]
    if not listed:
        raise Unreadable("is a notebook without any cell")
    if len(listed) > MOST_CELLS:
        raise Unreadable(f"has {len(listed):,} cells; at most {MOST_CELLS:,} are read")
    return tuple(_cell(cell) for cell in listed if isinstance(cell, dict))


def _cell(cell: dict) -> Cell:
    metadata = _dict(cell.get("metadata"))
    kind, text = cell.get("cell_type"), _text(cell["source"] if "source" in cell else cell.get("input"))
    if kind == "heading":  # format 3
        level = cell.get("level")
        kind, text = "markdown", "#" * (level if isinstance(level, int) and 1 <= level <= 6 else 1) + " " + text
    if kind != "code":
        text = _PICTURE.sub("(a picture was left out)", text)
    name = _dict(metadata.get("nbgrader")).get("grade_id")
    own = cell.get("id")
    return Cell(kind if kind in ("code", "markdown") else "raw", text, own if isinstance(own, str) else "",
                name if isinstance(name, str) else "")


def _text(source: Any) -> str:
    """A source as one text that can be encoded: unpaired surrogates and null characters are marked, line ends are \\n."""
    lines = source if isinstance(source, list) else [source]
    text = "".join(line for line in lines if isinstance(line, str)).replace("\r\n", "\n").replace("\r", "\n")
    text = text.replace("\0", "�")
    if not text.isascii():
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


def _claimed(book: dict, cells: tuple[Cell, ...]) -> str:
    said = _dict(_dict(book.get("metadata")).get("analogies")).get("slug")
    if isinstance(said, str) and said:
        return said
    for cell in cells:
        if cell.kind == "code" and (found := re.search(r"""\.exercise\(\s*["']([\w-]{1,80})["']""", cell.text)):
            return found[1]
    return ""


def _as_utf8(data: bytes | bytearray) -> tuple[bytes | bytearray, list[str]]:
    """The same text in an encoding in which JSON's signs are single bytes."""
    if data.startswith(codecs.BOM_UTF8):
        return data[3:], []
    if not data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) and b"\0" not in data[:4]:
        return data, []
    try:
        text = bytes(data).decode(json.detect_encoding(data))
    except UnicodeDecodeError:
        return data, []
    return text.encode("utf-8", "replace"), ["The file is not UTF-8; it was read as UTF-16 or UTF-32."]


def _without_outputs(data: bytes | bytearray) -> tuple[bytes, bool]:
    """The JSON text without the values of outputs, attachments and widgets, and whether what was cut out was closed.

    One pass, with no recursion: what is cut out is never built.  Raises Unreadable.
    """
    plain = data  # of the same length, without escaped quotation marks: each that is left begins or ends a string
    if b"\\" in data:
        plain = data.replace(b"\\\\", b"__").replace(b'\\"', b"__")
    kept: list[bytes] = []
    at = size = 0
    while found := _KEY.search(plain, at):
        size += found.end() - at
        if size > LARGEST_WITHOUT_OUTPUTS:
            raise Unreadable(f"is larger than {LARGEST_WITHOUT_OUTPUTS // 1_000_000} MB without its outputs")
        if len(kept) >= 2 * MOST_OUTPUTS:
            raise Unreadable(f"has more than {MOST_OUTPUTS:,} outputs, as no notebook of Jupyter has")
        kept += [bytes(data[at : found.end()]), b"[]" if data[found.end()] == 0x5B else b"{}"]
        at = _end(plain, found.end() + 1)
        if at < 0:
            return b"".join(kept), False
    kept.append(bytes(data[at : at + LARGEST_WITHOUT_OUTPUTS - size + 1]))
    return b"".join(kept), True


def _end(plain: bytes | bytearray, at: int) -> int:
    """Where a list or object ends in which `at` lies; -1 where it does not end.

    NumPy counts brackets outside of strings, a piece at a time: in re, what is repeated without going back is not to be
    trusted before Python 3.11.5, and what may go back takes memory.
    """
    depth, in_string, length = 1, 0, _FIRST_LOOK
    while at < len(plain):
        piece = np.frombuffer(plain, np.uint8, min(length, len(plain) - at), at)
        inside = (np.cumsum(piece == 0x22, dtype=np.uint8) + in_string) & 1
        folded = piece | 0x20  # [ and {, ] and } differ in this bit
        opens = folded == 0x7B
        places = np.flatnonzero((opens | (folded == 0x7D)) & (inside == 0))
        depths = depth + np.cumsum(np.where(opens[places], 1, -1))
        closed = np.flatnonzero(depths == 0)
        if len(closed):
            return at + int(places[closed[0]]) + 1
        depth = int(depths[-1]) if len(depths) else depth
        in_string, at, length = int(inside[-1]), at + len(piece), min(length * 2, _LONGEST_LOOK)
    return -1


def _list(value: Any) -> list:
    return value if isinstance(value, list) else []


def _dict(value: Any) -> dict:
    return value if isinstance(value, dict) else {}
