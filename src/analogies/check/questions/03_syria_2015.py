"""Questions of 03-syria-2015: three quick checks in the lesson, six questions in the exercise."""

from __future__ import annotations

import datetime as dt
import re
from statistics import median

import pandas as pd

from ..answers import as_text, near, same_text
from ..evidence import evidence_on, public_by
from ..form import a_figure, form, the_paragraph
from ..question import Question, Wrong, WrongAnswer
from ..rows import as_rows, ids, lengths
from ..values import Unsupported
from .syria_marks import (
    FROLOV_APPEARED, dated_claim, differences, like_with_like, still_secret, three_numbers, two_means,
    usable,
)  # fmt: skip
from .syria_numbers import (
    AFTER, BEFORE, FIRST_STRIKES, LESSON_AFTER, LESSON_BEFORE, ORDERED, SECRET, all_ids, campaign_days, counts, either,
    every_year, listed_years, mean, stocks_in_syria, summer, syrian_claims, titles,
)  # fmt: skip

QUESTIONS = (
    Question(
        "still-secret", 1, kind="quick", mark=still_secret,
        hints=("Compare the two pictures: which mark is in the first and not in the second, though it lies left of 15 September?",
               "In the table, look for the row whose `known` is later than its `date` by months."),
        wrong={
            "not yet happened": Wrong(lambda v: same_text(v["still_secret"], FIRST_STRIKES),
                                      "The strikes had not happened by 15 September. Look for something that had."),
            "public at once": Wrong(lambda v: summer().get(as_text(v["still_secret"])) is True,
                                    "This one could be read in the newspapers before 15 September. Its `known` is blank or early."),
            "a title": Wrong(lambda v: as_text(v["still_secret"]) in titles(),
                             "This is the title. Write the id, from the first column of the table."),
        },
        solution=f'`"{SECRET}"`: signed on 26 August 2015, published in January 2016.',
    ),
    Question(
        "like-with-like", 1, kind="quick", mark=like_with_like,
        hints=("Were the people at Caracas counted on a day, or over years?",
               "Take one of the rows of Syria whose `kind` is stock. The one nearest to the beginning fits best."),
        wrong={
            "a flow": Wrong(lambda v: near(v["like_with_like"], counts()["served"]),
                            "This is everybody who served in three years, a flow. The people at Caracas were counted once, on arrival."),
            "sorties": Wrong(lambda v: near(v["like_with_like"], counts()["sorties"]),
                             "This counts flights, not people."),
            "Caracas itself": Wrong(lambda v: near(v["like_with_like"], counts()["landed"]),
                                    "This is the number for Caracas itself. Which number of Syria belongs beside it?"),
        },
        solution="A count on a day: about 2,000 when the strikes began or about 4,000 in November 2015. (2,954 in March 2018 is a "
                 "count on a day too, of a later stage.) The 63,012 are a flow.",
    ),
    Question(
        "dated-claim", 1, kind="quick", mark=dated_claim,
        hints=("The table at the beginning of the lesson has all claims about Syria. Which of Lake's says how things stand, not how they came?",
               "It stands in ¶3 and names Assad."),
        wrong={
            "Frolov's": Wrong(lambda v: (as_text(v["dated_claim"]) or "")[:1] in "Ff" and bool(as_text(v["dated_claim"])),
                              "The numbers of Frolov's claims begin with F. The question asks for one of Lake's."),
            "the past": Wrong(lambda v: same_text(v["dated_claim"], "L06", "L07"),
                              "This claim is about the years up to 2019. What happened later cannot change it."),
            "no such claim": Wrong(lambda v: bool(re.fullmatch("[Ll]\\d\\d", as_text(v["dated_claim"]) or ""))
                                   and as_text(v["dated_claim"]).upper() not in syrian_claims(),
                                   "No claim about Syria has this number. The table at the beginning of the lesson lists them."),
            "a likeness": Wrong(lambda v: same_text(v["dated_claim"], "L09"),
                                "L09 is about a likeness, and it does not hang on who rules in Damascus today."),
        },
        solution='`"L08"`: Assad was in power on 27 March 2019 and fell on 8 December 2024.',
    ),
    Question(
        "q1", 3, answers=("present", "served", "sorties_a_day"), mark=three_numbers,
        hints=("`kind` says whether a number is a stock or a flow, `unit` what it counts, and the note who counted.",
               "Take the dates from `syria.event(\"syria-2015-first-strikes\").date.a0` and from the event of 22 August 2018; "
               "one date minus another has `.days`.",
               "“Over 39,000” is a lower bound, so it stands in the column `low`. Divide it by the number of days."),
        wrong={
            "swapped": Wrong(lambda v: near(v["present"], counts()["served"])
                             or near(v["served"], counts()["present"]),
                             "present and served have changed places. Who was there on a day, and who in three years?"),
            "another day": Wrong(lambda v: not near(v["present"], counts()["present"])
                                 and any(near(v["present"], n) for n in stocks_in_syria()),
                                 "This is a count on a day, of another day. Look at the column `date`."),
            "all sorties": Wrong(lambda v: near(v["sorties_a_day"], counts()["sorties"]),
                                 "This is the number of all sorties. Divide it by the days."),
            "people a day": Wrong(lambda v: near(v["sorties_a_day"], counts()["served"] / campaign_days(), 0.15),
                                  "This divides people by days. Sorties are flights: another row."),
            "nearly": Wrong(lambda v: not near(v["sorties_a_day"], counts()["sorties"] / campaign_days(), 0.15)
                            and near(v["sorties_a_day"], counts()["sorties"] / campaign_days(), 1.5),
                            "This is close. Count the days from one date to the other, and keep one decimal."),
            "sorties a year": Wrong(lambda v: near(v["sorties_a_day"], counts()["sorties"]
                                                   / (campaign_days() / 365.25), 600),
                                    "This is the number for a year. The question asks for a day."),
        },
    ),
    Question(
        "q2", 4, answers=("before", "after"), mark=two_means,
        hints=("Choose the rows with `recipient == 'Syria' and supplier == 'Russia'`.",
               "A mean for a year is a sum divided by the number of years. How many years are there from 2016 to 2019?",
               "A missing year is a year with zero: `.set_index(\"year\")[\"tiv_million\"].reindex(range(2011, 2020), fill_value=0)`."),
        wrong={
            "four rows": Wrong(lambda v: near(v["after"], mean(listed_years(*AFTER)), 0.06),
                               "You divided by the rows that are there. A year that is missing had deliveries of zero and still counts: "
                               "divide by four."),
            "the lesson's": Wrong(lambda v: either(v, lambda a, b: mean(every_year(a, b)), LESSON_BEFORE, LESSON_AFTER),
                                  "This is a mean of the lesson, over five years. Here 2015 is left out: four years on each side."),
            "another unit": Wrong(lambda v: any(near(v["before"], mean(every_year(*BEFORE)) * unit, 0.06 * unit)
                                                for unit in (1e6, 1e3, 1e-3)),
                                  "The unit is another. The series counts in millions: leave its numbers as they stand."),
            "median": Wrong(lambda v: either(v, lambda a, b: median(every_year(a, b)))
                            or either(v, lambda a, b: median(listed_years(a, b))),
                            "This is a median, the value in the middle. The question asks for the mean."),
            "sum": Wrong(lambda v: either(v, lambda a, b: sum(every_year(a, b))),
                         "This is the sum of the four years. Divide it by four."),
            "order year": Wrong(lambda v: either(v, lambda a, b: mean(every_year(a, b, ORDERED))),
                                "This books each weapon in the year when it was ordered. Use the series of deliveries."),
            "swapped": Wrong(lambda v: near(v["before"], mean(every_year(*AFTER)), 0.06)
                             or near(v["after"], mean(every_year(*BEFORE)), 0.06),
                             "before and after have changed places."),
        },
    ),
    Question(
        "q3", 4, mark=usable,
        hints=("`syria.events` has the columns `date` and `known`. Which of the two decides?",
               "Begin with all events from 1 July to 15 September 2015. Then take out what became public later.",
               "Look at the basing agreement: it was signed in August 2015. When did the public read it?"),
        wrong={
            "one text": Wrong(lambda v: isinstance(v["q3"], str) and v["q3"].strip() not in summer(),
                              "This is one text. Write a list, each id in its own quotation marks: [\"...\", \"...\"]."),
            "events": Wrong(lambda v: any(getattr(item, "type", "") == "Event" for item in ids(v["q3"]) or []),
                            "These are whole events. Take the id of each: [e.id for e in ...]."),
            "by date alone": Wrong(lambda v: SECRET in (ids(v["q3"]) or []),
                                   "The basing agreement was signed in August and kept secret. Look at its `known`."),
            "titles": Wrong(lambda v: bool(set(map(str, ids(v["q3"]) or [])) & titles()),
                            "These are titles. The question asks for ids, such as \"syria-2015-first-strikes\"."),
            "too late": Wrong(lambda v: FIRST_STRIKES in (ids(v["q3"]) or []),
                              "On 15 September the first strikes had not happened. Stop at that evening."),
        },
    ),
    Question(
        "q4", 6, answers=("differences",), mark=differences,
        hints=("A row looks like this: `(\"Syria had …; Venezuela had …\", \"ucdp_conflict_years\", \"ucdp_conflict_years\")`.",
               "Ids of events stand in `an.case(\"syria\").events` and `an.case(\"venezuela\").events`, in the column id.",
               "Look at the table at the end of the lesson, and find evidence for three of its rows."),
        wrong={
            "no list": Wrong(lambda v: not as_rows(v["differences"]),
                             "A list of rows is asked for: [(sentence, evidence on Syria, evidence on Venezuela), ...]."),
            "hindsight": Wrong(lambda v: any(not public_by(str(cell), FROLOV_APPEARED) for row in as_rows(v["differences"])
                                             for cell in row[1:]),
                               "Something here happened or became public after 2 April 2019. Neither author could know it."),
            "changed places": Wrong(lambda v: any(len(row) == 3 and row[1] not in evidence_on("Syria") and row[1] in evidence_on("Venezuela")
                                                  for row in as_rows(v["differences"])),
                                    "In one row the evidence on Venezuela stands second. Syria comes first."),
            "pairs": Wrong(lambda v: lengths(v["differences"]) == {2},
                           "Each row has two parts. It needs three: a sentence, evidence on Syria, evidence on Venezuela."),
            "sentences": Wrong(lambda v: lengths(v["differences"]) == {1},
                               "There are sentences without evidence. Make each a row: (sentence, evidence on Syria, evidence on "
                               "Venezuela)."),
        },
    ),
    Question("q5", 8, kind="written", mark=form("q5", 120, 180, a_figure(), the_paragraph(7))),
    Question("q6", 10, kind="written", mark=form("q6", 150, 220, a_figure())),
)

_WAR = ("Syria was at war for the fifth year and Venezuela was not.", "ucdp_conflict_years", "ucdp_conflict_years")
_WAY = ("Damascus lies near Moscow and Caracas lies beyond an ocean.", "distances", "F17")
_FIELD = ("Combat aircraft stood in Syria; in Venezuela radars were mended.", "syria-2015-jets-arrive", "venezuela-2019-abrams-s300")
_LATER = ("Russia let Assad fall but it has kept Maduro for years.", "syria-2024-assad-falls", "venezuela-2019-planes-land")
_PUBLIC = ("syria-2015-iran-deal", "syria-2015-soleimani-visit", "syria-2015-assad-short-of-men", "syria-2015-kerry-warns-lavrov",
           "syria-2015-us-asks-greece", "syria-2015-bulgaria-refuses", "syria-2015-air-corridor")  # fmt: skip

# Read by the tests alone: right answers, typed here so that they do not come from the code that marks them ...
SOLUTIONS = {
    "still-secret": ("syria-2015-basing-agreement",), "like-with-like": (4000,), "dated-claim": ("L08",),
    "q1": (4000, 63012, 36.9), "q2": (351.0, 54.0), "q3": (list(_PUBLIC),), "q4": ([_WAR, _WAY, _FIELD],),
}  # fmt: skip
# ... and wrong ones: name, question, values, marks, words that must be shown.
WRONG_ANSWERS = (
    WrongAnswer("the strikes", "still-secret", (FIRST_STRIKES,), 0, "had not happened by 15 September"),
    WrongAnswer("a warning that was in the news", "still-secret", ("syria-2015-kerry-warns-lavrov",), 0, "could be read in the newspapers"),
    WrongAnswer("reported after two weeks", "still-secret", ("syria-2015-soleimani-visit",), 0, "could be read in the newspapers"),
    WrongAnswer("a date", "still-secret", ("26 August 2015",), 0, "the id of one event"),
    WrongAnswer("a title", "still-secret", ("Russia and Syria sign the Hmeimim basing agreement",), 0, "Write the id"),
    WrongAnswer("the flow", "like-with-like", (63012,), 0, "a flow"),
    WrongAnswer("flights", "like-with-like", (39000,), 0, "flights, not people"),
    WrongAnswer("Caracas", "like-with-like", (100,), 0, "Caracas itself"),
    WrongAnswer("a text", "like-with-like", ("4000",), 0, "without quotation marks"),
    WrongAnswer("Frolov's claim", "dated-claim", ("F12",), 0, "one of Lake's"),
    WrongAnswer("about the airspace", "dated-claim", ("L07",), 0, "cannot change it"),
    WrongAnswer("about 2015", "dated-claim", ("L06",), 0, "cannot change it"),
    WrongAnswer("about the likeness", "dated-claim", ("L09",), 0, "about a likeness"),
    WrongAnswer("a claim about Venezuela", "dated-claim", ("L26",), 0, "No claim about Syria"),
    WrongAnswer("one digit", "dated-claim", ("L8",), 0, "a letter and two digits"),
    WrongAnswer("changed places", "q1", (63012, 4000, 36.9), 1, "have changed places"),
    WrongAnswer("at the start of the strikes", "q1", (2000, 63012, 36.9), 2, "of another day"),
    WrongAnswer("those who voted", "q1", (2954, 63012, 36.9), 2, "of another day"),
    WrongAnswer("not divided", "q1", (4000, 63012, 39000), 2, "Divide it by the days"),
    WrongAnswer("people by days", "q1", (4000, 63012, 59.6), 2, "divides people by days"),
    WrongAnswer("by years", "q1", (4000, 63012, 13000), 2, "number for a year"),
    WrongAnswer("three times 365 days", "q1", (4000, 63012, 35.6), 2, "This is close"),
    WrongAnswer("a length of time", "q1", (4000, 63012, dt.timedelta(days=1057)), 2, "sorties_a_day is datetime.timedelta"),
    WrongAnswer("texts", "q1", ("4,000", "63,012", "36.9"), 0, "without quotation marks"),
    WrongAnswer("rows that are there", "q2", (351.0, 72.0), 2, "divide by four"),
    WrongAnswer("medians", "q2", (453, 17.5), 0, "This is a median"),
    WrongAnswer("a median of rows", "q2", (351.0, 32.0), 2, "This is a median"),
    WrongAnswer("sums", "q2", (1404, 216), 0, "This is the sum"),
    WrongAnswer("by year of order", "q2", (0.4, 52.3), 0, "in the year when it was ordered"),
    WrongAnswer("changed places", "q2", (54.0, 351.0), 0, "have changed places"),
    WrongAnswer("copied from the lesson", "q2", (351.4, 46.4), 0, "a mean of the lesson"),
    WrongAnswer("single units, not millions", "q2", (351_000_000, 54_000_000), 0, "counts in millions"),
    WrongAnswer("a table", "q2", (pd.DataFrame({"tiv_million": [1, 2]}), 54.0), 2, "before is a value of type DataFrame"),
    WrongAnswer("a text", "q2", ("351.0", 54.0), 2, "Text stands in before"),
    WrongAnswer("by date alone", "q3", ([*_PUBLIC, SECRET],), 2, "kept secret"),
    WrongAnswer("all events of the case", "q3", (all_ids(),), 0, "others are there too: choose"),
    WrongAnswer("one safe event", "q3", ([_PUBLIC[0]],), 0, "Too few are there to tell"),
    WrongAnswer("events in place of ids", "q3", ([Unsupported("Event", "an event")],), 0, "Take the id of each"),
    WrongAnswer("ids in one text", "q3", (", ".join(_PUBLIC),), 0, "each id in its own quotation marks"),
    WrongAnswer("until the strikes", "q3", ([*_PUBLIC, FIRST_STRIKES],), 2, "had not happened"),
    WrongAnswer("two are missing", "q3", (list(_PUBLIC[2:]),), 2, "2 of 7 are missing"),
    WrongAnswer("only what was secret", "q3", ([SECRET],), 0, "kept secret"),
    WrongAnswer("titles", "q3", (["Iran nuclear deal concluded"],), 0, "These are titles"),
    WrongAnswer("a number", "q3", (6,), 0, "a list, a set or a column"),
    WrongAnswer("two rows", "q4", ([_WAR, _WAY],), 4, "Found 2"),
    WrongAnswer("hindsight", "q4", ([_WAR, _WAY, _LATER],), 4, "Neither author could know it"),
    WrongAnswer("sides changed", "q4", ([_WAR, _WAY, (_FIELD[0], _FIELD[2], _FIELD[1])],), 4, "Syria comes first"),
    WrongAnswer("sentences alone", "q4", ([_WAR[0], _WAY[0], _FIELD[0]],), 0, "sentences without evidence"),
    WrongAnswer("pairs", "q4", ([_WAR[:2], _WAY[:2], _FIELD[:2]],), 0, "two parts"),
    WrongAnswer("an id that does not exist", "q4", ([_WAR, _WAY, (_FIELD[0], "syria-jets", _FIELD[2])],), 4, "Look at row 3"),
    WrongAnswer("one difference three times", "q4", ([_WAR, _WAR, _WAR],), 2, "Look at rows 2, 3"),
    WrongAnswer("words without a meaning", "q4", ([("x x x x x x", *_WAR[1:]), ("y y y y y y", *_WAY[1:]), ("z z z z z z", *_FIELD[1:])],), 0,
                "six different words or more, on both countries. Look at rows 1, 2, 3"),
    WrongAnswer("a text", "q4", ("There was no war in Venezuela.",), 0, "A list of rows is asked for"),
)
