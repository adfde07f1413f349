"""A made page says that it is made, and shows a change by hand."""

from analogies.authoring.page import edited_by_hand, heading, jump_list, page

PAGE = page("# Title\n\nText.\n", made_of=["src/analogies/data/claims.csv", "lessons/"])


def test_the_first_line_says_that_the_page_is_made_and_from_what():
    first, rest = PAGE.split("\n", 1)
    assert first.startswith("<!-- Made by `analogies build` from src/analogies/data/claims.csv, lessons/: change that, not this page.")
    assert rest == "# Title\n\nText.\n"


def test_a_change_by_hand_is_seen_and_an_untouched_page_is_not_accused():
    assert not edited_by_hand(PAGE)
    assert edited_by_hand(PAGE.replace("Text", "My text"))
    assert edited_by_hand("# Title\n\nText.\n")


def test_a_jump_list_leads_to_the_headings_of_the_page():
    assert jump_list([("a", "One"), ("b", "Two")]) == "Jump to: [One](#a) · [Two](#b)"
    assert heading(2, "One", "a") == '<a id="a"></a>\n\n## One\n'
