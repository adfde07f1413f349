"""The trusted half of the sandbox: keeps one warm process, hands it steps, and takes back values as bytes."""

from __future__ import annotations

import dataclasses
import os
import select
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..check.wire import MAX_BYTES
from .frames import MAX_SAID, PREFIX, length_of, pack, unpack
from .submission import GradingError
from .supervise import Limits
from .warm import FONTS

__all__ = ["Limits", "NoIsolation", "Ran", "Sandbox", "Step"]

NOT_ISOLATED = "NOT ISOLATED"
_SECONDS_TO_LOAD = 120
_SECONDS_OVER = 30  # what the warm process may take beyond a submission's own limit before it counts as dead
_PROGRAM = "import sys; sys.path.insert(0, sys.argv[1]); from analogies.grading.warm import main; main()"
_ONE_THREAD = ("OMP", "OPENBLAS", "MKL", "NUMEXPR", "VECLIB_MAXIMUM", "BLIS")


class NoIsolation(GradingError):
    """This machine cannot isolate students' code; says what is missing and how to go on all the same."""


@dataclass(frozen=True)
class Step:
    """One cell of our own copy of the exercise, in order.

    id: its grade_id, or for a capture the question's id; source: code to run; capture: names of the answer variables
    whose values are read at this point, where nothing runs.
    """

    id: str
    source: str = ""
    capture: tuple[str, ...] = ()


@dataclass
class Ran:
    """What running the steps brought.

    values: question -> {answer name: bytes of check.values.encode}; faults: id of a step that ran -> why it failed;
    ended: ids of steps that ended the process, so that the others were run again without them; cpu: processor seconds
    of the child, own: of the cells alone; peak: memory in MB.
    """

    values: dict[str, dict[str, bytes]] = field(default_factory=dict)
    faults: dict[str, str] = field(default_factory=dict)
    ended: frozenset[str] = frozenset()
    cpu: float = 0.0
    own: float = 0.0
    peak: float = 0.0


class Sandbox:
    """Runs students' code in a child of a warm process.  Not to be shared between threads; close it, or use `with`."""

    def __init__(self, limits: Limits = Limits(), *, isolated: bool = True) -> None:
        """Raises NoIsolation, where isolation is wanted and cannot be had, and GradingError where Python cannot start."""
        self._limits, self._isolated = limits, isolated
        self._process: subprocess.Popen[bytes] | None = None
        self.isolation = ""
        self._start()

    def __enter__(self) -> Sandbox:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the warm process and all that it started.  The sandbox can be used again all the same."""
        process, self._process = self._process, None
        if process is None:
            return
        process.stdin.close()  # type: ignore[union-attr]
        process.stdout.close()  # type: ignore[union-attr]
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def run(self, steps: Sequence[Step]) -> Ran:
        """Run the steps in order in one namespace.  Never raises for what they do; GradingError if the sandbox is broken."""
        steps = list(steps)
        request = [(step.id, step.source, step.capture) for step in steps]
        for last in (False, True):
            if self._process is None:
                self._start()
            try:
                head, blobs = self._ask(request, self._limits.seconds + _SECONDS_OVER)
                if "failed" in head:
                    raise ValueError(head["failed"])
                return _read(steps, head, blobs)
            except (OSError, EOFError, ValueError, KeyError, TypeError, IndexError) as fault:
                self._kill()
                if last:
                    raise GradingError(f"The sandbox broke down twice on one submission ({fault}); it was not graded.") from None
        raise AssertionError

    def _start(self) -> None:
        package = Path(__file__).resolve().parents[1]
        arguments = [sys.executable, "-I", "-B", "-X", "utf8", "-c", _PROGRAM, str(package.parent)]
        self._process = subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                                         env=_environment(), cwd="/" if os.name == "posix" else None, start_new_session=True)
        settings = {"isolated": self._isolated, "limits": dataclasses.asdict(self._limits), "package": str(package), "fonts": _fonts()}
        try:
            head, _ = self._ask(settings, _SECONDS_TO_LOAD)
        except (OSError, EOFError, ValueError) as fault:
            head = {"failed": str(fault) or type(fault).__name__}
        if head.get("ready"):
            self.isolation = "isolated (namespaces, seccomp, own uid)" if self._isolated else NOT_ISOLATED
            return
        self._kill()
        if self._isolated:
            raise NoIsolation(head["failed"])
        raise GradingError(f"The process for students' code did not start: {head['failed']}.")

    def _kill(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.stdin.close()  # type: ignore[union-attr]
            process.stdout.close()  # type: ignore[union-attr]
            process.wait()

    def _ask(self, head: Any, seconds: float) -> tuple[Any, list[bytes]]:
        """Send a message and give the answer.  Raises OSError, EOFError, ValueError, TimeoutError."""
        process = self._process
        try:
            process.stdin.write(pack(head))  # type: ignore[union-attr]
            process.stdin.flush()  # type: ignore[union-attr]
            return self._answer(process.stdout, seconds)  # type: ignore[union-attr]
        except BaseException:  # Ctrl-C too: an answer that comes later would be taken for the next one's
            self._kill()
            raise

    @staticmethod
    def _answer(pipe: Any, seconds: float) -> tuple[Any, list[bytes]]:
        poll = select.poll()
        poll.register(pipe.fileno(), select.POLLIN)
        if not poll.poll(int(seconds * 1000)):
            raise TimeoutError("no answer came")
        length = length_of(_exactly(pipe, PREFIX))
        return unpack(_exactly(pipe, length))


def _exactly(pipe: Any, length: int) -> bytes:
    data = pipe.read(length)
    if len(data) < length:
        raise EOFError("the process for students' code ended")
    return data


def _read(steps: list[Step], head: dict[str, Any], blobs: list[bytes]) -> Ran:
    """The answer by ids.  Raises ValueError and its like for an answer that is none."""
    ran = Ran(ended=frozenset(steps[number].id for number in head["ended"]), cpu=float(head["cpu"]), own=float(head["own"]),
              peak=float(head["peak"]))
    for (number, place), value in zip(head["values"], blobs, strict=True):
        if len(value) > MAX_BYTES:
            raise ValueError("a value that is too long")
        ran.values.setdefault(steps[number].id, {})[steps[number].capture[place]] = value
    for number, said in head["faults"]:
        said = "".join(c if c.isprintable() else " " for c in said[:MAX_SAID])
        known = ran.faults.get(steps[number].id)
        ran.faults[steps[number].id] = f"{known}; {said}" if known else said
    return ran


def _environment() -> dict[str, str]:
    """Nothing of the instructor's own, but what Python needs to start."""
    kept = {name: os.environ[name] for name in ("LD_LIBRARY_PATH", "SYSTEMROOT") if name in os.environ}
    quiet = {f"{name}_NUM_THREADS": "1" for name in _ONE_THREAD}  # a process with threads cannot be forked safely
    return kept | quiet | {"PATH": os.defpath, "LANG": "C.UTF-8", "TZ": "UTC", "HOME": "/tmp", "IPYTHONDIR": "/tmp/ipython",
                           "MPLBACKEND": "agg", "MPLCONFIGDIR": FONTS, "ANALOGIES_PROGRESS": "off"}


def _fonts() -> str:
    """The file with matplotlib's list of fonts, made now if need be, so that no warm process looks for fonts."""
    from matplotlib import font_manager, get_cachedir

    found = Path(get_cachedir(), f"fontlist-v{font_manager.FontManager.__version__}.json")
    return str(found) if found.is_file() else ""
