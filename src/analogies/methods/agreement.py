"""Cohen's kappa: how far two people agree who sort the same things, after the agreement that chance alone would give."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from analogies.figures import OKABE_ITO

from .measure.measured import Measure

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def kappa(first: Sequence[Any], second: Sequence[Any]) -> float:
    """Cohen's kappa of two columns of labels for the same things: (observed - chance) / (1 - chance).

    1 is full agreement, 0 what chance would give, below 0 less than chance. NaN where it is not defined: both columns hold
    one and the same label throughout. Raises ValueError for columns that are empty or of unequal length. Cohen 1960.
    """
    observed, expected = shares(list(first), list(second))
    return math.nan if expected == 1 else (observed - expected) / (1 - expected)


def shares(first: list, second: list) -> tuple[float, float]:
    """Share of equal labels, and the share that chance would give two people who use their labels as often as these do."""
    n = len(first)
    if not n or n != len(second):
        raise ValueError(f"kappa compares two columns of one length, at least 1; found {n} and {len(second)} labels.")
    one, other = Counter(first), Counter(second)
    both = sum(a == b for a, b in zip(first, second, strict=True))
    return both / n, sum(count * other[label] for label, count in one.items()) / n**2


@dataclass(frozen=True, eq=False, repr=False)
class Agreement(Measure):
    """How far two codings agree in the main kind: a Measure whose `table` counts the first coder's kinds (rows) against
    the second's (columns), with `n`, the shares `observed` and `expected` by chance, `kappa`, `differing` (one row a claim
    on which they differ), `moved` (the lowest and highest kappa if one claim were coded otherwise) and `sentence`."""

    n: int = 0
    observed: float = math.nan
    expected: float = math.nan
    kappa: float = math.nan
    moved: tuple[float, float] = (math.nan, math.nan)
    differing: pd.DataFrame = None  # type: ignore[assignment]
    sentence: str = ""

    def __repr__(self) -> str:
        return f"<{self.title}: {self.sentence}>"


def if_one_changed(first: list, second: list, labels: Iterable) -> tuple[float, float]:
    """The lowest and the highest kappa with at most one of the second column's labels put otherwise; NaN twice where undefined."""
    if math.isnan(kappa(first, second)):
        return math.nan, math.nan
    tried = [kappa(first, [*second[:i], label, *second[i + 1 :]]) for i in range(len(second)) for label in labels if label != second[i]]
    defined = [value for value in (kappa(first, second), *tried) if not math.isnan(value)]
    return min(defined), max(defined)


def sentence(a: list[str], b: list[str], names: list[str], observed: float, expected: float, value: float, moved: tuple[float, float]) -> str:
    """What two codings (a kind a claim) of these names agree on, in words: observed share, chance, kappa, and its range in `moved`."""
    n, alike = len(a), round(observed * len(a))
    begin = f"{upper(names[0])} and {names[1]} gave {alike} of {n} claims the same main kind, a share of {observed:.2f}. "
    if math.isnan(value):
        return begin + (f"Both used one kind throughout, {a[0]}: chance alone would give full agreement, so kappa would be 0 divided by 0. "
                        "It is not defined. Give the share, and code claims of more than one kind.")  # fmt: skip
    end = (f"Chance would give {expected:.2f}. Kappa is {value:.2f}; with one claim coded otherwise it would be anything "
           f"from {moved[0]:.2f} to {moved[1]:.2f}.")  # fmt: skip
    single = [name for name, used in zip(names, (a, b), strict=True) if len(set(used)) == 1]
    return begin + end + (f" {upper(single[0])} used one kind throughout: kappa is then 0 whatever the share." if single else "")


def upper(words: str) -> str:
    """The words with a capital letter in front and no other change."""
    return words[:1].upper() + words[1:]


def draw(figure: Figure, table: pd.DataFrame, title: str) -> None:
    """The table of two codings (kind by kind, counts) as a grid of squares, with its numbers in them."""
    from matplotlib.patches import Rectangle

    ax = figure.subplots()
    for row, kind in enumerate(table.index):
        for column, other in enumerate(table.columns):
            count = table.loc[kind, other]
            same = kind == other
            colour = OKABE_ITO["sky blue"] if same else OKABE_ITO["yellow"] if count else "white"
            ax.add_patch(Rectangle((column - 0.5, row - 0.5), 1, 1, facecolor=colour, edgecolor="black" if same else "#999999",
                                   linewidth=2.5 if same else 0.6, hatch="" if same or not count else "///", zorder=2 if same else 1))  # fmt: skip
            ax.text(column, row, f"{count}", ha="center", va="center", fontsize=12, zorder=3, fontweight="bold" if same else "normal",
                    bbox={"facecolor": colour, "edgecolor": "none", "pad": 2} if count else None, color="black" if count or same else "#666666")  # fmt: skip
    ax.set_xlim(-0.5, len(table.columns) - 0.5)
    ax.set_ylim(len(table) - 0.5, -0.5)
    ax.set_xticks(range(len(table.columns)), table.columns)
    ax.set_yticks(range(len(table)), table.index)
    ax.set_xlabel(f"{table.columns.name}")
    ax.set_ylabel(f"{table.index.name}")
    ax.set_title(title)
    ax.grid(False)
    ax.tick_params(length=0)
