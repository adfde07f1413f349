"""How the answers of 02-venezuela-2019 are marked: one function a question, each condition reported."""

from __future__ import annotations

import re
from typing import Any

from analogies.methods.ledger_rules import RULES, as_row, faults, sources_of

from ..answers import as_list, as_number, as_table, as_text, near, said, same_text
from ..evidence import evidence_on
from ..outcome import Condition, Outcome, judge, needs
from ..rows import MANY_IDS, MANY_ROWS, look_at, texts_among, too_many
from .venezuela_numbers import (
    FROLOV_APPEARED, abroad, begun_and_secret, delivered_without_orders, deliveries, fall, five_years, last_reported, mean, orders, owed,
    refugees, rise, unreported,
)  # fmt: skip

OTHERS = ("Syria", "Nicaragua", "Yugoslavia")
Ledger = list[dict[str, str]]


# Quick checks in the lesson


def aircraft(value: Any) -> str:
    """The name of an aircraft without blanks, hyphens and capitals."""
    return re.sub(r"[^a-z0-9]", "", (as_text(value) or "").lower())


def not_cargo(values: dict) -> Outcome:
    name = aircraft(values["not_cargo"])
    return judge(
        needs(as_text(values["not_cargo"]) is not None, "The answer is the type of one aircraft, in quotation marks.",
              because=f"Found {said(values['not_cargo'])}."),
        needs("124" not in name and ("ilyushin" in name or ("il" in name and "62" in name)), "It is the aircraft that carried people and not cargo.", 1,
              because=f"Found {said(values['not_cargo'])}."),
    )  # fmt: skip


def no_orders(values: dict) -> Outcome:
    number = count_of(values["no_orders"])
    return judge(
        needs(number is not None, "The answer is one number.", because=f"Found {said(values['no_orders'])}."),
        needs(number == delivered_without_orders(), "It counts the years in which something was delivered and nothing was ordered.", 1,
              because=f"Found {said(values['no_orders'])}."),
    )  # fmt: skip


def count_of(value: Any) -> float | None:
    """A number, also where it stands in quotation marks."""
    text = as_text(value)
    return float(text) if text and re.fullmatch(r"\d{1,4}", text) else as_number(value)


def not_yet_public(values: dict) -> Outcome:
    answer = values["not_yet_public"]
    return judge(
        needs(same_text(answer, *begun_and_secret()), "The event had begun before 2 April 2019 and became public later.", 1,
              because=f"Found {said(answer)}."),
    )  # fmt: skip


# Questions 1 to 3


def people(values: dict) -> Outcome:
    words = texts_among(values)
    return judge(
        needs(not words, "All three are numbers, without quotation marks.", because=f"Text stands in {', '.join(words)}."),
        needs(near(values["refugees_2018"], refugees()), "refugees_2018 counts refugees alone, at the end of 2018.", 1,
              because=f"Found {said(values['refugees_2018'])}."),
        needs(near(values["abroad_2018"], abroad()), "abroad_2018 adds the three classes of people abroad at the end of 2018.", 1,
              because=f"Found {said(values['abroad_2018'])}."),
        needs(near(values["rise"], rise()), "rise is how many more there were in these three classes a year later, in persons.", 1,
              because=f"Found {said(values['rise'])}."),
    )  # fmt: skip


def two_dates(values: dict) -> Outcome:
    words = texts_among(values)
    return judge(
        needs(not words, "Both are numbers, without quotation marks.", because=f"Text stands in {' and '.join(words)}."),
        needs(near(values["by_delivery"], mean(five_years(deliveries())), 0.06), "by_delivery is the mean for a year of what was delivered, "
              "2010 to 2014.", 2, because=f"Found {said(values['by_delivery'])}."),
        needs(near(values["by_order"], mean(five_years(orders())), 0.06), "by_order is the mean for a year of what was ordered, "
              "2010 to 2014.", 2, because=f"Found {said(values['by_order'])}."),
    )  # fmt: skip


def quarters(value: Any) -> list[str] | None:
    """Quarters from a list, a column or a table of them, or one alone; None for anything else."""
    table = as_table(value)
    if table is not None:
        value = table["quarter"] if "quarter" in table.columns else None
    items = [value] if isinstance(value, str) else as_list(value)
    return None if items is None else [_quarter(item) if isinstance(item, str) else said(item) for item in items[: MANY_IDS + 1]]


def _quarter(text: str) -> str:
    """A quarter as the table writes it: "Q1 2019" and "2019 q1" become "2019Q1"."""
    plain = re.sub(r"[\s-]", "", text).upper()
    return re.sub(r"^(Q[1-4])(\d{4})$", r"\2\1", plain)


def debt_then(values: dict) -> Outcome:
    if crowd := too_many(values["not_yet"], 4, MANY_IDS, "ids"):
        return crowd
    last, found = last_reported(), quarters(values["not_yet"])
    words = [name for name in ("last_known", "fall_percent") if isinstance(values[name], str)]
    given, late = found or [], list(unreported())
    return judge(
        needs(not words, "last_known and fall_percent are numbers, without quotation marks.", because=f"Text stands in {' and '.join(words)}."),
        needs(found is not None, 'not_yet is a list of quarters, such as ["2018Q1"].', because=f"Found {said(values['not_yet'])}."),
        needs(near(values["last_known"], owed()[last], 0.001), "last_known is the latest debt that had been reported when Lake wrote, in billion "
              "dollars.", 1, because=f"Found {said(values['last_known'])}."),
        needs(near(abs(as_number(values["fall_percent"]) or 0), fall(last), 0.06), "fall_percent is how much smaller that was than the debt at "
              "the end of 2017, in per cent.", 1, because=f"Found {said(values['fall_percent'])}."),
        needs(bool(given) and set(late) <= set(given) and len(set(given) - set(late)) <= len(late), "not_yet has every quarter that had "
              "not ended on 27 March 2019, and is a choice.", 1, because=f"{left} of {len(late)} are missing."
              if (left := len(set(late) - set(given))) else "The others are there too: choose."),
        needs(bool(set(late) & set(given)) and set(given) <= set(late), "not_yet has no quarter that had ended by then.", 1,
              because=f"Ended by then: {', '.join(map(said, sorted(set(given) - set(late))[:3]))}." if set(given) - set(late) else
              "There is none of them yet."),
    )  # fmt: skip


# Question 4: the ledger


def ledger_rows(value: Any) -> Ledger:
    """The rows of a list of tuples or dicts, or of a table with the ledger's columns; a lone item is a row of one."""
    table = as_table(value)
    if table is not None:
        table = table.head(MANY_ROWS + 1)
        items = table.to_dict("records") if {"status", "statement"} <= set(table.columns) else table.to_numpy().tolist()
    else:
        items = as_list(value) or []
    items = items[: MANY_ROWS + 1]
    return [as_row(item if isinstance(item, dict) else as_list(item) or [item]) for item in items]


def unsound(rows: Ledger) -> dict[str, dict[int, str]]:
    """Rule -> the rows that break it, each with its sentence; the rules of a whole ledger are asked by the counts below."""
    found: dict[str, dict[int, str]] = {rule: {} for rule in RULES if rule not in ("kinds", "differences")}
    for fault in faults(rows, FROLOV_APPEARED):
        if fault.row:
            found[fault.rule].setdefault(fault.row, fault.sentence)
    return found


def one_sided(rows: Ledger) -> list[int]:
    """The likenesses and differences that do not name evidence on Venezuela and on another case."""
    def on(names: list[str], *countries: str) -> bool:
        return any(name in evidence_on(country) for country in countries for name in names)

    return [n for n, row in enumerate(rows, 1) if row["status"] in ("likeness", "difference")
            and not (on(sources_of(row), "Venezuela") and on(sources_of(row), *OTHERS))]  # fmt: skip


def ledger(values: dict) -> Outcome:
    if crowd := too_many(values["ledger_rows"], 6):
        return crowd
    rows = ledger_rows(values["ledger_rows"])
    broken, lopsided = unsound(rows), one_sided(rows)
    bad = set().union(lopsided, *broken.values())
    sound = [row["status"] for n, row in enumerate(rows, 1) if n not in bad]

    def enough(status: str, number: int, words: str, *, alone: bool = True) -> Any:
        count = sound.count(status)
        more = "" if alone or not bad else f", and {len(bad)} to mend or take out"
        return needs(count >= number and (alone or not bad), words, 1, because=f"Found {count}{more}.")

    return judge(
        *(needs(bool(rows) and not said_of, RULES[rule], because=_why(rule, said_of)) for rule, said_of in broken.items()),
        needs(bool(rows) and not lopsided, "Each likeness and difference names evidence on Venezuela and on the other case.", because=look_at(lopsided)),
        enough("known", 1, "One row is known and keeps these rules."),
        enough("known", 2, "Two rows are known and keep these rules."),
        enough("unclear", 1, "One row is unclear and keeps these rules."),
        enough("presumed", 1, "One row is presumed and keeps these rules."),
        enough("likeness", 1, "One row is a likeness and keeps these rules."),
        enough("difference", 1, "One row is a difference, and no row breaks a rule.", alone=False),
    )  # fmt: skip


def _why(rule: str, said_of: dict[int, str]) -> str:
    """The rows that break a rule.  A source fails in several ways, so there the first row's sentence stands too."""
    return " ".join([look_at(list(said_of)), *list(said_of.values())[: rule == "public"]])


def breaks(value: Any, rule: str) -> bool:
    """Whether a row breaks that rule."""
    return bool(unsound(ledger_rows(value)).get(rule))


# Question 6: a reader marks it; the check looks at the form alone


def sorted_out(text: str) -> Condition:
    """The text says which things are known, which unclear and which presumed."""
    absent = [word for word in ("know", "unclear", "presume") if not re.search(rf"\b{word}", text, re.I)]
    return needs(not absent, "The text says which things are known, which unclear and which presumed.",
                 because=f"Not found: {', '.join(absent)}.")  # fmt: skip
