"""The codec runs no code of a hostile object, and its decoder gives ValueError or a value of a listed type."""

from __future__ import annotations

import base64
import json
import os
import pickle

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from analogies.check import wire
from analogies.check.values import Unsupported, decode, encode

ran: list[str] = []


def trap(name: str):
    """A method that notes that it ran."""
    def method(*_, **__):
        ran.append(name)
        raise SystemExit(name)
    return method


METHODS = [
    "__eq__", "__hash__", "__len__", "__iter__", "__getitem__", "__repr__", "__str__", "__bool__", "__float__", "__int__",
    "__index__", "__getattribute__", "__getattr__", "__reduce__", "__reduce_ex__", "__getstate__", "__array__", "__call__",
    "__class__", "items", "keys", "values", "tolist", "isoformat", "bit_length", "dtype", "name", "index",
]


class Meta(type):
    """A type that lies about itself: its name, its hash, what it equals, what is an instance of it."""

    __name__ = property(trap("meta.__name__"))
    __hash__ = trap("meta.__hash__")
    __eq__ = trap("meta.__eq__")
    __instancecheck__ = trap("meta.__instancecheck__")
    __subclasscheck__ = trap("meta.__subclasscheck__")
    __getattribute__ = trap("meta.__getattribute__")


def hostile(*bases: type) -> object:
    """An object of a fresh class over these bases with every method trapped."""
    own = {name: trap(name) for name in METHODS if name != "__class__"}
    if not bases:
        own["__class__"] = property(trap("__class__"))
    kind = type("Hostile", bases, own)
    return bases[0].__new__(kind) if bases else object.__new__(kind)


@pytest.mark.parametrize("base", [(), (int,), (float,), (str,), (list,), (dict,), (tuple,), (set,), (np.ndarray,)])
def test_no_method_of_an_unknown_type_runs(base):
    ran.clear()
    value = np.ndarray.__new__(type("Hostile", base, {"tolist": trap("tolist"), "__array_finalize__": lambda *_: None}), (2,)) if (
        base == (np.ndarray,)) else hostile(*base)
    for holder in (value, [value], (1, value), {"a": [value]}):
        found = decode(encode(holder))
        inner = found if holder is value else found["a"][0] if type(found) is dict else found[-1]
        assert type(inner) is Unsupported and inner.type == "Hostile"
    assert ran == []


def test_a_metaclass_that_lies_is_not_asked():
    ran.clear()
    value = object.__new__(Meta("Liar", (), {}))
    assert decode(encode(value)).type == "Liar"
    assert decode(encode([value]))[0].type == "Liar"
    assert ran == []


def test_a_type_that_calls_itself_int_is_not_taken_for_one():
    fake = type("int", (), {"bit_length": trap("bit_length")})()
    assert type(decode(encode(fake))) is Unsupported


def test_a_name_of_control_characters_or_of_great_length_is_made_harmless():
    found = decode(encode(type("a\x1b[31m\n" + "b" * 10_000, (), {})()))
    assert found.type.isprintable() and len(found.type) <= 80


class Exits:
    def __reduce__(self):
        return os._exit, (3,)


def test_a_pickle_in_an_object_array_does_nothing():
    array = np.array([Exits()], dtype=object)
    assert type(decode(encode(array))[0]) is Unsupported
    assert type(decode(encode(pd.Series([Exits()])))[0]) is Unsupported


def test_a_broken_table_gets_a_sentence():
    table = pd.DataFrame({"a": [1]})
    object.__setattr__(table, "_mgr", None)
    found = decode(encode(table))
    assert type(found) is Unsupported and "could not be read" in found.sentence


# What arrives from another process

LISTED = (
    type(None), bool, int, float, str, list, tuple, set, dict, Unsupported, np.ndarray, np.generic, pd.Series, pd.Index,
    pd.DataFrame, pd.Timestamp, pd.Timedelta, type(pd.NaT), type(pd.NA),
)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8)
    | st.sampled_from(["nan", "int64", "object", "category", "datetime64[ns]", "2015-09-30", "s", "string[NA]", "Int64"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(
        st.sampled_from(["t", "v", "d", "shape", "name", "index", "columns", "data", "c", "names", "unit", "offset", "codes"]),
        inner | st.sampled_from(sorted(wire._BY_TAG)), max_size=5),
    max_leaves=20,
)
tagged = st.sampled_from(sorted(wire._BY_TAG)).flatmap(
    lambda tag: st.fixed_dictionaries({"t": st.just(tag), **{key: json_values for key in sorted(_keys(tag))}}))


def _keys(tag: str) -> frozenset[str]:
    return wire._module(wire._BY_TAG[tag]).DECODERS[tag][0]


def refused_or_listed(data: bytes) -> None:
    try:
        value = decode(data)
    except ValueError:
        return
    import datetime as dt

    from analogies.check.drawings import AxesDescription, FigureDescription
    listed = (*LISTED, dt.date, dt.datetime, dt.timedelta, AxesDescription, FigureDescription)
    assert isinstance(value, listed), type(value)
    assert type(encode(value)) is bytes


@given(st.binary(max_size=200))
@example(b"[" * 100_000)
@example(b'{"t":' * 50_000)
@example(b"NaN")
@example(b"-Infinity")
@example(b"1e999")
@example(b"9" * 5_000)
@example(b'{"t":"float","v":[]}')
@example(b'{"t":{},"v":1}')
@example(b'{"t":"set","v":[[1]]}')
@example(b'{"t":"dict","v":[[[1],2]]}')
def test_garbage_gives_value_error_and_nothing_else(data):
    refused_or_listed(data)


@settings(max_examples=400, deadline=None)
@given(json_values | tagged)
def test_json_of_the_right_words_in_the_wrong_places_gives_value_error(form):
    refused_or_listed(json.dumps(form).encode())


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_a_real_message_with_some_bytes_changed_gives_value_error_or_a_value(data):
    table = pd.DataFrame({"a": [1, 2], "b": ["x", None], "c": pd.to_datetime(["2015-09-30", None]),
                          "d": pd.Categorical(["l", "h"]), "e": pd.array([1, None], dtype="Int64")},
                         index=pd.MultiIndex.from_tuples([("s", 1), ("v", 2)]))
    sent = bytearray(encode([table, table["a"], {1, (2.5, "a")}, {"k": np.arange(3.0)}]))
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(sent) - 1))
        sent[place] = data.draw(st.sampled_from(b'0123456789-{}[]":,.abestvn'))
    refused_or_listed(bytes(sent))


@pytest.mark.parametrize("form", [
    {"t": "array", "d": "float64", "shape": [10**12, 0], "v": []},
    {"t": "array", "d": "float64", "shape": [2**40], "v": []},
    {"t": "array", "d": "float64", "shape": [-1], "v": [1.0]},
    {"t": "array", "d": "float64", "shape": [1] * 40, "v": [1.0]},
    {"t": "array", "d": "float64", "shape": [2], "v": [1.0]},
    {"t": "array", "d": "float64", "shape": [1], "v": [1]},
    {"t": "array", "d": "int8", "shape": [1], "v": [1000]},
    {"t": "array", "d": "int64", "shape": [1], "v": [True]},
    {"t": "array", "d": "O", "shape": [1], "v": [1]},
    {"t": "array", "d": "float64, (10000000000,)", "shape": [1], "v": [1.0]},
    {"t": "array", "d": "str", "shape": [1000], "v": ["a" * 900_000] + [""] * 999},
    {"t": "scalar", "d": "object", "v": [1]},
    {"t": "range", "name": None, "v": [0, 10**15, 1]},
    {"t": "range", "name": None, "v": [0, 10, 0]},
    {"t": "range", "name": [1], "v": [0, 10, 1]},
    {"t": "datetime", "v": "2015-09-30T00:00:00+02:00", "offset": None},
    {"t": "datetime", "v": "2015-09-30T00:00:00", "offset": 10**9},
    {"t": "date", "v": "2015-02-30"},
    {"t": "timestamp", "v": -(2**63), "unit": "ns", "offset": None},
    {"t": "timestamp", "v": 1, "unit": "Y", "offset": None},
    {"t": "Timedelta", "v": 1, "unit": "os", "offset": None},
    {"t": "index", "name": None, "c": {"d": "category", "v": [5], "categories": {"d": "int64", "v": [1]}, "ordered": False}},
    {"t": "index", "name": None, "c": {"d": "category", "v": [0], "categories": {"d": "int64", "v": [1, 1]}, "ordered": False}},
    {"t": "index", "name": None, "c": {"d": "int64", "v": [1], "offset": 0}},
    {"t": "index", "name": None, "c": {"d": "period[Y]", "v": [1]}},
    {"t": "index", "name": {"t": "set", "v": []}, "c": {"d": "int64", "v": [1]}},
    {"t": "series", "name": None, "index": {"t": "range", "name": None, "v": [0, 9, 1]}, "c": {"d": "int64", "v": [1]}},
    {"t": "series", "name": None, "index": [1], "c": {"d": "int64", "v": [1]}},
    {"t": "frame", "index": {"t": "range", "name": None, "v": [0, 0, 1]}, "columns": {"t": "range", "name": None, "v": [0, 2, 1]}, "data": []},
    {"t": "dict", "v": [["a", 1], ["a", 2]]},
    {"t": "dict", "v": [["a"]]},
    {"t": "tuple", "v": [1], "more": 1},
    {"t": "tuple"},
    {"t": "pickle", "v": base64.b64encode(pickle.dumps(Exits())).decode()},
    {"t": "os.system", "v": "true"},
    {"v": 1},
    {"t": "figure", "title": "a", "axes": [1]},
    [0] * 200_001,
    [[0] * 1000] * 201,
    2**5000,
])
def test_a_malformed_message_is_refused(form):
    with pytest.raises(ValueError, match="not an encoded value"):
        decode(json.dumps(form).encode())


@pytest.mark.parametrize("data", [b"", b"\xff", "null", None, bytearray(b"1"), b'{"t":"tuple","t":"set","v":[]}', b" " * 8_000_001, b"1e999", b"NaN", b"-Infinity"])
def test_anything_but_bytes_of_one_message_is_refused(data):
    with pytest.raises(ValueError, match="not an encoded value"):
        decode(data)


def _frame(rows, column):
    return {"t": "frame", "index": {"t": "range", "name": None, "v": [0, rows, 1]},
            "columns": {"t": "index", "name": None, "c": {"d": "object", "v": ["a"]}}, "data": [column]}


_RANGE = {"t": "range", "name": None, "v": [0, 150_000, 1]}
_WIDE = {"t": "array", "d": "str", "shape": [300], "v": ["x" * 20_000] + ["y"] * 299}
_LONG = {"d": "category", "v": [0] * 100, "categories": {"d": "object", "v": ["a" * 100_000]}, "ordered": False}


@pytest.mark.parametrize(("form", "why"), [
    ([_RANGE] * 2, "cells"),
    ({"t": "range", "name": None, "v": [0, 10**300, 1]}, "not an encoded value"),
    ([_WIDE] * 2, "characters"),
    (_frame(100, _LONG), "characters"),
    ([_frame(1, {"d": "int64", "v": [1]})] * 5000, "cells"),
    ({"t": "set", "v": list(range(5001))}, "members"),
    ({"t": "dict", "v": [[n, n] for n in range(5001)]}, "members"),
])
def test_what_takes_few_bytes_and_becomes_much_is_refused(form, why):
    with pytest.raises(ValueError, match=why):
        decode(json.dumps(form).encode("ascii"))


@pytest.mark.parametrize("form", [_RANGE, _WIDE, {"t": "set", "v": list(range(5000))}, [_frame(1, {"d": "int64", "v": [1]})] * 500])
def test_what_becomes_no_more_than_is_allowed_is_built(form):
    decode(json.dumps(form).encode("ascii"))


@pytest.mark.parametrize(("value", "words"), [
    ([pd.RangeIndex(150_000)] * 2, "200,000 cells"),
    (pd.DataFrame({"a": pd.Categorical.from_codes([0] * 100, ["a" * 100_000])}), "8 MB"),
    ([pd.DataFrame({"a": [1]})] * 5000, "200,000 cells"),
    (set(range(5001)), "a set of more than 5,000 members"),
    (dict.fromkeys(range(5001)), "a dict of more than 5,000 members"),
])
def test_the_encoder_counts_in_the_same_way_and_says_so(value, words):
    found = decode(encode(value))
    assert type(found) is Unsupported and words in found.sentence
