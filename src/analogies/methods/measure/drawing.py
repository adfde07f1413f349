"""How the measures draw: one look for each country, bars with a hatch, lines with a marker, end labels that do not meet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from matplotlib.transforms import offset_copy

from analogies.figures import OKABE_ITO

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.container import BarContainer

# Light colours carry a hatch, dark ones a thin line: the same country has the same hatch, marker and dash everywhere.
BAR_LOOKS = {
    "Nicaragua": ("bluish green", ""), "Venezuela": ("orange", "///"), "Syria": ("sky blue", "..."),
    "Cuba": ("reddish purple", "xxx"), "Russia": ("vermilion", "\\\\\\"), "United States": ("yellow", "---"),
}  # fmt: skip
LINE_LOOKS = {
    "Nicaragua": ("bluish green", "o", "-"), "Venezuela": ("vermilion", "^", "--"), "Syria": ("blue", "s", "-."),
    "Cuba": ("reddish purple", "D", ":"), "Russia": ("black", "v", "-"), "United States": ("black", "P", ":"),
}  # fmt: skip
# Where the bars are no countries: first, second, third kind.
KINDS = (("vermilion", ""), ("sky blue", "///"), ("yellow", "..."), ("bluish green", "xxx"), ("orange", "---"))


def bars(
    ax: Axes,
    at: Sequence[float],
    lengths: Iterable[float],
    look: tuple[str, str],
    *,
    label: str = "",
    width: float = 0.8,
    bottom: Sequence[float] | float = 0,
    flat: bool = False,
) -> BarContainer:
    """Bars of one kind, upright or (`flat`) lying, in one look (a colour of OKABE_ITO, a hatch) with a black edge."""
    colour, hatch = look
    how = {"color": OKABE_ITO[colour], "hatch": hatch, "edgecolor": "black", "linewidth": 0.6, "label": label or None}
    lengths = list(lengths)
    return ax.barh(at, lengths, width, left=bottom, **how) if flat else ax.bar(at, lengths, width, bottom=bottom, **how)


def line(ax: Axes, x: Sequence[float], y: Sequence[float], country: str, *, label: str | None = None, every: int = 5) -> None:
    """A labelled line of a country, with a marker at its end and at every `every`-th point before it."""
    colour, marker, dash = LINE_LOOKS[country]
    start = (len(x) - 1) % every
    ax.plot(
        x,
        y,
        color=OKABE_ITO[colour],
        marker=marker,
        linestyle=dash,
        linewidth=1.6,
        markevery=(start, every),
        label=label or country,
    )


def end_labels(ax: Axes, ends: dict[str, tuple[float, float]], *, gap: float) -> None:
    """A text beside the end (x, y) of each line, moved up where two would stand closer than `gap` (in units of y)."""
    last = float("-inf")
    for text, (x, y) in sorted(ends.items(), key=lambda end: end[1][1]):
        last = max(y, last + gap)
        ax.annotate(
            text,
            (x, y),
            xytext=(x, last),
            textcoords=offset_copy(ax.transData, ax.figure, x=12, units="points"),
            va="center",
            fontsize=9,
            annotation_clip=False,
            arrowprops={"arrowstyle": "-", "linewidth": 0.6, "shrinkA": 0, "shrinkB": 3},
        )


def names(ax: Axes, labels: Sequence[str]) -> None:
    """Names of lying bars down the left side, the first on top, and no grid across them."""
    ax.set_yticks(range(len(labels)), labels)
    ax.invert_yaxis()
    ax.grid(False, axis="y")


def moment(ax: Axes, x: float, words: str, *, y: float, left: bool = True) -> None:
    """A dashed line at a moment and its words, which stand on its left or right side, their top at y."""
    ax.axvline(x, color="black", linestyle="--", linewidth=1)
    ax.annotate(
        words,
        (x, y),
        xytext=(-4 if left else 4, 0),
        textcoords="offset points",
        fontsize=8,
        ha="right" if left else "left",
        va="top",
    )


def whole_years(ax: Axes, most: int = 6) -> None:
    """Ticks of a year axis at whole years."""
    ax.xaxis.get_major_locator().set_params(integer=True, nbins=most)


def listed(things: Sequence[str]) -> str:
    """ "a", "a and b", "a, b and c"."""
    return things[0] if len(things) == 1 else f"{', '.join(things[:-1])} and {things[-1]}"
