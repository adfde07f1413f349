"""How a timeline leaves: as a picture (PNG, SVG), a table (CSV) or a page (HTML), written in one step."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from analogies import figures, my_work
from analogies.timeline import figure, page, twin
from analogies.timeline.asked import AskedError

if TYPE_CHECKING:
    import pandas as pd

KINDS = (".html", ".png", ".svg", ".csv")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def save(path: str | os.PathLike, *, payload: dict, drawn: dict, state: dict, notes: list[dict], visible: pd.DataFrame,
         theme: str = "auto") -> Path:
    """Write what the ending of `path` asks for and return the path. Raises AskedError with what to do."""
    path = Path(path)
    kind = path.suffix.lower()
    if kind == ".png":
        content = figures.png(figure.draw(drawn, state))
    elif kind == ".svg":
        content = figures.svg(figure.draw(drawn, state), alt=twin.alt(drawn, state)).encode()
    elif kind == ".csv":
        content = csv(visible).encode()
    elif kind in (".html", ".htm"):
        content = page.page(payload, state, notes, drawn=drawn, theme=theme).encode()
    else:
        raise AskedError(f"save({os.fspath(path)!r}): a timeline is saved as {', '.join(KINDS)}; give a name with one of "
                         "these endings.")
    try:
        my_work.replace(path, content)
    except OSError as fault:
        raise AskedError(f"{path} could not be written ({fault.strerror}); choose a folder that exists and that you may "
                         "write to.") from None
    return path


def csv(visible: pd.DataFrame) -> str:
    """The events as CSV, lists with ";" between. A cell that a spreadsheet would run as a formula gets a ' in front."""
    plain = visible.copy()
    for name in plain.columns:
        plain[name] = [_cell(value) for value in plain[name]]
    return plain.to_csv(index=False, lineterminator="\n")


def _cell(value: object) -> object:
    if isinstance(value, tuple):
        value = ";".join(value)
    if isinstance(value, str) and value.startswith(_FORMULA):
        return "'" + value
    return value
