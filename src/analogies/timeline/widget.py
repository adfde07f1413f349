"""The timeline in a notebook: one anywidget over the layout, alive without Python, and its two-way ties to Python."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

import anywidget
import traitlets

from analogies.timeline import asked, layout, leave, modules, own, page, subjects, twin, view
from analogies.timeline import visible as visible_
from analogies.timeline.notes import Notebook, numbered, place

if TYPE_CHECKING:
    import datetime as dt

    import pandas as pd

_ARGUMENTS = ("since", "until", "align", "as_of", "lanes", "notes", "selected", "height")
_HEIGHTS = (160, 2000)


def timeline(*cases, since=None, until=None, align=None, as_of=None, lanes: str = "theme",
             notes: str | os.PathLike | None = None, selected: str | None = None, height: int | None = None,
             **mistyped: object) -> Timeline:
    """A timeline of cases ("syria", a path, a Case) or of any table with the columns date and title.

    since, until: dates (EDTF or ISO text, a date, a year) between which it opens; with align= distances from day 0
    ("-6 months", 90). align: {case: event id}, the day 0 of each case, or "day0" for the kit's choice. as_of: nothing
    that became public after this date is shown. lanes: "theme", "case" or "actor". notes: name of a CSV in my-work/ in
    which the reader's own events are kept. selected: an event id. height: of the drawing, in pixels.

    Raises TypeError for an argument that does not exist, UnknownName for a case that does not, AskedError (a ValueError)
    for a value that cannot be used; each says what to write instead.
    """
    if mistyped:
        name = next(iter(mistyped))
        near = get_close_matches(name, _ARGUMENTS, n=1, cutoff=0.5)
        hint = f" Did you mean {near[0]}=?" if near else ""
        raise TypeError(f"timeline() has no argument {name}=.{hint} It takes {', '.join(_ARGUMENTS)}.")
    payload = subjects.payload(cases)
    asked.one_of("lanes", lanes, view.LANES)
    day0 = asked.aligned(payload, align)
    known = None if as_of is None else asked.day(as_of, name="as_of", last=True)
    state = view.state(lanes=lanes, align=day0, as_of=known, height=_height(height))
    state["window"] = asked.window(since, until, day0, lambda: view.frame(state, view.view(payload, state)))
    book = None if notes is None else Notebook(place(notes))
    rows = numbered(book.rows, frozenset(payload["id"])) if book else []
    state["selected"] = asked.event_id(payload, selected, also=[row["id"] for row in rows])
    return Timeline(payload, state=state, book=book, rows=rows)


def _height(height: object) -> int | None:
    if height is None:
        return None
    if isinstance(height, bool) or not isinstance(height, int) or not _HEIGHTS[0] <= height <= _HEIGHTS[1]:
        raise asked.AskedError(f"height={height!r}: give a whole number of pixels from {_HEIGHTS[0]} to {_HEIGHTS[1]}.")
    return height


class Timeline(anywidget.AnyWidget):
    """A timeline that is shown; made by `timeline()`. What is done in the page arrives here, and the reverse."""

    payload = traitlets.Dict().tag(sync=True)
    state = traitlets.Dict().tag(sync=True)
    notes = traitlets.List(traitlets.Dict()).tag(sync=True)
    report = traitlets.List(traitlets.Unicode()).tag(sync=True)
    theme = traitlets.Enum(("auto", "light", "dark"), "auto").tag(sync=True)

    def __init__(self, payload: dict, *, state: dict, book: Notebook | None = None, rows: list[dict] | None = None):
        self._book = book
        self._quiet = True  # opening a timeline writes nothing
        self._drawn: dict | None = None
        self._esm, self._css = modules.esm(), modules.css()
        made = {**payload, "notes_file": book.path.name if book else None, "alt": twin.alt(payload, view.state())}
        super().__init__(payload=made, state=state, notes=rows or [])
        self._quiet = False
        self.report = self._faults(book.report if book else [])
        self.on_msg(self._answer)

    @traitlets.validate("state")
    def _whole_state(self, proposal) -> dict:
        """A state with every key, whatever part of it was sent."""
        given = proposal["value"]
        filters = {**view.state()["filters"], **(given.get("filters") or {})}
        return {**view.state(), **given, "filters": filters}

    @property
    def drawn(self) -> dict:
        """The payload together with the reader's own events."""
        if self._drawn is None:
            self._drawn, _ = own.with_notes(self.payload, self.notes)
        return self._drawn

    @traitlets.observe("payload")
    def _forget(self, _change) -> None:
        self._drawn = None

    @traitlets.observe("notes")
    def _keep(self, change) -> None:
        """Saves the reader's own events when they are changed, here or in the page."""
        self._drawn = None
        if self._quiet:
            return
        rows, said = change["new"], []
        if self._book:
            rows = numbered(self._book.write(rows), frozenset(self.payload["id"]))
            said = self._book.report
        else:
            rows = numbered(rows, frozenset(self.payload["id"]))
        if rows != self.notes:
            with self._silently():
                self.notes = rows
        self.report = self._faults(said)

    @contextmanager
    def _silently(self) -> Iterator[None]:
        self._quiet = True
        try:
            yield
        finally:
            self._quiet = False

    def _faults(self, said: list[str]) -> list[str]:
        self._drawn, faults = own.with_notes(self.payload, self.notes)
        return [*said, *faults]

    def _change(self, **parts) -> None:
        self.state = {**self.state, **parts}

    @property
    def selected(self) -> str | None:
        """The id of the selected event, or None. Set it to select an event in the page."""
        return self.state["selected"]

    @selected.setter
    def selected(self, value: str | None) -> None:
        self._change(selected=asked.event_id(self.drawn, value))

    @property
    def window(self) -> tuple:
        """First and last day in view: dates, or days since day 0. Set a pair (None: as far as there are events) or None."""
        days = self.state["window"] or view.extent(view.view(self.drawn, self.state)) or (0, 1)
        lo, hi = int(days[0]), int(days[1]) - 1
        return (lo, hi) if self.state["align"] else (_date(lo), _date(hi))

    @window.setter
    def window(self, value: tuple | None) -> None:
        if value is not None and (isinstance(value, str) or not hasattr(value, "__len__") or len(value) != 2):
            raise asked.AskedError(f"window={value!r}: give a pair such as ('2015-07-01', '2015-12-31'), or None for all.")
        since, until = value or (None, None)
        self._change(window=asked.window(since, until, self.state["align"],
                                         lambda: view.frame(self.state, view.view(self.drawn, self.state))))

    @property
    def filters(self) -> dict:
        """What is let through: cases, themes, actors, confidence (lists, None for all) and text. Set a part or all of it."""
        return {name: list(value) if isinstance(value, (list, tuple)) else value
                for name, value in self.state["filters"].items()}

    @filters.setter
    def filters(self, value: Mapping | None) -> None:
        self._change(filters=asked.filters(self.payload, value or {}))

    @property
    def as_of(self) -> dt.date | None:
        """The day beyond which nothing is shown, or None. Set a date or None."""
        return None if self.state["as_of"] is None else _date(self.state["as_of"])

    @as_of.setter
    def as_of(self, value: object) -> None:
        self._change(as_of=None if value is None else asked.day(value, name="as_of", last=True))

    @property
    def align(self) -> dict[str, str] | None:
        """The event that is day 0 of each case, or None. Setting it shows the whole again."""
        return dict(self.state["align"]) if self.state["align"] else None

    @align.setter
    def align(self, value: object) -> None:
        self._change(align=asked.aligned(self.payload, value), window=None)

    @property
    def lanes(self) -> str:
        """What a lane is: "theme", "case" or "actor"."""
        return self.state["lanes"]

    @lanes.setter
    def lanes(self, value: str) -> None:
        self._change(lanes=asked.one_of("lanes", value, view.LANES))

    @property
    def visible(self) -> pd.DataFrame:
        """The events in view as a table, in order of time."""
        return visible_.visible(self.drawn, self.state)

    def save(self, path: str | os.PathLike) -> Path:
        """Save what is shown: .html (a page that is alive by double click), .png, .svg or .csv (the events in view)."""
        return leave.save(path, payload=self.payload, drawn=self.drawn, state=self.state, notes=self.notes,
                          visible=self.visible, theme=self.theme)

    def _answer(self, _widget, message: object, _buffers) -> None:
        """The page asks for the standalone file."""
        if isinstance(message, Mapping) and message.get("type") == "html":
            text = page.page(self.payload, self.state, self.notes, drawn=self.drawn, theme=self.theme)
            self.send({"type": "html", "html": text})

    def __repr__(self) -> str:
        return f"Timeline: {self.payload['heading']}, {self.payload['n']:,} events"

    def _repr_mimebundle_(self, **_how) -> tuple[dict, dict]:
        """The live view, and beside it the still twin for where no kernel runs."""
        data, metadata = super()._repr_mimebundle_()
        still, about = twin.bundle(self.drawn, self.state)
        return {**data, **still, "text/plain": repr(self)}, {**metadata, **about}


def _date(number: int) -> dt.date:
    return layout.day_date(min(max(number, layout.FIRST_DAY), layout.LAST_DAY))
