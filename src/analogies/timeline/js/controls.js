// The buttons above the drawing and the panels that they open. The toolbar is one tab stop; arrows move inside it.
import {el, button, submit, row, hint, faultLine, field, choice, asking, freshId, focusFirst, table, typed} from "./dom.js";
import {readPeriod, dayAsISO, dayInWords, civilFromDays, daysFromCivil} from "./time.js";
import {keysOf} from "./keyboard.js";
import {notesPanel} from "./notes.js";
import {savePNG, saveSVG, saveCSV, saveHTML} from "./export.js";
import {fillTable} from "./table.js";
import {ceil, floor, min, round} from "./scale.js";

export function toolbar(app, panels) {
  const act = (sign, title, f) => button(sign, f, { "aria-label": title, title });
  const all = [act("+", "Zoom in", () => app.zoom(0.6)), act("\u2212", "Zoom out", () => app.zoom(1 / 0.6)), act("\u2190", "Earlier", () => app.move(-0.5)), act("\u2192", "Later", () => app.move(0.5)),
    button("Fit all", () => app.fitAll()), button("Fit selection", () => app.fitSelection()),
    ...PANELS.map(({ name, title }) => button(title, () => app.togglePanel(name), { "aria-expanded": "false", "aria-controls": panels[name].id, "data-panel": name }))];
  const hold = one => { for (const other of all) other.tabIndex = other === one ? 0 : -1; };
  hold(all[0]);
  return el("div.an-bar", { role: "toolbar", "aria-label": "Timeline tools", onkeydown: event => {
    const n = all.length, i = all.indexOf(document.activeElement), to = { ArrowRight: i + 1, ArrowLeft: i + n - 1, Home: 0, End: n - 1 }[event.key];
    if (to === undefined) return;
    all[to % n].focus();
    event.preventDefault();
  } }, all.map(one => { one.onfocus = () => hold(one); return one; }));
}

const setFilter = (app, part) => app.change({ filters: { ...app.state.filters, ...part } });

// Boxes to tick: null means all are on.
function ticks(app, key, title, options) {
  const chosen = app.state.filters[key], send = () => setFilter(app, { [key]: boxes.every(box => box.checked) ? null : boxes.filter(box => box.checked).map(box => box.value) });
  const boxes = options.map(([value]) => el("input", { type: "checkbox", id: freshId("tick"), value, checked: !Array.isArray(chosen) || chosen.includes(value), onchange: send }));
  const all = (text, checked) => button(text, () => { for (const box of boxes) box.checked = checked; send(); }, { "aria-label": `${text} of: ${title}` });
  return options.length > 0 && el("fieldset", el("legend", title), el("div.an-ticks", boxes.map((box, i) => el("span.an-tick", box, el("label", { for: box.id }, options[i].at(-1))))), row(all("All", true), all("None", false)));
}

const single = list => list.map(value => [value]);

function filterPanel(app, holder) {
  const { lists: { cases, themes, confidence, actors } } = app.E;
  let timer = 0;
  const search = el("input", { type: "search", value: app.state.filters.text || "", oninput: () => { clearTimeout(timer); timer = setTimeout(() => setFilter(app, { text: search.value }), 120); } });
  holder.replaceChildren(field("Search title, text, actors, themes", search), el("div.an-groups", ticks(app, "cases", "Cases", cases.map(c => [c.id, c.title])), ticks(app, "themes", "Themes", single(themes)), ticks(app, "confidence", "Confidence", single(confidence)),
    ticks(app, "actors", "Actors", single([...actors].sort((a, b) => a.localeCompare(b))))),
  button("Remove all filters", () => { app.change({ filters: {} }); filterPanel(app, holder); focusFirst(holder); }));
}

// A form of fields with dates: send is given [first day, last day] of each, once all can be read, and may answer with a fault.
function asksDates(holder, send, fields, read, wanted, ...more) {
  const fault = faultLine(), inputs = fields.map(([, value]) => typed(value));
  holder.replaceChildren(asking(() => {
    const days = inputs.map(input => read(input.value)), bad = days.findIndex(one => !one);
    fault.textContent = bad < 0 ? send(...days, ...inputs) || "" : `\u201c${inputs[bad].value}\u201d is no ${wanted}.`;
  }, "an-row", inputs.map((input, i) => field(fields[i][0], input)), more), fault);
}

const DATE = "date: write 2015, 2015-09 or 2015-09-30";

function periodPanel(app, holder) {
  const { d0, d1 } = app.g, relative = !!app.state.align, days = [ceil(d0), floor(d1 - 1)], more = relative ? " (days from day 0)" : "";
  asksDates(holder, (a, b, from, to) => {
    if (b[1] < a[0]) return "The end lies before the start: change one of them.";
    app.moveTo(a[0], b[1] + 1, `From ${from.value} to ${to.value}.`);
  }, ["From", "To"].map((name, i) => [name + more, relative ? round(days[i]) : dayAsISO(days[i])]), relative ? text => /^\s*[+-]?\d+\s*$/.test(text) && [+text, +text] : readPeriod, relative ? "number of days: write -30 or 120" : DATE, submit("Show this period"));
}

function viewPanel(app, holder) {
  holder.replaceChildren(row(field("Lanes by", choice(single(["theme", "case", "actor"]), app.state.lanes, lanes => app.change({ lanes }, `Lanes by ${lanes}.`))),
    field("Arrow keys and table go", choice([["lane", "lane by lane"], ["time", "by time over all lanes"]], app.state.order, app.setOrder)), app.state.align && hint("While day 0 is on, the lanes are the cases.")));
}

const MOST_OPTIONS = 400;

function zeroPanel(app, holder) {
  const { E, state: { align } } = app, byCase = E.lists.cases.map(() => []);
  for (let k = 0; k < E.n; k++) if (E.a0[k] === E.a0[k] && app.mayShow(k)) byCase[E.kase[k]]?.push(k);
  const choices = E.lists.cases.flatMap(({ id, title, day0 }, c) => {
    const own = align ? align[id] : day0, found = byCase[c], keep = found.filter((k, i) => i < MOST_OPTIONS || E.id(k) === own);
    return found.length ? [field(`Day 0 of ${title}`, choice([["", "not compared"], ...keep.map(k => [E.id(k), `${app.words(k)}: ${E.short(k).slice(0, 60)}`])], own, null, { name: id })),
      found.length > MOST_OPTIONS && hint(`The first ${MOST_OPTIONS} of ${found.length}; for a later one open its detail and choose \u201cUse as day 0\u201d.`)] : [];
  });
  holder.replaceChildren(asking(form => {
    const chosen = [...new FormData(form)].filter(([, id]) => id);
    if (chosen.length) app.setAlign(Object.fromEntries(chosen));
  }, "", hint("Choose one event in each case. The axis then counts days from it, and the lanes are the cases."), choices, row(submit("Compare from day 0"), align && app.calendar())));
}

function asOfPanel(app, holder) {
  const shown = day => ((day ?? null) === null ? "" : dayAsISO(day));
  const set = day => { app.change({ as_of: day }, day === null ? "All dates are shown." : () => `As of ${dayInWords(day)}: ${app.shown.n} events.`); holder.querySelector("input").value = shown(day); };
  const step = n => () => { const day = app.state.as_of ?? floor(app.g.d1), { y, m, d } = civilFromDays(day), [first, next] = [n, n + 1].map(more => daysFromCivil(y, m + more)); set(min(first + d, next) - 1); };
  asksDates(holder, ([, day]) => set(day), [["Show only what was public by", shown(app.state.as_of)]], readPeriod, DATE, submit("Set"), button("A month earlier", step(-1)), button("A month later", step(1)), button("Show everything", () => set(null)));
}

function savePanel(app, holder) {
  const kinds = { "Picture (PNG)": savePNG, "Picture (SVG)": saveSVG, "Events shown (CSV)": saveCSV, "Page that works alone (HTML)": saveHTML };
  holder.replaceChildren(row(Object.entries(kinds).map(([text, f]) => button(text, () => f(app)))));
}

function helpPanel(app, holder) {
  holder.replaceChildren(table("Keys, when the drawing has the focus", null, keysOf(PANELS).map(([head, what]) => [[{ head }, what]])),
    hint("Mouse: drag to move, wheel to zoom, click an event for its detail, click a counted box to look closer. The strip below the drawing shows the whole; drag its window. Dates are in the proleptic Gregorian calendar."));
}

// Name, text of the button, key on the drawing, and what fills it. The table stands below the drawing, the others above it.
export const PANELS = [["filter", "Filter", "/", filterPanel], ["period", "Period", "p", periodPanel], ["view", "Lanes", "v", viewPanel], ["zero", "Day 0", "d", zeroPanel], ["asof", "As of", "a", asOfPanel],
  ["notes", "My events", "n", notesPanel], ["table", "Table", "t", fillTable], ["save", "Save", "s", savePanel], ["help", "Help", "?", helpPanel]].map(([name, title, key, fill]) => ({ name, title, key, fill }));
