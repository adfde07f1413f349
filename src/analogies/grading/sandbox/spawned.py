"""A child for one attempt where processes cannot be forked (Windows): loads everything anew, is slow, and is NOT ISOLATED."""

from __future__ import annotations

import queue
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Mapping, Sequence

from .supervise import Ended


class Spawned:
    """A child as supervise.py wants it; a thread reads, because not every system can wait for a pipe."""

    def __init__(self, program: Sequence[str], task: bytes, environment: Mapping[str, str]) -> None:
        self._folder = tempfile.mkdtemp(prefix="analogies-grade-")
        self._process = subprocess.Popen(program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                                         cwd=self._folder, env=dict(environment),
                                         # Ctrl-C is the grader's alone: what is under way is finished
                                         creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0))
        self._came: queue.Queue[bytes] = queue.Queue(64)
        self._reader = threading.Thread(target=self._listen, daemon=True)
        self._reader.start()
        try:
            self._process.stdin.write(task)  # type: ignore[union-attr]
            self._process.stdin.close()  # type: ignore[union-attr]
        except OSError:  # it has ended already, and will be read as such
            pass

    def read(self, seconds: float) -> bytes | None:
        """What it sent; b"" at its end, None if nothing came in time."""
        try:
            return self._came.get(timeout=max(seconds, 0.001))
        except queue.Empty:
            return None

    def end(self, *, at_once: bool) -> Ended:
        """End it.  Its seconds and its peak are not known here."""
        killed = at_once
        if not at_once:
            try:
                self._process.wait(1)
            except subprocess.TimeoutExpired:
                killed = True
        self._process.kill()
        status = self._process.wait()
        while self._reader.is_alive():  # it may wait for room
            self.read(0.01)
        shutil.rmtree(self._folder, ignore_errors=True)
        return Ended(0.0, 0.0, status, killed)

    def _listen(self) -> None:
        with self._process.stdout as pipe:  # type: ignore[union-attr]
            while data := pipe.read1(1 << 18):  # type: ignore[attr-defined]
                self._came.put(data)
        self._came.put(b"")
