"""Feedback for students: a page for each, and the folder with all of them."""

from .files import write
from .page import page
from .places import places
from .words import Place, comments

__all__ = ["Place", "comments", "page", "places", "write"]
