"""Loading finds every fault at once, and says where it is and what to do."""

import dataclasses
from datetime import date as Day

import numpy as np
import pandas as pd
import pytest
import small_kit
from small_kit import as_the_kit, write_kit

from analogies.facts.load import DataError, load, validate
from analogies.facts.model import Event, Fault, UnknownName


def faults_of(tmp_path, **changed):
    return validate(write_kit(tmp_path, **changed))


def swap(name, old, new):
    content = small_kit.FILES[name]
    assert content.count(old) == 1, f"{old!r} occurs {content.count(old)} times in {name}"
    return content.replace(old, new)


def test_the_small_kit_has_no_fault(tmp_path):
    assert faults_of(tmp_path) == []


def test_a_case_has_its_events_in_order_of_time(tmp_path):
    case = load(write_kit(tmp_path)).cases["panama"]
    assert (case.title, case.question, case.day0) == ("Panama", "What did the landing change?", "panama-1989-landing")
    assert [e.id for e in case.records] == ["panama-1989-plan", "panama-1989-landing", "panama-1990-aid"]
    assert list(case.sources) == ["smith1995", "wire1989"]


def test_an_event_carries_everything_of_its_row(tmp_path):
    plan = load(write_kit(tmp_path)).cases["panama"].event("panama-1989-plan")
    assert isinstance(plan, Event)
    assert (plan.case, plan.short, plan.themes, plan.actors) == ("panama", "The plan", ("military", "diplomatic"), ("United States",))
    assert (plan.date.a0, plan.known.edtf, plan.confidence) == (Day(1989, 10, 1), "1995", "medium")
    assert plan.disputed == "Who ordered it is disputed."
    with pytest.raises(dataclasses.FrozenInstanceError):
        plan.title = "Another"


def test_an_unknown_event_names_the_nearest(tmp_path):
    case = load(write_kit(tmp_path)).cases["panama"]
    with pytest.raises(UnknownName, match="Did you mean 'panama-1989-landing'"):
        case.event("panama-1989-landings")
    with pytest.raises(KeyError):
        case.event("nothing")


def test_the_events_table_is_tidy(tmp_path):
    table = load(write_kit(tmp_path)).cases["panama"].events
    assert list(table.columns) == ["id", "case", "date", "start", "end", "words", "short", "title", "text", "actors", "themes", "known", "sources", "confidence", "disputed"]  # fmt: skip
    assert table["start"].dtype.kind == "M" and table["end"].dtype.kind == "M"
    assert list(table["words"]) == ["October to December 1989", "20 December 1989", "since about 1990"]
    assert table["end"].isna().tolist() == [False, False, True]
    assert table["end"][0] == pd.Timestamp("1989-12-31")
    assert table["known"].tolist() == ["1995", "", ""]
    assert table["actors"][1] == ("United States", "Panama")


def test_dates_far_from_ours_stay_dates(tmp_path):
    events = swap("events/panama.csv", "1990~/..", "0044/9999")
    table = load(write_kit(tmp_path, events_panama_csv=events)).cases["panama"].events
    assert (table["start"].dt.year.min(), table["end"].dt.year.max()) == (44, 9999)


def test_claims_features_and_invocations_are_tidy(tmp_path):
    facts = load(write_kit(tmp_path))
    assert facts.claims["kinds"].tolist() == [("prediction", "analogy"), ("fact",)]
    assert facts.claims["paragraph"].tolist() == [0, 10]
    assert facts.claims["hedges"].tolist() == [("may",), ()]
    assert facts.features["number"].tolist()[0] == 3000 and facts.features["number"].isna().tolist() == [False, True, True]
    assert facts.features["low"].isna().tolist() == [False, True, False]
    assert facts.invocations["start"].tolist() == [pd.Timestamp("1989-12-20")]
    assert [era.title for era in facts.eras] == ["Presidency of George H. W. Bush"]


def test_a_series_is_read_with_only_blank_cells_missing(tmp_path):
    aid = "country,iso3,year,million_usd,sources\nNamibia,NAM,1989,,wire1989\nNA,NAM,1990,2,wire1989\n"
    table = load(write_kit(tmp_path, series_aid_csv=aid)).series("aid")
    assert table["country"].tolist() == ["Namibia", "NA"]
    assert np.isnan(table["million_usd"][0]) and table["million_usd"][1] == 2


def test_an_unknown_series_names_the_nearest(tmp_path):
    with pytest.raises(UnknownName, match="Did you mean 'aid'"):
        load(write_kit(tmp_path)).series("aids")


EVENTS, CLAIMS, FEATURES = "events/panama.csv", "claims.csv", "features.csv"


@pytest.mark.parametrize(
    "name, old, new, line, column, says",
    [
        (EVENTS, "1989-10/1989-12", "1989-13", 4, "date", "months go from 01 to 12"),
        (EVENTS, "1989-10/1989-12", "1989-12/1989-10", 4, "date", "ends before it starts"),
        (EVENTS, "1989-10/1989-12", "", 4, "date", "blank"),
        (EVENTS, ",1995,smith1995", ",1980,smith1995", 4, "known", "became public (1980) before it happened"),
        (EVENTS, ",1995,smith1995", ",later,smith1995", 4, "known", "not a date"),
        (EVENTS, "military,,wire1989", "military,,wire1998", 3, "sources", "did you mean 'wire1989'"),
        (EVENTS, "military,,wire1989", "military,,zzz", 3, "sources", "add it to sources.bib"),
        (EVENTS, "military,,wire1989", "military,,", 3, "sources", "at least one source"),
        (EVENTS, "military;diplomatic", "military;weather", 4, "themes", "'weather' is not a theme"),
        (EVENTS, "military;diplomatic", "military;;diplomatic", 4, "themes", "semicolon"),
        (EVENTS, "military;diplomatic", "military;military", 4, "themes", "twice"),
        (EVENTS, "medium,Who", "middling,Who", 4, "confidence", "high, medium, low"),
        (EVENTS, "The plan", "A label that is far too long to fit", 4, "short", "35 characters"),
        (EVENTS, "panama-1990-aid", "panama-1989-plan", 5, "id", "taken by events/panama.csv:4"),
        (EVENTS, "panama-1990-aid", "Panama 1990", 5, "id", "small letters"),
        (EVENTS, "panama-1990-aid", "syria-1990-aid", 5, "id", "must begin with its case"),
        ("eras.csv", "presidency,panama", "presidency,panana", 2, "cases", "did you mean 'panama'"),
        ("eras.csv", "1989-01-20/1993-01-20", "1993/1989", 2, "date", "ends before"),
        (CLAIMS, "frolov,0", "frolow,0", 2, "article", "frolov, lake"),
        (CLAIMS, "frolov,0", "frolov,20", 2, "paragraph", "19 paragraphs"),
        (CLAIMS, "lake,10", "lake,11", 3, "paragraph", "10 paragraphs"),
        (CLAIMS, "lake,10", "lake,ten", 3, "paragraph", "0 for the standfirst"),
        (CLAIMS, "prediction;analogy", "forecast", 2, "kinds", "'forecast' is not a kind of claim"),
        (CLAIMS, "prediction;analogy", "prediction;analogy;fact", 2, "kinds", "one or two"),
        (CLAIMS, "did not", "wrong", 2, "verdict", "held up, partly, did not"),
        (CLAIMS, "did not,2026-03-31", "did not,now", 2, "judged_as_of", "not a date"),
        (CLAIMS, "may,panama", "may,panama;cuba", 2, "cases", "'cuba' is unknown"),
        (CLAIMS, ",wire1989,03-panama", ",wire1989,", 2, "treated", "blank"),
        (CLAIMS, "F01", "L01", 3, "id", "taken by claims.csv:2"),
        (FEATURES, "number,3000", "number,3 000", 2, "value", "not a number"),
        (FEATURES, "number,3000", "number,4000", 2, "value", "between low and high"),
        (FEATURES, "2900,3100", "3100,2900", 2, "low", "exchange"),
        (FEATURES, "2900,3100", "2900,many", 2, "high", "not a number"),
        (FEATURES, "2900,3100", "2900,nan", 2, "high", "not a number"),
        (FEATURES, "yesno,unknown", "yesno,maybe", 3, "value", "yes, no, unknown"),
        (FEATURES, "yesno,unknown", "boolean,unknown", 3, "type", "number, range"),
        (FEATURES, "20000,30000,persons", ",30000,persons", 4, "low", "both low and high"),
        (FEATURES, "panama,strength", "panama,distance", 4, "dimension", "line 2 already"),
        (FEATURES, "panama,strength", "cuba,strength", 4, "case", "'cuba' is unknown"),
        ("monroe_invocations.csv", "intervene,no", "intervene,N", 2, "names_doctrine", "yes, no"),
        ("series/aid.csv", "PAN,1990", "PAN,90", 3, "year", "four digits"),
        ("series/aid.csv", "PAN,1990", "Pan,1990", 3, "iso3", "three capital letters"),
        ("series/aid.csv", "420,wire1989", "420,wire1999", 3, "sources", "did you mean"),
        ("cases.yaml", "day0: panama-1989-landing", "day0: panama-1989-start", 4, "day0", "not the id of an event"),
        ("cases.yaml", "title: Panama", "titel: Panama", 2, "titel", "did you mean 'title'"),
        ("CODEBOOK.md", "- licence: facts, no licence needed", "- licence:", 20, "aid", "'- licence: ...' is missing or blank"),
        ("CODEBOOK.md", "million_usd;", "usd;", 22, "aid", "'million_usd' is not explained"),
        ("CODEBOOK.md", "source: wire1989", "source: wire1999", 18, "aid", "'wire1999' is unknown"),
        ("sources.bib", "date = {1995}", "date = {1995 or so}", 12, "date", "not a date"),
    ],
)
def test_a_fault_is_named_by_file_line_and_column(tmp_path, name, old, new, line, column, says):
    key = name.replace("/", "_").replace(".", "_")
    found = faults_of(tmp_path, **{key: swap(name, old, new)})
    here = [f for f in found if (f.file, f.line, f.column) == (name, line, column)]
    assert here, [str(f) for f in found]
    assert any(says in f.message for f in here), [f.message for f in here]


def test_every_fault_is_found_at_once(tmp_path):
    events = small_kit.EVENTS.replace("1989-10/1989-12", "soon").replace("low,", "lowest,").replace("military,,wire1989", "military,,")
    found = faults_of(tmp_path, events_panama_csv=events, claims_csv=swap(CLAIMS, "did not", "wrong"))
    assert {(f.file, f.line, f.column) for f in found} >= {(EVENTS, 4, "date"), (EVENTS, 5, "confidence"), (EVENTS, 3, "sources"), (CLAIMS, 2, "verdict")}


def test_a_fault_reads_as_file_line_column_and_sentence():
    assert str(Fault("a.csv", 3, "date", "is blank; fill it")) == "a.csv:3: date: is blank; fill it"
    assert str(Fault("a.csv", 0, "", "the file is missing")) == "a.csv: the file is missing"


@pytest.mark.parametrize("name", small_kit.FILES)
def test_a_missing_file_is_named(tmp_path, monkeypatch, name):
    as_the_kit(monkeypatch, tmp_path / "kit")
    key = name.replace("/", "_").replace(".", "_")
    found = faults_of(tmp_path / "broken", **{key: None})
    if name == "cases.yaml":  # a folder without it is taken for a case
        assert any("case.yaml" in f.file and "missing" in f.message for f in found)
    elif name == "series/aid.csv":
        assert any("no series/aid.csv" in f.message for f in found)
    else:
        assert any(f.file == name and "missing" in f.message for f in found)


def test_a_missing_list_of_cases_does_not_hide_the_faults_of_their_events(tmp_path):
    with pytest.raises(DataError) as refused:
        load(write_kit(tmp_path, cases_yaml=None, events_panama_csv=swap(EVENTS, "1989-10/1989-12", "soon")))
    assert {(f.file, f.column) for f in refused.value.faults} == {("cases.yaml", ""), (EVENTS, "date")}


def test_events_without_a_case_are_named(tmp_path):
    write_kit(tmp_path)
    (tmp_path / "events" / "cuba.csv").write_text(small_kit.EVENTS.replace("panama-", "cuba-"))
    assert [str(f) for f in validate(tmp_path)] == ["events/cuba.csv: no case in cases.yaml has this name; add it there or delete the file"]


def test_a_series_without_a_page_in_the_codebook_is_named(tmp_path):
    found = faults_of(tmp_path, CODEBOOK_md=small_kit.CODEBOOK.split("## aid")[0])
    assert [(f.file, f.column) for f in found] == [("CODEBOOK.md", "aid")]


def test_a_dimension_that_the_codebook_does_not_explain_is_named(tmp_path):
    found = faults_of(tmp_path, CODEBOOK_md=swap("CODEBOOK.md", "`election`", "`elections`"))
    assert [(f.file, f.column, "'election'" in f.message) for f in found] == [("CODEBOOK.md", "features.csv", True)]


def test_a_series_with_a_row_twice_or_a_word_among_numbers_is_named(tmp_path):
    rows = "".join(f"Panama,PAN,{year},{year - 1980},wire1989\n" for year in range(1981, 1990))
    head = "country,iso3,year,million_usd,sources\n"
    assert "same as line 2" in str(faults_of(tmp_path, series_aid_csv=head + rows + "Panama,PAN,1981,1,wire1989\n"))
    found = faults_of(tmp_path, series_aid_csv=head + rows + 'Panama,PAN,1990,"1,5",wire1989\n')
    assert [(f.line, f.column, "'1,5' is not a number" in f.message) for f in found] == [(11, "million_usd", True)]


def test_a_source_that_nothing_cites_is_named_by_validate_and_does_not_stop_loading(tmp_path):
    bib = small_kit.SOURCES + "\n@misc{idle, title={Idle}}\n"
    found = faults_of(tmp_path, sources_bib=bib)
    assert [(f.file, f.line, f.column) for f in found] == [("sources.bib", 15, "idle")]
    assert "idle" in load(tmp_path).sources


def test_an_uneven_table_of_features_is_named(tmp_path):
    cases = small_kit.CASES + "- id: cuba\n  title: Cuba\n  question: What then?\n"
    cuba = small_kit.EVENTS.replace("panama-", "cuba-")
    features = small_kit.FEATURES + "cuba,distance,number,150,,,km,1989,source,smith1995,high,\ncuba,election,yesno,no,,,,,source,smith1995,low,\n"
    write_kit(tmp_path, cases_yaml=cases, features_csv=features)
    (tmp_path / "events" / "cuba.csv").write_text(cuba)
    assert [f.message for f in validate(tmp_path)] == ["cuba has no row for 'strength'; add one, with the value unknown if it is not known"]


def test_one_dimension_has_one_type(tmp_path):
    cases = small_kit.CASES + "- id: cuba\n  title: Cuba\n  question: What then?\n"
    extra = "cuba,distance,range,150 to 200,150,200,km,,source,smith1995,high,\ncuba,election,date,1990,,,,,source,smith1995,low,\ncuba,strength,range,1 to 2,1,2,persons,,source,smith1995,low,\n"
    write_kit(tmp_path, cases_yaml=cases, features_csv=small_kit.FEATURES + extra)
    (tmp_path / "events" / "cuba.csv").write_text(small_kit.EVENTS.replace("panama-", "cuba-"))
    assert [(f.line, f.column) for f in validate(tmp_path)] == [(6, "type")]


def test_a_feature_may_say_that_something_did_not_happen(tmp_path):
    features = small_kit.FEATURES + "panama,withdrawal,date,none,,,,,source,smith1995,high,\n"
    assert faults_of(tmp_path, features_csv=features) == []


def test_loading_raises_with_every_fault_and_lists_the_first_twenty(tmp_path):
    rows = "".join(f"panama-1991-e{n},soon,E,E,E,A,military,,wire1989,high,\n" for n in range(25))
    with pytest.raises(DataError) as refused:
        load(write_kit(tmp_path, events_panama_csv=small_kit.EVENTS + rows))
    assert len(refused.value.faults) == 25
    message = str(refused.value).splitlines()
    assert message[0] == "25 faults in the data:" and message[1].startswith("events/panama.csv:6: date: 'soon'")
    assert message[-1].startswith("and 5 more") and len(message) == 22


def test_a_folder_that_cannot_be_read_is_a_fault(tmp_path):
    write_kit(tmp_path, claims_csv=None)
    (tmp_path / "claims.csv").mkdir()
    assert any(f.file == "claims.csv" and "cannot be read" in f.message for f in validate(tmp_path))
