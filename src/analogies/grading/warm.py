"""The warm process: shuts itself in, loads the libraries once, and forks a child for each submission.

sandbox.py starts it anew with an empty memory; it is never forked from the process that knows questions and marks.
Standard input brings requests, standard output takes answers away.
"""

from __future__ import annotations

import gc
import os
from pathlib import Path
from typing import Any, NoReturn

from .frames import PREFIX, length_of, pack, unpack
from .supervise import Failed, Limits, Unwanted

FONTS = "/etc/matplotlib"  # where matplotlib's list of fonts is seen inside


def main() -> NoReturn:
    """Serve requests until standard input ends."""
    answering = 1
    try:
        settings = _receive(0)
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


def _shut_in(settings: dict[str, Any]) -> Any:
    if not settings["isolated"]:
        return None
    from . import confine

    fonts = settings["fonts"]
    return confine.enter(Path(settings["package"]), [(fonts, f"{FONTS}/{Path(fonts).name}")] if fonts else [])


def _serve(asking: int, answering: int, settings: dict[str, Any], cell: Any) -> None:
    from . import shell
    from .children import Children

    made = shell.make()
    if cell:
        from . import new_root

        new_root.seal()
    gc.collect()
    gc.freeze()  # so that a child's collector does not write into, and so copy, the pages that it shares
    children = Children(cell, made, Limits(**settings["limits"]), (asking, answering))
    _send(answering, {"ready": True})
    while True:
        steps = _receive(asking)
        try:
            head, values = children.answer(steps)
        except Failed as fault:
            head, values = {"failed": str(fault)}, []
        _send(answering, head, values)


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
