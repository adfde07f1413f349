"""What did Congress allow the Contras? The sums by the year of the decision, and whether they could pay for weapons."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pandas as pd

from analogies.facts.load import load

from .drawing import KINDS, bars, names
from .measured import Measure

if TYPE_CHECKING:
    from matplotlib.figure import Figure

WEAPONS = ("yes", "in part", "no")


def contra_aid() -> Measure:
    """American money for the Contras by decision, million current dollars, and whether its terms let it buy weapons.

    Frolov ¶10; series aid_nicaragua, rows "contra aid voted". Votes are not spending, and money from others is not in it.
    """
    rows = load().series("aid_nicaragua").query("series == 'contra aid voted'")
    table = pd.DataFrame({
        "decided": [_decided(row) for row in rows.itertuples()], "million dollars": rows["value"].to_list(),
        "for weapons": [_weapons(row) for row in rows.itertuples()], "terms, and who says so": rows["note"].to_list(),
    })  # fmt: skip

    def draw(figure: Figure) -> None:
        ax = figure.subplots()
        for kind, look in zip(WEAPONS, (KINDS[0], KINDS[2], KINDS[1]), strict=True):
            some = table[table["for weapons"] == kind]
            shown = bars(ax, some.index.to_list(), some["million dollars"], look, label=f"weapons: {kind}", width=0.65, flat=True)
            ax.bar_label(shown, labels=[f"{value:g}" if value else "none" for value in some["million dollars"]], padding=3)
        names(ax, table["decided"].to_list())
        ax.set_xlim(0, table["million dollars"].max() * 1.12)
        ax.set_xlabel("million US dollars of the day")
        ax.set_title("Allowed to the Contras, by decision")
        figure.legend(loc="outside lower center", ncols=3)

    said = "; ".join(f"{row.iloc[0]}: {row.iloc[1]:g} million, for weapons: {row.iloc[2]}" if row.iloc[1] else f"{row.iloc[0]}: none"
                     for _, row in table.iterrows())  # fmt: skip
    return Measure("Contra aid", table, f"Horizontal bars, one for each decision. {said}.",
                   "Read the hatch before the length: three neighbouring bars can be three different laws.",
                   draw, (8, 4.2), table.rename(columns={"million dollars": "value"}))  # fmt: skip


def _decided(row: tuple) -> str:
    """The year; the month with it where the note has the day of the vote, because two votes fell in one year."""
    voted = re.search(r"voted \d+ (\w{3})\w* \d{4}", row.note)
    return f"{voted[1]} {row.date}" if voted else row.date


def _weapons(row: tuple) -> str:
    if not row.value or "non-lethal" in row.note:
        return "no"
    return "in part" if re.search(r"\d+ military", row.note) else "yes"
