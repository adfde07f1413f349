"""Finds out by trying whether students' code can be isolated on this machine, and says what is missing and why."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from . import filter as calls
from . import started
from .frames import HEADER
from .supervise import Failed
from .syscalls import DENIED

_SECONDS = 30
# All of it or none: what lacks one of these is not called isolated.
_USED = (
    "Students' code sees Python, its libraries and the kit without its questions, all read-only, and an empty folder of its own.",
    "It has no network.",
    "It sees no process but its own, and ends with it.",
    "It runs as a user who owns nothing.",
    f"The kernel refuses it {len(DENIED)} kinds of calls, among them those that start programs, connect or mount (seccomp).",
    "Its memory, time, files and output are limited.",
)
_ORDINARY = "It runs under your own user number, in a user namespace without rights."
_ELSEWHERE = {"darwin": "macOS", "win32": "Windows"}
_SETTINGS = {
    "kernel/unprivileged_userns_clone": ("0", "user namespaces are switched off for ordinary users"),
    "user/max_user_namespaces": ("0", "user namespaces are switched off"),
    "kernel/apparmor_restrict_unprivileged_userns": ("1", "AppArmor refuses user namespaces to programs that it does not know"),
}  # fmt: skip


@dataclass(frozen=True)
class Isolation:
    """What a survey found: `used` and `missing` are sentences; `available` only if nothing is missing."""

    available: bool
    used: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


def survey() -> Isolation:
    """Try it in a process of its own, which ends at once."""
    if not sys.platform.startswith("linux"):
        here = _ELSEWHERE.get(sys.platform, sys.platform)
        return _missing(f"Isolation is made from parts of Linux, and this is {here}; grade on a Linux machine or in a container.")
    machine = _machine()
    if machine not in calls.MACHINES:
        return _missing(f"The calls of the Linux kernel are known here for {' and '.join(calls.MACHINES)}, and this is {machine}.")
    try:
        with started.Started({"isolated": True, "survey": True}, 30) as process:
            found = holes(process)
            if found:
                return Isolation(False, (), tuple(found))
            return Isolation(True, _USED if process.own_uid else tuple(_ORDINARY if "as a user" in one else one for one in _USED))
    except Failed as fault:
        return _missing(explain(str(fault)))
    except (OSError, EOFError, ValueError, KeyError) as fault:
        return _missing(f"The process that tries it did not answer ({fault}).")


def holes(process: started.Started) -> list[str]:
    """What a child of this process can do and must not, found by trying.  Raises OSError, EOFError, ValueError, Failed."""
    task = {"probe": (started.closed(), started.needed(), os.geteuid())}
    child, said = started.Forked(process, json.dumps(task).encode("ascii")), b""
    try:
        while data := child.read(_SECONDS):
            said += data
    finally:
        child.end(at_once=False)
    try:
        return json.loads(said)
    except ValueError:
        raise Failed(said[HEADER.size :].decode("utf-8", "replace") or "the process that looks for holes said nothing") from None


def explain(fault: str, settings: Mapping[str, str] | None = None) -> str:
    """Why a call that isolation needs was refused, from its name and from what the system's settings say."""
    read = _settings() if settings is None else settings
    for name, (value, why) in _SETTINGS.items():
        if read.get(name) == value:
            change = "1" if value == "0" and "clone" in name else "15000" if value == "0" else "0"
            option = name.replace("/", ".")
            return f"On this machine {why} ({option} is {value}, {fault}); an administrator can run: sysctl -w {option}={change}"
    if "mount_setattr" in fault or "open_tree" in fault or "move_mount" in fault:
        return f"Linux 5.12 or newer is needed, and file systems must be allowed to be mounted ({fault})."
    if "seccomp" in fault:
        return f"The kernel was built without filters for its calls ({fault})."
    return (f"The system refuses namespaces ({fault}). Inside a container, start that with more rights "
            "(docker run --security-opt seccomp=unconfined --cap-add SYS_ADMIN), or grade outside of it.")


def _missing(sentence: str) -> Isolation:
    return Isolation(False, (), (sentence,))


def _machine() -> str:
    import platform

    return platform.machine()


def _settings() -> dict[str, str]:
    found = {}
    for name in _SETTINGS:
        try:
            found[name] = Path("/proc/sys", name).read_text().strip()
        except OSError:
            continue
    return found
