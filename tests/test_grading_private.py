"""Questions of an instructor's own are found before the public ones, and a fault in them is a sentence with its place."""

import shutil
import sys
from pathlib import Path

import pytest

from analogies.check import catalogue
from analogies.check import questions as public
from analogies.grading import private
from analogies.grading.submission import GradingError

SLUG = "03-syria-2015"
NAME = "03_syria_2015.py"
PUBLIC = Path(public.__path__[0])
ONE = """from ..outcome import judge, needs
from ..question import Question

QUESTIONS = (
    Question("q1", {points}, mark=lambda v: judge(needs(v["q1"] == 2, "It is two.", {points}))),
    Question("look", 1, kind="quick", mark=lambda v: judge(needs(True, "Yes.", 1))),
)
"""


def write(folder, text, name=NAME):
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_without_a_folder_the_public_questions_are_graded_and_quick_checks_are_not():
    assert [q.id for q in private.questions(SLUG, None)] == ["q1", "q2", "q3", "q4", "q5", "q6"]
    with pytest.raises(catalogue.UnknownExercise, match="There are: 01-reading-the-articles, 02-"):
        private.questions("03-syria", None)
    with pytest.raises(catalogue.UnknownExercise, match="No exercise is called '00-start-here'"):
        private.questions("00-start-here", None)


def test_a_copied_public_file_works_as_it_is(tmp_path):
    shutil.copy(PUBLIC / NAME, tmp_path)
    assert [q.id for q in private.questions(SLUG, tmp_path)] == ["q1", "q2", "q3", "q4", "q5", "q6"]


def test_what_stands_beside_the_file_comes_before_what_is_public(tmp_path):
    shutil.copy(PUBLIC / NAME, tmp_path)
    text = (PUBLIC / "syria_marks.py").read_text(encoding="utf-8")
    write(tmp_path, text + "\n\ndef three_numbers(values):\n    return 'mine'\n", "syria_marks.py")
    assert private.questions(SLUG, tmp_path)[0].mark({}) == "mine"
    assert private.questions(SLUG, None)[0].mark is not private.questions(SLUG, tmp_path)[0].mark


def test_a_slug_of_ones_own_needs_no_public_one(tmp_path):
    write(tmp_path, ONE.format(points=4), "77_my_own.py")
    assert [(q.id, q.points) for q in private.questions("77-my-own", tmp_path)] == [("q1", 4)]


def test_a_number_changed_at_once_counts_and_no_bytecode_is_left(tmp_path):
    points = []
    for number in (4, 5, 6):
        write(tmp_path, ONE.format(points=number))
        points.append(private.questions(SLUG, tmp_path)[0].points)
    assert points == [4, 5, 6]
    assert [path.name for path in tmp_path.iterdir()] == [NAME]


def test_the_public_package_does_not_know_of_it(tmp_path):
    write(tmp_path, ONE.format(points=9))
    assert private.questions(SLUG, tmp_path)[0].points == 9
    assert catalogue.questions(SLUG)["q1"].points == 3
    assert sys.modules[f"{public.__name__}.03_syria_2015"].__file__ == str(PUBLIC / NAME)


@pytest.mark.parametrize("text, why", [
    ("x = 1\ndef f(:\n", rf"{NAME}:2: this is not Python: "),
    ("x = 1\n\n1 / 0\n", rf"{NAME}:3: the questions cannot be loaded: ZeroDivisionError: division by zero"),
    ("import sys\nsys.exit(0)\n", rf"{NAME}:2: the questions cannot be loaded: SystemExit"),
    ("from .none_such import x\n", rf"{NAME}:1: .*ModuleNotFoundError.*"),
    ("import beside\n", rf"{NAME}:1: .*No module named 'beside'; a file that stands beside it is imported as: from .its_name"),
    ("x = 1\n", rf"{NAME}: expected QUESTIONS, a tuple of Question\(...\), found none"),
    ("QUESTIONS = ('q1',)\n", rf"{NAME}: expected QUESTIONS, .* found a tuple with other things in it"),
    ("from ..question import Question\nq = Question('q5', 1, kind='written')\nQUESTIONS = (q, q)\n", f"{NAME}: .*twice: q5"),
    ("from ..question import Question\nQUESTIONS = (\n    Question('q1', 0),\n)\n", rf"{NAME}:3: .*points must be above 0"),
])
def test_a_fault_in_the_file_is_one_sentence_with_its_place(tmp_path, text, why):
    write(tmp_path, text)
    with pytest.raises(GradingError, match=why) as caught:
        private.questions(SLUG, tmp_path)
    assert "\n" not in str(caught.value) and str(tmp_path) in str(caught.value)


def test_a_file_in_another_encoding_is_one_sentence(tmp_path):
    (tmp_path / NAME).write_bytes(b"x = '\xff'\n")
    with pytest.raises(GradingError, match=f"{NAME}:1: this is not Python"):
        private.questions(SLUG, tmp_path)


def test_a_folder_without_the_file_says_what_is_there(tmp_path):
    with pytest.raises(GradingError, match=f"expected {NAME} in it, the questions of {SLUG}; found no file of questions"):
        private.questions(SLUG, tmp_path)
    write(tmp_path, "", "04_nicaragua_1980s.py")
    with pytest.raises(GradingError, match="found 04_nicaragua_1980s.py"):
        private.questions(SLUG, tmp_path)
    with pytest.raises(GradingError, match="found no such folder"):
        private.questions(SLUG, tmp_path / "none")


def test_the_place_of_a_question_is_the_first_line_that_names_it(tmp_path):
    write(tmp_path, ONE.format(points=4))
    assert private.line_of(tmp_path / NAME, "q1") == f"{tmp_path / NAME}:5"
    assert private.line_of(tmp_path / NAME, "q7") == str(tmp_path / NAME)
