"""The marks of one batch: as a table for the eye, as CSV, and the written answers as a page to mark."""

from __future__ import annotations

import csv
import html
import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from rich.markup import escape
from rich.table import Table

from ..check.outcome import count, number
from ..check.question import Question
from .score import Mark


@dataclass(frozen=True)
class Graded:
    """One student's marks, what was odd, and the text of the written answers by question."""

    student: str
    path: Path
    marks: tuple[Mark, ...]
    oddities: tuple[str, ...]
    written: Mapping[str, str]

    @property
    def automatic(self) -> float:
        """Points earned so far; those that wait for a reader are not in it."""
        return sum(mark.earned or 0 for mark in self.marks)


@dataclass(frozen=True)
class Batch:
    """All students of one exercise; `caution` goes with the marks wherever they are shown."""

    slug: str
    questions: tuple[Question, ...]
    students: tuple[Graded, ...]
    caution: str

    def table(self) -> Table:
        """A rich table of marks by question; what was odd stands below it, a sentence each."""
        odd = [f"{one.student}: {said}" for one in self.students for said in one.oddities]
        table = Table(title=escape(f"Marks for {self.slug}"), caption=escape("\n".join([self.caution, *odd])),
                      caption_justify="left")
        table.add_column("Student")
        for question in self.questions:
            table.add_column(f"{question.id} ({number(question.points)})", justify="right")
        table.add_column(f"Total ({number(self._possible)})", justify="right")
        for one in self.students:
            waits = " + to mark" if any(mark.earned is None for mark in one.marks) else ""
            table.add_row(escape(one.student), *(_shown(mark) for mark in one.marks), number(one.automatic) + waits)
        return table

    def write(self, path: Path) -> list[Path]:
        """Write the marks as CSV to path, and the written answers beside it; gives the files.  Nothing is overwritten:
        where a file is there already, the new one gets a number."""
        path = Path(path)
        page = path.with_name(f"{path.stem}-to-mark.md")
        while path.exists() or page.exists():
            path = _next(path)
            page = path.with_name(f"{path.stem}-to-mark.md")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(self.as_csv(), encoding="utf-8", newline="")
        if not any(one.written for one in self.students):
            return [path]
        page.write_text(self.to_mark(), encoding="utf-8", newline="\n")
        return [path, page]

    def as_csv(self) -> str:
        """A row for each student: marks by question (blank while it waits for a reader), total, why marks were lost."""
        out = io.StringIO()
        rows = csv.writer(out)
        rows.writerow(["student", "file", *(q.id for q in self.questions), "total_so_far", "points_possible", "to_mark",
                       "notes", "graded_in_isolation"])
        for one in self.students:
            waiting = " ".join(mark.question for mark in one.marks if mark.earned is None)
            notes = [*one.oddities, *(f"{m.question}: {said}" for m in one.marks for said in m.said)]
            rows.writerow([_plain(one.student), _plain(one.path.name),
                           *("" if m.earned is None else number(m.earned) for m in one.marks), number(one.automatic),
                           number(self._possible), waiting, _plain(" ".join(notes)), "no"])
        return out.getvalue()

    def to_mark(self) -> str:
        """The written answers in Markdown, question by question, so that one question is read for the whole class."""
        lines = [f"# {self.slug}: written answers to mark", ""]
        for question in self.questions:
            texts = [(one, one.written[question.id]) for one in self.students if one.written.get(question.id)]
            if question.kind != "written":
                continue
            lines += [f"## {question.id}: {count(question.points, 'point')}, {count(len(texts), 'answer')}", ""]
            for one, text in texts:
                lines += [f"### {one.student}", "", f"Mark: ____ of {number(question.points)}", ""]
                # escaped, so that an unclosed comment or tag of one student does not hide the next one
                lines += [f"> {html.escape(line, quote=False)}".rstrip() for line in text.strip().splitlines()] + [""]
        return "\n".join(lines)

    @property
    def _possible(self) -> float:
        return sum(question.points for question in self.questions)


def _shown(mark: Mark) -> str:
    return "to mark" if mark.earned is None else number(mark.earned)


def _plain(text: str) -> str:
    """Text that a spreadsheet does not run as a formula."""
    text = "".join(c if c.isprintable() else " " for c in text)
    return f"'{text}" if text[:1] in ("=", "+", "-", "@") else text


def _next(path: Path) -> Path:
    stem, _, last = path.stem.rpartition("-")
    numbered = bool(stem) and last.isdigit() and len(last) <= 3 and int(last) >= 2
    return path.with_name(f"{stem}-{int(last) + 1}{path.suffix}" if numbered else f"{path.stem}-2{path.suffix}")
