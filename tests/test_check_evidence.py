"""What a student may name as evidence, and by when it was public."""

import datetime as dt

import pytest

from analogies.check import evidence
from analogies.facts.load import load


@pytest.mark.parametrize("country", evidence.COUNTRIES)
def test_the_evidence_on_a_country_is_every_event_of_its_cases_and_every_claim_about_them(country):
    facts, found = load(), evidence.evidence_on(country)
    cases = set(evidence.COUNTRIES[country][0]) & set(facts.cases)
    assert cases
    assert {event.id for name in cases for event in facts.cases[name].records} <= set(found)
    for claim in facts.claims.itertuples():
        assert (claim.id in found) is bool(cases & set(claim.cases)), claim.id


def test_a_series_is_evidence_on_the_countries_that_it_has_and_on_no_other():
    having = {name: {country for country in evidence.COUNTRIES if name in evidence.evidence_on(country)} for name in load().series_names}
    assert having["aid_nicaragua"] == {"Nicaragua"}  # by its name
    assert having["pdvsa_debt_to_rosneft"] == {"Venezuela"}
    assert having["sipri_tiv_by_order_year"] == {"Syria", "Venezuela", "Nicaragua"}  # by the words in its cells
    assert having["sotu_monroe"] == set()


def test_evidence_is_public_from_the_day_on_which_it_became_known_and_not_from_the_day_on_which_it_happened():
    agreement = next(event for event in load().cases["syria"].records if event.known and event.known.a0 > event.date.b1)
    assert not evidence.public_by(agreement.id, agreement.date.b1)
    last = agreement.known.b1 or agreement.known.a1
    assert not evidence.public_by(agreement.id, last - dt.timedelta(days=1))
    assert evidence.public_by(agreement.id, last)


def test_a_claim_is_public_with_its_article():
    for article, key in (("frolov", "frolov2019"), ("lake", "lake2019")):
        claim = next(claim for claim in load().claims.itertuples() if claim.article == article and "venezuela" in claim.cases)
        day = dt.date.fromisoformat(load().sources[key].date)
        assert evidence.public_by(claim.id, day) and not evidence.public_by(claim.id, day - dt.timedelta(days=1))


@pytest.mark.parametrize("name", ["no-such-thing", "", "distances"])
def test_what_has_no_day_is_never_called_too_late(name):
    assert evidence.public_by(name, dt.date(1800, 1, 1))
