"""A broken file of any kind ends in faults with a place, never in a bare traceback."""

import tempfile
from pathlib import Path

import pytest
import small_kit
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from small_kit import FILES, as_the_kit, write_kit

from analogies.facts.load import DataError, Facts, load, read_case, validate
from analogies.facts.model import Fault

hurried = settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])


def key_of(name):
    return name.replace("/", "_").replace(".", "_")


@st.composite
def damaged(draw, content: str):
    """The file with some of its bytes cut out, doubled, or replaced by what files are broken by."""
    raw = content.encode("utf-8")
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(raw)))
        upto = draw(st.integers(at, min(len(raw), at + 40)))
        poison = st.sampled_from([b'"', b'""', b",", b";", b"\n", b"\r", b"\r\n", b"\0", b"\xe9", b"\xff\xfe", b"\xef\xbb\xbf", b"{", b"}", b"@misc{", b"- ", b": ", b"\t", b"&a *a", b"!!python/object:os.system", "Ã©".encode(), b"1e999", b"nan", b"<script>"])  # fmt: skip
        raw = raw[:at] + draw(st.one_of(poison, st.binary(max_size=12), st.just(raw[at:upto] * 2))) + raw[upto:]
    return raw


broken_files = st.sampled_from(sorted(FILES)).flatmap(lambda name: st.tuples(st.just(name), st.one_of(damaged(FILES[name]), st.binary(max_size=200))))


def check(found):
    for fault in found:
        assert isinstance(fault, Fault) and fault.file and fault.message and fault.line >= 0
        assert fault.message == fault.message.strip()
        str(fault).encode("utf-8")  # every sentence can be printed


@hurried
@given(broken_files)
def test_a_broken_file_of_the_kit_is_loaded_or_refused_with_faults(broken):
    name, raw = broken
    with tempfile.TemporaryDirectory() as place:
        folder = write_kit(Path(place), **{key_of(name): raw})
        check(validate(folder))
        try:
            facts = load(folder)
        except DataError as refused:
            check(refused.faults)
            assert refused.faults
            return
        assert isinstance(facts, Facts)
        _ = facts.claims, facts.features, facts.invocations, [case.events for case in facts.cases.values()]


@pytest.fixture(scope="module")
def kit(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        yield as_the_kit(patch, tmp_path_factory.mktemp("kit"))


HEAD = "id: grenada\ntitle: Grenada\nquestion: Was it foreseen?\nday0: grenada-1989-landing\n"


@hurried
@given(st.one_of(damaged(small_kit.EVENTS.replace("panama-", "grenada-")), st.binary(max_size=200)), st.one_of(st.just(HEAD.encode()), damaged(HEAD)), st.none() | damaged(small_kit.SOURCES))
def test_a_broken_case_is_read_or_refused_with_faults(kit, events, head, bib):
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        (folder / "events.csv").write_bytes(events)
        (folder / "case.yaml").write_bytes(head)
        if bib is not None:
            (folder / "sources.bib").write_bytes(bib)
        check(validate(folder))
        try:
            assert read_case(folder).events is not None
        except DataError as refused:
            check(refused.faults)
            assert refused.faults


@hurried
@given(st.lists(st.lists(st.text(max_size=15), min_size=11, max_size=11), max_size=4))
def test_any_cells_under_the_right_header_are_read_or_refused(kit, rows):
    import csv
    import io

    text = io.StringIO()
    text.write(small_kit.EVENTS.splitlines()[0] + "\n")
    csv.writer(text).writerows(rows)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        (folder / "events.csv").write_bytes(text.getvalue().encode("utf-8", "surrogatepass"))
        (folder / "case.yaml").write_text(HEAD)
        check(validate(folder))
