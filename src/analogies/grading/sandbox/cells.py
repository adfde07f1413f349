"""The child's part: runs a student's cells one after the other and reports what they did and what they left."""

from __future__ import annotations

import builtins
import os
import struct
import sys
import time
from collections.abc import Callable
from types import ModuleType
from typing import Any

from ...check.values import encode
from ...check.wire import type_name
from .frames import DONE, END, MAX_SAID, MEMORY, OVER, PRINTED, START, VALUE, Order, frame
from .shell import Counted, PrintedTooMuch, QuietShell

_ENDED = 71  # exit status


def run(task: dict[str, Any], shell: QuietShell, out: int, more_memory: Callable[[], None]) -> None:
    """Run the task's orders but those left out, write frames to the descriptor `out`, and end the process.

    Everything that is needed later is held in local names before a student's code runs; what it reaches all the same
    can change its own answers and nothing else, because the process is its own.
    """
    write, leave, clock, pack, plain_frame, value_of = os.write, os._exit, _clock(), struct.pack, frame, encode
    names, figures = dict(builtins.__dict__), sys.modules.get("matplotlib._pylab_helpers")
    orders, left_out, printed_kb = [Order(*one) for one in task["orders"]], set(task["left_out"]), task["printed_kb"]
    waiting: list[bytes] = []

    def send() -> None:
        data = b"".join(waiting)
        waiting.clear()
        while data:
            data = data[write(out, data) :]

    def over(number: int, reason: bytes) -> None:
        more_memory()
        waiting.append(plain_frame(OVER, number, reason))
        send()
        leave(_ENDED)

    last_id = ""
    for number, order in enumerate(orders):
        if number in left_out:
            continue
        waiting.append(plain_frame(START, number))
        if order.capture:
            if last_id != order.id:
                send()  # if reading the values ends the process, it is known where
            for place, name in enumerate(order.capture):
                waiting.append(plain_frame(VALUE, number, bytes([place]) + value_of(shell.user_ns.get(name))))
            waiting.append(plain_frame(END, number, pack("<d", 0)))
            continue
        send()
        last_id = order.id
        printed = Counted(printed_kb * 1000, lambda number=number: over(number, PRINTED))
        sys.stdout = sys.stderr = printed
        begun = clock()
        result = shell.run_cell(order.source, store_history=True)
        spent = clock() - begun
        _tidy(names, figures)
        error = result.error_before_exec or result.error_in_exec
        if isinstance(error, MemoryError):
            over(number, MEMORY)
        said = _why(error, printed_kb) if error is not None else ""
        waiting.append(plain_frame(END, number, pack("<d", spent) + said.encode("utf-8", "replace")[: MAX_SAID - 8]))
    waiting.append(plain_frame(DONE))
    send()
    leave(0)


def _clock() -> Callable[[], float]:
    """What tells the processor seconds of this process.  Under a limit of them Linux's clock of the process itself moves by
    ticks of some milliseconds, while getrusage is exact."""
    try:
        import resource
    except ImportError:  # Windows
        return time.process_time
    usage, own = resource.getrusage, resource.RUSAGE_SELF

    def seconds() -> float:
        used = usage(own)
        return used.ru_utime + used.ru_stime

    return seconds


def _tidy(names: dict[str, Any], figures: ModuleType | None) -> None:
    """Undo what would reach from one cell into the next without being in its names; figures are closed as in Jupyter."""
    sys.settrace(None)
    sys.setprofile(None)
    now = builtins.__dict__
    for name, value in names.items():
        if now.get(name) is not value:
            now[name] = value
    if figures is not None and figures.Gcf.figs:
        sys.modules["matplotlib.pyplot"].close("all")


def _why(error: BaseException, printed_kb: int) -> str:
    """Why a cell failed.  The words of the error are the student's own, so they are cut and made plain."""
    if isinstance(error, PrintedTooMuch):
        return f"it printed more than {printed_kb} kB"
    try:
        words = f"{error.msg} (line {error.lineno})" if isinstance(error, SyntaxError) else str(error)
    except BaseException:  # an error of the student's own whose text cannot be had
        words = ""
    words = "".join(c if c.isprintable() else " " for c in str(words)[:300]).strip()
    name = type_name(type(error))
    return f"it raised {name}: {words}" if words else f"it raised {name}"
