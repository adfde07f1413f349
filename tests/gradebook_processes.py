"""Processes that write a gradebook at the same time, or are killed while they do; run by test_grading_gradebook_processes.

It forks, so that fifty processes need the imports once, and is itself a process without threads.
"""

import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter

from small_gradebook import SLUG, begin, graded
from sqlalchemy import create_engine, text

from analogies.grading.gradebook.book import Gradebook


def child(work):
    """A process that does this work, its number, and the end of a pipe where it says what it kept."""
    reads, writes = os.pipe()
    if process := os.fork():
        os.close(writes)
        return process, reads
    status = 1
    try:
        os.close(reads)
        work(lambda name: os.write(writes, f"{name}\n".encode()))
        status = 0
    finally:
        os._exit(status)


def ended(process, reads, said=b""):
    """What the process said, after its end, and how it ended."""
    with os.fdopen(reads, "rb") as pipe:
        said += pipe.read()
    return said.decode().splitlines(), os.waitpid(process, 0)[1]


def heard(reads, count):
    """What a process said, once it said so many things."""
    said = b""
    while said.count(b"\n") < count and (more := os.read(reads, 4096)):
        said += more
    return said


def keep_without_end(place, name):
    def work(say):
        with Gradebook(place) as book:
            run = begin(book)
            for number in range(10_000):
                book.keep(run, graded(f"{name}-{number}"))
                say(f"{name}-{number}")
                if number % 3 == 0:
                    book.mark(SLUG, f"{name}-{number}", "q5", points=3, who="bo")
                    say(f"{name}-{number} by hand")
    return work


def whole(book, promised):
    """Everything that was promised is there, and nothing that is there is in part."""
    rows = {row.student.key: row for row in book.rows(SLUG)}
    for one in promised:
        key, _, by_hand = one.partition(" ")
        assert key in rows, f"{one} was kept, and is lost"
        assert not by_hand or rows[key].marks["q5"].earned == 3, f"{one} was kept, and is lost"
    for key, row in rows.items():
        assert [mark.status for mark in row.marks.values()][:2] == ["PASS", "NOT YET"], f"{key} was kept in part"
        assert row.marks["q5"].status in ("TO MARK", "MARKED")
    return len(rows)


def killed(place, times, seed):
    """Kill a process that keeps submissions, as often as this; the last gradebook must hold what each had said."""
    chance = random.Random(seed)  # noqa: S311
    with tempfile.TemporaryDirectory() as folder, Gradebook(f"{folder}/first.db") as book:
        book.keep(begin(book), graded())  # what is imported late is imported once, before the first fork
    promised: list[str] = []
    for number in range(times):
        process, reads = child(keep_without_end(place, f"p{number}"))
        # Every fourth while it opens the gradebook or makes it, the others between two of their first submissions.
        first = heard(reads, 0 if number % 4 == 0 else chance.randrange(1, 8))
        time.sleep(chance.uniform(0, 0.1 if number % 4 == 0 else 0.01))
        os.kill(process, signal.SIGKILL)
        said, status = ended(process, reads, first)
        assert os.WIFSIGNALED(status), "it should have been killed, and ended by itself"
        promised += said
    if "://" not in str(place):
        engine = create_engine(f"sqlite:///{place}")
        with engine.connect() as connection:
            assert connection.execute(text("PRAGMA integrity_check")).scalar() == "ok"
            assert connection.execute(text("PRAGMA foreign_key_check")).all() == []
        engine.dispose()
    with Gradebook(place) as book:
        found = whole(book, promised)
        unfinished = len(book.unfinished(SLUG))
    print(f"{len(promised)} promised, {found} found, {unfinished} runs unfinished")
    assert len(promised) > times and unfinished > times / 2


def together(place, graders, each):
    """Some graders open a new gradebook at the same moment, grade the same students, and mark them."""
    begins = time.time() + 0.2

    def work(name):
        def grade(say):
            time.sleep(max(0, begins - time.time()))
            for part in range(4):
                with Gradebook(place) as book:
                    run = begin(book, why=name)
                    for number in range(part, each, 4):
                        book.keep(run, graded(f"s{number}", name=name))
                        book.mark(SLUG, f"s{number}", "q2", points=number / each * 4, comment=name, who=name)
                        say(f"s{number}")
                    book.finish(run)
        return grade

    started = [child(work(f"grader {number}")) for number in range(graders)]
    for process, reads in started:
        said, status = ended(process, reads)
        assert (len(said), status) == (each, 0), f"a grader kept {len(said)} of {each} and ended with {status}"
    with Gradebook(place) as book:
        assert len(book.rows(SLUG)) == each and book.unfinished(SLUG) == []
        for number in range(each):
            entries = book.history(SLUG, f"s{number}", "q2")
            assert Counter(entry.does for entry in entries) == {"graded": graders, "marked": graders}
    print("nothing lost")


if __name__ == "__main__":
    what, where, *numbers = sys.argv[1:]
    {"killed": killed, "together": together}[what](where, *map(int, numbers))
