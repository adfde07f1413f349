"""What goes through the pipes of the sandbox: length-framed bytes, checked at the receiving end."""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

HEADER = struct.Struct("<BHI")  # kind, number of the step, bytes that follow
START, END, VALUE, DONE, OVER, BROKEN = range(1, 7)
MEMORY, PRINTED = b"memory", b"printed"  # reasons of OVER
MAX_PAYLOAD = 8_200_000  # an encoded value and its name's number
MAX_TOTAL = 64_000_000  # of one submission
MAX_SAID = 2_000  # bytes of a sentence
_LENGTH = struct.Struct("<I")
MAX_MESSAGE = MAX_TOTAL + 4_000_000


@dataclass(frozen=True)
class Order:
    """One step as the child gets it: code to run, or names whose values are read."""

    id: str
    source: str
    capture: tuple[str, ...]


class Junk(ValueError):
    """Bytes that are no frame, or one that is not due."""


def frame(kind: int, step: int = 0, payload: bytes = b"") -> bytes:
    """One frame, from child to warm process."""
    return HEADER.pack(kind, step, len(payload)) + payload


class Frames:
    """Cuts a stream of bytes into frames; the bytes come from a process that may be hostile."""

    def __init__(self) -> None:
        self._waiting = bytearray()
        self._total = 0

    def feed(self, data: bytes) -> Iterator[tuple[int, int, bytes]]:
        """Kind, step and payload of each frame that is now complete.  Raises Junk."""
        self._waiting += data
        self._total += len(data)
        if self._total > MAX_TOTAL:
            raise Junk("too many bytes")
        while len(self._waiting) >= HEADER.size:
            kind, step, length = HEADER.unpack_from(self._waiting)
            if not START <= kind <= BROKEN or length > (MAX_PAYLOAD if kind == VALUE else MAX_SAID):
                raise Junk("no such frame")
            if len(self._waiting) < HEADER.size + length:
                return
            payload = bytes(self._waiting[HEADER.size : HEADER.size + length])
            del self._waiting[: HEADER.size + length]
            yield kind, step, payload


def pack(head: Any, blobs: list[bytes] | None = None) -> bytes:
    """One message between the trusted and the warm process: a JSON head, and bytes whose lengths it need not say."""
    parts = [json.dumps(head).encode("ascii"), *(blobs or [])]
    body = b"".join(_LENGTH.pack(len(part)) + part for part in parts)
    return _LENGTH.pack(len(body)) + body


def unpack(body: bytes) -> tuple[Any, list[bytes]]:
    """Head and blobs of a message without its leading length.  Raises ValueError."""
    parts, at = [], 0
    while at < len(body):
        if at + _LENGTH.size > len(body):
            raise ValueError("a message that is cut short")
        (length,) = _LENGTH.unpack_from(body, at)
        at += _LENGTH.size
        if at + length > len(body):
            raise ValueError("a message that is cut short")
        parts.append(body[at : at + length])
        at += length
    if not parts:
        raise ValueError("an empty message")
    return json.loads(parts[0]), parts[1:]


def length_of(prefix: bytes) -> int:
    """The length that the first four bytes of a message say.  Raises ValueError."""
    (length,) = _LENGTH.unpack(prefix)
    if length > MAX_MESSAGE:
        raise ValueError("a message that is too long")
    return length


PREFIX = _LENGTH.size
