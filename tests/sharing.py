"""How the whole run is shared out to workers (pytest-xdist): two, or more where there are more cores.

A file of tests stays with one worker, so that what is made for the file is made once; the files that visit the lab
stay together, so that one lab is started. The notebooks are files of tests to nbval. A run of files that are named
has no workers, because they take seconds to start; pytest's `-n` says otherwise.
"""

from __future__ import annotations

import os
from pathlib import PurePosixPath

import pytest


def workers(config: pytest.Config) -> int:
    """How many workers share this run: none where files are named, else one for each core, but two to four."""
    if config.args_source is not pytest.Config.ArgsSource.TESTPATHS:
        return 0
    return min(4, max(2, os.cpu_count() or 2))


def scheduler(config: pytest.Config, log: object) -> object:
    """What gives the tests to the workers."""
    from xdist.scheduler import LoadScopeScheduling

    class Sharing(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return kept_together(nodeid)

    return Sharing(config, log)


def kept_together(nodeid: str) -> str:
    """The name of what stays with one worker: the test's file, or the lab for every file that visits it."""
    file = PurePosixPath(nodeid.partition("::")[0])
    return "the lab" if file.parent.name == "browser" and "lab" in file.stem.split("_") else str(file)
