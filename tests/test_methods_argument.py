"""The map of each argument holds every claim once, runs down to a conclusion, and is there as a text too."""

import re

import pytest
from matplotlib import pyplot

from analogies.facts.load import load
from analogies.facts.model import ARGUMENT_ROLES, UnknownName
from analogies.methods import argument

ARTICLES = pytest.mark.parametrize("article", ["frolov", "lake"])


def parts(article: str) -> dict[str, dict]:
    return {row["id"]: row for row in load().argument_rows if row["article"] == article}


@ARTICLES
def test_every_claim_stands_in_one_part(article) -> None:
    placed = [id for part in parts(article).values() for id in part["claims"]]
    assert sorted(placed) == sorted(claim.id for claim in load().claim_records if claim.article == article)


@ARTICLES
def test_every_paragraph_of_the_article_is_in_the_map(article) -> None:
    covered = {n for part in parts(article).values() for n in part["paragraphs"]}
    assert covered == set(range(max(claim.paragraph for claim in load().claim_records if claim.article == article) + 1))


@ARTICLES
def test_from_every_part_the_arrows_lead_down_to_the_last_conclusion(article) -> None:
    found = parts(article)
    rows = argument.layers(found)
    level = {id: n for n, row in enumerate(rows) for id in row}
    assert sorted(level) == sorted(found) and len(rows[-1]) == 1
    assert found[rows[-1][0]]["role"] == "conclusion"
    assert all(level[to] > level[id] for id, part in found.items() for to in part["leads_to"])


@ARTICLES
def test_each_argument_draws_and_refuses_an_analogy_and_has_a_premise_of_ours_marked_as_such(article) -> None:
    roles = [part["role"] for part in parts(article).values()]
    assert {"premise", "analogy drawn", "analogy refused", "conclusion", "unstated premise"} <= set(roles) <= set(ARGUMENT_ROLES)
    for part in parts(article).values():
        assert (part["role"] == "unstated premise") == part["note"].startswith("Ours.")
        assert not (part["role"] == "unstated premise" and part["claims"])


@ARTICLES
def test_what_stands_in_the_picture_stands_in_the_table_and_in_the_alt_text(article) -> None:
    found = argument.of(article)
    figure = found.figure()
    drawn = " ".join(" ".join(text.get_text().split()) for text in figure.axes[0].texts)
    for number, row in found.table.iterrows():
        assert f"{number} {row['role'].upper()}" in drawn
        assert row["in our words"] in drawn and row["where"] in drawn
        assert f"{number}, {row['role']}: {row['in our words']}" in found.alt
    arrows = sum(len(part["leads_to"]) for part in parts(article).values())
    assert sum(getattr(text, "arrow_patch", None) is not None for text in figure.axes[0].texts) == arrows
    assert found.alt.count("leads to") == sum(bool(part["leads_to"]) for part in parts(article).values())
    pyplot.close("all")


@ARTICLES
def test_no_text_runs_out_of_its_box_and_no_box_touches_another(article) -> None:
    figure = argument.of(article).figure()
    figure.canvas.draw()
    ax, renderer = figure.axes[0], figure.canvas.get_renderer()
    boxes = [patch.get_window_extent(renderer) for patch in ax.patches]
    for text in [text for text in ax.texts if text.get_text()]:
        inside = text.get_window_extent(renderer)
        assert any(box.x0 <= inside.x0 and inside.x1 <= box.x1 and box.y0 <= inside.y0 and inside.y1 <= box.y1 for box in boxes), text.get_text()
    for n, one in enumerate(boxes):
        assert not any(one.overlaps(other) for other in boxes[n + 1 :])
    texts = [text.get_window_extent(renderer) for text in ax.texts if text.get_text()]
    assert not any(one.overlaps(other) for n, one in enumerate(texts) for other in texts[n + 1 :])
    pyplot.close("all")


def test_roles_are_told_apart_without_colour() -> None:
    assert set(argument._LOOKS) == set(ARGUMENT_ROLES)
    assert len({(dash, width) for _, dash, width in argument._LOOKS.values()}) == len(ARGUMENT_ROLES)


def test_a_part_that_leads_to_two_stands_above_both() -> None:
    found = {"a": {"leads_to": ("b", "d")}, "b": {"leads_to": ("c",)}, "c": {"leads_to": ("d",)}, "d": {"leads_to": ()}}
    assert argument.layers(found) == [["a"], ["b"], ["c"], ["d"]]


def test_parts_stand_in_the_order_of_what_they_lead_to() -> None:
    found = {"q": {"leads_to": ("y",)}, "p": {"leads_to": ("x",)}, "x": {"leads_to": ("z",)}, "y": {"leads_to": ("z",)}, "z": {"leads_to": ()}}
    assert argument.layers(found) == [["p", "q"], ["x", "y"], ["z"]]


def test_an_unknown_article_is_answered_with_the_two_there_are() -> None:
    with pytest.raises(UnknownName, match=re.escape("no article called 'lakes'. Did you mean 'lake'?")):
        argument.of("lakes")
