// One timeline on a page: keeps the state, works out what is shown, and tells the parts to draw.
import {el, button, freshId} from "./dom.js";
import {readEvents} from "./events.js";
import {select, selectEras, knownBy, cutShort, shifts} from "./filter.js";
import {makeLanes, readingOrder} from "./lanes.js";
import {fitted, clamped, zoomed, abs, ceil, floor, max} from "./scale.js";
import {readPalette, themeColours} from "./palette.js";
import {drawPicture, wantedHeight, wantRows} from "./draw.js";
import {eraRows, ERA_ROW} from "./axis.js";
import {endInWords} from "./edtf.js";
import {dayInWords, distanceInWords, grouped} from "./time.js";
import {distance} from "./compare.js";
import {announcer, sentence} from "./announce.js";
import {legendItems, signsDrawn} from "./legend.js";
import {fillDetail} from "./detail.js";
import {fillTable} from "./table.js";
import {overview} from "./overview.js";
import {listenToPointer} from "./pointer.js";
import {listenToKeys} from "./keyboard.js";
import {toolbar, PANELS} from "./controls.js";
import {notesPanel} from "./notes.js";
import {readState, synced} from "./model.js";

function skeleton() {
  const canvas = el("canvas", { "aria-hidden": "true" }), tip = el("div.an-tip", { "aria-hidden": "true", hidden: true });
  const hint = el("span.an-hidden", { id: freshId("hint") }, "Arrow keys move over the events, Enter opens the detail, question mark lists all keys.");
  const drawing = el("div.an-drawing", { tabindex: "0", role: "application", "aria-roledescription": "timeline", "aria-describedby": hint.id }, canvas, tip);
  const panels = Object.fromEntries(PANELS.map(({ name }) => [name, el("div", { class: `an-panel an-panel-${name}`, id: freshId(name), hidden: true })]));
  const { table, ...top } = panels;
  const parts = { canvas, tip, drawing, hint, panels, strip: el("canvas.an-strip", { "aria-hidden": "true" }), banner: el("div.an-banner", { hidden: true }),
    status: el("p.an-status"), live: el("div.an-hidden", { "aria-live": "polite", role: "status" }), detail: el("div.an-detail", { id: freshId("detail"), role: "group", tabindex: "-1", hidden: true }), legend: el("ul.an-legend", { "aria-label": "Legend" }) };
  parts.below = [hint, parts.strip, parts.status, parts.detail, parts.legend, table, parts.live];
  parts.top = Object.values(top);
  return parts;
}

export function render({ model, el: host }) {
  const parts = skeleton(), { canvas, drawing, panels } = parts, ctx = canvas.getContext("2d", { alpha: false });
  const say = announcer(parts.live), stops = new AbortController();
  const app = { model, stops: stops.signal, state: readState(model), notes: model.get("notes") || [], focus: -1, hits: [], g: { left: 0, top: 0, width: 0, height: 0, d0: 0, d1: 1 } };
  const bar = toolbar(app, panels), root = el("div", { class: "analogies-timeline", role: "group" }, bar, parts.top, parts.banner, drawing, parts.below);
  let frame = 0, resting = 0, opened = null, laneRank = null, legendKey = "";
  host.append(root);
  const sync = synced(model, state => { const refit = !state.window; app.state = state; derive(refit); if (opened) refill(opened); });

  // --- what is shown -----------------------------------------------------------------------------------------
  function load() { const { heading } = model.get("payload") || {}; root.setAttribute("aria-label", heading ? `Timeline: ${heading}` : "Timeline"); app.E = readEvents(model.get("payload"), app.notes); app.ink = inkOf(app); }

  function derive(refit = false) {
    const { E, state, g } = app, focused = app.focus >= 0 ? app.shown.index[app.focus] : -1;
    app.shown = select(E, state);
    app.whole = state.align ? select(E, { align: state.align }).whole : E.whole;
    const lanes = (app.lanes = makeLanes(E, app.shown, state.align ? "case" : state.lanes));
    laneRank = lanes.number;
    app.reading = readingOrder(app.shown, lanes, state.order);
    app.focus = focused < 0 ? -1 : app.shown.index.indexOf(focused);
    app.eras = eraRows(selectEras(E, state, app.shown));
    if (state.selected !== null && app.shown.index.indexOf(E.find(state.selected)) < 0) state.selected = null;
    if (refit || !state.window) { [g.d0, g.d1] = state.window || fitted(...app.whole); } else [g.d0, g.d1] = state.window;
    g.top = app.eras.rows && app.eras.rows * ERA_ROW + 4;
    if (!g.width) resize();
    const [lo, hi] = fitted(...app.whole), band = g.left ? 0 : 14;
    wantRows(E, app.shown, lanes.all, max(1, g.width - g.left) / (hi - lo));
    const height = state.height || wantedHeight(lanes.all, g.top + band * lanes.all.length);
    if (height !== g.height) { g.height = height; drawing.style.height = `${height}px`; }
    strip.stale();
    drawNow();
    describe();
    fillDetail(parts.detail, app);
    if (!panels.table.hidden) fillTable(panels.table, app, app.focus >= 0 ? app.reading.rank[app.focus] : 0);
  }

  function describe() { // words around the picture
    const { E, shown, state, g } = app, zero = shown.zero;
    const hidden = zero || state.as_of === null ? 0 : (() => { let n = 0; for (let k = 0; k < E.n; k++) if (!knownBy(E, k, state.as_of)) n++; return n; })();
    const text = [state.as_of !== null && `As of ${dayInWords(state.as_of)}: only what was public by then${hidden ? `; ${grouped(hidden)} events are hidden` : ""}.`,
      zero && `Day 0: ${E.lists.cases.flatMap((kase, c) => (zero[c] === zero[c] ? [`${kase.title}, ${app.words(E.find(state.align[kase.id]))}`] : [])).join("; ")}.`].filter(Boolean).join(" ");
    parts.banner.hidden = !text;
    parts.banner.replaceChildren(el("span", text), state.as_of !== null ? button("Show everything", () => app.change({ as_of: null }, "All dates are shown.")) : "",
      zero ? button("Back to calendar dates", () => app.setAlign(null)) : "");
    drawing.setAttribute("aria-label", `Timeline of ${grouped(shown.n)} events in ${app.lanes.all.length} lanes`);
    parts.status.textContent = app.caption();
    const keys = signsDrawn(E, shown), kinds = [...new Set(app.eras.placed.map(era => era.kind))], boxes = app.hits.some(hit => hit.bin), colours = app.colours(), { lettered } = app.hits, key = JSON.stringify([keys, kinds, boxes, lettered, colours.map(c => c.name), app.C.page]);
    if (key !== legendKey && g.width) { legendKey = key; parts.legend.replaceChildren(...legendItems(keys, app.C, colours, kinds, boxes, lettered)); }
  }

  app.caption = () => {
    const { shown, g, E, state } = app, when = shown.zero ? `${distanceInWords(g.d0)} to ${distanceInWords(g.d1)}` : `${dayInWords(ceil(g.d0))} to ${dayInWords(floor(g.d1))}`;
    let seen = 0;
    for (let j = 0; j < shown.n; j++) if (shown.lo[j] < g.d1 && shown.hi[j] > g.d0) seen++;
    return `${grouped(shown.n)} of ${grouped(E.n)} events, ${grouped(seen)} of them in the window ${when}${state.as_of !== null ? `; as of ${dayInWords(state.as_of)}` : ""}.`;
  };
  app.words = k => {
    const { E, state } = app;
    if (!cutShort(E, k, state.as_of)) return E.words(k);
    return E.since(k) || (Number.isNaN(E.a0[k]) ? "start unknown" : `since ${endInWords(E.a0[k], E.pa[k], E.flags[k])}`);
  };

  // --- drawing -----------------------------------------------------------------------------------------------
  app.picture = () => ({ E: app.E, shown: app.shown, lanes: app.lanes.all, eras: app.eras, C: app.C, ink: app.ink, focus: app.focus, selected: app.state.selected === null ? -1 : app.shown.index.indexOf(app.selected()), laneOf: j => laneRank[app.lanes.of[j]] });
  function drawNow() {
    cancelAnimationFrame(frame); frame = 0;
    if (!app.g.width) return;
    const { width, height } = app.g, ratio = window.devicePixelRatio || 1;
    if (canvas.width !== floor(width * ratio) || canvas.height !== floor(height * ratio)) {
      canvas.width = width * ratio; canvas.height = height * ratio;
      ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
      strip.resize();
    }
    app.hits = drawPicture(ctx, app.g, app.picture());
    strip.draw();
  }
  function draw() {
    if (!frame) frame = requestAnimationFrame(drawNow);
    clearTimeout(resting);
    resting = setTimeout(describe, 150);
  }
  function resize() { const { g } = app; g.width = floor(drawing.clientWidth); g.left = g.width >= 560 ? 112 : 0; }
  function recolour() { app.C = readPalette(root, ctx); legendKey = ""; if (app.shown) { strip.stale(); drawNow(); describe(); } }

  // --- what buttons, keys and mouse do -----------------------------------------------------------------------
  app.tell = text => say(parts.status.textContent = text);
  app.counted = () => `${app.shown.n} of ${app.E.n} events shown.`;
  app.change = (patch, text) => {
    app.state = { ...app.state, ...patch };
    derive();
    sync.send(app.state);
    say(typeof text === "function" ? text() : text || app.counted());
  };
  app.moveTo = (d0, d1, text) => {
    const next = clamped([d0, d1], app.whole), { g } = app, same = abs(next[0] - g.d0) + abs(next[1] - g.d1) < 1e-6;
    if (same) return false;
    [g.d0, g.d1] = next;
    app.state.window = next;
    sync.send(app.state);
    draw();
    if (text) say(text);
    return true;
  };
  app.move = part => { const { d0, d1 } = app.g; return app.moveTo(d0 + (d1 - d0) * part, d1 + (d1 - d0) * part); };
  app.zoom = (factor, at) => { const { d0, d1 } = app.g, next = zoomed([d0, d1], factor, at ?? app.focusDay(), app.whole); return app.moveTo(...next, at === undefined ? (factor < 1 ? "Closer." : "Further away.") : null); };
  app.focusDay = () => { const { g, shown, focus } = app, day = focus >= 0 ? shown.lo[focus] : NaN; return day >= g.d0 && day <= g.d1 ? day : (g.d0 + g.d1) / 2; };
  app.fitAll = () => { const { shown } = app; app.moveTo(...fitted(...(shown.n ? shown.whole : app.whole)), "Everything is shown."); };
  app.fitEvent = k => { const j = app.shown.index.indexOf(k); if (j >= 0) { const span = max(60, (app.shown.hi[j] - app.shown.lo[j]) * 0.3); app.moveTo(app.shown.lo[j] - span, app.shown.hi[j] + span, "Zoomed to the event."); } };
  app.fitSelection = () => { const k = app.selected(); if (k >= 0) app.fitEvent(k); else if (app.focus >= 0) app.fitEvent(app.shown.index[app.focus]); else app.tell("Choose an event first: click one, or use the arrow keys."); };
  app.openBin = ({ bin: [from, to], first }) => { // as near as one can get, a box opens as a part of the table
    const { g } = app, span = g.d1 - g.d0;
    app.moveTo(from - (to - from) * 0.1, to + (to - from) * 0.1, "Closer.");
    if (g.d1 - g.d0 < span * 0.95) return;
    app.select(app.shown.index[first]);
    if (panels.table.hidden) app.togglePanel("table"); else refill("table");
  };
  app.selected = () => app.E.find(app.state.selected);
  app.mayShow = k => knownBy(app.E, k, app.state.as_of);
  // What is seen already, were it only a part of a long bar, moves nothing: the reader has chosen this period.
  const show = j => { const { g, shown } = app, day = shown.lo[j], span = g.d1 - g.d0; if (day >= g.d1 || max(day, shown.hi[j]) < g.d0) app.moveTo(day - span / 2, day + span / 2); };
  app.setFocus = (j, flood = false) => {
    if (j < 0) return say("No event is shown.");
    app.focus = j;
    show(j);
    draw();
    const { shown, E } = app, k = shown.index[j], far = distance(E, shown.zero, k);
    say(sentence(app.reading.rank[j] + 1, shown.n, app.words(k), E.short(k).slice(0, 120), far === null ? app.lanes.all[laneRank[app.lanes.of[j]]].name : `${distanceInWords(far)}, ${E.caseTitle(k)}`), flood);
  };
  app.select = (k, { go, reveal, table } = {}) => {
    const j = k < 0 ? -1 : app.shown.index.indexOf(k);
    app.state = { ...app.state, selected: j < 0 ? null : app.E.id(k) };
    if (j >= 0) { app.focus = j; if (reveal) show(j); }
    sync.send(app.state);
    fillDetail(parts.detail, app);
    if (!panels.table.hidden) for (const one of panels.table.querySelectorAll("[data-id]")) one.setAttribute("aria-pressed", String(one.dataset.id === app.state.selected));
    draw();
    if (go && j >= 0) parts.detail.focus();
    else if (j >= 0 && !table) say(`Detail: ${app.words(k)}, ${app.E.short(k).slice(0, 120)}`);
  };
  app.closeDetail = () => { app.select(-1); drawing.focus(); };
  app.setAlign = align => { app.state = { ...app.state, align, window: null }; app.change({}, align ? "The axis counts days from day 0." : "The axis shows calendar dates."); };
  app.setDayZero = (kase, id) => app.setAlign({ ...(app.state.align || Object.fromEntries(app.E.lists.cases.filter(c => app.E.find(c.day0) >= 0).map(c => [c.id, c.day0]))), [kase]: id });
  app.remarks = id => app.notes.filter(note => note.event === id);
  app.ownNote = id => app.notes.find(note => note.id === id && !note.event);
  app.editNote = note => { if (panels.notes.hidden) app.togglePanel("notes", true); notesPanel(app, panels.notes, note); panels.notes.querySelector("input, textarea").focus(); };
  app.report = () => model.get("report") || [];
  app.setNotes = (notes, text) => { app.notes = notes; model.set("notes", notes); model.save_changes(); renew(); say(text); };
  app.colours = () => {
    const { E, shown } = app, byCase = E.lists.cases.length > 1, value = byCase ? E.kase : E.theme, seen = [];
    for (let j = 0; j < shown.n; j++) seen[value[shown.index[j]] + 1] = true;
    return (byCase ? E.lists.cases.map(kase => kase.title) : E.lists.themes).flatMap((name, i) => (seen[i + 1] ? [{ name, ink: app.inkAt(i) }] : []));
  };

  function refill(name) { if (name === "table") fillTable(panels.table, app, app.focus >= 0 ? app.reading.rank[app.focus] : 0); else PANELS.find(panel => panel.name === name).fill(app, panels[name]); }
  app.togglePanel = (name, go) => {
    const panel = panels[name], open = panel.hidden;
    if (name !== "table") { for (const other of parts.top) other.hidden = true; opened = open ? name : null; }
    panel.hidden = !open;
    for (const one of bar.querySelectorAll("[data-panel]")) one.setAttribute("aria-expanded", String(!panels[one.dataset.panel].hidden));
    if (!open) return panel.replaceChildren();
    refill(name);
    if (go) { const first = panel.querySelector("input, select, textarea, button, [tabindex]"); if (first) first.focus(); else { panel.tabIndex = -1; panel.focus(); } }
  };
  app.goBack = () => {
    const at = document.activeElement;
    if (!parts.tip.hidden) { parts.tip.hidden = true; if (at === drawing) return true; }
    if (opened) { app.togglePanel(opened); drawing.focus(); return true; }
    if (!panels.table.hidden && (panels.table.contains(at) || at === drawing)) { app.togglePanel("table"); drawing.focus(); return true; }
    if (!parts.detail.hidden) { app.closeDetail(); return true; }
    if (at === drawing) return false;
    drawing.focus();
    return true;
  };

  // --- start, and what may change from outside ---------------------------------------------------------------
  const strip = overview(app, parts.strip);
  function renew() { const k = app.focus >= 0 ? app.E.id(app.shown.index[app.focus]) : null; app.focus = -1; load(); derive(); app.focus = k === null ? -1 : app.shown.index.indexOf(app.E.find(k)); if (opened && opened !== "notes") refill(opened); }
  const again = () => { if (opened === "notes") refill("notes"); };
  const heard = {
    payload() { renew(); say(app.counted()); },
    notes() { const notes = model.get("notes") || []; if (notes !== app.notes) { app.notes = notes; renew(); again(); } },
    theme() { const theme = model.get("theme"); if (theme === "light" || theme === "dark") root.dataset.theme = theme; else delete root.dataset.theme; recolour(); },
    report() { again(); if (app.report().length) app.tell(app.report().join(" ")); },
  };
  for (const name in heard) model.on(`change:${name}`, heard[name]);
  heard.theme();
  load();
  derive(true);
  listenToPointer(app, drawing, parts.tip);
  listenToKeys(app, root, drawing, PANELS);
  drawing.addEventListener("focus", () => {
    if (!drawing.matches(":focus-visible") || !app.shown.n) return;
    const { g, shown, reading } = app, within = j => shown.lo[j] >= g.d0 && shown.lo[j] < g.d1, begun = reading.order.find(within), seen = begun ?? reading.order.find(j => shown.hi[j] > g.d0 && shown.lo[j] < g.d1);
    app.setFocus(app.focus >= 0 ? app.focus : seen ?? reading.order[0]);
  });
  const sized = new ResizeObserver(() => { if (floor(drawing.clientWidth) !== app.g.width) { resize(); drawNow(); describe(); } });
  sized.observe(drawing);
  const themed = new MutationObserver(recolour); // JupyterLab tells of its theme on the body
  themed.observe(document.body, { attributes: true, attributeFilter: ["data-jp-theme-light", "data-jp-theme-name", "class"] });
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", recolour, { signal: stops.signal });
  return () => { stops.abort(); sized.disconnect(); themed.disconnect(); cancelAnimationFrame(frame); clearTimeout(resting); sync.stop();
    for (const name in heard) model.off(`change:${name}`, heard[name]);
    root.remove(); };
}

// Colour of an event: its case where there are several, else its first theme; own events without either are plain.
function inkOf(app) {
  const { E } = app, byCase = E.lists.cases.length > 1, of = byCase ? [...E.lists.cases.keys()] : themeColours(E.lists.themes);
  app.inkAt = i => app.C.series[of[i] % app.C.series.length];
  return k => { const i = byCase ? E.kase[k] : E.theme[k]; return i < 0 ? app.C.own : app.inkAt(i); };
}
