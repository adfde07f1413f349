"""The student's own events, laid over a payload: the same columns, marked as the student's own."""

from __future__ import annotations

from collections.abc import Sequence

from analogies.facts import dates
from analogies.timeline import layout, rows

LANE = "my notes"


def with_notes(payload: dict, notes: Sequence[dict[str, str]]) -> tuple[dict, list[str]]:
    """`payload` with the notes that can be drawn, and a sentence on each that cannot. The payload given is not changed.

    A note is {"id", "date", "title", "text", "lane"}, all text. Its lane may be a case id, a theme or an actor of
    the timeline; in any other way of cutting lanes it stands in a last lane, "my notes".
    """
    drawn, report = [], []
    taken = set(payload["id"])
    for number, note in enumerate(notes, 1):
        name = f"note {number}, {(note.get('title') or note.get('id') or '')[:40]!r}"
        try:
            when = dates.parse((note.get("date") or "").strip())
            layout.public_day(when, None)
        except ValueError as fault:
            report.append(f"{name}: {fault}. It is kept, but not drawn.")
            continue
        if note.get("id", "") in taken:
            report.append(f"{name}: another event has the id {note.get('id', '')!r}; give it an id of its own. "
                          "It is kept, but not drawn.")
            continue
        taken.add(note["id"])
        drawn.append((note, when))
    return (_joined(payload, drawn) if drawn else payload), report


def _joined(payload: dict, drawn: list) -> dict:
    lists = payload["lists"]
    case_at = {case["id"]: i for i, case in enumerate(lists["cases"])}
    theme_at, actor_at = ({name: i for i, name in enumerate(lists[key])} for key in ("themes", "actors"))
    when = [d for _, d in drawn]
    lane = [(note.get("lane") or "").strip() for note, _ in drawn]
    more = {
        "id": [n["id"] for n, _ in drawn], "title": [n.get("title") or "(no title)" for n, _ in drawn],
        "short": [n.get("title") or "(no title)" for n, _ in drawn], "text": [n.get("text") or "" for n, _ in drawn],
        **layout.date_columns(when),
        "disputed": [""] * len(drawn), "known_words": [""] * len(drawn),
        "public": [layout.public_day(d, None) for d in when],
        "case": [case_at.get(name, -1) for name in lane],
        "themes": [[theme_at[name]] if name in theme_at else [] for name in lane],
        "actors": [[actor_at[name]] if name in actor_at else [] for name in lane],
        "confidence": [-1] * len(drawn), "sources": [[] for _ in drawn]}
    more["flags"] = [bits | layout.OWN for bits in more["flags"]]
    spans = [layout.span(*ends) for ends in zip(more["a0"], more["b0"], more["b1"])]
    titles = [case["title"] for case in lists["cases"]]
    lanes = {"theme": _lanes(payload["lanes"]["theme"], lane, spans),
             "case": _lanes(payload["lanes"]["case"], [titles[c] if c >= 0 else "" for c in more["case"]], spans),
             "actor": _lanes(payload["lanes"]["actor"], lane, spans)}
    whole = {**payload, "n": payload["n"] + len(drawn), "lanes": lanes, "row": lanes["case"]["row"]}
    for name, values in more.items():
        whole[name] = payload[name] + values
    return whole


def _lanes(before: dict, names: list[str], spans: list[tuple[int, int]]) -> dict:
    """Lanes with the own events below the others: in the lane of that name, else in a last lane of their own."""
    titles = list(before["titles"])
    if any(name not in titles for name in names):
        titles.append(LANE)
    of = [titles.index(name) if name in titles[:len(before["titles"])] else len(titles) - 1 for name in names]
    count = before["rows"] + [0] * (len(titles) - len(before["titles"]))
    row = [0] * len(names)
    for lane in set(of):
        inside = [i for i, where in enumerate(of) if where == lane]
        packed = rows.pack([s[0] for s in spans], [s[1] for s in spans], inside)
        for i in inside:
            row[i] = count[lane] + packed[i]
        count[lane] += 1 + max(packed[i] for i in inside)
    return {"titles": titles, "of": before["of"] + of, "row": before["row"] + row, "rows": count}
