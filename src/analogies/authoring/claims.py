"""readings/claims.md: each claim of the two articles with its verdict, its evidence, and where the kit treats it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from ..facts.cite import as_markdown
from ..facts.dates import in_words
from ..facts.load import Facts
from ..facts.model import VERDICTS, Claim
from .page import DATA, heading, jump_list, page
from .source import front_matter

# The course as it is laid out: a claim may name a lesson before the lesson is written. Nowhere else is this list.
LESSONS = {
    "01-reading-the-articles": "Reading the articles",
    "02-venezuela-2019": "Venezuela, 2019",
    "03-syria-2015": "Syria, 2015",
    "04-nicaragua-1980s": "Nicaragua, the 1980s",
    "05-monroe-doctrine": "The Monroe Doctrine",
    "06-yugoslavia-1999": "Yugoslavia, 1999",
    "07-comparing-cases": "Comparing cases",
    "08-2026-what-came-later": "2026: what came later",
}
SAID = {"partly": "held up in part", "did not": "did not hold up"}  # a verdict as a reader would say it
ARTICLES = {"frolov": ("Vladimir Frolov, 2 April 2019", "guide-frolov"), "lake": ("Eli Lake, April 2019", "guide-lake")}


def make(root: Path, facts: Facts, short: Mapping[str, str]) -> str:
    """The page; `short` gives sources by key as shortened notes."""
    claims = sorted(facts.claim_records, key=lambda claim: (claim.article, claim.paragraph, claim.id))
    lines = [_introduction(claims)]
    for article, (title, guide) in ARTICLES.items():
        own = [claim for claim in claims if claim.article == article]
        lines.append(heading(2, f"{title} ({len(own)} claims)", f"article-{article}"))
        lines.append(f"[The article, paragraph by paragraph]({guide}.md)\n\n{jump_list((claim.id, claim.id) for claim in own)}\n")
        lines += [_claim(root, facts, claim, short) for claim in own]
    return page("\n".join(lines).rstrip() + "\n", made_of=[f"{DATA}/claims.csv", f"{DATA}/sources.bib", "lessons/", "readings/"])


def untreated(root: Path, facts: Facts) -> list[str]:
    """A sentence for each claim that names what is neither a lesson of the course nor a reading (a blank is refused on loading)."""
    return [f"claims.csv: {claim.id} is treated in {name!r}, which is no lesson of the course and no file of readings/"
            for claim in facts.claim_records for name in claim.treated
            if name not in LESSONS and not (root / "readings" / f"{name}.md").exists()]


def _introduction(claims: list[Claim]) -> str:
    count = Counter(claim.verdict for claim in claims)
    table = "\n".join(f"| {SAID.get(verdict, verdict)} | {count[verdict]} |" for verdict in VERDICTS if count[verdict])
    return (f"# The claims of the two articles\n\n*The {len(claims)} claims, in our words, with the paragraph (¶0 is the standfirst). "
            "A verdict compares the claim with the record; it has a date, and what stands under “Arguable” says where two careful "
            "readers could differ. “Contested” means that the record itself is disputed; “unverifiable”, that it cannot decide.*\n\n"
            + jump_list((f"article-{article}", title) for article, (title, _) in ARTICLES.items())
            + f"\n\n| verdict | claims |\n|---|--:|\n{table}\n")


def _claim(root: Path, facts: Facts, claim: Claim, short: Mapping[str, str]) -> str:
    hedged = f" (hedged: {', '.join(f'“{as_markdown(hedge, begins=False)}”' for hedge in claim.hedges)})" if claim.hedges else ""
    rows = [
        ("Who says so", as_markdown(claim.speaker)),
        ("Kind", f"{' and '.join(claim.kinds)}{hedged}"),
        ("Verdict", f"**{SAID.get(claim.verdict, claim.verdict)}**, judged as of {in_words(claim.judged_as_of)}"),
        ("Evidence", as_markdown(claim.evidence)),
        ("Why this verdict", as_markdown(claim.why)),
        ("Arguable", as_markdown(claim.arguable)),
        ("Cases", ", ".join(facts.cases[case].title for case in claim.cases)),
        ("Sources", sources(claim.sources, short)),
        ("Treated in", "; ".join(_treated(root, name) for name in claim.treated)),
    ]
    said = "\n".join(f"- *{name}:* {text}" for name, text in rows if text)
    return f"{heading(3, f'{claim.id} (¶{claim.paragraph})', claim.id)}\n{as_markdown(claim.claim)}\n\n{said}\n"


def sources(keys: tuple[str, ...], short: Mapping[str, str]) -> str:
    """Sources as shortened notes, each with a link to its place in the bibliography."""
    return "; ".join(f"[{as_markdown(short[key], begins=False)}](bibliography.md#s-{key})" for key in keys)


def _treated(root: Path, name: str) -> str:
    """A lesson by its number and title, or a reading by its title; with a link where it is there."""
    if name in LESSONS:
        lesson, made = root / "lessons" / name / "lesson.md", f"../notebooks/{name}.ipynb"
        title = front_matter(lesson)["title"] if lesson.exists() else LESSONS[name]
        words = f"lesson {int(name[:2])}, {as_markdown(str(title), begins=False)}"
        return f"[{words}]({made})" if lesson.exists() else words
    reading = root / "readings" / f"{name}.md"
    lines = reading.read_text(encoding="utf-8").splitlines() if reading.exists() else []
    title = next((line[2:].strip() for line in lines if line.startswith("# ")), name)
    return f"[{as_markdown(title, begins=False)}]({name}.md)" if lines else as_markdown(name)
