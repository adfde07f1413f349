"""Checks: what an answer must satisfy, the codec that carries answers, hints and progress."""

from .exercise import Exercise, exercise

__all__ = ["Exercise", "exercise"]
