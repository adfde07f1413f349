"""Starts a child for each attempt at a submission, from a process in which everything is loaded."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from typing import Any, NoReturn

from . import cells, confine
from .frames import BROKEN, MAX_SAID, Order, frame
from .shell import QuietShell
from .supervise import Forked, Limits, settle


class Children:
    """The children of one warm process, one after the other."""

    def __init__(self, cell: confine.Cell | None, shell: QuietShell, limits: Limits, pipes: tuple[int, int]) -> None:
        """cell: None where children are not isolated; pipes: from and to the trusted process."""
        self._cell, self._shell, self._limits, self._asking = cell, shell, limits, pipes[0]
        size = confine.settle_memory(cell)
        self._allowed = confine.child_limits(size, memory_mb=limits.memory_mb, seconds=limits.seconds, files_mb=limits.files_mb,
                                             threads=limits.threads if cell else None)

    def answer(self, steps: Sequence[Sequence[Any]]) -> tuple[dict[str, Any], list[bytes]]:
        """Run steps, each (id, source, names), and give the answer's head and the values in its order.  Raises Failed."""
        orders = [Order(step[0], step[1], tuple(step[2])) for step in steps]
        out = settle(orders, self._limits, lambda left_out: self._start(orders, left_out))
        places, blobs = [], []
        for number, found in out.values.items():
            for place, value in found.items():
                places.append((number, place))
                blobs.append(value)
        head = {"values": places, "faults": list(out.faults.items()), "ended": sorted(out.ended),
                "cpu": out.cpu, "own": out.own, "peak": out.peak}
        return head, blobs

    def _start(self, orders: Sequence[Order], left_out: set[int]) -> Forked:
        reading, writing = os.pipe()
        folder = None if self._cell else tempfile.mkdtemp(prefix="analogies-grade-")
        pid = confine.fork(self._cell, self._limits.files_mb) if self._cell else os.fork()
        if pid == 0:
            self._be_child(orders, left_out, writing, folder)
        os.close(writing)
        return Forked(pid, reading, self._asking, lambda: confine.clear(self._cell, folder))

    def _be_child(self, orders: Sequence[Order], left_out: set[int], writing: int, folder: str | None) -> NoReturn:
        try:
            confine.keep_only(writing)
            confine.give_up_rights(self._cell, self._allowed, folder)
            cells.run(orders, left_out, self._shell, confine.RESULT, self._limits.printed_kb, confine.use_reserve)
        except BaseException as fault:
            # Before the first cell this is the sandbox's own fault; later the frame is not due, and the cell is blamed.
            said = f"{type(fault).__name__}: {fault}".encode("utf-8", "replace")[:MAX_SAID]
            os.write(confine.RESULT, frame(BROKEN, 0, said))
        finally:
            os._exit(70)
