"""An outcome is a number for nbgrader and sentences for a person."""

from __future__ import annotations

import dataclasses
from html.parser import HTMLParser

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from IPython.core.formatters import DisplayFormatter
from nbformat.v4 import new_output
from nbgrader.utils import get_partial_grade

from analogies.check.outcome import NOT_STARTED, NOT_YET, PASS, Condition, Outcome, escape_markdown, judge, needs, not_started, not_yet

HALF = judge(
    needs(True, "There are three rows.", 1),
    needs(False, "Each row has a source.", 2, because="Row 3 has none."),
)


def test_points_are_the_sum_of_the_conditions_that_are_met():
    assert (HALF.earned, HALF.possible, HALF.status) == (1, 3, NOT_YET)


def test_all_conditions_met_is_a_pass_with_all_points():
    outcome = judge(needs(True, "a", 0.1), needs(True, "b", 0.2), needs(True, "form"))
    assert (outcome.status, outcome.earned) == (PASS, outcome.possible)


def test_a_condition_of_no_points_that_is_not_met_keeps_the_points_but_not_the_pass():
    outcome = judge(needs(True, "a", 2), needs(False, "form"))
    assert (outcome.status, outcome.earned, outcome.possible) == (NOT_YET, 2, 2)


def test_the_reason_is_given_only_where_a_condition_is_not_met():
    assert needs(False, "Each row has a source.", because="Row 3 has none.").message == "Each row has a source. Row 3 has none."
    assert needs(True, "Each row has a source.", because="Row 3 has none.").message == "Each row has a source."


@pytest.mark.parametrize("met", [np.True_, np.bool_(1)])
def test_a_numpy_truth_is_a_truth(met):
    assert needs(met, "a").met is True


@pytest.mark.parametrize("met", [1, None, "yes", np.array([True]), []])
def test_a_condition_that_is_neither_true_nor_false_is_a_fault_of_the_question(met):
    with pytest.raises(TypeError, match="True or False"):
        needs(met, "a")


@pytest.mark.parametrize(("arguments", "words"), [
    ((4, 3, NOT_YET), "between 0 and 3"), ((-1, 3, NOT_YET), "between 0 and 3"), ((float("nan"), 3, NOT_YET), "between"),
    ((1, 3, PASS), "earns all"), ((1, 3, NOT_STARTED), "0 points"), ((1, 3, "FAIL"), "status is"), ((1, float("inf"), NOT_YET), "between"),
])
def test_an_outcome_that_cannot_be_is_refused(arguments, words):
    with pytest.raises(ValueError, match=words):
        Outcome(*arguments)


def test_an_outcome_cannot_be_changed():
    with pytest.raises(dataclasses.FrozenInstanceError):
        HALF.earned = 3


@given(st.lists(st.tuples(st.booleans(), st.floats(0, 100).map(lambda x: round(x, 3))), min_size=1, max_size=8))
def test_nbgrader_reads_the_earned_points_from_the_plain_text(conditions):
    outcome = judge(*(needs(met, "a", points) for met, points in conditions))
    data, _ = DisplayFormatter().format(outcome)
    shown = new_output("execute_result", data, execution_count=1)
    assert get_partial_grade(shown, outcome.possible) == outcome.earned
    assert 0 <= float(data["text/plain"]) <= outcome.possible


def test_the_plain_text_is_the_number_alone_and_the_sentences_are_html_and_markdown():
    data, _ = DisplayFormatter().format(HALF)
    assert data["text/plain"] == "1"
    assert set(data) == {"text/plain", "text/html", "text/markdown"}
    for words in ("NOT YET: 1 of 3 points.", "(1 of 1 point): There are three rows.", "(0 of 2 points)", "Row 3 has none."):
        assert words in data["text/html"] and words.replace("(", "(") in data["text/markdown"]


def test_each_condition_says_in_a_word_whether_it_is_met():
    html = HALF._repr_html_()
    assert "<strong>met</strong> (1 of 1 point)" in html and "<strong>not yet</strong> (0 of 2 points)" in html
    assert "**met** (1 of 1 point)" in HALF._repr_markdown_() and "**not yet** (0 of 2 points)" in HALF._repr_markdown_()


@pytest.mark.parametrize("outcome", [HALF, not_started(2, "Try."), not_yet(2, "No."), judge(needs(True, "a", 1))])
def test_a_screen_reader_is_told_and_both_themes_are_followed(outcome):
    html = outcome._repr_html_()
    assert html.startswith('<div role="status"') and outcome.status in html
    assert "var(--jp-" in html and "background" not in html


def test_a_blank_answer_is_said_not_to_be_started():
    assert "NOT STARTED: no answer was found yet." in not_started(2)._repr_html_()


class Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags, self.words = [], ""

    def handle_starttag(self, tag, _):
        self.tags.append(tag)

    def handle_data(self, data):
        self.words += data


@given(st.text(st.characters(exclude_characters="\x00\r")))
def test_no_word_of_a_student_becomes_a_tag(text):
    outcome = judge(Condition(False, text, 1)).with_words(hints=(text,), notes=(text,))
    reader = Tags()
    reader.feed(outcome._repr_html_())
    reader.close()
    assert set(reader.tags) <= {"div", "p", "strong", "ul", "li", "code"}
    shown = text.encode("utf-8", "replace").decode().replace("`", "")  # backticks make code of what stands between them
    assert reader.words.replace("`", "").count(shown) >= 3 or not shown
    outcome._repr_markdown_().encode("utf-8")


@pytest.mark.parametrize(("text", "shown"), [
    ("a_b *c* `d` <i> [x](y) | e", r"a\_b \*c\* `d` \<i\> \[x\](y) \| e"),
    ("$5 and $6", "<span>&#36;</span>5 and <span>&#36;</span>6"), ("`a|b $ <i>` c`", r"`a\|b $ <i>` c\`"), ("1.5", "1.5"),
    ("1961. A year", r"1961\. A year"), ("- no list", r"\- no list"), ("two\nlines", "two lines"),
])
def test_markdown_shows_text_as_it_is(text, shown):
    assert escape_markdown(text) == shown


def test_what_stands_between_backticks_is_shown_as_code():
    html = judge(needs(False, "Use `.query(\"a < 3\")`.", 1))._repr_html_()
    assert "<code>.query(&quot;a &lt; 3&quot;)</code>" in html


def test_dollars_are_left_alone_by_mathjax():
    outcome = judge(needs(False, "Loans of $5 billion and $6 billion.", 1))
    assert "mathjax_ignore" in outcome._repr_html_() and "<span>&#36;</span>5 billion" in outcome._repr_markdown_()


def test_hints_and_notes_are_added_without_touching_the_marks():
    more = HALF.with_words(hints=("This is the median.",), notes=("A hint is open.",))
    assert (more.earned, more.conditions) == (HALF.earned, HALF.conditions)
    assert "<strong>Hint:</strong> This is the median." in more._repr_html_() and "A hint is open." in more._repr_html_()
    assert "**Hint:** This is the median." in more._repr_markdown_()
