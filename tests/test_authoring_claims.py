"""The page of claims: everything that the table says of a claim, and where the kit treats it; none is left untreated."""

import re

import pytest
from made_kit import facts_of, made_kit
from small_kit import CLAIMS

from analogies import kit
from analogies.authoring import claims, readings
from analogies.authoring.page import DATA
from analogies.facts.dates import in_words
from analogies.facts.load import load
from analogies.facts.model import DataError


@pytest.fixture
def made(tmp_path):
    root = made_kit(tmp_path)
    facts, _, short = facts_of(root)
    return claims.make(root, facts, short)


def test_a_claim_is_told_with_paragraph_kinds_verdict_date_evidence_and_sources(made):
    first = made.split('<a id="F01"></a>')[1].split("<a id=")[0]
    assert "### F01 (¶0)" in first and "It will be like Panama." in first
    assert "- *Who says so:* author" in first
    assert "- *Kind:* prediction and analogy (hedged: “may”)" in first
    assert "- *Verdict:* **did not hold up**, judged as of 31 March 2026" in first
    assert "- *Evidence:* It was not." in first and "- *Why this verdict:* Nothing followed." in first
    assert "Arguable" not in first
    assert "- *Cases:* Panama" in first
    assert "- *Sources:* [A News Agency, “Forces land”](bibliography.md#s-wire1989)" in first


def test_each_article_has_a_jump_list_of_its_claims(made):
    assert "Jump to: [F01](#F01)\n" in made and "Jump to: [L01](#L01)\n" in made


def test_what_is_arguable_is_said(made):
    assert "- *Arguable:* Small is a matter of taste." in made.split('<a id="L01"></a>')[1]


def test_a_lesson_is_named_before_it_exists_and_linked_once_it_does(tmp_path):
    root = made_kit(tmp_path, claims_csv=CLAIMS.replace("wire1989,03-panama", "wire1989,05-monroe-doctrine;guide"))
    (root / "readings").mkdir()
    (root / "readings" / "guide.md").write_text("<!-- note -->\n# A guide\n", encoding="utf-8")
    facts, _, short = facts_of(root)
    assert "- *Treated in:* lesson 5, The Monroe Doctrine; [A guide](guide.md)" in claims.make(root, facts, short)
    lesson = root / "lessons" / "05-monroe-doctrine" / "lesson.md"
    lesson.parent.mkdir()
    text = (root / "lessons" / "01-small" / "lesson.md").read_text(encoding="utf-8")
    lesson.write_text(text.replace("01-small", lesson.parent.name).replace("A small lesson", "Monroe*"), encoding="utf-8")
    assert "[lesson 5, Monroe\\*](../notebooks/05-monroe-doctrine.ipynb)" in claims.make(root, facts, short)


def test_a_claim_that_names_what_is_not_there_is_told(tmp_path):
    table = CLAIMS.replace("wire1989,03-panama", "wire1989,03-syria-2015").replace("smith1995,03-panama", "smith1995,guide-panama;03-syria-2015")
    root = made_kit(tmp_path, claims_csv=table)
    assert claims.untreated(root, load(root / DATA)) == [
        "claims.csv: L01 is treated in 'guide-panama', which is no lesson of the course and no file of readings/"]


def test_a_claim_that_nothing_treats_is_a_fault_of_the_data(tmp_path):
    root = made_kit(tmp_path, claims_csv=CLAIMS.replace("wire1989,03-panama", "wire1989,"))
    with pytest.raises(DataError, match="claims.csv:2: treated: the cell is blank"):
        load(root / DATA)


def test_every_claim_of_the_kit_is_treated_in_a_lesson_of_the_course_or_in_a_reading():
    assert claims.untreated(kit.root(), load()) == []


def test_every_lesson_that_is_written_is_one_of_the_course():
    written = {path.parent.name for path in kit.root().glob("lessons/*/lesson.md")} - {"00-start-here"}
    assert written and written <= claims.LESSONS.keys()


def test_the_page_of_the_kit_holds_every_claim_with_its_verdict_and_date():
    text = readings.make()[kit.root() / "readings" / "claims.md"]
    assert len(load().claim_records) == 71
    parts = dict(re.findall(r"^### (\w+) (.*?)(?=^### |\Z)", text, flags=re.M | re.S))
    assert parts.keys() == {claim.id for claim in load().claim_records}
    for claim in load().claim_records:
        said = parts[claim.id]
        assert f"(¶{claim.paragraph})" in said and claims.SAID.get(claim.verdict, claim.verdict) in said
        assert f"judged as of {in_words(claim.judged_as_of)}" in said
        assert said.count("bibliography.md#s-") == len(claim.sources)
        assert claim.claim.replace("$", r"\$") in said
