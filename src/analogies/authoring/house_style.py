"""The lint of made notebooks: headings, alt text, short cells, plain words, the parts of a lesson."""

from __future__ import annotations

import ast
import re
import statistics
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import nbformat
from nbformat import NotebookNode

LONGEST_CELL, MEDIAN_CELL, IGNORED_SHARE = 12, 3, 0.25
PARTS = ("You will be able to", "Before you start", "Where the analogy breaks", "In short", "For discussion", "Sources")
FORBIDDEN = re.compile(r"\b(simply|just|obviously)\b", re.I)
ALLOWED = {"lesson": {"analogies"}, "exercise": {"analogies", "datetime", "matplotlib", "pandas"}}
_HOMES = re.compile(r"(?<![\w.:/-])/(?:home|root|Users|mnt|private|var/folders)/|\b[A-Z]:\\+Users")
_FENCE = re.compile(r"^(`{3,}|~{3,}).*?^\1\s*$", re.S | re.M)
_CODE = re.compile(r"`[^`\n]+`")
_COMMENT = re.compile(r"<!--.*?-->", re.S)
_PICTURE = re.compile(r"!\[([^\]]*)\]\(")
_LINK = re.compile(r"(?<!!)\[[^\]]+\]\(([^)\s]+)\)")


def lint(notebook: NotebookNode | Path) -> list[str]:
    """What in a made notebook goes against the house style: a sentence each, empty where nothing does.

    A path also has its links looked up on the disk.
    """
    path = notebook if isinstance(notebook, Path) else None
    book = nbformat.read(path, as_version=4) if path else notebook
    about = book.metadata.get("analogies", {})
    kind = about.get("kind", "lesson")
    found = [*_headings(book), *_pictures(book), *_cells(book, kind), *_words(book), *_imports(book, kind), *_paths(book)]
    if missing := [key for key in ("slug", "title", "kind") if not about.get(key)]:
        found.append(f"metadata.analogies lacks {', '.join(missing)}; only analogies build makes notebooks")
    if kind == "lesson":
        found += _lesson(book, whole=about.get("form") != "guide")
    if path:
        found += _links(book, path)
    name = path.name if path else about.get("slug", "notebook")
    return [f"{name}: {sentence}" for sentence in found]


def headings(text: str) -> list[tuple[int, str]]:
    """Level and text of each heading of a Markdown text; what stands in code fences and comments is none."""
    lines = re.findall(r"^(#{1,6}) +(.+?)\s*#*$", _COMMENT.sub("", _FENCE.sub("", text)), re.M)
    return [(len(signs), words) for signs, words in lines]


def _markdown(book: NotebookNode) -> Iterator[tuple[int, str]]:
    return ((n, c.source) for n, c in enumerate(book.cells, 1) if c.cell_type == "markdown")


def _code(book: NotebookNode) -> list[tuple[int, NotebookNode]]:
    return [(n, c) for n, c in enumerate(book.cells, 1) if c.cell_type == "code"]


def _headings(book: NotebookNode) -> Iterator[str]:
    all_of_them = [heading for _, text in _markdown(book) for heading in headings(text)]
    if [level for level, _ in all_of_them].count(1) != 1 or all_of_them[0][0] != 1:
        yield "expected one heading of level 1, as the first, found " + (
            ", ".join(f"{'#' * level} {words}" for level, words in all_of_them if level == 1) or "none")
    for (above, _), (level, words) in zip(all_of_them, all_of_them[1:], strict=False):
        if level > above + 1:
            yield f"the heading {words!r} is of level {level} below one of level {above}; use level {above + 1}"


def _pictures(book: NotebookNode) -> Iterator[str]:
    for number, text in _markdown(book):
        texts = _PICTURE.findall(text)
        if any(not alt.strip() for alt in texts) or _images_without_alt(text):
            yield f"cell {number} has a picture without alt text; write ![what it shows](...)"
    for number, cell in _code(book):
        for output in cell.outputs:
            for mime, data in output.get("data", {}).items():
                bare = mime.startswith("image/") and not output.metadata.get(mime, {}).get("alt", "").strip()
                if bare or (mime == "text/html" and _images_without_alt(data)):
                    yield f"cell {number} shows a picture without alt text; show it with an.show(fig, alt=..., reading=...)"


def _cells(book: NotebookNode, kind: str) -> Iterator[str]:
    lengths = []
    for number, cell in _code(book):
        lines = [line for line in cell.source.splitlines() if line.strip()]
        lengths.append(len(lines))
        if len(lines) > LONGEST_CELL:
            yield f"cell {number} has {len(lines)} lines of code; at most {LONGEST_CELL}, the rest belongs in a module"
        if lines and lines[-1].rstrip().endswith(";"):
            yield f"cell {number} ends in a semicolon; end with plt.show() or return the figure"
        functions = [n for n in ast.walk(_tree(cell)) if isinstance(n, (ast.FunctionDef, ast.ClassDef))]
        if len(functions) > 1 or any(f.end_lineno - f.lineno > 6 for f in functions):
            yield f"cell {number} defines functions that belong in a module"
    if lengths and kind == "lesson" and statistics.median(lengths) > MEDIAN_CELL:
        yield f"the median code cell has {statistics.median(lengths):g} lines; {MEDIAN_CELL} at most"


def _words(book: NotebookNode) -> Iterator[str]:
    for number, text in _markdown(book):
        for word in FORBIDDEN.findall(_CODE.sub("", _FENCE.sub("", text))):
            yield f"cell {number} says {word!r}, which tells a reader who is stuck that they are slow; leave it out"


def _imports(book: NotebookNode, kind: str) -> Iterator[str]:
    for number, cell in _code(book):
        for node in ast.walk(_tree(cell)):
            names = [(a.name, a.asname) for a in node.names] if isinstance(node, ast.Import) else (
                [(node.module or "", None)] if isinstance(node, ast.ImportFrom) else [])
            for name, short in names:
                if name.partition(".")[0] not in ALLOWED[kind] or (name.startswith("analogies") and (name, short) != ("analogies", "an")):
                    yield f"cell {number} imports {name}; a {kind} uses `import analogies as an` and nothing deeper"


def _paths(book: NotebookNode) -> Iterator[str]:
    for number, cell in enumerate(book.cells, 1):
        texts = [cell.source, *(o.get("text", "") for o in cell.get("outputs", ())),
                 *(str(d) for o in cell.get("outputs", ()) for m, d in o.get("data", {}).items() if m.startswith("text/"))]
        if any(_HOMES.search(text) for text in texts):
            yield f"cell {number} holds a path of one machine; data come by name, links are relative"


def _lesson(book: NotebookNode, *, whole: bool) -> Iterator[str]:
    code = _code(book)
    ignored = sum("nbval-ignore-output" in cell.metadata.get("tags", []) for _, cell in code)
    if ignored > IGNORED_SHARE * len(code):
        yield f"{ignored} of {len(code)} code cells are not compared by nbval; a quarter at most"
    for (number, _), (following, _) in zip(code, code[1:], strict=False):
        if following == number + 1:
            yield f"cell {following} is code straight after code; announce each code cell in a sentence"
    prose = sum(len(text.split()) for _, text in _markdown(book))
    if prose < sum(len(cell.source.split()) for _, cell in code):
        yield "there is more code than prose"
    if not whole:
        return
    titles = [words.casefold() for _, text in _markdown(book) for level, words in headings(text) if level == 2]
    parts = [next((n for n, title in enumerate(titles) if part.casefold() in title), None) for part in PARTS]
    for part, place in zip(PARTS, parts, strict=True):
        if place is None:
            yield f"the part {part!r} is missing; give it a heading of level 2"
    known = [place for place in parts if place is not None]
    if known != sorted(known):
        yield f"the parts stand in another order than {', '.join(PARTS)}"
    if not any(re.match(r"\d+\. ", title) for title in titles):
        yield "no numbered section (## 1. ...) was found"
    if sum(".check(" in cell.source for _, cell in code) < 2:
        yield "fewer than two quick checks (ex.check) were found"


def _links(book: NotebookNode, path: Path) -> Iterator[str]:
    for number, text in _markdown(book):
        for target in _LINK.findall(_CODE.sub("", _FENCE.sub("", text))):
            place = target.partition("#")[0]
            if not place or re.match(r"[a-z]+:", place):
                continue
            there = path.parent / place
            if "my-work" in Path(place).parts:  # a copy is put there by analogies lab
                there = path.parent.parent / "exercises" / there.name if there.suffix else path.parent
            if not there.exists():
                yield f"cell {number} links to {target}, which does not exist"


def _tree(cell: NotebookNode) -> ast.AST:
    return ast.parse("\n".join("" if line.lstrip().startswith(("%", "!")) else line for line in cell.source.splitlines()))


class _Images(HTMLParser):
    bare = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "img" and not (dict(attrs).get("alt") or "").strip():
            self.bare = True


def _images_without_alt(text: str) -> bool:
    parser = _Images()
    parser.feed(text)
    return parser.bare
