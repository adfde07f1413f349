"""How far a batch is can be read on a terminal and in a log."""

import io

import pytest
from rich.console import Console

from analogies.grading import progress_bar


@pytest.fixture
def clock(monkeypatch):
    now = [1000.0]
    monkeypatch.setattr(progress_bar.time, "monotonic", lambda: now[0])
    return now


def test_a_log_gets_a_line_every_ten_seconds_with_the_time_left_and_one_at_the_end(clock):
    out = io.StringIO()
    with progress_bar.shown(Console(file=out, width=40)) as (report, progress):
        report("A sentence that is longer than forty signs and [red]not[/red] marked up.")
        clock[0] += 30  # what came before the first submission is not counted
        progress(0, 40)
        for done in range(1, 41):
            clock[0] += 4
            progress(done, 40)
    lines = out.getvalue().splitlines()
    assert lines[0] == "A sentence that is longer than forty signs and [red]not[/red] marked up."
    assert lines[1:3] == ["3 of 40 done, about 2 min left.", "6 of 40 done, about 2 min left."]
    assert lines[-2:] == ["39 of 40 done, about 4 s left.", "40 of 40 done after 3 min."]
    assert "\x1b" not in out.getvalue()


def test_a_terminal_gets_a_bar_with_counts_and_time_left_that_leaves_no_trace():
    out = io.StringIO()
    console = Console(file=out, width=80, force_terminal=True, legacy_windows=False, _environ={})
    with progress_bar.shown(console) as (report, progress):
        progress(0, 5)
        report("Said [red]above[/red] the bar.")
        for done in range(1, 6):
            progress(done, 5)
    text = out.getvalue()
    assert "5/5" in text and "left" in text and "Said [red]above[/red] the bar." in text
    assert "Grading" not in text.rsplit("\x1b[2K", 1)[1]
