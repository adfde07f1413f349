"""How the answers of 03-syria-2015 are marked: one function a question, each condition reported."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

from analogies.facts.load import load
from analogies.methods.ledger_rules import says_something

from ..answers import as_number, as_text, near, said, same_text
from ..evidence import evidence_on, public_by
from ..outcome import Outcome, judge, needs
from ..rows import MANY_IDS, as_rows, ids, look_at, repeats, texts, texts_among, too_many
from .syria_numbers import AFTER, BEFORE, campaign_days, counts, every_year, mean, stocks_in_syria, summer

FROLOV_APPEARED = dt.date(2019, 4, 2)


# Quick checks in the lesson


def still_secret(values: dict) -> Outcome:
    answer = values["still_secret"]
    hidden = [id for id, public in summer().items() if not public]
    return judge(
        needs(same_text(answer, *load().cases["syria"].events["id"]),
              "The answer is the id of one event, as it stands in the first column of the table.", because=f"Found {said(answer)}."),
        needs(same_text(answer, *hidden), "The event had happened by 15 September 2015 and became public later.", 1,
              because=f"Found {said(answer)}."),
    )  # fmt: skip


def like_with_like(values: dict) -> Outcome:
    answer = values["like_with_like"]
    return judge(
        needs(as_number(answer) is not None, "The answer is one number, without quotation marks.",
              because=f"Found {said(answer)}."),
        needs(any(near(answer, stock) for stock in stocks_in_syria()),
              "The number counts Russians who were in Syria at one time, as the people at Caracas were counted at one time.",
              1, because=f"Found {said(answer)}."),
    )  # fmt: skip


def dated_claim(values: dict) -> Outcome:
    answer = values["dated_claim"]
    return judge(
        needs(bool(re.fullmatch(r"[FfLl]\d\d", as_text(answer) or "")),
              'The answer is the number of a claim, such as "L01": a letter and two digits.', because=f"Found {said(answer)}."),
        needs(same_text(answer, "L08"), "The claim is Lake's, was true on 27 March 2019 and is not true now.", 1,
              because=f"Found {said(answer)}."),
    )  # fmt: skip


# Question 1


def no_numbers(values: dict) -> str:
    """What stands where a number should, name by name; nothing where all are numbers."""
    words = texts_among(values)
    others = [f"{name} is {said(value)}" for name, value in values.items() if as_number(value) is None and name not in words]
    found = [f"Text stands in {' and '.join(words)}."] if words else []
    return " ".join(found + [f"{other}." for other in others])


def three_numbers(values: dict) -> Outcome:
    present, served, sorties = values["present"], values["served"], values["sorties_a_day"]
    fault = no_numbers(values)
    a_day = counts()["sorties"] / campaign_days()
    return judge(
        needs(not fault, "All three are numbers, without quotation marks.", because=fault),
        needs(near(present, counts()["present"]), "present is the American count for early November 2015.", 1,
              because=f"Found {said(present)}."),
        needs(near(served, counts()["served"]), "served is the Russian ministry's count up to August 2018.", 1,
              because=f"Found {said(served)}."),
        needs(near(sorties, a_day, within=0.15), "sorties_a_day is the ministry's sorties divided by the days between the two "
              "events.", 1, because=f"Found {said(sorties)}."),
    )  # fmt: skip


# Question 2


def two_means(values: dict) -> Outcome:
    before, after = values["before"], values["after"]
    fault = no_numbers(values)
    return judge(
        needs(not fault, "Both are numbers, without quotation marks.", because=fault),
        needs(near(before, mean(every_year(*BEFORE)), within=0.06), "before is the mean for a year, {} to {}.".format(*BEFORE), 2,
              because=f"Found {said(before)}."),
        needs(near(after, mean(every_year(*AFTER)), within=0.06), "after is the mean for a year, {} to {}.".format(*AFTER), 2,
              because=f"Found {said(after)}."),
    )  # fmt: skip


# Question 3


def usable(values: dict) -> Outcome:
    if crowd := too_many(values["q3"], 4, MANY_IDS, "ids"):
        return crowd
    found = ids(values["q3"])
    given = [item for item in found or [] if isinstance(item, str)]
    right = {id for id, public in summer().items() if public}
    missing = [id for id in summer() if id in right and id not in given]
    extra = list(dict.fromkeys(said(item) for item in found or [] if item not in [*right]))
    # Each half is marked only where the other was tried: all events of the case, or one safe event, is no choice.
    chosen, tried = len(extra) <= len(right), 2 * len(missing) <= len(right)
    lacking = (f"{len(missing)} of {len(right)} {'is' if len(missing) == 1 else 'are'} missing; the first of them is dated "
               f"{_date_of(missing[0])}.") if missing else f"{len(extra)} others are there too: choose."
    unusable = (f"Not usable: {', '.join(extra[:3])}" + (f" and {len(extra) - 3} more." if len(extra) > 3 else ".")) if extra else (
        "Too few are there to tell." if given else "There is none yet.")
    return judge(
        needs(found is not None, "q3 is a list, a set or a column of event ids.", because=f"Found {said(values['q3'])}."),
        needs(not missing and chosen, "Every event that was public is there, and the list is a choice.", 2, because=lacking),
        needs(not extra and tried, "Nothing is there that she could not use.", 2, because=unusable),
    )  # fmt: skip


def _date_of(id: str) -> str:
    return load().cases["syria"].event(id).date.edtf


# Question 4


def says_what(sentence: str) -> bool:
    """Whether a sentence has six different words or more and speaks of both countries."""
    words = {word.casefold() for word in re.findall(r"\w+", sentence)}
    return says_something(sentence, 6) and all(any(word.startswith(place) for word in words for place in places) for places in _PLACES)


# Words by which a sentence speaks of a country, down to its demonym (Syrian, Venezuela's) and the rulers of the lesson.
_PLACES = (("syria", "damasc", "assad", "hmeimim", "latakia"), ("venez", "caracas", "maduro", "guaid"))


def differences(values: dict) -> Outcome:
    if crowd := too_many(values["differences"], 6):
        return crowd
    rows = as_rows(values["differences"])
    cells = [texts(row, 3) for row in rows]

    def where(bad: Callable[[list[str]], bool]) -> list[int]:
        return [n for n, row in enumerate(cells, 1) if bad(row)]

    faults = {
        "Each row has three parts and begins with a sentence of six different words or more, on both countries.":
            [n for n, row in enumerate(rows, 1) if len(row) != 3 or not says_what(cells[n - 1][0])],
        "The second part of each row is evidence on Syria that the kit has.": where(lambda row: row[1] not in evidence_on("Syria")),
        "The third part of each row is evidence on Venezuela that the kit has.":
            where(lambda row: row[2] not in evidence_on("Venezuela")),
        "All of it was public on 2 April 2019.":
            where(lambda row: not all(public_by(name, FROLOV_APPEARED) for name in row[1:])),
        "No row repeats the sentence or the evidence of another.":
            repeats(cells, lambda row: row[0].casefold(), lambda row: tuple(row[1:]) if any(row[1:]) else None),
    }  # fmt: skip
    bad_rows = set().union(*faults.values())
    sound = len(rows) - len(bad_rows)
    return judge(
        *(needs(bool(rows) and not bad, asked, because=look_at(bad)) for asked, bad in faults.items()),
        needs(sound >= 1, "One difference keeps all these rules.", 2, because=f"Found {sound}."),
        needs(sound >= 2, "Two differences keep all these rules.", 2, because=f"Found {sound}."),
        needs(sound >= 3 and not bad_rows, "Three differences keep all these rules, and no other row breaks one.", 2,
              because=f"Found {sound}" + (f", and {len(bad_rows)} to mend or take out." if sound >= 3 else ".")),
    )  # fmt: skip
