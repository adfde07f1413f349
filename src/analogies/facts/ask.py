"""What a notebook asks of the facts. Every answer is a fresh copy: a student who changes a table changes only theirs."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from analogies.facts.load import load, read_case
from analogies.facts.model import ARTICLES, CLAIM_KINDS, Case, unknown
from analogies.facts.page import Page

if TYPE_CHECKING:
    import pandas as pd


def case(name: str | Path) -> Case:
    """A case of the kit by its name ("syria"), or one's own by the path of its folder ("my-work/panama").

    Raises UnknownName with the known names, or DataError with every fault of the folder.
    """
    kit_cases = load().cases
    if isinstance(name, str) and name in kit_cases:
        return replace(kit_cases[name])
    if not isinstance(name, (str, os.PathLike)):
        raise TypeError(f"expected the name of a case or the path of its folder, found {name!r}; try an.case('syria')")
    looks_like_a_path = not isinstance(name, str) or any(sign in name for sign in "/\\.") or os.path.isdir(name)
    if looks_like_a_path:
        return read_case(name)
    raise unknown("case", name, list(kit_cases))


def cases() -> pd.DataFrame:
    """One row a case of the kit: id, title, question, events (how many), first and last day, day0."""
    import pandas as pd

    rows = []
    for one in load().cases.values():
        starts = [event.date.a0 for event in one.records if event.date.a0]
        rows.append(
            {
                "id": one.id,
                "title": one.title,
                "question": one.question,
                "events": len(one.records),
                "first": min(starts).isoformat() if starts else "",
                "last": max(starts).isoformat() if starts else "",
                "day0": one.day0,
            }
        )
    return pd.DataFrame(rows)


def claims(*, article: str | None = None, case: str | None = None, kind: str | None = None) -> pd.DataFrame:
    """The claims of the two articles, one row each; narrowed to an article, a case or a kind.

    Raises UnknownName for a value that no claim can have.
    """
    table = load().claims
    if article is not None:
        _expect("article", article, ARTICLES)
        table = table[table["article"] == article]
    if case is not None:
        _expect("case", case, load().cases)
        table = table[[case in named for named in table["cases"]]]
    if kind is not None:
        _expect("kind of claim", kind, CLAIM_KINDS)
        table = table[[kind in named for named in table["kinds"]]]
    return table.reset_index(drop=True)  # a copy, whether narrowed or not


def features(*, cases: str | Iterable[str] | None = None) -> pd.DataFrame:
    """The cases compared, one row a case and dimension; narrowed to one case or some. "unknown" is not "no"."""
    table = load().features.copy()
    if cases is None:
        return table
    wanted = [cases] if isinstance(cases, str) else list(cases)
    known = list(dict.fromkeys(table["case"]))
    for name in wanted:
        _expect("case among the features", name, known)
    return table[table["case"].isin(wanted)].reset_index(drop=True)


def invocations() -> pd.DataFrame:
    """Who invoked the Monroe Doctrine, when, about what and to what use; one row each."""
    return load().invocations.copy()


def series(name: str) -> pd.DataFrame:
    """A series of numbers as a table. `an.codebook(name)` says what its columns and traps are."""
    return load().series(name).copy()


def codebook(name: str) -> Page:
    """The codebook's page on a series or a table: unit, source, version, licence, what it covers, columns, traps.

    Raises UnknownName with the nearest names.
    """
    book = {page.removesuffix("/").removesuffix(".csv"): section for page, section in load().codebook.items()}
    if name not in book:
        raise unknown("page of the codebook", name, list(book))
    section = book[name]
    entries = {entry: _spelt_out(said) if entry == "source" else said for entry, said in section.entries.items()}
    return Page(name, entries, section.text)


def _spelt_out(said: str) -> str:
    """A codebook's source line with each key as its citation."""
    from analogies.facts.cite import plain
    from analogies.facts.codebook import cited_keys

    sources = load().sources
    for key in cited_keys(said):
        if key in sources:
            said = re.sub(rf"@?\b{re.escape(key)}\b", lambda _: plain(sources[key]), said, count=1)
    return said


def _expect(what: str, name: object, known: Iterable[str]) -> None:
    if name not in list(known):
        raise unknown(what, name, list(known))
