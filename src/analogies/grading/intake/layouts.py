"""Whose work a file is, told from its place alone: Moodle, Canvas, nbgrader, or a folder of students.

The names are those that the programs write: mod/assign/classes/downloader.php (Moodle), lib/content_zipper.rb (Canvas),
submitted/{student}/{assignment} (nbgrader).  In the first two the student's own part of a name comes last, so the first
match is the program's.  Which program it was is decided once for the whole batch, and its names are looked for only where
it writes them, at the top: a student who gives a file such a name must not hand in for another.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from .contents import File

_MOODLE = re.compile(r"(?P<name>.*?)(?:[_ ](?P<id>\d+))?_assignsubmission_(?P<kind>[a-z0-9]+)(?:_(?P<rest>.*))?", re.S)
_CANVAS = re.compile(r"(?P<name>.*?)(?P<late>_LATE)?_(?P<id>\d+)_(?P<file>\d+)_(?P<rest>.+)", re.S)
_CANVAS_BLIND = re.compile(r"(?P<late>LATE_)?(?P<name>anon_(?P<id>(?=\d*[A-Za-z])[A-Za-z0-9]+))_(?P<file>\d+)_(?P<rest>.+)", re.S)
_CANVAS_TEXT = re.compile(r"(?P<name>.*?)(?P<late>_LATE)?_(?P<id>\d+)_(?P<rest>text\.html|link\.html)", re.S)
_ANOTHER_EXERCISE = re.compile(r"\d\d-[a-z0-9-]+")
_COPIES = re.compile(r"(?:[ _()\d-]|copy|kopie|copie|copia)*", re.I)  # no two ways to match a letter, so it takes no time
LONGEST_NAME = 255  # of a file, on any system; a zip may hold longer ones
STAMP = "timestamp.txt"
_OF_NBGRADER = {"source", "release", "autograded", "feedback"}  # beside submitted, and never handed in


@dataclass(frozen=True)
class Owner:
    """Who handed in: by which system, under which name (as written) and number.  Two that differ are two students."""

    system: str
    name: str
    id: str = ""


@dataclass
class Work:
    """What one student handed in: notebooks and zips, and the names of everything else.

    order: the number of each file where the system counts them up (Canvas); names: what the student called it; dates:
    nbgrader's timestamp.txt; late: what the system itself calls late; expected: the system says that something was handed in;
    elsewhere: notebooks and zips that lie outside of `place`, the folder of this exercise.
    """

    owner: Owner
    notebooks: list[File] = field(default_factory=list)
    zips: list[File] = field(default_factory=list)
    others: list[File] = field(default_factory=list)
    dates: list[File] = field(default_factory=list)
    order: dict[File, int] = field(default_factory=dict)
    names: dict[File, str] = field(default_factory=dict)
    late: set[File] = field(default_factory=set)
    expected: bool = False
    elsewhere: list[File] = field(default_factory=list)
    place: str = ""


def sort_out(files: Sequence[File], slug: str, *, submitted: bool = False) -> tuple[dict[Owner, Work], list[str]]:
    """The work of each student, and what was left out, in sentences.  submitted: they lie in a folder of that name."""
    depth = wrapping(files, slug)
    below = [(file, file.parts[depth:]) for file in files if len(file.parts) > depth]
    layout, said = _layout(below), []
    nbgrader = layout == "folder" and _in_submitted(below)
    if nbgrader:
        below = [(file, parts[1:]) for file, parts in below if parts[0] == "submitted" and len(parts) > 2]
    elif layout == "folder" and any(parts[0] == "submitted" and parts[2:3] == (slug,) for _, parts in below):
        below = [(file, parts) for file, parts in below if parts[0] != "submitted"]
        said.append(f"The folder submitted holds students as nbgrader keeps them, but others lie beside it; it was left out. Grade it "
                    f"by itself: analogies grade submitted --exercise {slug}.")
    found: dict[Owner, Work] = {}
    for file, parts in below:
        owner, rest, more = _READ[layout](parts) or _folder(parts, file)
        work = found.setdefault(owner, Work(owner))
        work.names[file] = rest[-1] if rest else parts[-1]
        work.expected |= owner.system != "folder" or nbgrader and len(parts) > 2 and parts[1] == slug
        work.late |= {file} if more.get("late") else set()
        if more.get("online"):
            work.others.append(file)
            continue
        if "file" in more:
            work.order[file] = int(more["file"])
        stamp = (nbgrader or submitted) and parts[1:] == (slug, STAMP)
        kind = (work.notebooks if file.is_notebook else work.zips if file.is_zip else work.dates if stamp else work.others)
        kind.append(file)
    for work in found.values():
        if work.owner.system == "folder":
            _only_this_exercise(work, slug, depth + nbgrader, nbgrader)
    return found, said


def is_named(name: str, slug: str) -> bool:
    """Whether a notebook's name (with its ending) is the exercise's, also as a copy: `SLUG-1`, `SLUG (2)`, `SLUG-Copy1`."""
    if len(name) > LONGEST_NAME:
        return False
    stem = re.sub(r"\.ipynb(\.\w+)?$", "", name, flags=re.I)
    return stem.casefold().startswith(slug.casefold()) and bool(_COPIES.fullmatch(stem[len(slug):]))


def copy_number(name: str) -> int:
    """The number that a browser or Canvas appended to a name handed in again; 0 for the first."""
    found = len(name) <= LONGEST_NAME and re.search(r"(?:[-_ ]|copy|\()(\d{1,3})\)?(?:\.ipynb)?(?:\.\w+)?$", name, re.I)
    return int(found[1]) if found else 0


def is_of_a_class(files: Sequence[File], slug: str) -> bool:
    """Whether these are the files of a download of a whole class."""
    depth = wrapping(files, slug)
    below = [(file, file.parts[depth:]) for file in files if len(file.parts) > depth]
    return _layout(below) != "folder" or _in_submitted(below)


def _layout(below: Sequence[tuple[File, tuple[str, ...]]]) -> str:
    """Which program wrote most of the names at the top: "moodle", "canvas", or neither, "folder".  A folder counts once."""
    tops = {(parts[0], len(parts) == 1) for file, parts in below if file.is_notebook or file.is_zip}
    tops = tops or {(parts[0], len(parts) == 1) for _, parts in below}
    for system in ("moodle", "canvas"):
        if sum(_system(*top) == system for top in tops) * 2 > len(tops):
            return system
    return "folder"


def _system(top: str, alone: bool) -> str:
    """Which program wrote a name: where both could have, the one whose part ends first; what follows is the student's."""
    moodle = _MOODLE.fullmatch(top) if len(top) <= 4 * LONGEST_NAME else None
    canvas = (_CANVAS_BLIND.fullmatch(top) or _CANVAS.fullmatch(top)) if alone and len(top) <= 4 * LONGEST_NAME else None
    if moodle and canvas:
        return "canvas" if canvas.end("name") < moodle.end("name") else "moodle"
    return "moodle" if moodle else "canvas" if canvas else ""


def _in_submitted(below: Sequence[tuple[File, tuple[str, ...]]]) -> bool:
    """Whether everything that could be graded lies in submitted/STUDENT, beside nothing but nbgrader's own folders."""
    places = [parts for file, parts in below if (file.is_notebook or file.is_zip) and parts[0] not in _OF_NBGRADER]
    return bool(places) and all(parts[0] == "submitted" and len(parts) > 2 for parts in places)


def _moodle(parts: tuple[str, ...]):
    found = _MOODLE.fullmatch(parts[0]) if len(parts[0]) <= 4 * LONGEST_NAME else None
    if not found:
        return None
    owner = Owner("moodle", found["name"], found["id"] or "")
    if found["name"].casefold() in ("participant", "") and found["id"]:
        owner = Owner("moodle", f"{found['name'] or 'Participant'} {found['id']}", found["id"])
    return owner, (*([found["rest"]] if found["rest"] else []), *parts[1:]), {"online": found["kind"] != "file"}


def _canvas(parts: tuple[str, ...]):
    if len(parts) != 1 or len(parts[0]) > 4 * LONGEST_NAME:
        return None
    if found := _CANVAS_BLIND.fullmatch(parts[0]) or _CANVAS.fullmatch(parts[0]):
        system = "canvas-blind" if found.re is _CANVAS_BLIND else "canvas"
        return Owner(system, found["name"], found["id"]), (found["rest"],), found.groupdict()
    if found := _CANVAS_TEXT.fullmatch(parts[0]):
        return Owner("canvas", found["name"], found["id"]), (found["rest"],), {"late": found["late"], "online": True}
    return None


_READ = {"moodle": _moodle, "canvas": _canvas, "folder": lambda parts: None}


def _folder(parts: tuple[str, ...], file: File):
    name = parts[0] if len(parts) > 1 else file.stem
    return Owner("folder", name), parts[1:] or parts, {}


def _only_this_exercise(work: Work, slug: str, depth: int, submitted: bool) -> None:
    """Leave out what lies in the folder of another exercise, where a student has a folder for each."""
    files = [*work.notebooks, *work.zips]
    own = [file for file in files if len(file.parts) > depth + 2 and file.parts[depth + 1] == slug]
    if own:
        kept = own
    elif submitted:  # the file of a folder that was made by hand; another name could be of any exercise
        kept = [file for file in files if len(file.parts) == depth + 2 and is_named(file.parts[-1], slug)]
    elif direct := [file for file in files if len(file.parts) <= depth + 2]:
        kept = direct
    else:
        kept = [file for file in files if not _ANOTHER_EXERCISE.fullmatch(file.parts[depth + 1])]
    places = {file.parts for file in kept}
    work.elsewhere = [file for file in files if file.parts not in places]
    work.place = "/".join((*files[0].parts[: depth + 1], slug)) if files and not kept else ""
    work.notebooks = [file for file in work.notebooks if file.parts in places]
    work.zips = [file for file in work.zips if file.parts in places]


def wrapping(files: Sequence[File], slug: str) -> int:
    """How many folders lie around the students, as in a zip that was made of one folder."""
    depth = 0
    while depth < 3:
        below = [file.parts[depth:] for file in files if file.is_notebook or file.is_zip]
        tops = {parts[0] for parts in below if parts}
        top = next(iter(tops), "")
        if len(tops) != 1 or min(map(len, below)) < 2 or _MOODLE.fullmatch(top[: 4 * LONGEST_NAME]) or top == "submitted":
            return depth
        direct = [parts[1] for parts in below if len(parts) == 2]
        folders = {parts[1] for parts in below if len(parts) > 2} - {slug}
        known = "submitted" in folders or len({parts[1] for parts in below}) > 1 and _layout(
            [(File(parts, Path()), parts[1:]) for parts in below]) == "moodle"
        students = len(folders) > 1 and not direct
        zips = sum(name.casefold().endswith(".zip") for name in direct)
        notes = len(direct) > 1 and zips in (0, len(direct)) and not any(is_named(name, slug) for name in direct)
        if not (known or students or notes):
            return depth
        depth += 1
    return depth
