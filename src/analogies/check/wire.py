"""The rules of the codec: its limits, what it refuses, and how a value is walked.  See values.py for what it promises."""

from __future__ import annotations

import importlib
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

MAX_BYTES = 8_000_000
MAX_DEPTH = 20
MAX_CELLS = 200_000  # items of all containers of one value together
MAX_TEXT = 1_000_000  # characters of one text
MAX_MEMBERS = 5_000  # of one set or dict: members that share a hash are compared one by one
TABLE = 50  # cells that a table inside a value counts for, beside its own: each takes long to build and to show
MAX_BITS = 4_096  # of a whole number

# Modules that know the types of a library, and the tags that each reads.  Fixed here: data never names a module.
_BY_LIBRARY = {"numpy": "arrays", "pandas": "tables", "matplotlib.figure": "drawings"}
_BY_TAG = {
    **dict.fromkeys(("float", "tuple", "set", "dict", "date", "datetime", "timedelta", "unsupported"), "plain"),
    **dict.fromkeys(("scalar", "array"), "arrays"),
    **dict.fromkeys(("NaT", "NA", "timestamp", "Timedelta", "series", "index", "range", "multiindex", "frame"), "tables"),
    **dict.fromkeys(("figure", "axes"), "drawings"),
}
_TYPE_NAME = type.__dict__["__name__"]  # the descriptor itself: a metaclass cannot override it


@dataclass(frozen=True, slots=True)
class Unsupported:
    """What stands for a value that the codec does not carry: the name of its type, and a sentence."""

    type: str
    sentence: str


class Refused(Exception):
    """A value of a known type that is too large, too deep, or holds what cannot be carried.  Says which."""


class Encoder:
    """One encoding: walks a value by exact types, and counts its cells, its depth and its characters."""

    def __init__(self) -> None:
        self._cells = self._depth = self._characters = 0
        self._table = dict(_encoders("plain"))
        # Only a library that is already loaded can have made the value: nothing is imported to look.
        for library, module in _BY_LIBRARY.items():
            if library in sys.modules:
                self._table.update(_encoders(module))

    def __call__(self, value: Any) -> Any:
        """The JSON form of one value, also of one inside another.  Raises Refused."""
        kind = type(value)
        encode_one = self._table.get(id(kind))  # by identity: a metaclass can override == and hash() of its types
        if encode_one is None:
            name = type_name(kind)
            return {"t": "unsupported", "type": name, "say": _advice(name)}
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise Refused(f"holds values inside values more than {MAX_DEPTH} deep (does it contain itself?)")
        form = encode_one(value, self)
        self._depth -= 1
        return form

    @property
    def inside(self) -> bool:
        """Whether the value at hand stands inside another."""
        return self._depth > 1

    def members(self, count: int, kind: str) -> None:
        """Count the members of a set or dict.  Raises Refused where there are too many."""
        if count > MAX_MEMBERS:
            raise Refused(f"holds a {kind} of more than {MAX_MEMBERS:,} members; give the part that the question asks for")
        self.take(count)

    def take(self, cells: int, characters: int = 0) -> None:
        """Count cells and characters before they are copied.  Raises Refused where there are too many."""
        self._cells += cells
        self._characters += characters
        if self._cells > MAX_CELLS:
            raise Refused(f"has more than {MAX_CELLS:,} cells; give the part that the question asks for")
        if self._characters > MAX_BYTES:
            raise Refused(f"takes more than {MAX_BYTES // 1_000_000} MB; give the part that the question asks for")


class Decoder:
    """One decoding: counts cells and depth in the same way, and builds listed types alone."""

    def __init__(self) -> None:
        self._cells = self._depth = self._characters = 0

    def __call__(self, form: Any) -> Any:
        """The value of one JSON form.  Raises ValueError, or what the type raises that refuses its content."""
        kind = type(form)
        if form is None or kind is bool or kind is float:
            return form
        if kind is int:
            if form.bit_length() > MAX_BITS:
                raise ValueError("whole number too large")
            return form
        if kind is str:
            if len(form) > MAX_TEXT:
                raise ValueError("text too long")
            return form
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise ValueError("nested too deep")
        value = self.items(form) if kind is list else self._tagged(form)
        self._depth -= 1
        return value

    def items(self, form: Any) -> list[Any]:
        """The values of a JSON list."""
        self.take(len(expect(form, list)))
        return [self(item) for item in form]

    @property
    def inside(self) -> bool:
        """Whether the value at hand stands inside another."""
        return self._depth > 1

    def members(self, form: Any) -> list[Any]:
        """The JSON list of a set's or dict's members, counted.  Raises ValueError where there are too many."""
        if len(expect(form, list)) > MAX_MEMBERS:
            raise ValueError("too many members")
        self.take(len(form))
        return form

    def take(self, cells: int, characters: int = 0) -> None:
        """Count cells, and characters beyond those of the JSON, before they are built.  Raises ValueError for too many."""
        self._cells += cells
        self._characters += characters
        if self._cells > MAX_CELLS:
            raise ValueError("too many cells")
        if self._characters > MAX_BYTES:
            raise ValueError("too many characters")

    def _tagged(self, form: dict[str, Any]) -> Any:
        tag = form.get("t")
        if type(tag) is not str or tag not in _BY_TAG:
            raise ValueError("unknown tag")
        keys, decode_one = _module(_BY_TAG[tag]).DECODERS[tag]
        if form.keys() != keys | {"t"}:
            raise ValueError(f"keys that do not belong to {tag}")
        return decode_one(form, self)


Encoders = dict[type, Callable[[Any, Encoder], Any]]
Decoders = dict[str, tuple[frozenset[str], Callable[[dict[str, Any], Decoder], Any]]]


def expect(form: Any, kind: type) -> Any:
    """form itself, if it is of exactly this JSON kind.  Raises ValueError."""
    if type(form) is not kind:
        raise ValueError(f"{kind.__name__} expected")
    return form


def dump(form: Any) -> bytes:
    """JSON in ASCII without blanks."""
    return json.dumps(form, ensure_ascii=True, allow_nan=False, separators=(",", ":")).encode("ascii")


def type_name(kind: type) -> str:
    """The true name of a type, in characters that can be shown, at most 80."""
    return "".join(c if c.isprintable() else "?" for c in _TYPE_NAME.__get__(kind)[:80])


@cache
def _module(name: str) -> Any:
    return importlib.import_module(f"{__package__}.{name}")


@cache
def _encoders(name: str) -> dict[int, Callable[[Any, Encoder], Any]]:
    return {id(kind): encode_one for kind, encode_one in _module(name).encoders().items()}


_CALL = "Did you forget the brackets () that call it?"
_LIST = "Turn it into a list with list(...)."
_ADVICE = {
    **dict.fromkeys(("function", "method", "builtin_function_or_method"), _CALL),
    **dict.fromkeys(("generator", "map", "filter", "zip", "range", "enumerate", "reversed", "deque"), _LIST),
    **dict.fromkeys(("dict_keys", "dict_values", "dict_items"), _LIST),
    **dict.fromkeys(("DataFrameGroupBy", "SeriesGroupBy"), "Say what to compute for each group, .mean() for example."),
    **dict.fromkeys(("Event", "Claim", "Case"), "Give its id, which is a text: put .id behind it."),
    "Date": "Give its first day, .a0, or its text, str(...).",
    "frozenset": "Turn it into a set with set(...).",
    "type": "Give a value, not a type.",
    "ellipsis": "Put your answer in the place of the dots.",
}


def _advice(name: str) -> str:
    listed = "An answer is a number, a text, a date, a list, a table or a figure."
    return " ".join([f"unsupported: {name}.", listed, _ADVICE.get(name, "")]).strip()
