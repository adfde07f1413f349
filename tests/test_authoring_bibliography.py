"""The bibliography: every source once or more, by case and kind, with its link."""

import re

import pytest
from made_kit import facts_of, made_kit
from small_kit import SOURCES

from analogies import kit
from analogies.authoring import bibliography, readings
from analogies.facts.load import load
from analogies.facts.model import Source

MORE = SOURCES + """
@misc{act1983, author={{US Congress}}, title={{An Act}}, date={1983}}

@online{data2020, author={{A Data Project}}, title={{Numbers}}, date={2020}, url={https://data.example.org/}}
"""


def test_a_source_stands_under_its_case_and_its_kind_with_its_key_and_its_place_to_link_to(tmp_path):
    facts, citations, _ = facts_of(made_kit(tmp_path))
    text = bibliography.make(facts, citations)
    case, rest = text.split("## Panama (2)")[1].split("## Claims, comparisons, series and readings (0)")
    assert rest.strip() == ""
    books, data = case.split("### Data and how they were made (1)")  # the codebook cites it
    assert '- <a id="s-smith1995"></a>Smith, Ann, and Bob Jones. *The Landing and After*. A Press, 1995. `smith1995`' in books
    assert '- <a id="s-wire1989"></a>A News Agency. “Forces land,” 20 December 1989. <https://example.org/landing> `wire1989`' in data


def test_what_no_event_cites_stands_in_the_last_part(tmp_path):
    facts, citations, _ = facts_of(made_kit(tmp_path, sources_bib=MORE))
    last = bibliography.make(facts, citations).split("## Claims, comparisons, series and readings (2)")[1]
    assert "### Documents of governments, courts and international bodies (1)" in last and "An Act" in last
    assert "Numbers" in last


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        (Source("a", "book", "Smith, Ann", "T"), bibliography.SCHOLARSHIP),
        (Source("a", "article", "Smith, Ann", "T", container="A Journal"), bibliography.SCHOLARSHIP),
        (Source("a", "article", "TIME", "T", container="TIME"), bibliography.PRESS),
        (Source("a", "online", "Wikipedia", "T", url="https://en.wikipedia.org/wiki/T"), bibliography.REFERENCE),
        (Source("a", "online", "United Nations Security Council", "T", url="https://undocs.org/S/1"), bibliography.DOCUMENTS),
        (Source("a", "online", "Obama, Barack", "T", url="https://www.federalregister.gov/T"), bibliography.DOCUMENTS),
        (Source("a", "online", "The Washington Post", "T", url="https://www.cia.gov/readingroom/T", note="CIA CREST copy"), bibliography.PRESS),
        (Source("a", "online", "US Department of Defense", "T", url="https://x.org/", container="Aerotech News"), bibliography.DOCUMENTS),
        (Source("a", "online", "TASS", "T", url="https://tass.com/T"), bibliography.PRESS),
        (Source("a", "online", "Evil", "T", url="https://gov.example.com/T"), bibliography.PRESS),
        (Source("data", "article", "Smith, Ann", "T"), bibliography.DATASETS),
    ],
)
def test_the_kind_is_told_by_type_author_and_address(source, kind):
    assert bibliography.kind_of(source, {"data"}) == kind


def test_every_source_of_the_kit_stands_in_the_bibliography_with_one_place_to_link_to():
    text = readings.make()[kit.root() / "readings" / "bibliography.md"]
    places = re.findall(r'<a id="s-([^"]+)"></a>', text)
    assert sorted(places) == sorted(load().sources)
    assert all(source.url in text for source in load().sources.values())


def test_a_made_page_does_not_make_a_source_count_as_used(tmp_path, monkeypatch):
    from analogies.facts import load as loading

    root = made_kit(tmp_path, sources_bib=MORE)
    facts, citations, _ = facts_of(root)
    (root / "readings").mkdir()
    (root / "readings" / "bibliography.md").write_text(bibliography.make(facts, citations), encoding="utf-8")
    monkeypatch.setattr(loading, "_kit_folder", lambda: root / "src/analogies/data")
    monkeypatch.setattr(kit, "root", lambda: root)
    assert {fault.column for fault in loading.validate()} >= {"act1983", "data2020"}
    (root / "readings" / "essay.md").write_text("Congress passed it [@act1983]; see `an.cite('data2020')`.\n", encoding="utf-8")
    assert not {fault.column for fault in loading.validate()} & {"act1983", "data2020"}
