"""What a student calls in a notebook: check, hint, solution, assess, progress.  None of them shows a traceback."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .. import kit
from . import assess, catalogue, progress
from .outcome import NOT_STARTED, PASS, Outcome, count, escape_markdown, not_yet, number
from .page import Page, page, table
from .progress import Progress
from .question import Question
from .rubric import Rubric, RubricError, read_rubrics
from .solutions import model_answer
from .values import decode, encode

SOLUTION_AFTER = 3  # distinct attempts
_ATTEMPT = "distinct attempt"


def exercise(slug: str) -> Exercise:
    """The exercise of that slug ("03-syria-2015").  Raises UnknownExercise, which lists the slugs that there are."""
    return Exercise(slug)


@dataclass(frozen=True, slots=True)
class Summary:
    """What is kept of one exercise: counts of questions, points of the checked ones, and the last day (ISO) or ""."""

    checked: int
    passed: int
    earned: float
    possible: float
    written: int
    judged: int
    last: str


class Exercise:
    """The questions of one slug, with hints, solutions and progress."""

    def __init__(self, slug: str) -> None:
        """Raises UnknownExercise."""
        self._questions = catalogue.questions(slug)
        self.slug = slug
        try:
            self._root: Path | None = kit.root()
        except FileNotFoundError:
            self._root = None
        self._progress = Progress(slug, self._root / "my-work" if self._root else None)

    def __repr__(self) -> str:
        return f"Exercise {self.slug}: questions {', '.join(self._questions)}"

    def check(self, question: str, *values: Any) -> Outcome:
        """The outcome of an answer: ex.check("q2", q2).  Works on a copy that the codec made; never raises for a value."""
        asked, fault = self._find(question)
        if asked is None:
            return not_yet(0, fault)
        if len(values) != len(asked.answers):
            call = ", ".join((f'"{asked.id}"', *asked.answers))
            return not_yet(asked.points, f"Give {count(len(asked.answers), 'value')}, found {len(values)}: ex.check({call}).")
        encoded = [encode(value) for value in values]
        outcome = asked.check(dict(zip(asked.answers, map(decode, encoded), strict=True)))
        if outcome.status == NOT_STARTED or asked.kind == "written":
            return outcome
        attempt = None if outcome.status == PASS else hashlib.sha256(b"\n".join(encoded)).hexdigest()[:20]
        answered = progress.answered(outcome.earned, outcome.possible, outcome.status, attempt)
        said = self._progress.change(asked.id, answered)
        return outcome.with_words(notes=said + self._next_step(asked, outcome))

    def hint(self, question: str) -> Page:
        """The next hint, and those before it.  Each opens after one more distinct attempt."""
        asked, fault = self._find(question)
        if asked is None:
            return page(escape_markdown(fault))
        if not asked.hints:
            return page(f"**{asked.id}** has no hints.")
        entry = self._progress.entry(asked.id)
        allowed = self._hints_allowed(asked, entry)
        if not allowed:
            return page(f"**{asked.id}**: the first of {count(len(asked.hints), 'hint')} opens after your first attempt. "
                        f"Give an answer and check it: `ex.check(\"{asked.id}\", {', '.join(asked.answers)})`.")
        shown = min(entry["hints"] + 1, allowed)
        said = self._progress.change(asked.id, progress.opened_hint(shown))
        hints = [f"**Hint {i} of {len(asked.hints)}.** {escape_markdown(text)}" for i, text in enumerate(asked.hints[:shown], 1)]
        return page(f"**{asked.id}**", *hints, self._after_hint(asked, entry, shown, allowed), *map(escape_markdown, said))

    def solution(self, question: str, *, now: bool = False) -> Page:
        """The model answer, after three distinct attempts, once the question is passed, or at once with now=True."""
        asked, fault = self._find(question)
        if asked is None:
            return page(escape_markdown(fault))
        entry = self._progress.entry(asked.id)
        if not now and not self._solution_open(asked, entry):
            way = "after you have judged your own text with `ex.assess`" if asked.kind == "written" else (
                f"after {SOLUTION_AFTER} {_ATTEMPT}s; you have made {len(entry['attempts'])}")
            return page(f"**{asked.id}**: the model answer opens {way}. To see it at once: `ex.solution(\"{asked.id}\", now=True)`.")
        text = asked.solution or (model_answer(self._root, self.slug, asked.id) if self._root else None)
        if not text:
            return page(f"**{asked.id}**: no model answer is found. It should stand in `solutions/{self.slug}.ipynb` of the "
                        "kit's folder; get the kit again, or ask your instructor.")
        said = self._progress.change(asked.id, progress.saw_solution)
        other = "Yours may differ and still be right: the check looks at what an answer must satisfy." if (
            asked.kind != "written") else "Another text can be as good: the rubric says what counts."
        return page(f"**{asked.id}: a model answer**", text, other, *map(escape_markdown, said))

    def assess(self, question: str, levels: Any = None) -> Page:
        """The rubric of a written answer; with levels={criterion: level}, two exemplars beside one's own judgement."""
        asked, fault = self._find(question)
        if asked is None:
            return page(escape_markdown(fault))
        if asked.kind != "written":
            return page(f"**{asked.id}** is checked by `ex.check(\"{asked.id}\", {', '.join(asked.answers)})`; it has no rubric.")
        rubric, fault = self._rubric(asked)
        if rubric is None:
            return page(escape_markdown(fault))
        if levels is None:
            earlier = self._progress.entry(asked.id)["assessments"]
            note = f"You have judged this answer {count(len(earlier), 'time')} before." if earlier else ""
            return assess.show_rubric(rubric, asked.id, note)
        chosen = assess.read_levels(rubric, decode(encode(levels)))
        if type(chosen) is str:
            return assess.show_rubric(rubric, asked.id, f"**Not kept.** {escape_markdown(chosen)}")
        said = self._progress.change(asked.id, progress.assessed(chosen))
        return assess.compare(rubric, asked.id, chosen, *map(escape_markdown, said))

    def progress(self) -> Page:
        """A table of the questions: kind, points, status, attempts."""
        rows = []
        earned = possible = 0.0
        for asked in self._questions.values():
            entry = self._progress.entry(asked.id)
            if asked.kind == "written":
                status = "judged by yourself" if entry["assessments"] else NOT_STARTED
                points = f"up to {number(asked.points)}, by rubric"
            else:
                status = entry["status"] or NOT_STARTED
                # Points may have changed since: what was earned never shows as more than there is.
                best = min(entry["earned"], asked.points)
                points = f"{number(best)} of {number(asked.points)}"
                earned, possible = earned + best, possible + asked.points
            rows.append((asked.id, asked.kind, status, points, len(entry["attempts"])))
        header = ("Question", "Kind", "Status", "Points", "Attempts that were not yet right")
        return page(f"**{self.slug}: your progress**", table(header, rows),
                    f"Checked questions together: {number(earned)} of {count(possible, 'point')}.")

    def summary(self) -> Summary:
        """The exercise as one row of the course."""
        kept = [(asked, self._progress.entry(asked.id)) for asked in self._questions.values()]
        checked = [(asked, entry) for asked, entry in kept if asked.kind != "written"]
        days = [entry["last"][:10] for _, entry in kept if entry["last"]]
        days += [one["when"][:10] for _, entry in kept for one in entry["assessments"]]
        return Summary(
            checked=len(checked), passed=sum(entry["status"] == PASS for _, entry in checked),
            earned=sum(min(entry["earned"], asked.points) for asked, entry in checked),
            possible=sum(asked.points for asked, _ in checked),
            written=len(kept) - len(checked), judged=sum(bool(e["assessments"]) for q, e in kept if q.kind == "written"),
            last=max(days, default=""),
        )

    def _find(self, question: Any) -> tuple[Question | None, str]:
        if type(question) is str and question in self._questions:
            return self._questions[question], ""
        found = f'"{question[:40]}"' if type(question) is str else f"a value of type {type(question).__name__}"
        return None, f"{self.slug} has no question {found}. Its questions are: {', '.join(self._questions)}."

    def _hints_allowed(self, asked: Question, entry: progress.Entry) -> int:
        if asked.kind == "written" or entry["status"] == PASS or progress.switched_off():
            return len(asked.hints)
        return min(len(entry["attempts"]), len(asked.hints))

    def _solution_open(self, asked: Question, entry: progress.Entry) -> bool:
        if asked.kind == "written":
            return bool(entry["assessments"])
        return entry["status"] == PASS or len(entry["attempts"]) >= SOLUTION_AFTER

    def _after_hint(self, asked: Question, entry: progress.Entry, shown: int, allowed: int) -> str:
        if shown == len(asked.hints):
            return f"That was the last hint. The model answer: `ex.solution(\"{asked.id}\")`."
        if shown < allowed:
            return f"The next one is open: `ex.hint(\"{asked.id}\")`."
        return (f"The next one opens after {count(shown + 1, _ATTEMPT)}; you have made {len(entry['attempts'])}. "
                "Checking the same answer again does not count.")

    def _next_step(self, asked: Question, outcome: Outcome) -> tuple[str, ...]:
        if outcome.status == PASS or progress.switched_off():
            return ()
        entry = self._progress.entry(asked.id)
        if entry["hints"] < self._hints_allowed(asked, entry):
            return (f'A hint is open: ex.hint("{asked.id}").',)
        if self._solution_open(asked, entry):
            return (f'The model answer is open: ex.solution("{asked.id}").',)
        return ()

    def _rubric(self, asked: Question) -> tuple[Rubric | None, str]:
        where = f"lessons/{self.slug}/rubric.yml"
        if self._root is None:
            return None, f"The rubric of {asked.id} stands in {where} of the kit's folder, which is not found here."
        try:
            rubrics = read_rubrics(self._root / where)
        except FileNotFoundError:
            return None, f"The rubric of {asked.id} is not found: {where} is missing. Get the kit again, or ask your instructor."
        except (RubricError, OSError) as fault:
            return None, f"The rubric of {asked.id} cannot be read. {fault}"
        if asked.id not in rubrics:
            return None, f"{where} has no rubric for {asked.id}; it has {', '.join(rubrics)}."
        return rubrics[asked.id], ""
