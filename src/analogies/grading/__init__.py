"""Grading: from a folder of submitted notebooks to marks by question."""
