"""Starts a child for each attempt at a submission, from a process in which everything is loaded."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable, Sequence
from typing import Any, NoReturn

from .frames import BROKEN, MAX_SAID, Order, frame
from .spawned import Spawned
from .supervise import SECONDS_TO_START, Failed, Forked, Limits, settle

if hasattr(os, "fork"):
    from . import confine, probe


class Children:
    """The children of one warm process, one after the other."""

    def __init__(self, cell: confine.Cell | None, shell: Any, limits: Limits, asking: int, program: Sequence[str]) -> None:
        """cell: None where children are not isolated; shell: what shell.make gave, None where each child makes its own;
        asking: the pipe from the trusted process; program: the command that started this process."""
        self._cell, self._shell, self._limits, self._asking, self._program = cell, shell, limits, asking, program
        if not hasattr(os, "fork"):
            return
        size = confine.settle_memory(cell)
        self._allowed = confine.child_limits(size, memory_mb=limits.memory_mb, seconds=limits.seconds, files_mb=limits.files_mb,
                                             threads=limits.threads if cell else None)

    def answer(self, steps: Sequence[Sequence[Any]]) -> tuple[dict[str, Any], list[bytes]]:
        """Run steps, each (id, source, names), and give the answer's head and the values in its order.  Raises Failed."""
        orders = [Order(step[0], step[1], tuple(step[2])) for step in steps]
        out = settle(orders, self._limits, lambda left_out: self._attempt(orders, left_out))
        places, blobs = [], []
        for number, found in out.values.items():
            for place, value in found.items():
                places.append((number, place))
                blobs.append(value)
        head = {"values": places, "faults": list(out.faults.items()), "ended": sorted(out.ended),
                "cpu": out.cpu, "own": out.own, "peak": out.peak}
        return head, blobs

    def _attempt(self, orders: list[Order], left_out: set[int]) -> Forked | Spawned:
        kilobytes = self._limits.printed_kb
        if self._shell is None:
            return Spawned(self._program, {"once": [(o.id, o.source, o.capture) for o in orders], "left_out": sorted(left_out),
                                           "printed_kb": kilobytes})
        from .cells import run

        return self._start(lambda: run(orders, left_out, self._shell, confine.RESULT, kilobytes, confine.use_reserve))

    def holes(self, closed: Sequence[str], needed: Sequence[str], uid: int) -> list[str]:
        """What a child can do and must not, tried in one.  Raises Failed."""
        child = self._start(lambda: _tell(probe.holes(closed, needed, uid)))
        said = b""
        try:
            while data := child.read(SECONDS_TO_START):
                said += data
        finally:
            child.end()
        try:
            return json.loads(said)
        except ValueError:
            raise Failed(said.decode("utf-8", "replace") or "the process that looks for holes said nothing") from None

    def _start(self, task: Callable[[], object]) -> Forked:
        reading, writing = os.pipe()
        folder = None if self._cell else tempfile.mkdtemp(prefix="analogies-grade-")
        pid = confine.fork(self._cell, self._limits.files_mb) if self._cell else os.fork()
        if pid == 0:
            self._be_child(task, writing, folder)
        os.close(writing)
        return Forked(pid, reading, self._asking, lambda: confine.clear(self._cell, folder))

    def _be_child(self, task: Callable[[], object], writing: int, folder: str | None) -> NoReturn:
        try:
            confine.keep_only(writing)
            confine.give_up_rights(self._cell, self._allowed, folder)
            task()
        except BaseException as fault:
            # Before the first cell this is the sandbox's own fault; later the frame is not due, and the cell is blamed.
            said = f"{type(fault).__name__}: {fault}".encode("utf-8", "replace")[:MAX_SAID]
            os.write(confine.RESULT, frame(BROKEN, 0, said))
        finally:
            os._exit(70)


def _tell(found: list[str]) -> None:
    os.write(confine.RESULT, json.dumps(found).encode("ascii"))
    os._exit(0)
