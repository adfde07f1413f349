"""CSV files: every fault of form is found, with the line on which an editor shows it."""

import pytest

from analogies.facts.csv_rows import read_rows

COLUMNS = ("id", "text", "sources")


def read(content: str | bytes, columns=COLUMNS):
    faults = []
    raw = content if isinstance(content, bytes) else content.encode("utf-8")
    return read_rows(raw, "t.csv", columns, faults), faults


def only_fault(content, columns=COLUMNS):
    faults = read(content, columns)[1]
    assert len(faults) == 1, [str(f) for f in faults]
    return faults[0]


def test_a_good_file_gives_its_cells_without_spaces_around_them():
    rows, faults = read("id,text,sources\na, hello ,k\n")
    assert faults == []
    assert [rows[0].get(c) for c in COLUMNS] == ["a", "hello", "k"]
    assert rows[0].get("nothing") is None


def test_columns_may_stand_in_any_order():
    rows, faults = read("sources,id,text\nk,a,hello\n")
    assert faults == [] and rows[0].get("id") == "a"


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_lines_are_counted_as_an_editor_counts_them(newline):
    rows, faults = read(newline.join(["id,text,sources", 'a,"one', "two", 'three",k', "b,x,k2", ""]))
    assert faults == []
    assert [row.line for row in rows] == [2, 5]
    assert [rows[0].line_of(c) for c in COLUMNS] == [2, 2, 4]
    assert [rows[1].line_of(c) for c in COLUMNS] == [5, 5, 5]


def test_a_byte_order_mark_is_tolerated():
    rows, faults = read(b"\xef\xbb\xbfid,text,sources\na,b,c\n")
    assert faults == [] and rows[0].get("id") == "a"


def test_empty_lines_and_the_empty_rows_of_spreadsheets_are_passed_over():
    rows, faults = read("id,text,sources\n\na,b,c\n,,\n , ,\n\n")
    assert faults == [] and [row.line for row in rows] == [3]


def test_an_empty_file_is_a_fault():
    assert "empty" in only_fault("").message
    assert "id,text,sources" in only_fault("").message


def test_a_missing_column_is_named_once_and_not_again_for_each_row():
    fault = only_fault("id,text\na,b\nc,d\n")
    assert (fault.line, fault.column) == (1, "sources")
    assert "missing" in fault.message


def test_a_misspelt_column_is_named_with_the_one_that_was_meant():
    fault = only_fault("id,text,souces\na,b,c\n")
    assert (fault.column, "'souces'" in fault.message) == ("sources", True)


def test_an_unknown_column_is_a_fault():
    fault = only_fault("id,text,sources,colour\na,b,c,d\n")
    assert fault.column == "colour" and "id, text, sources" in fault.message


def test_a_column_that_occurs_twice_is_a_fault():
    assert "two columns" in only_fault("id,text,sources,id\na,b,c,d\n").message


def test_a_column_without_a_name_is_a_fault():
    assert "no name" in only_fault("id,text,sources,\na,b,c,d\n").message
    assert "no name" in only_fault("year,\n1989,1\n", None).message


@pytest.mark.parametrize("separator, name", [(";", "semicolons"), ("\t", "tabs")])
def test_another_separator_is_named(separator, name):
    fault = only_fault(f"id{separator}text{separator}sources\na{separator}b{separator}c\n")
    assert name in fault.message and fault.line == 1


def test_rows_with_too_many_or_too_few_cells_are_named_and_the_rest_is_read():
    rows, faults = read("id,text,sources\na,b\nb,c,d\nc,one, two,k\n")
    assert [(f.line, f.message.split(" where")[0]) for f in faults] == [(2, "the row has 2 cells"), (4, "the row has 4 cells")]
    assert "quotation marks" in faults[1].message
    assert [row.get("id") for row in rows] == ["b"]


@pytest.mark.parametrize("row", ['a,"one" two,k', 'a,one "two",k', 'a, "one",k'])
def test_a_stray_quotation_mark_is_named_and_reading_goes_on(row):
    rows, faults = read(f"id,text,sources\n{row}\nb,c,d\n")
    assert [f.line for f in faults] == [2]
    assert "quotation mark" in faults[0].message
    assert [r.get("id") for r in rows] == ["b"]


def test_quotation_marks_written_twice_are_right():
    rows, faults = read('id,text,sources\na,"the ""small"" war",k\nb,"""x""",k\n')
    assert faults == []
    assert [r.get("text") for r in rows] == ['the "small" war', '"x"']


def test_a_quotation_mark_that_is_never_closed_is_named_at_its_row():
    rows, faults = read('id,text,sources\na,b,c\nb,"open,d\nc,d,e\n')
    assert [f.line for f in faults] == [3]
    assert "never closed" in faults[0].message
    assert [r.get("id") for r in rows] == ["a"]


def test_a_giant_cell_is_a_fault_and_not_a_crash():
    assert "131,072 characters" in only_fault("id,text,sources\na," + "x" * 140_000 + ",k\n").message


def test_each_cell_in_a_wrong_encoding_is_named_with_what_it_may_say():
    rows, faults = read("id,text,sources\na,b,c\nb,Chávez,k\nc,fine,k\nd,Nicolás,k\n".encode("cp1252"))
    assert [(f.line, f.column) for f in faults] == [(3, "text"), (5, "text")]
    assert "Chávez" in faults[0].message and "UTF-8" in faults[0].message


def test_a_file_in_utf_16_is_named_and_read():
    rows, faults = read("id,text,sources\na,b,c\n".encode("utf-16"))
    assert len(faults) == 1 and "UTF-16" in faults[0].message
    assert rows[0].get("id") == "a"


def test_letters_that_were_once_read_wrongly_are_named():
    assert "Ã¡" in only_fault("id,text,sources\na,ChÃ¡vez,c\n").message
    assert "wrong encoding" in only_fault("id,text,sources\na,Ch\ufffdvez,c\n").message


def test_good_letters_of_every_language_are_left_alone():
    assert read("id,text,sources\na,São Tomé Ñandú Дамаск 中国 “x” – É,c\n")[1] == []


def test_a_nul_character_is_named():
    assert "NUL" in only_fault("id,text,sources\na,b\0,c\n").message
