"""Two tables about the articles: what kinds two model coders gave to each claim, and how each argument runs."""

from collections.abc import Sequence
from functools import partial

from analogies.facts.columns import Table, claim_id, kinds, one_of, paragraph, several, text
from analogies.facts.desk import Desk
from analogies.facts.model import ARGUMENT_ROLES, ARTICLES, Claim


def paragraphs(cell: str) -> tuple[int, ...]:
    """The numbers in a cell such as "8;9". Raises ValueError for what is no paragraph."""
    return tuple(paragraph(part) for part in several(cell))


CODERS: Table = {
    "claim": (claim_id, True),
    "coder_a": (kinds, True),
    "coder_b": (kinds, True),
    "why": (text, False),
    "sample": (partial(one_of, among=("yes",), what="mark; write yes or leave it blank"), False),
}
ARGUMENTS: Table = {
    "id": (claim_id, True),
    "article": (partial(one_of, among=tuple(ARTICLES), what="article"), True),
    "role": (partial(one_of, among=ARGUMENT_ROLES, what="role"), True),
    "words": (partial(text, most=72), True),
    "paragraphs": (paragraphs, True),
    "claims": (several, False),
    "leads_to": (several, False),
    "note": (text, False),
}


def coders(desk: Desk, raw: bytes, file: str, claims: Sequence[Claim]) -> list[dict]:
    """One row a claim, in the order of the claims. Coder A is the claims table; a reason stands where B differs."""
    by_id = {claim.id: claim for claim in claims}
    found: dict[str, dict] = {}
    for row, values in desk.read(raw, file, CODERS):
        name = values["claim"]

        def note(column: str, message: str) -> None:
            desk.note(file, row.line_of(column), column, message)

        if name not in by_id:
            note("claim", f"there is no claim {name!r} in claims.csv; correct the number or delete the row")
            continue
        if name in found:
            note("claim", f"{name} is coded already; keep one row")
            continue
        if values["coder_a"] != by_id[name].kinds:
            note("coder_a", f"coder A is the claims table, which has {';'.join(by_id[name].kinds)!r} for {name}; make the two the same")
        if max(len(values["coder_a"]), len(values["coder_b"])) > 2:
            note("coder_b", "a claim carries one or two kinds; choose the two that matter")
        if (values["coder_a"] == values["coder_b"]) == bool(values["why"]):
            note("why", f"a reason stands where the coders differ and only there; {'add it' if not values['why'] else 'delete it'}")
        found[name] = {"claim": name, "coder_a": values["coder_a"], "coder_b": values["coder_b"], "why": values["why"] or "",
                       "sample": values["sample"] == "yes"}  # fmt: skip
    for name in by_id.keys() - found.keys():
        desk.note(file, 0, "claim", f"the claim {name} has no row; add one")
    return [found[name] for name in by_id if name in found]


def arguments(desk: Desk, raw: bytes, file: str, claims: Sequence[Claim]) -> list[dict]:
    """One row a part of an argument. Each claim stands in one part, each part leads to a later one or is a conclusion."""
    by_id = {claim.id: claim for claim in claims}
    found: dict[str, dict] = {}
    lines: dict[str, int] = {}
    placed: dict[str, str] = {}
    for row, values in desk.read(raw, file, ARGUMENTS):
        values = {column: value if value is not None else () if column in ("claims", "leads_to") else "" for column, value in values.items()}
        last = ARTICLES[values["article"]]
        for number in values["paragraphs"]:
            if number > last:
                desk.note(file, row.line_of("paragraphs"), "paragraphs", f"{values['article']} has {last} paragraphs, found {number}")
        for name in values["claims"]:
            claim = by_id.get(name)
            wrong = (f"there is no claim {name!r} in claims.csv" if claim is None else
                     f"{name} is a claim of {claim.article}, and the row is about {values['article']}" if claim.article != values["article"] else
                     f"{name} stands in paragraph {claim.paragraph}, which the row does not name" if claim.paragraph not in values["paragraphs"] else
                     f"{name} stands in {placed[name]} already; keep it in one part" if name in placed else "")  # fmt: skip
            if wrong:
                desk.note(file, row.line_of("claims"), "claims", f"{wrong}; correct the row")
            placed.setdefault(name, values["id"])
        found[values["id"]], lines[values["id"]] = values, row.line
    for name in by_id.keys() - placed.keys() if found else ():
        desk.note(file, 0, "claims", f"the claim {name} stands in no part of its article's argument; add it to one")
    for name, values in found.items():
        order = list(found)
        for target in values["leads_to"]:
            if target not in found or found[target]["article"] != values["article"]:
                desk.note(file, lines[name], "leads_to", f"there is no part {target!r} of this article; correct it")
            elif order.index(target) <= order.index(name):  # so that no argument runs in a circle
                desk.note(file, lines[name], "leads_to", f"{target} stands before {name}; a part leads to a later one")
        if not values["leads_to"] and values["role"] != "conclusion":
            desk.note(file, lines[name], "leads_to", "only a conclusion leads to nothing; name the part that this one leads to")
    return list(found.values())
