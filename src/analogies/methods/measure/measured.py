"""What a measure gives: a table, the rows that its picture draws, the picture, its words, and its pitfalls."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pandas as pd

from analogies.facts.model import unknown
from analogies.figures import house_style

if TYPE_CHECKING:
    from matplotlib.figure import Figure


@dataclass(frozen=True, eq=False, repr=False)
class Measure:
    """`table` (what to read off, pandas), `figure()` (a new matplotlib figure), `alt` (what it shows), `reading` (how to read it).

    `data` is the twin of the picture: one row for each thing drawn, its length or height in the column `value`. The
    table itself where nothing else is given. `pitfalls` names other views of the same question that a careful reader
    asks for; `pitfall(name)` gives one, again a Measure.
    """

    title: str
    table: pd.DataFrame
    alt: str
    reading: str
    draw: Callable[[Figure], None]
    size: tuple[float, float] = (8, 3.6)
    data: pd.DataFrame = None  # type: ignore[assignment]  # __post_init__ gives it a value
    traps: Mapping[str, Callable[[], Measure]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.data is None:
            object.__setattr__(self, "data", self.table)

    def figure(self) -> Figure:
        """A new figure in the house style; close it when it is shown (an.show does)."""
        from matplotlib import pyplot

        with house_style():
            figure = pyplot.figure(figsize=self.size)
            self.draw(figure)
        return figure

    @property
    def pitfalls(self) -> tuple[str, ...]:
        """The names of the pitfalls that can be shown."""
        return tuple(self.traps)

    def pitfall(self, name: str | None = None) -> Measure:
        """One pitfall as a Measure of its own; the first without a name. Raises UnknownName with the names there are."""
        if not self.traps:
            raise unknown(f"pitfall of {self.title!r} (this measure has none of its own)", name, ())
        if name is None:
            name = self.pitfalls[0]
        if name not in self.traps:
            raise unknown(f"pitfall of {self.title!r}", name, self.pitfalls)
        return self.traps[name]()

    def __repr__(self) -> str:
        """The same on every run: a notebook stores it."""
        pitfalls = f"; pitfalls: {', '.join(self.pitfalls)}" if self.traps else ""
        return f"<Measure {self.title!r}: {len(self.table)} rows{pitfalls}. Ask it for .table, .figure(), .alt, .reading, .data>"
