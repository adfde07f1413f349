"""Shuts processes in: the warm one into namespaces of its own, and each child without rights, behind the filter."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pwd
import resource
import signal
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from . import filter as calls
from . import kernel, new_root
from .warm import OWN

_KEPT = frozenset({5, 6, 7, 21})  # CAP_KILL, CAP_SETGID, CAP_SETUID, CAP_SYS_ADMIN: what starting and ending a child needs
_INSIDE = 1000  # how an ordinary user's own number is called inside
_FIRST_UID, _UIDS = 1_900_000_000, 40_000_000  # given to no one by the tools that give out numbers
RESULT, STEPS = 3, 4  # the child's only way out, and what it is to do, which is closed before that begins
_RESERVE = 64 << 20  # memory with which a child can still say that it has no more
_FILES = 256
_LARGE = 2 << 20  # bytes of a large page


@dataclass
class Cell:
    """What the warm process holds to shut in its children."""

    own_pids: int  # descriptor of its own namespace of processes
    maps: int  # descriptor of its own memory map, read once the libraries are loaded
    uid: int | None  # the first number for children, None where they share the one that there is
    filter: kernel.Filter
    count: int = 0


def enter(package: Path, given: Iterable[tuple[str, str]]) -> Cell:
    """Shut the calling process in; what returns is a new process, and this one waits for it.  Raises OSError.

    The caller must have one thread.  Only the descriptors 0, 1 and 2 should be open.
    """
    privileged = os.geteuid() == 0 and _has_admin()
    if not privileged:
        uid, gid = os.geteuid(), os.getegid()
        kernel.unshare(kernel.NEWUSER)
        _write("/proc/self/setgroups", "deny")
        _write("/proc/self/uid_map", f"{_INSIDE} {uid} 1")
        _write("/proc/self/gid_map", f"{_INSIDE} {gid} 1")
    filter_ = kernel.Filter(calls.assemble(os.uname().machine))
    kernel.unshare(kernel.NEWNS | kernel.NEWNET | kernel.NEWIPC | kernel.NEWUTS | kernel.NEWPID)
    _become_first_process()
    own_pids = os.open("/proc/self/ns/pid", os.O_RDONLY | os.O_CLOEXEC)
    maps = os.open("/proc/self/maps", os.O_RDONLY | os.O_CLOEXEC)
    first_uid = _unused_uid() if privileged else None
    new_root.build(package, given)
    if privileged:
        os.setgroups([])
    kernel.empty_bounding_set()
    kernel.set_capabilities(_KEPT)
    kernel.no_new_privileges()
    kernel.not_dumpable()
    return Cell(own_pids, maps, first_uid, filter_)


def _become_first_process() -> None:
    """Go on in a child that is the first process of its namespace: what it leaves behind the kernel ends with it."""
    pid = os.fork()
    if pid == 0:
        kernel.die_with_parent(signal.SIGKILL)
        return
    silence = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):  # so that the end of the warm process closes its pipes
        os.dup2(silence, descriptor)
    _, status = os.waitpid(pid, 0)
    os._exit(os.waitstatus_to_exitcode(status) & 0xFF)


def fork(cell: Cell, files_mb: int) -> int:
    """Fork a child with an empty folder of its own, as the first process of a namespace of its own; the number of the child, 0 in it."""
    cell.count += 1
    uid = _INSIDE if cell.uid is None else cell.uid + cell.count % 1000
    kernel.mount("tmpfs", OWN, kernel.MS_NOSUID | kernel.MS_NODEV | kernel.MS_NOEXEC,
                 f"mode=0700,size={files_mb}m,nr_inodes=4096,uid={uid},gid={uid}")
    kernel.unshare(kernel.NEWPID)
    pid = os.fork()
    if pid == 0 and cell.uid is not None:
        os.setresgid(uid, uid, uid)
        os.setresuid(uid, uid, uid)
    elif pid:
        kernel.setns(cell.own_pids, kernel.NEWPID)
    return pid


def clear() -> None:
    """Take away the folder of a child that has ended."""
    kernel.detach(OWN)


def give_up_rights(cell: Cell | None, limits: list[tuple[int, int, int]], folder: str | None) -> None:
    """In the child, after keep_only: no way back from here."""
    os.setsid()
    set_limits(limits)
    os.chdir(OWN if cell else folder or ".")
    os.umask(0o077)
    if cell:
        kernel.set_capabilities()
        kernel.not_dumpable()
        cell.filter.install()


def keep_only(result: int, steps: int) -> None:
    """Close every descriptor but 0, 1, 2, RESULT and STEPS, which are these from now on.

    0, 1 and 2 are opened anew: what was opened before the fork is shared, so flags and locks on it would outlive the child.
    """
    result, steps = (fcntl.fcntl(one, fcntl.F_DUPFD_CLOEXEC, STEPS + 1) for one in (result, steps))  # out of each other's way
    silence = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(silence, descriptor)
    os.dup2(result, RESULT)
    os.dup2(steps, STEPS)
    os.closerange(STEPS + 1, _FILES)


def child_limits(size: int | None, *, memory_mb: int, seconds: float, files_mb: int, threads: int | None) -> list[tuple[int, int, int]]:
    """Limits as (which, soft, hard).  size: bytes that the warm process takes already, None where that is not known."""
    processor = int(seconds) * 2 + 2  # two threads may use both cores
    found = [(resource.RLIMIT_CPU, processor, processor), (resource.RLIMIT_FSIZE, files_mb << 20, files_mb << 20),
             (resource.RLIMIT_CORE, 0, 0), (resource.RLIMIT_NOFILE, _FILES, _FILES)]  # fmt: skip
    if size is not None:
        memory = size + (memory_mb << 20)
        found.append((resource.RLIMIT_AS, memory, memory + _RESERVE))
    if threads is not None:
        found.append((resource.RLIMIT_NPROC, threads, threads))
    for name in ("MEMLOCK", "MSGQUEUE", "RTPRIO", "NICE"):
        if hasattr(resource, f"RLIMIT_{name}"):
            found.append((getattr(resource, f"RLIMIT_{name}"), 0, 0))
    return found


def set_limits(limits: list[tuple[int, int, int]]) -> None:
    """Set them, where the machine already allows less, leave that."""
    for which, soft, hard in limits:
        _, most = resource.getrlimit(which)
        if most != resource.RLIM_INFINITY:
            soft, hard = min(soft, most), min(hard, most)
        resource.setrlimit(which, (soft, hard))


def use_reserve() -> None:
    """Give back the memory that was held back, so that a child without memory can still say so."""
    with contextlib.suppress(ValueError, OSError):
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (hard, hard))


def settle_memory(cell: Cell | None) -> int | None:
    """Put what is loaded into large pages; the bytes of address space that it takes, None where the system does not say."""
    try:
        maps = os.fdopen(cell.maps) if cell else open("/proc/self/maps", encoding="ascii")
    except OSError:
        return None
    with maps:
        lines = [line.split() for line in maps]
    size = 0
    for span, rights, _, _, file, *_ in lines:
        start, end = (int(edge, 16) for edge in span.split("-"))
        size += end - start
        if file == "0" and rights == "rw-p":
            for large in range(-(-start // _LARGE) * _LARGE, end - _LARGE + 1, _LARGE):
                with contextlib.suppress(OSError):  # empty, or an older Linux: then a fork takes a little longer
                    kernel.collapse(large, _LARGE)
    return size


def _has_admin() -> bool:
    held = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("CapEff:"))
    return bool(int(held.split()[1], 16) >> 21 & 1)


def _unused_uid() -> int:
    """The first of a thousand user numbers that no one has, other ones for each warm process that runs."""
    mapped = [tuple(map(int, line.split())) for line in Path("/proc/self/uid_map").read_text().splitlines()]
    taken = {one.pw_uid for one in pwd.getpwall()}
    pid = int(os.readlink("/proc/self"))  # as the machine numbers it, not this namespace
    for first in (_FIRST_UID + pid % (_UIDS // 1000) * 1000, 61_000):
        inside = any(start <= first and first + 1000 <= start + count for start, _, count in mapped)
        if inside and not taken & set(range(first, first + 1000)):
            return first
    raise OSError("no user number is free for students' code in this container")


def _write(path: str, text: str) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CLOEXEC)
    try:
        os.write(descriptor, text.encode())
    finally:
        os.close(descriptor)
