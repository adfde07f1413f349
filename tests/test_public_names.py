"""`import analogies as an`: the names that notebooks use, loaded when first used."""

import subprocess
import sys

import pytest

import analogies as an

NAMES = ["argument", "bibliography", "case", "cases", "cite", "claims", "codebook", "coding", "exercise", "features", "invocations", "ledger", "measure", "progress", "series", "show", "timeline"]

MODULES = {"argument", "coding", "measure"}  # one method each; the other names are functions


def fresh(code: str) -> str:
    """What the code prints in a Python of its own."""
    done = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_the_public_names_are_these():
    assert list(an.__all__) == NAMES
    assert set(NAMES) <= set(dir(an))


def test_importing_the_kit_imports_neither_pandas_nor_anything_heavy():
    heavy = ("pandas", "numpy", "matplotlib", "ipywidgets", "anywidget", "IPython", "yaml", "bibtexparser", "edtf", "nbformat")
    assert fresh(f"import analogies, sys; print([name for name in {heavy!r} if name in sys.modules])") == "[]"


def test_importing_the_kit_is_quick():
    # The processor's time, so that other work on the machine is not counted.
    code = "import time; t = time.process_time(); import analogies; print(time.process_time() - t)"
    assert min(float(fresh(code)) for _ in range(3)) < 0.15


@pytest.mark.parametrize("name", NAMES)
def test_every_public_name_can_be_used(name):
    value = getattr(an, name)
    assert value is getattr(an, name)
    assert callable(value) or name in MODULES
    assert (value.__doc__ or "").strip()


def test_a_timeline_stays_a_function_after_its_package_is_imported():
    code = "import analogies as an; from analogies.timeline import layout; print(callable(an.timeline), layout.__name__); import analogies.timeline.layout; print(callable(an.timeline))"
    assert fresh(code).split() == ["True", "analogies.timeline.layout", "True"]


def test_a_misspelt_name_is_answered_with_the_one_that_was_meant():
    with pytest.raises(AttributeError) as refused:
        an.timelime
    assert str(refused.value) == "the kit has no 'timelime'. Did you mean an.timeline?"


def test_a_name_that_resembles_nothing_is_answered_with_all_names():
    with pytest.raises(AttributeError, match="It offers: argument, bibliography, case"):
        an.xyzzy
    assert not hasattr(an, "xyzzy")


def test_a_kit_name_can_be_imported_by_its_name():
    assert fresh("from analogies import cite, case; print(cite.__name__, case.__name__)") == "cite case"
