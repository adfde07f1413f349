"""Kinds of claims, two coders and Cohen's kappa: against a published table, against scikit-learn, and where there is no kappa."""

import math
import random
import warnings

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib import pyplot
from sklearn.metrics import cohen_kappa_score

from analogies.facts.load import load
from analogies.facts.model import CLAIM_KINDS, UnknownName
from analogies.methods import coding, voices
from analogies.methods.agreement import if_one_changed, shares

# Cohen, "Weighted kappa", Psychological Bulletin 70 (1968), Table 1: 200 cases, two judges, three diagnoses. Unweighted: .492.
COHEN_1968 = [[88, 10, 2], [14, 40, 6], [18, 10, 12]]
LABELS = st.lists(st.tuples(st.sampled_from(CLAIM_KINDS), st.sampled_from(CLAIM_KINDS)), min_size=1, max_size=40)


def columns(counts: list[list[int]]) -> tuple[list[int], list[int]]:
    cells = [(i, j) for i, row in enumerate(counts) for j, n in enumerate(row) for _ in range(n)]
    return [i for i, _ in cells], [j for _, j in cells]


def main_kinds(name: str) -> list[str]:
    return [row[f"coder_{name}"][0] for row in load().coder_rows]


# Kappa


def test_kappa_of_cohens_own_table_is_the_published_one() -> None:
    first, second = columns(COHEN_1968)
    assert shares(first, second) == (0.70, pytest.approx(0.41))
    assert round(coding.kappa(first, second), 3) == 0.492


def test_kappa_of_the_textbook_table_of_fifty_grants_is_two_fifths() -> None:
    assert coding.kappa(*columns([[20, 5], [10, 15]])) == pytest.approx(0.4)


@given(LABELS)
def test_kappa_is_that_of_scikit_learn(pairs) -> None:
    first, second = ([pair[i] for pair in pairs] for i in (0, 1))
    if len({*first, *second}) > 1:
        assert coding.kappa(first, second) == pytest.approx(cohen_kappa_score(first, second))


@given(LABELS)
def test_kappa_does_not_care_who_comes_first_or_what_the_labels_are_called(pairs) -> None:
    first, second = ([pair[i] for pair in pairs] for i in (0, 1))
    there, back = coding.kappa(first, second), coding.kappa(second, first)
    renamed = coding.kappa([kind.upper() for kind in first], [kind.upper() for kind in second])
    assert (math.isnan(there) and math.isnan(back) and math.isnan(renamed)) or (there == pytest.approx(back) and there == renamed)


def test_full_agreement_is_1_and_what_chance_gives_is_0() -> None:
    assert coding.kappa(["fact", "analogy"], ["fact", "analogy"]) == 1
    assert coding.kappa(*columns([[1, 1], [1, 1]])) == 0
    assert coding.kappa(["fact", "analogy"], ["analogy", "fact"]) == -1


def test_one_and_the_same_label_throughout_has_no_kappa_here_and_none_in_scikit_learn() -> None:
    assert math.isnan(coding.kappa(["fact"] * 4, ["fact"] * 4))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        assert math.isnan(cohen_kappa_score(["fact"] * 4, ["fact"] * 4))


def test_one_coder_with_a_single_kind_gets_0_whatever_the_share() -> None:
    assert coding.kappa(["fact"] * 10, ["fact"] * 9 + ["analogy"]) == 0


@pytest.mark.parametrize(("first", "second"), [([], []), (["fact"], []), (["fact"], ["fact", "fact"])])
def test_columns_that_are_empty_or_of_unequal_length_are_refused_in_a_sentence(first, second) -> None:
    with pytest.raises(ValueError, match="two columns of one length, at least 1; found"):
        coding.kappa(first, second)


def test_the_bounds_for_one_claim_hold_every_kappa_that_one_other_label_can_give() -> None:
    random.seed(1)
    first, second = (random.choices(CLAIM_KINDS, k=12) for _ in "ab")
    low, high = if_one_changed(first, second, CLAIM_KINDS)
    tried = [coding.kappa(first, [*second[:i], kind, *second[i + 1 :]]) for i in range(12) for kind in CLAIM_KINDS]
    assert (low, high) == (min(tried), max(tried)) and low < coding.kappa(first, second) < high


# The two model coders


def test_the_kinds_of_coder_a_are_those_of_the_claims_table() -> None:
    assert coding.read_coding("A") == {claim.id: claim.kinds for claim in load().claim_records}


def test_kappa_of_the_model_coders_is_that_of_scikit_learn_over_all_and_for_each_kind() -> None:
    found = coding.agreement("A", "B")
    assert found.n == 71
    assert found.kappa == pytest.approx(cohen_kappa_score(main_kinds("a"), main_kinds("b")))
    for kind, row in coding.by_kind().iterrows():
        a, b = ([kind in record[f"coder_{name}"] for record in load().coder_rows] for name in "ab")
        assert row["kappa"] == round(cohen_kappa_score(a, b), 2)
        assert (row["coder A"], row["coder B"]) == (sum(a), sum(b))


def test_the_coders_differ_in_places_and_each_place_has_its_reason() -> None:
    found = coding.agreement("A", "B")
    assert 0.4 < found.kappa < 0.8
    reasons = coding.coders().set_index("id")["why"]
    assert all(reasons[id] for id in found.differing["id"])
    assert found.n * (1 - found.observed) == pytest.approx(len(found.differing)) == 20


def test_a_second_kind_counts_for_its_kind_and_not_for_the_main_one() -> None:
    mine = {"F11": "fact;analogy", "F12": "interpretation", "F13": "prediction"}
    theirs = {"F11": "fact", "F12": "interpretation", "F13": "prediction"}
    assert coding.agreement(mine, theirs).kappa == 1
    assert coding.by_kind(mine, theirs).loc["analogy", "alike"] == round(2 / 3, 2)


def test_the_agreement_table_counts_every_claim_once() -> None:
    found = coding.agreement("A", "B")
    assert found.table.to_numpy().sum() == 71
    assert sum(found.table.loc[kind, kind] for kind in found.table.index) == round(found.observed * 71) == 51
    assert list(found.table.index) == list(found.table.columns) == list(CLAIM_KINDS)


def test_the_two_articles_make_up_the_whole() -> None:
    parts = [coding.agreement("A", "B", article=name) for name in ("frolov", "lake")]
    assert [part.n for part in parts] == [39, 32]
    assert (parts[0].table.add(parts[1].table) == coding.agreement("A", "B").table).all(axis=None)


def test_a_rare_kind_moves_far_with_one_claim() -> None:
    table = coding.by_kind()
    spread = {kind: [float(x) for x in words.split(" to ")] for kind, words in table["if one claim changed"].items()}
    width = {kind: high - low for kind, (low, high) in spread.items()}
    assert max(width, key=width.get) == "analogy" and width["analogy"] > 3 * width["fact"]


def test_a_kind_that_neither_used_has_no_kappa_and_says_so() -> None:
    row = coding.by_kind({"F11": "fact", "F12": "prediction"}, "A").loc["analogy"]
    assert math.isnan(row["kappa"]) and row["if one claim changed"] == "not defined" and row["alike"] == 1


def test_an_undefined_kappa_is_said_in_a_sentence_and_a_figure_is_still_drawn() -> None:
    found = coding.agreement({"F11": "fact", "F14": "fact"}, "A")
    assert math.isnan(found.kappa) and all(map(math.isnan, found.moved))
    assert "0 divided by 0" in found.sentence and "not defined" in found.sentence and "nan" not in found.sentence
    assert found.figure().axes
    pyplot.close("all")


def test_a_single_kind_of_one_coder_is_named_in_the_sentence() -> None:
    said = coding.agreement({"F11": "fact", "F19": "fact", "F12": "fact"}, "A").sentence
    assert "Kappa is 0.00" in said and "Your coding used one kind throughout" in said


def test_the_picture_of_the_agreement_tells_both_sides_apart_without_colour() -> None:
    found = coding.agreement("A", "B")
    figure = found.figure()
    numbers = [text.get_text() for text in figure.axes[0].texts]
    assert [int(n) for n in numbers] == found.table.to_numpy().ravel().tolist()
    framed = {patch.get_linewidth() > 2 for patch in figure.axes[0].patches if not patch.get_hatch()}
    assert framed == {True, False} and any(patch.get_hatch() for patch in figure.axes[0].patches)
    for kind in CLAIM_KINDS:
        assert f"{kind} {found.table.loc[kind, kind]}" in found.alt
    pyplot.close("all")


# A student's own coding


def test_the_sample_has_twelve_claims_half_of_them_easy_and_tells_nobodys_kinds() -> None:
    table = coding.sample()
    assert list(table.columns) == ["id", "article", "paragraph", "claim"] and len(table) == 12
    assert set(table["article"]) == {"frolov", "lake"}
    both = coding.coders().set_index("id").loc[table["id"]]
    assert (both["coder A"].str.split(";").str[0] == both["coder B"].str.split(";").str[0]).sum() == 6


@pytest.mark.parametrize("value", ["fact;quotation", " Fact ; quotation ", ("fact", "quotation"), ["fact", "quotation", "fact"], "fact;quotation;"])
def test_two_kinds_may_be_written_in_several_ways(value) -> None:
    assert coding.read_kinds(value) == ("fact", "quotation")


@pytest.mark.parametrize("value", [None, "", " ", ";", (), [], [None], float("nan")])
def test_a_blank_is_no_kind(value) -> None:
    assert coding.read_kinds(value) == ()


@pytest.mark.parametrize(("value", "sentence"), [
    ("opinion", "'opinion' is not a kind; use fact, interpretation"), (3, "expected one or two kinds as text, found 3"),
    ("fact;analogy;quotation", "3 kinds are too many"), ([1], "'1' is not a kind"), ([["fact"]], "is not a kind")])  # fmt: skip
def test_what_is_no_kind_is_refused_in_a_sentence(value, sentence) -> None:
    with pytest.raises(ValueError, match=sentence):
        coding.read_kinds(value)


def test_a_coding_may_be_a_dict_or_a_series_and_blanks_are_left_out() -> None:
    mine = {"F11": "fact", "F12": None, "L01": "prediction;analogy"}
    assert coding.read_coding(mine) == coding.read_coding(pd.Series(mine)) == {"F11": ("fact",), "L01": ("prediction", "analogy")}


def test_an_unknown_coder_claim_or_kind_is_named() -> None:
    with pytest.raises(UnknownName, match="no model coder called 'C'"):
        coding.read_coding("C")
    with pytest.raises(UnknownName, match="no claim called 'F77'"):
        coding.agreement({"F77": "fact"}, "A")
    with pytest.raises(ValueError, match="F11: 'facts' is not a kind"):
        coding.agreement({"F11": "facts"}, "A")
    with pytest.raises(ValueError, match="no claim in common"):
        coding.agreement({"F11": "fact"}, {"F12": "fact"})


def test_ones_own_coding_is_set_beside_both_coders_with_the_reasons() -> None:
    mine = {id: "interpretation" if id in ("F37", "L10") else kinds for id, kinds in coding.read_coding("A").items() if id in set(coding.sample()["id"])}
    found = coding.against(mine)
    assert "Your coding and coder A gave 11 of 12" in found.sentences[0] and "coder B" in found.sentences[1]
    assert "Nobody is right by agreeing" in found.sentences[-1]
    assert {"L10", "F22", "L01"} <= set(found.table["id"]) and "F05" not in set(found.table["id"])
    assert "F11" not in set(found.table["id"]), "where all three agree there is nothing to read"
    html = found._repr_html_()
    assert "<table" in html and "it is what an official says" in html and "L10" in repr(found)


@pytest.mark.parametrize("mine", [None, {}, {"F11": None}, 3, {"F99": "fact"}, {"F11": "opinion"}, [], "C", float("nan")])
def test_what_cannot_be_compared_is_answered_in_a_sentence_and_never_raises(mine) -> None:
    found = coding.against(mine)
    assert len(found.sentences) == 1 and found.sentences[0].strip() and found.table.empty
    assert found.sentences[0] in repr(found) and "<table" not in found._repr_html_()


def test_what_a_student_wrote_is_escaped_in_html() -> None:
    assert "<script" not in coding.against({"F11": "<script>"})._repr_html_()


# On whose word


def test_each_claim_is_counted_under_one_voice() -> None:
    table = voices.voices().table
    assert dict(table.sum()) == {"Frolov": 39, "Lake": 32}
    assert table.loc["an official without a name"].to_dict() == {"Frolov": 0, "Lake": 3}
    pyplot.close("all")
