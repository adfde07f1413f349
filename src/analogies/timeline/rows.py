"""Lanes and stacking rows: which line of the picture an event stands on, whatever the zoom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from heapq import heappop, heappush

FOREVER = 10_000_000  # days; an end later than any calendar year that the kit accepts
ACTOR_LANES = 8


def pack(lo: Sequence[float], hi: Sequence[float], order: Sequence[int] | None = None) -> list[int]:
    """Row of each span [lo, hi] so that no two spans on one row share a point; the lowest free row wins.

    Spans are taken by start, the longer first where two start together, then as given, so that the same spans
    always get the same rows. `order` (positions) packs a part of them; the others get row 0.
    """
    positions = range(len(lo)) if order is None else order
    rows = [0] * len(lo)
    free: list[int] = []  # rows that are free now, lowest first
    busy: list[tuple[float, int]] = []  # (end, row) of the spans that still run
    opened = 0
    for i in sorted(positions, key=lambda i: (lo[i], -hi[i], i)):
        while busy and busy[0][0] < lo[i]:
            heappush(free, heappop(busy)[1])
        if free:
            row = heappop(free)
        else:
            row, opened = opened, opened + 1
        rows[i] = row
        heappush(busy, (hi[i], row))
    return rows


def lane_of_first(groups: Sequence[Sequence[int]], names: Sequence[str], none: str) -> tuple[list[str], list[int]]:
    """Lane titles and the lane of each event: the first of its groups; a last lane for events without one."""
    used = sorted({g[0] for g in groups if g})
    place = {index: lane for lane, index in enumerate(used)}
    titles = [names[index] for index in used]
    lanes = [place[g[0]] if g else len(used) for g in groups]
    if any(not g for g in groups):
        titles.append(none)
    return titles, lanes


def lane_of_actor(groups: Sequence[Sequence[int]], names: Sequence[str]) -> tuple[list[str], list[int]]:
    """As `lane_of_first`, but only the actors who stand first most often get a lane; the others share one."""
    count = Counter(g[0] for g in groups if g)
    top = sorted(count, key=lambda index: (-count[index], index))[:ACTOR_LANES]
    place = {index: lane for lane, index in enumerate(top)}
    titles = [names[index] for index in top]
    others = len(titles)
    if len(count) > len(top):
        titles.append("other actors")
    nobody = len(titles)
    if any(not g for g in groups):
        titles.append("no actor")
    return titles, [place.get(g[0], others) if g else nobody for g in groups]


def lanes(titles: list[str], of: list[int], lo: Sequence[float], hi: Sequence[float]) -> dict:
    """One way of cutting the events into lanes: titles, the lane and row of each event, rows in each lane."""
    members: list[list[int]] = [[] for _ in titles]
    for i, lane in enumerate(of):
        members[lane].append(i)
    row = [0] * len(of)
    count = []
    for inside in members:
        packed = pack(lo, hi, inside)
        for i in inside:
            row[i] = packed[i]
        count.append(max((packed[i] for i in inside), default=0) + 1)
    return {"titles": titles, "of": of, "row": row, "rows": count}
