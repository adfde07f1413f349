"""How many Russians? Counts of forces, with those present on a day kept apart from all who passed through."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analogies.facts.dates import in_words, parse
from analogies.facts.load import load
from analogies.figures import OKABE_ITO

from .measured import Measure

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_KINDS = {"stock": "present on a day (stock)", "arrival": "arrived on a day", "flow": "served over years (flow)"}


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
            bars = ax.barh(
                some.index,
                some["number"],
                0.6,
                color=OKABE_ITO[colour] if colour else "white",
                hatch=hatch,
                edgecolor="black",
                linewidth=0.8,
                label=_KINDS[kind],
            )
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
    return Measure(
        "Presence",
        table,
        f"Horizontal bars, one for each count of people. {said}.",
        "Plain bars count those present on a day, dotted bars those who arrived; the striped bar counts everybody who served in three years.",
        draw,
        data=people.rename(columns={"number": "value"}),
    )
