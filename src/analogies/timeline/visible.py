"""The events that a timeline shows as a pandas table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analogies.timeline import layout, twin

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = ("id", "case", "date", "words", "title", "text", "actors", "themes", "confidence", "sources", "disputed", "own")


def visible(payload: dict, state: dict) -> pd.DataFrame:
    """One row for each event that passes the filters and "as of" and touches the window, in order of time.

    Columns: COLUMNS; with a day 0 also `days`, from day 0 to the start. `date` is EDTF; actors, themes and sources are
    tuples. Under "as of" the words of an interval that ended later do not give its end away, nor does its date.
    """
    import pandas as pd

    found, order = twin.shown(payload, state)
    lists, at = payload["lists"], [found["at"][k] for k in order]

    def names(column: str, known: list) -> list[tuple]:
        return [tuple(known[j] for j in payload[column][i]) for i in at]

    table = pd.DataFrame({
        "id": [payload["id"][i] for i in at],
        "case": [lists["cases"][payload["case"][i]]["id"] if payload["case"][i] >= 0 else "" for i in at],
        "date": [_date(payload, found, k) for k in order], "words": [found["words"][k] for k in order],
        "title": [payload["title"][i] for i in at], "text": [payload["text"][i] for i in at],
        "actors": names("actors", lists["actors"]), "themes": names("themes", lists["themes"]),
        "confidence": [lists["confidence"][payload["confidence"][i]] if payload["confidence"][i] >= 0 else ""
                       for i in at],
        "sources": names("sources", [source["key"] for source in lists["sources"]]),
        "disputed": [payload["disputed"][i] for i in at],
        "own": [bool(payload["flags"][i] & layout.OWN) for i in at]}, columns=list(COLUMNS))
    if state["align"]:
        table.insert(4, "days", [found["a0"][k] if found["a0"][k] is not None else found["b0"][k] for k in order])
    return table


def _date(payload: dict, found: dict, k: int) -> str:
    i = found["at"][k]
    edtf = payload["edtf"][i]
    if found["flags"][k] & layout.OPEN_END and not payload["flags"][i] & layout.OPEN_END:
        start = edtf.split("/")[0]
        return f"{start}/.." if start.strip(".") else ""  # an interval without either end has no date
    return edtf
