"""A gradebook for tests: a file of its own, or the database that ANALOGIES_TEST_GRADEBOOK names, which is emptied first.

ANALOGIES_TEST_GRADEBOOK=postgresql+psycopg://user:password@host/database runs the same tests there.
"""

import os
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from analogies.check.question import Question
from analogies.check.rubric import Criterion, Exemplar, Level, Rubric
from analogies.grading.gradebook.book import Gradebook
from analogies.grading.gradebook.tables import TABLES
from analogies.grading.score import TO_MARK, Mark
from analogies.grading.submission import Graded, Handed, Student

SERVER = os.environ.get("ANALOGIES_TEST_GRADEBOOK", "")
SLUG = "03-small"
QUESTIONS = (Question("q1", 4, mark=lambda v: None), Question("q2", 4, mark=lambda v: None), Question("q5", 5, kind="written"))


def emptied(place):
    """The place itself; in a database on a server nothing is left of earlier tests."""
    if "://" in str(place):
        engine = create_engine(place)
        TABLES.drop_all(engine)
        engine.dispose()
    return place


@pytest.fixture
def place(tmp_path):
    return emptied(SERVER or tmp_path / "gradebook.db")


@pytest.fixture
def book(place):
    with Gradebook(place) as opened:
        yield opened


def begin(book, *, checks="c1", why="graded", questions=QUESTIONS, isolation="isolated", slug=SLUG):
    return book.begin(slug, questions, who="ana", why=why, isolation=isolation, checks=checks)


def graded(student="s1", q1=4.0, q2=2.5, text="My answer.", *, attempt=1, digest=None, name="", ids=None, oddities=(), **handed):
    """Two automatic marks and a written answer, which earns 0 where it is blank."""
    one = Handed(Student(student, name, ids or {}), Path(f"{student}.ipynb"), attempt=attempt, **handed)
    read = Mark("q5", None, 5, TO_MARK) if text else Mark("q5", 0, 5, "NOT STARTED")
    return Graded(one, f"{q1} {q2} {text}" if digest is None else digest,
                  (_mark("q1", q1), _mark("q2", q2), read), oddities, {"q5": text} if text else {}, "isolated")


def _mark(question, earned):
    return Mark(question, earned, 4, "PASS" if earned == 4 else "NOT YET", () if earned == 4 else ("Look again.",))


def run(book, *submissions, only=None, finish=True, **options):
    """A run that keeps these submissions; gives its number."""
    number = begin(book, **options)
    for one in submissions:
        book.keep(number, one, only=only)
    if finish:
        book.finish(number)
    return number


def shown(book, student="s1"):
    """{question: points} of the student's row."""
    return {name: mark.earned for name, mark in row(book, student).marks.items()}


def row(book, student="s1", slug=SLUG):
    return next(one for one in book.rows(slug) if one.student.key == student)


def rubric(claim=(0, 1, 2), evidence=(0, 1.5, 3)):
    """A rubric of two criteria whose levels are worth so much."""
    criteria = tuple(Criterion(name, name.title(), f"Is there {name}?", tuple(Level(p, f"{name} {p}") for p in points))
                     for name, points in (("claim", claim), ("evidence", evidence)))
    exemplar = Exemplar("text", {}, {}, 0)
    return Rubric("Small", criteria, exemplar, exemplar)
