"""Who had fled abroad? People displaced across borders, by the classes in which UNHCR counts them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from analogies.facts.load import load
from analogies.facts.model import unknown

from .drawing import KINDS, bars, whole_years
from .measured import Measure

if TYPE_CHECKING:
    from matplotlib.figure import Figure

CLASSES = {
    "refugees": "refugees",
    "asylum_seekers": "asylum seekers",
    "other_in_need_of_protection": "others in need of protection",
}
SHOWN = {"Nicaragua": (1978, 1990), "Syria": (2010, 2025), "Venezuela": (2010, 2025)}
CASE_YEARS = {"Nicaragua": 1985, "Syria": 2015, "Venezuela": 2019}


def displaced() -> Measure:
    """People abroad by country of origin at the end of each year, millions (series unhcr_displaced): refugees, asylum seekers,
    and the class made in 2018 for others in need of protection. "Others of concern" are left out: they need not be abroad.

    Pitfall: refugees alone.
    """
    rows = [
        {
            "country": country,
            "year": year,
            **{name: _counts(country).loc[year, column] for column, name in CLASSES.items()},
            "together": int(abroad(country).loc[year]),
        }
        for country, year in CASE_YEARS.items()
    ]
    table = pd.DataFrame(rows).set_index(["country", "year"]).astype(int)
    shown = {country: _counts(country).reindex(range(a, b + 1)).fillna(0) / 1e6 for country, (a, b) in SHOWN.items()}

    def draw(figure: Figure) -> None:
        axes = figure.subplots(1, 3, sharey=True, width_ratios=[len(counts) for counts in shown.values()])
        for ax, (country, counts) in zip(axes, shown.items(), strict=True):
            bottom = pd.Series(0.0, index=counts.index)
            for (column, name), look in zip(CLASSES.items(), KINDS, strict=False):
                bars(ax, list(counts.index), counts[column], look, label=name if ax is axes[0] else "", bottom=list(bottom))
                bottom = bottom + counts[column]
            ax.set_title(country, fontsize=10)
            whole_years(ax, 4)
        axes[0].set_ylabel("millions, end of year")
        figure.legend(loc="outside lower center", ncols=3)

    said = "; ".join(f"{country} in {year}: {row['together'] / 1e6:.2f} million" for (country, year), row in table.iterrows())
    drawn = pd.concat(
        [
            counts.rename(columns=CLASSES).rename_axis("year").reset_index().melt("year", var_name="class").assign(country=country)
            for country, counts in shown.items()
        ],
        ignore_index=True,
    )
    return Measure(
        "Displaced",
        table,
        f"Stacked bars by year in three panels, on one scale. Abroad at the end of the year: {said}.",
        "The height of a bar is everybody counted abroad; its parts are classes of law and of book-keeping, and the third "
        "exists only since 2018.",
        draw,
        (9, 3.8),
        drawn,
        {"refugees alone": _refugees_alone},
    )


def _refugees_alone() -> Measure:
    """The same people counted as refugees, and in all classes, in the year of each case."""
    whole = displaced().table
    table = whole[["refugees", "together"]].copy()
    table["times"] = (table["together"] / table["refugees"]).round(1)

    def draw(figure: Figure) -> None:
        ax = figure.subplots()
        for shift, column, look, label in (
            (-0.2, "refugees", KINDS[0], "refugees alone"),
            (0.2, "together", KINDS[1], "all three classes"),
        ):
            ax.bar_label(
                bars(ax, [y + shift for y in range(len(table))], table[column] / 1e6, look, label=label, width=0.36, flat=True),
                fmt="{:.2f}",
                padding=3,
            )
        ax.set_yticks(range(len(table)), [f"{country} {year}" for country, year in table.index])
        ax.invert_yaxis()
        ax.grid(False, axis="y")
        ax.set_xlim(0, table["together"].max() / 1e6 * 1.15)
        ax.set_xlabel("millions abroad, end of year")
        ax.set_title("Refugees alone, and everybody counted")
        figure.legend(loc="outside lower center", ncols=2)

    said = "; ".join(
        f"{country} {year}: {row['refugees']:,.0f} refugees, {row['together']:,.0f} in all classes"
        for (country, year), row in table.iterrows()
    )
    drawn = (table[["refugees", "together"]] / 1e6).rename_axis(columns="measured").stack().rename("value").reset_index()
    return Measure(
        "Refugees alone",
        table,
        f"Horizontal bars, two for each case. {said}.",
        "Where the lower bar dwarfs the upper one, the word “refugees” hides almost everybody.",
        draw,
        (8, 3.2),
        drawn,
    )


def abroad(country: str) -> pd.Series:
    """Persons of a country abroad by year: the three classes together. Raises UnknownName."""
    return _counts(country).sum(axis=1)


def _counts(country: str) -> pd.DataFrame:
    rows = load().series("unhcr_displaced")
    if country not in set(rows["country"]):
        raise unknown("country among the displaced", country, sorted(set(rows["country"])))
    return rows[rows["country"] == country].set_index("year")[list(CLASSES)].fillna(0)
