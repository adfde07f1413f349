"""Marks for a spreadsheet or an LMS: a plain CSV, and the files of Canvas and Moodle filled in."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ...check.outcome import number
from ..feedback.words import comments
from .canvas import fill_canvas
from .csv_bytes import no_formula
from .filled import Filled
from .moodle import fill_moodle

if TYPE_CHECKING:
    from ..gradebook.entries import Asked, Row

__all__ = ["Filled", "comments", "fill_canvas", "fill_moodle", "plain_csv"]


def plain_csv(rows: Sequence[Row], asked: Sequence[Asked]) -> str:
    """A row a student: who, what was handed in, each mark (blank where there is none yet), sums, what still waits, what was said.

    Text that a spreadsheet would run as a formula begins with an apostrophe.
    """
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    kinds = sorted({kind for row in rows for kind in row.student.ids})
    table.writerow(["student", "name", *(f"{kind}_id" for kind in kinds), "file", "handed_in", "late", "attempt",
                    *(one.id for one in asked), "total_so_far", "points_possible", "to_mark", "notes", "isolation"])
    for row in rows:
        marks = [row.marks.get(one.id) for one in asked]
        each = () if row.ungraded and row.oddities else marks
        notes = [*row.oddities, *(f"{mark.question}: {said}" for mark in each if mark for said in mark.said)]
        table.writerow([
            no_formula(row.student.key), no_formula(row.student.name), *(no_formula(row.student.ids.get(kind, "")) for kind in kinds),
            no_formula(row.file), row.when.isoformat(timespec="seconds") if row.when else "", "late" if row.late else "", row.attempt,
            *("" if mark is None or mark.earned is None else number(mark.earned) for mark in marks),
            "" if row.ungraded else number(row.earned), number(sum(one.points for one in asked)), "" if row.ungraded else " ".join(row.waits), no_formula(" ".join(notes)), no_formula(row.isolation)])
    return out.getvalue()
