"""Rubrics of written answers: read from lessons/NN-slug/rubric.yml, with every fault named."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any


class RubricError(ValueError):
    """A rubric file with faults; str() holds all of them, one a line."""

    def __init__(self, path: Path | str, faults: list[str]) -> None:
        self.faults = faults
        super().__init__("\n".join(f"{path}: {fault}" for fault in faults))


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a criterion: what it is worth, and in which words a reader recognises it."""

    points: float
    words: str


@dataclass(frozen=True, slots=True)
class Criterion:
    """What is looked at, the question that a reader asks, and the levels from 0 upward."""

    id: str
    title: str
    asks: str
    levels: tuple[Level, ...]

    @property
    def points(self) -> float:
        """Points of the highest level."""
        return self.levels[-1].points


@dataclass(frozen=True, slots=True)
class Exemplar:
    """An example answer with the level it reaches for each criterion, why, and its mark."""

    text: str
    levels: dict[str, int]
    why: dict[str, str]
    mark: float


@dataclass(frozen=True, slots=True)
class Rubric:
    """The rubric of one written question with a weak and a strong exemplar."""

    title: str
    criteria: tuple[Criterion, ...]
    weak: Exemplar
    strong: Exemplar

    @property
    def points(self) -> float:
        """The most that an answer can earn: what the question is worth."""
        return sum(criterion.points for criterion in self.criteria)

    def mark(self, levels: dict[str, int]) -> float:
        """Points for these levels, {criterion id: level}."""
        return sum(criterion.levels[levels[criterion.id]].points for criterion in self.criteria)


def read_rubrics(path: Path) -> dict[str, Rubric]:
    """The rubrics of one file by question id.  Raises FileNotFoundError; RubricError with every fault."""
    import yaml

    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as fault:
        mark = getattr(fault, "problem_mark", None)
        where = f"line {mark.line + 1}: " if mark else ""
        raise RubricError(path, [f"{where}this is not YAML: {getattr(fault, 'problem', fault)}"]) from None
    except UnicodeDecodeError:
        raise RubricError(path, ["the file is not UTF-8; save it as UTF-8"]) from None
    if not isinstance(data, dict) or not data:
        raise RubricError(path, ["expected one key for each written question (q5:), found none"])
    faults: list[str] = []
    found = {str(key): _rubric(value, str(key), faults) for key, value in data.items()}
    if faults:
        raise RubricError(path, faults)
    return found


def _rubric(data: Any, where: str, faults: list[str]) -> Rubric | None:
    if not _keys(data, {"title", "criteria", "exemplars"}, where, faults):
        return None
    before = len(faults)
    title = _words(data["title"], f"{where}.title", faults)
    listed = data["criteria"] if isinstance(data["criteria"], list) else []
    if not listed:
        faults.append(f"{where}.criteria: expected a list of at least one criterion")
    criteria = tuple(_criterion(one, f"{where}.criteria[{i}]", faults) for i, one in enumerate(listed))
    ids = [one.id for one in criteria if one]
    if len(set(ids)) != len(ids):
        faults.append(f"{where}.criteria: an id occurs twice: {', '.join(ids)}")
    if len(faults) > before or not _keys(data["exemplars"], {"weak", "strong"}, f"{where}.exemplars", faults):
        return None
    weak, strong = (_exemplar(data["exemplars"][n], criteria, f"{where}.exemplars.{n}", faults) for n in ("weak", "strong"))
    if len(faults) > before:
        return None
    if weak.mark >= strong.mark:
        faults.append(f"{where}.exemplars: weak ({weak.mark:g}) must earn less than strong ({strong.mark:g})")
    return Rubric(title, criteria, weak, strong)


def _criterion(data: Any, where: str, faults: list[str]) -> Criterion | None:
    if not _keys(data, {"id", "title", "asks", "levels"}, where, faults):
        return None
    before = len(faults)
    if not isinstance(data["id"], str) or not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", data["id"]):
        faults.append(f"{where}.id: expected lower-case letters, digits and hyphens, found {data['id']!r}")
    title, asks = (_words(data[name], f"{where}.{name}", faults) for name in ("title", "asks"))
    listed = data["levels"] if isinstance(data["levels"], list) else []
    if len(listed) < 2:
        faults.append(f"{where}.levels: expected a list of at least two levels, from 0 points upward")
    levels = []
    for i, level in enumerate(listed):
        if _keys(level, {"points", "words"}, f"{where}.levels[{i}]", faults):
            if not _is_number(level["points"]):
                faults.append(f"{where}.levels[{i}].points: expected a number, found {level['points']!r}")
            else:
                levels.append(Level(level["points"], _words(level["words"], f"{where}.levels[{i}].words", faults)))
    if len(faults) > before:
        return None
    points = [level.points for level in levels]
    if points[0] != 0 or any(a >= b for a, b in zip(points, points[1:], strict=False)):
        faults.append(f"{where}.levels: points must start at 0 and rise, found {', '.join(f'{p:g}' for p in points)}")
        return None
    return Criterion(data["id"], title, asks, tuple(levels))


def _exemplar(data: Any, criteria: tuple[Criterion, ...], where: str, faults: list[str]) -> Exemplar | None:
    if not _keys(data, {"mark", "levels", "text", "why"}, where, faults):
        return None
    before = len(faults)
    ids = {criterion.id for criterion in criteria}
    text = _words(data["text"], f"{where}.text", faults)
    if not (_keys(data["levels"], ids, f"{where}.levels", faults) and _keys(data["why"], ids, f"{where}.why", faults)):
        return None
    for criterion in criteria:
        level, top = data["levels"][criterion.id], len(criterion.levels) - 1
        if type(level) is not int or not 0 <= level <= top:
            faults.append(f"{where}.levels.{criterion.id}: expected a level from 0 to {top}, found {level!r}")
    why = {name: _words(data["why"][name], f"{where}.why.{name}", faults) for name in ids}
    if len(faults) > before:
        return None
    reached = sum(criterion.levels[data["levels"][criterion.id]].points for criterion in criteria)
    if not _is_number(data["mark"]) or data["mark"] != reached:
        faults.append(f"{where}.mark: the stated mark is {data['mark']!r}, but its levels earn {reached:g}")
        return None
    return Exemplar(text, dict(data["levels"]), why, data["mark"])


def _keys(data: Any, expected: set[str], where: str, faults: list[str]) -> bool:
    if not isinstance(data, dict):
        faults.append(f"{where}: expected the keys {', '.join(sorted(expected))}, found {data!r:.60}")
        return False
    missing, extra = expected - data.keys(), {str(key) for key in data} - expected
    if missing:
        faults.append(f"{where}: missing {', '.join(sorted(missing))}")
    if extra:
        faults.append(f"{where}: unknown {', '.join(sorted(extra))}; known are {', '.join(sorted(expected))}")
    return not missing and not extra


def _words(value: Any, where: str, faults: list[str]) -> str:
    if not isinstance(value, str) or not value.strip():
        faults.append(f"{where}: expected words, found {value!r:.60}")
        return ""
    return value.strip()


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) < 1e9
