"""Tries, inside the sandbox, what must not be possible there: isolation is believed when it was seen."""

from __future__ import annotations

import os
import resource
import socket
from collections.abc import Callable, Sequence
from pathlib import Path

from . import kernel


def holes(closed: Sequence[str], needed: Sequence[str], uid: int) -> list[str]:
    """What is possible and must not be, or must be possible and is not, each as a sentence.

    closed: paths that must not be seen; needed: files that must be readable; uid: a user whom the child must not be.
    Called in a child that has given up its rights.
    """
    found = [f"{path} can be seen." for path in closed if os.path.exists(path)]
    found += [f"{path} cannot be read by other users of this machine, so students' code cannot use it; allow others to read it."
              for path in needed if not _possible(lambda path=path: Path(path).open("rb").close())]  # fmt: skip
    folder = os.path.dirname(needed[0])
    tries: list[tuple[str, Callable[[], object]]] = [
        ("A network connection can be opened.", lambda: socket.socket(socket.AF_INET, socket.SOCK_STREAM)),
        ("A connection to another program can be opened.", lambda: socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)),
        ("Another process can be started.", _fork),
        ("Another program can be started.", _execute),
        ("File systems can be mounted.", lambda: kernel.mount("tmpfs", "/tmp")),
        ("Namespaces can be made.", lambda: kernel.unshare(kernel.NEWNS)),
        ("Files of the libraries can be written.", lambda: Path(folder, "written").touch()),
        ("The memory limit can be lifted.", lambda: resource.setrlimit(resource.RLIMIT_AS, (resource.RLIM_INFINITY,) * 2)),
        ("Another user can be taken on.", lambda: os.setresuid(0, 0, 0)),
    ]
    found += [sentence for sentence, attempt in tries if _possible(attempt)]
    if os.path.isdir("/proc/1") or os.path.isdir("/sys/kernel"):
        found.append("Other processes can be seen.")
    if os.getpid() != 1 or os.getuid() == uid:
        found.append("The process is not alone under a number of its own.")
    return found


def _possible(attempt: Callable[[], object]) -> bool:
    try:
        attempt()
    except (OSError, ValueError):
        return False
    return True


def _execute() -> None:
    try:
        os.execv("/nothing", ["nothing"])
    except FileNotFoundError:  # it was allowed to look
        pass


def _fork() -> None:
    if os.fork() == 0:
        os._exit(0)
