"""How the answers of 05-monroe-doctrine are marked: one function a question, each condition reported."""

from __future__ import annotations

import re
from collections.abc import Callable

from analogies.methods.ledger_rules import says_something
from analogies.methods.measure import rule_of_three

from ..answers import as_number, as_text, near, said, same_text
from ..outcome import Outcome, judge, needs
from ..rows import as_rows, letters, look_at, repeats, texts, texts_among, too_many
from .monroe_numbers import (
    GAP, LIST, about, code, events, forts, interventions, namings, near_in_time, precision, recall, same_day, uses,
    without_capitals_precision, years,
)  # fmt: skip

NUMBER = re.compile(r"MI\d\d")
WITHIN = 0.006  # of a share: two decimals are enough


# Quick checks in the lesson


def _use(name: str, wanted: str, asked: str):
    def mark(values: dict) -> Outcome:
        answer = values[name]
        return judge(
            needs(bool(NUMBER.fullmatch((as_text(answer) or "").upper())),
                  'The answer is the number of a use, such as "MI01".', because=f"Found {said(answer)}."),
            needs(same_text(answer, wanted), asked, 1, because=f"Found {said(answer)}."),
        )  # fmt: skip

    return mark


which_text = _use("which_text", "MI40", "It is of 29 March 2019 and has the name of the doctrine in it.")
same_man = _use("same_man", "MI09", "It is Theodore Roosevelt's, and it says what the doctrine does not protect.")


def year_of(value: object) -> str:
    """A year as text, from a number or a text; blank for anything else."""
    number = as_number(value)
    if number is not None:
        return str(int(number)) if float(number).is_integer() else ""
    return (as_text(value) or "")[:4]


def only_a_fort(values: dict) -> Outcome:
    answer = values["only_a_fort"]
    year = year_of(answer)
    return judge(
        needs(year in forts(), "The answer is a year in which the search stops, such as 1830.", because=f"Found {year or said(answer)}."),
        needs(forts().get(year) == frozenset({"a fort"}), "In that year's message Monroe is a fort and nothing else.", 1,
              because=f"Found {year or said(answer)}."),
    )  # fmt: skip


# Questions 1 to 3: numbers


def _no_words(values: dict):
    words = texts_among(values)
    return needs(not words, "Every answer is a number, without quotation marks.", because=f"Text stands in {', '.join(words)}.")


def share(value: object, target: float, within: float = WITHIN) -> bool:
    """Whether a value is this share, written as 0.76 or as 76 per cent."""
    return near(value, target, within) or (target < 1 and near(value, target * 100, within * 100)) or (target == 1 and near(value, 100))


def names_in_messages(values: dict) -> Outcome:
    n = namings()
    return judge(
        _no_words(values),
        needs(near(values["messages"], n["messages"]), "messages is the number of messages that have the two words.", 1,
              because=f"Found {said(values['messages'])}."),
        needs(share(values["roosevelt"], n["his"] / n["times"]), "roosevelt is the share of all namings that are Theodore Roosevelt's.", 1,
              because=f"Found {said(values['roosevelt'])}."),
        needs(near(values["rate"], n["his"] / n["his_words"] * 1e5, within=0.1),
              "rate is how often he named it in 100,000 words of all his annual messages.", 1, because=f"Found {said(values['rate'])}."),
    )  # fmt: skip


def precision_and_recall(values: dict) -> Outcome:
    asked = {
        "precision_monroe": (precision("Monroe", "yes"), "the messages found by “Monroe”, the share that state the principle"),
        "recall_monroe": (recall("Monroe", "yes"), "the messages that state the principle, the share found by “Monroe”"),
        "precision_name": (precision("Monroe Doctrine", "yes"), "the messages found by “Monroe Doctrine”, the share that state the principle"),
        "recall_name": (recall("Monroe Doctrine", "yes"), "the messages that state the principle, the share found by “Monroe Doctrine”"),
    }  # fmt: skip

    def right(name: str, target: float) -> bool:
        value = values[name]
        return share(value, target) or (name == "precision_monroe" and share(value, without_capitals_precision()))

    return judge(
        _no_words(values),
        *(needs(right(name, target), f"{name}: of {words}.", 1, because=f"Found {said(values[name])}.")
          for name, (target, words) in asked.items()),
    )  # fmt: skip


def base_rate(values: dict) -> Outcome:
    direct = interventions("direct")
    rate = direct / years(LIST)
    rule, exact = rule_of_three(direct)
    at_most = values["at_most"]
    return judge(
        _no_words(values),
        needs(near(values["a_year"], rate, within=0.006), "a_year is the number of direct interventions in an average year of the list.", 1,
              because=f"Found {said(values['a_year'])}."),
        needs(near(values["expected"], rate * years(GAP), within=0.13), "expected is what that rate gives for the years from 1995 to 2018.", 1,
              because=f"Found {said(values['expected'])}."),
        needs(share(at_most, rule) or share(at_most, exact),
              "at_most is the largest share for South America that none in the direct cases still allows, with 95 per cent confidence.", 2,
              because=f"Found {said(at_most)}."),
    )  # fmt: skip


# Question 4


def says_why(row: list[str]) -> bool:
    """Whether the sentence says something, in words of one's own, that names somebody or something of the use or the event."""
    words = {word.casefold() for word in re.findall(r"\w+", row[3])}
    named = {word.casefold() for word in re.findall(r"\w+", about(row[0].upper()) + " " + about(row[2])) if len(word) >= 4}
    copied = letters(row[3]) in letters(about(row[0].upper()) + " " + about(row[2]))
    return says_something(row[3], 6) and not copied and bool(words & named - _NAME_OF_ALL)


_NAME_OF_ALL = frozenset({"monroe", "doctrine"})  # every use speaks of these, so that they name none


def three_uses(values: dict) -> Outcome:
    if crowd := too_many(values["coded"], 6):
        return crowd
    rows = as_rows(values["coded"])
    cells = [texts(row, 4) for row in rows]

    def where(bad: Callable[[list[str]], bool]) -> list[int]:
        return [n for n, row in enumerate(cells, 1) if bad(row)]

    def out_of_reach(row: list[str]) -> bool:
        use, event = row[0].upper(), row[2]
        return not (use in uses() and event in events() and near_in_time(use, event) and not same_day(use, event))

    faults = {
        "Each row has four parts and ends with a sentence of six different words or more, in your own words, which names something of the use or the event.":
            [n for n, row in enumerate(rows, 1) if len(row) != 4 or not says_why(cells[n - 1])],
        "The first part of each row is the number of a use in `an.invocations()`.": where(lambda row: row[0].upper() not in uses()),
        "The second part is one of the four codes: keep out, justify, renounce or mixed.": where(lambda row: code(row[1]) is None),
        "The third part is an event in the Americas, of another day and within ten years of the use.": where(out_of_reach),
        "No use stands in two rows, and no sentence is repeated.":
            repeats(cells, lambda row: row[0].upper(), lambda row: letters(row[3])),
    }  # fmt: skip
    bad_rows = set().union(*faults.values())
    sound = [row for n, row in enumerate(cells, 1) if n not in bad_rows]
    codes = {code(row[1]) for row in sound} - {"mixed"}
    centuries = {uses()[row[0].upper()][0].year // 100 for row in sound}
    return judge(
        *(needs(bool(rows) and not bad, asked, because=look_at(bad)) for asked, bad in faults.items()),
        needs(len(sound) >= 1, "One row keeps all these rules.", 1, because=f"Found {len(sound)}."),
        needs(len(sound) >= 2, "Two rows keep all these rules.", 1, because=f"Found {len(sound)}."),
        needs(len(sound) >= 3 and not bad_rows, "Three rows keep all these rules, and no other row breaks one.", 1,
              because=f"Found {len(sound)}" + (f", and {len(bad_rows)} to mend or take out." if len(sound) >= 3 else ".")),
        needs(len(codes) >= 3, "The codes keep out, justify and renounce all occur in sound rows.", 2, because=f"Found {len(codes)} of three."),
        needs(len(centuries) >= 2, "The sound rows come from at least two centuries.", 1, because=f"Found {len(centuries)}."),
    )  # fmt: skip
