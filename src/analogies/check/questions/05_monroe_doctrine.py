"""Questions of 05-monroe-doctrine: three quick checks in the lesson, six questions in the exercise."""

from __future__ import annotations

from ..answers import as_text, near, same_text
from ..form import a_figure, form, the_paragraph
from ..question import Question, Wrong, WrongAnswer
from ..rows import as_rows, lengths, texts
from .monroe_marks import (
    base_rate, names_in_messages, only_a_fort, precision_and_recall, same_man, share, three_uses, which_text, year_of,
)  # fmt: skip
from .monroe_numbers import (
    GAP, LIST, code, events, forts, interventions, namings, near_in_time, places_precision, recall, same_day, uses, years,
)  # fmt: skip


def _means(v: dict) -> frozenset[str]:
    return forts().get(year_of(v["only_a_fort"]), frozenset())


def _rows(v: dict) -> list[list[str]]:
    return [texts(row, 4) for row in as_rows(v["coded"])]


def _any(v: dict, test) -> bool:
    return any(test(row[0].upper(), row[1], row[2]) for row in _rows(v))


def _known(v: dict, target: float) -> bool:
    """Whether a precision or recall asked for is this share."""
    return any(share(v[name], target) for name in ("precision_monroe", "recall_monroe", "precision_name", "recall_name"))


QUESTIONS = (
    Question(
        "which-text", 1, kind="quick", mark=which_text,
        hints=("Two rows of the table have the same day. Compare them in the column `names_doctrine`.",
               "One of the two is a White House statement, the other an interview."),
        wrong={
            "the statement": Wrong(lambda v: same_text(v["which_text"], "MI30"),
                                   "This is the statement. Its row says no under `names_doctrine`."),
            "another day": Wrong(lambda v: same_text(v["which_text"], "MI28", "MI29", "MI31"),
                                 "This one has the name, and it is of another day."),
            "a speaker": Wrong(lambda v: "bolton" in (as_text(v["which_text"]) or "").lower(),
                               "All five are Bolton's. Write the number from the first column."),
        },
        solution='`"MI40"`: the Reuters interview. The statement of the same day, MI30, has the warning and not the name.',
    ),
    Question(
        "same-man", 1, kind="quick", mark=same_man,
        hints=("Choose the rows in which `speaker` is Theodore Roosevelt.", "Two of them justify something. What does the third do?"),
        wrong={
            "the corollary": Wrong(lambda v: same_text(v["same_man"], "MI10", "MI11"),
                                   "This one is coded justify intervention. Look for the one that says what the doctrine does not do."),
            "the other Roosevelt": Wrong(lambda v: same_text(v["same_man"], "MI16"),
                                         "This is Franklin D. Roosevelt, in 1933. The question asks for Theodore."),
            "another man": Wrong(lambda v: same_text(v["same_man"], "MI13", "MI14", "MI15", "MI25"),
                                 "This one limits or renounces the doctrine, and somebody else said it."),
        },
        solution='`"MI09"`: in December 1901 the doctrine gave no shelter against punishment. In 1904, `MI10`, it made a police power.',
    ),
    Question(
        "only-a-fort", 1, kind="quick", mark=only_a_fort,
        hints=("The first table gives the two years in which the word means a fort. One of the two years stands in another row as well.",
               "In 1912 Taft named the doctrine, too."),
        wrong={
            "the doctrine too": Wrong(lambda v: "a fort" in _means(v) and "the doctrine, named" in _means(v),
                                      "In this message Monroe is a fort once, and once the doctrine."),
            "the man": Wrong(lambda v: "a fort" not in _means(v) and "the man" in _means(v),
                             "In this message Monroe is the man. Look for a fort."),
            "the doctrine": Wrong(lambda v: "the doctrine, named" in _means(v) and not _means(v) & {"a fort", "the man"},
                                  "In this message the word means the doctrine. The search was right."),
        },
        solution="1825: the school of artillery at Fortress Monroe. In 1912 the message has Fort Monroe and the doctrine.",
    ),
    Question(
        "q1", 3, answers=("messages", "roosevelt", "rate"), mark=names_in_messages,
        hints=("`an.measure.doctrine().table` has one row for each message with the two words, and `mentions` counts them.",
               "A share is a part divided by the whole: his mentions by all mentions.",
               "For the rate take `an.series(\"sotu_monroe\")`: it has every message, also those without the name. Divide his mentions "
               "by the sum of his `words`, times 100,000."),
        wrong={
            "times, not messages": Wrong(lambda v: near(v["messages"], namings()["times"]),
                                         "This counts every place. One message can have the name eleven times; count messages."),
            "share of messages": Wrong(lambda v: share(v["roosevelt"], namings()["his_messages"] / namings()["messages"]),
                                       "This is his share of the messages. The question asks for his share of the namings."),
            "a number, not a share": Wrong(lambda v: near(v["roosevelt"], namings()["his"]),
                                           "This is a number of times. Divide it by the number of all times."),
            "silent messages left out": Wrong(lambda v: near(v["rate"], namings()["his"] / namings()["words_where_named"] * 1e5, 0.1),
                                              "You divided by the messages that have the name. His silent messages have words as well, "
                                              "and they count."),
            "ten thousand": Wrong(lambda v: near(v["rate"], namings()["his"] / namings()["his_words"] * 1e4, 0.02),
                                  "This is the rate in 10,000 words. The question asks for 100,000."),
            "mean of rates": Wrong(lambda v: near(v["rate"], namings()["mean_rate"], 0.1),
                                   "This is the mean of eight rates, in which a short message weighs as much as a long one. Divide sum by sum."),
        },
    ),
    Question(
        "q2", 4, answers=("precision_monroe", "recall_monroe", "precision_name", "recall_name"), mark=precision_and_recall,
        hints=("Make two sets of dates for each search: `found`, where the search stops, and `wanted`, where the principle is stated.",
               "`found & wanted` is what both sets have. Precision divides its length by `len(found)`, recall by `len(wanted)`.",
               "`wanted` are the dates of `sotu_principle` with `states == 'yes'`. `found` are the dates in the table of "
               "`an.measure.doctrine(\"Monroe\")`."),
        wrong={
            "changed places": Wrong(lambda v: share(v["precision_name"], recall("Monroe Doctrine", "yes"))
                                    or share(v["precision_monroe"], recall("Monroe", "yes")),
                                    "Precision and recall have changed places. Precision divides by what was found, recall by what was wanted."),
            "all messages": Wrong(lambda v: _known(v, 16 / namings()["all"]) or _known(v, 11 / namings()["all"]),
                                  "You divided by all messages. Most of them are neither found nor wanted."),
            "arguable as yes": Wrong(lambda v: share(v["recall_name"], recall("Monroe Doctrine", "yes", "arguable"))
                                     or share(v["recall_monroe"], recall("Monroe", "yes", "arguable"), 0.002),
                                     "You counted the arguable messages as wanted. The question takes those with yes alone."),
            "places": Wrong(lambda v: share(v["precision_monroe"], places_precision(), 0.004),
                            "This is the share of places, as in the lesson. The question counts messages."),
            "recall of what was found": Wrong(lambda v: share(v["recall_monroe"], 1) or share(v["recall_name"], 1),
                                              "A recall of 1 would mean that nothing was missed. Compare with all the messages that state "
                                              "the principle, also those that the search passed by."),
        },
    ),
    Question(
        "q3", 4, answers=("a_year", "expected", "at_most"), mark=base_rate,
        hints=("Count the rows with `mode == 'direct'`. From 1898 to 1994 are 97 years, for both ends count.",
               "What is expected is a rate times a number of years. From 1995 to 2018 are 24.",
               "None in n cases: the rule of three says at most 3 / n. n is the number of direct interventions, not of years."),
        wrong={
            "all interventions": Wrong(lambda v: near(v["a_year"], interventions() / years(LIST), 0.005)
                                       or near(v["expected"], interventions() / years(LIST) * years(GAP), 0.12),
                                       "This counts all interventions of the list. The question asks for the direct ones."),
            "not divided": Wrong(lambda v: near(v["a_year"], interventions("direct")),
                                 "This is the number in the whole list. Divide it by the years."),
            "no decimal": Wrong(lambda v: near(v["expected"], round(interventions("direct") / years(LIST) * years(GAP))),
                                "Keep one decimal of what is expected: a rate is a mean, and a mean need not be whole."),
            "none after the list": Wrong(lambda v: near(v["expected"], 0),
                                         "The list has none after 1994 because it ends there. What does the rate lead one to expect?"),
            "never": Wrong(lambda v: near(v["at_most"], 0),
                           "None was seen. How large could the share be, and still often give none in so few cases?"),
            "years as cases": Wrong(lambda v: share(v["at_most"], 3 / years(LIST), 0.002),
                                    "You divided three by the years. The cases here are the direct interventions."),
            "years between": Wrong(lambda v: near(v["a_year"], years(LIST) / interventions("direct"), 0.05),
                                   "This is the number of years between two interventions. Turn it round."),
        },
    ),
    Question(
        "q4", 6, answers=("coded",), mark=three_uses,
        hints=("A row looks like this: `(\"MI02\", \"keep out\", \"monroe-1848-polk-yucatan\", \"Polk warned ...\")`.",
               "Ids of events stand in `an.case(\"monroe\").events`; those of Nicaragua, Venezuela and the aftermath will do as well.",
               "Take one use that keeps powers out, one that justifies and one that renounces, for example from 1895, 1905 and 2013."),
        wrong={
            "the use itself": Wrong(lambda v: _any(v, lambda u, c, e: u in uses() and e in events() and same_day(u, e)),
                                    "In one row the event is of the same day as the use: these are the words again. Look for what was done "
                                    "before or after them."),
            "too far away": Wrong(lambda v: _any(v, lambda u, c, e: u in uses() and e in events() and not near_in_time(u, e)),
                                  "In one row the event lies more than ten years from the use."),
            "another code": Wrong(lambda v: _any(v, lambda u, c, e: u in uses() and bool(c) and code(c) is None),
                                  "One code is none of the four. Write keep out, justify, renounce or mixed."),
            "order": Wrong(lambda v: _any(v, lambda u, c, e: u.lower() in events() or c.upper() in uses() or e.upper() in uses()),
                           "In one row the parts are in another order: number of the use, code, event, sentence."),
            "another continent": Wrong(lambda v: _any(v, lambda u, c, e: e.startswith(("syria-", "yugoslavia-"))),
                                       "One event lies outside the Americas. What was done there is no deed under this doctrine."),
            "three parts": Wrong(lambda v: 3 in lengths(v["coded"]), "A row has three parts. It needs four: number, code, event, sentence."),
        },
    ),
    Question("q5", 8, kind="written", mark=form("q5", 120, 180, a_figure("the number of a use or claim"), the_paragraph(2))),
    Question("q6", 10, kind="written", mark=form("q6", 150, 220, a_figure("the number of a use or claim"))),
)

_OLNEY = ("MI07", "keep out", "monroe-1899-paris-award", "Olney wanted Britain held to arbitration and an award followed.")
_POLICE = ("MI11", "justify", "monroe-1915-haiti", "Roosevelt took over customs, and marines went to Haiti ten years later.")
_KERRY = ("MI25", "renounce", "monroe-2018-tillerson", "Kerry called it over, and five years later it was praised again.")

# Read by the tests alone: right answers, typed here so that they do not come from the code that marks them ...
SOLUTIONS = {
    "which-text": ("MI40",), "same-man": ("MI09",), "only-a-fort": (1825,),
    "q1": (11, 0.83, 15.3), "q2": (0.76, 0.70, 1.0, 0.48), "q3": (0.175, 4.2, 0.176), "q4": ([_OLNEY, _POLICE, _KERRY],),
}  # fmt: skip
# ... and wrong ones: name, question, values, marks, words that must be shown.
WRONG_ANSWERS = (
    WrongAnswer("the statement", "which-text", ("MI30",), 0, "This is the statement"),
    WrongAnswer("CNN", "which-text", ("MI28",), 0, "of another day"),
    WrongAnswer("after Frolov", "which-text", ("MI31",), 0, "of another day"),
    WrongAnswer("the name of the man", "which-text", ("Bolton",), 0, "Write the number"),
    WrongAnswer("the claim", "which-text", ("F04",), 0, "the number of a use"),
    WrongAnswer("the corollary", "same-man", ("MI10",), 0, "does not do"),
    WrongAnswer("the customs", "same-man", ("MI11",), 0, "does not do"),
    WrongAnswer("Franklin", "same-man", ("MI16",), 0, "asks for Theodore"),
    WrongAnswer("Clark", "same-man", ("MI15",), 0, "somebody else said it"),
    WrongAnswer("a year", "same-man", (1901,), 0, "the number of a use"),
    WrongAnswer("1912", "only-a-fort", (1912,), 0, "and once the doctrine"),
    WrongAnswer("Jackson", "only-a-fort", (1830,), 0, "Monroe is the man"),
    WrongAnswer("Reagan", "only-a-fort", (1987,), 0, "The search was right"),
    WrongAnswer("a year without Monroe", "only-a-fort", (1826,), 0, "in which the search stops"),
    WrongAnswer("places", "q1", (29, 0.83, 15.3), 2, "count messages"),
    WrongAnswer("share of messages", "q1", (11, 0.545, 15.3), 2, "share of the messages"),
    WrongAnswer("no share", "q1", (11, 24, 15.3), 2, "Divide it by the number"),
    WrongAnswer("silent messages left out", "q1", (11, 0.83, 21.8), 2, "His silent messages"),
    WrongAnswer("in ten thousand", "q1", (11, 0.83, 1.53), 2, "asks for 100,000"),
    WrongAnswer("mean of rates", "q1", (11, 0.83, 14.7), 2, "Divide sum by sum"),
    WrongAnswer("texts", "q1", ("11", "83 %", "15.3"), 0, "without quotation marks"),
    WrongAnswer("changed places", "q2", (0.70, 0.76, 0.48, 1.0), 0, "have changed places"),
    WrongAnswer("of all messages", "q2", (0.068, 0.068, 0.046, 0.046), 0, "divided by all messages"),
    WrongAnswer("arguable ones too", "q2", (0.76, 0.485, 1.0, 0.333), 2, "counted the arguable"),
    WrongAnswer("places", "q2", (0.6875, 0.70, 1.0, 0.48), 3, "share of places"),
    WrongAnswer("nothing missed", "q2", (0.76, 1.0, 1.0, 1.0), 2, "nothing was missed"),
    WrongAnswer("numbers, not shares", "q2", (16, 16, 11, 11), 0, "Found 16"),
    WrongAnswer("all interventions", "q3", (0.4227, 10.1, 0.176), 2, "for the direct ones"),
    WrongAnswer("the list is silent", "q3", (0.175, 0, 0.176), 3, "because it ends there"),
    WrongAnswer("never", "q3", (0.175, 4.2, 0), 2, "None was seen"),
    WrongAnswer("years as cases", "q3", (0.175, 4.2, 0.031), 2, "divided three by the years"),
    WrongAnswer("not divided", "q3", (17, 4.2, 0.176), 3, "Divide it by the years"),
    WrongAnswer("no decimal", "q3", (0.175, 4, 0.176), 3, "Keep one decimal"),
    WrongAnswer("turned round", "q3", (5.7, 4.2, 0.176), 3, "Turn it round"),
    WrongAnswer("two rows", "q4", ([_OLNEY, _POLICE],), 3, "Found 2 of three"),
    WrongAnswer("the words again", "q4", ([_OLNEY, _POLICE, (*_KERRY[:2], "monroe-2013-kerry", _KERRY[3])],), 3, "these are the words again"),
    WrongAnswer("too far away", "q4", ([_OLNEY, _POLICE, (*_KERRY[:2], "monroe-1989-panama", _KERRY[3])],), 3, "more than ten years"),
    WrongAnswer("in Syria", "q4", ([_OLNEY, _POLICE, (*_KERRY[:2], "syria-2015-first-strikes", _KERRY[3])],), 3, "outside the Americas"),
    WrongAnswer("a code of one's own", "q4", ([_OLNEY, _POLICE, ("MI25", "end it", *_KERRY[2:])],), 3, "none of the four"),
    WrongAnswer("order", "q4", ([_OLNEY, _POLICE, (_KERRY[2], _KERRY[1], _KERRY[0], _KERRY[3])],), 3, "in another order"),
    WrongAnswer("no sentence", "q4", ([_OLNEY[:3], _POLICE[:3], _KERRY[:3]],), 0, "A row has three parts"),
    WrongAnswer("letters for sentences", "q4", ([(*row[:3], f"{n} x x x x x") for n, row in enumerate((_OLNEY, _POLICE, _KERRY))],), 0,
                "six different words"),
    WrongAnswer("letters after a name", "q4", ([(*row[:3], f"{name} a b c d e") for row, name in ((_OLNEY, "Olney"), (_POLICE, "Roosevelt"),
                                                                                               (_KERRY, "Kerry"))],), 0, "six different words"),
    WrongAnswer("the words of the list", "q4", ([_OLNEY, _POLICE, (*_KERRY[:3], "The doctrine's era is over; relations should be among equals.")],),
                3, "in your own words"),
    WrongAnswer("sentences about nothing", "q4", ([(*row[:3], f"this is a sentence with {n} words") for n, row in
                                                  enumerate((_OLNEY, _POLICE, _KERRY))],), 0, "names something of the use"),
    WrongAnswer("one code three times", "q4", ([_OLNEY, ("MI08", *_OLNEY[1:3], "Cleveland stood behind Olney before the whole of Congress."),
                                               ("MI02", "keep out", "monroe-1848-polk-yucatan", "Polk warned the European powers off once more.")],),
                3, "Found 1 of three"),
    WrongAnswer("one century", "q4", ([_POLICE, ("MI16", "renounce", "monroe-1940-havana-act", "Franklin Roosevelt gave up armed intervention in the region."),
                                       ("MI17", "keep out", "monroe-1940-havana-act", "Hull warned Berlin off the colonies of beaten countries.")],),
                5, "at least two centuries"),
    WrongAnswer("a text", "q4", ("Kerry renounced it.",), 0, "There is none yet"),
)
