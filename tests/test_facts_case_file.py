"""cases.yaml: what a person types is read as text, and each entry knows its line."""

import pytest

from analogies.facts.case_file import read_heads
from analogies.facts.desk import Desk

TWO = """# the cases
- id: syria
  title: Syria 2015
  question: >
    How did it
    begin?
- id: monroe
  title: No
  question: 1823
"""


def read(text, many=True):
    desk = Desk()
    raw = text if isinstance(text, bytes) else text.encode("utf-8")
    return read_heads(raw, "cases.yaml", desk, many=many), [(f.line, f.column) for f in desk.faults]


def test_a_list_of_cases_is_read_with_its_lines():
    heads, faults = read(TWO)
    assert faults == []
    assert [(h.id, h.title, h.question, h.line) for h in heads] == [("syria", "Syria 2015", "How did it begin?", 2), ("monroe", "No", "1823", 7)]
    assert heads[0].lines == {"id": 2, "title": 3, "question": 4}


def test_a_missing_entry_is_named_at_its_case():
    assert read("- id: syria\n  title: Syria\n")[1] == [(1, "question")]


def test_one_case_where_a_list_is_expected_is_named():
    assert read("id: syria\n") == ([], [(0, "")])


def test_a_case_without_an_id_is_left_out():
    heads, faults = read("- title: Syria\n  question: Why?\n")
    assert heads == [] and faults == [(1, "id")]


@pytest.mark.parametrize("text", ["- id: [", "- id: 'x\n", "\t- id: x", "- id: *nothing", "- id: \x07", "{" * 3000])
def test_what_is_not_yaml_is_named(text):
    heads, faults = read(text)
    assert heads == [] and len(faults) == 1


def test_a_wrong_encoding_is_named_by_its_line():
    assert read("- id: syria\n  title: Chávez\n".encode("cp1252")) == ([], [(2, "")])


def test_yaml_never_makes_objects():
    heads, faults = read("- id: syria\n  title: !!python/object/apply:os.getcwd []\n  question: Why?\n")
    assert (2, "title") in faults
