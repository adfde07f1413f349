"""readings/bibliography.md: every source in Chicago style, by case and by kind of source, with links."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit

from ..facts.cite import markdown, sort_key
from ..facts.codebook import cited_keys
from ..facts.load import Facts
from ..facts.model import Source
from .page import DATA, heading, jump_list, page

DOCUMENTS, SCHOLARSHIP, DATASETS, REFERENCE, PRESS = KINDS = (
    "Documents of governments, courts and international bodies", "Books, articles and reports", "Data and how they were made",
    "Works of reference", "Press, broadcasters and other pages")
GENERAL = "general"
# An address of these, or an author so named, is a body that speaks for itself.
_OFFICIAL_SITES = re.compile(
    r"(^|\.)(gov|mil|un\.org|undocs\.org|icj-cij\.org|worldcourts\.com|pca-cpa\.org|oas\.org|nato\.int|kremlin\.ru|mid\.ru|docs\.cntd\.ru|"
    r"presidency\.ucsb\.edu|avalon\.law\.yale\.edu|reagan\.utexas\.edu|jfklibrary\.org|rbhayes\.org|digitalarchive\.wilsoncenter\.org|"
    r"irp\.fas\.org|mfa\.gov\.tr|impeachmentpapers\.dp\.la)$")
_OFFICIAL_NAMES = re.compile(
    r"^(US |United (Nations|States)\b|Congressional Research|Central Intelligence|House Republican|International Court|"
    r"Library of Congress|Ministry of|NATO$|Office of the Historian|Organization of American|Permanent Court|President of Russia|"
    r"President’s Special|President's Special|Ronald Reagan Presidential|Security Council$|The White House|Theodore Roosevelt|"
    r"Roosevelt, Theodore|Polk, James|USSR|Russian Federation|Digest of International Law|FRUS)")
_REFERENCE_SITES = re.compile(
    r"(^|\.)(wikipedia\.org|britannica\.com|universalis\.fr|u-s-history\.com|geonames\.org|millercenter\.org|wikisource\.org)$")
_SCHOLARSHIP = {"book", "collection", "proceedings", "incollection", "inbook", "report", "techreport", "thesis", "phdthesis"}
_SCHOLARLY_SITES = re.compile(
    r"(^|\.)(cambridge\.org|onlinelibrary\.wiley\.com|proquest\.com|rand\.org|ndu\.edu|taylorfrancis\.com|jstor\.org"
    r"|doi\.org|mepc\.org)$")


def kind_of(source: Source, datasets: Iterable[str] = ()) -> str:
    """One of KINDS, by the entry's type, its address and its author; `datasets` are keys that the codebook cites."""
    site = urlsplit(source.url).netloc.lower()
    if source.key in datasets:
        return DATASETS
    if _REFERENCE_SITES.search(site):
        return REFERENCE
    if source.type in _SCHOLARSHIP or _SCHOLARLY_SITES.search(site) or (source.type == "article" and not _is_weekly(source)):
        return DOCUMENTS if _OFFICIAL_NAMES.search(source.author) else SCHOLARSHIP
    if source.container or source.note:  # printed in a paper, or read in a copy of one, whoever keeps it
        return DOCUMENTS if _OFFICIAL_NAMES.search(source.author) else PRESS
    return DOCUMENTS if _OFFICIAL_NAMES.search(source.author) or _OFFICIAL_SITES.search(site) or source.type == "misc" else PRESS


def make(facts: Facts, citations: Mapping[str, str]) -> str:
    """The page.  A source that several cases cite stands under each of them."""
    datasets = {key for section in facts.codebook.values() for key in cited_keys(section.entries.get("source", ""))}
    makers = {facts.sources[key].author for key in datasets if facts.sources[key].type not in ("article", *_SCHOLARSHIP)}
    datasets |= {key for key, source in facts.sources.items() if source.author in makers}  # what a maker of data says of them
    by_part = {case.id: (case.title, set(case.sources)) for case in facts.cases.values()}
    in_cases = set().union(*(keys for _, keys in by_part.values()))
    by_part[GENERAL] = ("Claims, comparisons, series and readings", facts.sources.keys() - in_cases)
    cited = {key: markdown(source, citations[key]) for key, source in facts.sources.items()}
    order = {key: sort_key(re.sub(r"</?i>", "", citations[key])) for key in facts.sources}
    kind = {key: kind_of(source, datasets) for key, source in facts.sources.items()}
    placed: set[str] = set()
    lines = [_introduction(facts, by_part)]
    for part, (title, keys) in by_part.items():
        lines.append(heading(2, f"{title} ({len(keys)})", f"part-{part}"))
        for n, name in enumerate(KINDS):
            if chosen := sorted((key for key in keys if kind[key] == name), key=lambda key: (order[key], key)):
                lines.append(heading(3, f"{name} ({len(chosen)})", f"part-{part}-{n + 1}"))
                lines += [_entry(key, cited[key], first=key not in placed) for key in chosen]
                lines.append("")
                placed |= set(chosen)
    return page("\n".join(lines).rstrip() + "\n", made_of=[f"{DATA}/{name}" for name in ("sources.bib", "cases.yaml", "events/", "CODEBOOK.md")])


def _introduction(facts: Facts, by_part: Mapping[str, tuple[str, set[str]]]) -> str:
    parts = jump_list((f"part-{part}", title) for part, (title, _) in by_part.items())
    return (f"# Bibliography\n\n*The {len(facts.sources)} sources of the kit, in the notes-and-bibliography style of the Chicago Manual, by case "
            "and by kind of source. A source that serves several cases stands under each. The kind is given by a rule, from the entry's "
            "type, its author and its address; it says who speaks, not how far to trust. The letters n.d. mean that no date is given. "
            "The word at the end of an entry is its key: `an.cite` finds the source by it.*\n\n" + parts + "\n")


def _entry(key: str, citation: str, *, first: bool) -> str:
    return f'- {f"""<a id="s-{key}"></a>""" if first else ""}{citation} `{key}`'


def _is_weekly(source: Source) -> bool:
    return source.container.casefold() == "time" or source.author.casefold() == "time"


