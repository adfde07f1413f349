"""Tables in a notebook with text at the left and numbers at the right: JupyterLab puts every cell at the right.

The alignment stands in each cell, so that a stored table looks the same in JupyterLab and in the page of nbconvert,
and no id changes from run to run.
"""

from __future__ import annotations

import re
import sys

import pandas as pd

_LEFT = ' style="text-align:left"'
_ROW = re.compile(r"<tr\b.*?</tr>", re.S)
_CELL = re.compile(r"<(t[hd])\b([^>]*)>")
_NUMBERS = {"integer", "floating", "mixed-integer-float", "decimal", "complex"}


def html(table: pd.DataFrame, *, index: bool = True) -> str | None:
    """The HTML of pandas, with the cells and heads of text columns at the left; None where pandas was told to give none."""
    drawn = table._repr_html_() if index else table.to_html(index=False, border=0)
    if drawn is None:
        return None
    levels = [_is_text(table.index.get_level_values(n)) for n in range(table.index.nlevels)] if index else []
    columns = [_is_text(table.iloc[:, n]) for n in range(table.shape[1])]
    head, body = drawn.split("<tbody>", 1)
    width = max((len(_CELL.findall(row)) for row in _ROW.findall(body)), default=0)
    shown = width - len(levels)
    if 0 < shown < len(columns):  # pandas has cut the middle out, and put one column of dots there
        columns = [*columns[: shown // 2], False, *columns[len(columns) - shown // 2 :]]
    text = [*levels, *columns]
    return _ROW.sub(lambda row: _aligned(row[0], text), head) + "<tbody>" + _ROW.sub(lambda row: _aligned(row[0], text), body)


def in_notebooks() -> None:
    """Let every table of this session show itself so. Does nothing outside of IPython."""
    shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    if shell is not None:
        shell.display_formatter.formatters["text/html"].for_type(pd.DataFrame, html)


def _is_text(values: pd.Series | pd.Index) -> bool:
    if pd.api.types.is_bool_dtype(values.dtype):
        return True
    if pd.api.types.is_numeric_dtype(values.dtype):
        return False
    return pd.api.types.infer_dtype(values, skipna=True) not in _NUMBERS


def _aligned(row: str, text: list[bool]) -> str:
    """One row. A shorter one lacks cells at its left, where an outer level of the index spans several rows; a head
    over several columns stays where pandas puts it."""
    if "colspan" in row:
        return row
    left = iter(text[len(text) - len(_CELL.findall(row)) :])
    return _CELL.sub(lambda cell: f"<{cell[1]}{cell[2]}{_LEFT if next(left, False) else ''}>", row)
