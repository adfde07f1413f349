"""The instructor guide speaks of the lessons, exercises and rubrics as they are, and its commands do what it says."""

import csv
import re
import shlex
import subprocess
import zipfile
from pathlib import Path

import nbformat
import pytest
import typer
import yaml
from handed_in import answered
from typer.testing import CliRunner

from analogies import cli, kit
from analogies.authoring.house_style import FORBIDDEN
from analogies.authoring.source import front_matter
from analogies.check import catalogue
from analogies.facts.load import load

ROOT = kit.root()
GUIDE = ROOT / "solutions" / "instructor-guide.md"
TEXT = GUIDE.read_text(encoding="utf-8")
SLUGS = sorted(path.parent.name for path in ROOT.glob("lessons/*/lesson.md"))
WITH_EXERCISE = [slug for slug in SLUGS if (ROOT / "lessons" / slug / "exercise.md").exists()]
LINK = re.compile(r"\[[^\]]+\]\(([^)\s]+)\)")


def section(slug: str) -> str:
    """The one section that links to the lesson's notebook right under its heading."""
    found = [part for part in re.split(r"^## ", TEXT, flags=re.M) if f"\n[Notebook](../notebooks/{slug}.ipynb)" in part]
    assert len(found) == 1, f"{len(found)} sections begin with a link to the notebook of {slug}"
    return found[0]


def plan(slug: str) -> list[list[str]]:
    """The rows of the first table of a section, its heading first."""
    rows = re.search(r"(?:^\|.*\n)+", section(slug), flags=re.M)[0].splitlines()
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows if not re.fullmatch(r"[|\-]+", row)]


def graded(slug: str) -> dict:
    return {name: question for name, question in catalogue.questions(slug).items() if question.kind != "quick"}


def heading_id(words: str) -> str:
    """The anchor that GitHub gives a heading."""
    return re.sub(r"[^\w\- ]", "", words.lower()).replace(" ", "-")


@pytest.mark.parametrize("slug", SLUGS)
def test_every_lesson_has_its_section_and_its_plan_takes_the_minutes_of_the_lesson(slug: str) -> None:
    head, *rows = plan(slug)
    columns = [int(cell.removesuffix(" min")) for cell in head if cell.endswith(" min")]
    about = front_matter(ROOT / "lessons" / slug / "lesson.md")
    assert columns[0] == about["minutes"]["teach"]
    assert slug == "00-start-here" or columns[-1] == 30, "a short class has thirty minutes"
    for number, minutes in enumerate(columns):
        assert sum(int(row[number]) for row in rows) == minutes, f"{slug}: the plan for {minutes} minutes"


@pytest.mark.parametrize("slug", WITH_EXERCISE)
def test_a_plan_walks_through_the_sections_of_the_lesson_in_their_order(slug: str) -> None:
    lesson = (ROOT / "lessons" / slug / "lesson.md").read_text(encoding="utf-8")
    planned = re.findall(r"Section (\d)", "\n".join(" | ".join(row) for row in plan(slug)))
    assert planned == re.findall(r"^## (\d)\. ", lesson, flags=re.M)


@pytest.mark.parametrize("slug", WITH_EXERCISE)
def test_each_quick_check_of_a_lesson_is_done_somewhere_in_its_plan(slug: str) -> None:
    quick = {name for name, question in catalogue.questions(slug).items() if question.kind == "quick"}
    assert set(re.findall(r"[Dd]o `([a-z-]+)`", section(slug))) == quick


@pytest.mark.parametrize("slug", WITH_EXERCISE)
def test_the_marking_notes_name_both_written_questions_with_their_points(slug: str) -> None:
    written = {name: f"{question.points:g}" for name, question in graded(slug).items() if question.kind == "written"}
    assert dict(re.findall(r"\*\*Marking (q\d) \((\d+) points\)\*\*", section(slug))) == written


@pytest.mark.parametrize("slug", WITH_EXERCISE)
def test_the_marking_notes_name_every_criterion_of_the_rubric_with_its_highest_points(slug: str) -> None:
    rubric = yaml.safe_load((ROOT / "lessons" / slug / "rubric.yml").read_text(encoding="utf-8"))
    for name, entry in rubric.items():
        said = re.search(rf"\*\*Marking {name} \(.*?\)\*\*: (.*?)\. ", section(slug))[1]
        due = ", ".join(f"`{one['id']}` {max(level['points'] for level in one['levels'])}" for one in entry["criteria"])
        assert said == due


@pytest.mark.parametrize("slug", WITH_EXERCISE)
def test_every_criterion_and_check_that_is_named_in_code_exists(slug: str) -> None:
    rubric = yaml.safe_load((ROOT / "lessons" / slug / "rubric.yml").read_text(encoding="utf-8"))
    known = {one["id"] for entry in rubric.values() for one in entry["criteria"]} | set(catalogue.questions(slug))
    assert set(re.findall(r"`([^`]+)`", section(slug))) - known - {"rubric.yml"} == set()


@pytest.mark.parametrize("slug", WITH_EXERCISE)
def test_the_table_of_points_is_that_of_the_questions(slug: str) -> None:
    points = {kind: sum(q.points for q in graded(slug).values() if q.kind == kind) for kind in ("auto", "written")}
    total = sum(points.values())
    assert f"| {slug} | {points['auto']:g} | {points['written']:g} | {total:g} |" in TEXT


def test_every_key_that_the_guide_cites_is_a_source() -> None:
    keys = re.findall(r"\[@([\w:+.-]+)\]", TEXT)
    assert {"aha2016core", "ncss2013c3", "acrl2016"} <= set(keys)
    assert set(keys) - load().sources.keys() == set()


def test_every_claim_and_use_that_the_guide_names_exists() -> None:
    facts = load()
    known = {*facts.claims["id"], *facts.invocations["id"]}
    named = set(re.findall(r"\b(?:[FL]\d\d|MI\d\d)\b", TEXT))
    assert named and named - known == set()


def test_every_link_of_the_guide_leads_somewhere() -> None:
    for target in LINK.findall(TEXT):
        file, _, anchor = target.partition("#")
        path = (GUIDE.parent / file).resolve() if file else GUIDE
        assert path.is_file(), target
        if anchor:
            headings = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), flags=re.M)
            assert anchor in map(heading_id, headings), target


def test_the_guide_has_one_title_skips_no_level_and_talks_down_to_nobody() -> None:
    levels = [len(signs) for signs in re.findall(r"^(#+) ", TEXT, flags=re.M)]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in zip(levels, levels[1:], strict=False))
    assert FORBIDDEN.findall(TEXT) == []


def test_the_guide_says_what_grading_does_not_do() -> None:
    for words in ("do not prove who found the answer", "for practice", "They see the value of an answer", "attack the Linux kernel itself",
                  "it runs with your rights", "NOT ISOLATED", "`--not-isolated`", "WSL2", "holds names", "that is no zero",
                  "`--comment` is for the student", "`--why` is for the gradebook alone"):
        assert words in TEXT, words


# The commands. What they are shown on is made here; a class of three has handed in, in Moodle.

UV = "python3 -m uv run --extra instructor "
SLUG = "03-syria-2015"


def commands(text: str) -> list[str]:
    """Every command line of ours in a text: in a fenced block, or between backticks with more than its name."""
    blocks = [line for block in re.findall(r"^```\n(.*?)^```", text, flags=re.M | re.S) for line in block.splitlines()]
    inline = re.findall(r"`(analogies (?:grade|mark|export|feedback) [^`]+)`", text)
    return [line.removeprefix(UV) for line in [*blocks, *inline] if line.removeprefix(UV).startswith("analogies ")]


def for_grading() -> str:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    return readme.partition("**For grading.**")[2].partition("\n## ")[0]


SHOWN = [*dict.fromkeys([*commands(TEXT), *commands(for_grading())])]


@pytest.mark.parametrize("line", SHOWN)
def test_each_command_that_is_shown_exists_with_these_options(line: str) -> None:
    name, *arguments = shlex.split(line)[1:]
    group = typer.main.get_command(cli.app)
    assert name in group.commands, line
    group.commands[name].make_context(name, arguments)


def test_each_option_that_is_named_alone_exists() -> None:
    known = {flag for command in typer.main.get_command(cli.app).commands.values() for one in command.params for flag in one.opts}
    assert {"--take-back", "--history"} <= set(re.findall(r"--[a-z-]+", TEXT)) and "`--rescale`" in for_grading()
    for text in (TEXT, for_grading()):
        named = set(re.findall(r"`(--[a-z-]+)", text)) - {"--extra"}
        assert named and named - known == set()
    assert {"grade", "mark", "export", "feedback"} == {line.split()[1] for line in commands(TEXT)}


def solution(slug: str) -> dict[str, str]:
    book = nbformat.read(ROOT / "solutions" / f"{slug}.ipynb", as_version=4)
    return {c.metadata.nbgrader.grade_id: c.source for c in book.cells if c.metadata.get("nbgrader", {}).get("solution")}


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """A folder as the guide has it: the zip of Moodle, the files that the LMS exported, and the parts of the clone that it names."""
    folder = tmp_path_factory.mktemp("desk")
    (folder / "downloads").mkdir()
    given = solution(SLUG)
    handed = {"Ana Petrova_11": given, "Bo Li_12": given | {"q2": "before = 1", "q3": "q3 = 1 / 0"}, "Çelik Ümit_13": {"q1": "present = 4000"}}
    with zipfile.ZipFile(folder / "downloads" / "moodle.zip", "w") as archive:
        for student, answers in handed.items():
            archive.writestr(f"{student}_assignsubmission_file/{SLUG}.ipynb", nbformat.writes(answered(**answers)))
    (folder / "worksheet.csv").write_text(
        "Identifier,Full name,Email address,Status,Grade,Maximum Grade,Grade can be changed,Last modified (grade),Feedback comments\n"
        "Participant 11,Ana Petrova,a@example.org,Submitted,,35.00,Yes,-,\nParticipant 12,Bo Li,b@example.org,Submitted,,35.00,Yes,-,\n"
        "Participant 13,Çelik Ümit,c@example.org,Submitted,,35.00,Yes,-,\n", encoding="utf-8")
    (folder / "grades.csv").write_text(
        "Student,ID,SIS Login ID,Section,Exercise 3 (77)\nPoints Possible,,,,35\n\"Petrova, Ana\",11,ana,One,\n\"Li, Bo\",12,bo,One,\n",
        encoding="utf-8")
    for name in ("src", "exercises", "solutions"):
        (folder / name).symlink_to(ROOT / name)
    return folder


@pytest.fixture
def run(desk, monkeypatch):
    def one(line: str) -> str:
        monkeypatch.chdir(desk)
        done = CliRunner().invoke(cli.app, shlex.split(line)[1:])
        assert done.exit_code == 0, f"{line}\n{done.output}"
        return done.output

    return one


def part(heading: str) -> list[str]:
    """The commands of one part of Marking, in order."""
    found = commands(TEXT.partition(f"\n### {heading}\n")[2].partition("\n### ")[0])
    assert found, heading
    return found


def test_the_commands_of_the_guide_lead_from_the_zip_of_the_lms_back_into_it(run, desk) -> None:
    """All of them in the guide's order: grade, marks by hand, written answers, LMS, pages, nbgrader."""
    for line in part("Grade"):
        assert "3 graded now" in run(line)
    for line in part("Stopped, late or again"):
        assert "Ana Petrova, q3: 4 of 4" in run(line)
    sheet, take, show, mark, take_back, history = part("The written answers")
    assert "q5.csv" in run(sheet)
    rows = (desk / "q5.csv").read_text(encoding="utf-8-sig")
    assert rows.startswith("question,student,text,so_far,claim,evidence,judgement,points,comment,answer_id") and "no row has a mark" in run(take)
    assert "claim" in run(show) and "Ana Petrova, q5: 5 of 8" in run(mark)
    assert "taken back" in run(take_back) and run(history).rstrip().endswith("Counts now: to be read (of 8).")
    run(mark)
    run(mark.replace("q5", "q6").replace("claim=2 evidence=1 judgement=2", "likeness=2 evidence=1 advice=2 change=1"))
    moodle, canvas, table, pages = part("Give the marks back")
    assert "2 marks written" in run(moodle)
    before, after = ((desk / name).read_text(encoding="utf-8").splitlines() for name in ("worksheet.csv", "worksheet-filled.csv"))
    assert [old == new for old, new in zip(before, after, strict=True)] == [True, False, True, False], "Bo Li waits for a reader"
    run(canvas)
    assert re.search(r'^"Petrova, Ana",11,ana,One,\d', (desk / "grades-filled.csv").read_text(encoding="utf-8"), flags=re.M)
    run(table)
    assert (desk / f"marks-{SLUG}.csv").is_file()
    run(pages)
    assert {path.suffix for path in (desk / f"feedback-{SLUG}").iterdir() if not path.name.startswith(".")} == {".html", ".csv", ".zip"}
    for line in part("A department that runs nbgrader"):
        run(line)
    assert (desk / "course" / "source" / SLUG / f"{SLUG}.ipynb").is_file()


def test_the_commands_of_the_readme_mark_a_sheet_and_fill_in_the_worksheet(run, desk) -> None:
    (desk / "gradebook.db").unlink(missing_ok=True)
    grade, write, take, export, pages = commands(for_grading())
    assert "3 graded now" in run(grade)
    assert "sheet.csv" in run(write) and "no row has a mark" in run(take)
    run(export)
    run(pages)


def test_a_question_of_ones_own_is_made_as_the_guide_says_and_the_published_answer_earns_nothing_for_it(run, desk) -> None:
    said = TEXT.partition("\n### Questions of your own\n")[2].partition("\n### ")[0]
    copy, _ = re.findall(r"^```\n(.*?)^```", said, flags=re.M | re.S)
    subprocess.run(["bash", "-ec", copy], cwd=desk, check=True)
    line = re.search(r"`(BEFORE, AFTER = .*?)`", said)[1]
    (first, last), (later, latest) = eval(line.partition("=")[2])
    numbers = desk / "private" / "syria_numbers.py"
    text, changed = re.subn(r"^BEFORE, AFTER = \(.*?\), \(.*?\)", line, numbers.read_text(encoding="utf-8"), flags=re.M)
    assert changed == 1
    numbers.write_text(text, encoding="utf-8")
    edit(desk / "private" / "exercises", lambda text: text.replace("four years 2011 to 2014", f"three years {first} to {last}"))
    edit(desk / "private" / "solutions", lambda text: text.replace("2011:2014", f"{first}:{last}").replace("2016:2019", f"{later}:{latest}"))
    for command in part("Questions of your own"):
        run(f"{command} --gradebook private.db --out private.csv")
    with (desk / "private.csv").open(encoding="utf-8-sig", newline="") as file:
        ana = next(row for row in csv.DictReader(file) if row["name"] == "Ana Petrova")
    assert [ana[name] for name in ("q1", "q2", "q3", "q4")] == ["3", "0", "4", "6"], "hers is the published solution"


def edit(folder: Path, change) -> None:
    path = folder / f"{SLUG}.ipynb"
    before = path.read_text(encoding="utf-8")
    assert change(before) != before, path
    path.write_text(change(before), encoding="utf-8")


def test_the_guide_is_the_only_written_page_among_the_solutions() -> None:
    others = {path.name for path in GUIDE.parent.iterdir() if not path.name.startswith(".")} - {f"{slug}.ipynb" for slug in SLUGS}
    assert others == {GUIDE.name}
