"""The desk on which a set of data is checked: its faults, its sources, and which ids and sources were seen."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches

from analogies.facts.columns import Table
from analogies.facts.csv_rows import Row, read_rows
from analogies.facts.dates import Date
from analogies.facts.model import Fault, Source


@dataclass(slots=True)
class Desk:
    """Collects while tables are read; raises nothing."""

    faults: list[Fault] = field(default_factory=list)
    sources: dict[str, Source] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)  # keys of sources that something cites
    seen: dict[str, str] = field(default_factory=dict)  # id: where it stands

    def note(self, file: str, line: int, column: str, message: str) -> None:
        """Keep one more fault; reading goes on, so that all of them are found in one go."""
        self.faults.append(Fault(file, line, column, message))

    def read(self, raw: bytes, file: str, table: Table) -> Iterator[tuple[Row, dict]]:
        """The rows of a table with their values. A row with a fault is noted and left out."""
        for row in read_rows(raw, file, tuple(table), self.faults):
            self._see_id(row, file)
            values, good = {}, True
            for column, (reader, required) in table.items():
                cell = row.get(column)
                if not cell:
                    good = good and not required
                    if required and cell is not None:
                        self.note(file, row.line_of(column), column, _blank(column))
                    values[column] = None
                    continue
                try:
                    values[column] = reader(cell)
                except ValueError as error:
                    good = False
                    self.note(file, row.line_of(column), column, str(error))
            self._see_sources(row, file, values.get("sources"))
            if good:
                yield row, values

    def _see_id(self, row: Row, file: str) -> None:
        """Ids are unique over all tables, so that one id names one thing."""
        name = row.get("id")
        if not name:
            return
        line = row.line_of("id")
        if name in self.seen:
            self.note(file, line, "id", f"the id {name!r} is taken by {self.seen[name]}; give each row an id of its own")
        else:
            self.seen[name] = f"{file}:{line}"

    def _see_sources(self, row: Row, file: str, keys: tuple[str, ...] | None) -> None:
        for key in keys or ():
            self.cite(key, file, row.line_of("sources"), "sources")

    def cite(self, key: str, file: str, line: int, column: str) -> None:
        """Note that something cites a key, and a fault if the bibliography has no such key."""
        self.used.add(key)
        if key not in self.sources:
            near = get_close_matches(key, self.sources, n=1)
            hint = f"did you mean {near[0]!r}?" if near else "add it to sources.bib"
            self.note(file, line, column, f"the source {key!r} is unknown; {hint}")


def _blank(column: str) -> str:
    if column == "sources":
        return "the cell is blank; every row names at least one source by its key in sources.bib"
    return "the cell is blank; fill it"


def starts_before(one: Date, other: Date) -> bool:
    """True where `one` must lie wholly before `other` begins."""
    last, first = one.b1 or one.a1, other.a0
    return bool(one.end_kind == "closed" and last and first and last < first)
