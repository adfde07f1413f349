"""Sentences and tables shown as the last value of a cell."""

from __future__ import annotations

from dataclasses import dataclass

from .outcome import DOLLAR, escape_markdown


@dataclass(frozen=True, slots=True, repr=False)
class Page:
    """Markdown that JupyterLab renders; its repr is the same text, for a terminal."""

    markdown: str

    def __repr__(self) -> str:
        return self.markdown.replace(DOLLAR, "$")

    def _repr_markdown_(self) -> str:
        return self.markdown


def page(*blocks: str) -> Page:
    """Blocks of Markdown (paragraphs, tables, fences), empty ones left out."""
    return Page("\n\n".join(block.strip("\n") for block in blocks if block.strip()) + "\n")


def table(header: tuple[str, ...], rows: list[tuple[object, ...]]) -> str:
    """A Markdown table; cells are shown as they are."""
    lines = [header, tuple("---" for _ in header), *rows]
    return "\n".join(
        "| " + " | ".join(cell if cell == "---" else escape_markdown(str(cell)) or " " for cell in line) + " |"
        for line in lines
    )


def quote(text: str) -> str:
    """Paragraphs as a Markdown quotation, shown as they are."""
    paragraphs = [escape_markdown(part) for part in text.strip().split("\n\n")]
    return "\n>\n".join(f"> {paragraph}" for paragraph in paragraphs)


def fence(code: str) -> str:
    """Python code as Markdown, in a fence longer than any inside it."""
    marks = "```"
    while marks in code:
        marks += "`"
    return f"{marks}python\n{code.strip(chr(10))}\n{marks}"
