"""The trusted end of the warm process: starts it with an empty memory and an empty environment, and talks to it."""

from __future__ import annotations

import os
import select
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from .frames import PREFIX, length_of, pack, unpack
from .warm import FONTS, TMP

PACKAGE = Path(__file__).resolve().parents[1]
_PROGRAM = "import sys; sys.path.insert(0, sys.argv[1]); from analogies.grading.warm import main; main()"
_ONE_THREAD = ("OMP", "OPENBLAS", "MKL", "NUMEXPR", "VECLIB_MAXIMUM", "BLIS")


class Started:
    """One warm process.  What it cannot do or say raises OSError, EOFError or ValueError; then it is of no more use."""

    def __init__(self, settings: dict[str, Any]) -> None:
        """settings: what warm.py is told, without the paths."""
        self._folder = None if settings["isolated"] else tempfile.TemporaryDirectory(prefix="analogies-warm-", ignore_cleanup_errors=True)
        arguments = [sys.executable, "-I", "-B", "-X", "utf8", "-c", _PROGRAM, str(PACKAGE.parent)]
        self._process = subprocess.Popen(
            arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            env=environment(self._folder.name if self._folder else None),
            cwd=os.path.abspath(os.sep), start_new_session=True)  # fmt: skip
        self.pid = self._process.pid
        self._first: dict[str, Any] | None = settings | {
            "package": str(PACKAGE), "closed": _closed(), "uid": _uid(), "program": arguments}  # fmt: skip

    def __enter__(self) -> Started:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def ask(self, head: Any, seconds: float) -> tuple[Any, list[bytes]]:
        """Send a message, None at the beginning for the settings alone; give the answer, head and blobs."""
        first, self._first = self._first, None
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin and stdout
        stdin.write(pack(head if first is None else first))
        stdin.flush()
        if not _ready(stdout, seconds):
            raise TimeoutError("no answer came")
        return unpack(_exactly(stdout, length_of(_exactly(stdout, PREFIX))))

    def close(self) -> None:
        """End it: it ends by itself, with its child, when its input does."""
        self._close_pipes()
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._clean()

    def kill(self) -> None:
        """End it at once."""
        self._process.kill()
        self._close_pipes()
        self._process.wait()
        self._clean()

    def _clean(self) -> None:
        if self._folder:
            self._folder.cleanup()

    def _close_pipes(self) -> None:
        for pipe in (self._process.stdin, self._process.stdout):
            try:
                pipe.close()  # type: ignore[union-attr]
            except OSError:  # what was not yet written cannot be written any more
                pass


def environment(folder: str | None) -> dict[str, str]:
    """Nothing of the instructor's own, but what Python needs to start.  folder: for what libraries keep, None inside a root
    of its own, where the temporary folder is no one else's."""
    kept = {name: os.environ[name] for name in ("LD_LIBRARY_PATH", "SYSTEMROOT") if name in os.environ}
    quiet = {f"{name}_NUM_THREADS": "1" for name in _ONE_THREAD}  # a process with threads cannot be forked safely
    home = folder or TMP
    return kept | quiet | {"PATH": os.defpath, "LANG": "C.UTF-8", "TZ": "UTC", "HOME": home, "IPYTHONDIR": os.path.join(home, "ipython"),
                           "MPLBACKEND": "agg", "MPLCONFIGDIR": folder or FONTS, "ANALOGIES_PROGRESS": "off"}


def fonts() -> str:
    """The file with matplotlib's list of fonts, made now if need be, so that no warm process looks for fonts."""
    from matplotlib import font_manager, get_cachedir

    found = Path(get_cachedir(), f"fontlist-v{font_manager.FontManager.__version__}.json")
    return str(found) if found.is_file() else ""


def _ready(pipe: Any, seconds: float) -> bool:
    if not hasattr(select, "poll"):
        return True  # Windows cannot wait for a pipe; there the other end keeps the time
    poll = select.poll()
    poll.register(pipe.fileno(), select.POLLIN)
    return bool(poll.poll(int(seconds * 1000)))


def _exactly(pipe: Any, length: int) -> bytes:
    data = pipe.read(length)
    if len(data) < length:
        raise EOFError("the process for students' code ended")
    return data


def _closed() -> list[str]:
    """Paths that exist and that students' code must not see: a try at them shows whether it is shut in."""
    clone = PACKAGE.parents[1]
    wanted = [clone / name for name in ("solutions", "exercises", "lessons", "pyproject.toml")]
    places = [*(PACKAGE / "check" / "questions").glob("*.py"), *(path for path in wanted if path.exists())]
    return [str(path) for path in (*places, *_some(Path.home())) if not _holds_python(path)]


def _some(home: Path) -> list[Path]:
    try:
        return sorted(home.iterdir())[:50]
    except OSError:
        return []


def _holds_python(path: Path) -> bool:
    return any(path == outer or path in Path(outer).resolve().parents or path in Path(outer).parents
               for outer in (sys.prefix, sys.base_prefix, PACKAGE))


def _uid() -> int:
    return os.geteuid() if hasattr(os, "geteuid") else -1
