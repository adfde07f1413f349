"""Grades a class in children that are killed at random moments, without the seconds that a program and a sandbox take to start.

All is real but the sandbox: the command, its threads, intake, score and gradebook.  Each child writes into a pipe what it
kept, as soon as it was kept, and after the kill that is held against the gradebook.
Called by test_grading_killed.py: killed_runs.py SEED KILLS CLASS SLUG QUESTIONS GRADEBOOK.
"""

import os
import random
import signal
import sys
import time
from pathlib import Path

from analogies.check.values import encode
from analogies.grading import commands, engine
from analogies.grading.gradebook.book import Gradebook
from analogies.grading.job import exercise_of, job_for
from analogies.grading.keeping import Keeping
from analogies.grading.sandbox.trusted import Ran


class InThisProcess:
    """In the place of the sandbox: the steps run here, a few milliseconds each."""

    isolation = "isolated (not: a test of what is kept)"

    def __init__(self, limits, *, isolated=True):
        pass

    def run(self, steps):
        time.sleep(0.004)
        names, ran = {}, Ran()
        for step in steps:
            if step.capture:
                ran.values[step.id] = {name: encode(names.get(name)) for name in step.capture}
            else:
                exec(step.source, names)  # noqa: S102 - the answers of a test
        return ran

    def close(self):
        pass


def grade(kept, folder, slug, questions, gradebook):
    """The child: grade, and tell what was kept."""
    take = Keeping.take

    def told(keeping, handed, graded, failure):
        take(keeping, handed, graded, failure)
        if graded is not None:
            os.write(kept, f"{handed.student.key}\n".encode())

    Keeping.take = told
    engine.Sandbox = InThisProcess
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    try:
        commands.grade(Path(folder), slug, gradebook, questions=Path(questions), workers=1)
    finally:
        os._exit(0)


def first(pipe, lines):
    """The first lines that the child writes, or fewer where it ends before."""
    text = b""
    while text.count(b"\n") < lines and (more := os.read(pipe, 1000)):
        text += more
    return text


def main(seed, kills, folder, slug, questions, gradebook):
    """Kill the run again and again.  The moment is counted from a result that was kept, so that it is as random on a slow
    machine as on a fast one."""
    exercise_of(job_for(slug, questions_dir=Path(questions)))  # loaded once, for all children
    Gradebook(gradebook).close()
    chance = random.Random(seed)  # noqa: S311
    said = []
    for _ in range(kills):
        there, here = os.pipe()
        child = os.fork()
        if not child:
            os.close(there)
            grade(here, folder, slug, questions, gradebook)
        os.close(here)
        text = first(there, chance.choice((0, 0, 0, 1, 1, 2)))
        time.sleep(chance.uniform(0, 0.02))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        with os.fdopen(there, "rb") as pipe:
            said += (text + pipe.read()).decode().split()
        with Gradebook(gradebook) as book:
            lost = set(said) - {student for student, _ in book.known(slug)}
        assert not lost, f"said to be kept, and lost: {lost}"
    print(f"{len(said)} {len(set(said))}")


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), *sys.argv[3:])
