"""`show`: alt text and reading arrive wherever the notebook is read."""

import re
import subprocess
import sys
import warnings

import nbformat
import pytest
from analogies import figures
from matplotlib import pyplot
from matplotlib.figure import Figure


@pytest.fixture(autouse=True)
def closed():
    yield
    pyplot.close("all")


def picture():
    with figures.house_style():
        fig, ax = pyplot.subplots(figsize=(4, 2))
        for n in range(7):
            ax.plot([0, 1], [n, n + 1], label=f"line {n}")
        ax.legend()
    return fig


@pytest.fixture
def shown(monkeypatch):
    """What was displayed: (data, metadata)."""
    outputs = []
    monkeypatch.setattr("IPython.display.display", lambda data, raw, metadata: outputs.append((data, metadata)))
    return outputs


def test_a_figure_arrives_with_its_alt_text_and_its_reading(shown):
    figures.show(picture(), alt='Seven lines that "rise" & <cross>', reading="Each line rises by one.")
    (data, metadata), = shown
    assert 'alt="Seven lines that &quot;rise&quot; &amp; &lt;cross&gt;."' in data["text/html"]
    assert "<figcaption>Each line rises by one.</figcaption>" in data["text/html"]
    assert f'src="data:image/png;base64,{data["image/png"]}"' in data["text/html"]
    assert data["text/plain"] == 'Seven lines that "rise" & <cross>. Each line rises by one.'
    assert metadata == {"image/png": {"alt": 'Seven lines that "rise" & <cross>.', "width": 384}}


def test_a_figure_is_closed_when_it_has_been_shown(shown):
    fig = picture()
    figures.show(fig, alt="Lines", reading="They rise")
    assert not pyplot.fignum_exists(fig.number)
    assert shown[0][0]["text/plain"] == "Lines. They rise."


def test_axes_know_their_figure(shown):
    figures.show(picture().axes[0], alt="Lines", reading="They rise.")
    assert len(shown) == 1


@pytest.mark.parametrize("more, sentence", [
    ({"alt": "", "reading": "x"}, "show() needs alt=, what the picture shows, for those who cannot see it; found ''."),
    ({"alt": "x", "reading": " "}, "show() needs reading=, one sentence that says how to read the picture; found ' '."),
    ({"alt": None, "reading": "x"}, "found None")])
def test_a_picture_without_alt_text_or_reading_is_refused(shown, more, sentence):
    with pytest.raises(ValueError, match=re.escape(sentence)):
        figures.show(picture(), **more)
    assert shown == []


def test_what_is_not_a_figure_is_refused(shown):
    with pytest.raises(TypeError, match="found str; give it the `fig` of"):
        figures.show("fig", alt="x", reading="x")
    with pytest.raises(TypeError):
        figures.show(picture(), "alt by position", "reading")


def test_the_same_figure_has_the_same_bytes_and_no_date():
    assert figures.png(picture()) == figures.png(picture())
    one, two = figures.svg(picture(), alt="x"), figures.svg(picture(), alt="x")
    assert one == two and "<dc:date>" not in one and "matplotlib.org" not in one.split("<defs>")[0].split("<metadata>")[0]
    assert b"Software" not in figures.png(picture())


def test_the_stored_picture_keeps_the_colours_of_the_house():
    import io

    from PIL import Image

    fig = Figure(figsize=(4, 2))
    ax = fig.add_axes((0, 0, 1, 1))
    for n, colour in enumerate(figures.OKABE_ITO.values()):
        ax.plot([n], [0], marker="o", ms=4, color=colour)
    with Image.open(io.BytesIO(figures.png(fig))) as image:
        assert image.mode == "P"
        found = {colour for _, colour in image.convert("RGB").getcolors(256)}
    assert {tuple(int(c[k:k + 2], 16) for k in (1, 3, 5)) for c in figures.OKABE_ITO.values()} <= found


def test_lines_of_the_house_differ_without_colour():
    with figures.house_style():
        lines = picture().axes[0].lines
    looks = {(line.get_marker(), str(line._dash_pattern)) for line in lines}
    assert len(looks) == len({line.get_marker() for line in lines}) == 7


def test_the_house_style_ends_where_it_is_left():
    before = dict(pyplot.rcParams)
    with figures.house_style():
        assert pyplot.rcParams["svg.hashsalt"] == "analogies"
    assert dict(pyplot.rcParams) == before


def notebook(source):
    """A notebook of one cell, executed."""
    from nbclient import NotebookClient

    nb = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source)])
    with warnings.catch_warnings():  # nbclient's own, on closing its sockets
        warnings.simplefilter("ignore", ResourceWarning)
        NotebookClient(nb, kernel_name="python3", timeout=120).execute()
    return nb


@pytest.fixture(scope="module")
def executed():
    return notebook("import analogies as an\nfrom matplotlib import pyplot as plt\n"
                    "fig, ax = plt.subplots()\nax.plot([1, 2])\n"
                    "an.show(fig, alt='A line that rises from 1 to 2.', reading='It rises.')")


def test_in_a_notebook_there_is_one_output_and_nothing_on_stderr(executed):
    output, = executed.cells[0].outputs
    assert output.output_type == "display_data" and set(output.data) == {"text/html", "image/png", "text/plain"}


@pytest.mark.parametrize("template", ["lab", "classic", "basic"])
def test_the_alt_text_arrives_in_the_html_that_nbconvert_writes(executed, template):
    from nbconvert import HTMLExporter

    html, _ = HTMLExporter(template_name=template).from_notebook_node(executed)
    assert re.findall(r'<img[^>]* alt="([^"]*)"', html) == ["A line that rises from 1 to 2."]
    assert "<figcaption>It rises.</figcaption>" in html
    assert "No description has been provided" not in html


def test_a_timeline_without_its_kernel_is_a_picture_with_alt_text_and_a_table():
    from nbconvert import HTMLExporter

    nb = notebook("import analogies as an\nan.timeline('syria', since='2015-07', until='2016-01')")
    output, = nb.cells[0].outputs
    assert output.data["text/plain"].startswith("Timeline: ")
    nb.metadata.pop("widgets", None)
    html, _ = HTMLExporter().from_notebook_node(nb)
    alts = re.findall(r'<img[^>]* alt="([^"]*)"', html)
    assert len(alts) == 1 and alts[0].startswith("Timeline of Syria")
    assert "<summary>Table of the" in html and 'scope="row"' in html


def test_the_public_name_does_not_load_matplotlib_until_it_is_used():
    code = "import sys, analogies; assert 'matplotlib' not in sys.modules; analogies.show; assert 'matplotlib' in sys.modules"
    assert subprocess.run([sys.executable, "-c", code], timeout=60).returncode == 0
