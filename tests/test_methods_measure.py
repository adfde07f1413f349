"""The measures say what the series say, in a table, in a picture and in words."""

import re

import pytest
from matplotlib import pyplot

from analogies.facts.load import load
from analogies.methods import measure
from analogies.methods.measure.war import runs

MEASURES = (measure.distance, measure.arms, measure.conflict_years, measure.presence)


@pytest.mark.parametrize("made", MEASURES, ids=lambda m: m.__name__)
def test_a_measure_gives_a_table_a_new_figure_and_words(made) -> None:
    found = made()
    first, second = found.figure(), found.figure()
    assert first is not second and first.axes
    assert len(found.table) >= 3
    assert found.alt.endswith(".") and found.reading.endswith(".") and found.alt != found.reading
    pyplot.close("all")


@pytest.mark.parametrize("made", MEASURES, ids=lambda m: m.__name__)
def test_no_bar_is_told_apart_by_colour_alone(made) -> None:
    figure = made().figure()
    for ax in figure.axes:
        looks = {(bar.get_facecolor(), bar.get_hatch()) for group in ax.containers for bar in group}
        assert len({hatch for _, hatch in looks}) == len(looks), "each colour has a hatch of its own"
    pyplot.close("all")


def test_moscow_is_four_times_as_far_from_caracas_as_from_damascus_and_farther_still_from_managua() -> None:
    km = measure.distance().table["from Moscow, km"]
    assert list(km) == [2474, 9940, 10869]


def test_a_year_without_deliveries_counts_as_zero_in_the_mean() -> None:
    table = measure.arms().table.set_index(["to", "years"])
    assert table.loc[("Syria", "2015–2019"), "sum"] == 232
    assert table.loc[("Syria", "2015–2019"), "mean a year"] == 46.4
    assert table.loc[("Syria", "2015–2019"), "years with none"] == 1
    assert table.loc[("Venezuela", "2006–2014"), "sum"] == 3851
    assert table.loc[("Nicaragua", "1981–1990"), "sum"] == 779


def test_years_of_conflict_stand_as_runs() -> None:
    table = measure.conflict_years().table
    assert dict(table["conflict years"]) == {"Nicaragua": "1977–1979, 1982–1990", "Syria": "1979–1982, 2011–2024", "Venezuela": "1982, 1992"}
    assert runs(load().series("ucdp_conflict_years")["year"].iloc[:0]) == ""


def test_stocks_flows_and_arrivals_are_kept_apart_and_a_lower_bound_is_named() -> None:
    table = measure.presence().table
    assert set(table.loc[table["number"] == 63012, "kind"]) == {"flow"}
    assert set(table.loc[table["number"] == 4000, "kind"]) == {"stock"}
    assert set(table.loc[table["number"] == 100, "kind"]) == {"arrival"}
    assert table.loc[table["unit"] == "sorties", "at least"].tolist() == ["yes"]
    assert not table["when"].str.contains("2025").any(), "the lesson compares up to 2019"


def test_the_alt_text_of_the_presence_has_every_number_of_people() -> None:
    found = measure.presence()
    people = found.table[found.table["unit"] == "persons"]["number"]
    assert {int(n.replace(",", "")) for n in re.findall(r": ([\d,]+) \(", found.alt)} == set(people)
