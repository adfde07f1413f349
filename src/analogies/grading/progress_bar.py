"""How far a batch is, on stderr: a bar with the time left on a terminal, a plain line now and then elsewhere."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

_EVERY = 10.0  # seconds between two plain lines
Report = Callable[[str], object]
Count = Callable[[int, int], object]


@contextmanager
def shown(console: Console) -> Iterator[tuple[Report, Count]]:
    """What a batch reports to: sentences, and how many of how many are done, 0 at the start."""

    def say(sentence: str) -> None:
        console.print(sentence, markup=False, highlight=False, soft_wrap=not console.is_terminal)

    if not console.is_terminal:
        yield say, _Lines(say)
        return
    bar = Progress(TextColumn("Grading"), BarColumn(), MofNCompleteColumn(), TextColumn("after"), TimeElapsedColumn(), TextColumn("left"),
                   TimeRemainingColumn(), console=console, transient=True)
    with bar:
        task = bar.add_task("", total=None, visible=False)
        yield say, lambda done, found: bar.update(task, completed=done, total=found, visible=True) if done else bar.reset(
            task, total=found, visible=True)


class _Lines:
    """Says how far it is every ten seconds, and at the end."""

    def __init__(self, say: Report) -> None:
        self._say, self._start, self._last = say, 0.0, 0.0

    def __call__(self, done: int, found: int) -> None:
        now = time.monotonic()
        if done == 0:
            self._start = self._last = now
        elif done == found:
            self._say(f"{done} of {found} done after {_words(now - self._start)}.")
        elif now - self._last >= _EVERY:
            self._last = now
            self._say(f"{done} of {found} done, about {_words((now - self._start) / done * (found - done))} left.")


def _words(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 100 else f"{seconds / 60:.0f} min"
