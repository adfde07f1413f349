"""Every reading has one title, headings in order, sources that exist, links that lead somewhere, and plain words."""

import re

import pytest

from analogies import kit
from analogies.facts.load import load

READINGS = kit.root() / "readings"
ALL = sorted(path.name for path in READINGS.glob("*.md"))
MADE = {"bibliography.md", "chronology.md", "claims.md"}  # written by the build from the data
WRITTEN = [name for name in ALL if name not in MADE]
BOUNDS = {"historical-analogy.md": (1500, 2200), "measuring-claims.md": (1500, 2200), "glossary.md": (2500, 4500), "README.md": (150, 450)}


def _text(name: str) -> str:
    return (READINGS / name).read_text(encoding="utf-8")


def _shown(name: str) -> str:
    """What a reader sees: no comments, no code spans."""
    return re.sub(r"<!--.*?-->|`[^`\n]*`", "", _text(name), flags=re.S)


def _headings(name: str) -> list[tuple[int, str]]:
    return [(len(m[1]), m[2].strip()) for m in re.finditer(r"^(#{1,6}) (.+)$", _shown(name), flags=re.M)]


@pytest.mark.parametrize("name", ALL)
def test_a_reading_has_one_title_and_skips_no_level_of_heading(name: str) -> None:
    levels = [level for level, _ in _headings(name)]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in zip(levels, levels[1:]))


@pytest.mark.parametrize("name", ALL)
def test_every_key_that_a_reading_cites_is_a_source_and_stands_in_brackets(name: str) -> None:
    text = _shown(name)
    keys = {key for group in re.findall(r"\[(@[^\]]+)\]", text) for key in re.findall(r"@([\w:+.-]+\w)", group)}
    assert sorted(keys - load().sources.keys()) == []
    assert not re.search(r"(?<![\[; \w])@\w", text) and not re.search(r"\[@[^\]]*,\s*@", text), "write [@one; @two]"


@pytest.mark.parametrize("name", [name for name in WRITTEN if not name.startswith("guide-") and name != "README.md"])
def test_every_paragraph_with_a_figure_cites_a_source_or_is_held_by_the_data(name: str) -> None:
    """A guide retells an article paragraph by paragraph, so that its figures are the article's; it has tests of its own."""
    text = re.sub(r"<!-- data: .*? -->", "\x00", _text(name).split("## Checklist")[0])
    text = re.sub(r"<!--.*?-->", "", text, flags=re.S)
    text = re.sub(r"`[^`\n]*`|\]\([^)]*\)|^#.*$|^<a id.*$", "", text, flags=re.M)
    for paragraph in re.split(r"\n\s*\n|\n(?=\s*- |\s*\d+\. )", text):
        bare = re.sub(r"¶\d+|\blesson \d+|^\s*\d+\.\s|as of 31 March 2026|^\|.*$", "", paragraph, flags=re.M)
        assert not re.search(r"\d", bare) or "\x00" in paragraph or "[@" in paragraph, paragraph.strip()


@pytest.mark.parametrize("name, bounds", BOUNDS.items(), ids=BOUNDS)
def test_a_reading_is_as_long_as_a_student_has_time_for(name: str, bounds: tuple[int, int]) -> None:
    words = re.sub(r"\[@[^\]]+\]|<a id[^>]*></a>", "", _shown(name)).split()
    assert bounds[0] <= len(words) <= bounds[1]


@pytest.mark.parametrize("name", ALL)
def test_every_link_inside_the_readings_leads_somewhere(name: str) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", _shown(name)):
        if target.startswith(("http://", "https://")):
            continue
        file, _, anchor = target.partition("#")
        assert (READINGS / (file or name)).exists(), f"{name} links to {target}"
        if anchor:
            assert f'<a id="{anchor}"></a>' in _text(file or name), f"{name} links to {target}"


@pytest.mark.parametrize("name", WRITTEN)
def test_a_reading_avoids_words_that_make_a_reader_feel_slow(name: str) -> None:
    assert re.findall(r"\b(simply|just|obviously|of course|easily seen|needless to say)\b", _shown(name), flags=re.I) == []


def test_the_index_leads_to_every_written_reading_and_says_how_long_it_is() -> None:
    index = _text("README.md")
    for name in WRITTEN:
        if name == "README.md":
            continue
        assert f"({name})" in index, f"{name} is missing from readings/README.md"
        row = next(line for line in index.splitlines() if f"({name})" in line)
        if promised := re.search(r"\| ([\d,]+) \|$", row):
            words = len(re.sub(r"\[@[^\]]+\]", "", _shown(name)).split())
            assert abs(int(promised[1].replace(",", "")) - words) <= 150, f"{name} has {words} words"


def test_readings_name_no_page_that_nobody_looked_up() -> None:
    for name in WRITTEN:
        assert not re.search(r"\[@[^\]]*\bpp?\.\s*\d", _text(name)), name
