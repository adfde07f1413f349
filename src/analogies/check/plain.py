"""The codec's part for Python's own types."""

from __future__ import annotations

import datetime as dt
import math
import sys
from typing import Any

from .wire import MAX_BITS, MAX_TEXT, Decoder, Decoders, Encoder, Encoders, Refused, Unsupported, dump, expect


def odd_float(number: float) -> str:
    """nan, inf or -inf."""
    return "nan" if number != number else "inf" if number > 0 else "-inf"


def float_of(text: Any) -> float:
    """The float that is written nan, inf or -inf; a new NaN each time, because a set may hold several."""
    if text not in ("nan", "inf", "-inf"):
        raise ValueError("nan, inf or -inf expected")
    return float(text)


def zone_offset(zone: dt.tzinfo | None, moment: dt.datetime | None) -> int | None:
    """Seconds from UTC, for a named zone at that moment; None for no zone.  The offset travels, not the zone's name."""
    if zone is None:
        return None
    if type(zone) is dt.timezone:
        offset = zone.utcoffset(None)
    elif type(zone) is getattr(sys.modules.get("zoneinfo"), "ZoneInfo", None) and moment is not None:
        offset = zone.utcoffset(moment)
    else:
        raise Refused("has a time zone of a kind that is not known here; use UTC")
    if offset.microseconds:
        raise Refused("has a time zone with a fraction of a second")
    return offset.days * 86_400 + offset.seconds


def zone_at(seconds: Any) -> dt.timezone | None:
    """The time zone at that many seconds from UTC; None for none."""
    return None if seconds is None else dt.timezone(dt.timedelta(seconds=expect(seconds, int)))


def _encode_int(value: int, encoder: Encoder) -> int:
    if value.bit_length() > MAX_BITS:
        raise Refused("holds a whole number of more than a thousand digits")
    encoder.take(0, value.bit_length() // 3)
    return value


def _encode_str(value: str, encoder: Encoder) -> str:
    if len(value) > MAX_TEXT:
        raise Refused(f"holds a text of more than {MAX_TEXT:,} characters")
    encoder.take(0, len(value))
    return value


def _encode_items(value: Any, encoder: Encoder) -> list[Any]:
    encoder.take(len(value))
    return [encoder(item) for item in value]


def _encode_dict(value: dict, encoder: Encoder) -> dict[str, Any]:
    encoder.members(len(value), "dict")
    keys = [encoder(key) for key in value]
    # Two keys of an unknown type would decode to the same thing, and one entry would be lost.
    if b'{"t":"unsupported"' in dump(keys):
        raise Refused("has a key that is no text, number or date")
    return {"t": "dict", "v": [[key, encoder(item)] for key, item in zip(keys, value.values(), strict=True)]}


def _encode_set(value: set, encoder: Encoder) -> dict[str, Any]:
    encoder.members(len(value), "set")
    return {"t": "set", "v": sorted((encoder(item) for item in value), key=dump)}  # in one order: two equal sets are one attempt


def _decode_dict(form: dict, decoder: Decoder) -> dict:
    value: dict = {}
    for pair in decoder.members(form["v"]):
        if len(expect(pair, list)) != 2:
            raise ValueError("a key and a value expected")
        key = decoder(pair[0])
        if key in value:
            raise ValueError("a key occurs twice")
        value[key] = decoder(pair[1])
    return value


def _encode_datetime(value: dt.datetime, _: Encoder) -> dict[str, Any]:
    offset = zone_offset(value.tzinfo, value)
    return {"t": "datetime", "v": value.replace(tzinfo=None, fold=0).isoformat(), "offset": offset}


def _decode_datetime(form: dict, _: Decoder) -> dt.datetime:
    value = dt.datetime.fromisoformat(expect(form["v"], str))
    if value.tzinfo is not None:
        raise ValueError("a zone inside the text of a date")
    return value.replace(tzinfo=zone_at(form["offset"]))


def _decode_timedelta(form: dict, _: Decoder) -> dt.timedelta:
    days, seconds, microseconds = (expect(number, int) for number in expect(form["v"], list))
    return dt.timedelta(days, seconds, microseconds)


def encoders() -> Encoders:
    """By exact type."""
    return {
        type(None): lambda value, _: None,
        bool: lambda value, _: value,
        int: _encode_int,
        float: lambda value, _: value if math.isfinite(value) else {"t": "float", "v": odd_float(value)},
        str: _encode_str,
        list: _encode_items,
        tuple: lambda value, encoder: {"t": "tuple", "v": _encode_items(value, encoder)},
        set: _encode_set,
        dict: _encode_dict,
        dt.date: lambda value, _: {"t": "date", "v": value.isoformat()},
        dt.datetime: _encode_datetime,
        dt.timedelta: lambda value, _: {"t": "timedelta", "v": [value.days, value.seconds, value.microseconds]},
        Unsupported: lambda value, _: {"t": "unsupported", "type": value.type[:80], "say": value.sentence[:1000]},
    }


_V = frozenset({"v"})
DECODERS: Decoders = {
    "float": (_V, lambda form, _: float_of(form["v"])),
    "tuple": (_V, lambda form, decoder: tuple(decoder.items(form["v"]))),
    "set": (_V, lambda form, decoder: {decoder(item) for item in decoder.members(form["v"])}),
    "dict": (_V, _decode_dict),
    "date": (_V, lambda form, _: dt.date.fromisoformat(expect(form["v"], str))),
    "timedelta": (_V, _decode_timedelta),
    "datetime": (frozenset({"v", "offset"}), _decode_datetime),
    "unsupported": (
        frozenset({"type", "say"}),
        lambda form, _: Unsupported(expect(form["type"], str)[:80], expect(form["say"], str)[:1000]),
    ),
}
