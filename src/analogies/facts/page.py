"""A page of the codebook, as it shows itself in a notebook."""

import re
from dataclasses import dataclass
from html import escape


@dataclass(frozen=True)
class Page:
    """What one must know of a series or a table before using it: its entries, and whatever else the codebook says."""

    name: str
    entries: dict[str, str]
    text: str = ""

    def __repr__(self) -> str:
        said = [f"{entry}: {said}" for entry, said in self.entries.items()]
        return "\n".join([self.name, *said, self.text.strip()]).strip()

    def _repr_html_(self) -> str:
        caption = f"<caption>Codebook: {escape(self.name)}</caption>"
        rows = [f'<tr><th scope="row" style="text-align:left">{escape(e)}</th>{_cell(said)}</tr>' for e, said in self.entries.items()]
        table = f"<table>{caption}<tbody>{''.join(rows)}</tbody></table>" if rows else f"<p>Codebook: {escape(self.name)}</p>"
        return table + "".join(_block(block) for block in re.split(r"\n\s*\n", self.text.strip()) if block.strip())


def _block(block: str) -> str:
    """A table, a list or a paragraph of the codebook's Markdown; everything in it is escaped."""
    lines = [line.strip() for line in block.splitlines()]
    if all(line.startswith("|") for line in lines) and len(lines) > 1:
        head, rule, *rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
        top = "".join(f'<th scope="col" style="text-align:left">{_inline(cell)}</th>' for cell in head)
        body = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in rows)
        return f"<table><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>"
    if all(line.startswith("- ") for line in lines):
        return f"<ul>{''.join(f'<li>{_inline(line[2:])}</li>' for line in lines)}</ul>"
    return f"<p>{_inline(' '.join(lines))}</p>"


def _cell(text: str) -> str:
    return f'<td style="text-align:left">{_inline(text)}</td>'


def _inline(text: str) -> str:
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(text))
