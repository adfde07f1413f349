"""Questions of 04-nicaragua-1980s: three quick checks in the lesson, six questions in the exercise."""

from __future__ import annotations

from ..answers import as_text, near, same_text
from ..evidence import evidence_on, public_by
from ..form import a_figure, form, the_paragraph
from ..question import Question, Wrong, WrongAnswer
from ..rows import as_rows, lengths
from ..rows import ids as given_ids
from .nicaragua_marks import (
    FROLOV_APPEARED, between_the_two, comparison, first_money, four_points, kind, secret, three_sums, times_the_lowest,
)  # fmt: skip
from .nicaragua_numbers import FIRST_MONEY, agreement, aid, begun, closeness, cubans, gap, growth, ids, lead, rise

_BEFORE = ("nicaragua-1981-clarridge", "nicaragua-1981-nsdd-17")
_NOT_BEGUN = ("nicaragua-1984-saudi-money", "nicaragua-1984-nsc-network", "nicaragua-1984-lugansk")


def _ids(v: dict) -> set[str]:
    return set(map(str, given_ids(v["q3"]) or []))


def _rises(v: dict, nicaragua: float, venezuela: float) -> bool:
    """Whether one of the two rises of question 2 is the given number."""
    return near(v["rise_nicaragua"], nicaragua, 0.06) or near(v["rise_venezuela"], venezuela, 0.06)


def _leads(v: dict, first: float, last: float) -> bool:
    """Whether one of its two leads is."""
    return near(v["lead_1980"], first, 0.06) or near(v["lead_1989"], last, 0.06)


QUESTIONS = (
    Question(
        "cubans", 1, kind="quick", mark=times_the_lowest,
        hints=("A range stands in `low` and `high`, a single figure in `value`. Look through all three columns.",
               "The highest is American, the lowest is from Havana. Divide the first by the second."),
        wrong={
            "low end": Wrong(lambda v: near(v["cubans"], cubans()[2] / cubans()[0], 0.06) or near(v["cubans"], cubans()[2] / cubans()[1], 0.06),
                             "The American figure is a range. You used its lower end."),
            "single figures": Wrong(lambda v: near(v["cubans"], cubans()[1] / cubans()[0], 0.06),
                                    "These are the two figures in the column `value`. The highest stands in another column."),
            "not the lowest": Wrong(lambda v: near(v["cubans"], cubans()[-1] / cubans()[1], 0.06), "One party gave a figure below Ortega's."),
            "upside down": Wrong(lambda v: near(v["cubans"], cubans()[0] / cubans()[-1], 0.006),
                                 "You divided the lowest by the highest. Turn it round."),
            "difference": Wrong(lambda v: near(v["cubans"], cubans()[-1] - cubans()[0]),
                                "This is the difference. How many *times* is a quotient."),
        },
        solution="12.5: American intelligence gave up to 3,500, Havana 280.",
    ),
    Question(
        "first-money", 1, kind="quick", mark=first_money,
        hints=("A plan is not money, and neither is a directive. Which title says that support was approved?",
               "It is dated 1 December 1981, and the word for it is *finding*."),
        wrong={
            "the directive": Wrong(lambda v: same_text(v["first_money"], "nicaragua-1981-nsdd-17"),
                                   "The directive speaks of support for democratic forces. The money and the men were in a separate finding."),
            "the plan": Wrong(lambda v: same_text(v["first_money"], "nicaragua-1981-clarridge", "nicaragua-1981-enders-talks-fdn"),
                              "Here there were people and a plan, and no American money yet."),
            "the war": Wrong(lambda v: same_text(v["first_money"], "nicaragua-1982-contra-war-opens"),
                             "By this attack the money had been approved for three months."),
            "aid to Managua": Wrong(lambda v: same_text(v["first_money"], "nicaragua-1981-aid-suspended", "nicaragua-1981-aid-ended"),
                                    "This is about aid to the Sandinista government, which was stopped."),
            "Abrams": Wrong(lambda v: (as_text(v["first_money"]) or "").startswith("nicaragua-1985"),
                            "By 1985 the money had been flowing for more than three years."),
            "a title": Wrong(lambda v: as_text(v["first_money"]) in ids(),
                             "This is a title. Write the id; `beginning[\"id\"]` lists the ids."),
        },
        solution=f'`"{FIRST_MONEY}"`: on 1 December 1981 Reagan approved about 19 million dollars for some 500 men.',
    ),
    Question(
        "closeness", 1, kind="quick", mark=between_the_two,
        hints=("Use the column `above the median, points`.",
               "Take Nicaragua's value of 1980–1989 and Venezuela's of 2013–2019, and subtract one from the other."),
        wrong={
            "raw": Wrong(lambda v: near(v["closeness"], closeness()["raw"], 0.6),
                         "This is the difference of the raw shares. Each share must first lose its own median."),
            "medians": Wrong(lambda v: near(v["closeness"], closeness()["medians"], 0.06),
                             "This is the difference of the two medians: what the agenda did, not what the clients did."),
            "one of them": Wrong(lambda v: any(near(v["closeness"], closeness()[one], 0.06) for one in ("Nicaragua", "Venezuela")),
                                 "This is one client's distance from the median. The question asks how far the two clients differ."),
            "room": Wrong(lambda v: near(v["closeness"], closeness()["room"], 0.15),
                          "This comes from the last column, the share of the room. It is the other choice; the question asks for points."),
        },
        solution="1.0 point: Nicaragua stood 7.7 points above its median state and Venezuela 6.7 above its own. The raw shares differ by 21.4.",
    ),
    Question(
        "q1", 4, answers=("voted", "for_arms", "gap_days"), mark=three_sums,
        hints=("Take the rows with `series == 'contra aid voted'` and the column `value`. Which row ends on 29 February 1988?",
               "The notes say “non-lethal” where money could not buy weapons, and for 1986 how much of the 100 was military. The first Boland "
               "amendment barred a purpose, not weapons.",
               "One date is that of `nicaragua-1984-boland-2`, the other stands at the beginning of the note for 1986. "
               "`import datetime as dt` gives you `dt.date(1986, 10, 18)`."),
        wrong={
            "all rows": Wrong(lambda v: near(v["voted"], aid()["all"], 0.06),
                              "This is the sum of all rows, to 1989. Stop at the stopgaps that ended on 29 February 1988."),
            "others": Wrong(lambda v: any(near(v["voted"], aid()[sum] + aid()["others"], 0.06) for sum in ("voted", "all")),
                            "The 88 million came from others, in secret. It is another series: Congress never voted it."),
            "high": Wrong(lambda v: near(v["voted"], aid()["high"], 0.001), "You added the column `high`. Use `value`."),
            "whole 1986": Wrong(lambda v: near(v["for_arms"], aid()["whole"], 0.06),
                                "Not all of the 100 million of 1986 was military. The note says how much."),
            "without 1986": Wrong(lambda v: near(v["for_arms"], aid()["without"], 0.06), "Part of the money of 1986 could buy weapons."),
            "Boland I as a ban": Wrong(lambda v: near(v["for_arms"], aid()["banned"], 0.06),
                                       "You left out the money of 1982. The first Boland amendment barred a purpose, not weapons."),
            "1986 alone": Wrong(lambda v: near(v["for_arms"], aid()["arms"] - aid()["without"], 0.06),
                                "This is the part of 1986 alone. Earlier money could buy weapons too."),
            "all of it": Wrong(lambda v: near(v["for_arms"], aid()["voted"], 0.06), "Some of it could buy food and clothing only."),
            "the House": Wrong(lambda v: near(v["gap_days"], gap()["House"], 1),
                               "On that day the House approved. The money could be spent from 18 October 1986, says the note."),
            "food": Wrong(lambda v: near(v["gap_days"], gap()["food"], 1), "The money of August 1985 could not buy weapons."),
            "another law": Wrong(lambda v: near(v["gap_days"], gap()["Boland I"], 15) or near(v["gap_days"], gap()["cap"], 1),
                                 "You began with an earlier law. The second Boland amendment is of October 1984."),
            "the stopgap": Wrong(lambda v: near(v["gap_days"], gap()["stopgap"], 1),
                                 "You began with the stopgap law of 3 October 1984. Take the date of the event of the second Boland amendment."),
            "months": Wrong(lambda v: near(v["gap_days"], gap()["right"] / 30.4, 1) or near(v["gap_days"], gap()["right"] / 365.25, 0.1),
                            "These are months or years. The question asks for days."),
        },
    ),
    Question(
        "q2", 4, answers=("rise_nicaragua", "rise_venezuela", "lead_1980", "lead_1989"), mark=four_points,
        hints=("Choose the rows with `partner == 'RUS'`; in this series RUS covers the Soviet Union.",
               "A rise in points is one share less another: no division.",
               "`votes.pivot(index=\"year\", columns=\"country\", values=\"agreement_percent\")` puts the countries side by side."),
        wrong={
            "per cent": Wrong(lambda v: _rises(v, growth("Nicaragua"), growth("Venezuela")),
                              "You divided by the share of 1980. The question asks for points: subtract only."),
            "Washington": Wrong(lambda v: _rises(v, rise("Nicaragua", "USA"), rise("Venezuela", "USA"))
                                or _leads(v, lead(1980, "USA"), lead(1989, "USA")),
                                "These are votes shared with Washington. Take `partner == 'RUS'`."),
            "countries swapped": Wrong(lambda v: _rises(v, rise("Venezuela"), rise("Nicaragua")),
                                       "The two rises have changed places."),
            "backwards": Wrong(lambda v: _rises(v, -rise("Nicaragua"), -rise("Venezuela")),
                               "A rise is the later share less the earlier one."),
            "Venezuela first": Wrong(lambda v: _leads(v, -lead(1980), -lead(1989)),
                                     "A lead of Nicaragua's is its share less Venezuela's."),
            "shares": Wrong(lambda v: _leads(v, agreement("Nicaragua")[1980], agreement("Nicaragua")[1989]),
                            "This is Nicaragua's share itself. Subtract Venezuela's."),
            "levels": Wrong(lambda v: _rises(v, agreement("Nicaragua")[1989], agreement("Venezuela")[1989]),
                            "This is the share of 1989. A rise is that share less the share of 1980."),
            "change of the lead": Wrong(lambda v: any(near(v["lead_1989"], sign * (lead(1989) - lead(1980)), 0.06) for sign in (1, -1)),
                                        "This is by how much the lead changed. Give the lead itself, in each year."),
            "years swapped": Wrong(lambda v: _leads(v, lead(1989), lead(1980)),
                                   "The two leads have changed places."),
        },
    ),
    Question(
        "q3", 4, mark=secret,
        hints=("Which column tells when an event became public? Where that column is blank, the event was public on its own date.",
               "Begin with the events from 1 December 1981 to 8 March 1984. Then keep those whose `known` is later than 8 March 1984.",
               "Both were acts of the CIA on the coast. The newspapers reported its part in April 1984."),
        wrong={
            "covert by name": Wrong(lambda v: FIRST_MONEY in _ids(v),
                                    "The finding was covert by name. The Washington Post printed it in March 1982: look at `known`."),
            "not begun": Wrong(lambda v: bool(_ids(v) & set(_NOT_BEGUN)), "Something here had not begun by 8 March 1984."),
            "earlier": Wrong(lambda v: bool(_ids(v) & set(_BEFORE)),
                             "Something here is older than the finding of 1 December 1981, with which the question begins."),
            "what she knew": Wrong(lambda v: bool(_ids(v) & {id for id, public in begun().items() if public} - {FIRST_MONEY}),
                                   "Something here was in the newspapers. The question asks for what was *not* public."),
            "titles": Wrong(lambda v: bool(_ids(v) & ids().keys()),
                            "These are titles. The question asks for ids, such as \"nicaragua-1984-lugansk\"."),
        },
    ),
    Question(
        "q4", 8, answers=("comparison",), mark=comparison,
        hints=("A row looks like this: `(\"unlike\", \"Nicaragua had …; Venezuela had …\", \"ucdp_conflict_years\", \"ucdp_conflict_years\")`.",
               "Ids of events stand in `an.case(\"nicaragua\").events` and `an.case(\"venezuela\").events`, in the column id.",
               "Look at the twelve lines at the end of the lesson: six are likenesses, five are differences. Find evidence for two of each."),
        wrong={
            "hindsight": Wrong(lambda v: any(not public_by(str(cell), FROLOV_APPEARED) for row in as_rows(v["comparison"]) for cell in row[2:]),
                               "Something here happened or became public after 2 April 2019. Frolov could not know it."),
            "changed places": Wrong(lambda v: any(len(row) == 4 and row[2] not in evidence_on("Nicaragua") and row[2] in evidence_on("Venezuela")
                                                  for row in as_rows(v["comparison"])),
                                    "In one row the evidence on Venezuela stands third. Nicaragua comes first."),
            "no kind": Wrong(lambda v: any(len(row) == 3 and not kind(str(row[0])) for row in as_rows(v["comparison"])),
                             "A row does not say what it is. Begin it with \"like\" or \"unlike\"."),
            "one row": Wrong(lambda v: lengths(v["comparison"]) == {1} and bool(kind(str(as_rows(v["comparison"])[0][0]))),
                             "This is one row. Put rows into a list: `[(...), (...), (...), (...)]`."),
            "one kind": Wrong(lambda v: len(rows := as_rows(v["comparison"])) >= 2 and min(map(len, rows)) >= 3
                              and len({kind(str(row[0])) for row in rows} - {""}) == 1,
                              "All rows are of one kind. An analogy is tested by both: two likenesses and two differences."),
            "sentences": Wrong(lambda v: lengths(v["comparison"]) == {1} and not kind(str(as_rows(v["comparison"])[0][0])),
                               "There are sentences without evidence. Make each a row: (\"like\" or \"unlike\", sentence, evidence on Nicaragua, "
                               "evidence on Venezuela)."),
        },
    ),
    Question("q5", 8, kind="written", mark=form("q5", 120, 180, a_figure(), the_paragraph(10))),
    Question("q6", 10, kind="written", mark=form("q6", 150, 220, a_figure())),
)

_DUTY = ("like", "Moscow was not bound by treaty to defend Managua or Caracas.", "nicaragua-1980-party-agreement", "F27")
_CREDIT = ("like", "Moscow delivered weapons on credit to Nicaragua and to Venezuela.", "sipri_tiv_deliveries", "venezuela-2009-arms-loan")
_WAR = ("unlike", "Nicaragua was at war in 1985 and Venezuela was not in 2019.", "ucdp_conflict_years", "ucdp_conflict_years")
_OIL = ("unlike", "Nicaragua received oil on credit and Venezuela paid its debts with oil.", "nicaragua-1985-soviet-oil", "pdvsa_debt_to_rosneft")
_LATER = ("unlike", "The Sandinistas lost a vote but Maduro was seized by force.", "nicaragua-1990-chamorro-wins", "aftermath-2026-maduro-seized")
_IN_THE_PAPERS = (FIRST_MONEY, "nicaragua-1982-contra-war-opens", "nicaragua-1982-boland-1", "nicaragua-1983-contadora", "nicaragua-1983-cap")
_SECRET = ("nicaragua-1983-corinto-raid", "nicaragua-1984-harbours-mined")

# Read by the tests alone: right answers, typed here so that they do not come from the code that marks them ...
SOLUTIONS = {
    "cubans": (12.5,), "first-money": ("nicaragua-1981-covert-finding",), "closeness": (1.0,), "q1": (209, 132, 736),
    "q2": (18.6, 29.7, 14.5, 3.4), "q3": (list(_SECRET),), "q4": ([_DUTY, _CREDIT, _WAR, _OIL],),
}  # fmt: skip
# ... and wrong ones: name, question, values, marks, words that must be shown.
WRONG_ANSWERS = (
    WrongAnswer("the lower end of the range", "cubans", (8.93,), 0, "its lower end"),
    WrongAnswer("the column value alone", "cubans", (2.81,), 0, "stands in another column"),
    WrongAnswer("from Ortega's figure", "cubans", (4.45,), 0, "below Ortega's"),
    WrongAnswer("upside down", "cubans", (0.08,), 0, "Turn it round"),
    WrongAnswer("subtracted", "cubans", (3220,), 0, "This is the difference"),
    WrongAnswer("a text", "cubans", ("12.5",), 0, "without quotation marks"),
    WrongAnswer("the directive", "first-money", ("nicaragua-1981-nsdd-17",), 0, "in a separate finding"),
    WrongAnswer("the plan", "first-money", ("nicaragua-1981-clarridge",), 0, "no American money yet"),
    WrongAnswer("the founding of the FDN", "first-money", ("nicaragua-1981-enders-talks-fdn",), 0, "no American money yet"),
    WrongAnswer("the bridges", "first-money", ("nicaragua-1982-contra-war-opens",), 0, "approved for three months"),
    WrongAnswer("the end of aid to Managua", "first-money", ("nicaragua-1981-aid-ended",), 0, "to the Sandinista government"),
    WrongAnswer("Abrams takes office", "first-money", ("nicaragua-1985-abrams-appointed",), 0, "more than three years"),
    WrongAnswer("a title", "first-money", ("Finding authorises CIA support to the Contras",), 0, "Write the id"),
    WrongAnswer("raw shares", "closeness", (21.4,), 0, "lose its own median"),
    WrongAnswer("raw shares, rounded", "closeness", (22,), 0, "lose its own median"),
    WrongAnswer("the medians", "closeness", (20.4,), 0, "what the agenda did"),
    WrongAnswer("Nicaragua alone", "closeness", (7.7,), 0, "one client's distance"),
    WrongAnswer("the share of the room", "closeness", (22.2,), 0, "the share of the room"),
    WrongAnswer("a text", "closeness", ("1.0",), 0, "without quotation marks"),
    WrongAnswer("to 1989", "q1", (303.55, 132, 736), 3, "the sum of all rows"),
    WrongAnswer("with the money of others", "q1", (297, 132, 736), 3, "Congress never voted it"),
    WrongAnswer("the high ends", "q1", (209.95, 132, 736), 3, "the column `high`"),
    WrongAnswer("all of the hundred", "q1", (209, 162, 736), 2, "The note says how much"),
    WrongAnswer("nothing of the hundred", "q1", (209, 62, 736), 2, "Part of the money of 1986"),
    WrongAnswer("the first Boland amendment as a ban", "q1", (209, 113, 736), 2, "barred a purpose, not weapons"),
    WrongAnswer("the seventy alone", "q1", (209, 70, 736), 2, "the part of 1986 alone"),
    WrongAnswer("food as arms", "q1", (209, 209, 736), 2, "food and clothing only"),
    WrongAnswer("to the vote of the House", "q1", (209, 132, 621), 3, "On that day the House approved"),
    WrongAnswer("to the food of 1985", "q1", (209, 132, 307), 3, "could not buy weapons"),
    WrongAnswer("from the first amendment", "q1", (209, 132, 1397), 3, "You began with an earlier law"),
    WrongAnswer("from the stopgap", "q1", (209, 132, 745), 3, "the stopgap law"),
    WrongAnswer("in years", "q1", (209, 132, 2), 3, "These are months or years"),
    WrongAnswer("in months", "q1", (209, 132, 24), 3, "These are months or years"),
    WrongAnswer("texts", "q1", ("209", "132", "736"), 0, "without quotation marks"),
    WrongAnswer("per cent", "q2", (23.4, 45.7, 14.5, 3.4), 2, "subtract only"),
    WrongAnswer("with Washington", "q2", (-7.4, -18.4, -13.3, -2.3), 0, "shared with Washington"),
    WrongAnswer("countries changed", "q2", (29.7, 18.6, 14.5, 3.4), 2, "The two rises have changed places"),
    WrongAnswer("backwards", "q2", (-18.6, -29.7, 14.5, 3.4), 2, "the later share less the earlier"),
    WrongAnswer("Venezuela less Nicaragua", "q2", (18.6, 29.7, -14.5, -3.4), 2, "its share less Venezuela's"),
    WrongAnswer("shares for leads", "q2", (18.6, 29.7, 79.6, 98.2), 2, "Nicaragua's share itself"),
    WrongAnswer("shares for rises", "q2", (98.2, 94.8, 14.5, 3.4), 2, "the share of 1989"),
    WrongAnswer("the change of the lead", "q2", (18.6, 29.7, 14.5, -11.1), 3, "by how much the lead changed"),
    WrongAnswer("years changed", "q2", (18.6, 29.7, 3.4, 14.5), 2, "The two leads have changed places"),
    WrongAnswer("a text", "q2", ("18.6", 29.7, 14.5, 3.4), 3, "Text stands in rise_nicaragua"),
    WrongAnswer("covert by name", "q3", ([*_SECRET, FIRST_MONEY],), 2, "covert by name"),
    WrongAnswer("one of two", "q3", (list(_SECRET[1:]),), 2, "1 of 2 is missing"),
    WrongAnswer("what was public", "q3", (["nicaragua-1982-boland-1", "nicaragua-1983-cap"],), 0, "in the newspapers"),
    WrongAnswer("the Saudi money", "q3", ([*_SECRET, "nicaragua-1984-saudi-money"],), 2, "had not begun"),
    WrongAnswer("Clarridge's plan", "q3", ([*_SECRET, "nicaragua-1981-clarridge"],), 2, "older than the finding"),
    WrongAnswer("the directive", "q3", ([*_SECRET, "nicaragua-1981-nsdd-17"],), 2, "older than the finding"),
    WrongAnswer("titles", "q3", (["CIA mines Nicaraguan harbours"],), 0, "These are titles"),
    WrongAnswer("all that had begun", "q3", ([*_SECRET, *_IN_THE_PAPERS],), 0, "choose"),
    WrongAnswer("a number", "q3", (2,), 0, "a list, a set or a column"),
    WrongAnswer("letters for sentences", "q4", ([(row[0], f"{n} x x x x x", *row[2:]) for n, row in enumerate((_DUTY, _CREDIT, _WAR, _OIL))],), 0,
                "six different words"),
    WrongAnswer("letters on both", "q4", ([(row[0], f"both a b c d {n}", *row[2:]) for n, row in enumerate((_DUTY, _CREDIT, _WAR, _OIL))],), 0,
                "on both countries"),
    WrongAnswer("one country", "q4", ([(row[0], f"Nicaragua had war, arms and oil in line {n}.", *row[2:]) for n, row in
                                       enumerate((_DUTY, _CREDIT, _WAR, _OIL))],), 0, "on both countries"),
    WrongAnswer("likenesses alone", "q4", ([_DUTY, _CREDIT],), 4, "All rows are of one kind"),
    WrongAnswer("one of each", "q4", ([_DUTY, _WAR],), 4, "Found 1"),
    WrongAnswer("hindsight", "q4", ([_DUTY, _CREDIT, _WAR, _LATER],), 6, "Frolov could not know it"),
    WrongAnswer("sides changed", "q4", ([_DUTY, _CREDIT, _WAR, (*_OIL[:2], _OIL[3], _OIL[2])],), 6, "Nicaragua comes first"),
    WrongAnswer("without a kind", "q4", ([_DUTY[1:], _CREDIT[1:], _WAR[1:], _OIL[1:]],), 0, "Begin it with"),
    WrongAnswer("one row without a list", "q4", (_WAR,), 0, "This is one row"),
    WrongAnswer("sentences alone", "q4", ([_DUTY[1], _CREDIT[1], _WAR[1], _OIL[1]],), 0, "sentences without evidence"),
    WrongAnswer("an id that does not exist", "q4", ([_DUTY, _CREDIT, _WAR, (*_OIL[:2], "nicaragua-oil", _OIL[3])],), 6, "Look at row 4"),
    WrongAnswer("one row four times", "q4", ([_DUTY, _DUTY, _DUTY, _DUTY],), 2, "Look at rows 2, 3, 4"),
    WrongAnswer("a text", "q4", ("There were no Contras in Venezuela.",), 0, "There is none yet"),
)
