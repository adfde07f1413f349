"""What a student may name as evidence: the id of an event, the number of a claim, the name of a series; and by when it was public."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import cache

from analogies.facts.load import load

# A country: the cases of the kit that are about it, and the words by which a series can have it in a cell or in its name.
COUNTRIES = {
    "Syria": (("syria",), ("syria", "Syria", "Damascus")),
    "Venezuela": (("venezuela", "aftermath"), ("venezuela", "Venezuela", "Caracas", "pdvsa")),
    "Nicaragua": (("nicaragua",), ("nicaragua", "Nicaragua", "Managua")),
    "Yugoslavia": (("yugoslavia",), ("yugoslavia", "Yugoslavia", "Belgrade")),
}


@cache
def evidence_on(country: str) -> Mapping[str, dt.date | None]:
    """Evidence on one of COUNTRIES: name -> the day by which it was public.

    None where no day is given: a series, or an event that has not ended.  A claim is public with its article.
    """
    facts, found = load(), {}
    cases, words = COUNTRIES[country]
    for name in set(cases) & set(facts.cases):
        for event in facts.cases[name].records:
            when = event.known or event.date
            found[event.id] = when.b1 or when.a1
    for claim in facts.claims.itertuples():
        if set(cases) & set(claim.cases):
            found[claim.id] = dt.date.fromisoformat(facts.sources[f"{claim.article}2019"].date)
    for name in facts.series_names:
        if any(word in name for word in words) or facts.series(name).isin(words).any(axis=None):
            found[name] = None
    return found


def public_by(name: str, day: dt.date) -> bool:
    """Whether evidence of that name was public on the evening of `day`; True for what the kit does not know or date."""
    for country in COUNTRIES:
        when = evidence_on(country).get(name)
        if when is not None:
            return when <= day
    return True
