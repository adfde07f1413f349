"""Records as tidy pandas tables, and texts as ''. Days are datetime64[s], which reaches the years 1 to 9999."""

import io
from collections.abc import Iterable, Sequence
from datetime import date as Day

import numpy as np
import pandas as pd

from analogies.facts import aligned
from analogies.facts.dates import Date, in_words
from analogies.facts.model import NO_VALUE, Claim, Event

# Cells hold sentences. A notebook should show them whole; pandas cuts at 50 unless somebody chose a width.
if pd.get_option("display.max_colwidth") == 50:
    pd.set_option("display.max_colwidth", 400)
aligned.in_notebooks()


def events_table(events: Sequence[Event]) -> pd.DataFrame:
    """One row an event. `start` is its earliest first day, `end` its latest last day (NaT where open or unknown);
    `date` and `known` are EDTF text, `actors`, `themes` and `sources` tuples."""
    return pd.DataFrame(
        {
            "id": [e.id for e in events],
            "case": [e.case for e in events],
            "date": [e.date.edtf for e in events],
            "start": _days(e.date.a0 for e in events),
            "end": _days(e.date.b1 for e in events),
            "words": [in_words(e.date) for e in events],
            "short": [e.short for e in events],
            "title": [e.title for e in events],
            "text": [e.text for e in events],
            "actors": _objects(e.actors for e in events),
            "themes": _objects(e.themes for e in events),
            "known": [_edtf(e.known) for e in events],
            "sources": _objects(e.sources for e in events),
            "confidence": [e.confidence for e in events],
            "disputed": [e.disputed for e in events],
        }
    )


def claims_table(claims: Sequence[Claim]) -> pd.DataFrame:
    """One row a claim; `kinds`, `hedges`, `cases`, `sources` and `treated` are tuples, `judged_as_of` EDTF text."""
    columns = {name: [getattr(c, name) for c in claims] for name in Claim.__dataclass_fields__}
    for name in ("kinds", "hedges", "cases", "sources", "treated"):
        columns[name] = _objects(columns[name])
    columns["judged_as_of"] = [_edtf(c.judged_as_of) for c in claims]
    return pd.DataFrame(columns)


def features_table(rows: Sequence[dict]) -> pd.DataFrame:
    """One row a case and dimension. `value` is text; `number` is the value of a number and NaN for everything else;
    `low` and `high` are NaN where no bounds are given."""
    names = ("case", "dimension", "type", "value", "low", "high", "unit", "as_of", "coded_by", "sources", "confidence", "note")
    columns = {name: [row[name] for row in rows] for name in names}
    columns["low"], columns["high"] = _floats(columns["low"]), _floats(columns["high"])
    columns["as_of"] = [_edtf(date) for date in columns["as_of"]]
    columns["sources"] = _objects(columns["sources"])
    table = pd.DataFrame(columns)
    is_number = [row["type"] == "number" and row["value"] not in NO_VALUE for row in rows]
    numbers = _floats(row["value"] if known else None for row, known in zip(rows, is_number))
    table.insert(4, "number", numbers)
    return table


def invocations_table(rows: Sequence[dict]) -> pd.DataFrame:
    """One row a use of the Monroe Doctrine, with `start` (its earliest day) beside the EDTF text of `date`."""
    names = ("id", "date", "speaker", "office", "document", "about", "paraphrase", "use", "names_doctrine", "sources", "confidence", "note")
    columns = {name: [row[name] for row in rows] for name in names}
    columns["sources"] = _objects(columns["sources"])
    columns["date"] = [_edtf(row["date"]) for row in rows]
    table = pd.DataFrame(columns)
    table.insert(2, "start", _days(row["date"].a0 for row in rows))
    return table


def series_table(raw: bytes) -> pd.DataFrame:
    """A series as pandas reads it, except that only a blank cell is missing: "NA" is a text (Namibia's code)."""
    return pd.read_csv(io.BytesIO(raw), keep_default_na=False, na_values=[""])


def _days(days: Iterable[Day | None]) -> np.ndarray:
    return np.array([day.isoformat() if day else "NaT" for day in days], dtype="datetime64[s]")


def _floats(values: Iterable) -> np.ndarray:
    return np.array([np.nan if value is None else float(value) for value in values], dtype=float)


def _objects(values: Iterable[tuple]) -> pd.Series:
    """Tuples as they are: pandas would make a table of tuples of one length."""
    return pd.Series(list(values), dtype=object)


def _edtf(date: Date | None) -> str:
    return date.edtf if date else ""
