// One timeline on a page: keeps the state, works out what is shown, and tells the parts to draw.
import {el, button, freshId, focusFirst} from "./dom.js";
import {readEvents} from "./events.js";
import {select, selectEras, knownBy, cutShort, lastDay} from "./filter.js";
import {makeLanes, readingOrder} from "./lanes.js";
import {fitted, clamped, zoomed, abs, ceil, floor, max} from "./scale.js";
import {readPalette, themeColours} from "./palette.js";
import {drawPicture, wantedHeight, wantRows} from "./draw.js";
import {sharpened} from "./paint.js";
import {eraRows, ERA_ROW} from "./axis.js";
import {endInWords} from "./edtf.js";
import {dayInWords, distanceInWords, grouped} from "./time.js";
import {distance} from "./compare.js";
import {announcer} from "./announce.js";
import {legendItems, signsDrawn} from "./legend.js";
import {fillDetail} from "./detail.js";
import {overview} from "./overview.js";
import {listenToPointer} from "./pointer.js";
import {listenToKeys} from "./keyboard.js";
import {toolbar, PANELS} from "./controls.js";
import {notesPanel} from "./notes.js";
import {readState, synced} from "./model.js";

export function render({ model, el: host }) {
  const stops = new AbortController(), { signal } = stops, g = { left: 0, top: 0, width: 0, height: 0, d0: 0, d1: 1 };
  const app = { model, signal, g, state: readState(model), notes: model.get("notes") || [], focus: -1, hits: [] };
  const panels = Object.fromEntries(PANELS.map(({ name }) => [name, el(`div.an-panel an-panel-${name}`, { id: freshId(name), hidden: true })])), { table, ...top } = panels;
  const canvas = el("canvas", { "aria-hidden": "true" }), ctx = canvas.getContext("2d", { alpha: false }), tip = el("div.an-tip", { "aria-hidden": "true", hidden: true }), banner = el("div.an-banner", { hidden: true });
  const help = el("span.an-hidden", { id: freshId("hint") }, "Arrow keys move over the events, Enter opens the detail, question mark lists all keys.");
  const drawing = el("div.an-drawing", { tabindex: "0", role: "application", "aria-roledescription": "timeline", "aria-describedby": help.id }, canvas, tip), strip = overview(app), status = el("p.an-status");
  const live = el("div.an-hidden", { "aria-live": "polite", role: "status" }), detail = el("div.an-detail", { id: freshId("detail"), role: "group", tabindex: "-1", hidden: true }), legend = el("ul.an-legend", { "aria-label": "Legend" });
  const bar = toolbar(app, panels), root = el("div.analogies-timeline", { role: "group" }, bar, Object.values(top), banner, drawing, help, strip.node, status, detail, legend, table, live), say = announcer(live);
  const opened = () => PANELS.find(({ name }) => top[name]?.hidden === false), fill = name => PANELS.find(panel => panel.name === name).fill(app, panels[name]), placeOf = k => app.shown.index.indexOf(k);
  const known = {};
  let frame = 0, resting = 0, legendKey = "";
  host.append(root);
  const sync = synced(model, state => { app.state = state; derive(); if (opened()) fill(opened().name); });

  // --- what is shown -----------------------------------------------------------------------------------------
  function load() {
    const payload = model.get("payload"), E = app.E = readEvents(payload, app.notes), { cases, themes } = E.lists, byCase = cases.length > 1;
    root.setAttribute("aria-label", ["Timeline", payload?.heading].filter(Boolean).join(": "));
    // Colour of an event: its case where there are several, else its first theme; own events without either are plain.
    const value = byCase ? E.kase : E.theme, names = byCase ? cases.map(one => one.title) : themes, of = byCase ? [...names.keys()] : themeColours(names), inkAt = i => app.C.series[of[i] % app.C.series.length];
    app.ink = k => (value[k] < 0 ? app.C.own : inkAt(value[k]));
    app.colours = () => { const seen = []; for (const k of app.shown.index) seen[value[k]] = true; return names.flatMap((name, i) => (seen[i] ? [{ name, ink: inkAt(i) }] : [])); };
  }

  function derive() {
    const { E, state } = app, focused = app.shown?.index[app.focus];
    const shown = app.shown = select(E, state), whole = app.whole = state.align ? select(E, { align: state.align }).whole : E.whole, [lo, hi] = fitted(...whole);
    app.lanes = makeLanes(E, shown, state.align ? "case" : state.lanes);
    app.reading = readingOrder(shown, app.lanes, state.order);
    app.focus = placeOf(focused);
    app.eras = eraRows(selectEras(E, state, shown));
    if (placeOf(app.selected()) < 0) state.selected = null;
    [g.d0, g.d1] = state.window || [lo, hi];
    g.top = app.eras.rows && app.eras.rows * ERA_ROW + 4;
    const lanes = app.lanes.all;
    wantRows(E, shown, lanes, max(1, g.width - g.left) / (hi - lo));
    g.height = state.height || wantedHeight(lanes, g.top + (g.left ? 0 : 14) * lanes.length);
    drawing.style.height = `${g.height}px`;
    redraw();
    fillDetail(app, detail);
    if (!table.hidden) fill("table");
  }

  function describe() { // words around the picture
    const { E, shown, state, C } = app, { zero } = shown, asOf = state.as_of;
    const hidden = asOf === null || zero ? 0 : E.known.reduce((n, day) => n + (day > asOf), 0), days = zero && E.lists.cases.flatMap(({ id, title }, c) => (zero[c] === zero[c] ? [`${title}, ${app.words(E.find(state.align[id]))}`] : []));
    const text = [asOf !== null && `As of ${dayInWords(asOf)}: only what was public by then${hidden ? `; ${grouped(hidden)} events are hidden` : ""}.`, zero && `Day 0: ${days.join("; ")}.`].filter(Boolean).join(" ");
    banner.hidden = !text;
    banner.replaceChildren(el("span", text), asOf === null ? "" : button("Show everything", () => app.change({ as_of: null }, "All dates are shown.")), zero ? app.calendar() : "");
    drawing.setAttribute("aria-label", `Timeline of ${grouped(shown.n)} events in ${app.lanes.all.length} lanes`);
    status.textContent = app.caption();
    const told = [signsDrawn(E, shown), C, app.colours(), [...new Set(app.eras.placed.map(era => era.kind))], app.hits.some(hit => hit.bin), app.hits.lettered], key = JSON.stringify(told);
    if (key !== legendKey) legend.replaceChildren(...legendItems(known, ...told));
    legendKey = key;
  }

  app.caption = () => {
    const { shown: { n, lo, hi, zero, whole: [first, last] }, E, state } = app, when = zero ? [g.d0, g.d1].map(distanceInWords) : [ceil(g.d0), floor(g.d1)].map(dayInWords), seen = g.d0 <= first && g.d1 >= last ? n : lo.reduce((sum, day, j) => sum + (day < g.d1 && hi[j] > g.d0), 0);
    return `${grouped(n)} of ${grouped(E.n)} events, ${grouped(seen)} of them in the window ${when.join(" to ")}${state.as_of === null ? "" : `; as of ${dayInWords(state.as_of)}`}.`;
  };
  app.words = k => {
    const { E, state } = app, start = E.a0[k];
    return !cutShort(E, k, lastDay(state)) ? E.words(k) : E.since(k) || (start === start ? `since ${endInWords(start, E.pa[k], E.flags[k])}` : "start unknown");
  };
  const named = k => `${app.words(k)}, ${app.E.short(k).slice(0, 120)}`;

  // --- drawing -----------------------------------------------------------------------------------------------
  app.picture = () => ({ ...app, lanes: app.lanes.all, selected: placeOf(app.selected()), laneOf: j => app.lanes.of[j] });
  function drawNow() {
    frame = 0;
    sharpened(canvas, ctx, g.width, g.height);
    app.hits = drawPicture(ctx, g, app.picture());
    strip.move();
  }
  function redraw() { // all of it: after a change of data, size or colours
    cancelAnimationFrame(frame);
    if (!g.width) return;
    drawNow();
    strip.draw();
    describe();
  }
  function draw() { // what a move changes; the words follow when it rests
    frame ||= requestAnimationFrame(drawNow);
    clearTimeout(resting);
    resting = setTimeout(describe, 150);
  }
  function resize() { g.width = floor(drawing.clientWidth); g.left = g.width < 560 ? 0 : 112; }
  function recolour() { app.C = readPalette(root, ctx); if (app.shown) redraw(); }

  // --- what buttons, keys and mouse do -----------------------------------------------------------------------
  app.tell = text => say(status.textContent = text);
  app.counted = () => `${app.shown.n} of ${app.E.n} events shown.`;
  app.change = (patch, text = app.counted) => {
    app.state = { ...app.state, ...patch };
    derive();
    sync.send(app.state);
    say(text.call ? text() : text);
  };
  app.setOrder = order => app.change({ order }, `Reading order: by ${order}.`);
  app.moveTo = (d0, d1, text) => {
    const [a, b] = clamped([d0, d1], app.whole);
    if (abs(a - g.d0) + abs(b - g.d1) < 1e-6) return false;
    app.state.window = [g.d0, g.d1] = [a, b];
    sync.send(app.state);
    draw();
    if (text) say(text);
    return true;
  };
  app.move = part => { const by = (g.d1 - g.d0) * part; app.moveTo(g.d0 + by, g.d1 + by); };
  app.zoom = (factor, at) => app.moveTo(...zoomed([g.d0, g.d1], factor, at ?? app.focusDay(), app.whole), !at && (factor < 1 ? "Closer." : "Further away."));
  app.focusDay = () => { const day = app.shown.lo[app.focus]; return day >= g.d0 && day <= g.d1 ? day : (g.d0 + g.d1) / 2; };
  app.fitAll = () => { app.moveTo(...fitted(...(app.shown.n ? app.shown : app).whole), "Everything is shown."); };
  app.fitEvent = k => { const j = placeOf(k), { lo, hi } = app.shown, span = max(60, (hi[j] - lo[j]) * 0.3); app.moveTo(lo[j] - span, hi[j] + span, "Zoomed to the event."); };
  app.fitSelection = () => { const k = app.state.selected === null ? app.shown.index[app.focus] : app.selected(); if (k >= 0) app.fitEvent(k); else app.tell("Choose an event first: click one, or use the arrow keys."); };
  app.openBin = ({ bin: [from, to], first }) => { // as near as one can get, a box opens as a part of the table
    const span = g.d1 - g.d0, air = (to - from) * 0.1;
    app.moveTo(from - air, to + air, "Closer.");
    if (g.d1 - g.d0 < span * 0.95) return;
    app.select(app.shown.index[first]);
    if (table.hidden) app.togglePanel("table"); else fill("table");
  };
  app.selected = () => app.E.find(app.state.selected);
  app.mayShow = k => knownBy(app.E, k, lastDay(app.state));
  // What is seen already, were it only a part of a long bar, moves nothing: the reader has chosen this period.
  const show = j => { const day = app.shown.lo[j], half = (g.d1 - g.d0) / 2; if (day >= g.d1 || max(day, app.shown.hi[j]) < g.d0) app.moveTo(day - half, day + half); };
  app.setFocus = (j, flood) => {
    if (j < 0) return say("No event is shown.");
    const { shown: { n, index, zero }, E, reading, lanes } = app, k = index[j], far = distance(E, zero, k);
    app.focus = j;
    show(j);
    draw();
    say(`${reading.rank[j] + 1} of ${n}, ${named(k)}, ${far === null ? lanes.all[lanes.of[j]].name : `${distanceInWords(far)}, ${E.caseOf(k).title}`}`, flood); // "14 of 45, 30 September 2015, first strikes, Military"
  };
  app.select = (k, { go, reveal, table: quiet } = {}) => {
    const j = placeOf(k), chosen = j >= 0;
    app.state = { ...app.state, selected: chosen ? app.E.id(k) : null };
    if (chosen) app.focus = j;
    if (chosen && reveal) show(j);
    sync.send(app.state);
    fillDetail(app, detail);
    for (const one of table.querySelectorAll("[data-id]")) one.setAttribute("aria-pressed", `${one.dataset.id === app.state.selected}`);
    draw();
    if (go && chosen) detail.focus();
    else if (chosen && !quiet) say(`Detail: ${named(k)}`);
  };
  app.closeDetail = () => { app.select(-1); drawing.focus(); };
  app.setAlign = align => app.change({ align, window: null }, align ? "The axis counts days from day 0." : "The axis shows calendar dates.");
  app.calendar = () => button("Back to calendar dates", () => app.setAlign(null));
  app.setDayZero = (kase, id) => app.setAlign({ ...(app.state.align || Object.fromEntries(app.E.lists.cases.filter(({ day0 }) => app.E.find(day0) >= 0).map(one => [one.id, one.day0]))), [kase]: id });
  app.editNote = note => { if (panels.notes.hidden) app.togglePanel("notes"); notesPanel(app, panels.notes, note); focusFirst(panels.notes); };
  app.report = () => model.get("report") || [];
  app.setNotes = (notes, text) => { app.notes = notes; model.set("notes", notes); model.save_changes(); renew(); say(text); };

  app.togglePanel = (name, go) => {
    const panel = panels[name], open = panel.hidden, others = top[name] ? top : { table };
    for (const other of Object.values(others)) { other.hidden = true; other.replaceChildren(); }
    panel.hidden = !open;
    for (const one of bar.querySelectorAll("[data-panel]")) one.setAttribute("aria-expanded", `${!panels[one.dataset.panel].hidden}`);
    if (!open) return;
    fill(name);
    if (go) { panel.tabIndex = -1; panel.focus(); focusFirst(panel); }
  };
  app.goBack = () => {
    const at = document.activeElement, here = at === drawing, open = opened()?.name || (!table.hidden && (here || table.contains(at)) && "table"), tipped = here && !tip.hidden;
    tip.hidden = true;
    if (tipped) return true;
    if (open) app.togglePanel(open);
    else if (!detail.hidden) app.select(-1);
    else if (here) return false;
    drawing.focus();
    return true;
  };

  // --- start, and what may change from outside ---------------------------------------------------------------
  function renew() { // other events than before: the focus stays on its own
    const id = app.shown.index[app.focus] === undefined ? null : app.E.id(app.shown.index[app.focus]), open = opened()?.name;
    app.focus = -1;
    load();
    derive();
    app.focus = placeOf(app.E.find(id));
    if (open && open !== "notes") fill(open);
  }
  const again = () => { if (!panels.notes.hidden) fill("notes"); };
  const heard = {
    payload() { renew(); say(app.counted()); },
    notes() { const notes = model.get("notes") || []; if (notes !== app.notes) { app.notes = notes; renew(); again(); } },
    theme() { root.dataset.theme = model.get("theme"); recolour(); },
    report() { again(); if (app.report().length) app.tell(app.report().join(" ")); },
  };
  for (const name in heard) model.on(`change:${name}`, heard[name]);
  heard.theme();
  resize();
  load();
  derive();
  listenToPointer(app, drawing, tip);
  listenToKeys(app, root, drawing, PANELS);
  drawing.addEventListener("focus", () => {
    const { shown: { n, lo, hi }, reading: { order }, focus } = app;
    if (n && drawing.matches(":focus-visible")) app.setFocus(focus >= 0 ? focus : order.find(j => lo[j] >= g.d0 && lo[j] < g.d1) ?? order.find(j => hi[j] > g.d0 && lo[j] < g.d1) ?? order[0]);
  });
  const sized = new ResizeObserver(() => { if (floor(drawing.clientWidth) !== g.width) { resize(); redraw(); } });
  sized.observe(drawing);
  const themed = new MutationObserver(recolour); // JupyterLab tells of its theme on the body
  themed.observe(document.body, { attributes: true, attributeFilter: ["data-jp-theme-light", "data-jp-theme-name", "class"] });
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", recolour, { signal });
  return () => {
    stops.abort(); sized.disconnect(); themed.disconnect(); cancelAnimationFrame(frame); clearTimeout(resting); sync.stop();
    for (const name in heard) model.off(`change:${name}`, heard[name]);
    root.remove();
  };
}
