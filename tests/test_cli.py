"""The command line: quick help, and one sentence instead of a traceback."""

from __future__ import annotations

import subprocess
import sys

import pytest
from typer.testing import CliRunner

from analogies import cli, lab


COMMANDS = ("lab", "build", "grade", "mark", "export", "feedback", "validate")


@pytest.fixture
def run():
    runner = CliRunner()
    return lambda *arguments: runner.invoke(cli.app, list(arguments))


def test_help_names_every_command(run) -> None:
    done = run("--help")
    assert done.exit_code == 0
    assert all(name in done.output for name in COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help(run, name: str) -> None:
    done = run(name, "--help")
    assert done.exit_code == 0 and "Usage" in done.output


def test_help_loads_nothing_heavy_and_answers_in_half_a_second() -> None:
    heavy = {"pandas", "matplotlib", "jupyterlab", "nbformat", "nbgrader", "jupytext", "IPython", "sqlalchemy"}
    loaded = "import sys, analogies.cli; print(*sys.modules)"
    modules = subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, check=True).stdout.split()
    assert heavy.isdisjoint(modules)
    # The processor's time from the start of Python on, so that other work on the machine is not counted.
    code = "import atexit, sys, time; from analogies import cli; atexit.register(lambda: print(time.process_time())); cli.app(['--help'])"
    answers = [subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout for _ in range(3)]
    assert min(float(answer.splitlines()[-1]) for answer in answers) < 0.5


def test_an_error_of_the_kit_is_one_sentence_on_stderr_and_exit_code_1(run, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(**_: object) -> int:
        raise lab.LabError("Port 8888 is taken.")

    monkeypatch.setattr(lab, "launch", refuse)
    done = run("lab")
    assert (done.exit_code, done.stderr, done.stdout) == (1, "Port 8888 is taken.\n", "")


def test_a_bug_keeps_its_traceback(run, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(**_: object) -> int:
        raise ZeroDivisionError

    monkeypatch.setattr(lab, "launch", fail)
    assert isinstance(run("lab").exception, ZeroDivisionError)


@pytest.mark.parametrize("option, value", [("browser", False), ("port", 9000), ("instructor", True)])
def test_lab_passes_its_options_on(run, monkeypatch: pytest.MonkeyPatch, option: str, value: object) -> None:
    asked: dict[str, object] = {}
    monkeypatch.setattr(lab, "launch", lambda **options: asked.update(options) or 0)
    flag = {"browser": ["--no-browser"], "port": ["--port", "9000"], "instructor": ["--instructor"]}[option]
    assert run("lab", *flag).exit_code == 0
    assert asked == {"browser": True, "port": None, "instructor": False} | {option: value}


def test_a_missing_instructor_s_set_is_one_sentence_with_the_command_that_installs_it() -> None:
    sentence = cli.in_one_sentence(ModuleNotFoundError("No module named 'nbgrader'", name="nbgrader.preprocessors"))
    assert sentence is not None and "nbgrader is not installed" in sentence and "--extra instructor" in sentence


def test_a_missing_module_of_our_own_is_a_bug_and_not_a_missing_extra() -> None:
    assert cli.in_one_sentence(ModuleNotFoundError("No module named 'analogies.nothing'", name="analogies.nothing")) is None


def test_a_file_that_cannot_be_read_is_named() -> None:
    assert cli.in_one_sentence(FileNotFoundError(2, "No such file or directory", "x.csv")) == "x.csv: No such file or directory."


def with_stale(monkeypatch: pytest.MonkeyPatch, sentences: list[str]) -> list[object]:
    """Replace what builds; return the list of what it was asked to build."""
    asked: list[object] = []

    def build(slugs: object, *, report: object) -> list[str]:
        asked.append(slugs)
        report("03-syria-2015: lesson")
        return ["made"]

    notebook = pytest.importorskip("analogies.authoring.notebook")
    monkeypatch.setattr(notebook, "stale", lambda: sentences)
    monkeypatch.setattr(notebook, "build", build)
    return asked


def test_build_check_prints_each_stale_file_and_why_and_exits_with_1(run, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = with_stale(monkeypatch, ["notebooks/03-syria-2015.ipynb: its source has changed.", "readings/claims.md: missing."])
    done = run("build", "--check")
    assert done.exit_code == 1 and asked == []
    assert done.stdout == "notebooks/03-syria-2015.ipynb: its source has changed.\nreadings/claims.md: missing.\n"
    assert "2 stale" in done.stderr and "analogies build" in done.stderr


def test_build_check_of_one_lesson_leaves_the_others_out(run, monkeypatch: pytest.MonkeyPatch) -> None:
    with_stale(monkeypatch, ["notebooks/03-syria-2015.ipynb: its source has changed.", "readings/claims.md: missing."])
    assert run("build", "--check", "03-syria-2015").exit_code == 1
    assert run("build", "--check", "00-start-here").exit_code == 0


def test_build_check_says_that_all_is_well(run, monkeypatch: pytest.MonkeyPatch) -> None:
    with_stale(monkeypatch, [])
    done = run("build", "--check")
    assert (done.exit_code, done.stdout) == (0, "Every made file is up to date.\n")


def test_build_reports_its_progress_and_counts_what_it_made(run, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = with_stale(monkeypatch, [])
    done = run("build", "03-syria-2015")
    assert done.exit_code == 0 and asked == [["03-syria-2015"]]
    assert "03-syria-2015: lesson" in done.stderr and done.stdout == "1 file made.\n"
    assert run("build").exit_code == 0 and asked[-1] is None


def test_validate_prints_every_fault_and_exits_with_1(run, monkeypatch: pytest.MonkeyPatch) -> None:
    load = pytest.importorskip("analogies.facts.load")
    monkeypatch.setattr(load, "validate", lambda path: ["events/syria.csv:3: date: not EDTF", "sources.bib:9: key: unused"])
    done = run("validate")
    assert done.exit_code == 1 and "2 faults" in done.stderr
    assert done.stdout == "events/syria.csv:3: date: not EDTF\nsources.bib:9: key: unused\n"


def test_validate_says_that_all_is_well(run, monkeypatch: pytest.MonkeyPatch) -> None:
    load = pytest.importorskip("analogies.facts.load")
    monkeypatch.setattr(load, "validate", lambda path: [])
    assert run("validate").stdout == "No fault found.\n"
