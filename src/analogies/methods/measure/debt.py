"""No hope for repayment? What PDVSA owed to Rosneft, beside the oil and the income that should have paid."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from analogies.facts.load import load
from analogies.figures import OKABE_ITO

from .drawing import BAR_LOOKS, KINDS, bars, line, moment, names, whole_years
from .measured import Measure

if TYPE_CHECKING:
    from matplotlib.figure import Figure

SANCTIONS = "venezuela-2019-pdvsa-sanctions"


def debt() -> Measure:
    """Prepayments that PDVSA still owed to Rosneft, billion dollars at the end of each quarter (pdvsa_debt_to_rosneft), with
    Venezuelan oil output (oil_production) and GDP a head (gdp_per_capita, Fariss et al.).

    Lake ¶6, Frolov ¶14. Pitfalls: another estimate of GDP, and adding up loans that overlap.
    """
    owed, oil, income = _owed(), _oil(), _income()["fariss_2011_usd"].loc[2012:2019]
    rows = {
        "owed to Rosneft, billion dollars": (owed, owed.index[0], owed.index[-1]),
        "oil, thousand barrels a day": (oil, 2015, 2019),
        "GDP a head, dollars of 2011": (income, 2012, 2019),
    }
    table = pd.DataFrame(
        [
            (name, str(a), series[a], str(b), series[b], round((series[b] / series[a] - 1) * 100, 1))
            for name, (series, a, b) in rows.items()
        ],
        columns=["measured", "from", "value then", "to", "value at the end", "change, %"],
    ).set_index("measured")
    date = load().cases["venezuela"].event(SANCTIONS).date.a0
    when = owed.index.get_loc(f"{date.year - 1}Q4") + (date.timetuple().tm_yday / 91)  # bars stand at ends of quarters

    def draw(figure: Figure) -> None:
        left, middle, right = figure.subplots(1, 3, width_ratios=[1.5, 1, 1])
        left.bar_label(bars(left, range(len(owed)), owed, BAR_LOOKS["Venezuela"], width=0.45), fmt="{:.1f}", padding=2)
        left.set_xticks(
            range(len(owed)),
            [quarter.replace("Q", "\nQ") if quarter.endswith(("Q4", "Q1")) else f"\n{quarter[4:]}" for quarter in owed.index],
        )
        left.set_ylim(0, owed.max() * 1.2)
        moment(left, when, "US sanctions\non PDVSA", y=owed.max() * 1.18, left=False)
        left.set_title("owed to Rosneft,\nbillion dollars, end of quarter", fontsize=10)
        for ax, series, title in ((middle, oil, "oil, thousand\nbarrels a day"), (right, income, "GDP a head,\ndollars of 2011")):
            line(ax, list(series.index), list(series), "Venezuela", every=1, label=title.replace("\n", " "))
            ax.set_ylim(0, series.max() * 1.1)
            ax.yaxis.set_major_formatter("{x:,.0f}")
            ax.set_title(title, fontsize=10)
            whole_years(ax, 4)

    said = "; ".join(
        f"{name}: from {row['value then']:,g} ({row['from']}) to {row['value at the end']:,g} ({row['to']}), "
        f"{row['change, %']:+.0f} per cent"
        for name, row in table.iterrows()
    )
    drawn = pd.concat(
        [
            series.rename("value").rename_axis("when").reset_index().astype({"when": str}).assign(measured=name)
            for name, (series, _, _) in rows.items()
        ],
        ignore_index=True,
    )
    after = owed[f"{date.year - 1}Q4"] - owed.iloc[-1]
    return Measure(
        "Debt",
        table,
        f"Bars by quarter on the left, two falling lines on the right; {said}.",
        f"All three panels fall: the means to pay collapsed, and yet by Rosneft's account this one debt shrank, by "
        f"{after:.1f} billion dollars in the "
        "two quarters after the sanctions.",
        draw,
        (9, 3.6),
        drawn,
        {"another estimate": _estimates, "added loans": _added},
    )


def _estimates() -> Measure:
    """GDP a head by two sources, which agree on a collapse and not on its size."""
    both = _income()[["fariss_2011_usd", "fariss_sd", "maddison_2011_usd"]].loc[1999:]
    changes = {source: (both[column][2018] / both[column][2013] - 1) * 100 for source, column in _SOURCES.items()}
    table = pd.DataFrame(
        {
            "2013": [both[c][2013] for c in _SOURCES.values()],
            "2018": [both[c][2018] for c in _SOURCES.values()],
            "change, %": [round(change, 1) for change in changes.values()],
        },
        index=pd.Index(_SOURCES, name="dollars of 2011 a head by"),
    )

    def draw(figure: Figure) -> None:
        ax = figure.subplots()
        for (source, column), colour, marker, dash in zip(
            _SOURCES.items(), ("vermilion", "blue"), ("^", "o"), ("--", "-"), strict=True
        ):
            series = both[column].dropna()
            ax.plot(series.index, series, color=OKABE_ITO[colour], marker=marker, linestyle=dash, markevery=2, label=source)
        mean, sd = both["fariss_2011_usd"], both["fariss_sd"]
        ax.fill_between(
            both.index,
            mean - 2 * sd,
            mean + 2 * sd,
            color=OKABE_ITO["vermilion"],
            alpha=0.15,
            linewidth=0,
            label="Fariss et al., two standard deviations",
        )
        ax.set_ylim(0, None)
        ax.yaxis.set_major_formatter("{x:,.0f}")
        ax.set_ylabel("dollars of 2011 a head")
        ax.set_title("Venezuelan GDP a head, by two estimates")
        whole_years(ax, 9)
        figure.legend(loc="outside lower center", ncols=3)

    said = "; ".join(
        f"{source}: {row['2013']:,.0f} in 2013, {row['2018']:,.0f} in 2018, {row['change, %']:+.0f} per cent"
        for source, row in table.iterrows()
    )
    drawn = pd.concat(
        [both[column].dropna().rename("value").reset_index().assign(source=source) for source, column in _SOURCES.items()],
        ignore_index=True,
    )
    return Measure(
        "Two estimates of GDP a head",
        table,
        f"Two lines that fall after 2013, one with a wide band. {said}.",
        "The lines fall together but stand far apart: the two agree on a collapse and not on the level, and Caracas "
        "published no national accounts from 2015 to 2019.",
        draw,
        (8, 4),
        drawn,
    )


def _added() -> Measure:
    """The rows of russian_loans_venezuela added up, beside the one row that is a running total already."""
    rows = load().series("russian_loans_venezuela")
    running = rows["note"].str.startswith("CUMULATIVE")
    table = rows[["year", "billion_usd", "note"]].rename(columns={"billion_usd": "billion dollars"})
    every, total = rows["billion_usd"].sum(), rows.loc[running, "billion_usd"].sum()
    new = rows[~running & ~rows["note"].str.startswith("RESTRUCTURING")]["billion_usd"].sum()
    sums = pd.Series({"every row added": every, "the running total alone": total, "new money alone": new}).round(2)

    def draw(figure: Figure) -> None:
        ax = figure.subplots()
        ax.bar_label(bars(ax, range(len(sums)), sums, KINDS[1], width=0.6, flat=True), fmt="{:.1f}", padding=3)
        names(ax, list(sums.index))
        ax.set_xlabel("billion dollars")
        ax.set_title(f"Three sums of the same {len(rows)} rows")

    return Measure(
        "Loans that must not be added",
        table,
        "Horizontal bars: " + "; ".join(f"{name}, {value:.1f} billion dollars" for name, value in sums.items()) + ".",
        "The longest bar counts the same money twice: one row is a running total, another a debt rewritten and not lent anew.",
        draw,
        (8, 2.6),
        sums.rename("value").rename_axis("sum").reset_index(),
    )


_SOURCES = {"Fariss et al. 2022": "fariss_2011_usd", "Maddison Project 2020": "maddison_2011_usd"}


def _owed() -> pd.Series:
    return load().series("pdvsa_debt_to_rosneft").set_index("quarter")["billion_usd"]


def _oil() -> pd.Series:
    return (
        load().series("oil_production").query("iso3 == 'VEN' and 2010 <= year <= 2019").set_index("year")["thousand_barrels_a_day"]
    )


def _income() -> pd.DataFrame:
    return load().series("gdp_per_capita").query("iso3 == 'VEN'").set_index("year")
