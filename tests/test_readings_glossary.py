"""The glossary is long enough, in order, sourced, and linked to itself."""

import re
import unicodedata

import pytest

from analogies import kit

TEXT = (kit.root() / "readings" / "glossary.md").read_text(encoding="utf-8")
ENTRY = re.compile(r'^<a id="(g-[^"]+)"></a>\n\n### (.+)\n\n(.+)$', flags=re.M)
ENTRIES = [m.groups() for m in ENTRY.finditer(TEXT)]
ASKED_FOR = (
    "Analogue", "Base rate", "Cohen's kappa", "Construct validity", "Corroboration", "Sourcing", "Contextualization",
    "Counterfactual", "Hedge", "EDTF", "Stock and flow", "Deterrence", "Resolve", "Client", "Patron", "Compellence",
    "Sphere of influence", "Extended deterrence", "Limited liability", "Secondary sanctions", "Recognition", "Veto",
    "Use of force", "Contras", "Sandinistas", "Boland amendments", "Roosevelt Corollary", "Olney note", "Clark memorandum",
    "PDVSA", "Rosneft", "Hmeimim", "Tartus", "S-300", "Khasham", "Kosovo", "Rambouillet", "Primakov's turn", "CAATSA",
    "E.O. 13850", "E.O. 13884", "DIA", "SIPRI", "UCDP",
)  # fmt: skip


def _order(term: str) -> str:
    plain = unicodedata.normalize("NFKD", term).encode("ascii", "ignore").decode().casefold()
    return re.sub(r"[^a-z0-9 ]", "", plain.replace("-", " "))


def _reader_sees(text: str) -> str:
    text = re.sub(r"<!--.*?-->|\s*\[@[^\]]+\]", "", text)
    return re.sub(r"\[([^\]]+)\]\([^)]+\)", r"\1", text)


def test_there_are_at_least_fifty_entries_and_none_escapes_the_form() -> None:
    assert len(ENTRIES) >= 50
    assert len(ENTRIES) == len(re.findall(r"^### ", TEXT, flags=re.M))


def test_the_terms_that_the_lessons_need_are_there() -> None:
    assert sorted(set(ASKED_FOR) - {term for _, term, _ in ENTRIES}) == []


def test_entries_are_unique_and_in_alphabetical_order() -> None:
    terms = [_order(term) for _, term, _ in ENTRIES]
    assert terms == sorted(set(terms))


def test_an_entry_stands_under_its_letter() -> None:
    for letter, part in re.findall(r"^## ([A-Z])$(.*?)(?=^## |\Z)", TEXT, flags=re.M | re.S):
        assert {_order(term)[0] for term in re.findall(r"^### (.+)$", part, flags=re.M)} == {letter.lower()}


def test_the_anchor_of_an_entry_is_made_from_its_term_and_every_letter_can_be_jumped_to() -> None:
    for anchor, term, _ in ENTRIES:
        assert anchor == "g-" + re.sub(r" +", "-", _order(term))
    for letter in re.findall(r"^## ([A-Z])$", TEXT, flags=re.M):
        assert f'<a id="g-letter-{letter.lower()}"></a>\n\n## {letter}\n' in TEXT and f"[{letter}](#g-letter-{letter.lower()})" in TEXT


@pytest.mark.parametrize("anchor, term, text", ENTRIES, ids=[term for _, term, _ in ENTRIES])
def test_an_entry_has_a_source_and_one_to_three_sentences(anchor: str, term: str, text: str) -> None:
    assert "[@" in text, "cite a source"
    seen = re.sub(r"\b(E\.O|J|General)\.", r"\1", _reader_sees(text))
    sentences = re.findall(r"[^.?!]*[.?!](?=[”)*]*(?:\s|$))", re.sub(r"(?<=\d)\.(?=\d)", "", seen))
    assert 1 <= len(sentences) <= 3, sentences
    assert len(seen.split()) <= 75


def test_an_entry_does_not_link_to_itself() -> None:
    assert [term for anchor, term, text in ENTRIES if f"(#{anchor})" in text] == []


def test_words_over_which_people_quarrel_are_named_as_contested() -> None:
    quarrel = re.compile(r"contested|disputed|quarrel|argued|denied|deny|divided")
    for wanted in ("Client", "Contras", "Monroe Doctrine", "Recognition", "Regime change", "Sphere of influence", "Use of force",
                   "Clark memorandum", "Khasham", "Timber Sycamore", "Intervention by invitation"):  # fmt: skip
        assert quarrel.search(next(text for _, term, text in ENTRIES if term == wanted)), wanted
