"""Weapons from Moscow: by the year of delivery, by the year of the order, and why the scale is not money."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from analogies.facts.load import load
from analogies.facts.model import unknown
from analogies.figures import HATCHES, OKABE_ITO

from .drawing import BAR_LOOKS, bars, whole_years
from .measured import Measure

if TYPE_CHECKING:
    from matplotlib.figure import Figure

PERIODS = (
    ("Nicaragua", "Soviet Union", 1981, 1990), ("Venezuela", "Russia", 2006, 2014), ("Venezuela", "Russia", 2015, 2021),
    ("Syria", "Russia", 2010, 2014), ("Syria", "Russia", 2015, 2019),
)  # fmt: skip
PANELS = (("Nicaragua", "Soviet Union", 1979, 1991), ("Venezuela", "Russia", 2003, 2021), ("Syria", "Russia", 2003, 2021))
# The years in which the register by order can be set beside the deliveries.
ORDERS = {"Venezuela": (2005, 2014), "Syria": (2005, 2018), "Nicaragua": (1980, 1990)}


def arms() -> Measure:
    """Large weapons delivered by Moscow, million SIPRI TIV a year (series sipri_tiv_deliveries; an absent year is 0).

    Frolov ¶10, Lake ¶9 and ¶10. Pitfalls: the year of the order (`orders`), and dollars, which TIV is not.
    """
    values = [_yearly(*period) for period in PERIODS]
    table = pd.DataFrame(
        {
            "from": [supplier for _, supplier, _, _ in PERIODS],
            "to": [recipient for recipient, *_ in PERIODS],
            "years": [f"{first}–{last}" for *_, first, last in PERIODS],
            "sum": [v.sum() for v in values],
            "mean a year": [round(v.mean(), 1) for v in values],
            "years with none": [int((v == 0).sum()) for v in values],
        }
    )
    marks = {"Venezuela": (2019, "two aircraft"), "Syria": (2015, "Russian air force")}

    def draw(figure: Figure) -> None:
        axes = figure.subplots(1, 3, sharey=True, width_ratios=[last - first for *_, first, last in PANELS])
        for ax, (recipient, supplier, first, last), colour, hatch in zip(
            axes, PANELS, ("bluish green", "orange", "sky blue"), ("", HATCHES[1], HATCHES[2]), strict=True
        ):
            series = _yearly(recipient, supplier, first, last)
            ax.bar(series.index, series, color=OKABE_ITO[colour], hatch=hatch, edgecolor="black", linewidth=0.6)
            ax.set_title(f"{supplier}\nto {recipient}", fontsize=10)
            ax.set_xlim(first - 1, last + 1)
            ax.xaxis.get_major_locator().set_params(integer=True, nbins=4)
            if recipient in marks:
                year, words = marks[recipient]
                ax.axvline(year, color="black", linestyle="--", linewidth=1)
                ax.annotate(
                    f"{year}:\n{words}", (year, 900), ha="right", va="top", xytext=(-4, 0), textcoords="offset points", fontsize=8
                )
        axes[0].set_ylabel("million TIV a year")
        axes[0].set_ylim(0, 920)

    said = "; ".join(f"{r['from']} to {r['to']}, {r['years']}: {r['sum']:,.0f} million" for _, r in table.iterrows())
    drawn = pd.concat(
        [
            _yearly(*panel).rename("value").rename_axis("year").reset_index().assign(recipient=panel[0], supplier=panel[1])
            for panel in PANELS
        ],
        ignore_index=True,
    )
    return Measure(
        "Arms",
        table,
        f"Bars by year in three panels, on one scale. Sums: {said}.",
        "Each bar is one year on SIPRI's scale, which counts what weapons can do; no bar means nothing large that SIPRI knew of.",
        draw,
        (8.5, 3.8),
        drawn[["recipient", "supplier", "year", "value"]],
        {"order year": orders, "not dollars": _dollars},
    )


def orders(recipient: str = "Venezuela") -> Measure:
    """The same weapons by the year of delivery and by the year of the order, million TIV (series sipri_tiv_by_order_year).

    `recipient`: Venezuela, Syria or Nicaragua, else UnknownName. The two registers were downloaded in different years,
    so that their sums differ a little.
    """
    if recipient not in ORDERS:
        raise unknown("recipient in the register of orders", recipient, list(ORDERS))
    first, last = ORDERS[recipient]
    supplier = "Soviet Union" if last < 1992 else "Russia"
    ordered = load().series("sipri_tiv_by_order_year").query("recipient == @recipient").set_index("order_year")["tiv_million"]
    table = pd.DataFrame(
        {
            "delivered": _yearly(recipient, supplier, first, last),
            "ordered": ordered.reindex(range(first, last + 1), fill_value=0).round(1),
        }
    ).rename_axis("year")

    def draw(figure: Figure) -> None:
        ax = figure.subplots()
        bars(ax, table.index - 0.21, table["delivered"], BAR_LOOKS[recipient], width=0.42, label="by the year of delivery")
        bars(ax, table.index + 0.21, table["ordered"], ("yellow", "xxx"), width=0.42, label="by the year of the order")
        ax.set_ylabel("million TIV")
        ax.set_title(f"{recipient}: one register, two ways to date it")
        ax.yaxis.set_major_formatter("{x:,.0f}")
        whole_years(ax, 10)
        figure.legend(loc="outside lower center", ncols=2)

    most = {column: table[column].idxmax() for column in table}
    said = "; ".join(f"{year}: {row['delivered']:,.0f} delivered, {row['ordered']:,.1f} ordered" for year, row in table.iterrows())
    return Measure(
        f"Arms for {recipient}, by order and by delivery",
        table,
        f"Two bars a year, million TIV. {said}.",
        f"Both sets of bars are the same deals: by order {most['ordered']} was the great year, by delivery {most['delivered']}.",
        draw,
        (8, 4),
        table.rename_axis(columns="dated by").stack().rename("value").reset_index(),
    )


def _dollars() -> Measure:
    """Nicaragua 1984-89: TIV, and the dollars that American officials put on arms from the Soviet bloc (aid_nicaragua)."""
    said_by = load().series("aid_nicaragua").query("series == 'Soviet-bloc arms, dollars'")
    dollars = said_by.assign(year=said_by["date"].astype(int)).set_index("year")
    years = range(1984, 1990)
    table = pd.DataFrame(
        {
            "million TIV": _yearly("Nicaragua", "Soviet Union", years[0], years[-1]),
            "lowest, million dollars": dollars["low"].reindex(years),
            "highest, million dollars": dollars[["value", "high"]].max(axis=1).reindex(years),
        }
    ).rename_axis("year")
    given = table.dropna()

    def draw(figure: Figure) -> None:
        left, right = figure.subplots(1, 2, sharex=True)
        bars(left, list(years), table["million TIV"], BAR_LOOKS["Nicaragua"], width=0.7)
        left.set_title("SIPRI: million TIV", fontsize=10)
        right.vlines(given.index, given.iloc[:, 1], given.iloc[:, 2], color="black", linewidth=2)
        for column, marker, label in ((1, "^", "lowest figure"), (2, "v", "highest figure")):
            right.plot(
                given.index,
                given.iloc[:, column],
                linestyle="none",
                marker=marker,
                markersize=7,
                color=OKABE_ITO["vermilion"],
                label=label,
            )
        right.set_ylim(0, 650)
        right.set_title("US officials: million current dollars", fontsize=10)
        right.legend(loc="lower left")
        whole_years(right, 7)

    said = "; ".join(
        f"{year}: {row.iloc[0]:,.0f} million TIV, {_range(row.iloc[1], row.iloc[2])}" for year, row in table.iterrows()
    )
    drawn = pd.concat(
        [table[[column]].dropna().rename(columns={column: "value"}).assign(measured=column) for column in table]
    ).reset_index()
    return Measure(
        "TIV and dollars, Nicaragua",
        table,
        f"Bars of TIV on the left, ranges of dollars on the right. {said}.",
        "No rule turns the left panel into the right: TIV rates major weapons by what they can do, the dollars were American "
        "valuations of all arms from the bloc, made public in a quarrel over aid.",
        draw,
        (8, 3.6),
        drawn,
    )


def _range(low: float, high: float) -> str:
    if pd.isna(low):
        return "no sum in dollars in the data"
    return f"{low:,.0f} to {high:,.0f} million dollars"


def _yearly(recipient: str, supplier: str, first: int, last: int) -> pd.Series:
    """Million TIV delivered in each year from first to last; 0 where nothing is recorded."""
    delivered = load().series("sipri_tiv_deliveries").set_index(["recipient", "supplier", "year"])["tiv_million"].sort_index()
    return delivered.get((recipient, supplier), pd.Series(dtype=float)).reindex(range(first, last + 1), fill_value=0)
