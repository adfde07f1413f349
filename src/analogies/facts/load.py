"""The only reader of data/: the kit's own facts, an instructor's case, and the validator of both."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TYPE_CHECKING

from analogies import kit
from analogies.facts import coded, records
from analogies.facts.bibtex import read_sources
from analogies.facts.case_file import Head, read_heads
from analogies.facts.codebook import Section, check_series, read_codebook
from analogies.facts.desk import Desk
from analogies.facts.model import Case, Claim, DataError, Era, Fault, Source, unknown

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["DataError", "Facts", "Fault", "load", "read_case", "validate"]


@dataclass(eq=False, repr=False)
class Facts:
    """Everything in one folder of data. The pandas tables are made when first asked for."""

    folder: Traversable
    cases: Mapping[str, Case] = field(default_factory=dict)
    eras: tuple[Era, ...] = ()
    claim_records: tuple[Claim, ...] = ()
    feature_rows: tuple[dict, ...] = ()
    invocation_rows: tuple[dict, ...] = ()
    coder_rows: tuple[dict, ...] = ()
    argument_rows: tuple[dict, ...] = ()
    sources: Mapping[str, Source] = field(default_factory=dict)

    @cached_property
    def claims(self) -> pd.DataFrame:
        """The claims of the articles, one row each (claims.csv)."""
        from analogies.facts.tables import claims_table

        return claims_table(self.claim_records)

    @cached_property
    def features(self) -> pd.DataFrame:
        """One row a case and dimension (features.csv)."""
        from analogies.facts.tables import features_table

        return features_table(self.feature_rows)

    @cached_property
    def invocations(self) -> pd.DataFrame:
        """The uses of the Monroe Doctrine, one row each (monroe_invocations.csv)."""
        from analogies.facts.tables import invocations_table

        return invocations_table(self.invocation_rows)

    @cached_property
    def series_names(self) -> tuple[str, ...]:
        """The names that `series` takes, in order."""
        return tuple(sorted(f.name[:-4] for f in _inside(self.folder, "series") if f.name.endswith(".csv")))

    @cached_property
    def codebook(self) -> Mapping[str, Section]:
        """The sections of CODEBOOK.md by their names."""
        desk = Desk()
        return read_codebook(_bytes(self.folder / "CODEBOOK.md", "CODEBOOK.md", desk) or b"", "CODEBOOK.md", desk)

    @cached_property
    def citations(self) -> Mapping[str, str]:
        """Citations in Chicago style by key, made when the kit was built; empty where they were not."""
        made = self.folder / "citations.json"
        return json.loads(made.read_text(encoding="utf-8")) if made.is_file() else {}

    def series(self, name: str) -> pd.DataFrame:
        """The rows of one series. Raises UnknownName with the nearest names."""
        if name not in self.series_names:
            raise unknown("series", name, self.series_names)
        if name not in self._series:
            from analogies.facts.tables import series_table

            self._series[name] = series_table((self.folder / "series" / f"{name}.csv").read_bytes())
        return self._series[name]

    @cached_property
    def _series(self) -> dict[str, pd.DataFrame]:
        return {}


def load(path: str | Path | None = None) -> Facts:
    """The facts of a folder of data; the kit's own (read once) without a path. Raises DataError with every fault."""
    return _load_kit() if path is None else _whole(Path(path))


@cache
def _load_kit() -> Facts:
    return _whole(_kit_folder())


def _kit_folder() -> Traversable:
    return files("analogies") / "data"


def _whole(folder: Traversable) -> Facts:
    desk = Desk()
    facts, _ = _read(folder, desk)
    if desk.faults:
        raise DataError(sorted(desk.faults))
    return facts


def read_case(path: str | Path) -> Case:
    """A case of an instructor's own: a folder with case.yaml and events.csv, and sources.bib for sources that the kit
    does not have. Raises DataError with every fault."""
    desk = Desk()
    case, _ = _read_case(Path(path), desk)
    if desk.faults or case is None:
        raise DataError(sorted(desk.faults))
    return case


def validate(path: str | Path | None = None) -> list[Fault]:
    """Every fault of the kit's data, of another folder of data, or of a case's folder (one with events.csv).

    More than loading asks for: every series against the codebook, and no source that nothing cites.
    """
    desk = Desk()
    folder = _kit_folder() if path is None else Path(path)
    if path is not None and not (folder / "cases.yaml").is_file():
        _, lines = _read_case(folder, desk)
        elsewhere: set[str] | None = set()
    else:
        facts, lines = _read(folder, desk)
        _check_all_series(facts, desk)
        elsewhere = _cited_in_texts(desk.sources) if path is None else set()
    if elsewhere is not None:
        for key in sorted(lines.keys() - desk.used - elsewhere):
            desk.note("sources.bib", lines[key], key, "nothing cites this source; cite it or delete it")
    return sorted(set(desk.faults))


def _read(folder: Traversable, desk: Desk) -> tuple[Facts, dict[str, int]]:
    """All tables of a folder of data, and the lines of its sources."""
    lines: dict[str, int] = {}
    if (raw := _bytes(folder / "sources.bib", "sources.bib", desk)) is not None:
        sources, lines = read_sources(raw, "sources.bib", desk.faults)
        desk.sources.update(sources)
    raw = _bytes(folder / "cases.yaml", "cases.yaml", desk)
    heads = read_heads(raw, "cases.yaml", desk, many=True) if raw is not None else []
    if not heads:  # a broken list of cases must not hide what is wrong in their events
        heads = [Head(0, f.name[:-4]) for f in _inside(folder, "events") if f.name.endswith(".csv")]
    cases: dict[str, Case] = {}
    for head in heads:
        if head.id in cases:
            desk.note("cases.yaml", head.lines["id"], "id", f"the case {head.id!r} is listed already; keep one")
            continue
        raw = _bytes(folder / "events" / f"{head.id}.csv", f"events/{head.id}.csv", desk)
        cases[head.id] = _case(head, raw, f"events/{head.id}.csv", "cases.yaml", desk)
    for file in _inside(folder, "events"):
        if file.name.endswith(".csv") and file.name[:-4] not in cases:
            desk.note(f"events/{file.name}", 0, "", "no case in cases.yaml has this name; add it there or delete the file")

    def table(name: str, read, *rest) -> tuple:
        raw = _bytes(folder / name, name, desk)
        return tuple(read(desk, raw, name, *rest)) if raw is not None else ()

    def about_claims(name: str, read) -> tuple:  # a folder of an instructor's own need not have these
        return table(name, read, claims) if (folder / name).is_file() else ()

    claims = table("claims.csv", records.claims, cases)
    facts = Facts(
        folder,
        cases,
        table("eras.csv", records.eras, cases),
        claims,
        table("features.csv", records.features, cases),
        table("monroe_invocations.csv", records.invocations),
        about_claims("coders.csv", coded.coders),
        about_claims("arguments.csv", coded.arguments),
        desk.sources,
    )
    return facts, lines


def _read_case(folder: Path, desk: Desk) -> tuple[Case | None, dict[str, int]]:
    if not folder.is_dir():
        desk.note(str(folder), 0, "", "there is no such folder; expected one with case.yaml and events.csv")
        return None, {}
    try:
        kit_facts = load()
    except DataError as error:  # the folder is checked all the same
        desk.faults.extend(error.faults)
        kit_facts = Facts(_kit_folder())
    desk.sources.update(kit_facts.sources)
    desk.seen.update({event.id: f"the kit's case {case.id!r}" for case in kit_facts.cases.values() for event in case.records})
    own: dict[str, int] = {}
    if (folder / "sources.bib").is_file():
        sources, own = read_sources((folder / "sources.bib").read_bytes(), "sources.bib", desk.faults)
        for key in sources.keys() & kit_facts.sources.keys():
            if sources[key] != kit_facts.sources[key]:
                desk.note("sources.bib", own[key], key, "the kit has another source under this key; choose a key of your own")
        desk.sources.update(sources)
    raw = _bytes(folder / "case.yaml", "case.yaml", desk)
    heads = read_heads(raw, "case.yaml", desk, many=False) if raw is not None else []
    table = _bytes(folder / "events.csv", "events.csv", desk)
    if heads and heads[0].id in kit_facts.cases:
        desk.note("case.yaml", heads[0].lines["id"], "id", f"{heads[0].id!r} is a case of the kit; choose another id")
    if not heads:  # check the events all the same; their ids then need not begin with a case
        heads = [Head(0, _stem(table))]
    return _case(heads[0], table, "events.csv", "case.yaml", desk), own


def _stem(raw: bytes | None) -> str:
    """The case that the first id of a table begins with."""
    second = (raw or b"").decode("utf-8", "replace").splitlines()[1:2]
    return second[0].split("-")[0].strip('"') if second else ""


def _case(head: Head, raw: bytes | None, file: str, head_file: str, desk: Desk) -> Case:
    before = len(desk.faults)
    events = records.events(desk, raw, file, head.id) if raw is not None else []
    if raw is not None and not events and len(desk.faults) == before:
        desk.note(file, 0, "", "the case has no events; add at least one row")
    if head.day0 and desk.seen.get(head.day0, "").rpartition(":")[0] != file:
        desk.note(head_file, head.lines["day0"], "day0", f"{head.day0!r} is not the id of an event in {file}")
    cited = dict.fromkeys(key for event in events for key in event.sources)
    return Case(**head.fields(), records=tuple(events), sources={k: desk.sources[k] for k in cited if k in desk.sources})


def _check_all_series(facts: Facts, desk: Desk) -> None:
    raw = _bytes(facts.folder / "CODEBOOK.md", "CODEBOOK.md", desk)
    codebook = read_codebook(raw, "CODEBOOK.md", desk) if raw is not None else None
    for name in facts.series_names:
        check_series(desk, (facts.folder / "series" / f"{name}.csv").read_bytes(), name, f"series/{name}.csv", codebook, "CODEBOOK.md")
    explained = set(re.findall(r"`([^`]+)`", raw.decode("utf-8", "replace"))) if raw is not None else None
    for dimension in dict.fromkeys(row["dimension"] for row in facts.feature_rows):
        if explained is not None and dimension not in explained:
            desk.note("CODEBOOK.md", 0, "features.csv", f"the dimension {dimension!r} is not explained; add `{dimension}` with what it asks")
    for name, section in (codebook or {}).items():
        if "unit" in section.entries and name not in facts.series_names:
            desk.note("CODEBOOK.md", section.line, name, f"there is no series/{name}.csv; add it or delete the section")


def _cited_in_texts(sources: Mapping[str, Source]) -> set[str] | None:
    """Keys that the kit's readings, lessons and instructor guide cite; None where the clone is not at hand, so that nobody can tell."""
    try:
        root = kit.root()
    except FileNotFoundError:
        return None
    texts = [f.read_text(encoding="utf-8", errors="replace") for place in ("readings", "lessons", "solutions") for f in (root / place).rglob("*.md")]
    words = set(re.findall(r"""[@"']([A-Za-z0-9][\w:+.-]*\w)""", "\n".join(texts)))  # [@key], an.cite("key")
    return sources.keys() & words


def _inside(folder: Traversable, name: str) -> list[Traversable]:
    place = folder / name
    return sorted(place.iterdir(), key=lambda f: f.name) if place.is_dir() else []


def _bytes(file: Traversable, name: str, desk: Desk) -> bytes | None:
    try:
        return file.read_bytes()
    except FileNotFoundError:
        desk.note(name, 0, "", "the file is missing; create it")
    except OSError as error:
        desk.note(name, 0, "", f"the file cannot be read: {error.strerror or error}; close it in other programs and see who may read it")
    return None
