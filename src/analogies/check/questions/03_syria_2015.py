"""Questions of 03-syria-2015: three quick checks in the lesson, six questions in the exercise."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache

from analogies.facts.load import load

from ..answers import as_list, as_number, as_table, as_text, near, said, same_text
from ..outcome import Outcome, judge, needs
from ..question import Question, Wrong, WrongAnswer

EVENING = dt.date(2015, 9, 15)
SUMMER = dt.date(2015, 7, 1)
FROLOV_APPEARED = dt.date(2019, 4, 2)
SECRET = "syria-2015-basing-agreement"


# What the data say: read when a check runs, never typed here.


@cache
def _presence() -> dict[str, float]:
    table = load().series("deployments")
    return dict(zip(table["id"], table["value"], strict=True))


@cache
def _stocks_in_syria() -> frozenset[float]:
    table = load().series("deployments")
    return frozenset(table.loc[(table["iso3"] == "SYR") & (table["kind"] == "stock"), "value"])


@cache
def _campaign_days() -> int:
    syria = load().cases["syria"]
    return (syria.event("syria-2018-personnel-total").date.a0 - syria.event("syria-2015-first-strikes").date.a0).days


@cache
def _deliveries(series: str = "sipri_tiv_deliveries") -> dict[int, float]:
    """Russia to Syria: value by year; a year without deliveries is absent, as in the table."""
    table = load().series(series).query("iso3 == 'SYR' and supplier_iso3 == 'RUS'")
    return dict(zip(table["year"], table["value"], strict=True))


def _years(first: int, last: int, series: str = "sipri_tiv_deliveries") -> list[float]:
    return [_deliveries(series).get(year, 0.0) for year in range(first, last + 1)]


def _listed_years(first: int, last: int) -> list[float]:
    return [value for year, value in _deliveries().items() if first <= year <= last]


def _mean(values: list[float]) -> float:
    return sum(values) / len(values)


def _median(values: list[float]) -> float:
    ordered, half = sorted(values), len(values) // 2
    return ordered[half] if len(values) % 2 else (ordered[half - 1] + ordered[half]) / 2


@cache
def _summer() -> dict[str, bool]:
    """Events from 1 July to 15 September 2015: id, and whether it was public by that evening."""
    events = [e for e in load().cases["syria"].records if e.date.a0 and SUMMER <= e.date.a0 <= EVENING]
    return {e.id: (e.known or e.date).b1 is not None and (e.known or e.date).b1 <= EVENING for e in events}


def _titles() -> set[str]:
    return {e.title for e in load().cases["syria"].records}


# Quick checks in the lesson


def _still_secret(values: dict) -> Outcome:
    answer = values["still_secret"]
    hidden = [id for id, public in _summer().items() if not public]
    return judge(
        needs(same_text(answer, *hidden), "The event had happened by 15 September 2015 and became public later.", 1,
              because=f"Found {said(answer)}."),
    )  # fmt: skip


def _like_with_like(values: dict) -> Outcome:
    answer = values["like_with_like"]
    return judge(
        needs(as_number(answer) is not None, "The answer is one number, without quotation marks.",
              because=f"Found {said(answer)}."),
        needs(any(near(answer, stock) for stock in _stocks_in_syria()),
              "The number counts Russians who were in Syria at one time, as the men at Caracas were counted at one time.",
              1, because=f"Found {said(answer)}."),
    )  # fmt: skip


def _dated_claim(values: dict) -> Outcome:
    answer = values["dated_claim"]
    return judge(
        needs(bool(re.fullmatch(r"[FfLl]\d\d", as_text(answer) or "")),
              'The answer is the number of a claim, such as "L01": a letter and two digits.', because=f"Found {said(answer)}."),
        needs(same_text(answer, "L08"), "The claim is Lake's, was true on 27 March 2019 and is not true now.", 1,
              because=f"Found {said(answer)}."),
    )  # fmt: skip


# Question 1


def _three_numbers(values: dict) -> Outcome:
    present, served, sorties = values["present"], values["served"], values["sorties_a_day"]
    counts, texts = _presence(), [name for name, value in values.items() if isinstance(value, str)]
    a_day = counts["syria-2018-08-sorties"] / _campaign_days()
    return judge(
        needs(not texts, "All three are numbers, without quotation marks.", because=f"Text stands in {', '.join(texts)}."),
        needs(near(present, counts["syria-2015-11-present"]), "present is the American count for early November 2015.", 1,
              because=f"Found {said(present)}."),
        needs(near(served, counts["syria-2018-08-served"]), "served is the Russian ministry's count up to August 2018.", 1,
              because=f"Found {said(served)}."),
        needs(near(sorties, a_day, within=0.15), "sorties_a_day is the ministry's sorties divided by the days between the two "
              "events.", 1, because=f"Found {said(sorties)}."),
    )  # fmt: skip


# Question 2


def _two_means(values: dict) -> Outcome:
    before, after = values["before"], values["after"]
    texts = [name for name, value in values.items() if isinstance(value, str)]
    return judge(
        needs(not texts, "Both are numbers, without quotation marks.", because=f"Text stands in {' and '.join(texts)}."),
        needs(near(before, _mean(_years(2010, 2014)), within=0.06), "before is the mean for a year, 2010 to 2014.", 2,
              because=f"Found {said(before)}."),
        needs(near(after, _mean(_years(2015, 2019)), within=0.06), "after is the mean for a year, 2015 to 2019.", 2,
              because=f"Found {said(after)}."),
    )  # fmt: skip


def _either(v: dict, number) -> bool:
    """Whether before or after is what `number` (a function of two years) gives for its five years."""
    return near(v["before"], number(2010, 2014), within=0.06) or near(v["after"], number(2015, 2019), within=0.06)


# Question 3


def _ids(value: object) -> list[str] | None:
    """Ids from a list, tuple, set, Series or Index, a table with a column id, or one id alone."""
    table = as_table(value)
    if table is not None:
        value = table["id"] if "id" in table.columns else None
    items = as_list(value) if not isinstance(value, str) else [value]
    return None if items is None else [item.strip() if isinstance(item, str) else item for item in items]


def _usable(values: dict) -> Outcome:
    summer, found = _summer(), _ids(values["q3"])
    given = found or []
    right = {id for id, public in summer.items() if public}
    missing = [id for id in summer if id in right and id not in given]
    extra = [item for item in dict.fromkeys(map(str, given)) if item not in right]
    return judge(
        needs(found is not None, "q3 is a list, a set or a column of event ids.", because=f"Found {said(values['q3'])}."),
        needs(bool(given) and not missing, "Every event that was public is there.", 2,
              because=f"{len(missing)} of {len(right)} are missing; the first of them is dated "
              f"{_date_of(missing[0])}." if missing else ""),
        needs(bool(given) and not extra and bool(right & set(map(str, given))), "Nothing is there that she could not use.", 2,
              because=f"Not usable: {', '.join(map(said, extra[:3]))}." if extra else "There is none yet."),
    )  # fmt: skip


def _date_of(id: str) -> str:
    return load().cases["syria"].event(id).date.edtf


# Question 4


@cache
def _evidence(country: str) -> dict[str, bool]:
    """What may be named for "SYR" or "VEN": event ids, claim numbers, series; and whether it was public on 2 April 2019."""
    facts, cases = load(), {"SYR": ("syria",), "VEN": ("venezuela", "aftermath")}[country]
    found = {}
    for name in cases:
        for event in facts.cases[name].records if name in facts.cases else ():
            public = (event.known or event.date).b1 or (event.known or event.date).a1
            found[event.id] = public is not None and public <= FROLOV_APPEARED
    found |= {row.id: True for row in facts.claims.itertuples() if set(cases) & set(row.cases)}
    for name in facts.series_names:
        table = facts.series(name)
        if "iso3" in table.columns and (table["iso3"] == country).any():
            found[name] = True
    return found


def _rows(value: object) -> list[list]:
    table = as_table(value)
    rows = as_list(value) if table is None else table.values.tolist()
    return [as_list(row) or [row] for row in rows or []]


def _numbers(bad: list[int]) -> str:
    return ("Look at row " if len(bad) == 1 else "Look at rows ") + ", ".join(map(str, bad)) + "."


def _differences(values: dict) -> Outcome:
    rows = _rows(values["q4"])
    short = [n for n, row in enumerate(rows, 1) if len(row) != 3]
    cells = [[as_text(cell) or "" for cell in (row + ["", "", ""])[:3]] for row in rows]
    vague = [n for n, (sentence, _, _) in enumerate(cells, 1) if len(sentence.split()) < 6]
    unknown = {c: [n for n, row in enumerate(cells, 1) if row[place] not in _evidence(c)] for place, c in ((1, "SYR"), (2, "VEN"))}
    late = [n for n, row in enumerate(cells, 1)
            if not (_evidence("SYR").get(row[1], True) and _evidence("VEN").get(row[2], True))]  # fmt: skip
    twice = [n for n, row in enumerate(cells, 1) if any(row[1:] == other[1:] or row[0].casefold() == other[0].casefold()
                                                        for other in cells[: n - 1])]  # fmt: skip
    some, none_yet = bool(rows), "There is none yet."
    return judge(
        needs(len(rows) >= 3, "differences has at least three rows.", 1, because=f"Found {len(rows)}."),
        needs(some and not short and not vague, "Each row has three parts and begins with a sentence of six words or more.", 1,
              because=_numbers(sorted({*short, *vague})) if some else none_yet),
        needs(some and not unknown["SYR"], "The second part of each row is evidence on Syria that the kit has.", 1,
              because=_numbers(unknown["SYR"]) if some else none_yet),
        needs(some and not unknown["VEN"], "The third part of each row is evidence on Venezuela that the kit has.", 1,
              because=_numbers(unknown["VEN"]) if some else none_yet),
        needs(some and not late and not (unknown["SYR"] and unknown["VEN"]), "All of it was public on 2 April 2019.", 1,
              because=_numbers(late) if late else none_yet),
        needs(some and not twice, "No row repeats the sentence or the evidence of another.", 1,
              because=_numbers(twice) if some else none_yet),
    )  # fmt: skip


# Questions 5 and 6: a reader marks them; the check looks at the form alone


def _form(name: str, low: int, high: int, *, paragraph: bool = False):
    def mark(values: dict) -> Outcome:
        text = as_text(values[name]) or ""
        words = len(text.split())
        conditions = [
            needs(low <= words <= high, f"The text has {low} to {high} words.", because=f"It has {words}."),
            needs(bool(re.search(r"\d", text)), "The text has a figure, a date or a claim's number in it."),
        ]
        if paragraph:
            conditions.append(needs(bool(re.search(r"(¶|\bpar(agraph|\.)?)\s*7\b", text, re.I)),
                                    "The text names the paragraph, as ¶7 or paragraph 7."))  # fmt: skip
        return judge(*conditions)

    return mark


QUESTIONS = (
    Question(
        "still-secret", 1, kind="quick", mark=_still_secret,
        hints=("Compare the two pictures: which mark is in the first and not in the second, though it lies left of 15 September?",
               "In the table, look for the row whose `known` is later than its `date` by months."),
        wrong={
            "not yet happened": Wrong(lambda v: same_text(v["still_secret"], "syria-2015-first-strikes"),
                                      "The strikes had not happened by 15 September. Look for something that had."),
            "public at once": Wrong(lambda v: _summer().get(as_text(v["still_secret"])) is True,
                                    "This one could be read in the newspapers before 15 September. Its `known` is blank or early."),
            "a title": Wrong(lambda v: as_text(v["still_secret"]) in _titles(),
                             "This is the title. Write the id, from the first column of the table."),
        },
        solution=f'`"{SECRET}"`: signed on 26 August 2015, published in January 2016.',
    ),
    Question(
        "like-with-like", 1, kind="quick", mark=_like_with_like,
        hints=("Were the men at Caracas counted on a day, or over years?",
               "Take one of the rows of Syria whose `kind` is stock. The one nearest to the beginning fits best."),
        wrong={
            "a flow": Wrong(lambda v: near(v["like_with_like"], _presence()["syria-2018-08-served"]),
                            "This is everybody who served in three years, a flow. The men at Caracas were counted once, on arrival."),
            "sorties": Wrong(lambda v: near(v["like_with_like"], _presence()["syria-2018-08-sorties"]),
                             "This counts flights, not people."),
            "Caracas itself": Wrong(lambda v: near(v["like_with_like"], _presence()["venezuela-2019-03-landed"]),
                                    "This is the number for Caracas itself. Which number of Syria belongs beside it?"),
        },
        solution="A count on a day: about 2,000 when the strikes began or about 4,000 in November 2015. (2,954 in March 2018 is a "
                 "count on a day too, of a later stage.) The 63,012 are a flow.",
    ),
    Question(
        "dated-claim", 1, kind="quick", mark=_dated_claim,
        hints=("Look for the words “to this day” in the guide to Lake.", "It stands in ¶3 and names Assad."),
        wrong={
            "Frolov's": Wrong(lambda v: (as_text(v["dated_claim"]) or "")[:1] in "Ff" and bool(as_text(v["dated_claim"])),
                              "The numbers of Frolov's claims begin with F. The question asks for one of Lake's."),
            "never settled": Wrong(lambda v: same_text(v["dated_claim"], "L07"),
                                   "L07 was contested on the day when it was written, and still is."),
            "the past": Wrong(lambda v: same_text(v["dated_claim"], "L06"),
                              "L06 is about the summer of 2015. What happened in 2024 cannot change it."),
        },
        solution='`"L08"`: Assad was in power on 27 March 2019 and fell on 8 December 2024.',
    ),
    Question(
        "q1", 3, answers=("present", "served", "sorties_a_day"), mark=_three_numbers,
        hints=("The column `kind` says whether a number counts people on a day, people over years, or flights.",
               "Take the dates from `syria.event(\"syria-2015-first-strikes\").date.a0` and from the event of 22 August 2018; "
               "one date minus another has `.days`.",
               "Divide the sorties by the number of days."),
        wrong={
            "swapped": Wrong(lambda v: near(v["present"], _presence()["syria-2018-08-served"])
                             or near(v["served"], _presence()["syria-2015-11-present"]),
                             "present and served have changed places. Who was there on a day, and who in three years?"),
            "another day": Wrong(lambda v: not near(v["present"], _presence()["syria-2015-11-present"])
                                 and any(near(v["present"], n) for n in _stocks_in_syria()),
                                 "This is a count on a day, of another day. Look at the column `date`."),
            "all sorties": Wrong(lambda v: near(v["sorties_a_day"], _presence()["syria-2018-08-sorties"]),
                                 "This is the number of all sorties. Divide it by the days."),
            "people a day": Wrong(lambda v: near(v["sorties_a_day"], _presence()["syria-2018-08-served"] / _campaign_days(), 0.15),
                                  "This divides people by days. Sorties are flights: another row."),
            "sorties a year": Wrong(lambda v: near(v["sorties_a_day"], _presence()["syria-2018-08-sorties"]
                                                   / (_campaign_days() / 365.25), 600),
                                    "This is the number for a year. The question asks for a day."),
        },
    ),
    Question(
        "q2", 4, answers=("before", "after"), mark=_two_means,
        hints=("Choose the rows with `iso3 == 'SYR'` and `supplier_iso3 == 'RUS'`.",
               "A mean for a year is a sum divided by the number of years. How many years are there from 2015 to 2019?",
               "A missing year is a year with zero: `.set_index(\"year\")[\"value\"].reindex(range(2010, 2020), fill_value=0)`."),
        wrong={
            "four rows": Wrong(lambda v: near(v["after"], _mean(_listed_years(2015, 2019)), 0.06),
                               "You divided by the rows that are there. A year that is missing had deliveries of zero and still counts: "
                               "divide by five."),
            "median": Wrong(lambda v: _either(v, lambda a, b: _median(_years(a, b)))
                            or _either(v, lambda a, b: _median(_listed_years(a, b))),
                            "This is a median, the value in the middle. The question asks for the mean."),
            "sum": Wrong(lambda v: _either(v, lambda a, b: sum(_years(a, b))),
                         "This is the sum of the five years. Divide it by five."),
            "order year": Wrong(lambda v: _either(v, lambda a, b: _mean(_years(a, b, "sipri_tiv_by_order_year"))),
                                "This books each weapon in the year when it was ordered. Use the series of deliveries."),
            "swapped": Wrong(lambda v: near(v["before"], _mean(_years(2015, 2019)), 0.06)
                             or near(v["after"], _mean(_years(2010, 2014)), 0.06),
                             "before and after have changed places."),
        },
    ),
    Question(
        "q3", 4, mark=_usable,
        hints=("`syria.events` has the columns `date` and `known`. Which of the two decides?",
               "Begin with all events from 1 July to 15 September 2015. Then take out what became public later.",
               "Look at the basing agreement: it was signed in August 2015. When did the public read it?"),
        wrong={
            "by date alone": Wrong(lambda v: SECRET in (_ids(v["q3"]) or []),
                                   "The basing agreement was signed in August and kept secret. Look at its `known`."),
            "titles": Wrong(lambda v: bool(set(map(str, _ids(v["q3"]) or [])) & _titles()),
                            "These are titles. The question asks for ids, such as \"syria-2015-first-strikes\"."),
            "too late": Wrong(lambda v: "syria-2015-first-strikes" in (_ids(v["q3"]) or []),
                              "On 15 September the first strikes had not happened. Stop at that evening."),
        },
    ),
    Question(
        "q4", 6, answers=("differences",), mark=lambda values: _differences({"q4": values["differences"]}),
        hints=("A row looks like this: `(\"Syria had …; Venezuela had …\", \"ucdp_conflict_years\", \"ucdp_conflict_years\")`.",
               "Ids of events stand in `an.case(\"syria\").events` and `an.case(\"venezuela\").events`, in the column id.",
               "Look at the table at the end of the lesson, and find evidence for three of its rows."),
        wrong={
            "hindsight": Wrong(lambda v: any(not _evidence("SYR").get(str(cell), True) or not _evidence("VEN").get(str(cell), True)
                                             for row in _rows(v["differences"]) for cell in row[1:]),
                               "Something here happened or became public after 2 April 2019. Neither author could know it."),
            "changed places": Wrong(lambda v: any(len(row) == 3 and str(row[1]) not in _evidence("SYR") and str(row[1]) in _evidence("VEN")
                                                  for row in _rows(v["differences"])),
                                    "In one row the evidence on Venezuela stands second. Syria comes first."),
            "pairs": Wrong(lambda v: bool(_rows(v["differences"])) and all(len(row) == 2 for row in _rows(v["differences"])),
                           "Each row has two parts. It needs three: a sentence, evidence on Syria, evidence on Venezuela."),
            "sentences": Wrong(lambda v: bool(_rows(v["differences"])) and all(len(row) == 1 for row in _rows(v["differences"])),
                               "There are sentences without evidence. Make each a row: (sentence, evidence on Syria, evidence on Venezuela)."),
        },
    ),
    Question("q5", 8, kind="written", mark=_form("q5", 120, 180, paragraph=True)),
    Question("q6", 10, kind="written", mark=_form("q6", 150, 220)),
)
