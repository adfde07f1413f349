"""Authoring: from the text of a lesson to executed notebooks, student copies and made readings."""
