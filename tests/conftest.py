"""What every test shares: a quiet kit, workers, a real browser, and an end that counts what was skipped and says why.

With ANALOGIES_ALL=1 a skip is a failure: CI sets it, so that nothing stays unseen there.
"""

from __future__ import annotations

import os
import shutil
from collections import Counter
from collections.abc import Iterator

import pytest
import sharing
from hypothesis import HealthCheck, settings

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
NO_BROWSER = "no browser found: install Chromium (on Debian: apt-get install chromium)"


def pytest_configure(config: pytest.Config) -> None:
    # Set for the whole session, and so for the kernels that nbval starts: stored outputs hold no one's progress.
    os.environ["ANALOGIES_PROGRESS"] = "off"
    # A slow machine is no fault. CI sees the same examples in every run; elsewhere each run looks for new ones.
    slow = [HealthCheck.too_slow]
    settings.register_profile("kit", deadline=None, max_examples=60, derandomize=everything_must_run(), suppress_health_check=slow)
    settings.load_profile("kit")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    return sharing.workers(config)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> object:
    return sharing.scheduler(config, log)


def skips(config: pytest.Config) -> Counter[str]:
    """How many tests were skipped, by reason."""
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    reports = reporter.stats.get("skipped", []) if reporter else []
    return Counter(reason(report) for report in reports)


def reason(report: pytest.TestReport | pytest.CollectReport) -> str:
    """Why a test was skipped, without pytest's own word for it."""
    text = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    return text.removeprefix("Skipped: ")


def everything_must_run() -> bool:
    """Whether a skip is a failure."""
    return os.environ.get("ANALOGIES_ALL", "") not in ("", "0")


@pytest.hookimpl(wrapper=True)
def pytest_report_to_serializable() -> Iterator[None]:
    """What a worker reports, made fit to be sent: a lone surrogate that a test printed or logged would end the whole run."""
    data = yield
    return sendable(data)


def sendable(data: object) -> object:
    """The same lists, tuples and dicts of texts, each lone surrogate spelled out."""
    if isinstance(data, str):
        return data.encode("utf-8", "backslashreplace").decode("utf-8")
    if isinstance(data, dict):
        return {sendable(key): sendable(value) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return type(data)(sendable(one) for one in data)
    return data


def pytest_sessionfinish(session: pytest.Session) -> None:
    if everything_must_run() and skips(session.config) and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    counted = skips(config)
    terminalreporter.section("skipped")
    terminalreporter.write_line(f"{counted.total()} skipped.")
    for why, count in counted.most_common():
        terminalreporter.write_line(f"{count:5d}  {why}")
    if counted and everything_must_run():
        terminalreporter.write_line("ANALOGIES_ALL is set, so a skip is a failure.", red=True)


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    """A Chromium driven by Playwright, closed when the module of tests is done.

    Not for the whole session: while Playwright's synchronous form is open an event loop counts as running in this
    thread, and tests that start a kernel of their own would find it.
    """
    sync_api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed (extra: test)")
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    if program is None:
        pytest.skip(NO_BROWSER)
    flags = ["--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        flags.append("--no-sandbox")  # Chromium refuses to start as root with its sandbox
    with sync_api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=flags)
        yield chromium
        chromium.close()
