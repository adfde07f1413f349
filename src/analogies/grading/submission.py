"""What passes between the parts of the grader: who handed in what, what was read from it, and what it earned.

All of it is data that can be pickled and compared, so that a submission can be graded in any process.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from .names import shown
from .score import Mark


class GradingError(ValueError):
    """A batch cannot be graded or kept; the sentence says what was expected, what was found and what to do."""


class Machine(GradingError):
    """This machine cannot grade, or not any longer; it is no student's fault, so the batch stops."""


@dataclass(frozen=True)
class Student:
    """One student as an LMS or a folder names them.

    key: unique in the class and the same in every batch (a login, a number, a folder's name; Unicode form NFC);
    name: as a person reads it; ids: what the LMS calls them, such as {"moodle": "12345"} or {"canvas": "4711"}.
    """

    key: str
    name: str = ""
    ids: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Handed:
    """One notebook that was handed in, not yet read.

    path: the file, or the zip that holds it; member: its name in that zip, "" for a file; attempt: 1 for the first;
    when: when it was handed in, None where nothing says so; late: after the deadline that was given;
    oddities: what was odd about finding it (other attempts, a name that was repaired), in sentences.
    """

    student: Student
    path: Path
    member: str = ""
    attempt: int = 1
    when: datetime | None = None
    late: bool = False
    oddities: tuple[str, ...] = ()

    @property
    def file(self) -> str:
        """The file's name for people, with the zip in which it lies; nothing in it acts on a terminal."""
        return shown(f"{self.path.name}: {self.member}" if self.member else self.path.name, 400)


@dataclass(frozen=True)
class Submission:
    """The answer cells of one notebook as text, by question or written cell; one that was not found is lacking.

    unread: why the file as a whole could not be read, in a sentence; "" where it could.
    """

    handed: Handed
    answers: Mapping[str, str] = field(default_factory=dict)
    oddities: tuple[str, ...] = ()
    unread: str = ""


@dataclass(frozen=True)
class Graded:
    """One submission's marks, what was odd, the texts of its written answers, and how it was run.

    digest: of the answers, so that the same work is known again; isolation: how the code was run, in a few words;
    cpu: processor seconds of the run, own: those of the student's cells alone; peak: memory in MB.
    """

    handed: Handed
    digest: str
    marks: tuple[Mark, ...]
    oddities: tuple[str, ...] = ()
    written: Mapping[str, str] = field(default_factory=dict)
    isolation: str = ""
    cpu: float = 0.0
    own: float = 0.0
    peak: float = 0.0
