"""From the files of a folder or zip to the notebooks that are graded: one student after the other, nobody dropped, none merged."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from ..names import alike, digest, key, listed, shown
from ..submission import Handed, Student
from . import attempts, contents, dates, layouts, notebook_cells
from .attempts import Try, with_more
from .contents import File, Unreached, Unreadable
from .layouts import Owner, Work

MOST_OF_ONE = 20  # notebooks of one student that are considered
MOST_ZIPS_OF_ONE = 5
BY = {"moodle": "Moodle", "canvas": "Canvas", "canvas-blind": "Canvas"}


class Found(list[Handed]):
    """What is to be graded, in order of the students' names; `said` is what concerns no student of them, in sentences."""

    def __init__(self, handed: Sequence[Handed] = (), said: Sequence[str] = ()):
        super().__init__(handed)
        self.said = tuple(said)


def everything(top: Path, files: Sequence[File], slug: str, deadline: datetime | None, attempt: str | int) -> Found:
    """Every student's notebook or notebooks among these files."""
    strays = [file for file in files if not file.parts]
    said = [f"{file.name} {file.fault}; it was left out." for file in strays]
    placed = [file for file in files if file.parts]
    if depth := layouts.wrapping(placed, slug):
        around = next(file for file in placed if file.is_notebook or file.is_zip).parts[:depth]
        said.append(f"All notebooks lie in the folder {shown('/'.join(around))}; the students were looked for in it.")
    works, left_out = layouts.sort_out(placed, slug, submitted=top.is_dir() and top.resolve().name == "submitted")
    said += left_out
    students = _students(works)
    undated = dates.are_of_the_download(one.when for work in works.values() if work.owner.system == "moodle"
                                        for one in (*work.notebooks, *work.zips) if one.when)
    handed = []
    for owner, work in works.items():
        tries, odd = _tries(work, slug, undated)
        if not tries and owner.system == "folder" and not work.expected and not _refused(work):
            said += [f"{shown(owner.name)}: {sentence}" for sentence in odd]
            continue
        if not tries:
            handed.append(_nothing(students[owner], work, top, odd))
            continue
        if attempt == "last":
            tries, passed = _up_to_a_readable(tries, deadline)
            odd += passed
        for one in attempts.choose(tries, deadline, attempt):
            file = one.attempt.file
            handed.append(Handed(students[owner], file.path, file.member, one.number, one.attempt.when, one.late,
                                 (*odd, *one.said)))
    if len(handed) > 1 and all(attempts.UNDATED in one.oddities for one in handed):  # said once, not of each
        handed = [replace(one, oddities=tuple(said for said in one.oddities if said != attempts.UNDATED)) for one in handed]
        said.append(f"Nothing says when the {len(handed)} notebooks were handed in, so they were not compared with the deadline.")
    alikes = _alikes(students)
    handed = [replace(one, oddities=(*one.oddities, *alikes.get(one.student.key, ()))) for one in handed]
    handed.sort(key=lambda one: (one.student.name.casefold(), one.student.key, one.attempt))
    return Found(handed, _short(said))


def _tries(work: Work, slug: str, undated: bool) -> tuple[list[Try], list[str]]:
    """One student's notebooks, and what was odd."""
    odd = [f"{file.name} {file.fault}; it was left out." for file in _refused(work)]
    found = [file for file in work.notebooks if not file.fault]
    zips = [file for file in work.zips if not file.fault]
    names = dict(work.names)
    if found and zips:
        odd.append(f"{listed([file.name for file in zips])} was not opened, because a notebook lies beside it.")
    for outer in [] if found else zips[:MOST_ZIPS_OF_ONE]:
        inside, more = _inside(outer, slug)
        odd += more
        found += inside
        for file in inside:
            names[file] = file.parts[-1]
            work.late |= {file} if outer in work.late else set()
            work.order[file] = work.order.get(outer, 0)
    if len(found) > MOST_OF_ONE:
        odd.append(f"There are {len(found):,} notebooks; only the first {MOST_OF_ONE} were looked at.")
    looked_at = found[:MOST_OF_ONE]
    found = _of_this_exercise(looked_at, names, slug, work.owner)
    if left := [shown(names[file]) for file in looked_at if file not in found]:
        odd.append(f"{listed(left)} was left out, because another notebook is that of the exercise.")
    if not found and not odd and work.place:
        odd.append(f"No notebook lies in {shown(work.place)}; found {listed([file.name for file in work.elsewhere])}, which "
                   "was left out.")
    if not found and not odd:
        other = [shown(names.get(file, file.name)) for file in work.others if not file.fault]
        odd.append(f"No notebook was handed in; found {listed(other) if other else 'nothing'}.")
    if aside := [file.name for file in work.others if file.parts[-1] == layouts.STAMP] if work.owner.system == "folder" else []:
        odd.append(f"{listed(aside)} was not taken for the time, because only nbgrader's own counts, submitted/STUDENT/{slug}/"
                   f"{layouts.STAMP}.")
    return [_try(file, names[file], work, undated) for file in found], _short(odd)


def _up_to_a_readable(tries: list[Try], deadline: datetime | None) -> tuple[list[Try], list[str]]:
    """The tries as far as the last that can be read, and a sentence for each newer one that cannot; all where none can."""
    left, said = tries, []
    while left:
        last = attempts.choose(left, deadline, "last")[0]
        why = _unreadable(last.attempt.file) if len(tries) > 1 else ""
        if not why:
            return left, said
        said.append(f"{shown(last.attempt.name)} (attempt {last.number}) {why}; the attempt before it counts.")
        left = attempts.in_order(left)[: last.number - 1]
    return tries, []


def _unreadable(file: File) -> str:
    try:
        notebook_cells.load(file.path, file.member)
    except Unreached:
        return ""  # that is said when it is graded, and it is tried again
    except Unreadable as error:
        return str(error)
    except OSError:
        return ""
    return ""


def _try(file: File, name: str, work: Work, undated: bool) -> Try:
    system = work.owner.system
    order = (work.order.get(file, 0), layouts.copy_number(name), -len(file.parts), name)
    if system.startswith("canvas"):
        one = Try(file, name, None, "Canvas", False, order, file in work.late)
    elif system == "moodle" and undated:
        one = Try(file, name, None, "Moodle", False, order)
    else:
        by = "the zip" if file.member else "the file's own time"
        one = Try(file, name, file.when, by, file.local, order)
    stamp = next((date for date in work.dates if date.parts[:-1] == file.parts[: len(date.parts) - 1] and not date.fault), None)
    if stamp:
        try:
            when, odd = dates.stamped(bytes(contents.data(stamp.path, stamp.member, 1000)).decode("utf-8", "replace"))
            one = with_more(replace(one, when=when, by="timestamp.txt", local=False) if when else one, odd)
        except Unreadable as error:
            one = with_more(one, f"The file timestamp.txt {error}.")
    if file.twice:
        one = with_more(one, f"The zip holds {file.name} twice; the later one was taken.")
    if not file.parts[-1].casefold().endswith(".ipynb"):
        one = with_more(one, f"The name {shown(name)} does not end with .ipynb; it was read all the same.")
    return one


def _inside(outer: File, slug: str) -> tuple[list[File], list[str]]:
    """The notebooks in a zip that a student handed in; zips in it stay closed."""
    try:
        files = contents.of_handed_zip(outer)
    except Unreadable as error:
        return [], [f"{outer.name} {error}; it was left out."]
    if not outer.member and len(outer.parts) == 1 and layouts.is_of_a_class(
            [replace(one, parts=one.parts[1:]) for one in files if len(one.parts) > 1], slug):
        return [], [f"{outer.name} is a download of a whole class; grade it by itself: analogies grade {outer.name} --exercise {slug}."]
    odd = [f"{file.name} {file.fault}; it was left out." for file in files
           if file.fault and (file.is_notebook or not file.parts)]
    found = [file for file in files if file.is_notebook and not file.fault]
    if not found:
        closed = any(file.is_zip for file in files)
        odd.append(f"{outer.name} holds no notebook" + (", but a further zip, which was not opened." if closed else "."))
    return found, odd


def _of_this_exercise(found: list[File], names: dict[File, str], slug: str, owner: Owner) -> list[File]:
    """Those that bear the exercise's name (or, as STUDENT.ipynb, the student's); where none does, those that say so inside."""
    if named := [file for file in found if layouts.is_named(names[file], slug) or file.stem == owner.name]:
        return named
    if len(found) < 2:
        return found
    return [file for file in found if notebook_cells.claim(file.path, file.member) == slug] or found


def _nothing(student: Student, work: Work, top: Path, odd: list[str]) -> Handed:
    """A row for a student of whom nothing can be graded; reading it says why."""
    first = next(iter((*_refused(work), *work.zips, *work.others, *work.dates)))
    return Handed(student, first.path, first.member, oddities=tuple(odd), late=first in work.late)


def _refused(work: Work) -> list[File]:
    return [file for file in (*work.notebooks, *work.zips, *work.others) if file.fault]


def _students(works: dict[Owner, Work]) -> dict[Owner, Student]:
    """A student for each owner.  The key is the LMS's number, or else the name; who would share a key or name is told apart."""
    keys = _keys({owner: owner.name if owner.system == "canvas-blind" else owner.id or key(owner.name) for owner in works})
    names = Counter(shown(owner.name) for owner in works)
    students = {}
    for owner in works:
        name = shown(owner.name) or owner.id or "(no name)"
        name = f"{name} ({owner.id})" if names[shown(owner.name)] > 1 and owner.id else name
        ids = {owner.system: owner.id} if owner.id and owner.system != "canvas-blind" else {}
        students[owner] = Student(keys[owner], name, ids)
    return students


def _keys(wanted: dict[Owner, str]) -> dict[Owner, str]:
    """A key of one's own for each.  Of those who want the same, the one whom an LMS names, or who is written so, keeps it."""
    groups: defaultdict[str, list[Owner]] = defaultdict(list)
    for owner, own in wanted.items():
        groups[own].append(owner)
    keys, taken = {}, set(wanted.values())
    for own, group in groups.items():
        ranked = sorted(group, key=lambda owner: (_rank(owner, own), repr(owner)))
        if len(ranked) == 1 or _rank(ranked[0], own) < _rank(ranked[1], own):
            keys[ranked.pop(0)] = own
        for owner in ranked:
            other = own
            while other in taken:  # it ends: the key grows each time, and those taken are finite
                other = f"{other}~{digest(repr(owner) + other)}"
            keys[owner] = other
            taken.add(other)
    return keys


def _rank(owner: Owner, own: str) -> tuple[bool, bool]:
    return owner.system == "folder", own != owner.name


def _alikes(students: dict[Owner, Student]) -> dict[str, list[str]]:
    """By key: a sentence where another student's name or number could be taken for this one's."""
    said: defaultdict[str, list[str]] = defaultdict(list)
    for what, of in (("name looks like that", lambda owner, one: alike(one.name)), ("number is also that", lambda owner, one: owner.id)):
        groups: defaultdict[str, list[str]] = defaultdict(list)
        for owner, one in students.items():
            groups[of(owner, one)].append(one.key)
        for group in (group for word, group in groups.items() if word and len(group) > 1):
            for own in group:
                others = [other for other in group if other != own]
                said[own].append(f"The {what} of {listed(others)}; they were taken for different students.")
    return said


def _short(said: list[str], most: int = 20) -> list[str]:
    return said if len(said) <= most else [*said[:most], f"{len(said) - most:,} more such sentences are left out."]
