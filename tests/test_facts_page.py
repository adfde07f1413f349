"""A page of the codebook shows its tables and lists, and nothing in it is markup."""

from analogies.facts.page import Page


def test_entries_stand_in_a_table_with_row_headings():
    shown = Page("arms", {"unit": "TIV, not `money`"})._repr_html_()
    assert '<th scope="row" style="text-align:left">unit</th>' in shown
    assert "TIV, not <code>money</code>" in shown and "<caption>Codebook: arms</caption>" in shown


def test_a_page_without_entries_has_no_empty_table():
    assert Page("arms", {})._repr_html_() == "<p>Codebook: arms</p>"


def test_tables_lists_and_paragraphs_are_told_apart():
    text = "One\nline.\n\n- a\n- b\n\n| x | y |\n|---|---|\n| 1 | 2 |\n"
    shown = Page("arms", {}, text)._repr_html_()
    assert "<p>One line.</p><ul><li>a</li><li>b</li></ul><table>" in shown
    assert shown.count("<tr>") == 2 and '<th scope="col" style="text-align:left">x</th>' in shown


def test_nothing_of_a_page_is_markup():
    bad = "<script>x</script>"
    shown = Page(bad, {bad: bad}, f"{bad}\n\n- {bad}\n\n| {bad} |\n|---|\n| `{bad}` |\n")._repr_html_()
    assert "<script" not in shown


def test_a_page_prints_as_plain_lines():
    assert repr(Page("arms", {"unit": "TIV"}, "More.\n")) == "arms\nunit: TIV\nMore."
