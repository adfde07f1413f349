"""How close was the client? Votes in the UN General Assembly, beside the median state and on one scale."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from analogies.facts.load import load
from analogies.facts.model import unknown
from analogies.figures import OKABE_ITO

from .drawing import KINDS, LINE_LOOKS, bars, end_labels, line, names, whole_years
from .measured import Measure

if TYPE_CHECKING:
    from matplotlib.figure import Figure

CLIENTS = ("Nicaragua", "Venezuela", "Syria")
# The war in Nicaragua, the first years of Chávez, and Maduro's years to the end of the data.
STAGES = ((1980, 1989), (1999, 2005), (2013, 2019))


def votes(*countries: str) -> Measure:
    """Roll calls on which a state voted as Moscow did, per cent, beside the median state (unga_agreement, unga_agreement_median).

    Frolov ¶10 and ¶14, Lake ¶5. All roll calls of a period are taken together. Countries: Nicaragua, Venezuela, Syria
    (the default), Cuba, Yugoslavia; else UnknownName. The data give the median in two periods and no ranks.
    Pitfalls: the room above the median, and ideal points.
    """
    table = _agreement(_asked(countries))

    def draw(figure: Figure) -> None:
        ax = figure.subplots()
        ax.bar_label(
            bars(ax, range(len(table)), table["agreement, %"], KINDS[1], label="voted as Moscow did", width=0.55, flat=True),
            fmt="{:.1f}",
            padding=12,
        )
        ax.plot(
            table["median state, %"],
            range(len(table)),
            linestyle="none",
            marker="D",
            markersize=8,
            color="black",
            label="median state",
        )
        names(ax, [f"{row['country']}, {row['years']}" for _, row in table.iterrows()])
        ax.set_xlim(0, 100)
        ax.set_xlabel("% of roll calls")
        ax.set_title("Votes shared with Moscow")
        figure.legend(loc="outside lower center", ncols=2)

    said = "; ".join(
        f"{r['country']} {r['years']}: {r['agreement, %']:.1f} per cent, the median state {r['median state, %']:.1f}"
        for _, r in table.iterrows()
    )
    drawn = table.melt(["country", "years"], ["agreement, %", "median state, %"], "measured", "value")
    return Measure(
        "Votes",
        table,
        f"Horizontal bars, with a diamond for the median state. {said}.",
        "What counts is how far a bar reaches beyond its diamond, because the agenda of each period moves everybody's share.",
        draw,
        (8, 1.4 + 0.45 * len(table)),
        drawn,
        {"the room above": lambda: _room(table), "ideal points": lambda: ideal_points(*countries)},
    )


def _room(table: pd.DataFrame) -> Measure:
    """Points above the median, and the same as a share of the room between the median and 100."""
    table = table.drop(columns=["roll calls"])

    def draw(figure: Figure) -> None:
        left, right = figure.subplots(1, 2, sharey=True)
        for ax, column, look in ((left, "above the median, points", KINDS[1]), (right, "share of the room above, %", KINDS[0])):
            ax.bar_label(bars(ax, range(len(table)), table[column], look, width=0.55, flat=True), fmt="{:.1f}", padding=3)
            ax.set_xlim(min(0, table[column].min() * 1.3), table[column].max() * 1.2)
            ax.set_title(column, fontsize=10)
            ax.grid(False, axis="y")
        left.set_yticks(range(len(table)), [f"{row['country']}, {row['years']}" for _, row in table.iterrows()])
        left.invert_yaxis()

    said = "; ".join(
        f"{r['country']} {r['years']}: {r['above the median, points']:.1f} points, {r['share of the room above, %']:.1f} per "
        "cent of the room"
        for _, r in table.iterrows()
    )
    drawn = table.melt(["country", "years"], ["above the median, points", "share of the room above, %"], "measured", "value")
    return Measure(
        "Above the median, counted in two ways",
        table,
        f"Two panels of horizontal bars. {said}.",
        "Where the median state already voted with Moscow most of the time there was little room above it, so equal points "
        "are not equal "
        "closeness: even the correction needs a choice.",
        draw,
        (8, 1.2 + 0.45 * len(table)),
        drawn,
    )


def ideal_points(*countries: str) -> Measure:
    """Positions on one scale estimated from all roll calls (series unga_ideal_points; higher is nearer to the order led by
    the United States), 1979-2019, with Moscow and Washington. UnknownName for a country without them."""
    points = load().series("unga_ideal_points")
    asked = countries or CLIENTS
    for country in asked:
        if country not in set(points["country"]):
            raise unknown("country with ideal points", country, sorted(set(points["country"])))
    shown = list(dict.fromkeys([*asked, "Russia", "United States"]))
    wide = points.pivot(index="year", columns="country", values="ideal_point")[shown]
    rows = []
    for country in dict.fromkeys(asked):
        for first, last in STAGES:
            gap = (wide[country] - wide["Russia"]).loc[first:last]
            rows.append(
                {
                    "country": country,
                    "years": f"{first}–{last}",
                    "distance to Moscow": round(gap.abs().mean(), 2),
                    "side": "nearer to Washington" if gap.mean() > 0 else "farther from Washington",
                }
            )
    table = pd.DataFrame(rows)

    def draw(figure: Figure) -> None:
        ax = figure.subplots()
        for country in shown:
            line(ax, wide.index, wide[country], country if country in LINE_LOOKS else "Cuba", label=country)
        band = points[points["country"] == "Russia"]
        ax.fill_between(band["year"], band["q05"], band["q95"], color=OKABE_ITO["black"], alpha=0.15, linewidth=0)
        end_labels(ax, {country: (wide.index[-1], wide[country].iloc[-1]) for country in shown}, gap=0.3)
        ax.set_xlim(wide.index[0], wide.index[-1] + 6)
        ax.set_ylabel("ideal point")
        ax.set_title("Positions in the General Assembly (grey band: 90 % interval for Russia)")
        whole_years(ax, 9)

    said = "; ".join(
        f"{r['country']} {r['years']}: {r['distance to Moscow']:.2f} from Moscow, {r['side']} than Moscow was" for r in rows
    )
    drawn = wide.rename_axis(columns="country").stack().rename("value").reset_index()
    return Measure(
        "Ideal points",
        table,
        f"Lines by year from {wide.index[0]} to {wide.index[-1]}. Mean distances: {said}.",
        "A line below Russia's voted farther from Washington than Moscow did, so a growing distance from Moscow need not be "
        "a growing coolness.",
        draw,
        (8, 4.4),
        drawn,
    )


def _asked(countries: tuple[str, ...]) -> list[str]:
    known = load().series("unga_agreement").query("partner == 'RUS' and iso3 != 'USA'")["country"].unique()
    for country in countries:
        if country not in known:
            raise unknown("country with votes beside Moscow's", country, sorted(known))
    return list(dict.fromkeys(countries or CLIENTS))


def _agreement(countries: list[str]) -> pd.DataFrame:
    """A row for each country and period that has a median; agreement over all its roll calls together."""
    counted = load().series("unga_agreement").query("partner == 'RUS'")
    rows = []
    for _, median in load().series("unga_agreement_median").query("partner == 'RUS'").iterrows():
        first, last, level = median["year_from"], median["year_to"], median["median_agreement_percent"]
        for country in countries:
            some = counted[(counted["country"] == country) & counted["year"].between(first, last)]
            if some.empty:
                continue
            share = (some["agreement_percent"] * some["n_votes"]).sum() / some["n_votes"].sum()
            rows.append(
                {
                    "country": country,
                    "years": f"{first}–{last}",
                    "roll calls": int(some["n_votes"].sum()),
                    "agreement, %": round(share, 2),
                    "median state, %": level,
                    "above the median, points": round(share - level, 1) + 0.0,
                    "share of the room above, %": round((share - level) / (100 - level) * 100, 1) + 0.0,
                }
            )
    return pd.DataFrame(rows)
