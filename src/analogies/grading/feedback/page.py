"""One page of HTML for each student: every question, its mark, the reasons and the next step, in a file that needs nothing else.

Nothing of the checks, the model answers or other students is in it, and whatever came from the student is shown as text.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from ...check.rubric import Rubric
from . import words
from .words import NOT_ISOLATED, Place

if TYPE_CHECKING:
    from ..gradebook.entries import Asked, Row, Standing

_PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="analogies feedback">
<meta name="robots" content="noindex">
<title>Feedback: {title}, {name}</title>
<style>
{css}</style>
</head>
<body>
<main>
{body}
</main>
</body>
</html>
"""
_CODE = re.compile(r"`([^`\n]+)`")
_LONG = 2000


def page(row: Row, asked: Sequence[Asked], rubrics: Mapping[str, Rubric], *, title: str, isolation: str | None = None,
         places: Mapping[str, Place] | None = None, rows: Sequence[Row] = (), hints: bool = True) -> str:
    """The page of one student.

    title: the exercise's; isolation: how the code was run, the row's own words if left out; places: what to read for each
    question; rows: the whole class, so that no other student is named here; hints: whether the exercise has ex.hint().
    """
    isolation = row.isolation if isolation is None else isolation
    marks = [] if row.ungraded else [(one, row.marks[one.id]) for one in asked if one.id in row.marks]
    places = places or {}
    name = row.student.name or row.student.key
    parts = [
        f"<h1>Feedback: {_text(title)}</h1>",
        f'<p class="who"><bdi>{_text(name)}</bdi></p>',
        f'<p class="total">{_text(words.total(row))}</p>',
        f'<p class="note">{_text(words.nothing_graded(row, rows))}</p>' if row.ungraded else "",
        f'<p class="note">{_strong(_text(words.how_it_ran(isolation)))}</p>' if NOT_ISOLATED in isolation else "",
        _summary(marks, places),
        *(_question(one, mark, rubrics.get(one.id), places.get(one.id, Place()), hints) for one, mark in marks),
        _handed_in(row, () if row.ungraded else words.others_left_out(row.oddities, row, rows)),
        "" if row.ungraded else _graded(marks, isolation),
    ]
    body = "\n".join(part for part in parts if part)
    return _PAGE.format(title=_text(title), name=_text(name), css=_css(), body=body)


def _summary(marks: Sequence[tuple[Asked, Standing]], places: Mapping[str, Place]) -> str:
    lines = []
    for one, mark in marks:
        sign, said = words.state(mark)
        heading = places.get(one.id, Place()).heading
        name = f"{one.id}: {heading}" if heading else one.id
        lines.append(f'<tr><th scope="row"><a href="#{_text(one.id)}">{_text(name)}</a></th><td>{_text(words.points(mark).rpartition(" ")[0])}</td>'
                     f'<td><span class="sign" aria-hidden="true">{sign}</span>{_text(said)}</td></tr>')
    return ('<table>\n<caption>Your marks, question by question</caption>\n<thead><tr><th scope="col">Question</th><th scope="col">Points</th>'
            f'<th scope="col">How it stands</th></tr></thead>\n<tbody>\n{chr(10).join(lines)}\n</tbody>\n</table>') if lines else ""


def _question(one: Asked, mark: Standing, rubric: Rubric | None, place: Place, hints: bool) -> str:
    sign, said = words.state(mark)
    parts = [f'<h2 id="{_text(one.id)}">{_text(one.id)}{_text(f". {place.heading}") if place.heading else ""}</h2>',
             f'<p class="mark"><span class="sign" aria-hidden="true">{sign}</span>{_text(said)}: {_text(words.points(mark))}.</p>']
    if reasons := words.reasons(mark):
        parts.append(f"<h3>{'About this mark' if one.kind == 'written' or mark.earned == mark.possible else 'What is missing'}</h3>\n"
                     f"<ul>{''.join(f'<li>{_text(reason)}</li>' for reason in reasons)}</ul>")
    if reached := words.reached(mark, rubric):
        parts.append(_rubric(one, rubric, reached))
    if mark.comment.strip():
        parts.append(f'<h3>What the reader wrote to you</h3>\n<blockquote dir="auto">{_text(mark.comment.strip(), lines=True)}</blockquote>')
    steps = words.next_step(mark, one.kind, place, hints=hints)
    parts.append(f"<h3>Next step</h3>\n<p>{_text(' '.join(steps))}</p>")
    return "\n".join(parts)


def _rubric(one: Asked, rubric: Rubric, reached: Sequence[words.Reached]) -> str:
    lines = [f'<tr><th scope="row">{_text(level.title)}<span class="points">{_text(level.points)}</span></th><td>{_text(level.words)}</td>'
             f"<td>{_text(level.next) if level.next else 'This is the highest level.'}</td></tr>" for level in reached]
    return (f'<table class="rubric">\n<caption>{_text(one.id)} by its rubric: {_text(rubric.title)}</caption>\n<thead><tr><th scope="col">Criterion'
            '</th><th scope="col">What your text reached</th><th scope="col">What the next level asks for</th></tr></thead>\n'
            f"<tbody>\n{chr(10).join(lines)}\n</tbody>\n</table>")


def _handed_in(row: Row, oddities: Sequence[str]) -> str:
    file = re.split(r"[/\\]", row.file)[-1].rpartition(": ")[2]
    late = " This was after the deadline." if row.late else ""
    when = f"{row.when.day} {row.when:%B %Y, %H:%M} {row.when.tzname() or ''}".strip() if row.when else ""
    facts = [("File", file), ("Handed in", f"{when or 'The time is not known'}.{late}" if when or late else ""),
             ("Attempt", str(row.attempt) if row.attempt > 1 else "")]
    listed = "".join(f'<dt>{name}</dt><dd dir="auto">{_text(value)}</dd>' for name, value in facts if value)
    odd = f"<h3>What was unusual about the file</h3>\n<ul>{''.join(f'<li>{_text(said)}</li>' for said in oddities)}</ul>" if oddities else ""
    return f"<h2>What you handed in</h2>\n<dl>{listed}</dl>\n{odd}" if listed or odd else ""


def _graded(marks: Sequence[tuple[Asked, Standing]], isolation: str) -> str:
    by_hand = [mark.question for _, mark in marks if mark.earned is not None and mark.by != "auto"]
    by_check = [mark.question for _, mark in marks if mark.earned is not None and mark.by == "auto"]
    said = [f"Checked by a program: {', '.join(by_check)}." if by_check else "",
            f"Marked by a reader: {', '.join(by_hand)}." if by_hand else "",
            "" if NOT_ISOLATED in isolation else words.how_it_ran(isolation),
            "If you think that a mark is wrong, write to your instructor and say which question and why."]
    return "<h2>How this was graded</h2>\n" + "\n".join(f"<p>{_text(sentence)}</p>" for sentence in said if sentence)


def _text(text: str, *, lines: bool = False) -> str:
    """Text for a page: what stands between backticks as code, everything else as it is."""
    text = str(text).encode("utf-8", "replace").decode()
    kept = "".join(sign if sign.isprintable() or sign in "\u200c\u200d" or (lines and sign == "\n") else " " for sign in text)
    if len(kept) > _LONG and not lines:
        kept = kept[:_LONG] + " …"
    return _CODE.sub(r"<code>\1</code>", html.escape(kept))


def _strong(text: str) -> str:
    return text.replace(NOT_ISOLATED, f"<strong>{NOT_ISOLATED}</strong>", 1)


@cache
def _css() -> str:
    return resources.files(__package__).joinpath("feedback.css").read_text(encoding="utf-8")
