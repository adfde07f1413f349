"""nbgrader takes the course that we write for it as it is, and its marks are ours.

nbgrader runs as the real command. It starts alembic, so the environment's bin must be on PATH.
"""

import copy
import os
import re
import sqlite3
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from analogies import kit
from analogies.authoring.release import NBGRADER_CONFIG
from analogies.check import catalogue
from analogies.grading.batch import grade_batch
from analogies.grading.course import write_course

SLUGS = sorted(path.stem for path in (kit.root() / "exercises").glob("*.ipynb"))


def nbgrader(course: Path, *arguments: str) -> None:
    binaries = str(Path(sys.executable).parent)
    environment = os.environ | {"PATH": binaries + os.pathsep + os.environ["PATH"], "JUPYTER_CONFIG_DIR": str(course / ".jupyter"),
                                "IPYTHONDIR": str(course / ".ipython")}
    done = subprocess.run([str(Path(binaries, "nbgrader")), *arguments], cwd=course, env=environment, timeout=240,
                          capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]


def submission(blank, solution, share):
    """The blank copy with the model answers to this share of the questions, the first ones."""
    answers = {c.metadata.nbgrader.grade_id: c.source for c in solution.cells
               if c.metadata.get("nbgrader", {}).get("solution")}
    kept = list(answers)[: round(len(answers) * share)]
    book = copy.deepcopy(blank)
    for cell in book.cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id")
        if name in kept:
            cell.source = answers[name]
    return book


@pytest.fixture(scope="module", params=SLUGS)
def slug(request):
    return request.param


@pytest.fixture(scope="module")
def course(slug, tmp_path_factory):
    """A course as we write it: assignment generated from the solution by nbgrader, three students graded by it."""
    root = tmp_path_factory.mktemp("course")
    write_course(root, [slug])
    solution = nbformat.read(kit.root() / "solutions" / f"{slug}.ipynb", as_version=4)
    nbgrader(root, "generate_assignment", slug)
    blank = nbformat.read(root / "release" / slug / f"{slug}.ipynb", as_version=4)
    for student, share in (("solution", 1), ("half", 0.5), ("blank", 0)):
        path = root / "submitted" / student / slug / f"{slug}.ipynb"
        path.parent.mkdir(parents=True)
        nbformat.write(submission(blank, solution, share), path)
    nbgrader(root, "autograde", slug)
    return root


def marks_in_gradebook(course: Path) -> dict[str, dict[str, float]]:
    """Student -> question -> automatic mark, from nbgrader's own database."""
    with sqlite3.connect(course / "gradebook.db") as book:
        rows = book.execute("""
            SELECT submitted_assignment.student_id, base_cell.name, grade.auto_score
            FROM grade JOIN submitted_notebook ON grade.notebook_id = submitted_notebook.id
            JOIN submitted_assignment ON submitted_notebook.assignment_id = submitted_assignment.id
            JOIN base_cell ON grade.cell_id = base_cell.id WHERE base_cell.name LIKE 'check-%'""").fetchall()
    book.close()
    marks: dict[str, dict[str, float]] = {}
    for student, name, score in rows:
        marks.setdefault(student, {})[name.removeprefix("check-")] = score
    return marks


@pytest.fixture(scope="module")
def theirs(course):
    return marks_in_gradebook(course)


@pytest.fixture(scope="module")
def ours(course, slug, tmp_path_factory):
    run = grade_batch(course, slug, gradebook=tmp_path_factory.mktemp("ours") / "gradebook.db", who="a test", workers=1,
                      report=lambda sentence: None)
    automatic = {q.id for q in run.questions if q.kind == "auto"}
    return {row.student.key: {name: standing.earned for name, standing in row.marks.items() if name in automatic}
            for row in run.gradebook.rows(slug)}


def test_nbgrader_makes_the_same_students_copy_from_the_solution_as_the_build(course, slug):
    made = nbformat.read(course / "release" / slug / f"{slug}.ipynb", as_version=4)
    shipped = nbformat.read(kit.root() / "exercises" / f"{slug}.ipynb", as_version=4)
    assert [(c.cell_type, c.source, c.metadata.get("nbgrader")) for c in made.cells] == [
        (c.cell_type, c.source, c.metadata.get("nbgrader")) for c in shipped.cells]


def test_nbgrader_gives_the_solution_all_automatic_marks(theirs, slug):
    points = {q.id: q.points for q in catalogue.questions(slug).values() if q.kind == "auto"}
    assert theirs["solution"] == points and points


def test_nbgrader_gives_the_blank_exercise_nothing(theirs):
    assert set(theirs["blank"].values()) == {0}


def test_nbgrader_and_our_grader_give_the_same_automatic_marks(theirs, ours):
    assert ours == theirs
    half = sum(theirs["half"].values())
    assert 0 < half < sum(theirs["solution"].values())


def test_nbgraders_configuration_names_the_stubs_of_the_build():
    assert re.search(r"code_stub.*Write your answer here", NBGRADER_CONFIG)
