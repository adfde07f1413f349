"""Every measure and every pitfall keeps one contract: a table, its twin in rows, a figure, words, the same each time."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np
import pandas as pd
import pytest
from matplotlib import pyplot
from matplotlib.container import BarContainer

import analogies as an
from analogies.facts.model import UnknownName
from analogies.figures import png
from analogies.methods import measure
from analogies.methods.measure.drawing import listed
from analogies.methods.measure.measured import Measure

ANALYSES = ("distance", "arms", "strength", "votes", "doctrine", "debt", "attacks", "war")
FORMULAS = {"Measure", "concordance", "loss_of_strength", "rule_of_three"}
PARTS = tuple(sorted({*measure.__all__} - {*ANALYSES} - FORMULAS))


def everything() -> Iterator[tuple[str, Measure]]:
    """The measures and all that hangs on them, by name; what is reached twice comes once."""
    seen = set()
    waiting = [(name, getattr(measure, name)()) for name in (*ANALYSES, *PARTS)]
    while waiting:
        name, found = waiting.pop()
        if found.title not in seen:
            seen.add(found.title)
            yield name, found
            waiting += [(f"{name}/{pitfall}", found.pitfall(pitfall)) for pitfall in found.pitfalls]


EVERYTHING = dict(sorted(everything()))
all_of_them = pytest.mark.parametrize("found", EVERYTHING.values(), ids=EVERYTHING.keys())


@pytest.fixture(autouse=True)
def no_figure_stays_open() -> Iterator[None]:
    yield
    pyplot.close("all")


def drawn(found: Measure) -> list[float]:
    """The lengths of all bars and the values of all labelled lines and marks; along x where the bars lie."""
    values: list[float] = []
    for ax in found.figure().axes:
        groups = [group for group in ax.containers if isinstance(group, BarContainer)]
        lying = any(group.orientation == "horizontal" for group in groups)
        values += [bar.get_width() if lying else bar.get_height() for group in groups for bar in group]
        lines = [line for line in ax.get_lines() if not str(line.get_label()).startswith("_")]
        values += [float(value) for line in lines for value in (line.get_xdata() if lying else line.get_ydata())]
    return sorted(round(value, 6) for value in values if value and not np.isnan(value))


@all_of_them
def test_the_rows_of_data_are_what_the_picture_draws(found: Measure) -> None:
    values = sorted(round(float(value), 6) for value in found.data["value"] if value and not pd.isna(value))
    if found.title == "Conflict years":  # a year is a box of one size, told apart by its look
        years = sorted(round(bar.get_x() + bar.get_width() / 2) for group in found.figure().axes[0].containers for bar in group if bar.get_height())
        assert years == sorted(found.data["year"])
    elif found.title == "Doctrine: Monroe Doctrine":  # the triangles are marks at one height
        assert [value for value in drawn(found) if value != 0.3] == values
        assert found.data["value"].isna().sum() == drawn(found).count(0.3) == 12
    else:
        assert drawn(found) == values
    assert values


@all_of_them
def test_the_words_are_sentences_and_the_alt_text_has_numbers_of_the_table(found: Measure) -> None:
    assert found.alt.endswith(".") and found.reading.endswith(".")
    assert not re.search(r"[.!?] [A-Z]", found.reading), "one sentence says how to read it"
    assert re.search(r"\d", found.alt), "what the figure shows, in numbers"
    for text in (found.alt, found.reading):
        assert not re.search(r"nan|None|<NA>|-0\b(?!\.\d)|  ", text), text
        assert text == " ".join(text.split())


@all_of_them
def test_two_pictures_of_a_measure_are_the_same_to_the_byte(found: Measure) -> None:
    assert png(found.figure()) == png(found.figure())


@all_of_them
def test_no_bar_is_told_apart_by_colour_alone(found: Measure) -> None:
    for ax in found.figure().axes:
        looks = {(bar.get_facecolor(), bar.get_hatch()) for group in ax.containers for bar in group}
        assert len({hatch for _, hatch in looks}) == len(looks), "each colour has a hatch of its own"


@all_of_them
def test_no_line_is_told_apart_by_colour_alone(found: Measure) -> None:
    for ax in found.figure().axes:
        lines = [line for line in ax.get_lines() if not str(line.get_label()).startswith("_")]
        shapes = {(line.get_marker(), line.get_linestyle()) for line in lines}
        assert len(shapes) == len(lines), "each line has a marker or a dash of its own"


@all_of_them
def test_every_word_of_a_picture_lies_within_it(found: Measure) -> None:
    figure = found.figure()
    figure.canvas.draw()
    whole = figure.bbox.padded(1)
    texts = [text for text in figure.findobj(pyplot.Text) if text.get_text() and text.get_visible()]
    axis_texts = {id(label) for ax in figure.axes for axis in (ax.xaxis, ax.yaxis) for label in axis.get_ticklabels(which="both")}
    assert len(texts) > 3
    outside = [text.get_text() for text in texts if id(text) not in axis_texts and not _inside(text.get_window_extent(), whole)]
    assert outside == []


def _inside(box, whole) -> bool:
    return whole.x0 <= box.x0 and box.x1 <= whole.x1 and whole.y0 <= box.y0 and box.y1 <= whole.y1


@all_of_them
def test_a_measure_says_what_it_is_without_an_address_in_memory(found: Measure) -> None:
    assert repr(found) == repr(found)
    assert found.title in repr(found) and ".table" in repr(found) and " at 0x" not in repr(found)


@pytest.mark.parametrize("name", ANALYSES)
def test_each_of_the_eight_analyses_has_a_pitfall_with_a_table_and_a_picture(name: str) -> None:
    found = getattr(an.measure, name)()
    assert found.pitfalls
    assert found.pitfall().title == found.pitfall(found.pitfalls[0]).title
    for pitfall in found.pitfalls:
        other = found.pitfall(pitfall)
        assert len(other.table) and other.figure().axes and other.title != found.title
        assert pitfall in repr(found)


def test_the_eight_analyses_and_their_parts_are_public() -> None:
    assert {*ANALYSES, "reach", "orders", "ideal_points", "conflict_years", "presence", "displaced", "democracy"} <= set(measure.__all__)
    assert all(callable(getattr(an.measure, name)) for name in measure.__all__)


def test_a_pitfall_that_is_not_there_is_answered_with_those_that_are() -> None:
    with pytest.raises(UnknownName, match="There is no pitfall of 'Arms' called 'order yaer'. Did you mean 'order year'\\?"):
        measure.arms().pitfall("order yaer")
    with pytest.raises(UnknownName, match="has none of its own"):
        measure.presence().pitfall("anything")


def test_a_student_who_changes_a_table_changes_only_theirs() -> None:
    for found in (measure.arms(), measure.debt()):
        found.table.iloc[:, -1] = 0
        found.data.loc[:, "value"] = 0
    assert measure.arms().table["years with none"].sum() == 8
    assert measure.debt().data["value"].sum() > 0


def test_the_pictures_draw_even_where_the_table_was_changed() -> None:
    found = measure.war()
    before = png(found.figure())
    found.data.loc[:, "value"] = 0
    assert png(found.figure()) == before


def test_names_are_listed_as_a_sentence_has_them() -> None:
    assert [listed(names) for names in (["a"], ["a", "b"], ["a", "b", "c"])] == ["a", "a and b", "a, b and c"]
