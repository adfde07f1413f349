"""The written answers question by question: a page to read, and a sheet to mark in any spreadsheet and read back."""

from __future__ import annotations

import html
import math
import re
from collections.abc import Iterator, Mapping, Sequence

from ...check.outcome import count, number
from ...check.rubric import Rubric
from .. import names
from ..submission import GradingError
from . import spreadsheet
from .entries import AUTO, Answer, Marking
from .spreadsheet import Record, cell_name

BEFORE, AFTER = ("question", "student", "text", "so_far"), ("points", "comment", "answer_id")
_NEEDED = ("question", "student", "comment")


class SheetError(GradingError):
    """A sheet with faults, of which nothing was kept; str() holds all of them, one a line."""

    def __init__(self, faults: Sequence[str]) -> None:
        self.faults = list(faults)
        super().__init__("\n".join([*self.faults, f"{count(len(faults), 'fault')} found; nothing of this sheet was kept."]))


def to_sheet(answers: Sequence[Answer], rubrics: Mapping[str, Rubric]) -> str:
    """The answers as CSV: a row each, a column for each criterion, then points, comment and the answer's id.

    What is marked already is filled in; where the answer was handed in anew since, it is left blank to be read again.
    The text begins with U+FEFF: by it Excel knows UTF-8.
    """
    criteria = _criteria({answer.question: rubrics[answer.question] for answer in answers if answer.question in rubrics})
    rows = [[*BEFORE, *criteria.values(), *AFTER]]
    for answer in answers:
        mark = answer.standing
        filled = mark.by != AUTO and not answer.anew
        rows.append([
            answer.question, answer.student.key, names.lines(answer.text), names.lines(" ".join((mark.mark, *mark.said))),
            *(str(mark.levels.get(name, "")) if filled else "" for name in criteria),
            number(mark.earned) if filled and not mark.levels and mark.earned is not None else "",
            mark.comment if filled else "", answer.version])
    return "\ufeff" + spreadsheet.write(rows)


def from_sheet(data: str | bytes, answers: Sequence[Answer], rubrics: Mapping[str, Rubric]) -> list[Marking]:
    """The marks of a sheet that was filled in; rows without a mark are left out.

    answers: those of the gradebook now.  Raises SheetError with every fault, named by row, line and column: a sheet is
    kept as a whole or not at all, so that nobody needs to know how far it came.
    """
    try:
        header, records = spreadsheet.read(data)
    except GradingError as error:
        raise SheetError([str(error)]) from None
    criteria = _criteria(rubrics)
    columns = [name.casefold() for name in header]
    faults = list(_header_faults(header, columns, criteria))
    if faults:
        raise SheetError(faults)
    sheet = _Sheet(columns, answers, rubrics, criteria, faults)
    found = [marking for record in records if (marking := sheet.marking(record))]
    if faults:
        raise SheetError(faults)
    return found


def to_page(answers: Sequence[Answer], rubrics: Mapping[str, Rubric], title: str) -> str:
    """The answers in Markdown, question by question, so that one question is read for the whole class.

    Everything a student wrote is escaped, so that an unclosed comment or tag of one does not hide the next one.
    """
    lines = [f"# {title}: written answers to mark", ""]
    for question in dict.fromkeys(answer.question for answer in answers):
        those = [answer for answer in answers if answer.question == question]
        lines += [f"## {question}: {count(those[0].standing.possible, 'point')}, {count(len(those), 'answer')}", ""]
        lines += _levels(rubrics[question]) if question in rubrics else []
        for answer in those:
            mark = answer.standing
            given = f"Mark: {'____' if mark.earned is None else number(mark.earned)} of {number(mark.possible)}"
            reached = ", ".join(f"{name} {level}" for name, level in mark.levels.items())
            who = f"{answer.student.key} ({answer.student.name})" if answer.student.name else answer.student.key
            lines += [f"### {_escaped(' '.join(who.split()))}", "", given + (f" ({reached})" if reached else ""), ""]
            lines += [f"{_escaped(said)}\n" for said in mark.said]
            lines += [f"> {_escaped(line)}".rstrip() for line in answer.text.strip().splitlines()] + [""]
    return "\n".join(lines)


class _Sheet:
    """A sheet that is being read; its faults are gathered, each with its place."""

    def __init__(self, columns: list[str], answers: Sequence[Answer], rubrics: Mapping[str, Rubric], criteria: Mapping[str, str],
                 faults: list[str]) -> None:
        self.columns, self.rubrics, self.criteria, self.faults = columns, rubrics, criteria, faults
        self.answers = {(answer.question, answer.student.key): answer for answer in answers}
        self.seen: dict[tuple[str, str], Record] = {}

    def marking(self, record: Record) -> Marking | None:
        if len(record.cells) > len(self.columns) and any(cell.strip() for cell in record.cells[len(self.columns):]):
            self.faults.append(f"{record.place}: has more cells than the header has columns; is a quotation mark missing?")
            return None
        cell = dict(zip(self.columns, (value.strip() for value in record.cells), strict=False))
        levels = {name: cell.get(column, "") for name, column in self.criteria.items() if cell.get(column)}
        points, comment = cell.get("points", ""), cell.get("comment", "")
        if not (levels or points or comment):
            return None
        before = len(self.faults)
        answer = self._answer(record, cell)
        if answer is None:
            return None
        if levels and points:
            self._fault(record, "points", "expected levels or points, found both")
        elif not (levels or points):
            self._fault(record, "comment", "a comment needs a mark beside it; fill in the levels or the points")
        numbers = self._levels(record, answer.question, levels) if levels else None
        given = self._points(record, points, answer.standing.possible) if points else None
        if len(self.faults) > before:
            return None
        return Marking(answer.question, answer.student.key, numbers, given, comment, cell.get("answer_id", ""))

    def _answer(self, record: Record, cell: Mapping[str, str]) -> Answer | None:
        question, student = cell.get("question", ""), cell.get("student", "")
        raw = dict(zip(self.columns, record.cells, strict=False))["student"]
        if question not in {asked for asked, _ in self.answers}:
            self._fault(record, "question", f"there is no written answer to {question!r}")
            return None
        keys = [key for asked, key in self.answers if asked == question]
        if raw in keys:
            student = raw
        elif student not in keys:
            near = [key for key in keys if key.strip() == student]
            if student.isdigit():  # a spreadsheet takes 0042 for a number
                near += [key for key in keys if key.isdigit() and key.lstrip("0") == student.lstrip("0")]
            if len(near) != 1:
                self._fault(record, "student", f"{student!r} has no answer to {question}")
                return None
            student = near[0]
        if (question, student) in self.seen:
            self._fault(record, "student", f"{student!r} has a mark for {question} in {self.seen[question, student].place} already")
            return None
        self.seen[question, student] = record
        return self.answers[question, student]

    def _levels(self, record: Record, question: str, given: Mapping[str, str]) -> dict[str, int]:
        rubric = self.rubrics.get(question)
        known = {one.id: len(one.levels) - 1 for one in rubric.criteria} if rubric else {}
        found = {}
        for name in (*known, *(name for name in given if name not in known)):
            value = given.get(name, "")
            level = _number(value)
            if name not in known:
                self._fault(record, self.criteria[name], f"{question} has no criterion {name}; leave this cell blank")
            elif level is None or level not in range(known[name] + 1):
                self._fault(record, self.criteria[name],
                            f"expected a level from 0 to {known[name]} for {question}, found {value or 'nothing'}")
            else:
                found[name] = int(level)
        return found

    def _points(self, record: Record, given: str, possible: float) -> float | None:
        points = _number(given)
        if points is None or not 0 <= points <= possible:
            self._fault(record, "points", f"expected 0 to {possible:g} points, found {given}")
        return points

    def _fault(self, record: Record, column: str, said: str) -> None:
        place = self.columns.index(column) if column in self.columns else None
        where = f" ({cell_name(record.number, place)})" if place is not None else ", which the sheet lacks"
        self.faults.append(f"{record.place}, column {column}{where}: {said}")


def _criteria(rubrics: Mapping[str, Rubric]) -> dict[str, str]:
    """The column of each criterion, in the order of the questions."""
    own = {*BEFORE, *AFTER}
    return {one.id: f"level {one.id}" if one.id in own else one.id for rubric in rubrics.values() for one in rubric.criteria}


def _header_faults(header: Sequence[str], columns: Sequence[str], criteria: Mapping[str, str]) -> Iterator[str]:
    known = (*BEFORE, *criteria.values(), *AFTER)
    for name in _NEEDED:
        if name not in columns:
            yield f"row 1: the column {name} is missing; found {', '.join(filter(None, header)) or 'none'}"
    for place, name in enumerate(columns):
        if name and name not in known:
            yield f"row 1, column {header[place]} ({cell_name(1, place)}): unknown; known are {', '.join(known)}"
        elif name and name in columns[:place]:
            yield f"row 1, column {header[place]} ({cell_name(1, place)}): this column is there twice"


def _number(text: str) -> float | None:
    """The number that a person or a spreadsheet in any language wrote: 2, 2.5 or 2,5."""
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def _levels(rubric: Rubric) -> list[str]:
    lines = []
    for criterion in rubric.criteria:
        lines.append(f"- **{criterion.id}** {_escaped(criterion.asks)}")
        lines += [f"  - {n} ({count(level.points, 'point')}): {_escaped(level.words)}" for n, level in enumerate(criterion.levels)]
    return [*lines, ""]


def _escaped(text: str) -> str:
    """Text of which neither a terminal nor Markdown acts upon anything that hides, fetches or leads elsewhere."""
    plain = html.escape(names.lines(text), quote=False)
    return re.sub(r"(\\*)\[", r"\1\1\[", plain)  # a link or an image begins with [, and a backslash before it would undo ours
