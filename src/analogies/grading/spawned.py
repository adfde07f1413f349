"""A child for one attempt where processes cannot be forked (Windows): loads everything anew, is slow, and is NOT ISOLATED."""

from __future__ import annotations

import queue
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Sequence
from typing import Any

from .frames import pack


class Spawned:
    """Behaves as supervise.Forked does; a thread reads, because not every system can wait for a pipe."""

    def __init__(self, program: Sequence[str], settings: dict[str, Any]) -> None:
        self._folder = tempfile.mkdtemp(prefix="analogies-grade-")
        self._process = subprocess.Popen(program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=self._folder)
        self._came: queue.Queue[bytes] = queue.Queue(64)
        self._reader = threading.Thread(target=self._listen, daemon=True)
        self._reader.start()
        try:
            self._process.stdin.write(pack(settings))  # type: ignore[union-attr]
            self._process.stdin.close()  # type: ignore[union-attr]
        except OSError:  # it has ended already, and will be read as such
            pass

    def read(self, seconds: float) -> bytes | None:
        """What it sent; b"" at its end, None if nothing came in time."""
        try:
            return self._came.get(timeout=max(seconds, 0.001))
        except queue.Empty:
            return None

    def ends(self) -> bool:
        """Whether it ends by itself, now that its pipe is closed."""
        try:
            self._process.wait(1)
        except subprocess.TimeoutExpired:
            return False
        return True

    def end(self) -> tuple[float, float, int]:
        """End it.  Its seconds and its peak are not known here."""
        self._process.kill()
        status = self._process.wait()
        while self._reader.is_alive():  # it may wait for room
            self.read(0.01)
        shutil.rmtree(self._folder, ignore_errors=True)
        return 0.0, 0.0, status

    def _listen(self) -> None:
        with self._process.stdout as pipe:  # type: ignore[union-attr]
            while data := pipe.read1(1 << 18):  # type: ignore[attr-defined]
                self._came.put(data)
        self._came.put(b"")
