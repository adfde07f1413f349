"""The form of a written answer: length, a figure, the paragraph, claims.  It earns nothing."""

import pytest

from analogies.check.form import a_figure, claims, form, the_paragraph


def met(rule, text):
    return rule(text).met


@pytest.mark.parametrize(("words", "status"), [(2, "NOT YET"), (3, "PASS"), (5, "PASS"), (6, "NOT YET")])
def test_a_text_has_its_number_of_words(words, status):
    outcome = form("q5", 3, 5)({"q5": "word " * words})
    assert (outcome.status, outcome.possible, outcome.earned) == (status, 0, 0)


def test_what_is_no_text_has_no_words():
    assert "0" in " ".join(c.message for c in form("q5", 3, 5)({"q5": 7}).conditions)


def test_every_rule_is_a_condition_of_its_own():
    outcome = form("q5", 1, 9, a_figure(), the_paragraph(7), claims(2))({"q5": "Frolov says so"})
    assert [c.met for c in outcome.conditions] == [True, False, False, False]


@pytest.mark.parametrize(("text", "found"), [("in 2015", True), ("in the year", False)])
def test_a_figure_is_looked_for(text, found):
    assert met(a_figure(), text) is found


@pytest.mark.parametrize(("numbers", "text", "found"), [
    ((7,), "as ¶7 says", True), ((7,), "par. 7", True), ((7,), "Paragraph 7", True), ((7,), "¶ 7", True), ((7,), "¶70", False),
    ((7,), "¶8", False), ((5, 10), "¶10", True), ((5, 10), "¶1", False), ((), "¶3", True), ((), "the paragraph", False),
])
def test_the_paragraph_is_named_in_any_usual_way(numbers, text, found):
    assert met(the_paragraph(*numbers), text) is found


@pytest.mark.parametrize(("text", "found"), [("L10 and F17", True), ("F17 and F17", False), ("F17", False), ("F1 and L2", False)])
def test_different_claims_are_counted(text, found):
    assert met(claims(2), text) is found
