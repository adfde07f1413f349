// The table twin: the same events in reading order, a page of 50 at a time.
import {el, button, link, row, table} from "./dom.js";
import {distance} from "./compare.js";
import {grouped, signed} from "./time.js";
import {max, min} from "./scale.js";

const PAGE = 50;

// Fills `holder` with the page of the table on which position `start` of the reading order stands.
export function fillTable(app, holder, start = app.focus < 0 ? 0 : app.reading.rank[app.focus]) {
  const { E, shown: { n, index, zero }, reading: { order }, state } = app, from = max(0, min(n - 1, start)), first = from - (from % PAGE), last = min(n, first + PAGE);
  const rows = [...order.subarray(first, last)].map(j => {
    const k = index[j], far = distance(E, zero, k), chosen = k === app.selected();
    return [[app.words(k), zero ? (far ? signed(far, "day") : far === null ? "" : "day 0") : null, { head: link(E.title(k), () => app.select(k, { reveal: true, table: true }), { "aria-pressed": `${chosen}`, "data-id": E.id(k) }) },
      E.caseOf(k).title, E.themes(k).join(", "), E.actors(k).join(", "), E.lists.confidence[E.confidence[k]] || "your own"], { class: chosen && "an-chosen" }];
  });
  const turn = (text, to, possible, which) => button(text, () => { if (possible) fillTable(app, holder, to); holder.querySelector(`.an-row ${which}`).focus(); }, { "aria-disabled": !possible && "true" });
  holder.replaceChildren(
    el("div.an-scroll", { tabindex: "0", role: "group", "aria-label": "Table of the events shown" },
      table(n ? `Events ${first + 1} to ${last} of ${grouped(n)}, by ${state.order}` : "No event is shown.", ["Date", zero && "From day 0", "Event", "Case", "Themes", "Actors", "Confidence"], rows)),
    row(turn("Earlier rows", first - PAGE, first > 0, ":first-child"), turn("Later rows", first + PAGE, last < n, ":last-child")));
}
