"""Was there a war to join? Years of armed conflict, and the features of the likeness side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from analogies.facts.load import load
from analogies.figures import OKABE_ITO

from .democracy import democracy
from .displaced import abroad, displaced
from .drawing import BAR_LOOKS, bars
from .measured import Measure
from .presence import presence

if TYPE_CHECKING:
    from matplotlib.figure import Figure

# Each case in the year to which the articles point.
CASES = {"Nicaragua": 1985, "Syria": 2015, "Venezuela": 2019}
BEFORE = 10  # years of conflict are counted in so many years up to the case's own


def war() -> Measure:
    """What the three cases had in common, feature by feature: armed conflict (ucdp_conflict_years), people abroad
    (unhcr_displaced), electoral democracy (vdem_polyarchy).

    Lake ¶3 and ¶10, Frolov ¶9, ¶18 and ¶19. Pitfalls: refugees alone, stocks and flows, and what came of the hopes for a
    transition. Three cases are a comparison and not a test.
    """
    conflict, index = (
        load().series("ucdp_conflict_years"),
        load().series("vdem_polyarchy").set_index(["country", "year"])["electoral_democracy"],
    )
    rows = {}
    for country, year in CASES.items():
        years = conflict[(conflict["country"] == country) & conflict["year"].between(year - BEFORE + 1, year)]
        now = years.loc[years["year"] == year, "intensity"].max()
        rows[f"{country} {year}"] = {
            "that year": {1: "armed conflict", 2: "war"}.get(now, "no armed conflict"),
            f"conflict years of {BEFORE}": years["year"].nunique(),
            "abroad, millions": round(abroad(country).loc[year] / 1e6, 2),
            "electoral democracy": index[country, year],
        }
    table = pd.DataFrame.from_dict(rows, orient="index").rename_axis("case")
    columns = list(table.columns[1:])

    def draw(figure: Figure) -> None:
        for ax, column, most in zip(figure.subplots(1, 3, sharey=True), columns, (BEFORE, None, 1), strict=True):
            for row, (name, value) in enumerate(table[column].items()):
                ax.bar_label(bars(ax, [row], [value], BAR_LOOKS[name.split()[0]], width=0.6, flat=True), fmt="{:g}", padding=3)
            ax.set_xlim(0, (most or table[column].max()) * 1.2)
            ax.set_title(column, fontsize=10)
            ax.xaxis.get_major_locator().set_params(nbins=5, integer=most == BEFORE)
            ax.grid(False, axis="y")
        figure.axes[0].set_yticks(range(len(table)), [f"{name}:\n{kind}" for name, kind in table["that year"].items()])
        figure.axes[0].invert_yaxis()

    said = "; ".join(
        f"{name}: {row.iloc[0]}, {row.iloc[1]} years of conflict in ten, {row.iloc[2]:g} million abroad, electoral democracy "
        f"{row.iloc[3]:.3f}"
        for name, row in table.iterrows()
    )
    return Measure(
        "War",
        table,
        f"Three panels of horizontal bars, one bar a case in each. {said}.",
        "Read across the panels: the cases that look alike in one feature part in the next, so say which feature the "
        "likeness rests on.",
        draw,
        (9, 2.8),
        table[columns].rename_axis(columns="measured").stack().rename("value").reset_index(),
        {
            "refugees alone": lambda: displaced().pitfall("refugees alone"),
            "stocks and flows": presence,
            "the hopes of 2019": democracy,
        },
    )


def conflict_years() -> Measure:
    """Years of armed conflict since 1975 (series ucdp_conflict_years: 1 from 25 battle deaths, 2 from 1,000)."""
    rows = load().series("ucdp_conflict_years").query("year >= 1975")
    levels = {
        name: rows[rows["country"] == name].groupby("year")["intensity"].max() for name in ("Nicaragua", "Syria", "Venezuela")
    }
    table = pd.DataFrame(
        {
            "conflict years": [runs(s.index) for s in levels.values()],
            "number": [len(s) for s in levels.values()],
            "of which war": [int((s == 2).sum()) for s in levels.values()],
        },
        index=pd.Index(levels, name="country"),
    )
    arrivals = {"Syria": 2015, "Venezuela": 2019}

    def draw(figure: Figure) -> None:
        ax = figure.subplots()
        for y, (name, level) in enumerate(levels.items()):
            for strength, colour, hatch in ((1, "sky blue", "///"), (2, "vermilion", "")):
                years = level[level == strength].index
                ax.bar(years, 0.5, 1, bottom=y - 0.25, color=OKABE_ITO[colour], hatch=hatch, edgecolor="black", linewidth=0.5)
            if name in arrivals:
                ax.plot([arrivals[name]], [y - 0.36], marker="v", color="black", linestyle="none", markersize=8)
        ax.set_yticks(range(len(levels)), list(levels))
        ax.set_ylim(len(levels) - 0.4, -0.7)
        ax.set_xlim(1974, 2026)
        ax.grid(False, axis="y")
        ax.set_title("Years of armed conflict")
        handles = [
            ax.bar([0], [0], color=OKABE_ITO["sky blue"], hatch="///", edgecolor="black", label="25 to 999 battle deaths"),
            ax.bar([0], [0], color=OKABE_ITO["vermilion"], edgecolor="black", label="1,000 and more"),
            *ax.plot([], [], marker="v", color="black", linestyle="none", label="Russian forces arrive"),
        ]
        figure.legend(handles=handles, loc="outside lower center", ncols=3)

    said = "; ".join(f"{name}: {row['conflict years'] or 'none'}" for name, row in table.iterrows())
    drawn = pd.concat(
        [level.rename("value").reset_index().assign(country=name) for name, level in levels.items()], ignore_index=True
    )
    return Measure(
        "Conflict years",
        table,
        f"One strip of years for each country from 1975 on. Years with armed conflict: {said}.",
        "A filled box is a year with at least 25 deaths in battle; the triangle marks the year in which Russian forces came.",
        draw,
        (8, 3.2),
        drawn[["country", "year", "value"]],
    )


def runs(years: pd.Index) -> str:
    """Years as text, runs of them joined: "1982–1990, 1992"."""
    found: list[list[int]] = []
    for year in sorted(int(y) for y in years):
        if found and year == found[-1][1] + 1:
            found[-1][1] = year
        else:
            found.append([year, year])
    return ", ".join(str(a) if a == b else f"{a}–{b}" for a, b in found)
