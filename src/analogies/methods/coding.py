"""What kind of claim is it, and would a second reader say the same? Kinds, two model coders, agreement, Cohen's kappa.

A claim may carry two kinds, and kappa is made for labels that exclude each other. So it is computed in two ways. Over all
kinds (`agreement`), each claim counts once, by its main kind, the first that is named. For each kind (`by_kind`), every
claim is asked a question of its own, yes or no: has it this kind? A second kind then counts in full, and a kind as rare as
the analogy is not lost among the others.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from analogies.facts import aligned
from analogies.facts.load import load
from analogies.facts.model import CLAIM_KINDS, unknown

from .agreement import Agreement, draw, if_one_changed, kappa, sentence, shares, upper
from .voices import voices

__all__ = ["Agreement", "Comparison", "against", "agreement", "by_kind", "coders", "kappa", "read_coding", "read_kinds", "sample", "voices"]

Kinds = tuple[str, ...]


def read_kinds(value: Any) -> Kinds:
    """The kinds in one cell of a coding, the main one first: "fact", "fact;quotation", ("fact", "quotation"). Blank is ().

    Raises ValueError with a sentence.
    """
    parts = value.split(";") if isinstance(value, str) else value
    if parts is None or isinstance(parts, float) and math.isnan(parts):
        return ()
    if not isinstance(parts, (list, tuple, set)):
        raise ValueError(f"expected one or two kinds as text, found {value!r}")
    ordered = sorted(parts, key=str) if isinstance(parts, set) else parts
    words = [" ".join(part.split()).casefold() if isinstance(part, str) else repr(part) for part in ordered if part is not None]
    found = tuple(dict.fromkeys(word for word in words if word))
    for word in found:
        if word not in CLAIM_KINDS:
            raise ValueError(f"{word!r} is not a kind; use {', '.join(CLAIM_KINDS)}")
    if len(found) > 2:
        raise ValueError(f"{len(found)} kinds are too many; choose the two that matter, the main one first")
    return found


def read_coding(coding: Any) -> dict[str, Kinds]:
    """Kinds by claim: the model coder "A" or "B", a dict or a Series of one's own. Claims left blank are left out.

    Raises UnknownName for a coder or a claim that there is not, ValueError for a kind, each with a sentence.
    """
    if isinstance(coding, str):
        rows = {"A": "coder_a", "B": "coder_b"}
        if coding.strip().upper() not in rows:
            raise unknown("model coder", coding, list(rows))
        return {row["claim"]: row[rows[coding.strip().upper()]] for row in load().coder_rows}
    if isinstance(coding, pd.Series):
        coding = coding.to_dict()
    if not isinstance(coding, Mapping):
        raise ValueError(f'expected a coding such as {{"F11": "fact"}}, or "A" or "B"; found a value of type {type(coding).__name__}')
    known = {claim.id for claim in load().claim_records}
    found = {}
    for name, value in coding.items():
        if name not in known:
            raise unknown("claim", name, sorted(known), all_of_them=False)
        try:
            kinds = read_kinds(value)
        except ValueError as fault:
            raise ValueError(f"{name}: {fault}.") from None
        if kinds:
            found[name] = kinds
    return found


def agreement(first: Any, second: Any, *, article: str | None = None) -> Agreement:
    """The agreement of two codings ("A", "B" or one's own) in the main kind, over the claims that both have coded."""
    names = _names(first, second)
    one, other = read_coding(first), read_coding(second)
    rows = [claim for claim in load().claim_records if claim.id in one and claim.id in other and article in (None, claim.article)]
    if not rows:
        raise ValueError("The two codings have no claim in common; code at least one claim.")
    a, b = [one[claim.id][0] for claim in rows], [other[claim.id][0] for claim in rows]
    observed, expected = shares(a, b)
    value, moved = kappa(a, b), if_one_changed(a, b, CLAIM_KINDS)
    kinds = [kind for kind in CLAIM_KINDS if kind in a or kind in b]
    counts = Counter(zip(a, b, strict=True))
    table = pd.DataFrame([[counts[k, m] for m in kinds] for k in kinds], index=pd.Index(kinds, name=names[0]),
                         columns=pd.Index(kinds, name=names[1]))  # fmt: skip
    differ = [(c.id, c.claim, x, y) for c, x, y in zip(rows, a, b, strict=True) if x != y]
    apart = "; ".join(f"{k} against {m} {counts[k, m]}" for k in kinds for m in kinds if k != m and counts[k, m])
    title = f"{upper(names[0])} and {names[1]}"
    return Agreement(
        title, table,
        f"A square of counts. Rows: the kinds of {names[0]}; columns: those of {names[1]}. On the diagonal, where both agree: "
        + ", ".join(f"{k} {counts[k, k]}" for k in kinds) + f". Off it: {apart or 'nothing'}.",
        "Framed numbers on the diagonal count claims that both gave the same main kind; hatched numbers beside it show where they differ.",
        lambda figure: draw(figure, table, title), size=(6.4, 4.6), n=len(rows), observed=observed, expected=expected, kappa=value,
        moved=moved, differing=pd.DataFrame(differ, columns=["id", "claim", *names]),
        sentence=sentence(a, b, names, observed, expected, value, moved),
    )  # fmt: skip


def by_kind(first: Any = "A", second: Any = "B") -> pd.DataFrame:
    """One row a kind: on how many claims each coder used it at all (as main or second kind), on how many both did, the
    share of equal answers to "has it this kind?", kappa, and kappa's bounds if one claim were coded otherwise."""
    names = _names(first, second)
    one, other = read_coding(first), read_coding(second)
    both = [id for id in one if id in other]
    rows = []
    for kind in CLAIM_KINDS:
        a, b = [kind in one[id] for id in both], [kind in other[id] for id in both]
        value = kappa(a, b)
        low, high = if_one_changed(a, b, (True, False))
        rows.append({"kind": kind, names[0]: sum(a), names[1]: sum(b), "both": sum(x and y for x, y in zip(a, b, strict=True)),
                     "alike": round(shares(a, b)[0], 2), "kappa": round(value, 2),
                     "if one claim changed": "not defined" if math.isnan(value) else f"{low:.2f} to {high:.2f}"})  # fmt: skip
    return pd.DataFrame(rows).set_index("kind")


def coders() -> pd.DataFrame:
    """The 71 claims, who speaks, the kinds of the two model coders, written "fact;quotation", and a reason where they differ."""
    claims = {claim.id: claim for claim in load().claim_records}
    return pd.DataFrame([
        {"id": row["claim"], "article": claims[row["claim"]].article, "paragraph": claims[row["claim"]].paragraph, "speaker": claims[row["claim"]].speaker,
         "claim": claims[row["claim"]].claim, "coder A": ";".join(row["coder_a"]), "coder B": ";".join(row["coder_b"]), "why": row["why"]}
        for row in load().coder_rows])  # fmt: skip


def sample() -> pd.DataFrame:
    """Twelve claims to code oneself, without anybody's kinds: six easy ones and six on which the model coders differ."""
    chosen = {row["claim"] for row in load().coder_rows if row["sample"]}
    table = coders()
    return table.loc[table["id"].isin(chosen), ["id", "article", "paragraph", "claim"]].reset_index(drop=True)


@dataclass(frozen=True, eq=False, repr=False)
class Comparison:
    """One's own coding beside the two model coders: `sentences`, and `table`, the claims on which any two of the three differ."""

    sentences: tuple[str, ...]
    table: pd.DataFrame

    def __repr__(self) -> str:
        return "\n".join([*self.sentences, *([] if self.table.empty else [self.table.to_string(index=False)])])

    def _repr_html_(self) -> str:
        from html import escape

        said = "".join(f"<p>{escape(sentence)}</p>" for sentence in self.sentences)
        return said if self.table.empty else said + aligned.html(self.table, index=False)


def against(mine: Any) -> Comparison:
    """Kappa of one's own coding with each model coder, and where the three differ. A fault comes back as a sentence."""
    none = pd.DataFrame(columns=["id", "claim", "mine", "coder A", "coder B", "why"])
    try:
        own = read_coding({} if mine is None else mine)
    except (ValueError, KeyError) as fault:
        return Comparison((str(fault),), none)
    if not own:
        return Comparison(("Nothing is coded yet: write a kind behind at least one claim.",), none)
    rows = coders().set_index("id").loc[list(own)].reset_index()
    rows.insert(4, "mine", [";".join(own[id]) for id in rows["id"]])
    main = rows[["mine", "coder A", "coder B"]].apply(lambda column: column.str.split(";").str[0])
    sentences = [agreement(own, name).sentence for name in "AB"]
    ours = kappa(main["coder A"], main["coder B"])
    sentences.append(f"On the same claims the two model coders agree with a kappa of {_said(ours)}. "
                     "Nobody is right by agreeing with a coder: read the reasons.")  # fmt: skip
    return Comparison(tuple(sentences), rows.loc[main.nunique(axis=1) > 1, none.columns].reset_index(drop=True))


def _said(value: float) -> str:
    return "no defined value (both used one kind throughout)" if math.isnan(value) else f"{value:.2f}"


def _names(first: Any, second: Any) -> list[str]:
    """What to call two codings: "coder A", "your coding"."""
    own = [not isinstance(coding, str) for coding in (first, second)]
    if all(own):
        return ["the first coding", "the second coding"]
    return ["your coding" if mine else f"coder {coding.strip().upper()}" for mine, coding in zip(own, (first, second), strict=True)]
