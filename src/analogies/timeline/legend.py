"""The legend of a still picture: what each mark that occurs in it means."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import ceil

from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.legend_handler import HandlerBase
from matplotlib.lines import Line2D
from matplotlib.transforms import Affine2D

from analogies.timeline import marks

LINE = 0.19  # inches a line of the legend
_HANDLE = 46.0  # points that a sample and the space around it take


class Legend:
    """Entries for the ways of drawing dates (`kinds`) and, where needed, for the themes; below them lines of text."""

    def __init__(self, kinds: set[str], themes: list[tuple[str, tuple[str, str]]], *, width: float,
                 text_width: Callable[[str], float], font: FontProperties, lines: Sequence[str] = ()) -> None:
        kinds_ = [name for name in marks.MEANINGS if name in kinds]
        self.font, self.lines = font, lines
        self.blocks = []
        if themes:
            self.blocks.append(([Line2D([], [], ls="none", marker=m, color=c, ms=6) for _, (m, c) in themes],
                                [name for name, _ in themes]))
        if kinds_:
            self.blocks.append(([Kind(name) for name in kinds_], [marks.MEANINGS[name] for name in kinds_]))
        self.columns = [max(1, min(len(texts), int(width // (max(map(text_width, texts)) + _HANDLE))))
                        for _, texts in self.blocks]

    @property
    def height(self) -> float:
        """Inches that the legend takes."""
        return LINE * (len(self.lines) + sum(ceil(len(texts) / columns) for (_, texts), columns
                                             in zip(self.blocks, self.columns)))

    def draw(self, figure: Figure) -> None:
        """Put the legend at the foot of the figure."""
        bottom = 0.06
        for line in reversed(self.lines):
            figure.text(0.01, bottom / figure.get_figheight(), line, fontproperties=self.font, parse_math=False)
            bottom += LINE
        for (handles, texts), columns in reversed(list(zip(self.blocks, self.columns))):
            legend = figure.legend(handles, texts, handler_map={Kind: _Sample()}, loc="lower left", ncols=columns,
                                   prop=self.font, bbox_to_anchor=(0.0, bottom / figure.get_figheight()),
                                   borderaxespad=0.2, borderpad=0, labelspacing=0.4, columnspacing=1.4,
                                   handlelength=2.6, handletextpad=0.7)
            for text in legend.get_texts():
                text.set_parse_math(False)
            bottom += LINE * ceil(len(texts) / columns)


class Kind(Line2D):
    """A legend handle that stands for one way of drawing a date."""

    def __init__(self, kind: str) -> None:
        super().__init__([], [])
        self.kind = kind


class _Recorder:
    """Takes what `marks.draw` would put on an Axes."""

    def __init__(self) -> None:
        self.artists = []

    def add_patch(self, patch) -> None:
        self.artists.append(patch)

    def plot(self, xs, ys, *, clip_on=True, **how) -> None:
        self.artists.append(Line2D(xs, ys, **how))


class _Sample(HandlerBase):
    """Draws a legend entry with `marks.draw` itself, so that the legend cannot differ from the picture."""

    def create_artists(self, legend, handle, xdescent, ydescent, width, height, fontsize, trans):
        middle, end = int(width / 2), int(width - 3)
        a0, a1, b0, b1, flags = {
            "point": (middle, middle, middle, middle, 0), "within": (2, end, 2, end, 0),
            "bar": (2, 8, end - 6, end, 1), "about": (middle, middle, middle, middle, 6),
            "perhaps": (2, 2, end, end, 25), "going on": (2, 2, None, None, 33),
            "end unknown": (2, 2, None, None, 65), "start unknown": (None, None, end, end, 129),
            "disputed": (middle, middle, middle, middle, 0), "own": (middle, middle, middle, middle, 256)}[handle.kind]
        look = marks.OWN_MARK[0] if handle.kind == "own" else "o", "#444444"
        unit = 0.4 if "unknown" in handle.kind else 1.0
        recorder = _Recorder()
        marks.draw(recorder, 0.0, a0, a1, b0, b1, flags, look=look, window=(0, width), unit=unit)
        if handle.kind == "disputed":
            marks.draw_disputed(recorder, middle, 0.0, -1.0)
        place = Affine2D().scale(1, -height * 1.35).translate(-xdescent, height / 2 - ydescent) + trans
        for artist in recorder.artists:
            artist.set_transform(place)
        return recorder.artists
