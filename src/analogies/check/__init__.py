"""Checks: what an answer must satisfy, the codec that carries answers, hints and progress."""
