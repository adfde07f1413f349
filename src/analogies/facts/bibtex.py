"""BibTeX to Sources. The field names of BibTeX and of biblatex (Zotero writes either) are both taken."""

import logging
import re
from calendar import month_abbr

from analogies.facts.csv_rows import decode, wrong_letters
from analogies.facts.dates import DateError, parse
from analogies.facts.model import Fault, Source

KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_:+.-]*")
_CONTAINERS = ("journaltitle", "journal", "booktitle", "maintitle", "series", "howpublished", "organization")
_PUBLISHERS = ("publisher", "institution", "school")

# The parser writes warnings to stderr; what it finds wrong is in its failed blocks, and we report those.
logging.getLogger("bibtexparser").addHandler(logging.NullHandler())
logging.getLogger("bibtexparser").propagate = False


def read_sources(raw: bytes, file: str, faults: list[Fault]) -> tuple[dict[str, Source], dict[str, int]]:
    """Sources by key, and the line on which each begins. Faults: what cannot be read, a key used twice, a missing
    title or author, a date that is not EDTF, a link that is not http or https."""
    from bibtexparser.model import Entry, ExplicitComment, ImplicitComment, Preamble, String
    from bibtexparser.splitter import Splitter

    text = decode(raw, file, faults)
    for number, line in enumerate(text.split("\n"), 1):
        if not line.isascii() and (wrong := wrong_letters(line)):
            faults.append(Fault(file, number, "", wrong))
    blocks = Splitter(text.replace("\r\n", "\n")).split().blocks
    sources: dict[str, Source] = {}
    lines: dict[str, int] = {}
    strings = {b.key.lower(): _bare(b.value) for b in blocks if isinstance(b, String)}
    for block in blocks:
        line = (block.start_line or 0) + 1
        if isinstance(block, ImplicitComment) and "@" in block.comment and re.search(r"^\s*@\w+\s*\{?", block.comment, re.M):
            faults.append(Fault(file, line, "", "the text from this line on cannot be read as an entry; "
                                "compare its braces and commas with the other entries"))  # fmt: skip
        if isinstance(block, ExplicitComment | ImplicitComment | Preamble | String):
            continue
        if not isinstance(block, Entry):
            faults.append(Fault(file, line, "", _explain(block)))
            continue
        source = _source(block, strings, file, line, faults)
        if source.key in sources:
            faults.append(Fault(file, line, source.key, f"the key was used in line {lines[source.key]} already; give each source its own"))
        elif source.key:
            sources[source.key], lines[source.key] = source, line
    return sources, lines


def _explain(block) -> str:
    from bibtexparser.model import DuplicateBlockKeyBlock, DuplicateFieldKeyBlock

    if isinstance(block, DuplicateBlockKeyBlock):
        first = (block.previous_block.start_line or 0) + 1
        return f"the key {block.key!r} was used in line {first} already; give each source its own"
    if isinstance(block, DuplicateFieldKeyBlock):
        return f"the entry gives {' and '.join(sorted(block.duplicate_keys))} twice; keep one of them"
    return "the entry cannot be read; is a brace not closed, or a comma missing after a field?"


def _source(entry, strings: dict[str, str], file: str, line: int, faults: list[Fault]) -> Source:
    fields = {f.key.lower(): _plain(f.value, strings) for f in entry.fields}
    raw_author = next((f.value for f in entry.fields if f.key.lower() == "author"), "")
    at = {f.key.lower(): (f.start_line or 0) + 1 for f in entry.fields}

    def fault(column: str, message: str) -> None:
        faults.append(Fault(file, at.get(column, line), column, message))

    if not KEY.fullmatch(entry.key):
        fault("key", f"{entry.key!r} is not a key; use letters, digits and - _ : . without spaces, as in frolov2019")
    if not fields.get("title"):
        fault("title", f"the source {entry.key!r} has no title; add title = {{{{...}}}}")
    for column in ("date", "urldate"):
        if fields.get(column):
            try:
                parse(fields[column])
            except DateError as error:
                fault(column, str(error))
                fields[column] = ""
    url = fields.get("url") or (f"https://doi.org/{fields['doi']}" if fields.get("doi") else "")
    if url and not is_web_link(url):
        fault("url", f"{url[:80]!r} is not a link that the kit may show; it must begin with http:// or https:// and hold no space")
        url = ""
    return Source(
        key=entry.key,
        type=entry.entry_type.lower(),
        author=_authors(raw_author, strings) or fields.get("editor", ""),
        title=fields.get("title", ""),
        date=fields.get("date") or _year_and_month(fields),
        url=url,
        accessed=fields.get("urldate", ""),
        container=next((fields[name] for name in _CONTAINERS if fields.get(name)), ""),
        publisher=next((fields[name] for name in _PUBLISHERS if fields.get(name)), ""),
        note=fields.get("note", ""),
    )


def is_web_link(url: str) -> bool:
    """True for an http or https address with a host and without spaces, quotes, angle brackets or control characters."""
    return bool(re.fullmatch(r"https?://[^\s/?#\"'<>\\`]+[^\s\"<>\\`\x00-\x1f]*", url, re.IGNORECASE))


def _year_and_month(fields: dict[str, str]) -> str:
    """BibTeX's older pair (year = 2019, month = mar) as an EDTF date; blank where it is not one."""
    year, month = fields.get("year", ""), fields.get("month", "")[:3].lower()
    number = next((n for n, name in enumerate(month_abbr) if n and name.lower() == month), None)
    text = f"{year}-{number:02}" if number else year
    try:
        return parse(text).edtf
    except DateError:
        return ""


def _authors(value: str, strings: dict[str, str]) -> str:
    """"Lakoff, George and Johnson, Mark" as Chicago lists them: "Lakoff, George, and Mark Johnson"."""
    value = _bare(value).strip()
    raw = [name.strip() for name in _outside_braces(value, r"\s+and\s+")] if value else []
    names = [_plain(name, strings) for name in raw]
    for n, name in enumerate(names):
        if n and name.count(", ") == 1 and not raw[n].startswith("{"):  # a body's name stands in braces and keeps its order
            last, first = name.split(", ")
            names[n] = f"{first} {last}"
    if names[-1:] == ["others"]:
        return ", ".join(names[:-1]) + " et al."
    if len(names) < 2:
        return "".join(names)
    return ", ".join(names[:-1]) + ", and " + names[-1]


def _outside_braces(value: str, separator: str) -> list[str]:
    pieces, depth, begin = [], 0, 0
    for match in re.finditer(rf"[{{}}]|{separator}", value):
        if match.group() in "{}":
            depth += 1 if match.group() == "{" else -1
        elif depth == 0:
            pieces.append(value[begin : match.start()])
            begin = match.end()
    return [*pieces, value[begin:]]


def _bare(value: str) -> str:
    """The value without the braces or quotation marks that enclose all of it."""
    value = value.strip()
    if len(value) > 1 and value[0] == value[-1] == '"':
        return value[1:-1]
    if len(value) > 1 and value[0] == "{" and value[-1] == "}":
        return value[1:-1]
    return value


def _plain(value: str, strings: dict[str, str]) -> str:
    """A field as plain text: joined, decoded from LaTeX where it has any, braces taken away, spaces made single."""
    joined = " # " in value and not (value.startswith('"') and value.count('"') == 2)
    pieces = _outside_braces(value, r"\s+#\s+") if joined else [value]
    text = "".join(strings.get(piece.strip().lower(), _bare(piece)) for piece in pieces)
    if "\\" in text:
        from pylatexenc.latex2text import LatexNodes2Text  # comes with bibtexparser; slow to import, seldom needed

        text = LatexNodes2Text(math_mode="verbatim").latex_to_text(text)
    return " ".join(text.replace("{", "").replace("}", "").split())
