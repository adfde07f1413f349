// The buttons above the drawing and the panels that they open. The toolbar is one tab stop; arrows move inside it.
import {el, button, submit, row, hint, faultLine, field, choice, asking, freshId} from "./dom.js";
import {readPeriod, dayAsISO, dayInWords, civilFromDays, monthStart} from "./time.js";
import {KEYS} from "./keyboard.js";
import {notesPanel} from "./notes.js";
import {savePNG, saveSVG, saveCSV, saveHTML} from "./export.js";
import {ceil, floor, min, round} from "./scale.js";

const BAD_DATE = text => `\u201c${text}\u201d is no date: write 2015, 2015-09 or 2015-09-30.`;

export function toolbar(app, panels) {
  const act = (sign, title, f) => button(sign, f, { "aria-label": title, title });
  const opens = (text, panel) => button(text, () => app.togglePanel(panel, false), { "aria-expanded": "false", "aria-controls": panels[panel].id, "data-panel": panel });
  const all = [act("+", "Zoom in", () => app.zoom(0.6)), act("\u2212", "Zoom out", () => app.zoom(1 / 0.6)), act("\u2190", "Earlier", () => app.move(-0.5)), act("\u2192", "Later", () => app.move(0.5)),
    button("Fit all", () => app.fitAll()), button("Fit selection", () => app.fitSelection()), ...PANELS.map(({ name, title }) => opens(title, name))];
  const bar = el("div.an-bar", { role: "toolbar", "aria-label": "Timeline tools" }, all);
  const hold = i => all.forEach((one, n) => one.setAttribute("tabindex", n === i ? "0" : "-1"));
  hold(0);
  bar.addEventListener("focusin", event => { const i = all.indexOf(event.target); if (i >= 0) hold(i); });
  bar.addEventListener("keydown", event => {
    const i = all.indexOf(document.activeElement), to = { ArrowRight: i + 1, ArrowLeft: i - 1, Home: 0, End: all.length - 1 }[event.key];
    if (i < 0 || to === undefined) return;
    all[(to + all.length) % all.length].focus();
    event.preventDefault();
  });
  return bar;
}

// Boxes to tick: null means all are on.
function ticks(app, key, title, options) {
  const chosen = app.state.filters[key], on = value => !Array.isArray(chosen) || chosen.includes(value);
  const boxes = options.map(([value, text]) => { const box = el("input", { type: "checkbox", id: freshId("tick"), checked: on(value), onchange: () => send() }); return { value, box, row: el("span.an-tick", box, el("label", { for: box.id }, text)) }; });
  const send = () => app.change({ filters: { ...app.state.filters, [key]: boxes.every(b => b.box.checked) ? null : boxes.filter(b => b.box.checked).map(b => b.value) } });
  const all = state => () => { for (const b of boxes) b.box.checked = state; send(); };
  return el("fieldset", el("legend", title), el("div.an-ticks", boxes.map(b => b.row)),
    row(button("All", all(true), { "aria-label": `All of: ${title}` }), button("None", all(false), { "aria-label": `None of: ${title}` })));
}

const same = list => list.map(v => [v, v]);

function filterPanel(app, holder) {
  const { lists } = app.E;
  let timer = 0;
  const search = el("input", { type: "search", value: app.state.filters.text || "", oninput: () => { clearTimeout(timer); timer = setTimeout(() => app.change({ filters: { ...app.state.filters, text: search.value } }), 120); } });
  const groups = [["cases", "Cases", lists.cases.map(c => [c.id, c.title])], ["themes", "Themes", same(lists.themes)], ["confidence", "Confidence", same(lists.confidence)], ["actors", "Actors", same([...lists.actors].sort((a, b) => a.localeCompare(b)))]];
  holder.replaceChildren(field("Search title, text, actors, themes", search), el("div.an-groups", groups.filter(g => g[2].length).map(g => ticks(app, ...g))),
    button("Remove all filters", () => { app.change({ filters: {} }); filterPanel(app, holder); holder.querySelector("input").focus(); }));
}

function periodPanel(app, holder) {
  const fault = faultLine(), relative = !!app.state.align, { d0, d1 } = app.g;
  const show = v => (relative ? String(round(v)) : dayAsISO(v));
  const from = el("input", { type: "text", value: show(ceil(d0)) }), to = el("input", { type: "text", value: show(floor(d1 - 1)) });
  const read = input => { const text = input.value.trim(); return relative ? (/^[+-]?\d+$/.test(text) ? [+text, +text] : null) : readPeriod(text); };
  const onsubmit = () => {
    const a = read(from), b = read(to), bad = a ? (b ? null : to) : from;
    fault.textContent = bad ? (relative ? `\u201c${bad.value}\u201d is no number of days: write -30 or 120.` : BAD_DATE(bad.value)) : b[1] < a[0] ? "The end lies before the start: change one of them." : "";
    if (!fault.textContent) app.moveTo(a[0], b[1] + 1, `From ${from.value} to ${to.value}.`);
  };
  holder.replaceChildren(asking(onsubmit, { class: "an-row" }, field(relative ? "From (days from day 0)" : "From", from), field(relative ? "To (days from day 0)" : "To", to), submit("Show this period")), fault);
}

function viewPanel(app, holder) {
  holder.replaceChildren(row(
    field("Lanes by", choice(same(["theme", "case", "actor"]), app.state.lanes, lanes => app.change({ lanes }, `Lanes by ${lanes}.`))),
    field("Arrow keys and table go", choice([["lane", "lane by lane"], ["time", "by time over all lanes"]], app.state.order, order => app.change({ order }, `Reading order: by ${order}.`)))),
  app.state.align ? hint("While day 0 is on, the lanes are the cases.") : "");
}

const MOST_OPTIONS = 400;

function zeroPanel(app, holder) {
  const { E } = app, align = app.state.align || {}, chosen = new Map(), byCase = E.lists.cases.map(() => []);
  for (let k = 0; k < E.n; k++) if (E.kase[k] >= 0 && !Number.isNaN(E.a0[k]) && app.mayShow(k)) byCase[E.kase[k]].push(k);
  const rows = E.lists.cases.map((kase, c) => {
    const own = align[kase.id] ?? (app.state.align ? null : kase.day0), keep = byCase[c].filter((k, i) => i < MOST_OPTIONS || E.id(k) === own);
    if (!keep.length) return null;
    const start = keep.some(k => E.id(k) === own) ? own : "";
    chosen.set(kase.id, start);
    return el("div", field(`Day 0 of ${kase.title}`, choice([["", "not compared"], ...keep.map(k => [E.id(k), `${app.words(k)}: ${E.short(k).slice(0, 60)}`])], start, id => chosen.set(kase.id, id))),
      byCase[c].length > MOST_OPTIONS ? el("span.an-hint", ` The first ${MOST_OPTIONS} of ${byCase[c].length}; for a later one open its detail and choose \u201cUse as day 0\u201d.`) : "");
  });
  const apply = () => { const pairs = [...chosen].filter(([, id]) => id); if (pairs.length) app.setAlign(Object.fromEntries(pairs)); };
  holder.replaceChildren(hint("Choose one event in each case. The axis then counts days from it, and the lanes are the cases."), ...rows.filter(Boolean),
    row(button("Compare from day 0", apply), app.state.align ? button("Back to calendar dates", () => app.setAlign(null)) : ""));
}

function asOfPanel(app, holder) {
  const fault = faultLine(), now = app.state.as_of, input = el("input", { type: "text", value: now === null ? "" : dayAsISO(now) });
  const set = day => { app.change({ as_of: day }, day === null ? "All dates are shown." : () => `As of ${dayInWords(day)}: ${app.shown.n} events.`); input.value = day === null ? "" : dayAsISO(day); };
  const onsubmit = () => { const days = readPeriod(input.value); fault.textContent = days ? "" : BAD_DATE(input.value); if (days) set(days[1]); };
  const step = n => () => { const day = app.state.as_of ?? floor(app.g.d1), { y, m, d } = civilFromDays(day), first = monthStart(y, m + n); set(first + min(d, monthStart(y, m + n + 1) - first) - 1); };
  holder.replaceChildren(asking(onsubmit, { class: "an-row" }, field("Show only what was public by", input), submit("Set"),
    button("A month earlier", step(-1)), button("A month later", step(1)), button("Show everything", () => set(null))), fault);
}

function savePanel(app, holder) {
  holder.replaceChildren(row(button("Picture (PNG)", () => savePNG(app)), button("Picture (SVG)", () => saveSVG(app)), button("Events shown (CSV)", () => saveCSV(app)),
    button("Page that works alone (HTML)", () => saveHTML(app, app.tell))));
}

function helpPanel(app, holder) {
  holder.replaceChildren(el("table", el("caption", "Keys, when the drawing has the focus"), el("tbody", KEYS.map(([keys, what]) => el("tr", el("th", { scope: "row" }, keys), el("td", what))))),
    hint("Mouse: drag to move, wheel to zoom, click an event for its detail, click a counted box to look closer. The strip below the drawing shows the whole; drag its window. Dates are in the proleptic Gregorian calendar."));
}

// Name, text of the button, key on the drawing, and what fills it (the table stands below the drawing, and app.js fills it).
export const PANELS = [["filter", "Filter", "/", filterPanel], ["period", "Period", "p", periodPanel], ["view", "Lanes", "v", viewPanel], ["zero", "Day 0", "d", zeroPanel], ["asof", "As of", "a", asOfPanel],
  ["notes", "My events", "n", notesPanel], ["table", "Table", "t"], ["save", "Save", "s", savePanel], ["help", "Help", "?", helpPanel]].map(([name, title, key, fill]) => ({ name, title, key, fill }));
