"""Citations in Chicago style: what the processor sets and what is mended, entry by entry; the file that is shipped."""

import json
import re

import pytest

from analogies import kit
from analogies.authoring import citations
from analogies.facts import cite
from analogies.facts.load import load
from analogies.facts.model import DataError

ENTRIES = {
    "@article{a, author={Adcock, Robert and Collier, David}, title={{Measurement Validity}}, date={2001}, journal={American Political Science Review}, volume={95}, number={3}, pages={529--546}}":
        "Adcock, Robert, and David Collier. “Measurement Validity.” <i>American Political Science Review</i> 95, no. 3 (2001): 529–46.",
    "@book{a, author={George, Alexander L. and Bennett, Andrew}, title={{Case Studies}}, date={2005}, publisher={MIT Press}, address={Cambridge, MA}}":
        "George, Alexander L., and Andrew Bennett. <i>Case Studies</i>. Cambridge, MA: MIT Press, 2005.",
    "@book{a, editor={Tetlock, Philip E. and Belkin, Aaron}, title={{Thought Experiments}}, date={1996}, publisher={A Press}}":
        "Tetlock, Philip E., and Aaron Belkin, eds. <i>Thought Experiments</i>. A Press, 1996.",
    "@report{a, author={{Institute for War}}, institution={{Institute for War}}, title={{Situation}}, date={2016-12-22}}":
        "Institute for War. <i>Situation</i>, 22 December 2016.",
    "@online{a, author={{Associated Press}}, title={{Soviet Arms}}, date={1989-02-28}, journal={{Los Angeles Times}}, url={https://x.org/a}}":
        "Associated Press. “Soviet Arms.” <i>Los Angeles Times</i>, 28 February 1989.",
    "@online{a, author={{US Department of State, Office of the Historian}}, title={{The Bay of Pigs and after}}, date={1999-05}}":
        "US Department of State, Office of the Historian. “The Bay of Pigs and after,” May 1999.",
    "@online{a, author={{An Encyclopaedia}}, title={{Slobodan Milošević}}}":
        "An Encyclopaedia. “Slobodan Milošević,” n.d.",
    "@online{a, author={{An Encyclopaedia}}, title={{Hugo Chávez}}, urldate={2026-11-22}}":
        "An Encyclopaedia. “Hugo Chávez,” n.d. Accessed 22 November 2026.",
    "@online{a, title={{Nobody's page}}, date={2019}}":
        "“Nobody’s page,” 2019.",
    "@online{a, author={O'Shea, James and de Lama, George and Strauß, Jörg}, title={{Who asked?}}, date={1987}}":
        "O’Shea, James, George de Lama, and Jörg Strauß. “Who asked?,” 1987.",
    "@online{a, author={{An Agency}}, title={{Who asked?}}, journal={A Paper}, date={1987}}":
        "An Agency. “Who asked?” <i>A Paper</i>, 1987.",
    "@online{a, author={{A Paper}}, title={{Trump says 'get out'}}, date={2019-03-27}, note={copy on a blog}}":
        "A Paper. “Trump says ‘get out,’” 27 March 2019. Copy on a blog.",
    "@online{a, author={{Law \\& Crime}}, title={{The \"big\" \\$5 \\% deal, 1984-1986}}, date={2019}}":
        "Law & Crime. “The ‘big’ $5 % deal, 1984–1986,” 2019.",
    "@online{a, author={{A Ministry}}, title={{Sanctions on Petroleos, S.A.}}, date={2019}}":
        "A Ministry. “Sanctions on Petroleos, S.A.,” 2019.",
    "@online{a, author={{A Paper}}, title={{Jerarquía chavista estaría involucrada}}, date={2019}}":
        "A Paper. “Jerarquía chavista estaría involucrada,” 2019.",
    "@article{a, author={TIME}, title={{Contretemps}}, journal={TIME}, date={1986-06-23}}":
        "TIME. “Contretemps,” 23 June 1986.",
    "@online{a, author={{A Paper}}, title={{About then}}, date={2012~}}":
        "A Paper. “About then,” about 2012.",
}


def chicago(entry: str) -> str:
    (text,) = citations.chicago(entry.encode()).values()
    return text.replace("&amp;", "&")


@pytest.mark.parametrize(("entry", "expected"), ENTRIES.items(), ids=[text[:40] for text in ENTRIES.values()])
def test_an_entry_is_set_as_chicago_has_it(entry, expected):
    assert chicago(entry) == expected


def test_keys_that_differ_by_a_capital_alone_stay_two():
    made = citations.chicago(b"@misc{abc, title={One}, date={2001}}\n\n@misc{ABC, title={Two}, date={2002}}\n")
    assert made == {"abc": "“One,” 2001.", "ABC": "“Two,” 2002."}


def test_markup_in_a_title_or_a_name_stays_text():
    made = citations.chicago(b"@misc{a, author={{<i>A</i> & B}}, title={{<script>x</script>}}, date={2001}}\n")
    shown = "".join(text for text, _ in cite._runs(load().sources["lake2019"], made["a"]))
    assert "<script>x</script>" in shown and "<script>" not in made["a"]


def test_a_faulty_bibliography_is_refused_with_its_line():
    with pytest.raises(DataError, match="sources.bib:1: title"):
        citations.chicago(b"@misc{a, author={{A}}}\n")


def test_two_runs_give_the_same_text():
    raw = (kit.root() / citations.DATA / "sources.bib").read_bytes()[:20_000].rpartition(b"\n@")[0]
    assert citations.chicago(raw) == citations.chicago(raw)


def test_a_short_form_leaves_out_the_subtitle_and_keeps_a_headline():
    raw = b"""@book{a, author={George, Alexander L. and Bennett, Andrew}, title={{Case Studies and Theory: A Long Subtitle}}}
@misc{b, author={{A Paper}}, title={{Bolton: We do not fear the word}}}
@misc{c, title={{A title that is so long that nobody would want to read all of it in a list of many (Vol. 3)}}}
"""
    assert citations.short_forms(raw) == {
        "a": "George and Bennett, “Case Studies and Theory”", "b": "A Paper, “Bolton: We do not fear the word”",
        "c": "“A title that is so long that nobody would want to read all…”"}


# The file that is shipped.


@pytest.fixture(scope="module")
def shipped() -> dict[str, str]:
    return json.loads((kit.root() / citations.DATA / "citations.json").read_text(encoding="utf-8"))


def test_every_source_has_its_citation_and_no_other(shipped):
    assert list(shipped) == list(load().sources)


def test_cite_and_bibliography_show_the_citation_that_was_made(shipped):
    for key, source in load().sources.items():
        text = re.sub(r"</?i>", "", shipped[key]).replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">")
        assert cite.plain(source) == text
        assert repr(cite.bibliography([key])).startswith(text)


def test_no_citation_has_a_wart(shipped):
    warts = re.compile(r"""["']|\.\.|,,|\s\s|”[.,]|\?\.|[{}\\]|<(?!/?i>)|Edited by|^\W|None|, n\.d\.,|--|^[^“<]*\bvia\b""")
    assert {key: text for key, text in shipped.items() if warts.search(text) and not text.startswith("“")} == {}
    assert all(text.endswith(".") for text in shipped.values())


def test_the_bibliography_is_plain_bibtex_as_zotero_reads_it():
    import bibtexparser

    library = bibtexparser.parse_file(str(kit.root() / citations.DATA / "sources.bib"), append_middleware=[
        bibtexparser.middlewares.SeparateCoAuthors(), bibtexparser.middlewares.SplitNameParts()])
    assert not library.failed_blocks and len(library.entries) == len(load().sources)
    known = {"online", "misc", "article", "book", "report", "incollection", "inbook", "thesis", "techreport", "collection", "inproceedings"}
    assert {entry.entry_type for entry in library.entries} <= known
    strange = [(entry.key, field.key) for entry in library.entries for field in entry.fields if not re.fullmatch(r"[a-z]+", field.key)]
    assert strange == []
