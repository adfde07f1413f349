"""Assembles the seccomp filter: a program of classic BPF that lets a system call pass, refuses it, or ends the process."""

from __future__ import annotations

import errno
import struct
from collections.abc import Iterable

from .syscalls import CLONE3, DENIED, LAST, LIMITED

ALLOW, KILL, _REFUSE = 0x7FFF_0000, 0x8000_0000, 0x0005_0000
EPERM, ENOSYS = _REFUSE | errno.EPERM, _REFUSE | errno.ENOSYS
MACHINES = {"x86_64": (0xC000_003E, 0), "aarch64": (0xC000_00B7, 1)}  # AUDIT_ARCH, and the column in syscalls.py
_X32 = 0x4000_0000  # calls of the x32 kind have this bit
_LOAD, _EQUAL, _GREATER, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x25, 0x35, 0x45, 0x06
_NUMBER, _MACHINE = 0, 4  # where they stand in struct seccomp_data
_THREAD, _NEW_NAMESPACE = 0x0001_0000, 0x7E02_0000  # flags of clone
_UNIX, _STREAM, _KIND = 1, 1, 0xF
_SET_NAME = 15
OWN_PID = 1  # a child is the first process of its own namespace

Instruction = tuple[int, int, int, int]  # code, steps if true, steps if false, operand


def assemble(machine: str) -> bytes:
    """The whole filter for this kind of machine.  Raises KeyError for one whose calls are not known."""
    audit, column = MACHINES[machine]
    numbers = {name: both[column] for name, both in LIMITED.items()}
    program = [
        (_LOAD, 0, 0, _MACHINE), (_EQUAL, 1, 0, audit), _return(KILL),
        (_LOAD, 0, 0, _NUMBER),
        (_AT_LEAST, 0, 1, _X32), _return(KILL),
        (_GREATER, 0, 1, LAST), _return(ENOSYS),
        (_EQUAL, 0, 1, CLONE3), _return(ENOSYS),  # the C library then uses clone, whose flags can be seen
    ]  # fmt: skip
    for low, high in ranges(both[column] for both in DENIED.values()):
        program += [(_AT_LEAST, 0, 2, low), (_GREATER, 1, 0, high), _return(EPERM)]
    for name, rule in _RULES.items():
        program += [(_EQUAL, 0, len(rule), numbers[name]), *rule]
    program.append(_return(ALLOW))
    return b"".join(struct.pack("HBBI", *instruction) for instruction in program)


def ranges(numbers: Iterable[int | None]) -> list[tuple[int, int]]:
    """Numbers as ranges, first and last, in order."""
    found: list[tuple[int, int]] = []
    for number in sorted(n for n in numbers if n is not None):
        if found and number == found[-1][1] + 1:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return found


def _return(verdict: int) -> Instruction:
    return (_RETURN, 0, 0, verdict)


def _low(argument: int) -> Instruction:
    """Load the lower half of an argument (both machines are little-endian)."""
    return (_LOAD, 0, 0, 16 + 8 * argument)


def _high(argument: int) -> Instruction:
    return (_LOAD, 0, 0, 20 + 8 * argument)


def _only(argument: int, value: int) -> list[Instruction]:
    """Pass if the argument, an int of C, has this value."""
    return [_low(argument), (_EQUAL, 1, 0, value), _return(EPERM), _return(ALLOW)]


# Each ends with a verdict on every way through it.
_RULES: dict[str, list[Instruction]] = {
    "clone": [_low(0), (_ANY_BIT, 1, 0, _THREAD), _return(EPERM), (_ANY_BIT, 0, 1, _NEW_NAMESPACE), _return(EPERM), _return(ALLOW)],
    "kill": _only(0, OWN_PID),
    "tgkill": _only(0, OWN_PID),
    # Pairs of streams, for an event loop: nothing outside can be reached through one.
    "socketpair": [_low(0), (_EQUAL, 1, 0, _UNIX), _return(EPERM),
                   _low(1), (0x54, 0, 0, _KIND), (_EQUAL, 1, 0, _STREAM), _return(EPERM), _return(ALLOW)],
    "sendto": [_low(4), (_EQUAL, 1, 0, 0), _return(EPERM), _high(4), (_EQUAL, 1, 0, 0), _return(EPERM), _return(ALLOW)],
    "prctl": _only(0, _SET_NAME),
}  # fmt: skip
