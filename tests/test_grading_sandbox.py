"""The sandbox: steps run in order in one namespace, values come back as bytes, and one bad cell costs its own question alone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from analogies.check.values import decode
from analogies.grading.sandbox import Limits, Ran, Sandbox, Step

LIMITS = Limits(seconds_a_cell=2, seconds=20, memory_mb=300, printed_kb=20)


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(LIMITS) as made:
        yield made


def run(sandbox: Sandbox, *sources: str, capture: tuple[str, ...] = ("x",)) -> Ran:
    """Run cells a, b, c ... and read the values at the end."""
    steps = [Step(chr(ord("a") + number), source) for number, source in enumerate(sources)]
    return sandbox.run([*steps, Step("q", capture=capture)])


def values(ran: Ran) -> dict[str, object]:
    return {name: decode(value) for name, value in ran.values["q"].items()}


def test_cells_run_in_order_in_one_namespace(sandbox: Sandbox) -> None:
    ran = run(sandbox, "x = [1]", "x.append(2)")
    assert values(ran) == {"x": [1, 2]} and ran.faults == {} and ran.ended == frozenset()


@pytest.mark.parametrize("source, why", [
    ("import os\nos._exit(0)", "it ended Python"),
    ("while True:\n    pass", "it was still running after 2 seconds"),
    ("l = []\nwhile True:\n    l.append('x' * 10**6)", "it used more than 300 MB of memory"),
])
def test_a_cell_that_ends_the_process_is_blamed_and_the_others_run_again_without_it(sandbox: Sandbox, source: str, why: str) -> None:
    ran = run(sandbox, "x = 1", source, "x += 1")
    assert values(ran) == {"x": 2}
    assert ran.faults == {"b": why} and ran.ended == {"b"}
