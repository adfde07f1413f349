"""Grades the same class by `analogies grade`, `nbgrader autograde` and `otter run`, side by side, and writes RESULTS.md.

    python benchmarks/grading/run.py                    everything, about forty minutes on two quiet cores
    python benchmarks/grading/run.py --small 6 --large 8 --ours-alone 0 --rounds 1      a trial

Runs on Linux, in the environment of the kit with its instructor's set.  Stages that are done are kept in work/ and not
run again (--again forgets them); a second run beside this one is refused; Ctrl-C ends all that was started.
"""

from __future__ import annotations

import argparse
import fcntl
import hashlib
import json
import os
import platform
import shutil
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path

import measured
import report
import subjects
from students import hand_in

HERE = Path(__file__).resolve().parent
KIT = HERE.parents[1]


@dataclass(frozen=True)
class Stage:
    """One thing to measure: a grader, so many students, so many cores, the round."""

    subject: str
    students: int
    cores: int
    round: int

    @property
    def key(self) -> str:
        return f"{self.subject} {self.students} students {self.cores} cores round {self.round}"


def stages(small: int, large: int, alone: int, rounds: int) -> list[Stage]:
    """In this order: ours before, between and after the peers, so that a change of the machine shows."""
    made = []
    for turn in range(rounds):
        made += [Stage("ours", small, 1, turn), Stage("ours", small, 2, turn)]
        if turn == 0:
            made += [Stage("nbgrader", small, 1, 0), Stage("nbgrader", small, 2, 0), Stage("nbgrader-twice", small, 2, 0),
                     Stage("ours", large, 1, 0)]
        if turn == min(1, rounds - 1):
            made += [Stage("otter", small, 1, 0), Stage("otter", small, 2, 0)]
        made += [Stage("ours", large, 2, turn)]
    made += [Stage("nbgrader", large, 2, 0), Stage("ours", alone, 2, 0)]
    return [stage for stage in made if stage.students]


def measure(stage: Stage, bench: subjects.Bench, cores: list[int], patience: float) -> dict[str, object]:
    """Prepare, run, read the marks, remove what was made."""
    place = bench.work / "stage"
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    subject = subjects.ALL[stage.subject](bench)
    commands = subject.prepare(place, stage.students, stage.cores)
    took = measured.run(commands, cwd=place, log=bench.work / f"{stage.subject}.log", cores=cores[: stage.cores],
                        environment=bench.environment(subject.binaries(), place), at_once=subject.at_once(stage.cores), patience=patience)
    marks = subject.marks(place)
    if len(marks) != stage.students:
        raise measured.Failed(f"{stage.key}: {stage.students} students handed in, {len(marks)} have marks; see {bench.work / stage.subject}.log")
    inside = subject.inside(place) if isinstance(subject, subjects.Ours) else {}
    shutil.rmtree(place)
    return asdict(stage) | asdict(took) | {"marks": marks, "inside": inside, "when": datetime.now(UTC).isoformat(timespec="seconds")}


def own_code(bench: subjects.Bench, students: int) -> dict[str, float]:
    """Processor seconds of the students' code alone, by alone.py."""
    place = bench.work / "alone"
    shutil.rmtree(place, ignore_errors=True)
    hand_in(KIT, range(students), place)
    done = subprocess.run([sys.executable, str(HERE / "alone.py"), str(place / "submitted")], check=True, capture_output=True, text=True,
                          env=bench.environment(bench.ours, place), cwd=place)
    shutil.rmtree(place)
    return json.loads(done.stdout.splitlines()[-1])


def about_the_machine(bench: subjects.Bench) -> dict[str, str]:
    names = ("analogies", "nbgrader", "nbconvert", "nbclient", "ipython", "ipykernel", "pandas", "numpy", "matplotlib", "sqlalchemy")
    there = subprocess.run([str(bench.peers / "python"), "-c", "import importlib.metadata as m, json; print(json.dumps({n: m.version(n) for n in "
                            f"{('otter-grader', *names)!r}" "}))"], check=True, capture_output=True, text=True)
    peers = json.loads(there.stdout)
    differ = [f"{n} {metadata.version(n)} and {peers[n]}" for n in names if metadata.version(n) != peers[n]]
    if differ:
        raise SystemExit(f"Ours and the peers must run with the same packages; these differ: {', '.join(differ)}. Install the kit "
                         "with -c constraints.txt, and remove benchmarks/grading/work.")
    cpu = next((line.partition(":")[2].strip() for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name")), "")
    memory = int(Path("/proc/meminfo").read_text().split()[1]) / 1e6
    return {"cpu": cpu, "cores": str(len(os.sched_getaffinity(0))), "memory": f"{memory:.0f} GB", "system": platform.platform(),
            "python": platform.python_version(), "who": "root" if os.geteuid() == 0 else "an ordinary user",
            "versions": ", ".join(f"{name} {version}" for name, version in peers.items())}


def state_of_the_kit() -> str:
    """A digest of the code that is measured: results of another state are not mixed with those of this one."""
    digest = hashlib.sha256()
    for path in sorted([*(KIT / "src").rglob("*.py"), *HERE.glob("*.py"), *(KIT / "solutions").glob("03*"), *(KIT / "exercises").glob("03*")]):
        if path.name != "report.py":
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--small", type=int, default=40, metavar="N", help="students for all three graders on one core and on two; 0: none")
    asked.add_argument("--large", type=int, default=400, metavar="N", help="students for nbgrader and ours on two cores; 0: none")
    asked.add_argument("--ours-alone", type=int, default=4000, metavar="N", help="students for ours alone; 0: none")
    asked.add_argument("--rounds", type=int, default=3, help="how often ours is measured; the peers once")
    asked.add_argument("--only", choices=sorted(subjects.ALL), action="append", help="this grader alone; may be repeated")
    asked.add_argument("--patience", type=float, default=3600, help="seconds after which a stage is ended")
    asked.add_argument("--again", action="store_true", help="forget the stages that are done")
    asked.add_argument("--out", type=Path, default=HERE / "RESULTS.md", help="where the report is written")
    asked.add_argument("--work", type=Path, default=HERE / "work", help="where all else is made; remove it when you are done")
    given = asked.parse_args()
    bench = subjects.Bench(given.work.resolve())
    bench.work.mkdir(parents=True, exist_ok=True)
    with (bench.work / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise SystemExit(f"Another run is using {bench.work}; wait until it has ended.") from None
        cores = sorted(os.sched_getaffinity(0))
        if len(cores) < 2:
            raise SystemExit("Two cores are needed, and this process may use one.")
        measured.adopt()
        try:
            work(given, bench, cores)
        except (measured.Failed, subprocess.CalledProcessError) as fault:
            raise SystemExit(f"{fault}\n{getattr(fault, 'stderr', None) or ''}") from None
        except KeyboardInterrupt:
            raise SystemExit("Stopped. What is done is kept; the same command goes on.") from None
        finally:
            measured.end_all()


def work(given: argparse.Namespace, bench: subjects.Bench, cores: list[int]) -> None:
    """All stages that are not done yet, then the report."""
    say("an environment for the peers, and bytecode of everything")
    subjects.make_peers(bench)
    subjects.compile_all(bench)
    kept = bench.work / "results.json"
    results = json.loads(kept.read_text(encoding="utf-8")) if kept.exists() and not given.again else {}
    state = state_of_the_kit()
    if results.get("state") != state:
        results = {"state": state, "stages": {}}
    results |= {"machine": about_the_machine(bench), "command": " ".join(sys.argv[1:]) or "no options"}
    wanted = [stage for stage in stages(given.small, given.large, given.ours_alone, given.rounds)
              if not given.only or stage.subject in given.only]
    for number, stage in enumerate(wanted, start=1):
        if stage.key in results["stages"]:
            say(f"{number} of {len(wanted)}: {stage.key}: done before")
            continue
        say(f"{number} of {len(wanted)}: {stage.key}: load {os.getloadavg()[0]:.1f}")
        done = measure(stage, bench, cores, given.patience)
        results["stages"][stage.key] = done
        _keep(kept, results)
        say(f"    {done['wall']:.1f} s, {done['cpu']:.1f} s of processor, {done['peak']:.0f} MB; other work meanwhile {done['elsewhere']:.1f} s")
    if "own" not in results:
        results["own"] = own_code(bench, max(20, given.small))
        _keep(kept, results)
    given.out.write_text(report.text(results, [stage.key for stage in wanted]), encoding="utf-8")
    say(f"Written: {given.out}")
    different = report.disagreements(results)
    for sentence in different:
        say(sentence)
    if different:
        raise SystemExit(f"{len(different)} marks differ: see above.")


def _keep(path: Path, results: dict[str, object]) -> None:
    new = path.with_suffix(".new")
    new.write_text(json.dumps(results), encoding="utf-8")
    new.replace(path)


_BEGAN = time.monotonic()


def say(sentence: str) -> None:
    print(f"{time.monotonic() - _BEGAN:6.0f} s  {sentence}", flush=True)


if __name__ == "__main__":
    main()
