"""Fills in the gradebook CSV that Canvas exported: the cells of one assignment, and no other byte.

The rules are those of Canvas's importer: which columns it takes for an assignment, which rows it takes for students, and how
it finds a student.  An id is never made up: the column must be one that Canvas wrote.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from ..submission import GradingError
from .csv_bytes import Sheet
from .filled import (
    Filled,
    Report,
    as_number,
    as_text,
    checked,
    decimal_comma,
    few,
    one_line,
    possible,
    ready,
    rescaled,
    same_name,
    who,
    wrote,
)

if TYPE_CHECKING:
    from ..gradebook.entries import Row

_WHAT = "The file from Canvas"
_AGAIN = "in Canvas choose Grades, Export, and give that file as it is"
_TITLE = re.compile(r"(.*)\s\((\d+)\)", re.DOTALL)
# Columns that Canvas computes; an assignment whose title holds one of these words is left out by its importer.
_COMPUTED = re.compile("Current Score|Current Points|Current Grade|Final Score|Final Points|Final Grade|Override Score|Override Grade|"
                       "Override Status")
_NO_STUDENT = re.compile(r"\s*(Muted|Manual Posting.*)?\s*", re.IGNORECASE | re.DOTALL)
_READ_ONLY = re.compile(r"read\s+only")


@dataclass(frozen=True)
class _Columns:
    """Where the columns of a Canvas file stand; -1 for one that it lacks.  last: the last name, where names are in two."""

    id: int
    sis: int
    login: int
    section: int
    last: int = -1

    def name(self, row: Sequence[str]) -> str:
        """The student's name as the file has it."""
        return f"{row[0]}, {row[1]}" if self.last == 0 else row[0]

    def names(self, row: Sequence[str]) -> set[str]:
        """The forms of the name that Canvas accepts, and `First Last` for `Last, First`."""
        name = self.name(row)
        last, comma, first = name.partition(",")
        return {same_name(name), *([same_name(f"{first} {last}")] if comma else [])}


def fill_canvas(text: bytes, rows: Sequence[Row], *, title_or_id: str, so_far: bool = False, rescale: bool = False,
                excused: bool = False) -> Filled:
    """The exported file with the marks of these students in the column of one assignment.

    title_or_id: the assignment's title, its number in Canvas, or the whole head of its column; so_far: write also sums in
    which answers still wait for a reader; rescale: turn our points into those of the assignment; excused: write also over EX.
    Raises GradingError for a file that Canvas would not take, and for an assignment that is not in it.
    """
    sheet, report = checked(Sheet(text), _WHAT), Report()
    header = sheet.rows[0]
    columns = _columns(header)
    column = _assignment(header, columns, str(title_or_id).strip())
    students = [n for n, row in enumerate(sheet.rows) if n and _is_student(row)]
    maximum = _points_possible(sheet, column, report)
    ours = possible(rows)
    if maximum is not None and maximum != ours:
        done = "marks are rescaled" if rescale else "marks are written as they are (--rescale turns them into those of Canvas)"
        report.say(f"The assignment is out of {as_text(maximum)} points in Canvas and out of {as_text(ours)} here: {done}.")
    _cautions(sheet, report)
    comma = decimal_comma(cell for row in sheet.rows[1:] for cell in row[columns.section + 1:])
    comma = sheet.delimiter == ";" if comma is None else comma
    found, written, equal = _matches(sheet, columns, students, rows, report), 0, 0
    for row, points in ready((row for row in rows if row.student.key in found), report, so_far=so_far):
        if rescale and maximum:
            points = rescaled(points, ours, maximum, row, report)
        changed = [_write(sheet, n, column, points, comma, excused, row, report) for n in found[row.student.key]]
        written += any(changed)
        equal += changed.count(None) > 0 and not any(changed)
    named = {n for lines in found.values() for n in lines}
    left = [one_line(columns.name(sheet.rows[n])) for n in students if n not in named and len(sheet.rows[n]) > 1]
    if left := [name for name in left if name != "Student, Test"]:
        report.say(f"No work of these students in the file was graded, and their cells stay as they are ({len(left)}): {few(left)}.")
    return Filled(sheet.data(), (wrote(written, equal, f"the column {header[column]}"), *report.said()), written)


def _columns(header: Sequence[str]) -> _Columns:
    """Where the columns stand, by the rules of Canvas's importer.  Raises GradingError."""
    one = len(header) > 3 and "Student" in header[0] and "ID" in header[1]
    two = len(header) > 4 and "LastName" in header[0] and "FirstName" in header[1] and "ID" in header[2]
    if not (one or two):
        found = ", ".join(one_line(name) for name in header[:4])
        raise GradingError(f"{_WHAT}: expected Student and ID at the head of its first columns, found {found}; {_AGAIN}")
    at = 2 if one else 3
    sis = login = -1
    if re.search(r"SIS\s+Login\s+ID", header[at]):
        login, at = at, at + 1
    elif re.search(r"SIS\s+User\s+ID", header[at]) and at + 1 < len(header) and re.search(r"SIS\s+Login\s+ID", header[at + 1]):
        sis, login, at = at, at + 1, at + 2
        for optional in (r"Integration\s+ID", r"Root\s+Account"):
            at += at < len(header) and re.search(optional, header[at]) is not None
    if at >= len(header) or "Section" not in header[at]:
        raise GradingError(f"{_WHAT}: expected the column Section after those that name the student, found "
                           f"{one_line(header[at]) if at < len(header) else 'nothing'}; {_AGAIN}")
    return _Columns(1 if one else 2, sis, login, at, 0 if two else -1)


def _assignment(header: Sequence[str], columns: _Columns, wanted: str) -> int:
    """The column of the assignment.  Raises GradingError with what there is to choose from."""
    there = {n: match for n in range(columns.section + 1, len(header)) if (match := _TITLE.fullmatch(header[n]))}
    usable = {n: match for n, match in there.items() if not _COMPUTED.search(header[n])}
    for fits in (lambda n, m: m[2] == wanted, lambda n, m: header[n] == wanted, lambda n, m: same_name(m[1]) == same_name(wanted)):
        found = [n for n, match in there.items() if fits(n, match)]
        if len(found) > 1 and len({header[n] for n in found}) == 1:
            raise GradingError(f"{_WHAT}: the column {header[found[0]]} is there {len(found)} times, and Canvas reads the first alone; {_AGAIN}")
        if len(found) > 1:
            raise GradingError(f"{_WHAT}: {len(found)} assignments are called {wanted}; name one by its number: "
                               f"{', '.join(there[n][2] for n in found)}")
        if found and found[0] not in usable:
            raise GradingError(f"{_WHAT}: Canvas takes the column {header[found[0]]} for one that it computes, because of its title, and would "
                               "not read it; give the assignment another title in Canvas and export again")
        if found:
            return found[0]
    listed = "; ".join(one_line(header[n]) for n in usable) or "no assignment with a number"
    raise GradingError(f"{_WHAT}: expected the assignment {wanted or '(none was named)'}, found {listed}; name one of these by its title or "
                       "number (--assignment), or make the assignment in Canvas and export again")


def _is_student(row: Sequence[str]) -> bool:
    return any(cell.strip() for cell in row) and "Points Possible" not in row[0] and not all(_NO_STUDENT.fullmatch(cell) for cell in row)


def _points_possible(sheet: Sheet, column: int, report: Report) -> Decimal | None:
    """The assignment's points in Canvas.  Raises GradingError where Canvas says that it would not read the column."""
    maximum = None
    for row in sheet.rows[1:]:
        cell = row[column] if len(row) > column else ""
        if row and "Points Possible" in row[0]:
            if _READ_ONLY.search(cell):
                raise GradingError(f"{_WHAT}: the column {sheet.rows[0][column]} is marked (read only), and Canvas would not read it; choose an "
                                   "assignment of your own course")
            maximum = as_number(cell)
            if maximum is None:
                report.say(f"The file does not say how many points {sheet.rows[0][column]} is worth, so nothing was compared.")
        elif row and not _is_student(row) and cell.strip():
            hidden = "scores hidden" in cell
            report.say("Canvas hides the scores of this assignment from instructors and does not take marks for it; reveal the names first."
                       if hidden else "Marks of this assignment are posted by hand: students see them when you post them in Canvas.")
    return maximum


def _cautions(sheet: Sheet, report: Report) -> None:
    if sheet.encoding != "utf-8" or sheet.delimiter == "\t":
        kind = {"utf-8": "UTF-8", "cp1252": "Windows-1252"}.get(sheet.encoding, "UTF-16")
        said = f"{kind} with {'tabs' if sheet.delimiter == chr(9) else f'the sign {sheet.delimiter}'}"
        report.say(f"The file is {said}, and was left so. Canvas reads UTF-8 with commas or semicolons: save it so before you import it.")
    if len(sheet.line_ends) > 1:
        report.say("The file has line ends of different kinds, and was left so. Canvas may refuse it; if it does, export it again.")


def _matches(sheet: Sheet, columns: _Columns, students: Sequence[int], rows: Sequence[Row], report: Report) -> dict[str, list[int]]:
    """The lines of each student: by Canvas's number, SIS id, login or exact name, in that order.  No line serves two students."""
    def by(column: int) -> dict[str, list[int]]:
        index: dict[str, list[int]] = {}
        for n in students:
            if 0 <= column < len(sheet.rows[n]) and (cell := same_name(sheet.rows[n][column])):
                index.setdefault(cell, []).append(n)
        return index

    ids, sis, logins = by(columns.id), by(columns.sis), by(columns.login)
    names: dict[str, list[int]] = {}
    for n in students:
        for name in columns.names(sheet.rows[n]) if len(sheet.rows[n]) > columns.id else ():
            names.setdefault(name, []).append(n)
    found: dict[str, list[int]] = {}
    for row in rows:
        one, key = row.student, same_name(row.student.key)
        ways = [(ids, one.ids.get("canvas", "")), (sis, one.ids.get("sis", key)), (logins, one.ids.get("login", key)),
                (names, same_name(one.name)), (names, key)]
        lines = next((index[value] for index, value in ways if value and value in index), [])
        people = {sheet.rows[n][columns.id].strip() or f"line {sheet.lines[n]}" for n in lines}
        if not lines:
            report.name("Not in the file, so not written", who(row))
        elif len(people) > 1:
            report.name("Several students of the file have this name or number, so nothing was written", who(row))
        else:
            found[one.key] = lines
            if len(lines) > 1:
                report.name("Several lines of the file are about the same student, and all were given the mark", who(row))
    return _alone(found, rows, report)


def _alone(found: dict[str, list[int]], rows: Sequence[Row], report: Report) -> dict[str, list[int]]:
    claims: dict[int, list[str]] = {}
    for key, lines in found.items():
        for n in lines:
            claims.setdefault(n, []).append(key)
    twice = {key for keys in claims.values() if len(keys) > 1 for key in keys}
    for row in rows:
        if row.student.key in twice:
            report.name("Several students of the gradebook fit one line of the file, so nothing was written", f"{who(row)} ({row.student.key})")
    return {key: lines for key, lines in found.items() if key not in twice}


def _write(sheet: Sheet, n: int, column: int, points: Decimal, comma: bool, excused: bool, row: Row, report: Report) -> bool | None:
    """Write one mark.  True where the cell changed, None where it had the mark already, False where it was left."""
    if len(sheet.rows[n]) <= column:
        report.name(f"Line {sheet.lines[n]} of the file is shorter than its head, so nothing was written", who(row))
        return False
    cell = sheet.rows[n][column].strip()
    if cell.upper() == "EX" and not excused:
        report.name("Excused in Canvas (EX), and left so", who(row))
        return False
    if cell == "N/A":
        report.name("Not assigned to this student in Canvas (N/A), and left so", who(row))
        return False
    before = as_number(cell)
    if before is not None and before.quantize(Decimal("0.01")) == points:
        return None
    if cell:
        report.name("Another mark stood there and was replaced", f"{who(row)} ({one_line(cell)} became {as_text(points)})")
    sheet.set(n, column, as_text(points, comma=comma))
    return True
