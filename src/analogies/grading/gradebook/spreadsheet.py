"""CSV that has been through a spreadsheet: cells that no program runs as a formula, and files as Excel saves them."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ..lms.csv_bytes import FORMULA
from ..submission import GradingError

LONGEST = 32_000  # signs of a cell; Excel cuts at 32,767 without a word

_ENDS = ";\t\r\n"  # after which a cell begins, where the list separator is not the comma: quotation marks do not count then
_TURNS = re.compile(r"'*[\t\r\n]")
_SEPARATORS = ",;\t"


def harmless(text: str) -> str:
    """Text that a spreadsheet does not run: an apostrophe stands before all that would begin a formula."""
    signs = list(text)
    for at in _formulas(text):
        signs[at] = f"'{signs[at]}"
    return "".join(signs)


def as_typed(text: str) -> str:
    """The text that was made harmless; what was not is given back as it is."""
    signs = list(text)
    for at in _formulas(text):
        signs[at] = signs[at].removeprefix("'")
    return "".join(signs)


def _formulas(text: str) -> Iterator[int]:
    """Where formulas would begin, last one first, with whatever marks and blanks stand before their signs.  One pass: the text
    is a student's."""
    runs = False
    for at in range(len(text) - 1, -1, -1):
        runs = text[at] in FORMULA or (runs and (text[at] in "'\"" or text[at].isspace()))
        if runs and at and text[at - 1] in _ENDS:
            yield at
    if runs or _TURNS.match(text):
        yield 0


def write(rows: Iterable[Sequence[str]]) -> str:
    """Rows as CSV, each cell harmless and none longer than a cell can be."""
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_MINIMAL).writerows([harmless(_cut(cell)) for cell in row] for row in rows)
    return out.getvalue()


@dataclass(frozen=True)
class Record:
    """One row under the header.  number: of the row as a spreadsheet counts; line: where it begins in the file."""

    number: int
    line: int
    cells: tuple[str, ...]

    @property
    def place(self) -> str:
        """Row 5; or row 5 (line 12 of the file)."""
        return f"row {self.number}" + (f" (line {self.line} of the file)" if self.line != self.number else "")


def read(data: str | bytes) -> tuple[list[str], list[Record]]:
    """The header and the rows of a CSV with commas, semicolons or tabs; blank rows are left out.  Raises GradingError."""
    text = (data if isinstance(data, str) else _decoded(data)).lstrip("\ufeff")
    first = 1
    if told := re.match(r"sep=(.)\r?\n", text):  # a line by which Excel is told the separator
        text, first = text[told.end():], 2
    header = re.split(r"[\r\n]", re.sub(r'"[^"]*"', "", text), maxsplit=1)[0]
    separator = told[1] if told else max(_SEPARATORS, key=header.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    found: list[Record] = []
    line = first
    try:
        for number, cells in enumerate(rows, start=first):
            if any(cell.strip() for cell in cells) or number == first:
                found.append(Record(number, line, tuple(as_typed(cell) for cell in cells)))
            line = rows.line_num + first
    except csv.Error as error:
        raise GradingError(f"The file is not CSV from line {line} on ({error}); save it as CSV (UTF-8) again.") from None
    if not found:
        raise GradingError("The file is empty; expected a header and a row for each answer.")
    return [cell.strip() for cell in found[0].cells], found[1:]


def cell_name(row: int, column: int) -> str:
    """B5 for row 5 and column 1, counted from 0."""
    letters = ""
    while column >= 0:
        column, letter = divmod(column, 26)
        letters, column = chr(ord("A") + letter) + letters, column - 1
    return f"{letters}{row}"


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else text[:LONGEST] + " … (cut here: a cell holds no more)"


def _decoded(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:  # as Excel for Windows saves "CSV"
        return data.decode("cp1252", "replace")
