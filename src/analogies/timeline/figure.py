"""The still picture of a timeline: matplotlib over the same payload and state as the live one."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache

from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.patheffects import withStroke
from matplotlib.textpath import TextToPath
from matplotlib.transforms import blended_transform_factory

from analogies.facts import dates
from analogies.figures import any_letter, house_style
from analogies.timeline import layout, marks, placing, ticks, view
from analogies.timeline.bands import Bands
from analogies.timeline.legend import Legend

WIDTH = 10.0  # inches
ROW = 0.215  # inches a row
MOST_ROWS = 40
MOST_MARKS = 1200  # beyond, marks are counted in bins
FONT = FontProperties(family="DejaVu Sans", size=8)
TITLE = FontProperties(family="DejaVu Sans", size=10)
HALO = (withStroke(linewidth=2, foreground="white"),)
NUMBERED = ["Numbers are those of the table"]
COUNTED = ["Grey bars count events that stand too close to be drawn one by one; the highest count is written"]
_POINTS = 72.0


@lru_cache(maxsize=65536)
def text_width(text: str) -> float:
    """Width of a label in points."""
    return TextToPath().get_text_width_height_descent(text, FONT, False)[0]


def wrapped(text: str, width: float, font: FontProperties = FONT) -> list[str]:
    """The words of a text on lines of at most `width` points."""
    scale, lines = font.get_size_in_points() / FONT.get_size_in_points(), []
    for word in text.split():
        if lines and text_width(f"{lines[-1]} {word}") * scale <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def draw(payload: dict, state: dict | None = None, *, width: float = WIDTH) -> Figure:
    """The picture of what `state` shows of `payload`, `width` inches wide and as high as its rows need.

    Labels never overlap: where there is no room for them, marks carry the numbers of the table (`order_of`); where
    there is no room for the marks, they are counted.
    """
    state = state or view.state()
    shown = view.view(payload, state)
    window = tuple(state["window"] or view.frame(state, shown))
    inside = [k for k, keep in enumerate(view.touches(shown, list(window))) if keep]
    with house_style(), any_letter():
        return _Picture(payload, state, shown, inside, window, width).figure


def order_of(shown: dict, inside: list[int]) -> list[int]:
    """The positions of a view in the order of the table: by start, then end, then as given."""
    def key(k):
        start = shown["a0"][k] if shown["a0"][k] is not None else shown["b0"][k]
        return start, shown["b1"][k] if shown["b1"][k] is not None else float("inf"), k

    return sorted(inside, key=key)


class _Picture:
    """One drawing in progress; nothing of it is kept but `figure`."""

    def __init__(self, payload, state, shown, inside, window, width) -> None:
        self.payload, self.state, self.shown, self.window = payload, state, shown, window
        self.lane_titles, lane_of = view.lanes(payload, state, shown)
        self.zero = view.day_zero(payload, state["align"]) if state["align"] else None
        self.number = {k: n for n, k in enumerate(order_of(shown, inside), 1)}
        self.members = {lane: [] for lane in sorted({lane_of[k] for k in inside})}
        for k in inside:
            self.members[lane_of[k]].append(k)
        self.titles = {lane: self._lane_title(lane) for lane in self.members}
        left = 0.35 + max((text_width(line) for title in self.titles.values() for line in title.split("\n")),
                          default=0) / _POINTS
        self.plot = (width - left - 0.3) * _POINTS  # points
        self.unit = (window[1] - window[0]) / self.plot  # days in a point
        self.bands = Bands([] if state["align"] else view.eras(payload, state), window, unit=self.unit, font=FONT,
                           text_width=text_width)
        self._draw(width, left, len(inside))

    def _lane_title(self, lane: int) -> str:
        title = layout.clip(self.lane_titles[lane], 34)
        if self.zero is None:
            return title
        day = layout.day_date(self.zero[lane])
        event = self.payload["id"].index(self.state["align"][self.payload["lists"]["cases"][lane]["id"]])
        name = layout.clip(self.payload["short"][event] or self.payload["title"][event], 34)
        return f"{title}\nday 0: {dates.in_words(dates.parse(day.isoformat()))}\n{name}"

    def _points(self, day: float) -> float:
        return min(max((day - self.window[0]) / self.unit, 0.0), self.plot)

    def _stop(self, lane: int) -> float | None:
        """Where a bar that goes on is cut: at "as of", if it is set."""
        if self.state["as_of"] is None:
            return None
        return self.state["as_of"] + 1 - (self.zero[lane] if self.zero else 0)

    def _five(self, k: int) -> tuple:
        return tuple(self.shown[name][k] for name in ("a0", "a1", "b0", "b1", "flags"))

    def label(self, k: int) -> str:
        i = self.shown["at"][k]
        text = layout.clip(self.payload["short"][i] or self.payload["title"][i], 34)
        sign = marks.signs(self.shown["flags"][k])
        return f"{sign} {text}" if sign else text

    def _places(self) -> list[tuple[str, list]]:
        if sum(map(len, self.members.values())) > MOST_MARKS:
            return [("count", [])] * len(self.members)
        lanes = []
        for lane, members in self.members.items():
            spans = [marks.span(*self._five(k), window=self.window, unit=self.unit, stop=self._stop(lane))
                     for k in members]
            stop = self._stop(lane)
            room = self._points(stop) - placing.PAD if stop is not None else self.plot
            lanes.append({"right": room if room > self.plot / 3 else self.plot,
                          "x0": [self._points(s[0]) for s in spans], "x1": [self._points(s[1]) for s in spans],
                          "label": [text_width(self.label(k)) for k in members],
                          "inside": [marks.takes_text(*self._five(k)) for k in members],
                          "number": [text_width(str(self.number[k])) for k in members]})
        return placing.forms(lanes, most_rows=MOST_ROWS)

    def _draw(self, width: float, left: float, count: int) -> None:
        placed = self._places()
        heights = [2 if form == "count" else max((p.row for p in places), default=0) + 1 for form, places in placed]
        bands = self.bands.count
        lines = max(sum(heights), 1) + 0.4 * max(len(heights) - 1, 0)
        numbered = any(place.text == "number" for _, places in placed for place in places)
        counted = any(form == "count" for form, _ in placed)
        title = heading(self.payload, self.state, self.shown, count) + NUMBERED[:numbered] + COUNTED[:counted]
        title = [line for whole in title for line in wrapped(whole, (width - left - 0.2) * _POINTS, TITLE)]
        legend = self._legend(placed, width)
        above, below = 0.22 + 0.19 * len(title), (0.62 if self.zero else 0.44) + legend.height
        height = above + below + (lines + bands + 0.6) * ROW
        figure = Figure(figsize=(width, height), layout="none")
        ax = figure.add_axes((left / width, below / height, 1 - (left + 0.3) / width,
                              (lines + bands + 0.6) * ROW / height))
        ax.set(xlim=self.window, ylim=(lines + 0.1, -bands - 0.5))
        ax.grid(axis="y", visible=False)
        ax.spines["left"].set_visible(False)
        self.figure, self.ax = figure, ax
        top, middles = 0.0, []
        for n, ((lane, members), (form, places), height_) in enumerate(zip(self.members.items(), placed, heights)):
            if n % 2 == 0:
                ax.axhspan(top - 0.1, top + height_ + 0.1, color="#F4F4F4", lw=0, zorder=0)
            if form == "count":
                self._draw_counts(members, top)
            else:
                self._draw_lane(lane, members, places, top)
            self._draw_stop(lane, top, height_)
            middles.append(top + height_ / 2)
            top += height_ + 0.4
        ax.set_yticks(middles, self.titles.values(), fontproperties=FONT, parse_math=False)
        ax.tick_params(axis="y", length=0, pad=9)
        self._draw_lane_marks(middles)
        self.bands.draw(ax)
        self._draw_axis()
        if not count:
            ax.text(0.5, 0.5, "Nothing to show here: no event passes the filters.", transform=ax.transAxes, ha="center")
        ax.set_title("\n".join(title), loc="left", fontproperties=TITLE, parse_math=False)
        legend.draw(figure)

    def _look(self, k: int) -> tuple[str, str]:
        i = self.shown["at"][k]
        themes = self.payload["themes"][i]
        name = self.payload["lists"]["themes"][themes[0]] if themes else None
        return marks.style(name, themes[0] if themes else 0, bool(self.payload["flags"][i] & layout.OWN))

    def _draw_lane(self, lane, members, places, top) -> None:
        for k, place in zip(members, places):
            y = top + place.row + 0.5
            five = self._five(k)
            marks.draw(self.ax, y, *five, look=self._look(k), window=self.window, unit=self.unit,
                       stop=self._stop(lane))
            if self.payload["disputed"][self.shown["at"][k]]:
                span = marks.span(*five, window=self.window, unit=self.unit, stop=self._stop(lane))
                middle = (self._points(span[0]) + min(self._points(span[1]), self._points(span[0]) + 10)) / 2
                marks.draw_disputed(self.ax, self.window[0] + middle * self.unit, y, self.unit)
            if place.text:
                text = self.label(k) if place.text == "label" else str(self.number[k])
                self.ax.text(self.window[0] + place.x * self.unit, y, text, fontproperties=FONT, va="center_baseline",
                             zorder=5, parse_math=False, path_effects=HALO,
                             weight="bold" if place.text == "number" else "normal")

    def _draw_counts(self, members, top) -> None:
        """Events counted in bins of 24 points: bars whose height is the count, the largest named."""
        size = 24 * self.unit
        start = [self.shown["a0"][k] if self.shown["a0"][k] is not None else self.shown["b0"][k] for k in members]
        count = Counter(int(max(day - self.window[0], 0) // size) for day in start)
        most = max(count.values(), default=1)
        for bin_, n in sorted(count.items()):
            self.ax.bar(self.window[0] + (bin_ + 0.5) * size, -1.6 * n / most, width=size * 0.9, bottom=top + 1.95,
                        color="#777777", zorder=3)
        bin_ = max(count, key=count.get, default=0)
        self.ax.text(self.window[0] + (bin_ + 0.5) * size, top + 0.3, f"{most:,}", ha="center", va="bottom",
                     fontproperties=FONT, zorder=5)

    def _draw_stop(self, lane, top, height) -> None:
        """A line at "as of" and hatching over what was then still to come."""
        stop = self._stop(lane)
        if stop is None:
            return
        self.ax.plot([stop, stop], [top - 0.1, top + height + 0.1], color="black", lw=1.6, ls="-", marker="", zorder=1.5)
        if stop < self.window[1]:
            self.ax.fill_betweenx([top - 0.1, top + height + 0.1], stop, self.window[1], facecolor="none",
                                  edgecolor="#BBBBBB", hatch="xx", lw=0, zorder=1)

    def _draw_lane_marks(self, middles) -> None:
        """The shape of a theme beside the name of its lane."""
        if self.state["align"] or self.state["lanes"] != "theme":
            return
        names = self.payload["lists"]["themes"]
        side = blended_transform_factory(self.ax.transAxes, self.ax.transData)
        for lane, y in zip(self.members, middles):
            if lane < len(names):
                marker, colour = marks.style(names[lane], lane, False)
                self.ax.plot([-0.006], [y], marker=marker, color=colour, ms=5, transform=side, clip_on=False)

    def _draw_axis(self) -> None:
        if self.zero is None:
            found = ticks.ticks(*self.window)
            self.ax.set_xlabel("Proleptic Gregorian calendar" if self.window[0] < -141_428 else "", fontproperties=FONT)
        else:
            unit, found = ticks.relative_ticks(*self.window)
            self.ax.axvline(0, color="black", lw=1.4, zorder=1)
            self.ax.set_xlabel(f"{unit} since day 0 of each case", fontproperties=FONT)
        self.ax.set_xticks([day for day, _ in found], [label for _, label in found], fontproperties=FONT)

    def _legend(self, placed, width: float) -> Legend:
        drawn = [k for members, (form, _) in zip(self.members.values(), placed) if form != "count" for k in members]
        kinds = set().union(*(marks.kinds(*self._five(k)) for k in drawn), *(
            {"disputed"} for k in drawn if self.payload["disputed"][self.shown["at"][k]]))
        themes = []
        if self.state["align"] or self.state["lanes"] != "theme":
            names = self.payload["lists"]["themes"]
            used = {t[0] for k in drawn if (t := self.payload["themes"][self.shown["at"][k]])}
            themes = [(names[t], marks.style(names[t], t, False)) for t in sorted(used)]
        room = (width - 0.2) * _POINTS
        key = wrapped("Bands at the top: " + "; ".join(self.bands.key), room) if self.bands.key else []
        return Legend(kinds, themes, width=room, text_width=text_width, font=FONT, lines=key)


def heading(payload: dict, state: dict, shown: dict, count: int) -> list[str]:
    """Lines of the title: what, how many events, which period, and which view of it."""
    what = f"{payload['heading']}: " if payload["heading"] else ""
    lines = [f"{what}{count:,} event{'s' * (count != 1)}, {period(state, shown)}"]
    if state["as_of"] is not None:
        lines.append(f"AS OF {day_words(state['as_of'])}: what became public later is not shown")
    return lines


def period(state: dict, shown: dict) -> str:
    """The period of the picture in words: the window if one is set, else from the first to the last day shown."""
    days = state["window"] or view.extent(shown)
    if days is None:
        return "no period"
    lo, hi = int(days[0]), int(days[1]) - 1
    if state["align"]:
        return f"from {lo:,} to {hi:+,} days since day 0".replace("-", "\N{MINUS SIGN}")
    return f"{day_words(lo)} to {day_words(hi)}"


def day_words(day: float) -> str:
    """A day number in words, kept within the years 1 to 9999."""
    return dates.in_words(dates.parse(layout.day_date(int(min(max(day, layout.FIRST_DAY), layout.LAST_DAY))).isoformat()))
