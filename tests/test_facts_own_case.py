"""An instructor's own case: a folder with case.yaml and events.csv becomes a case of the kit."""

import re

import pytest
from small_kit import as_the_kit
from typer.testing import CliRunner

import analogies as an
from analogies import cli
from analogies.facts.load import DataError, load, read_case, validate
from analogies.facts.model import Fault
from analogies.kit import root

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


# The README's five lines, followed as an instructor would, against the facts of the kit itself.

ROWS = (
    'panama-1988-charges,1988-02,Charges,"Grand juries charge Noriega","Two grand juries in Florida charged him.",United States;Panama,legal,,gao1991panama,high,\n'
    'panama-1989-invasion,1989-12-20/1990-01-03,Invasion,"US forces invade, and Noriega gives himself up","He was tried on drug charges.",'
    "United States;Panama,military,,foxnoriega2026,high,The number of dead is disputed.\n"
)
ZOTERO = """
@report{gao1991panama,
\ttitle = {Panama: {Issues} {Relating} to the {U}.{S}. {Invasion}},
\turl = {https://www.gao.gov/products/nsiad-91-174fs},
\tinstitution = {General Accounting Office},
\tauthor = {{US General Accounting Office}},
\tdate = {1991-04-24},
\tlangid = {english},
\tfile = {Snapshot:/home/me/Zotero/storage/1.html:text/html},
}
"""


@pytest.fixture
def panama(tmp_path, monkeypatch):
    """my-work/panama as the README's five lines say, in a folder where a notebook runs."""
    section = (root() / "README.md").read_text(encoding="utf-8").partition("**A case**")[2].partition("\n## ")[0]
    steps = re.findall(r"^\d\. (.+)$", section, flags=re.M)
    assert len(steps) == 5 and all(name in section for name in ("case.yaml", "events.csv", "sources.bib", "analogies validate"))
    lines = re.findall(r"`(id|title|question): ([^`]+)`", steps[0])
    table = re.search(r"`(src/analogies/data/events/\w+\.csv)`", steps[1])[1]
    columns = (root() / table).read_text(encoding="utf-8").splitlines()[0]
    day0 = re.search(r"`(panama-[^`]+)`", steps[1])[1]
    folder = tmp_path / re.search(r"`(my-work/panama)`", steps[0])[1]
    folder.mkdir(parents=True)
    (folder / "case.yaml").write_text("".join(f"{name}: {text}\n" for name, text in lines) + f"day0: {day0}\n", encoding="utf-8")
    (folder / "events.csv").write_text(f"{columns}\n{ROWS}", encoding="utf-8")
    (folder / "sources.bib").write_text(ZOTERO, encoding="utf-8")
    monkeypatch.chdir(folder.parent)
    return folder


def test_a_seventh_case_by_the_readmes_five_lines_is_valid_and_has_a_timeline_with_its_static_twin(panama):
    done = CliRunner().invoke(cli.app, ["validate", str(panama)])
    assert (done.exit_code, done.output) == (0, "No fault found.\n")

    case = an.case("panama")
    assert repr(case) == "Case 'panama': Panama 1989 (2 events)"
    assert list(case.events["words"]) == ["February 1988", "20 December 1989 to 3 January 1990"]
    assert repr(an.bibliography(case)).splitlines()[1].startswith("US General Accounting Office.")

    for asked in (case, str(panama), "panama"):
        shown, metadata = an.timeline(asked)._repr_mimebundle_()
        assert "Panama 1989" in metadata["image/png"]["alt"] and "2 events" in metadata["image/png"]["alt"]
        assert "US forces invade, and Noriega gives himself up" in shown["text/html"]
        assert "Disputed: The number of dead is disputed." in shown["text/html"]

    beside = an.timeline(case, "venezuela", align={"panama": case.day0, "venezuela": an.case("venezuela").day0})
    assert "Panama 1989" in beside._repr_mimebundle_()[0]["text/html"]


def test_every_fault_of_a_seventh_case_is_printed_at_once_and_the_exit_is_not_zero(panama):
    (panama / "case.yaml").write_text("id: panama\ntitel: Panama 1989\nquestion: What did it change?\nday0: panama-1989-war\n", encoding="utf-8")
    broken = ROWS.replace("1988-02,", "02/1988,").replace(",military,", ",war,").replace("gao1991panama", "gao1991")
    (panama / "events.csv").write_text((panama / "events.csv").read_text(encoding="utf-8").splitlines()[0] + f"\n{broken}", encoding="utf-8")
    done = CliRunner().invoke(cli.app, ["validate", str(panama)])
    places = [line.split(": ")[:2] for line in done.output.splitlines() if re.match(r"[\w.]+:\d+: ", line)]
    assert places == [
        ["case.yaml:1", "title"], ["case.yaml:2", "titel"], ["case.yaml:4", "day0"], ["events.csv:2", "date"],
        ["events.csv:2", "sources"], ["events.csv:3", "themes"], ["sources.bib:2", "gao1991panama"]]
    assert done.exit_code == 1 and "7 faults found." in done.output
    with pytest.raises(DataError, match=r"events.csv:2: date"):
        an.case(str(panama))
