"""Two graders at once, and graders that are killed: nothing that was kept is lost, and nothing is kept in part."""

import random
import subprocess
import sys
from pathlib import Path

from small_gradebook import place  # noqa: F401

SCRIPT = Path(__file__).with_name("gradebook_processes.py")


def done(*arguments):
    ran = subprocess.run([sys.executable, "-W", "error", str(SCRIPT), *map(str, arguments)], capture_output=True, text=True,
                         timeout=120, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


def test_fifty_graders_that_are_killed_at_any_moment_lose_nothing_that_they_had_kept(place):
    seed = random.randrange(10**6)  # noqa: S311
    print("seed", seed)
    assert "runs unfinished" in done("killed", place, 50, seed)


def test_three_graders_who_write_at_the_same_time_lose_nothing_and_do_not_lock_each_other_out(place):
    assert done("together", place, 3, 20) == "nothing lost\n"
