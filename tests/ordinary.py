"""Runs a Python program as an ordinary user, whoever runs the tests."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from analogies.grading import kernel

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
    for path in needed:
        closed = [folder for folder in reversed(Path(path).parents) if folder.stat().st_mode & 0o5 != 0o5]
        if closed:
            tree = kernel.open_tree(path)
            kernel.mount("tmpfs", str(closed[0]), options="mode=755")
            os.makedirs(path) if os.path.isdir(f"/proc/self/fd/{tree}") else Path(path).touch()
            kernel.move_mount(tree, path)
            os.close(tree)
    os.setgroups([])
    os.setresgid(NOBODY, NOBODY, NOBODY)
    os.setresuid(NOBODY, NOBODY, NOBODY)


if __name__ == "__main__":
    here = os.getcwd()
    become()
    os.chdir(here)
    os.environ["HOME"] = tempfile.gettempdir()  # root's is closed
    os.execv(sys.argv[1], sys.argv[1:])
