"""Notebooks, folders and zips as students and their LMS hand them in, made in code as small as they can be."""

import copy
import io
import json
import os
import struct
import warnings
import zipfile
import zlib
from datetime import datetime
from pathlib import Path

import nbformat

from analogies.grading.submission import Handed, Student

SLUG = "03-syria-2015"
ROOT = Path(__file__).parents[1]
EXERCISE = nbformat.read(ROOT / "exercises" / f"{SLUG}.ipynb", as_version=4)
ANSWERS = {"q1": "present = 1\nserved = 2\nsorties_a_day = 3", "q2": "before = 1\nafter = 2", "q3": "q3 = []",
           "q4": "differences = []", "q5": "Because of five.", "q6": "Because of six."}


def name_of(cell):
    return cell["metadata"].get("nbgrader", {}).get("grade_id")


def cell_of(book, name):
    return next(cell for cell in book.cells if name_of(cell) == name)


def place_of(book, name):
    return book.cells.index(cell_of(book, name))


def answered(**answers):
    """A student's copy of the exercise with these answers, all of them by default."""
    book = copy.deepcopy(EXERCISE)
    for name, text in (answers or ANSWERS).items():
        cell_of(book, name).source = text
    return book


def raw(book=None):
    """The bytes of a notebook."""
    return json.dumps(answered() if book is None else book, ensure_ascii=False).encode()


def handed(path, member=""):
    return Handed(Student("anna"), Path(path), member)


def entry(name, when=(2026, 11, 20, 12, 0, 0), mode=0o100644, kind=zipfile.ZIP_DEFLATED):
    """What zipfile is told of one entry."""
    info = zipfile.ZipInfo(name, when)
    info.external_attr, info.compress_type, info.create_system = mode << 16, kind, 3
    return info


def zipped(*entries):
    """The bytes of a zip of (name or ZipInfo, data)."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made, warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # of names that occur twice
        for name, data in entries:
            made.writestr(name if isinstance(name, zipfile.ZipInfo) else entry(name), data)
    return out.getvalue()


def zip_at(path, *entries):
    path.write_bytes(zipped(*entries))
    return path


def folder_at(top, *places, data=None, when=None):
    """Write the same notebook at each place below a folder; `when` is the time of each file."""
    for place in places:
        path = top / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(raw() if data is None else data)
        if when:
            os.utime(path, (datetime.fromisoformat(when).timestamp(),) * 2)
    return top


def with_raw_names(data, names, flag=0):
    """The same zip with other bytes for its names, of the same length, in both headers; flag 0x800 says UTF-8."""
    for old, new in names.items():
        assert len(old) == len(new) and data.count(old) == 2
        data = data.replace(old, new)
    out = bytearray(data)
    for mark, at in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        place = out.find(mark)
        while place >= 0:
            out[place + at : place + at + 2] = struct.pack("<H", struct.unpack_from("<H", out, place + at)[0] & ~0x800 | flag)
            place = out.find(mark, place + 4)
    return bytes(out)


def unicode_path(real, written):
    """Info-ZIP's field for a name that the zip writes in another encoding."""
    body = struct.pack("<BL", 1, zlib.crc32(written)) + real.encode()
    return struct.pack("<HH", 0x7075, len(body)) + body


def overlapping(count, name="student{}/x.ipynb"):
    """A zip in which every entry is one and the same body, as in a bomb of overlapping entries."""
    data = zipped((name.format(0), b"{}" * 1000))
    start = data.find(b"PK\1\2")
    end = data.find(b"PK\5\6")
    first = data[start:end]
    listing = b""
    for number in range(count):
        own = name.format(f"{number:06d}").encode()
        head = bytearray(first[:46])
        head[28:30] = struct.pack("<H", len(own))
        listing += bytes(head) + own
    tail = b"PK\5\6" + struct.pack("<4H2LH", 0, 0, min(count, 65535), min(count, 65535), len(listing), start, 0)
    return data[:start] + listing + tail
