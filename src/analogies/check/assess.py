"""Judging one's own text: the rubric first, then one's own levels, and only then a weak and a strong exemplar."""

from __future__ import annotations

from typing import Any

from .outcome import number
from .page import Page, page, quote, table
from .rubric import Criterion, Rubric


def read_levels(rubric: Rubric, levels: Any) -> dict[str, int] | str:
    """The levels as {criterion id: level}, given by id or as a list in the rubric's order; or a sentence on what is wrong."""
    example = _example(rubric)
    if type(levels) in (list, tuple):
        if len(levels) != len(rubric.criteria):
            return f"This rubric has {len(rubric.criteria)} criteria and you gave {len(levels)} levels. Write {example}."
        levels = {criterion.id: level for criterion, level in zip(rubric.criteria, levels, strict=True)}
    if type(levels) is not dict:
        return f"Give a level for each criterion: {example}."
    unknown = [str(key)[:40] for key in levels if key not in {criterion.id for criterion in rubric.criteria}]
    if unknown:
        return f"No criterion is called {', '.join(unknown)}. Write {example}."
    for criterion in rubric.criteria:
        top = len(criterion.levels) - 1
        level = levels.get(criterion.id)
        if type(level) is not int or not 0 <= level <= top:
            found = "is missing" if level is None else f"is {level!r:.40}"
            return f"The level of {criterion.id} {found}; choose a whole number from 0 to {top}. Write {example}."
    return levels


def show_rubric(rubric: Rubric, question: str, *notes: str) -> Page:
    """The rubric alone, and how to give one's own levels."""
    return page(
        f"**{question}. {rubric.title}**",
        "Judge your own text by these criteria.",
        *notes,
        *(_criterion(criterion) for criterion in rubric.criteria),
        f"Read your answer again. Then write, in the cell that you have run, the level that it reaches for each criterion: "
        f'`ex.assess("{question}", {_example(rubric)})`. After that you see a weak and a strong example.',
    )


def compare(rubric: Rubric, question: str, levels: dict[str, int], *notes: str) -> Page:
    """One's own levels beside those of the two exemplars, and what separates the exemplars, criterion by criterion."""
    rows: list[tuple[object, ...]] = [
        (c.title, _reached(c, levels), _reached(c, rubric.weak.levels), _reached(c, rubric.strong.levels))
        for c in rubric.criteria
    ]
    total = number(rubric.points)
    marks = (rubric.mark(levels), rubric.weak.mark, rubric.strong.mark)
    rows.append(("All together", *(f"{number(mark)} of {total} points" for mark in marks)))
    return page(
        f"**{question}. {rubric.title}**",
        "Your own levels beside those of two examples.",
        *notes,
        table(("Criterion", "Your own level", "Weak example", "Strong example"), rows),
        f"**A weak example** ({number(rubric.weak.mark)} of {total} points)",
        quote(rubric.weak.text),
        f"**A strong example** ({number(rubric.strong.mark)} of {total} points)",
        quote(rubric.strong.text),
        "**How they differ**",
        table(("Criterion", "Weak example", "Strong example", "Your next step"), [_difference(c, rubric, levels) for c in rubric.criteria]),
        "Compare your text with both. If you now see your level otherwise, call `ex.assess` again with new levels.",
    )


def _criterion(criterion: Criterion) -> str:
    rows: list[tuple[object, ...]] = [(i, number(level.points), level.words) for i, level in enumerate(criterion.levels)]
    return f"**{criterion.title}** (`{criterion.id}`): {criterion.asks}\n\n" + table(("Level", "Points", "In words"), rows)


def _reached(criterion: Criterion, levels: dict[str, int]) -> str:
    level = levels[criterion.id]
    return f"Level {level}: {criterion.levels[level].words}"


def _difference(criterion: Criterion, rubric: Rubric, levels: dict[str, int]) -> tuple[object, ...]:
    own = levels[criterion.id]
    if own + 1 < len(criterion.levels):
        step = f"To reach level {own + 1}: {criterion.levels[own + 1].words}"
    else:
        step = "You see your text at the highest level: find the sentence that shows it."
    return criterion.title, rubric.weak.why[criterion.id], rubric.strong.why[criterion.id], step


def _example(rubric: Rubric) -> str:
    return "levels={" + ", ".join(f'"{criterion.id}": 1' for criterion in rubric.criteria) + "}"
