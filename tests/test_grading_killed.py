"""A run that is killed at any moment loses nothing that it kept, and the same command goes on until all is graded once."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from small_class import RIGHT, SLUG, Kit, all_end, descendants, marks

from analogies.grading.gradebook.book import Gradebook

HERE = Path(__file__).parent
MANY = 120


@pytest.fixture(scope="module")
def kit(tmp_path_factory):
    kit = Kit(tmp_path_factory.mktemp("kit") / "clone")
    for folder in ("exercises", "solutions"):
        shutil.copytree(kit.root / folder, kit.questions_dir / folder)
    return kit


@pytest.fixture
def folder(kit, tmp_path):
    for n in range(MANY):
        kit.hand_in(tmp_path / "class", f"s{n:03}", **RIGHT | {"q1": f"q1 = {n}"})
    return tmp_path / "class"


def arguments(kit, folder, gradebook):
    return [str(folder), "--exercise", SLUG, "--questions", str(kit.questions_dir), "--gradebook", str(gradebook), "--workers", "1"]


def program(*given):
    return [sys.executable, "-m", "analogies.cli", "grade", *given]


def right():
    return {f"s{n:03}": {"q1": 4 if n == 2 else 0, "q2": 4, "q3": None} for n in range(MANY)}


def times_graded(book):
    return {student: len(book.history(SLUG, student, "q1")) for student in marks(book)}


def test_fifty_kills_lose_nothing_that_was_kept_and_each_submission_is_graded_once(kit, folder, tmp_path):
    gradebook = tmp_path / "gradebook.db"
    seed = str(random.randrange(10**6))  # noqa: S311 - another one in each run of the tests; it is shown where one fails
    killed = subprocess.run([sys.executable, str(HERE / "killed_runs.py"), seed, "50", str(folder), SLUG, str(kit.questions_dir),
                             str(gradebook)], cwd=tmp_path, timeout=300, capture_output=True, text=True, check=False)
    assert killed.returncode == 0, (seed, killed.stderr[-2000:])
    said, different = map(int, killed.stdout.split())
    assert said == different > 20, "nothing was graded twice"
    assert subprocess.run(program(*arguments(kit, folder, gradebook)), cwd=tmp_path, capture_output=True, timeout=300,
                          check=False).returncode == 0
    with Gradebook(gradebook) as book:
        assert marks(book) == right(), seed
        assert times_graded(book) == dict.fromkeys(right(), 1), seed


def test_the_real_command_is_killed_and_gone_on_with_and_leaves_no_process_behind(kit, folder, tmp_path):
    gradebook = tmp_path / "gradebook.db"
    given = program(*arguments(kit, folder, gradebook))
    chance = random.Random(3)  # noqa: S311
    known, left = set(), set()
    for _ in range(4):
        run = subprocess.Popen(given, cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        for line in run.stderr:
            if "submissions" in line and "Students' code runs" in line:  # proved: from now on results are kept
                break
        time.sleep(chance.uniform(0, 0.3))
        left |= descendants(run.pid)
        os.kill(run.pid, signal.SIGKILL)
        run.wait()
        run.stderr.close()
        with Gradebook(gradebook) as book:
            now = {student for student, _ in book.known(SLUG)}
        assert known <= now
        known = now
    assert subprocess.run(given, cwd=tmp_path, capture_output=True, timeout=300, check=False).returncode == 0
    with Gradebook(gradebook) as book:
        assert marks(book) == right() and times_graded(book) == dict.fromkeys(right(), 1)
    assert left and all_end(left, 20)
