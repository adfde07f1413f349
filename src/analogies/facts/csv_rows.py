"""CSV bytes to rows that know their lines; what is wrong with the form of the file is noted, never raised.

The csv module reads; this module keeps the physical line of every cell (a cell may hold line breaks), so that a
fault can be found in an editor.
"""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from analogies.facts.model import Fault

SAVE_AS = "save the file again as UTF-8 (in a spreadsheet: 'CSV UTF-8')"
_WELL_QUOTED = re.compile(r'(?:(?:"(?:[^"]|"")*"|[^",\r\n]*)(?:,|\r?\n|\r|$))*')
_BREAK = re.compile(r"\r\n|\r|\n")
_LOST_BYTES = re.compile("[\udc80-\udcff]")
_MISREAD = re.compile("[ÂÃ][\u0080-\u00bf]|â€|\ufffd")


@dataclass(slots=True)
class Row:
    """The cells of one record by column. `line` is where it begins; `line_of` where a cell of it begins."""

    cells: dict[str, str]
    line: int
    raw: list[str]
    header: list[str]

    def get(self, column: str) -> str | None:
        """The cell without spaces around it; None where the file has no such column."""
        cell = self.cells.get(column)
        return None if cell is None else cell.strip()

    def line_of(self, column: str) -> int:
        place = self.header.index(column) if column in self.header else 0
        return self.line + sum(len(_BREAK.findall(cell)) for cell in self.raw[:place])


def decode(raw: bytes, file: str, faults: list[Fault]) -> str:
    """Text of a file in UTF-8, with or without a byte order mark. Bytes that are not UTF-8 stay as lone surrogates,
    so that whoever reads the cells can say which of them is wrong."""
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        faults.append(Fault(file, 0, "", f"the file is in UTF-16, not UTF-8; {SAVE_AS}"))
        return raw.decode("utf-16", "replace").removeprefix("\ufeff")
    return raw.decode("utf-8", "surrogateescape").removeprefix("\ufeff")


def wrong_letters(text: str) -> str:
    """What is wrong with the letters of a text, or ''."""
    if _LOST_BYTES.search(text):
        meant = text.encode("utf-8", "surrogateescape").decode("cp1252", "replace")
        return f"the text is not in UTF-8 (it may read {_brief(meant)}); {SAVE_AS}"
    if _MISREAD.search(text):
        return f"{_brief(text)} has letters that were read in the wrong encoding once; type them again and {SAVE_AS}"
    if "\0" in text:
        return "the text holds a NUL character; delete it"
    return ""


def _brief(text: str, most: int = 40) -> str:
    return repr(text if len(text) <= most else text[: most - 1] + "…")


def read_rows(raw: bytes, file: str, columns: Sequence[str] | None, faults: list[Fault]) -> list[Row]:
    """The rows of a CSV file. `columns`: the header that it must have, in any order; None takes any header.

    Notes in `faults`: an empty file, another separator, a missing, unknown or repeated column, a row with too few or
    too many cells, a stray or unclosed quotation mark, a wrong encoding. Rows that cannot be read are left out.
    """
    text = decode(raw, file, faults)
    lines = list(io.StringIO(text, newline=""))
    records = _records(lines, file, faults)
    first = next(records, None)
    if first is None:
        faults.append(Fault(file, 0, "", f"the file is empty; its first line names the columns{_listed(columns)}"))
        return []
    header_line, header = first[0], [name.strip() for name in first[1]]
    if not _header_is_good(header, header_line, columns, file, faults):
        return []
    rows = []
    for line, cells in records:
        if not any(cell.strip() for cell in cells):  # an empty line, or the empty rows that spreadsheets leave
            continue
        if len(cells) != len(header):
            faults.append(Fault(file, line, "", _wrong_count(len(cells), len(header))))
            continue
        row = Row(dict(zip(header, cells)), line, cells, header)
        for column, cell in row.cells.items():
            if not cell.isascii() or "\0" in cell:
                wrong = wrong_letters(cell)
                if wrong:
                    faults.append(Fault(file, row.line_of(column), column, wrong))
        rows.append(row)
    return rows


def _records(lines: list[str], file: str, faults: list[Fault]) -> Iterator[tuple[int, list[str]]]:
    """(line where it begins, cells) of each record. After a bad record reading goes on with the next line."""
    reader = csv.reader(lines, strict=True)
    while True:
        begin = reader.line_num
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            faults.append(Fault(file, begin + 1, "", _explain(str(error))))
            continue
        if any('"' in cell for cell in cells):
            whole = "".join(lines[begin : reader.line_num])
            if not _WELL_QUOTED.fullmatch(whole):
                faults.append(Fault(file, begin + 1, "", _explain("stray")))
                continue
        yield begin + 1, cells


def _explain(error: str) -> str:
    if "unexpected end of data" in error:
        return "a quotation mark opens in this row and is never closed; close it after the cell"
    if "field larger" in error:
        return f"a cell of this row has more than {csv.field_size_limit():,} characters; is a quotation mark left open?"
    return (
        "a quotation mark stands where none may stand; put the whole cell in quotation marks "
        'and write each mark inside it twice: "the ""small"" war"'
    )


def _wrong_count(found: int, wanted: int) -> str:
    told = f"the row has {found} cell{'s' * (found != 1)} where the header names {wanted}; "
    if found > wanted:
        return told + "a cell that holds a comma must stand in quotation marks"
    return told + "leave a cell blank between its commas where nothing is known"


def _listed(columns: Sequence[str] | None) -> str:
    return ": " + ",".join(columns) if columns else ""


def _header_is_good(header: list[str], line: int, columns, file: str, faults: list[Fault]) -> bool:
    """Notes what is wrong in the header; False where the rows cannot be read by it."""
    alone = header[0] if len(header) == 1 else ""
    for separator, name in ((";", "semicolons"), ("\t", "tabs")):
        if separator in alone and (columns is None or len(columns) > 1):
            faults.append(Fault(file, line, "", f"the cells are separated by {name}, not by commas; {SAVE_AS} with commas"))
            return False
    for name in header:
        wrong = wrong_letters(name)
        if wrong:
            faults.append(Fault(file, line, "", wrong))
    for name in sorted({name for name in header if header.count(name) > 1}):
        faults.append(Fault(file, line, name, "two columns have this name; rename or delete one" if name else "a column has no name; name or delete it"))
    if columns is None:
        if "" in header and header.count("") == 1:
            faults.append(Fault(file, line, "", "a column has no name; name or delete it"))
        return len(set(header)) == len(header)
    missing = [name for name in columns if name not in header]
    strange = [name for name in header if name not in columns and name]
    for name in missing:
        near = get_close_matches(name, strange, n=1)
        hint = f"; is {near[0]!r} meant for it?" if near else "; add it to the first line and a cell to each row"
        faults.append(Fault(file, line, name, f"the column is missing{hint}"))
        strange = [s for s in strange if s not in near]
    for name in strange:
        faults.append(Fault(file, line, name, f"there is no such column; the columns are {', '.join(columns)}"))
    if "" in header and header.count("") == 1:
        faults.append(Fault(file, line, "", "a column has no name; name or delete it"))
    return len(set(header)) == len(header) and len(missing) < len(columns)
