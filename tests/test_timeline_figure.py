"""The still picture: what it draws, that labels never overlap, that every kind of date is recognisable without colour."""

import json
from pathlib import Path

import pytest
from analogies import figures
from analogies.facts import dates
from analogies.facts.model import Event
from analogies.timeline import figure, layout, legend, marks, own, placing, ticks, view
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.backends.backend_agg import FigureCanvasAgg

PAYLOAD = json.loads((Path(__file__).parent / "fixtures" / "timeline" / "views.json").read_text("utf-8"))["payload"]
KINDS = ("2001-03-05", "2001-06", "2002", "200X", "2003-04-01~", "2004?", "2005%", "2003-01-01/2005-06-30",
         "2003~/2006-05", "2004-07-01?/2006-01-01", "2004/..", "2005-01/", "/2003-05", "../2004-02-01", "2001-22")


def payload(*texts, **more):
    return layout.payload([Event(f"e{i}", "c", dates.parse(text), text, text, "", **more)
                           for i, text in enumerate(texts)], heading="Dates")


def five(text):
    columns = layout.date_columns([dates.parse(text)])
    return tuple(columns[name][0] for name in ("a0", "a1", "b0", "b1", "flags"))


def boxes(fig):
    """Every text inside the axes with its extent in pixels."""
    canvas = FigureCanvasAgg(fig)
    canvas.draw()
    renderer = canvas.get_renderer()
    return [(text.get_text(), text.get_window_extent(renderer)) for text in fig.axes[0].texts if text.get_text()]


def overlapping(fig):
    found = boxes(fig)
    return [(a[0], b[0]) for i, a in enumerate(found) for b in found[:i]
            if a[1].x0 + 1 < b[1].x1 and b[1].x0 + 1 < a[1].x1 and a[1].y0 + 2 < b[1].y1 and b[1].y0 + 2 < a[1].y1]


def drawn_as(text):
    """Shapes, sizes, fills and lines of one event, without colours."""
    fig = figure.Figure()
    ax = fig.add_axes((0, 0, 1, 1))
    marks.draw(ax, 0.0, *five(text), look=("o", "#0072B2"), window=(10_000, 15_000), unit=5.0)
    patches = [(round(p.get_height(), 2), p.get_linestyle(), p.get_hatch(), p.get_alpha(), p.get_facecolor()[:3] == (1, 1, 1))
               for p in ax.patches]
    lines = [(line.get_marker(), line.get_linestyle(), line.get_markerfacecolor() == "white") for line in ax.lines]
    return patches, lines


def test_a_year_is_drawn_as_a_bar_and_not_as_a_point():
    patches, lines = drawn_as("2002")
    assert patches and all(marker in ("", "None") for marker, *_ in lines)
    assert drawn_as("2001-03-05") == ([], [("o", "None", False)])


def test_every_kind_of_date_is_recognisable_without_colour():
    kinds = {"a day": "2001-03-05", "about a day": "2001-03-05~", "a year": "2002", "about a year": "2002~",
             "perhaps a year": "2002?", "an interval": "2001-01-01/2003-01-01", "about": "2001-01-01~/2003-01-01",
             "perhaps": "2001-01-01?/2003-01-01", "vague ends": "2001/2003", "going on": "2001-01-01/..",
             "end unknown": "2001-01-01/", "start unknown": "/2003-01-01"}
    looks = {name: (repr(drawn_as(text)), marks.signs(five(text)[-1])) for name, text in kinds.items()}
    for name, look in looks.items():
        assert [other for other in looks if looks[other] == look] == [name]


def test_about_and_perhaps_a_day_are_told_apart_by_their_signs():
    assert [marks.signs(five(text)[-1]) for text in ("2001-03-05", "2001-03-05~", "2001-03-05?", "2001-03-05%", "2001/")] == [
        "", "~", "?", "~?", "…?"]


def test_the_legend_says_what_each_mark_that_occurs_means_and_no_other():
    fig = figure.draw(payload("2001-03-05", "2002"))
    texts = [text.get_text() for one in fig.legends for text in one.get_texts()]
    assert texts == [marks.MEANINGS["point"], marks.MEANINGS["within"]]
    fig = figure.draw(payload(*KINDS))
    texts = [text.get_text() for one in fig.legends for text in one.get_texts()]
    assert set(texts) == {meaning for name, meaning in marks.MEANINGS.items() if name not in ("own", "disputed")}


def test_every_entry_of_the_legend_can_be_drawn():
    fig = figure.Figure()
    one = legend.Legend(set(marks.MEANINGS), [("military", ("^", "#D55E00"))], width=500, text_width=figure.text_width,
                        font=figure.FONT)
    one.draw(fig)
    fig.canvas.draw()
    assert sum(len(block.get_texts()) for block in fig.legends) == len(marks.MEANINGS) + 1


@pytest.mark.parametrize("state", [
    {}, {"lanes": "case"}, {"lanes": "actor"}, {"as_of": layout.day_number(dates.parse("2015-10-01").a0)},
    {"align": {"a": "a-strikes", "b": "b-planes"}}, {"window": [16_000, 17_000]}])
def test_no_two_labels_of_the_fixture_overlap(state):
    assert overlapping(figure.draw(PAYLOAD, view.state(**state))) == []


day = st.dates(min_value=dates.parse("1990-01-01").a0, max_value=dates.parse("1999-12-31").a0)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(day, st.sampled_from(("", "~", "?")), st.text("abcdef ghijk", min_size=1, max_size=40)),
                min_size=1, max_size=70))
def test_no_two_labels_ever_overlap(rows):
    made = layout.payload([Event(f"e{i}", "c", dates.parse(f"{when.isoformat()}{sign}"), "", title or "x", "")
                           for i, (when, sign, title) in enumerate(rows)])
    assert overlapping(figure.draw(made)) == []


def test_where_labels_have_no_room_marks_carry_the_numbers_of_the_table():
    made = payload(*[layout.day_date(11_000 + day).isoformat() for day in range(450)])
    fig = figure.draw(made)
    numbers = sorted(int(text) for text, _ in boxes(fig) if text.isdigit() and int(text) <= made["n"])
    assert len(numbers) > 5 and "Numbers are those of the table" in fig.axes[0].get_title(loc="left")
    assert overlapping(fig) == []


def test_where_marks_have_no_room_they_are_counted_and_all_of_them_are():
    made = payload(*[f"{1800 + i % 200}-03-05" for i in range(1500)])
    fig = figure.draw(made)
    bars = [bar for container in fig.axes[0].containers for bar in container]
    highest = max(int(text.replace(",", "")) for text, _ in boxes(fig))
    tallest = max(abs(bar.get_height()) for bar in bars)
    assert sum(round(abs(bar.get_height()) / tallest * highest) for bar in bars) == 1500


def test_every_event_is_reachable_in_the_picture_or_the_table():
    made = payload(*[f"2001-01-{d:02d}" for d in range(1, 29) for _ in range(4)])
    shown = view.view(made, view.state())
    assert sorted(figure.order_of(shown, list(range(made["n"])))) == list(range(made["n"]))


def test_as_of_is_visibly_on():
    fig = figure.draw(PAYLOAD, view.state(as_of=layout.day_number(dates.parse("2015-10-01").a0)))
    assert "AS OF 1 October 2015: what became public later is not shown" in fig.axes[0].get_title(loc="left")
    assert not any("Basing" in text for text, _ in boxes(fig))


def test_with_a_day_0_the_axis_is_time_since_and_the_lanes_are_the_cases():
    fig = figure.draw(PAYLOAD, view.state(align={"a": "a-strikes", "b": "b-planes"}, window=[-60, 60]))
    ax = fig.axes[0]
    assert ax.get_xlabel() == "weeks since day 0 of each case"
    assert [label.get_text().split("\n")[:2] for label in ax.get_yticklabels()] == [
        ["Case A", "day 0: 30 September 2015"], ["Case B", "day 0: 23 March 2019"]]


def test_overlapping_eras_stand_on_rows_of_their_own_and_narrow_ones_are_in_the_key():
    fig = figure.draw(PAYLOAD, view.state(window=[12_000, 20_500]))
    texts = dict(boxes(fig))
    assert not overlapping(fig)
    assert texts["First presidency"].y0 != texts["War in A"].y0
    fig = figure.draw(PAYLOAD, view.state(window=[-100_000, 20_500]))
    assert any("A First presidency (2009–2017)" in text.get_text() for text in fig.texts)


def test_own_events_are_marked_as_such():
    whole, _ = own.with_notes(PAYLOAD, [{"id": "own-1", "date": "2015-10-02", "title": "Mine"}])
    texts = [text.get_text() for one in figure.draw(whole).legends for text in one.get_texts()]
    assert marks.MEANINGS["own"] in texts


def test_what_is_disputed_is_marked_and_the_legend_says_so():
    def drawn(disputed):
        fig = figure.draw(payload("2001-03-05", disputed=disputed))
        return len(fig.axes[0].lines), [text.get_text() for one in fig.legends for text in one.get_texts()]

    assert drawn("") == (1, [marks.MEANINGS["point"]])
    assert drawn("The day is disputed.") == (3, [marks.MEANINGS["point"], marks.MEANINGS["disputed"]])


def test_an_empty_view_says_so():
    fig = figure.draw(PAYLOAD, view.state(filters={**view.state()["filters"], "themes": []}))
    assert "Nothing to show here: no event passes the filters." in [text.get_text() for text in fig.axes[0].texts]


def test_texts_are_taken_as_they_are_and_letters_without_a_glyph_say_nothing(capfd, recwarn):
    made = layout.payload([Event("x", "c", dates.parse("2015"), "", "$x^2$ \\frac <b> 事件 " + "long" * 3000, "")],
                          heading="$a$ & <b>")
    assert figures.png(figure.draw(made)).startswith(b"\x89PNG")
    assert capfd.readouterr() == ("", "") and not recwarn.list


def test_the_same_picture_has_the_same_bytes():
    state = view.state(lanes="actor")
    assert figures.png(figure.draw(PAYLOAD, state)) == figures.png(figure.draw(PAYLOAD, state))
    assert figures.svg(figure.draw(PAYLOAD, state), alt="x") == figures.svg(figure.draw(PAYLOAD, state), alt="x")


@pytest.mark.parametrize("name", marks.THEME_MARKS)
def test_lines_have_a_contrast_of_three_to_one_and_text_on_bars_of_seven(name):
    def luminance(rgb):
        return sum(w * (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4)
                   for w, c in zip((0.2126, 0.7152, 0.0722), rgb))

    colour = marks.style(name, 0, False)[1]
    assert 1.05 / (luminance(marks.deep(colour)) + 0.05) >= 3
    assert (luminance(marks.pale(colour)) + 0.05) / 0.05 >= 7


def test_shapes_of_themes_differ():
    assert len({marks.style(name, 0, False)[0] for name in marks.THEME_MARKS}) == len(marks.THEME_MARKS)


widths = st.lists(st.tuples(st.floats(0, 690), st.floats(0, 300), st.floats(1, 120)), max_size=40)


@given(widths, st.sampled_from(("label", "number", "mark")))
def test_placed_marks_and_texts_never_share_room_on_a_row(given_marks, form):
    x0 = [a for a, _, _ in given_marks]
    x1 = [min(a + length, 700) for a, length, _ in given_marks]
    label, number = [w for *_, w in given_marks], [12.0] * len(x0)
    placed = placing.place(x0, x1, label, number, [True] * len(x0), form=form, right=700)
    taken = {}
    for k, one in enumerate(placed):
        width = {"label": label[k], "number": 12.0, "": 0}[one.text]
        ends = (min(x0[k], one.x if width else x0[k]), max(x1[k], one.x + width if width else x1[k]))
        for lo, hi in taken.setdefault(one.row, []):
            assert ends[1] < lo + 1e-6 or hi < ends[0] + 1e-6
        taken[one.row].append(ends)


@pytest.mark.parametrize("first, last, labels", [
    ("2015-09-28", "2015-10-05", ["28 Sep 2015", "29 Sep", "30 Sep", "1 Oct", "2 Oct", "3 Oct", "4 Oct", "5 Oct"]),
    ("2015-07-01", "2015-12-31", ["Jul 2015", "Aug 2015", "Sep 2015", "Oct 2015", "Nov 2015", "Dec 2015"]),
    ("1820-06-01", "2019-01-01", ["1840", "1860", "1880", "1900", "1920", "1940", "1960", "1980", "2000"]),
    ("0001-01-01", "9999-12-31", [str(year) for year in range(1000, 10_000, 1000)])])
def test_ticks_stand_at_the_starts_of_days_months_and_years(first, last, labels):
    lo, hi = (layout.day_number(dates.parse(text).a0) for text in (first, last))
    assert [label for _, label in ticks.ticks(lo, hi)] == labels


def test_ticks_since_day_0_are_in_the_unit_that_fits():
    assert ticks.relative_ticks(-3, 3) == ("days", [(-3, "−3"), (-2, "−2"), (-1, "−1"), (0, "0"), (1, "+1"), (2, "+2"), (3, "+3")])
    assert [ticks.relative_ticks(-n, n)[0] for n in (30, 180, 1500, 20_000)] == ["weeks", "months", "years", "years"]
