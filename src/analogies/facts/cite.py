"""Citations: how a source is shown. Titles and names are data, so they are escaped; a link is http or https or not there."""

import html
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from analogies.facts.bibtex import is_web_link
from analogies.facts.dates import DateError, in_words, parse
from analogies.facts.load import load
from analogies.facts.model import Case, Source, unknown

_ITALIC = re.compile(r"(</?i>)")
_SIGNS = re.compile(r"([\\`*_\[\]#|<>~$&])")


def cite(key: str | Source) -> str:
    """A citation in Markdown, with its link. Raises UnknownName with the nearest keys."""
    return markdown(_find(key))


def plain(source: Source) -> str:
    """A citation as plain text without its link: author, “title”, where it appeared, date."""
    return "".join(text for text, _ in _runs(source))


def sort_key(citation: str) -> str:
    """What a bibliography is ordered by: author, then title, without accents, signs and a first "The"."""
    letters = unicodedata.normalize("NFKD", citation.casefold())
    who, _, what = letters.partition(". “")
    return re.sub(r"^(the|an?) ", "", "\0".join(re.sub(r"[^\w\s]", "", part).strip() for part in (who, what)))


@dataclass(frozen=True)
class Bibliography:
    """Sources in the order of their citations; shows itself as a list in a notebook."""

    sources: tuple[Source, ...]

    def __len__(self) -> int:
        return len(self.sources)

    def __repr__(self) -> str:
        return "\n".join(plain(source) + (f" {source.url}" if source.url else "") for source in self.sources)

    def _repr_markdown_(self) -> str:
        return "\n".join(f"- {markdown(source)}" for source in self.sources)

    def _repr_html_(self) -> str:
        return "<ul>\n" + "\n".join(f"<li>{_html(source)}</li>" for source in self.sources) + "\n</ul>"


def bibliography(of: str | Case | Iterable[str]) -> Bibliography:
    """The sources of a case (its name or a Case), or of a list of keys. Raises UnknownName for what is neither."""
    if isinstance(of, Case):
        sources = list(of.sources.values())
    elif isinstance(of, str):
        facts = load()
        if of in facts.cases:
            sources = list(facts.cases[of].sources.values())
        elif of in facts.sources:
            sources = [facts.sources[of]]
        else:
            raise unknown("case", of, list(facts.cases))
    else:
        sources = [_find(key) for key in dict.fromkeys(of)]
    return Bibliography(tuple(sorted(sources, key=lambda source: sort_key(plain(source)))))


def _find(key: str | Source) -> Source:
    if isinstance(key, Source):
        return key
    sources = load().sources
    if not isinstance(key, str) or key not in sources:
        raise unknown("source", key, list(sources), all_of_them=False)
    return sources[key]


def _runs(source: Source, made: str | None = None) -> list[tuple[str, bool]]:
    """The citation as (text, in italics?) pieces: the one made by the CSL processor, else our plain one."""
    if made := _made(source) if made is None else made:
        runs, italic = [], False
        for piece in _ITALIC.split(made):
            if piece in ("<i>", "</i>"):
                italic = piece == "<i>"
            elif piece:
                runs.append((html.unescape(piece), italic))
        return runs
    whole_work = source.type in ("book", "collection", "proceedings", "thesis", "phdthesis", "techreport", "report")
    title = source.title.rstrip(".")
    runs = [(f"{source.author.rstrip('.')}. ", False)] if source.author else []
    runs += [(title, True), (".", False)] if whole_work else [(f"“{title}.”", False)]
    if source.container and source.container != source.author:
        runs += [(" ", False), (source.container, True), (".", False)]
    if source.publisher and source.publisher not in (source.author, source.container):
        runs += [(f" {source.publisher}.", False)]
    return [*runs, (f" {_when(source.date)}.", False)]


def _made(source: Source) -> str:
    """The citation made at build time, unless the source is an instructor's own under a key of the kit's."""
    facts = load()
    return facts.citations.get(source.key, "") if facts.sources.get(source.key) == source else ""


def _when(date: str) -> str:
    try:
        return in_words(parse(date))
    except DateError:
        return "No date"


def markdown(source: Source, made: str | None = None) -> str:
    """A source as `cite` shows it; `made` is its citation from the build, where that is not to be looked up."""
    parts = []
    for text, italic in _runs(source, made):
        safe = as_markdown(text, begins=not parts)
        parts.append(f"*{safe}*" if italic else safe)
    if is_web_link(source.url):
        parts.append(f" <{source.url}>")
    return "".join(parts)


def as_markdown(text: str, *, begins: bool = True) -> str:
    """A text as Markdown that shows it as it is; what begins a line could also be taken for a list."""
    safe = _SIGNS.sub(r"\\\1", text)
    return re.sub(r"^(\d*)([.)+-])(?=\s)", r"\1\\\2", safe) if begins else safe


def _html(source: Source) -> str:
    parts = []
    for text, italic in _runs(source):
        safe = html.escape(text)
        parts.append(f"<i>{safe}</i>" if italic else safe)
    if is_web_link(source.url):
        link = html.escape(source.url)
        # JupyterLab takes the line from below links, and colour alone does not tell them from the words around them.
        parts.append(f' <a href="{link}" rel="noopener noreferrer" style="text-decoration: underline">{link}</a>')
    return "".join(parts)
