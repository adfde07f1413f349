"""Did the hopes of 2019 come true? Electoral democracy by experts' judgement, to 2025."""

from __future__ import annotations

from typing import TYPE_CHECKING


from analogies.facts.load import load
from analogies.facts.model import unknown

from .drawing import LINE_LOOKS, end_labels, line, moment, whole_years
from .measured import Measure

if TYPE_CHECKING:
    from matplotlib.figure import Figure

YEARS = (1985, 1998, 2013, 2019, 2024, 2025)


def democracy(*countries: str) -> Measure:
    """Electoral democracy, 0 to 1, by year (series vdem_polyarchy, V-Dem 16, 1970-2025).

    Lake ¶10 and Frolov ¶18 and ¶19 hoped for, or thought possible, a transition in Venezuela. Countries: Nicaragua, Syria,
    Venezuela (the default) and Yugoslavia, else UnknownName. The experts' bands of uncertainty are not in the kit.
    """
    rows = load().series("vdem_polyarchy")
    known = sorted(set(rows["country"]))
    for country in countries:
        if country not in known:
            raise unknown("country in V-Dem's index", country, known)
    wide = rows.pivot(index="year", columns="country", values="electoral_democracy")[
        list(dict.fromkeys(countries or ("Nicaragua", "Syria", "Venezuela")))
    ]
    table = wide.loc[list(YEARS)].T.rename_axis(index="country", columns=None)

    def draw(figure: Figure) -> None:
        ax = figure.subplots()
        for country in wide:
            line(ax, wide.index, wide[country], country if country in LINE_LOOKS else "Russia", label=country)
        end_labels(ax, {country: (wide.index[-1], wide[country].iloc[-1]) for country in wide}, gap=0.055)
        moment(ax, 2019, "the two\narticles", y=0.98)
        ax.set_ylim(0, 1)
        ax.set_xlim(wide.index[0], wide.index[-1] + 9)
        ax.set_ylabel("index, 0 to 1")
        ax.set_title("Electoral democracy (V-Dem)")
        whole_years(ax, 9)

    said = "; ".join(
        f"{country}: " + ", ".join(f"{row[year]:.3f} in {year}" for year in (2019, 2024, 2025)) for country, row in table.iterrows()
    )
    return Measure(
        "Democracy",
        table,
        f"One line for each country from {wide.index[0]} to {wide.index[-1]}, between 0 and 1. {said}.",
        "A line that rises after the dashed one would be the transition that was hoped for; the numbers are experts' "
        "judgements put together by a model.",
        draw,
        (8, 4),
        wide.rename_axis(columns="country").stack().rename("value").reset_index(),
    )
