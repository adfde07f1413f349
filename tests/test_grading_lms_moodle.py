"""Moodle's grading worksheet is filled in: grade and comment, in every language that was looked up, and no other byte."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from marked_class import student, ungraded

from analogies.grading.lms.csv_bytes import Sheet
from analogies.grading.lms.moodle import as_html, fill_moodle
from analogies.grading.lms.moodle_words import HEADS, columns
from analogies.grading.submission import GradingError

SHEET = '''Identifier,"Full name","ID number","Email address",Status,Grade,"Maximum Grade","Grade can be changed","Last modified (submission)","Online text","Last modified (grade)","Feedback comments"
"Participant 101","Ana López",9001,ana@example.edu,"Submitted for grading",,20.00,Yes,"Friday, 27 November 2026, 6:36 PM","<p>a, ""b""
c</p>",-,
"Participant 102","Ben Ali",9002,ben@example.edu,"Submitted for grading",12.50,20.00,Yes,"Friday, 27 November 2026, 6:36 PM",,"Saturday, 28 November 2026, 9:00 AM","<p>Well argued.</p>"
"Participant 103","Cho Min",9003,cho@example.edu,"Submitted for grading",,20.00,No,-,,-,
"Participant 104","Dov Katz",9004,dov@example.edu,"No submission",,20.00,Yes,-,,-,
'''
# The heads as Moodle writes them: identifier, prefix, grade, maximum, can be changed, yes, no, last modified (grade), comments.
LANGUAGES = {
    "en": ("Identifier", "Participant ", "Grade", "Maximum Grade", "Grade can be changed", "Yes", "No", "Last modified (grade)", "Feedback comments"),
    "de": ("ID", "Teilnehmer/in", "Bewertung", "Bestwertung", "Bewertung kann geändert werden", "Ja", "Nein", "Zuletzt geändert (Bewertung)", "Feedback als Kommentar"),
    "es": ("Identificador", "Participante", "Calificación", "Calificación máxima", "La calificación puede ser cambiada", "Sí", "No", "Última modificación (calificación)", "Comentarios de retroalimentación"),
    "fr": ("Identifiant", "Participant", "Note", "Note maximale", "La note peut être modifiée", "Oui", "Non", "Dernière modification (note)", "Feedback par commentaires"),
    "pt_br": ("Identificador", "Participante", "Nota", "Nota máxima", "Nota pode ser alterada", "Sim", "Não", "Última modificação (nota)", "Comentários de feedback"),
    "ru": ("Идентификатор", "Участник", "Оценка", "Максимальная оценка", "Оценка может быть изменена", "Да", "Нет", "Последнее изменение (оценка)", "Отзыв в виде комментария"),
}
CLASS = [
    student("a", "Ana López", ids={"moodle": "101"}), student("b", "Ben Ali", (4, 5.5, 3), ids={"moodle": "102"}),
    student("c", "Cho Min", ids={"moodle": "103"}), student("e", "Eve Nox", ids={"moodle": "105"}),
]
SAY = {"a": "Good.", "b": "Not bad.", "c": "Locked."}


def rows_of(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode(), newline="")))


def localized(language: str) -> str:
    identifier, prefix, grade, maximum, locked, yes, no, modified, comments = LANGUAGES[language]
    head = f'{identifier},X,Status,{grade},"{maximum}","{locked}","{modified}","{comments}"\n'
    return head + f'{prefix}101,Ana,-,,"20,00",{yes},-,\n{prefix}102,Ben,-,"3,00","20,00",{no},-,\n'


def test_grades_and_comments_are_written_and_every_other_byte_stays():
    filled = fill_moodle(SHEET.encode(), CLASS, comments=SAY)
    comment = as_html("Good.").replace('"', '""')
    wanted = SHEET.replace('grading",,20.00,Yes', 'grading",20.00,20.00,Yes', 1).replace('c</p>",-,\n', f'c</p>",-,"{comment}"\n')
    assert filled.data.decode() == wanted
    assert filled.said[0] == "1 mark written into the column Grade, and 1 comment; 1 stood there already."


def test_what_was_not_written_is_said_with_the_name():
    said = " ".join(fill_moodle(SHEET.encode(), CLASS, comments=SAY).said)
    assert "The grade cannot be changed in Moodle, so nothing was written (1): Cho Min." in said
    assert "Not in the worksheet, so not written (1): Eve Nox." in said
    assert "A comment stood there that was written or changed by hand, and it was left (1): Ben Ali." in said
    assert "stay as they are (1): Dov Katz." in said


def test_a_comment_of_somebody_else_is_replaced_only_when_asked_for_and_our_own_always():
    filled = fill_moodle(SHEET.encode(), CLASS, comments=SAY, replace_comments=True)
    assert rows_of(filled.data)[2][11] == as_html("Not bad.")
    again = fill_moodle(filled.data, CLASS, comments={"b": "Better."})
    assert rows_of(again.data)[2][11] == as_html("Better.")
    by_hand = filled.data.replace(b"Not bad.", b"Quite bad.")
    assert fill_moodle(by_hand, CLASS, comments={"b": "Better."}).data == by_hand


def test_without_comments_their_column_is_not_touched():
    filled = fill_moodle(SHEET.encode(), CLASS)
    assert filled.data.decode() == SHEET.replace('grading",,20.00,Yes', 'grading",20.00,20.00,Yes', 1)
    assert "comment" not in " ".join(filled.said)


def test_a_second_run_changes_nothing():
    once = fill_moodle(SHEET.encode(), CLASS, comments=SAY)
    twice = fill_moodle(once.data, CLASS, comments=SAY)
    assert twice.data == once.data and twice.written == 0


def test_line_ends_without_a_column_of_their_own_stay():
    text = SHEET.replace("\n", "\r\n").removesuffix("\r\n")
    assert fill_moodle(text.encode(), CLASS).data.decode() == text.replace('grading",,20.00,Yes', 'grading",20.00,20.00,Yes', 1)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_worksheet_is_understood_in_each_language(language):
    text = localized(language)
    filled = fill_moodle(text.encode(), CLASS, comments=SAY)
    assert filled.data.decode() == text.replace('-,,"20,00"', '-,"20,00","20,00"').replace("-,\n", '-,"' + as_html("Good.").replace('"', '""') + '"\n', 1)
    said = " ".join(filled.said)
    assert "cannot be changed in Moodle, so nothing was written (1): Ben Ali" in said
    assert "not known" not in said and "No column" not in said


def test_a_decimal_comma_and_the_number_of_decimals_are_those_of_the_file():
    rows = [student("a", ids={"moodle": "101"}, marks=(4, 5, 0.5))]
    assert '-,"9,50","20,00"' in fill_moodle(localized("de").encode(), rows).data.decode()
    assert ",9.5,20," in fill_moodle(SHEET.replace("20.00", "20").replace("12.50", "").encode(), rows).data.decode()
    assert ",9.50,20.00," in fill_moodle(SHEET.encode(), rows).data.decode()


def test_heads_that_nobody_knows_are_found_by_what_stands_below_them_and_it_is_said():
    text = "Tunniste,Nimi,Arvosana,Enintään,Muu,Palaute\nOsallistuja 101,Ana,,20.00,-,\nOsallistuja 102,Ben,,20.00,-,\n"
    filled = fill_moodle(text.encode(), CLASS, comments=SAY)
    assert filled.data.decode() == text.replace("Ana,,", "Ana,20.00,").replace("Ben,,", "Ben,12.50,")
    said = " ".join(filled.said)
    assert "these were taken: Tunniste for the identifier, Enintään for the maximum, Arvosana for the grade." in said
    assert "No column was known as Feedback comments" in said and "No column was known as Grade can be changed" in said


def test_a_column_can_be_named_and_a_wrong_name_is_answered_with_those_that_are_there():
    text = "Tunniste,Nimi,Pisteet,Palaute\nOsallistuja 101,Ana,,\n"
    named = {"identifier": "Tunniste", "grade": "Pisteet", "comments": "Palaute"}
    filled = fill_moodle(text.encode(), CLASS, comments=SAY, named=named)
    assert rows_of(filled.data)[1][2:] == ["20", as_html("Good.")]
    with pytest.raises(GradingError, match="expected a column Punkte, found Tunniste, Nimi, Pisteet, Palaute"):
        fill_moodle(text.encode(), CLASS, named={"grade": "Punkte"})
    with pytest.raises(GradingError, match="no column of a worksheet is called so"):
        fill_moodle(text.encode(), CLASS, named={"mark": "Pisteet"})


def test_blind_marking_needs_no_names():
    text = "Identifier,Status,Grade,Maximum Grade,Grade can be changed,Last modified (grade)\nParticipant 101,-,,20.00,Yes,-\nParticipant 0102,-,,20.00,Yes,-\n"
    assert [row[2] for row in rows_of(fill_moodle(text.encode(), CLASS).data)[1:]] == ["20.00", "12.50"]


def test_a_student_without_a_number_of_moodle_is_found_by_key_or_exact_name():
    rows = [student("9001", "?"), student("ben@example.edu", "??"), student("x", "Dov Katz"), student("102", "Nobody")]
    filled = fill_moodle(SHEET.encode(), rows)
    assert [row[5] for row in rows_of(filled.data)[1:]] == ["20.00", "20.00", "", "20.00"]
    assert "Not in the worksheet, so not written (1): Nobody." in filled.said


def test_a_student_with_a_number_that_is_not_there_is_not_looked_for_by_name():
    filled = fill_moodle(SHEET.encode(), [student("x", "Dov Katz", ids={"moodle": "999"})])
    assert filled.data == SHEET.encode()


def test_two_of_a_name_and_two_for_one_line_are_refused():
    text = SHEET.replace("Dov Katz", "Ana López")
    assert "Several lines of the worksheet fit" in " ".join(fill_moodle(text.encode(), [student("x", "Ana López")]).said)
    filled = fill_moodle(SHEET.encode(), [student("9001"), student("x", "Ana López")])
    assert filled.data == SHEET.encode() and "fit one line, so nothing was written (2)" in " ".join(filled.said)


def test_another_maximum_is_said_and_marks_are_rescaled_only_when_asked_for():
    text = SHEET.replace("20.00", "100.00")
    filled = fill_moodle(text.encode(), CLASS)
    assert "out of 100 points and the exercise out of 20: marks are written as they are" in " ".join(filled.said)
    assert rows_of(filled.data)[1][5] == "20.00"
    assert [row[5] for row in rows_of(fill_moodle(text.encode(), CLASS, rescale=True).data)[1:3]] == ["100.00", "62.50"]


def test_a_mark_above_the_maximum_is_not_written_because_moodle_would_pass_over_it():
    filled = fill_moodle(SHEET.replace("20.00", "15.00").encode(), CLASS)
    assert "which Moodle would pass over, so nothing was written (1): Ana López (20)." in " ".join(filled.said)


def test_a_mark_that_waits_for_a_reader_leaves_its_line():
    rows = [student("a", "Ana López", (4, 6, None), ids={"moodle": "101"})]
    filled = fill_moodle(SHEET.encode(), rows, comments={"a": "So far so good."})
    assert filled.data == SHEET.encode() and "Ana López (q5)" in " ".join(filled.said)


def test_a_scale_of_words_is_refused():
    text = 'ID,Bewertung,Skala,"Zuletzt geändert (Bewertung)"\nTeilnehmer/in101,bestanden,"nicht bestanden\nbestanden",-\n'
    with pytest.raises(GradingError, match="scale of words"):
        fill_moodle(text.encode(), CLASS)


@pytest.mark.parametrize(("text", "said"), [
    ("", "empty file"), ("a,b\n1,2\n", "expected a column Identifier"), (SHEET.replace('"Friday', 'x"Friday', 1)[:-3] + ',"', "never closed"),
    (SHEET.replace("20.00,No", "30.00,No"), "the same in every row"),
])
def test_a_file_that_is_no_worksheet_is_refused_in_a_sentence(text, said):
    with pytest.raises(GradingError, match=said) as error:
        fill_moodle(text.encode(), CLASS)
    assert "\n" not in str(error.value)


def test_a_line_with_too_few_fields_is_left_and_said():
    text = SHEET + "Participant 105,Eve Nox\n"
    filled = fill_moodle(text.encode(), CLASS)
    assert filled.data.decode().endswith("Participant 105,Eve Nox\n")
    assert "Line 7 has 2 fields where the head has 12" in " ".join(filled.said)


def test_semicolons_and_windows_text_are_kept_and_said_and_a_comment_fits_any_encoding():
    text = localized("de").replace(",", ";").replace("20;00", "20,00").replace("3;00", "3,00")
    filled = fill_moodle(text.encode("cp1252"), CLASS, comments={"a": "Жаль, Größe"})
    line = filled.data.decode("cp1252").splitlines()[1]
    assert "&#1046;&#1072;&#1083;&#1100;, Größe" in line and line.startswith("Teilnehmer/in101;Ana;-;20,00;\"20,00\";Ja;-;")
    assert "Windows-1252 with semicolons" in " ".join(filled.said)
    assert fill_moodle(filled.data, CLASS, comments={"a": "Жаль, Größe"}).data == filled.data


@given(st.text(max_size=60))
def test_a_comment_is_safe_html_in_one_line_that_no_spreadsheet_runs_and_phps_reader_understands(text):
    made = as_html(text)
    assert made.startswith("<div ") and "\\" not in made
    assert "\n" not in made and "\r" not in made
    inner = made.partition(">")[2].removesuffix("</div>")
    for tag in ("<p>", "</p>", "<br>"):
        inner = inner.replace(tag, "")
    assert not set("<>\"'") & set(inner)


def test_paragraphs_and_lines_of_a_comment_stay_apart():
    assert as_html('a\nb <i>\r\n\r\n=1 "x"').partition(">")[2] == "<p>a<br>b &lt;i&gt;</p><p>=1 &quot;x&quot;</p></div>"


def test_no_head_is_known_for_two_columns():
    heads = [head.casefold() for names in HEADS.values() for head in names]
    assert len(heads) == len(set(heads))


def test_a_head_that_stands_twice_is_not_guessed():
    with pytest.raises(GradingError, match="for the grade"):
        columns(Sheet(b"Identifier,Grade,Grade\nParticipant 1,a,b\n"), {})


@given(st.binary(max_size=120), st.integers(0, len(SHEET)), st.integers(0, 80))
@example(b"\n", 0, 0)
@example(b"9" * 60, SHEET.index("20.00"), 5)
@example(b'"', SHEET.index("20.00"), 0)
def test_a_file_that_is_damaged_anywhere_is_filled_in_or_refused_in_a_sentence(damage, at, gone):
    whole = SHEET.encode()
    data = whole[:at] + damage + whole[at + gone:]
    try:
        filled = fill_moodle(data, CLASS, comments=SAY)
    except GradingError as error:
        assert "\n" not in str(error)
        return
    assert Sheet(filled.data).lines == Sheet(data).lines
    assert all(sentence.endswith((".", "!")) and "\n" not in sentence for sentence in filled.said)


def test_a_file_that_was_not_graded_has_its_comment_and_no_grade():
    filled = fill_moodle(SHEET.encode(), [ungraded("a", "Ana López", ids={"moodle": "101"}), CLASS[1]], comments={"a": "Send it again."}, so_far=True)
    line = rows_of(filled.data)[1]
    assert (line[5], line[11]) == ("", as_html("Send it again."))
    assert any(said.startswith("Not written, because the file could not be read") and "Ana López" in said for said in filled.said)
