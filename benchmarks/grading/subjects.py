"""The graders that are measured: how each is given the class, what is run, and where its marks stand afterwards."""

from __future__ import annotations

import csv
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import nbformat

import as_otter
from analogies.check.catalogue import questions
from analogies.grading.course import write_course
from students import SLUG, answers, hand_in, student

ROOT = Path(__file__).resolve().parents[2]
PEERS = ("otter-grader==7.0.0", "nbgrader==0.9.6")
Marks = dict[str, dict[str, float]]  # student -> question -> points; the checked questions alone


@dataclass(frozen=True)
class Bench:
    """work: where all is made; peers: the bin of the throwaway environment; ours: the bin of the one that runs this."""

    work: Path

    @property
    def peers(self) -> Path:
        return self.work / "peers" / "bin"

    @property
    def ours(self) -> Path:
        return Path(sys.executable).parent

    def environment(self, binaries: Path, place: Path) -> dict[str, str]:
        """What a command sees: its own environment first on the PATH, and no settings of whoever runs this."""
        return os.environ | {"PATH": f"{binaries}{os.pathsep}{os.environ['PATH']}", "ANALOGIES_PROGRESS": "off", "PYTHONPATH": "",
                             "JUPYTER_CONFIG_DIR": str(place / ".jupyter"), "IPYTHONDIR": str(place / ".ipython"),
                             "VIRTUAL_ENV": str(binaries.parent)}


class Subject:
    """One grader.  `prepare` is not timed; `commands` are, and run at_once(cores) at a time."""

    name = ""
    says = ""

    def __init__(self, bench: Bench):
        self.bench = bench

    def at_once(self, cores: int) -> int:
        return 1

    def binaries(self) -> Path:
        return self.bench.peers


class Ours(Subject):
    name = "analogies grade"
    says = "isolated, gradebook and CSV written; as many workers as cores"

    def binaries(self) -> Path:
        return self.bench.ours

    def prepare(self, place: Path, students: int, cores: int) -> list[list[str]]:
        hand_in(ROOT, range(students), place)
        return [[str(self.bench.ours / "analogies"), "grade", "submitted", "--exercise", SLUG, "--workers", str(cores),
                 "--gradebook", "gradebook.db", "--out", "marks.csv"]]

    def marks(self, place: Path) -> Marks:
        with (place / "marks.csv").open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        return {row["student"]: {name: float(row[name]) for name in _checked()} for row in rows}

    def inside(self, place: Path) -> dict[str, object]:
        """What the gradebook says of the runs: seconds of processor of the child, of the student's cells alone, memory."""
        book = sqlite3.connect(place / "gradebook.db")
        cpu, own, peak = book.execute("SELECT sum(cpu), sum(own), max(peak) FROM submissions").fetchone()
        isolation = [row[0] for row in book.execute("SELECT DISTINCT isolation FROM submissions")]
        book.close()
        return {"cpu": cpu, "own": own, "peak": peak, "isolation": ", ".join(isolation)}


class Nbgrader(Subject):
    name = "nbgrader autograde"
    says = "one command for the whole class; it has no workers"
    parts = 1

    def prepare(self, place: Path, students: int, cores: int) -> list[list[str]]:
        made = []
        for part in range(self.parts):
            course = place / f"course-{part}"
            write_course(course, [SLUG])
            subprocess.run([str(self.bench.peers / "nbgrader"), "generate_assignment", SLUG], cwd=course, check=True,
                           capture_output=True, env=self.bench.environment(self.bench.peers, course))
            share = -(-students // self.parts)
            hand_in(ROOT, range(part * share, min(students, (part + 1) * share)), course)
            made.append([str(self.bench.peers / "nbgrader"), "autograde", SLUG, "--course-dir", str(course)])
        return made

    def marks(self, place: Path) -> Marks:
        marks: Marks = {}
        for course in sorted(place.glob("course-*")):
            book = sqlite3.connect(course / "gradebook.db")
            rows = book.execute("""
                SELECT submitted_assignment.student_id, base_cell.name, grade.auto_score
                FROM grade JOIN submitted_notebook ON grade.notebook_id = submitted_notebook.id
                JOIN submitted_assignment ON submitted_notebook.assignment_id = submitted_assignment.id
                JOIN base_cell ON grade.cell_id = base_cell.id WHERE base_cell.name LIKE 'check-%'""").fetchall()
            book.close()
            for who, cell, score in rows:
                marks.setdefault(who, {})[cell.removeprefix("check-")] = score
        return marks


class NbgraderTwice(Nbgrader):
    name = "nbgrader autograde, by hand in two"
    says = "its users' way to two cores: half the class each, two gradebooks, which somebody must then merge"
    parts = 2

    def at_once(self, cores: int) -> int:
        return cores


class Otter(Subject):
    name = "otter run"
    says = "a command for each submission, as many at a time as cores; marks in JSON files, no gradebook"

    def at_once(self, cores: int) -> int:
        return cores

    def prepare(self, place: Path, students: int, cores: int) -> list[list[str]]:
        archive, copy = self._assigned()
        exercise = nbformat.read(ROOT / "exercises" / f"{SLUG}.ipynb", as_version=4)
        solution = nbformat.read(ROOT / "solutions" / f"{SLUG}.ipynb", as_version=4)
        made = []
        for number in range(students):
            path = place / "submitted" / f"{student(number)}.ipynb"
            path.parent.mkdir(exist_ok=True)
            nbformat.write(as_otter.filled(nbformat.read(copy, as_version=4), exercise, answers(number, solution)), path)
            results = place / "results" / student(number)
            results.mkdir(parents=True)
            made.append([str(self.bench.peers / "otter"), "run", str(path), "-a", str(archive), "-o", str(results), "--no-logo"])
        return made

    def marks(self, place: Path) -> Marks:
        marks: Marks = {}
        for path in sorted(place.glob("results/*/results.json")):
            tests = json.loads(path.read_text(encoding="utf-8"))["tests"]
            marks[path.parent.name] = {test["name"]: test["score"] for test in tests if test["name"] in _checked()}
        return marks

    def _assigned(self) -> tuple[Path, Path]:
        """The autograder's zip and the student's copy, made once by otter itself."""
        folder = self.bench.work / "otter"
        if not list(folder.glob("dist/autograder/*.zip")):
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
            nbformat.write(as_otter.master(ROOT), folder / f"{SLUG}.ipynb")
            subprocess.run([str(self.bench.peers / "otter"), "assign", f"{SLUG}.ipynb", "dist"], cwd=folder, check=True,
                           capture_output=True, env=self.bench.environment(self.bench.peers, folder))
        return next(folder.glob("dist/autograder/*.zip")), folder / "dist" / "student" / f"{SLUG}.ipynb"


ALL = {"ours": Ours, "nbgrader": Nbgrader, "nbgrader-twice": NbgraderTwice, "otter": Otter}


def make_peers(bench: Bench) -> None:
    """The throwaway environment: nbgrader and otter-grader, the kit as it stands here, in the versions of constraints.txt."""
    if (bench.work / "peers" / "ready").exists():
        return
    shutil.rmtree(bench.work / "peers", ignore_errors=True)
    subprocess.run([sys.executable, "-m", "venv", str(bench.work / "peers")], check=True)
    subprocess.run([str(bench.peers / "python"), "-m", "pip", "install", "-q", *PEERS, "-e", str(ROOT), "-c", str(ROOT / "constraints.txt")],
                   check=True, capture_output=True, text=True)
    (bench.work / "peers" / "ready").touch()


def compile_all(bench: Bench) -> None:
    """Bytecode of all that will be imported, so that no run pays for it."""
    for binaries in (bench.ours, bench.peers):
        subprocess.run([str(binaries / "python"), "-m", "compileall", "-q", "-j", "0", str(binaries.parent / "lib"), str(ROOT / "src")],
                       check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _checked() -> list[str]:
    return [question.id for question in questions(SLUG).values() if question.kind == "auto"]
