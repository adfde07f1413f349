"""The seccomp filter: what it lets pass, refuses and kills, on both machines, by running its program here."""

from __future__ import annotations

import errno
import struct

import pytest

from analogies.grading.sandbox import filter as calls
from analogies.grading.sandbox.syscalls import CLONE3, DENIED, LAST, LIMITED

AUDIT = {machine: audit for machine, (audit, _) in calls.MACHINES.items()}
PASS, REFUSED, ABSENT, KILLED = "passes", "is refused", "does not exist", "is killed"
VERDICTS = {0x7FFF_0000: PASS, 0x0005_0000 | errno.EPERM: REFUSED, 0x0005_0000 | errno.ENOSYS: ABSENT, 0x8000_0000: KILLED}
MACHINES = pytest.mark.parametrize("machine", calls.MACHINES)


def verdict(machine: str, number: int, *arguments: int, audit: int | None = None) -> str:
    """What the program decides: classic BPF, as the kernel runs it, for the instructions that are used."""
    program = list(struct.iter_unpack("HBBI", calls.assemble(machine)))
    data = struct.pack("<IIQ6Q", number, AUDIT[machine] if audit is None else audit, 0, *(*arguments, *[0] * 6)[:6])
    at, loaded = 0, 0
    while True:
        code, yes, no, operand = program[at]
        at += 1
        if code == 0x20:
            assert operand % 4 == 0
            (loaded,) = struct.unpack_from("<I", data, operand)
        elif code == 0x54:
            loaded &= operand
        elif code == 0x06:
            return VERDICTS[operand]
        else:
            test = {0x15: loaded == operand, 0x25: loaded > operand, 0x35: loaded >= operand, 0x45: bool(loaded & operand)}[code]
            at += yes if test else no


def numbers(machine: str, name: str) -> int:
    return LIMITED[name][calls.MACHINES[machine][1]]


@MACHINES
def test_every_call_of_the_list_is_refused_and_no_other(machine: str) -> None:
    column = calls.MACHINES[machine][1]
    refused = {both[column] for both in DENIED.values()} - {None}
    limited = {both[column] for both in LIMITED.values()}
    for number in range(LAST + 1):
        if number not in limited and number != CLONE3:
            assert verdict(machine, number) == (REFUSED if number in refused else PASS), number


@MACHINES
def test_what_came_later_into_linux_does_not_exist(machine: str) -> None:
    assert verdict(machine, LAST + 1) == verdict(machine, CLONE3) == ABSENT


@MACHINES
def test_the_calls_of_another_machine_end_the_process(machine: str) -> None:
    assert verdict(machine, 1, audit=0x4000_0003) == KILLED  # 32 bits of the same processor
    assert verdict(machine, 0x4000_0000 + 41) == KILLED  # x32


@MACHINES
@pytest.mark.parametrize("name, arguments, expected", [
    ("clone", (0x3D0F00,), PASS),  # a thread, as the C library starts it
    ("clone", (17,), REFUSED),  # fork
    ("clone", (0x4111,), REFUSED),  # vfork
    ("clone", (0x3D0F00 | 0x1000_0000,), REFUSED),  # a user namespace
    ("kill", (1, 9), PASS), ("kill", (0, 9), REFUSED), ("kill", (0xFFFF_FFFF, 9), REFUSED), ("kill", (2, 9), REFUSED),
    ("tgkill", (1, 7, 9), PASS), ("tgkill", (5, 5, 9), REFUSED),
    ("socketpair", (1, 1), PASS), ("socketpair", (1, 1 | 0o2004000), PASS), ("socketpair", (1, 2), REFUSED), ("socketpair", (2, 1), REFUSED),
    ("sendto", (3, 0, 0, 0, 0), PASS), ("sendto", (3, 0, 0, 0, 8), REFUSED), ("sendto", (3, 0, 0, 0, 1 << 40), REFUSED),
    ("prctl", (15,), PASS), ("prctl", (4, 1), REFUSED), ("prctl", (22,), REFUSED),
])  # fmt: skip
def test_a_limited_call_passes_with_harmless_arguments_alone(machine: str, name: str, arguments: tuple[int, ...], expected: str) -> None:
    assert verdict(machine, numbers(machine, name), *arguments) == expected


@MACHINES
def test_no_jump_leaves_the_program_and_it_is_short_enough_for_the_kernel(machine: str) -> None:
    program = list(struct.iter_unpack("HBBI", calls.assemble(machine)))
    assert len(program) <= 4096
    assert all(at + 1 + max(yes, no) < len(program) for at, (code, yes, no, _) in enumerate(program) if code & 7 == 5)


def test_an_unknown_machine_has_no_filter() -> None:
    with pytest.raises(KeyError):
        calls.assemble("riscv64")


def test_numbers_become_ranges() -> None:
    assert calls.ranges([5, 1, None, 2, 3, 9]) == [(1, 3), (5, 5), (9, 9)]
