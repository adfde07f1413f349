"""What the data say for the questions of 01-reading-the-articles: read when a check runs, never typed here."""

from __future__ import annotations

import datetime as dt
from functools import cache

from analogies.facts.load import load
from analogies.facts.model import CLAIM_KINDS
from analogies.methods.coding import kappa, read_coding

from ..answers import as_number

# Lake's column appeared on the first of these days, Frolov's on the morrow of the second.
TOO_LATE_FOR_LAKE, FROLOV_USES = dt.date(2019, 3, 27), dt.date(2019, 4, 1)
UNNAMED = "unnamed"
Shares = tuple[float, float, float]


@cache
def unnamed_paragraph() -> int:
    """The paragraph in which somebody without a name speaks."""
    return {claim.paragraph for claim in load().claim_records if claim.speaker.startswith(UNNAMED)}.pop()


@cache
def unnamed_claims() -> frozenset[str]:
    return frozenset(claim.id for claim in load().claim_records if claim.speaker.startswith(UNNAMED))


@cache
def named_paragraphs() -> frozenset[int]:
    """Paragraphs of Lake's in which an official with a name speaks."""
    return frozenset(c.paragraph for c in load().claim_records if c.article == "lake" and c.speaker.startswith(("quoted", "author (reporting")))


@cache
def borders(article: str) -> dict[frozenset[str], int]:
    """How many claims of an article lie on each border between two main kinds on which the model coders differ."""
    a, b = read_coding("A"), read_coding("B")
    found: dict[frozenset[str], int] = {}
    for claim in load().claim_records:
        pair = frozenset((a[claim.id][0], b[claim.id][0]))
        if claim.article == article and len(pair) == 2:
            found[pair] = found.get(pair, 0) + 1
    return found


def widest(article: str) -> frozenset[str]:
    """The border with the most claims on it."""
    return max(borders(article), key=borders(article).__getitem__)


@cache
def shares(whose: str = "others", whole: bool = False, even: bool = False) -> Shares:
    """Share alike, share by chance and kappa of the model coders over the claims of "others", of "author" or of "all".

    whole: compare the whole cell with both kinds; even: chance as if each kind were as frequent as the next.
    """
    a, b = read_coding("A"), read_coding("B")
    ids = [c.id for c in load().claim_records if whose == "all" or (c.speaker == "author") == (whose == "author")]
    first, second = ([coding[id] if whole else coding[id][0] for id in ids] for coding in (a, b))
    alike = sum(x == y for x, y in zip(first, second, strict=True)) / len(ids)
    if even:
        return alike, 1 / len(CLAIM_KINDS), (alike - 1 / len(CLAIM_KINDS)) / (1 - 1 / len(CLAIM_KINDS))
    value = kappa(first, second)
    return alike, (alike - value) / (1 - value), value


def rounded(value: object, target: float) -> bool:
    """Whether value is the target, as it is or rounded to two decimals or more."""
    number = as_number(value)
    return number is not None and any(abs(number - round(target, places)) < 1e-9 for places in range(2, 16))


@cache
def since_lake() -> dict[str, bool]:
    """Events of the Venezuelan case that began too late for Lake and by the last day for Frolov: was each public by then?"""
    records = [e for e in load().cases["venezuela"].records if e.date.a0 and TOO_LATE_FOR_LAKE <= e.date.a0 <= FROLOV_USES]
    public = {e.id: (e.known or e.date).b1 for e in records}
    return {id: day is not None and day <= FROLOV_USES for id, day in public.items()}


def between() -> frozenset[str]:
    """Events that Frolov could use and Lake could not."""
    return frozenset(id for id, public in since_lake().items() if public)


def by_date_alone() -> frozenset[str]:
    """Events that began in those days and became public later."""
    return frozenset(since_lake()) - between()


@cache
def titles() -> frozenset[str]:
    return frozenset(e.title for e in load().cases["venezuela"].records)
