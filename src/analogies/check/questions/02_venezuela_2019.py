"""Questions of 02-venezuela-2019: three quick checks in the lesson, six questions in the exercise."""

from __future__ import annotations

from statistics import median

from ..answers import as_number, as_text, near, same_text
from ..form import a_figure, form, the_paragraph
from ..question import Question, Wrong, WrongAnswer
from ..rows import lengths
from .venezuela_marks import (
    aircraft, breaks, count_of, debt_then, ledger, ledger_rows, no_orders, not_cargo, not_yet_public, one_sided, people, sorted_out,
    quarters, two_dates,
)  # fmt: skip
from .venezuela_numbers import (
    CLASSES, FROLOV_APPEARED, SECRET, TABLE, UNDATED, abroad, any_quarter, counted, deliveries, events, fall, five_years, last_reported, listed,
    mean, ordered_delivered, orders, owed, refugees, rise, titles, unreported,
)  # fmt: skip


def _either(v: dict, of, within: float) -> bool:
    """Whether one of the two means is what `of` gives for the series that belongs to it."""
    return near(v["by_delivery"], of(deliveries()), within) or near(v["by_order"], of(orders()), within)


def _almost(v: dict) -> bool:
    """Whether a mean is right but for its rounding."""
    pairs = ((v["by_delivery"], mean(five_years(deliveries()))), (v["by_order"], mean(five_years(orders()))))
    return any(near(value, right, 1) and not near(value, right, 0.06) for value, right in pairs)


def _event(v: dict) -> tuple:
    return events().get(as_text(v["not_yet_public"]), ("", None, None))


QUESTIONS = (
    Question(
        "not-cargo", 1, kind="quick", mark=not_cargo,
        hints=("The text of the landing names both aircraft, and what each of them brought.",
               "An An-124 is one of the largest freighters there are. What was the other?"),
        wrong={
            "the freighter": Wrong(lambda v: any(n in aircraft(v["not_cargo"]) for n in ("124", "antonov")) and "62" not in aircraft(v["not_cargo"]),
                                   "The An-124 was the freighter, with 35 tonnes of cargo. Name the other one."),
            "both": Wrong(lambda v: {"62", "124"} <= {n for n in ("62", "124") if n in aircraft(v["not_cargo"])}
                          or aircraft(v["not_cargo"]) in ("both", "neither", "none"),
                          "One of the two was a freighter and one was not. Name one type."),
            "the bombers": Wrong(lambda v: "160" in aircraft(v["not_cargo"]),
                                 "The Tu-160 is the bomber of December 2018. The question is about March 2019."),
            "a number": Wrong(lambda v: as_number(v["not_cargo"]) is not None, "Write the type with its letters, in quotation marks."),
        },
        solution='`"Il-62"`: a passenger jet, which brought the people. The An-124 brought the cargo.',
    ),
    Question(
        "no-orders", 1, kind="quick", mark=no_orders,
        hints=("Go down the column `ordered` and stop at each year that has 0.0.", "In which of those years is `delivered` above 0? Count them."),
        wrong={
            "almost nothing": Wrong(lambda v: count_of(v["no_orders"]) == sum(delivered > 0 and ordered < 2 for ordered, delivered in ordered_delivered()),
                                    "In 2010 1.2 million were ordered. That is little, and it is not nothing."),
            "the other way round": Wrong(lambda v: count_of(v["no_orders"]) == sum(ordered > 0 and not delivered for ordered, delivered in ordered_delivered()),
                                         "This counts years with an order and no delivery. Turn it round."),
            "years of orders": Wrong(lambda v: count_of(v["no_orders"]) == sum(ordered > 0 for ordered, _ in ordered_delivered()),
                                     "This counts the years in which something *was* ordered."),
            "years of deliveries": Wrong(lambda v: count_of(v["no_orders"]) == sum(delivered > 0 for _, delivered in ordered_delivered()),
                                         "This counts all years with a delivery. Leave out those in which something was ordered too."),
            "a year": Wrong(lambda v: count_of(v["no_orders"]) in TABLE, "This is a year. The question asks how many years there are."),
        },
        solution="4: in 2007, 2012, 2013 and 2014. What was ordered in one year may take many to arrive.",
    ),
    Question(
        "not-yet-public", 1, kind="quick", mark=not_yet_public,
        hints=("Look down the column `known`. Most cells are blank: those were public at once.", "Its `date` begins in January, and its `known` is the "
               "day of Bolton's words."),
        wrong={
            "a month alone": Wrong(lambda v: same_text(v["not_yet_public"], UNDATED),
                                   "It became public much later, but it is dated to April alone: it need not have happened by the 2nd."),
            "not begun": Wrong(lambda v: bool(_event(v)[1]) and _event(v)[1] > FROLOV_APPEARED, "On 2 April this had not happened. Look for something that had begun."),
            "public by then": Wrong(lambda v: bool(_event(v)[2]) and _event(v)[2] <= FROLOV_APPEARED, "This could be read by 2 April. Its `known` is blank or early."),
            "a title": Wrong(lambda v: as_text(v["not_yet_public"]) in titles(), "This is the title. Write the id, from the first column of the table."),
        },
        solution=f'`"{SECRET}"`: the talks went on from about January and came out on 30 April 2019.',
    ),
    Question(
        "q1", 3, answers=("refugees_2018", "abroad_2018", "rise"), mark=people,
        hints=("Take the row of 2018 for the first two numbers, and that of 2019 for the third as well.",
               "Those abroad are the sum of three columns: refugees, asylum_seekers and other_in_need_of_protection.",
               "`row = table.set_index(\"year\").loc[2018]` gives one year; add up three of its cells. Do the same for 2019."),
        wrong={
            "another year": Wrong(lambda v: any(near(v["refugees_2018"], refugees(y)) or near(v["abroad_2018"], abroad(y)) for y in (2017, 2019)),
                                  "This is the number of another year. The year stands in its own column."),
            "others of concern": Wrong(lambda v: near(v["rise"], rise(*CLASSES, "others_of_concern")),
                                       "This counts the others of concern too. They need not be abroad: leave that column out."),
            "two classes": Wrong(lambda v: near(v["abroad_2018"], counted(2018, *CLASSES[:2])) or near(v["rise"], rise(*CLASSES[:2])),
                                 "This adds refugees and asylum seekers. Most Venezuelans stand in the third class."),
            "third class alone": Wrong(lambda v: near(v["abroad_2018"], counted(2018, CLASSES[2])) or near(v["rise"], rise(CLASSES[2])),
                                       "This is the third class alone. Refugees and asylum seekers are abroad too."),
            "refugees alone": Wrong(lambda v: near(v["rise"], rise("refugees")) or near(v["abroad_2018"], refugees()),
                                    "This counts refugees alone, which hides almost everybody."),
            "per cent": Wrong(lambda v: near(v["rise"], rise() / abroad() * 100, 0.6), "This is the rise in per cent. The question asks for persons."),
            "swapped": Wrong(lambda v: near(v["refugees_2018"], abroad()), "refugees_2018 and abroad_2018 have changed places."),
        },
    ),
    Question(
        "q2", 4, answers=("by_delivery", "by_order"), mark=two_dates,
        hints=("Two series, two columns of years: `year` in `sipri_tiv_deliveries`, `order_year` in `sipri_tiv_by_order_year`.",
               "A year that is missing had none and still counts: divide the sum of the five years by five.",
               "`.set_index(\"order_year\")[\"tiv_million\"].reindex(range(2010, 2015), fill_value=0).mean()`"),
        wrong={
            "rounded": Wrong(_almost, "This is right but for its rounding. Give one decimal."),
            "listed years": Wrong(lambda v: near(v["by_order"], mean(listed(orders())), 0.06),
                                  "You divided by the years that are in the table. Years without orders count as zero: divide by five."),
            "sum": Wrong(lambda v: _either(v, lambda s: sum(five_years(s)), 0.6), "This is the sum of the five years. Divide it by five."),
            "median": Wrong(lambda v: near(v["by_delivery"], median(five_years(deliveries()))) or near(v["by_order"], median(listed(orders())), 0.06)
                            and not near(v["by_order"], mean(listed(orders())), 0.06),
                            "This is a median, the value in the middle. The question asks for the mean."),
            "swapped": Wrong(lambda v: near(v["by_delivery"], mean(five_years(orders())), 0.06) or near(v["by_order"], mean(five_years(deliveries())), 0.06),
                             "by_delivery and by_order have changed places: which series dates by delivery?"),
            "all years": Wrong(lambda v: near(v["by_delivery"], mean(list(deliveries().values())), 0.06) or near(v["by_order"], mean(list(orders().values())), 0.06),
                               "This is the mean of all years of the table. Take 2010 to 2014 alone."),
        },
    ),
    Question(
        "q3", 4, answers=("last_known", "fall_percent", "not_yet"), mark=debt_then,
        hints=("A debt at the end of a quarter can be reported only after its end. When did the first quarter of 2019 end?",
               "The event `venezuela-2019-rosneft-repaid` says what Rosneft told investors on 5 February 2019.",
               "The fall in per cent is (old - new) / old * 100; the old number is that of 2017Q4."),
        wrong={
            "hindsight": Wrong(lambda v: any_quarter(v["last_known"]) in unreported(),
                               "When Lake wrote, that quarter had not ended. Nobody could have reported it."),
            "earlier": Wrong(lambda v: (any_quarter(v["last_known"]) or last_reported()) < last_reported(), "This had been reported, but there was a later one."),
            "to the end": Wrong(lambda v: any(near(abs(as_number(v["fall_percent"]) or 0), fall(q), 0.6) for q in unreported()),
                                "This is the fall to a quarter that had not ended when Lake wrote."),
            "other base": Wrong(lambda v: near(abs(as_number(v["fall_percent"]) or 0), (owed()["2017Q4"] / owed()[last_reported()] - 1) * 100, 0.06),
                                "You divided by the later debt. A fall is counted from the earlier one."),
            "a share": Wrong(lambda v: near(abs(as_number(v["fall_percent"]) or 0), fall(last_reported()) / 100, 0.006), "This is a share of 1. Multiply it by 100."),
            "billions": Wrong(lambda v: near(v["fall_percent"], owed()["2017Q4"] - owed()[last_reported()], 0.001) and not near(v["fall_percent"], 50),
                              "This is the fall in billion dollars. The question asks for per cent."),
            "reported": Wrong(lambda v: last_reported() in (quarters(v["not_yet"]) or []),
                              f"The debt at the end of {last_reported()} was reported in February 2019. It does not belong into not_yet."),
        },
    ),
    Question(
        "q4", 6, answers=("ledger_rows",), mark=ledger,
        hints=("A row looks like this: `(\"known\", \"A sentence.\", \"venezuela-2019-rome-talks\")`. A presumption has a fourth part: what would change your mind.",
               "Ids stand in `an.case(\"venezuela\").events[\"id\"]`, and likewise for syria and nicaragua. Two ids stand in one text, with a semicolon between.",
               "`an.ledger(as_of=\"2019-04-02\").add(ledger_rows)` and then `.missing()` says in sentences what is lacking, row by row."),
        wrong={
            "hindsight": Wrong(lambda v: breaks(v["ledger_rows"], "public"),
                               "A row rests on something that nobody could read on 2 April 2019, or on something without a day."),
            "no mind to change": Wrong(lambda v: breaks(v["ledger_rows"], "change"),
                                       "A presumption needs a fourth part: which news would change your mind?"),
            "a column": Wrong(lambda v: breaks(v["ledger_rows"], "columnist"),
                              "F and L numbers are what Frolov and Lake say. That they say it is known; what they say may not be."),
            "one side": Wrong(lambda v: bool(one_sided(ledger_rows(v["ledger_rows"]))),
                              "A likeness has two sides. Name evidence on Venezuela and on the other case, with a semicolon between."),
            "sentences": Wrong(lambda v: lengths(v["ledger_rows"]) == {1}, "There are sentences without status and source. Make each a row: (status, sentence, source)."),
            "another word": Wrong(lambda v: breaks(v["ledger_rows"], "status"),
                                  "The first part of a row is one word of five: known, unclear, presumed, likeness, difference."),
        },
    ),
    Question("q5", 8, kind="written", mark=form("q5", 120, 180, a_figure(), the_paragraph(5, 10))),
    Question("q6", 10, kind="written", mark=form("q6", 150, 220, a_figure(), sorted_out)),
)

_LANDED = ("known", "Two Russian military aircraft landed near Caracas on 23 March 2019.", "venezuela-2019-planes-land")
_ROME = ("known", "American and Russian envoys met in Rome and agreed on nothing.", "venezuela-2019-rome-talks")
_TASK = ("unclear", "Whether the men repaired missiles, trained pilots or guarded Russians.", "venezuela-2019-abrams-s300; venezuela-2019-no-units")
_DETER = ("presumed", "Moscow wanted to deter an American attack.", "F18", "The men go home while the threat of an attack remains.")
_ALIKE = ("likeness", "In both countries Russia came at the wish of the government.", "syria-2015-letters-to-un; venezuela-2019-stay-as-needed")
_UNLIKE = ("difference", "In Syria Russia was given a base and in Venezuela it used an airport.", "syria-2015-basing-agreement; venezuela-2018-bombers-third-visit")
_SOUND = [_LANDED, _ROME, _TASK, _DETER, _ALIKE, _UNLIKE]

# Read by the tests alone: right answers, typed here so that they do not come from the code that marks them ...
SOLUTIONS = {
    "not-cargo": ("Il-62",), "no-orders": (4,), "not-yet-public": ("venezuela-2019-secret-talks",),
    "q1": (21047, 3078217, 1391715), "q2": (359.8, 32.2), "q3": (2.3, 50, ["2019Q1", "2019Q2"]), "q4": (_SOUND,),
}  # fmt: skip
# ... and wrong ones: name, question, values, marks, words that must be shown.
WRONG_ANSWERS = (
    WrongAnswer("the freighter", "not-cargo", ("An-124",), 0, "was the freighter"),
    WrongAnswer("its maker", "not-cargo", ("Antonov",), 0, "was the freighter"),
    WrongAnswer("both", "not-cargo", ("Il-62 and An-124",), 0, "Name one type"),
    WrongAnswer("neither", "not-cargo", ("neither",), 0, "Name one type"),
    WrongAnswer("the bomber", "not-cargo", ("Tu-160",), 0, "bomber of December 2018"),
    WrongAnswer("its number", "not-cargo", (62,), 0, "with its letters"),
    WrongAnswer("almost nothing", "no-orders", (5,), 0, "it is not nothing"),
    WrongAnswer("the other way round", "no-orders", (1,), 0, "Turn it round"),
    WrongAnswer("years of orders", "no-orders", (6,), 0, "*was* ordered"),
    WrongAnswer("years of deliveries", "no-orders", (9,), 0, "all years with a delivery"),
    WrongAnswer("a year", "no-orders", (2013,), 0, "This is a year"),
    WrongAnswer("in words", "no-orders", ("four",), 0, "The answer is one number"),
    WrongAnswer("the month", "not-yet-public", ("venezuela-2019-hill-in-moscow",), 0, "dated to April alone"),
    WrongAnswer("the rising", "not-yet-public", ("venezuela-2019-april-30",), 0, "had not happened"),
    WrongAnswer("the day after", "not-yet-public", ("venezuela-2019-helicopter-centre",), 0, "could be read by 2 April"),
    WrongAnswer("the landing", "not-yet-public", ("venezuela-2019-planes-land",), 0, "could be read by 2 April"),
    WrongAnswer("a title", "not-yet-public", ("Opposition talks in secret with senior officials about removing Maduro",), 0, "Write the id"),
    WrongAnswer("a year later", "q1", (93239, 4469932, 1391715), 1, "of another year"),
    WrongAnswer("with others of concern", "q1", (21047, 3078217, 1886218), 2, "others of concern"),
    WrongAnswer("two classes", "q1", (21047, 485270, 402460), 1, "refugees and asylum seekers"),
    WrongAnswer("the third class", "q1", (21047, 2592947, 989255), 1, "third class alone"),
    WrongAnswer("refugees alone", "q1", (21047, 21047, 72192), 1, "hides almost everybody"),
    WrongAnswer("per cent", "q1", (21047, 3078217, 45.2), 2, "in per cent"),
    WrongAnswer("changed places", "q1", (3078217, 21047, 1391715), 1, "have changed places"),
    WrongAnswer("texts", "q1", ("21,047", "3,078,217", "1,391,715"), 0, "without quotation marks"),
    WrongAnswer("rows that are there", "q2", (359.8, 80.6), 2, "divide by five"),
    WrongAnswer("sums", "q2", (1799, 161.2), 0, "This is the sum"),
    WrongAnswer("the median", "q2", (266, 32.2), 2, "This is a median"),
    WrongAnswer("changed places", "q2", (32.2, 359.8), 0, "have changed places"),
    WrongAnswer("whole numbers", "q2", (360, 32), 0, "Give one decimal"),
    WrongAnswer("all years", "q2", (354.5, 32.2), 2, "mean of all years"),
    WrongAnswer("a text", "q2", ("359.8", 32.2), 2, "Text stands in by_delivery"),
    WrongAnswer("every quarter", "q3", (0, 0, [f"{year}Q{n}" for year in (2017, 2018, 2019) for n in (1, 2, 3, 4)]), 0, "choose"),
    WrongAnswer("the last bar", "q3", (1.1, 76.1, []), 0, "had not ended"),
    WrongAnswer("the quarter of his day", "q3", (1.8, 50, ["2019Q1", "2019Q2"]), 3, "Nobody could have reported it"),
    WrongAnswer("a quarter too early", "q3", (3.1, 32.6, ["2019Q1", "2019Q2"]), 2, "there was a later one"),
    WrongAnswer("the fall to the end", "q3", (2.3, 76, ["2019Q1", "2019Q2"]), 3, "a quarter that had not ended"),
    WrongAnswer("from the later debt", "q3", (2.3, 100, ["2019Q1", "2019Q2"]), 3, "counted from the earlier one"),
    WrongAnswer("a share", "q3", (2.3, 0.5, ["2019Q1", "2019Q2"]), 3, "Multiply it by 100"),
    WrongAnswer("billions", "q3", (2.3, 2.3, ["2019Q1", "2019Q2"]), 3, "in billion dollars"),
    WrongAnswer("one quarter", "q3", (2.3, 50, "2019Q2"), 3, "1 of 2 are missing"),
    WrongAnswer("one too many", "q3", (2.3, 50, ["2018Q4", "2019Q1", "2019Q2"]), 3, "was reported in February 2019"),
    WrongAnswer("a number for a list", "q3", (2.3, 50, 2), 2, "a list of quarters"),
    WrongAnswer("hindsight", "q4", ([*_SOUND[:3], ("presumed", "Moscow would have traded Venezuela for Ukraine.", "venezuela-2019-hill-in-moscow", "A denial on both sides with documents."), *_SOUND[4:]],), 4, "nobody could read on 2 April"),
    WrongAnswer("a series without a day", "q4", ([("known", "No arms were delivered after 2014.", "sipri_tiv_deliveries"), *_SOUND[1:]],), 4, "Look at row 1"),
    WrongAnswer("a belief", "q4", ([*_SOUND[:3], _DETER[:3], *_SOUND[4:]],), 4, "which news would change your mind"),
    WrongAnswer("on a column's word", "q4", ([_LANDED, ("known", "Russia had no duty to defend Venezuela.", "F27"), *_SOUND[2:]],), 4, "what they say may not be"),
    WrongAnswer("a likeness of one side", "q4", ([*_SOUND[:4], (*_ALIKE[:2], "venezuela-2019-stay-as-needed"), _UNLIKE],), 4, "A likeness has two sides"),
    WrongAnswer("no difference", "q4", (_SOUND[:5],), 5, "Found 0"),
    WrongAnswer("the same row twice", "q4", ([_LANDED, _LANDED, *_SOUND[2:]],), 4, "no two rows say the same"),
    WrongAnswer("sentences alone", "q4", ([row[1] for row in _SOUND],), 0, "sentences without status"),
    WrongAnswer("another word", "q4", ([("certain", *_LANDED[1:]), *_SOUND[1:]],), 4, "one word of five"),
    WrongAnswer("an id that does not exist", "q4", ([(*_LANDED[:2], "venezuela-2019-planes"), *_SOUND[1:]],), 4, "Look at row 1"),
    WrongAnswer("a text", "q4", ("Two aircraft landed.",), 0, "There is none yet"),
)
