"""The ledger: what each row still lacks on its day, one sentence an unmet rule, and a file that loses nothing."""

import datetime as dt
import re

import analogies as an
import pandas as pd
import pytest
from analogies.facts.load import load
from analogies.methods import ledger as module
from analogies.methods.ledger_rules import RULES, as_row, clipped, faults, public_day, sources_of

DAY = dt.date(2019, 4, 2)
LANDED = ("known", "Two Russian military aircraft landed near Caracas.", "venezuela-2019-planes-land")
TASK = ("unclear", "What the hundred men were to do in Venezuela.", "venezuela-2019-abrams-s300; venezuela-2019-attache")
DETER = ("presumed", "Moscow wanted to deter an American attack.", "F18", "The men leave and nothing is said of an attack.")
ALIKE = ("likeness", "Both governments had asked Moscow for help.", "venezuela-2019-stay-as-needed")
UNLIKE = ("difference", "Syria was at war and Venezuela was not.", "syria-2011-protests")
SOUND = [LANDED, TASK, DETER, ALIKE, UNLIKE]


@pytest.fixture
def saved(monkeypatch):
    monkeypatch.delenv("ANALOGIES_PROGRESS")


def found(*rows, as_of=DAY) -> list[tuple[str, int]]:
    return [(fault.rule, fault.row) for fault in faults([as_row(row) for row in rows], as_of)]


def sentence(*rows, as_of=DAY) -> str:
    return "\n".join(fault.sentence for fault in faults([as_row(row) for row in rows], as_of))


# The rules


def test_a_ledger_that_keeps_every_rule_lacks_nothing():
    assert found(*SOUND) == []


@pytest.mark.parametrize("row, rule", [
    (("certain", LANDED[1] + " Really.", LANDED[2]), "status"),
    (("known", "Aircraft landed.", LANDED[2]), "sentence"),
    (("known", "x x x x x x x", LANDED[2]), "sentence"),
    (("known", "a b c d e f g", LANDED[2]), "sentence"),
    (LANDED, "sentence"),
    (("known", "The aircraft came by way of Dakar."), "source"),
    (("unclear", "Nobody said how long they would stay."), "source"),
    (("likeness", "Both had bought arms in Moscow.", " ; "), "source"),
    (("difference", "One of them had a Russian base."), "source"),
    (("known", "Fiona Hill refused an exchange in Moscow.", "venezuela-2019-hill-in-moscow"), "public"),
    (("known", "No deliveries of arms after 2014 are recorded.", "sipri_tiv_deliveries"), "public"),
    (("known", "A reporter saw the men at the airport.", "https://example.org/planes"), "public"),
    (("known", "Russia has no duty to defend Venezuela.", "F27; frolov2019"), "columnist"),
    (("presumed", "The men were sent to stay for years."), "change"),
    (("presumed", "The men were sent to stay for years.", "", "I don't know"), "change"),
])  # fmt: skip
def test_each_broken_rule_is_named_with_its_row(row, rule):
    assert found(*SOUND, row) == [(rule, len(SOUND) + 1)]


@pytest.mark.parametrize("status", ["known", "unclear", "presumed"])
def test_a_ledger_keeps_known_unclear_and_presumed_apart(status):
    assert ("kinds", 0) in found(*(row for row in SOUND if row[0] != status))
    assert f"Nothing is {status} yet" in sentence(*(row for row in SOUND if row[0] != status))


def test_likenesses_alone_are_half_a_comparison():
    assert found(*SOUND[:4]) == [("differences", 0)]
    assert found(*SOUND[:3]) == [], "a ledger about one case compares nothing"
    assert found(*SOUND[:3], UNLIKE) == []


def test_a_source_is_public_on_its_day_and_not_the_day_before():
    rows = [as_row(("known", "Moscow called them specialists, not units.", "venezuela-2019-no-units"))]
    for day, broken in ((dt.date(2019, 3, 29), True), (dt.date(2019, 3, 30), False)):
        assert any(fault.rule == "public" for fault in faults(rows, day)) is broken


def test_what_happened_in_secret_is_public_when_it_came_out():
    assert public_day("venezuela-2019-secret-talks") == dt.date(2019, 4, 30)
    assert public_day("F11") == dt.date(2019, 4, 2) and public_day("L06") == dt.date(2019, 3, 27)
    assert public_day("g1planes2019") == dt.date(2019, 3, 24)
    assert public_day("deployments") is None and public_day("nothing") is None
    assert "public only on 30 April 2019, after 2 April 2019" in sentence(("known", "Generals talked with the opposition.", "venezuela-2019-secret-talks"))


def test_a_day_that_the_student_gives_is_held_against_the_ledger_and_never_beats_that_of_the_kit():
    row = ("known", "A reporter saw the men at the airport.", "https://example.org/planes", "")
    assert "public" not in dict(found((*row, "2019-03-24")))
    assert "was public only on 3 April 2019" in sentence((*row, "2019-04-03"))
    assert "cannot be read" in sentence((*row, "24/3/2019"))
    hill = ("known", "Fiona Hill refused an exchange in Moscow.", "venezuela-2019-hill-in-moscow", "", "2019-04-01")
    assert "public only on 8 November 2019" in sentence(hill)


def test_a_source_of_a_month_or_a_year_is_not_taken_for_its_last_day():
    key = next(s.key for s in load().sources.values() if s.date == "2019")
    assert "dates only to 2019; give the day" in sentence(("known", "A study of that year says so.", key))
    assert "dates only" not in sentence(("known", "A study of that year says so.", key, "", "2019-02-01"))


def test_a_misspelt_source_is_answered_with_the_one_that_is_near():
    assert "is venezuela-2019-planes-land meant?" in sentence(("known", LANDED[1], "venezuela-2019-plane-lands"))


def test_faults_come_in_the_order_of_the_rules():
    broken = [("presumed", "Moscow wanted to stay for years."), ("odd", "x"), ("known", "The men came by way of Dakar.")]
    rules = [rule for rule, _ in found(*broken)]
    assert rules == sorted(rules, key=list(RULES).index) and len(set(rules)) > 3


@pytest.mark.parametrize("item", [None, 3, (), (None,), ("known",), {"statement": 5}, [1, 2, 3, 4, 5, 6], float("nan"), {"status": ["known"]}])
def test_a_row_of_any_kind_becomes_a_row_of_texts(item):
    row = as_row(item)
    assert set(row) == {"status", "statement", "source", "change", "public"} and all(isinstance(cell, str) for cell in row.values())
    assert faults([row], DAY)


def test_several_sources_may_be_a_list_or_stand_between_semicolons():
    assert sources_of(as_row(("known", "x", ["a", "b"]))) == sources_of(as_row(("known", "x", "a; b;"))) == ["a", "b"]


def test_every_sentence_ends_and_names_its_row():
    for rule, sentences in {f.rule: f.sentence for f in faults([as_row(("", ""))] * 2, DAY)}.items():
        assert re.search(r"[.?]$", sentences), rule
    assert clipped("a" * 60).endswith("…”") and clipped("") == "“nothing”"


# The ledger in a notebook


def filled(name=None):
    book = an.ledger(name, as_of="2019-04-02")
    book.add(SOUND)
    return book


def test_each_kind_of_row_is_entered_by_its_own_word_and_its_day_is_filled_in():
    book = an.ledger(as_of="2019-04-02")
    book.known(LANDED[1], "venezuela-2019-planes-land", "venezuela-2019-attache")
    book.unclear(TASK[1], *TASK[2].split("; "))
    book.presumed(DETER[1], "F18", change=DETER[3])
    book.likeness(ALIKE[1], ALIKE[2])
    book.difference(UNLIKE[1], UNLIKE[2])
    assert list(book.table["status"]) == ["known", "unclear", "presumed", "likeness", "difference"]
    assert list(book.table["public"][:3]) == ["2019-03-28", "2019-03-29", "2019-04-02"]
    assert list(book.table.index) == [1, 2, 3, 4, 5]
    assert "Nothing is missing by these rules" in repr(book.missing())


def test_what_a_row_lacks_is_said_when_it_is_entered():
    remark = an.ledger(as_of="2019-04-02").presumed("Moscow wanted to stay for years.")
    assert remark.sentences[0] == "Row 1 entered as presumed. It is kept in this notebook only."
    assert "would change your mind" in repr(remark) and "would change your mind" in remark._repr_html_()


def test_a_cell_may_be_run_twice_and_a_changed_source_takes_the_place_of_the_old():
    book = filled()
    book.known(LANDED[1].upper(), "g1planes2019")
    assert len(book.table) == 5 and book.table.loc[1, "source"] == "g1planes2019"


def test_a_row_is_taken_out_by_its_number():
    book = filled()
    assert "Two Russian military aircraft" in repr(book.take_out(1))
    assert list(book.table["status"]) == ["unclear", "presumed", "likeness", "difference"]
    with pytest.raises(module.LedgerError, match="has 4 rows"):
        book.take_out(5)
    with pytest.raises(module.LedgerError, match="numbered from 1"):
        book.take_out("1")


def test_a_table_or_nothing_may_be_added():
    book = an.ledger(as_of=DAY)
    assert "nothing to add" in repr(book.add(None))
    book.add(pd.DataFrame([as_row(row) for row in SOUND]))
    assert len(book.table) == 5 and repr(book.missing()).startswith("Nothing is missing")
    for wrong in ("a text", 3, {"status": "known"}):
        with pytest.raises(module.LedgerError, match="takes a list of rows"):
            book.add(wrong)


@pytest.mark.parametrize("as_of", ["2019", "2 April 2019", "2019-04", "", "2019-13-01", "2019-04-02/2019-04-03"])
def test_a_ledger_is_of_one_day(as_of):
    with pytest.raises(module.LedgerError, match="as_of="):
        an.ledger(as_of=as_of)


def test_what_is_not_text_is_refused_in_one_sentence():
    with pytest.raises(module.LedgerError, match=r"\.known\(\) takes texts in quotation marks"):
        an.ledger(as_of=DAY).known(LANDED[1], 2019)
    with pytest.raises(module.LedgerError, match=r"an.ledger\('mine'\): it is kept in a CSV file"):
        an.ledger("mine", as_of=DAY)


def test_a_notebook_shows_the_sentence_without_a_traceback():
    assert module.LedgerError("Give a day.")._render_traceback_() == ["Give a day."]


def test_the_ledger_shows_itself_as_a_table_with_heads_and_without_running_what_is_in_it():
    book = filled()
    book.known("<script>alert(1)</script> is said by nobody here.", "venezuela-2019-planes-land")
    shown = book._repr_html_()
    assert "<caption>Ledger as of 2 April 2019</caption>" in shown and shown.count('scope="col"') == 6
    assert "<script>" not in shown and "&lt;script&gt;" in shown
    assert repr(book).startswith("Ledger as of 2 April 2019\n1. known: Two Russian")


def test_an_empty_ledger_says_how_to_begin():
    assert "Begin with" in repr(an.ledger(as_of=DAY))


# The file


def test_rows_are_kept_for_the_next_time(tmp_path, saved):
    path = tmp_path / "mine.csv"
    remark = an.ledger(path, as_of="2019-04-02").known(*LANDED[1:])
    assert f"Kept in {tmp_path.name}/mine.csv." in repr(remark)
    filled(path)
    again = an.ledger(path, as_of="2019-04-02")
    assert list(again.table["statement"]) == [row[1] for row in SOUND]
    assert path.read_text().startswith("id,as_of,status,statement,source,public,change\nrow-1,2019-04-02,known,")


def test_one_file_holds_ledgers_of_several_days_and_each_shows_its_own(tmp_path, saved):
    path = tmp_path / "mine.csv"
    filled(path)
    later = an.ledger(path, as_of="2026-03-31")
    later.known("American forces seized Maduro in Caracas.", "aftermath-2026-maduro-seized")
    assert len(later.table) == 1 and len(an.ledger(path, as_of="2019-04-02").table) == 5


def test_rows_that_another_notebook_saved_meanwhile_are_kept(tmp_path, saved):
    path = tmp_path / "mine.csv"
    here, there = an.ledger(path, as_of=DAY), an.ledger(path, as_of=DAY)
    there.known(*LANDED[1:])
    here.unclear(*TASK[1:])
    assert set(an.ledger(path, as_of=DAY).table["statement"]) == {LANDED[1], TASK[1]}


def test_an_unreadable_file_is_set_aside_and_said_so(tmp_path, saved):
    path = tmp_path / "mine.csv"
    path.write_bytes(b"what,ever\ncaf\xe9,\n")
    book = an.ledger(path, as_of=DAY)
    assert "could not be read" in book._repr_html_() and path.read_bytes() == b"what,ever\ncaf\xe9,\n"
    assert "set aside as mine.unreadable-1.csv" in repr(book.known(*LANDED[1:]))
    assert (tmp_path / "mine.unreadable-1.csv").read_bytes() == b"what,ever\ncaf\xe9,\n"
    assert len(an.ledger(path, as_of=DAY).table) == 1


def test_nothing_is_read_or_written_while_notebooks_are_built_or_graded(tmp_path, monkeypatch):
    path = tmp_path / "mine.csv"
    monkeypatch.delenv("ANALOGIES_PROGRESS")
    filled(path)
    before = path.read_bytes()
    monkeypatch.setenv("ANALOGIES_PROGRESS", "off")
    book = an.ledger(path, as_of=DAY)
    assert len(book.table) == 0, "a student's rows would get into a made notebook"
    book.known("Another thing was known on that day.", "g1planes2019")
    assert path.read_bytes() == before and [p.name for p in tmp_path.iterdir()] == ["mine.csv"]


def test_a_folder_that_may_not_be_written_is_reported_and_the_rows_stay(tmp_path, saved):
    (tmp_path / "file").write_text("")
    book = an.ledger(tmp_path / "file" / "mine.csv", as_of=DAY)
    assert "could not be saved" in repr(book.known(*LANDED[1:]))
    assert len(book.table) == 1
