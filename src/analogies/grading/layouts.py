"""Whose work a file is, told from its place alone: Moodle, Canvas, nbgrader, or a folder of students.

The names are those that the programs write: mod/assign/classes/downloader.php (Moodle), lib/content_zipper.rb (Canvas),
submitted/{student}/{assignment} (nbgrader).  In the first two the student's own part of a name comes last, so the first
match is the program's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from .contents import File

_MOODLE = re.compile(r"(?P<name>.*?)(?:[_ ](?P<id>\d+))?_assignsubmission_(?P<kind>[a-z0-9]+)(?:_(?P<rest>.*))?", re.S)
_CANVAS = re.compile(r"(?P<name>.*?)(?P<late>_LATE)?_(?P<id>\d+)_(?P<file>\d+)_(?P<rest>.+)", re.S)
_CANVAS_BLIND = re.compile(r"(?P<late>LATE_)?(?P<name>anon_(?P<id>(?=\d*[A-Za-z])[A-Za-z0-9]+))_(?P<file>\d+)_(?P<rest>.+)", re.S)
_CANVAS_TEXT = re.compile(r"(?P<name>.*?)(?P<late>_LATE)?_(?P<id>\d+)_(?P<rest>text\.html|link\.html)", re.S)
_ANOTHER_EXERCISE = re.compile(r"\d\d-[a-z0-9-]+")
_COPIES = re.compile(r"(?:[ _-]*(?:copy|kopie|copie|copia)?[ _-]*(?:\(?\d{0,3}\)?))*", re.I)


@dataclass(frozen=True)
class Owner:
    """Who handed in: by which system, under which name (as written) and number.  Two that differ are two students."""

    system: str
    name: str
    id: str = ""


@dataclass
class Work:
    """What one student handed in: notebooks and zips, and the names of everything else.

    order: the number of each file where the system counts them up (Canvas); names: what the student called it; dates: the
    files timestamp.txt; late: what the system itself calls late; expected: the system says that something was handed in.
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


def sort_out(files: Sequence[File], slug: str) -> dict[Owner, Work]:
    """The work of each student; a file that is nobody's is in none."""
    depth = wrapping(files, slug)
    below = [(file, file.parts[depth:]) for file in files if len(file.parts) > depth]
    submitted = any(parts[0] == "submitted" and len(parts) > 2 for _, parts in below)
    if submitted:
        below = [(file, parts[1:]) for file, parts in below if parts[0] == "submitted" and len(parts) > 2]
    canvas = not submitted and _is_canvas([(file, parts[0]) for file, parts in below if len(parts) == 1])
    found: dict[Owner, Work] = {}
    for file, parts in below:
        owner, rest, more = _moodle(parts) or canvas and _canvas(parts) or _folder(parts, file)
        work = found.setdefault(owner, Work(owner))
        work.names[file] = rest[-1] if rest else parts[-1]
        work.expected |= owner.system != "folder" or submitted and len(parts) > 2 and parts[1] == slug
        work.late |= {file} if more.get("late") else set()
        if more.get("online"):
            work.others.append(file)
            continue
        if "file" in more:
            work.order[file] = int(more["file"])
        kind = (work.notebooks if file.is_notebook else work.zips if file.is_zip else
                work.dates if file.parts[-1] == "timestamp.txt" else work.others)
        kind.append(file)
    for work in found.values():
        if work.owner.system == "folder":
            _only_this_exercise(work, slug, depth + submitted, submitted)
    return found


def is_named(name: str, slug: str) -> bool:
    """Whether a notebook's name (with its ending) is the exercise's, also as a copy: `SLUG-1`, `SLUG (2)`, `SLUG-Copy1`."""
    stem = re.sub(r"\.ipynb(\.\w+)?$", "", name, flags=re.I)
    return stem.casefold().startswith(slug.casefold()) and bool(_COPIES.fullmatch(stem[len(slug):]))


def copy_number(name: str) -> int:
    """The number that a browser or Canvas appended to a name handed in again; 0 for the first."""
    found = re.search(r"(?:[-_ ]|copy|\()(\d{1,3})\)?(?:\.ipynb)?(?:\.\w+)?$", name, re.I)
    return int(found[1]) if found else 0


def is_of_a_class(files: Sequence[File]) -> bool:
    """Whether these are the files of a download of a whole class."""
    tops = [(file, file.parts[-1]) for file in files]
    return any(_moodle(file.parts) or file.parts[0] == "submitted" for file in files) or _is_canvas(tops)


def _moodle(parts: tuple[str, ...]):
    for number, part in enumerate(parts):
        if found := _MOODLE.fullmatch(part):
            rest = (*([found["rest"]] if found["rest"] else []), *parts[number + 1:])
            owner = Owner("moodle", found["name"], found["id"] or "")
            if found["name"].casefold() in ("participant", "") and found["id"]:
                owner = Owner("moodle", f"{found['name'] or 'Participant'} {found['id']}", found["id"])
            return owner, rest, {"online": found["kind"] != "file"}
    return None


def _canvas(parts: tuple[str, ...]):
    if len(parts) != 1:
        return None
    if found := _CANVAS_BLIND.fullmatch(parts[0]) or _CANVAS.fullmatch(parts[0]):
        system = "canvas-blind" if found.re is _CANVAS_BLIND else "canvas"
        return Owner(system, found["name"], found["id"]), (found["rest"],), found.groupdict()
    if found := _CANVAS_TEXT.fullmatch(parts[0]):
        return Owner("canvas", found["name"], found["id"]), (found["rest"],), {"late": found["late"], "online": True}
    return None


def _folder(parts: tuple[str, ...], file: File):
    name = parts[0] if len(parts) > 1 else file.stem
    return Owner("folder", name), parts[1:] or parts, {}


def _is_canvas(tops: list[tuple[File, str]]) -> bool:
    """Whether most notebooks and zips at the top have names that Canvas gives; one alone could be a student's own."""
    matched = [bool(_CANVAS_BLIND.fullmatch(name) or _CANVAS.fullmatch(name)) for file, name in tops
               if file.is_notebook or file.is_zip]
    return sum(matched) * 2 > len(matched)


def _only_this_exercise(work: Work, slug: str, depth: int, submitted: bool) -> None:
    """Leave out what lies in the folder of another exercise, where a student has a folder for each."""
    files = [*work.notebooks, *work.zips]
    own = [file for file in files if len(file.parts) > depth + 2 and file.parts[depth + 1] == slug]
    if own or submitted:
        kept = own
    elif direct := [file for file in files if len(file.parts) <= depth + 2]:
        kept = direct
    else:
        kept = [file for file in files if not _ANOTHER_EXERCISE.fullmatch(file.parts[depth + 1])]
    places = {file.parts for file in kept}
    work.notebooks = [file for file in work.notebooks if file.parts in places]
    work.zips = [file for file in work.zips if file.parts in places]


def wrapping(files: Sequence[File], slug: str) -> int:
    """How many folders lie around the students, as in a zip that was made of one folder."""
    depth = 0
    while depth < 3:
        below = [file.parts[depth:] for file in files if file.is_notebook or file.is_zip]
        tops = {parts[0] for parts in below if parts}
        top = next(iter(tops), "")
        if len(tops) != 1 or min(map(len, below)) < 2 or _moodle((top,)) or top == "submitted":
            return depth
        direct = [parts[1] for parts in below if len(parts) == 2]
        folders = {parts[1] for parts in below if len(parts) > 2} - {slug}
        known = any(_moodle(parts[1:]) for parts in below) or "submitted" in folders
        students = len(folders) > 1 and not direct
        zips = sum(name.casefold().endswith(".zip") for name in direct)
        notes = len(direct) > 1 and zips in (0, len(direct)) and not any(is_named(name, slug) for name in direct)
        if not (known or students or notes):
            return depth
        depth += 1
    return depth
