"""On whose word does an article make its claims?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from analogies.facts.load import load
from analogies.figures import OKABE_ITO

from .agreement import upper
from .measure.measured import Measure

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def voices() -> Measure:
    """On whose word? The claims of each article by the column `speaker` of the claims table, in five groups of ours."""
    groups = {
        "the author": r"author( \(or editor\))?",
        "the author, on Moscow's mind": r"author \(on .*",
        "a named official": r"quoted .*|author \(reporting .*",
        "an official without a name": r"unnamed .*",
        "a report": r"author \(citing .*",
    }
    claims = load().claims
    table = pd.DataFrame({
        name: [int(claims.loc[claims["article"] == article, "speaker"].str.fullmatch(pattern).sum()) for pattern in groups.values()]
        for article, name in (("frolov", "Frolov"), ("lake", "Lake"))}, index=pd.Index(groups, name="on whose word"))  # fmt: skip

    def draw(figure: Figure) -> None:
        ax = figure.subplots()
        for shift, name, colour, hatch in ((-0.2, "Frolov", "sky blue", ""), (0.2, "Lake", "orange", "///")):
            ax.bar_label(ax.barh([y + shift for y in range(len(table))], table[name], 0.36, color=OKABE_ITO[colour], hatch=hatch,
                                 edgecolor="black", linewidth=0.6, label=name), padding=3)  # fmt: skip
        ax.set_yticks(range(len(table)), table.index)
        ax.invert_yaxis()
        ax.set_xlim(0, table.to_numpy().max() * 1.12)
        ax.grid(False, axis="y")
        ax.set_xlabel("claims")
        ax.set_title("On whose word?")
        figure.legend(loc="outside lower center", ncols=2)

    said = "; ".join(f"{group}: {row['Frolov']} in Frolov, {row['Lake']} in Lake" for group, row in table.iterrows())
    return Measure("On whose word", table, f"Horizontal bars, two for each group of speakers. {upper(said)}.",
                   "The length of a bar counts claims; the longest pair has no source but the author.", draw,
                   data=table.rename_axis(columns="article").stack().rename("value").reset_index())  # fmt: skip
