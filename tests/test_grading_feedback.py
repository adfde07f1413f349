"""A student's page says how each mark stands, why, and what to do next, and nothing that is not for this student."""

from __future__ import annotations

import sys
import tempfile
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marked_class import ASKED, ISOLATED, RUBRICS, auto, student, ungraded, written

from analogies import kit
from analogies.check import catalogue
from analogies.grading.feedback.page import page as made_page
from analogies.grading.feedback.places import SECTIONS, places
from analogies.grading.feedback.words import Place, how_it_ran, others_left_out, total, without_paths

VOID = {"meta", "br"}


class Reader(HTMLParser):
    """A page as a browser takes it apart: tags in order, attributes, and the text outside of style."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict]] = []
        self.open: list[str] = []
        self.words: list[str] = []
        self.feed(page)
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if "style" not in self.open:
            self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


def page(row, **more) -> str:
    return made_page(row, ASKED, RUBRICS, title="Exercise 3. Syria, 2015", **more)


def seen(row, **more) -> str:
    return Reader(page(row, **more)).text


def test_each_question_has_its_mark_its_reasons_and_a_next_step():
    row = student("ana", "Ana López", (auto("q1", 2.5, 4, "Divide `after` by four."), 6, None))
    text = seen(row, places={"q1": Place("Did weapons flow faster?", "4. Do weapons show how much?")})
    assert "q1. Did weapons flow faster?" in text
    assert "Some of the points: 2.5 of 4 points. What is missing Divide after by four." in text
    assert "Next step Read again in the lesson: 4. Do weapons show how much? Change the answer in the cell of q1" in text
    assert 'run ex.hint("q1")' in text
    assert "All points: 6 of 6 points. Next step Nothing is missing." in text
    assert "A reader has still to mark this: – of 10 points." in text
    assert "8.5 of 10 points so far. Not in this sum yet: q5 (10 points)." in text


def test_a_sum_counts_only_what_is_marked():
    assert total(student("a", marks=(auto("q1", None, 4, status="NOT GRADED"), 0, 3))) == "3 of 16 points so far. Not in this sum yet: q1 (4 points)."
    assert total(student("a", marks=(auto("q1", None, 4), auto("q2", None, 6), None))) == "Nothing is marked yet."
    assert total(student("a", marks=(0.1, 0.2, 9))) == "9.3 of 20 points."


def test_a_written_answer_shows_the_level_reached_the_words_of_the_next_and_the_reader():
    row = student("ana", marks=(4, 6, written(2, levels={"claim": 1, "evidence": 1}, comment="Your second paragraph\n\nis the better one.")))
    text = seen(row)
    assert "The claim 2 of 4 It is copied. It is given fairly." in text
    assert "Evidence 6 of 6 Each side has a figure with its source. This is the highest level." in text
    assert "What the reader wrote to you Your second paragraph is the better one." in text
    assert 'run ex.assess("q5")' in text


def test_a_mark_by_points_alone_and_levels_that_a_rubric_no_longer_has_make_no_table():
    assert "by its rubric" not in seen(student("a", marks=(4, 6, written(7))))
    assert "by its rubric" not in seen(student("a", marks=(4, 6, written(7, levels={"claim": 9, "gone": 1}))))


@pytest.mark.parametrize(("mark", "words"), [
    (auto("q1", 0, 4, status="NOT STARTED"), "No answer was found: 0 of 4 points. Next step Write an answer in the cell of q1"),
    (auto("q1", 0, 4, "No."), "No points yet: 0 of 4 points."), (auto("q1", None, 4, status="NOT GRADED"), "Not graded yet: – of 4 points."),
])
def test_an_answer_that_is_lacking_wrong_or_not_graded_is_called_so(mark, words):
    assert words in seen(student("a", marks=(mark, 6, 10)))


def test_what_a_cell_did_is_told_with_what_to_do_about_it_and_names_of_variables_keep_their_letters():
    mark = auto("q1", 0, 4, "it raised NameError: name 'syria' is not defined", "after is the mean of four years.", status="NOT STARTED")
    text = seen(student("a", marks=(mark, 6, 10)))
    assert "Your code raised NameError: name 'syria' is not defined after is the mean of four years." in text
    assert "Your code did not run to its end. In the exercise choose Run, then Run All Cells" in text


def test_lateness_and_what_was_unusual_are_said():
    text = seen(student("ana", late=True, attempt=2, oddities=("The answer cell of q2 is missing.",)))
    assert "27 November 2026, 18:36 UTC. This was after the deadline." in text
    assert "Attempt 2" in text and "What was unusual about the file The answer cell of q2 is missing." in text


def test_every_page_of_a_run_without_isolation_says_so():
    text = page(student("ana", isolation="NOT ISOLATED"))
    assert "<strong>NOT ISOLATED</strong>" in text
    assert "<strong>NOT ISOLATED</strong>" in page(student("ana", isolation=f"{ISOLATED}; NOT ISOLATED"))
    assert "NOT ISOLATED" not in page(student("ana"))
    assert "shut off from the network" in seen(student("ana")) and "namespaces, seccomp, own uid" in seen(student("ana"))
    assert "None of your code was run" in how_it_ran("")


def test_who_marked_is_said_without_a_name_and_the_gradebooks_reason_is_not():
    text = seen(student("ana", marks=(4, 6, written(5, why="he complained"))))
    assert "Checked by a program: q1, q2." in text and "Marked by a reader: q5." in text
    assert "Dr Reader" not in text and "complained" not in text


def test_no_exemplar_no_rubric_level_above_the_next_and_no_answer_of_the_kit_is_on_a_page():
    text = page(student("ana", marks=(auto("q1", 0, 4, "No."), 0, written(0, levels={"claim": 0, "evidence": 0}))))
    assert "SECRET" not in text
    assert "It is copied." in text and "It is given fairly." not in text


def test_no_question_file_and_no_answer_of_it_stands_on_the_page_of_a_real_exercise():
    questions = [q for q in catalogue.questions("03-syria-2015").values() if q.kind == "auto"]
    blank = {q.id: q.check({}) for q in questions}
    rows = student("a", marks=(auto("q1", 0, 4, *(sentence for c in blank["q1"].conditions for sentence in [c.message])), 0, 0))
    text = page(rows, places=places("03-syria-2015"))
    for secret in ("63012", "36.9", "351", "three_numbers", "mark=", "Condition", "questions/"):
        assert secret not in text


@pytest.mark.parametrize("place", ["name", "said", "comment", "oddities", "file", "isolation"])
def test_markup_from_the_student_stays_text(place):
    evil = '</style></p><script>alert(1)</script><img src=x onerror="alert(1)">`<b>`\u202e\x00\ud800'
    marks = (auto("q1", 1, 4, evil if place == "said" else ""), 6, written(1, levels={"claim": 0}, comment=evil if place == "comment" else ""))
    more = {"oddities": (evil,)} if place == "oddities" else {place: evil} if place in ("file", "isolation") else {}
    found = Reader(page(student("a", evil if place == "name" else "A", marks, **more)))
    assert not {tag for tag, _ in found.tags} & {"script", "img", "b", "iframe", "link", "a:evil"}
    assert not any(name.startswith("on") for _, attrs in found.tags for name in attrs)
    page(student("a", evil if place == "name" else "A", marks, **more)).encode()


@given(st.text(max_size=80))
def test_whatever_a_sentence_holds_the_page_stays_well_formed(text):
    row = student("a", text, (auto("q1", 1, 4, text), 6, written(1, levels={"claim": 0}, comment=text)), oddities=(text,), file=text)
    assert "script" not in {tag for tag, _ in Reader(page(row)).tags}


def test_a_page_needs_nothing_from_outside_and_has_no_script():
    tags = Reader(page(student("a"))).tags
    assert not {tag for tag, _ in tags} & {"script", "link", "img", "iframe", "object", "form", "base"}
    assert all(attrs[name].startswith("#") for _, attrs in tags for name in attrs if name in ("href", "src"))
    assert "url(" not in page(student("a")) and "@import" not in page(student("a"))


def test_one_h1_headings_in_order_a_language_and_scopes():
    row = student("a", marks=(auto("q1", 1, 4, "x"), 6, written(2, levels={"claim": 1, "evidence": 0}, comment="c")), oddities=("o",))
    tags = Reader(page(row)).tags
    levels = [int(tag[1]) for tag, _ in tags if tag in ("h1", "h2", "h3", "h4")]
    assert levels.count(1) == 1 and levels[0] == 1
    assert all(after - before <= 1 for before, after in zip(levels, levels[1:], strict=False))
    assert next(attrs["lang"] for tag, attrs in tags if tag == "html") == "en"
    assert all(attrs.get("scope") in ("row", "col") for tag, attrs in tags if tag == "th")


@pytest.mark.parametrize(("text", "left"), [
    ("it raised FileNotFoundError: '/srv/marking/2026/ana/data.csv'", "it raised FileNotFoundError: '…/data.csv'"),
    (f"no file {Path.home()}/x y/secret.csv here", "no file …/x y/secret.csv here".replace("…/x y", "…/x y")),
    (r"C:\Users\Jane\marking\a.ipynb is odd", "…/a.ipynb is odd"), (r"\\server\share\a.txt", "…/a.txt"),
    ("and/or, 3/4, km/h, https://example.org/a/b and </p> stay", "and/or, 3/4, km/h, https://example.org/a/b and </p> stay"),
    ("`df/2` and `/` stay", "`df/2` and `/` stay"),
])
def test_no_path_of_the_graders_computer_is_told(text, left):
    assert without_paths(text) == left


def test_the_folders_of_this_computer_are_nowhere_on_a_page():
    roots = [str(Path.home()), str(kit.root()), tempfile.gettempdir(), sys.prefix, str(Path.cwd())]
    said = tuple(f"{root}/sub folder/x.py, line 3" for root in roots)
    text = page(student("a", marks=(auto("q1", 0, 4, *said), 6, 10), oddities=said, file=f"{roots[0]}/down/x.ipynb"))
    assert not [root for root in roots if root in text]


def test_another_student_is_not_named():
    rows = [student("ana", "Ana López", oddities=("The same file as that of Benjamin Ali (benali).",)), student("benali", "Benjamin Ali")]
    assert others_left_out(rows[0].oddities, rows[0], rows) == ["The same file as that of another student (another student)."]
    assert "Benjamin" not in page(rows[0], rows=rows) and "benali" not in page(rows[0], rows=rows)


def test_every_question_of_every_exercise_has_a_heading_and_a_section_of_its_lesson():
    assert sorted(SECTIONS) == [slug for slug in catalogue.slugs() if any(q.kind != "quick" for q in catalogue.questions(slug).values())]
    for slug, chosen in SECTIONS.items():
        graded = [q.id for q in catalogue.questions(slug).values() if q.kind != "quick"]
        found = places(slug)
        assert list(chosen) == graded and list(found) == graded
        assert all(place.heading and place.section for place in found.values())
    assert places("03-syria-2015")["q2"] == Place("Did weapons flow faster once Russia fought?", "4. Do weapons show how much a patron cares?")


def test_an_exercise_of_ones_own_gets_no_section_that_was_chosen_for_another_question(tmp_path):
    own = tmp_path / "own.ipynb"
    text = (kit.root() / "exercises" / "03-syria-2015.ipynb").read_text(encoding="utf-8")
    own.write_text(text.replace("What could she know?", "What could he know?"), encoding="utf-8")
    found = places("03-syria-2015", exercise=own)
    assert found["q3"] == Place("What could he know?", "") and found["q2"].section
    assert places("03-syria-2015", root=tmp_path) == {} == places("no-such-exercise")


def test_a_file_that_was_not_graded_is_said_at_the_top_and_no_question_is_called_unanswered():
    text = seen(ungraded("tor", "Tor"))
    assert ("Tor Your file could not be graded, so there is no mark yet. Nothing was graded: torn. Send the file again, or ask your "
            "instructor. What you handed in") in text
    assert "q1" not in text and "No answer was found" not in text and "Checked by a program" not in text and text.count("graded: torn.") == 1


@pytest.mark.parametrize("said", ["it raised NameError: x", "q1 did not finish: it raised NameError: x.",
                                  "The answer cell of q1 did not finish: it raised NameError: x."])
def test_a_cell_that_did_not_finish_is_no_missing_answer(said):
    text = seen(student("a", marks=(auto("q1", 0, 4, said, status="NOT STARTED"), 6, 10)))
    assert "Your cell did not finish: 0 of 4 points." in text and "No answer was found" not in text
    assert "Your code did not run to its end." in text
