"""Runs a command and says what it took: seconds, seconds of processor, memory; nothing that it started is left behind.

Linux alone.  Whoever measures becomes the parent of every orphan below it, so the processor time of all children is
counted, also of those whose own parent ended first.
"""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PR_SET_PDEATHSIG, PR_SET_CHILD_SUBREAPER = 1, 36
_libc = ctypes.CDLL(None, use_errno=True)
_TICKS = os.sysconf("SC_CLK_TCK")


class Failed(RuntimeError):
    """A command ended with another code than 0, or did not end in time; the sentence has the last lines that it wrote."""


@dataclass(frozen=True)
class Took:
    """wall, cpu (all children included): seconds; peak: MB of memory of all processes together, shared pages counted
    once; each: wall seconds of each command, where there were several; load: of the machine, before; elsewhere: the
    processor seconds that other work took on this machine meanwhile."""

    wall: float
    cpu: float
    peak: float
    each: tuple[float, ...]
    load: float
    elsewhere: float


def adopt() -> None:
    """Become the parent of orphans, and turn the signal to end into an exception, so that what was started is ended."""
    _libc.prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    signal.signal(signal.SIGTERM, _stop)


def _stop(*_: object) -> None:
    raise KeyboardInterrupt


def run(commands: Sequence[Sequence[str]], *, cwd: Path, log: Path, environment: Mapping[str, str], cores: Sequence[int],
        at_once: int = 1, patience: float = 3600) -> Took:
    """Run the commands on these cores, so many at once, and measure them as one.  Raises Failed."""
    load, busy, spent = os.getloadavg()[0], _machine(), _children()
    each: list[float] = []
    deadline = time.monotonic() + patience
    pool = ThreadPoolExecutor(at_once)
    with log.open("a", encoding="utf-8") as out, _watched() as memory:
        def one(command: Sequence[str]) -> None:
            begun = time.monotonic()
            _run(["taskset", "-c", ",".join(map(str, cores)), *command], cwd, environment, out, deadline)
            each.append(time.monotonic() - begun)

        begun = time.monotonic()
        try:
            for done in [pool.submit(one, command) for command in commands]:
                done.result()
        except subprocess.CalledProcessError as fault:
            raise Failed(f"{' '.join(fault.cmd)}\nended with {fault.returncode}; {log}:\n{_tail(log)}") from None
        except subprocess.TimeoutExpired as fault:
            raise Failed(f"{' '.join(fault.cmd)}\nwas ended after {patience:.0f} s; {log}:\n{_tail(log)}") from None
        finally:
            wall = time.monotonic() - begun
            pool.shutdown(wait=False, cancel_futures=True)
            end_all()
            pool.shutdown()
            end_all()  # what a worker was starting at that moment
    cpu = _children() - spent
    return Took(wall, cpu, memory[0], tuple(each), load, max(0.0, _machine() - busy - cpu))


def _run(command: list[str], cwd: Path, environment: Mapping[str, str], out, deadline: float) -> None:
    with subprocess.Popen(command, cwd=cwd, env=dict(environment), stdin=subprocess.DEVNULL, stdout=out, stderr=out,
                          preexec_fn=lambda: _libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0), start_new_session=True) as started:
        try:
            code = started.wait(max(0.0, deadline - time.monotonic()))
        except BaseException:
            started.kill()
            raise
    if code:
        raise subprocess.CalledProcessError(code, command)


def below(parent: int) -> list[int]:
    """The ids of all processes below this one."""
    children: dict[int, list[int]] = {}
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            try:
                fields = Path("/proc", entry, "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            children.setdefault(int(fields[1]), []).append(int(entry))
    found, left = [], [parent]
    while left:
        found += (young := children.get(left.pop(), []))
        left += young
    return found


def end_all() -> None:
    """End every process below this one, and reap it."""
    for _ in range(50):
        left = below(os.getpid())
        for process in left:
            try:
                os.kill(process, signal.SIGKILL)
            except ProcessLookupError:
                pass
        try:
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        except ChildProcessError:
            return
        time.sleep(0.1)


@contextmanager
def _watched(seconds: float = 0.5) -> Iterator[list[float]]:
    """A list of one number: the most memory that the processes below had together, in MB, looked at now and then."""
    most, over = [0.0], threading.Event()

    def watch() -> None:
        while not over.wait(seconds):
            most[0] = max(most[0], sum(map(_memory, below(os.getpid()))) / 1024)

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield most
    finally:
        over.set()
        watcher.join()


def _memory(process: int) -> int:
    """Proportional memory of a process in kB; 0 where it has ended."""
    try:
        for line in Path("/proc", str(process), "smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    except OSError:
        pass
    return 0


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _machine() -> float:
    """Processor seconds that the whole machine has worked since it started."""
    user, nice, system, _idle, _wait, irq, softirq = map(int, Path("/proc/stat").read_text().split()[1:8])
    return (user + nice + system + irq + softirq) / _TICKS


def _tail(log: Path) -> str:
    return "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-15:])
