"""BibTeX: what Zotero writes is read; what is wrong is named; no link is trusted."""

import pytest

from analogies.facts.bibtex import is_web_link, read_sources


def read(content: str | bytes):
    faults = []
    raw = content if isinstance(content, bytes) else content.encode("utf-8")
    sources, lines = read_sources(raw, "s.bib", faults)
    return sources, lines, faults


def one(content: str):
    sources, _, faults = read(content)
    assert faults == [], [str(f) for f in faults]
    return next(iter(sources.values()))


def test_an_entry_is_read_whole():
    source = one(
        """@article{frolov2019,
  author = {Frolov, Vladimir},
  title = {{Venezuela Is Not Syria}},
  journaltitle = {A Paper},
  date = {2019-04-02},
  url = {https://example.org/a_b?c=d&e=f},
  urldate = {2026-01-05},
}"""
    )
    assert (source.key, source.type, source.author) == ("frolov2019", "article", "Frolov, Vladimir")
    assert (source.title, source.container, source.date) == ("Venezuela Is Not Syria", "A Paper", "2019-04-02")
    assert (source.url, source.accessed) == ("https://example.org/a_b?c=d&e=f", "2026-01-05")


def test_the_older_year_and_month_make_a_date():
    assert one("@misc{a, title={T}, year = 2019, month = mar}").date == "2019-03"
    assert one("@misc{a, title={T}, year = {2019}}").date == "2019"


def test_authors_are_listed_as_chicago_lists_them():
    assert one("@book{a, title={T}, author={Lakoff, George and Johnson, Mark}}").author == "Lakoff, George, and Mark Johnson"
    assert one("@book{a, title={T}, author={{Ministry of Defence, Moscow}}}").author == "Ministry of Defence, Moscow"
    assert one("@book{a, title={T}, author={Day, Ann and {Arms and Security, Ltd}}}").author == "Day, Ann, and Arms and Security, Ltd"
    assert one("@book{a, title={T}, author={Day, Ann and others}}").author == "Day, Ann et al."


def test_latex_and_protecting_braces_become_plain_text():
    source = one('@misc{a, title={{The {NATO} M\\"oglichkeit \\& more}}, author={Ch{\\\'a}vez, Hugo}}')
    assert source.title == "The NATO Möglichkeit & more"
    assert source.author == "Chávez, Hugo"


def test_strings_quotation_marks_and_joins_are_read():
    source = one('@string{mt = "The Moscow Times"}\n@article{a, title = "A # of things", journal = mt # { (copy)}}')
    assert (source.title, source.container) == ("A # of things", "The Moscow Times (copy)")


def test_each_source_knows_its_line():
    _, lines, _ = read("% a comment\n\n@misc{a, title={T}}\n@misc{b,\n title={U}}\n")
    assert lines == {"a": 3, "b": 4}


@pytest.mark.parametrize(
    "content, line, column, says",
    [
        ("@misc{a, title={x}}\n@misc{a, title={y}}", 2, "", "'a' was used in line 1 already"),
        ("@misc{a, title={x}, title={y}}", 1, "", "gives title twice"),
        ("\n@misc{a,\n author={x}}", 2, "title", "no title"),
        ("@misc{a,\n title={x},\n date={3 May 2019}}", 3, "date", "'3 May 2019' is not a date"),
        ("@misc{a, title={x},\n urldate={n.d.}}", 2, "urldate", "not a date"),
        ("@misc{a, title={x},\n\n url={javascript:alert(1)}}", 3, "url", "http"),
        ("@misc{a b, title={x}}", 1, "key", "not a key"),
        ("@misc{, title={x}}", 1, "key", "not a key"),
        ("@misc{a, title={x}\n\n@misc{b, title={y}}", 1, "", "cannot be read"),
        ("@misc{a, title={x}}\n@misc", 2, "", "cannot be read"),
    ],
)
def test_what_is_wrong_is_named_with_line_and_column(content, line, column, says):
    _, _, faults = read(content)
    assert [(f.line, f.column) for f in faults] == [(line, column)], [str(f) for f in faults]
    assert says in faults[0].message


def test_an_unclosed_entry_does_not_hide_the_next():
    sources, _, _ = read("@misc{a, title={x\n\n@misc{b, title={y}}")
    assert list(sources) == ["b"]


def test_the_parser_does_not_write_to_the_screen(capfd):
    read("@misc{a, title={x\n\n@misc{b, title={y}}")
    assert capfd.readouterr() == ("", "")


def test_a_wrong_encoding_is_named_by_line():
    _, _, faults = read("@misc{a,\n title={Chávez}}".encode("cp1252"))
    assert [(f.line, "Chávez" in f.message) for f in faults] == [(2, True)]


@pytest.mark.parametrize("url", ["https://example.org", "http://example.org/a?b=c#d", "HTTPS://Example.org/%20", "https://ex.org/a_(b)"])
def test_web_links_are_taken(url):
    assert is_web_link(url)


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "ftp://x.y", "//x.y", "https://", "http:///a", "https://a b",
     'https://a"onclick=x', "https://a/<script>", "https://a/\n", " https://a", "https://a/`x`", "mailto:a@b.c", "x.org", "https://a\\b"],
)  # fmt: skip
def test_other_links_are_not(url):
    assert not is_web_link(url)


def test_a_refused_link_is_not_kept():
    sources, _, _ = read("@misc{a, title={x}, url={javascript:alert(1)}}")
    assert sources["a"].url == ""
