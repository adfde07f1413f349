"""The files of the kit as git knows them, as they are now: what a clean clone would hold."""

import os
import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MADE_LOCALLY = {".git", ".venv", ".analogies", "my-work", ".pytest_cache", ".hypothesis", "__pycache__", "uv.lock"}


def tracked() -> list[Path]:
    """Every file of the kit, relative to its root; what was made locally is left out, with and without git."""
    if shutil.which("git"):
        listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True)
        if listed.returncode == 0:  # a file that was deleted a moment ago is still listed
            return sorted(Path(name) for name in listed.stdout.split("\0") if name and (ROOT / name).is_file())
    found = []
    for folder, folders, files in os.walk(ROOT):
        folders[:] = sorted(set(folders) - MADE_LOCALLY)
        found += [Path(folder, name).relative_to(ROOT) for name in sorted(set(files) - MADE_LOCALLY)]
    return found


def clone(folder: Path) -> Path:
    """Copy every file of the kit to a new folder."""
    for name in tracked():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, folder / name)
    return folder
