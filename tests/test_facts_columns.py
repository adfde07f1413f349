"""Cells are read as what their column promises, or refused with what was expected and what was found."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analogies.facts import columns


def refusal(reader, cell):
    with pytest.raises(ValueError) as refused:
        reader(cell)
    return str(refused.value)


def test_a_list_in_a_cell_is_separated_by_semicolons():
    assert columns.several("United States; Panama") == ("United States", "Panama")
    assert "semicolon with nothing" in refusal(columns.several, "a;")
    assert "names the same thing twice" in refusal(columns.several, "a;a")


def test_a_word_outside_its_list_is_refused_with_the_list():
    assert columns.themes("military;legal") == ("military", "legal")
    assert refusal(columns.themes, "war").startswith("'war' is not a theme; use military, diplomatic")
    assert refusal(columns.confidence, "High") == "'High' is not a confidence; use one of high, medium, low"
    assert "interpretation" in refusal(columns.kinds, "opinion")


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_every_number_is_read_as_it_is_written(number):
    assert columns.number(repr(number)) == number


@pytest.mark.parametrize("cell", ["", "1,5", "1 000", "1_000", "about 5", "nan", "inf", "-Infinity", "1e999", "5%"])
def test_what_is_not_a_number_is_refused(cell):
    assert f"{cell!r} is not a number" in refusal(columns.number, cell)


def test_ids_are_small_letters_digits_and_single_hyphens():
    assert columns.identifier("syria-2015-first-strikes") == "syria-2015-first-strikes"
    for cell in ("Syria-2015", "syria 2015", "syria--2015", "-syria", "siria-2015-éxito", "syria_2015"):
        assert "is not an id" in refusal(columns.identifier, cell)


def test_a_paragraph_is_a_whole_number():
    assert columns.paragraph("0") == 0 and columns.paragraph("19") == 19
    for cell in ("-1", "1.0", "7a", "٣"):
        assert "is not a paragraph" in refusal(columns.paragraph, cell)


def test_a_label_is_short_enough_to_stand_beside_its_mark():
    reader, required = columns.EVENTS["short"]
    assert required and reader("x" * columns.SHORT_LABEL)
    assert "29 characters" in refusal(reader, "x" * 29)


def test_every_table_asks_for_a_source_in_each_row():
    for table in (columns.EVENTS, columns.ERAS, columns.CLAIMS, columns.FEATURES, columns.INVOCATIONS):
        assert table["sources"] == (columns.several, True)
