"""The codec's part for pandas: Series, Index and DataFrame of listed dtypes, Timestamp, Timedelta, NaT and NA.

What does not travel: attrs, the frequency of an index, and the name of a time zone (the instants do: a fixed offset stays,
a named zone becomes UTC).  Period, Interval, Sparse and Arrow columns are refused with a sentence.
"""

from __future__ import annotations

import datetime as dt
import sys
from typing import Any

import numpy as np
import pandas as pd

from .arrays import array_of, cells_of, dtype_name
from .plain import float_of, odd_float, zone_at, zone_offset
from .wire import MAX_CELLS, TABLE, Decoder, Decoders, Encoder, Encoders, Refused, dump, expect

_UNITS = ("s", "ms", "us", "ns")
_WHOLE = tuple(f"{sign}Int{bits}" for sign in ("", "U") for bits in (8, 16, 32, 64))
_MASKED = {**dict.fromkeys(_WHOLE, int), "Float32": float, "Float64": float, "boolean": bool}


def _column(values: pd.Series | pd.Index, encoder: Encoder, where: str) -> dict[str, Any]:
    """The cells of a Series or Index, with what its dtype needs."""
    dtype = values.dtype
    if isinstance(dtype, np.dtype):
        name = dtype_name(dtype)
        return {"d": name, "v": cells_of(values.to_numpy(), name, encoder)}
    if type(dtype) is pd.CategoricalDtype:
        encoder.take(len(values))
        codes = np.asarray((values.cat if type(values) is pd.Series else values).codes).tolist()
        categories = _column(dtype.categories, encoder, where)
        encoder.take(0, _spread(codes, categories["v"]))
        return {"d": "category", "v": codes, "categories": categories, "ordered": bool(dtype.ordered)}
    if type(dtype) is pd.DatetimeTZDtype:
        offset = zone_offset(dtype.tz, None) if type(dtype.tz) is dt.timezone else _known_zone(dtype.tz)
        utc = values.array.tz_convert("UTC").tz_localize(None).to_numpy()
        name = dtype_name(utc.dtype)
        return {"d": name, "v": cells_of(utc, name, encoder), "offset": offset}
    encoder.take(len(values))
    cells = values.array.to_numpy(dtype=object).tolist()
    if type(dtype) is pd.StringDtype:
        missing = "NA" if dtype.na_value is pd.NA else "nan"
        return {"d": f"string[{missing}]", "v": [encoder(cell) if type(cell) is str else None for cell in cells]}
    if dtype.name in _MASKED:
        return {"d": dtype.name, "v": [_masked(cell) for cell in cells]}
    raise Refused(f"has {where} of dtype {str(dtype)[:40]}; turn it into text with .astype(str) or into numbers first")


def _spread(codes: list[int], categories: list[Any]) -> int:
    """The characters of the rows, where each row is as long as its category."""
    lengths = [len(dump(category)) for category in categories]
    return sum(lengths[code] for code in codes if 0 <= code < len(lengths))


def _known_zone(zone: Any) -> int:
    # The instants are sent as UTC; a zone of an unknown class would run its own code to find them.
    if type(zone) is not getattr(sys.modules.get("zoneinfo"), "ZoneInfo", None) and type(zone).__module__ != "pytz":
        raise Refused("has a time zone of a kind that is not known here; use UTC")
    return 0


def _masked(cell: Any) -> Any:
    if cell is pd.NA:
        return None
    return odd_float(cell) if type(cell) is float and not np.isfinite(cell) else cell


def _array(form: Any, decoder: Decoder) -> Any:
    """The array (NumPy's or pandas') of a column."""
    name = expect(expect(form, dict).get("d"), str)
    keys = {"category": {"d", "v", "categories", "ordered"}}.get(name, {"d", "v", "offset"} if "offset" in form else {"d", "v"})
    if form.keys() != keys:
        raise ValueError("keys that do not belong to a column")
    cells = expect(form["v"], list)
    if "offset" in form:
        if not name.startswith("datetime64["):
            raise ValueError("only moments have a zone")
        array = array_of(name, cells, decoder)
        return pd.DatetimeIndex(array).tz_localize("UTC").tz_convert(zone_at(expect(form["offset"], int))).array
    if name == "category":
        decoder.take(len(cells))
        categories = _index_of(_array(form["categories"], decoder))
        codes = [expect(cell, int) for cell in cells]
        decoder.take(0, _spread(codes, form["categories"]["v"]))
        return pd.Categorical.from_codes(codes, categories, ordered=expect(form["ordered"], bool))
    if name in ("string[NA]", "string[nan]"):
        decoder.take(len(cells))
        missing = pd.NA if name == "string[NA]" else np.nan
        texts = [missing if cell is None else expect(cell, str) for cell in cells]
        return pd.array(texts, dtype=_string_dtype(missing))
    if name in _MASKED:
        decoder.take(len(cells))
        kind = _MASKED[name]
        return pd.array([_unmasked(cell, kind) for cell in cells], dtype=name)
    if name == "str":
        raise ValueError("text of a fixed width is no column")
    return array_of(name, cells, decoder)


def _string_dtype(missing: Any) -> Any:
    try:
        return pd.StringDtype(na_value=missing)
    except TypeError:  # pandas before 2.3 knows one kind of text
        return pd.StringDtype()


def _unmasked(cell: Any, kind: type) -> Any:
    if cell is None:
        return pd.NA
    return float_of(cell) if kind is float and type(cell) is str else expect(cell, kind)


def _index_of(array: Any, name: Any = None) -> pd.Index:
    hash(name)
    return pd.Index(array, dtype=array.dtype, name=name)


def _encode_series(value: pd.Series, encoder: Encoder) -> dict[str, Any]:
    encoder.take(TABLE if encoder.inside else 0)
    return {"t": "series", "name": encoder(value.name), "index": encoder(value.index), "c": _column(value, encoder, "values")}


def _decode_series(form: dict, decoder: Decoder) -> pd.Series:
    decoder.take(TABLE if decoder.inside else 0)
    array, index, name = _array(form["c"], decoder), _index(form["index"], decoder), decoder(form["name"])
    hash(name)
    return pd.Series(array, index=index, name=name, dtype=array.dtype)


def _index(form: Any, decoder: Decoder) -> pd.Index:
    index = decoder(form)
    if not isinstance(index, pd.Index):
        raise ValueError("an index expected")
    return index


def _encode_index(value: pd.Index, encoder: Encoder) -> dict[str, Any]:
    return {"t": "index", "name": encoder(value.name), "c": _column(value, encoder, "an index")}


def _encode_range(value: pd.RangeIndex, encoder: Encoder) -> dict[str, Any]:
    if len(value) > MAX_CELLS:
        raise Refused(f"has more than {MAX_CELLS:,} rows; give the part that the question asks for")
    encoder.take(len(value))  # a few bytes stand for all of its rows
    return {"t": "range", "name": encoder(value.name), "v": [value.start, value.stop, value.step]}


def _decode_range(form: dict, decoder: Decoder) -> pd.RangeIndex:
    start, stop, step = (expect(number, int) for number in expect(form["v"], list))
    decoder.take(min(len(range(start, stop, step)), MAX_CELLS + 1))
    name = decoder(form["name"])
    hash(name)
    return pd.RangeIndex(start, stop, step, name=name)


def _encode_multiindex(value: pd.MultiIndex, encoder: Encoder) -> dict[str, Any]:
    levels = [_column(value.get_level_values(i), encoder, "an index") for i in range(value.nlevels)]
    return {"t": "multiindex", "names": [encoder(name) for name in value.names], "v": levels}


def _decode_multiindex(form: dict, decoder: Decoder) -> pd.MultiIndex:
    names = decoder.items(form["names"])
    levels = [_index_of(_array(level, decoder)) for level in expect(form["v"], list)]
    return pd.MultiIndex.from_arrays(levels, names=names)


def _encode_frame(value: pd.DataFrame, encoder: Encoder) -> dict[str, Any]:
    encoder.take(value.shape[1] + (TABLE if encoder.inside else 0))
    data = [_column(value.iloc[:, i], encoder, f"a column (number {i + 1})") for i in range(value.shape[1])]
    return {"t": "frame", "index": encoder(value.index), "columns": encoder(value.columns), "data": data}


def _decode_frame(form: dict, decoder: Decoder) -> pd.DataFrame:
    decoder.take(len(expect(form["data"], list)) + (TABLE if decoder.inside else 0))
    index, columns = _index(form["index"], decoder), _index(form["columns"], decoder)
    # Each column with its dtype by its place: names may be there twice.
    data = {i: pd.Series(a, index=index, dtype=a.dtype) for i, a in enumerate(_array(c, decoder) for c in form["data"])}
    table = pd.DataFrame(data, index=index)
    table.columns = columns  # refuses more or fewer names than columns
    return table


def _encode_time(tag: str) -> Any:
    def encode(value: Any, _: Encoder) -> dict[str, Any]:
        zone = {"offset": zone_offset(value.tz, value)} if tag == "timestamp" else {}
        return {"t": tag, "v": int(value.asm8.view(np.int64)), "unit": value.unit, **zone}
    return encode


def _decode_timestamp(form: dict, _: Decoder) -> pd.Timestamp:
    moment = pd.Timestamp(np.datetime64(expect(form["v"], int), _unit(form)))
    if moment is pd.NaT:
        raise ValueError("not a time")
    return moment if form["offset"] is None else moment.tz_localize("UTC").tz_convert(zone_at(form["offset"]))


def _decode_timedelta(form: dict, _: Decoder) -> pd.Timedelta:
    length = pd.Timedelta(np.timedelta64(expect(form["v"], int), _unit(form)))
    if length is pd.NaT:
        raise ValueError("not a time")
    return length


def _unit(form: dict) -> str:
    if form["unit"] not in _UNITS:
        raise ValueError("unknown unit")
    return form["unit"]


def encoders() -> Encoders:
    """By exact type."""
    return {
        type(pd.NaT): lambda value, _: {"t": "NaT"},
        type(pd.NA): lambda value, _: {"t": "NA"},
        pd.Timestamp: _encode_time("timestamp"),
        pd.Timedelta: _encode_time("Timedelta"),
        pd.Series: _encode_series,
        pd.RangeIndex: _encode_range,
        pd.MultiIndex: _encode_multiindex,
        pd.DataFrame: _encode_frame,
        **dict.fromkeys((pd.Index, pd.DatetimeIndex, pd.TimedeltaIndex, pd.CategoricalIndex), _encode_index),
    }


DECODERS: Decoders = {
    "NaT": (frozenset(), lambda form, _: pd.NaT),
    "NA": (frozenset(), lambda form, _: pd.NA),
    "timestamp": (frozenset({"v", "unit", "offset"}), _decode_timestamp),
    "Timedelta": (frozenset({"v", "unit"}), _decode_timedelta),
    "series": (frozenset({"name", "index", "c"}), _decode_series),
    "range": (frozenset({"name", "v"}), _decode_range),
    "index": (frozenset({"name", "c"}), lambda form, decoder: _index_of(_array(form["c"], decoder), decoder(form["name"]))),
    "multiindex": (frozenset({"names", "v"}), _decode_multiindex),
    "frame": (frozenset({"index", "columns", "data"}), _decode_frame),
}
