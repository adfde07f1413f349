"""Was an American attack likely? Base rates by several reference classes, and what no base rate can tell."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pandas as pd

from analogies.facts.dates import in_words
from analogies.facts.load import load
from analogies.figures import OKABE_ITO

from .drawing import KINDS, bars, moment, names, whole_years
from .measured import Measure

if TYPE_CHECKING:
    from matplotlib.figure import Figure

RAID = "aftermath-2026-maduro-seized"
FAILED = "monroe-1961-bay-of-pigs"
LIST = (1898, 1994)  # the years that Coatsworth's list covers
DISPUTES_END = 2014


def attacks() -> Measure:
    """How often, by several reference classes: changes of government that Washington brought about (series
    us_interventions_coatsworth, 1898-1994) and new militarized disputes (us_latin_america_mid_onsets, mids, to 2014).

    Frolov ¶8, ¶11 and ¶12. The chance of at least one in a year is 1 - exp(-rate), as if they came at random and at one
    pace; where there was none the rule of three gives the most that 95 per cent confidence allows. Pitfalls: the reference class (with
    the rule of three), a list of successes, what the rate cannot tell.
    """
    table = _rates()

    def draw(figure: Figure) -> None:
        ax = figure.subplots()
        ax.bar_label(bars(ax, range(len(table)), table["a year"], KINDS[1], width=0.55, flat=True), fmt="{:.2f}", padding=3)
        names(ax, list(table.index))
        ax.set_xlim(0, table["a year"].max() * 1.15)
        ax.set_xlabel("cases a year")
        ax.set_title("How often did it happen? It depends on what “it” is")

    said = "; ".join(
        f"{name}: {row['cases']} in {row['years']:.0f} years, {row['a year']:.2f} a year" for name, row in table.iterrows()
    )
    return Measure(
        "Attacks",
        table,
        f"Horizontal bars, one for each class of cases. {said}.",
        "Each bar answers another question, so the first thing to choose, and to defend, is the class to which the case belongs.",
        draw,
        (8, 3.6),
        table["a year"].rename("value").reset_index(),
        {"reference class": _classes, "successes only": _successes, "what it cannot tell": _decades},
    )


def rule_of_three(trials: int) -> tuple[float, float]:
    """The upper 95 per cent bound on a chance that showed itself in none of `trials`: 3 / trials, and exactly 1 - 0.05 ** (1 / trials).

    Hanley and Lippman-Hand, JAMA 249 (1983). Below 30 trials the rule is visibly above the exact bound. Raises ValueError
    for fewer than one trial.
    """
    if not isinstance(trials, int) or trials < 1:
        raise ValueError(f"rule_of_three() expected a number of trials, 1 or more; found {trials!r}.")
    return min(1.0, 3 / trials), 1 - 0.05 ** (1 / trials)


def _rates() -> pd.DataFrame:
    listed, onsets = (
        load().series("us_interventions_coatsworth"),
        load().series("us_latin_america_mid_onsets").set_index("year")["new_disputes"],
    )
    disputes = load().series("mids").query("iso3 == 'VEN'")
    direct = listed[listed["mode"] == "direct"]
    first, last = LIST
    spans = {
        "governments changed, by all means": (len(listed), first, last),
        "governments changed, directly": (len(direct), first, last),
        "the same, in South America": (int((direct["south_america"] == "yes").sum()), first, last),
        "new disputes in the region, 1960–89": (onsets.loc[1960:1989].sum(), 1960, 1989),
        f"new disputes in the region, 1990–{DISPUTES_END}": (onsets.loc[1990:DISPUTES_END].sum(), 1990, DISPUTES_END),
        f"new disputes with Venezuela, 1990–{DISPUTES_END}": (
            disputes[disputes["year"].between(1990, DISPUTES_END)]["dispnum"].nunique(),
            1990,
            DISPUTES_END,
        ),
    }
    table = pd.DataFrame(
        [(name, int(cases), b - a + 1, cases / (b - a + 1)) for name, (cases, a, b) in spans.items()],
        columns=["class", "cases", "years", "a year"],
    ).set_index("class")
    table["months between"] = [round(12 * row["years"] / row["cases"]) if row["cases"] else None for _, row in table.iterrows()]
    table["months between"] = table["months between"].astype("Int64")
    table["chance in a year, %"] = [round((1 - math.exp(-rate)) * 100) if rate else None for rate in table["a year"]]
    table["at most in a year, %"] = [
        round(rule_of_three(int(row["years"]))[0] * 100, 1) if not row["cases"] else None for _, row in table.iterrows()
    ]
    table["chance in a year, %"] = table["chance in a year, %"].astype("Int64")
    table["a year"] = table["a year"].round(4)
    return table


def _classes() -> Measure:
    """Which part of the interventions was in South America: none of the direct ones, and what "none" allows."""
    listed, rows = load().series("us_interventions_coatsworth"), {}
    for name, some in (
        ("all", listed),
        ("indirect", listed[listed["mode"] == "indirect"]),
        ("direct", listed[listed["mode"] == "direct"]),
    ):
        south = int((some["south_america"] == "yes").sum())
        rule, exact = rule_of_three(len(some)) if not south else (None, None)
        rows[name] = {
            "interventions": len(some),
            "in South America": south,
            "%": round(south / len(some) * 100, 1),
            "at most, rule of three, %": round(rule * 100, 1) if rule else None,
            "at most, exact, %": round(exact * 100, 1) if exact else None,
        }
    table = pd.DataFrame.from_dict(rows, orient="index").rename_axis("interventions listed")
    none = table["at most, exact, %"].dropna()

    def draw(figure: Figure) -> None:
        ax = figure.subplots()
        ax.bar_label(
            bars(ax, range(len(table)), table["%"], KINDS[1], width=0.55, flat=True, label="seen"), fmt="{:.0f} %", padding=3
        )
        at = [list(table.index).index(name) for name in none.index]
        ax.plot(
            none,
            at,
            linestyle="none",
            marker="D",
            color=OKABE_ITO["vermilion"],
            markersize=8,
            label="95 % upper bound where none was seen",
        )
        names(ax, [f"{name} ({row['interventions']:.0f})" for name, row in table.iterrows()])
        ax.set_xlim(0, table["%"].max() * 1.3)
        ax.set_xlabel("% in South America")
        ax.set_title("Successful changes of government: how many in South America?")
        figure.legend(loc="outside lower center", ncols=2)

    said = "; ".join(f"{name}: {row['in South America']:.0f} of {row['interventions']:.0f}" for name, row in table.iterrows())
    bound = table.loc["direct"]
    drawn = pd.concat(
        [
            table["%"].rename("value").reset_index().assign(measured="seen"),
            none.rename("value").reset_index().assign(measured="at most"),
        ]
    )
    return Measure(
        "The reference class",
        table,
        f"Horizontal bars of the share in South America: {said}. A diamond stands at {bound['at most, exact, %']:.0f} per "
        "cent for the direct ones.",
        f"Not one in {bound['interventions']:.0f} does not mean never: a chance of {bound['at most, exact, %']:.0f} per cent "
        "a time still gives none in "
        f"{bound['interventions']:.0f} one time in twenty (the rule of three rounds it up to "
        f"{bound['at most, rule of three, %']:.0f}).",
        draw,
        (8, 3.2),
        drawn,
    )


def _successes() -> Measure:
    """Disputes between the United States and Cuba, and whether a listed change of government overlaps their years: the list
    has successes only."""
    invasion = load().cases["monroe"].event(FAILED).date
    listed = load().series("us_interventions_coatsworth").query("country == 'Cuba'")
    disputes = load().series("mids").query("iso3 == 'CUB' and year <= 1994")
    covered = {year for _, row in listed.iterrows() for year in range(row["year"], row["end_year"] + 1)}
    table = (
        disputes.groupby("dispnum")
        .agg(first=("year", "min"), last=("year", "max"), hostility=("hostility", "max"))
        .reset_index(drop=True)
    )
    table["in the list of changes"] = [
        "yes" if covered & set(range(row["first"], row["last"] + 1)) else "no" for _, row in table.iterrows()
    ]
    counts = table["in the list of changes"].value_counts().reindex(["yes", "no"], fill_value=0)

    def draw(figure: Figure) -> None:
        ax = figure.subplots()
        for answer, (colour, _), marker in (("yes", KINDS[1], "s"), ("no", KINDS[0], "x")):
            some = table[table["in the list of changes"] == answer]
            ax.plot(
                some["first"],
                some["hostility"],
                linestyle="none",
                marker=marker,
                markersize=9,
                markeredgewidth=2,
                color=OKABE_ITO[colour],
                label=f"{'in' if answer == 'yes' else 'not in'} the list of changes of government",
            )
        ax.annotate(
            f"{invasion.a0.year}:\nBay of Pigs",
            (invasion.a0.year, 4),
            xytext=(0, -10),
            textcoords="offset points",
            ha="center",
            va="top",
            fontsize=8,
        )
        ax.set_yticks(range(1, 6), ["1 none", "2 threat", "3 display of force", "4 use of force", "5 war"])
        ax.set_ylim(0.5, 5.3)
        ax.set_title("Disputes between the United States and Cuba to 1994, by first year")
        whole_years(ax, 9)
        figure.legend(loc="outside lower center", ncols=2)

    return Measure(
        "A list of successes",
        table,
        f"Marks by year. Of {len(table)} disputes with Cuba from {table['first'].min()} to {table['last'].max()} the list of "
        f"successful changes has {counts['yes']} and lacks {counts['no']}, among them that of 1960 to 1961.",
        "Crosses are disputes in years without a listed change of government, the Bay of Pigs among them: a list of "
        "successes cannot say how often it was tried and failed.",
        draw,
        (8, 3.6),
        table.rename(columns={"hostility": "value"}),
    )


def _decades() -> Measure:
    """The listed interventions by decade of their first year, with the end of the list and the raid on Caracas."""
    listed = load().series("us_interventions_coatsworth")
    decades = listed.assign(decade=listed["year"] // 10 * 10).pivot_table(
        index="decade", columns="mode", values="year", aggfunc="count", fill_value=0
    )
    table = decades.reindex(range(1890, 2030, 10), fill_value=0)[["direct", "indirect"]]
    table["covered by the list"] = [
        "partly" if decade in (1890, 1990) else "yes" if decade < 1990 else "no" for decade in table.index
    ]
    raid = load().cases["aftermath"].event(RAID)
    when = in_words(raid.date)

    def draw(figure: Figure) -> None:
        ax = figure.subplots()
        at = [decade + 5 for decade in table.index]
        bars(ax, at, table["direct"], KINDS[0], label="direct: own soldiers, agents, hired men", width=7)
        bars(ax, at, table["indirect"], KINDS[1], label="indirect", width=7, bottom=list(table["direct"]))
        moment(ax, LIST[1] + 1, "the list ends", y=10.8)
        moment(ax, raid.date.a0.year, f"{when}:\nnot in any list", y=10.8)
        ax.set_ylim(0, 11)
        ax.set_xlim(1888, 2034)
        ax.set_ylabel("begun in the decade")
        ax.set_title("Successful changes of government in Latin America, by decade")
        figure.legend(loc="outside lower center", ncols=2)

    counted = table[table["covered by the list"] != "no"]
    said = "; ".join(f"{decade}s: {row['direct']} direct, {row['indirect']} indirect" for decade, row in counted.iterrows())
    return Measure(
        "What a base rate cannot tell",
        table,
        f"Stacked bars by decade. {said}. After {LIST[1]} there is no list; a dashed line marks {when}: {raid.title}.",
        "A low rate is not zero, and an empty stretch after the end of a list is not a record of peace: the dashed line on "
        "the right is the case that came.",
        draw,
        (8, 3.8),
        table.melt(value_vars=["direct", "indirect"], var_name="mode", value_name="value", ignore_index=False).reset_index(),
    )
