"""One submission is graded by itself: right, half right, blank, broken and hostile ones, in this process or in another."""

import json
import os
import pickle
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path

import nbformat
import pytest
from small_class import QUESTIONS, RIGHT, SLUG, Kit, all_end, cell_of, descendants

from analogies.grading import engine
from analogies.grading.engine import close_sandboxes, grade_one, prove
from analogies.grading.job import exercise_of, job_for
from analogies.grading.sandbox.trusted import Limits
from analogies.grading.submission import GradingError, Handed, Student

ENDLESS = "while True: pass"


@pytest.fixture(scope="module")
def kit(tmp_path_factory):
    return Kit(tmp_path_factory.mktemp("kit") / "clone")


@pytest.fixture(scope="module")
def job(kit):
    yield job_for(SLUG, **kit.here, limits=Limits(seconds_a_cell=3))
    close_sandboxes()


@pytest.fixture
def grade(kit, job, tmp_path):
    def graded(student="anna", book=None, **answers):
        path = kit.hand_in(tmp_path, student, **answers)
        if book is not None:
            path.write_text(json.dumps(book), encoding="utf-8")
        return grade_one(job, Handed(Student(student), path))

    return graded


def marks(graded):
    return {mark.question: mark.earned for mark in graded.marks}


def reasons(graded):
    return " ".join([*graded.oddities, *(said for mark in graded.marks for said in mark.said)])


def test_right_answers_earn_all_automatic_marks_and_prose_waits_for_a_reader(grade):
    graded = grade(**RIGHT)
    assert marks(graded) == {"q1": 4, "q2": 4, "q3": None}
    assert graded.oddities == () and graded.written == {"q3": "Because it is so."}
    assert graded.cpu > 0 and graded.own > 0 and graded.peak > 0 and graded.isolation.startswith("isolated")


def test_a_blank_exercise_earns_nothing_and_leaves_nothing_to_read(grade):
    graded = grade()
    assert marks(graded) == {"q1": 0, "q2": 0, "q3": 0} and graded.written == {}


def test_a_cell_that_did_not_finish_is_among_what_was_odd(grade):
    assert any(said.startswith("q1 did not finish: it raised ZeroDivisionError") for said in grade(q1="1 / 0").oddities)


def test_a_half_right_answer_earns_half_and_is_told_what_is_missing(grade):
    graded = grade(q1="q1 = 3", q2="stock = 10\nflow = None")
    assert marks(graded) == {"q1": 0, "q2": 2, "q3": 0}
    assert "The flow is 20." in reasons(graded) and "The stock is 10." not in reasons(graded)


@pytest.mark.parametrize("source, why", [
    ("import os\nos._exit(0)", "it ended Python"),
    (ENDLESS, "it was still running after 3 seconds"),
    ("1 / 0", "it raised ZeroDivisionError"),
])
def test_a_cell_that_does_not_finish_costs_its_own_question_alone_and_says_why(grade, source, why):
    graded = grade(**RIGHT | {"q1": source})
    assert marks(graded) == {"q1": 0, "q2": 4, "q3": None}
    assert f"The answer cell of q1 did not finish: {why}" in reasons(graded)


def test_an_object_that_equals_everything_earns_nothing_and_the_next_student_is_marked_right(grade):
    strange = grade(**RIGHT | {"q1": "class E:\n    __eq__ = lambda s, o: True\nq1 = E()"})
    assert marks(strange)["q1"] == 0 and "unsupported" in reasons(strange)
    assert marks(grade("ben", **RIGHT)) == {"q1": 4, "q2": 4, "q3": None}


def test_a_cell_of_ours_that_fails_is_not_held_against_an_answer_and_is_said(kit, job, tmp_path, monkeypatch):
    exercise = exercise_of(job)
    book = kit.answered()
    cell_of(book, "given-1").source = "math = undefined_name"
    monkeypatch.setattr(engine, "exercise_of", lambda job: replace(exercise, notebook=book))
    graded = grade_one(job, Handed(Student("a"), kit.hand_in(tmp_path, "a", **RIGHT)))
    assert marks(graded)["q1"] == 4
    assert "A cell of the exercise itself (given-1) failed: it raised NameError" in reasons(graded)
    with pytest.raises(GradingError, match="nothing was graded, because the blank exercise does not run here: A cell of the exercise"):
        prove(job, "blank exercise")


def test_a_cell_of_the_students_own_does_not_run_and_that_is_said(kit, grade):
    leaning = kit.answered(**RIGHT | {"q1": "q1 = mine"})
    leaning.cells.insert(0, nbformat.v4.new_code_cell("mine = 2"))
    graded = grade(book=leaning)
    assert marks(graded)["q1"] == 0
    assert "not part of the exercise" in reasons(graded) and "NameError" in reasons(graded)


def test_marks_are_not_read_from_the_students_outputs_nor_from_their_checks(kit, grade):
    forged = kit.answered(q1="q1 = 0")
    cell_of(forged, "check-q1").source = "4.0"
    cell_of(forged, "check-q1").outputs = [nbformat.v4.new_output("execute_result", {"text/plain": "4.0"}, execution_count=1)]
    assert marks(grade(book=forged)) == {"q1": 0, "q2": 0, "q3": 0}


def test_a_file_that_is_no_notebook_is_not_graded_and_that_is_no_zero(job, tmp_path):
    (tmp_path / "torn.ipynb").write_text('{"cells": [', encoding="utf-8")
    graded = grade_one(job, Handed(Student("torn"), tmp_path / "torn.ipynb", oddities=("Renamed.",)))
    assert marks(graded) == {"q1": None, "q2": None, "q3": None} and graded.written == {}
    assert {mark.status for mark in graded.marks} == {"NOT GRADED"}
    assert graded.oddities[0] == "Renamed." and "Nothing was graded: torn.ipynb is no complete notebook" in reasons(graded)
    assert len(set(graded.oddities)) == len(graded.oddities)


def test_the_same_answers_have_the_same_digest_and_are_not_graded_when_they_are_known(kit, job, grade, tmp_path):
    one, other = grade(**RIGHT), grade("ben", **RIGHT | {"q1": "q1 = 1 + 1"})
    assert one.digest == grade("carl", **RIGHT).digest != other.digest
    handed = Handed(Student("anna"), tmp_path / "anna.ipynb")
    assert grade_one(job, handed, one.digest) is None
    assert grade_one(job, handed, other.digest) is not None


def test_a_job_is_data_that_can_be_sent_and_says_what_decides_its_marks(kit, job):
    assert pickle.loads(pickle.dumps(job)) == job  # noqa: S301 - our own
    kit.ask(QUESTIONS + "\n# a comment\n")
    try:
        assert job_for(SLUG, **kit.here).checks != job.checks
        (kit.questions_dir / "02_other.py").write_text("another exercise", encoding="utf-8")
        changed = job_for(SLUG, **kit.here).checks
        (kit.questions_dir / "02_other.py").write_text("changes nothing here", encoding="utf-8")
        assert job_for(SLUG, **kit.here).checks == changed
    finally:
        kit.ask(QUESTIONS)
        (kit.questions_dir / "02_other.py").unlink(missing_ok=True)


def test_a_worker_with_other_questions_refuses_the_job(kit, job):
    with pytest.raises(GradingError, match="not those that the batch began with"):
        exercise_of(replace(job, checks="another"))


def one_in_another_process(job, handed):
    graded = grade_one(job, handed)
    return graded, os.getpid(), descendants(os.getpid())


def test_a_spawned_worker_grades_as_this_process_does_and_leaves_nothing_running(kit, job, grade, tmp_path):
    """It is what a worker of a cluster does: nothing but the job and what was handed in reaches it."""
    path = kit.hand_in(tmp_path, "zoe", **RIGHT)
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        graded, worker, sandboxes = pool.submit(one_in_another_process, job, Handed(Student("zoe"), path)).result(timeout=60)
        again, same_worker, same_sandboxes = pool.submit(one_in_another_process, job, Handed(Student("zoe"), path)).result(timeout=60)
        assert (worker, sandboxes) == (same_worker, same_sandboxes) and worker != os.getpid() and sandboxes
    here = grade_one(job, Handed(Student("zoe"), path))
    assert graded.marks == again.marks == here.marks and graded.digest == here.digest
    assert all_end(sandboxes, 20)


def test_each_thread_has_a_sandbox_of_its_own(kit, job, tmp_path):
    handed = [Handed(Student(f"s{n}"), kit.hand_in(tmp_path, f"s{n}", **RIGHT | {"q1": f"q1 = {n}"})) for n in range(6)]
    with ThreadPoolExecutor(2) as pool:
        graded = list(pool.map(lambda one: grade_one(job, one), handed))
    assert [marks(one)["q1"] for one in graded] == [0, 0, 4, 0, 0, 0]


def test_a_program_that_ends_without_closing_its_sandboxes_leaves_nothing_running(kit, tmp_path):
    path = kit.hand_in(tmp_path, "ida", **RIGHT)
    code = ("import sys; from pathlib import Path\n"
            "from analogies.grading import engine\n"
            "from analogies.grading.submission import Handed, Student\n"
            f"job = engine.job_for({SLUG!r}, root=Path({str(kit.root)!r}), questions_dir=Path({str(kit.questions_dir)!r}))\n"
            f"engine.grade_one(job, Handed(Student('ida'), Path({str(path)!r})))\n"
            f"sys.path.insert(0, {str(Path(__file__).parent)!r})\n"
            "import os, small_class\n"
            "print(*small_class.descendants(os.getpid()))\n")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    left = {int(pid) for pid in done.stdout.split()}
    assert done.stderr == "" and left and all_end(left, 20)


def test_where_the_solution_does_not_earn_its_marks_or_the_blank_earns_some_it_is_said(kit):
    kit.ask(QUESTIONS.replace('v["q1"] == 2', 'v["q1"] == 3'))
    try:
        with pytest.raises(GradingError, match="nothing was graded, because the solution earns 0 of 4 points for q1 where 4 were expected"):
            prove(job_for(SLUG, **kit.here), "solution")
    finally:
        kit.ask(QUESTIONS)
        close_sandboxes()
