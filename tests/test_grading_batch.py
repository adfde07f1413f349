"""A batch is graded, gone on with and graded again; each result is kept as it comes, and nothing ends it in the middle.

The sandbox is real in the first part.  In the second, where the batch itself is looked at, a submission is graded by a
function that is faster.
"""

import json
import os
import signal
import threading
import time
from dataclasses import replace

import nbformat
import pytest
from small_class import QUESTIONS, RIGHT, SLUG, Kit, marks, reasons

from analogies.grading import batch, engine
from analogies.grading.batch import CAUTION, grade_batch
from analogies.grading.gradebook.book import Gradebook
from analogies.grading.intake import Found
from analogies.grading.job import exercise_of, job_for
from analogies.grading.keeping import Keeping
from analogies.grading.sandbox.trusted import Limits, NoIsolation
from analogies.grading.score import score
from analogies.grading.submission import Graded, GradingError, Machine

ALL = {"q1": 4, "q2": 4, "q3": None}
NOTHING = {"q1": 0, "q2": 0, "q3": 0}
UNGRADED = dict.fromkeys(NOTHING)


@pytest.fixture
def kit(tmp_path):
    return Kit(tmp_path / "clone")


@pytest.fixture
def run(kit, tmp_path):
    """Grades tmp_path/class into tmp_path/gradebook.db; what was reported stands in run.said."""
    said = []

    def graded(**more):
        said.clear()
        options = {"gradebook": tmp_path / "gradebook.db", "who": "teacher", "workers": 1, "report": said.append} | kit.here | more
        return grade_batch(tmp_path / "class", SLUG, **options)

    graded.said = said
    return graded


# With the real sandbox


def test_a_class_is_graded_and_a_second_run_grades_only_what_is_new_or_changed(kit, run, tmp_path):
    folder = tmp_path / "class"
    for student, answers in (("right", RIGHT), ("blank", {}), ("half", {"q2": "stock = 10\nflow = None"}),
                             ("quits", RIGHT | {"q1": "import os\nos._exit(0)"})):
        kit.hand_in(folder, student, **answers)
    (folder / "torn.ipynb").write_text('{"cells": [', encoding="utf-8")
    first = run(workers=2)
    assert (first.found, first.graded, first.known, first.stopped) == (5, 5, 0, False)
    assert marks(first.gradebook) == {"right": ALL, "blank": NOTHING, "half": {"q1": 0, "q2": 2, "q3": 0},
                                      "quits": ALL | {"q1": 0}, "torn": UNGRADED}
    assert "it ended Python" in reasons(first.gradebook, "quits") and "no complete notebook" in reasons(first.gradebook, "torn")
    assert first.isolation.startswith("isolated") and any(first.isolation in sentence for sentence in run.said)
    kit.hand_in(folder, "half", **RIGHT)
    kit.hand_in(folder, "new", q1="q1 = 2")
    second = run()
    assert (second.graded, second.known) == (2, 4)
    assert marks(second.gradebook)["half"] == ALL and marks(second.gradebook)["new"] == {"q1": 4, "q2": 0, "q3": 0}
    assert [(one.student.key, one.question, one.why) for one in second.gradebook.changes(second.number)] == [
        ("half", "q1", "the answers changed"), ("half", "q2", "the answers changed"), ("half", "q3", "the answers changed")]
    assert [path.read_text() for path in folder.glob("torn*")] == ['{"cells": [']


def test_one_question_is_graded_again_by_a_changed_check_and_the_difference_is_told(kit, run, tmp_path):
    kit.hand_in(tmp_path / "class", "anna", **RIGHT | {"q1": "q1 = 0", "q2": "stock, flow = 10, 21"})
    book = run().gradebook
    book.mark(SLUG, "anna", "q3", points=3, who="teacher")
    kit.ask(QUESTIONS.replace('v["flow"] == 20', 'v["flow"] in (20, 21)').replace("is the root", "would be the root"))
    again = run(regrade={"q2"})
    assert marks(book)["anna"] == {"q1": 0, "q2": 4, "q3": 3}
    assert "is the root" in reasons(book, "anna"), "q1 was not asked for, and stands as it was"
    change, = book.changes(again.number)
    assert (change.student.key, change.question, change.before.earned, change.after.earned, change.why) == (
        "anna", "q2", 2, 4, "the checks changed")
    last = run()
    assert last.graded == 1, "the checks of the other questions changed too, so the next run grades them"
    assert "would be the root" in reasons(book, "anna") and marks(book)["anna"]["q3"] == 3


def test_everything_is_graded_again_when_it_is_asked_for_and_nothing_need_change(kit, run, tmp_path):
    kit.hand_in(tmp_path / "class", "anna", **RIGHT)
    run()
    again = run(regrade={"all"})
    assert (again.graded, again.known, again.gradebook.changes(again.number)) == (1, 0, [])
    assert len(again.gradebook.history(SLUG, "anna", "q1")) == 2


def test_without_isolation_it_is_said_before_and_kept_with_the_marks(kit, run, tmp_path):
    kit.hand_in(tmp_path / "class", "anna", **RIGHT)
    done = run(isolated=False)
    assert run.said[0] == CAUTION and done.cautions == (CAUTION,)
    assert marks(done.gradebook) == {"anna": ALL} and done.gradebook.rows(SLUG)[0].isolation == "NOT ISOLATED"


# With a faster way to grade


@pytest.fixture
def fast(monkeypatch):
    """Grades by the length of the answer; gives the students in the order in which they were graded."""
    graded = []

    def grade(job, handed, known=""):
        exercise = exercise_of(job)
        submission = engine.intake.read(handed, exercise.notebook, job.slug)
        digest = engine.digest_of(submission)
        if digest == known:
            return None
        graded.append(handed.student.key)
        fast.before(handed.student.key)
        return Graded(handed, digest, tuple(score(exercise.questions, {"q1": {"q1": b"2"}}, {}, {})), isolation="isolated (a test)")

    fast.before = lambda student: None
    monkeypatch.setattr(batch, "prove", lambda job, name: "isolated (a test)")
    monkeypatch.setattr(batch, "grade_one", grade)
    return graded


fast.before = None


@pytest.fixture
def ten(kit, tmp_path):
    names = [f"s{n}" for n in range(10)]
    for name in names:
        kit.hand_in(tmp_path / "class", name, **RIGHT)
    return names


def test_nothing_is_graded_where_the_proof_fails_and_no_gradebook_is_begun(kit, run, ten, tmp_path):
    kit.ask(QUESTIONS.replace('v["q1"] == 2', 'v["q1"] == 3'))
    with pytest.raises(GradingError, match="nothing was graded, because the solution earns 0 of 4 points for q1"):
        run()
    assert Gradebook(tmp_path / "gradebook.db").questions(SLUG) == []


def test_a_machine_that_cannot_isolate_is_told_so_and_nothing_runs(run, ten, monkeypatch):
    def refuse(job, name):
        raise NoIsolation("This machine lacks it.")

    monkeypatch.setattr(batch, "prove", refuse)
    with pytest.raises(NoIsolation, match="This machine lacks it"):
        run()


def test_a_wrong_path_a_wrong_slug_or_a_wrong_question_makes_no_gradebook(kit, run, tmp_path, fast):
    with pytest.raises(GradingError, match="was not found"):
        run()
    kit.hand_in(tmp_path / "class", "anna")
    with pytest.raises(GradingError, match="--regrade: q9 is no question of this exercise; expected one of q1, q2, or all"):
        run(regrade=["q9"])
    with pytest.raises(GradingError, match="--regrade: q3 is read by a person"):
        run(regrade=["q3"])
    assert not (tmp_path / "gradebook.db").exists()


def test_a_class_of_another_exercise_is_refused_before_it_gets_no_points_and_a_torn_file_among_others_is_not(kit, run, tmp_path, fast):
    for name in ("anna", "ben"):
        path = kit.hand_in(tmp_path / "class", name)
        other = nbformat.v4.new_notebook(metadata={"analogies": {"slug": "02-other"}}, cells=[nbformat.v4.new_code_cell("1 + 1")])
        path.write_text(json.dumps(other), encoding="utf-8")
    with pytest.raises(GradingError, match="none of the first 2 notebooks can be graded as this exercise. .*02-other"):
        run()
    assert not (tmp_path / "gradebook.db").exists()
    path.write_text("{", encoding="utf-8")
    kit.hand_in(tmp_path / "class", "zoe", **RIGHT)
    assert run().graded == 3


def test_a_fault_of_ours_costs_one_student_no_mark_that_was_kept_and_is_tried_again(kit, run, ten, fast):
    fail = {"s3"}

    def before(student):
        if student in fail:
            raise ZeroDivisionError("of ours\nwith more lines")

    globals()["fast"].before = before
    first = run()
    assert (first.graded, len(first.by_hand)) == (9, 1)
    assert "s3 could not be graded (ZeroDivisionError: of ours" in first.by_hand[0] and "grade it by hand" in first.by_hand[0]
    assert marks(first.gradebook)["s3"] == UNGRADED and "grade it by hand" in reasons(first.gradebook, "s3")
    fail.clear()
    second = run()
    assert (second.graded, second.known, second.by_hand) == (1, 9, []) and marks(second.gradebook)["s3"]["q1"] == 4
    fail.add("s5")
    third = run(regrade={"all"})
    assert third.graded == 9 and len(third.by_hand) == 1
    assert marks(third.gradebook)["s5"]["q1"] == 4, "marks that it has are not lost to a fault of ours"


def test_a_fault_of_ours_with_one_attempt_makes_no_other_attempt_count(kit, run, tmp_path, fast, monkeypatch):
    kit.hand_in(tmp_path / "class", "anna")
    first, = batch.intake.find(tmp_path / "class", SLUG)
    monkeypatch.setattr(batch.intake, "find", lambda *_, **__: Found([first, replace(first, attempt=2)]))
    book = run().gradebook
    assert [row.attempt for row in book.rows(SLUG)] == [2]
    grade = batch.grade_one

    def fails(job, handed, known=""):
        if handed.attempt == 2:
            raise ZeroDivisionError
        return grade(job, handed, known)

    monkeypatch.setattr(batch, "grade_one", fails)
    assert len(run(regrade={"all"}).by_hand) == 1
    assert [(row.attempt, row.marks["q1"].earned) for row in book.rows(SLUG)] == [(2, 4)]


def test_a_result_that_cannot_be_kept_stops_the_batch_says_what_is_kept_and_the_next_run_goes_on(run, ten, fast, monkeypatch):
    keep = Gradebook.keep
    kept = []

    def fill_the_disk(book, number, graded, **more):
        if len(kept) == 4:
            raise GradingError("gradebook.db: the disk is full.")
        keep(book, number, graded, **more)
        kept.append(graded.handed.student.key)

    monkeypatch.setattr(Gradebook, "keep", fill_the_disk)
    with pytest.raises(GradingError, match=r"(?s)could not be kept: gradebook.db: the disk is full.*4 of 10 are kept; the same command"):
        run()
    monkeypatch.setattr(Gradebook, "keep", keep)
    graded = len(fast)
    done = run()
    assert (done.graded, done.known) == (6, 4) and len(fast) == graded + 6
    assert any("was not finished; 4 submissions of it are kept" in sentence for sentence in run.said)


def test_ctrl_c_finishes_what_is_under_way_keeps_it_and_the_next_run_goes_on(run, ten, fast):
    def before(student):
        if student == "s4":
            os.kill(os.getpid(), signal.SIGINT)
        time.sleep(0.1)

    globals()["fast"].before = before
    stopped = run()
    assert stopped.stopped and not stopped.hurried and 4 <= stopped.graded < 10
    assert stopped.graded == len(fast) == len(marks(stopped.gradebook)), "whatever was begun is kept"
    assert any(sentence.startswith("Stopping: ") for sentence in run.said)
    globals()["fast"].before = lambda student: None
    done = run()
    assert not done.stopped and done.graded + done.known == 10 and len(fast) == 10
    assert f"was not finished; {stopped.graded} submissions of it are kept" in run.said[0]
    run()
    assert not any("was not finished" in sentence for sentence in run.said)


def test_a_regrade_that_was_stopped_goes_on_and_a_new_one_begins_anew(run, ten, fast):
    run()
    fast.clear()

    def before(student):
        if student == "s4":
            os.kill(os.getpid(), signal.SIGINT)
        time.sleep(0.1)

    globals()["fast"].before = before
    stopped = run(regrade={"q1"})
    assert stopped.stopped and 4 <= len(fast) == stopped.graded < 10
    globals()["fast"].before = lambda student: None
    done = run(regrade={"q1"})
    assert (done.graded, done.known, len(fast)) == (10 - stopped.graded, stopped.graded, 10)
    run(regrade={"q1"})
    assert len(fast) == 20


def test_a_second_ctrl_c_does_not_wait(run, ten, fast):
    held = threading.Event()

    def before(student):
        if student == "s0":
            for _ in range(2):
                os.kill(os.getpid(), signal.SIGINT)
                time.sleep(0.6)
            held.wait(20)

    globals()["fast"].before = before
    begun = time.monotonic()
    stopped = run()
    took = time.monotonic() - begun
    held.set()
    assert stopped.stopped and stopped.hurried and stopped.graded == 0 and took < 10


def test_ctrl_c_works_as_before_once_the_batch_is_over(run, ten, fast):
    before = signal.getsignal(signal.SIGINT)
    run()
    assert signal.getsignal(signal.SIGINT) is before


def test_no_more_is_under_way_than_a_few_for_each_worker(run, kit, fast, tmp_path, monkeypatch):
    for n in range(40):
        kit.hand_in(tmp_path / "class", f"s{n:02}", q1=f"q1 = {n}")
    taken, most = [], []
    take = Keeping.take

    def slow(keeping, handed, graded, failure):
        time.sleep(0.01)
        taken.append(handed)
        most.append(len(fast) - len(taken))
        take(keeping, handed, graded, failure)

    monkeypatch.setattr(Keeping, "take", slow)
    assert run(workers=2).graded == 40 and max(most) <= 2 * 2 + 2


def test_progress_counts_from_none_to_all_whatever_becomes_of_each(run, ten, fast):
    def before(student):
        if student == "s3":
            raise ZeroDivisionError

    globals()["fast"].before = before
    counted = []
    run(progress=lambda done, found: counted.append((done, found)))
    assert counted == [(n, 10) for n in range(11)]


def test_marks_of_another_limit_or_without_isolation_are_not_taken_for_those_of_a_proper_run(run, ten, fast):
    assert run(limits=Limits(seconds_a_cell=1)).graded == 10
    assert run(isolated=False).graded == 10
    assert (run().graded, run().known) == (10, 10)


def test_a_machine_that_fails_on_the_way_stops_the_batch_and_gives_nobody_a_mark_for_it(run, ten, fast, tmp_path):
    def before(student):
        if student == "s3":
            raise Machine("The process that checks did not start.")

    globals()["fast"].before = before
    with pytest.raises(Machine, match="did not start"):
        run()
    assert "s3" not in marks(Gradebook(tmp_path / "gradebook.db"))


def test_a_file_that_is_torn_when_it_is_handed_in_again_takes_no_mark_away_and_that_is_said(run, ten, fast, tmp_path):
    run()
    (tmp_path / "class" / "s3.ipynb").write_text('{"cells": [', encoding="utf-8")
    globals()["fast"].before = lambda student: None
    batch.grade_one, faster = engine.grade_one, batch.grade_one
    try:
        done = run()
    finally:
        batch.grade_one = faster
    assert marks(done.gradebook)["s3"]["q1"] == 4 and done.gradebook.changes(done.number) == []
    odd = reasons(done.gradebook, "s3")
    assert "no complete notebook" in odd and "The marks are those of what was handed in before" in odd


def test_what_decides_marks_is_part_of_what_is_known(kit, run, ten, fast):
    run()
    kit.ask(QUESTIONS + "\n# another word\n")
    assert run().graded == 10
    assert job_for(SLUG, **kit.here).checks
