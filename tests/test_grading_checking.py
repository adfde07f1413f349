"""Values made to be huge or slow end the process that checks them, cost their own question alone, and nobody else anything."""

import json
import os
import signal
import subprocess
import sys
import time

import pytest
from small_class import Kit

from analogies.check.values import encode
from analogies.grading import engine
from analogies.grading.checker import Checker
from analogies.grading.checks import checks_of
from analogies.grading.job import Job, exercise_of, job_for
from analogies.grading.score import score
from analogies.grading.submission import GradingError

SLUG = "03-syria-2015"
SECONDS = 3
SENTENCE = "The answer to {} was too large or too slow to check"
RIGHT = {"q1": {"present": encode(2000), "served": encode(63_012), "sorties_a_day": encode(1.0)}}


@pytest.fixture(scope="module")
def job():
    return job_for(SLUG)


@pytest.fixture(scope="module")
def questions(job):
    return exercise_of(job).questions


@pytest.fixture(scope="module")
def checker(job, questions):
    with Checker(job, seconds=SECONDS) as checker:
        checker.score(questions, {}, {}, {})
        yield checker


def wire(form):
    return json.dumps(form, separators=(",", ":")).encode()


def texts(longest, times):
    one = {"t": "array", "d": "str", "shape": [1000], "v": ["x" * longest] + ["y"] * 999}
    return wire([one] * times)


def index(values):
    return {"t": "index", "name": None, "c": {"d": "object", "v": values}}


def categories(rows):
    column = {"d": "category", "v": [0] * rows, "categories": {"d": "object", "v": ["a " * 400_000]}, "ordered": False}
    return wire({"t": "frame", "index": {"t": "range", "name": None, "v": [0, rows, 1]}, "columns": index(["a"]), "data": [column]})


def tables(times):
    small = {"t": "frame", "index": {"t": "range", "name": None, "v": [0, 1, 1]}, "columns": index(["a"]), "data": [{"d": "int64", "v": [1]}]}
    return wire([small] * times)


# What a process that knows the wire can send, and not what the encoder would: it is in the student's hands.
HOSTILE = {
    "forty ranges": ("q4", "differences", lambda: wire([{"t": "range", "name": None, "v": [0, 200_000, 1]}] * 40)),
    "three thousand ranges": ("q4", "differences", lambda: wire([{"t": "range", "name": None, "v": [0, 200_000, 1]}] * 3000)),
    "9,000 rows": ("q4", "differences", lambda: wire([str(i) for i in range(9000)])),
    "199,999 rows": ("q4", "differences", lambda: wire([str(i) for i in range(199_999)])),
    "a set of one hash": ("q3", "q3", lambda: wire({"t": "set", "v": [k * (2**61 - 1) for k in range(200_000)]})),
    "a dict of one hash": ("q3", "q3", lambda: wire({"t": "dict", "v": [[k * (2**61 - 1), 0] for k in range(99_000)]})),
    "texts as wide as the longest": ("q1", "present", lambda: texts(32_000, 100)),
    "long categories": ("q4", "differences", lambda: categories(199_000)),
    "tables in a list": ("q1", "present", lambda: tables(30_000)),
    "lists in lists": ("q3", "q3", lambda: b"[" + b"[]," * 2_600_000 + b"[]]"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_answer_ends_in_time_earns_nothing_and_the_next_student_is_marked_right(checker, questions, name):
    question, answer, made = HOSTILE[name]
    data = made()
    began = time.monotonic()
    marks = {mark.question: mark for mark in checker.score(questions, RIGHT | {question: {answer: data}}, {}, {})}
    assert time.monotonic() - began < 3 * SECONDS + 5
    assert marks[question].earned == 0 and marks[question].said
    assert all(len(sentence) < 500 for sentence in marks[question].said)
    assert checker.score(questions, RIGHT, {}, {}) == score(questions, RIGHT, {}, {})


# Where the codec's own bounds let something through, the process is ended.


@pytest.fixture
def own(tmp_path):
    """Questions whose checks take too much themselves, by the answer that they get."""
    kit = Kit(tmp_path / "clone")
    folder = kit.here["questions_dir"]
    path = folder / "01_small.py"
    path.write_text(path.read_text(encoding="utf-8").replace(
        'mark=lambda v: judge(needs(v["q1"] == 2', 'mark=lambda v: judge(needs(_costly(v["q1"]) == 2').replace("QUESTIONS = (", COSTLY + "\nQUESTIONS = ("),
        encoding="utf-8")
    return job_for("01-small", **kit.here)


COSTLY = '''
def _costly(answer):
    if answer == "memory":
        return len([bytearray(100_000_000) for _ in range(40)])
    if answer == "time":
        while True:
            pass
    if answer == "held":
        return sum(range(10**12))
    if answer == "end":
        import os
        os._exit(3)
    if answer == "print":
        print("x" * 1_000_000)
    return answer
'''


@pytest.mark.parametrize("answer", ["memory", "time", "held", "end"])
def test_a_check_that_takes_too_much_costs_its_question_alone_and_says_so(own, answer):
    questions = exercise_of(own).questions
    values = {"q1": {"q1": encode(answer)}, "q2": {"stock": encode(10), "flow": encode(20)}}
    with Checker(own, seconds=1) as checker:
        began = time.monotonic()
        marks = checker.score(questions, values, {}, {"q3": "A text."})
        assert time.monotonic() - began < 30
        assert [mark.earned for mark in marks] == [0, 4, None] and [mark.possible for mark in marks] == [4, 4, 5]
        (said,) = marks[0].said
        assert said.startswith(SENTENCE.format("q1"))
        values["q1"] = {"q1": encode(2)}
        assert [mark.earned for mark in checker.score(questions, values, {}, {})] == [4, 4, 0]


def test_what_a_check_prints_does_not_come_between(own):
    with Checker(own) as checker:
        assert checker.score(exercise_of(own).questions, {"q1": {"q1": encode("print")}}, {}, {})[0].earned == 0
        assert checker.score(exercise_of(own).questions, {"q1": {"q1": encode(2)}}, {}, {})[0].earned == 4


def test_a_process_that_was_ended_between_two_students_costs_nobody_anything(checker, questions):
    before = checker._process.pid
    os.kill(before, signal.SIGKILL)
    checker._process.wait()
    assert checker.score(questions, RIGHT, {}, {}) == score(questions, RIGHT, {}, {})
    assert checker._process.pid != before


def test_a_process_that_is_ended_while_it_checks_is_asked_once_more(checker, questions, monkeypatch):
    ask, ended = checker._ask, []

    def end_it_once(*what):
        if not ended:
            ended.append(checker._process.pid)
            os.kill(checker._process.pid, signal.SIGKILL)
            checker._process.wait()
        return ask(*what)

    monkeypatch.setattr(checker, "_ask", end_it_once)
    assert checker.score(questions, RIGHT, {}, {}) == score(questions, RIGHT, {}, {}) and ended


def test_faults_and_answers_that_are_missing_are_said_as_ever(checker, questions):
    faults = {"q1": "The answer cell of q1 did not finish: it ended Python."}
    for values in ({}, {"q1": {"present": b"junk", "served": encode(1)}}):
        assert checker.score(questions, values, faults, {"q5": "A text."}) == score(questions, values, faults, {"q5": "A text."})


def test_a_closed_checker_leaves_no_process_and_marks_nothing(job, questions):
    checker = Checker(job)
    checker.close()
    assert checker._process.poll() is not None and not checker._reader.is_alive()
    with pytest.raises(GradingError, match="was ended"):
        checker.score(questions, RIGHT, {}, {})


def test_questions_that_changed_meanwhile_are_refused_in_a_sentence(job, questions):
    assert job.checks == checks_of(job.slug, job.root, None)
    changed = Job(job.slug, job.root, checks="0" * 64)
    with Checker(changed) as checker, pytest.raises(GradingError, match="begin it again"):
        checker.score(questions, RIGHT, {}, {})


def test_it_ends_when_the_grader_is_killed(job):
    code = ("import sys, time\nfrom analogies.grading.checker import Checker\nfrom analogies.grading.job import job_for\n"
            f"checker = Checker(job_for({SLUG!r}))\nchecker._wait_until_ready()\nprint(checker._process.pid, flush=True)\ntime.sleep(60)")
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as grader:
        pid = int(grader.stdout.readline())
        grader.kill()
        grader.wait()
    until = time.monotonic() + 10
    while _runs(pid):
        assert time.monotonic() < until
        time.sleep(0.02)


def _runs(pid):
    try:
        with open(f"/proc/{pid}/stat", encoding="ascii") as file:
            return file.read().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_the_engine_checks_in_that_process_and_ends_it_with_the_sandboxes(job, questions):
    checker = engine.checker_of(job)
    assert engine.checker_of(job) is checker
    assert checker.score(questions, RIGHT, {}, {}) == score(questions, RIGHT, {}, {})
    engine.close_sandboxes()
    assert checker._process.poll() is not None and engine.checker_of(job) is not checker
    engine.close_sandboxes()




def test_a_system_without_limits_or_with_other_ones_checks_all_the_same():
    code = "import sys; sys.modules['resource'] = None\nfrom analogies.grading import checking\nchecking._limit()\nprint('limited')"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "limited\n"
