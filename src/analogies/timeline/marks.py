"""How one event is drawn in a still picture. Everything is said twice: by colour, and by shape, line or sign."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from analogies.figures import OKABE_ITO
from analogies.timeline import layout

THEME_MARKS = {"military": ("^", "blue"), "diplomatic": ("o", "vermilion"), "legal": ("s", "bluish green"),
               "economic": ("D", "reddish purple"), "domestic": ("P", "sky blue"), "rhetoric": ("v", "orange")}
_OTHER = (("h", "black"), ("X", "blue"), ("p", "vermilion"), ("<", "bluish green"), (">", "reddish purple"))
OWN_MARK = ("*", "black")
BAR, THIN = 0.56, 0.30  # heights of bars, in rows
MEANINGS = {
    "point": "on that day", "within": "at some time within the bar (month, season, year, decade)",
    "bar": "lasted from … to …; pale ends: began or ended somewhere there",
    "about": "~ hollow, dashed: about (approximate)",
    "perhaps": "? hatched: perhaps (uncertain)", "going on": "arrow: going on",
    "end unknown": "fades, …?: end not known", "start unknown": "fades in: start open or not known",
    "disputed": "two strokes above: disputed", "own": "star: your own event",
}


def style(theme: str | None, index: int, own: bool) -> tuple[str, str]:
    """(marker, colour) of a theme; unknown themes take further shapes in turn."""
    marker, name = OWN_MARK if own else THEME_MARKS.get(theme) or _OTHER[index % len(_OTHER)]
    return marker, OKABE_ITO[name]


def pale(colour: str, share: float = 0.30) -> tuple[float, float, float]:
    """The colour mixed with white; pale enough that black text on it keeps a contrast of 7:1 and more."""
    return tuple(1 - share * (1 - int(colour[k:k + 2], 16) / 255) for k in (1, 3, 5))


def deep(colour: str) -> tuple[float, float, float]:
    """The colour darkened for lines: at least 3:1 against white for every colour of the palette."""
    return tuple(0.6 * int(colour[k:k + 2], 16) / 255 for k in (1, 3, 5))


def takes_text(a0, a1, b0, b1, flags: int) -> bool:
    """Whether a label is legible inside the bar: not on one that is thin (at an end), hatched or fading."""
    return bool(flags & layout.INTERVAL) and a0 == a1 and b0 == b1 and not flags & (
        layout.UNSURE_START | layout.UNSURE_END | layout.UNKNOWN_END | layout.NO_START)


def kinds(a0, a1, b0, b1, flags: int) -> set[str]:
    """Which entries of the legend an event needs (keys of MEANINGS)."""
    found = set()
    if flags & layout.INTERVAL:
        found.add("bar")
    else:
        found.add("point" if a0 == b1 else "within")
    for bit, name in ((layout.APPROX_START | layout.APPROX_END, "about"),
                      (layout.UNSURE_START | layout.UNSURE_END, "perhaps"), (layout.OPEN_END, "going on"),
                      (layout.UNKNOWN_END, "end unknown"), (layout.NO_START, "start unknown"), (layout.OWN, "own")):
        if flags & bit:
            found.add(name)
    return found


def draw_disputed(ax: Axes, x: float, y: float, unit: float) -> None:
    """Two short strokes above a mark: something about the event is disputed (the table says what)."""
    for side in (-1.8, 1.8):
        ax.plot([x + side * unit] * 2, [y - 0.5, y - 0.34], color="#333333", lw=1.2, ls="-", marker="", zorder=4.5)


def draw(ax: Axes, y: float, a0, a1, b0, b1, flags: int, *, look: tuple[str, str], window: tuple[float, float],
         unit: float, stop: float | None = None) -> None:
    """Draw one event on row y. `unit` is one point of width in days; `stop`: where a bar that goes on is cut."""
    marker, colour = look
    edge = deep(colour)
    lo, hi = window
    about = flags & (layout.APPROX_START | layout.APPROX_END)
    unsure = flags & (layout.UNSURE_START | layout.UNSURE_END)
    line = "--" if about else "-"
    hatch = "/////" if unsure else None
    if not flags & layout.INTERVAL and a0 == b1:
        ax.plot([a0 + 0.5], [y], marker=marker, ms=9.5 if marker == "*" else 6.5, mew=0.8 if not about and not unsure else 1.4, ls="none", mec=edge,
                mfc="white" if about or unsure else colour, zorder=4, clip_on=True)
        return

    def box(start, end, height, fill, **more):
        start, end = max(start, lo - 40 * unit), min(end, hi + 40 * unit)
        if end > start:
            ax.add_patch(Rectangle((start, y - height / 2), end - start, height, facecolor=fill, edgecolor=edge,
                                   lw=1.1, ls=more.get("ls", line), hatch=more.get("hatch", hatch), zorder=3))

    if not flags & layout.INTERVAL:
        width = max(b1 + 1 - a0, 3 * unit)
        box(a0, a0 + width, THIN, "white")
        for end in (a0, a0 + width):
            ax.plot([end, end], [y - BAR / 2, y + BAR / 2], color=edge, lw=1.5, ls="-", marker="", zorder=3)
        return
    start, end, fade_from, fade_to = _bar(a0, a1, b0, b1, flags, hi, lo, unit, stop)
    if fade_to is not None:
        for step in range(6):
            piece = (fade_to - fade_from) / 6
            ax.add_patch(Rectangle((fade_from + step * piece, y - BAR / 2), piece, BAR, lw=0, facecolor=colour,
                                   alpha=0.30 * (1 - step / 6), zorder=3))
    if a0 is not None and a1 is not None and a1 > a0:
        box(a0, min(a1 + 1, end), THIN, "white")
    if b0 is not None and b1 is not None and b1 > b0:
        box(max(b0, start), b1 + 1, THIN, "white")
    core = (a1 if a1 is not None else start, b0 + 1 if b0 is not None else end)
    if core[0] < core[1]:
        box(core[0], max(core[1], core[0] + 3 * unit), BAR, pale(colour))
    if flags & layout.OPEN_END:
        ax.plot([end], [y], marker=">", ms=8, color=edge, ls="none", zorder=4, clip_on=False)


def _bar(a0, a1, b0, b1, flags, hi, lo, unit, stop):
    """(start, end) of the bar that is drawn whole, and (from, to) of a fading piece or None."""
    fade = 60 * unit
    if flags & layout.NO_START:
        return b0 - fade / 4, b1 + 1, b0 - fade / 4, b0 - fade
    if flags & layout.UNKNOWN_END:
        begin = a1 + 1
        return a0, begin + fade / 4, begin + fade / 4, begin + fade
    if flags & layout.OPEN_END:
        return a0, max(hi - 5 * unit if stop is None else stop, a1 + 8 * unit), None, None
    return a0, b1 + 1, None, None


def span(a0, a1, b0, b1, flags: int, *, window, unit: float, stop: float | None = None) -> tuple[float, float]:
    """First and last day that the drawing of an event touches, in days (for placing labels beside it)."""
    if not flags & layout.INTERVAL:
        if a0 == b1:
            return a0 + 0.5 - 5 * unit, a0 + 0.5 + 5 * unit
        return a0, max(b1 + 1, a0 + 3 * unit)
    start, end, _, fade_to = _bar(a0, a1, b0, b1, flags, window[1], window[0], unit, stop)
    ends = [start, end] + ([fade_to] if fade_to is not None else [])
    return min(ends), max(max(ends), min(ends) + 3 * unit)


def signs(flags: int) -> str:
    """The sign put before a label: ~ about, ? perhaps, … where the end is not known."""
    return (("~" if flags & (layout.APPROX_START | layout.APPROX_END) else "")
            + ("?" if flags & (layout.UNSURE_START | layout.UNSURE_END) else "")
            + ("…?" if flags & layout.UNKNOWN_END else ""))
