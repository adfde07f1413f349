"""Random damage to real notebooks, zips and names: nothing raises, nothing hangs, nobody is lost or merged."""

import copy
import json
import random
import time
import unicodedata

from handed_in import EXERCISE, SLUG, answered, entry, handed, raw, zipped
from hypothesis import given, settings
from hypothesis import strategies as st

from analogies.grading.intake import GradingError, contents, find, notebook_cells, read, unzip

WHOLE = json.loads(raw())
SMALL = {**WHOLE, "cells": WHOLE["cells"][:10]}
SEEDS = st.integers(0, 2**32)
ODD = [None, True, 0, -1, 1e999, [], {}, [[]], "", "x" * 99, ["a", None, ["b"]], {"a": {}}, "\ud800", "\0", "q1", "given-1", "markdown", [1, "q2"]]
NAMES = st.text(st.characters(exclude_characters="/\0", exclude_categories=("Cs",)), min_size=1, max_size=30).filter(
    lambda name: len(name.encode()) < 200 and not name.startswith(".") and "\\" not in name and ":" not in name)


def places(value, path=()):
    """Every place in a JSON value."""
    yield path
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in inside:
        yield from places(one, (*path, key))


def spoiled(seed, times):
    """A notebook with random changes: values replaced, removed, doubled, moved."""
    draw = random.Random(seed)
    book = copy.deepcopy(SMALL)
    for _ in range(times):
        every = [path for path in places(book) if path]
        if not every:
            break
        *above, last = draw.choice(every)
        holder = book
        for key in above:
            holder = holder[key]
        match draw.randrange(5):
            case 0:
                holder[last] = draw.choice(ODD)
            case 1:
                del holder[last]
            case 2 if isinstance(holder, list):
                holder.insert(draw.randrange(len(holder) + 1), copy.deepcopy(holder[last]))
            case 3 if isinstance(holder, list):
                draw.shuffle(holder)
            case 4 if isinstance(holder[last], str):
                text = holder[last]
                at = draw.randrange(len(text) + 1)
                holder[last] = draw.choice([text[:at], text + draw.choice(["\n\n", " "]) + text, text[at:] + text[:at], text.upper()])
    return book


def quiet(submission):
    """Reading ended as it must: with sentences, and with answers that can be passed on."""
    assert "fault of the grader" not in submission.unread, submission.unread
    assert not (submission.answers and submission.unread) and (submission.answers or submission.unread)
    for said in (*submission.oddities, *filter(None, [submission.unread])):
        assert "\n" not in said and said.endswith((".", "?")) and len(said) < 2000
    json.dumps(submission.answers).encode()
    "".join(submission.answers.values()).encode()


@given(SEEDS, st.integers(1, 12))
def test_a_notebook_with_random_changes_is_read_or_told(tmp_path_factory, seed, times):
    path = tmp_path_factory.getbasetemp() / "spoiled.ipynb"
    path.write_bytes(json.dumps(spoiled(seed, times)).encode())
    quiet(read(handed(path), EXERCISE, SLUG))


@given(SEEDS)
def test_a_notebook_with_random_bytes_in_it_is_read_or_told(tmp_path_factory, seed):
    draw, path = random.Random(seed), tmp_path_factory.getbasetemp() / "bytes.ipynb"
    data = bytearray(raw())
    for _ in range(draw.randrange(1, 6)):
        at = draw.randrange(len(data))
        data[at : at + draw.choice([0, 1, 1, 400])] = draw.choice([b"", b'"', b"\\", b"[", b"}", b"\0", b"\xff", b"\n", draw.randbytes(5)])
    path.write_bytes(data)
    quiet(read(handed(path), EXERCISE, SLUG))


@given(st.binary(max_size=300) | st.text("[]{}\":,\\ \nounptsw01", max_size=300).map(str.encode))
def test_any_bytes_are_a_notebook_or_told(data):
    began = time.process_time()
    try:
        notebook_cells.parse(data)
    except notebook_cells.Unreadable:
        pass
    assert time.process_time() - began < 1


JSON = st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
                    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(["outputs", "x", 'a"b', "widgets"]), inner))


@given(JSON, st.booleans(), st.sampled_from([None, 2]))
def test_what_is_cut_out_is_the_outputs_alone(value, plain, indent):
    def without(value):
        if isinstance(value, dict):
            return {key: type(one)() if key in ("outputs", "widgets") and isinstance(one, list | dict) else without(one)
                    for key, one in value.items()}
        return [without(one) for one in value] if isinstance(value, list) else value

    kept, whole = notebook_cells._without_outputs(json.dumps(value, ensure_ascii=plain, indent=indent).encode("utf-8", "surrogatepass"))
    assert whole and repr(json.loads(kept.decode("utf-8", "surrogatepass"))) == repr(without(value))


@given(SEEDS)
def test_a_zip_with_random_damage_is_told_and_never_read_beyond_its_bound(tmp_path_factory, seed):
    draw, path = random.Random(seed), tmp_path_factory.getbasetemp() / "damaged.zip"
    inner = zipped((f"{SLUG}.ipynb", raw()))
    data = bytearray(zipped(("ana/x.ipynb", raw()), ("Bo_1_assignsubmission_file_/w.zip", inner), (entry("c/x.ipynb", kind=0), b"{}")))
    heads = [at for at in range(len(data) - 3) if data[at : at + 2] == b"PK"]
    for _ in range(draw.randrange(1, 8)):
        at = draw.choice(heads) + draw.randrange(4, 46) if draw.random() < 0.8 else draw.randrange(len(data))
        if at < len(data):
            data[at] = draw.choice([0, 1, 255, draw.randrange(256)])
    path.write_bytes(data[: len(data) - draw.choice([0, 0, 0, draw.randrange(60)])])
    unzip._members.cache_clear()  # the file has the same name, and may have the same size and time
    began = time.process_time()
    try:
        found = find(path, SLUG)
    except GradingError as error:
        assert str(error) and "\n" not in str(error)
    else:
        assert len({one.student.key for one in found}) == len(found)
        for one in found:
            quiet(read(one, EXERCISE, SLUG))
    assert time.process_time() - began < 3


@settings(max_examples=40)
@given(st.lists(NAMES, min_size=1, max_size=6, unique=True), st.sampled_from(["{}/x.ipynb", "{}.ipynb", "{}_7_assignsubmission_file_/x.ipynb",
                                                                             "submitted/{}/" + SLUG + "/x.ipynb"]))
def test_random_names_are_one_student_each_and_harmless(tmp_path_factory, names, form):
    path = tmp_path_factory.getbasetemp() / "names.zip"
    path.write_bytes(zipped(*((form.format(name), raw(answered(q5=name))) for name in names)))
    unzip._members.cache_clear()
    found = find(path, SLUG)
    answers = [read(one, EXERCISE, SLUG).answers.get("q5") for one in found]
    assert len({one.student.key for one in found}) == len(found)
    if not any("_assignsubmission_" in name or name.strip() in ("", "__MACOSX", "submitted") or name in "~" for name in names):
        assert sorted(answers) == sorted(name.replace("\r\n", "\n").replace("\r", "\n") for name in names)
    for text in (text for one in found for text in (one.student.key, one.student.name, one.member, *one.oddities)):
        assert not any(unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp") or c in "\u202e\u2066\u200f" for c in text)


@given(st.text(max_size=30), st.text(max_size=30))
def test_a_name_of_a_member_stays_one_of_its_kind(one, other):
    one, other = (text.replace("\\", "/") for text in (one, other))
    assert (contents.unzip.escaped(one) == contents.unzip.escaped(other)) == (one == other)
