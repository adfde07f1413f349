"""Starts a child for each attempt, from a process in which everything is loaded and nothing of any student ever was."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import sys
import tempfile
import time
from typing import Any, NoReturn

from ..limits import Limits
from . import confine, probe
from .frames import BROKEN, MAX_SAID, frame

_A_MB = 1024 * 1024 if sys.platform == "darwin" else 1024  # macOS counts a process's memory in bytes, Linux in kB
_PATIENCE = 500  # looks at a process that is about to end, 2 ms apart


class Children:
    """The children of one warm process, one after the other."""

    def __init__(self, cell: confine.Cell | None, shell: Any, limits: Limits) -> None:
        """cell: None where children are not isolated; shell: what shell.make gave, None where a child only looks for holes."""
        self._cell, self._shell, self._limits = cell, shell, limits
        self._pid: int | None = None
        self._folder: str | None = None
        self._failed = ""
        size = confine.settle_memory(cell)
        self._allowed = confine.child_limits(size, memory_mb=limits.memory_mb, seconds=limits.seconds, files_mb=limits.files_mb,
                                             threads=limits.threads if cell else None)

    def start(self, steps: int, result: int) -> None:
        """Fork a child that reads its steps and writes its frames on these descriptors, which are the child's alone from now on."""
        try:
            self._folder = None if self._cell else tempfile.mkdtemp(prefix="analogies-grade-")
            pid = confine.fork(self._cell, self._limits.files_mb) if self._cell else os.fork()
            if pid == 0:
                self._be_child(steps, result)
            self._pid = pid
        except OSError as fault:
            self._failed = f"no child could be started: {fault}"
        finally:
            os.close(steps)
            os.close(result)

    def end(self, *, at_once: bool) -> dict[str, Any]:
        """Reap the child, ended at once or when it does not end by itself soon; what it used."""
        failed, self._failed = self._failed, ""
        pid, self._pid = self._pid, None
        if pid is None:
            return {"failed": failed, "cpu": 0.0, "peak": 0.0, "status": 0, "killed": False}
        reaped = None if at_once else _reaped(pid)
        killed = reaped is None
        if reaped is None:
            os.kill(pid, signal.SIGKILL)
            reaped = os.wait4(pid, 0)
        if not self._cell:  # in a namespace of its own nothing outlives it; here it led a session, which may hold what it started
            with contextlib.suppress(OSError):
                os.killpg(pid, signal.SIGKILL)
        _, status, used = reaped
        if self._cell:
            confine.clear()
        elif self._folder:
            shutil.rmtree(self._folder, ignore_errors=True)
        return {"failed": "", "cpu": used.ru_utime + used.ru_stime, "peak": used.ru_maxrss / _A_MB,
                "status": os.waitstatus_to_exitcode(status), "killed": killed}

    def _be_child(self, steps: int, result: int) -> NoReturn:
        try:
            confine.keep_only(result, steps)
            confine.give_up_rights(self._cell, self._allowed, self._folder)
            with os.fdopen(confine.STEPS, "rb") as pipe:
                task = json.loads(pipe.read())
            if "probe" in task:
                os.write(confine.RESULT, json.dumps(probe.holes(*task["probe"])).encode("ascii"))
                os._exit(0)
            from .cells import run

            run(task, self._shell, confine.RESULT, confine.use_reserve)
        except BaseException as fault:
            # Before the first cell this is the sandbox's own fault; later the frame is not due, and the cell is blamed.
            said = f"{type(fault).__name__}: {fault}".encode("utf-8", "replace")[:MAX_SAID]
            os.write(confine.RESULT, frame(BROKEN, 0, said))
        finally:
            os._exit(70)


def _reaped(pid: int) -> tuple[int, int, Any] | None:
    """What wait4 gives once the process has ended by itself; None where it does not."""
    for _ in range(_PATIENCE):
        if (found := os.wait4(pid, os.WNOHANG))[0]:
            return found
        time.sleep(0.002)
    return None
