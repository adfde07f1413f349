"""The warm process: shuts itself in, loads the libraries once, and forks a child for each attempt at a submission.

started.py starts it anew with an empty memory; it is never forked from the process that knows questions and marks.  Its children
share its memory, so nothing of any student may come into it: a child gets its steps and gives its values on pipes of its own,
whose other ends the trusted process holds.  This process sees commands of one byte alone.
"""

from __future__ import annotations

import gc
import json
import os
import socket
from pathlib import Path
from typing import Any, NoReturn

from .frames import PREFIX, length_of, pack, unpack

FONTS = "/etc/matplotlib"  # where matplotlib's list of fonts is seen inside
OWN = "/student"  # a child's own folder; not /tmp, in which the kit or its Python may lie
START, AWAIT, KILL = b"S", b"A", b"K"  # with two descriptors: the child's steps and its result; wait for it to end; end it


def main() -> NoReturn:
    """Serve commands on the socket that is standard input, until it ends."""
    control = socket.socket(fileno=os.dup(0))
    try:
        settings = receive(control)
        cell = None
        _go_first()
        if settings["isolated"]:
            from . import confine

            control.close()  # only 0, 1 and 2 may be open, so that the process that waits can close them
            fonts = settings.get("fonts")
            cell = confine.enter(Path(settings["package"]), [(fonts, f"{FONTS}/{Path(fonts).name}")] if fonts else [])
            control = socket.socket(fileno=os.dup(0))
        # Out of reach of print() and input(), also of those of the C library.
        silence = os.open(os.devnull, os.O_RDWR | os.O_CLOEXEC)
        for descriptor in (0, 1, 2):
            os.dup2(silence, descriptor)
        os.close(silence)
        _serve(control, settings, cell)
    except (EOFError, ConnectionError):
        pass
    except BaseException as fault:  # said to the trusted process; a traceback would reach no one
        if control.fileno() < 0:
            control = socket.socket(fileno=os.dup(0))
        control.sendall(pack({"failed": f"{type(fault).__name__}: {fault}"}))
    os._exit(0)


def _serve(control: socket.socket, settings: dict[str, Any], cell: Any) -> None:
    from ..limits import Limits
    from . import children

    made = None
    if not settings.get("survey"):
        from . import cells, shell  # noqa: F401 - each child needs cells, and would import it by itself

        made = shell.make()
    if cell:
        from . import new_root

        new_root.seal()
    gc.collect()
    gc.freeze()  # so that a child's collector does not write into, and so copy, the pages that it shares
    nursery = children.Children(cell, made, Limits(**settings.get("limits", {})))
    control.sendall(pack({"ready": True, "own_uid": bool(cell and cell.uid is not None)}))
    try:
        while True:
            command, descriptors, _, _ = socket.recv_fds(control, 1, 2)
            if command == START:
                nursery.start(*descriptors)
            elif command in (AWAIT, KILL):
                control.sendall(pack(nursery.end(at_once=command == KILL)))
            else:
                raise EOFError
    finally:
        nursery.end(at_once=True)


def _go_first() -> None:
    """Where the machine runs out of memory, have the kernel end students' code and not the grader.  Children inherit it."""
    try:
        Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")
    except OSError:  # no Linux
        pass


def receive(control: socket.socket) -> Any:
    """The head of one message.  Raises EOFError, ConnectionError, ValueError."""
    return unpack(_exactly(control, length_of(_exactly(control, PREFIX))))[0]


def _exactly(control: socket.socket, length: int) -> bytes:
    parts = []
    while length:
        part = control.recv(min(length, 1 << 20))
        if not part:
            raise EOFError("the process for students' code ended")
        parts.append(part)
        length -= len(part)
    return b"".join(parts)


def once() -> NoReturn:
    """Be the child of one attempt, where a process cannot be forked: steps on standard input, frames on standard output.
    NOT ISOLATED."""
    from . import cells, shell

    parts = []
    while part := os.read(0, 1 << 20):
        parts.append(part)
    out = os.dup(1)
    silence = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(silence, descriptor)
    cells.run(json.loads(b"".join(parts)), shell.make(), out, lambda: None)
