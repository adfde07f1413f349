"""How long a newcomer waits: from a clean clone, by the README's own first command, to JupyterLab's page.

    python3 benchmarks/open_the_lab.py [ROUNDS]

Each round has a new clone of this repository, a virtual environment with pip alone, an empty home and an empty cache
of uv; pip keeps no cache. The clock starts with the command and stops when the lab's page answers. Needs git and the
network; everything is made in a temporary folder, which is removed.
"""

from __future__ import annotations

import json
import os
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PATIENCE = 600  # seconds


def readme_command() -> str:
    """The README's command that opens the lab, without a browser."""
    return re.search(r"^python3 -m pip install uv && .* analogies lab$", (ROOT / "README.md").read_text(encoding="utf-8"), re.M)[0] + " --no-browser"


def answers(kit: Path) -> bool:
    """Whether the lab of that clone sends its page."""
    for file in (kit / ".analogies" / "data" / "runtime").glob("jpserver-*.json"):
        try:
            info = json.loads(file.read_text(encoding="utf-8"))
            with urllib.request.urlopen(f"{info['url']}lab?token={info['token']}", timeout=5) as page:
                return b"jupyter-config-data" in page.read()
        except (ValueError, urllib.error.URLError):
            continue  # half written, or not listening yet
    return False


def children() -> float:
    """Seconds of processor time that ended processes took."""
    return os.times().children_user + os.times().children_system


def measure(place: Path) -> tuple[float, float]:
    """Seconds until the page, and seconds of processor time."""
    subprocess.run(["git", "clone", "-q", str(ROOT), str(place / "kit")], check=True)
    subprocess.run([sys.executable, "-m", "venv", str(place / "python")], check=True)
    (place / "home").mkdir()
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("UV_PYTHON", "UV_PROJECT", "VIRTUAL_ENV", "JUPYTER"))}
    environment |= {"HOME": str(place / "home"), "UV_CACHE_DIR": str(place / "cache"), "PIP_NO_CACHE_DIR": "1",
                    "PATH": f"{place / 'python' / 'bin'}{os.pathsep}{environment['PATH']}"}
    before, begun = children(), time.monotonic()
    with (place / "log").open("w") as log:
        lab = subprocess.Popen(["bash", "-c", readme_command()], cwd=place / "kit", env=environment, stdin=subprocess.DEVNULL,
                               stdout=log, stderr=log, start_new_session=True)
    while not answers(place / "kit"):
        if lab.poll() is not None or time.monotonic() - begun > PATIENCE:
            os.killpg(lab.pid, signal.SIGKILL)
            raise SystemExit(f"The lab did not open:\n{(place / 'log').read_text()}")
        time.sleep(0.05)
    took = time.monotonic() - begun
    os.killpg(lab.pid, signal.SIGTERM)
    lab.wait(30)
    return took, children() - before


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    found = []
    for number in range(1, rounds + 1):
        with tempfile.TemporaryDirectory() as place:
            load = os.getloadavg()[0]
            took, cpu = measure(Path(place))
        found.append(took)
        print(f"{number}: {took:.1f} s ({cpu:.1f} s of processor time; load before: {load:.1f})", flush=True)
    print(f"median of {rounds}: {statistics.median(found):.1f} s")


if __name__ == "__main__":
    main()
