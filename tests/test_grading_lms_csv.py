"""A CSV file keeps every byte but those of the fields that are set, and what is set is what Python's csv module reads."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from analogies.grading.lms.csv_bytes import DELIMITERS, Sheet, no_formula
from analogies.grading.submission import GradingError

# Signs that make trouble are as common as letters; lone surrogates cannot be written into any file.
SIGNS = st.one_of(st.sampled_from([",", ";", "\t", '"', "\r", "\n", "\r\n", "a", " ", "=", "é", "Ж", "\ufeff", "\0"]), st.characters(exclude_categories=["Cs"]))
TEXTS = st.lists(SIGNS, max_size=40).map("".join)
ENCODINGS = st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-be-bom", "cp1252"])


def encoded(text: str, encoding: str) -> bytes:
    if encoding == "utf-16-be-bom":
        return b"\xfe\xff" + text.encode("utf-16-be")
    return text.encode(encoding)


def as_csv_reads(text: str, delimiter: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))


@given(st.binary(max_size=200))
@example(b"")
@example(b"\xff\xfe\r\x00")
@example(b"a\rb\r\n\r\nc")
@example(b'"\r')
def test_whatever_bytes_can_be_read_are_written_back_as_they_were(data):
    try:
        sheet = Sheet(data)
    except GradingError:
        return
    assert sheet.data() == data


@given(TEXTS, ENCODINGS)
def test_a_text_in_any_encoding_is_written_back_as_it_was(text, encoding):
    try:
        data = encoded(text, encoding)
    except UnicodeEncodeError:
        assume(False)
    assert Sheet(data).data() == data


@given(TEXTS, st.sampled_from(DELIMITERS))
@example("a\rb", ",")
@example("a\n\rb", ",")
@example('"a\rb",c\r\r\n', ",")
@example('a"b,"c"d"e\n', ",")
@example('"a""', ",")
def test_rows_and_values_are_those_of_the_csv_module(text, delimiter):
    assume(not text.startswith("\ufeff"))
    assert Sheet(text.encode(), delimiter).rows == as_csv_reads(text, delimiter)


@given(TEXTS, TEXTS, st.sampled_from(DELIMITERS), ENCODINGS, st.data())
@example("a\rb,c", "x\ry", ",", "utf-8", None)
@example("a", "", ",", "utf-8", None)
def test_one_field_is_set_its_own_bytes_change_and_it_is_read_back(text, value, delimiter, encoding, data):
    assume(not text.startswith("\ufeff"))
    try:
        before = encoded(text, encoding)
        value.encode("cp1252" if encoding == "cp1252" else "utf-8")
    except UnicodeEncodeError:
        assume(False)
    sheet = Sheet(before, delimiter)
    assume(sheet.encoding != "utf-8" or encoding != "cp1252")  # some Windows text is UTF-8 by chance
    places = [(r, c) for r, row in enumerate(sheet.rows) for c in range(len(row))]
    assume(places and not sheet.unclosed)
    r, c = data.draw(st.sampled_from(places)) if data else places[-1]
    wanted = [list(row) for row in sheet.rows]
    wanted[r][c] = value
    sheet.set(r, c, value)
    after = sheet.data()
    codec = {"utf-16-be-bom": "utf-16"}.get(encoding, encoding)
    assert as_csv_reads(after.decode(codec), delimiter) == wanted == sheet.rows
    head, tail = around(before, r, c, delimiter, codec, sheet.encoding)
    assert after.startswith(head) and after.endswith(tail)
    assert len(after) > len(head) + len(tail) or not value


def around(data: bytes, row: int, column: int, delimiter: str, codec: str, flat: str) -> tuple[bytes, bytes]:
    """The bytes before and after a field, found sign by sign and not by the code under test."""
    text = data.decode(codec)
    starts, ends, at, quoted, begun, r, c = {}, {}, 0, False, True, 0, 0
    starts[0, 0] = 0
    while at < len(text):
        sign = text[at]
        if begun and sign == '"':
            quoted, begun, at = True, False, at + 1
            continue
        begun = False
        if quoted:
            if text.startswith('""', at):
                at += 2
                continue
            quoted = sign != '"'
        elif sign == delimiter:
            ends[r, c] = at
            c, begun = c + 1, True
            starts[r, c] = at + 1
        elif sign in "\r\n":
            ends[r, c] = at
            at += text.startswith("\r\n", at)
            r, c, begun = r + 1, 0, True
            starts[r, c] = at + 1
        at += 1
    ends[r, c] = at
    first = data[: len(data) - len(text.encode(flat))]
    return first + text[: starts[row, column]].encode(flat), text[ends[row, column]:].encode(flat)


def test_only_the_bytes_of_the_field_change_in_a_file_of_mixed_line_ends():
    data = b'a,b\r\n"x, y";,1\rc,"2"\n\n\rlast,3'
    sheet = Sheet(data, ",")
    assert sheet.rows == [["a", "b"], ["x, y;", "1"], ["c", "2"], [], [], ["last", "3"]]
    sheet.set(1, 1, "7")
    sheet.set(2, 1, "8")
    sheet.set(5, 1, "9,5")
    assert sheet.data() == b'a,b\r\n"x, y";,7\rc,"8"\n\n\rlast,"9,5"'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be-bom", "cp1252"])
@pytest.mark.parametrize("end", ["", "\n", "\r\n", "\r"])
def test_encoding_and_last_line_end_stay(encoding, end):
    sheet = Sheet(encoded(f"Name\tPunkte\r\nJürgen\t3{end}", encoding))
    assert (sheet.delimiter, sheet.rows[1]) == ("\t", ["Jürgen", "3"])
    sheet.set(1, 1, "4")
    assert sheet.data() == encoded(f"Name\tPunkte\r\nJürgen\t4{end}", encoding)


@pytest.mark.parametrize(("text", "delimiter"), [
    ("a,b\n1,2\n", ","), ("a;b\n1,5;2\n", ";"), ("a\tb\n1,5\t2;\n", "\t"), ('"a;b;c",d\n1,2\n', ","), ("a;b,c\n1;2,3\n", ","), ("alone", ","), ("", ","),
    ("a,b,c;d\n1,2,3\n", ","),
])
def test_the_delimiter_is_the_one_that_divides_the_first_lines_evenly(text, delimiter):
    assert Sheet(text.encode()).delimiter == delimiter


def test_each_row_knows_the_line_at_which_it_begins():
    sheet = Sheet(b'a\r\n"two\r\nlines",x\rfour\nfive')
    assert sheet.lines == [1, 2, 4, 5]


def test_a_quotation_mark_that_is_never_closed_is_known_by_its_line():
    assert Sheet(b'a,b\n1,"2\n3,4\n').unclosed == 2
    assert Sheet(b'a,b\n1,"2"\n').unclosed == 0


def test_the_value_of_a_row_that_has_nothing_else_is_no_blank_line():
    sheet = Sheet(b"a\nb\n")
    sheet.set(1, 0, "")
    assert sheet.data() == b'a\n""\n'


@pytest.mark.parametrize("data", [b"\xff\xfea", b"\xef\xbb\xbf\xff", b"caf\x81"])
def test_bytes_that_are_no_text_are_refused_in_a_sentence(data):
    with pytest.raises(GradingError, match="export it again"):
        Sheet(data)


def test_a_sign_that_the_encoding_lacks_is_refused_and_nothing_is_changed():
    sheet = Sheet("Größe,1".encode("cp1252"))
    with pytest.raises(UnicodeEncodeError):
        sheet.set(0, 1, "Ж")
    assert sheet.data() == "Größe,1".encode("cp1252")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "  =1", "\t=1", "\r=1", "＝1", "|1", "%1", '"=1'])
def test_text_that_a_spreadsheet_would_run_gets_an_apostrophe(text):
    assert no_formula(text).startswith("'")


@pytest.mark.parametrize("text", ["One.;=1+1", "One.; @x", 'One.;"-1', "One.;\n+1"])
def test_a_formula_that_would_stand_in_a_cell_of_its_own_gets_one_too(text):
    one, two = no_formula(text).split(";")
    assert one == "One." and two.startswith("'")


def test_other_text_stays():
    assert no_formula("Ana López 3-4") == "Ana López 3-4"


def test_a_value_with_blanks_at_its_ends_is_quoted_because_importers_cut_them_off():
    sheet = Sheet(b"a,b\n1,2\n")
    sheet.set(1, 0, " x")
    assert sheet.data() == b'a,b\n" x",2\n'
