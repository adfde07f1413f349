"""What a student is told about a mark, in words: how it stands, the reasons, and what to do next."""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from ... import kit
from ...check.outcome import NOT_STARTED, count, number
from ...check.rubric import Rubric
from ..lms.filled import as_text, two_decimals
from ..score import TO_MARK

if TYPE_CHECKING:
    from ..gradebook.entries import Asked, Row, Standing

NOT_ISOLATED = "NOT ISOLATED"
_YOURS = "Your code"
_FAULT = re.compile(r"(The answer cell of )?\S+ did not finish: ")


@dataclass(frozen=True)
class Place:
    """Where a question stands and what to read for it: its heading in the exercise, and the section of the lesson, or ""."""

    heading: str = ""
    section: str = ""


@dataclass(frozen=True)
class Reached:
    """One criterion of a rubric: the level in words, and the words of the next one, "" where it is the highest."""

    title: str
    points: str
    words: str
    next: str


def state(mark: Standing) -> tuple[str, str]:
    """A sign and words for how a mark stands; the sign is never needed to understand the words."""
    if mark.earned is None:
        return ("…", "A reader has still to mark this") if mark.status == TO_MARK else ("…", "Not graded yet")
    if mark.earned >= mark.possible:
        return "●", "All points"
    if mark.earned > 0:
        return "◐", "Some of the points"
    if _unfinished(mark):
        return "○", "Your cell did not finish"
    return "○", "No answer was found" if mark.status == NOT_STARTED else "No points yet"


def points(mark: Standing) -> str:
    """2.5 of 4 points; or that there is no number yet."""
    return f"– of {count(mark.possible, 'point')}" if mark.earned is None else f"{short(mark.earned)} of {count(mark.possible, 'point')}"


def short(value: float) -> str:
    """Points with at most two decimals, without a word."""
    return as_text(two_decimals(value))


def total(row: Row) -> str:
    """The sum of what is marked, out of what is marked, in a sentence; and what is not in it yet."""
    if row.ungraded:
        return "Your file could not be graded, so there is no mark yet."
    marked = [mark for mark in row.marks.values() if mark.earned is not None]
    if not marked:
        return "Nothing is marked yet."
    said = f"{short(sum(mark.earned or 0 for mark in marked))} of {count(sum(mark.possible for mark in marked), 'point')}"
    waits = [f"{mark.question} ({count(mark.possible, 'point')})" for mark in row.marks.values() if mark.earned is None]
    return f"{said}." if not waits else f"{said} so far. Not in this sum yet: {', '.join(waits)}."


def reasons(mark: Standing) -> list[str]:
    """Why points are missing, and what else was said of the answer, as sentences."""
    return [_sentence(without_paths(said)) for said in mark.said if said.strip()]


def next_step(mark: Standing, kind: str, place: Place, *, hints: bool = True) -> list[str]:
    """What to do now, in sentences; text between backticks is code."""
    if mark.earned is not None and mark.earned >= mark.possible:
        return ["Nothing is missing."]
    if mark.earned is None:
        later = "The mark and the reader's words will be on the next page that you get." if mark.status == TO_MARK else (
            "Ask your instructor when it will be graded.")
        return [later]
    look = [f"Read again in the lesson: {place.section}{_stop(place.section)}"] if place.section else []
    if kind == "written":
        if mark.status == NOT_STARTED:
            return [f"Write your text in the cell of {mark.question}, in place of the words that stand there.", *look]
        return [f"To see what a better answer looks like, run `ex.assess(\"{mark.question}\")` in the exercise: it shows the rubric, and then "
                "two examples.", *look]
    if _unfinished(mark):
        look = [f"Your code did not run to its end. In the exercise choose Run, then Run All Cells, and repair the cell of {mark.question} until "
                "it shows no error.", *look]
        do = "Then look at the answer in"
    else:
        do = "Write an answer in" if mark.status == NOT_STARTED else "Change the answer in"
    hint = [f"If you are stuck, make a new cell and run `ex.hint(\"{mark.question}\")`."] if hints else []
    return [*look, f"{do} the cell of {mark.question}, run it, and then run the check below it.", *hint]


def nothing_graded(row: Row, rows: Sequence[Row]) -> str:
    """Why there is no mark at all and what to do, for a row of which nothing was graded."""
    if row.broken:
        return "The grader failed, which is no fault of yours. Ask your instructor when it will be graded."
    why = others_left_out(dict.fromkeys((*row.oddities, *([] if row.oddities else next(iter(row.marks.values())).said))), row, rows)
    return " ".join([*map(_sentence, why), "Send the file again, or ask your instructor."])


def _unfinished(mark: Standing) -> bool:
    """Whether the code of the answer failed."""
    return any(said.startswith("it ") or _FAULT.match(said) for said in mark.said)


def reached(mark: Standing, rubric: Rubric | None) -> list[Reached]:
    """What was reached in each criterion; empty where the mark was not given by levels."""
    found = []
    for criterion in rubric.criteria if rubric else ():
        level = mark.levels.get(criterion.id)
        if type(level) is not int or not 0 <= level < len(criterion.levels):
            continue  # the rubric was changed since
        above = criterion.levels[level + 1].words if level + 1 < len(criterion.levels) else ""
        found.append(Reached(criterion.title, f"{number(criterion.levels[level].points)} of {number(criterion.points)}",
                             criterion.levels[level].words, above))
    return found


def how_it_ran(isolation: str) -> str:
    """How the code behind the marks was run, for a student."""
    if NOT_ISOLATED in isolation:
        return (f"{NOT_ISOLATED}: your code was run on the grader's computer without being shut off from its other files. Nothing was "
                "wrong with your work. It is said here because marks made in this way could have been changed by somebody's code.")
    if not isolation.strip():
        return "None of your code was run for these marks."
    how = re.sub(r"\bisolated \((.*?)\)", r"\1", isolation)
    return f"Your code was run shut off from the network, from other students' work and from the checks ({how})."


def others_left_out(sentences: Iterable[str], row: Row, rows: Sequence[Row]) -> list[str]:
    """Sentences in which every other student of the class is called "another student"."""
    said = [without_paths(sentence) for sentence in sentences]
    text = "\n".join(said)
    own = (row.student.key, row.student.name)
    named = {name for other in rows if said for name in (other.student.key, other.student.name)
             if len(name) > 3 and name in text and name not in own}
    for name in sorted(named, key=len, reverse=True):
        said = [re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", "another student", sentence) for sentence in said]
    return said


def comments(rows: Sequence[Row], asked: Sequence[Asked] = (), rubrics: Mapping[str, Rubric] | None = None) -> dict[str, str]:
    """For each student (by key) the feedback as plain text, for the comment of an LMS: marks, reasons, levels, the reader's words."""
    kinds = {one.id: one.kind for one in asked}
    found = {}
    for row in rows:
        parts = [total(row)] + ([nothing_graded(row, rows)] if row.ungraded else [])
        for mark in () if row.ungraded else row.marks.values():
            lines = [f"{mark.question}: {points(mark)}. {state(mark)[1]}.", *reasons(mark)]
            lines += [f"{one.title}: {one.words}" + (f" Next: {one.next}" if one.next else "")
                      for one in reached(mark, (rubrics or {}).get(mark.question))]
            lines += [f"The reader: {mark.comment}"] if mark.comment.strip() else []
            if mark.earned == 0 and kinds.get(mark.question) == "auto":
                lines += [step.replace("`", "") for step in next_step(mark, "auto", Place())[-1:]]
            parts.append("\n".join(lines))
        if NOT_ISOLATED in row.isolation:
            parts.append(how_it_ran(row.isolation))
        found[row.student.key] = "\n\n".join(parts)
    return found


def without_paths(text: str) -> str:
    """Text in which every absolute path is cut down to its last part: where files lie on the grader's computer concerns nobody."""
    for root in _roots():
        text = text.replace(root, "…")
    return _PATH.sub(lambda path: "…/" + re.split(r"[/\\]", path[0].rstrip("/\\"))[-1], text)


# /a/b/c, C:\a\b or \\server\share, and … with what followed a folder that was cut out already; not and/or, not https://
_PATH = re.compile(r"""(?<![\w:/.…<])/(?:[^\s/'"<>()]+/)+[^\s/'"<>(),;]*|\b[A-Za-z]:[\\/][^\s'"<>]+|\\\\[^\s'"<>]+|…(?:[\\/][^\s'"<>(),;]+)+""")


@cache
def _roots() -> tuple[str, ...]:
    """The folders of this computer that a sentence could name, longest first; a name in them may hold spaces."""
    found = {str(Path.home()), str(Path.cwd()), tempfile.gettempdir(), sys.prefix, sys.base_prefix}
    try:
        found.add(str(kit.root()))
    except FileNotFoundError:
        pass
    return tuple(sorted((root for root in found if len(root) > 3), key=len, reverse=True))


def _stop(text: str) -> str:
    return "" if text.endswith(("?", "!", ".")) else "."


def _sentence(text: str) -> str:
    """One line.  What begins with a small letter begins with a name of the student's, except for what a cell did."""
    text = " ".join(text.split())
    return f"{_YOURS}{text[2:]}" if text.startswith("it ") else text
