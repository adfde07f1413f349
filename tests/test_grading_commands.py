"""What an instructor types and reads: grade, mark, export and feedback, from a class to marks, with one sentence for an error."""

import csv
import io
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from small_class import QUESTIONS, RIGHT, SLUG, Kit, marks
from sqlalchemy import make_url
from typer.testing import CliRunner

from analogies import cli
from analogies import kit as clone
from analogies.check.rubric import read_rubrics
from analogies.grading import batch, commands
from analogies.grading.batch import grade_batch
from analogies.grading.engine import close_sandboxes
from analogies.grading.gradebook.book import Gradebook


@pytest.fixture(scope="module")
def kit(tmp_path_factory):
    kit = Kit(tmp_path_factory.mktemp("kit") / "clone")
    for folder in ("exercises", "solutions"):
        shutil.copytree(kit.root / folder, kit.questions_dir / folder)
    return kit


@pytest.fixture(scope="module")
def graded(kit, tmp_path_factory):
    """A folder with a class that was graded, and what was said."""
    here = tmp_path_factory.mktemp("desk")
    kit.hand_in(here / "class", "anna", **RIGHT)
    kit.hand_in(here / "class", "ben", q1="q1 = 3", q3="It is not.")
    (here / "class" / "torn.ipynb").write_text("{", encoding="utf-8")
    done = typed(here, "grade", "class", "--exercise", SLUG, "--questions", str(kit.questions_dir), "--workers", "1", "--out", "out/m.csv")
    return here, done


@pytest.fixture
def desk(graded, tmp_path, monkeypatch):
    """A copy of that folder, which is the current one."""
    shutil.copytree(graded[0], tmp_path / "desk")
    monkeypatch.chdir(tmp_path / "desk")
    return tmp_path / "desk"


def typed(where, *arguments, width=100):
    before = Path.cwd()
    os.chdir(where)
    try:
        return CliRunner().invoke(cli.app, list(map(str, arguments)), env={"COLUMNS": str(width)})
    finally:
        os.chdir(before)
        close_sandboxes()


def test_a_class_is_graded_into_a_gradebook_and_what_to_do_next_is_said(graded):
    here, done = graded
    assert done.exit_code == 0, done.output
    lines = {line.split()[0]: line.split() for line in done.stdout.splitlines() if line.split()}
    assert lines["anna"] == ["anna", "4", "4", "?", "8+?"] and lines["ben"] == ["ben", "0", "0", "?", "0+?"]
    assert "torn: Nothing was graded: torn.ipynb is no complete notebook" in done.stdout
    assert re.search(r"Students' code ran isolated \(.+\): 2 students\.", done.stdout), "with the marks"
    assert re.search(r"Students' code runs isolated \(.+\)\. 3 submissions, 1 worker\.", done.stderr), "and before them"
    assert f"3 graded now, 0 were graded before. The gradebook: {here / 'gradebook.db'}" in done.stdout
    assert f"2 written answers wait for a reader: analogies mark {SLUG}\n" in done.stdout
    assert "analogies export" in done.stdout and "analogies feedback" in done.stdout


def test_the_marks_are_written_as_csv_where_it_is_asked_for_and_nothing_is_overwritten(kit, desk):
    rows = list(csv.DictReader(io.StringIO((desk / "out" / "m.csv").read_text(encoding="utf-8-sig"))))
    assert [(row["student"], row["q1"], row["q3"], row["total_so_far"]) for row in rows] == [
        ("anna", "4", "", "8"), ("ben", "0", "", "0"), ("torn", "", "", "")]
    again = typed(desk, "grade", "class", "--exercise", SLUG, "--questions", kit.questions_dir, "--workers", "1", "--out", "out/m.csv")
    assert "0 graded now, 3 were graded before" in again.stdout and "Written: out/m-2.csv" in again.stdout
    assert sorted(path.name for path in (desk / "out").iterdir()) == ["m-2.csv", "m.csv"]


def test_a_regrade_shows_what_changed_and_writes_it_beside_the_marks(kit, desk):
    kit.ask(QUESTIONS.replace('v["q1"] == 2', 'v["q1"] in (2, 3)'))
    try:
        done = typed(desk, "grade", "class", "--exercise", SLUG, "--questions", kit.questions_dir, "--workers", "1", "--regrade", "q1",
                     "--out", "marks.csv")
    finally:
        kit.ask(QUESTIONS)
    assert done.exit_code == 0, done.output
    line = next(line.split() for line in done.stdout.splitlines() if "0 of 4" in line)
    assert line == ["ben", "q1", "0", "of", "4", "4", "of", "4", "the", "checks", "changed"]
    assert (desk / "marks-changes.csv").read_text() == "student,question,before,after,why\nben,q1,0 of 4,4 of 4,the checks changed\n"


@pytest.mark.parametrize("arguments, why", [
    (("none", "--exercise", SLUG), "none was not found"),
    (("empty", "--exercise", SLUG), "empty"),
    (("class", "--exercise", "03-syria"), "No exercise is called '03-syria'. There are: 01-reading-the-articles"),
    (("class", "--exercise", SLUG, "--deadline", "soon"), "--deadline: expected a time such as 2026-11-29T23:59"),
    (("class", "--exercise", SLUG, "--attempt", "best"), "--attempt: expected last, first, all or a number"),
    (("class", "--exercise", SLUG, "--regrade", "q7"), "--regrade: q7 is no question of this exercise; expected one of q1, q2, or all"),
    (("class", "--exercise", SLUG, "--questions", "empty"), "empty: expected 01_small.py in it"),
    (("class", "--exercise", SLUG, "--gradebook", "class/torn.ipynb"), "class/torn.ipynb: this file is no gradebook"),
    (("class", "--exercise", SLUG, "--gradebook", "none/g.db"), "none/g.db: there is no folder none"),
])
def test_a_slip_of_the_hand_is_one_sentence_and_makes_no_gradebook(kit, desk, arguments, why):
    (desk / "empty").mkdir()
    (desk / "gradebook.db").unlink()
    if "--questions" not in arguments and "03-syria" not in arguments:
        arguments = (*arguments, "--questions", str(kit.questions_dir))
    done = typed(desk, "grade", *arguments)
    assert done.exit_code == 1 and done.stderr.startswith(why) and done.stdout == ""
    assert "Traceback" not in done.output and not (desk / "gradebook.db").exists()


@pytest.mark.parametrize("command", ["mark", "export", "feedback"])
def test_without_a_gradebook_the_others_say_what_to_run_first_and_make_none(desk, command):
    (desk / "gradebook.db").unlink()
    more = ("--csv", "m.csv") if command == "export" else ()
    done = typed(desk, command, SLUG, *more)
    assert done.exit_code == 1 and done.stderr.startswith("gradebook.db: expected a gradebook, found nothing of that name; first run: ")
    assert not (desk / "gradebook.db").exists()


def test_an_exercise_that_was_never_graded_is_told_so(desk):
    done = typed(desk, "mark", "02-venezuela-2019")
    assert done.exit_code == 1 and "nothing of 02-venezuela-2019 is in this gradebook; first run: " in done.stderr


def test_a_slug_that_is_cut_short_is_told_which_one_may_be_meant(desk):
    for slip in ("syria", "03-syrai-2015"):
        assert "did you mean 03-syria-2015?" in typed(desk, "mark", slip).stderr


def test_the_answers_that_wait_are_those_of_the_whole_gradebook(kit, desk):
    kit.hand_in(desk / "later", "carl", q3="Perhaps.")
    done = typed(desk, "grade", "later", "--exercise", SLUG, "--questions", kit.questions_dir, "--workers", "1")
    assert "3 written answers wait for a reader" in done.stdout, done.output


def test_written_answers_are_read_question_by_question_and_how_to_mark_one_is_said(desk):
    done = typed(desk, "mark", SLUG)
    assert "## q3: 5 points, 2 answers" in done.stdout and "> Because it is so." in done.stdout and "> It is not." in done.stdout
    assert "2 of 2 answers wait for a mark" in done.stdout and "--question q3 --student anna --points POINTS" in done.stdout
    one = typed(desk, "mark", SLUG, "--student", "ben")
    assert "> It is not." in one.stdout and "Because it is so" not in one.stdout


def test_a_mark_by_hand_stands_in_the_table_and_after_a_regrade(kit, desk):
    done = typed(desk, "mark", SLUG, "--student", "anna", "--points", "4.5", "--comment", "Well said.")
    assert (done.exit_code, done.stdout) == (0, "anna, q3: 4.5 of 5.\n"), done.output
    again = typed(desk, "grade", "class", "--exercise", SLUG, "--questions", kit.questions_dir, "--workers", "1", "--regrade", "all")
    assert again.exit_code == 0, again.output
    assert next(line.split() for line in again.stdout.splitlines() if "anna" in line) == ["anna", "4", "4", "4.5", "12.5"]
    assert "No mark changed." in again.stdout


def test_a_mark_is_taken_back_with_a_reason_and_every_mark_there_was_is_shown(desk):
    anna = ("mark", SLUG, "--student", "anna", "--question", "q3")
    typed(desk, *anna, "--points", "4.5", "--comment", "Well said.")
    silent = typed(desk, *anna, "--take-back")
    assert silent.exit_code == 1 and "say the reason" in silent.stderr
    done = typed(desk, *anna, "--take-back", "--why", "the wrong student")
    assert (done.exit_code, done.stdout) == (0, "anna, q3: taken back; to be read (of 5).\n"), done.output
    assert typed(desk, *anna, "--take-back", "--why", "again").stderr.startswith("anna has no mark by hand for q3")
    head, *shown = typed(desk, *anna, "--history").stdout.splitlines()
    assert head == "anna, q3:" and len(shown) == 4 and shown[3] == "Counts now: to be read (of 5)."
    assert "to be read (of 5)" in shown[0] and "gave 4.5 of 5. Comment: Well said." in shown[1]
    assert "took back the mark of 4.5 of 5, because: the wrong student." in shown[2]


def test_a_student_s_key_is_quoted_for_the_shell_in_the_command_that_is_shown(kit, tmp_path):
    key = "o'neil $(touch owned)"
    kit.hand_in(tmp_path / "class", key, **RIGHT)
    typed(tmp_path, "grade", "class", "--exercise", SLUG, "--questions", kit.questions_dir, "--workers", "1")
    line = next(line for line in typed(tmp_path, "mark", SLUG).stdout.splitlines() if "--student" in line)
    with Gradebook(tmp_path / "gradebook.db") as book:
        assert book.rows(SLUG)[0].student.key == key
    pasted = line.replace("analogies", "printf '%s\\n'", 1)
    done = subprocess.run(["sh", "-c", pasted], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[5] == key and not (tmp_path / "owned").exists()


def test_the_password_of_a_database_is_never_shown(kit, desk, monkeypatch):
    def on_a_server(path, slug, *, gradebook, **options):
        run = grade_batch(path, slug, gradebook=desk / "gradebook.db", **options)
        run.gradebook.name = make_url(gradebook).render_as_string()  # as a gradebook on a server is called
        return run

    monkeypatch.setattr(batch, "grade_batch", on_a_server)
    done = typed(desk, "grade", "class", "--exercise", SLUG, "--questions", kit.questions_dir, "--workers", "1",
                 "--gradebook", "postgresql+psycopg://ana:geheim@host/marks")
    assert "--gradebook 'postgresql+psycopg://ana:***@host/marks'" in done.stdout and "geheim" not in done.output
    for kind in ("Nothing", "no-thing"):
        slip = typed(desk, "mark", SLUG, "--gradebook", f"{kind}://ana:geheim@host/marks")
        assert slip.exit_code == 1 and "ana:***@host/marks" in slip.stderr and "geheim" not in slip.output


def test_a_comment_alone_keeps_the_mark_that_stands_and_without_one_it_is_refused(desk):
    assert typed(desk, "mark", SLUG, "--student", "anna", "--comment", "Hm.").exit_code == 1
    typed(desk, "mark", SLUG, "--student", "anna", "--points", "4")
    assert "anna, q3: 4 of 5." in typed(desk, "mark", SLUG, "--student", "anna", "--comment", "Hm.").stdout
    with Gradebook(desk / "gradebook.db") as book:
        assert book.rows(SLUG)[0].marks["q3"].comment == "Hm."


@pytest.mark.parametrize("arguments, why", [
    (("--student", "ann", "--points", "3"), "--student: nobody in gradebook.db is called 'ann'; did you mean anna?"),
    (("--student", "anna", "--points", "6"), "q3: expected 0 to 5 points, found 6"),
    (("--student", "anna", "claim=2"), "q3"),
    (("--student", "anna", "claim"), "expected CRITERION=LEVEL with a whole number, such as claim=2, found 'claim'"),
    (("--points", "3"), "analogies mark: say whose answer is marked, with --student"),
    (("--student", "anna", "--question", "q9", "--points", "3"), "01-small has no question 'q9'; it has q1, q2, q3."),
    (("--sheet", "none.csv"), "none.csv: No such file"),
    (("--take-back", "--student", "anna"), "analogies mark --take-back: say whose mark and of which question"),
    (("--history", "--question", "q3"), "analogies mark --history: say whose mark and of which question"),
    (("--history", "--question", "q9", "--student", "anna"), "01-small has no question 'q9'; it has q1, q2, q3."),
    (("--take-back", "--question", "q3", "--student", "anna", "--points", "3"), "analogies mark --take-back: expected nothing but"),
])
def test_a_mark_that_cannot_be_given_is_one_sentence(desk, arguments, why):
    done = typed(desk, "mark", SLUG, *arguments)
    assert done.exit_code == 1 and done.stderr.startswith(why) and "Traceback" not in done.output
    with Gradebook(desk / "gradebook.db") as book:
        assert marks(book)["anna"]["q3"] is None


def test_a_sheet_is_written_filled_in_and_taken_back(desk):
    assert "Written: sheet.csv" in typed(desk, "mark", SLUG, "--write-sheet", "sheet.csv").stdout
    with (desk / "sheet.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    for row, points in zip(rows, ("5", ""), strict=True):
        row["points"] = points
    with (desk / "filled.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    assert typed(desk, "mark", SLUG, "--sheet", "filled.csv").stdout == "1 mark kept from filled.csv.\n"
    with Gradebook(desk / "gradebook.db") as book:
        assert (marks(book)["anna"]["q3"], marks(book)["ben"]["q3"]) == (5, None)
    assert "Written: page.md" in typed(desk, "mark", SLUG, "--write-sheet", "page.md").stdout
    assert (desk / "page.md").read_text(encoding="utf-8").startswith(f"# {SLUG}: written answers to mark")


def test_marks_by_levels_use_the_rubric_of_the_lesson(desk, monkeypatch):
    rubric = read_rubrics(clone.root() / "lessons" / "03-syria-2015" / "rubric.yml")["q5"]
    monkeypatch.setattr(commands, "_rubrics", lambda slug: {"q3": rubric})
    refused = typed(desk, "mark", SLUG, "--student", "anna", "claim=2", "evidence=1", "judgement=3")
    assert refused.exit_code == 1 and "8" in refused.stderr and "5" in refused.stderr  # a rubric of 8 points for a question of 5


def test_marks_are_exported_in_one_way_at_a_time(desk):
    assert typed(desk, "export", SLUG, "--csv", "m.csv").stdout == "Written: m.csv\n"
    assert typed(desk, "export", SLUG, "--csv", "m.csv").stdout == "Written: m-2.csv\n"
    for more in ((), ("--csv", "a", "--canvas", "b")):
        done = typed(desk, "export", SLUG, *more)
        assert done.exit_code == 1 and "expected one of --csv, --canvas, --moodle and --nbgrader" in done.stderr


def test_the_file_of_canvas_is_filled_in_beside_it_and_students_who_wait_are_named(desk):
    given = "Student,ID,SIS Login ID,Section,A small exercise (4711)\n    Points Possible,,,,13\nanna,1,anna,S,\nben,2,ben,S,\ntorn,3,torn,S,\n"
    (desk / "canvas.csv").write_text(given, encoding="utf-8")
    done = typed(desk, "export", SLUG, "--canvas", "canvas.csv", "--assignment", "4711")
    assert done.exit_code == 0 and "anna (q3)" in done.stdout and "Written: canvas-filled.csv" in done.stdout
    assert (desk / "canvas.csv").read_text(encoding="utf-8") == given
    assert "could not be read or is of another exercise, so ask for it again (1): torn." in done.stdout
    assert (desk / "canvas-filled.csv").read_text(encoding="utf-8") == given
    so_far = typed(desk, "export", SLUG, "--canvas", "canvas.csv", "--assignment", "4711", "--so-far", "--out", "so-far.csv")
    assert so_far.exit_code == 0 and "anna,1,anna,S,8" in (desk / "so-far.csv").read_text(encoding="utf-8")
    missing = typed(desk, "export", SLUG, "--canvas", "none.csv")
    assert missing.exit_code == 1 and missing.stderr.startswith("none.csv: No such file")


def test_a_page_for_each_student_is_written_and_written_again(desk):
    done = typed(desk, "feedback", SLUG)
    assert done.exit_code == 0 and f"3 pages written to {desk / f'feedback-{SLUG}'}" in done.stdout
    assert "The stock is 10." not in (desk / f"feedback-{SLUG}" / "anna.html").read_text(encoding="utf-8")
    assert typed(desk, "feedback", SLUG).exit_code == 0
    assert len(list((desk / f"feedback-{SLUG}").glob("*.html"))) == 3


def test_a_course_for_nbgrader_needs_no_gradebook(tmp_path):
    done = typed(tmp_path, "export", "03-syria-2015", "--nbgrader", "course")
    assert done.exit_code == 0 and (tmp_path / "course" / "source" / "03-syria-2015" / "03-syria-2015.ipynb").is_file()


def test_ctrl_c_at_the_terminal_finishes_keeps_and_says_how_to_go_on(kit, tmp_path):
    for n in range(12):
        kit.hand_in(tmp_path / "class", f"s{n:02}", **RIGHT | {"q1": "import time\ntime.sleep(0.5)\nq1 = 2"})
    command = [sys.executable, "-m", "analogies.cli", "grade", "class", "--exercise", SLUG, "--questions", str(kit.questions_dir),
               "--workers", "1"]
    run = subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True)
    for line in run.stderr:
        if "Students' code runs" in line:
            break
    time.sleep(1)
    os.killpg(run.pid, signal.SIGINT)  # as a terminal does: to every process of the group
    out, said = run.communicate(timeout=120)
    kept = re.search(r"Stopped: (\d+) of 12 are kept\. The same command goes on with the others\.", said)
    assert run.returncode == 130 and kept and "Traceback" not in said
    with Gradebook(tmp_path / "gradebook.db") as book:
        assert marks(book) == {f"s{n:02}": {"q1": 4, "q2": 4, "q3": None} for n in range(int(kept[1]))}
    assert "0 graded now" not in out and f"{kept[1]} graded now" in out


def test_the_same_marks_whoever_asks_for_them_are_kept_with_their_name(graded):
    with Gradebook(graded[0] / "gradebook.db") as book:
        assert book.history(SLUG, "anna", "q1")[0].why == "graded"
