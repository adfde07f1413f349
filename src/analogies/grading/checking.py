"""The process that decodes and checks what students' code gave back: ours, but limited, because a value may be made to be huge.

No student's code runs here.  A check that takes too long or too much memory ends this process and costs its question alone;
checker.py starts another.  Marks come back one by one, so that those before it are kept.
"""

from __future__ import annotations

import contextlib
import dataclasses
import faulthandler
import gc
import os
from pathlib import Path
from typing import Any, BinaryIO, NoReturn

from ..check.outcome import Outcome
from ..check.question import Question
from . import private
from .checks import CHANGED, checks_of
from .sandbox.frames import PREFIX, length_of, pack, unpack
from .score import score
from .submission import GradingError

MEMORY = 1_500_000_000  # bytes, above what it takes when all is loaded
_LONGER = 5  # seconds after which it ends itself, where the grader that watches it is gone


def main() -> NoReturn:
    """Serve submissions on standard input, until it ends; marks go to standard output."""
    with os.fdopen(os.dup(0), "rb") as asked, os.fdopen(os.dup(1), "wb", buffering=0) as answer:
        silence = os.open(os.devnull, os.O_RDWR)
        for descriptor in (0, 1, 2):
            os.dup2(silence, descriptor)  # out of reach of a print() in a question
        with contextlib.suppress(EOFError, OSError):
            settings, _ = receive(asked)
            try:
                questions = _load(settings)
            except GradingError as fault:
                answer.write(pack({"failed": str(fault)}))
            else:
                answer.write(pack({"ready": True}))
                _serve(asked, answer, questions, settings["seconds"])
    os._exit(0)


def receive(pipe: BinaryIO) -> tuple[Any, list[bytes]]:
    """The head and blobs of one message.  Raises EOFError at the end of the pipe."""
    prefix = pipe.read(PREFIX)
    if len(prefix) < PREFIX:
        raise EOFError
    body = pipe.read(length := length_of(prefix))
    if len(body) < length:
        raise EOFError
    return unpack(body)


def _load(settings: dict[str, Any]) -> dict[str, Question]:
    """The questions by id, with all that their checks will need; then the limits.  Raises GradingError."""
    from ..check import arrays, drawings, tables  # noqa: F401 - loaded while there is time

    slug, folder = settings["slug"], settings["questions_dir"] and Path(settings["questions_dir"])
    questions = {question.id: _watched(question) for question in private.questions(slug, folder)}
    if settings["checks"] and settings["checks"] != checks_of(slug, Path(settings["root"]), folder):
        raise GradingError(CHANGED.format(slug))
    for question in questions.values():
        if question.kind == "auto":
            question.check(dict.fromkeys(question.answers, "-"))  # a wrong answer: its check loads the facts that it needs
    gc.collect()
    gc.freeze()
    _limit()
    return questions


def _limit() -> None:
    """As far as the system has such limits: elsewhere the time is all."""
    with contextlib.suppress(OSError):  # where memory runs out, this one goes before the grader
        Path("/proc/self/oom_score_adj").write_text("900", encoding="ascii")
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        most = pages * resource.getpagesize() + MEMORY
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _watched(question: Question) -> Question:
    """The same question; but where a check runs out of memory the process ends, and no sentence about a type is given."""
    mark = question.mark
    if mark is None:
        return question

    def watched(values: Any) -> Outcome:
        try:
            return mark(values)
        except MemoryError:
            os._exit(1)

    return dataclasses.replace(question, mark=watched)


def _serve(asked: BinaryIO, answer: BinaryIO, questions: dict[str, Question], seconds: float) -> NoReturn:
    with open(os.devnull, "wb") as silence:
        while True:
            tasks, blobs = receive(asked)
            values = iter(blobs)
            faulthandler.dump_traceback_later(seconds * len(tasks) + _LONGER, exit=True, file=silence)
            for task in tasks:
                encoded = {task["id"]: {name: next(values) for name in task["names"]}}
                answer.write(pack(_mark(questions[task["id"]], encoded, task["fault"])))
            faulthandler.cancel_dump_traceback_later()
            del tasks, blobs, values, task, encoded  # not kept while it waits


def _mark(question: Question, encoded: dict[str, dict[str, bytes]], fault: str | None) -> dict[str, Any]:
    faults = {question.id: fault} if fault else {}
    try:
        (mark,) = score([question], encoded, faults, {})
    except MemoryError:
        os._exit(1)
    found = dataclasses.asdict(mark)
    return found | {"earned": _plain(mark.earned or 0), "possible": _plain(mark.possible)}


def _plain(points: float) -> float:
    """A number that JSON carries: a question may count with NumPy's."""
    return points if type(points) in (int, float) else float(points)
