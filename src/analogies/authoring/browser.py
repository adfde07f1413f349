"""The timeline's JavaScript as it is sent to a browser: its modules, joined and minified into one made file."""

from __future__ import annotations

from pathlib import Path

import minify

from ..timeline import modules

TIMELINE = "src/analogies/timeline"


def make(root: Path) -> dict[Path, str]:
    """The made file by its path; nothing where the folder has no timeline."""
    folder = root / TIMELINE
    if not (folder / "js").exists():
        return {}
    source = modules.joined(modules.sources(folder))
    return {folder / modules.MADE: modules.signed(minify.string("text/javascript", source) + "\n", source)}


def faults(root: Path) -> list[str]:
    """A sentence if the made file is missing, stale or edited by hand.  Minifies nothing: it compares hashes."""
    folder = root / TIMELINE
    if not (folder / "js").exists():
        return []
    path = folder / modules.MADE
    name, (head, made) = path.relative_to(root).as_posix(), modules.read(path)
    if not head:
        return [f"{name} is missing or has lost its first line; run: analogies build"]
    if head.get("rest") != modules.digest(made):
        return [f"{name} was edited by hand; change js/ instead, then run: analogies build"]
    if head.get("js/") != modules.digest(modules.joined(modules.sources(folder))):
        return [f"{name} is stale: js/ has changed; run: analogies build"]
    return []
