"""The only files that students' code sees: Python, its libraries and the kit without its questions, all read-only."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterable
from pathlib import Path

from . import kernel
from .warm import OWN

_SYSTEM = ("/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib", "/usr/share/zoneinfo", "/usr/share/fonts",
           "/usr/local/share/fonts", "/etc/fonts", "/etc/ld.so.cache", "/etc/localtime")  # fmt: skip
_TMP = _ANY = "/tmp"  # where the new root is made; any folder would do
_DEV = "/dev"
_DEVICES = ("/dev/null", "/dev/zero", "/dev/urandom", "/dev/random")
_HIDDEN = ("check/questions",)  # of the package: where an empty folder lies


def allowed(package: Path) -> list[str]:
    """Folders and files that may be seen, outer ones first: the libraries of the system, of this Python, and the kit.

    Of a prefix only its lib folders: it may be the clone itself (`python -m venv .`), with solutions and submissions in it.
    """
    prefixes = {os.path.abspath(p) for p in (sys.prefix, sys.base_prefix, sys.exec_prefix, sys.base_exec_prefix)}
    libraries = [os.path.join(prefix, name) for prefix in prefixes for name in ("lib", "lib64")]
    on_path = [os.path.abspath(p) for p in sys.path if p and any(_inside(p, prefix) for prefix in prefixes)]
    paths = {p for p in (*_SYSTEM, *libraries, *on_path, str(package)) if os.path.exists(p) and p not in prefixes}
    both = sorted(paths | {os.path.realpath(p) for p in paths})
    return [p for p in both if not any(_inside(p, outer) and p != outer for outer in both)]


def build(package: Path, given: Iterable[tuple[str, str]] = ()) -> None:
    """Enter a root that holds `allowed` and nothing else.  given: more files, as (source, the path where it is seen).

    Needs a mount namespace of one's own.  seal() makes it read-only.
    """
    kernel.mount("", "/", kernel.MS_REC | kernel.MS_PRIVATE)
    devices = [(path, path) for path in _DEVICES if os.path.exists(path)]
    seen = [(path, path) for path in allowed(package)]
    # Copied before anything is mounted, so that a source may lie anywhere, under the temporary folder too.
    trees = [(kernel.open_tree(os.path.realpath(source)), os.path.isdir(source), path) for source, path in [*seen, *given, *devices]]
    for tree, _, path in trees:
        kernel.restrict_tree(tree, kernel.RDONLY | kernel.NOSUID | (0 if path in _DEVICES else kernel.NODEV))
    kernel.mount("tmpfs", _ANY, kernel.MS_NOSUID | kernel.MS_NODEV, "mode=0755,size=8m,nr_inodes=4096")
    os.chdir(_ANY)
    os.mkdir(_DEV[1:])
    kernel.mount("tmpfs", _DEV[1:], kernel.MS_NOSUID | kernel.MS_NOEXEC, "mode=0755,size=4k,nr_inodes=16")
    for tree, is_folder, path in trees:
        if path not in _DEVICES or not _own_device(path):
            _place(path, is_folder)
            kernel.move_mount(tree, path[1:])
        os.close(tree)
    for hidden in {os.path.join(p, name) for p in (str(package), os.path.realpath(package)) for name in _HIDDEN}:
        if os.path.isdir(hidden[1:]):
            kernel.mount("tmpfs", hidden[1:], kernel.MS_NOSUID | kernel.MS_NODEV | kernel.MS_NOEXEC, "mode=0555,size=4k,nr_inodes=1")
    os.makedirs(OWN[1:])
    if not os.path.lexists(_TMP[1:]):
        os.symlink(OWN, _TMP[1:])
    kernel.pivot_here()


def seal() -> None:
    """From here on nothing in the root can be written, by whomever.  OWN is mounted anew for each child."""
    kernel.restrict_tree("/", kernel.RDONLY | kernel.NOSUID)


def _own_device(path: str) -> bool:
    """Make the same device below the current folder, so that no lock on it is one on the machine's own; False where that is
    not allowed, as to an ordinary user."""
    try:
        os.mknod(path[1:], stat.S_IFCHR | 0o666, os.stat(path).st_rdev)
    except OSError:
        return False
    os.chmod(path[1:], 0o666)  # whatever the umask
    try:
        os.close(os.open(path[1:], os.O_RDONLY | os.O_CLOEXEC))
    except OSError:  # made, but of no use in this container
        os.unlink(path[1:])
        return False
    return True


def _place(path: str, is_folder: bool) -> None:
    """Something to mount on, at this path below the current folder."""
    here = path[1:]
    if is_folder:
        os.makedirs(here, exist_ok=True)
    else:
        os.makedirs(os.path.dirname(here) or ".", exist_ok=True)
        os.close(os.open(here, os.O_CREAT | os.O_CLOEXEC, 0o644))


def _inside(path: str, outer: str) -> bool:
    return os.path.commonpath([os.path.abspath(path), outer]) == outer
