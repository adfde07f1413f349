"""What the kit knows: cases, events, claims, sources, eras; and the faults that data can have. No files, no pandas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING

from analogies.facts.dates import Date

if TYPE_CHECKING:
    import pandas as pd

THEMES = ("military", "diplomatic", "legal", "economic", "domestic", "rhetoric")
CONFIDENCE = ("high", "medium", "low")
CLAIM_KINDS = ("fact", "interpretation", "prediction", "analogy", "quotation")
VERDICTS = ("held up", "partly", "did not", "contested", "unverifiable")
# of a part of an article's argument; an unstated premise is our addition
ARGUMENT_ROLES = ("premise", "unstated premise", "analogy drawn", "analogy refused", "analogy reported", "step", "conclusion")
ARTICLES = {"frolov": 19, "lake": 10}  # body paragraphs; 0 is the standfirst
NO_VALUE = ("unknown", "none", "not applicable")  # of a feature: not known, did not happen, cannot be asked
FEATURE_TYPES = ("number", "range", "yesno", "date", "category")


class UnknownName(KeyError):
    """A name that the kit does not know; unlike a bare KeyError it prints as its sentence."""

    def __str__(self) -> str:
        return self.args[0]


def unknown(what: str, name: object, known: Sequence[str], *, all_of_them: bool = True) -> UnknownName:
    """The error for a name that is not among `known`: what was asked, the nearest names, and (if few) all of them."""
    asked = str(name).strip().lower()
    by_lower = {k.lower(): k for k in known}
    near = [by_lower[k] for k in get_close_matches(asked, by_lower, n=3, cutoff=0.7)]
    near = near or [k for k in known if len(asked) > 2 and asked in k.lower()][:3]
    sentence = f"There is no {what} called {name!r}."
    if near:
        sentence += f" Did you mean {' or '.join(repr(k) for k in near)}?"
    if all_of_them and known:
        sentence += f" Known: {', '.join(known)}."
    return UnknownName(sentence)


@dataclass(frozen=True, order=True, slots=True)
class Fault:
    """One thing wrong in a data file. `line` is the line in the file as an editor counts it, 0 for the whole file."""

    file: str
    line: int
    column: str
    message: str

    def __post_init__(self) -> None:
        # what a broken file holds must not break the terminal that shows its faults
        for name in ("column", "message"):
            text = getattr(self, name)
            if not text.isprintable():
                shown = "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text)
                object.__setattr__(self, name, shown.strip())

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.column}: {self.message}" if self.column else f"{place}: {self.message}"


class DataError(ValueError):
    """Data that cannot be used. `faults` holds every fault; the message lists the first twenty."""

    def __init__(self, faults: Sequence[Fault]):
        self.faults = tuple(faults)
        many = len(self.faults)
        shown = [str(fault) for fault in self.faults[:20]]
        more = [f"and {many - 20} more; `analogies validate` lists them all"] if many > 20 else []
        super().__init__("\n".join([f"{many} fault{'s' * (many != 1)} in the data:", *shown, *more]))


@dataclass(frozen=True, slots=True)
class Source:
    """One entry of a bibliography. Blank where the entry gives nothing; `url` is http, https or blank."""

    key: str
    type: str
    author: str
    title: str
    date: str = ""
    url: str = ""
    accessed: str = ""
    container: str = ""  # journal, book or site that it appeared in
    publisher: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """One dated event of a case. `known`: when it became public, None where that is the day it happened."""

    id: str
    case: str
    date: Date
    short: str
    title: str
    text: str
    actors: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    known: Date | None = None
    sources: tuple[str, ...] = ()
    confidence: str = "medium"
    disputed: str = ""


@dataclass(frozen=True, slots=True)
class Era:
    """A period that stands behind the events of some cases: a presidency, a war, sanctions."""

    id: str
    date: Date
    title: str
    kind: str
    cases: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim of an article: who says it, in which paragraph (0 is the standfirst), and how it fared."""

    id: str
    article: str
    paragraph: int
    speaker: str
    claim: str
    kinds: tuple[str, ...]
    hedges: tuple[str, ...]
    cases: tuple[str, ...]
    evidence: str
    verdict: str
    judged_as_of: Date
    why: str
    arguable: str
    sources: tuple[str, ...]
    treated: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Case:
    """A historical case: `records` are its Events in order of time, `events` the same as a pandas table."""

    id: str
    title: str
    question: str
    day0: str = ""
    summary: str = ""
    records: tuple[Event, ...] = ()
    sources: Mapping[str, Source] = field(default_factory=dict, repr=False)

    @cached_property
    def events(self) -> pd.DataFrame:
        """One row an event: id, case, date (EDTF), start and end (datetime64, NaT where open), words, title, text ..."""
        from analogies.facts.tables import events_table

        return events_table(self.records)

    def event(self, id: str) -> Event:
        """The event with this id. Raises UnknownName (a KeyError) that names the nearest ids."""
        for record in self.records:
            if record.id == id:
                return record
        raise unknown(f"event of the case {self.id!r}", id, [r.id for r in self.records], all_of_them=False)

    def __repr__(self) -> str:
        return f"Case {self.id!r}: {self.title} ({len(self.records)} events)"

    def _repr_html_(self) -> str:
        return (
            f"<p><strong>{escape(self.title)}</strong><br>{escape(self.question)}</p>"
            f"<p>{len(self.records)} events, {len(self.sources)} sources. {escape(self.summary)}</p>"
        )
