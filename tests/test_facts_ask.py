"""What a notebook asks: a slip is answered with the names that exist, and no answer can spoil the next."""

import pytest
import small_kit
from small_kit import as_the_kit
from test_facts_own_case import write

from analogies.facts import ask
from analogies.facts.model import DataError, UnknownName


@pytest.fixture(autouse=True)
def kit(tmp_path, monkeypatch):
    return as_the_kit(monkeypatch, tmp_path / "kit")


def test_a_case_is_found_by_its_name():
    assert ask.case("panama").title == "Panama"


@pytest.mark.parametrize("name", ["Panama", "panana", "PANAMA "])
def test_a_misspelt_case_is_answered_with_the_one_that_was_meant(name):
    with pytest.raises(UnknownName, match="Did you mean 'panama'"):
        ask.case(name)


def test_an_unknown_case_is_answered_with_all_the_cases():
    with pytest.raises(UnknownName) as refused:
        ask.case("atlantis")
    assert str(refused.value) == "There is no case called 'atlantis'. Known: panama."


def test_a_case_is_read_from_a_folder(tmp_path, monkeypatch):
    write(tmp_path / "grenada")
    assert ask.case(tmp_path / "grenada").id == "grenada"
    assert ask.case(str(tmp_path / "grenada")).id == "grenada"
    monkeypatch.chdir(tmp_path)
    assert ask.case("grenada").id == "grenada"


def test_a_path_without_a_case_is_a_sentence(tmp_path):
    with pytest.raises(DataError, match="no such folder"):
        ask.case("./nowhere")
    with pytest.raises(TypeError, match="try an.case"):
        ask.case(3)


def test_a_case_shows_itself_with_its_texts_escaped():
    case = ask.case("panama")
    assert repr(case) == "Case 'panama': Panama (3 events)"
    from dataclasses import replace

    assert "<script>" not in replace(case, title="<script>", question="<script>", summary="<script>")._repr_html_()


def test_what_a_student_does_to_a_table_stays_theirs():
    for get in (lambda: ask.case("panama").events, ask.claims, ask.features, ask.invocations, lambda: ask.series("aid")):
        table = get()
        before = table.copy()
        table.loc[:, table.columns[0]] = "spoilt"
        table["more"] = 1
        assert get().equals(before)


def test_the_cases_are_listed():
    row = ask.cases().iloc[0].to_dict()
    assert row == {"id": "panama", "title": "Panama", "question": "What did the landing change?", "events": 3, "first": "1989-10-01", "last": "1990-01-01", "day0": "panama-1989-landing"}  # fmt: skip


def test_claims_are_narrowed_by_article_case_and_kind():
    assert ask.claims()["id"].tolist() == ["F01", "L01"]
    assert ask.claims(article="lake")["id"].tolist() == ["L01"]
    assert ask.claims(kind="analogy")["id"].tolist() == ["F01"]
    assert ask.claims(case="panama", kind="fact").index.tolist() == [0]


@pytest.mark.parametrize("asked, says", [({"article": "Frolov"}, "frolov"), ({"case": "panana"}, "panama"), ({"kind": "analogies"}, "analogy")])
def test_a_wrong_question_about_claims_is_answered_with_the_right_one(asked, says):
    with pytest.raises(UnknownName, match=f"Did you mean '{says}'"):
        ask.claims(**asked)


def test_features_are_narrowed_to_cases():
    assert len(ask.features(cases=["panama"])) == len(ask.features(cases="panama")) == len(ask.features()) == 3
    with pytest.raises(UnknownName, match="panama"):
        ask.features(cases=["panamá"])


def test_a_series_is_found_by_its_name_and_suggested_by_a_near_one():
    assert ask.series("aid")["million_usd"].tolist() == [1.5, 420]
    with pytest.raises(UnknownName, match="Did you mean 'aid'"):
        ask.series("aids")


def test_a_page_of_the_codebook_is_shown():
    page = ask.codebook("aid")
    assert page.entries["unit"] == "million current US dollars"
    assert page.entries["traps"] == "promises are not payments"
    assert page.entries["source"] == "A News Agency. “Forces land.” 20 December 1989."  # the key is spelt out
    assert page.text.strip() == "Some more words."
    assert repr(page).splitlines()[:2] == ["aid", "unit: million current US dollars"]
    assert page._repr_html_().endswith("<p>Some more words.</p>")
    with pytest.raises(UnknownName, match="Did you mean 'aid'"):
        ask.codebook("aids")


def test_a_page_of_the_codebook_shows_its_tables_and_lists():
    shown = ask.codebook("features")._repr_html_()
    assert "<li><code>type</code>: what kind of value</li>" in shown
    assert '<tr><td style="text-align:left"><code>distance</code></td><td style="text-align:left">How far?</td></tr>' in shown
    assert "---" not in shown


def test_a_page_of_the_codebook_shows_its_texts_escaped(tmp_path, monkeypatch):
    book = small_kit.CODEBOOK.replace("promises", "<script>").replace("Some more", "<script>").replace("How far", "<script>").replace("what kind", "<script>")
    as_the_kit(monkeypatch, tmp_path / "other", CODEBOOK_md=book)
    assert "<script>" not in ask.codebook("aid")._repr_html_() + ask.codebook("features")._repr_html_()


def test_a_name_too_long_for_any_folder_is_still_only_unknown():
    with pytest.raises(UnknownName):
        ask.case("x" * 5000)
