"""Checks: what an answer must satisfy, the codec that carries answers, hints and progress."""

from .course import progress as course_progress
from .exercise import Exercise, exercise

__all__ = ["Exercise", "course_progress", "exercise"]
