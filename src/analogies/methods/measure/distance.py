"""Too far away? Distances, and what a formula says is left of a state's strength at that distance."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pandas as pd

from analogies.facts.load import load
from analogies.figures import MARKERS, OKABE_ITO

from .drawing import KINDS, bars, end_labels, names
from .measured import Measure

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# One place a row: the capital, and the year in which the articles place it.
PLACES = {"Syria 2015": "Damascus", "Venezuela 2019": "Caracas", "Nicaragua 1980s": "Managua"}
# For strength a single year is needed.
YEARS = {"Damascus": 2015, "Caracas": 2019, "Managua": 1985, "Belgrade": 1999, "Havana": 1962}
MILE = 1.609344  # km in a statute mile


def distance() -> Measure:
    """Distances in km from Moscow and from Washington (WGS 84 geodesics between cities, series distances).

    Frolov ¶9 and ¶6. Pitfalls: what distance does to strength (`reach`), and the map of Zakharova's remark.
    """
    km = _km()
    table = pd.DataFrame(
        {f"from {origin}, km": [km[origin, city] for city in PLACES.values()] for origin in ("Moscow", "Washington")},
        index=pd.Index([f"{city}, {case}" for case, city in PLACES.items()], name="place"),
    )
    table["Moscow / Washington"] = (table.iloc[:, 0] / table.iloc[:, 1]).round(2)

    def draw(figure: Figure) -> None:
        _kilometres(figure, table, KINDS[1], "How far was it?")

    said = "; ".join(
        f"{place}: {row.iloc[0]:,.0f} km from Moscow and {row.iloc[1]:,.0f} km from Washington" for place, row in table.iterrows()
    )
    return Measure(
        "Distance",
        table,
        f"Horizontal bars, two for each place. {said}.",
        "Compare the two bars of each place: the shorter one tells which capital was nearer.",
        draw,
        data=_long(table.iloc[:, :2]),
        traps={"strength": reach, "the map": _from_chukotka},
    )


def loss_of_strength(power: float, km: float, miles_a_day: float = 500) -> float:
    """A share of world power as it is counted `km` away from home: power ** log10(miles / miles_a_day + 10 - e).

    The loss-of-strength gradient of Bueno de Mesquita, The War Trap (1981), after an idea of Boulding (1962): a day's
    march of 250 miles before 1919, 375 up to 1945, 500 since. These are conventions. The formula is meant for shares
    between 0 and 1, and at no distance at all it gives more than it was given. Raises ValueError with a sentence.
    """
    for name, value, fits, wanted in (
        ("power", power, 0 < power < 1, "a share between 0 and 1, such as a CINC"),
        ("km", km, km >= 0, "kilometres, 0 or more"),
        ("miles_a_day", miles_a_day, 0 < miles_a_day < math.inf, "miles a day above 0; the book has 500"),
    ):
        if not fits:
            raise ValueError(f"loss_of_strength() expected for {name} {wanted}; found {value!r}.")
    return power ** math.log10(km / MILE / miles_a_day + 10 - math.e)


def reach(miles_a_day: float = 500) -> Measure:
    """Russian (or Soviet) power as a multiple of American power: at home, and at five places (series nmc_cinc, distances).

    Shares of world capabilities (CINC), weakened by `loss_of_strength`; its convention is the argument. Raises
    ValueError for a march of no length. Pitfall: another convention gives other numbers and changes some ranks.
    """
    table = _strengths(miles_a_day)
    shown = table[["at home", "there"]]

    def draw(figure: Figure) -> None:
        ax = figure.subplots()
        for shift, column, look in ((-0.2, "at home", KINDS[1]), (0.2, "there", KINDS[0])):
            ax.bar_label(
                bars(ax, [y + shift for y in range(len(table))], table[column], look, label=column, width=0.36, flat=True),
                fmt="{:.2f}",
                padding=3,
            )
        names(ax, list(table.index))
        _parity(ax)
        ax.set_title("Moscow's power as a multiple of Washington's")
        ax.set_xlabel(f"ratio of CINC shares, at {miles_a_day:g} miles a day")
        figure.legend(loc="outside lower center", ncols=2)

    said = "; ".join(
        f"{place}: {row['at home']:.2f} at home and {row['there']:.2f} there" for place, row in shown.iterrows()
    )
    return Measure(
        f"Reach at {miles_a_day:g} miles a day",
        table,
        f"Horizontal bars, two for each place, and a line at 1. {said}.",
        "Where the lower bar is much shorter than the upper one, distance cost Moscow more than it cost Washington; at 1 "
        "they are equal.",
        draw,
        (8, 4.4),
        _long(shown),
        {"another convention": _conventions},
    )


def _conventions() -> Measure:
    """The same ratios at 250, 375, 500 and 1,000 miles a day."""
    marches = (250, 375, 500, 1000)
    table = pd.DataFrame({march: _strengths(march)["there"] for march in marches})
    table.columns = [f"{march:,} miles a day" for march in marches]

    def draw(figure: Figure) -> None:
        ax = figure.subplots()
        for (place, row), marker, colour in zip(table.iterrows(), MARKERS, _LINES, strict=False):
            ax.plot(range(len(marches)), row, marker=marker, color=OKABE_ITO[colour], label=place)
        end_labels(ax, {place: (len(marches) - 1, row.iloc[-1]) for place, row in table.iterrows()}, gap=0.05)
        ax.set_xticks(range(len(marches)), [f"{march:,}" for march in marches])
        ax.set_xlim(-0.2, len(marches) - 0.1)
        ax.set_ylim(0, 1.05)
        ax.set_xlabel("miles a day that the formula assumes (250 before 1919, 375 to 1945, 500 since)")
        ax.set_ylabel("ratio of strength there")
        ax.set_title("The same ratios under other conventions")

    ranks = {column: list(table[column].sort_values(ascending=False).index) for column in table}
    least = {order[-1] for order in ranks.values()}
    said = "; ".join(
        f"at {column}: " + ", ".join(f"{place} {value:.2f}" for place, value in table[column].items()) for column in table
    )
    return Measure(
        "Reach under other conventions",
        table,
        f"Five lines over four conventions. {said[0].upper()}{said[1:]}.",
        f"Lines that cross change places: only {' and '.join(sorted(least))} is last whatever the convention.",
        draw,
        (8, 4.4),
        _long(table),
        {},
    )


def _from_chukotka() -> Measure:
    """Distances from Moscow and from Uelen, Russia's tip west of 180 degrees."""
    km = _km()
    cities = list(PLACES.values())
    table = pd.DataFrame(
        {f"from {origin}, km": [km[origin, city] for city in cities] for origin in ("Moscow", "Uelen")}, index=cities
    )
    table.index.name = "to"
    table["change, %"] = ((table.iloc[:, 1] / table.iloc[:, 0] - 1) * 100).round(1)

    def draw(figure: Figure) -> None:
        _kilometres(figure, table, KINDS[2], "From Moscow, and from Uelen in Chukotka")

    said = "; ".join(
        f"{city}: {row.iloc[0]:,.0f} km from Moscow, {row.iloc[1]:,.0f} km from Uelen" for city, row in table.iterrows()
    )
    return Measure(
        "The map and the way",
        table,
        f"Horizontal bars, two for each city. {said}.",
        "Uelen lies in the Western Hemisphere of the map; whether that brings Russia nearer to Caracas is what the second "
        "bar tells.",
        draw,
        data=_long(table.iloc[:, :2]),
    )


_LINES = ("blue", "vermilion", "bluish green", "reddish purple", "black")


def _km() -> pd.Series:
    return load().series("distances").set_index(["origin", "destination"])["km"]


def _strengths(miles_a_day: float) -> pd.DataFrame:
    """Shares, distances and ratios at each place in its year."""
    cinc, km, rows = load().series("nmc_cinc").set_index(["iso3", "year"])["cinc"], _km(), {}
    for city, year in YEARS.items():
        russia, america = cinc["RUS", year], cinc["USA", year]
        there = [
            loss_of_strength(power, km[home, city], miles_a_day) for power, home in ((russia, "Moscow"), (america, "Washington"))
        ]
        rows[f"{city} {year}"] = {
            "Moscow, km": km["Moscow", city],
            "Washington, km": km["Washington", city],
            "CINC, Moscow": round(russia, 4),
            "CINC, Washington": round(america, 4),
            "at home": round(russia / america, 4),
            "there": round(there[0] / there[1], 4),
        }
    table = pd.DataFrame.from_dict(rows, orient="index")
    table.index.name = "place"
    return table


def _kilometres(figure: Figure, table: pd.DataFrame, second: tuple[str, str], title: str) -> None:
    """Two lying bars for each row: the first two columns of `table`, in km; `second` is the look of the lower one."""
    ax = figure.subplots()
    for shift, column, look in ((-0.2, 0, KINDS[0]), (0.2, 1, second)):
        at, label = [y + shift for y in range(len(table))], table.columns[column].removesuffix(", km")
        drawn = bars(ax, at, table.iloc[:, column], look, width=0.36, flat=True, label=label)
        ax.bar_label(drawn, fmt="{:,.0f}", padding=3)
    names(ax, list(table.index))
    ax.set_xlim(0, 12_500)
    ax.xaxis.set_major_formatter("{x:,.0f}")
    ax.set_xlabel("km, along the surface of the earth")
    ax.set_title(title)
    figure.legend(loc="outside lower center", ncols=2)


def _parity(ax: Axes) -> None:
    ax.axvline(1, color="black", linestyle="--", linewidth=1)
    ax.annotate("equal", (1, -0.5), xytext=(4, 0), textcoords="offset points", fontsize=8, va="top")
    ax.set_xlim(0, 1.45)


def _long(table: pd.DataFrame) -> pd.DataFrame:
    """A row for each bar or point: the row's name, the column's name, the value."""
    return table.rename_axis(columns="measured").stack().rename("value").reset_index()
