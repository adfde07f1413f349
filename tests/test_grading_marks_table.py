"""The marks of a class can be read in any width, and nothing in a name or a sentence changes what is shown."""

import csv
import io

import pytest
from rich.cells import cell_len
from rich.console import Console

from analogies.grading import marks_table
from analogies.grading.gradebook.entries import NOT_GRADED, Asked, Change, Row, Standing
from analogies.grading.score import TO_MARK
from analogies.grading.submission import Student


def row(name, marks, *oddities, late=False, isolation="isolated (all)"):
    standings = {q: Standing(q, earned, 4, TO_MARK if earned is None else "PASS") for q, earned in marks.items()}
    return Row(Student(name), f"{name}.ipynb", None, late, 1, oddities, isolation, standings)


def asked(many):
    return [Asked(f"q{n}", 4, "auto") for n in range(1, many + 1)]


def shown(rows, questions, width):
    out = io.StringIO()
    console = Console(file=out, width=width)
    console.print(marks_table.table(rows, questions, title="Marks for 01-small", width=width))
    return out.getvalue()


def test_a_mark_a_part_of_one_and_one_that_waits_are_told_apart():
    text = shown([row("anna", {"q1": 2.5, "q2": None, "q3": 0})], asked(3), 80)
    assert text.split("anna")[1].split() == ["2.5", "?", "0", "2.5+?"]
    assert "q1" in text and "/4" in text and "/12" in text


@pytest.mark.parametrize("width", [40, 80, 200])
@pytest.mark.parametrize("many", [1, 6, 30])
def test_each_line_fits_and_each_mark_of_each_student_is_shown(width, many):
    rows = [row(f"student {n}", {f"q{q}": q % 5 + n / 4 for q in range(1, many + 1)}) for n in range(5)]
    text = shown(rows, asked(many), width)
    assert max(map(cell_len, text.splitlines())) <= width
    cells = [line.split() for line in text.splitlines() if line.strip().startswith("student 3")]
    marks = [cell for line in cells for cell in line[2:]]
    assert marks[:-1] == [f"{q % 5 + 0.75:g}" for q in range(1, many + 1)]


def test_long_names_in_any_script_are_cut_and_leave_the_marks_readable():
    names = ["Bartholomew Featherstonehaugh-Cholmondeley the Younger", "王小明" * 12, "علي " * 20, "e\u0301" * 60]
    text = shown([row(name, {f"q{n}": 3 for n in range(1, 7)}) for name in names], asked(6), 80)
    assert max(map(cell_len, text.splitlines())) <= 80
    assert sum(line.split()[-7:] == ["3"] * 6 + ["18"] for line in text.splitlines()) == 4


def test_a_name_is_cut_only_where_it_would_push_questions_aside():
    rows = [row("Maximiliane von und zu Hohenlohe-Waldenburg", {"q1": 3, "q2": 4})]
    assert "Maximiliane von und zu Hohenlohe-Waldenburg" in shown(rows, asked(2), 80)
    assert "Maximiliane von und zu Ho…" in shown(rows, asked(12), 80)


def test_the_foot_names_the_questions_again_and_gives_their_means_where_all_are_marked():
    rows = [row("a", {"q1": 1, "q2": 4}), row("b", {"q1": 2, "q2": None})]
    assert [line.split() for line in shown(rows, asked(2), 80).splitlines()[-3:-1]] == [["Mean", "1.5", "-", "-"], ["q1", "q2", "Total"]]


def test_a_late_student_is_marked_as_late_and_where_none_is_no_room_is_lost():
    assert "late" in shown([row("a", {"q1": 1}, late=True), row("b", {"q1": 1})], asked(1), 80)
    assert "late" not in shown([row("b", {"q1": 1})], asked(1), 80)


def test_a_name_is_shown_as_it_is_and_moves_no_cursor():
    text = shown([row("[red]x[/red]\x1b[2J\n\u202eevil", {"q1": 1})], asked(1), 80)
    assert "[red]x[/red] [2J" in text and "\x1b[2J" not in text and "\u202e" not in text


def test_what_was_odd_is_said_by_student_and_once_where_it_is_said_of_many():
    rows = [row(f"s{n}", {"q1": 1}, "The answer cell of q1 is missing.") for n in range(7)] + [row("z", {"q1": 0}, "Torn.")]
    assert marks_table.odd(rows) == ["z: Torn.", "7 students: The answer cell of q1 is missing. (s0, s1, s2, s3, s4, s5, s6)"]


def test_it_is_said_how_the_code_behind_the_marks_was_run():
    rows = [row("a", {}), row("b", {}), row("c", {}, isolation="NOT ISOLATED"), row("d", {}, isolation="")]
    assert marks_table.isolations(rows) == ["No code was run: 1 student.", "Students' code ran NOT ISOLATED: 1 student.",
                                            "Students' code ran isolated (all): 2 students."]


def test_answers_that_wait_for_a_reader_are_counted():
    assert marks_table.waiting([row("a", {"q1": None, "q2": 1}), row("b", {"q1": None})]) == 2


def changes():
    before, after = Standing("q1", 1, 4, "NOT YET"), Standing("q1", 2.5, 4, "NOT YET")
    return [Change(Student("=1+1", "=1+1"), "q1", before, after, "the checks changed"),
            Change(Student("b"), "q2", None, Standing("q2", None, 4, TO_MARK), "[bold]new[/bold];|cmd")]


def test_a_difference_is_shown_with_student_question_before_after_and_why():
    out = io.StringIO()
    Console(file=out, width=100).print(marks_table.differences(changes()))
    line = next(line for line in out.getvalue().splitlines() if "=1+1" in line)
    assert line.split() == ["=1+1", "q1", "1", "of", "4", "2.5", "of", "4", "the", "checks", "changed"]
    assert "[bold]new[/bold]" in out.getvalue() and "Marks that changed: 2" in out.getvalue()


def test_the_differences_as_csv_hold_no_formula():
    rows = list(csv.DictReader(io.StringIO(marks_table.differences_csv(changes()))))
    assert rows[0] == {"student": "'=1+1", "question": "q1", "before": "1 of 4", "after": "2.5 of 4", "why": "the checks changed"}
    assert rows[1]["why"] == "[bold]new[/bold];'|cmd" and rows[1]["before"] == "" and rows[1]["student"] == "b"


def ungraded(name, *questions):
    return Row(Student(name), f"{name}.ipynb", None, False, 1, (), "", {q: Standing(q, None, 4, NOT_GRADED) for q in questions})


def test_a_file_that_was_not_graded_is_no_zero_in_the_table_and_in_no_mean():
    lines = [line.split() for line in shown([row("a", {"q1": 4, "q2": 2}), ungraded("torn", "q1", "q2")], asked(2), 80).splitlines()]
    assert ["torn", "–", "–", "–"] in lines and ["Mean", "4.0", "2.0", "6.0"] in lines
    assert marks_table.waiting([ungraded("torn", "q1")]) == 0


def test_whose_answer_was_handed_in_anew_after_it_was_marked_is_named():
    said = ("This answer was handed in anew after it was marked on 29 November 2026.",)
    by_hand = Row(Student("c", "Chloé"), "c.ipynb", None, False, 1, (), "", {"q6": Standing("q6", 3, 4, "MARKED", said, by="eva")})
    assert marks_table.anew([row("a", {"q6": 2}), by_hand]) == [
        "Handed in anew after you marked it (1): Chloé (q6). The mark stays until you mark again."]
    assert marks_table.anew([row("a", {"q6": 2})]) == []
