"""A question: its points, how an answer is marked, its hints, and the wrong answers it knows."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from .outcome import NOT_YET, PASS, Outcome, not_started, not_yet
from .values import Unsupported

KINDS = ("auto", "written", "quick")
Values = Mapping[str, Any]


class Wrong(NamedTuple):
    """A wrong answer that students are expected to give: how it is recognised, and what to tell them."""

    when: Callable[[Values], bool]
    hint: str


class WrongAnswer(NamedTuple):
    """A row for the tests: these values earn these marks and the words of this hint are shown."""

    name: str
    question: str
    values: tuple[Any, ...]
    marks: float
    hint: str


@dataclass(frozen=True)
class Question:
    """One question of an exercise (kind auto or written) or of a lesson (kind quick).

    id: as in the notebook ("q2", "like-with-like"); points: written once, here;
    answers: names of the variables that hold the answer (default: the id);
    mark: gets {answer name: decoded value} and returns an Outcome whose possible is `points`.  For a written
        question it is optional and looks at the form alone: its conditions are worth 0 points;
    hints: opened one by one; wrong: {name: Wrong(when, hint)}, shown where recognised and the answer is not a PASS;
    solution: model answer in Markdown, only for a quick check (an exercise's answers stand in its solution notebook).
    """

    id: str
    points: float
    answers: tuple[str, ...] = ()
    kind: str = "auto"
    mark: Callable[[Values], Outcome] | None = None
    hints: tuple[str, ...] = ()
    wrong: Mapping[str, Wrong] = field(default_factory=dict)
    solution: str = ""

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", self.id):
            raise ValueError(f"a question's id is lower-case letters, digits and hyphens, not {self.id!r}")
        if self.kind not in KINDS:
            raise ValueError(f"question {self.id}: kind is one of {', '.join(KINDS)}, not {self.kind!r}")
        if not self.points > 0:
            raise ValueError(f"question {self.id}: points must be above 0, not {self.points!r}")
        if self.mark is None and self.kind != "written":
            raise ValueError(f"question {self.id}: a question of kind {self.kind} needs a mark function")
        if isinstance(self.answers, str) or isinstance(self.hints, str):
            raise TypeError(f"question {self.id}: answers and hints are tuples of strings; is a comma missing?")
        if not self.answers:
            object.__setattr__(self, "answers", (self.id.replace("-", "_"),))

    def check(self, values: Values) -> Outcome:
        """The outcome for decoded values, {answer name: value}.  Never raises for what a student's value is.

        A missing answer counts as None.  Blank answers are NOT STARTED and earn 0.
        """
        values = {name: values.get(name) for name in self.answers}
        if all(is_blank(value) for value in values.values()):
            here = "Write your answer into this cell, in place of None or between the quotation marks, and run it again."
            there = f"Give {_listed(self.answers)} a value, run that cell, then run this one."
            return not_started(self.points, here if self.kind == "quick" else there)
        # A quick check has no variable that the student has named: the sentence stands alone.
        unreadable = tuple(v.sentence if self.kind == "quick" else f"{name}: {v.sentence}"
                           for name, v in values.items() if type(v) is Unsupported)
        if unreadable:
            return not_yet(self.points, *unreadable)
        try:
            outcome = self._marked(values)
        except Exception as fault:  # a mark function must not show a student a traceback
            return not_yet(
                self.points,
                f"This answer could not be checked: {_described(values)}. Look at the type that the question asks for.",
                f"(The check stopped with {type(fault).__name__}.)",
            )
        return outcome if outcome.status == PASS else outcome.with_words(hints=self.recognised(values))

    def recognised(self, values: Values) -> tuple[str, ...]:
        """The hints of those known wrong answers that these values are."""
        found = []
        for wrong in self.wrong.values():
            try:
                if wrong.when(values):
                    found.append(wrong.hint)
            except Exception:  # noqa: S112 - a value of another type is not this wrong answer
                continue
        return tuple(found)

    def _marked(self, values: Values) -> Outcome:
        outcome = self.mark(values) if self.mark else None
        if self.kind == "written":
            conditions = outcome.conditions if outcome else ()
            return Outcome(0, self.points, NOT_YET, conditions, notes=(
                f'A reader marks this answer by its rubric. To see the rubric and judge your own text: ex.assess("{self.id}").',
            ))
        if type(outcome) is not Outcome:
            raise TypeError(f"mark must return an Outcome, not {type(outcome).__name__}")
        if outcome.possible != self.points:
            raise ValueError(f"mark gives out {outcome.possible} points, the question is worth {self.points}")
        return outcome


def is_blank(value: object) -> bool:
    """Nothing was answered: None, text of blanks only, or a list, tuple, dict or set of nothing else."""
    if value is None:
        return True
    if type(value) is str:
        return not value.strip()
    if type(value) is dict:
        return all(is_blank(item) for item in value.values())
    return type(value) in (list, tuple, set) and all(is_blank(item) for item in value)


def _listed(names: tuple[str, ...]) -> str:
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1]


def _described(values: Values) -> str:
    return ", ".join(f"{name} is of type {type(value).__name__}" for name, value in values.items())
