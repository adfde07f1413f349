"""The form of a written answer: what a check can say of a text that a reader will mark.  It earns nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from .answers import as_text
from .outcome import Condition, Outcome, judge, needs

Rule = Callable[[str], Condition]


def form(name: str, low: int, high: int, *rules: Rule) -> Callable[[dict[str, Any]], Outcome]:
    """The mark of a text in the answer `name`: it has `low` to `high` words and keeps the rules.  0 points."""

    def mark(values: dict[str, Any]) -> Outcome:
        text = as_text(values[name]) or ""
        words = len(text.split())
        length = needs(low <= words <= high, f"The text has {low} to {high} words.", because=f"It has {words}.")
        return judge(length, *(rule(text) for rule in rules))

    return mark


def a_figure(or_else: str = "a claim's number") -> Rule:
    """The text has a digit in it; or_else: what besides a figure or a date that may be."""
    return lambda text: needs(bool(re.search(r"\d", text)), f"The text has a figure, a date or {or_else} in it.")


def the_paragraph(*numbers: int) -> Rule:
    """The text names one of these paragraphs, as ¶7, par. 7 or paragraph 7; any paragraph where no number is given."""
    wanted = rf"({'|'.join(map(str, numbers))})\b" if numbers else r"\d"
    which, shown = ("the", numbers[0]) if numbers else ("a", 4)
    return lambda text: needs(bool(re.search(rf"(¶|\bpar(agraph|\.)?)\s*{wanted}", text, re.I)),
                              f"The text names {which} paragraph, as ¶{shown} or paragraph {shown}.")  # fmt: skip


def claims(least: int) -> Rule:
    """The text names at least so many different claims by their numbers."""

    def rule(text: str) -> Condition:
        named = set(re.findall(r"\b[FL]\d\d\b", text))
        return needs(len(named) >= least, f"The text names {least} claims by their numbers, such as L10.", because=f"Found {len(named)}.")

    return rule
