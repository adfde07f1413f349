"""What one submission may use."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """What one submission may use.  seconds_a_cell and seconds are of the clock; printed_kb is for each cell."""

    seconds_a_cell: float = 30
    seconds: float = 180
    memory_mb: int = 2000
    files_mb: int = 64
    printed_kb: int = 1000
    threads: int = 64
