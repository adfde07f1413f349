"""The question files: which exercises there are, and the questions of each."""

from __future__ import annotations

import importlib
import re
from collections.abc import Sequence
from importlib import resources
from types import ModuleType

from .question import Question

_PACKAGE = f"{__package__}.questions"


class UnknownExercise(ValueError):
    """No exercise has this slug.  A notebook shows the sentence alone."""

    def _render_traceback_(self) -> list[str]:
        return [str(self)]


def slugs() -> list[str]:
    """The slugs that have questions, sorted: "03-syria-2015" for 03_syria_2015.py."""
    names = (entry.name for entry in resources.files(_PACKAGE).iterdir())
    return sorted(name[:-3].replace("_", "-") for name in names if re.fullmatch(r"\d\d(_[a-z0-9]+)+\.py", name))


def question_module(slug: str) -> ModuleType:
    """The module with QUESTIONS, WRONG_ANSWERS and SOLUTIONS of one slug.  Raises UnknownExercise."""
    known = slugs()
    if type(slug) is not str or slug not in known:
        shown = repr(slug) if type(slug) is str else f"a value of type {type(slug).__name__}"
        raise UnknownExercise(f"No exercise is called {shown[:80]}. There are: {', '.join(known) or 'none yet'}.")
    return importlib.import_module(f"{_PACKAGE}.{slug.replace('-', '_')}")


def questions(slug: str) -> dict[str, Question]:
    """The questions of one slug by id, in their order.  Raises UnknownExercise; ValueError where an id occurs twice."""
    return by_id(question_module(slug).QUESTIONS)


def by_id(listed: Sequence[Question]) -> dict[str, Question]:
    """Questions by id, in their order.  Raises ValueError where an id occurs twice."""
    found = {question.id: question for question in listed}
    if len(found) != len(listed):
        twice = sorted({q.id for q in listed if sum(other.id == q.id for other in listed) > 1})
        raise ValueError(f"question ids must be unique; twice: {', '.join(twice)}")
    return found
