"""Zips and folders that were made to do harm: each entry is refused in a sentence that names it, and the rest is graded."""

import os
import socket
import stat
import struct
import time
import tracemalloc
import zipfile
import zlib

import pytest
from handed_in import (
    EXERCISE,
    SLUG,
    entry,
    folder_at,
    handed,
    overlapping,
    raw,
    unicode_path,
    with_raw_names,
    zip_at,
    zipped,
)

from analogies.grading.intake import GradingError, contents, find, read, unzip

GOOD = ("good/x.ipynb", raw())


def keys(path):
    return [one.student.key for one in find(path, SLUG)]


def told(path):
    """Everything that is said of a batch."""
    found = find(path, SLUG)
    return " ".join([*found.said, *(said for one in found for said in one.oddities), *(read(one, EXERCISE, SLUG).unread for one in found)])


def graded(path):
    return [one.student.key for one in find(path, SLUG) if read(one, EXERCISE, SLUG).answers]


@pytest.mark.parametrize("name", ["../evil.ipynb", "good/../../evil.ipynb", "/etc/evil.ipynb", "C:/evil.ipynb", "c:evil.ipynb",
                                  "..\\evil.ipynb", "\\\\host\\share\\evil.ipynb", "good/..", "/"])
def test_a_name_that_leads_out_of_the_zip_is_refused(tmp_path, name):
    path = zip_at(tmp_path / "all.zip", (name, raw()), GOOD)
    before = sorted(tmp_path.parent.rglob("*"))
    assert graded(path) == keys(path) == ["good"]
    assert f"{name} has a name that leads out of the zip; it was left out." in told(path)
    assert sorted(tmp_path.parent.rglob("*")) == before


def test_backslashes_of_other_systems_part_folders(tmp_path):
    assert graded(zip_at(tmp_path / "all.zip", ("ana\\x.ipynb", raw()), GOOD)) == ["ana", "good"]


@pytest.mark.parametrize("mode, said", [(stat.S_IFLNK | 0o777, "is a link"), (stat.S_IFIFO, "is a pipe"), (stat.S_IFCHR, "is a device"),
                                        (stat.S_IFBLK, "is a device"), (stat.S_IFSOCK, "is a socket")])
def test_links_and_devices_are_refused(tmp_path, mode, said):
    path = zip_at(tmp_path / "all.zip", (entry("evil/x.ipynb", mode=mode), b"/etc/passwd"), GOOD)
    assert graded(path) == ["good"] and f"evil/x.ipynb {said}, not a file; it was left out." in told(path)


def test_an_entry_that_is_locked_or_packed_in_another_way_is_refused(tmp_path):
    locked = bytearray(zipped(("evil/x.ipynb", raw()), GOOD))
    locked[locked.find(b"PK\1\2") + 8] |= 1
    (tmp_path / "locked.zip").write_bytes(locked)
    assert graded(tmp_path / "locked.zip") == ["good"]
    assert "evil/x.ipynb is locked with a password" in told(tmp_path / "locked.zip")
    path = zip_at(tmp_path / "bz2.zip", (entry("evil/x.ipynb", kind=zipfile.ZIP_BZIP2), raw()), GOOD)
    assert graded(path) == ["good"] and "is packed in a way that is not read here (method 12)" in told(path)


def test_a_name_that_occurs_twice_is_the_later_entry(tmp_path):
    path = zip_at(tmp_path / "all.zip", ("good/x.ipynb", b"no"), GOOD)
    assert graded(path) == ["good"] and len(find(path, SLUG)) == 1
    assert "The zip holds good/x.ipynb twice; the later one was taken." in told(path)


def test_a_body_larger_than_the_bound_is_refused_whatever_the_zip_says(tmp_path, monkeypatch):
    monkeypatch.setattr(contents, "LARGEST", 1_000_000)
    monkeypatch.setattr(contents.data, "__defaults__", ("", 1_000_000))
    bomb = zipped(("evil/x.ipynb", b" " * 3_000_000), GOOD)
    for claimed in (3_000_000, 10):
        data = bomb.replace(struct.pack("<I", 3_000_000), struct.pack("<I", claimed))
        (tmp_path / "all.zip").write_bytes(data)
        assert graded(tmp_path / "all.zip") == ["good"]
        assert "is larger than 1 MB when it is unpacked" in told(tmp_path / "all.zip")


def test_no_more_than_the_bound_is_unpacked_and_memory_stays_small():
    body = zlib.compressobj(wbits=-15)
    packed = body.compress(bytes(50_000_000)) + body.flush()
    file = contents.io.BytesIO(b"PK\3\4" + bytes(26) + packed)
    member = unzip.Member(("x",), "x", False, None, False, 10, len(packed), zipfile.ZIP_DEFLATED, 0, 0)
    tracemalloc.start()
    with pytest.raises(unzip.Unreadable, match="larger than 1 MB"):
        unzip.unpack(file, member, 1_000_000)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 5_000_000


def test_a_zip_of_zips_is_opened_one_level_deep(tmp_path):
    inner = zipped(("x.ipynb", raw()))
    for _ in range(5):
        inner = zipped(*((f"{number}.zip", inner) for number in range(3)))
    path = zip_at(tmp_path / "all.zip", *((f"Ana_1_assignsubmission_file_/{number}.zip", inner) for number in range(20)),
                  ("Bo_2_assignsubmission_file_/x.ipynb", raw()))
    assert graded(path) == ["2"] and "holds no notebook, but a further zip" in told(path)


def test_entries_that_share_one_body_are_refused_together(tmp_path):
    (tmp_path / "all.zip").write_bytes(overlapping(300))
    began = time.process_time()
    found = find(tmp_path / "all.zip", SLUG)
    assert len(found) == 300 and all("lies over another entry" in one.oddities[0] for one in found)
    assert not graded(tmp_path / "all.zip") and time.process_time() - began < 5


def test_ten_thousand_entries_are_read_fast_and_told_in_few_sentences(tmp_path):
    path = zip_at(tmp_path / "all.zip", *((f"s{number}/x.ipynb", b"{}") for number in range(5000)),
                  *((f"../{number}.ipynb", b"") for number in range(5000)), GOOD)
    began = time.process_time()
    found = find(path, SLUG)
    for one in found[:300]:
        read(one, EXERCISE, SLUG)
    assert len(found) == 5001 and len(found.said) == 21 and time.process_time() - began < 8
    assert found.said[-1] == "4,980 more such sentences are left out."


def test_a_zip_with_more_entries_than_a_class_has_is_refused(tmp_path, monkeypatch):
    path = zip_at(tmp_path / "all.zip", *((f"s{number}/x.ipynb", b"{}") for number in range(30)))
    monkeypatch.setattr(unzip.listing, "__defaults__", (20,))
    with pytest.raises(GradingError, match="has 30 entries; at most 20 are read"):
        find(path, SLUG)
    monkeypatch.setattr(unzip, "LONGEST_LIST", 10_000)
    os.utime(path, (1, 1))
    with pytest.raises(GradingError, match="has a list of entries that is too long"):
        find(path, SLUG)


def test_a_student_with_thousands_of_notebooks_is_bounded(tmp_path):
    inner = zipped(*((f"{number}.ipynb", b"{}") for number in range(100)))
    path = zip_at(tmp_path / "all.zip", ("Ana_1_assignsubmission_file_/work.zip", inner))
    assert "There are 100 notebooks; only the first 20 were looked at." in told(path)


@pytest.mark.parametrize("damage", [lambda data: data[:-30], lambda data: data[:200], lambda data: b"", lambda data: b"hello",
                                    lambda data: b"PK\5\6" + bytes(18), lambda data: data[:-22] + b"PK\5\6" + b"\xff" * 18,
                                    lambda data: data[: data.find(b"PK\1\2")] + data[data.find(b"PK\1\2") + 9:]])
def test_a_zip_that_is_damaged_as_a_whole_is_told_in_one_sentence(tmp_path, damage):
    (tmp_path / "all.zip").write_bytes(damage(zipped(GOOD, GOOD)))
    with pytest.raises(GradingError) as error:
        find(tmp_path / "all.zip", SLUG)
    assert "all.zip" in str(error.value) and "\n" not in str(error.value)


@pytest.mark.parametrize("spoil, said", [
    (lambda data, at: data.__setitem__(at + 60, data[at + 60] ^ 255), "is damaged"),
    (lambda data, at: data.__setitem__(slice(at, at + 4), b"XXXX"), "its own header is missing"),
    (lambda data, at: data.__setitem__(slice(data.find(b"PK\1\2") + 16, data.find(b"PK\1\2") + 20), b"abcd"), "size or checksum"),
    (lambda data, at: data.__setitem__(slice(data.find(b"PK\1\2") + 24, data.find(b"PK\1\2") + 28), b"\1\0\0\0"), "size or checksum"),
])
def test_one_damaged_entry_leaves_the_others_to_be_graded(tmp_path, spoil, said):
    data = bytearray(zipped(("evil/x.ipynb", raw()), GOOD))
    spoil(data, data.find(b"PK\3\4"))
    (tmp_path / "all.zip").write_bytes(data)
    assert graded(tmp_path / "all.zip") == ["good"] and said in told(tmp_path / "all.zip")


def test_an_entry_that_ends_before_its_zip_says_so(tmp_path):
    data = bytearray(zipped((entry("good/x.ipynb", kind=zipfile.ZIP_STORED), raw())))
    at = data.find(b"PK\1\2") + 20
    data[at : at + 4] = struct.pack("<I", 90_000_000)
    (tmp_path / "all.zip").write_bytes(data)
    assert "is damaged (it ends too early)" in told(tmp_path / "all.zip")


def test_a_folder_with_the_name_of_a_notebook_is_told(tmp_path):
    path = zip_at(tmp_path / "all.zip", ("ana/x.ipynb/", b""), GOOD)
    assert graded(path) == ["good"] and "ana/x.ipynb is a folder, not a file" in told(path)


def test_names_in_code_page_437_in_utf8_without_the_flag_and_in_info_zips_field(tmp_path):
    def keys_of(written, flag=0, extra=b""):
        info = entry("N" * len(written) + "/x.ipynb")
        info.extra = extra
        data = with_raw_names(zipped((info, raw())), {b"N" * len(written) + b"/": written + b"/"}, flag)
        (tmp_path / "all.zip").write_bytes(data)
        found = find(tmp_path / "all.zip", SLUG)
        assert [read(one, EXERCISE, SLUG).answers["q5"] for one in found] == ["Because of five."]
        return [one.student.key for one in found]

    assert keys_of("José".encode("cp437")) == ["José"]
    assert keys_of("Жанна".encode()) == ["Жанна"]
    assert keys_of("Жанна".encode(), 0x800) == ["Жанна"]
    written = "Жанна".encode("cp866")
    assert keys_of(written, extra=unicode_path("Жанна/x.ipynb", written + b"/x.ipynb")) == ["Жанна"]
    assert keys_of(written, extra=unicode_path("Eve/x.ipynb", b"another name")) != ["Eve"]


def test_a_name_that_is_not_the_utf8_it_says_to_be_is_told(tmp_path):
    data = with_raw_names(zipped(("NNNN/x.ipynb", raw())), {b"NNNN/": b"\xff\xfe\xff\xff/"}, 0x800)
    (tmp_path / "all.zip").write_bytes(data)
    with pytest.raises(GradingError, match="all.zip is no zip, or a damaged one"):
        find(tmp_path / "all.zip", SLUG)


def test_a_zip_that_is_changed_between_finding_and_reading_is_read_anew(tmp_path):
    path = zip_at(tmp_path / "all.zip", GOOD, ("ana/x.ipynb", raw()))
    ana, good = find(path, SLUG)
    zip_at(path, ("other.txt", b"x" * 5000), GOOD)
    os.utime(path, (1, 1))
    assert read(good, EXERCISE, SLUG).answers
    with pytest.raises(GradingError, match="is not in the zip any more"):
        read(ana, EXERCISE, SLUG)
    path.unlink()
    with pytest.raises(GradingError, match="could not be opened .No such file or directory"):
        read(good, EXERCISE, SLUG)


# --- folders

def test_links_pipes_and_sockets_in_a_folder_are_not_read(tmp_path):
    top = folder_at(tmp_path / "class", "good.ipynb")
    folder_at(tmp_path, "secret/x.ipynb")
    (top / "out").symlink_to(tmp_path / "secret")
    (top / "link.ipynb").symlink_to(tmp_path / "secret" / "x.ipynb")
    (top / "round").symlink_to(top)
    os.mkfifo(top / "pipe.ipynb")
    here = os.getcwd()
    with socket.socket(socket.AF_UNIX) as opened:
        os.chdir(top)  # the name of a socket must be short
        opened.bind("socket.ipynb")
        os.chdir(here)
        assert graded(top) == ["good"]
    said = told(top)
    assert "out is a link, and links are not followed" in said and "round is a link" in said
    assert "link.ipynb is a link, and links are not followed" in said
    assert "pipe.ipynb is no ordinary file" in said and "socket.ipynb is no ordinary file" in said
    for name in ("link.ipynb", "pipe.ipynb", "socket.ipynb"):
        assert read(handed(top / name), EXERCISE, SLUG).unread


def test_folders_named_as_notebooks_and_hidden_files_are_no_submissions(tmp_path):
    folder_at(tmp_path, "good.ipynb", ".git/x.ipynb", "__MACOSX/x.ipynb", "good/.ipynb_checkpoints/x.ipynb")
    (tmp_path / "ana.ipynb").mkdir()
    assert graded(tmp_path) == ["good"] and "ana.ipynb is a folder, not a file" in told(tmp_path)
    assert "is a folder" in read(handed(tmp_path / "ana.ipynb"), EXERCISE, SLUG).unread


def test_a_file_or_folder_without_the_right_to_read_it_is_told(tmp_path, monkeypatch):
    folder_at(tmp_path, "good.ipynb", "ana/x.ipynb", "Bo.ipynb")
    opened, listed = os.open, os.scandir

    def refuse(path, *more, real, name):
        if str(path).endswith(name):
            raise PermissionError(13, "Permission denied")
        return real(path, *more)

    monkeypatch.setattr(os, "open", lambda path, *more: refuse(path, *more, real=opened, name="Bo.ipynb"))
    monkeypatch.setattr(os, "scandir", lambda path: refuse(path, real=listed, name="ana"))
    found = {one.student.key: one for one in find(tmp_path, SLUG)}
    assert read(found["good"], EXERCISE, SLUG).answers
    with pytest.raises(GradingError, match="Bo.ipynb could not be read .Permission denied"):
        read(found["Bo"], EXERCISE, SLUG)
    said = " ".join([*found["ana"].oddities, read(found["ana"], EXERCISE, SLUG).unread]) if "ana" in found else " ".join(find(tmp_path, SLUG).said)
    assert "ana could not be read (Permission denied)" in said


def test_a_folder_with_more_files_than_any_class_has_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(contents, "MOST_FILES", 3)
    with pytest.raises(GradingError, match="holds more than 3 files"):
        find(folder_at(tmp_path, *(f"{number}.ipynb" for number in range(5)), data=b""), SLUG)


def test_a_path_that_no_file_can_have_is_told():
    assert "could not be read" in read(handed("a\0b.ipynb"), EXERCISE, SLUG).unread
    with pytest.raises(GradingError, match="none.ipynb could not be read .No such file or directory"):
        read(handed("none.ipynb"), EXERCISE, SLUG)
