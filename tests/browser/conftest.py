"""A lab for the browser: a clean clone, both commands of the README, the newcomer's way."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from tracked import clone


@dataclass(frozen=True)
class Lab:
    """A running JupyterLab: its folder, the empty home of its user, its address and its token."""

    kit: Path
    home: Path
    url: str
    token: str

    def page(self, path: str = "") -> str:
        """The address of a file in the lab, of the lab itself without one; no tab of an earlier visit is opened again."""
        where = f"lab/tree/{path}" if path else "lab"
        return f"{self.url}{where}?reset&token={self.token}"

    def notebook(self, path: str) -> dict:
        """A notebook as it lies on the disk of the lab."""
        return json.loads((self.kit / path).read_text(encoding="utf-8"))


def lab_command(kit: Path, environment: dict[str, str]) -> list[str]:
    """How `analogies lab` is started there, with the instructor's set installed, as after the test command.

    By uv, which makes an environment inside the clone; where the tests were not started by uv, by the Python that
    runs them, with the clone's package in front of its own.
    """
    uv = os.environ.get("UV") or shutil.which("uv")
    if uv is None:
        environment["PYTHONPATH"] = str(kit / "src")
        return [sys.executable, "-m", "analogies.cli", "lab"]
    environment["UV_CACHE_DIR"] = subprocess.run([uv, "cache", "dir"], capture_output=True, text=True, check=True).stdout.strip()
    environment["UV_PYTHON"] = sys.executable
    environment["UV_COMPILE_BYTECODE"] = "0"  # of 160 packages, for a lab that uses a few of them, once
    made = subprocess.run([uv, "sync", "--quiet", "--extra", "instructor"], cwd=kit, env=environment, capture_output=True, text=True)
    assert made.returncode == 0, made.stderr
    return [uv, "run", "--quiet", "analogies", "lab"]


@pytest.fixture(scope="session")
def lab_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """A lab that was started by the README's command in a clean clone; ended by its process id."""
    folder = tmp_path_factory.mktemp("lab")
    kit, home = clone(folder / "analogies"), folder / "home"
    home.mkdir()
    ours = ("JUPYTER", "IPYTHON", "ANALOGIES", "UV_PROJECT", "VIRTUAL_ENV", "PYTHON")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    command = [*lab_command(kit, environment), "--no-browser"]
    log = (folder / "log").open("w+", encoding="utf-8")
    process = subprocess.Popen(command, cwd=kit, env=environment | {"HOME": str(home)}, stdout=log, stderr=log)
    try:
        yield wait_for(process, kit, home, Path(log.name))
    finally:
        process.send_signal(signal.SIGTERM)  # uv passes it on, as it does not pass on a SIGINT
        try:
            process.wait(20)
        finally:
            process.kill()
            log.close()


@pytest.fixture
def visit(browser, lab_server) -> Iterator[object]:
    """A fresh page; the kernels that it starts are ended with it."""
    from visit import Visit  # it needs Playwright, which `browser` has asked for

    visiting = Visit(browser, lab_server)
    yield visiting
    visiting.close()


def wait_for(process: subprocess.Popen[bytes], kit: Path, home: Path, log: Path) -> Lab:
    """The lab, once it answers."""
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and process.poll() is None:
        for file in (kit / ".analogies" / "data" / "runtime").glob("jpserver-*.json"):
            try:
                info = json.loads(file.read_text(encoding="utf-8"))
                urllib.request.urlopen(f"{info['url']}api/status?token={info['token']}", timeout=5).close()
            except (ValueError, urllib.error.URLError):
                continue  # half written, or not listening yet
            return Lab(kit, home, info["url"], info["token"])
        time.sleep(0.2)
    raise AssertionError(f"the lab did not start:\n{log.read_text(encoding='utf-8')}")
