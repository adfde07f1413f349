"""Grades every attack, each followed by an honest student in the same sandbox, and prints what came of it as JSON."""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from attacks import ATTACKS, OUT

from analogies import kit
from analogies.check import catalogue
from analogies.grading.sandbox.trusted import Limits, Ran, Sandbox, Step
from analogies.grading.score import score

SLUG = "03-syria-2015"
LIMITS = Limits(seconds_a_cell=3, seconds=60, memory_mb=400, files_mb=16, printed_kb=100)
QUESTIONS = [q for q in catalogue.questions(SLUG).values() if q.kind == "auto"]


def steps(answers: dict[str, str]) -> list[Step]:
    """The exercise with these answers, as the engine hands it to the sandbox."""
    found = []
    by_id = {q.id: q for q in QUESTIONS}
    for cell in json.loads((kit.root() / "exercises" / f"{SLUG}.ipynb").read_text(encoding="utf-8"))["cells"]:
        name = cell["metadata"].get("nbgrader", {}).get("grade_id", "")
        if cell["cell_type"] == "code" and name.startswith("check-"):
            found.append(Step(name[6:], capture=by_id[name[6:]].answers))
        elif cell["cell_type"] == "code":
            found.append(Step(name, answers.get(name, "".join(cell["source"]))))
    return found


def solutions() -> dict[str, str]:
    book = json.loads((kit.root() / "solutions" / f"{SLUG}.ipynb").read_text(encoding="utf-8"))
    return {cell["metadata"]["nbgrader"]["grade_id"]: "".join(cell["source"]) for cell in book["cells"]
            if cell["cell_type"] == "code" and cell["metadata"].get("nbgrader", {}).get("solution")}


def marks(ran: Ran) -> dict[str, float | None]:
    return {mark.question: mark.earned for mark in score(QUESTIONS, ran.values, ran.faults, {})}


def reason(ran: Ran) -> str:
    (mark,) = [mark for mark in score(QUESTIONS, ran.values, ran.faults, {}) if mark.question == "q3"]
    return " ".join(mark.said)


class Bait:
    """What an attack is after, outside of the sandbox: files, sockets and a process."""

    def __init__(self, folder: Path) -> None:
        self.secret = secrets.token_hex(16)
        os.environ["TOKEN_OF_THE_INSTRUCTOR"] = self.secret
        self.folder = folder
        self.work = f"honest-work-{secrets.token_hex(16)}"  # stands in the code and in the answer of the student before
        self.paths = {"key": folder / ".ssh" / "id", "gradebook": folder / "gradebook.db", "other": folder / "other" / "x.ipynb"}
        for path in self.paths.values():
            path.parent.mkdir(exist_ok=True)
            path.write_text(self.secret, encoding="utf-8")
            path.chmod(0o666)  # the file system is no protection, so that the sandbox must be
            path.parent.chmod(0o777)
        self.server = socket.create_server(("127.0.0.1", 0))
        self.abstract = f"analogies-{self.secret}"
        self.local = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.local.bind("\0" + self.abstract)
        self.local.listen()
        for one in (self.server, self.local):
            one.setblocking(False)
        self.canary = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
        self.before = self.digest()

    def named(self) -> dict[str, object]:
        return {**{name: str(path) for name, path in self.paths.items()}, "root": str(kit.root()), "canary": self.canary.pid,
                "port": self.server.getsockname()[1], "abstract": self.abstract}

    def digest(self) -> str:
        found = sorted((str(path), path.is_file() and path.read_bytes()) for path in self.folder.rglob("*"))
        return hashlib.sha256(repr(found).encode()).hexdigest()

    def harm(self, ran: Ran, processes: int) -> list[str]:
        """What of it was reached."""
        said = repr(ran.values) + repr(ran.faults)
        found = [f"it said {word}" for word in (OUT, self.secret, self.work) if word in said]
        found += ["files were changed"] * (self.digest() != self.before)
        found += ["the process was ended"] * (self.canary.poll() is not None)
        found += [f"{processes} processes are left"] * (processes != 2)
        for one in (self.server, self.local):
            try:
                one.accept()
                found.append("a connection came")
            except BlockingIOError:
                pass
        return found


def below(pid: int) -> int:
    """How many processes there are of a warm process, with the one that waits for it; one that is about to go gets time."""
    for _ in range(50):
        count, waiting = 0, [pid]
        while waiting:
            one = waiting.pop()
            count += 1
            try:
                waiting += [int(child) for child in Path(f"/proc/{one}/task/{one}/children").read_text().split()]
            except OSError:
                count -= 1
        if count <= 2:
            break
        time.sleep(0.02)
    return count


def main() -> None:
    right = solutions()
    before = dict(right)
    with tempfile.TemporaryDirectory() as folder, Sandbox(LIMITS) as sandbox:
        Path(folder).chmod(0o777)
        bait = Bait(Path(folder))
        try:
            before["q4"] += f"\n# {bait.work}\ndifferences[0] = (differences[0][0] + ' {bait.work}', *differences[0][1:])"
            pid = sandbox._warm.pid
            sandbox.run(steps(before))
            for attack in ATTACKS:
                begun = time.monotonic()
                code = f"BAIT = {bait.named()!r}\n{attack.code}"
                ran = sandbox.run(steps(right | {"q3": code}))
                harm = bait.harm(ran, below(sandbox._warm.pid))
                took = time.monotonic() - begun
                following = sandbox.run(steps(before))
                print(json.dumps({"name": attack.name, "harm": harm, "marks": marks(ran), "reason": reason(ran), "answer": ran.values.get("q3", {}).get("q3", b"")[:300].decode(),
                                  "next": marks(following),
                                  "faults": ran.faults, "next_faults": following.faults, "seconds": took,
                                  "isolation": sandbox.isolation, "same_process": sandbox._warm.pid == pid}), flush=True)
        finally:
            bait.canary.kill()
            bait.canary.wait()


if __name__ == "__main__":
    main()
