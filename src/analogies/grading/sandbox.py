"""The trusted half of the sandbox: keeps one warm process, hands it steps, and takes back values as bytes."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from ..check.wire import MAX_BYTES
from . import isolation, started
from .frames import MAX_SAID
from .submission import GradingError
from .supervise import Limits

__all__ = ["Limits", "NoIsolation", "Ran", "Sandbox", "Step"]

NOT_ISOLATED = "NOT ISOLATED"
_SECONDS_TO_LOAD = 120
_SECONDS_OVER = 30  # what the warm process may take beyond a submission's own limit before it counts as dead
_NO_ISOLATION = ("Students' code cannot be isolated on this machine. {} To run it all the same, with your own rights on this "
                 "machine, ask for that by name: --not-isolated.")
_FAULTS = (OSError, EOFError, ValueError, KeyError, TypeError, IndexError)


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

    def __init__(self, limits: Limits | None = None, *, isolated: bool = True) -> None:
        """Raises NoIsolation, where isolation is wanted and cannot be had, and GradingError where Python cannot start."""
        self._limits, self._isolated = limits or Limits(), isolated
        self._spawn = not hasattr(os, "fork")  # then each attempt loads everything anew, and nothing is isolated
        self._warm: started.Started | None = None
        self.isolation = NOT_ISOLATED
        self._start()

    def __enter__(self) -> Sandbox:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the warm process and all that it started.  The sandbox can be used again all the same."""
        warm, self._warm = self._warm, None
        if warm is not None:
            warm.close()

    def run(self, steps: Sequence[Step]) -> Ran:
        """Run the steps in order in one namespace.  Never raises for what they do; GradingError if the sandbox is broken."""
        steps = list(steps)
        request = [(step.id, step.source, step.capture) for step in steps]
        for last in (False, True):
            warm = self._warm or self._start()
            try:
                head, blobs = warm.ask(request, self._limits.seconds + _SECONDS_OVER)
                if "failed" in head:
                    raise ValueError(head["failed"])
                return _read(steps, head, blobs)
            except _FAULTS as fault:
                self._kill()
                if last:
                    raise GradingError(f"The sandbox broke down twice on one submission, which was not graded: {fault}.") from None
            except BaseException:  # Ctrl-C: an answer that comes later would be taken for the next one's
                self._kill()
                raise
        raise AssertionError

    def _start(self) -> started.Started:
        settings = {"isolated": self._isolated, "limits": dataclasses.asdict(self._limits), "fonts": started.fonts(),
                    "spawn": self._spawn}
        self._warm = started.Started(settings)
        try:
            head, _ = self._warm.ask(None, _SECONDS_TO_LOAD)
            failed, holes = head.get("failed", ""), head.get("holes", [])
        except _FAULTS as fault:
            failed, holes = str(fault) or type(fault).__name__, []
        except BaseException:
            self._kill()
            raise
        if not failed and not holes:
            if self._isolated:
                self.isolation = f"isolated (namespaces, seccomp, {'own uid' if head['own_uid'] else 'no rights'})"
            return self._warm
        self._kill()
        if self._isolated:
            found = isolation.survey()
            if holes or not found.available:
                raise NoIsolation(_NO_ISOLATION.format(" ".join(holes or found.missing)))
        raise GradingError(f"The process for students' code did not start: {failed}.")

    def _kill(self) -> None:
        warm, self._warm = self._warm, None
        if warm is not None:
            warm.kill()


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
