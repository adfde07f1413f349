"""Marks written answers as an instructor asks for it on the command line: read them, mark one, or take a sheet of marks."""

from __future__ import annotations

import difflib
import shlex
from collections.abc import Mapping, Sequence
from pathlib import Path

from ..check.outcome import count
from ..check.rubric import Rubric
from . import names
from .gradebook import written
from .gradebook.book import Gradebook
from .gradebook.entries import Answer
from .new_files import write_new
from .submission import GradingError, Student


def read(book: Gradebook, slug: str, rubrics: Mapping[str, Rubric], question: str | None, student: str | None) -> str:
    """The written answers as a page, question by question; of one question or one student where they are named."""
    answers = book.written(slug, question)
    if student is not None:
        who = student_named(book, slug, student)
        answers = [answer for answer in answers if answer.student.key == who.key]
    if not answers:
        return "There is no written answer to read."
    return written.to_page(answers, rubrics, slug) + "\n" + _how(answers, slug, rubrics)


def write(book: Gradebook, slug: str, rubrics: Mapping[str, Rubric], question: str | None, path: Path) -> str:
    """Write the answers as a sheet to mark in, or for a name that ends with .md as a page; gives what to do with it."""
    answers = book.written(slug, question)
    if not answers:
        raise GradingError("There is no written answer to mark, so nothing was written.")
    if path.suffix.lower() in (".md", ".markdown"):
        return f"Written: {write_new(path, written.to_page(answers, rubrics, slug))}"
    made = write_new(path, written.to_sheet(answers, rubrics))
    return f"Written: {made}. Fill in the columns of the criteria with levels (or points), and take it in with: --sheet {made}"


def take(book: Gradebook, slug: str, rubrics: Mapping[str, Rubric], path: Path, *, who: str) -> str:
    """Keep the marks of a sheet that was filled in, all of them or none.  Raises GradingError with every fault."""
    markings = written.from_sheet(path.read_bytes(), book.written(slug), rubrics)
    if not markings:
        return f"{path}: no row has a mark, so nothing was kept."
    before = {row.student.key: row.marks for row in book.rows(slug)}
    after = book.mark_all(slug, markings, rubrics, who=who, why=f"sheet {path.name}")
    new = sum(before[marking.student].get(marking.question) != stands for marking, stands in zip(markings, after, strict=True))
    if not new:
        return f"{path}: nothing new; what it says stands already ({count(len(after), 'mark')})."
    return f"{count(new, 'mark')} kept from {path}." + (f" What stood already: {count(len(after) - new, 'mark')}." if new < len(after) else "")


def mark(book: Gradebook, slug: str, rubrics: Mapping[str, Rubric], question: str | None, student: str, levels: Sequence[str],
         points: float | None, comment: str, *, who: str, why: str) -> str:
    """Mark one answer by levels or by points; gives the mark that stands.  Raises GradingError."""
    asked = question or _only_written(book, slug)
    one = student_named(book, slug, student)
    given = _levels(levels) if levels else None
    before = next((row.marks.get(asked) for row in book.rows(slug) if row.student.key == one.key), None)
    if given is None and points is None and before and before.by != "auto":  # a comment alone keeps the mark beside it
        given, points = (dict(before.levels), None) if before.levels else (None, before.earned)
    standing = book.mark(slug, one.key, asked, levels=given, points=points, comment=comment, who=who, why=why, rubric=rubrics.get(asked))
    return f"{one.name or one.key}, {asked}: {standing.mark}."


def take_back(book: Gradebook, slug: str, question: str, student: str, *, who: str, why: str) -> str:
    """Take back the mark by hand that stands; gives what stands then.  Raises GradingError."""
    one = student_named(book, slug, student)
    if not why.strip():
        raise GradingError('analogies mark --take-back: say the reason, which the gradebook keeps, with --why "..."')
    return f"{one.name or one.key}, {question}: taken back; {book.take_back(slug, one.key, question, who=who, why=why).mark}."


def history(book: Gradebook, slug: str, question: str, student: str) -> str:
    """Every mark that there was, oldest first, a line each.  Raises GradingError."""
    one = student_named(book, slug, student)
    if question not in (known := [asked.id for asked in book.questions(slug)]):
        raise GradingError(f"{slug} has no question {question!r}; it has {', '.join(known)}.")
    entries = book.history(slug, one.key, question)
    stands = next(row.marks[question] for row in book.rows(slug) if row.student.key == one.key)
    return names.lines("\n".join([f"{one.name or one.key}, {question}:", *(entry.sentence for entry in entries), f"Counts now: {stands.mark}."]))


def student_named(book: Gradebook, slug: str, named: str) -> Student:
    """The student with this key, or this name where one alone has it.  Raises GradingError."""
    students = [row.student for row in book.rows(slug)]
    found = [one for one in students if one.key == named] or [
        one for one in students if named.casefold() in (one.key.casefold(), one.name.casefold())]
    if len(found) == 1:
        return found[0]
    if found:
        raise GradingError(f"--student: {len(found)} students are called {named!r}; give one of {', '.join(one.key for one in found)}")
    near = difflib.get_close_matches(named, [name for one in students for name in (one.key, one.name) if name], n=3, cutoff=0.5)
    hint = f"; did you mean {' or '.join(dict.fromkeys(near))}?" if near else f"; {count(len(students), 'student')} handed in {slug}"
    raise GradingError(f"--student: nobody in {book.name} is called {named!r}{hint}")


def _only_written(book: Gradebook, slug: str) -> str:
    found = [one.id for one in book.questions(slug) if one.kind == "written"]
    if len(found) != 1:
        raise GradingError(f"--question: say which question is marked; written ones are {', '.join(found) or 'none'}")
    return found[0]


def _levels(given: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for text in given:
        name, sign, level = text.partition("=")
        if not (sign and name and level.isdecimal() and level.isascii()):
            raise GradingError(f"expected CRITERION=LEVEL with a whole number, such as claim=2, found {text!r}")
        if name in found:
            raise GradingError(f"{name} has two levels: {found[name]} and {level}")
        found[name] = int(level)
    return found


def _how(answers: Sequence[Answer], slug: str, rubrics: Mapping[str, Rubric]) -> str:
    first = next((answer for answer in answers if answer.standing.earned is None), answers[0])
    rubric = rubrics.get(first.question)
    levels = " ".join(f"{one.id}=LEVEL" for one in rubric.criteria) if rubric else "--points POINTS"
    waits = sum(answer.standing.earned is None for answer in answers)
    return (f"{waits} of {count(len(answers), 'answer')} {'waits' if waits == 1 else 'wait'} for a mark. To mark one:\n"
            f"  analogies mark {slug} --question {first.question} --student {shlex.quote(first.student.key)} {levels} --comment \"...\"\n"
            f"To mark in a spreadsheet: analogies mark {slug} --write-sheet marks-{slug}-sheet.csv")
