"""The lab: what it hands out, what it refuses to start with, and a real start, without a browser."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from nbformat.sign import NotebookNotary

from analogies import lab

SOURCE = Path(lab.__file__).resolve().parents[1]
EXERCISE = "03-syria-2015.ipynb"


def notebook(text: str) -> str:
    """A notebook of one Markdown cell and one stored HTML output."""
    shown = nbformat.v4.new_output("display_data", {"text/html": f"<b>{text}</b>"})
    cells = [nbformat.v4.new_markdown_cell(f"# {text}", id="a"), nbformat.v4.new_code_cell("1", id="b", outputs=[shown])]
    return nbformat.writes(nbformat.v4.new_notebook(cells=cells))


def make_kit(folder: Path) -> Path:
    """A small kit with its own copy of the package, as in a clone."""
    shutil.copytree(SOURCE, folder / "src", ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "pyproject.toml").write_text('[project]\nname = "analogies"\n', encoding="utf-8")
    for name, text in {lab.START: "Start here", f"exercises/{EXERCISE}": "Exercise"}.items():
        (folder / name).parent.mkdir()
        (folder / name).write_text(notebook(text), encoding="utf-8")
    return folder


@pytest.fixture
def kit(tmp_path: Path) -> Path:
    return make_kit(tmp_path / "kit")


@pytest.fixture
def handed_out(kit: Path) -> Path:
    """A kit whose exercise was handed out once."""
    (kit / lab.WORK).mkdir()
    assert len(list(lab.hand_out(kit))) == 1
    return kit


def command(kit: Path, home: Path, *options: str) -> tuple[list[str], dict[str, str]]:
    """`analogies lab` of that kit, and its environment: another home folder, no settings of Jupyter."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("JUPYTER", "IPYTHON"))}
    home.mkdir(exist_ok=True)
    environment = clean | {"PYTHONPATH": str(kit / "src"), "HOME": str(home), "USERPROFILE": str(home)}
    return [sys.executable, "-m", "analogies.cli", "lab", "--no-browser", *options], environment


class Started:
    """A lab that was really started; its address and token come from the file that Jupyter keeps while it runs."""

    def __init__(self, kit: Path, home: Path, *options: str) -> None:
        arguments, environment = command(kit, home, *options)
        runtime = kit / lab.STATE / "data" / "runtime"
        before = set(runtime.glob("jpserver-*.json"))
        self.process = subprocess.Popen(arguments, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and self.process.poll() is None:
            for file in set(runtime.glob("jpserver-*.json")) - before:
                try:
                    self.info = json.loads(file.read_text(encoding="utf-8"))
                    self.ask("api/status")
                except (ValueError, urllib.error.URLError):
                    continue  # half written, or not listening yet
                return
            time.sleep(0.1)
        self.process.kill()
        raise AssertionError(f"the lab did not start: {self.process.communicate()}")

    def ask(self, path: str, *, token: bool = True) -> str:
        """The body of the answer to a GET request. Raises urllib.error.HTTPError when it is refused."""
        headers = {"Authorization": f"token {self.info['token']}"} if token else {}
        request = urllib.request.Request(f"http://127.0.0.1:{self.info['port']}/{path}", headers=headers)
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.read().decode("utf-8")

    def status(self, path: str, *, token: bool = True) -> int:
        try:
            self.ask(path, token=token)
        except urllib.error.HTTPError as error:
            return error.code
        return 200

    def stop(self) -> tuple[int, str, str]:
        """Press Ctrl-C; the exit code, and what was printed."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        try:
            out, err = self.process.communicate(timeout=20)
        finally:
            self.process.kill()
        return self.process.returncode, out, err


@pytest.fixture
def started(kit: Path, tmp_path: Path) -> Iterator[Started]:
    running = Started(kit, tmp_path / "home")
    yield running
    running.stop()


# What is handed out

def test_a_missing_exercise_is_copied_to_my_work(handed_out: Path) -> None:
    assert (handed_out / "my-work" / EXERCISE).read_bytes() == (handed_out / "exercises" / EXERCISE).read_bytes()


def test_a_student_s_work_is_never_overwritten_and_nothing_is_said_while_the_release_is_the_same(handed_out: Path) -> None:
    mine = handed_out / "my-work" / EXERCISE
    mine.write_text("my answers", encoding="utf-8")
    assert list(lab.hand_out(handed_out)) == []
    assert mine.read_text(encoding="utf-8") == "my answers"


def test_a_newer_release_is_announced_at_every_start_and_left_where_it_is(handed_out: Path) -> None:
    mine = handed_out / "my-work" / EXERCISE
    mine.write_text("my answers", encoding="utf-8")
    (handed_out / "exercises" / EXERCISE).write_text(notebook("Second edition"), encoding="utf-8")
    for _ in range(2):
        (sentence,) = lab.hand_out(handed_out)
        assert "newer release" in sentence and EXERCISE in sentence
        assert mine.read_text(encoding="utf-8") == "my answers"


def test_the_newer_release_is_handed_out_once_the_student_has_renamed_the_old_copy(handed_out: Path) -> None:
    (handed_out / "exercises" / EXERCISE).write_text(notebook("Second edition"), encoding="utf-8")
    mine = handed_out / "my-work" / EXERCISE
    mine.rename(mine.with_name("first try.ipynb"))
    assert len(list(lab.hand_out(handed_out))) == 1
    assert "Second edition" in mine.read_text(encoding="utf-8")
    assert list(lab.hand_out(handed_out)) == []


@pytest.mark.parametrize("damaged", ["", "{", "[1]"])
def test_a_damaged_ledger_costs_no_work_and_stops_no_start(handed_out: Path, damaged: str) -> None:
    (handed_out / "my-work" / lab.HANDED_OUT).write_text(damaged, encoding="utf-8")
    mine = handed_out / "my-work" / EXERCISE
    mine.write_text("my answers", encoding="utf-8")
    assert list(lab.hand_out(handed_out)) == []
    assert mine.read_text(encoding="utf-8") == "my answers"


# What it refuses to start with: one sentence, exit code 1, no traceback

def refused(kit: Path, home: Path, *options: str) -> str:
    """The one sentence with which the lab refuses to start."""
    arguments, environment = command(kit, home, *options)
    done = subprocess.run(arguments, env=environment, capture_output=True, text=True, timeout=60)
    assert done.returncode == 1, done
    assert done.stdout == ""
    return one_sentence(done.stderr)


def one_sentence(text: str) -> str:
    assert text.count("\n") == 1 and text.endswith(".\n") and "Traceback" not in text, text
    return text


def test_a_taken_port_is_one_sentence(kit: Path, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        sentence = refused(kit, tmp_path / "home", "--port", str(port))
    assert f"Port {port} is taken" in sentence and "--port" in sentence


def test_a_missing_start_notebook_is_one_sentence(kit: Path, tmp_path: Path) -> None:
    (kit / lab.START).unlink()
    sentence = refused(kit, tmp_path / "home")
    assert lab.START in sentence and "git checkout" in sentence


def test_a_package_outside_of_a_clone_is_one_sentence(kit: Path, tmp_path: Path) -> None:
    (kit / "pyproject.toml").unlink()
    assert "clone the kit" in refused(kit, tmp_path / "home")


@pytest.fixture
def another_s_kit() -> Iterator[Path]:
    """A kit in a folder that an ordinary user can read and cannot write."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)  # pytest's own folders are closed to other users
        kit = make_kit(Path(folder) / "kit")
        kit.chmod(0o555)
        yield kit
        kit.chmod(0o755)


@pytest.mark.skipif(os.name != "posix", reason="a folder without write permission is made here only on Linux and macOS")
def test_a_clone_that_cannot_be_written_is_one_sentence(another_s_kit: Path) -> None:
    # Root may write everywhere, so root becomes "nobody" first. The command line is loaded before that, because nobody
    # may not be allowed to read the environment in which the tests run.
    ordinary_user = (
        "import contextlib, io, os\n"
        "from analogies import cli, kit, lab\n"
        "with contextlib.suppress(SystemExit), contextlib.redirect_stdout(io.StringIO()):\n"
        "    cli.app(['lab', '--help'])\n"
        "if os.geteuid() == 0:\n"
        "    os.setgroups([]); os.setgid(65534); os.setuid(65534)\n"
        "cli.app(['lab', '--no-browser'])\n"
    )
    environment = os.environ | {"PYTHONPATH": str(another_s_kit / "src"), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run([sys.executable, "-c", ordinary_user], env=environment, capture_output=True, text=True, timeout=60)
    assert done.returncode == 1, done
    sentence = one_sentence(done.stderr)
    assert "cannot be written (Permission denied)" in sentence and str(another_s_kit / lab.WORK) in sentence
    assert sorted(path.name for path in another_s_kit.iterdir()) == ["exercises", "notebooks", "pyproject.toml", "src"]


# A real start

def test_the_lab_opens_the_start_notebook_on_loopback_with_a_token_and_stops_on_ctrl_c(
    started: Started, kit: Path, tmp_path: Path
) -> None:
    assert started.info["hostname"] == "127.0.0.1"
    assert Path(started.info["root_dir"]) == kit.resolve()
    assert len(started.info["token"]) >= 32
    assert started.status("api/contents", token=False) == 403
    assert EXERCISE in started.ask(f"api/contents/{lab.WORK}")
    code, out, err = started.stop()
    assert code == 0
    assert f"/lab/tree/{lab.START}?token=" in err
    assert str(kit / lab.WORK) in out and out.endswith("The lab has stopped.\n")
    assert list((kit / lab.STATE / "data" / "runtime").glob("jpserver-*")) == []
    assert list((tmp_path / "home").iterdir()) == [], "the lab wrote into the user's home"


def test_the_instructor_s_panels_are_off_for_students_and_on_with_instructor(started: Started, kit: Path, tmp_path: Path) -> None:
    assert started.status("formgrader/api/assignments") == 404
    assert disabled(started) >= set(lab.INSTRUCTOR_PANELS)
    instructor = Started(kit, tmp_path / "home", "--instructor")  # beside the other: without --port a free one is found
    try:
        assert instructor.info["port"] != started.info["port"]
        assert instructor.status("formgrader/api/assignments") != 404
        assert disabled(instructor).isdisjoint(lab.INSTRUCTOR_PANELS)
    finally:
        instructor.stop()


def disabled(running: Started) -> set[str]:
    """The extensions that JupyterLab's page is told to leave out."""
    page = running.ask("lab")
    configuration = page.split('id="jupyter-config-data" type="application/json">')[1].split("</script>")[0]
    return set(json.loads(configuration)["disabledExtensions"])


def test_jupyter_is_told_to_fetch_no_news(started: Started) -> None:
    settings = json.loads(started.ask("lab/api/settings/@jupyterlab/apputils-extension:notification"))
    defaults = settings["schema"]["properties"]
    assert (defaults["fetchNews"]["default"], defaults["checkForUpdates"]["default"]) == ("false", False)


def test_the_kit_s_own_notebooks_are_trusted_and_a_student_s_file_is_not(handed_out: Path) -> None:
    (handed_out / "my-work" / "from a stranger.ipynb").write_text(notebook("Stranger"), encoding="utf-8")
    (handed_out / lab.STATE).mkdir()
    (handed_out / "notebooks" / "broken.ipynb").write_text("{", encoding="utf-8")
    lab.trust(handed_out)
    notary = NotebookNotary(data_dir=str(handed_out / lab.STATE / "data"))
    assert notary.check_signature(nbformat.read(handed_out / lab.START, 4))
    assert not notary.check_signature(nbformat.read(handed_out / "my-work" / "from a stranger.ipynb", 4))
    notary.store.close()


def test_settings_of_the_machine_come_after_ours_and_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", "of-the-machine")
    paths = lab.environment(tmp_path, instructor=False)["JUPYTER_CONFIG_PATH"].split(os.pathsep)
    assert paths == [str(tmp_path / lab.STATE / "student"), "of-the-machine"]
