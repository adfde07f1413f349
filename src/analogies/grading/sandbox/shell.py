"""The IPython in which students' cells run: it shows nothing, keeps no history on disk, and counts what is printed."""

from __future__ import annotations

import builtins
import contextlib
import io
import sys
import warnings
from typing import Any

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.formatters import DisplayFormatter
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

import analogies

from ...check.outcome import Outcome, not_yet
from ...check.page import Page, page
from ...check.values import encode

_LATER = "Your answers are checked when the notebook is graded."
# Loads what cells usually need, so that no child has to: the same for everyone, and nothing of a student's.
_WARM_UP = """
import datetime, math, re, statistics, collections, itertools, json, random
import numpy as np, pandas as pd, matplotlib.pyplot as plt
import analogies as an
table = an.series("deployments").query("case == 'syria' and value > 1").assign(more=lambda t: t["value"] * 2)
table.groupby("kind")["value"].agg(["mean", "median", "sum"]).reset_index().merge(table, on="kind").sort_values("value")
pd.DataFrame({"a": [1, 2, 2], "b": ["x", "y", "y"]}).pivot_table(index="b", values="a").reindex(["x", "z"], fill_value=0)
pd.to_datetime(["2015-09-30"]).year, pd.date_range("2015", periods=3), str(table), table.to_html()
fig, ax = plt.subplots(); ax.plot([1, 2], [3, 4], label="a"); ax.bar([1], [2]); ax.legend(); ax.set_title("a"); fig.canvas.draw()
table.plot(x="date", y="value"); plt.close("all")
[repr(an.case(name)) for name in ("syria", "venezuela")], an.case("syria").events, an.claims(), an.features(), an.invocations()
import matplotlib_inline.backend_inline
display(table)
an.measure.doctrine("Monroe Doctrine")
"""


class PrintedTooMuch(BaseException):
    """Raised in a cell that prints without end; no `except Exception` holds it back."""


class Counted(io.TextIOBase):
    """Standard output and error of a cell: counts the characters and drops them."""

    def __init__(self, limit: int, at_the_end: Any) -> None:
        """at_the_end: called when a cell goes on printing four times the limit; it does not return."""
        self.limit, self.printed, self._end = limit, 0, at_the_end
        self.buffer = _CountedBytes(self)

    encoding, errors, newlines, name = "utf-8", "strict", None, "<cell>"  # type: ignore[assignment]

    def write(self, text: str) -> int:
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        self.count(len(text))
        return len(text)

    def count(self, length: int) -> None:
        """Take note of so many characters.  Raises PrintedTooMuch."""
        self.printed += length
        if self.printed > self.limit:
            if self.printed > 4 * self.limit:
                self._end()
            raise PrintedTooMuch

    def writable(self) -> bool:
        return True


class _CountedBytes(io.RawIOBase):
    def __init__(self, text: Counted) -> None:
        self._text = text

    def write(self, data: Any) -> int:
        length = memoryview(data).nbytes
        self._text.count(length)
        return length

    def writable(self) -> bool:
        return True


class _NoFormatter(DisplayFormatter):
    def format(self, obj: Any, include: Any = None, exclude: Any = None) -> tuple[dict, dict]:
        return {}, {}


class _QuietHook(DisplayHook):
    """Keeps `_` and `Out`, and makes no picture and no HTML of a value that no one sees."""

    def quiet(self) -> bool:
        return False

    def write_output_prompt(self) -> None:
        pass

    def finish_displayhook(self) -> None:
        self._is_active = False


class _QuietPublisher(DisplayPublisher):
    def publish(self, data: Any, *arguments: Any, **named: Any) -> None:
        pass


class QuietShell(InteractiveShell):
    """An InteractiveShell that tells what went wrong by its result alone."""

    def init_display_formatter(self) -> None:
        self.display_formatter = _NoFormatter(parent=self)
        self.configurables.append(self.display_formatter)

    def showtraceback(self, *arguments: Any, **named: Any) -> None:
        pass

    showsyntaxerror = showindentationerror = showtraceback

    def _format_exception_for_storage(self, *arguments: Any, **named: Any) -> dict:
        return {}

    def _tee(self, channel: str) -> contextlib.nullcontext:
        return contextlib.nullcontext()

    def enable_gui(self, gui: Any = None) -> None:
        """`%matplotlib` and `%gui` find no window to open, and say nothing."""

    def ask_exit(self) -> None:
        """exit() in a cell ends nothing, as in a notebook that is run by nbconvert."""


class _Exercise:
    """Stands for an exercise while it is graded: its questions are not here."""

    def __init__(self, slug: str) -> None:
        self.slug = slug

    def __repr__(self) -> str:
        return f"Exercise {self.slug}. {_LATER}"

    def check(self, *arguments: Any) -> Outcome:
        """No outcome yet."""
        return not_yet(0, _LATER)

    def hint(self, *arguments: Any, **named: Any) -> Page:
        """A page that says when answers are checked; so are the others."""
        return page(_LATER)

    solution = assess = hint

    def progress(self) -> Page:
        """The same page."""
        return page(_LATER)


def make() -> QuietShell:
    """The one shell of this process, with everything loaded that cells usually need."""
    settings = Config()
    settings.HistoryManager.enabled = False
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        shell = QuietShell.instance(config=settings, displayhook_class=_QuietHook, display_pub_class=_QuietPublisher)
        analogies.exercise = _Exercise  # type: ignore[attr-defined]
        analogies.progress = lambda: page(_LATER)  # type: ignore[attr-defined]
        for name in analogies.__all__:
            getattr(analogies, name)
        result = shell.run_cell(_WARM_UP)
        result.raise_error()
        _load_codec()
    shell.reset(new_session=True)
    shell.execution_count = 1
    builtins.exit = builtins.quit = shell.user_ns["exit"]  # type: ignore[assignment]
    return shell


def _load_codec() -> None:
    """Encode one value of each kind, because the codec loads its parts when they are first needed."""
    import matplotlib.pyplot as plt
    import numpy as np
    import pandas as pd

    figure, _ = plt.subplots()
    for value in (1, np.zeros(2), pd.DataFrame({"a": [1]}), pd.Timestamp("2015-09-30"), figure):
        encode(value)
    plt.close("all")
    sys.stdout.flush()
