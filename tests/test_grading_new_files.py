"""A file that is there already is never overwritten."""

from analogies.grading.new_files import write_new


def test_a_file_gets_a_number_where_its_name_is_taken(tmp_path):
    names = [write_new(tmp_path / "out" / "marks-01.csv", f"{n}").name for n in range(3)]
    assert names == ["marks-01.csv", "marks-01-2.csv", "marks-01-3.csv"]
    assert [(tmp_path / "out" / name).read_text() for name in names] == ["0", "1", "2"]


def test_a_link_that_leads_nowhere_is_not_followed(tmp_path):
    (tmp_path / "marks.csv").symlink_to(tmp_path / "elsewhere.csv")
    assert write_new(tmp_path / "marks.csv", "x").name == "marks-2.csv"
    assert not (tmp_path / "elsewhere.csv").exists()


def test_text_is_written_as_utf_8_with_the_ends_of_its_lines_as_they_are(tmp_path):
    assert write_new(tmp_path / "a.csv", "é\r\n").read_bytes() == b"\xc3\xa9\r\n"
    assert write_new(tmp_path / "b.csv", b"\xff").read_bytes() == b"\xff"
