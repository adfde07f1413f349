"""The timeline's JavaScript without a browser: runs `node --test` over tests/js."""

from __future__ import annotations

import gzip
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from analogies.timeline import modules

NODE = shutil.which("node")
TESTS = Path(__file__).parent / "js"


@pytest.mark.skipif(NODE is None, reason="node is not installed, so the timeline's JavaScript was not tested alone")
def test_the_timelines_javascript_passes_its_own_tests():
    files = sorted(str(path) for path in TESTS.glob("*.test.mjs"))
    assert files
    done = subprocess.run([NODE, "--test", *files], capture_output=True, text=True, timeout=300,
                          env={**os.environ, "PYTHON": sys.executable})
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]


def test_what_is_sent_is_the_same_code_without_comments_and_spaces():
    read = modules.joined({path.name: path.read_text(encoding="utf-8") for path in Path(modules.__file__).parent.glob("js/*.js")})
    sent = modules.squeezed(read)
    pieces = [" ".join(piece.replace("const", "let") for kind, piece in modules.tokens(text) if kind != "gap") for text in (read, sent)]
    assert re.sub("; (?=})", "", pieces[0]) == re.sub("; (?=})", "", pieces[1])
    assert len(sent) < 0.9 * len(read)


@pytest.mark.parametrize("read, sent", [
    ("a = b / c / d; // half\n", "a=b/c/d;"),
    ('return /[/"]x/g.test( t )', 'return/[/"]x/g.test(t)'),
    ("`a  ${b ? `  ${ {c: 1}.c } //` : 2}  d` + 'e  f'", "`a  ${b ? `  ${ {c: 1}.c } //` : 2}  d`+'e  f'"),
    ("a + +b - -c; a + ++b", "a+ +b- -c;a+ ++b"),
    ("let a\n[b] = c\nd++\n++e", "let a\n[b]=c\nd++\n++e"),
    ("const f = (a, b) => {\n  return a in b\n}\nf()", "const f=(a,b)=>{return a in b}\nf()"),
    ("const f = () => { const a = 1; for (;;); }; while (a) { b(); c; }", "const f=()=>{let a=1;for(;;);};while(a){b();c}"),
    ("import.meta; 'http://x' // y", "import.meta;'http://x'")])
def test_spaces_go_only_where_they_say_nothing(read, sent):
    assert modules.squeezed(read).strip() == sent


@pytest.mark.parametrize("broken", ["const a = 'it;\n", 'a = "b', "a = `b"])
def test_code_that_cannot_be_read_is_refused_with_its_place(broken):
    with pytest.raises(ValueError, match="cannot read the timeline's JavaScript from"):
        modules.squeezed(broken)


def test_the_widget_stays_small():
    text = modules.esm().encode()
    assert len(text) < 80_000
    assert len(gzip.compress(text, 9)) <= 29_500
