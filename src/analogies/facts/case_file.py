"""cases.yaml and an instructor's case.yaml: names and questions of cases, with the line of each entry."""

import re
from dataclasses import dataclass, field
from difflib import get_close_matches

from analogies.facts.csv_rows import decode, wrong_letters
from analogies.facts.desk import Desk

FIELDS = ("id", "title", "question", "day0", "summary")
REQUIRED = ("id", "title", "question")


@dataclass(slots=True)
class Head:
    """What a case file says of one case; `lines` tells where each field stands."""

    line: int
    id: str = ""
    title: str = ""
    question: str = ""
    day0: str = ""
    summary: str = ""
    lines: dict[str, int] = field(default_factory=dict)

    def fields(self) -> dict[str, str]:
        return {name: getattr(self, name) for name in FIELDS}


def read_heads(raw: bytes, file: str, desk: Desk, *, many: bool) -> list[Head]:
    """The cases of a YAML file: a list of them (`many`), or one. Values are taken as the text that stands there."""
    import yaml

    text = decode(raw, file, desk.faults)
    if wrong := wrong_letters(text):
        line = next((n for n, part in enumerate(text.split("\n"), 1) if wrong_letters(part)), 0)
        desk.note(file, line, "", wrong_letters(text.split("\n")[line - 1]) if line else wrong)
        return []
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError, ValueError) as error:  # ValueError: an escape such as "\UFFFFFFFF"
        mark = getattr(error, "problem_mark", None)
        why = getattr(error, "problem", None) or "it holds what YAML does not allow"
        desk.note(file, mark.line + 1 if mark else 0, "", f"the file is not YAML: {why}; write one 'name: text' a line, "
                  "and quotation marks around a text with ': ' in it")  # fmt: skip
        return []
    if many:
        if not isinstance(root, yaml.SequenceNode):
            desk.note(file, 0, "", "expected a list of cases, each beginning with '- id:'")
            return []
        nodes = root.value
    else:
        nodes = [root]
    return [head for head in (_head(node, file, desk) for node in nodes) if head]


def _head(node, file: str, desk: Desk) -> Head | None:
    import yaml

    if not isinstance(node, yaml.MappingNode):
        wanted = ", ".join(f"{name}:" for name in REQUIRED)
        desk.note(file, node.start_mark.line + 1 if node else 0, "", f"expected the lines {wanted}; see the README on adding a case")
        return None
    head = Head(node.start_mark.line + 1)
    for key, value in node.value:
        line, name = key.start_mark.line + 1, str(getattr(key, "value", ""))
        if not isinstance(key, yaml.ScalarNode) or name not in FIELDS:
            near = get_close_matches(name, FIELDS, n=1)
            hint = f"did you mean {near[0]!r}?" if near else f"use {', '.join(FIELDS)}"
            desk.note(file, line, name[:40], f"a case has no such entry; {hint}")
        elif name in head.lines:
            desk.note(file, line, name, f"the entry stands in line {head.lines[name]} already; keep one")
        elif not isinstance(value, yaml.ScalarNode):
            desk.note(file, line, name, "expected one text, found a list or more entries")
            head.lines[name] = line
        else:
            head.lines[name] = line
            setattr(head, name, "" if value.tag.endswith(":null") else " ".join(value.value.split()))
    for name in REQUIRED:
        if not getattr(head, name):
            desk.note(file, head.lines.get(name, head.line), name, "the entry is missing or blank; fill it")
    if head.id and not re.fullmatch(r"[a-z][a-z0-9]*", head.id):
        desk.note(file, head.lines["id"], "id", f"{head.id!r} is not a case's id; use one word of small letters a-z and digits, as in panama")
        return None
    return head if head.id else None
