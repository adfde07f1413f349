"""What filling in a file of an LMS needs whichever LMS it is: the marks that are ready, numbers as text, what to say."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from ...check.outcome import count
from ..submission import GradingError
from .csv_bytes import Sheet

if TYPE_CHECKING:
    from ..gradebook.entries import Row

CENT = Decimal("0.01")
_MANY = 30


@dataclass(frozen=True)
class Filled:
    """A file with marks filled in, what to say about it in sentences, and how many cells were given another value."""

    data: bytes
    said: tuple[str, ...]
    written: int


@dataclass
class Report:
    """Sentences, in which students to whom the same happened are named together."""

    sentences: list[str] = field(default_factory=list)
    _named: dict[str, list[str]] = field(default_factory=dict)

    def say(self, sentence: str) -> None:
        """One sentence as it stands."""
        self.sentences.append(sentence)

    def name(self, reason: str, who: str) -> None:
        """Somebody to whom this happened; the reason ends without a full stop."""
        self._named.setdefault(reason, []).append(who)

    def said(self) -> tuple[str, ...]:
        """All of it: sentences first, then each reason with its names."""
        named = [f"{reason} ({len(names)}): {_listed(names)}." for reason, names in self._named.items()]
        return (*self.sentences, *named)


def ready(rows: Iterable[Row], report: Report, *, so_far: bool) -> list[tuple[Row, Decimal]]:
    """The students whose mark can be written, with the sum rounded to two decimals; the others are reported."""
    found = []
    for row in rows:
        if row.ungraded:
            report.name("Not written, because grading failed, so run analogies grade again" if row.broken else
                        "Not written, because the file could not be read or is of another exercise, so ask for it again", who(row))
            continue
        if row.waits and not so_far:
            report.name("Not written, because answers still wait for a reader or were not graded (--so-far writes the rest)", f"{who(row)} ({', '.join(row.waits)})")
            continue
        if not row.marks:
            report.name("Not written, because nothing of it was graded", who(row))
            continue
        if row.waits:
            report.name("Written without the answers that still wait for a reader", f"{who(row)} ({', '.join(row.waits)})")
        found.append((row, rounded(row.earned, who(row), report)))
    return found


def two_decimals(points: float) -> Decimal:
    """Points as Canvas and Moodle show them: two decimals, a half upward."""
    return _exact(points).quantize(CENT, ROUND_HALF_UP)


def rescaled(points: Decimal, possible: Decimal, maximum: Decimal, row: Row, report: Report) -> Decimal:
    """A mark out of `possible` as a mark out of `maximum`, rounded to two decimals."""
    return rounded(float(points) * float(maximum) / float(possible), who(row), report) if possible else points


def rounded(points: float, name: str, report: Report) -> Decimal:
    """The mark with two decimals; said where that changes it."""
    short = two_decimals(points)
    if short != _exact(points):
        report.name("Rounded to two decimals", f"{name} ({as_text(_exact(points))} to {as_text(short)})")
    return short


def _exact(points: float) -> Decimal:
    """The number that is meant: sums of tenths are a little beside it."""
    return Decimal(repr(round(float(points), 9)))


def possible(rows: Sequence[Row]) -> Decimal:
    """The points that can be earned.  Raises GradingError where the rows disagree or there are none."""
    sums = sorted({_exact(sum(mark.possible for mark in row.marks.values())) for row in rows if row.marks})
    if not sums:
        raise GradingError("The gradebook has no marks of this exercise; first grade a batch: analogies grade")
    if len(sums) > 1:
        listed = " and ".join(as_text(one) for one in sums)
        raise GradingError(f"Marks of this exercise are out of {listed} points, because its questions changed between runs; grade all of it "
                           "again: analogies grade ... --regrade all")
    return sums[0]


def as_number(text: str) -> Decimal | None:
    """A number with a decimal point or comma, or None.  Neither LMS writes signs between thousands."""
    return Decimal(text.strip().replace(",", ".")) if re.fullmatch(r"\s*-?\d{1,12}(?:[.,]\d{0,9})?\s*", text, re.ASCII) else None


def as_text(points: Decimal, *, comma: bool = False, places: int = 0) -> str:
    """A mark with as few decimals as it needs, and at least that many places."""
    text = f"{points:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    whole, _, part = text.partition(".")
    part = part.ljust(places, "0")
    return f"{whole}{',' if comma else '.'}{part}" if part else whole


def decimal_comma(cells: Iterable[str]) -> bool | None:
    """Whether the numbers in these cells have a decimal comma; None where no number has decimals."""
    signs = {cell.strip()[-len(m[1]) - 1] for cell in cells if (m := re.fullmatch(r"-?\d+[.,](\d+)", cell.strip()))}
    return None if not signs else signs == {","}


def checked(sheet: Sheet, what: str) -> Sheet:
    """A file that can be filled in.  Raises GradingError for one that is empty or has an open quotation mark."""
    if sheet.unclosed:
        raise GradingError(f"{what}, line {sheet.unclosed}: a quotation mark is opened and never closed; export the file again")
    if not any(sheet.rows):
        raise GradingError(f"{what}: expected rows of students, found an empty file; export the file again")
    return sheet


def who(row: Row) -> str:
    """A student as a person reads it."""
    return one_line(row.student.name or row.student.key)


def one_line(text: str) -> str:
    """Text without line ends and signs that cannot be seen."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def same_name(text: str) -> str:
    """A name for comparison: form NFC, one space between words.  Capital letters count."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def wrote(written: int, equal: int, where: str) -> str:
    """The first sentence of a report."""
    there = f"; {equal} stood there already" if equal else ""
    return f"{count(written, 'mark')} written into {where}{there}."


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names)


def few(names: Sequence[str]) -> str:
    """Names, at most thirty of them."""
    more = f" and {len(names) - _MANY} more" if len(names) > _MANY else ""
    return ", ".join(names[:_MANY]) + more
