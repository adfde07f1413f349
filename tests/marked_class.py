"""A small class as the gradebook tells it: for the tests of what goes out to students and to an LMS."""

from __future__ import annotations

from datetime import UTC, datetime

from analogies.check.rubric import Criterion, Exemplar, Level, Rubric
from analogies.grading.gradebook.entries import MARKED, NOT_GRADED, Asked, Row, Standing
from analogies.grading.score import TO_MARK
from analogies.grading.submission import Student

ASKED = [Asked("q1", 4, "auto"), Asked("q2", 6, "auto"), Asked("q5", 10, "written")]
ISOLATED = "isolated (namespaces, seccomp, own uid)"
CRITERIA = (
    Criterion("claim", "The claim", "Is it given fairly?", (Level(0, "The claim is missing."), Level(2, "It is copied."), Level(4, "It is given fairly."))),
    Criterion("evidence", "Evidence", "Is there any?", (Level(0, "Opinions only."), Level(6, "Each side has a figure with its source."))),
)
RUBRIC = Rubric("Did a small force turn the balance?", CRITERIA,
                Exemplar("SECRET weak exemplar", {"claim": 0, "evidence": 0}, {"claim": "-", "evidence": "-"}, 0),
                Exemplar("SECRET strong exemplar", {"claim": 2, "evidence": 1}, {"claim": "-", "evidence": "-"}, 10))
RUBRICS = {"q5": RUBRIC}


def auto(question: str, earned: float | None, possible: float, *said: str, status: str = "NOT YET") -> Standing:
    return Standing(question, earned, possible, "PASS" if earned == possible else status, said)


def written(earned: float | None, **more: object) -> Standing:
    status = TO_MARK if earned is None else MARKED
    return Standing("q5", earned, 10, status, **{"by": "auto" if earned is None else "Dr Reader", **more})


def student(key: str, name: str = "", marks: tuple = (4, 6, 10), *, ids: dict | None = None, **more: object) -> Row:
    """A student with three marks: numbers, None for one that waits, or a Standing."""
    one, two, three = marks
    standings = {
        "q1": one if isinstance(one, Standing) else auto("q1", one, 4),
        "q2": two if isinstance(two, Standing) else auto("q2", two, 6),
        "q5": three if isinstance(three, Standing) else written(three),
    }
    given = {"file": f"{key}.ipynb", "when": datetime(2026, 11, 27, 18, 36, tzinfo=UTC), "late": False, "attempt": 1, "oddities": (), "isolation": ISOLATED}
    return Row(Student(key, name, ids or {}), **{**given, **more}, marks=standings)


def ungraded(key: str, name: str = "", **more: object) -> Row:
    """A student whose file could not be read, so that nothing was graded."""
    marks = tuple(Standing(one.id, None, one.points, NOT_GRADED, ("Nothing was graded.",)) for one in ASKED)
    return student(key, name, marks, **{"oddities": ("Nothing was graded: torn.",), "isolation": "", **more})
