"""Era bands of a still picture: presidencies, wars, governments. They may overlap; each row holds what does not."""

from __future__ import annotations

from collections.abc import Callable

from matplotlib.axes import Axes
from matplotlib.font_manager import FontProperties
from matplotlib.patches import Rectangle

from analogies.timeline import layout, rows

_HATCHES = ("", "...", "\\\\\\")
_FILL, _EDGE = "#E3E3E3", "#666666"


class Bands:
    """The bands that touch a window, their rows, and what is written in each: its title, or a letter of the key."""

    def __init__(self, eras: list[dict], window: tuple[float, float], *, unit: float, font: FontProperties,
                 text_width: Callable[[str], float]) -> None:
        lo, hi = window
        self.font = font
        self.eras = [era for era in eras if (era["hi"] is None or era["hi"] >= lo) and (era["lo"] is None or era["lo"] <= hi)]
        self.ends = [(max(era["lo"] if era["lo"] is not None else lo, lo),
                      min(era["hi"] + 1 if era["hi"] is not None else hi, hi)) for era in self.eras]
        # A band that ends on the day on which the next begins leaves it its row: a handover is not an overlap.
        self.row = rows.pack([start for start, _ in self.ends], [end - 1.5 for _, end in self.ends])
        self.count = max(self.row, default=-1) + 1
        self.texts, self.key = [], []
        for era, (start, end) in zip(self.eras, self.ends):
            room = (end - start) / unit - 4
            text = era["title"]
            if text_width(text) > room:
                text = _letter(len(self.key))
                self.key.append(f"{text} {era['title']} ({_years(era)})")
                text = text if text_width(text) <= room else ""
            self.texts.append(text)

    def draw(self, ax: Axes) -> None:
        """Draw the bands above the first lane (row 0) and their shade behind the lanes."""
        for number, (text, row, (start, end)) in enumerate(zip(self.texts, self.row, self.ends)):
            y = row - self.count - 0.35
            ax.axvspan(start, end, color="black", alpha=0.02, lw=0, zorder=0)
            ax.add_patch(Rectangle((start, y), end - start, 0.8, facecolor=_FILL, edgecolor=_EDGE, lw=0.8,
                                   hatch=_HATCHES[number % 3], zorder=2))
            if text:
                ax.text((start + end) / 2, y + 0.42, text, fontproperties=self.font, ha="center", va="center_baseline",
                        zorder=5, parse_math=False, bbox={"facecolor": _FILL, "edgecolor": "none", "pad": 0.8})


def _letter(number: int) -> str:
    """A, B, ... Z, AA, AB, ..."""
    text = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(ord("A") + rest) + text
    return text


def _years(era: dict) -> str:
    """The years of a band: "1817–1825", "2012–", "–1979"."""
    first, last = ("" if day is None else str(layout.day_date(day).year) for day in (era["lo"], era["hi"]))
    return first if first == last else f"{first}\N{EN DASH}{last}"
