"""A ledger of what is known, unclear and presumed on a day, with likenesses and differences, kept as CSV in my-work/."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable
from html import escape
from typing import TYPE_CHECKING, Any

from analogies import my_work
from analogies.facts.dates import DateError, in_words, parse

from .ledger_rules import CELLS, STATUSES, as_row, clipped, faults, public_day, sources_of

if TYPE_CHECKING:
    import pandas as pd

SHOWN = ("status", "statement", "source", "public", "change")
_HEADS = ("row", "status", "statement", "rests on", "public on", "what would change it")


class LedgerError(ValueError):
    """A ledger that cannot be opened or written as asked; one sentence that says what to do. A notebook shows it alone."""

    def _render_traceback_(self) -> list[str]:
        return [str(self)]


class _Book(my_work.OwnTable):
    """The rows of one file: those of every day for which the student has kept a ledger."""

    columns = ("id", "as_of", *SHOWN)
    required = ("status", "statement")
    prefix = "row"
    elsewhere = "the rows stay in this notebook until you close it."


def ledger(name: str | os.PathLike | None = None, *, as_of: str | dt.date) -> Ledger:
    """A ledger for the day `as_of` ("2019-04-02"). `name`: a CSV in my-work/ that keeps it ("venezuela.csv"), or None.

    Nothing is read or written while notebooks are built, tested or graded. Raises LedgerError.
    """
    try:
        day = as_of if isinstance(as_of, dt.date) else parse(as_of).a0
    except DateError as fault:
        raise LedgerError(f"as_of={as_of!r}: {fault}.") from None
    if day is None or (isinstance(as_of, str) and len(as_of) != 10):
        raise LedgerError(f"as_of={as_of!r}: a ledger is kept for one day; write it as '2019-04-02'.")
    try:
        path = None if name is None else my_work.place(name, asked=f"an.ledger({os.fspath(name)!r})", example="'my-ledger.csv'")
    except my_work.OwnTableError as fault:
        raise LedgerError(str(fault)) from None
    return Ledger(_Book(path) if path and my_work.saving() else None, day)


class Ledger:
    """Rows about one day. `known`, `unclear`, `presumed`, `likeness`, `difference` enter one; `missing` says what is lacking.

    A statement that is entered again replaces its row: a cell may be run as often as one likes. `take_out` takes a row
    out by its number. Show it as the last line of a cell.
    """

    def __init__(self, book: _Book | None, as_of: dt.date) -> None:
        self.as_of = as_of
        self._book = book
        self._unsaved: list[dict[str, str]] = []

    def known(self, statement: str, *sources: str, public: str = "") -> Remark:
        """What anybody could establish on the day, and from which sources (ids of events, keys of the bibliography, addresses)."""
        return self._enter("known", statement, sources, public=public)

    def unclear(self, statement: str, *sources: str, public: str = "") -> Remark:
        """What was said and not settled, and by whom."""
        return self._enter("unclear", statement, sources, public=public)

    def presumed(self, statement: str, *sources: str, change: str = "", public: str = "") -> Remark:
        """What is taken for granted, and the news that would change your mind."""
        return self._enter("presumed", statement, sources, change, public)

    def likeness(self, statement: str, *sources: str, public: str = "") -> Remark:
        """In what respect two cases are alike."""
        return self._enter("likeness", statement, sources, public=public)

    def difference(self, statement: str, *sources: str, public: str = "") -> Remark:
        """In what respect two cases differ."""
        return self._enter("difference", statement, sources, public=public)

    def add(self, rows: Any) -> Remark:
        """Enter several rows: tuples (status, statement, source, change), dicts, or a table with these columns."""
        if rows is None:
            return Remark(("There is nothing to add yet.",))
        if type(rows).__name__ == "DataFrame":
            rows = rows.to_dict("records")
        if not isinstance(rows, Iterable) or isinstance(rows, (str, dict)):
            raise LedgerError(f"add() takes a list of rows, each ({', '.join(CELLS[:4])}); found {type(rows).__name__}.")
        given = [as_row(row) for row in rows]
        for row in given:
            self._put(row)
        return Remark((f"{len(given)} row{'s' * (len(given) != 1)} entered. {self._where()}", *self._save()))

    def take_out(self, number: int) -> Remark:
        """Take out the row of that number, as the ledger shows it. Raises LedgerError where there is none."""
        mine = self._mine()
        if isinstance(number, bool) or not isinstance(number, int) or not 1 <= number <= len(mine):
            raise LedgerError(f"take_out({number!r}): the ledger has {len(mine)} rows, numbered from 1.")
        self._rows().remove(mine[number - 1])
        return Remark((f"Taken out: {clipped(mine[number - 1]['statement'])}.", *self._save()))

    def missing(self) -> Remark:
        """One sentence for each rule that is not met yet."""
        rows = self._mine()
        if not rows:
            return Remark(("The ledger is empty. Begin with something that anybody could establish on that day: .known(...).",))
        return Remark(tuple(f.sentence for f in faults(rows, self.as_of)) or (
            "Nothing is missing by these rules. They look at form and dates; whether a row is true is for you to judge.",))

    @property
    def table(self) -> pd.DataFrame:
        """One row an entry: status, statement, source, public, change; the index counts from 1."""
        import pandas as pd

        rows = self._mine()
        return pd.DataFrame([[row[name] for name in SHOWN] for row in rows], columns=list(SHOWN), index=range(1, len(rows) + 1))

    def _enter(self, status: str, statement: str, sources: tuple, change: str = "", public: str = "") -> Remark:
        if not isinstance(statement, str) or not all(isinstance(one, str) for one in (*sources, change, public)):
            raise LedgerError(f".{status}() takes texts in quotation marks: a statement, then its sources.")
        row = self._put(as_row((status, statement, sources, change, public)))
        number = next(n for n, one in enumerate(self._mine(), 1) if one is row)
        lacks = [f.sentence for f in faults(self._mine(), self.as_of) if f.row == number]
        return Remark((f"Row {number} entered as {status}. {self._where()}", *lacks, *self._save()))

    def _put(self, row: dict[str, str]) -> dict[str, str]:
        """The row in its place: that of the same statement if there is one, else at the end."""
        days = [public_day(name) for name in sources_of(row)]
        if not row["public"] and days and all(day and day <= self.as_of for day in days):
            row["public"] = max(days).isoformat()
        same = [old for old in self._mine() if " ".join(old["statement"].casefold().split()) == row["statement"].casefold()]
        if same:
            same[0].update(row)
            return same[0]
        self._rows().append({"id": "", "as_of": self.as_of.isoformat(), **row})
        return self._rows()[-1]

    def _rows(self) -> list[dict[str, str]]:
        """All rows of the file, of whatever day, as they now stand here."""
        if self._book and not self._unsaved:
            self._unsaved = [dict(row) for row in self._book.rows]
        return self._unsaved

    def _mine(self) -> list[dict[str, str]]:
        return [row for row in self._rows() if row["as_of"] in ("", self.as_of.isoformat())]

    def _save(self) -> list[str]:
        if not self._book:
            return []
        self._unsaved = [dict(row) for row in self._book.write(self._unsaved)]
        return self._book.report

    def _where(self) -> str:
        return f"Kept in {self._book.path.parent.name}/{self._book.path.name}." if self._book else "It is kept in this notebook only."

    def __repr__(self) -> str:
        rows = [f"{n}. {row['status']}: {row['statement']} [{row['source'] or 'no source'}]" for n, row in enumerate(self._mine(), 1)]
        return "\n".join([f"Ledger as of {_words(self.as_of)}", *rows, "Missing:", *self.missing().sentences])

    def _repr_html_(self) -> str:
        heads = "".join(f'<th scope="col" style="text-align:left">{head}</th>' for head in _HEADS)
        order = {status: n for n, status in enumerate(STATUSES)}
        rows = sorted(enumerate(self._mine(), 1), key=lambda one: order.get(one[1]["status"], len(order)))
        body = "".join(f'<tr><th scope="row">{n}</th>{"".join(_cell(name, row[name]) for name in SHOWN)}</tr>' for n, row in rows)
        said = [*(self._book.report if self._book else []), *self.missing().sentences]
        return (f'<table><caption>Ledger as of {_words(self.as_of)}</caption><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>'
                f"<p><strong>What is missing</strong></p><ul>{''.join(f'<li>{escape(one)}</li>' for one in said)}</ul>")  # fmt: skip


def _cell(name: str, said: str) -> str:
    unbroken = ";white-space:nowrap" if name == "public" else ""
    return f'<td style="text-align:left{unbroken}">{escape(said)}</td>'


class Remark:
    """What the ledger says of what was done: sentences, shown below the cell."""

    def __init__(self, sentences: tuple[str, ...]) -> None:
        self.sentences = sentences

    def __repr__(self) -> str:
        return "\n".join(self.sentences)

    def _repr_html_(self) -> str:
        return f'<div role="status">{"".join(f"<p>{escape(one)}</p>" for one in self.sentences)}</div>'


def _words(day: dt.date) -> str:
    return in_words(parse(day.isoformat()))
