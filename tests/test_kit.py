"""The root of the clone is found from anywhere, and its absence is a sentence."""

import shutil
import subprocess
import sys
from pathlib import Path

from analogies import kit


def test_the_root_is_the_folder_of_this_clone(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    assert kit.root() == Path(__file__).resolve().parents[1]


def test_without_a_clone_the_reader_is_told_what_to_do(tmp_path):
    (tmp_path / "analogies").mkdir()
    shutil.copy(kit.__file__, tmp_path / "analogies" / "kit.py")
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "another"\n')  # somebody else's project is not the kit
    code = "import kit\ntry:\n    kit.root()\nexcept FileNotFoundError as told:\n    print(told)"
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path / "analogies", capture_output=True, text=True, timeout=60)
    assert "clone the kit" in done.stdout, done.stderr
