"""The heads and words of Moodle's grading worksheet in the languages that were looked up, and the columns found by them.

From the language packs of Moodle (mod_assign: recordid, maxgrade, gradecanbechanged, lastmodifiedgrade, scale; grade, yes, no)
and from worksheets in public repositories: English, German, Spanish, French, Portuguese, Russian.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..submission import GradingError
from .csv_bytes import Sheet
from .filled import as_number, one_line

WHAT = "The worksheet from Moodle"
AGAIN = "in Moodle open the assignment, choose Download grading worksheet, and give that file as it is"

HEADS: dict[str, tuple[str, ...]] = {
    "identifier": ("Identifier", "ID", "Identificador", "Identifiant", "Идентификатор"),
    "name": ("Full name", "Vollständiger Name", "Nombre completo", "Nom complet", "Nome completo", "Полное имя"),
    "grade": ("Grade", "Bewertung", "Calificación", "Note", "Nota", "Оценка"),
    "maximum": ("Maximum Grade", "Maximum mark", "Bestwertung", "Calificación máxima", "Note maximale", "Nota máxima", "Максимальная оценка"),
    "locked": ("Grade can be changed", "Bewertung kann geändert werden", "La calificación puede ser cambiada", "La calificación puede cambiarse",
               "La note peut être modifiée", "Nota pode ser alterada", "A nota pode ser alterada.", "Оценка может быть изменена"),
    "modified": ("Last modified (grade)", "Zuletzt geändert (Bewertung)", "Última modificación (calificación)", "Dernière modification (note)",
                 "Última modificação (nota)", "Последнее изменение (оценка)"),
    "comments": ("Feedback comments", "Feedback als Kommentar", "Comentarios de retroalimentación", "Feedback par commentaires",
                 "Comentários de feedback", "Отзыв в виде комментария"),
    "scale": ("Scale", "Skala", "Escala", "Barème", "Шкала"),
}
YES = frozenset(("yes", "ja", "sí", "si", "oui", "sim", "да"))
NO = frozenset(("no", "nein", "non", "não", "нет"))


@dataclass(frozen=True)
class Columns:
    """Where the columns of a worksheet stand; -1 for one that it lacks.  guessed: what was found by its content alone."""

    identifier: int
    grade: int
    name: int = -1
    maximum: int = -1
    locked: int = -1
    modified: int = -1
    comments: int = -1
    scale: int = -1
    guessed: tuple[str, ...] = ()


def columns(sheet: Sheet, named: Mapping[str, str]) -> Columns:
    """The columns by their heads: those that were named ({"grade": "Punkte"}), the known ones, else by what stands in them.

    Raises GradingError for a name that is not in the file, and where the identifier or the grade cannot be found.
    """
    header = [_plain(head) for head in sheet.rows[0]]
    body = [row for row in sheet.rows[1:] if len(row) == len(header)]
    if wrong := [role for role in named if role not in HEADS]:
        raise GradingError(f"{', '.join(wrong)}: no column of a worksheet is called so; a column can be named for {', '.join(HEADS)}")
    found = {role: _by_head(header, (named[role],) if role in named else heads) for role, heads in HEADS.items()}
    for role in named:
        if found[role] < 0:
            raise GradingError(f"{WHAT}: expected a column {named[role]}, found {_listed(sheet)}")
    guessed = []
    for role, at in (("identifier", _identifier(body)), ("maximum", _maximum(body, found))):
        if found[role] < 0 <= at and (role != "maximum" or found["scale"] < 0):
            found[role] = at
            guessed.append(role)
    if found["grade"] < 0 < found["maximum"] and _could_be_grades(body, found["maximum"] - 1, found):
        found["grade"] = found["maximum"] - 1  # Moodle writes them side by side
        guessed.append("grade")
    for role in ("identifier", "grade"):
        if found[role] < 0:
            raise GradingError(f"{WHAT}: expected a column {HEADS[role][0]}, found {_listed(sheet)}; {AGAIN}, or name the column for the {role}")
    return Columns(**found, guessed=tuple(guessed))


def _plain(head: str) -> str:
    return one_line(head).casefold().rstrip(".")


def _by_head(header: Sequence[str], heads: Sequence[str]) -> int:
    """The only column with one of these heads, or -1."""
    wanted = {_plain(head) for head in heads}
    at = [n for n, head in enumerate(header) if head in wanted]
    return at[0] if len(at) == 1 else -1


def _identifier(body: Sequence[Sequence[str]]) -> int:
    """The first column in which every row has the same word, then a number of its own: Participant 12345."""
    for n in range(len(body[0]) if body else 0):
        parts = [re.fullmatch(r"(\D*[^\W\d]\D*?)\s*(\d+)", row[n].strip()) for row in body]
        if all(parts) and len({part[1] for part in parts}) == 1 and len({part[2] for part in parts}) == len(body):
            return n
    return -1


def _maximum(body: Sequence[Sequence[str]], found: Mapping[str, int]) -> int:
    """The first column with one and the same number above 0 in every row, with a column before it that could be of grades."""
    for n in range(1, len(body[0]) if body else 0):
        cells = {row[n].strip() for row in body}
        value = as_number(next(iter(cells))) if len(cells) == 1 else None
        if value and n not in found.values() and _could_be_grades(body, n - 1, found):
            return n
    return -1


def _could_be_grades(body: Sequence[Sequence[str]], n: int, found: Mapping[str, int]) -> bool:
    taken = {at for role, at in found.items() if role not in ("grade", "maximum")}
    return n not in taken and all(not row[n].strip() or as_number(row[n]) is not None for row in body)


def _listed(sheet: Sheet) -> str:
    return ", ".join(one_line(head) for head in sheet.rows[0]) or "an empty line"
