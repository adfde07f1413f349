"""How the rows and lists of an answer are read, and how the rows that break a rule are named."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Sequence
from typing import Any

from .answers import as_list, as_table, as_text
from .outcome import Outcome, judge, needs

MANY_ROWS = 50  # of an answer that asks for a handful; one with more is not looked at row by row
MANY_IDS = 500  # more than the kit has events
_NAMED = 5  # rows that a sentence names


def as_rows(value: Any) -> list[list[Any]]:
    """The rows of a list of lists or tuples, or of a table; a lone item is a row of one.  Empty for anything else.

    Of many rows the first are given, one more than MANY_ROWS: see too_many.
    """
    table = as_table(value)
    rows = as_list(value) if table is None else table.head(MANY_ROWS + 1).to_numpy().tolist()
    return [as_list(row) or [row] for row in (rows or [])[: MANY_ROWS + 1]]


def too_many(value: Any, points: float, most: int = MANY_ROWS, of: str = "rows") -> Outcome | None:
    """No points, and the one condition that is unmet, for an answer with more rows than anybody would look at; else None."""
    table = as_table(value)
    found = len(table if table is not None else [] if isinstance(value, str) else as_list(value) or [])
    if found <= most:
        return None
    return judge(needs(False, f"There are at most {most} {of}, so that each can be looked at.", points, because=f"Found {found:,}: choose."))


def repeats(rows: Sequence[list[str]], *keys: Callable[[list[str]], Hashable]) -> list[int]:
    """The rows (from 1) that have a key in common with a row before; a key of None is none."""
    seen: set[tuple[int, Hashable]] = set()
    bad = []
    for number, row in enumerate(rows, 1):
        own = {(place, found) for place, key in enumerate(keys) if (found := key(row)) is not None}
        bad += [number] if own & seen else []
        seen |= own
    return bad


def texts(row: list[Any], length: int) -> list[str]:
    """Exactly `length` texts: what is missing or is no text is blank."""
    return [as_text(cell) or "" for cell in (row + [""] * length)[:length]]


def ids(value: Any) -> list[Any] | None:
    """Ids from a list, tuple, set, Series or Index, a table with a column id, or one id alone.  None for anything else."""
    table = as_table(value)
    if table is not None:
        value = table["id"] if "id" in table.columns else None
    items = as_list(value) if not isinstance(value, str) else [value]
    return None if items is None else [item.strip() if isinstance(item, str) else item for item in items[: MANY_IDS + 1]]


def texts_among(values: dict[str, Any]) -> list[str]:
    """The names of the answers that are texts, where numbers are asked for."""
    return [name for name, value in values.items() if isinstance(value, str)]


def look_at(bad: list[int]) -> str:
    """Which rows (from 1) break a rule; that there is none yet, where none does and the rule is still unmet."""
    more = f" and {len(bad) - _NAMED:,} more" if len(bad) > _NAMED else ""
    return f"Look at row{'s' * (len(bad) > 1)} {', '.join(map(str, bad[:_NAMED]))}{more}." if bad else "There is none yet."


def lengths(value: Any) -> set[int]:
    """How many parts the rows of an answer have; a row written as a dict has names for its parts and is not counted."""
    return {len(row) for row in as_rows(value) if not (len(row) == 1 and isinstance(row[0], dict))}


def letters(sentence: str) -> str:
    """A sentence without its figures, signs and capitals: a number at the end makes no other sentence."""
    return " ".join(re.findall(r"[^\W\d_]+", sentence.casefold()))
