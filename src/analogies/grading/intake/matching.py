"""Finds the answers of an exercise among a student's cells, however these were copied, split, merged, moved or stripped.

Only the text of answers is taken.  A cell is known by its name (grade_id), by its id, or by our own text around it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from ..names import listed, shown
from ..our_copy import Notebook
from .notebook_cells import Book
from .pieces import Given, Piece, given_cells, pieces, plain

LONGEST_ANSWER = 1_000_000
_SETS = re.compile(r"^(?:(?:async[ \t]+)?def[ \t]+|class[ \t]+)(\w++)|^(\w++(?:[ \t]*+,[ \t]*+\w++)*+)[ \t]*+=(?!=)", re.M)
_IMPORTS = re.compile(r"^(?:from[ \t]+\S++[ \t]+)?import[ \t]+([^\n#]{1,500})", re.M)
_WORD = re.compile(r"[^\W\d]\w*")


@dataclass
class Matched:
    """The text of each answer by name, what was odd in sentences, and why nothing was taken ("" where something was)."""

    answers: dict[str, str] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)
    unread: str = ""


def match(book: Book, exercise: Notebook, slug: str) -> Matched:
    """The answers of one notebook."""
    ours = given_cells(exercise)
    theirs = pieces(book.cells, ours)
    if unread := _another_exercise(book, theirs, ours, slug):
        return Matched(unread=unread)
    found = Matched()
    if book.slug not in ("", slug):
        found.said.append(f"The notebook says that it is {shown(book.slug)}, but its cells are those of {slug}; it was graded as {slug}.")
    guessed = _by_neighbours(theirs, ours)
    answers = [given for given in ours if given.answer]
    of: dict[int, list[Piece]] = defaultdict(list)
    extra = []
    for number, piece in enumerate(theirs):
        place = guessed.get(number, piece.place)
        if place is not None:
            of[place].append(piece)
        elif piece.cell.kind == "code" and piece.cell.text.strip():
            extra.append(piece)
    for given in answers:
        _take(found, given, of[given.place])
    around = sorted({ours[place].name for place in guessed.values()}, key=[g.name for g in answers].index)
    if around:
        found.said.append(f"{_cells_of(around)} had lost {'its' if len(around) == 1 else 'their'} name and id, and "
                          f"{'was' if len(around) == 1 else 'were'} known by the text around {'it' if len(around) == 1 else 'them'}.")
    _merged_into_another(found, answers, of)
    order = [place for number, piece in enumerate(theirs) if (place := guessed.get(number, piece.place)) is not None and ours[place].answer]
    firsts = list(dict.fromkeys(order))
    if firsts != sorted(firsts):
        found.said.append("The answer cells stood in another order; they were run in the order of the exercise.")
    if not any(of[given.place] for given in answers):
        return Matched(unread=f"None of the answer cells of {slug} was found in the notebook; is this another exercise?")
    found.said += _about_extra(extra, found.answers, answers)
    return found


def _another_exercise(book: Book, theirs: Sequence[Piece], ours: Sequence[Given], slug: str) -> str:
    """Why this is not our exercise; "" where it is.

    Names such as q1 are the same in every exercise, and so are some given texts; an id is of one exercise alone.
    """
    ids = {given.id for given in ours if given.id}
    ids_here = sum(cell.id in ids for cell in book.cells)
    same = {piece.place for piece in theirs if piece.by == "text"}
    if book.slug not in ("", slug) and 2 * max(ids_here, len(same)) < len(ours):
        return f"The notebook is of the exercise {shown(book.slug)}; {slug} was expected."
    strange = [piece for piece in theirs if piece.by != "text" and piece.cell.text.strip()
               and not (piece.place is not None and ours[piece.place].answer)]
    given = sum(not one.answer for one in ours)
    named = any(piece.place is not None for piece in theirs)
    if named and not book.slug and not ids_here and 2 * len(same) < given and len(strange) > len(same):
        return f"Hardly anything in the notebook is from {slug} but the names of its cells; is this another exercise?"
    return ""


def _by_neighbours(theirs: Sequence[Piece], ours: Sequence[Given]) -> dict[int, int]:
    """For pieces that nothing names: the one missing answer that belongs between the known cells around them."""
    missing = {given.place for given in ours if given.answer} - {piece.place for piece in theirs}
    guessed: dict[int, int] = {}
    run: list[int] = []
    before = -1
    for number in range(len(theirs) + 1):
        piece = theirs[number] if number < len(theirs) else None
        if piece is not None and piece.place is None:
            run += [number] if piece.cell.text.strip() else []
            continue
        after = piece.place if piece is not None else len(ours)
        between = [place for place in missing if before < place < after]
        known = before >= 0 or after < len(ours)
        if known and len(between) == 1 and (fitting := _fitting(run, theirs, ours[between[0]])):
            guessed |= dict.fromkeys(fitting, between[0])
        run, before = [], after
    return guessed | _by_what_they_set(theirs, ours, missing - set(guessed.values()), guessed)


def _fitting(run: Sequence[int], theirs: Sequence[Piece], given: Given) -> list[int]:
    code = [number for number in run if theirs[number].cell.kind == "code"]
    text = [number for number in run if number not in code]
    right, wrong = (code, text) if given.kind == "code" else (text, code)
    return right or (wrong if len(wrong) == 1 else [])


def _by_what_they_set(theirs: Sequence[Piece], ours: Sequence[Given], missing: set[int], taken: dict[int, int]) -> dict[int, int]:
    """Code that sets every name of one missing answer, and of no other, is that answer."""
    names = {place: _set_by(ours[place].text) for place in missing if ours[place].kind == "code"}
    found = {}
    for number, piece in enumerate(theirs):
        if piece.place is None and number not in taken and piece.cell.kind == "code":
            sets = _set_by(piece.cell.text)
            fits = [place for place, wanted in names.items() if wanted and wanted <= sets]
            if len(fits) == 1:
                found[number] = fits[0]
    return found


def _take(found: Matched, given: Given, theirs: list[Piece]) -> None:
    name = given.name
    if not theirs:
        found.said.append(f"The answer cell of {name} is missing.")
        return
    texts = [piece.cell.text for piece in theirs if plain(piece.cell.text) != given.text]
    texts = list({plain(text): text for text in texts}.values())
    if len(theirs) > 1:
        found.said.append(f"The answer cell of {name} occurs {len(theirs)} times (copied or split); "
                          + ("all were taken, in their order." if len(texts) > 1 else "one was taken, the others are copies."))
    if not all(piece.whole for piece in theirs):
        found.said.append(f"The answer cell of {name} was merged with given text; the text was taken out again.")
    if any(piece.cell.kind != given.kind for piece in theirs):
        found.said.append(f"The answer cell of {name} was changed into another type of cell; its text was graded all the same.")
    text = "\n".join(texts) if texts else theirs[0].cell.text
    if len(text) > LONGEST_ANSWER:
        found.said.append(f"The answer to {name} has {len(text):,} characters, and at most {LONGEST_ANSWER:,} are graded; "
                          "it counts as blank.")
        text = given.text
    found.answers[name] = text


def _merged_into_another(found: Matched, answers: Sequence[Given], of: dict[int, list[Piece]]) -> None:
    """An answer whose cell is missing, but whose names are set in the cell of an earlier one: nothing more is to be run for it."""
    for given in answers:
        wanted = _set_by(given.text) if given.kind == "code" and given.name not in found.answers else set()
        for other in answers[: given.place] if wanted else ():
            if other.place < given.place and other.kind == "code" and wanted <= _set_by(found.answers.get(other.name, "")):
                found.answers[given.name] = ""
                found.said[found.said.index(f"The answer cell of {given.name} is missing.")] = (
                    f"The answer to {given.name} stands in the cell of {other.name}, and was run there.")
                break


def _about_extra(extra: list[Piece], answers: dict[str, str], ours: Sequence[Given]) -> list[str]:
    """One sentence on cells that the student added, and which answers need them."""
    if not extra:
        return []
    added = set().union(*(_set_by(piece.cell.text) for piece in extra))
    needs, sets = [], []
    for given in ours:
        if given.kind != "code" or given.name not in answers:
            continue
        text = answers[given.name]
        if used := sorted((added & set(_WORD.findall(text))) - _set_by(text)):
            needs.append(f"{given.name} uses {listed(list(map(shown, used)), 3)} from there")
        elif plain(text) == given.text and (used := sorted(added & _set_by(given.text))):
            sets.append(f"{given.name} is blank, while {listed(list(map(shown, used)), 3)} is set there")
    cells_are = "1 cell that is" if len(extra) == 1 else f"{len(extra)} cells that are"
    more = f" ({'; '.join([*needs, *sets])})" if needs or sets else ""
    return [f"{cells_are} not part of the exercise did not run{more}; an answer must work from its own cell."]


def _set_by(code: str) -> set[str]:
    """The names that code defines at its left edge.  By its text alone: what a student wrote is not parsed here."""
    names: set[str] = set()
    for found in _SETS.finditer(code):
        names |= {found[1]} if found[1] else set(re.split(r"[ \t]*,[ \t]*", found[2]))
    for found in _IMPORTS.finditer(code):
        for part in found[1].strip("() \t").split(","):
            words = part.split()
            names |= {words[-1].partition(".")[0]} if words else set()
    return names


def _cells_of(names: Sequence[str]) -> str:
    return f"The answer cell of {names[0]}" if len(names) == 1 else f"The answer cells of {', '.join(names)}"
