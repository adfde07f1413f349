"""The codec's part for matplotlib: a figure travels as a description of what it shows, not as a picture.

Decoding gives a FigureDescription or an AxesDescription and needs no matplotlib.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import Any

import numpy as np

from .wire import Decoder, Decoders, Encoder, Encoders, Refused, expect, type_name

MAX_AXES = 50
MAX_MARKS = 5_000


@dataclass(frozen=True, eq=False)
class Mark:
    """What is drawn as one: kind is line, bars, points or other; x and y are arrays of one length (None for other).

    For bars, x are the centres and y the lengths (for horizontal bars y are the centres, x the lengths).
    """

    kind: str
    label: str
    x: Any = None
    y: Any = None


@dataclass(frozen=True, eq=False)
class AxesDescription:
    """One pair of axes: texts as shown, tick labels, scale ("linear", "log"), limits, legend, marks, and other texts."""

    title: str
    xlabel: str
    ylabel: str
    xscale: str
    yscale: str
    xlim: tuple[float, float]
    ylim: tuple[float, float]
    xticks: tuple[str, ...]
    yticks: tuple[str, ...]
    legend: tuple[str, ...]
    texts: tuple[str, ...]
    marks: tuple[Mark, ...]


@dataclass(frozen=True, eq=False)
class FigureDescription:
    """A figure: its title over all, and its axes."""

    title: str
    axes: tuple[AxesDescription, ...]


_TEXT_FIELDS = ("title", "xlabel", "ylabel", "xscale", "yscale")
_PAIR_FIELDS = ("xlim", "ylim")
_LIST_FIELDS = ("xticks", "yticks", "legend", "texts")


def _encode_figure(figure: Any, encoder: Encoder) -> dict[str, Any]:
    if len(figure.axes) > MAX_AXES:
        raise Refused(f"has more than {MAX_AXES} axes")
    return {"t": "figure", "title": encoder(figure.get_suptitle()), "axes": [_axes_form(a, encoder) for a in figure.axes]}


def _axes_form(axes: Any, encoder: Encoder) -> dict[str, Any]:
    legend = axes.get_legend()
    title = axes.get_title() or axes.get_title(loc="left") or axes.get_title(loc="right")
    texts = {
        "xticks": axes.get_xticklabels(), "yticks": axes.get_yticklabels(), "texts": axes.texts,
        "legend": legend.get_texts() if legend else [],
    }
    form = {
        "title": title, "xlabel": axes.get_xlabel(), "ylabel": axes.get_ylabel(),
        "xscale": axes.get_xscale(), "yscale": axes.get_yscale(),
        "xlim": [float(end) for end in axes.get_xlim()], "ylim": [float(end) for end in axes.get_ylim()],
        **{name: [text.get_text() for text in found] for name, found in texts.items()},
    }
    return {"t": "axes", **{name: encoder(value) for name, value in form.items()}, "marks": _marks(axes, encoder)}


def _marks(axes: Any, encoder: Encoder) -> list[list[Any]]:
    from matplotlib.collections import PathCollection
    from matplotlib.container import BarContainer
    from matplotlib.lines import Line2D

    bars = [box for box in axes.containers if type(box) is BarContainer]
    inside_bars = {id(patch) for box in bars for patch in box.patches}
    found: list[tuple[str, Any, Any, Any]] = []
    for line in axes.lines:
        if type(line) is Line2D:
            found.append(("line", line.get_label(), line.get_xdata(orig=True), line.get_ydata(orig=True)))
        else:
            found.append(("other", type_name(type(line)), None, None))
    for box in bars:
        upright = box.orientation != "horizontal"
        centres = [p.get_x() + p.get_width() / 2 if upright else p.get_y() + p.get_height() / 2 for p in box.patches]
        lengths = [p.get_height() if upright else p.get_width() for p in box.patches]
        found.append(("bars", box.get_label(), *((centres, lengths) if upright else (lengths, centres))))
    for group in axes.collections:
        if type(group) is PathCollection:
            places = np.ma.getdata(group.get_offsets())
            found.append(("points", group.get_label(), places[:, 0], places[:, 1]))
        else:
            found.append(("other", type_name(type(group)), None, None))
    found += [("other", type_name(type(patch)), None, None) for patch in axes.patches if id(patch) not in inside_bars]
    if len(found) > MAX_MARKS:
        raise Refused(f"has more than {MAX_MARKS:,} marks")
    return [[kind, encoder(str(label)), _data(x, encoder), _data(y, encoder)] for kind, label, x, y in found]


def _data(values: Any, encoder: Encoder) -> Any:
    return encoder(None if values is None else np.ma.getdata(np.asarray(values)))


def _decode_axes(form: Any, decoder: Decoder) -> AxesDescription:
    decoder.take(len(expect(form["marks"], list)))
    fields: dict[str, Any] = {name: expect(form[name], str) for name in _TEXT_FIELDS}
    fields |= {name: tuple(expect(text, str) for text in decoder.items(form[name])) for name in _LIST_FIELDS}
    for name in _PAIR_FIELDS:
        pair = tuple(expect(end, float) for end in decoder.items(form[name]))
        if len(pair) != 2:
            raise ValueError("two limits expected")
        fields[name] = pair
    return AxesDescription(**fields, marks=tuple(_mark(mark, decoder) for mark in form["marks"]))


def _mark(form: Any, decoder: Decoder) -> Mark:
    kind, label, x, y = expect(form, list)
    mark = Mark(expect(kind, str), expect(label, str), decoder(x), decoder(y))
    if mark.kind not in ("line", "bars", "points", "other"):
        raise ValueError("unknown mark")
    arrays = [data for data in (mark.x, mark.y) if data is not None]
    if any(type(data) is not np.ndarray for data in arrays) or len(arrays) != (0 if mark.kind == "other" else 2):
        raise ValueError("the data of a mark are two arrays")
    return mark


def _decode_figure(form: dict, decoder: Decoder) -> FigureDescription:
    axes = tuple(decoder(one) for one in expect(form["axes"], list))
    if any(type(one) is not AxesDescription for one in axes):
        raise ValueError("axes expected")
    return FigureDescription(expect(form["title"], str), axes)


def encoders() -> Encoders:
    """By exact type; matplotlib is loaded where this is called."""
    known: Encoders = {sys.modules["matplotlib.figure"].Figure: _encode_figure}
    if "matplotlib.axes" in sys.modules:
        known[sys.modules["matplotlib.axes"].Axes] = _axes_form
    return known


_AXES_KEYS = frozenset({*_TEXT_FIELDS, *_PAIR_FIELDS, *_LIST_FIELDS, "marks"})
DECODERS: Decoders = {
    "figure": (frozenset({"title", "axes"}), _decode_figure),
    "axes": (_AXES_KEYS, _decode_axes),
}
