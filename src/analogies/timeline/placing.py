"""Where marks and their labels stand in a still picture, in points, so that no two of them touch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analogies.timeline import rows

GAP = 7.0  # between neighbours on a row
PAD = 4.0  # between a mark and its label
FORMS = ("label", "number", "mark", "count")  # from the most to the least that can be said


@dataclass(frozen=True)
class Placed:
    """Row of a mark, what is written beside it ("label", "number" or ""), and where that text starts."""

    row: int
    text: str
    x: float


def place(x0: Sequence[float], x1: Sequence[float], label: Sequence[float], number: Sequence[float],
          inside: Sequence[bool], *, form: str, right: float) -> list[Placed]:
    """Place marks [x0, x1] with texts of the widths `label` and `number` on as few rows as they need.

    `inside`: whether a text may stand inside the mark. Marks lie within 0..right. In the form "number" a mark still
    gets its label where the row has room for it.
    """
    widths = {"label": label, "number": number}.get(form)
    spots = [_beside(x0[i], x1[i], widths[i] if widths else 0.0, inside[i], right) for i in range(len(x0))]
    row = rows.pack([s[0] for s in spots], [s[1] + GAP for s in spots])
    if form == "number":
        return _with_labels(x0, x1, label, inside, spots, row, right)
    kind = form if form == "label" else ""
    return [Placed(r, kind, s[2]) for r, s in zip(row, spots)]


def _beside(x0: float, x1: float, width: float, inside: bool, right: float) -> tuple[float, float, float]:
    """(start, end, start of the text) of a mark with a text: inside a long bar, else after it, else before it.

    Where no side has room the text stands inside all the same, or runs on after the mark.
    """
    fits = x1 - x0 >= width + 2 * PAD
    if not width or fits and inside:
        return x0, x1, x0 + PAD
    if x1 + PAD + width <= right:
        return x0, x1 + PAD + width, x1 + PAD
    if x0 - PAD - width >= 0:
        return x0 - PAD - width, x1, x0 - PAD - width
    return (x0, x1, x0 + PAD) if fits else (x0, x1 + PAD + width, x1 + PAD)


def _with_labels(x0, x1, label, inside, spots, row, right) -> list[Placed]:
    """Numbers, grown into whole labels where the next neighbour on the row is far enough."""
    order = sorted(range(len(x0)), key=lambda i: (row[i], spots[i][0]))
    placed: list[Placed | None] = [None] * len(x0)
    for here, following in zip(order, [*order[1:], None]):
        limit = right
        if following is not None and row[following] == row[here]:
            limit = spots[following][0] - GAP
        lo, hi, x = spots[here]
        longer = _beside(x0[here], x1[here], label[here], inside[here], right)
        fits = longer[0] >= lo and longer[1] <= max(limit, hi)
        placed[here] = Placed(row[here], "label" if fits else "number", longer[2] if fits else x)
    return placed


def forms(lanes: Sequence[dict], *, most_rows: int) -> list[tuple[str, list[Placed]]]:
    """The form and the places of each lane, so that all lanes together take at most `most_rows` rows if they can.

    The lane that takes the most rows gives up words first: labels, then numbers, then nothing beside its marks; what
    even then does not fit is left to be counted ("count").
    """
    chosen = ["label"] * len(lanes)
    made = [place(form="label", **lane) for lane in lanes]

    def height(k: int) -> int:
        return 2 if chosen[k] == "count" else max((p.row for p in made[k]), default=0) + 1

    while sum(map(height, range(len(lanes)))) > most_rows:
        open_lanes = [k for k in range(len(lanes)) if chosen[k] != "count" and height(k) > 2]
        if not open_lanes:
            break
        k = max(open_lanes, key=lambda k: (height(k), k))
        chosen[k] = FORMS[FORMS.index(chosen[k]) + 1]
        made[k] = [] if chosen[k] == "count" else place(form=chosen[k], **lanes[k])
    return list(zip(chosen, made))
