"""The trusted half of the sandbox: keeps one warm process, hands it steps, and takes back values as bytes."""

from __future__ import annotations

import dataclasses
import json
import os
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field

from ..limits import Limits
from ..submission import GradingError, Machine
from . import isolation, started
from .frames import Order
from .spawned import Spawned
from .supervise import Child, Failed, Outcome, settle

__all__ = ["Limits", "NoIsolation", "Ran", "Sandbox", "Step"]

NOT_ISOLATED = "NOT ISOLATED"
_SECONDS_TO_LOAD = 120
_NO_ISOLATION = ("Students' code cannot be isolated on this machine. {} To run it all the same, with your own rights on this "
                 "machine, ask for that by name: --not-isolated.")


class NoIsolation(Machine):
    """This machine cannot isolate students' code; says what is missing and how to go on all the same."""


@dataclass(frozen=True)
class Step:
    """One cell of our own copy of the exercise, in order.

    id: its grade_id, or for a capture the question's id; source: code to run; capture: names of the answer variables
    whose values are read at this point, where nothing runs.
    """

    id: str
    source: str = ""
    capture: tuple[str, ...] = ()


@dataclass
class Ran:
    """What running the steps brought.

    values: question -> {answer name: bytes of check.values.encode}; faults: id of a step that ran -> why it failed;
    ended: ids of steps that ended the process, so that the others were run again without them; cpu: processor seconds
    of the child, own: of the cells alone; peak: memory in MB.
    """

    values: dict[str, dict[str, bytes]] = field(default_factory=dict)
    faults: dict[str, str] = field(default_factory=dict)
    ended: frozenset[str] = frozenset()
    cpu: float = 0.0
    own: float = 0.0
    peak: float = 0.0


class Sandbox:
    """Runs students' code in a child of a warm process.  Not to be shared between threads; close it, or use `with`."""

    def __init__(self, limits: Limits | None = None, *, isolated: bool = True) -> None:
        """Raises NoIsolation, where isolation is wanted and cannot be had, and GradingError where Python cannot start."""
        self._limits, self._isolated = limits or Limits(), isolated
        self._warm: started.Started | None = None
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self.isolation = NOT_ISOLATED
        if self._forks:
            self._start()

    @property
    def _forks(self) -> bool:
        """Whether there is a warm process; where processes cannot be forked (Windows), each attempt loads everything anew."""
        return self._isolated or hasattr(os, "fork")

    def __enter__(self) -> Sandbox:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the warm process and all that it started.  The sandbox can be used again all the same."""
        warm, self._warm = self._warm, None
        if warm is not None:
            warm.close()
        if self._folder:
            self._folder.cleanup()
            self._folder = None

    def run(self, steps: Sequence[Step]) -> Ran:
        """Run the steps in order in one namespace.  Never raises for what they do; GradingError if the sandbox is broken."""
        steps = list(steps)
        orders = [Order(step.id, step.source, step.capture) for step in steps]
        for last in (False, True):
            try:
                return _read(steps, settle(orders, self._limits, lambda left_out: self._attempt(orders, left_out)))
            except GradingError:  # a ValueError too, but said already: this machine cannot run students' code any longer
                self._kill()
                raise
            except (OSError, EOFError, ValueError, KeyError, Failed) as fault:
                self._kill()
                if last:
                    raise GradingError(f"The sandbox broke down twice on one submission, which was not graded: {fault}.") from None
            except BaseException:  # Ctrl-C
                self._kill()
                raise
        raise AssertionError

    def _attempt(self, orders: Sequence[Order], left_out: set[int]) -> Child:
        task = {"orders": [(o.id, o.source, o.capture) for o in orders], "left_out": sorted(left_out), "printed_kb": self._limits.printed_kb}
        data = json.dumps(task).encode("ascii")
        if not self._forks:
            self._folder = self._folder or tempfile.TemporaryDirectory(prefix="analogies-warm-", ignore_cleanup_errors=True)
            return Spawned(started.program("once"), data, started.environment(self._folder.name))
        return started.Forked(self._warm or self._start(), data)

    def _start(self) -> started.Started:
        fault: BaseException
        settings = {"isolated": self._isolated, "limits": dataclasses.asdict(self._limits), "fonts": started.fonts()}
        try:
            self._warm = started.Started(settings, _SECONDS_TO_LOAD)
            if not self._isolated:
                return self._warm
            if not (holes := isolation.holes(self._warm)):
                self.isolation = f"isolated (namespaces, seccomp, {'own uid' if self._warm.own_uid else 'no rights'})"
                return self._warm
            self._kill()
            raise NoIsolation(_NO_ISOLATION.format(" ".join(holes)))
        except (OSError, EOFError, ValueError, KeyError, Failed) as found:
            if isinstance(found, NoIsolation):
                raise
            self._kill()
            fault = found
        if self._isolated and not (survey := isolation.survey()).available:
            raise NoIsolation(_NO_ISOLATION.format(" ".join(survey.missing)))
        raise Machine(f"The process for students' code did not start: {fault}.")

    def _kill(self) -> None:
        warm, self._warm = self._warm, None
        if warm is not None:
            warm.kill()


def _read(steps: list[Step], out: Outcome) -> Ran:
    """The outcome by ids."""
    ran = Ran(ended=frozenset(steps[number].id for number in out.ended), cpu=out.cpu, own=out.own, peak=out.peak)
    for number, found in out.values.items():
        kept = ran.values.setdefault(steps[number].id, {})
        kept.update({steps[number].capture[place]: value for place, value in found.items()})
    for number, said in sorted(out.faults.items()):
        said = "".join(c if c.isprintable() else " " for c in said)
        known = ran.faults.get(steps[number].id)
        ran.faults[steps[number].id] = f"{known}; {said}" if known else said
    return ran
