"""The small lesson and the small data in one clone: what the tests of the made readings use."""

import json
from pathlib import Path

from small_kit import write_kit
from small_lesson import small_kit

from analogies.authoring import citations
from analogies.facts.load import Facts, load


def made_kit(root: Path, **changed: str | bytes | None) -> Path:
    """A clone with the small lesson and the small data; `changed` as small_kit.write_kit has it."""
    small_kit(root)
    write_kit(root / citations.DATA, **changed)
    return root


def facts_of(root: Path) -> tuple[Facts, dict[str, str], dict[str, str]]:
    """The facts of a clone, its citations, and its sources as shortened notes."""
    made = citations.make(root)
    raw = (root / citations.DATA / "sources.bib").read_bytes()
    return load(root / citations.DATA), json.loads(next(iter(made.values()))), citations.short_forms(raw)
