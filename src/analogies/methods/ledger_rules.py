"""The rules of a ledger: what each row of known, unclear, presumed, likeness and difference still lacks on its day.

After Neustadt and May, Thinking in Time (1986). Pure functions over rows; the ledger that keeps them is in ledger.py.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from functools import cache
from typing import Any, NamedTuple

from analogies.facts.dates import Date, DateError, in_words, parse
from analogies.facts.load import load

STATUSES = ("known", "unclear", "presumed", "likeness", "difference")
CELLS = ("status", "statement", "source", "change", "public")  # the order in which a row may be given as a tuple
WORDS = 5  # the fewest that can say something which somebody may dispute

# What is asked, in the order in which it is reported.
RULES = {
    "status": "Each row is one of: known, unclear, presumed, likeness, difference.",
    "sentence": f"Each row says one thing in {WORDS} different words or more, and no two rows say the same.",
    "source": "Each row that is known, unclear, a likeness or a difference names its source.",
    "public": "Every source was public on the day of the ledger.",
    "columnist": "What is known rests on more than the word of a columnist.",
    "change": f"Each presumption says, in {WORDS} different words or more, what would change your mind.",
    "kinds": "Something is known, something is unclear and something is presumed.",
    "differences": "A ledger with likenesses holds differences too.",
}


def says_something(sentence: str, fewest: int = WORDS) -> bool:
    """Whether a sentence has that many different words, three of them of three letters or more; a row of letters has not."""
    words = {word.casefold() for word in re.findall(r"\w+", sentence)}
    return len(words) >= fewest and sum(len(word) >= 3 for word in words) >= 3


class Fault(NamedTuple):
    """One unmet rule: its name in RULES, the row (from 1; 0 for the ledger as a whole), and the sentence for the student."""

    rule: str
    row: int
    sentence: str


def faults(rows: Sequence[Mapping[str, str]], as_of: dt.date) -> list[Fault]:
    """All that is missing on the day `as_of`, in the order of RULES and of the rows.  Rows as `as_row` gives them."""
    found: list[Fault] = []
    seen: dict[str, int] = {}
    for number, row in enumerate(rows, 1):
        name, status = f"Row {number} ({clipped(row['statement'])})", row["status"]
        if status not in STATUSES:
            found.append(Fault("status", number, f"{name} has the status {row['status'] or 'none'}; choose one of {', '.join(STATUSES)}."))
        if not says_something(row["statement"]):
            found.append(Fault("sentence", number, f"{name} is too short to be disputed; say who did what, in {WORDS} different words or more."))
        first = seen.setdefault(" ".join(row["statement"].casefold().split()), number)
        if first != number:
            found.append(Fault("sentence", number, f"{name} says the same as row {first}; say something else, or take one of them out."))
        names = sources_of(row)
        if not names and status in ("known", "unclear", "likeness", "difference"):
            found.append(Fault("source", number, f"{name} names no source; give the id of an event, a key of the bibliography, or an "
                               "address with the day on which it was public."))
        found += [Fault("public", number, f"{name} {why}") for why in _not_public(names, row["public"], as_of)]
        if status == "known" and names and all(_is_column(one) for one in names):
            found.append(Fault("columnist", number, f"{name} rests on a column alone, and a columnist can be wrong; add an event or a "
                               "report, or call it unclear."))
        if status == "presumed" and not says_something(row["change"]):
            found.append(Fault("change", number, f"{name} is presumed; say in {WORDS} different words or more which news would change your mind."))
    return sorted([*found, *_of_the_whole(rows)], key=lambda fault: list(RULES).index(fault.rule))


def _of_the_whole(rows: Sequence[Mapping[str, str]]) -> list[Fault]:
    counts = {status: sum(row["status"] == status for row in rows) for status in STATUSES}
    found = []
    if lacking := [status for status in STATUSES[:3] if not counts[status]]:
        found.append(Fault("kinds", 0, f"Nothing is {' or '.join(lacking)} yet. A ledger keeps the three apart, so that none of them "
                           "passes for another."))
    if counts["likeness"] and not counts["difference"]:
        found.append(Fault("differences", 0, f"There {_count(counts['likeness'], 'likeness')} and no difference; name at least one respect "
                           "in which the cases differ."))
    return found


def public_day(name: str) -> dt.date | None:
    """The day by which what the kit calls `name` was public: an event, a claim (with its article), a key of the bibliography.

    None for a series, which has no day of its own, and for what the kit does not know.
    """
    when = _dated().get(name.strip())
    return None if when is None else when.b1 or when.a1


def sources_of(row: Mapping[str, str]) -> list[str]:
    """The sources that a row names, between semicolons."""
    return [name.strip() for name in row["source"].split(";") if name.strip()]


def as_row(item: Any) -> dict[str, str]:
    """A row as a dict of texts, from a dict or from a tuple or list (status, statement, source, change, public)."""
    if isinstance(item, Mapping):
        given = {str(key): value for key, value in item.items()}
    elif isinstance(item, (list, tuple)):
        given = dict(zip(CELLS, item, strict=False))
    else:
        given = {"statement": item}
    row = {name: _text(given.get(name)) for name in CELLS}
    row["status"] = row["status"].casefold()
    return row


def clipped(text: str, length: int = 44) -> str:
    """A statement in quotation marks, short enough to name its row in a sentence."""
    text = text or "nothing"
    return f"“{text}”" if len(text) <= length else f"“{text[: length - 1].rstrip()}…”"


def _not_public(names: list[str], given: str, as_of: dt.date) -> list[str]:
    """What is wrong with the days of the sources: the end of a sentence each."""
    said: dt.date | None = None
    if given:
        try:
            when = parse(given)
            said = when.b1 or when.a1
        except DateError as fault:
            return [f"has a day of publication that cannot be read: {fault}."]
    late, wrong = False, []
    for name in names:
        when = _dated().get(name)
        first, last = (when.a0, when.b1 or when.a1) if when else (None, None)
        if first and first > as_of:
            late = True
            wrong.append(f"rests on {name}, which was public only on {_day(last or first)}, after {_day(as_of)}.")
        elif last and last > as_of and not said:
            wrong.append(f"rests on {name}, which the kit dates only to {in_words(when)}; give the day on which it was public.")
        elif when is None and not said:
            wrong.append(f"rests on {_undated(name)}")
    if said and said > as_of and not late:
        wrong.append(f"was public only on {_day(said)}, after {_day(as_of)}.")
    return wrong


def _undated(name: str) -> str:
    if name in load().series_names:
        return (f"the series {name}, which has no day of its own: it may be younger than its numbers. Name the event or the report that "
                "gave the number, or the day on which it was public.")
    near = get_close_matches(name, _dated(), n=1, cutoff=0.75)
    meant = f"; is {near[0]} meant?" if near else "."
    return f"{clipped(name)}, whose day the kit does not know; give the day on which it was public{meant}"


def _is_column(name: str) -> bool:
    return name in _columns()


@cache
def _columns() -> frozenset[str]:
    """The two articles, and their claims."""
    claims = load().claims
    return frozenset({*claims["id"], *(f"{article}2019" for article in claims["article"])})


@cache
def _dated() -> dict[str, Date]:
    """What the kit can date: name -> when it was public."""
    facts = load()
    found: dict[str, Date] = {}
    for source in facts.sources.values():
        try:
            found[source.key] = parse(source.date)
        except DateError:  # a page without a day
            continue
    for case in facts.cases.values():
        found |= {event.id: event.known or event.date for event in case.records}
    for claim in facts.claims.itertuples():
        found[claim.id] = parse(facts.sources[f"{claim.article}2019"].date)
    return found


def _day(day: dt.date) -> str:
    return in_words(parse(day.isoformat()))


def _count(number: int, noun: str) -> str:
    return f"is 1 {noun}" if number == 1 else f"are {number} {noun}es"


def _text(cell: Any) -> str:
    if isinstance(cell, (list, tuple, set)):
        return "; ".join(_text(one) for one in cell)
    return " ".join(cell.split()) if isinstance(cell, str) else ""
