"""A class of exercise 03 goes the whole way, as root from a folder and as an ordinary user from a Moodle zip: the marks are the
same, a second run grades nothing, questions of one's own stay unseen, and the marks come out for Moodle and for the students."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import ordinary
import pytest
from small_class import marks, reasons

from analogies import kit
from analogies.check import questions as public
from analogies.grading.gradebook.book import Gradebook

SLUG = "03-syria-2015"
POINTS = {"q1": 3, "q2": 4, "q3": 4, "q4": 6}
READ = {"q5": None, "q6": None}
USERS = ["root", "ordinary user"] if os.geteuid() == 0 else ["ordinary user"]


def notebook(folder):
    return json.loads((kit.root() / folder / f"{SLUG}.ipynb").read_text(encoding="utf-8"))


def source(name):
    cell = next(c for c in notebook("solutions")["cells"] if c["metadata"].get("nbgrader", {}).get("grade_id") == name)
    return "".join(cell["source"])


REFERENCE = {name: source(name) for name in (*POINTS, *READ)}
WRONG = {"q1": "present, served, sorties_a_day = 63012, 4000, 'many'", "q2": "before = after = 1.0", "q3": "q3 = ['syria-2015-first-strikes']",
         "q4": "differences = ['war', 'oil', 'distance']"}
HOSTILE = {
    "ends Python": ("import os\nos._exit(0)", "it ended Python"),
    "never ends": ("while True:\n    try:\n        while True: pass\n    except BaseException: pass", "it was still running after 3 seconds"),
    "equals everything": ("class Yes(list):\n    __eq__ = lambda s, o: True\n    __hash__ = None\nq3 = Yes()", "unsupported: Yes"),
    "prints without end": ("while True: print('x' * 1000)", "it printed more than"),
    "reads the questions": ("q3 = open({there!r}).read()", "it raised FileNotFoundError"),
}


def answered(answers):
    book = notebook("exercises")
    for cell in book["cells"]:
        name = cell["metadata"].get("nbgrader", {}).get("grade_id")
        if name in answers:
            cell["source"] = answers[name]
    return json.dumps(book)


def the_class(there):
    """Student -> notebook, and the marks that are due."""
    half = {name: REFERENCE[name] for name in ("q1", "q3", "q5")}
    found = {"Anna Ünlü": (REFERENCE, POINTS | READ), "Blank": ({}, dict.fromkeys((*POINTS, *READ), 0)),
             "Half": (half, {"q1": 3, "q2": 0, "q3": 4, "q4": 0, "q5": None, "q6": 0}),
             "王小明": (WRONG, None)}
    for name, (code, _) in HOSTILE.items():
        found[name] = (REFERENCE | {"q3": code.format(there=there)}, POINTS | READ | {"q3": 0})
    return found


@pytest.fixture(scope="module", params=USERS)
def desk(request):
    """A folder in which a user graded the class, with private questions: its path, the command, the user, and the first run."""
    here = Path(tempfile.mkdtemp(prefix="desk-"))  # pytest's own folders are closed to other users
    here.chmod(0o777)
    with_others = request.param != "root"
    mine = here / "mine"
    mine.mkdir()
    mine.chmod(0o755)
    shutil.copy(Path(public.__path__[0], "03_syria_2015.py"), mine)
    (mine / "03_syria_2015.py").chmod(0o644)
    work = {student: answered(answers) for student, (answers, _) in the_class(str(mine / "03_syria_2015.py")).items()}
    if not with_others:
        for student, text in work.items():
            path = here / "class" / student / f"{SLUG}.ipynb"
            path.parent.mkdir(parents=True)
            path.write_text(text, encoding="utf-8")
    else:
        with zipfile.ZipFile(here / "class.zip", "w") as packed:
            for number, (student, text) in enumerate(work.items(), start=1001):
                packed.writestr(f"{student}_{number}_assignsubmission_file_/{SLUG}.ipynb", text)
        (here / "class.zip").chmod(0o644)
    given = here / ("class.zip" if with_others else "class")

    def typed(*arguments):
        program = ["-m", "analogies.cli", *map(str, arguments)]
        command = ordinary.command(*program) if with_others else [sys.executable, *program]
        return subprocess.run(command, cwd=here, capture_output=True, text=True, timeout=600, check=False)

    def grade(*more):
        return typed("grade", given, "--exercise", SLUG, "--questions", mine, "--seconds", "3", *more)

    yield here, typed, grade, grade("--out", "marks.csv")
    shutil.rmtree(here)


def test_each_student_has_the_marks_that_are_due_and_no_cheat_costs_another_anything(desk):
    here, _, _, done = desk
    assert done.returncode == 0 and "Traceback" not in done.stderr + done.stdout, done.stderr[-3000:]
    assert "runs isolated (" in done.stderr and "ran isolated (" in done.stdout
    with Gradebook(here / "gradebook.db") as book:
        by_name = {row.student.name or row.student.key: row.student.key for row in book.rows(SLUG)}
        for student, (_, due) in the_class("").items():
            if due:
                assert marks(book, SLUG)[by_name[student]] == due, student
        for student, (_, why) in HOSTILE.items():
            assert why in reasons(book, by_name[student], SLUG), student
        wrong = marks(book, SLUG)[by_name["王小明"]]
        assert all(0 <= wrong[name] < points for name, points in POINTS.items())


def test_the_whole_class_is_shown_and_written_and_nothing_of_it_changed(desk):
    here, _, _, done = desk
    for student in the_class(""):
        assert student in done.stdout
    assert len((here / "marks.csv").read_text(encoding="utf-8-sig").splitlines()) >= len(the_class("")) + 1
    if (here / "class").is_dir():
        assert len(list((here / "class").rglob("*"))) == 2 * len(the_class(""))


def test_a_second_run_grades_nothing_and_a_changed_question_is_graded_again_alone(desk):
    here, _, grade, _ = desk
    assert f"0 graded now, {len(the_class(''))} were graded before" in grade().stdout
    path = here / "mine" / "03_syria_2015.py"
    text = path.read_text(encoding="utf-8")
    path.write_text(text + "\n\nimport dataclasses\n\nfrom ..outcome import judge, needs\n\n\ndef _none(values):\n"
                    "    return judge(needs(False, 'Nothing is right today.', 3))\n\n\n"
                    "QUESTIONS = tuple(dataclasses.replace(q, mark=_none) if q.id == 'q1' else q for q in QUESTIONS)\n", encoding="utf-8")
    refused = grade("--regrade", "q1")
    assert refused.returncode == 1 and "nothing was graded, because the solution earns 0 of 3 points for q1" in refused.stderr
    path.write_text(text + "\n\nimport dataclasses\n\nfrom ..outcome import judge, needs\n\n\ndef _some(values):\n"
                    "    return judge(needs(values['present'] is not None, 'Something is said.', 3))\n\n\n"
                    "QUESTIONS = tuple(dataclasses.replace(q, mark=_some) if q.id == 'q1' else q for q in QUESTIONS)\n", encoding="utf-8")
    again = grade("--regrade", "q1")
    path.write_text(text, encoding="utf-8")
    assert again.returncode == 0, again.stderr[-2000:]
    assert "Marks that changed: 1" in again.stdout and "王小明" in again.stdout.partition("Marks that changed")[2]


def test_the_marks_go_to_moodle_and_a_page_to_each_student(desk):
    here, typed, _, _ = desk
    first = next(iter(the_class("")))
    with Gradebook(here / "gradebook.db") as book:
        key = next(row.student.key for row in book.rows(SLUG) if first in (row.student.name, row.student.key))
    done = typed("mark", SLUG, "--question", "q5", "--student", key, "claim=2", "evidence=3", "judgement=1", "--comment", "Good sources.")
    assert (done.returncode, done.stdout) == (0, f"{first}, q5: 6 of 8.\n"), done.stderr
    pages = typed("feedback", SLUG)
    assert pages.returncode == 0 and f"{len(the_class(''))} pages written" in pages.stdout, pages.stderr
    made = next(path for path in (here / f"feedback-{SLUG}").glob("*.html") if "Good sources." in path.read_text(encoding="utf-8"))
    assert "ndifferences" not in made.read_text(encoding="utf-8")
    if (here / "class.zip").exists():
        sheet = ("Identifier,Full name,Email address,Status,Grade,Maximum Grade,Grade can be changed,Last modified (submission),"
                 "Last modified (grade),Feedback comments\nParticipant 1002,Blank,b@example.org,Submitted,,35.00,Yes,-,-,\n")
        (here / "worksheet.csv").write_text(sheet, encoding="utf-8")
        filled = typed("export", SLUG, "--moodle", "worksheet.csv")
        assert filled.returncode == 0, filled.stderr
        assert "Participant 1002,Blank,b@example.org,Submitted,0.00,35.00" in (here / "worksheet-filled.csv").read_text(encoding="utf-8-sig")


def test_the_answer_cells_of_the_class_are_those_of_the_exercise():
    assert set(REFERENCE) == {
        c["metadata"]["nbgrader"]["grade_id"] for c in notebook("exercises")["cells"] if c["metadata"].get("nbgrader", {}).get("solution")}
