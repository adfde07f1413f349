"""The student's own events, laid over a payload: the same columns, marked as the student's own."""

from __future__ import annotations

from collections.abc import Sequence

from analogies.facts import dates
from analogies.timeline import layout


def with_notes(payload: dict, notes: Sequence[dict[str, str]]) -> tuple[dict, list[str]]:
    """`payload` with the student's own events, and a sentence on each that cannot be drawn. `payload` is not changed.

    A note is {"id", "event", "date", "title", "case", "theme", "text"}, all text: an event of the student's own, or,
    where `event` names an event, a remark on it (which is not drawn).
    """
    drawn, report = [], []
    for note in notes:
        if note.get("event"):
            continue
        try:
            drawn.append((note, dates.parse((note.get("date") or "").strip())))
        except ValueError as fault:
            name = layout.clip(note.get("title") or note.get("id") or "no title", 40)
            report.append(f"Your event \N{LEFT DOUBLE QUOTATION MARK}{name}\N{RIGHT DOUBLE QUOTATION MARK} is kept, but "
                          f"not drawn: {fault}.")
    return (_joined(payload, drawn) if drawn else payload), report


def _joined(payload: dict, drawn: list[tuple[dict, dates.Date]]) -> dict:
    lists = payload["lists"]
    case_at = {case["id"]: i for i, case in enumerate(lists["cases"])}
    theme_at = {name: i for i, name in enumerate(lists["themes"])}
    notes, when = [note for note, _ in drawn], [date for _, date in drawn]
    none: list = [""] * len(drawn)
    more = {
        "id": [note["id"] for note in notes], "title": [note.get("title") or "(no title)" for note in notes],
        "short": none, "text": [note.get("text") or "" for note in notes], **layout.date_columns(when),
        "disputed": none, "known_words": none, "public": [layout.public_day(date, None) for date in when],
        "case": [case_at.get(note.get("case"), -1) for note in notes],
        "themes": [[theme_at[note["theme"]]] if note.get("theme") in theme_at else [] for note in notes],
        "actors": [[] for _ in notes], "confidence": [-1] * len(notes), "sources": [[] for _ in notes]}
    more["flags"] = [bits | layout.OWN for bits in more["flags"]]
    more["row"] = [0] * len(notes)
    whole = {**payload, **{name: payload[name] + values for name, values in more.items()}}
    order = sorted(range(payload["n"] + len(notes)), key=lambda i: (
        whole["a0"][i] if whole["a0"][i] is not None else whole["b0"][i]))
    return {**whole, "n": len(order), **{name: [whole[name][i] for i in order] for name in more}}
