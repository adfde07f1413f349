"""The warm process watches a child that may lie: frames that are not due are junk, time is kept, blame finds the right cell.

Here the child is a script of what it sends.  With real children the same is seen in test_grading_sandbox.py, which goes through
analogies.grading.sandbox.warm, analogies.grading.sandbox.children,
analogies.grading.sandbox.cells, analogies.grading.sandbox.confine,
analogies.grading.sandbox.kernel and analogies.grading.sandbox.spawned.
"""

from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analogies.grading.limits import Limits
from analogies.grading.sandbox import frames, supervise
from analogies.grading.sandbox.frames import BROKEN, DONE, END, MEMORY, OVER, START, VALUE, Frames, Junk, Order, frame
from analogies.grading.sandbox.supervise import Ended, Failed, settle

ORDERS = [Order("given", "1", ()), Order("q1", "x = 1", ()), Order("q1", "", ("x", "y")), Order("q2", "z = 2", ()), Order("q2", "", ("z",))]
TOLD = struct.pack("<d", 0.25)


class Script:
    """A child that sends these pieces and then ends; None stands for time that runs out."""

    def __init__(self, *pieces: bytes | None, status: int = 0, ends: bool = True) -> None:
        self.pieces, self.status, self.ended, self.ends = list(pieces), status, 0, ends

    def read(self, seconds: float) -> bytes | None:
        return self.pieces.pop(0) if self.pieces else b""

    def end(self, *, at_once: bool) -> Ended:
        self.ended += 1
        return Ended(1.0, 100.0, self.status, at_once or not self.ends)


def step(number: int, said: str = "", *values: bytes) -> bytes:
    """All frames of one step."""
    return frame(START, number) + b"".join(frame(VALUE, number, bytes([n]) + v) for n, v in enumerate(values)) + frame(END, number, TOLD + said.encode())


WHOLE = step(0) + step(1) + step(2, "", b"1", b"2") + step(3) + step(4, "", b"3")


def settled(*scripts: Script) -> tuple[supervise.Outcome, list[set[int]]]:
    """What comes of children with these scripts, and what each left out."""
    left, waiting = [], list(scripts)

    def start(left_out: set[int]) -> Script:
        left.append(set(left_out))
        return waiting.pop(0)

    outcome = settle(ORDERS, Limits(seconds_a_cell=7, seconds=77, memory_mb=8, printed_kb=9), start)
    assert not waiting and all(script.ended == 1 for script in scripts)
    return outcome, left


def without(*left_out: int) -> bytes:
    parts = {0: step(0), 1: step(1), 2: step(2, "", b"1", b"2"), 3: step(3), 4: step(4, "", b"3")}
    return b"".join(part for number, part in parts.items() if number not in left_out) + frame(DONE)


def test_a_whole_run_gives_values_by_place() -> None:
    outcome, _ = settled(Script(WHOLE + frame(DONE)))
    assert outcome.values == {2: {0: b"1", 1: b"2"}, 4: {0: b"3"}} and outcome.faults == {} and outcome.ended == set()
    assert (outcome.cpu, outcome.own, outcome.peak) == (1.0, 1.0, 100.0)  # own is never more than all


def test_a_child_that_somebody_else_killed_runs_once_more_before_a_cell_is_blamed() -> None:
    killed = step(0) + frame(START, 1)
    outcome, left = settled(Script(killed, status=-9), Script(WHOLE + frame(DONE)))
    assert outcome.faults == {} and left == [set(), set()]
    outcome, left = settled(Script(killed, status=-9), Script(killed, status=-9), Script(without(1)))
    assert set(outcome.faults) == {1} and left == [set(), set(), {1}]


def test_frames_may_come_in_pieces_of_any_size() -> None:
    outcome, _ = settled(Script(*(bytes([one]) for one in WHOLE + frame(DONE))))
    assert outcome.values[4] == {0: b"3"}


@pytest.mark.parametrize("sent, blamed, why", [
    (step(0) + frame(START, 1) + frame(VALUE, 1), 1, "it wrote into the grader's channel"),
    (step(0) + frame(START, 1), 1, "it ended Python"),
    (step(0) + frame(START, 1) + b"junk that is no frame", 1, "it wrote into the grader's channel"),
    (step(0) + frame(START, 1) + frame(START, 3), 1, "it wrote into the grader's channel"),  # says that another cell runs
    (step(0) + frame(START, 1) + frame(END, 0, TOLD), 1, "it wrote into the grader's channel"),
    (step(0) + frame(START, 1) + frame(VALUE, 1, b"\0x"), 1, "it wrote into the grader's channel"),  # a value where none is read
    (step(0) + frame(START, 1) + frame(VALUE, 4, b"\0x"), 1, "it wrote into the grader's channel"),  # of another question
    (step(0) + frame(START, 1) + frame(DONE), 1, "it wrote into the grader's channel"),
    (step(0) + frame(START, 1) + frame(END, 1, b"short"), 1, "it wrote into the grader's channel"),
    (step(0) + frame(START, 1) + frame(BROKEN, 0, b"x"), 1, "it wrote into the grader's channel"),
    (step(0) + frame(START, 1) + frame(OVER, 1, b"x"), 1, "it wrote into the grader's channel"),
    (step(0) + frame(START, 1) + frame(OVER, 1, MEMORY), 1, "it used more than 8 MB of memory"),
    (step(0) + step(1) + frame(START, 2), 1, "it ended Python"),  # while values were read: the cell that made them
    (step(0) + step(1) + frame(START, 2) + frame(VALUE, 2, b"\0a") * 2, 1, "it wrote into the grader's channel"),
    (step(0) + step(1) + frame(START, 2) + frame(VALUE, 2, b"\2a"), 1, "it wrote into the grader's channel"),
    (step(0) + step(1) + frame(START, 2) + frame(VALUE, 2), 1, "it wrote into the grader's channel"),
])  # fmt: skip
def test_whoever_was_running_is_blamed_and_left_out(sent: bytes, blamed: int, why: str) -> None:
    outcome, left = settled(Script(sent), Script(without(1)))
    assert outcome.faults == {blamed: why} and outcome.ended == {blamed} and left == [set(), {blamed}]
    assert outcome.values == {2: {0: b"1", 1: b"2"}, 4: {0: b"3"}} and outcome.cpu == 2.0


def test_values_that_cannot_be_read_even_without_their_cell_are_left_out_in_the_end() -> None:
    outcome, left = settled(Script(step(0) + step(1) + frame(START, 2)), Script(step(0) + frame(START, 2)), Script(without(1, 2)))
    assert left == [set(), {1}, {1, 2}] and outcome.values == {4: {0: b"3"}}


def test_time_that_runs_out_is_the_running_cells() -> None:
    outcome, _ = settled(Script(step(0) + frame(START, 1), None), Script(without(1)))
    assert outcome.faults == {1: "it was still running after 7 seconds"}


def test_a_signal_is_named() -> None:
    outcome, _ = settled(Script(step(0) + frame(START, 1), status=-11), Script(without(1)))
    assert outcome.faults == {1: "it ended Python (a crash in the memory: SIGSEGV)"}


def test_a_channel_that_was_closed_by_one_that_lives_is_named() -> None:
    outcome, _ = settled(Script(step(0) + frame(START, 1), status=-9, ends=False), Script(without(1)))
    assert outcome.faults == {1: "it closed the grader's channel"}


def test_every_cell_that_ends_the_process_costs_one_attempt_and_no_more() -> None:
    scripts = [Script(frame(START, 0)), Script(frame(START, 1)), Script(step(2, "", b"1", b"2") + frame(START, 3)), Script(without(0, 1, 3))]
    outcome, left = settled(*scripts)
    assert left[-1] == {0, 1, 3} and set(outcome.faults) == {0, 1, 3}


def test_a_child_that_never_comes_to_a_cell_is_the_sandboxs_own_fault() -> None:
    with pytest.raises(Failed, match="before the first cell"):
        settled(Script(), Script())
    with pytest.raises(Failed, match="no mount"):
        settled(Script(frame(BROKEN, 0, b"no mount")))


@given(st.binary(max_size=400), st.lists(st.integers(1, 40), max_size=8))
def test_no_bytes_whatever_do_more_than_end_the_attempt(data: bytes, cuts: list[int]) -> None:
    pieces, at = [], 0
    for cut in cuts:
        pieces.append(data[at : at + cut] or b"x")
        at += cut
    outcome, _ = settled(Script(frame(START, 0), *pieces, data[at:] or b"x"), Script(without(0)))
    assert outcome.ended == {0} and outcome.values == {2: {0: b"1", 1: b"2"}, 4: {0: b"3"}}


def test_too_many_bytes_are_junk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frames, "MAX_TOTAL", 50)
    with pytest.raises(Junk):
        list(Frames().feed(frame(START, 0) * 20))


def test_a_message_comes_back_as_it_was_and_a_cut_one_is_refused() -> None:
    message = frames.pack({"a": [1, "ü"]}, [b"", b"xyz"])
    assert frames.length_of(message[: frames.PREFIX]) == len(message) - frames.PREFIX
    body = message[frames.PREFIX :]
    assert frames.unpack(body) == ({"a": [1, "ü"]}, [b"", b"xyz"])
    for end in range(len(body)):
        if end not in (4 + len(b'{"a": [1, "\\u00fc"]}'), 4 + len(b'{"a": [1, "\\u00fc"]}') + 4):  # whole parts are a message
            with pytest.raises(ValueError):
                frames.unpack(body[:end])
    with pytest.raises(ValueError):
        frames.length_of(b"\xff\xff\xff\xff")
