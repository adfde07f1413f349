"""The codec carries what it lists, and says so of what it does not."""

from __future__ import annotations

import datetime as dt
import json
import math
import subprocess
import sys
from zoneinfo import ZoneInfo

import matplotlib
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst
from matplotlib.figure import Figure

from analogies.check import arrays, drawings, plain, tables, wire
from analogies.check.arrays import _DTYPES
from analogies.check.drawings import AxesDescription, FigureDescription
from analogies.check.values import Unsupported, decode, encode

matplotlib.use("agg")


def same(a: object, b: object) -> bool:
    """Equal, of the same type all through, a NaN being equal to a NaN."""
    if type(a) is not type(b):
        return False
    if isinstance(a, float):
        return a == b and math.copysign(1, a) == math.copysign(1, b) or (a != a and b != b)
    if isinstance(a, (list, tuple)):
        return len(a) == len(b) and all(map(same, a, b))
    if isinstance(a, dict):
        return len(a) == len(b) and all(map(same, a.items(), b.items()))
    if isinstance(a, set):
        return sorted(map(repr, a)) == sorted(map(repr, b))
    if isinstance(a, np.generic):
        return a.dtype == b.dtype and same(a.tobytes(), b.tobytes()) or (a != a and b != b)
    if isinstance(a, np.ndarray):
        if a.dtype == object:
            return a.shape == b.shape and same(a.ravel().tolist(), b.ravel().tolist())
        return a.dtype == b.dtype and a.shape == b.shape and np.array_equal(a, b, equal_nan=a.dtype.kind in "fmM")
    return a == b


def back(value: object) -> object:
    return decode(encode(value))


texts = st.text(st.characters(), max_size=20)  # lone surrogates too: a student can write one
zones = st.none() | st.builds(dt.timezone, st.integers(-1439, 1439).map(lambda m: dt.timedelta(minutes=m)))
scalars = st.one_of(
    st.none(), st.booleans(), st.integers(-(2**200), 2**200), st.floats(), texts, st.dates(), st.timedeltas(),
    st.datetimes(timezones=zones).map(lambda moment: moment.replace(fold=0)),  # repr shows a fold, == does not
)
hashable = st.recursive(scalars, lambda inner: st.lists(inner, max_size=3).map(tuple), max_leaves=6)
values = st.recursive(
    scalars | st.sets(hashable, max_size=4),
    lambda inner: st.lists(inner, max_size=4) | st.lists(inner, max_size=4).map(tuple) | st.dictionaries(hashable, inner, max_size=4),
    max_leaves=15,
)
plain_dtypes = st.sampled_from([dtype for name, dtype in _DTYPES.items() if name not in ("object", "datetime64", "timedelta64")])


@settings(max_examples=300)
@given(values)
def test_a_plain_value_comes_back_equal_and_of_the_same_type(value):
    assert same(back(value), value)


@given(values)
def test_the_wire_is_ascii_json_without_nan(value):
    json.loads(encode(value).decode("ascii"), parse_constant=pytest.fail)


@given(npst.arrays(dtype=plain_dtypes, shape=npst.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=4)))
def test_an_array_comes_back_equal_with_its_dtype_and_shape(array):
    assert same(back(array), array)
    for cell in array.ravel()[:1]:
        assert same(back(cell), cell)


@given(st.lists(scalars, max_size=5))
def test_an_object_array_carries_any_listed_type_in_its_cells(cells):
    array = np.empty(len(cells), dtype=object)
    array[:] = cells
    assert same(back(array), array)


@given(st.lists(texts.map(lambda text: text.rstrip("\0")), max_size=5))
def test_an_array_of_texts_comes_back_whatever_its_width(cells):
    array = np.array(cells, dtype=str)
    assert back(array).tolist() == array.tolist()


SERIES = {
    "whole numbers": pd.Series([3, 1], index=["a", "b"], name="n"),
    "numbers with a gap": pd.Series([1.5, np.nan, np.inf]),
    "text with a gap": pd.Series(["a", None]),
    "nullable text": pd.Series(["a", None], dtype="string"),
    "text in object cells": pd.Series(["a", None, 3], dtype=object),
    "nullable whole numbers": pd.Series([1, None], dtype="Int16"),
    "nullable numbers": pd.Series([1.5, None], dtype="Float64"),
    "nullable truth": pd.Series([True, None], dtype="boolean"),
    "days": pd.Series(pd.to_datetime(["2015-09-30", None])),
    "days in UTC": pd.Series(pd.to_datetime(["2015-09-30"], utc=True)),
    "days at an offset": pd.Series(pd.to_datetime(["2015-09-30"]).tz_localize(dt.timezone(dt.timedelta(hours=-4)))),
    "lengths of time": pd.Series(pd.to_timedelta(["36 days", None])),
    "ordered categories": pd.Series(pd.Categorical(["low", None, "high"], ["low", "medium", "high"], ordered=True)),
    "numbers as categories": pd.Series([2015, 2019, 2015], dtype="category"),
    "nothing": pd.Series([], dtype=float),
    "truth by date": pd.Series([True, False], index=pd.to_datetime(["1904-05-01", "2015-09-30"])),
    "by two names": pd.Series([1, 2], index=pd.MultiIndex.from_tuples([("syria", 2015), ("syria", 2016)], names=["case", None])),
}


@pytest.mark.parametrize("name", SERIES)
def test_a_series_comes_back_with_dtype_index_and_name(name):
    series = SERIES[name]
    pd.testing.assert_series_equal(back(series), series)
    pd.testing.assert_index_equal(back(pd.Index(series)), pd.Index(series))


FRAMES = {
    "mixed": pd.DataFrame({"id": ["a", "b"], "value": [1, 2.5], "date": pd.to_datetime(["2015-09-30", None]), "ok": [True, False]}),
    "empty": pd.DataFrame(),
    "no rows": pd.DataFrame({"a": pd.Series([], dtype="int64")}),
    "no columns": pd.DataFrame(index=["a", "b"]),
    "the same name twice": pd.DataFrame([[1, "x"], [2, "y"]], columns=["a", "a"]),
    "numbers as names": pd.DataFrame({2015: [1], 2016: [2]}),
    "grouped": pd.DataFrame({"case": ["s", "s", "v"], "year": [1, 2, 1], "v": [1.0, 2.0, 4.0]})
    .groupby(["case", "year"]).agg({"v": ["mean", "sum"]}),
    "lists in cells": pd.DataFrame({"themes": [("military",), ("legal", "economic")], "n": [1, 2]}),
}


@pytest.mark.parametrize("name", FRAMES)
def test_a_table_comes_back_with_its_columns_in_order(name):
    pd.testing.assert_frame_equal(back(FRAMES[name]), FRAMES[name])


@pytest.mark.parametrize("value", [
    pd.NaT, pd.NA, pd.Timestamp("2015-09-30"), pd.Timestamp("1700-01-01 12:00:01"), pd.Timestamp("2015-09-30", tz="UTC"),
    pd.Timestamp(1, unit="ns"), pd.Timedelta("36 days"), pd.Timedelta(1, "ns"), np.str_("a\0"), np.datetime64("NaT"),
    np.datetime64("2015-09"), np.float16(0.1), np.bool_(True), np.array([1, 2], dtype=">i4"), np.array(["2015-09-30"], dtype=">M8[D]"),
])
def test_a_single_moment_or_number_of_a_library_comes_back(value):
    found = back(value)
    if value is pd.NaT or value is pd.NA:
        assert found is value
    elif isinstance(value, np.ndarray):
        assert found.tolist() == value.tolist()
    else:
        assert type(found) is type(value) and (found == value or value != value)


def test_a_range_of_rows_stays_a_range():
    assert repr(back(pd.RangeIndex(2, 20, 3, name="n"))) == repr(pd.RangeIndex(2, 20, 3, name="n"))


def test_a_named_zone_is_carried_as_the_same_moment_at_a_fixed_offset():
    damascus = ZoneInfo("Asia/Damascus")
    moment = dt.datetime(2015, 9, 30, 13, 5, tzinfo=damascus)
    assert back(moment).astimezone(dt.UTC) == moment.astimezone(dt.UTC)
    assert back(moment).utcoffset() == dt.timedelta(hours=3)
    column = pd.Series(pd.to_datetime(["2015-09-30 13:05", "2015-12-30 13:05"])).dt.tz_localize(damascus)
    pd.testing.assert_series_equal(back(column), column.dt.tz_convert("UTC"))
    assert back(pd.Timestamp(moment)) == pd.Timestamp(moment)


def test_two_equal_sets_are_written_alike_whatever_their_order():
    names = ["syria", "venezuela", "nicaragua", "yugoslavia", "monroe"]
    assert encode(set(names)) == encode(set(reversed(names)))


class Subclass(list):
    pass


@pytest.mark.parametrize(("value", "kind", "words"), [
    (len, "builtin_function_or_method", "brackets ()"),
    (lambda: 0, "function", "brackets ()"),
    ([1].append, "builtin_function_or_method", "brackets ()"),
    (range(3), "range", "list(...)"),
    ((x for x in ()), "generator", "list(...)"),
    ({}.keys(), "dict_keys", "list(...)"),
    (frozenset(), "frozenset", "set(...)"),
    (int, "type", "not a type"),
    (..., "ellipsis", "dots"),
    (Subclass(), "Subclass", "An answer is a number"),
    (b"bytes", "bytes", "An answer is a number"),
    (1j, "complex", "An answer is a number"),
    (np.ma.array([1]), "MaskedArray", "An answer is a number"),
    (np.array([1j]), "ndarray", "complex128"),
    (np.zeros(2, dtype=[("a", "i4")]), "ndarray", "dtype"),
    (pd.Series(pd.period_range("2015", "2016", freq="Y")), "Series", ".astype(str)"),
    (pd.DataFrame({"a": pd.Series([pd.Interval(0, 1)])}), "DataFrame", "number 1"),
    (pd.Series([1]).groupby([0]), "SeriesGroupBy", ".mean()"),
    (dt.datetime(2015, 1, 1, tzinfo=type("Zone", (dt.tzinfo,), {})()), "datetime", "use UTC"),
    (2**5000, "int", "a thousand digits"),
    ("a" * 1_000_001, "str", "1,000,000 characters"),
    (np.zeros(200_001), "ndarray", "200,000 cells"),
    (pd.DataFrame(index=range(200_001)), "DataFrame", "200,000 rows"),
    (["b" * 900_000] * 10, "list", "8 MB"),
    ({print: 1}, "dict", "key"),
])
def test_what_cannot_be_carried_becomes_its_type_and_a_sentence(value, kind, words):
    found = back(value)
    assert type(found) is Unsupported and found.type == kind
    assert words in found.sentence and found.sentence.startswith("unsupported: ")
    assert len(found.sentence) < 300


def test_an_unsupported_item_leaves_the_rest_of_a_list_readable():
    found = back([1, print, "a"])
    assert (found[0], found[2]) == (1, "a") and type(found[1]) is Unsupported


def test_a_list_that_holds_itself_is_refused_with_a_sentence():
    loop: list = []
    loop.append(loop)
    assert "does it contain itself" in back(loop).sentence
    table: dict = {}
    table["me"] = [table]
    assert "does it contain itself" in back(table).sentence


def test_a_figure_is_described_by_texts_ticks_and_data():
    figure = Figure()
    left, right = figure.subplots(1, 2)
    left.plot([2014, 2015], [0.5, 2.0], label="deliveries")
    left.scatter([2015], [2.0])
    left.set(title="Arms", xlabel="year", ylabel="million TIV", yscale="log")
    left.legend()
    left.text(2015, 1, "first strikes")
    right.bar(["Syria", "Venezuela"], [4000, 100])
    right.barh([0, 1], [5, 6], left=1)
    right.axhspan(0, 1)
    figure.suptitle("Two cases")
    found = back(figure)
    assert type(found) is FigureDescription and found.title == "Two cases"
    first, second = found.axes
    assert (first.title, first.xlabel, first.ylabel, first.xscale, first.yscale) == ("Arms", "year", "million TIV", "linear", "log")
    assert first.legend == ("deliveries",) and first.texts == ("first strikes",)
    assert first.ylim == left.get_ylim()
    line, points = first.marks
    assert (line.kind, line.label, line.x.tolist(), line.y.tolist()) == ("line", "deliveries", [2014, 2015], [0.5, 2.0])
    assert (points.kind, points.x.tolist(), points.y.tolist()) == ("points", [2015], [2.0])
    bars, lying, other = second.marks
    assert second.xticks[:2] == ("Syria", "Venezuela")
    assert (bars.kind, bars.x.tolist(), bars.y.tolist()) == ("bars", [0, 1], [4000, 100])
    assert (lying.kind, lying.x.tolist(), lying.y.tolist()) == ("bars", [5, 6], [0, 1])
    assert (other.kind, other.label, other.x) == ("other", "Rectangle", None)


def test_axes_and_a_plot_of_pandas_are_described_too():
    axes = pd.Series([1.0, 3.0], index=pd.to_datetime(["2015-09-30", "2015-10-30"])).plot()
    found = back(axes)
    assert type(found) is AxesDescription and found.marks[0].kind == "line"
    matplotlib.pyplot.close("all")


def test_every_tag_has_one_reader_and_every_library_its_module():
    homes = {"plain": plain, "arrays": arrays, "tables": tables, "drawings": drawings}
    assert {tag: homes[home].DECODERS.keys() >= {tag} for tag, home in wire._BY_TAG.items()} == dict.fromkeys(wire._BY_TAG, True)
    assert sum(len(home.DECODERS) for home in homes.values()) == len(wire._BY_TAG)
    assert set(wire._BY_LIBRARY.values()) == set(homes) - {"plain"}


def test_plain_values_need_neither_numpy_nor_pandas():
    code = (
        "import sys; from analogies.check.values import encode, decode\n"
        "assert decode(encode({'a': [1, (2.5, None)]})) == {'a': [1, (2.5, None)]}\n"
        "assert decode(encode(print)).type == 'builtin_function_or_method'\n"
        "loaded = {'numpy', 'pandas', 'matplotlib'} & set(sys.modules); assert not loaded, loaded"
    )
    subprocess.run([sys.executable, "-W", "error", "-c", code], check=True)
