"""Runs a Python program as an ordinary user, whoever runs the tests."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from analogies.grading.sandbox import kernel

NOBODY = 65534


def command(*arguments: str) -> list[str]:
    """The command for `python ARGUMENTS` as an ordinary user; root becomes one first."""
    program = [sys.executable, *arguments]
    return program if os.geteuid() else [sys.executable, str(Path(__file__).resolve()), *program]


def run(*arguments: str, **options: object) -> subprocess.CompletedProcess[str]:
    """Run `python ARGUMENTS` as an ordinary user."""
    return subprocess.run(command(*arguments), capture_output=True, text=True, **options)  # type: ignore[call-overload]


def become() -> None:
    """Root becomes nobody.  A home folder that is closed, such as root's, is opened on the way to this Python alone, and
    in this process's own view of the disk."""
    kernel.unshare(kernel.NEWNS)
    kernel.mount("", "/", kernel.MS_REC | kernel.MS_PRIVATE)
    needed = {sys.prefix, sys.base_prefix, os.path.realpath(sys.executable), str(Path(kernel.__file__).resolve().parents[2]), os.getcwd()}
    behind: dict[str, list[tuple[str, int]]] = {}
    for path in sorted(needed):
        closed = [str(folder) for folder in reversed(Path(path).parents) if folder.stat().st_mode & 0o5 != 0o5]
        if closed and not any(Path(path).is_relative_to(other) for other, _ in behind.get(closed[0], [])):
            behind.setdefault(closed[0], []).append((path, kernel.open_tree(path)))
    for folder, paths in behind.items():
        kernel.mount("tmpfs", folder, options="mode=755")
        for path, tree in paths:
            os.makedirs(path)
            kernel.move_mount(tree, path)
            os.close(tree)
    os.setgroups([])
    os.setresgid(NOBODY, NOBODY, NOBODY)
    os.setresuid(NOBODY, NOBODY, NOBODY)


def main() -> int:
    """Run the command of the arguments as nobody, with a home folder of its own that is deleted in the end."""
    here, home = os.getcwd(), tempfile.mkdtemp(prefix="analogies-nobody-")
    os.chown(home, NOBODY, NOBODY)
    pid = os.fork()
    if pid == 0:
        become()
        os.chdir(here)
        os.environ["HOME"] = home
        os.execv(sys.argv[1], sys.argv[1:])
    _, status = os.waitpid(pid, 0)
    shutil.rmtree(home, ignore_errors=True)
    return os.waitstatus_to_exitcode(status)


if __name__ == "__main__":
    sys.exit(main())
