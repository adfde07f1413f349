"""The coders' table and the arguments' table: what is wrong in them is named with its line."""

import pytest

from analogies.facts import coded
from analogies.facts.dates import parse
from analogies.facts.desk import Desk
from analogies.facts.load import load, validate
from analogies.facts.model import Claim


def claim(id: str, paragraph: int, kinds: tuple[str, ...]) -> Claim:
    article = "frolov" if id[0] == "F" else "lake"
    return Claim(id, article, paragraph, "author", "It is so.", kinds, (), (), "", "held up", parse("2026-03-31"), "", "", (), ())


CLAIMS = (claim("F01", 1, ("fact",)), claim("F02", 2, ("analogy",)), claim("L01", 1, ("prediction",)))
CODERS = "claim,coder_a,coder_b,why,sample\nF01,fact,quotation,B: it is quoted.,yes\nF02,analogy,analogy,,\nL01,prediction,prediction,,yes\n"
ARGUMENTS = """id,article,role,words,paragraphs,claims,leads_to,note
FA01,frolov,premise,It is so,1,F01,FA02,
FA02,frolov,conclusion,So it will be,2,F02,,
LA01,lake,conclusion,It will be,0;1,L01,,
"""


def faults(read, text: str) -> list[str]:
    desk = Desk()
    read(desk, text.encode(), "t.csv", CLAIMS)
    return [str(fault) for fault in desk.faults]


def test_sound_tables_have_no_fault() -> None:
    assert faults(coded.coders, CODERS) == faults(coded.arguments, ARGUMENTS) == []


def test_what_is_read_is_what_stands_there() -> None:
    rows = coded.coders(Desk(), CODERS.encode(), "t.csv", CLAIMS)
    assert rows[0] == {"claim": "F01", "coder_a": ("fact",), "coder_b": ("quotation",), "why": "B: it is quoted.", "sample": True}
    parts = coded.arguments(Desk(), ARGUMENTS.encode(), "t.csv", CLAIMS)
    assert parts[2]["paragraphs"] == (0, 1) and parts[0]["leads_to"] == ("FA02",) and parts[1]["leads_to"] == ()


@pytest.mark.parametrize(("old", "new", "fault"), [
    ("F01,fact,quotation", "F01,analogy,quotation", "t.csv:2: coder_a: coder A is the claims table, which has 'fact' for F01"),
    ("F02,analogy,analogy,,", "F02,analogy,fact,,", "t.csv:3: why: a reason stands where the coders differ and only there; add it"),
    ("F02,analogy,analogy,,", "F02,analogy,analogy,They agree.,", "and only there; delete it"),
    ("L01,prediction,prediction,,yes\n", "", "t.csv: claim: the claim L01 has no row; add one"),
    ("F02,analogy", "F03,analogy", "there is no claim 'F03' in claims.csv"),
    ("L01,prediction,prediction,,yes\n", "L01,prediction,prediction,,yes\nL01,prediction,prediction,,\n", "L01 is coded already"),
    ("quotation,B", "opinion,B", "'opinion' is not a kind of claim"),
    ("quotation,B", "quotation;analogy;prediction,B", "one or two kinds"),
    (",yes\nF02", ",maybe\nF02", "write yes or leave it blank"),
])  # fmt: skip
def test_a_fault_of_the_coders_table_is_named_with_its_line(old, new, fault) -> None:
    assert old in CODERS
    assert fault in "\n".join(faults(coded.coders, CODERS.replace(old, new)))


@pytest.mark.parametrize(("old", "new", "fault"), [
    ("1,F01,FA02", "1,F01,", "t.csv:2: leads_to: only a conclusion leads to nothing"),
    ("2,F02,,", "2,F02,FA01,", "FA01 stands before FA02; a part leads to a later one"),
    ("1,F01,FA02", "1,F01,FA01", "a part leads to a later one"),
    ("1,F01,FA02", "1,F01,LA01", "there is no part 'LA01' of this article"),
    ("1,F01,FA02", "1,,FA02", "the claim F01 stands in no part"),
    ("2,F02,,", "2,F02;F01,,", "F01 stands in paragraph 1, which the row does not name"),
    ("2,F02,,", "1;2,F02;F01,,", "F01 stands in FA01 already"),
    ("0;1,L01", "0;1,L01;F01", "F01 is a claim of frolov, and the row is about lake"),
    ("0;1,L01", "0;1,L01;L77", "there is no claim 'L77'"),
    ("0;1,L01", "1;11,L01", "lake has 10 paragraphs, found 11"),
    ("premise,It is so", "reason,It is so", "'reason' is not a role"),
    ("It is so,", f"{'It is so ' * 9},", "shorten it to at most 72"),
])  # fmt: skip
def test_a_fault_of_the_arguments_table_is_named(old, new, fault) -> None:
    assert old in ARGUMENTS
    assert fault in "\n".join(faults(coded.arguments, ARGUMENTS.replace(old, new)))


def test_the_shipped_tables_are_whole_and_have_no_fault() -> None:
    assert len(load().coder_rows) == len(load().claim_records) == 71
    assert [fault for fault in validate() if fault.file in ("coders.csv", "arguments.csv")] == []
