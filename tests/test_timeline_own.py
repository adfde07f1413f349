"""The student's own events: drawn with the others, kept in a CSV that never loses a row."""

import json
import os
import stat
from pathlib import Path

import pytest
from analogies import kit
from analogies.timeline import layout, notes, own

PAYLOAD = json.loads((Path(__file__).parent / "fixtures" / "timeline" / "views.json").read_text("utf-8"))["payload"]


def note(id="own-1", date="2015-10-02", title="Mine", **more):
    return {"id": id, "event": "", "date": date, "title": title, "case": "", "theme": "", "text": "", **more}


@pytest.fixture
def saved(monkeypatch):
    monkeypatch.delenv("ANALOGIES_PROGRESS")


def test_an_own_event_takes_its_place_in_time_and_is_marked_as_such():
    whole, report = own.with_notes(PAYLOAD, [note(case="b", theme="legal")])
    i = whole["id"].index("own-1")
    assert report == []
    assert whole["id"][i - 1] == "a-campaign" and whole["id"][i + 1] == "b-guido"
    assert whole["flags"][i] == layout.OWN
    assert (whole["case"][i], whole["themes"][i]) == (1, [whole["lists"]["themes"].index("legal")])
    assert whole["n"] == PAYLOAD["n"] + 1 and all(len(whole[k]) == whole["n"] for k in ("a0", "title", "row", "public"))


def test_the_payload_that_was_given_is_not_changed():
    before = json.dumps(PAYLOAD)
    own.with_notes(PAYLOAD, [note()])
    assert json.dumps(PAYLOAD) == before


def test_a_date_that_cannot_be_read_is_reported_and_the_others_are_drawn():
    whole, report = own.with_notes(PAYLOAD, [note("own-1", "30/9/2015"), note("own-2")])
    assert "own-2" in whole["id"] and "own-1" not in whole["id"]
    assert len(report) == 1 and "“Mine” is kept, but not drawn: '30/9/2015' looks like" in report[0]


def test_a_remark_on_an_event_is_not_an_event():
    assert own.with_notes(PAYLOAD, [note(event="a-strikes", date="", text="Why then?")]) == (PAYLOAD, [])


def test_notes_are_kept_in_my_work_unless_a_folder_is_named(tmp_path):
    assert notes.place("mine.csv") == kit.root() / "my-work" / "mine.csv"
    assert notes.place(tmp_path / "mine.csv") == tmp_path / "mine.csv"
    with pytest.raises(notes.NotesError, match="give a name that ends in .csv"):
        notes.place("mine.txt")
    with pytest.raises(notes.NotesError, match="is a folder"):
        (tmp_path / "folder.csv").mkdir()
        notes.place(tmp_path / "folder.csv")


def test_what_is_written_is_read_again(tmp_path, saved):
    rows = [note(title="A, “quoted”\nline; é", text="=1+1"), note("own-2", "bad date", "Kept")]
    book = notes.Notebook(tmp_path / "new" / "mine.csv")
    assert book.rows == [] and book.report == []
    book.write(rows)
    assert notes.Notebook(tmp_path / "new" / "mine.csv").rows == rows
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["mine.csv"]


@pytest.mark.parametrize("raw", ["\ufeffdate,title\n2015,Mine\n".encode(), b"date;title\r\n2015;Mine\r\n",
                                 b"title\tdate\nMine\t2015\n"], ids=["BOM", "semicolons", "tabs"])
def test_what_a_spreadsheet_saves_is_understood(raw):
    assert notes.parse(raw) == [note(date="2015")]


def test_columns_that_the_student_added_and_cells_beyond_the_header_are_kept(tmp_path, saved):
    path = tmp_path / "mine.csv"
    path.write_text("id,date,title,page\nx,2015,Mine,12,more,still more\n")
    book = notes.Notebook(path)
    book.write(book.rows + [note("own-2")])
    again = notes.Notebook(path).rows
    assert (again[0]["page"], again[0]["more"], again[1]["page"]) == ("12", "more, still more", "")


def test_rows_without_an_id_or_with_the_id_of_another_get_one_of_their_own():
    rows = notes.numbered([note(""), note("own-1"), note("own-1"), note("taken")], frozenset({"taken", "own-2"}))
    assert [row["id"] for row in rows] == ["own-3", "own-1", "own-4", "own-5"]


@pytest.mark.parametrize("raw, why", [
    (b"date,title\n2015,caf\xe9\n", "not in UTF-8"), (b"when,what\n2015,Mine\n", "date and title not found"),
    (b"date,date,title\n", "named twice"), (b"PK\0\x01date,title", "not a text file")])
def test_a_file_that_cannot_be_read_is_reported_and_set_aside_before_anything_is_saved(tmp_path, saved, raw, why):
    path = tmp_path / "mine.csv"
    path.write_bytes(raw)
    book = notes.Notebook(path)
    assert book.rows == [] and why in book.report[0]
    assert path.read_bytes() == raw
    book.write([note()])
    assert (tmp_path / "mine.unreadable-1.csv").read_bytes() == raw
    assert "set aside as mine.unreadable-1.csv" in book.report[0]
    assert notes.Notebook(path).rows == [note()]


def test_rows_that_another_page_saved_meanwhile_are_kept(tmp_path, saved):
    path = tmp_path / "mine.csv"
    notes.Notebook(path).write([note("a"), note("b"), note("c")])
    here, there = notes.Notebook(path), notes.Notebook(path)
    there.write([note("a", title="Changed there"), note("b"), note("d")])
    rows = here.write([note("a"), note("b", title="Changed here"), note("c"), note("e")])
    assert {row["id"]: row["title"] for row in rows} == {
        "a": "Changed there", "b": "Changed here", "d": "Mine", "e": "Mine"}
    assert notes.Notebook(path).rows == rows


def test_a_row_that_both_changed_is_kept_twice():
    rows = notes.joined([note("a")], [note("a", title="Here")], [note("a", title="There")])
    assert [row["title"] for row in rows] == ["Here", "There"]


def test_a_row_deleted_here_but_changed_there_is_kept():
    assert notes.joined([note("a")], [], [note("a", title="There")]) == [note("a", title="There")]
    assert notes.joined([note("a")], [], [note("a")]) == []


def test_nothing_is_written_while_notebooks_are_built_or_graded(tmp_path):
    assert os.environ["ANALOGIES_PROGRESS"] == "off"
    book = notes.Notebook(tmp_path / "mine.csv")
    assert book.write([note()]) == [note()]
    assert list(tmp_path.iterdir()) == [] and "not saved here" in book.report[0]


def test_a_folder_that_may_not_be_written_is_reported_and_the_notes_are_kept(tmp_path, saved):
    (tmp_path / "file").write_text("")
    book = notes.Notebook(tmp_path / "file" / "mine.csv")
    assert book.write([note()]) == [note()]
    assert "could not be saved" in book.report[0]


def test_the_file_may_be_read_by_others_than_its_writer(tmp_path, saved):
    notes.Notebook(tmp_path / "mine.csv").write([note()])
    assert stat.S_IMODE((tmp_path / "mine.csv").stat().st_mode) == 0o644
