"""Our own copy of an exercise as a list to compare with, and cells of a student taken apart where they were merged with it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ..our_copy import Notebook
from .notebook_cells import Cell

SHORTEST = 15  # characters of a given text that is looked for inside a cell; `ex.check("q3", q3)` has 18


@dataclass(frozen=True)
class Given:
    """One cell of the exercise as it was handed out.  place: its number; answer: it is a student's to change."""

    place: int
    kind: str
    text: str
    id: str
    name: str
    answer: bool


@dataclass(frozen=True)
class Piece:
    """A student's cell, or a part of one; place: the cell of ours that it is, None where that is not known yet.

    by: how it was known, "name", "id", "text" or "" ; whole: it was not cut out of a larger cell.
    """

    cell: Cell
    place: int | None
    by: str = ""
    whole: bool = True


def given_cells(exercise: Notebook) -> list[Given]:
    """The cells of our copy, in order."""
    found = []
    for place, cell in enumerate(exercise.cells):
        role = cell.metadata.get("nbgrader", {})
        found.append(Given(place, cell.cell_type, plain(cell.source), cell.get("id", ""), role.get("grade_id", ""),
                           bool(role.get("solution"))))
    return found


def plain(text: str) -> str:
    """A text without what editors change by themselves: spaces at the ends of lines, and around it."""
    return "\n".join(line.rstrip() for line in text.strip().split("\n"))


def pieces(cells: Sequence[Cell], ours: Sequence[Given]) -> list[Piece]:
    """The student's cells in order, each known by its name, its id or our own text in it, where one of these tells."""
    names = {given.name: given.place for given in ours if given.name}
    ids = {given.id: given.place for given in ours if given.id}
    texts = {given.text: given.place for given in ours if not given.answer and given.text}
    once = [text for text in texts if len(text) >= SHORTEST and sum(text in other for other in texts) == 1]
    found: list[Piece] = []
    for cell in cells:
        text = plain(cell.text)
        if text in texts and (cell.grade_id not in names or names[cell.grade_id] == texts[text]):
            found.append(Piece(cell, texts[text], "text"))
            continue
        place, by = (names[cell.grade_id], "name") if cell.grade_id in names else (ids.get(cell.id), "id")
        inside = [given for given in once if given in text]
        parts = list(_cut(text, inside)) if inside else []
        if len(parts) < 2:
            found.append(Piece(cell, place, by if place is not None else ""))
            continue
        found += _placed(cell, parts, texts, place, by)
    return found


def _cut(text: str, given: Iterable[str]) -> Iterable[str]:
    """A text cut before and after each given text that stands in it on lines of its own."""
    spans = []
    for one in given:
        start = text.find(one)
        stop = start + len(one)
        if text[start - 1 : start] in ("", "\n") and text[stop : stop + 1] in ("", "\n"):
            spans.append((start, stop))
    at = 0
    for start, stop in sorted(spans):
        if start >= at:
            yield from filter(None, (text[at:start].strip(), text[start:stop]))
            at = stop
    yield from filter(None, (text[at:].strip(),))


def _placed(cell: Cell, parts: list[str], texts: dict[str, int], place: int | None, by: str) -> list[Piece]:
    """The parts of a merged cell; what it is known as goes to the one part that lies where that cell belongs."""
    places = [texts.get(part) for part in parts]
    found = []
    for number, part in enumerate(parts):
        own = places[number]
        if own is None and place is not None:
            before = next((p for p in reversed(places[:number]) if p is not None), -1)
            after = next((p for p in places[number + 1:] if p is not None), len(texts) + 10_000)
            own = place if before < place < after else None
        how = "text" if places[number] is not None else by if own is not None else ""
        found.append(Piece(replace(cell, text=part, grade_id="", id=""), own, how, whole=False))
    return found
