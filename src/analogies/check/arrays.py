"""The codec's part for NumPy: scalars and arrays of listed dtypes."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from .plain import float_of, odd_float
from .wire import MAX_CELLS, Decoder, Decoders, Encoder, Encoders, Refused, expect

MAX_DIMENSIONS = 6
_UNITS = ("Y", "M", "W", "D", "h", "m", "s", "ms", "us", "ns")
_NUMBERS = ("bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "float16", "float32", "float64")
_TIMES = tuple(f"{kind}[{unit}]" for kind in ("datetime64", "timedelta64") for unit in _UNITS)
# The only dtypes that there are here; a name that comes with the data is looked up, never given to np.dtype().
_DTYPES = {name: np.dtype(name) for name in (*_NUMBERS, *_TIMES, "datetime64", "timedelta64", "object")}
_NOT_A_TIME = np.iinfo(np.int64).min


def dtype_name(dtype: np.dtype) -> str:
    """The name of a listed dtype; "str" for text of any width.  Raises Refused."""
    name = "str" if dtype.kind == "U" else dtype.name
    if name != "str" and name not in _DTYPES:
        raise Refused(f"has cells of dtype {name[:40]}, which is not known here")
    return name


def cells_of(array: np.ndarray, name: str, encoder: Encoder) -> list[Any]:
    """The cells in C order as JSON: numbers, nan/inf/-inf as text, times as whole numbers with null for NaT."""
    encoder.take(array.size)
    if name == "object":
        return [encoder(cell) for cell in array.ravel().tolist()]
    if name == "str":
        encoder.take(0, array.nbytes // 4)
        return array.ravel().tolist()
    if name in ("datetime64", "timedelta64") or "[" in name:
        whole = array.astype(_DTYPES[name]).ravel().view(np.int64).tolist()  # astype: also from the other byte order
        return [None if cell == _NOT_A_TIME else cell for cell in whole]
    cells = array.ravel().tolist()
    if name.startswith("float"):
        return [cell if math.isfinite(cell) else odd_float(cell) for cell in cells]
    return cells


def array_of(name: Any, cells: Any, decoder: Decoder) -> np.ndarray:
    """The array of one dimension with these cells.  Raises ValueError, OverflowError or TypeError."""
    if name == "object":
        array = np.empty(len(expect(cells, list)), dtype=object)
        for place, value in enumerate(decoder.items(cells)):
            array[place] = value
        return array
    decoder.take(len(expect(cells, list)))
    if name == "str":
        longest = max((len(expect(cell, str)) for cell in cells), default=0)
        decoder.take(0, longest * len(cells))  # every cell takes the width of the longest
        return np.array(cells, dtype=f"U{max(longest, 1)}")
    dtype = _DTYPES.get(expect(name, str))
    if dtype is None:
        raise ValueError("unknown dtype")
    if dtype.kind in "mM":
        array = np.array([_time(cell) for cell in cells], dtype=np.int64).view(dtype)
        if np.datetime_data(dtype)[0] == "generic" and not np.isnat(array).all():
            raise ValueError("a time without a unit")
        return array
    if dtype.kind == "f":
        return np.array([_float(cell) for cell in cells], dtype=dtype)
    kind = bool if dtype.kind == "b" else int
    return np.array([expect(cell, kind) for cell in cells], dtype=dtype)


def _time(cell: Any) -> int:
    return _NOT_A_TIME if cell is None else expect(cell, int)


def _float(cell: Any) -> float:
    return float_of(cell) if type(cell) is str else expect(cell, float)


def _encode_array(value: np.ndarray, encoder: Encoder) -> dict[str, Any]:
    name = dtype_name(value.dtype)
    return {"t": "array", "d": name, "shape": list(value.shape), "v": cells_of(value, name, encoder)}


def _decode_array(form: dict, decoder: Decoder) -> np.ndarray:
    shape = [expect(length, int) for length in expect(form["shape"], list)]
    if len(shape) > MAX_DIMENSIONS or any(not 0 <= length <= MAX_CELLS for length in shape):
        raise ValueError("a shape that cannot be")
    array = array_of(form["d"], form["v"], decoder)
    if math.prod(shape) != array.size:
        raise ValueError("shape and cells do not agree")
    return array.reshape(shape)


def _encode_scalar(value: np.generic, encoder: Encoder) -> dict[str, Any]:
    name = dtype_name(value.dtype)
    if name == "str":  # an array would drop NULs at its end
        return {"t": "scalar", "d": name, "v": encoder(str.__str__(value))}
    return {"t": "scalar", "d": name, "v": cells_of(np.array([value]), name, encoder)[0]}


def _decode_scalar(form: dict, decoder: Decoder) -> np.generic:
    if form["d"] == "object":
        raise ValueError("an object is no scalar")
    if form["d"] == "str":
        return np.str_(expect(form["v"], str))
    return array_of(form["d"], [form["v"]], decoder)[0]


def encoders() -> Encoders:
    """By exact type."""
    scalars = {_DTYPES[name].type for name in (*_NUMBERS, "datetime64", "timedelta64")} | {np.str_}
    return {np.ndarray: _encode_array, **dict.fromkeys(scalars, _encode_scalar)}


DECODERS: Decoders = {
    "array": (frozenset({"d", "shape", "v"}), _decode_array),
    "scalar": (frozenset({"d", "v"}), _decode_scalar),
}
