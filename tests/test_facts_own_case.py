"""An instructor's own case: a folder with case.yaml and events.csv becomes a case of the kit."""

import pytest
from small_kit import as_the_kit

from analogies.facts.load import DataError, load, read_case, validate
from analogies.facts.model import Fault

CASE = """id: grenada
title: "Grenada: a landing"
question: Was it foreseen?
day0: grenada-1983-landing
"""
EVENTS = """id,date,short,title,text,actors,themes,known,sources,confidence,disputed
grenada-1983-landing,1983-10-25,Landing,Forces land,They landed.,United States,military,,own1983;wire1989,high,
"""
BIB = "@misc{own1983, title={{A report}}, date={1983-10-26}, url={https://example.org/r}}\n"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    as_the_kit(monkeypatch, tmp_path / "kit")
    folder = tmp_path / "grenada"
    write(folder)
    return folder


def write(folder, case=CASE, events=EVENTS, bib=BIB):
    folder.mkdir(exist_ok=True)
    for name, content in (("case.yaml", case), ("events.csv", events), ("sources.bib", bib)):
        if content is None:
            (folder / name).unlink(missing_ok=True)
        else:
            (folder / name).write_text(content, encoding="utf-8")


def test_a_folder_becomes_a_case(folder):
    assert validate(folder) == []
    case = read_case(folder)
    assert (case.id, case.title, case.day0) == ("grenada", "Grenada: a landing", "grenada-1983-landing")
    assert [e.case for e in case.records] == ["grenada"]
    assert set(case.sources) == {"own1983", "wire1989"}  # its own, and one of the kit's


def test_the_sources_of_the_kit_are_enough(folder):
    write(folder, events=EVENTS.replace("own1983;", ""), bib=None)
    assert validate(folder) == []


@pytest.mark.parametrize(
    "changed, file, line, column, says",
    [
        ({"case": None}, "case.yaml", 0, "", "missing"),
        ({"events": None}, "events.csv", 0, "", "missing"),
        ({"case": CASE.replace("id: grenada", "id: panama")}, "case.yaml", 1, "id", "a case of the kit"),
        ({"case": CASE.replace("id: grenada", "id: Grenada 1983")}, "case.yaml", 1, "id", "small letters"),
        ({"case": CASE.replace("question: Was it foreseen?", "question:")}, "case.yaml", 3, "question", "missing or blank"),
        ({"case": CASE.replace("day0: grenada-1983", "day0: grenada-1984")}, "case.yaml", 4, "day0", "not the id"),
        ({"case": CASE + "titel: x\n"}, "case.yaml", 5, "titel", "did you mean 'title'"),
        ({"case": CASE + "title: x\n"}, "case.yaml", 5, "title", "line 2 already"),
        ({"case": CASE + "summary: [a, b]\n"}, "case.yaml", 5, "summary", "expected one text"),
        ({"case": CASE.replace('"Grenada: a landing"', "Grenada: a landing")}, "case.yaml", 2, "", "not YAML"),
        ({"case": "- one\n- two\n"}, "case.yaml", 1, "", "expected the lines id:, title:, question:"),
        ({"case": ""}, "case.yaml", 0, "", "expected the lines"),
        ({"case": "[" * 5000}, "case.yaml", 0, "", "not YAML"),
        ({"events": EVENTS.splitlines()[0] + "\n"}, "events.csv", 0, "", "no events"),
        ({"events": EVENTS.replace("1983-10-25", "25/10/1983")}, "events.csv", 2, "date", "from a spreadsheet"),
        ({"bib": BIB.replace("own1983", "own1984")}, "events.csv", 2, "sources", "did you mean 'own1984'"),
        ({"bib": BIB + "@misc{idle, title={x}}\n"}, "sources.bib", 2, "idle", "nothing cites"),
        ({"bib": BIB + "@misc{wire1989, title={Another}}\n"}, "sources.bib", 2, "wire1989", "another source under this key"),
        ({"events": EVENTS + EVENTS.splitlines()[1] + "\n"}, "events.csv", 3, "id", "taken by events.csv:2"),
    ],
)
def test_a_fault_of_the_folder_is_named(folder, changed, file, line, column, says):
    write(folder, **changed)
    found = validate(folder)
    assert any((f.file, f.line, f.column) == (file, line, column) and says in f.message for f in found), [str(f) for f in found]


def test_an_event_of_the_kit_cannot_be_taken_again(folder):
    write(folder, case=CASE.replace("grenada", "panama"), events=EVENTS.replace("grenada-1983-landing", "panama-1989-landing"))
    assert any("the kit's case 'panama'" in f.message for f in validate(folder))


def test_a_broken_case_file_does_not_hide_faults_of_the_events(folder):
    write(folder, case=None, events=EVENTS.replace("military", "weather"))
    assert {(f.file, f.column) for f in validate(folder)} == {("case.yaml", ""), ("events.csv", "themes")}


def test_reading_a_faulty_folder_raises_with_every_fault(folder):
    write(folder, case=None, events=EVENTS.replace("military", "weather"))
    with pytest.raises(DataError) as refused:
        read_case(folder)
    assert len(refused.value.faults) == 2


def test_a_folder_that_does_not_exist_is_a_sentence(folder):
    assert [f.message for f in validate(folder / "no")] == ["there is no such folder; expected one with case.yaml and events.csv"]
    with pytest.raises(DataError, match="no such folder"):
        read_case(folder / "no")


def test_texts_of_a_case_stay_texts(folder):
    write(folder, case=CASE.replace("Was it foreseen?", "1983").replace('"Grenada: a landing"', "No"))
    assert (read_case(folder).question, read_case(folder).title) == ("1983", "No")


def test_the_small_kit_is_untouched_by_a_case(folder):
    read_case(folder)
    assert list(load().cases) == ["panama"] and "own1983" not in load().sources


def test_faults_of_the_kit_itself_are_told_and_do_not_escape(folder, monkeypatch):
    from analogies.facts import load as loading

    def broken():
        raise DataError([Fault("claims.csv", 3, "sources", "the source 'x' is unknown")])

    monkeypatch.setattr(loading, "_load_kit", broken)
    write(folder, events=EVENTS.replace("military", "weather").replace("own1983;wire1989", "own1983"))
    assert [(f.file, f.column) for f in validate(folder)] == [("claims.csv", "sources"), ("events.csv", "themes")]
