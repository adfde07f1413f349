"""RESULTS.md from what was measured: a table of medians and ratios, what the time is made of, and whether marks agree."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from statistics import median
from typing import Any

from subjects import ALL

Results = dict[str, Any]
Groups = dict[tuple[str, int, int], dict[str, Any]]  # by grader, students, cores


def text(results: Results, wanted: Iterable[str]) -> str:
    """The page."""
    done = [results["stages"][key] for key in wanted if key in results["stages"]]
    groups = _grouped(done)
    machine = results["machine"]
    loads = [stage["load"] for stage in done]
    return "\n".join([
        "# What was measured",
        "",
        f"Made by `python benchmarks/grading/run.py` ({results['command']}), {done[0]['when'][:16]} to {done[-1]['when'][:16]} UTC. "
        f"{machine['cpu']}, {machine['cores']} cores, {machine['memory']}, {machine['system']}, Python {machine['python']}, run by "
        f"{machine['who']}. Load before a stage {min(loads):.1f} to {max(loads):.1f}; other work took "
        f"{100 * sum(s['elsewhere'] for s in done) / sum(s['wall'] for s in done):.0f}% of one core meanwhile.",
        "",
        f"The same versions for all: {machine['versions']}.",
        "",
        "## Against the goals",
        "",
        *_goals(groups, results),
        "",
        "## Wall and processor time",
        "",
        *_table(groups),
        "",
        "Seconds a submission; a median over the rounds where there are several. Processor time counts every child. Memory is that "
        "of all processes together, a page that several share counted once, looked at twice a second. Ratios are against "
        "`analogies grade` with the same number of students on the same cores, in this run.",
        "",
        *(_says(groups)),
        "",
        "## What the time of `analogies grade` is made of",
        "",
        *_parts(groups, results.get("own")),
        "",
        "## Marks",
        "",
        *_agreement(results),
        "",
    ])


def disagreements(results: Results) -> list[str]:
    """Every mark in which a grader differs from nbgrader for the same student, in sentences; ours with ours where
    nbgrader graded fewer."""
    reference: dict[str, dict[str, float]] = {}
    for stage in results["stages"].values():
        if stage["subject"] == "nbgrader":
            reference = stage["marks"] | reference
    found = []
    for key, stage in results["stages"].items():
        for student, marks in stage["marks"].items():
            for question, points in marks.items():
                due = reference.get(student, {}).get(question)
                if due is not None and abs(due - points) > 1e-9:
                    found.append(f"{student} {question}: nbgrader gives {due:g}, {key} gives {points:g}")
    return found


def _grouped(done: list[dict[str, Any]]) -> Groups:
    """Stages of one kind as one: the median of their rounds."""
    groups: dict[tuple[str, int, int], list[dict[str, Any]]] = {}
    for stage in done:
        groups.setdefault((stage["subject"], stage["students"], stage["cores"]), []).append(stage)
    return {key: {
        "wall": median(s["wall"] for s in stages) / key[1], "cpu": median(s["cpu"] for s in stages) / key[1],
        "peak": median(s["peak"] for s in stages), "rounds": len(stages), "spread": [s["wall"] / key[1] for s in stages],
        "own": median(s["inside"].get("own") or 0 for s in stages) / key[1], "child": median(s["inside"].get("cpu") or 0 for s in stages) / key[1],
        "isolation": stages[0]["inside"].get("isolation", ""),
    } for key, stages in sorted(groups.items(), key=lambda group: (group[0][1], group[0][2], list(ALL).index(group[0][0])))}


def _table(groups: Groups) -> list[str]:
    lines = ["| Students | Cores | Grader | Wall, s | Processor, s | Memory, MB | Wall, times ours | Processor, times ours | Rounds |",
             "|--:|--:|---|--:|--:|--:|--:|--:|--:|"]
    for (subject, students, cores), one in groups.items():
        ours = groups.get(("ours", students, cores))
        ratios = [f"{one[what] / ours[what]:.1f}" if ours and subject != "ours" else "" for what in ("wall", "cpu")]
        wall = f"{one['wall']:.3f}" + (f" ({min(one['spread']):.3f} to {max(one['spread']):.3f})" if one["rounds"] > 1 else "")
        lines.append(f"| {students:,} | {cores} | {ALL[subject].name} | {wall} | {one['cpu']:.3f} | {one['peak']:.0f} | "
                     f"{' | '.join(ratios)} | {one['rounds']} |")
    return lines


def _says(groups: Groups) -> list[str]:
    measured = dict.fromkeys(subject for subject, _, _ in groups)
    return [f"- `{ALL[subject].name}`: {ALL[subject].says}." for subject in measured]


def _parts(groups: Groups, own: dict[str, float] | None) -> list[str]:
    ours = {key: one for key, one in groups.items() if key[0] == "ours"}
    if not ours:
        return ["Not measured."]
    lines = ["| Students | Cores | Students' cells, s | Child besides, s | Grader itself, s | Students' cells in wall time | "
             "Students' cells in processor time | Processor, times students' cells |", "|--:|--:|--:|--:|--:|--:|--:|--:|"]
    for (_, students, cores), one in ours.items():
        if one["own"]:
            lines.append(f"| {students:,} | {cores} | {one['own']:.4f} | {one['child'] - one['own']:.4f} | {one['cpu'] - one['child']:.4f} | "
                         f"{100 * one['own'] / one['wall'] / cores:.0f}% | {100 * one['own'] / one['cpu']:.0f}% | {one['cpu'] / one['own']:.2f} |")
    lines += ["", "Processor seconds a submission. *Students' cells*: running the cells, by the child's own clock. *Child besides*: "
              "fork, isolation, values sent back. *Grader itself*: reading, checks, gradebook, table, and its start with the proof by solution "
              "and blank, which a small class feels most. Wall time is that of all cores that were given."]
    if own and own["notebooks"]:
        alone = own["all"] / own["notebooks"]
        lines += ["", f"Held against a measure that is not the grader's: the cells of {own['notebooks']:.0f} of these notebooks in one warm process, "
                  f"nothing checked and nothing isolated, take {alone:.4f} s of processor each ({own['answers'] / own['notebooks']:.4f} s of it the "
                  "answer cells). Against that, `analogies grade` takes "
                  + ", ".join(f"{one['cpu'] / alone:.2f} times ({students:,} on {cores})" for (_, students, cores), one in ours.items()) + "."]
    lines += ["", *_flat(ours), "", f"Isolation: {', '.join(sorted({one['isolation'] for one in ours.values()}))}."]
    return lines


def _flat(ours: Groups) -> list[str]:
    """Whether the time a submission and the memory stay the same as the class grows, with the start as what does not grow."""
    lines = []
    for cores in sorted({key[2] for key in ours}):
        row = {key[1]: one for key, one in ours.items() if key[2] == cores}
        steps = _steps(row)
        if not steps:
            continue
        walls = ", ".join(f"{one['wall']:.3f} s at {n:,}" for n, one in row.items())
        each = ", ".join(f"{seconds:.3f} s from {less:,} to {more:,}" for less, more, seconds in steps)
        start = (row[steps[0][0]]["wall"] - steps[0][2]) * steps[0][0]
        memory = ", ".join(f"{one['peak']:.0f} MB at {n:,}" for n, one in row.items())
        lines.append(f"- On {cores} {'core' if cores == 1 else 'cores'}: {walls} for each submission, all in all. A start of about {start:.1f} s is "
                     f"in it; each further submission takes {each}. Memory: {memory}.")
    return lines


def _steps(row: dict[int, dict[str, Any]]) -> list[tuple[int, int, float]]:
    """From one size of class to one that is much larger: what each further submission takes."""
    sizes = sorted(row)
    return [(less, more, (row[more]["wall"] * more - row[less]["wall"] * less) / (more - less))
            for less, more in pairwise(sizes) if more >= 5 * less]


def _goals(groups: Groups, results: Results) -> list[str]:
    """What was asked for, and what was measured; a line is left out where its stages were not run."""
    lines = ["| Goal | Measured | Reached |", "|---|---|---|"]

    def goal(words: str, found: float, good: bool, unit: str) -> None:
        lines.append(f"| {words} | {found:.1f}{unit} | {'yes' if good else '**no**'} |")

    large = max((n for subject, n, cores in groups if subject == "nbgrader" and cores == 2), default=0)
    ours, theirs = groups.get(("ours", large, 2)), groups.get(("nbgrader", large, 2))
    if ours and theirs:
        wall, cpu = theirs["wall"] / ours["wall"], theirs["cpu"] / ours["cpu"]
        goal(f"20 times less wall time than nbgrader, {large:,} students, two cores", wall, wall >= 20, " times")
        goal(f"8 times less processor time than nbgrader, {large:,} students", cpu, cpu >= 8, " times")
    row = {n: one for (subject, n, cores), one in groups.items() if subject == "ours" and cores == 2}
    if row:
        most = max(row)
        if row[most]["own"]:
            times = row[most]["cpu"] / row[most]["own"]
            goal(f"processor time at most 1.5 times that of the students' own cells, {most:,} students", times, times <= 1.5, " times")
        if len(row) > 1:
            walls, peaks = [one["wall"] for one in row.values()], [one["peak"] for one in row.values()]
            apart = 100 * (max(walls) / min(walls) - 1)
            goal(f"time a submission the same within 20%, {_listed(row)} students, start included", apart, apart <= 20, "% apart")
            apart = 100 * (max(peaks) / min(peaks) - 1)
            goal(f"memory the same, {_listed(row)} students", apart, apart <= 20, "% apart")
        if len(steps := [seconds for _, _, seconds in _steps(row)]) > 1:
            apart = 100 * (max(steps) / min(steps) - 1)
            goal("the same for each further submission, the start left out", apart, apart <= 20, "% apart")
    different = len(disagreements(results))
    if any(stage["subject"] == "nbgrader" for stage in results["stages"].values()):
        lines.append(f"| marks the same as nbgrader's | {different} differ | {'**no**' if different else 'yes'} |")
    return lines


def _listed(row: dict[int, Any]) -> str:
    *first, last = [f"{n:,}" for n in sorted(row)]
    return f"{', '.join(first)} and {last}"


def _agreement(results: Results) -> list[str]:
    different = disagreements(results)
    by_nbgrader = {student for stage in results["stages"].values() if stage["subject"] == "nbgrader" for student in stage["marks"]}
    compared: dict[str, set[str]] = {}
    for stage in results["stages"].values():
        if stage["subject"] != "nbgrader":
            compared.setdefault(stage["subject"], set()).update(by_nbgrader & set(stage["marks"]))
    said = ", ".join(f"`{ALL[subject].name}` ({count:,} students)" for subject, students in compared.items() if (count := len(students)))
    if different:
        return [f"{len(different)} marks differ from nbgrader's:", "", *(f"- {sentence}" for sentence in different[:50])]
    return [f"Question by question the same as nbgrader's, for every student that both graded: {said}." if said else "Not compared."]
