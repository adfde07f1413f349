"""The pages of a class as files: names that every system takes, an index, a zip for Moodle, and nothing overwritten."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marked_class import ASKED, RUBRICS, student

from analogies.grading import feedback
from analogies.grading.feedback.files import INDEX, KEPT, ZIP, file_names, moodle_folder
from analogies.grading.submission import GradingError


def write(rows, folder: Path, said: list | None = None, **more) -> list[Path]:
    return feedback.write(rows, ASKED, RUBRICS, folder, title="Exercise 3. Syria, 2015", say=(said if said is not None else []).append, **more)


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_each_student_gets_a_page_and_the_index_says_which(tmp_path):
    rows = [student("ana", "Ana López"), student("李小龍", "李小龍"), student("Жанна Ж", "=1+1")]
    made = write(rows, tmp_path / "out")
    assert [path.name for path in made] == ["ana.html", "李小龍.html", "Жанна Ж.html"]
    assert "Ana López" in made[0].read_text(encoding="utf-8")
    index = list(csv.DictReader(io.StringIO((tmp_path / "out" / INDEX).read_text(encoding="utf-8-sig"), newline="")))
    assert [(row["student"], row["name"], row["file"]) for row in index] == [
        ("ana", "Ana López", "ana.html"), ("李小龍", "李小龍", "李小龍.html"), ("Жанна Ж", "'=1+1", "Жанна Ж.html")]


def test_no_page_holds_the_name_of_another_student(tmp_path):
    rows = [student("anastasia", "Anastasia Pérez", oddities=("The same file as bartholomew.",)), student("bartholomew", "Bartholomew Ng")]
    first, second = (path.read_text(encoding="utf-8") for path in write(rows, tmp_path))
    assert "bartholomew" not in first.lower() and "anastasia" not in second.lower()


@given(st.lists(st.text(min_size=1, max_size=150), unique=True, max_size=12))
def test_names_are_fit_for_every_system_and_differ_without_capitals(keys):
    made = file_names(keys)
    assert list(made) == keys
    assert len({name.casefold() for name in made.values()}) == len(keys)
    for name in made.values():
        file = f"{name}.html"
        assert not set(file) & set('<>:"/\\|?*') and not any(ord(sign) < 32 for sign in file)
        assert not PureWindowsPath(file).is_reserved() and Path(file).name == file
        assert len(file.encode()) <= 143 and not file.startswith((".", "~", " ", "=", "+", "-", "@")) and not name.endswith((" ", "."))


@pytest.mark.parametrize("key", ["CON", "nul.x", "com1", "LPT³", "a/b", "..", ".", " ", "a.", "a:b", "../../etc/passwd", "\u202egnp", "x" * 300, "é" * 200, "a\nb", "\ud800"])
def test_a_key_that_is_no_file_name_gets_one_that_stays_the_same_whoever_else_is_there(key):
    alone = file_names([key])[key]
    assert alone == file_names(["ana", key, "b"])[key]
    assert not PureWindowsPath(f"{alone}.html").is_reserved() and "/" not in alone


def test_keys_that_differ_in_capitals_alone_get_two_files(tmp_path):
    made = write([student("Ana"), student("ana")], tmp_path)
    assert len({path.name.casefold() for path in made}) == 2
    assert file_names(["Ana", "ana"]) == file_names(["ana", "Ana"]) and len({name.casefold() for name in file_names(["Ana", "ana"]).values()}) == 2


def test_a_second_run_replaces_what_the_first_one_made(tmp_path):
    write([student("ana", marks=(1, 1, 1))], tmp_path)
    before = names(tmp_path)
    said = []
    made = write([student("ana", marks=(4, 6, 10))], tmp_path, said)
    assert names(tmp_path) == before == {"ana.html", INDEX, KEPT} and said == []
    assert "20 of 20 points." in made[0].read_text(encoding="utf-8")


def test_a_page_that_was_changed_by_hand_stays_and_the_new_one_stands_beside_it(tmp_path):
    page = write([student("ana")], tmp_path)[0]
    page.write_text(page.read_text(encoding="utf-8") + "<!-- note -->", encoding="utf-8")
    by_hand, said = page.read_bytes(), []
    made = write([student("ana")], tmp_path, said)
    assert page.read_bytes() == by_hand and made[0].name == "ana-2.html"
    assert said == ["Changed by hand or not made here, so left as they were, and written under another name (1): ana.html."]
    assert "ana-2.html" in (tmp_path / INDEX).read_text(encoding="utf-8-sig")
    assert [path.name for path in write([student("ana")], tmp_path)] == ["ana-2.html"]


def test_what_came_from_elsewhere_is_never_replaced(tmp_path):
    for name in ("ana.html", INDEX, ZIP):
        (tmp_path / name).write_text("mine", encoding="utf-8")
    write([student("ana", ids={"moodle": "7"})], tmp_path)
    assert all((tmp_path / name).read_text(encoding="utf-8") == "mine" for name in ("ana.html", INDEX, ZIP))
    assert {"ana-2.html", "index-2.csv", "moodle-feedback-files-2.zip"} <= names(tmp_path)


def test_a_link_is_not_written_through(tmp_path):
    target = tmp_path / "target"
    target.write_text("mine", encoding="utf-8")
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "ana.html").symlink_to(target)
    assert write([student("ana")], folder)[0].name == "ana-2.html" and target.read_text(encoding="utf-8") == "mine"


def test_a_page_that_was_moved_away_and_linked_is_left(tmp_path):
    page = write([student("ana")], tmp_path / "out")[0]
    page.rename(tmp_path / "kept.html")
    page.symlink_to(tmp_path / "kept.html")
    assert write([student("ana")], tmp_path / "out")[0].name == "ana-2.html" and page.is_symlink()


def test_the_page_of_one_student_never_takes_the_place_of_anothers(tmp_path):
    write([student("ana-2", "Second Ana")], tmp_path)
    (tmp_path / "ana.html").write_text("mine", encoding="utf-8")
    said = []
    made = write([student("ana", "First Ana")], tmp_path, said)
    assert made[0].name == "ana-3.html" and "Second Ana" in (tmp_path / "ana-2.html").read_text(encoding="utf-8")
    assert "Of an earlier run, and still there (1): ana-2.html." in said


def test_a_run_that_was_ended_half_way_is_gone_on_with(tmp_path, monkeypatch):
    from analogies.grading.feedback import files as feedback_files

    write([student("ana", marks=(1, 1, 1)), student("ben", marks=(1, 1, 1))], tmp_path)
    whole, done = feedback_files._whole, []

    def ends(path, content):
        if path.name == "ben.html":
            raise KeyboardInterrupt
        done.append(path.name)
        whole(path, content)

    monkeypatch.setattr(feedback_files, "_whole", ends)
    with pytest.raises(KeyboardInterrupt):
        write([student("ana"), student("ben")], tmp_path)
    monkeypatch.undo()
    assert "ana.html" in done
    said = []
    assert [path.name for path in write([student("ana"), student("ben")], tmp_path, said)] == ["ana.html", "ben.html"]
    assert said == [] and not [name for name in names(tmp_path) if name.endswith(".tmp")]


def test_a_list_of_made_files_that_is_damaged_means_that_nothing_is_ours(tmp_path):
    write([student("ana")], tmp_path)
    (tmp_path / KEPT).write_text('{"ana.html": 3}', encoding="utf-8")
    assert write([student("ana")], tmp_path)[0].name == "ana-2.html"


def test_a_file_in_place_of_the_folder_is_refused_in_a_sentence(tmp_path):
    (tmp_path / "out").write_text("x", encoding="utf-8")
    for folder in (tmp_path / "out", tmp_path / "out" / "deeper"):
        with pytest.raises(GradingError, match="expected a folder"):
            write([student("ana")], folder)


def participants_of(path: str) -> tuple[str, str, str, str] | None:
    """What Moodle's importer of feedback files takes from a path: participant, type, plugin, file (explode('_', part, 5))."""
    parts = path.split("/")
    while parts:
        info = parts.pop(0).split("_", 4)
        if len(info) >= 4 and info[1].isdigit():
            rest = "/".join([info[4] if len(info) > 4 else "", *parts]).lstrip("/")
            return info[1], info[2], info[3], rest
    return None


def test_the_zip_for_moodle_is_read_as_moodle_reads_it(tmp_path):
    rows = [student("a", "Ana_María López", ids={"moodle": "101"}), student("b", "../李/", ids={"moodle": "102"}), student("c", "Cho"),
            student("d", "Dov", ids={"moodle": "1x"})]
    said = []
    write(rows, tmp_path, said)
    with zipfile.ZipFile(tmp_path / ZIP) as packed:
        found = {name: participants_of(name) for name in packed.namelist()}
        assert list(found)[0] == "Ana María López_101_assignsubmission_file_/Feedback Exercise 3. Syria, 2015.html"
        assert [part[:3] for part in found.values()] == [("101", "assignsubmission", "file"), ("102", "assignsubmission", "file")]
        assert all(part[3] == "Feedback Exercise 3. Syria, 2015.html" for part in found.values())
        assert not any(".." in Path(name).parts or name.startswith("/") for name in found)
        assert "Ana_María López" in packed.read(list(found)[0]).decode()
    assert "the number in Moodle is not known (2): Cho, Dov." in said[0] and "Upload multiple feedback files in a zip" in said[1]


def test_without_numbers_of_moodle_there_is_no_zip(tmp_path):
    write([student("a")], tmp_path)
    assert not (tmp_path / ZIP).exists()


def test_the_same_marks_give_the_same_bytes(tmp_path):
    rows = [student("a", "Ana", ids={"moodle": "1"})]
    for name in ("one", "two"):
        write(rows, tmp_path / name)
    assert [(tmp_path / "one" / n).read_bytes() for n in sorted(names(tmp_path / "one"))] == [
        (tmp_path / "two" / n).read_bytes() for n in sorted(names(tmp_path / "two"))]


def test_the_files_are_named_in_the_index_as_they_are_whatever_the_key_begins_with(tmp_path):
    made = write([student("=a"), student("-b"), student("@c")], tmp_path)
    index = list(csv.DictReader(io.StringIO((tmp_path / INDEX).read_text(encoding="utf-8-sig"), newline="")))
    assert [row["file"] for row in index] == [path.name for path in made]


def test_the_folder_of_a_student_has_underlines_only_where_moodle_reads_them():
    assert moodle_folder(student("x_y", "", ids={"moodle": "5"})) == "x y_5_assignsubmission_file_"
