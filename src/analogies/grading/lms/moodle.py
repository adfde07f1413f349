"""Fills in the offline grading worksheet of a Moodle assignment: Grade and Feedback comments, and no other byte.

The rules are those of Moodle's importer.  It passes over a grade that is blank, out of range or locked without a word, so that
is said here.  A comment is stored as HTML, so it is written as HTML.  Its reader takes a backslash before a quotation mark for
part of the text, so neither stands in a comment as it is.
"""

from __future__ import annotations

import hashlib
import html
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from ...check.outcome import count
from ..submission import GradingError
from .csv_bytes import Sheet
from .filled import (
    CENT,
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
from .moodle_words import AGAIN, NO, WHAT, Columns, columns

if TYPE_CHECKING:
    from ..gradebook.entries import Row

_OURS = re.compile(r'<div class="analogies-([0-9a-f]{12})">(.*)</div>', re.DOTALL)


def fill_moodle(data: bytes, rows: Sequence[Row], *, comments: Mapping[str, str] | None = None, named: Mapping[str, str] | None = None,
                so_far: bool = False, rescale: bool = False, replace_comments: bool = False) -> Filled:
    """The worksheet with the marks of these students, and with the comments ({student's key: plain text}) where they are given.

    named: heads of columns that are not known here, such as {"grade": "Punkte"}; so_far: write also sums in which answers still
    wait for a reader; rescale: turn our points into those of the worksheet; replace_comments: write also over comments that were
    not written by this program.  Raises GradingError for a file that Moodle would not take.
    """
    sheet, report = checked(Sheet(data), WHAT), Report()
    at = columns(sheet, named or {})
    if at.scale >= 0 and at.maximum < 0:
        raise GradingError(f"{WHAT}: this assignment is graded by a scale of words, and marks are points; give it a maximum grade in Moodle "
                           "and download the worksheet again")
    lines = [n for n, row in enumerate(sheet.rows) if n and len(row) == len(sheet.rows[0])]
    _cautions(sheet, at, comments, report)
    ours = possible(rows)
    maximum = _maximum(sheet, at, lines)
    if maximum is None:
        report.say("The worksheet does not say out of how many points it is, so nothing was compared.")
    elif maximum != ours:
        done = "marks are rescaled" if rescale else "marks are written as they are (--rescale turns them into those of Moodle)"
        report.say(f"The worksheet is out of {as_text(maximum)} points and the exercise out of {as_text(ours)}: {done}.")
    numbers = [sheet.rows[n][c] for n in lines for c in (at.grade, at.maximum) if c >= 0]
    style = (bool(decimal_comma(numbers)), max((len(re.split("[.,]", cell.strip())[1]) for cell in numbers if _decimals(cell)), default=0))
    found, written, equal, commented = _matches(sheet, at, lines, rows, report), 0, 0, 0
    for row, points in ready((row for row in rows if row.student.key in found), report, so_far=so_far):
        n = found[row.student.key]
        if _locked(sheet, at, n, row, report):
            continue
        if rescale and maximum:
            points = rescaled(points, ours, maximum, row, report)
        if maximum is not None and points > maximum:
            report.name("More than the maximum of the worksheet, which Moodle would pass over, so nothing was written",
                        f"{who(row)} ({as_text(points)})")
            continue
        changed = _grade(sheet, n, at.grade, points, style, row, report)
        written += changed
        equal += not changed
        if comments is not None and at.comments >= 0 and comments.get(row.student.key, "").strip():
            commented += _comment(sheet, n, at.comments, comments[row.student.key], replace_comments, row, report)
    for row in rows:  # without a mark, but told why
        if row.ungraded and row.student.key in found and at.comments >= 0 and (comments or {}).get(row.student.key, "").strip():
            n = found[row.student.key]
            if not _locked(sheet, at, n, row, report):
                commented += _comment(sheet, n, at.comments, comments[row.student.key], replace_comments, row, report)
    served = set(found.values())
    left = [_name(sheet, at, n) for n in lines if n not in served]
    if left:
        report.say(f"No work of these students in the worksheet was graded, and their cells stay as they are ({len(left)}): {few(left)}.")
    where = f"the column {one_line(sheet.rows[0][at.grade])}" + (f", and {count(commented, 'comment')}" if comments is not None else "")
    return Filled(sheet.data(), (wrote(written, equal, where), *report.said()), written)


def as_html(text: str, encoding: str = "utf-8") -> str:
    """A comment as Moodle keeps it: HTML in one line, without quotation marks and backslashes of the text, and with a mark by which
    a later run knows that nobody changed it.  A sign that the encoding lacks is written by its number."""
    text = text.encode("utf-8", "replace").decode()
    blocks = [block for block in re.split(r"\n\s*\n", text.replace("\r\n", "\n").replace("\r", "\n").strip()) if block.strip()]
    lines = [[html.escape(one_line(line)).replace("\\", "&#92;") for line in block.split("\n")] for block in blocks]
    body = "".join(f"<p>{'<br>'.join(block)}</p>" for block in lines).encode(encoding, "xmlcharrefreplace").decode(encoding)
    return f'<div class="analogies-{_digest(body)}">{body}</div>'


def _digest(body: str) -> str:
    return hashlib.sha256(body.encode()).hexdigest()[:12]


def _untouched(cell: str) -> bool:
    """Whether a comment was written by this program and changed by nobody since."""
    ours = _OURS.fullmatch(cell.strip())
    return bool(ours) and _digest(ours[2]) == ours[1]


def _cautions(sheet: Sheet, at: Columns, comments: Mapping[str, str] | None, report: Report) -> None:
    header = sheet.rows[0]
    if at.guessed:
        listed = ", ".join(f"{one_line(header[getattr(at, role)])} for the {role}" for role in at.guessed)
        report.say(f"The heads of some columns are not known here; by what stands in them these were taken: {listed}.")
    if at.modified < 0:
        report.say("No column was known as Last modified (grade), which Moodle asks for; if it refuses the file, " + AGAIN + ".")
    if at.locked < 0:
        report.say("No column was known as Grade can be changed, so locked grades were written too; Moodle passes over them.")
    if comments is not None and at.comments < 0:
        report.say("No column was known as Feedback comments, so no comment was written; switch on Feedback comments in the assignment, "
                   "or name the column.")
    if sheet.delimiter != "," or sheet.encoding != "utf-8":
        kind = {"utf-8": "UTF-8", "cp1252": "Windows-1252"}.get(sheet.encoding, "UTF-16")
        between = {";": "semicolons", "\t": "tabs", ",": "commas"}[sheet.delimiter]
        report.say(f"The file is {kind} with {between} and was left so. Moodle expects UTF-8 with commas: choose the others where you upload "
                   "it, or save it so.")
    for n, row in enumerate(sheet.rows):
        if n and row and len(row) != len(header):
            report.say(f"Line {sheet.lines[n]} has {len(row)} fields where the head has {len(header)}, so nothing was written there, and Moodle "
                       "would refuse the file.")


def _maximum(sheet: Sheet, at: Columns, lines: Sequence[int]) -> Decimal | None:
    """What the worksheet is out of.  Raises GradingError where its rows disagree."""
    if at.maximum < 0:
        return None
    values = {as_number(sheet.rows[n][at.maximum]) for n in lines} - {None}
    if len(values) > 1:
        raise GradingError(f"{WHAT}: the column {one_line(sheet.rows[0][at.maximum])} should say the same in every row, found "
                           f"{' and '.join(sorted(map(str, values)))}; {AGAIN}")
    return next(iter(values), None)


def _decimals(cell: str) -> bool:
    return re.fullmatch(r"\d+[.,]\d+", cell.strip()) is not None


def _matches(sheet: Sheet, at: Columns, lines: Sequence[int], rows: Sequence[Row], report: Report) -> dict[str, int]:
    """The line of each student: by the number after Participant, else by a cell that is the student's key, else by the exact name."""
    numbers: dict[str, list[int]] = {}
    cells: dict[str, list[int]] = {}
    names: dict[str, list[int]] = {}
    beside = [n for n in range(len(sheet.rows[0])) if n not in (at.identifier, at.grade, at.maximum, at.locked, at.modified, at.comments)]
    for n in lines:
        row = sheet.rows[n]
        if number := re.search(r"\d+$", row[at.identifier].strip(), re.ASCII):
            numbers.setdefault(number[0].lstrip("0"), []).append(n)
        for cell in {same_name(row[c]) for c in beside if row[c].strip()}:
            cells.setdefault(cell, []).append(n)
        if at.name >= 0:
            names.setdefault(same_name(row[at.name]), []).append(n)
    found: dict[str, int] = {}
    for row in rows:
        one = row.student
        number = one.ids.get("moodle", "").lstrip("0")
        ways = [(numbers, number), *([] if number else [(cells, same_name(one.key)), (names, same_name(one.name))])]
        there = next((index[value] for index, value in ways if value and value in index), [])
        if len(there) > 1:
            report.name("Several lines of the worksheet fit, so nothing was written", who(row))
        elif there:
            found[one.key] = there[0]
        else:
            report.name("Not in the worksheet, so not written", who(row))
    taken = Counter(found.values())
    twice = {key for key, n in found.items() if taken[n] > 1}
    for row in rows:
        if row.student.key in twice:
            report.name("Several students of the gradebook fit one line, so nothing was written", f"{who(row)} ({row.student.key})")
    return {key: n for key, n in found.items() if key not in twice}


def _locked(sheet: Sheet, at: Columns, n: int, row: Row, report: Report) -> bool:
    if at.locked < 0 or sheet.rows[n][at.locked].strip().casefold() not in NO:
        return False
    report.name("The grade cannot be changed in Moodle, so nothing was written", who(row))
    return True


def _grade(sheet: Sheet, n: int, column: int, points: Decimal, style: tuple[bool, int], row: Row, report: Report) -> bool:
    """Write a grade.  False where it stood there already."""
    cell = sheet.rows[n][column].strip()
    before = as_number(cell)
    if before is not None and before.quantize(CENT) == points:
        return False
    if cell:
        report.name("Another grade stood there and was replaced", f"{who(row)} ({one_line(cell)} became {as_text(points)})")
    sheet.set(n, column, as_text(points, comma=style[0], places=style[1]))
    return True


def _comment(sheet: Sheet, n: int, column: int, text: str, replace: bool, row: Row, report: Report) -> bool:
    """Write a comment.  False where it stood there already, or where somebody else's stands."""
    before, comment = sheet.rows[n][column], as_html(text, sheet.encoding)
    if before.strip() == comment:
        return False
    if before.strip() and not _untouched(before) and not replace:
        report.name("A comment stood there that was written or changed by hand, and it was left", who(row))
        return False
    sheet.set(n, column, comment)
    return True


def _name(sheet: Sheet, at: Columns, n: int) -> str:
    return one_line(sheet.rows[n][at.name if at.name >= 0 else at.identifier])
