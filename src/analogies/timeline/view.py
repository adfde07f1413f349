"""What of a timeline is shown in a state: filters, "as of", day 0. The JavaScript applies the same rules.

A state is a plain dict, the one that the widget shares with the browser:
{"window": [day, day] or None, "filters": {"cases", "themes", "actors", "confidence": list or None, "text": str},
"lanes": "theme" | "case" | "actor", "order": "lane" | "time", "align": {case: event id} or None,
"as_of": day or None, "selected": event id or None, "height": pixels or None}. Under `align` the window is in days since day 0.
"""

from __future__ import annotations

import unicodedata
from collections import Counter

from analogies.timeline import layout

LANES = ("theme", "case", "actor")
ORDERS = ("lane", "time")
ACTOR_LANES = 10
FILTERS = ("cases", "themes", "actors", "confidence", "text")
_END_BITS = layout.APPROX_END | layout.UNSURE_END | layout.UNKNOWN_END


def state(**given) -> dict:
    """The state in which everything is shown, changed by what is given."""
    everything = {"window": None, "filters": {"cases": None, "themes": None, "actors": None, "confidence": None,
                                              "text": ""},
                  "lanes": "theme", "order": "lane", "align": None, "as_of": None, "selected": None, "height": None}
    return {**everything, **given}


def fold(text: str) -> str:
    """Text for searching: no capitals, no accents (compatibility decomposition without its marks)."""
    return "".join(c for c in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(c))


def searched(payload: dict, i: int) -> str:
    """What the search box looks through for the event at position i, folded."""
    lists = payload["lists"]
    return fold("\n".join([
        payload["title"][i], payload["short"][i] or payload["title"][i], payload["text"][i], payload["words"][i],
        *(lists["actors"][a] for a in payload["actors"][i]), *(lists["themes"][t] for t in payload["themes"][i])]))


def passes(payload: dict, filters: dict) -> list[bool]:
    """Whether each event passes the filters; None lets everything pass, an empty list nothing."""
    lists = payload["lists"]
    wanted = {"cases": _indices(filters.get("cases"), [c["id"] for c in lists["cases"]]),
              "themes": _indices(filters.get("themes"), lists["themes"]),
              "actors": _indices(filters.get("actors"), lists["actors"]),
              "confidence": _indices(filters.get("confidence"), lists["confidence"])}
    words = fold(filters.get("text") or "").split()

    def one(i: int) -> bool:
        own = payload["flags"][i] & layout.OWN  # belongs to every case where it names none, and is of no confidence
        return ((wanted["cases"] is None or payload["case"][i] in wanted["cases"] or own and payload["case"][i] < 0)
                and (wanted["themes"] is None or not wanted["themes"].isdisjoint(payload["themes"][i]))
                and (wanted["actors"] is None or not wanted["actors"].isdisjoint(payload["actors"][i]))
                and (wanted["confidence"] is None or payload["confidence"][i] in wanted["confidence"] or bool(own)))

    kept = [one(i) for i in range(payload["n"])]
    if words:
        for i, keep in enumerate(kept):
            if keep:
                text = searched(payload, i)
                kept[i] = all(word in text for word in words)
    return kept


def _indices(names, known) -> set[int] | None:
    return None if names is None else {known.index(name) for name in names if name in known}


def day_zero(payload: dict, align: dict[str, str]) -> dict[int, int]:
    """Day 0 of each aligned case (position of the case -> day): the first day on which its event can have begun."""
    at = {name: i for i, name in enumerate(payload["id"])}
    cases = {case["id"]: k for k, case in enumerate(payload["lists"]["cases"])}
    zero = {}
    for case, event in align.items():
        i = at[event]
        zero[cases[case]] = payload["a0"][i] if payload["a0"][i] is not None else payload["b0"][i]
    return zero


def view(payload: dict, state: dict) -> dict[str, list]:
    """The events that a state shows, as columns: at (position in the payload), a0, a1, b0, b1, flags, words.

    Filters and "as of" are applied; an end that lies after the "as of" day is drawn as going on, because on that
    day nobody knew it. Under `align` the lanes are the cases, days count from day 0 of each case, and cases without
    a day 0 are left out. The window is not applied: it is where one looks, not what there is.
    """
    as_of, align = state["as_of"], state["align"]
    zero = day_zero(payload, align) if align else None
    columns: dict[str, list] = {name: [] for name in ("at", "a0", "a1", "b0", "b1", "flags", "words")}
    for i, keep in enumerate(passes(payload, state["filters"])):
        if not keep or (as_of is not None and payload["public"][i] > as_of):
            continue
        if zero is not None and payload["case"][i] not in zero:
            continue
        ends = [payload[name][i] for name in ("a0", "a1", "b0", "b1")]
        bits, words = payload["flags"][i], payload["words"][i]
        if as_of is not None:
            ends, bits, hidden = end_at(ends, bits, as_of)
            words = payload["since"][i] or words if hidden else words
        if zero is not None:
            start = zero[payload["case"][i]]
            ends = [None if day is None else day - start for day in ends]
        for name, value in zip(columns, (i, *ends, bits, words)):
            columns[name].append(value)
    return columns


def lanes(payload: dict, state: dict, shown: dict[str, list]) -> tuple[list[str], list[int]]:
    """Titles of the lanes and the lane of each event of a view: its case, its first theme or its first actor.

    Actors who come first most often get a lane, at most ten; the others share one. Lanes may be empty.
    """
    lists = payload["lists"]
    if state["align"] or state["lanes"] == "case":
        place = [payload["case"][i] for i in shown["at"]]
        titles = [case["title"] for case in lists["cases"]] + ["No case"]
    elif state["lanes"] == "theme":
        place = [payload["themes"][i][0] if payload["themes"][i] else -1 for i in shown["at"]]
        titles = [*lists["themes"], "No theme given"]
    else:
        first = [payload["actors"][i][0] if payload["actors"][i] else -1 for i in shown["at"]]
        count = Counter(actor for actor in first if actor >= 0)
        top = sorted(count, key=lambda actor: (-count[actor], actor))[:ACTOR_LANES]
        lane = {actor: k for k, actor in enumerate(top)}
        place = [lane.get(actor, len(top)) if actor >= 0 else -1 for actor in first]
        titles = [*(lists["actors"][actor] for actor in top), "Other actors", "No actor given"]
    last = len(titles) - 1
    return [title[:1].upper() + title[1:] for title in titles], [k if k >= 0 else last for k in place]


def end_at(ends: list[int | None], bits: int, as_of: int) -> tuple[list[int | None], int, bool]:
    """(a0, a1, b0, b1), flags and whether something was cut, as they stood on the day `as_of`."""
    a0, a1, b0, b1 = ends
    if bits & layout.INTERVAL:
        if bits & layout.OPEN_END or (b1 is not None and b1 <= as_of):
            return ends, bits, False
        begun = [None, None, min(b0, as_of), as_of] if a0 is None else [a0, min(a1, as_of), None, None]
        return begun, bits & ~_END_BITS | layout.OPEN_END, True
    if b1 <= as_of or a0 > as_of:
        return ends, bits, False
    return [a0, as_of, a0, as_of], bits, False


def eras(payload: dict, state: dict) -> list[dict]:
    """Era bands in a state: cut at "as of" as the events are, without a day 0 (each case would need its own)."""
    as_of = state["as_of"]
    bands = []
    for band in payload["eras"]:
        if as_of is None or band["hi"] is not None and band["hi"] <= as_of:
            bands.append(band)
        elif band["lo"] is None or band["lo"] <= as_of:
            bands.append({**band, "hi": None, "flags": band["flags"] & ~_END_BITS | layout.OPEN_END,
                          "words": band["since"] or band["words"]})
    return bands


def extent(shown: dict[str, list]) -> tuple[int, int] | None:
    """First and last day that a view touches (last exclusive), or None for an empty view. Open ends do not stretch it."""
    days = [day for name in ("a0", "a1", "b0", "b1") for day in shown[name] if day is not None]
    return (min(days), max(days) + 1) if days else None


def frame(state: dict, shown: dict[str, list]) -> tuple[int, int]:
    """The window that takes in all of a view, and the "as of" day, with some margin."""
    lo, hi = extent(shown) or (0, 1)
    if state["as_of"] is not None and not state["align"]:
        hi = max(hi, state["as_of"] + 1)
    margin = max(round((hi - lo) * 0.025), 1)
    return lo - margin, hi + margin


def touches(shown: dict[str, list], window: list[int] | None) -> list[bool]:
    """Whether each event of a view lies at least partly in the window."""
    if window is None:
        return [True] * len(shown["at"])
    return [(b1 is None or b1 + 1 > window[0]) and (a0 is None or a0 < window[1])
            for a0, b1 in zip(shown["a0"], shown["b1"])]
