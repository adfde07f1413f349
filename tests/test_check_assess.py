"""Levels are read by name or in order; what an own level leads to next is said in the rubric's words."""

from __future__ import annotations

import pytest
import yaml
from test_check_rubric import GOOD

from analogies.check.assess import compare, read_levels, show_rubric
from analogies.check.rubric import read_rubrics


@pytest.fixture()
def rubric(tmp_path):
    path = tmp_path / "rubric.yml"
    path.write_text(yaml.safe_dump(GOOD), encoding="utf-8")
    return read_rubrics(path)["q5"]


def test_levels_in_the_rubric_s_order_and_by_name_are_the_same(rubric):
    assert read_levels(rubric, [2, 0]) == read_levels(rubric, {"limits": 0, "evidence": 2}) == {"evidence": 2, "limits": 0}


@pytest.mark.parametrize("levels", [{}, [], {"evidence": -1, "limits": 0}, {"evidence": 1.0, "limits": 0}, {1: 1}, None])
def test_levels_that_cannot_be_give_a_sentence_with_an_example(rubric, levels):
    sentence = read_levels(rubric, levels)
    assert type(sentence) is str and 'levels={"evidence": 1, "limits": 1}' in sentence


def test_the_rubric_is_shown_without_a_word_of_the_exemplars(rubric):
    shown = show_rubric(rubric, "q5").markdown
    for exemplar in (rubric.weak, rubric.strong):
        assert exemplar.text.split("\n")[0] not in shown


@pytest.mark.parametrize(("own", "step"), [(0, "To reach level 1: Some."), (1, "To reach level 2: Each."), (2, "at the highest level")])
def test_the_next_step_is_the_level_above_ones_own(rubric, own, step):
    assert step in compare(rubric, "q5", {"evidence": own, "limits": 1}).markdown
