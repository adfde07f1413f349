"""What stands in place of the live timeline: alt text, reading, table; and what leaves it: page, CSV, SVG."""

import csv
import html.parser
import io
import json
import re
import shutil
import subprocess
from pathlib import Path

import pandas as pd
import pytest
from analogies.facts import dates
from analogies.facts.model import Event
from analogies.timeline import figure, layout, leave, modules, page, subjects, twin, view
from analogies.timeline import visible as visible_
from analogies.timeline.asked import AskedError

PAYLOAD = json.loads((Path(__file__).parent / "fixtures" / "timeline" / "views.json").read_text("utf-8"))["payload"]
HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(1)>\u2028\"'&<!--"


def hostile():
    return layout.payload(
        [Event("x", "c", dates.parse("2015"), HOSTILE, HOSTILE, HOSTILE * 200, (HOSTILE,), (HOSTILE,), None, ("k",),
               "high", HOSTILE)],
        heading=HOSTILE, source=lambda key: {"key": key, "text": HOSTILE, "url": "javascript:alert(1)"})


class Tags(html.parser.HTMLParser):
    """Tags, attributes and texts of an HTML text."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.attributes, self.texts = [], [], []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.texts.append(data)


def test_the_alt_text_says_how_many_when_in_which_lanes_and_where_densest():
    assert twin.alt(PAYLOAD, view.state(filters={**view.state()["filters"], "cases": ["a"]})) == (
        "Timeline of Case A and Case B: 7 events, 8 October 1980 to 30 June 2017, in 4 lanes (Military 3, Diplomatic 2, "
        "Legal 1, Domestic 1); densest in 2015, in which 4 of them begin.")


def test_the_alt_text_says_that_it_is_as_of_a_day_and_when_nothing_is_shown():
    assert "Shown as of 1 October 2015: what became public later is left out." in twin.alt(
        PAYLOAD, view.state(as_of=layout.day_number(dates.parse("2015-10-01").a0)))
    assert twin.alt(PAYLOAD, view.state(filters={**view.state()["filters"], "themes": []})) == (
        "Empty timeline of Case A and Case B: no event passes the filters.")


def test_the_table_has_a_caption_headers_with_scope_dates_in_words_and_citations():
    tags = Tags(twin.table(PAYLOAD, view.state()))
    assert tags.tags.count("caption") == 1 and tags.tags.count("tr") == 1 + PAYLOAD["n"]
    scopes = [attributes["scope"] for tag, attributes in tags.attributes if tag == "th"]
    assert scopes == ["col"] * 7 + ["row"] * PAYLOAD["n"]
    assert "about 2012 to June 2017" in tags.texts
    assert "26 August 2015 (public: January 2016)" in tags.texts
    assert ("a", {"href": "https://example.org/"}) in tags.attributes
    assert any("War in A, March 2011 to 8 December 2024" in text for text in tags.texts)


def test_with_a_day_0_the_table_counts_the_days_since():
    tags = Tags(twin.table(PAYLOAD, view.state(align={"a": "a-strikes", "b": "b-planes"})))
    assert "Days since day 0" in tags.texts
    assert tags.texts[tags.texts.index("26 August 2015 (public: January 2016)") + 1] == "−35"


def test_the_numbers_of_the_table_are_those_of_the_picture():
    found, order = twin.shown(PAYLOAD, view.state())
    tags = Tags(twin.table(PAYLOAD, view.state()))
    titles = [PAYLOAD["title"][found["at"][k]] for k in order]
    assert [text for text in tags.texts if text in titles] == titles


def test_a_long_table_says_what_it_leaves_out():
    table = twin.table(PAYLOAD, view.state(), most=3)
    assert "The first 3 are listed here; the timeline&#x27;s .visible has them all." in table
    assert Tags(table).tags.count("tr") == 4


def test_as_of_the_table_gives_no_end_away():
    table = twin.table(PAYLOAD, view.state(as_of=layout.day_number(dates.parse("2015-10-01").a0)))
    assert "2017" not in table.replace("20 January 2017", "") and "since about 2012" in table
    assert "January 2017" not in table and "2024" not in table


def test_nothing_of_a_text_is_ever_a_tag_and_only_http_is_a_link():
    bundle, _ = twin.bundle(hostile(), view.state())
    tags = Tags(bundle["text/html"])
    assert set(tags.tags) == {"figure", "img", "figcaption", "details", "summary", "table", "caption", "thead", "tr", "th",
                              "tbody", "td", "strong", "br"}
    assert [a for tag, a in tags.attributes if tag == "img"][0].keys() == {"alt", "width", "style", "src"}


def test_the_bundle_has_a_picture_with_alt_text_a_reading_and_the_table():
    bundle, metadata = twin.bundle(PAYLOAD, view.state())
    img = next(a for tag, a in Tags(bundle["text/html"]).attributes if tag == "img")
    assert img["alt"] == twin.alt(PAYLOAD, view.state()) == metadata["image/png"]["alt"]
    assert img["src"] == f"data:image/png;base64,{bundle['image/png']}"
    assert f"<figcaption>{twin.reading(PAYLOAD, view.state())}</figcaption>" in bundle["text/html"]
    assert "<summary>Table of the 12 events</summary>" in bundle["text/html"]


def test_the_visible_table_names_events_as_they_were_known():
    state = view.state(as_of=layout.day_number(dates.parse("2015-10-01").a0))
    table = visible_.visible(PAYLOAD, state)
    assert list(table.columns) == list(visible_.COLUMNS)
    assert dict(zip(table["id"], table["date"]))["a-aid"] == "2012~/.."
    assert "a-basing" not in set(table["id"])
    row = visible_.visible(PAYLOAD, view.state(align={"a": "a-strikes", "b": "b-planes"})).set_index("id").loc["a-basing"]
    assert (row["days"], row["themes"], row["case"]) == (-35, ("legal", "military"), "a")


def test_the_csv_can_be_read_as_a_timeline_again():
    table = visible_.visible(PAYLOAD, view.state())
    again = subjects.payload((pd.read_csv(io.StringIO(leave.csv(table)), dtype=str),))
    for name in ("id", "edtf", "title", "a0", "b1", "flags"):
        assert again[name] == [PAYLOAD[name][PAYLOAD["id"].index(i)] for i in again["id"]]


def test_a_cell_that_a_spreadsheet_would_run_is_disarmed():
    made = layout.payload([Event("x", "c", dates.parse("2015"), "", '=HYPERLINK("http://evil")', "+1")])
    row = next(csv.DictReader(io.StringIO(leave.csv(visible_.visible(made, view.state())))))
    assert (row["title"], row["text"], row["words"]) == ('\'=HYPERLINK("http://evil")', "'+1", "2015")


@pytest.mark.parametrize("name", ["t.html", "t.png", "t.svg", "t.csv"])
def test_a_timeline_leaves_in_four_forms(tmp_path, name):
    state = view.state()
    path = leave.save(tmp_path / name, payload=PAYLOAD, drawn=PAYLOAD, state=state, notes=[],
                      visible=visible_.visible(PAYLOAD, state))
    start = path.read_bytes()[:9]
    assert start.startswith({"t.html": b"<!doctype", "t.png": b"\x89PNG", "t.svg": b"<svg ", "t.csv": b"id,case"}[name])
    assert [one.name for one in tmp_path.iterdir()] == [name]


def test_an_svg_carries_its_alt_text_as_its_title(tmp_path):
    from xml.etree import ElementTree

    from analogies import figures

    root = ElementTree.fromstring(figures.svg(figure.draw(hostile()), alt=HOSTILE))
    assert root.get("role") == "img"
    assert root[0].tag.endswith("title") and root[0].text.replace("\n", "") == HOSTILE


@pytest.mark.parametrize("name, sentence", [("t.pdf", "a timeline is saved as .html, .png, .svg, .csv"),
                                            ("no/such/folder/t.csv", "choose a folder that exists")])
def test_what_cannot_be_saved_gets_a_sentence(tmp_path, name, sentence):
    with pytest.raises(AskedError, match=re.escape(sentence)):
        leave.save(tmp_path / name, payload=PAYLOAD, drawn=PAYLOAD, state=view.state(), notes=[],
                   visible=visible_.visible(PAYLOAD, view.state()))


def test_the_page_holds_everything_and_asks_for_nothing():
    text = page.page(PAYLOAD, view.state(), [{"id": "own-1", "title": "Mine"}])
    tags = Tags(text)
    assert not [a for tag, a in tags.attributes if tag in ("link", "img", "iframe", "object", "base")]
    assert not [a for tag, a in tags.attributes if tag == "script" and "src" in a]
    assert "default-src 'none'" in next(a["content"] for tag, a in tags.attributes if a.get("http-equiv"))
    data = re.search(r'<script type="application/json" id="analogies-timeline-traits">(.*?)</script>', text, re.DOTALL)[1]
    assert json.loads(data) == {"payload": PAYLOAD, "state": view.state(), "notes": [{"id": "own-1", "title": "Mine"}],
                                "report": [], "theme": "auto"}
    assert text.count("mountStandalone();") == 1 and "analogies-timeline-host" in text


def test_no_text_can_leave_its_place_in_the_page():
    text = page.page(hostile(), view.state(), [])
    assert Tags(text).tags.count("script") == 2 and "alert(1)</script>" not in text
    assert "\u2028" not in re.search(r"<script type=.application/json.*?</script>", text, re.DOTALL)[0]
    data = re.search(r'analogies-timeline-traits">(.*?)</script>', text, re.DOTALL)[1]
    assert "<" not in data  # not even a <!--, which would turn the next </script> into text
    assert json.loads(data)["payload"]["title"] == [HOSTILE]


def test_modules_are_joined_in_the_order_of_their_imports():
    joined = modules.joined({"index.js": 'import {a,\n b} from "./a.js";\nexport default { a };\n',
                             "a.js": 'import {c} from "./c.js";\nexport const a = c, b = 2;\n',
                             "c.js": "export function c() {}\n", "unused.js": "export const unused = 1;"})
    assert re.sub(r"// .*\n|\s", "", joined) == "consttimeline=(()=>{functionc(){}consta=c,b=2;return{a};})();exportdefaulttimeline;"


@pytest.mark.parametrize("files, sentence", [
    ({"index.js": 'import {a} from "./a.js";'}, "index.js imports a.js, which is not in js/"),
    ({"index.js": 'import {a} from "./a.js";', "a.js": 'import {b} from "./index.js";'}, "in a circle: index.js > a.js > index.js"),
    ({"index.js": 'import * as a from "./a.js";'}, "cannot join"),
    ({"index.js": 'import d3 from "https://cdn.example/d3.js";'}, "cannot join"),
    ({"index.js": 'import {a} from "./a.js";', "a.js": "export default 1;"}, "a.js: cannot join"),
    ({"index.js": "const a = 1;\nexport { a };"}, "cannot join 'export { a };'")])
def test_what_cannot_be_joined_is_named(files, sentence):
    with pytest.raises(ValueError, match=re.escape(sentence)):
        modules.joined(files)


def test_the_joined_module_imports_nothing_and_has_one_default_export():
    text = modules.esm()
    assert not re.search(r"^\s*import\b", text, re.MULTILINE)
    assert re.findall(r"\bexport\b[^;\n]*", text) == ["export default timeline"]
    assert "</script" not in text.lower() and "<!--" not in text


def test_the_joined_module_is_a_module_that_node_accepts(tmp_path):
    node = shutil.which("node")
    if node is None:
        pytest.skip("no node found: install Node.js to check the timeline's JavaScript")
    path = tmp_path / "joined.mjs"
    path.write_text(modules.esm(), encoding="utf-8")
    done = subprocess.run([node, "--check", str(path)], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
