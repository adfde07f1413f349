"""The browser's part of the timeline as one string: js/*.js joined in the order of their imports, and widget.css.

What is sent is widget.js, the joined modules as `analogies build` minified them (authoring/browser.py), so that nobody who
only opens a notebook needs a minifier. Where js/ has changed since, as on the desk of a developer, the modules are sent as
they are. `python src/analogies/timeline/modules.py` prints what is sent; tests/js and benchmarks/ take it from there.
"""

from __future__ import annotations

import hashlib
import re
from functools import cache
from pathlib import Path

_HERE = Path(__file__).parent
_IMPORT = re.compile(r'^import\s*\{[^}]*\}\s*from\s*"\./([\w-]+\.js)";[ \t]*\n?', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?function\b|const\b|let\b|class\b)", re.MULTILINE)
START, MADE, NAME = "index.js", "widget.js", "timeline"


@cache
def esm() -> str:
    """One ES module without imports, whose default export is what anywidget (or a page) renders."""
    source = joined(sources())
    head, made = read(_HERE / MADE)
    return made if head.get("js/") == digest(source) else source


def sources(folder: Path | None = None) -> dict[str, str]:
    """The modules of js/ by their names."""
    return {path.name: path.read_text(encoding="utf-8") for path in ((folder or _HERE) / "js").glob("*.js")}


def digest(text: str) -> str:
    """A short hash, by which a made text is known to be that of its source."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def signed(made: str, source: str) -> str:
    """A made text under a first line that says from what it was made."""
    return f"// Made by analogies build: js/ {digest(source)}, the rest {digest(made)}. Change js/ instead.\n{made}"


def read(path: Path) -> tuple[dict[str, str], str]:
    """What the first line of a made file says ("js/" and "rest": hashes), and what stands below it; nothing if there is none."""
    head, _, made = path.read_text(encoding="utf-8").partition("\n") if path.exists() else ("", "", "")
    return dict(re.findall(r"(js/|rest) ([0-9a-f]{16})\b", head)), made


@cache
def css() -> str:
    """The style sheet of the widget."""
    return (_HERE / "widget.css").read_text(encoding="utf-8")


def joined(modules: dict[str, str], start: str = START) -> str:
    """The modules that `start` needs, each after those that it imports, without their imports and exports, in one function.

    The default export has the name `timeline` too, for a page that stands alone; no other name can meet one of the page.

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
        parts.append(f"// --- {name}\n{re.sub('^export default', 'return', text.strip(), flags=re.MULTILINE)}\n")
    return f"const {NAME} = (() => {{\n{''.join(parts)}}})();\nexport default {NAME};\n"


if __name__ == "__main__":
    print(esm(), end="")
