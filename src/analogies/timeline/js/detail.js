// What is known of one event: date in words, text, people, sources, disputes, remarks; and in day 0, the other cases.
import {el, button, link, row, hint, list, safeLink, table} from "./dom.js";
import {BIT} from "./edtf.js";
import {atSameDistance, distance} from "./compare.js";
import {distanceInWords, dayInWords} from "./time.js";

const AT_ONCE = 12;

export function fillDetail(app, holder) {
  const k = app.selected(), { E, shown } = app, far = i => distanceInWords(distance(E, shown.zero, i)), id = E.id(k);
  holder.hidden = k < 0;
  if (k < 0) return holder.replaceChildren();
  const own = app.notes.find(note => note.id === id && !note.event), kase = E.caseOf(k), away = distance(E, shown.zero, k) !== null && far(k), words = app.words(k), asOf = app.state.as_of;
  const cell = i => (i < 0 ? "nothing shown" : link(`${E.title(i)} (${far(i)})`, () => app.select(i, { reveal: true })));
  const facts = { Date: words + (away ? `; ${away}` : ""), "Written as": E.edtf(k), "Became public": E.knownWords(k) !== E.words(k) && E.knownWords(k), Case: kase.id && kase.title, Themes: E.themes(k).join(", "), Actors: E.actors(k).join(", "),
    Confidence: own ? "your own event" : E.lists.confidence[E.confidence[k]], Disputed: E.disputed(k) };
  const headed = (title, items) => items.length > 0 && el("div", el("p.an-sub", title), list(items)), others = atSameDistance(E, shown, k);
  const sources = E.sources(k).map(({ text, key, url }) => [text || key, " ", safeLink(url)]), remarks = app.notes.filter(note => note.event === id).map(note => [note.text, " ", button("Edit this remark", () => app.editNote(note))]);
  const title = el("p.an-title", { id: `${holder.id}-title` }, E.title(k));
  holder.setAttribute("aria-labelledby", title.id);
  holder.replaceChildren(...[title, E.text(k) && el("p", E.text(k)),
    asOf !== null && E.flags[k] & BIT.interval && words !== E.words(k) && hint(`What came after ${dayInWords(asOf)} is left out of the date, but the text may tell more.`),
    el("dl", Object.entries(facts).map(([name, value]) => value && [el("dt", name), el("dd", value)])), headed(sources.length === 1 ? "Source" : "Sources", sources), headed("Your remarks", remarks),
    others.length > 0 && table(`The other cases at the same distance: ${away}`, ["Case", "Under way", "Last before", "Next after"], others.map(({ title: head, during, before, after }) => [[{ head },
      list([...during.slice(0, AT_ONCE).map(cell), ...(during.length > AT_ONCE ? [`and ${during.length - AT_ONCE} more`] : [])]) || "nothing shown", cell(before), cell(after)]])),
    row(own ? button("Edit your event", () => app.editNote(own)) : button("Add a remark", () => app.editNote({ event: id })),
      kase.id && E.a0[k] === E.a0[k] && button(`Use as day 0 of ${kase.title}`, () => app.setDayZero(kase.id, id)), button("Zoom to this event", () => app.fitEvent(k)), button("Close", () => app.closeDetail()))].filter(Boolean));
}
