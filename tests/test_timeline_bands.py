"""Era bands: rows for those that overlap, one row for those that follow each other, letters for the narrow ones."""

from analogies.timeline import bands, figure, layout


def era(title, lo, hi):
    return {"id": title, "title": title, "lo": lo, "hi": hi}


def made(*eras, unit=1.0):
    return bands.Bands(list(eras), (0, 1000), unit=unit, font=figure.FONT, text_width=lambda text: 10.0 * len(text))


def test_bands_that_follow_each_other_share_a_row_and_those_that_overlap_do_not():
    assert made(era("one", 0, 200), era("two", 200, 400), era("three", 300, 900)).row == [0, 0, 1]


def test_a_band_reaches_to_the_edge_where_its_end_is_open_and_is_cut_there_where_it_is_not():
    one = made(era("open", 500, None), era("early", None, 100), era("long", -500, 5000), era("gone", -500, -400))
    assert one.ends == [(500, 1000), (0, 101), (0, 1000)]


def test_a_title_without_room_becomes_a_letter_with_its_years_in_the_key():
    start = layout.day_number(layout.dt.date(1971, 1, 1))
    one = bands.Bands([era("A long title", start, start + 40), era("Short", start, start + 400), era("Narrow", start, start + 3)],
                      (0, 1000), unit=1.0, font=figure.FONT, text_width=lambda text: 10.0 * len(text))
    assert one.texts == ["A", "Short", ""]
    assert one.key == ["A A long title (1971)", "B Narrow (1971)"]


def test_letters_go_on_after_z():
    assert [bands._letter(n) for n in (0, 25, 26, 27, 51, 52)] == ["A", "Z", "AA", "AB", "AZ", "BA"]


def test_years_say_which_end_is_open():
    day = layout.day_number(layout.dt.date(2012, 5, 7))
    assert [bands._years(era("x", *ends)) for ends in ((day, None), (None, day), (day, day + 900))] == [
        "2012–", "–2012", "2012–2014"]
