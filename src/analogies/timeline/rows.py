"""Stacking rows: spans that share a point get rows of their own."""

from __future__ import annotations

from collections.abc import Sequence
from heapq import heappop, heappush

FOREVER = 10_000_000  # days; an end later than any calendar year that the kit accepts


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
