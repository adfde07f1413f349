"""CODEBOOK.md: what each series is, its unit, source, licence and traps."""

import re
from dataclasses import dataclass, field

from analogies.facts.csv_rows import decode, read_rows, wrong_letters
from analogies.facts.columns import number
from analogies.facts.dates import DateError, parse
from analogies.facts.desk import Desk

ENTRIES = ("unit", "source", "version", "licence", "covers", "columns", "traps")


@dataclass(slots=True)
class Section:
    """One section of the codebook: its entries (`- unit: ...`) and whatever else it says."""

    name: str
    line: int
    entries: dict[str, str] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    text: str = ""


def read_codebook(raw: bytes, file: str, desk: Desk) -> dict[str, Section]:
    """Sections by name. An entry may run over several lines, if those are indented."""
    sections: dict[str, Section] = {}
    now: Section | None = None
    last = ""
    for number_of_line, line in enumerate(decode(raw, file, desk.faults).splitlines(), 1):
        if not line.isascii() and (wrong := wrong_letters(line)):
            desk.note(file, number_of_line, "", wrong)
        if heading := re.fullmatch(r"##\s+`?([^`#]+?)`?\s*", line):
            now, last = Section(heading[1], number_of_line), ""
            if now.name in sections:
                desk.note(file, number_of_line, now.name, f"the section stands in line {sections[now.name].line} already; keep one")
            sections[now.name] = now
        elif now is None:
            continue
        elif entry := re.fullmatch(r"-\s+\**(\w+)\**:\**\s*(.*)", line):
            last = entry[1].lower()
            now.entries[last], now.lines[last] = entry[2].strip(), number_of_line
        elif last and line.startswith("  ") and line.strip():
            now.entries[last] += " " + line.strip()
        else:
            last = ""
            now.text += line + "\n"
    return sections


def check_series(desk: Desk, raw: bytes, name: str, file: str, codebook: dict[str, Section] | None, book: str) -> None:
    """What must hold of a series: a full section in the codebook (None: there is no codebook), every column explained,
    years, codes and numbers that are such, dates in EDTF, known sources, no row twice."""
    rows = read_rows(raw, file, None, desk.faults)
    section = (codebook or {}).get(name)
    if section is None and codebook is not None:
        desk.note(book, 0, name, f"the series has no section; add '## {name}' with {', '.join(ENTRIES)}")
    elif section:
        _check_section(desk, section, rows[0].header if rows else [], book)
    seen: dict[tuple[str, ...], int] = {}
    for row in rows:
        cells = tuple(cell.strip() for cell in row.raw)
        if cells in seen:
            desk.note(file, row.line, "", f"the row is the same as line {seen[cells]}; delete one")
        seen.setdefault(cells, row.line)
        for column in ("sources", "source"):
            for key in (row.get(column) or "").split(";"):
                if key.strip():
                    desk.cite(key.strip(), file, row.line_of(column), column)
    for column in rows[0].header if rows else []:
        wrong = _column_check(column, [row.get(column) for row in rows])
        for row in rows if wrong else ():
            message = wrong(row.get(column)) if row.get(column) else ""
            if message:
                desk.note(file, row.line_of(column), column, message)
    if not rows and not any(fault.file == file for fault in desk.faults):
        desk.note(file, 0, "", "the series has no rows")


def _check_section(desk: Desk, section: Section, header: list[str], book: str) -> None:
    for entry in ENTRIES:
        if not section.entries.get(entry):
            desk.note(book, section.lines.get(entry, section.line), section.name, f"the line '- {entry}: ...' is missing or blank; fill it")
    explained = set(re.findall(r"\w+", section.entries.get("columns", "")))
    for column in header:
        if explained and column not in explained:
            desk.note(book, section.lines["columns"], section.name, f"the column {column!r} is not explained; add it to '- columns:'")
    for key in cited_keys(section.entries.get("source", "")):
        desk.cite(key, book, section.lines["source"], section.name)


def cited_keys(source: str) -> list[str]:
    """The keys that a codebook's source line names: `@key` anywhere, or a line that is nothing but keys. A citation
    in words has none."""
    if marked := re.findall(r"@([A-Za-z0-9][\w:+-]*)", source):
        return marked
    parts = [part.strip(" `") for part in source.split(";")]
    return parts if all(re.fullmatch(r"[A-Za-z0-9][\w:+-]*", part) for part in parts) else []


def _column_check(column: str, cells: list[str | None]):
    """What a cell of this column must satisfy, as a function that gives a sentence or ''; None for free text."""
    if column == "year":
        return lambda cell: "" if re.fullmatch(r"\d{4}", cell, re.ASCII) else f"{cell!r} is not a year; write four digits"
    if column == "iso3" or column.endswith("_iso3"):
        return lambda cell: "" if re.fullmatch(r"[A-Z]{3}", cell) else f"{cell!r} is not a country code; write three capital letters, as in VEN"
    if column in ("date", "as_of"):
        return _sentence(parse)
    filled = [cell for cell in cells if cell]
    numbers = sum(not _sentence(number)(cell) for cell in filled)
    # a column of numbers with a few words in it is a slip, not a column of words
    return _sentence(number) if filled and numbers > 0.8 * len(filled) else None


def _sentence(reader):
    def told(cell: str) -> str:
        try:
            reader(cell)
        except (DateError, ValueError) as error:
            return str(error)
        return ""

    return told
