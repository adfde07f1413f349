"""Reading an answer in whatever type it was given: a list or a tuple, a Series or a list, a date or its text.

Every reader takes a decoded value and returns None where the value is no such thing; none of them raises.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from typing import Any

from .values import Unsupported
from .wire import MAX_MEMBERS


def as_number(value: Any) -> float | None:
    """A finite number: int, float, NumPy number, or a list, array or Series of length 1.  True is no number, nor is "12"."""
    value = _only_item(value)
    if type(value) in (int, float):
        try:
            number = float(value)
        except OverflowError:
            return None
        return number if math.isfinite(number) else None
    if type(value).__module__ == "numpy" and hasattr(value, "dtype") and value.dtype.kind in "iuf" and value.size == 1:
        return as_number(value.item())
    return None


def as_text(value: Any) -> str | None:
    """Text without blanks at its ends, runs of blanks made one."""
    value = _only_item(value)
    return " ".join(value.split()) if type(value) is str else None


def as_yes_or_no(value: Any) -> bool | None:
    """True or False, also as NumPy bool or as the words yes, no, true, false."""
    value = _only_item(value)
    if type(value) is bool:
        return value
    if type(value).__module__ == "numpy" and type(value).__name__ in ("bool", "bool_"):
        return bool(value)
    if type(value) is str:
        return {"yes": True, "true": True, "no": False, "false": False}.get(value.strip().lower())
    return None


def as_date(value: Any) -> dt.date | None:
    """A day: date, datetime, Timestamp, datetime64, or text such as "2015-09-30" or "30 September 2015"."""
    value = _only_item(value)
    if type(value) is dt.date:
        return value
    if type(value) is dt.datetime:
        return value.date()
    if type(value) is str:
        return _date_of_text(value.strip())
    if type(value).__name__ == "datetime64":
        value = value.astype("datetime64[D]").item()
        return value if type(value) is dt.date else None
    if type(value).__name__ == "Timestamp":
        return dt.date(value.year, value.month, value.day)
    return None


def as_days(value: Any) -> float | None:
    """A length of time in days: a number, timedelta, Timedelta or timedelta64."""
    value = _only_item(value)
    if type(value) is dt.timedelta:
        return value / dt.timedelta(days=1)
    if type(value).__name__ == "Timedelta":
        return value.total_seconds() / 86_400
    if type(value).__name__ == "timedelta64":
        if str(value.dtype)[-2:-1] in "YM":  # a month or a year has no fixed number of days
            return None
        length = value.astype("timedelta64[s]").item()
        return length / dt.timedelta(days=1) if type(length) is dt.timedelta else None
    return as_number(value)


def as_list(value: Any) -> list[Any] | None:
    """The items of a list, tuple, set, array of one dimension, Series or Index; None for a lone value, text or a dict."""
    if type(value) in (list, tuple):
        return list(value)
    if type(value) is set:
        return sorted(value, key=repr)
    kind = type(value).__name__
    if kind == "ndarray":
        if value.ndim != 1:
            return None
        return list(value) if value.dtype.kind in "mM" else value.tolist()  # tolist() would make whole numbers of moments
    if kind == "Series" or kind.endswith("Index"):
        return value.tolist()
    return None


def as_dict(value: Any) -> dict[Any, Any] | None:
    """Names and values: a dict, or a Series by its index, as long as it is no longer than a dict may be."""
    if type(value) is dict:
        return dict(value)
    if type(value).__name__ == "Series" and len(value) <= MAX_MEMBERS:
        return value.to_dict()
    return None


def as_table(value: Any) -> Any | None:
    """A DataFrame, or None."""
    return value if type(value).__name__ == "DataFrame" else None


def near(value: Any, target: float, within: float = 0.0) -> bool:
    """Whether value is a number at most `within` from target (in the target's unit)."""
    number = as_number(value)
    return number is not None and abs(number - target) <= within + 1e-9 * max(1.0, abs(target))


def same_text(value: Any, *accepted: str) -> bool:
    """Whether value is one of the accepted texts, capitals and runs of blanks aside."""
    text = as_text(value)
    return text is not None and text.casefold() in {" ".join(one.split()).casefold() for one in accepted}


def same_items(value: Any, expected: Any, *, ordered: bool = False) -> bool:
    """Whether value has exactly the expected items, in that order if ordered, else in any order."""
    found = as_list(value)
    if found is None or any(type(item) is Unsupported for item in found):
        return False
    wanted = list(expected)
    if ordered:
        return len(found) == len(wanted) and all(_same(a, b) for a, b in zip(found, wanted, strict=True))
    for item in found:
        match = next((i for i, other in enumerate(wanted) if _same(item, other)), None)
        if match is None:
            return False
        del wanted[match]
    return not wanted


def said(value: Any, length: int = 60) -> str:
    """A short form of a value, to name what was found in a message."""
    if type(value) is Unsupported:
        return f"a value of type {value.type}"
    number = as_number(value)
    if number is not None:
        return f"{number:,.6g}" if abs(number) < 1e6 else f"{number:,.0f}"
    text = " ".join(_repr(value, 4 * length).split())
    return text if len(text) <= length else text[: length - 1] + "…"


def _repr(value: Any, room: int) -> str:
    """The repr of a value as far as it fills the room; never that of the whole, which may be huge or slow."""
    kind = type(value)
    name = kind.__name__
    if name in ("DataFrame", "Series", "ndarray", "FigureDescription", "AxesDescription") or name.endswith("Index"):
        return f"a value of type {name}"
    if kind is str:
        return repr(value[:room])
    if kind not in (list, tuple, set, dict) or not value:
        return repr(value)
    parts: list[str] = []
    for item in value:
        parts.append(_repr(item, room) + (f": {_repr(value[item], room)}" if kind is dict else ""))
        room -= len(parts[-1])
        if room <= 0:
            break
    opened, closed = {list: "[]", tuple: "()", set: "{}", dict: "{}"}[kind]
    return opened + ", ".join(parts) + "," * (kind is tuple and len(value) == 1) + closed


def _same(a: Any, b: Any) -> bool:
    numbers = as_number(a), as_number(b)
    if None not in numbers:
        return near(*numbers)
    return type(a) is type(b) and type(a) is not Unsupported and repr(a) == repr(b)


def _only_item(value: Any) -> Any:
    if type(value) is str or type(value) is dict:
        return value
    items = as_list(value)
    if items is not None and len(items) == 1:
        value = items[0]
    return str(value) if type(value).__name__ == "str_" else value


def _date_of_text(text: str) -> dt.date | None:
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        try:
            return dt.date.fromisoformat(text)
        except ValueError:
            return None
    for form in ("%d %B %Y", "%d %b %Y", "%B %d, %Y"):
        try:
            return dt.datetime.strptime(text, form).date()
        except ValueError:
            continue
    return None
