"""Claims of the two articles put to the numbers: each function gives a table, a picture, and its words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from analogies.facts.dates import in_words, parse
from analogies.facts.load import load
from analogies.figures import HATCHES, OKABE_ITO, house_style

if TYPE_CHECKING:
    from matplotlib.figure import Figure

# One theatre a row: the capital, and the year in which the articles place it.
THEATRES = {"Syria 2015": "Damascus", "Venezuela 2019": "Caracas", "Nicaragua 1980s": "Managua"}
PERIODS = (
    ("Nicaragua", "Soviet Union", 1981, 1990), ("Venezuela", "Russia", 2006, 2014), ("Venezuela", "Russia", 2015, 2021),
    ("Syria", "Russia", 2010, 2014), ("Syria", "Russia", 2015, 2019),
)  # fmt: skip


@dataclass(frozen=True)
class Measure:
    """`table` (pandas), `figure()` (a new matplotlib figure), `alt` (what the figure shows), `reading` (how to read it)."""

    title: str
    table: pd.DataFrame
    alt: str
    reading: str
    draw: Callable[[Figure], None]
    size: tuple[float, float] = (8, 3.6)

    def figure(self) -> Figure:
        from matplotlib import pyplot

        with house_style():
            figure = pyplot.figure(figsize=self.size)
            self.draw(figure)
        return figure


def distance() -> Measure:
    """Distances in km from Moscow and from Washington (WGS 84 geodesics between cities, series distances)."""
    km = load().series("distances").set_index(["destination", "origin"])["km"]
    table = pd.DataFrame(
        {f"from {origin}, km": [km[city, origin] for city in THEATRES.values()] for origin in ("Moscow", "Washington")},
        index=pd.Index([f"{city}, {case}" for case, city in THEATRES.items()], name="theatre"),
    )
    table["Moscow / Washington"] = (table.iloc[:, 0] / table.iloc[:, 1]).round(2)

    def draw(figure: Figure) -> None:
        ax = figure.subplots()
        for shift, column, colour, hatch in ((-0.2, 0, "vermilion", ""), (0.2, 1, "sky blue", "///")):
            rows = [y + shift for y in range(len(table))]
            bars = ax.barh(rows, table.iloc[:, column], 0.36, color=OKABE_ITO[colour], hatch=hatch, edgecolor="black",
                           linewidth=0.6, label=table.columns[column].removesuffix(", km"))  # fmt: skip
            ax.bar_label(bars, fmt="{:,.0f}", padding=3)
        ax.set_yticks(range(len(table)), table.index)
        ax.invert_yaxis()
        ax.set_xlim(0, 12_500)
        ax.xaxis.set_major_formatter("{x:,.0f}")
        ax.set_xlabel("km, along the surface of the earth")
        ax.set_title("How far was it?")
        ax.grid(False, axis="y")
        figure.legend(loc="outside lower center", ncols=2)

    said = "; ".join(f"{place}: {row.iloc[0]:,.0f} km from Moscow and {row.iloc[1]:,.0f} km from Washington"
                     for place, row in table.iterrows())  # fmt: skip
    return Measure("Distance", table, f"Horizontal bars, two for each place. {said}.",
                   "Compare the two bars of each place: the shorter one tells which capital was nearer.", draw)  # fmt: skip


def arms() -> Measure:
    """Large weapons delivered by Moscow, million SIPRI TIV a year (series sipri_tiv_deliveries; an absent year is 0)."""
    delivered = load().series("sipri_tiv_deliveries").set_index(["recipient", "supplier", "year"])["tiv_million"].sort_index()

    def yearly(recipient: str, supplier: str, first: int, last: int) -> pd.Series:
        return delivered.get((recipient, supplier), pd.Series(dtype=float)).reindex(range(first, last + 1), fill_value=0)

    values = [yearly(*period) for period in PERIODS]
    table = pd.DataFrame({
        "from": [supplier for _, supplier, _, _ in PERIODS],
        "to": [recipient for recipient, *_ in PERIODS],
        "years": [f"{first}–{last}" for *_, first, last in PERIODS],
        "sum": [v.sum() for v in values],
        "mean a year": [round(v.mean(), 1) for v in values],
        "years with none": [int((v == 0).sum()) for v in values],
    })  # fmt: skip
    panels = (("Nicaragua", "Soviet Union", 1979, 1991), ("Venezuela", "Russia", 2003, 2021), ("Syria", "Russia", 2003, 2021))
    marks = {"Venezuela": (2019, "two aircraft"), "Syria": (2015, "Russian air force")}

    def draw(figure: Figure) -> None:
        axes = figure.subplots(1, 3, sharey=True, width_ratios=[last - first for *_, first, last in panels])
        for ax, (recipient, supplier, first, last), colour, hatch in zip(
            axes, panels, ("bluish green", "orange", "sky blue"), ("", HATCHES[1], HATCHES[2]), strict=True
        ):
            series = yearly(recipient, supplier, first, last)
            ax.bar(series.index, series, color=OKABE_ITO[colour], hatch=hatch, edgecolor="black", linewidth=0.6)
            ax.set_title(f"{supplier}\nto {recipient}", fontsize=10)
            ax.set_xlim(first - 1, last + 1)
            ax.xaxis.get_major_locator().set_params(integer=True, nbins=4)
            if recipient in marks:
                year, words = marks[recipient]
                ax.axvline(year, color="black", linestyle="--", linewidth=1)
                ax.annotate(f"{year}:\n{words}", (year, 900), ha="right", va="top", xytext=(-4, 0), textcoords="offset points", fontsize=8)
        axes[0].set_ylabel("million TIV a year")
        axes[0].set_ylim(0, 920)

    said = "; ".join(f"{r['from']} to {r['to']}, {r['years']}: {r['sum']:,.0f} million" for _, r in table.iterrows())
    return Measure("Arms", table, f"Bars by year in three panels, on one scale. Sums: {said}.",
                   "Each bar is one year on SIPRI's scale, which counts what weapons can do; no bar means nothing large that SIPRI knew of.",
                   draw, (8.5, 3.8))  # fmt: skip


def conflict_years() -> Measure:
    """Years of armed conflict since 1975 (series ucdp_conflict_years: 1 from 25 battle deaths, 2 from 1,000)."""
    rows = load().series("ucdp_conflict_years").query("year >= 1975")
    levels = {name: rows[rows["country"] == name].groupby("year")["intensity"].max() for name in ("Nicaragua", "Syria", "Venezuela")}
    table = pd.DataFrame(
        {"conflict years": [_runs(s.index) for s in levels.values()], "number": [len(s) for s in levels.values()],
         "of which war": [int((s == 2).sum()) for s in levels.values()]},
        index=pd.Index(levels, name="country"),
    )  # fmt: skip
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
    return Measure("Conflict years", table,
                   f"One strip of years for each country from 1975 on. Years with armed conflict: {said}.",
                   "A filled box is a year with at least 25 deaths in battle; the triangle marks the year in which Russian forces came.",
                   draw, (8, 3.2))  # fmt: skip


def presence() -> Measure:
    """Counts of Russian forces in Syria and Venezuela up to 2019 (series deployments): stocks, flows and arrivals apart."""
    rows = load().series("deployments").query("case in ('syria', 'venezuela') and date < '2020'").copy()
    # "over 39,000" has a lower bound and no value: the bound is shown, with its word
    rows["number"] = rows["value"].fillna(rows["low"]).astype(int)
    rows["at least"] = rows["value"].isna().map({True: "yes", False: ""})
    rows["when"] = [in_words(parse(date)) for date in rows["date"]]
    table = rows[["case", "when", "kind", "unit", "at least", "number", "note"]].reset_index(drop=True)
    people = table[table["unit"] == "persons"].reset_index(drop=True)
    places = [f"{case.capitalize()}, {when}" for case, when in zip(people["case"], people["when"], strict=True)]

    def draw(figure: Figure) -> None:
        ax = figure.subplots()
        for kind, colour, hatch in (("stock", "blue", ""), ("arrival", "orange", "..."), ("flow", None, "///")):
            some = people[people["kind"] == kind]
            bars = ax.barh(some.index, some["number"], 0.6, color=OKABE_ITO[colour] if colour else "white", hatch=hatch,
                           edgecolor="black", linewidth=0.8, label=_KINDS[kind])  # fmt: skip
            ax.bar_label(bars, fmt="{:,.0f}", padding=3)
        ax.set_yticks(people.index, places)
        ax.invert_yaxis()
        ax.set_xlim(0, people["number"].max() * 1.15)
        ax.grid(False, axis="y")
        ax.xaxis.set_major_formatter("{x:,.0f}")
        ax.set_xlabel("persons")
        ax.set_title("Counts of Russian forces")
        figure.legend(loc="outside lower center", ncols=3)

    said = "; ".join(f"{place}: {r['number']:,} ({r['kind']})" for place, (_, r) in zip(places, people.iterrows(), strict=True))
    return Measure("Presence", table, f"Horizontal bars, one for each count of people. {said}.",
                   "Filled bars count people at one time; the hollow bar counts everybody who served in three years.", draw)  # fmt: skip


_KINDS = {"stock": "present on a day (stock)", "arrival": "arrived on a day", "flow": "served over years (flow)"}


def _runs(years: pd.Index) -> str:
    """Years as text, runs of them joined: "1982–1990, 1992"."""
    runs: list[list[int]] = []
    for year in sorted(int(y) for y in years):
        if runs and year == runs[-1][1] + 1:
            runs[-1][1] = year
        else:
            runs.append([year, year])
    return ", ".join(str(a) if a == b else f"{a}–{b}" for a, b in runs)
