"""Tables to records, with what must hold inside a row and between rows."""

from collections.abc import Collection
from difflib import get_close_matches

from analogies.facts import columns
from analogies.facts.dates import parse
from analogies.facts.desk import Desk, starts_before
from analogies.facts.model import ARTICLES, NO_VALUE, Claim, Era, Event


def events(desk: Desk, raw: bytes, file: str, case: str) -> list[Event]:
    """The events of one case in order of time. An id begins with its case, and nothing was known before it began."""
    found = []
    for row, values in desk.read(raw, file, columns.EVENTS):
        if not values["id"].startswith(f"{case}-"):
            desk.note(file, row.line_of("id"), "id", f"{values['id']!r} must begin with its case, as in {case}-1989-first-event")
            continue
        known = values["known"]
        if known and starts_before(known, values["date"]):
            desk.note(file, row.line_of("known"), "known", f"it became public ({known}) before it happened ({values['date']}); correct one of the two dates")
            continue
        found.append(Event(case=case, **_filled(values)))
    return sorted(found, key=lambda event: event.date.a0 or event.date.b0)


def eras(desk: Desk, raw: bytes, file: str, cases: Collection[str]) -> list[Era]:
    found = []
    for row, values in desk.read(raw, file, columns.ERAS):
        if _cases_are_known(desk, row, file, "cases", values["cases"], cases):
            found.append(Era(**_filled(values)))
    return found


def claims(desk: Desk, raw: bytes, file: str, cases: Collection[str]) -> list[Claim]:
    found = []
    for row, values in desk.read(raw, file, columns.CLAIMS):
        good = _cases_are_known(desk, row, file, "cases", values["cases"], cases)
        last = ARTICLES[values["article"]]
        if values["paragraph"] > last:
            desk.note(file, row.line_of("paragraph"), "paragraph", f"{values['article']} has {last} paragraphs, found {values['paragraph']}")
            good = False
        if len(values["kinds"]) > 2:
            desk.note(file, row.line_of("kinds"), "kinds", "a claim carries one or two kinds; choose the two that matter")
            good = False
        if good:
            found.append(Claim(**_filled(values)))
    return found


def invocations(desk: Desk, raw: bytes, file: str) -> list[dict]:
    return [_filled(values) for _, values in desk.read(raw, file, columns.INVOCATIONS)]


def features(desk: Desk, raw: bytes, file: str, cases: Collection[str]) -> list[dict]:
    """Rows case by dimension. The table is even: every case has one row for every dimension ('unknown' is a value)."""
    found, places, types = [], {}, {}
    for row, values in desk.read(raw, file, columns.FEATURES):
        values = _filled(values)
        case, dimension = values["case"], values["dimension"]
        at = row.line_of("dimension")
        if (case, dimension) in places:
            desk.note(file, at, "dimension", f"{case} has {dimension!r} in line {places[case, dimension]} already; keep one row")
            continue
        places[case, dimension] = at
        kind = types.setdefault(dimension, values["type"])
        # a number that is only known within bounds is a range, so the two may meet in one dimension
        if kind != values["type"] and {kind, values["type"]} != {"number", "range"}:
            desk.note(file, row.line_of("type"), "type", f"{dimension!r} is a {kind} for other cases and a {values['type']} here; use one type")
        stem = case.split("-")[0]
        if stem not in cases:
            _cases_are_known(desk, row, file, "case", (case,), cases)
        wrong = _value_fault(values)
        if wrong:
            desk.note(file, row.line_of(wrong[0]), *wrong)
            continue
        found.append(values)
    everywhere = {dimension for _, dimension in places}
    for case in dict.fromkeys(case for case, _ in places):
        for dimension in sorted(everywhere - {d for c, d in places if c == case}):
            desk.note(file, 0, "dimension", f"{case} has no row for {dimension!r}; add one, with the value unknown if it is not known")
    return found


def _value_fault(values: dict) -> tuple[str, str] | None:
    """(column, sentence) where the value does not fit its type."""
    value, low, high, kind = values["value"], values["low"], values["high"], values["type"]
    if low is not None and high is not None and low > high:
        return "low", f"low ({low:g}) is more than high ({high:g}); exchange them"
    if value in NO_VALUE:
        return None
    try:
        if kind == "number":
            n = columns.number(value)
            if (low is not None and n < low) or (high is not None and n > high):
                return "value", f"{value} does not lie between low and high; correct one of the three"
        elif kind == "range" and (low is None or high is None):
            return "low" if low is None else "high", "a range needs both low and high"
        elif kind == "yesno":
            columns.one_of(value, among=("yes", "no", "unknown"), what="answer")
        elif kind == "date":
            parse(value)
    except ValueError as error:
        return "value", str(error)
    return None


def _cases_are_known(desk: Desk, row, file: str, column: str, named: tuple[str, ...], cases: Collection[str]) -> bool:
    strange = [name for name in named if name not in cases]
    for name in strange:
        near = get_close_matches(name, cases, n=1)
        hint = f"did you mean {near[0]!r}?" if near else f"the cases are {', '.join(cases)}"
        desk.note(file, row.line_of(column), column, f"the case {name!r} is unknown; {hint}")
    return not strange


_LISTS = {"actors", "themes", "kinds", "hedges", "cases", "sources", "treated"}
_MAYBE = {"known", "low", "high", "as_of"}


def _filled(values: dict) -> dict:
    """Blank cells as what stands for nothing in their column: (), None or ''."""
    return {
        column: value if value is not None else () if column in _LISTS else None if column in _MAYBE else ""
        for column, value in values.items()
    }
