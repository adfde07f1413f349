"""The one codec of answers (being written)."""
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Unsupported:
    """What stands for a value that the codec does not carry: the name of its type, and a sentence."""

    type: str
    sentence: str
