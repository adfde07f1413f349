"""What a check found: the number for a gradebook, the sentences for a person."""

from __future__ import annotations

import html
import math
import re
from dataclasses import dataclass, replace

PASS = "PASS"
NOT_YET = "NOT YET"
NOT_STARTED = "NOT STARTED"

_COLOURS = {
    PASS: "var(--jp-success-color1, #2e7d32)",
    NOT_YET: "var(--jp-warn-color1, #b35900)",
    NOT_STARTED: "var(--jp-border-color1, #757575)",
}
_MARKDOWN = str.maketrans({sign: "\\" + sign for sign in "\\`*_{}[]<>#|~"})
_CODE = re.compile(r"`([^`\n]+)`")
DOLLAR = "<span>&#36;</span>"  # JupyterLab looks for formulas twice: in the Markdown, and in what it became


@dataclass(frozen=True, slots=True)
class Condition:
    """One thing that an answer must satisfy, what it is worth, and whether it is so."""

    met: bool
    message: str
    points: float = 0

    def __post_init__(self) -> None:
        if type(self.met) is not bool:
            raise TypeError(f"Condition.met must be True or False, not {type(self.met).__name__}: {self.message}")
        if not (isinstance(self.points, (int, float)) and 0 <= self.points < math.inf):
            raise ValueError(f"a condition is worth 0 points or more, not {self.points!r}: {self.message}")


@dataclass(frozen=True, slots=True, repr=False)
class Outcome:
    """The result of a check.  Its repr is the number of points alone: nbgrader reads it as partial credit.

    hints: sentences for a wrong answer that the question knows; notes: what else the reader should be told.
    Raises ValueError unless 0 <= earned <= possible and the status agrees with them.
    """

    earned: float
    possible: float
    status: str
    conditions: tuple[Condition, ...] = ()
    hints: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.status not in _COLOURS:
            raise ValueError(f"status is {PASS}, {NOT_YET} or {NOT_STARTED}, not {self.status!r}")
        if not (0 <= self.earned <= self.possible < math.inf):
            raise ValueError(f"earned must lie between 0 and {self.possible!r}, not be {self.earned!r}")
        if self.status == PASS and self.earned != self.possible:
            raise ValueError(f"a PASS earns all {self.possible} points, not {self.earned}")
        if self.status == NOT_STARTED and self.earned:
            raise ValueError("an answer that is not started earns 0 points")

    def with_words(self, *, hints: tuple[str, ...] = (), notes: tuple[str, ...] = ()) -> Outcome:
        """The same outcome with more sentences."""
        return replace(self, hints=self.hints + tuple(hints), notes=self.notes + tuple(notes))

    @property
    def sentence(self) -> str:
        """The headline in words: status, points earned, points possible."""
        if self.status == NOT_STARTED:
            return f"{self.status}: no answer was found yet."
        if not self.possible:  # no question was asked: a mistyped id
            return f"{self.status}: nothing was checked."
        return f"{self.status}: {number(self.earned)} of {count(self.possible, 'point')}."

    def __repr__(self) -> str:
        return number(self.earned)

    def _repr_html_(self) -> str:
        # JupyterLab would set "$5 and $6" as a formula: its MathJax leaves elements of the class mathjax_ignore alone.
        items = "".join(
            f"<li><strong>{_state(c)}</strong>{html.escape(_worth(c))}: {_safe_html(c.message)}</li>" for c in self.conditions
        )
        listed = f'<ul style="margin:.4em 0 0 1.2em;padding:0">{items}</ul>' if items else ""
        hints = "".join(
            f'<p style="margin:.4em 0 0"><strong>Hint:</strong> {_safe_html(hint)}</p>' for hint in self.hints
        )
        notes = "".join(f'<p style="margin:.4em 0 0">{_safe_html(note)}</p>' for note in self.notes)
        return (
            f'<div role="status" class="analogies-outcome mathjax_ignore tex2jax_ignore" style="border-left:.35em solid {_COLOURS[self.status]};'
            "padding:.3em .8em;color:var(--jp-content-font-color1, inherit);"
            'font-family:var(--jp-content-font-family, sans-serif)">'
            f'<p style="margin:0"><strong>{html.escape(self.sentence)}</strong></p>{listed}{hints}{notes}</div>'
        )

    def _repr_markdown_(self) -> str:
        lines = [f"**{escape_markdown(self.sentence)}**", ""]
        lines += [f"- **{_state(c)}**{_worth(c)}: {escape_markdown(c.message)}" for c in self.conditions]
        lines += [""] if self.conditions else []
        for hint in self.hints:
            lines += [f"**Hint:** {escape_markdown(hint)}", ""]
        for note in self.notes:
            lines += [escape_markdown(note), ""]
        return "\n".join(lines).rstrip() + "\n"


def needs(met: object, message: str, points: float = 0, *, because: str = "") -> Condition:
    """A condition.  message states what is asked, so that it reads well whether it is met or not;
    because is added only where it is not met: what was found, and where.

    met is a bool or a NumPy bool; anything else (an array, say) is a fault of the question: TypeError.
    """
    if type(met) is not bool:
        if type(met).__module__ != "numpy" or type(met).__name__ not in ("bool", "bool_"):
            raise TypeError(f"needs() asks for True or False, not {type(met).__name__}: {message}")
        met = bool(met)
    return Condition(met, f"{message} {because}".strip() if because and not met else message, points)


def judge(*conditions: Condition, notes: tuple[str, ...] = ()) -> Outcome:
    """The outcome of all conditions together: points possible are their sum, points earned those of the met ones."""
    possible = math.fsum(c.points for c in conditions)
    met = all(c.met for c in conditions)
    earned = possible if met else min(possible, math.fsum(c.points for c in conditions if c.met))
    return Outcome(earned, possible, PASS if met else NOT_YET, tuple(conditions), notes=tuple(notes))


def not_started(possible: float, *notes: str) -> Outcome:
    """The outcome of a blank answer."""
    return Outcome(0, possible, NOT_STARTED, notes=notes)


def not_yet(possible: float, *notes: str) -> Outcome:
    """No points, and sentences that say why: for an answer that could not be looked at."""
    return Outcome(0, possible, NOT_YET, notes=notes)


def number(points: float) -> str:
    """Points as text that float() reads back exactly: 3, 1.5 (a rounded number could exceed the maximum)."""
    return str(int(points)) if float(points).is_integer() else repr(float(points))


def count(n: float, noun: str) -> str:
    """1 point, 2 points, 1.5 points."""
    return f"{number(n)} {noun}" + ("" if n == 1 else "s")


def escape_markdown(text: str) -> str:
    """Text that Markdown shows as it is, on one line; what stands between backticks stays code."""
    parts = _CODE.split(" ".join(_printable(text).split()))
    line = "".join(
        # In a table a bar ends the cell, in code too.  A dollar by its code, in an element of its own, begins no formula.
        f"`{part}`".replace("|", "\\|") if i % 2 else part.translate(_MARKDOWN).replace("$", DOLLAR)
        for i, part in enumerate(parts)
    )
    # "1961. ..." or "- ..." at the start of a line would begin a list.
    return re.sub(r"^(\d+(?=[.)](?:\s|$))|(?=[-+=]))", r"\1\\", line)


def _safe_html(text: str) -> str:
    return _CODE.sub(r"<code>\1</code>", html.escape(_printable(text)))


def _printable(text: str) -> str:
    # A lone surrogate in a student's string cannot be sent to the browser: it would break the whole output.
    return str(text).encode("utf-8", "replace").decode("utf-8")


def _state(condition: Condition) -> str:
    return "met" if condition.met else "not yet"


def _worth(condition: Condition) -> str:
    if not condition.points:
        return ""
    return f" ({number(condition.points if condition.met else 0)} of {count(condition.points, 'point')})"
