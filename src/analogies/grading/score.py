"""From encoded values to marks: the checks of check/questions see decoded values only, and run in this process."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..check.outcome import NOT_STARTED, NOT_YET, Outcome
from ..check.question import Question
from ..check.values import decode

TO_MARK = "TO MARK"
MAX_BYTES = 500_000  # of all answers to one question: checks compare rows with rows, and a huge answer would hold up the batch


@dataclass(frozen=True)
class Mark:
    """The mark of one question: `earned` is None where a person must read the answer; `said` are sentences."""

    question: str
    earned: float | None
    possible: float
    status: str
    said: tuple[str, ...] = ()


def score(questions: Sequence[Question], values: Mapping[str, Mapping[str, bytes]], faults: Mapping[str, str],
          written: Mapping[str, str]) -> list[Mark]:
    """A mark for each question, in order: automatic ones from the values, written ones (text by question) for a reader."""
    marks = []
    for question in questions:
        if question.kind == "written":
            marks.append(_written(question, written.get(question.id, "")))
        elif question.kind == "auto":
            marks.append(_automatic(question, values.get(question.id, {}), faults.get(question.id)))
    return marks


def _automatic(question: Question, encoded: Mapping[str, bytes], fault: str | None) -> Mark:
    decoded: dict[str, Any] = {}
    said = [fault] if fault else []
    if sum(len(encoded.get(name, b"")) for name in question.answers) > MAX_BYTES:
        said.append(f"The answer takes more than {MAX_BYTES // 1000} kB, so it was not checked; give the part that the question asks for.")
        return Mark(question.id, 0, question.points, NOT_YET, tuple(said))
    for name in question.answers:
        try:
            decoded[name] = decode(encoded[name])
        except KeyError:
            said += [] if fault else [f"{name} could not be read back, so it counts as blank."]
        except ValueError as error:
            said.append(f"{name} came back damaged, so it counts as blank: {error}.")
    outcome = question.check(decoded)
    return Mark(question.id, outcome.earned, question.points, outcome.status, (*said, *_sentences(outcome)))


def _written(question: Question, text: str) -> Mark:
    if not text.strip():
        return Mark(question.id, 0, question.points, NOT_STARTED)
    return Mark(question.id, None, question.points, TO_MARK)


def _sentences(outcome: Outcome) -> tuple[str, ...]:
    unmet = tuple(c.message for c in outcome.conditions if not c.met) if outcome.status == NOT_YET else ()
    return unmet + outcome.hints + (outcome.notes if outcome.status == NOT_YET else ())
