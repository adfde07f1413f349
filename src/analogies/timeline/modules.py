"""The browser's part of the timeline as one string: js/*.js joined in the order of their imports, and widget.css."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

_IMPORT = re.compile(r'^import\s*\{[^}]*\}\s*from\s*"\./([\w-]+\.js)";[ \t]*\n?', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?function\b|const\b|let\b|class\b)", re.MULTILINE)
# Comments and indents are for the reader of js/, not for every notebook and page that carries the text. Lines that hold
# nothing else are dropped; tests/js holds that no text of ours runs over a line, where this would change it.
_FOR_READERS = re.compile(r"^[ ]*//.*\n|^[ ]+", re.MULTILINE)
START = "index.js"


@cache
def esm() -> str:
    """One ES module without imports, whose default export is what anywidget (or a page) renders."""
    folder = files("analogies.timeline") / "js"
    return joined({path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()
                   if path.name.endswith(".js")})


@cache
def css() -> str:
    """The style sheet of the widget."""
    return (files("analogies.timeline") / "widget.css").read_text(encoding="utf-8")


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
        text = _FOR_READERS.sub("", _EXPORT.sub("", _IMPORT.sub("", modules[name])))
        left = re.findall(r"^(?:import\b|export\b(?! default\b)).*", text, re.MULTILINE)
        if left or (name != start and re.search(r"^export default\b", text, re.MULTILINE)):
            raise ValueError(f"{name}: cannot join {(left or ['export default'])[0]!r}; write import {{a}} from "
                             '"./b.js"; and export before a declaration.')
        parts.append(f"// --- {name}\n{text.strip()}\n")
    return "\n".join(parts)
