"""The still twin of a timeline in words and HTML: alt text, reading, table. For print, for GitHub, for screen readers."""

from __future__ import annotations

from collections import Counter
from html import escape

from analogies import figures
from analogies.facts.bibtex import is_web_link
from analogies.timeline import figure, layout, view

MOST_ROWS = 300  # of the table in a notebook; `visible` has them all


def shown(payload: dict, state: dict) -> tuple[dict, list[int]]:
    """The view of a state and the positions in it that touch the window, in the order of the table."""
    found = view.view(payload, state)
    inside = [k for k, keep in enumerate(view.touches(found, state["window"])) if keep]
    return found, figure.order_of(found, inside)


def alt(payload: dict, state: dict) -> str:
    """One or two sentences that say what is to be seen: how many events, of what, when, in which lanes, where densest."""
    found, order = shown(payload, state)
    what = f" of {payload['heading']}" if payload["heading"] else ""
    if not order:
        return f"Empty timeline{what}: no event passes the filters."
    titles, lane_of = view.lanes(payload, state, found)
    count = Counter(titles[lane_of[k]] for k in sorted(order, key=lambda k: lane_of[k]))
    lanes = ", ".join(f"{title} {number:,}" for title, number in count.items())
    text = (f"Timeline{what}: {_events(len(order))}, {figure.period(state, _part(found, order))}, in {len(count)} "
            f"lane{'s' * (len(count) != 1)} ({lanes}){_densest(found, order, state)}.")
    if state["as_of"] is not None:
        text += f" Shown as of {figure.day_words(state['as_of'])}: what became public later is left out."
    return text


def reading(payload: dict, state: dict) -> str:
    """The sentence under the picture."""
    if state["align"]:
        return ("Time runs from left to right and is counted from day 0 of each case; each lane is a case. The table "
                "lists the same events.")
    lanes = {"theme": "a theme (an event with several stands in its first)", "case": "a case",
             "actor": "an actor (an event with several stands with its first)"}[state["lanes"]]
    return f"Time runs from left to right; each lane is {lanes}. The table lists the same events."


def _events(number: int) -> str:
    return f"{number:,} event{'s' * (number != 1)}"


def _part(found: dict, order: list[int]) -> dict:
    return {name: [column[k] for k in order] for name, column in found.items()}


def _densest(found: dict, order: list[int], state: dict) -> str:
    """The year in which most events begin, where there is one such year and more than one year."""
    if state["align"]:
        return ""
    years = Counter(layout.day_date(day).year for k in order
                    if (day := found["a0"][k] if found["a0"][k] is not None else found["b0"][k]) is not None)
    top = years.most_common(2)
    if len(top) < 2 or top[0][1] == top[1][1]:
        return ""
    return f"; densest in {top[0][0]}, in which {top[0][1]:,} of them begin"


def table(payload: dict, state: dict, *, most: int | None = MOST_ROWS) -> str:
    """The events as an HTML table: number, date in words, event, who, themes, sources. Every text is escaped."""
    found, order = shown(payload, state)
    several = len({payload["case"][found["at"][k]] for k in order}) > 1
    zero = view.day_zero(payload, state["align"]) if state["align"] else None
    columns = ["No.", "Date", *(["Days since day 0"] if zero else []), *(["Case"] if several else []), "Event",
               "Actors", "Themes", "Sources"]
    head = "".join(f'<th scope="col">{name}</th>' for name in columns)
    rows = [_row(payload, found, k, number, several=several, relative=bool(zero))
            for number, k in enumerate(order[:most], 1)]
    more = ""
    if most is not None and len(order) > most:
        more = f" The first {most:,} are listed here; the timeline's .visible has them all."
    caption = escape(f"{'. '.join(figure.heading(payload, state, _part(found, order), len(order)))}.{more}")
    return (f'<table><caption style="text-align:left">{caption}</caption>\n<thead><tr>{head}</tr></thead>\n<tbody>\n'
            + "\n".join(rows) + "\n</tbody></table>" + _periods(payload, state))


def _periods(payload: dict, state: dict) -> str:
    """The era bands of the picture, in words."""
    if state["align"]:
        return ""
    window = state["window"] or (float("-inf"), float("inf"))
    bands = [f"{escape(band['title'])}, {escape(band['words'])}" for band in view.eras(payload, state)
             if (band["hi"] is None or band["hi"] >= window[0]) and (band["lo"] is None or band["lo"] < window[1])]
    return f"\n<p>Periods shown as bands: {'; '.join(bands)}.</p>" if bands else ""


def _row(payload: dict, found: dict, k: int, number: int, *, several: bool, relative: bool) -> str:
    i, lists = found["at"][k], payload["lists"]
    words = found["words"][k]
    if payload["known_words"][i]:
        words += f" (public: {payload['known_words'][i]})"
    title = escape(payload["title"][i])
    if payload["flags"][i] & layout.OWN:
        title += " (your own)"
    more = "".join(f"<br>{label}{escape(payload[name][i])}" for name, label in (("text", ""), ("disputed", "Disputed: "))
                   if payload[name][i] and payload[name][i] != payload["title"][i])
    case = payload["case"][i]
    cells = [escape(words)]
    if relative:
        start = found["a0"][k] if found["a0"][k] is not None else found["b0"][k]
        cells.append(f"{start:+,}".replace("-", "\N{MINUS SIGN}") if start else "0")
    if several:
        cells.append(escape(lists["cases"][case]["title"]) if case >= 0 else "")
    cells += [f"<strong>{title}</strong>{more}", escape(", ".join(lists["actors"][a] for a in payload["actors"][i])),
              escape(", ".join(lists["themes"][t] for t in payload["themes"][i])),
              "; ".join(_source(lists["sources"][s]) for s in payload["sources"][i])]
    return (f'<tr><th scope="row">{number}</th>' + "".join(f'<td style="text-align:left">{cell}</td>' for cell in cells)
            + "</tr>")


def _source(source: dict[str, str]) -> str:
    text = escape(source["text"])
    return f'<a href="{escape(source["url"])}">{text}</a>' if is_web_link(source["url"]) else text


def bundle(payload: dict, state: dict) -> tuple[dict, dict]:
    """What stands in place of the live timeline: MIME bundle and metadata of picture, reading and table."""
    drawn = figure.draw(payload, state)
    found, order = shown(payload, state)
    below = (f"<details><summary>Table of the {_events(len(order))}</summary>\n{table(payload, state)}\n</details>"
             if order else "")
    return figures.bundle(figures.png(drawn), width=drawn.get_figwidth(), alt=alt(payload, state),
                          reading=reading(payload, state), below=below)
