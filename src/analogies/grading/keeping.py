"""What becomes of each result of a batch: kept in the gradebook, or noted as known; and what is said when that fails."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from .checks import as_run
from .job import Job
from .submission import Graded, GradingError, Handed

if TYPE_CHECKING:
    from .batch import Run

_TOGETHER = 100  # known submissions that are noted in one transaction


class Keeping:
    """Takes the results of one run, in the thread that holds the gradebook; the run begins there with the first."""

    def __init__(self, run: Run, job: Job, who: str, anew: frozenset[str]) -> None:
        self.run, self.job = run, job
        self._who, self._anew = who, anew
        self._checks = as_run(job.checks, job.limits, job.isolated)
        self._why = f"regrade of {', '.join(sorted(anew))}" if anew else "graded"
        self._graded = run.gradebook.known(job.slug)
        # A regrade that was stopped goes on: what it graded already is not graded a second time.
        self._again = run.gradebook.begun(job.slug, why=self._why, checks=self._checks) if anew else {}
        self._unchanged: list[Handed] = []

    def digest_known(self, handed: Handed) -> str:
        """The digest with which the work need not be graded again; "" where it must."""
        if self._anew:
            return self._again.get(_key(handed), "")
        digest, checks = self._graded.get(_key(handed), ("", ""))
        return digest if checks == self._checks else ""

    def take(self, handed: Handed, graded: Graded | None, failure: str) -> None:
        """Keep one result: None is one that is known.  Raises GradingError with what is kept so far."""
        if failure:
            self.run.by_hand.append(failure)
        stays = bool(failure) and _key(handed) in self._graded  # a fault of ours takes no mark away, and no attempt
        with _kept(self.run, handed):
            self._begin()
            if graded is None or stays:
                self._unchanged.append(handed)
                self.run.known += not stays
                if len(self._unchanged) >= _TOGETHER:
                    self._note()
                return
            same = self._graded.get(_key(handed), ("",))[0] == graded.digest
            # New work is graded as a whole, also where one question alone is regraded for the others.
            self.run.gradebook.keep(self.run.number, graded, only=self._anew if self._anew and same else None)
            self.run.graded += not failure

    def finish(self) -> None:
        """Note what is left to note, and that the run came to its end, where it did."""
        if self.run.number is None:
            return
        self._note()
        if not self.run.stopped:
            self.run.gradebook.finish(self.run.number)

    def _note(self) -> None:
        self.run.gradebook.unchanged(self.run.number, self._unchanged)
        self._unchanged.clear()

    def _begin(self) -> None:
        if self.run.number is None:
            self.run.number = self.run.gradebook.begin(self.job.slug, self.run.questions, who=self._who, why=self._why,
                                                       isolation=self.run.isolation, checks=self._checks)


@contextmanager
def _kept(run: Run, handed: Handed) -> Iterator[None]:
    """Say how far the batch came where something cannot be kept, whatever the reason.  Raises GradingError."""
    try:
        yield
    except Exception as error:
        raise GradingError(f"The marks of {handed.student.key} could not be kept: {str(error)[:500]}\n{run.done} of {run.found} are "
                           "kept; the same command goes on with the others.") from error


def _key(handed: Handed) -> tuple[str, int]:
    return handed.student.key, handed.attempt
