"""Every attack of attacks.py, as root and as an ordinary user: the harm was refused, the cheat got 0, the next student's mark is right."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1])]
import ordinary  # noqa: E402
from attacks import ATTACKS, Attack  # noqa: E402

HERE = Path(__file__).parent
USERS = ["root", "ordinary user"] if os.geteuid() == 0 else ["ordinary user"]
ALL = {"q1": 3, "q2": 4, "q3": 4, "q4": 6}


@pytest.fixture(scope="module")
def graded() -> Iterator[dict[str, dict[str, dict]]]:
    """User -> attack -> what came of it.  Both users grade at the same time."""
    running = {}
    for user in USERS:
        program = [sys.executable, str(HERE / "grade_them.py")]
        program = ordinary.command(*program[1:]) if user != "root" else program
        running[user] = subprocess.Popen(program, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    found = {}
    for user, process in running.items():
        out, err = process.communicate(timeout=600)
        assert process.returncode == 0, err
        found[user] = {one["name"]: one for one in map(json.loads, out.splitlines())}
    yield found


@pytest.fixture(params=USERS)
def user(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
def test_an_attack_is_refused_earns_nothing_and_costs_the_next_student_nothing(
    graded: dict[str, dict[str, dict]], user: str, attack: Attack
) -> None:
    one = graded[user][attack.name]
    assert one["isolation"].startswith("isolated")
    assert one["harm"] == []
    assert one["marks"]["q3"] == 0, one
    assert one["next"] == ALL and one["next_faults"] == {}
    assert attack.why in one["reason"]
    if attack.refusal:
        assert json.loads(one["answer"]) in [["refused", name] for name in attack.refusal.split()], one
    if attack.alone:  # the student's other questions keep their marks
        assert one["marks"] == ALL | {"q3": 0}, one


def test_no_attack_ends_the_warm_process(graded: dict[str, dict[str, dict]], user: str) -> None:
    assert [name for name, one in graded[user].items() if not one["same_process"]] == []


def test_each_attack_has_a_name_of_its_own() -> None:
    assert len({attack.name for attack in ATTACKS}) == len(ATTACKS) >= 28
