"""A made page: its first line says that it is made and from what, and holds a mark that a change by hand breaks."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

DATA = "src/analogies/data"
_FIRST = re.compile(r"<!-- Made by `analogies build` from .+: change that, not this page\. Mark: (?P<mark>[0-9a-f]{12}) -->\n")


def page(body: str, *, made_of: Iterable[str]) -> str:
    """The page with its first line; `made_of` are paths in the clone."""
    return f"<!-- Made by `analogies build` from {', '.join(made_of)}: change that, not this page. Mark: {_mark(body)} -->\n{body}"


def edited_by_hand(text: str) -> bool:
    """True where the page is not as a build left it."""
    first = _FIRST.match(text)
    return not first or first["mark"] != _mark(text[first.end():])


def jump_list(entries: Iterable[tuple[str, str]]) -> str:
    """Links to the parts of a page: (anchor, words) each."""
    return "Jump to: " + " · ".join(f"[{words}](#{anchor})" for anchor, words in entries)


def heading(level: int, words: str, anchor: str) -> str:
    """A heading under which a link can lead, as in the readings that are written."""
    return f'<a id="{anchor}"></a>\n\n{"#" * level} {words}\n'


def _mark(body: str) -> str:
    return hashlib.sha256(body.encode("utf-8")).hexdigest()[:12]
