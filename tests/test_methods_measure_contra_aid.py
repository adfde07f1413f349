"""What Congress allowed the Contras: each decision once, and its terms told apart."""

import pytest
from matplotlib import pyplot

from analogies.facts.load import load
from analogies.methods import measure


@pytest.fixture(autouse=True)
def no_figure_stays_open():
    yield
    pyplot.close("all")


def test_every_decision_of_the_series_has_its_bar_and_no_other_row_has() -> None:
    found = measure.contra_aid()
    voted = load().series("aid_nicaragua").query("series == 'contra aid voted'")
    assert found.table["million dollars"].to_list() == voted["value"].to_list()
    bars = [bar for group in found.figure().axes[0].containers for bar in group]
    assert sorted(bar.get_width() for bar in bars) == sorted(found.data["value"])


def test_terms_are_read_off_the_notes() -> None:
    table = measure.contra_aid().table.set_index("decided")["for weapons"]
    assert table.to_dict() == {"1981": "yes", "1982": "yes", "1983": "yes", "1984": "no", "1985": "no", "1986": "in part", "1987": "no",
                               "Mar 1988": "no", "Sep 1988": "no", "Apr 1989": "no"}  # fmt: skip


def test_two_votes_of_one_year_keep_their_own_names() -> None:
    assert measure.contra_aid().table["decided"].is_unique


def test_a_year_without_a_decision_says_none_and_not_zero() -> None:
    found = measure.contra_aid()
    labels = {text.get_text() for text in found.figure().axes[0].texts}
    assert "none" in labels and "0" not in labels
    assert "1984: none" in found.alt


def test_the_terms_are_told_apart_by_hatch_too() -> None:
    looks = {(bar.get_facecolor(), bar.get_hatch()) for group in measure.contra_aid().figure().axes[0].containers for bar in group}
    assert len(looks) == len({hatch for _, hatch in looks}) == 3
