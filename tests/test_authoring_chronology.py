"""The chronology: every event of every case once, in the order of time, with what is uncertain about it."""

import re

import pytest
from made_kit import facts_of, made_kit

from analogies import kit
from analogies.authoring import chronology, readings
from analogies.facts.dates import in_words
from analogies.facts.load import load


@pytest.fixture
def made(tmp_path):
    facts, _, short = facts_of(made_kit(tmp_path))
    return chronology.make(facts, short)


def test_an_event_is_told_with_date_case_text_doubt_and_sources(made):
    assert ('- <a id="panama-1989-plan"></a>**October to December 1989** (Panama). *A plan is made.* It was made in secret. '
            "Became public: 1995. Disputed: Who ordered it is disputed. How sure we are: medium. "
            "Sources: [Smith and Jones, “The Landing and After”](bibliography.md#s-smith1995).\n") in made


def test_a_text_of_several_lines_becomes_one_entry_and_what_is_sure_is_not_excused(made):
    (entry,) = re.findall(r"^.*panama-1989-landing.*$", made, flags=re.M)
    assert "They came by air. They came by sea." in entry
    assert not re.search("Became public|Disputed|How sure", entry)


def test_periods_are_headed_and_the_jump_list_leads_to_them(made):
    assert "Jump to: [1979 to 1991](#from-1979)\n" in made
    assert '<a id="from-1979"></a>\n\n## 1979 to 1991\n\n*3 events: Panama.*\n' in made


def test_a_sharper_date_comes_first_on_the_same_day_and_a_beginning_that_is_not_known_is_placed_by_its_end(tmp_path):
    rows = "id,date,short,title,text,actors,themes,known,sources,confidence,disputed\n" + "".join(
        f"panama-{name},{date},x,Title,Text.,Panama,military,,wire1989,high,\n"
        for name, date in (("1989-landing", "1989-12-20"), ("b", "1990"), ("c", "/1989-06"), ("d", "1990-01"), ("e", "1990-01-01")))
    facts, _, short = facts_of(made_kit(tmp_path, events_panama_csv=rows))
    assert re.findall(r'<a id="panama-([^"]+)">', chronology.make(facts, short)) == ["c", "1989-landing", "e", "d", "b"]


def test_the_page_of_the_kit_has_every_event_once_in_the_order_of_time():
    text = readings.make()[kit.root() / "readings" / "chronology.md"]
    events = {event.id: event for case in load().cases.values() for event in case.records}
    order = re.findall(r'^- <a id="([^"]+)"></a>', text, flags=re.M)
    assert sorted(order) == sorted(events)
    starts = [events[id].date.a0 or events[id].date.b0 for id in order]
    assert starts == sorted(starts)
    for id, event in events.items():
        (entry,) = re.findall(rf'^- <a id="{id}"></a>(.*)$', text, flags=re.M)
        assert entry.startswith(f"**{in_words(event.date)}**")
        assert ("Became public:" in entry) == bool(event.known) and ("Disputed:" in entry) == bool(event.disputed)
        assert ("How sure we are" in entry) == (event.confidence != "high")
        assert entry.count("bibliography.md#s-") == len(event.sources)
