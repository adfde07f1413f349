"""Any table with a date column becomes events: what is missing is named, ids are invented once and stay."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from typing import TYPE_CHECKING

from analogies.facts import dates
from analogies.facts.model import Event
from analogies.timeline.asked import AskedError, moment
from analogies.timeline.layout import clip

if TYPE_CHECKING:
    import pandas as pd

NEEDED = ("date", "title")
OPTIONAL = ("id", "case", "short", "text", "actors", "themes", "known", "sources", "confidence", "disputed")
_SHORT = 28
_NAMED = 5  # faults named one by one


def events(table: pd.DataFrame, *, case: str = "table", taken: Collection[str] = ()) -> list[Event]:
    """One Event for each row of a table with the columns date and title (and any of OPTIONAL).

    Dates may be EDTF or ISO text, dates, datetimes or years; `actors`, `themes` and `sources` lists, or text with ";"
    between. Rows without an id get one made from date and title, never one of `taken`. `case` is what rows without a
    case belong to. Raises AskedError that names what is missing or which rows have a date that cannot be read.
    """
    columns = [str(name) for name in table.columns]
    missing = [name for name in NEEDED if name not in columns]
    if missing:
        raise _missing(missing, columns)
    cells = {name: table[name].tolist() for name in (*NEEDED, *OPTIONAL) if name in columns}
    if "id" not in cells and "event" in columns:
        cells["id"] = table["event"].tolist()
    when = _dates(cells["date"], "date")
    known = _dates(cells["known"], "known", blank=True) if "known" in cells else [None] * len(when)
    titles = [_text(value) for value in cells["title"]]
    texts = {name: [_text(value) for value in cells.get(name, [""] * len(when))]
             for name in ("id", "case", "short", "text", "confidence", "disputed")}
    lists = {name: [_items(value) for value in cells.get(name, [()] * len(when))]
             for name in ("actors", "themes", "sources")}
    ids = _ids(texts["id"], when, titles, set(taken))
    return [Event(ids[i], texts["case"][i] or case, when[i], texts["short"][i] or clip(titles[i], _SHORT), titles[i],
                  texts["text"][i], lists["actors"][i], lists["themes"][i], known[i], lists["sources"][i],
                  texts["confidence"][i], texts["disputed"][i]) for i in range(len(when))]


def _missing(missing: list[str], columns: list[str]) -> AskedError:
    from difflib import get_close_matches

    lower = {name.lower().strip(): name for name in columns}
    rename = {}
    for name in missing:
        other = {"date": ("when", "day", "year", "edtf"), "title": ("event", "name", "what", "headline")}[name]
        near = get_close_matches(name, lower, n=1, cutoff=0.6) or [word for word in other if word in lower]
        if near:
            rename[lower[near[0]]] = name
    hint = f" Rename: table.rename(columns={rename!r})." if rename else ""
    return AskedError(f"a timeline needs a table with the columns 'date' and 'title'; missing here: "
                      f"{' and '.join(map(repr, missing))}. Found: {', '.join(map(repr, columns)) or 'no column'}.{hint}")


def _dates(values: list, column: str, *, blank: bool = False) -> list:
    """The dates of a column; every row that cannot be read is counted, the first ones named."""
    read, faults = [], []
    for row, value in enumerate(values):
        if blank and (value is None or value != value or value == ""):
            read.append(None)
            continue
        try:
            read.append(moment(value))
        except dates.DateError as fault:
            faults.append(f"row {row}: {fault}")
    if faults:
        more = f"; and {len(faults) - _NAMED} more" if len(faults) > _NAMED else ""
        raise AskedError(f"{len(faults)} of {len(values)} rows have no usable {column} ({'; '.join(faults[:_NAMED])}"
                         f"{more}). Correct or drop these rows.")
    return read


def _text(value: object) -> str:
    return "" if value is None or value != value else str(value)


def _items(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        value = value.split(";")
    elif value is None or not hasattr(value, "__iter__"):
        return ()
    return tuple(dict.fromkeys(item for item in (str(one).strip() for one in value) if item))


def _ids(given: list[str], when: list, titles: list[str], taken: set[str]) -> list[str]:
    """Given ids, else date and title in plain letters; the second of two alike gets "-2"."""
    seen = set(taken)
    for name in filter(None, given):
        if name in seen:
            raise AskedError(f"two events have the id {name!r}; every event of a timeline needs an id of its own.")
        seen.add(name)
    ids = []
    for name, date, title in zip(given, when, titles):
        if not name:
            plain = unicodedata.normalize("NFKD", f"{date.edtf} {title}").encode("ascii", "ignore").decode().lower()
            stem = name = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60] or "event"
            number = 1
            while name in seen:
                number += 1
                name = f"{stem}-{number}"
            seen.add(name)
        ids.append(name)
    return ids
