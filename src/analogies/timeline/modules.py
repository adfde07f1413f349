"""The browser's part of the timeline as one string: js/*.js joined in the order of their imports, and widget.css.

`python src/analogies/timeline/modules.py` prints what is sent to the browser; tests/js and benchmarks/ take it from there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

_HERE = Path(__file__).parent
_IMPORT = re.compile(r'^import\s*\{[^}]*\}\s*from\s*"\./([\w-]+\.js)";[ \t]*\n?', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?function\b|const\b|let\b|class\b)", re.MULTILINE)
START = "index.js"


@cache
def esm() -> str:
    """One ES module without imports, whose default export is what anywidget (or a page) renders."""
    return squeezed(joined({path.name: path.read_text(encoding="utf-8") for path in (_HERE / "js").glob("*.js")}))


@cache
def css() -> str:
    """The style sheet of the widget."""
    return (_HERE / "widget.css").read_text(encoding="utf-8")


def joined(modules: dict[str, str], start: str = START) -> str:
    """The modules that `start` needs, each after those that it imports, without their imports and exports.

    Only `import {a, b} from "./sibling.js";` and `export` before a declaration are understood, and `export default`
    in `start`. Raises ValueError for a missing module, a circle, or an import or export of another form.
    """
    order: list[str] = []

    def visit(name: str, way: tuple[str, ...]) -> None:
        if name in way:
            raise ValueError(f"the modules import each other in a circle: {' > '.join((*way, name))}.")
        if name not in modules:
            raise ValueError(f"{way[-1] if way else 'the timeline'} imports {name}, which is not in js/.")
        if name in order:
            return
        for needed in _IMPORT.findall(modules[name]):
            visit(needed, (*way, name))
        order.append(name)

    visit(start, ())
    parts = []
    for name in order:
        text = _EXPORT.sub("", _IMPORT.sub("", modules[name]))
        left = re.findall(r"^(?:import\b|export\b(?! default\b)).*", text, re.MULTILINE)
        if left or (name != start and re.search(r"^export default\b", text, re.MULTILINE)):
            raise ValueError(f"{name}: cannot join {(left or ['export default'])[0]!r}; write import {{a}} from "
                             '"./b.js"; and export before a declaration.')
        parts.append(f"// --- {name}\n{text.strip()}\n")
    return "\n".join(parts)


# A template may hold templates and objects in its ${holes}, four deep; it is kept as it stands, holes and all.
_TEMPLATE = "`[^`]*`"
for _ in range(4):
    _TEMPLATE = rf'`(?:[^`\\$]|\\.|\$(?!\{{)|\$\{{(?:[^{{}}`"]|"(?:[^"\\\n]|\\.)*"|\{{[^{{}}`]*\}}|{_TEMPLATE})*\}})*`'
_OTHERS = rf"""(?P<gap>(?:\s|//[^\n]*)+)|(?P<text>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|{_TEMPLATE})|(?P<word>[\w$]+)|(?P<sign>[^\s\w$"'`])"""
_AFTER_VALUE = re.compile(_OTHERS)
_AFTER_SIGN = re.compile(r"(?P<pattern>/(?![/*])(?:[^/\\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+/\w*)|" + _OTHERS)
_BEFORE_PATTERN = ("return", "typeof", "case", "in", "of")


def tokens(text: str) -> Iterator[tuple[str, str]]:
    """The pieces of JavaScript (kind, piece): gap (spaces, ends of lines, // comments), text, pattern, word, sign.

    Raises ValueError where a piece is none of these, for example a string that does not end on its line.
    """
    at, last = 0, ""
    while at < len(text):
        value = last and (last[-1] in ")]}\"'`" or (re.match(r"[\w$]", last) and last not in _BEFORE_PATTERN))
        hit = (_AFTER_VALUE if value else _AFTER_SIGN).match(text, at)
        if not hit:
            raise ValueError(f"cannot read the timeline's JavaScript from {text[at:at + 60]!r} on.")
        at = hit.end()
        if hit.lastgroup != "gap":
            last = hit[0]
        yield hit.lastgroup, hit[0]


def squeezed(text: str) -> str:
    """The same code without what only readers of js/ need: comments, spaces, a semicolon before a brace that closes, and
    inside braces the difference of const and let (at the top a browser makes more of a const).

    An end of a line is kept unless the sign before or after it could not end or begin a statement.
    """
    out, gap, depth, heads, head = ["\n"], "", 0, [], ""
    for kind, piece in tokens(text):
        if kind == "gap":
            gap += piece
            continue
        before = out[-1][-1]
        if piece == "(":
            heads.append(out[-1])
        elif piece == ")":
            head = heads.pop()
        if piece == "}" and before == ";" and not (out[-2] == ")" and head in ("for", "while", "if")):  # it may be a body
            out.pop()
        elif "\n" in gap and before not in "\n{([,;:?=&|>" and piece[0] not in "})],;:?.&|=":
            out.append("\n")
        elif gap and (re.fullmatch(r"[\w$]{2}", before + piece[0]) or before == piece and piece in "+-"):
            out.append(" ")
        depth += (piece == "{") - (piece == "}")
        out.append("let" if piece == "const" and depth else piece)
        gap = ""
    return "".join(out).strip() + "\n"


if __name__ == "__main__":
    print(esm(), end="")
