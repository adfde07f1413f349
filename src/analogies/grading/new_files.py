"""Writes a file under a name that is still free: nothing is ever overwritten."""

from __future__ import annotations

from itertools import count
from pathlib import Path


def write_new(path: Path, content: str | bytes) -> Path:
    """Write to path, or where something is there already, to the same name with -2, -3 ...; gives the file."""
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    data = content.encode("utf-8", "replace") if isinstance(content, str) else content
    for number in count(1):
        file = path if number == 1 else path.with_name(f"{path.stem}-{number}{path.suffix}")
        try:
            with file.open("xb") as new:
                new.write(data)
        except FileExistsError:
            continue
        return file
    raise AssertionError  # count() does not end
