"""The instructor guide speaks of the lessons, exercises and rubrics as they are."""

import re

import pytest
import yaml

from analogies import kit
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
    assert "**not isolated**" in TEXT and "do not prove who found the answer" in TEXT


def test_the_guide_is_the_only_written_page_among_the_solutions() -> None:
    others = {path.name for path in GUIDE.parent.iterdir() if not path.name.startswith(".")} - {f"{slug}.ipynb" for slug in SLUGS}
    assert others == {GUIDE.name}
