"""Was Russia weaker in 1999 than in 2019? Two standard measures, which answer differently."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from analogies.facts.load import load
from analogies.figures import OKABE_ITO

from .drawing import BAR_LOOKS, bars, whole_years
from .measured import Measure

if TYPE_CHECKING:
    from matplotlib.figure import Figure

INDICES = {"CINC": ("blue", "o", "-"), "military spending": ("vermilion", "s", "--")}


def strength(first: int = 1999, last: int = 2019) -> Measure:
    """Russia as a multiple of the United States in two years, by two measures: CINC (nmc_cinc) and real military spending
    in constant dollars of 2019 (sipri_milex).

    Frolov ¶13, ¶15 and ¶16. Years from 1988 to 2020 without 1991, or a ValueError says which. Pitfalls: another first year, the
    Soviet Union in CINC, and a series in dollars that cannot be used.
    """
    ratios = _ratios()
    _expect_years(ratios, first, last)
    table = pd.DataFrame({str(first): ratios.loc[first], str(last): ratios.loc[last]})
    table["change, %"] = ((table[str(last)] / table[str(first)] - 1) * 100).round(1)
    table = table.round(4).rename_axis("Russia / United States by")

    def draw(figure: Figure) -> None:
        for ax, (index, (colour, marker, dash)) in zip(figure.subplots(1, 2, sharex=True), INDICES.items(), strict=True):
            series = ratios[index]
            ax.plot(series.index, series, color=OKABE_ITO[colour], linestyle=dash, marker="", label=index)
            for year in (first, last):
                ax.plot([year], [series[year]], color=OKABE_ITO[colour], marker=marker, markersize=8)
                ax.annotate(f"{series[year]:.3f}", (year, series[year]), xytext=(0, 9), textcoords="offset points", ha="center")
            ax.set_ylim(0, series.max() * 1.1)
            ax.set_title(f"Russia / United States:\n{index}", fontsize=10)
            whole_years(ax)

    said = "; ".join(
        f"by {index} from {row.iloc[0]:.3f} in {first} to {row.iloc[1]:.3f} in {last}" for index, row in table.iterrows()
    )
    ways = {index: "rose" if row["change, %"] > 0 else "fell" for index, row in table.iterrows()}
    reading = f"From {first} to {last} the ratio {ways['CINC']} by CINC and {ways['military spending']} by spending" + (
        ": the answer depends on the measure." if len(set(ways.values())) > 1 else "."
    )
    drawn = ratios.rename_axis(columns="measured").stack().rename("value").reset_index()
    return Measure(
        f"Strength, {first} and {last}",
        table,
        f"Two lines by year, each in a panel with a scale of its own. Russia as a multiple of the United States: {said}.",
        reading,
        draw,
        (8, 3.6),
        drawn,
        {"another first year": lambda: _starts(last), "the Soviet Union above": _soviet, "unusable dollars": _dollars},
    )


def _starts(last: int) -> Measure:
    """The change up to one last year, from every first year that the data allow."""
    ratios = _ratios().loc[:last]
    table = ((ratios.loc[last] / ratios - 1) * 100).iloc[:-1].round(1).rename_axis("from")

    def draw(figure: Figure) -> None:
        ax = figure.subplots()
        for index, (colour, marker, dash) in INDICES.items():
            ax.plot(table.index, table[index], color=OKABE_ITO[colour], marker=marker, linestyle=dash, label=index)
        ax.axhline(0, color="black", linewidth=1)
        ax.set_xlabel("first year")
        ax.set_ylabel(f"change up to {last}, %")
        ax.set_title("The same comparison from every first year")
        whole_years(ax, 8)
        figure.legend(loc="outside lower center", ncols=2)

    both = table[(table > 0).all(axis=1)].index
    said = "; ".join(f"{index}: {int((table[index] > 0).sum())} of {len(table)} first years give a rise" for index in table)
    return Measure(
        f"Change up to {last}, from every first year",
        table,
        f"Two lines over the first year of the comparison. {said}.",
        f"Above the line the ratio rose: the two measures agree on a rise for {len(both) or 'none'} of the {len(table)} "
        "first years, "
        "so whoever picks the year picks the answer.",
        draw,
        (8, 4),
        table.rename_axis(columns="measured").stack().rename("value").reset_index(),
    )


def _soviet() -> Measure:
    """Moscow as a multiple of Washington by CINC, every year from 1946."""
    cinc = _cinc().loc[1946:]
    above = cinc[cinc > 1]
    table = cinc.round(3).rename("Moscow / Washington").to_frame()

    def draw(figure: Figure) -> None:
        ax = figure.subplots()
        ax.plot(cinc.index, cinc.round(3), color=OKABE_ITO["blue"], marker="", label="Moscow / Washington")
        ax.axhline(1, color="black", linestyle="--", linewidth=1)
        ax.annotate("equal", (cinc.index[-1], 1), xytext=(0, 3), textcoords="offset points", ha="right", fontsize=8)
        ax.plot([1985], [cinc.round(3)[1985]], color=OKABE_ITO["blue"], marker="o", markersize=8)
        ax.annotate(f"1985: {cinc[1985]:.2f}", (1985, cinc[1985]), xytext=(6, 6), textcoords="offset points")
        ax.set_ylim(0, 1.5)
        ax.set_title("Moscow's share of world capabilities over Washington's (CINC)")
        whole_years(ax, 9)

    return Measure(
        "The Soviet Union above the United States",
        table,
        f"One line from {cinc.index[0]} to {cinc.index[-1]}. It lies above 1 in {len(above)} years, from {above.index[0]} to "
        f"{above.index[-1]}; in 1985 it stands at {cinc[1985]:.2f}, in {cinc.index[-1]} at {cinc.iloc[-1]:.2f}.",
        "Above the dashed line the index puts the Soviet Union ahead: it counts steel, fuel, soldiers and people, not quality, "
        "reach or nuclear arms.",
        draw,
        (8, 3.8),
        table.set_axis(["value"], axis=1).reset_index(),
    )


def _dollars() -> Measure:
    """Venezuelan military spending: constant dollars, which old bolivars make useless, and the share of GDP."""
    rows = load().series("sipri_milex").query("iso3 == 'VEN'").set_index("year")
    table = rows[["constant_2019_usd", "share_of_gdp_percent"]].set_axis(["dollars of 2019", "% of GDP"], axis=1)

    def draw(figure: Figure) -> None:
        left, right = figure.subplots(1, 2, sharex=True)
        bars(left, list(table.index), table["dollars of 2019"] / 1000, BAR_LOOKS["Venezuela"])
        left.set_title("thousand dollars of 2019: useless", fontsize=10)
        share = table["% of GDP"].dropna()
        right.plot(share.index, share, color=OKABE_ITO["vermilion"], marker="^", linestyle="--", label="% of GDP")
        right.set_ylim(0, None)
        right.set_title("% of GDP: usable with care", fontsize=10)
        whole_years(right)

    least, most = table["dollars of 2019"].idxmin(), table["dollars of 2019"].idxmax()
    drawn = pd.concat(
        [
            (table["dollars of 2019"] / 1000).rename("value").to_frame().assign(unit="thousand dollars of 2019"),
            table["% of GDP"].dropna().rename("value").to_frame().assign(unit="% of GDP"),
        ]
    ).reset_index()
    return Measure(
        "Dollars that cannot be used, Venezuela",
        table,
        f"Bars on the left: the whole spending of an army at {table['dollars of 2019'][least]:,.0f} dollars in {least} and "
        f"{table['dollars of 2019'][most]:,.0f} in {most}. A line on the right: between {share_of(table, 'min')} and "
        f"{share_of(table, 'max')} per cent of GDP.",
        "No army costs a few thousand dollars: bolivars of all years were turned into dollars at the rate of 2019, after years of "
        "inflation, so only the right panel says anything.",
        draw,
        (8, 3.6),
        drawn,
    )


def share_of(table: pd.DataFrame, what: str) -> float:
    """The least or the greatest share of GDP in per cent (`what`: min or max)."""
    return getattr(table["% of GDP"], what)()


def _cinc() -> pd.Series:
    wide = load().series("nmc_cinc").query("iso3 in ('RUS', 'USA')").pivot(index="year", columns="iso3", values="cinc")
    return (wide["RUS"] / wide["USA"]).rename("CINC")


def _ratios() -> pd.DataFrame:
    """Russia over the United States by year, one column a measure, for the years that both have."""
    spending = load().series("sipri_milex").pivot(index="year", columns="iso3", values="constant_2019_usd")
    both = pd.concat([_cinc(), (spending["RUS"] / spending["USA"]).rename("military spending")], axis=1, join="inner")
    return both.dropna()


def _expect_years(ratios: pd.DataFrame, first: int, last: int) -> None:
    for name, year in (("first", first), ("last", last)):
        if year not in ratios.index:
            missing = sorted(set(range(ratios.index[0], ratios.index[-1])) - set(ratios.index))
            but = f" but {', '.join(map(str, missing))}" if missing else ""
            raise ValueError(
                f"strength() has both measures for the years {ratios.index[0]} to {ratios.index[-1]}{but}; found {name}={year!r}."
            )
    if first >= last:
        raise ValueError(f"strength() expected first before last; found first={first}, last={last}.")
