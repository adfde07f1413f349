"""Isolation is found out by trying, as root and as an ordinary user; what is missing is said in a sentence that can be acted on."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path

import ordinary
import pytest

from analogies.grading.sandbox import isolation, new_root, probe, started
from analogies.grading.sandbox import trusted as sandbox
from analogies.grading.sandbox.isolation import Isolation, explain, survey
from analogies.grading.sandbox.trusted import NoIsolation, Sandbox

OWN = """
from analogies.grading.sandbox.isolation import survey
from analogies.grading.sandbox.trusted import Sandbox, Step
found = survey()
assert found.available and not found.missing, found
with Sandbox() as sandbox:
    print(sandbox.isolation, '|', *found.used)
    ran = sandbox.run([Step('a', "import os\\nx = [os.getuid(), os.getpid(), os.getppid(), sorted(os.listdir('/'))]"), Step('q', capture=('x',))])
    assert not ran.faults, ran
    print(ran.values['q']['x'].decode())
"""
# As an ordinary user: a user namespace in which no other can be made, as where an administrator has switched them off.
SWITCHED_OFF = """
import os
from pathlib import Path
from analogies.grading.sandbox import kernel
uid = os.geteuid()
kernel.unshare(kernel.NEWUSER)
Path('/proc/self/setgroups').write_text('deny')
Path('/proc/self/uid_map').write_text(f'{uid} {uid} 1')
Path('/proc/self/gid_map').write_text(f'{os.getegid()} {os.getegid()} 1')
Path('/proc/sys/user/max_user_namespaces').write_text('0')
kernel.set_capabilities()
from analogies.grading.sandbox.trusted import NoIsolation, Sandbox
try:
    Sandbox()
except NoIsolation as fault:
    print(fault)
with Sandbox(isolated=False) as sandbox:
    print(sandbox.isolation)
"""


def test_an_ordinary_user_is_isolated() -> None:
    done = ordinary.run("-c", OWN, timeout=120)
    assert done.returncode == 0, done.stderr
    said, seen = done.stdout.splitlines()
    assert said.startswith("isolated (namespaces, seccomp, no rights) | Students' code sees") and "user namespace" in said
    assert seen.startswith("[1000,1,0,[") and '"proc"' not in seen and '"home"' not in seen


def test_whoever_runs_the_tests_is_isolated() -> None:
    found = survey()
    assert found.available and found.missing == () and len(found.used) == 6
    with Sandbox() as made:
        assert made.isolation in ("isolated (namespaces, seccomp, own uid)", "isolated (namespaces, seccomp, no rights)")
        assert ("own uid" in made.isolation) is (os.geteuid() == 0)


def test_where_namespaces_are_switched_off_it_is_said_and_nothing_runs_unless_asked_for_by_name() -> None:
    done = ordinary.run("-c", SWITCHED_OFF, timeout=120)
    assert done.returncode == 0, done.stderr
    refusal, asked_for = done.stdout.splitlines()
    assert "user namespaces are switched off (user.max_user_namespaces is 0" in refusal and "sysctl -w" in refusal
    assert "--not-isolated" in refusal
    assert asked_for == "NOT ISOLATED"


@pytest.mark.parametrize("fault, settings, words", [
    ("OSError: unshare: Operation not permitted", {"kernel/unprivileged_userns_clone": "0"}, "kernel.unprivileged_userns_clone=1"),
    ("OSError: mount: Permission denied", {"kernel/apparmor_restrict_unprivileged_userns": "1"}, "AppArmor"),
    ("OSError: mount_setattr: Function not implemented", {}, "Linux 5.12"),
    ("OSError: seccomp: Invalid argument", {}, "filters for its calls"),
    ("OSError: unshare: Operation not permitted", {"user/max_user_namespaces": "9000"}, "docker run"),
])
def test_a_refused_call_is_explained(fault: str, settings: dict[str, str], words: str) -> None:
    assert words in explain(fault, settings) and fault in explain(fault, settings)


@pytest.mark.parametrize("platform, words", [("darwin", "this is macOS"), ("win32", "this is Windows"), ("freebsd14", "freebsd14")])
def test_another_system_cannot_isolate(platform: str, words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    found = survey()
    assert not found.available and found.used == () and words in found.missing[0]


def test_a_processor_whose_calls_are_not_known_cannot_isolate(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(isolation, "_machine", lambda: "riscv64")
    assert "riscv64" in survey().missing[0] and not survey().available


def test_a_hole_that_is_found_stops_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    visible = str(Path(sys.prefix, "lib"))
    monkeypatch.setattr(started, "closed", lambda: [visible])
    with pytest.raises(NoIsolation) as raised:
        Sandbox()
    assert f"{visible} can be seen." in str(raised.value)


def test_isolation_that_works_is_not_blamed_for_python_that_does_not_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox.started, "fonts", lambda: "/no/such/file")
    monkeypatch.setattr(isolation, "survey", lambda: Isolation(True))
    with pytest.raises(sandbox.GradingError) as raised:
        Sandbox()
    assert not isinstance(raised.value, NoIsolation) and "did not start" in str(raised.value)


def test_outside_of_a_sandbox_the_probe_finds_holes() -> None:
    found = ordinary.run("-c", "import os\nfrom analogies.grading.sandbox import probe\nprint(probe.holes(['/usr'], [os.__file__], os.getuid()))", timeout=60)
    assert found.returncode == 0, found.stderr
    for words in ("/usr can be seen", "network connection", "Another process", "Another program", "not alone"):
        assert words in found.stdout
    assert probe.holes.__doc__


def test_only_libraries_of_python_and_of_the_system_and_the_kit_are_seen(tmp_path: Path) -> None:
    package = started.PACKAGE
    seen = new_root.allowed(package)
    assert str(package) in seen or any(package.is_relative_to(one) for one in seen)
    clone = package.parents[1]
    for hidden in (clone / "solutions", clone / "pyproject.toml", Path.home() / ".ssh", Path("/etc/passwd"), tmp_path, Path("/proc"), Path("/usr/bin")):
        assert not [one for one in seen if hidden.is_relative_to(one)], hidden


def test_a_virtual_environment_in_the_clone_itself_shows_its_libraries_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "lib").mkdir()
    (tmp_path / "solutions").mkdir()
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    monkeypatch.setattr(sys, "path", [*sys.path, str(tmp_path)])
    seen = new_root.allowed(started.PACKAGE)
    assert str(tmp_path / "lib") in seen and not [one for one in seen if (tmp_path / "solutions").is_relative_to(one)]


def test_a_kit_that_lies_in_the_temporary_folder_is_seen_all_the_same() -> None:
    with tempfile.TemporaryDirectory(dir=os.path.join(os.sep, "tmp")) as folder:
        Path(folder).chmod(0o755)
        shutil.copytree(started.PACKAGE, Path(folder, "src", "analogies"), ignore=shutil.ignore_patterns("__pycache__"))
        Path(folder, "pyproject.toml").write_text("", encoding="utf-8")
        done = ordinary.run("-c", OWN + "\nimport analogies\nprint(analogies.__file__)", timeout=120, env=os.environ | {"PYTHONPATH": f"{folder}/src"})
        assert done.returncode == 0, done.stderr
        assert done.stdout.splitlines()[-1].startswith(folder)
