"""Changes single fields of a CSV file and keeps every other byte: encoding, delimiter, quotes, line ends, blank lines.

What a row is: CR LF, LF and a lone CR each end one, wherever they stand outside quotation marks. Python's csv module reads
a file that was opened with newline="" in the same way, and Moodle turns a lone CR into LF before it reads. Inside quotation
marks all three belong to the field. A quotation mark in the middle of a field is a sign like any other, as in the csv module.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence

from ..submission import GradingError

DELIMITERS = (",", ";", "\t")
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_LINE_END = re.compile(r"\r\n|\n|\r")
_QUOTED = re.compile(r'"([^"]*(?:""[^"]*)*)("?)')
FORMULA = ("=", "+", "-", "@", "|", "%", "＝", "＋", "－", "＠")
# A cell begins after a semicolon too, where that is the list separator; quotation marks there are taken off.
_RUNS = re.compile(rf'(^|;)(?=["\s]*[{re.escape("".join(FORMULA))}])')


class Sheet:
    """A CSV file as rows of fields.

    encoding: "utf-8", "utf-16-le", "utf-16-be" or "cp1252"; bom: the mark at its beginning, b"" without one;
    rows: values as Python's csv module reads them, a blank line being an empty list; lines: where each row begins;
    unclosed: the line of a quotation mark that is opened and never closed, 0 where there is none.
    """

    def __init__(self, data: bytes, delimiter: str | None = None) -> None:
        """Read the file.  The delimiter is found from its first rows unless it is given.  Raises GradingError."""
        self.bom, self.encoding, text = _decoded(data)
        self.delimiter = delimiter or _delimiter(text)
        self.unclosed = 0
        self.lines: list[int] = []
        self._raw: list[list[str]] = []
        self._ends: list[str] = []
        self._parse(text)
        self.rows = [[_value(raw) for raw in row] for row in self._raw]

    def set(self, row: int, column: int, value: str) -> None:
        """Give one field another value, in quotation marks where it had them or needs them.

        Raises IndexError for a field that the row does not have, UnicodeEncodeError for signs that the encoding lacks.
        """
        value.encode(self.encoding)
        fields = self._raw[row]
        old = fields[column]
        alone = not value and len(fields) == 1  # without quotation marks it would be a blank line
        needed = alone or value != value.strip() or any(sign in value for sign in (self.delimiter, '"', "\r", "\n"))
        if needed or old.startswith('"'):
            fields[column] = '"' + value.replace('"', '""') + '"'
        else:
            fields[column] = value
        self.rows[row][column] = value

    def data(self) -> bytes:
        """The file with what was set."""
        text = "".join(self.delimiter.join(row) + end for row, end in zip(self._raw, self._ends, strict=True))
        return self.bom + text.encode(self.encoding)

    @property
    def line_ends(self) -> frozenset[str]:
        """The line ends that the file has outside quotation marks."""
        return frozenset(end for end in self._ends if end)

    def _parse(self, text: str) -> None:
        plain = re.compile(rf"[^{re.escape(self.delimiter)}\r\n]*")
        at, line, size = 0, 1, len(text)
        while at < size:
            self.lines.append(line)
            row = []
            while True:
                start = at
                if text.startswith('"', at):
                    quoted = _QUOTED.match(text, at)
                    at = quoted.end()
                    breaks = len(_LINE_END.findall(quoted[1]))
                    if not quoted[2]:
                        self.unclosed = line
                    line += breaks
                at = plain.match(text, at).end()
                row.append(text[start:at])
                if not text.startswith(self.delimiter, at):
                    break
                at += 1
            end = _LINE_END.match(text, at)
            self._ends.append(end[0] if end else "")
            self._raw.append([] if row == [""] else row)
            at = end.end() if end else at
            line += 1


def no_formula(text: str) -> str:
    """Text in one line of which a spreadsheet runs nothing as a formula, also one whose list separator is the semicolon."""
    return _RUNS.sub(r"\1'", "".join(sign if sign.isprintable() else " " for sign in text))


def _value(raw: str) -> str:
    """What a field says: without its quotation marks; what follows the closing one belongs to it, as in the csv module."""
    if not raw.startswith('"'):
        return raw
    quoted = _QUOTED.match(raw)
    return quoted[1].replace('""', '"') + raw[quoted.end():]


def _decoded(data: bytes) -> tuple[bytes, str, str]:
    """The mark at the beginning, the encoding and the text."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            try:
                return bom, encoding, data[len(bom):].decode(encoding)
            except UnicodeDecodeError:
                raise GradingError(f"The file begins like {encoding.upper()} and is damaged further on; export it again") from None
    for encoding in ("utf-8", "cp1252"):
        try:
            return b"", encoding, data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise GradingError("The file is neither UTF-8 nor UTF-16 nor Windows-1252 text; export it again as CSV in UTF-8")


def _delimiter(text: str) -> str:
    """The sign that divides the first three lines into equally many fields, as Canvas finds it; else the commonest one.

    A tie goes to the comma.
    """
    lines = [line for line in _LINE_END.split(text[:200_000], 3)[:3] if line]
    even = {sign: _even([_count(line, sign) for line in lines]) for sign in DELIMITERS}
    if max(even.values()) > 1:
        return max(DELIMITERS, key=lambda sign: even[sign])
    return max(DELIMITERS, key=lambda sign: _count(lines[0], sign) if lines else 0)


def _even(counts: Sequence[int]) -> int:
    return counts[0] if len(set(counts)) == 1 else 0


def _count(line: str, delimiter: str) -> int:
    """Fields of one line."""
    return re.sub(r'"(?:[^"]|"")*"?', "", line).count(delimiter) + 1
