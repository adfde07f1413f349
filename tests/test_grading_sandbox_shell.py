"""What a cell prints is counted and dropped.  How cells run in this shell is seen in test_grading_sandbox.py."""

from __future__ import annotations

import pytest

from analogies.grading.sandbox.shell import Counted, PrintedTooMuch


class Ended(Exception):
    pass


def end() -> None:
    raise Ended


def test_what_is_printed_is_counted_as_text_and_as_bytes() -> None:
    out = Counted(100, end)
    print("12345", file=out)
    out.buffer.write(b"123")
    out.writelines(["a", "b"])
    assert out.printed == 11


def test_beyond_the_limit_it_raises_what_no_ordinary_except_holds_and_far_beyond_it_ends() -> None:
    out = Counted(10, end)
    with pytest.raises(PrintedTooMuch):
        out.write("x" * 11)
    assert not issubclass(PrintedTooMuch, Exception)
    with pytest.raises(Ended):
        for _ in range(9):
            try:
                out.write("x" * 10)
            except PrintedTooMuch:
                continue


def test_it_behaves_as_an_output_that_is_no_terminal() -> None:
    out = Counted(10, end)
    assert out.writable() and not out.isatty() and not out.readable() and out.encoding == "utf-8"
    with pytest.raises(TypeError):
        out.write(b"x")  # type: ignore[arg-type]
    out.flush()
