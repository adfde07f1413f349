"""Our own copy of an exercise is read without nbformat, and read as nbformat reads it."""

import json
import subprocess
import sys

import nbformat
import pytest

from analogies import kit
from analogies.grading.our_copy import Notebook, parsed

OURS = [kit.root() / folder / "03-syria-2015.ipynb" for folder in ("exercises", "solutions")]


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.parent.name)
def test_our_copy_reads_as_nbformat_reads_it(path):
    ours, theirs = parsed(path.read_text(encoding="utf-8")), nbformat.read(path, as_version=4)
    assert [(c.cell_type, c.source, c.metadata, c.id) for c in ours.cells] == [(c.cell_type, c.source, c.metadata, c.id) for c in theirs.cells]


def test_a_key_that_is_not_there_is_no_attribute():
    assert not hasattr(Notebook(), "cells")


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"nbformat": 3, "worksheets": []}', '{"nbformat": 4, "cells": {}}',
                                  '{"nbformat": 4, "cells": [1]}', '{"nbformat": 4, "cells": [{"cell_type": "code"}]}'])
def test_what_is_no_notebook_of_format_4_is_refused(text):
    with pytest.raises(ValueError):
        parsed(text)


def test_lines_are_joined_and_one_text_is_taken_as_it_is():
    cells = [{"cell_type": "code", "source": source, "metadata": {}} for source in (["a\n", "b"], "c")]
    assert [cell.source for cell in parsed(json.dumps({"nbformat": 4, "cells": cells})).cells] == ["a\nb", "c"]


def test_grading_starts_without_nbformat():
    loaded = subprocess.run([sys.executable, "-c", "import sys, analogies.grading.batch; print(*sys.modules)"], capture_output=True,
                            text=True, check=True).stdout.split()
    assert "analogies.grading.batch" in loaded and "nbformat" not in loaded
