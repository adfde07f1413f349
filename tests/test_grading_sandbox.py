"""The sandbox: steps run in order in one namespace, values come back as bytes, and one bad cell costs its own question alone."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from analogies.check.values import Unsupported, decode
from analogies.grading.sandbox.trusted import NOT_ISOLATED, Limits, NoIsolation, Ran, Sandbox, Step

LIMITS = Limits(seconds_a_cell=4, seconds=60, memory_mb=300, printed_kb=20, files_mb=4)


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


def x(sandbox: Sandbox, *sources: str) -> object:
    """The value of x after cells that must not fail."""
    ran = run(sandbox, *sources)
    assert ran.faults == {} and ran.ended == frozenset()
    return values(ran)["x"]


def processes(pid: int) -> list[int]:
    """A process and all below it."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []
    return [pid, *(one for child in children for one in processes(int(child)))]


# Cells run as in a notebook

def test_cells_run_in_order_in_one_namespace(sandbox: Sandbox) -> None:
    assert x(sandbox, "x = [1]", "x.append(2)") == [1, 2]


@pytest.mark.parametrize("source, expected", [
    ("%time x = 3", 3),
    ("%%timeit -n1 -r1\n1\n", None),
    ("%matplotlib inline\nx = 4", 4),
    ("import asyncio\nawait asyncio.sleep(0)\nx = 5", 5),
    ("display(7)\nimport pandas as pd\nx = 6\npd.DataFrame({'a': [1]})", 6),
    ("class A:\n    pass\nx = A.__module__", "__main__"),
    ("x = __name__", "__main__"),
    ("exit()\nx = 8", 8),
    ("import warnings\nwarnings.warn('harmless')\nimport sys\nprint('also harmless', file=sys.stderr)\nx = 9", 9),
    ("import sys\nsys.stdout.buffer.write(b'bytes')\nsys.stdout.flush()\nx = sys.stdout.isatty()", False),
    ("", None),
])
def test_what_works_in_a_notebook_works_here(sandbox: Sandbox, source: str, expected: object) -> None:
    assert x(sandbox, source) == expected


def test_the_last_value_is_kept_under_the_names_of_a_notebook(sandbox: Sandbox) -> None:
    assert x(sandbox, "40 + 2", "x = [_, Out[1], _1, len(In)]") == [42, 42, 42, 3]


def test_a_figure_of_one_cell_is_not_drawn_on_by_the_next(sandbox: Sandbox) -> None:
    cells = ("import matplotlib.pyplot as plt\nplt.title('first')\nfirst = plt.gcf()", "x = [plt.get_fignums(), plt.gcf() is first]")
    assert x(sandbox, *cells) == [[], False]


def test_threads_and_files_in_tmp_are_at_hand_and_are_gone_for_the_next_student(sandbox: Sandbox) -> None:
    write = "import threading\nt = threading.Thread(target=lambda: open('f.txt', 'w').write('1'))\nt.start(); t.join()\nimport os\nx = os.listdir('.')"
    assert x(sandbox, write) == ["f.txt"]
    assert x(sandbox, "import os, tempfile\nx = [os.listdir('.'), os.listdir(tempfile.gettempdir()), os.listdir(os.path.expanduser('~'))]") == [[], [], []]


def test_the_exercise_is_a_stand_in_that_says_when_answers_are_checked(sandbox: Sandbox) -> None:
    cells = ("import analogies as an\nex = an.exercise('03-syria-2015')", "ex.check('q1', 1)",
             "x = [repr(one) for one in (ex, ex.check('q1', 1).notes, ex.hint('q1'), ex.solution('q1', now=True), "
             "ex.assess('q5', {'a': 1}), ex.progress(), an.progress())]")  # fmt: skip
    said = x(sandbox, *cells)
    assert isinstance(said, list) and len(said) == 7 and all("when the notebook is graded" in one for one in said)


def test_values_are_read_where_they_are_asked_for(sandbox: Sandbox) -> None:
    ran = sandbox.run([Step("q1", "a = b = 1"), Step("q1", capture=("a", "b")), Step("q2", "a = [1, {'c': 2.5}]"), Step("q2", capture=("a", "gone"))])
    assert {q: {n: decode(v) for n, v in found.items()} for q, found in ran.values.items()} == {
        "q1": {"a": 1, "b": 1}, "q2": {"a": [1, {"c": 2.5}], "gone": None}}  # fmt: skip


def test_an_object_of_the_students_own_comes_back_as_a_sentence(sandbox: Sandbox) -> None:
    assert type(x(sandbox, "class E:\n    __eq__ = lambda *a: True\nx = E()")) is Unsupported


def test_what_a_cell_costs_is_reported(sandbox: Sandbox) -> None:
    ran = run(sandbox, "import time\nwhile time.process_time() < 0.5: pass")
    assert 0.3 < ran.own <= ran.cpu < 3 and 20 < ran.peak < 1000


# Cells that fail

@pytest.mark.parametrize("source, why", [
    ("1 / 0", "it raised ZeroDivisionError: division by zero"),
    ("y = 1 +", "it raised SyntaxError: invalid syntax (line 1)"),
    ("x = [\n  1 2]", "it raised SyntaxError: invalid syntax. Perhaps you forgot a comma? (line 2)"),
    ("import sys\nsys.exit('enough')", "it raised SystemExit: enough"),
    ("raise KeyboardInterrupt", "it raised KeyboardInterrupt"),
    ("class E(Exception):\n    def __str__(self): raise RuntimeError\nraise E", "it raised E"),
    ("raise ValueError('a\\x1b[1mb\\n' + 'c' * 999)", "it raised ValueError: a [1mb " + "c" * 293),
    ("%no_such_magic", "it raised UsageError: Line magic function `%no_such_magic` not found."),
    ("for n in range(100): print('x' * 1000)", "it printed more than 20 kB"),
    ("input()", "it raised EOFError: EOF when reading a line"),
])
def test_a_cell_that_fails_says_why_and_the_next_ones_run(sandbox: Sandbox, source: str, why: str) -> None:
    ran = run(sandbox, "x = 1", source, "x += 1")
    assert values(ran) == {"x": 2} and ran.ended == frozenset()
    assert ran.faults.get("b", "") == why


def test_an_answer_from_before_too_much_was_printed_counts(sandbox: Sandbox) -> None:
    assert values(run(sandbox, "x = 5\nwhile True: print('y' * 100)")) == {"x": 5}


@pytest.mark.parametrize("source, why", [
    ("import os\nos._exit(0)", "it ended Python"),
    ("import os\nos.abort()", "it ended Python"),
    ("import ctypes\nctypes.string_at(0)", "it ended Python (a crash in the memory: SIGSEGV)"),
    ("while True:\n    pass", "it was still running after 4 seconds"),
    ("l = []\nwhile True:\n    l.append('x' * 10**6)", "it used more than 300 MB of memory"),
    ("import numpy as np\nx = np.ones(10**9)", "it used more than 300 MB of memory"),
    ("while True:\n    try:\n        print('y' * 100)\n    except BaseException:\n        pass", "it printed more than 20 kB"),
    ("import os\nos.write(3, b'junk' * 9)", "it wrote into the grader's channel"),
    ("import os, time\nos.close(3)\ntime.sleep(60)", "it closed the grader's channel"),
])
def test_a_cell_that_ends_the_process_is_blamed_and_the_others_run_again_without_it(sandbox: Sandbox, source: str, why: str) -> None:
    ran = run(sandbox, "x = 1", source, "x += 1")
    assert values(ran) == {"x": 2}
    assert set(ran.faults) == {"b"} and ran.ended == {"b"}
    assert ran.faults["b"].startswith(why)


def test_values_that_end_the_process_when_they_are_read_are_blamed_on_the_cell_that_made_them(sandbox: Sandbox) -> None:
    hostile = "import analogies.check.plain as p, os\nclass F: pass\nimport analogies.check.wire as w\nw.Encoder.__call__ = lambda *a: os._exit(0)\nx = [1]"
    ran = sandbox.run([Step("q1", "y = 1"), Step("q1", capture=("y",)), Step("q2", hostile), Step("given", "1"), Step("q2", capture=("x",)),
                       Step("q3", "z = 3"), Step("q3", capture=("z",))])  # fmt: skip
    assert ran.ended == {"q2"} and decode(ran.values["q1"]["y"]) == 1 and decode(ran.values["q3"]["z"]) == 3


def test_a_notebook_that_uses_up_its_time_says_so_and_keeps_what_it_had() -> None:
    with Sandbox(Limits(seconds_a_cell=3, seconds=4)) as sandbox:
        ran = sandbox.run([Step("q1", "x = 1"), Step("q1", capture=("x",)), Step("q2", "import time\ntime.sleep(99)"),
                           Step("q3", "import time\ntime.sleep(99)"), Step("q4", "y = 1"), Step("q4", capture=("y",))])  # fmt: skip
    assert decode(ran.values["q1"]["x"]) == 1 and "q4" not in ran.values
    assert ran.faults["q2"] == "it was still running after 3 seconds"
    assert ran.faults["q3"] == "the whole notebook had used its 4 seconds"
    assert ran.faults["q4"] == "it was not run, because the cells before it took all of the 4 seconds"


# The processes

def test_nothing_of_the_instructor_s_is_in_the_environment(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOKEN", "secret")
    with Sandbox(LIMITS) as other:
        assert "TOKEN" not in x(other, "import os\nx = dict(os.environ)")


def test_the_warm_process_has_one_thread_so_that_it_can_be_forked(sandbox: Sandbox) -> None:
    assert x(sandbox, "x = 1") == 1
    for pid in processes(sandbox._warm.pid):
        assert len(os.listdir(f"/proc/{pid}/task")) == 1


def test_a_child_holds_no_descriptor_but_its_result(sandbox: Sandbox) -> None:
    found = x(sandbox, "import os\nx = []\nfor n in range(256):\n    try:\n        os.fstat(n)\n        x.append(n)\n    except OSError: pass")
    assert found == [0, 1, 2, 3]


def test_flags_and_locks_on_standard_streams_end_with_the_student(sandbox: Sandbox) -> None:
    look = "import fcntl, os\nx = [(fcntl.fcntl(n, fcntl.F_GETFL), fcntl.fcntl(n, 11)) for n in (0, 1, 2)]\n"  # 11: F_GETSIG
    before = x(sandbox, look)
    leave = "for n in (0, 1, 2):\n    fcntl.fcntl(n, fcntl.F_SETFL, os.O_NONBLOCK | os.O_APPEND)\n    fcntl.fcntl(n, 10, 12)\n"  # F_SETSIG
    assert x(sandbox, f"{look}{leave}fcntl.flock(1, fcntl.LOCK_EX)") == before
    assert x(sandbox, f"{look}fcntl.flock(os.open('/dev/null', os.O_RDWR), fcntl.LOCK_EX | fcntl.LOCK_NB)") == before


def test_a_lock_on_a_device_is_not_one_on_the_machine_s_own(sandbox: Sandbox) -> None:
    own = x(sandbox, "import os\nx = os.stat('/dev/null').st_dev") != os.stat("/dev/null").st_dev
    assert own or os.geteuid() != 0  # an ordinary user cannot make a device
    assert x(sandbox, "x = [open('/dev/null').read(), len(open('/dev/zero', 'rb').read(2)), len(open('/dev/urandom', 'rb').read(2))]\n"
                      "print(1, file=open('/dev/null', 'w'))") == ["", 2, 2]


def test_where_memory_runs_out_students_code_is_ended_before_the_grader(sandbox: Sandbox) -> None:
    assert x(sandbox, "x = 1") == 1
    found = [Path(f"/proc/{pid}/oom_score_adj").read_text().strip() for pid in processes(sandbox._warm.pid)]
    assert len(found) == 2 and set(found) == {"1000"}


def test_a_warm_process_that_dies_is_started_again(sandbox: Sandbox) -> None:
    for pid in processes(sandbox._warm.pid)[::-1]:
        os.kill(pid, signal.SIGKILL)
    assert x(sandbox, "x = 1") == 1


def test_one_that_dies_on_the_way_is_started_again_too(sandbox: Sandbox) -> None:
    assert x(sandbox, "x = 1") == 1
    old = sandbox._warm.pid
    threading.Timer(1, lambda: os.kill(old, signal.SIGKILL)).start()
    assert x(sandbox, "import time\ntime.sleep(2)\nx = 2") == 2
    assert processes(old) == []


def test_a_machine_that_loses_isolation_is_said_and_not_held_against_a_submission(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    sandbox.close()

    def lost() -> None:
        raise NoIsolation("This machine cannot isolate any longer.")

    monkeypatch.setattr(sandbox, "_start", lost)
    with pytest.raises(NoIsolation, match="any longer"):
        sandbox.run([Step("q1", "q1 = 1")])


def test_a_closed_sandbox_has_left_nothing_and_can_be_used_again() -> None:
    sandbox = Sandbox(LIMITS)
    pids = processes(sandbox._warm.pid)
    assert len(pids) == 2
    sandbox.close()
    sandbox.close()
    assert [processes(pid) for pid in pids] == [[], []]
    assert x(sandbox, "x = 1") == 1
    sandbox.close()


def test_many_submissions_leave_no_process_no_descriptor_and_no_memory_behind(sandbox: Sandbox) -> None:
    def held() -> tuple[int, int, int]:
        pids = processes(sandbox._warm.pid)
        pages = [int(Path(f"/proc/{pid}/statm").read_text().split()[1]) for pid in pids]
        return len(os.listdir("/proc/self/fd")), len(pids), sum(pages) * 4

    for _ in range(10):
        x(sandbox, "x = 1")
    before = held()
    for n in range(150):
        run(sandbox, "x = 1", "import os\nos._exit(0)" if n % 10 == 0 else "x = 2")
    after = held()
    assert after[:2] == before[:2]
    assert after[2] - before[2] < 2000  # kB


def test_two_sandboxes_work_at_the_same_time() -> None:
    found: dict[int, object] = {}

    def work(number: int) -> None:
        with Sandbox(LIMITS) as own:
            found[number] = [x(own, f"x = {number}") for _ in range(5)]

    threads = [threading.Thread(target=work, args=(n,)) for n in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {0: [0] * 5, 1: [1] * 5}


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGKILL])
def test_a_grader_that_is_ended_leaves_nothing_running(end: signal.Signals) -> None:
    # A program that a shell put into the background is begun with Ctrl-C ignored, and so is all that it starts.
    code = ("import signal\nsignal.signal(signal.SIGINT, signal.default_int_handler)\n"
            "from analogies.grading.sandbox.trusted import Sandbox, Step\nwith Sandbox() as s:\n    print(s._warm.pid, flush=True)\n"
            "    s.run([Step('a', 'while True: pass')])")  # fmt: skip
    grader = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    warm = int(grader.stdout.readline())
    deadline = time.monotonic() + 30
    while len(pids := processes(warm)) < 3 and time.monotonic() < deadline:
        time.sleep(0.05)
    assert len(pids) == 3
    grader.send_signal(end)
    grader.wait(20)
    grader.stdout.close()
    while any(alive(pid) for pid in pids) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert [pid for pid in pids if alive(pid)] == []


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


# Without isolation, asked for by name

@pytest.mark.parametrize("forking", [True, False])
def test_without_isolation_the_same_is_said_and_done(forking: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if not forking:  # as on Windows
        monkeypatch.delattr(os, "fork")
    with Sandbox(LIMITS, isolated=False) as sandbox:
        assert sandbox.isolation == NOT_ISOLATED == "NOT ISOLATED"
        ran = run(sandbox, "x = 1", "import os\nos._exit(0)", "1 / 0", "import pandas as pd\nx += 1")
        assert values(ran) == {"x": 2}
        assert ran.faults == {"b": "it ended Python", "c": "it raised ZeroDivisionError: division by zero"} and ran.ended == {"b"}


def test_without_isolation_what_a_student_started_ends_with_the_student() -> None:
    with Sandbox(LIMITS, isolated=False) as sandbox:
        pid = x(sandbox, "import subprocess, sys\nx = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']).pid")
        assert isinstance(pid, int)
        until = time.monotonic() + 5
        while alive(pid) and time.monotonic() < until:
            time.sleep(0.02)
        assert not alive(pid)
