// The table twin: the same events in reading order, a page of 50 at a time.
import {el, button, link, row} from "./dom.js";
import {distance} from "./compare.js";
import {grouped} from "./time.js";
import {abs, max, min} from "./scale.js";

export const PAGE = 50;

const signed = days => (days === 0 ? "day 0" : `${days < 0 ? "\u2212" : "+"}${grouped(abs(days))} days`);

// Fills `holder` with the page of the table on which position `start` stands.
export function fillTable(holder, app, start = 0) {
  const { E, shown, reading } = app, n = shown.n, from = max(0, min(n - 1, start)), first = from - (from % PAGE), last = min(n, first + PAGE);
  const heads = ["Date", ...(shown.zero ? ["From day 0"] : []), "Event", "Case", "Themes", "Actors", "Confidence"];
  const rows = [];
  for (let i = first; i < last; i++) {
    const j = reading.order[i], k = shown.index[j], far = distance(E, shown.zero, k), id = E.id(k);
    rows.push(el("tr", { class: k === app.selected() ? "an-chosen" : null },
      el("td", app.words(k)), shown.zero && el("td", far === null ? "" : signed(far)),
      el("th", { scope: "row" }, link(E.title(k), () => app.select(k, { reveal: true, table: true }), { "aria-pressed": String(k === app.selected()), "data-id": id })),
      el("td", E.caseTitle(k)), el("td", E.themes(k).join(", ")), el("td", E.actors(k).join(", ")), el("td", E.lists.confidence[E.confidence[k]] || "your own")));
  }
  const go = to => () => { fillTable(holder, app, to); holder.querySelector(to < first ? "button" : "button:last-of-type").focus(); };
  holder.replaceChildren(
    el("div.an-scroll", { tabindex: "0", role: "group", "aria-label": "Table of the events shown" },
      el("table", el("caption", n ? `Events ${first + 1} to ${last} of ${grouped(n)}, ${app.state.order === "time" ? "by time" : "by lane"}` : "No event is shown."),
        el("thead", el("tr", heads.map(head => el("th", { scope: "col" }, head)))), el("tbody", rows))),
    row(button("Earlier rows", go(first - PAGE), { "aria-disabled": first ? null : "true" }), button("Later rows", go(last < n ? first + PAGE : first), { "aria-disabled": last < n ? null : "true" })));
}
