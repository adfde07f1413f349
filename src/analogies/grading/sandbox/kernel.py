"""The Linux calls for isolation that Python 3.11 does not offer, through the C library; each raises OSError with its name."""

from __future__ import annotations

import ctypes
import os
import struct
from functools import cache

# unshare and setns
NEWNS, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET = 0x0002_0000, 0x0400_0000, 0x0800_0000, 0x1000_0000, 0x2000_0000, 0x4000_0000
# mount and umount2
MS_NOSUID, MS_NODEV, MS_NOEXEC, MS_REC, MS_PRIVATE = 2, 4, 8, 1 << 14, 1 << 18
MNT_DETACH = 2
# open_tree, move_mount, mount_setattr
_AT_FDCWD, _AT_RECURSIVE, _AT_EMPTY_PATH = -100, 0x8000, 0x1000
_TREE_CLONE, _TREE_CLOEXEC, _MOVE_FROM_FD = 1, os.O_CLOEXEC if hasattr(os, "O_CLOEXEC") else 0, 4
RDONLY, NOSUID, NODEV, NOEXEC = 1, 2, 4, 8
# prctl
_PDEATHSIG, _GET_DUMPABLE, _DUMPABLE, _BOUNDING_READ, _BOUNDING_DROP, _SECUREBITS, _NO_NEW_PRIVS, _AMBIENT = 1, 3, 4, 23, 24, 28, 38, 47
_AMBIENT_CLEAR = 4
_LOCKED_SECUREBITS = 0xEB  # root is no one special, a change of uid drops capabilities, none is ambient; all locked
# The numbers that x86_64 and aarch64 share, and those in which they differ.
_OPEN_TREE, _MOVE_MOUNT, _MOUNT_SETATTR = 428, 429, 442
_BY_MACHINE = {"x86_64": {"pivot_root": 155, "capset": 126, "seccomp": 317}, "aarch64": {"pivot_root": 41, "capset": 91, "seccomp": 277}}
_SECCOMP_FILTER, _SECCOMP_SPEC_ALLOW = 1, 4
_COLLAPSE = 25  # of madvise, since Linux 6.1
_CAPABILITIES = 0x2008_0522  # version 3 of capset's header


@cache
def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def _call(name: str, *arguments: object) -> int:
    function = getattr(_libc(), name, None)
    if function is None:
        raise OSError(f"{name}: the C library does not have it")
    result = function(*(ctypes.c_long(a) if isinstance(a, int) else a for a in arguments))
    if result == -1:
        number = ctypes.get_errno()
        raise OSError(number, f"{name}: {os.strerror(number)}")
    return result


def _direct(name: str, number: int, *arguments: object) -> int:
    try:
        return _call("syscall", number, *arguments)
    except OSError as fault:
        raise OSError(fault.errno, f"{name}: {os.strerror(fault.errno)}") from None


def _number(name: str) -> int:
    try:
        return _BY_MACHINE[os.uname().machine][name]
    except KeyError:
        raise OSError(f"{name}: its number is not known on {os.uname().machine}") from None


def unshare(flags: int) -> None:
    """Leave the named namespaces for new ones."""
    _call("unshare", flags)


def setns(descriptor: int, kind: int) -> None:
    """Enter the namespace of an open descriptor; for NEWPID it is that of the children to come."""
    _call("setns", descriptor, kind)


def mount(kind: str, target: str, flags: int = 0, options: str = "") -> None:
    """Mount a file system of that kind, or change the flags of what is mounted there (kind "")."""
    _call("mount", kind.encode() or None, target.encode(), kind.encode() or None, flags, options.encode() or None)


def detach(target: str) -> None:
    """Unmount at once for all who look from now on."""
    _call("umount2", target.encode(), MNT_DETACH)


def open_tree(path: str) -> int:
    """A detached copy of what is mounted at path and below it, as a descriptor."""
    return _direct("open_tree", _OPEN_TREE, _AT_FDCWD, path.encode(), _TREE_CLONE | _TREE_CLOEXEC | _AT_RECURSIVE)


def move_mount(tree: int, target: str) -> None:
    """Mount a detached tree at target."""
    _direct("move_mount", _MOVE_MOUNT, tree, b"", _AT_FDCWD, target.encode(), _MOVE_FROM_FD)


def restrict_tree(where: int | str, flags: int) -> None:
    """Set RDONLY, NOSUID ... on a tree (its descriptor or its path) and on all that is mounted below it."""
    attributes = struct.pack("QQQQ", flags, 0, 0, 0)
    if isinstance(where, int):
        _direct("mount_setattr", _MOUNT_SETATTR, where, b"", _AT_EMPTY_PATH | _AT_RECURSIVE, attributes, len(attributes))
    else:
        _direct("mount_setattr", _MOUNT_SETATTR, _AT_FDCWD, where.encode(), _AT_RECURSIVE, attributes, len(attributes))


def pivot_here() -> None:
    """Make the current folder, which is a mount, the root of this mount namespace; the old root is gone."""
    _direct("pivot_root", _number("pivot_root"), b".", b".")
    detach(".")
    os.chdir("/")


def die_with_parent(signal: int) -> None:
    """Receive this signal when the thread that started this process ends."""
    _call("prctl", _PDEATHSIG, signal, 0, 0, 0)


def not_dumpable() -> None:
    """No debugger and no core file of this process, and its files in /proc belong to root."""
    _call("prctl", _DUMPABLE, 0, 0, 0, 0)


def no_new_privileges() -> None:
    """No program that is started later gains rights by its file."""
    _call("prctl", _NO_NEW_PRIVS, 1, 0, 0, 0)


def empty_bounding_set() -> None:
    """No capability can be gained from here on by this process or its children; what it has it keeps."""
    number = 0
    while number < 64:
        try:
            held = _call("prctl", _BOUNDING_READ, number, 0, 0, 0)
        except OSError:  # past the last one that this kernel has
            break
        if held:
            _call("prctl", _BOUNDING_DROP, number, 0, 0, 0)
        number += 1
    _call("prctl", _AMBIENT, _AMBIENT_CLEAR, 0, 0, 0)
    _call("prctl", _SECUREBITS, _LOCKED_SECUREBITS, 0, 0, 0)


def set_capabilities(kept: frozenset[int] = frozenset()) -> None:
    """Keep these capabilities (by number) as permitted and effective, none as inheritable."""
    bits = sum(1 << number for number in kept)
    low, high = bits & 0xFFFF_FFFF, bits >> 32
    header, data = struct.pack("Ii", _CAPABILITIES, 0), struct.pack("6I", low, low, 0, high, high, 0)
    _direct("capset", _number("capset"), header, data)


def collapse(start: int, length: int) -> None:
    """Put memory of this process into large pages, of which a fork copies hundreds at once."""
    _call("madvise", ctypes.c_void_p(start), length, _COLLAPSE)


class Filter:
    """A seccomp program, laid out once so that installing it in a child is one call."""

    def __init__(self, program: bytes) -> None:
        self._program = ctypes.create_string_buffer(program, len(program))
        pointer = ctypes.addressof(self._program)
        self._header = ctypes.create_string_buffer(struct.pack("HxxxxxxP", len(program) // 8, pointer))
        self._number = _number("seccomp")

    def install(self) -> None:
        """Bind this thread and all that it starts.  Needs no_new_privileges before."""
        _direct("seccomp", self._number, _SECCOMP_FILTER, _SECCOMP_SPEC_ALLOW, self._header)
