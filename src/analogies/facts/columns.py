"""What every column of every table must hold: a reader for each, from the text of a cell to its value.

A reader raises ValueError with a sentence that says what was expected and what was found; DateError is one.
"""

import math
import re
from collections.abc import Callable
from functools import partial

from analogies.facts.dates import parse
from analogies.facts.model import ARTICLES, CLAIM_KINDS, CONFIDENCE, FEATURE_TYPES, THEMES, VERDICTS

SHORT_LABEL = 28  # characters that fit beside a mark on a timeline

Reader = Callable[[str], object]


def text(cell: str, *, most: int | None = None) -> str:
    if most and len(cell) > most:
        raise ValueError(f"the label has {len(cell)} characters; shorten it to at most {most}")
    return cell


def several(cell: str, *, among: tuple[str, ...] = (), what: str = "") -> tuple[str, ...]:
    """A list inside a cell, separated by semicolons."""
    parts = tuple(part.strip() for part in cell.split(";"))
    if not all(parts):
        raise ValueError(f"{cell!r} has a semicolon with nothing before or after it; take it out")
    if len(set(parts)) < len(parts):
        raise ValueError(f"{cell!r} names the same thing twice; keep one")
    for part in parts:
        if among and part not in among:
            raise ValueError(f"{part!r} is not a {what}; use {', '.join(among)}, with ';' between two")
    return parts


def one_of(cell: str, *, among: tuple[str, ...], what: str) -> str:
    if cell not in among:
        raise ValueError(f"{cell!r} is not a {what}; use one of {', '.join(among)}")
    return cell


def number(cell: str) -> float:
    try:
        if "_" in cell:  # Python reads 1_000; a spreadsheet does not
            raise ValueError
        value = float(cell)
    except ValueError:
        raise ValueError(f"{cell!r} is not a number; write digits with a point, as in 63012 or 0.5") from None
    if not math.isfinite(value):
        raise ValueError(f"{cell!r} is not a number; leave the cell blank where the number is not known")
    return value


def paragraph(cell: str) -> int:
    if not re.fullmatch(r"\d{1,3}", cell, re.ASCII):
        raise ValueError(f"{cell!r} is not a paragraph; write its number, 0 for the standfirst")
    return int(cell)


def identifier(cell: str) -> str:
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", cell):
        raise ValueError(f"{cell!r} is not an id; use small letters a-z, digits and single hyphens, as in syria-2015-first-strikes")
    return cell


def claim_id(cell: str) -> str:
    if not re.fullmatch(r"[FLM][A-Z]?\d{2,3}", cell):
        raise ValueError(f"{cell!r} is not an id; use a letter for the article and two digits, as in F01")
    return cell


themes = partial(several, among=THEMES, what="theme")
kinds = partial(several, among=CLAIM_KINDS, what="kind of claim")
confidence = partial(one_of, among=CONFIDENCE, what="confidence")

# column: (reader, must it be filled?)
Table = dict[str, tuple[Reader, bool]]

EVENTS: Table = {
    "id": (identifier, True),
    "date": (parse, True),
    "short": (partial(text, most=SHORT_LABEL), True),
    "title": (text, True),
    "text": (text, True),
    "actors": (several, True),
    "themes": (themes, True),
    "known": (parse, False),
    "sources": (several, True),
    "confidence": (confidence, True),
    "disputed": (text, False),
}
ERAS: Table = {
    "id": (identifier, True),
    "date": (parse, True),
    "title": (text, True),
    "kind": (text, True),
    "cases": (several, True),
    "sources": (several, True),
}
CLAIMS: Table = {
    "id": (claim_id, True),
    "article": (partial(one_of, among=tuple(ARTICLES), what="article"), True),
    "paragraph": (paragraph, True),
    "speaker": (text, True),
    "claim": (text, True),
    "kinds": (kinds, True),
    "hedges": (several, False),
    "cases": (several, True),
    "evidence": (text, True),
    "verdict": (partial(one_of, among=VERDICTS, what="verdict"), True),
    "judged_as_of": (parse, True),
    "why": (text, True),
    "arguable": (text, False),
    "sources": (several, True),
    "treated": (several, True),
}
FEATURES: Table = {
    "case": (identifier, True),
    "dimension": (text, True),
    "type": (partial(one_of, among=FEATURE_TYPES, what="type"), True),
    "value": (text, True),
    "low": (number, False),
    "high": (number, False),
    "unit": (text, False),
    "as_of": (parse, False),
    "coded_by": (partial(one_of, among=("source", "ours"), what="coder"), True),
    "sources": (several, True),
    "confidence": (confidence, True),
    "note": (text, False),
}
INVOCATIONS: Table = {
    "id": (claim_id, True),
    "date": (parse, True),
    "speaker": (text, True),
    "office": (text, True),
    "document": (text, True),
    "about": (text, True),
    "paraphrase": (text, True),
    "use": (text, True),
    "names_doctrine": (partial(one_of, among=("yes", "no"), what="answer"), True),
    "sources": (several, True),
    "confidence": (confidence, True),
    "note": (text, False),
}
