"""How the answers of 01-reading-the-articles are marked: one function a question, each condition reported."""

from __future__ import annotations

import re
from functools import cache

from analogies.facts.load import load
from analogies.methods.ledger_rules import says_something
from analogies.methods.coding import read_kinds

from ..answers import as_dict, as_list, as_number, as_text, said, same_text
from ..outcome import Outcome, judge, needs
from ..rows import MANY_IDS, as_rows, ids, look_at, repeats, texts, texts_among, too_many
from .reading_numbers import between, rounded, shares, unnamed_claims, unnamed_paragraph, widest

BOLTON = "venezuela-2019-bolton-statement"


# Quick checks in the lesson


def paragraph_of(value: object) -> int | None:
    """A paragraph's number, also as "4", "¶4", "paragraph 4"."""
    number = as_number(value)
    if number is None:
        found = re.fullmatch(r"(?:¶|par(?:agraph|\.)?)?\s*(\d{1,2})", (as_text(value) or "").lower())
        number = float(found[1]) if found else None
    return int(number) if number is not None and number == int(number) else None


def no_name(values: dict) -> Outcome:
    answer = values["no_name"]
    right = paragraph_of(answer) == unnamed_paragraph() or same_text(answer, *unnamed_claims())
    return judge(
        needs(right or paragraph_of(answer) is not None, "The answer is the number of a paragraph.", because=f"Found {said(answer)}."),
        needs(right, "In that paragraph an official speaks whom Lake does not name.", 1, because=f"Found {said(answer)}."),
    )  # fmt: skip


def too_late(values: dict) -> Outcome:
    answer = values["too_late_for_lake"]
    known = {event.id for event in load().cases["venezuela"].records}
    return judge(
        needs(same_text(answer, *known), "The answer is the id of an event, from the first column of the table.", because=f"Found {said(answer)}."),
        needs(same_text(answer, BOLTON), "Frolov reports the event in ¶2, and it happened after Lake's column had appeared.", 1,
              because=f"Found {said(answer)}."),
    )  # fmt: skip


def parts(value: object) -> list[str]:
    """The texts in a list, tuple or set, or in one text: "fact;quotation", "fact and quotation"."""
    found = re.split(r"\s*(?:;|,|/|\band\b)\s*", value) if isinstance(value, str) else as_list(value)
    return [part for part in found or [] if isinstance(part, str) and part.strip()]


def two_kinds(value: object) -> frozenset[str] | None:
    """Two different kinds of the code book, or None."""
    try:
        found = frozenset(read_kinds(parts(value)))
    except ValueError:
        return None
    return found if len(found) == 2 else None


def border(values: dict) -> Outcome:
    answer = values["border"]
    pair = two_kinds(answer)
    return judge(
        needs(pair is not None, 'The answer is two kinds in brackets, such as ["analogy", "prediction"].', because=f"Found {said(answer)}."),
        needs(pair == widest("lake"), "On this border lie more of Lake's claims than on any other.", 1, because=f"Found {said(answer)}."),
    )  # fmt: skip


# Question 1: the form alone


@cache
def sample() -> tuple[str, ...]:
    return tuple(row["claim"] for row in load().coder_rows if row["sample"])


def coded(value: object) -> tuple[dict[str, tuple[str, ...]], list[str]]:
    """The claims with kinds of the code book, and the names of the entries that are at fault. A blank is neither."""
    good: dict[str, tuple[str, ...]] = {}
    bad: list[str] = []
    for name, kinds in (as_dict(value) or {}).items():
        try:
            found = read_kinds(kinds)
        except ValueError:
            bad.append(str(name))
            continue
        if name not in sample():
            bad.append(str(name))
        elif found:
            good[name] = found
    return good, bad


def reasoned(value: object) -> list[str]:
    """The claims of the sample for which a reason of six different words or more is given, no reason twice."""
    found: dict[str, str] = {}
    for name, reason in (as_dict(value) or {}).items():
        words = as_text(reason) or ""
        if name in sample() and says_something(words, 6) and words.casefold() not in found.values():
            found[name] = words.casefold()
    return list(found)


def coding_form(values: dict) -> Outcome:
    good, bad = coded(values["mine"])
    missing = [name for name in sample() if name not in good]
    hesitated = reasoned(values["reasons"])
    return judge(
        needs(as_dict(values["mine"]) is not None, 'mine has a kind behind the number of each claim, as in {"F05": "fact"}.',
              because=f"Found {said(values['mine'])}."),
        needs(len(good) >= 6, "Six of the twelve claims have one or two kinds of the code book.", 1, because=f"Found {len(good)}."),
        needs(not missing, "All twelve have.", 1, because=f"Missing: {', '.join(missing)}."),
        needs(bool(good) and not bad, "No entry has a kind that is not in the code book, more than two kinds, or a claim outside the twelve.", 1,
              because=f"Look at {', '.join(map(said, bad[:4]))}." if bad else "There is none yet."),
        needs(len(hesitated) >= 2, "reasons says for two of the twelve why you hesitated, each in six different words or more.", 1,
              because=f"Found {len(hesitated)}."),
    )  # fmt: skip


# Question 2


def three_shares(values: dict) -> Outcome:
    words = texts_among(values)
    alike, chance, value = shares()
    asked = (("alike", alike, "the share of these claims with the same main kind"), ("chance", chance, "the sum of the five products"),
             ("kappa", value, "(alike − chance) ÷ (1 − chance)"))  # fmt: skip
    return judge(
        needs(not words, "All three are numbers, without quotation marks.", because=f"Text stands in {', '.join(words)}."),
        *(needs(rounded(values[name], target), f"{name} is {what}, to two decimals or more.", 1, because=f"Found {said(values[name])}.")
          for name, target, what in asked),
    )  # fmt: skip


def as_shares(v: dict, found: tuple[float, float, float], places: tuple[int, ...] = (0, 1, 2)) -> bool:
    """Whether these answers are the numbers given, at those places."""
    given = (v["alike"], v["chance"], v["kappa"])
    return all(rounded(given[place], found[place]) for place in places)


# Question 3


def usable(values: dict) -> Outcome:
    if crowd := too_many(values["between"], 4, MANY_IDS, "ids"):
        return crowd
    found = ids(values["between"])
    given = [item if isinstance(item, str) else said(item) for item in found or []]
    right = between()
    missing = sorted(_date_of(id) for id in right - set(given))
    extra = [item for item in dict.fromkeys(given) if item not in right]
    return judge(
        needs(found is not None, "between is a list, a set or a column of event ids.", because=f"Found {said(values['between'])}."),
        needs(bool(given) and not missing and len(extra) <= len(right), "Every event that became public in those days is there, and the "
              "list is a choice.", 2, because=f"{len(missing)} of {len(right)} are missing; the first of them is dated {missing[0]}."
              if missing else f"{len(extra)} others are there too: choose."),
        needs(2 * len(right & set(given)) >= len(right) and not extra,
              "At least half of them are there, and nothing that Lake could know of or Frolov could not.", 2,
              because=f"Look at {', '.join(map(said, extra[:3]))}." if extra else f"Found {len(right & set(given))} of them."),
    )  # fmt: skip


def _date_of(id: str) -> str:
    return load().cases["venezuela"].event(id).date.edtf


# Question 4


@cache
def _known() -> tuple[dict[str, tuple[str, frozenset[str]]], frozenset[str]]:
    """Each claim with its article and its sources; and what is evidence for any claim: events and series."""
    facts = load()
    claims = {claim.id: (claim.article, frozenset(claim.sources)) for claim in facts.claim_records}
    return claims, frozenset(facts.series_names) | {event.id for case in facts.cases.values() for event in case.records}


def corrections(values: dict) -> Outcome:
    if crowd := too_many(values["changed"], 6):
        return crowd
    rows = as_rows(values["changed"])
    cells = [texts(row, 4) for row in rows]
    claims, anywhere = _known()

    def sourced(row: list[str]) -> bool:
        return row[1] in anywhere or row[1] in claims.get(row[0].upper(), ("", ()))[1]

    def leans(row: list[str]) -> bool:
        other = row[2].upper()
        same_article = other in claims and row[0].upper() in claims and claims[other][0] == claims[row[0].upper()][0]
        return row[2].casefold() == "none" or (same_article and other != row[0].upper())

    numbered = list(enumerate(cells, 1))
    faults = {
        "Each row has four parts and begins with the number of a claim.":
            [n for n, row in numbered if len(rows[n - 1]) != 4 or row[0].upper() not in claims],
        "The second part is a source of this claim, an event or a series that the kit has.": [n for n, row in numbered if not sourced(row)],
        'The third part is another claim of the same article, or "none".': [n for n, row in numbered if not leans(row)],
        "The fourth part is a sentence of six different words or more.": [n for n, row in numbered if not says_something(row[3], 6)],
        "No row repeats the claim or the sentence of another.":
            repeats(cells, lambda row: row[0].upper(), lambda row: row[3].casefold()),
    }  # fmt: skip
    bad_rows = set().union(*faults.values())
    sound = len(rows) - len(bad_rows)
    return judge(
        *(needs(bool(rows) and not bad, asked, because=look_at(bad)) for asked, bad in faults.items()),
        needs(sound >= 1, "One row keeps all these rules.", 2, because=f"Found {sound}."),
        needs(sound >= 2, "Two rows keep all these rules.", 2, because=f"Found {sound}."),
        needs(sound >= 3 and not bad_rows, "Three rows keep all these rules, and no other row breaks one.", 2,
              because=f"Found {sound}" + (f", and {len(bad_rows)} to mend or take out." if sound >= 3 else ".")),
    )  # fmt: skip
