"""What a student has tried, kept in my-work/progress.json: attempts, best outcome, hints opened, self-assessments.

The file is read, changed and replaced under a lock, so that two notebooks lose nothing of each other.  A file that cannot
be read is kept aside under another name and said so.  What could not be written stays in memory and goes with the next.
ANALOGIES_PROGRESS=off, or no my-work folder: everything stays in memory.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

try:
    import fcntl
except ImportError:  # Windows
    import msvcrt

    def _try_lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
else:
    def _try_lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)

FILE = "progress.json"
LOCK = ".progress.lock"
VERSION = 1
WAIT = 2.0  # seconds for another notebook to finish writing

Entry = dict[str, Any]
Change = Callable[[Entry], None]


def switched_off() -> bool:
    """Whether ANALOGIES_PROGRESS=off: notebooks are being built, tested or graded."""
    return os.environ.get("ANALOGIES_PROGRESS", "").strip().lower() == "off"


class Progress:
    """The entries of one exercise, question by question.  folder: my-work, or None to keep all in memory."""

    def __init__(self, slug: str, folder: Path | None) -> None:
        self.slug = slug
        self._folder = folder
        self._known: dict[str, Entry] = {}  # as last read; all there is where nothing is written
        self._unwritten: list[tuple[str, Change]] = []

    def entry(self, question: str) -> Entry:
        """What is known of a question (a copy): attempts (digests), earned, possible, status, hints, assessments."""
        if self._file():
            try:
                self._known = self._exercise(self._read())
            except OSError:
                pass  # what this notebook knows is the best there is
        known = json.loads(json.dumps(self._known))
        for other, change in self._unwritten:
            change(_entry(known, other))
        return _entry(known, question)

    def change(self, question: str, change: Change) -> tuple[str, ...]:
        """Apply a change to the entry of a question and keep it.  Returns sentences about the file, if it is at fault."""
        file = self._file()
        if file is None:
            change(_entry(self._known, question))
            return ()
        self._unwritten.append((question, change))
        try:
            with _locked(file.with_name(LOCK)):
                said = self._keep_aside(file)
                state = self._read()
                known = self._exercise(state)
                for other, one in self._unwritten:
                    one(_entry(known, other))
                _replace(file, state)
        except OSError as fault:
            return (f"Your progress could not be kept in my-work/{FILE} ({fault.strerror or fault}). This notebook remembers it "
                    "until you close it, and tries again at the next check.",)
        self._known, self._unwritten = known, []
        return said

    def _file(self) -> Path | None:
        if self._folder is None or switched_off() or not self._folder.is_dir():
            return None
        return self._folder / FILE

    def _exercise(self, state: dict[str, Any]) -> dict[str, Entry]:
        return state["exercises"].setdefault(self.slug, {})

    def _read(self) -> dict[str, Any]:
        return _state(self._folder / FILE) or {"version": VERSION, "exercises": {}}

    def _keep_aside(self, file: Path) -> tuple[str, ...]:
        if not file.exists() or _state(file) is not None:
            return ()
        aside = _free_name(file)
        os.replace(file, aside)
        return (f"my-work/{FILE} could not be read. It is kept as my-work/{aside.name}, and a new one is begun.",)


def answered(earned: float, possible: float, status: str, attempt: str | None) -> Change:
    """An outcome: the best one stays; attempt is the digest of an answer that is not yet right, counted once."""
    when = now()

    def change(entry: Entry) -> None:
        if entry["status"] is None or earned >= entry["earned"]:
            entry.update(earned=earned, possible=possible, status=status)
        if attempt is not None and attempt not in entry["attempts"]:
            entry["attempts"].append(attempt)
        entry["last"] = when
    return change


def opened_hint(number: int) -> Change:
    """Hints up to this number are open."""
    def change(entry: Entry) -> None:
        entry["hints"] = max(entry["hints"], number)
    return change


def saw_solution(entry: Entry) -> None:
    """The model answer was shown."""
    entry["solution_seen"] = entry["solution_seen"] or now()


def assessed(levels: dict[str, int]) -> Change:
    """A self-assessment; earlier ones stay."""
    when = now()

    def change(entry: Entry) -> None:
        entry["assessments"].append({"when": when, "levels": levels})
    return change


def now() -> str:
    """This moment, to the second, with the offset from UTC."""
    return dt.datetime.now().astimezone().isoformat(timespec="seconds")


_EMPTY = {
    "attempts": list, "earned": lambda: 0, "possible": lambda: 0, "status": lambda: None, "hints": lambda: 0,
    "solution_seen": lambda: None, "assessments": list, "last": lambda: None,
}


def _entry(entries: dict[str, Entry], question: str) -> Entry:
    entry = entries.setdefault(question, {})
    for name, empty in _EMPTY.items():
        entry.setdefault(name, empty())
    return entry


def _state(file: Path) -> dict[str, Any] | None:
    """The content of the file; None where there is none or it cannot be understood.  Raises OSError."""
    try:
        state = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (ValueError, RecursionError):
        return None
    return state if _well_formed(state) else None


def _well_formed(state: Any) -> bool:
    if not isinstance(state, dict) or state.get("version") != VERSION or not isinstance(state.get("exercises"), dict):
        return False
    for exercise in state["exercises"].values():
        if not isinstance(exercise, dict) or not all(isinstance(entry, dict) for entry in exercise.values()):
            return False
        for entry in exercise.values():
            if not all(_fits(name, entry[name]) for name in _EMPTY if name in entry):
                return False
    return True


def _fits(name: str, value: Any) -> bool:
    if name == "attempts":
        return isinstance(value, list) and all(isinstance(digest, str) for digest in value)
    if name == "assessments":
        return isinstance(value, list) and all(isinstance(one, dict) and isinstance(one.get("levels"), dict) for one in value)
    if name in ("earned", "possible", "hints"):
        return isinstance(value, (int, float)) and not isinstance(value, bool)
    return value is None or isinstance(value, str)


def _free_name(file: Path) -> Path:
    stamp = dt.datetime.now().strftime("%Y%m%d-%H%M%S")
    names = (file.with_name(f"progress-unreadable-{stamp}{n}.json") for n in ("", *(f"-{i}" for i in range(2, 1000))))
    return next(name for name in names if not name.exists())


def _replace(file: Path, state: dict[str, Any]) -> None:
    draft = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        draft.write_text(json.dumps(state, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")
        os.replace(draft, file)
    finally:
        draft.unlink(missing_ok=True)


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Hold the lock file.  The system frees it when the process ends, however it ends.  Raises OSError after WAIT."""
    descriptor = os.open(path, os.O_CREAT | os.O_RDWR, 0o666)
    try:
        deadline = time.monotonic() + WAIT
        while True:
            try:
                _try_lock(descriptor)
                break
            except OSError:
                if time.monotonic() > deadline:
                    raise OSError("another notebook holds the file") from None
                time.sleep(0.01)
        yield
    finally:
        os.close(descriptor)
