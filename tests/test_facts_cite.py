"""Citations: a title is data, whatever it holds; a link is http or https."""

import json
from html.parser import HTMLParser

import pytest
from markdown_it import MarkdownIt
from small_kit import as_the_kit

from analogies.facts.cite import Bibliography, as_markdown, bibliography, cite, markdown, plain, sort_key
from analogies.facts.model import Source, UnknownName

HOSTILE = Source(
    key="bad",
    type="online",
    author="<b>A</b> & *B*",
    title='<script>alert(1)</script> [x](javascript:alert(2)) "q" $x$ `c`',
    date="2019-04",
    url="javascript:alert(3)",
)


class Tags(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.tags, self.texts = [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.texts.append(data)


@pytest.fixture
def kit(tmp_path, monkeypatch):
    return as_the_kit(monkeypatch, tmp_path)


def test_an_article_is_cited_with_author_title_date_and_link(kit):
    assert cite("wire1989") == "A News Agency. “Forces land.” 20 December 1989. <https://example.org/landing>"


def test_a_book_is_cited_in_italics_with_its_publisher(kit):
    assert cite("smith1995") == "Smith, Ann, and Bob Jones. *The Landing and After*. A Press. 1995."


def test_an_unknown_key_names_the_nearest(kit):
    with pytest.raises(UnknownName, match="no source called 'wire1998'. Did you mean 'wire1989'"):
        cite("wire1998")
    with pytest.raises(UnknownName):
        cite(1989)


def test_the_bibliography_of_a_case_holds_its_sources_in_order(kit):
    shown = bibliography("panama")
    assert [s.key for s in shown.sources] == ["wire1989", "smith1995"]
    assert len(shown) == 2
    assert [s.key for s in bibliography(kit.cases["panama"]).sources] == ["wire1989", "smith1995"]


def test_the_bibliography_of_keys_names_each_once(kit):
    assert [s.key for s in bibliography(["smith1995", "smith1995"]).sources] == ["smith1995"]
    assert [s.key for s in bibliography("smith1995").sources] == ["smith1995"]


def test_an_unknown_case_or_key_is_named(kit):
    with pytest.raises(UnknownName, match="Known: panama"):
        bibliography("Grenada")
    with pytest.raises(UnknownName, match="smith1995"):
        bibliography(["smith1996"])


def test_a_bibliography_shows_itself_as_a_list(kit):
    shown = bibliography("panama")
    parsed = Tags(shown._repr_html_())
    assert [tag for tag, _ in parsed.tags] == ["ul", "li", "a", "li", "i"]
    assert parsed.tags[2][1]["href"] == "https://example.org/landing"
    assert shown._repr_markdown_().count("\n- ") == 1
    assert repr(shown).splitlines()[0] == "A News Agency. “Forces land.” 20 December 1989. https://example.org/landing"


def test_no_markup_of_a_source_is_ever_interpreted_as_html(kit):
    parsed = Tags(Bibliography((HOSTILE,))._repr_html_())
    assert [tag for tag, _ in parsed.tags] == ["ul", "li"]
    assert "<script>alert(1)</script>" in "".join(parsed.texts)


def test_no_markup_of_a_source_is_ever_interpreted_as_markdown(kit):
    html = MarkdownIt("commonmark").render(Bibliography((HOSTILE,))._repr_markdown_())
    assert [tag for tag, _ in Tags(html).tags] == ["ul", "li"]
    assert "alert(3)" not in html


def test_a_link_that_is_not_http_is_not_shown(kit):
    assert "alert(3)" not in cite(HOSTILE)
    assert "href" not in Bibliography((HOSTILE,))._repr_html_()


def test_a_source_without_a_date_says_so(kit):
    assert plain(Source("a", "misc", "", "T")) == "“T.” No date."


def test_a_citation_made_by_the_build_is_shown(tmp_path, monkeypatch):
    (tmp_path / "citations.json").write_text(json.dumps({"smith1995": "Smith &amp; Jones. <i>The <b>Landing</b></i>. 1995."}))
    as_the_kit(monkeypatch, tmp_path)
    assert plain_of("smith1995") == "Smith & Jones. The <b>Landing</b>. 1995."
    assert [tag for tag, _ in Tags(bibliography(["smith1995"])._repr_html_()).tags] == ["ul", "li", "i"]
    assert cite("smith1995") == r"Smith \& Jones. *The \<b\>Landing\</b\>*. 1995."
    assert cite("wire1989").startswith("A News Agency")


def plain_of(key):
    return plain(bibliography([key]).sources[0])



def test_a_source_of_ones_own_under_a_key_of_the_kit_shows_its_own_text(tmp_path, monkeypatch):
    (tmp_path / "citations.json").write_text(json.dumps({"smith1995": "The kit's. 1995."}))
    as_the_kit(monkeypatch, tmp_path)
    assert plain(Source("smith1995", "misc", "Me", "Mine", date="2020")) == "Me. “Mine.” 2020."


def test_a_bibliography_is_ordered_by_author_then_title_without_accents_signs_and_articles():
    titles = ("The New Yorker. “B,” 2001.", "Érard, A. “A,” 2001.", "Sputnik Brasil. “A,” 2001.", "Sputnik. “Z,” 2001.", "“‘Get Out,’” 2019.", "New York Times. “A,” 2000.")
    assert sorted(titles, key=sort_key) == [titles[i] for i in (1, 4, 5, 0, 3, 2)]


def test_what_would_begin_a_list_or_a_heading_stays_text():
    for text in ("1984. A novel", "- a", "+ a", "# a", "2) b", "a_b_c *d*", "US$ 5 & <b>"):
        html = MarkdownIt("commonmark").render(as_markdown(text))
        assert [tag for tag, _ in Tags(html).tags] == ["p"] and "".join(Tags(html).texts).strip() == text
    assert as_markdown("1984. A novel", begins=False) == "1984. A novel"


def test_the_made_text_given_is_the_one_shown(kit):
    assert markdown(kit.sources["wire1989"], "A <i>B</i>.") == "A *B*. <https://example.org/landing>"
