// What is known of one event: date in words, text, people, sources, disputes, remarks; and in day 0, the other cases.
import {el, button, link, row, hint, safeLink} from "./dom.js";
import {atSameDistance, distance} from "./compare.js";
import {distanceInWords, dayInWords} from "./time.js";

function cite(source) {
  const address = source.url && safeLink(source.url, source.url);
  return el("li", source.text || source.key, address ? [" ", address] : null);
}

// The same distance from day 0 in the other cases, as a table.
function others(app, k) {
  const found = atSameDistance(app.E, app.shown, k);
  if (!found.length) return null;
  const one = i => (i < 0 ? "nothing shown" : link(`${app.E.title(i)} (${distanceInWords(distance(app.E, app.shown.zero, i))})`, () => app.select(i, { reveal: true })));
  return el("table", el("caption", `The other cases at the same distance: ${distanceInWords(distance(app.E, app.shown.zero, k))}`),
    el("thead", el("tr", ["Case", "Under way", "Last before", "Next after"].map(head => el("th", { scope: "col" }, head)))),
    el("tbody", found.map(other => el("tr", el("th", { scope: "row" }, other.title),
      el("td", other.during.length ? el("ul", other.during.slice(0, 12).map(i => el("li", one(i))), other.during.length > 12 && el("li", `and ${other.during.length - 12} more`)) : "nothing shown"),
      el("td", one(other.before)), el("td", one(other.after))))));
}

export function fillDetail(holder, app) {
  const k = app.selected(), { E } = app;
  holder.hidden = k < 0;
  if (k < 0) return holder.replaceChildren();
  const rows = [], add = (name, value) => value && value.length && rows.push(el("dt", name), el("dd", value));
  const far = distance(E, app.shown.zero, k), own = app.ownNote(E.id(k)), asOf = app.state.as_of;
  add("Date", app.words(k) + (far === null ? "" : `; ${distanceInWords(far)}`));
  add("Written as", E.edtf(k));
  if (E.knownWords(k) && E.knownWords(k) !== E.words(k)) add("Became public", E.knownWords(k));
  add("Case", E.kase[k] >= 0 ? E.caseTitle(k) : "");
  add("Themes", E.themes(k).join(", "));
  add("Actors", E.actors(k).join(", "));
  add("Confidence", own ? "your own event" : E.lists.confidence[E.confidence[k]] || "");
  add("Disputed", E.disputedText(k));
  const sources = E.sources(k), remarks = app.remarks(E.id(k)), kase = E.lists.cases[E.kase[k]];
  const title = el("p.an-title", { id: holder.id + "-title" }, E.title(k));
  holder.setAttribute("aria-labelledby", title.id);
  holder.replaceChildren(title, E.text(k) ? el("p", E.text(k)) : "",
    asOf !== null && E.flags[k] & 1 && app.words(k) !== E.words(k) ? hint(`What came after ${dayInWords(asOf)} is left out of the date, but the text may tell more.`) : "",
    el("dl", rows), sources.length ? el("div", el("p.an-sub", sources.length === 1 ? "Source" : "Sources"), el("ul", sources.map(cite))) : "",
    remarks.length ? el("div", el("p.an-sub", "Your remarks"), el("ul", remarks.map(note => el("li", note.text, " ", button("Edit this remark", () => app.editNote(note)))))) : "",
    others(app, k) || "",
    row(own ? button("Edit your event", () => app.editNote(own)) : button("Add a remark", () => app.editNote({ event: E.id(k) })),
      kase && !Number.isNaN(E.a0[k]) && button(`Use as day 0 of ${kase.title}`, () => app.setDayZero(kase.id, E.id(k))), button("Zoom to this event", () => app.fitEvent(k)), button("Close", () => app.closeDetail())));
}
