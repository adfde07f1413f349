"""Makes names that others chose harmless to show, without merging two of them: controls, directions, length, form."""

from __future__ import annotations

import hashlib
import re
import unicodedata

LONGEST = 120
# Left out: they are invisible and turn text around.  Joiners (U+200C, U+200D) stay: Persian and emoji need them.
_DIRECTIONS = {0x061C, 0x200B, 0x200E, 0x200F, 0x2060, 0xFEFF, *range(0x202A, 0x202F), *range(0x2066, 0x206A)}
_COUNTED = re.compile(r"\s*\(\d{1,3}\)$")


def shown(text: str, longest: int = LONGEST) -> str:
    """Text on one line that no terminal acts upon: control characters as U+FFFD, turns of direction left out, NFC."""
    text = unicodedata.normalize("NFC", text[: 4 * longest])
    text = "".join("�" if _acts(c) else c for c in text if ord(c) not in _DIRECTIONS).strip()
    return text if len(text) <= longest else text[: longest - 1] + "…"


def lines(text: str) -> str:
    """Text of any length of which no terminal acts upon anything but line ends and tabs."""
    return "".join("�" if _acts(c) and c not in "\t\r\n" else c for c in text if ord(c) not in _DIRECTIONS)


def escaped(text: str) -> str:
    """The same text, each character that a terminal acts upon written as its number: harmless, and still one of its kind."""
    return "".join(f"\\u{ord(c):04x}" if _acts(c) or ord(c) in _DIRECTIONS else c for c in text)


def key(text: str) -> str:
    """A name as the key of a student: as it is shown; a long one ends with a digest, so that it stays one of its kind."""
    short = shown(text, 80)
    if not short:
        return "(no name)"
    return f"{short}~{digest(text)}" if len(text) > 80 else short


def digest(text: str) -> str:
    """Eight letters that tell two names apart which look the same."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]


def alike(name: str) -> str:
    """What two names have in common that a reader could take for one: case, form, spaces, a counter such as ` (2)`."""
    plain = unicodedata.normalize("NFKC", shown(_COUNTED.sub("", shown(name)))).casefold()
    return " ".join(plain.split())


def listed(names: list[str], most: int = 5) -> str:
    """Names for a sentence, not more of them than can be read."""
    rest = len(names) - most
    return ", ".join(names[:most]) + (f" and {rest:,} more" if rest > 0 else "")


def _acts(c: str) -> bool:
    return unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp")
