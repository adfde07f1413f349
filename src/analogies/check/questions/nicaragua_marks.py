"""How the answers of 04-nicaragua-1980s are marked: one function a question, each condition reported."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

from analogies.methods.ledger_rules import says_something

from ..answers import as_number, near, said, same_text
from ..evidence import evidence_on, public_by
from ..outcome import Outcome, judge, needs
from ..rows import MANY_IDS, as_rows, ids, letters, look_at, repeats, texts, texts_among, too_many
from .nicaragua_numbers import FIRST_MONEY, aid, begun, closeness, cubans, day, gap, lead, rise

FROLOV_APPEARED = dt.date(2019, 4, 2)
KINDS = {"like": "like", "alike": "like", "likeness": "like", "unlike": "unlike", "difference": "unlike", "different": "unlike"}


# Quick checks in the lesson


def times_the_lowest(values: dict) -> Outcome:
    answer = values["cubans"]
    return judge(
        needs(as_number(answer) is not None, "The answer is one number, without quotation marks.", because=f"Found {said(answer)}."),
        needs(near(answer, cubans()[-1] / cubans()[0], within=0.06), "It is the highest of all figures divided by the lowest.", 1,
              because=f"Found {said(answer)}."),
    )  # fmt: skip


def first_money(values: dict) -> Outcome:
    answer = values["first_money"]
    return judge(
        needs(same_text(answer, FIRST_MONEY), "With this event American money for the Contras was first approved.", 1,
              because=f"Found {said(answer)}."),
    )  # fmt: skip


def between_the_two(values: dict) -> Outcome:
    answer = values["closeness"]
    points = closeness()["points"]
    return judge(
        needs(as_number(answer) is not None, "The answer is one number, without quotation marks.", because=f"Found {said(answer)}."),
        needs(near(answer, points, within=0.11) or near(answer, -points, within=0.11),
              "It is the difference of the two values in the column of points above the median.", 1, because=f"Found {said(answer)}."),
    )  # fmt: skip


# Question 1


def three_sums(values: dict) -> Outcome:
    words = texts_among(values)
    return judge(
        needs(not words, "All three are numbers, without quotation marks.", because=f"Text stands in {', '.join(words)}."),
        needs(near(values["voted"], aid()["voted"], within=0.06), "voted adds up the values from the finding of 1981 to the stopgaps that "
              "ended on 29 February 1988.", 1, because=f"Found {said(values['voted'])}."),
        needs(near(values["for_arms"], aid()["arms"], within=0.06), "for_arms leaves out what could not buy weapons.", 2,
              because=f"Found {said(values['for_arms'])}."),
        needs(near(values["gap_days"], gap()["right"], within=1), "gap_days counts from the second Boland amendment to the day from "
              "which weapons could be bought again.", 1, because=f"Found {said(values['gap_days'])}."),
    )  # fmt: skip


# Question 2


def four_points(values: dict) -> Outcome:
    words = texts_among(values)
    right = {"rise_nicaragua": (rise("Nicaragua"), "is Nicaragua's share of 1989 less its share of 1980"),
             "rise_venezuela": (rise("Venezuela"), "is the same for Venezuela"),
             "lead_1980": (lead(1980), "is Nicaragua's share less Venezuela's, in 1980"),
             "lead_1989": (lead(1989), "is the same in 1989")}  # fmt: skip
    return judge(
        needs(not words, "All four are numbers, without quotation marks.", because=f"Text stands in {', '.join(words)}."),
        *(needs(near(values[name], points, within=0.06), f"{name} {asked}, in points.", 1, because=f"Found {said(values[name])}.")
          for name, (points, asked) in right.items()),
    )  # fmt: skip


# Question 3


def secret(values: dict) -> Outcome:
    if crowd := too_many(values["q3"], 4, MANY_IDS, "ids"):
        return crowd
    found = ids(values["q3"])
    given = [item if isinstance(item, str) else said(item) for item in found or []]
    right = {id for id, public in begun().items() if not public}
    missing = [id for id in begun() if id in right and id not in given]
    extra = [id for id in dict.fromkeys(given) if id not in right]
    # Each half is marked only where the other was tried: all events of those years, or one alone, is no choice.
    chosen = len(extra) <= len(right)
    lacking = (f"{len(missing)} of {len(right)} {'is' if len(missing) == 1 else 'are'} missing; the first of them began in "
               f"{day(missing[0]).year}.") if missing else f"{len(extra)} others are there too: choose."
    return judge(
        needs(found is not None, "q3 is a list, a set or a column of event ids.", because=f"Found {said(values['q3'])}."),
        needs(bool(given) and not missing and chosen, "Every event that had begun and was not public is there, and the list is a choice.", 2,
              because=lacking),
        needs(bool(given) and not extra and bool(right & set(given)), "Nothing is there that was public, or that had not begun.", 2,
              because=f"Not so: {', '.join(map(said, extra[:3]))}." if extra else "There is none yet."),
    )  # fmt: skip


# Question 4


def kind(text: str) -> str:
    """ "like" or "unlike", in whichever of a few words; blank for anything else."""
    return KINDS.get(text.casefold().strip(" .:"), "")


def on_both(sentence: str) -> bool:
    """Whether a sentence has six different words or more, three of them long, and speaks of both countries."""
    words = {word.casefold() for word in re.findall(r"\w+", sentence)}
    named = all(any(word.startswith(place) for word in words for place in places) for places in _PLACES)
    return says_something(sentence, 6) and (named or bool(words & _BOTH))


_BOTH = {"both", "neither", "either", "each"}
# Words by which a sentence speaks of a country, down to its demonym and the people of the lesson.
_PLACES = (("nicarag", "managua", "sandinist", "contra", "ortega", "fsln"),
           ("venez", "caracas", "maduro", "guaid", "chavez", "chávez", "chavis"))  # fmt: skip


def comparison(values: dict) -> Outcome:
    if crowd := too_many(values["comparison"], 8):
        return crowd
    rows = as_rows(values["comparison"])
    cells = [texts(row, 4) for row in rows]

    def where(bad: Callable[[list[str]], bool]) -> list[int]:
        return [n for n, row in enumerate(cells, 1) if bad(row)]

    faults = {
        'Each row has four parts and begins with "like" or "unlike".':
            [n for n, row in enumerate(rows, 1) if len(row) != 4 or not kind(cells[n - 1][0])],
        "The second part is a sentence of six different words or more, on both countries.": where(lambda row: not on_both(row[1])),
        "The third part is evidence on Nicaragua that the kit has.": where(lambda row: row[2] not in evidence_on("Nicaragua")),
        "The fourth part is evidence on Venezuela that the kit has.": where(lambda row: row[3] not in evidence_on("Venezuela")),
        "All of it was public on 2 April 2019.": where(lambda row: not all(public_by(name, FROLOV_APPEARED) for name in row[2:])),
        "No row repeats the sentence or the evidence of another.":
            repeats(cells, lambda row: letters(row[1]), lambda row: tuple(row[2:]) if any(row[2:]) else None),
    }  # fmt: skip
    bad = set().union(*faults.values())
    sound = [kind(row[0]) for n, row in enumerate(cells, 1) if n not in bad]
    like, unlike = sound.count("like"), sound.count("unlike")
    return judge(
        *(needs(bool(rows) and not wrong, asked, because=look_at(wrong)) for asked, wrong in faults.items()),
        needs(like >= 1, "One likeness keeps all these rules.", 2, because="Found none."),
        needs(like >= 2, "Two likenesses keep them.", 2, because=f"Found {like}."),
        needs(unlike >= 1, "One difference keeps them.", 2, because="Found none."),
        needs(unlike >= 2, "Two differences keep them.", 2, because=f"Found {unlike}."),
    )  # fmt: skip
