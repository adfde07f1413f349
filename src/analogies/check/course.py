"""Progress over the whole course: one row for each exercise, from what my-work/ keeps."""

from __future__ import annotations

from . import catalogue
from .exercise import Exercise
from .outcome import count, number
from .page import Page, page, table
from .progress import switched_off

_HEADER = ("Lesson", "Questions checked and right", "Points", "Written answers judged by yourself", "Last worked on")


def progress() -> Page:
    """A table of all exercises: questions passed, points of the checked ones, written answers self-assessed, last day."""
    rows, earned, possible = [], 0.0, 0.0
    for slug in catalogue.slugs():
        one = Exercise(slug).summary()
        earned, possible = earned + one.earned, possible + one.possible
        written = f"{one.judged} of {one.written}" if one.written else "none to write"
        rows.append((slug, f"{one.passed} of {one.checked}", f"{number(one.earned)} of {number(one.possible)}", written,
                     one.last or "not begun"))
    return page("**Your progress over the course**", table(_HEADER, rows),
                f"Checked questions together: {number(earned)} of {count(possible, 'point')}.",
                "Progress is switched off here, so nothing is counted." if switched_off() else "")
