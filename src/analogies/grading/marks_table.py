"""The marks of a class for the eye, in any width: a table by question, what was odd by student, what a regrade changed."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from rich import box
from rich.cells import cell_len
from rich.console import Group
from rich.markup import escape
from rich.table import Table

from ..check.outcome import count, number
from .gradebook.entries import AUTO, NOT_GRADED
from .lms.csv_bytes import no_formula
from .score import TO_MARK
from .submission import Student

if TYPE_CHECKING:
    from .gradebook.entries import Asked, Change, Row, Standing

WAITS = "?"  # a mark that waits for a reader
_UNGRADED = "–"  # a question that could not be graded, which is no zero
_NONE = "-"  # a question that this student was never asked
_SHARED = 6  # from so many students on, what was odd is said once with their names


def table(rows: Sequence[Row], asked: Sequence[Asked], *, title: str, width: int) -> Group:
    """The marks by student and question.  Where the questions do not fit beside each other, they follow in a second table."""
    late = any(row.late for row in rows)
    columns = [*(_column(rows, one) for one in asked),
               ("Total", f"/{number(sum(one.points for one in asked))}", [_total(row) for row in rows], _mean_total(rows))]
    room = width - 4 - (6 if late else 0)
    # A long name is cut where it would push a question into a second table.
    name = min(max([cell_len(_name(row)) for row in rows] + [7]), max(12, width // 3, room - sum(map(_width, columns))))
    room -= name
    parts: list[list] = [[]]
    for column in columns:
        if parts[-1] and sum(map(_width, parts[-1])) + _width(column) > room:
            parts.append([])
        parts[-1].append(column)
    return Group(*(_part(rows, part, title if i == 0 else None, name, late and i == 0) for i, part in enumerate(parts)))


def waiting(rows: Iterable[Row]) -> int:
    """How many answers wait for a reader."""
    return sum(standing.status == TO_MARK for row in rows for standing in row.marks.values())


def isolations(rows: Iterable[Row]) -> list[str]:
    """How the marks were made, in sentences: with which isolation, of how many students."""
    by = Counter(row.isolation for row in rows)
    return [f"Students' code ran {how}: {count(many, 'student')}." if how else f"No code was run: {count(many, 'student')}."
            for how, many in sorted(by.items())]


def odd(rows: Iterable[Row]) -> list[str]:
    """What was odd, a line each, by student; what is said of many is said once, below, with their names."""
    by: dict[str, list[str]] = {}
    lines = []
    rows = list(rows)
    for row in rows:
        for said in row.oddities:
            by.setdefault(said, []).append(_name(row))
    for row in rows:
        lines += [f"{_name(row)}: {said}" for said in row.oddities if len(by[said]) < _SHARED]
    return lines + [f"{count(len(names), 'student')}: {said} ({', '.join(names)})" for said, names in by.items() if len(names) >= _SHARED]


def anew(rows: Iterable[Row]) -> list[str]:
    """Whose answer was handed in anew after a person had marked it, in a sentence; none where there is nobody."""
    named = [f"{_name(row)} ({name})" for row in rows for name, mark in row.marks.items()
             if mark.by != AUTO and any(said.startswith("This answer was handed in anew") for said in mark.said)]
    return [f"Handed in anew after you marked it ({len(named)}): {', '.join(named)}. The mark stays until you mark again."] if named else []


def differences(changes: Sequence[Change]) -> Table:
    """What a run changed: student, question, before and after, why."""
    shown = Table(box=box.SIMPLE_HEAD, title=escape(f"Marks that changed: {len(changes)}"), title_justify="left", title_style="bold")
    for name, more in (("Student", {}), ("Question", {}), ("Before", {"justify": "right"}), ("After", {"justify": "right"}),
                       ("Why", {"overflow": "fold"})):
        shown.add_column(name, **more)
    for one in changes:
        shown.add_row(*(escape(plain_cell(text)) for text in _change(one)))
    return shown


def differences_csv(changes: Sequence[Change]) -> str:
    """The same as CSV."""
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(("student", "question", "before", "after", "why"))
    rows.writerows([no_formula(text) for text in _change(one)] for one in changes)
    return out.getvalue()


def plain_cell(text: str) -> str:
    """Text on one line, in characters that can be shown."""
    return "".join(c if c.isprintable() else " " for c in text)


def _change(one: Change) -> tuple[str, ...]:
    return _student(one.student), one.question, one.before.mark if one.before else "", one.after.mark, one.why


def _part(rows: Sequence[Row], columns: list, title: str | None, name: int, late: bool) -> Table:
    shown = Table(box=box.SIMPLE_HEAD, title=escape(title) if title else None, title_justify="left", title_style="bold",
                  show_footer=len(rows) > 1, padding=(0, 1, 0, 0), pad_edge=False)
    shown.add_column("Student", footer="Mean", width=name, no_wrap=True, overflow="ellipsis")
    if late:
        shown.add_column("")
    for head, points, _, mean in columns:
        # the name once more at the foot: after 300 students the head is out of sight
        shown.add_column(f"{head}\n{points}", footer=f"{mean}\n{head}", justify="right", no_wrap=True)
    for position, row in enumerate(rows):
        shown.add_row(escape(_name(row)), *(["late" if row.late else ""] if late else []), *(cells[position] for _, _, cells, _ in columns))
    return shown


def _column(rows: Sequence[Row], one: Asked) -> tuple[str, str, list[str], str]:
    standings = [row.marks.get(one.id) for row in rows]
    mean = _mean(standings)
    return one.id, f"/{number(one.points)}", [_shown(standing) for standing in standings], mean


def _width(column: tuple[str, str, list[str], str]) -> int:
    head, points, cells, mean = column
    return max(map(len, (head, points, mean, *cells))) + 2


def _shown(standing: Standing | None) -> str:
    if standing is None or standing.earned is None:
        return {TO_MARK: WAITS, NOT_GRADED: _UNGRADED}.get(standing.status if standing else "", _NONE)
    return _short(standing.earned)


def _total(row: Row) -> str:
    return _UNGRADED if row.ungraded else _short(row.earned) + (f"+{WAITS}" if any(standing.status == TO_MARK for standing in row.marks.values()) else "")


def _mean(standings: Sequence[Standing | None]) -> str:
    """Of those who have a mark; none while an answer waits, because blank ones, which have theirs, would pull it down."""
    known = [one.earned for one in standings if one and one.earned is not None]
    waits = any(one and one.status == TO_MARK for one in standings)
    return f"{sum(known) / len(known):.1f}" if known and not waits else _NONE


def _mean_total(rows: Sequence[Row]) -> str:
    """Of those whose file was graded; none while an answer waits."""
    graded = [row for row in rows if not row.ungraded]
    waits = not graded or any(one.status == TO_MARK for row in graded for one in row.marks.values())
    return _NONE if waits else f"{sum(row.earned for row in graded) / len(graded):.1f}"


def _short(points: float) -> str:
    """At most two places: the table is for the eye, the CSV has every place."""
    return f"{points:.2f}".rstrip("0").rstrip(".")


def _name(row: Row) -> str:
    return _student(row.student)


def _student(student: Student) -> str:
    return plain_cell(student.name or student.key)
