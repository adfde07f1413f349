"""The grader's end of the process that checks: hands it values, watches its time, and starts another where it ends."""

from __future__ import annotations

import contextlib
import json
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO

from ..check.outcome import NOT_YET
from ..check.question import Question
from .checking import receive
from .job import Job
from .sandbox.frames import pack
from .sandbox.started import ONE_THREAD
from .score import Mark, score
from .submission import GradingError, Machine

_PROGRAM = "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from analogies.grading import checking; checking.main()"
_QUIET = ONE_THREAD | {"ANALOGIES_PROGRESS": "off"}
_SECONDS = 10.0  # for one question; a check takes a few thousandths of a second
_SECONDS_TO_LOAD = 120
_TOO_MUCH = ("The answer to {} was too large or too slow to check (more than {:g} seconds, or 1.5 GB of memory), so it earns no points; "
             "give only what the question asks for.")


class Checker:
    """Marks submissions in one process, which stays warm.  Not to be shared between threads; close it, or use `with`."""

    def __init__(self, job: Job, *, seconds: float = _SECONDS) -> None:
        """Starts the process, and does not wait until it has loaded the questions.  Raises GradingError."""
        self._job, self._seconds, self._closed = job, seconds, False
        self._start()

    def __enter__(self) -> Checker:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the process.  The checker cannot be used again."""
        self._closed = True
        self._end()

    def score(self, questions: Sequence[Question], values: Mapping[str, Mapping[str, bytes]], faults: Mapping[str, str],
              written: Mapping[str, str]) -> list[Mark]:
        """What score.score gives for the same arguments; but a question that takes too much to check earns nothing.

        Raises GradingError where the process does not start, and where it was closed meanwhile.
        """
        marks = {mark.question: mark for mark in score([q for q in questions if q.kind == "written"], {}, {}, written)}
        left = [question for question in questions if question.kind == "auto"]
        tried: set[str] = set()
        try:
            while left:
                self._wait_until_ready()
                for mark in self._ask(left, values, faults):
                    marks[mark.question] = mark
                left = [question for question in left if question.id not in marks]
                if left:  # the first of them ended the process, or must be ended
                    self._end()
                if left and left[0].id not in tried:  # something else may have ended it: once more, in a new one
                    tried.add(left[0].id)
                elif left:
                    marks[left[0].id] = Mark(left[0].id, 0, left[0].points, NOT_YET, (_TOO_MUCH.format(left[0].id, self._seconds),))
                    del left[0]
                if self._closed:
                    raise GradingError("The process that checks was ended while it was at work; what it was at was not graded.")
        except BaseException:  # also Ctrl-C: what was asked may still be answered
            self._end()
            raise
        return [marks[question.id] for question in questions if question.id in marks]

    def _ask(self, questions: Sequence[Question], values: Mapping[str, Mapping[str, bytes]], faults: Mapping[str, str]) -> Iterator[Mark]:
        """The marks as they come, as many as come in time."""
        tasks, blobs = [], []
        for question in questions:
            found = values.get(question.id, {})
            names = [name for name in question.answers if name in found]
            tasks.append({"id": question.id, "names": names, "fault": faults.get(question.id)})
            blobs += [found[name] for name in names]
        try:
            self._process.stdin.write(pack(tasks, blobs))  # type: ignore[union-attr]
            self._process.stdin.flush()  # type: ignore[union-attr]
        except OSError:  # it has ended: no mark will come
            return
        for _ in questions:
            found = self._next(self._seconds)
            if found is None:
                return
            yield Mark(**found | {"said": tuple(found["said"])})

    def _next(self, seconds: float) -> dict[str, Any] | None:
        """What the process says next; None if it has ended, or says nothing in time."""
        try:
            return self._came.get(timeout=seconds)
        except queue.Empty:
            return None

    def _wait_until_ready(self) -> None:
        if self._closed:
            raise GradingError("The process that checks was ended; begin the grading again.")
        if self._process.poll() is not None:
            self._end()
            self._start()
        if not self._ready:
            head = self._next(_SECONDS_TO_LOAD)
            if head is None or "failed" in head:
                self._end()
                raise Machine(head["failed"] if head else f"{self._job.slug}: the process that checks did not start.")
            self._ready = True

    def _start(self) -> None:
        job, package = self._job, str(Path(__file__).resolve().parents[2])
        paths = [os.path.abspath(path) for path in sys.path if path]
        program = [sys.executable, "-I", "-X", "utf8", "-c", _PROGRAM, json.dumps([*paths, package])]
        self._ready = False
        try:
            # In a session of its own, so that Ctrl-C is the grader's alone: what is under way is finished.
            self._process = subprocess.Popen(
                program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=os.environ | _QUIET,
                start_new_session=True, creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0))  # fmt: skip
        except OSError as fault:
            raise Machine(f"{job.slug}: the process that checks did not start: {fault}") from None
        self._came: queue.SimpleQueue[dict[str, Any] | None] = queue.SimpleQueue()
        self._reader = threading.Thread(target=_listen, args=(self._process.stdout, self._came), daemon=True)
        self._reader.start()  # a thread, because not every system can wait for a pipe
        folder = str(job.questions_dir) if job.questions_dir else None
        settings = {"slug": job.slug, "root": str(job.root), "questions_dir": folder, "checks": job.checks, "seconds": self._seconds}
        with contextlib.suppress(OSError):  # it has ended: that is seen when it should be ready
            self._process.stdin.write(pack(settings))  # type: ignore[union-attr]
            self._process.stdin.flush()  # type: ignore[union-attr]

    def _end(self) -> None:
        self._process.kill()
        self._process.wait()
        with contextlib.suppress(OSError):  # what was not yet sent
            self._process.stdin.close()  # type: ignore[union-attr]
        self._reader.join()
        self._process.stdout.close()  # type: ignore[union-attr]


def _listen(pipe: BinaryIO, came: queue.SimpleQueue[dict[str, Any] | None]) -> None:
    with contextlib.suppress(EOFError, OSError, ValueError):
        while True:
            came.put(receive(pipe)[0])
    came.put(None)
