"""The house style of pictures, and `show`: a picture that arrives with its alt text and a one-sentence reading."""

from __future__ import annotations

import base64
import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from typing import TYPE_CHECKING

import matplotlib as mpl
import numpy as np
from cycler import cycler

if TYPE_CHECKING:
    from matplotlib.figure import Figure

# Okabe and Ito, Color Universal Design (2008): eight colours that colour-blind readers tell apart.
OKABE_ITO = {
    "black": "#000000", "orange": "#E69F00", "sky blue": "#56B4E9", "bluish green": "#009E73",
    "yellow": "#F0E442", "blue": "#0072B2", "vermilion": "#D55E00", "reddish purple": "#CC79A7",
}
MARKERS = ("o", "^", "s", "D", "v", "P", "X")
HATCHES = ("", "///", "...", "xxx", "\\\\\\", "---", "+++")
DASHES = ("-", "--", "-.", ":", (0, (5, 1)), (0, (3, 1, 1, 1)), (0, (1, 1)))
# Yellow is left out of lines: on white it has too little contrast.
LINE_COLOURS = tuple(OKABE_ITO[name] for name in (
    "blue", "vermilion", "bluish green", "reddish purple", "orange", "sky blue", "black"))
DPI = 120
_CSS_DPI = 96

STYLE = {
    "figure.dpi": 100, "savefig.dpi": DPI, "savefig.bbox": "standard", "figure.facecolor": "white",
    "figure.figsize": (8, 4.5), "figure.constrained_layout.use": True,
    "font.family": "DejaVu Sans", "font.size": 10, "axes.titlesize": 12, "axes.titlelocation": "left",
    "axes.spines.top": False, "axes.spines.right": False, "axes.axisbelow": True, "axes.grid": True,
    "grid.color": "#DDDDDD", "grid.linewidth": 0.6, "legend.frameon": False, "lines.markersize": 5,
    "axes.prop_cycle": (cycler(color=LINE_COLOURS) + cycler(marker=MARKERS) + cycler(linestyle=DASHES)),
    "svg.hashsalt": "analogies", "svg.fonttype": "path",
}


@contextmanager
def house_style() -> Iterator[None]:
    """Draw inside this: `with house_style(): fig, ax = plt.subplots()`. Colour always comes with a shape or a dash."""
    with mpl.rc_context(STYLE):
        yield


@contextmanager
def any_letter() -> Iterator[None]:
    """A letter that the font lacks is drawn as a box, and nothing is printed about it beside the picture."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", r"Glyph .* missing from font", UserWarning)
        yield


def png(fig: Figure) -> bytes:
    """The figure as PNG: the same bytes each time on the same machine (fixed dpi, no version, no date).

    256 colours are enough for a chart and take a third of the room, which a notebook that stores them feels.
    """
    from PIL import Image

    full, small = io.BytesIO(), io.BytesIO()
    with mpl.rc_context({"savefig.bbox": "standard"}), any_letter():
        fig.savefig(full, format="png", dpi=DPI, metadata={"Software": None})
    with Image.open(full) as image:
        pixels = np.asarray(image.convert("RGB"))
    colours, index = _fewer_colours(pixels.reshape(-1, 3))
    image = Image.fromarray(index.reshape(pixels.shape[:2]))
    image.putpalette(colours.tobytes())
    image.save(small, format="png", optimize=True)
    return small.getvalue()


def _fewer_colours(pixels: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """At most 256 of the colours of `pixels` (n x 3), and for each pixel which of them is nearest.

    The 64 commonest, then the commonest of each family of like colours, all taken as they are: a mean would bend the
    colours of small marks.
    """
    coded = pixels.astype(np.uint32) @ np.array([65536, 256, 1], np.uint32)
    found, place, count = np.unique(coded, return_inverse=True, return_counts=True)
    every = np.stack([found >> 16, found >> 8 & 255, found & 255], axis=1).astype(np.uint8)
    family = (every >> 3).astype(np.uint32) @ np.array([1024, 32, 1], np.uint32)
    commonest = np.lexsort((found, -count, family))  # the commonest first within each family
    first = commonest[np.unique(family[commonest], return_index=True)[1]]
    total = np.bincount(family, weights=count)[family[first]]
    wanted = [*np.lexsort((found, -count))[:64], *first[np.lexsort((first, -total))]]
    kept = every[list(dict.fromkeys(wanted))[:256]]
    nearest = np.concatenate([  # in parts: the distances of all at once would take much memory
        ((part[:, None].astype(np.int32) - kept[None]) ** 2).sum(axis=2).argmin(axis=1)
        for part in np.array_split(every, len(every) // 4096 + 1)]).astype(np.uint8)
    return kept, nearest[place.reshape(-1)]


def svg(fig: Figure, *, alt: str) -> str:
    """The figure as SVG with its alt text as <title>: the same text each time (salted ids, no date)."""
    out = io.StringIO()
    with mpl.rc_context({"svg.hashsalt": "analogies", "svg.fonttype": "path", "savefig.bbox": "standard"}), \
            any_letter():
        fig.savefig(out, format="svg", metadata={"Date": None, "Creator": None})
    start = out.getvalue().index("<svg ")
    head, body = out.getvalue()[start:].split(">", 1)
    return f'{head} role="img">\n <title>{escape(alt, quote=False)}</title>{body}'


def bundle(picture: bytes, *, width: float, alt: str, reading: str, below: str = "") -> tuple[dict, dict]:
    """The MIME bundle and metadata of a PNG `width` inches wide. `below`: trusted HTML put under the caption.

    nbconvert's default template drops the alt text of an image/png and says "No description has been provided", but
    it takes text/html first, and so do JupyterLab (which keeps the alt and the data: address even in a notebook that
    is not trusted) and older viewers. So the picture stands in the HTML; the image/png is for print (LaTeX).
    """
    encoded = base64.b64encode(picture).decode("ascii")
    pixels = round(width * _CSS_DPI)
    html = (f'<figure style="margin:0"><img alt="{escape(alt)}" width="{pixels}" style="max-width:100%;height:auto" '
            f'src="data:image/png;base64,{encoded}">'
            f"<figcaption>{escape(reading)}</figcaption></figure>{below}")
    return ({"text/html": html, "image/png": encoded, "text/plain": f"{alt} {reading}"},
            {"image/png": {"alt": alt, "width": pixels}})


def show(fig: Figure, *, alt: str, reading: str) -> None:
    """Display a figure with its alt text (what is to be seen) and, below it, one sentence that says how to read it.

    The figure is closed afterwards, so that it is shown once. Raises ValueError for a blank alt or reading, TypeError
    for what is not a figure.
    """
    from IPython.display import display
    from matplotlib import pyplot
    from matplotlib.figure import Figure

    fig = getattr(fig, "figure", fig)  # an Axes knows its figure
    if not isinstance(fig, Figure):
        raise TypeError(f"show() needs a matplotlib figure, found {type(fig).__name__}; give it the `fig` of "
                        "`fig, ax = plt.subplots()`.")
    alt, reading = (_sentence(name, value) for name, value in (("alt", alt), ("reading", reading)))
    data, metadata = bundle(png(fig), width=fig.get_figwidth(), alt=alt, reading=reading)
    pyplot.close(fig)
    display(data, raw=True, metadata=metadata)


def _sentence(name: str, value: str) -> str:
    purpose = {"alt": "what the picture shows, for those who cannot see it",
               "reading": "one sentence that says how to read the picture"}[name]
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"show() needs {name}=, {purpose}; found {value!r}.")
    value = " ".join(value.split())
    return value if value[-1] in ".!?" else value + "."
