"""The trusted end of the warm process: starts it with an empty memory and an empty environment, and has it fork children."""

from __future__ import annotations

import os
import select
import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from .frames import pack
from .supervise import Ended, Failed
from .warm import AWAIT, FONTS, KILL, OWN, START, receive

PACKAGE = Path(__file__).resolve().parents[2]
_PROGRAM = "import sys; sys.path.insert(0, sys.argv[1]); from analogies.grading.sandbox import warm; warm.{}()"
# Of the libraries that compute: a process with threads cannot be forked safely.
ONE_THREAD = {f"{name}_NUM_THREADS": "1" for name in ("OMP", "OPENBLAS", "MKL", "NUMEXPR", "VECLIB_MAXIMUM", "BLIS")}
_SECONDS_TO_END = 60
_AT_HOME = (".ssh", ".gnupg", ".netrc", ".gitconfig", ".bash_history", ".bashrc", ".profile", ".config", "Documents", "Downloads")


def program(function: str) -> list[str]:
    """The command that runs a function of warm.py in a new Python that heeds no one's environment."""
    return [sys.executable, "-I", "-B", "-X", "utf8", "-c", _PROGRAM.format(function), str(PACKAGE.parent)]


class Forked:
    """A child of the warm process, by the ends of its pipes that are on this side."""

    def __init__(self, warm: Started, task: bytes) -> None:
        self._warm = warm
        steps, ours = os.pipe()
        self._pipe, result = os.pipe()
        self._poll = select.poll()
        self._poll.register(self._pipe, select.POLLIN)
        try:
            with os.fdopen(ours, "wb", buffering=0) as pipe:
                try:
                    warm.start_child(steps, result)
                finally:
                    os.close(steps)
                    os.close(result)
                try:
                    pipe.write(task) if len(task) < 4096 else _write(pipe.fileno(), task)
                except BrokenPipeError:  # it ended before it read all: its end will say why
                    pass
        except BaseException:
            os.close(self._pipe)
            raise

    def read(self, seconds: float) -> bytes | None:
        """What it sent; b"" at its end, None if nothing came in time."""
        if not self._poll.poll(max(1, int(seconds * 1000) + 1) if seconds > 0 else 0):
            return None
        return os.read(self._pipe, 1 << 18)

    def end(self, *, at_once: bool) -> Ended:
        """Have the warm process reap it."""
        os.close(self._pipe)
        return self._warm.end_child(at_once=at_once)


class Started:
    """One warm process.  What it cannot do or say raises OSError, EOFError or ValueError; then it is of no more use."""

    def __init__(self, settings: dict[str, Any], seconds: float) -> None:
        """Start it and wait until it is ready.  settings: what it is told, without the paths.  Raises Failed with its reason too."""
        self._folder = None if settings["isolated"] else tempfile.TemporaryDirectory(prefix="analogies-warm-", ignore_cleanup_errors=True)
        self._control, theirs = socket.socketpair()
        try:
            self._process = subprocess.Popen(
                program("main"), stdin=theirs, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=os.path.abspath(os.sep),
                env=environment(self._folder.name if self._folder else None), start_new_session=True)  # fmt: skip
        finally:
            theirs.close()
        self.pid = self._process.pid
        try:
            self._control.settimeout(seconds)
            self._control.sendall(pack(settings | {"package": str(PACKAGE)}))
            head = receive(self._control)
            if "failed" in head:
                raise Failed(head["failed"])
            self.own_uid = bool(head["own_uid"])
        except BaseException:
            self.kill()
            raise

    def __enter__(self) -> Started:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def start_child(self, steps: int, result: int) -> None:
        """Have a child forked that has these descriptors."""
        socket.send_fds(self._control, [START], [steps, result])

    def end_child(self, *, at_once: bool) -> Ended:
        """Have it reaped.  Raises Failed if it was never there."""
        self._control.settimeout(_SECONDS_TO_END)
        self._control.sendall(KILL if at_once else AWAIT)
        used = receive(self._control)
        if used["failed"]:
            raise Failed(used["failed"])
        return Ended(float(used["cpu"]), float(used["peak"]), int(used["status"]), bool(used["killed"]))

    def close(self) -> None:
        """End it: it ends by itself, with its child, when the socket does."""
        self._control.close()
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            pass
        self.kill()

    def kill(self) -> None:
        """End it at once."""
        self._process.kill()
        self._control.close()
        self._process.wait()
        if self._folder:
            self._folder.cleanup()


def _write(descriptor: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def environment(folder: str | None) -> dict[str, str]:
    """Nothing of the instructor's own, but what Python needs to start.  folder: for what libraries keep, None inside a root
    of its own, where a child has a folder that is no one else's."""
    kept = {name: os.environ[name] for name in ("LD_LIBRARY_PATH", "SYSTEMROOT") if name in os.environ}
    home = folder or OWN
    return kept | ONE_THREAD | {"PATH": os.defpath, "LANG": "C.UTF-8", "TZ": "UTC", "HOME": home, "TMPDIR": home, "IPYTHONDIR": os.path.join(home, "ipython"),
                           "MPLBACKEND": "agg", "MPLCONFIGDIR": folder or FONTS, "ANALOGIES_PROGRESS": "off"}


def fonts() -> str:
    """The file with matplotlib's list of fonts, made now if need be, so that no warm process looks for fonts."""
    from matplotlib import font_manager, get_cachedir

    found = Path(get_cachedir(), f"fontlist-v{font_manager.FontManager.__version__}.json")
    return str(found) if found.is_file() else ""


def closed() -> list[str]:
    """Paths that exist and that students' code must not see.  Told to a child, so they say nothing of the instructor."""
    clone = PACKAGE.parents[1]
    wanted = [clone / name for name in ("solutions", "exercises", "lessons", "pyproject.toml")]
    wanted += [*(PACKAGE / "check" / "questions").glob("*.py"), *(Path.home() / name for name in _AT_HOME)]
    return [str(path) for path in wanted if path.exists() and not _holds_python(path)]


def needed() -> list[str]:
    """A file of each place from which students' code loads something."""
    import encodings

    import numpy

    return [numpy.__file__, encodings.__file__, str(PACKAGE / "data" / "claims.csv")]


def _holds_python(path: Path) -> bool:
    return any(path == outer or path in Path(outer).resolve().parents or path in Path(outer).parents
               for outer in (sys.prefix, sys.base_prefix, PACKAGE))
