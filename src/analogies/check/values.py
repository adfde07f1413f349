"""The one codec of answers, used by the checks and by the grader: values of listed exact types to tagged JSON and back.

Carried: None, bool, int, float (with NaN and infinities), str, date, datetime, timedelta, list, tuple, dict, set; NumPy scalars and
arrays; pandas' Timestamp, Timedelta, NaT, NA, Series, Index and DataFrame; a description of a matplotlib figure or axes.
A time zone travels as its offset from UTC.  A value of any other type becomes Unsupported, with a sentence.

Encoding goes by the identity of the exact type (no subclass, no method of an unknown object), so that an object that lies
about itself runs no code here.  Decoding trusts nothing: it refuses whatever is malformed with ValueError, can build the
types above alone, and imports NumPy or pandas only, never anything that the data name.

The wire: null, true, false, text, whole and finite numbers and lists stand for themselves; everything else is an object
{"t": tag, ...} with exactly the keys of its tag.  wire.py holds the limits; plain.py, arrays.py, tables.py and drawings.py
know the types.
"""

from __future__ import annotations

import json
import math
from typing import Any

from .wire import MAX_BYTES, Decoder, Encoder, Refused, Unsupported, dump, type_name

__all__ = ["Unsupported", "decode", "encode"]


def encode(value: Any) -> bytes:
    """The value as tagged JSON in ASCII.  Never raises for what the value is: what cannot be carried is Unsupported."""
    name = type_name(type(value))
    try:
        data = dump(Encoder()(value))
        if len(data) > MAX_BYTES:
            raise Refused(f"takes more than {MAX_BYTES // 1_000_000} MB; give the part that the question asks for")
        return data
    except Refused as fault:
        sentence = f"unsupported: a value of type {name} that {fault}."
    except Exception:  # a broken object of a known type; its own words are not repeated, they may be anything
        sentence = f"unsupported: a value of type {name} that could not be read."
    return dump({"t": "unsupported", "type": name, "say": sentence})


def decode(data: bytes) -> Any:
    """The value that these bytes stand for.  Raises ValueError for anything but what `encode` writes; MemoryError."""
    if type(data) is not bytes or len(data) > MAX_BYTES:
        raise ValueError(f"not an encoded value: at most {MAX_BYTES} bytes expected")
    try:
        form = json.loads(data.decode("ascii"), parse_constant=_constant, parse_float=_finite, object_pairs_hook=_once)
        return Decoder()(form)
    except MemoryError:  # the bytes may be what they should be
        raise
    except Exception as fault:  # RecursionError, OverflowError, a refusal of pandas: here all mean the same
        raise ValueError(f"not an encoded value: {type(fault).__name__}: {str(fault)[:200]}") from None


def _constant(name: str) -> None:
    raise ValueError(f"{name} is no number here")


def _finite(text: str) -> float:
    if not math.isfinite(number := float(text)):
        raise ValueError("a number out of range")
    return number


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    form = dict(pairs)
    if len(form) != len(pairs):
        raise ValueError("a key occurs twice")
    return form
