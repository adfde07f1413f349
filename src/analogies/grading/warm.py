"""The warm process: shuts itself in, loads the libraries once, and forks a child for each submission.

sandbox.py starts it anew with an empty memory; it is never forked from the process that knows questions and marks.
Standard input brings requests, standard output takes answers away.
"""

from __future__ import annotations

import gc
import os
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NoReturn

from .frames import PREFIX, Order, length_of, pack, unpack
from .supervise import Failed, Limits, Unwanted

FONTS, TMP = "/etc/matplotlib", "/tmp"  # where matplotlib's list of fonts is seen inside, and what is a child's own


def main() -> NoReturn:
    """Serve requests until standard input ends."""
    answering = 1
    try:
        settings = _receive(0)
        if "once" in settings:
            _once(settings)
        cell = _shut_in(settings)
        # Out of reach of print() and input(), also of those of the C library.
        asking, answering = os.dup(0), os.dup(1)
        silence = os.open(os.devnull, os.O_RDWR | getattr(os, "O_CLOEXEC", 0))
        for descriptor in (0, 1, 2):
            os.dup2(silence, descriptor)
        os.close(silence)
        _serve(asking, answering, settings, cell)
    except (EOFError, Unwanted, BrokenPipeError):
        pass
    except BaseException as fault:  # said to the trusted process; a traceback would reach no one
        _send(answering, {"failed": f"{type(fault).__name__}: {fault}"})
    os._exit(0)


def _once(settings: dict[str, Any]) -> NoReturn:
    """Be the child of one attempt, where a process cannot be forked.  NOT ISOLATED."""
    from . import cells, shell

    out = os.dup(1)
    silence = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(silence, descriptor)
    orders = [Order(one[0], one[1], tuple(one[2])) for one in settings["once"]]
    cells.run(orders, set(settings["left_out"]), shell.make(), out, settings["printed_kb"], lambda: None)


def _shut_in(settings: dict[str, Any]) -> Any:
    if not settings["isolated"]:
        return None
    from . import confine

    fonts = settings.get("fonts")
    return confine.enter(Path(settings["package"]), [(fonts, f"{FONTS}/{Path(fonts).name}")] if fonts else [])


def _serve(asking: int, answering: int, settings: dict[str, Any], cell: Any) -> None:
    from . import children

    limits = Limits(**settings.get("limits", {}))
    made = None
    if not settings.get("survey") and not settings.get("spawn"):
        from . import shell

        made = shell.make()
    if cell:
        from . import new_root

        new_root.seal()
    gc.collect()
    gc.freeze()  # so that a child's collector does not write into, and so copy, the pages that it shares
    nursery = children.Children(cell, made, limits, asking, settings["program"])
    holes = nursery.holes(settings["closed"], _needed(settings["package"]), settings["uid"]) if cell else []
    _send(answering, {"ready": True, "holes": holes, "own_uid": bool(cell and cell.uid)})
    while True:
        steps = _receive(asking)
        try:
            head, values = nursery.answer(steps)
        except Failed as fault:
            head, values = {"failed": str(fault)}, []
        _send(answering, head, values)


def _needed(package: str) -> list[str]:
    """A file of each place from which students' code loads something."""
    found = [find_spec(name) for name in ("numpy", "encodings")]
    return [*(one.origin for one in found if one and one.origin), str(Path(package, "data", "claims.csv"))]


def _receive(descriptor: int) -> Any:
    body = _exactly(descriptor, length_of(_exactly(descriptor, PREFIX)))
    return unpack(body)[0]


def _exactly(descriptor: int, length: int) -> bytes:
    parts = []
    while length:
        part = os.read(descriptor, min(length, 1 << 20))
        if not part:
            raise EOFError
        parts.append(part)
        length -= len(part)
    return b"".join(parts)


def _send(descriptor: int, head: Any, blobs: list[bytes] | None = None) -> None:
    data = memoryview(pack(head, blobs))
    while data:
        data = data[os.write(descriptor, data) :]
