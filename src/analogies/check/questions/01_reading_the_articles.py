"""Questions of 01-reading-the-articles: three quick checks in the lesson, six questions in the exercise."""

from __future__ import annotations

import re

from analogies.methods.coding import read_coding

from ..answers import as_dict, as_number, as_text, same_text
from ..form import claims, form, the_paragraph
from ..question import Question, Wrong, WrongAnswer
from ..rows import as_rows, ids, lengths
from .reading_marks import (
    as_shares, border, coded, coding_form, corrections, no_name, paragraph_of, parts, sample, three_shares, too_late,
    two_kinds, usable,
)  # fmt: skip
from .reading_numbers import borders, by_date_alone, named_paragraphs, rounded, shares, titles, widest

FROLOV_S_COLUMN, HILL = "venezuela-2019-frolov-article", "venezuela-2019-hill-in-moscow"
LANDING, LETTER = "venezuela-2019-planes-land", "venezuela-2019-menendez-letter"


def _above_1(v: dict) -> bool:
    return any((as_number(value) or 0) > 1 for value in v.values())


def _first_cells(v: dict) -> list[str]:
    return [str(row[0]).strip().upper() for row in as_rows(v["changed"]) if row]


QUESTIONS = (
    Question(
        "no-name", 1, kind="quick", mark=no_name,
        hints=("Look in the guide to Lake for the words “American official”.",
               "In the table of claims, `speaker` begins with “unnamed” in that paragraph."),
        wrong={
            "a named one": Wrong(lambda v: paragraph_of(v["no_name"]) in named_paragraphs(),
                                 "Somebody with a name speaks there: Pompeo and Lavrov in ¶2, Senator Menéndez in ¶9."),
            "how many": Wrong(lambda v: paragraph_of(v["no_name"]) == 3,
                              "Three is how many claims the official makes. In which paragraph do they stand?"),
            "a claim": Wrong(lambda v: bool(re.fullmatch(r"[FfLl]\d+", as_text(v["no_name"]) or "")),
                             "This is the number of a claim. In which paragraph does the official speak?"),
            "too far": Wrong(lambda v: (paragraph_of(v["no_name"]) or 0) > 10, "Lake's column has ten paragraphs."),
        },
        solution="`4`: an American official, close to the crisis, is the voice behind `L10`, `L11` and `L12`.",
    ),
    Question(
        "too-late-for-lake", 1, kind="quick", mark=too_late,
        hints=("Whose words does Frolov report in ¶2? The guide says it.", "It is dated 29 March 2019, and its id names the speaker."),
        wrong={
            "Abrams": Wrong(lambda v: same_text(v["too_late_for_lake"], "venezuela-2019-abrams-s300"),
                            "Lake could not know it, that is right. Abrams stands in Frolov's ¶3, and there without the air defences."),
            "Trump": Wrong(lambda v: same_text(v["too_late_for_lake"], "venezuela-2019-get-out"),
                           "Trump said this on the day of Lake's column. Frolov has it in ¶1."),
            "the third of March": Wrong(lambda v: same_text(v["too_late_for_lake"], "venezuela-2019-bolton-monroe"),
                                        "Bolton named the doctrine on 3 March, and Lake could know that. Look for the warning that came later."),
            "a column": Wrong(lambda v: same_text(v["too_late_for_lake"], FROLOV_S_COLUMN, "venezuela-2019-lake-article"),
                              "This is one of the two columns. Look for something that one of them reports."),
            "a title": Wrong(lambda v: as_text(v["too_late_for_lake"]) in titles(),
                             "This is the title. Write the id, from the first column of the table."),
        },
        solution='`"venezuela-2019-bolton-statement"`: two days after Lake, four days before Frolov.',
    ),
    Question(
        "border", 1, kind="quick", mark=border,
        hints=("Look at the table that the cell `lake.differing` made, and count pairs in its last two columns.",
               "Four of the five claims on that border are about what an official or a report says."),
        wrong={
            "Frolov's": Wrong(lambda v: two_kinds(v["border"]) == widest("frolov"),
                              "This is the widest border over Frolov's claims, and the second over Lake's. Count again in the first of the two tables."),
            "a small one": Wrong(lambda v: borders("lake").get(two_kinds(v["border"]) or frozenset()) == 1,
                                 "One claim of Lake's lies on this border. There is a border with more."),
            "one kind": Wrong(lambda v: len(parts(v["border"])) == 1, "A border has two sides. Write two kinds."),
            "other words": Wrong(lambda v: len(parts(v["border"])) > 1 and two_kinds(v["border"]) is None,
                                 "Write two kinds, as the table has them: fact, interpretation, prediction, analogy, quotation."),
        },
        solution='`["fact", "quotation"]`: five claims, `L05`, `L10`, `L11`, `L12` and `L25`.',
    ),
    Question(
        "q1", 4, answers=("mine", "reasons"), mark=coding_form,
        hints=("The five kinds are fact, interpretation, prediction, analogy and quotation, written out.",
               "Two kinds stand in one text with a semicolon between them: `\"fact;quotation\"`.",
               "A reason looks like this: `reasons = {\"L10\": \"The number is an official's, and nobody else can count.\"}`, with two claims in it."),
        wrong={
            "other words": Wrong(lambda v: any(name in sample() for name in coded(v["mine"])[1]),
                                 "Use the five words of the code book, written out, and at most two of them for one claim."),
            "other claims": Wrong(lambda v: any(name not in sample() for name in as_dict(v["mine"]) or {}),
                                  "Something here is not one of the twelve. `an.coding.sample()` lists their numbers."),
            "short reasons": Wrong(lambda v: any(0 < len((as_text(reason) or "").split()) < 6 for reason in (as_dict(v["reasons"]) or {}).values()),
                                   "A reason here is shorter than six words. Say what made you hesitate."),
            "a list": Wrong(lambda v: isinstance(v["mine"], (list, tuple)),
                            "A list does not say which kind belongs to which claim. Write {\"F05\": \"...\", ...}."),
        },
    ),
    Question(
        "q2", 3, answers=("alike", "chance", "kappa"), mark=three_shares,
        hints=("The claims: `others = coders[coders[\"speaker\"] != \"author\"]`. There are 19.",
               "The main kind stands before the semicolon: `a = others[\"coder A\"].str.split(\";\").str[0]`, and the same for B.",
               "Chance for one kind: `(a == \"fact\").mean() * (b == \"fact\").mean()`. Add this up over the five kinds."),
        wrong={
            "the author's": Wrong(lambda v: as_shares(v, shares("author"), (0, 2)),
                                  "These are the claims in which the author speaks himself. The question asks for the others: `!=`."),
            "all claims": Wrong(lambda v: as_shares(v, shares("all"), (0, 2)),
                                "These are all 71 claims. Take those whose `speaker` is not `author`."),
            "an even chance": Wrong(lambda v: rounded(v["chance"], 0.2),
                                    "One in five would be chance if each kind were as frequent as the next. Use the shares that each coder has."),
            "both kinds": Wrong(lambda v: rounded(v["alike"], shares("others", whole=True)[0]),
                                "You compared the whole cells. Compare the main kind, which stands before the semicolon."),
            "per cent": Wrong(_above_1, "A number above 1 is no share. Write 0.8, not 80."),
            "not corrected": Wrong(lambda v: rounded(v["kappa"], shares()[0]) and rounded(v["alike"], shares()[0]),
                                   "kappa is the share after chance is taken off, so it is less than `alike` here."),
            "not divided": Wrong(lambda v: rounded(v["kappa"], shares()[0] - shares()[1]),
                                 "Divide by (1 − chance) as well."),
        },
    ),
    Question(
        "q3", 4, answers=("between",), mark=usable,
        hints=("`venezuela.events` has the columns `date` and `known`. Which of the two says when it began, and which when one could read of it?",
               "Begin with the rows whose `date` lies from 27 March to 1 April 2019. Then take out what became public later.",
               "A `date` of 2019-04 is some day in April. When did the public hear of it?"),
        wrong={
            "by date alone": Wrong(lambda v: bool(set(map(str, ids(v["between"]) or [])) & by_date_alone()),
                                   "Something here happened in those days and became known months later. Look at its `known`."),
            "before": Wrong(lambda v: bool({LANDING, LETTER} & set(map(str, ids(v["between"]) or []))),
                            "Something here began before 27 March, so Lake could know of it."),
            "the column itself": Wrong(lambda v: FROLOV_S_COLUMN in set(map(str, ids(v["between"]) or [])),
                                       "Frolov's column appeared on 2 April. He could not use it."),
            "titles": Wrong(lambda v: bool(set(map(str, ids(v["between"]) or [])) & titles()),
                            "These are titles. The question asks for ids, such as \"venezuela-2019-planes-land\"."),
        },
    ),
    Question(
        "q4", 6, answers=("changed",), mark=corrections,
        hints=("A row looks like this: `(\"L23\", \"menendez2019\", \"none\", \"The body is called Foreign Relations; nothing leans on it.\")`.",
               "`claims.loc[\"L19\", \"sources\"]` lists the keys that you may name for L19.",
               "Which claim leans on which? Ask the maps: `an.argument.of(\"lake\").table`."),
        wrong={
            "another claim's source": Wrong(lambda v: any(len(row) == 4 and _is_source_elsewhere(row) for row in as_rows(v["changed"])),
                                            "A source here belongs to another claim. `claims.loc[\"F05\", \"sources\"]` lists those of F05."),
            "the other article": Wrong(lambda v: any(len(row) == 4 and _other_article(row) for row in as_rows(v["changed"])),
                                       "A claim of the one article leans on a claim of the other. Each author has an argument of his own."),
            "itself": Wrong(lambda v: any(len(row) == 4 and as_text(row[0]) and as_text(row[0]) == as_text(row[2]) for row in as_rows(v["changed"])),
                            "A claim leans on itself here. Name another one, or \"none\"."),
            "twice": Wrong(lambda v: len(set(_first_cells(v))) < len(_first_cells(v)), "One claim stands there twice."),
            "three parts": Wrong(lambda v: 3 in lengths(v["changed"]), "A row has three parts. It needs four: claim, evidence, what leans on it, a sentence."),
            "numbers alone": Wrong(lambda v: lengths(v["changed"]) == {1}, "Make each item a row: (claim, evidence, what leans on it, a sentence)."),
        },
    ),
    Question("q5", 9, kind="written", mark=form("q5", 120, 180, the_paragraph(), claims(3))),
    Question("q6", 10, kind="written", mark=form("q6", 150, 220, the_paragraph(), claims(3))),
)  # fmt: skip


def _is_source_elsewhere(row: list) -> bool:
    from analogies.facts.load import load

    claims = {claim.id: claim for claim in load().claim_records}
    own = claims.get((as_text(row[0]) or "").upper())
    return own is not None and as_text(row[1]) in load().sources and as_text(row[1]) not in own.sources


def _other_article(row: list) -> bool:
    one, other = ((as_text(cell) or "").upper() for cell in (row[0], row[2]))
    return {one, other} <= read_coding("A").keys() and one[0] != other[0]


_MINE = {"F05": "quotation", "F11": "fact", "F15": "prediction", "F17": "interpretation", "F19": "analogy", "F22": "prediction;interpretation",
         "F37": ("interpretation", "fact"), "L01": "prediction", "L08": "fact", "L10": "quotation", "L20": "prediction", "L25": "fact;quotation"}  # fmt: skip
_WHY = {"F22": "It tells what Moscow believes and what may come.", "L25": "The report says it, and he builds on it."}
_BETWEEN = ["venezuela-2019-get-out", "venezuela-2019-lake-article", "venezuela-2019-stay-as-needed", "venezuela-2019-attache",
            "venezuela-2019-abrams-s300", "venezuela-2019-bolton-statement", "venezuela-2019-helicopter-centre", "venezuela-2019-no-units"]  # fmt: skip
_NAME = ("L23", "menendez2019", "none", "The Senate's body is called Foreign Relations, and nothing hangs on it.")
_WORDS = ("F05", "wexbolton2019", "F10", "The region is left out, so the threat sounds wider than it was.")
_PLANE = ("l03", "venezuela-2019-planes-land", "NONE", "One of the two was a passenger jet, which changes little.")

# Read by the tests alone: right answers, typed here so that they do not come from the code that marks them ...
SOLUTIONS = {
    "no-name": (4,), "too-late-for-lake": ("venezuela-2019-bolton-statement",), "border": (["fact", "quotation"],), "q1": (_MINE, _WHY),
    "q2": (0.4737, 0.2992, 0.249), "q3": (_BETWEEN,), "q4": ([_NAME, _WORDS, _PLANE],),
}  # fmt: skip
# ... and wrong ones: name, question, values, marks, words that must be shown.
WRONG_ANSWERS = (
    WrongAnswer("Pompeo and Lavrov", "no-name", (2,), 0, "Somebody with a name speaks there"),
    WrongAnswer("the senator", "no-name", ("¶9",), 0, "Somebody with a name speaks there"),
    WrongAnswer("how many claims", "no-name", (3,), 0, "how many claims the official makes"),
    WrongAnswer("a paragraph of Frolov's", "no-name", (12,), 0, "has ten paragraphs"),
    WrongAnswer("a claim of the author's", "no-name", ("L13",), 0, "This is the number of a claim"),
    WrongAnswer("Abrams", "too-late-for-lake", ("venezuela-2019-abrams-s300",), 0, "stands in Frolov's ¶3"),
    WrongAnswer("Trump", "too-late-for-lake", ("venezuela-2019-get-out",), 0, "on the day of Lake's column"),
    WrongAnswer("Bolton in early March", "too-late-for-lake", ("venezuela-2019-bolton-monroe",), 0, "Lake could know that"),
    WrongAnswer("the column", "too-late-for-lake", (FROLOV_S_COLUMN,), 0, "one of the two columns"),
    WrongAnswer("a name", "too-late-for-lake", ("Bolton",), 0, "The answer is the id of an event"),
    WrongAnswer("a title", "too-late-for-lake", ("Bolton warns powers from outside the hemisphere",), 0, "Write the id"),
    WrongAnswer("Frolov's border", "border", (["fact", "interpretation"],), 0, "over Frolov's claims"),
    WrongAnswer("a small border", "border", (["interpretation", "prediction"],), 0, "One claim of Lake's"),
    WrongAnswer("one kind", "border", (["fact"],), 0, "A border has two sides"),
    WrongAnswer("no kinds", "border", (["fact", "quote"],), 0, "as the table has them"),
    WrongAnswer("every event", "q3", ([f"venezuela-2019-{n}" for n in range(60)] + _BETWEEN,), 0, "choose"),
    WrongAnswer("eleven", "q1", ({k: v for k, v in _MINE.items() if k != "L20"}, _WHY), 3, "Missing: L20"),
    WrongAnswer("another word", "q1", ({**_MINE, "F17": "opinion"}, _WHY), 2, "five words of the code book"),
    WrongAnswer("three kinds", "q1", ({**_MINE, "F17": "fact;interpretation;analogy"}, _WHY), 2, "at most two of them"),
    WrongAnswer("a claim more", "q1", ({**_MINE, "F18": "fact"}, _WHY), 3, "not one of the twelve"),
    WrongAnswer("letters for reasons", "q1", (_MINE, {"F22": "x x x x x x", "L25": "y y y y y y"}), 3, "six different words"),
    WrongAnswer("one word each", "q1", (_MINE, {"F22": "difficult", "L25": "not sure"}), 3, "shorter than six words"),
    WrongAnswer("one reason twice", "q1", (_MINE, {"F22": _WHY["F22"], "L25": _WHY["F22"]}), 3, "Found 1"),
    WrongAnswer("no reasons", "q1", (_MINE, {}), 3, "Found 0"),
    WrongAnswer("a list", "q1", (["fact"] * 12, _WHY), 1, "which kind belongs to which claim"),
    WrongAnswer("the author's claims", "q2", (0.81, 0.33, 0.71), 0, "in which the author speaks himself"),
    WrongAnswer("all claims", "q2", (0.718, 0.266, 0.616), 0, "all 71 claims"),
    WrongAnswer("one in five", "q2", (0.47, 0.2, 0.34), 1, "as frequent as the next"),
    WrongAnswer("whole cells", "q2", (0.37, 0.28, 0.13), 0, "whole cells"),
    WrongAnswer("per cent", "q2", (47, 30, 25), 0, "is no share"),
    WrongAnswer("chance not taken off", "q2", (0.4737, 0.2992, 0.4737), 2, "after chance is taken off"),
    WrongAnswer("not divided", "q2", (0.4737, 0.2992, 0.1745), 2, "Divide by"),
    WrongAnswer("one decimal", "q2", (0.5, 0.3, 0.2), 1, "to two decimals or more"),
    WrongAnswer("texts", "q2", ("0.47", "0.30", "0.25"), 0, "without quotation marks"),
    WrongAnswer("by date alone", "q3", ([*_BETWEEN, HILL],), 2, "Look at its `known`"),
    WrongAnswer("from the landing on", "q3", ([LANDING, LETTER, *_BETWEEN],), 2, "so Lake could know of it"),
    WrongAnswer("with the column", "q3", ([*_BETWEEN, FROLOV_S_COLUMN],), 2, "He could not use it"),
    WrongAnswer("two are missing", "q3", (_BETWEEN[2:],), 2, "2 of 8 are missing"),
    WrongAnswer("one alone", "q3", (_BETWEEN[:1],), 0, "7 of 8 are missing"),
    WrongAnswer("titles", "q3", (["Trump says Russia must leave Venezuela"],), 0, "These are titles"),
    WrongAnswer("a number", "q3", (5,), 0, "a list, a set or a column"),
    WrongAnswer("two rows", "q4", ([_NAME, _WORDS],), 4, "Found 2"),
    WrongAnswer("letters for sentences", "q4", ([(*row[:3], f"x x x x x {n}") for n, row in enumerate((_NAME, _WORDS, _PLANE))],), 0,
                "six different words"),
    WrongAnswer("a source of another claim", "q4", ([_NAME, _WORDS, ("L03", "akin2019", *_PLANE[2:])],), 4, "belongs to another claim"),
    WrongAnswer("an invented source", "q4", ([_NAME, _WORDS, ("L03", "wikipedia", *_PLANE[2:])],), 4, "Look at row 3"),
    WrongAnswer("leaning across the articles", "q4", ([_NAME, _PLANE, (*_WORDS[:2], "L26", _WORDS[3])],), 4, "an argument of his own"),
    WrongAnswer("leaning on itself", "q4", ([_NAME, _PLANE, (*_WORDS[:2], "F05", _WORDS[3])],), 4, "leans on itself"),
    WrongAnswer("one claim twice", "q4", ([_NAME, _WORDS, ("F05", "washtimes2019bolton", "none", "The wording is not that of the statement.")],), 4, "stands there twice"),
    WrongAnswer("without a sentence", "q4", ([row[:3] for row in (_NAME, _WORDS, _PLANE)],), 0, "It needs four"),
    WrongAnswer("numbers alone", "q4", (["L23", "F05", "L03"],), 0, "Make each item a row"),
    WrongAnswer("a text", "q4", ("The committee has another name.",), 0, "There is none yet"),
)
