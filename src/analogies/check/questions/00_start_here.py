"""The quick check of 00-start-here: one date, read off a timeline."""

from __future__ import annotations

import datetime as dt
import re

from analogies.facts.load import load

from ..answers import as_date, as_number, as_text, said
from ..outcome import Outcome, judge, needs
from ..question import Question, Wrong, WrongAnswer

FIRST_STRIKES, AGREEMENT, JETS = "syria-2015-first-strikes", "syria-2015-basing-agreement", "syria-2015-jets-arrive"


def _day(event: str) -> dt.date:
    return load().cases["syria"].event(event).date.a0


def first_date(values: dict) -> Outcome:
    answer = values["first_date"]
    day = as_date(answer)
    return judge(
        needs(day is not None, 'The answer is a date, written as "1823-12-02".', because=f"Found {said(answer)}."),
        needs(day == _day(FIRST_STRIKES), "It is the day of the first Russian air strikes in Syria.", 1,
              because=f"Found {said(answer)}."),
    )  # fmt: skip


QUESTIONS = (
    Question(
        "first-date", 1, kind="quick", mark=first_date,
        hints=("Look in the timeline for the word “strikes”. You can also press Filter above the picture and type it there.",
               "It was the last day of a month, in the autumn of 2015."),
        wrong={
            "the agreement": Wrong(lambda v: as_date(v["first_date"]) == _day(AGREEMENT),
                                   "On this day an agreement was signed. The air strikes came five weeks later."),
            "the aircraft": Wrong(lambda v: as_date(v["first_date"]) == _day(JETS),
                                  "About this day the aircraft arrived. They had not struck yet."),
            "another year": Wrong(lambda v: as_date(v["first_date"]) is not None and as_date(v["first_date"]).year != 2015,
                                  "This is another year. The strikes are in the timeline of 2015."),
            "no zero": Wrong(lambda v: bool(re.fullmatch(r"\d{4}-\d{1,2}-\d{1,2}", as_text(v["first_date"]) or ""))
                             and as_date(v["first_date"]) is None,
                             "The order is year, month, day. Month and day have two digits each: 2 December is 12-02."),
            "day first": Wrong(lambda v: bool(re.match(r"\d{1,2}\D", as_text(v["first_date"]) or "")) and as_date(v["first_date"]) is None,
                               "The year comes first, then the month, then the day, with hyphens between them."),
            "no quotation marks": Wrong(lambda v: as_number(v["first_date"]) is not None,
                                        "Without quotation marks Python reads the hyphens as minus signs. Put the marks around the date."),
        },
        solution='`"2015-09-30"`, the day on which the Russian parliament agreed to the use of force.',
    ),
)

# Read by the tests alone.
SOLUTIONS = {"first-date": ("2015-09-30",)}
WRONG_ANSWERS = (
    WrongAnswer("the agreement", "first-date", ("2015-08-26",), 0, "an agreement was signed"),
    WrongAnswer("the aircraft", "first-date", ("2015-09-18",), 0, "the aircraft arrived"),
    WrongAnswer("another year", "first-date", ("2014-09-30",), 0, "another year"),
    WrongAnswer("day first", "first-date", ("30.9.2015",), 0, "The year comes first"),
    WrongAnswer("a month of one digit", "first-date", ("2015-9-30",), 0, "two digits each"),
    WrongAnswer("the day before the month", "first-date", ("2015-30-09",), 0, "The order is year, month, day"),
    WrongAnswer("no quotation marks", "first-date", (2015 - 9 - 30,), 0, "minus signs"),
    WrongAnswer("words", "first-date", ("in September",), 0, "a date, written as"),
)
