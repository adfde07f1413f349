"""What a student writes is kept in my-work/ in one step, or not at all; another class of table keeps its own columns."""

import os

import pytest
from analogies import kit, my_work


class Shelf(my_work.OwnTable):
    columns = ("id", "book")
    required = ("book",)
    prefix = "book"


@pytest.fixture
def saved(monkeypatch):
    monkeypatch.delenv("ANALOGIES_PROGRESS")


def test_the_new_content_takes_the_place_of_the_old(tmp_path):
    path = tmp_path / "notes.csv"
    my_work.replace(path, b"old")
    my_work.replace(path, b"new")
    assert path.read_bytes() == b"new" and os.listdir(tmp_path) == ["notes.csv"]


def test_a_write_that_fails_leaves_what_was_there_and_nothing_beside_it(tmp_path, monkeypatch):
    path = tmp_path / "notes.csv"
    my_work.replace(path, b"old")

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        my_work.replace(path, b"new")
    assert path.read_bytes() == b"old" and os.listdir(tmp_path) == ["notes.csv"]


def test_each_class_of_table_has_its_own_columns_and_names_its_own_rows(tmp_path, saved):
    shelf = Shelf(tmp_path / "shelf.csv")
    shelf.write([{"book": "Ranke"}, {"id": "mine", "book": "Michelet"}])
    assert (tmp_path / "shelf.csv").read_text() == "id,book\nbook-1,Ranke\nmine,Michelet\n"
    assert [row["id"] for row in Shelf(tmp_path / "shelf.csv").rows] == ["book-1", "mine"]


def test_a_file_without_a_column_that_the_class_needs_is_set_aside_and_said_so(tmp_path, saved):
    (tmp_path / "shelf.csv").write_text("title\nRanke\n")
    shelf = Shelf(tmp_path / "shelf.csv")
    assert shelf.rows == [] and "must name the columns id,book; book not found" in shelf.report[0]
    shelf.write([{"book": "Michelet"}])
    assert (tmp_path / "shelf.unreadable-1.csv").read_text() == "title\nRanke\n"
    assert "set aside as shelf.unreadable-1.csv" in shelf.report[0]


@pytest.mark.parametrize("value, writes", [("off", False), (" OFF ", False), ("on", True), ("", True)])
def test_saving_is_switched_off_by_one_word(monkeypatch, value, writes):
    monkeypatch.setenv("ANALOGIES_PROGRESS", value)
    assert my_work.saving() is writes


def test_a_bare_name_lies_in_my_work_and_a_path_where_it_says(tmp_path):
    assert my_work.place("a.csv", asked="x", example="b.csv") == kit.root() / "my-work" / "a.csv"
    assert my_work.place(tmp_path / "a.csv", asked="x", example="b.csv") == tmp_path / "a.csv"
    with pytest.raises(my_work.OwnTableError, match=r"^ledger 'a': it is kept in a CSV file; .* such as b\.csv\.$"):
        my_work.place("a", asked="ledger 'a'", example="b.csv")
