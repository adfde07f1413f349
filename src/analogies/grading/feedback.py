"""Feedback for students: a page for each, and the folder with all of them."""

from .feedback_files import write
from .feedback_page import page
from .feedback_words import Place, comments
from .places import places

__all__ = ["Place", "comments", "page", "places", "write"]
