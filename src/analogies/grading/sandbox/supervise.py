"""Watches one child after the other, ends it when it must, and runs the steps again without what ended it."""

from __future__ import annotations

import math
import signal
import struct
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from ..limits import Limits
from .frames import BROKEN, DONE, END, MEMORY, OVER, PRINTED, START, VALUE, Frames, Junk, Order

SECONDS_TO_START = 120  # a spawned child loads everything
_TIME = "time"


class Failed(Exception):
    """The child did not come as far as the first cell: the sandbox is at fault, not a student."""


class Child(Protocol):
    """A process that runs steps."""

    def read(self, seconds: float) -> bytes | None:
        """What it sent; b"" at its end, None if nothing came in time."""

    def end(self, *, at_once: bool) -> Ended:
        """Reap it; not at once means: give it a second to end by itself."""


@dataclass(frozen=True)
class Ended:
    """How a child ended and what it used; killed: it did not end by itself."""

    cpu: float
    peak: float
    status: int
    killed: bool


@dataclass
class Attempt:
    """What one child reported, and how it ended."""

    values: dict[int, dict[int, bytes]] = field(default_factory=dict)
    faults: dict[int, str] = field(default_factory=dict)
    done: bool = False
    at: int | None = None  # the step that was running when it ended, or had run last
    why: str = ""
    out_of_time: bool = False
    struck: bool = False  # a SIGKILL ended it, which was not ours
    own: float = 0.0
    cpu: float = 0.0
    peak: float = 0.0


@dataclass
class Outcome:
    """Of all attempts together: values by step and place, faults by step, steps that ended the process."""

    values: dict[int, dict[int, bytes]]
    faults: dict[int, str]
    ended: set[int]
    cpu: float
    own: float
    peak: float


def settle(orders: Sequence[Order], limits: Limits, start: Callable[[set[int]], Child]) -> Outcome:
    """Run the orders, and again without each step that ended the process.  start: gives a child that leaves steps out."""
    until = time.monotonic() + limits.seconds
    left_out: set[int] = set()
    faults: dict[int, str] = {}
    cpu = own = peak = 0.0
    best: Attempt | None = None
    failures = 0
    struck: set[int] = set()
    while True:
        child = start(left_out)
        attempt = Watch(orders, left_out, limits, until).follow(child)
        cpu, own, peak = cpu + attempt.cpu, own + attempt.own, max(peak, attempt.peak)
        if best is None or attempt.done or len(attempt.values) >= len(best.values):
            best = attempt
        if attempt.done:
            break
        if attempt.at is None:
            failures += 1
            if failures == 2:
                raise Failed(attempt.why)
            continue
        if attempt.struck and attempt.at not in struck and time.monotonic() < until:
            struck.add(attempt.at)  # it may have been the system, short of memory, or anybody: the step runs once more
            continue
        blamed = _blamed(orders, attempt.at, left_out)
        faults[blamed] = attempt.why
        left_out.add(blamed)
        if attempt.out_of_time or time.monotonic() >= until:
            for number, order in enumerate(orders):
                if number > attempt.at and not order.capture and number not in left_out:
                    faults[number] = f"it was not run, because the cells before it took all of the {limits.seconds:g} seconds"
            break
    return Outcome(best.values, {**best.faults, **faults}, left_out, cpu, min(own, cpu), peak)


def _blamed(orders: Sequence[Order], at: int, left_out: set[int]) -> int:
    """The step to leave out: for values that cannot be read, the cell that made them, as long as that is in."""
    if orders[at].capture:
        for number in range(at - 1, -1, -1):
            if orders[number].id == orders[at].id and not orders[number].capture and number not in left_out:
                return number
    return at


class Watch:
    """One attempt: checks each frame against what is due, and keeps the time."""

    def __init__(self, orders: Sequence[Order], left_out: set[int], limits: Limits, until: float) -> None:
        self._orders, self._limits, self._until = orders, limits, until
        self._due = [n for n in range(len(orders)) if n not in left_out]
        self._running: int | None = None
        self._result = Attempt()

    def follow(self, child: Child) -> Attempt:
        """Read what the child sends until it is done or must be ended; reap it."""
        frames, result = Frames(), self._result
        deadline, reason, closed = time.monotonic() + SECONDS_TO_START, "", False
        try:
            while True:
                now = time.monotonic()
                data = child.read(max(0.0, min(deadline, self._until) - now))
                if data is None:
                    result.out_of_time = self._until <= deadline
                    reason = _TIME
                    break
                if not data:
                    closed = True
                    break
                before = self._running
                for kind, number, payload in frames.feed(data):
                    if self._take(kind, number, payload):
                        reason = result.why
                        break
                if result.done or reason:
                    break
                if self._running != before:
                    deadline = time.monotonic() + self._limits.seconds_a_cell
        except (Junk, struct.error, ValueError):
            result.done, reason = False, "it wrote into the grader's channel"
        finally:
            ended = child.end(at_once=not closed)
            result.cpu, result.peak, status = ended.cpu, ended.peak, ended.status
        if closed and ended.killed:
            reason = "it closed the grader's channel"
        result.struck = closed and not ended.killed and not reason and status == -getattr(signal, "SIGKILL", 9)
        if not result.done:
            result.why = self._words(reason, status)
        return result

    def _words(self, reason: str, status: int) -> str:
        limits = self._limits
        if self._result.at is None and not reason:
            return f"the process for students' code ended before the first cell (status {status})"
        if reason == _TIME:
            return (f"the whole notebook had used its {limits.seconds:g} seconds" if self._result.out_of_time
                    else f"it was still running after {limits.seconds_a_cell:g} seconds")
        if not reason and status < 0:
            return f"it ended Python ({_SIGNALS.get(-status, f'signal {-status}')})"
        return reason or "it ended Python"

    def _take(self, kind: int, number: int, payload: bytes) -> bool:
        """Whether the attempt ends with this frame.  Raises Junk for what is not due."""
        result, limits = self._result, self._limits
        if kind == START:
            if self._running is not None or not self._due or self._due[0] != number or payload:
                raise Junk
            del self._due[0]
            self._running = result.at = number
        elif kind == BROKEN and result.at is None:
            raise Failed(payload.decode("utf-8", "replace"))
        elif kind == DONE:
            if self._running is not None or self._due or payload:
                raise Junk
            result.done = True
            return True
        elif self._running is None or number != self._running:
            raise Junk
        elif kind == VALUE:
            kept = result.values.setdefault(number, {})
            if not payload or payload[0] >= len(self._orders[number].capture) or payload[0] in kept:
                raise Junk
            kept[payload[0]] = payload[1:]
        elif kind == END:
            (seconds,) = struct.unpack_from("<d", payload)
            said = payload[8:].decode("utf-8", "replace")
            result.own += seconds if math.isfinite(seconds) and 0 <= seconds <= limits.seconds * 64 else 0
            if said:
                result.faults[number] = said
            self._running = None
        elif kind == OVER and payload in (MEMORY, PRINTED):
            result.why = (f"it used more than {limits.memory_mb} MB of memory" if payload == MEMORY
                          else f"it printed more than {limits.printed_kb} kB")
            return True
        else:
            raise Junk
        return False


_SIGNALS = {
    getattr(signal, name, 0): words
    for name, words in (("SIGSEGV", "a crash in the memory: SIGSEGV"), ("SIGABRT", "it stopped itself: SIGABRT"),
                        ("SIGKILL", "over a limit of the system: SIGKILL"), ("SIGBUS", "a crash: SIGBUS"), ("SIGSYS", "it called the system in a way that is not allowed: SIGSYS"))
}  # fmt: skip
