"""The argument of an article as a map: premises, analogies drawn, refused and reported, conclusions, and what leads to what."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

import pandas as pd

from analogies.facts.load import load
from analogies.facts.model import ARTICLES, unknown
from analogies.figures import OKABE_ITO

from .measure.measured import Measure

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# Each role has a fill, an edge and its name in the box: colour is never alone.
_LOOKS = {
    "premise": ("white", "-", 1.0), "unstated premise": ("white", ":", 1.6), "analogy drawn": ("bluish green", "-", 2.4),
    "analogy refused": ("orange", "--", 2.4), "analogy reported": ("sky blue", "-.", 1.8), "step": ("#EEEEEE", "-", 1.2),
    "conclusion": ("yellow", "-", 3.0),
}  # fmt: skip
_WIDE, _HIGH, _LETTERS = 0.9, 0.66, 25  # of a box: its shares of its place, and the letters in a line of it


def of(article: str) -> Measure:
    """The map of an article's argument in our reading ("frolov" or "lake"): `figure()`, and `table`, the same as a text.

    The table has one row a part, in the order of the argument: its role, the words, paragraphs, claims, the numbers of the
    parts that it leads to, and what to look at. Raises UnknownName.
    """
    if article not in ARTICLES:
        raise unknown("article", article, list(ARTICLES))
    parts = {row["id"]: row for row in load().argument_rows if row["article"] == article}
    number = {id: n for n, id in enumerate(parts, 1)}
    table = pd.DataFrame([
        {"part": number[id], "role": part["role"], "in our words": part["words"], "where": _where(part),
         "claims": ", ".join(part["claims"]), "leads to": ", ".join(str(number[to]) for to in part["leads_to"]), "look at": part["note"]}
        for id, part in parts.items()]).set_index("part")  # fmt: skip
    rows = layers(parts)
    said = " ".join(f"{number[id]}, {part['role']}: {part['words']}" + (f", leads to {table.loc[number[id], 'leads to']}." if part["leads_to"] else ".")
                    for id, part in parts.items())  # fmt: skip
    return Measure(
        f"The argument of {article.capitalize()}", table,
        f"Boxes joined by arrows that run down to the conclusion. {said}",
        "Read upwards from the last box and ask of each arrow: does what stands above it carry what stands below?",
        lambda figure: _draw(figure, parts, rows, number), size=(2 * max(map(len, rows)), 1.5 * len(rows)),
    )  # fmt: skip


def layers(parts: dict[str, dict]) -> list[list[str]]:
    """Ids of the parts in rows from the top: each part stands above all that it leads to, the last conclusion alone below.

    A row is in the order of what its parts lead to, so that arrows do not cross where each part leads to one.
    """
    height: dict[str, int] = {}
    for id in reversed(parts):  # a part leads to later ones only
        height[id] = 1 + max((height[to] for to in parts[id]["leads_to"]), default=-1)
    rows: list[list[str]] = []
    for level in range(max(height.values()) + 1):
        below = {id: place for place, id in enumerate(rows[0])} if rows else {}
        inside = [id for id in parts if height[id] == level]
        rows.insert(0, sorted(inside, key=lambda id: min((below.get(to, len(below)) for to in parts[id]["leads_to"]), default=0)))
    return rows


def _where(part: dict) -> str:
    """The paragraphs of a part: "¶7", "¶0 and ¶9", "¶1 to ¶6"."""
    first, last = part["paragraphs"][0], part["paragraphs"][-1]
    if first == last:
        return f"¶{first}"
    return f"¶{first} {'and' if len(part['paragraphs']) == 2 else 'to'} ¶{last}"


def _draw(figure: Figure, parts: dict[str, dict], rows: list[list[str]], number: dict[str, int]) -> None:
    ax = figure.subplots()
    places = max(len(row) for row in rows)
    at = {id: ((k + 0.5) * places / len(row), -float(r)) for r, row in enumerate(rows) for k, id in enumerate(row)}
    for id, part in parts.items():
        for to in part["leads_to"]:
            aside = max(-0.3, min(0.3, 0.12 * (at[id][0] - at[to][0])))  # so that not all heads meet in one point
            ax.annotate("", (at[to][0] + aside, at[to][1] + _HIGH / 2), (at[id][0], at[id][1] - _HIGH / 2), zorder=1,
                        arrowprops={"arrowstyle": "-|>", "color": "black", "linewidth": 1.1, "shrinkA": 0, "shrinkB": 0})  # fmt: skip
        _box(ax, *at[id], part, number[id])
    ax.set_xlim(0, places)
    ax.set_ylim(-len(rows) + 0.6, 0.4)
    ax.axis("off")


def _box(ax: Axes, x: float, y: float, part: dict, number: int) -> None:
    from matplotlib.patches import FancyBboxPatch

    fill, dash, width = _LOOKS[part["role"]]
    pad = 0.03
    ax.add_patch(FancyBboxPatch((x - _WIDE / 2 + pad, y - _HIGH / 2 + pad), _WIDE - 2 * pad, _HIGH - 2 * pad, boxstyle=f"round,pad={pad}",
                                facecolor=OKABE_ITO.get(fill, fill), edgecolor="black", linestyle=dash, linewidth=width, zorder=2))  # fmt: skip
    ax.text(x, y + _HIGH / 2 - 0.04, f"{number}  {part['role'].upper()}", ha="center", va="top", fontsize=7, fontweight="bold", zorder=3)
    ax.text(x, y, "\n".join(textwrap.wrap(part["words"], _LETTERS)), ha="center", va="center", fontsize=8, zorder=3, linespacing=1.1)
    ax.text(x, y - _HIGH / 2 + 0.04, _where(part), ha="center", va="bottom", fontsize=7, zorder=3)
