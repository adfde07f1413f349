// Turns the payload (and the student's own notes) into columns: typed arrays where numbers are many.
import {BIT, readDate} from "./edtf.js";

const LISTS = { cases: [], themes: [], actors: [], confidence: ["high", "medium", "low"], sources: [] };

// The student's own events as payload rows; a note whose date cannot be read is left out of the drawing (the panel says so).
export function ownRows(notes, lists) {
  return notes.filter(note => !note.event).flatMap(note => {
    const date = readDate(note.date || "");
    if (!date) return [];
    const theme = lists.themes.indexOf(note.theme);
    return [{ ...date, id: note.id, title: note.title || "(no title)", short: "", text: note.text || "", edtf: note.date, flags: date.flags | BIT.own,
      public: date.a1 ?? date.b1, case: lists.cases.findIndex(c => c.id === note.case), themes: theme < 0 ? [] : [theme], confidence: -1 }];
  });
}

// Everything that the drawing needs, in columns sorted by start. lo and hi are the days between which an event is drawn.
export function readEvents(payload, notes = []) {
  const P = payload || {}, lists = { ...LISTS, ...(P.lists || {}) }, own = ownRows(notes, lists);
  const taken = new Set(own.map(row => row.id)), base = [];
  for (let i = 0; i < (P.n || 0); i++) if (!own.length || !taken.has(P.id[i])) base.push(i);
  const n = base.length + own.length, nb = base.length;
  const at = (name, i, none) => { const v = i < nb ? P[name] && P[name][base[i]] : own[i - nb][name]; return v === undefined || v === null ? none : v; };
  const start = new Float64Array(n);
  let sorted = true;
  for (let i = 0; i < n; i++) {
    start[i] = at("a0", i, at("b0", i, 0) - 1);
    if (i && start[i] < start[i - 1]) sorted = false;
  }
  const place = Array.from({ length: n }, (_, i) => i);
  if (!sorted) place.sort((a, b) => start[a] - start[b] || a - b);
  const E = { n, lists, a0: new Float64Array(n), a1: new Float64Array(n), b0: new Float64Array(n), b1: new Float64Array(n), known: new Float64Array(n),
    flags: new Int16Array(n), pa: new Int8Array(n), pb: new Int8Array(n), kase: new Int16Array(n), theme: new Int16Array(n), actor: new Int32Array(n), confidence: new Int8Array(n), disputes: new Uint8Array(n) };
  let lo = Infinity, hi = -Infinity;
  place.forEach((i, k) => {
    const a0 = at("a0", i, NaN), b1 = at("b1", i, NaN);
    E.a0[k] = a0; E.a1[k] = at("a1", i, a0); E.b0[k] = at("b0", i, b1); E.b1[k] = b1;
    E.flags[k] = at("flags", i, 0); E.pa[k] = at("pa", i, 0); E.pb[k] = at("pb", i, 0);
    E.kase[k] = at("case", i, -1); E.confidence[k] = at("confidence", i, -1);
    E.theme[k] = at("themes", i, [])[0] ?? -1; E.actor[k] = at("actors", i, [])[0] ?? -1;
    E.disputes[k] = at("disputed", i, "") ? 1 : 0;
    E.known[k] = at("public", i, at("a1", i, at("b1", i, 0)));
    for (const d of [E.a0[k], E.a1[k], E.b0[k], b1]) { if (d < lo) lo = d; if (d > hi) hi = d; }
  });
  E.whole = lo <= hi ? [lo, hi + 1] : [0, 365];
  // Texts stay in the payload: an accessor each, no copy of 100,000 strings.
  const text = name => k => String(at(name, place[k], ""));
  Object.assign(E, { id: text("id"), title: text("title"), text: text("text"), edtf: text("edtf"), disputedText: text("disputed"), knownWords: text("known_words"), since: text("since") });
  E.short = k => text("short")(k) || E.title(k);
  E.words = k => text("words")(k) || E.edtf(k);
  E.disputed = k => E.disputes[k] === 1;
  E.themes = k => at("themes", place[k], []).map(j => lists.themes[j]);
  E.actors = k => at("actors", place[k], []).map(j => lists.actors[j]);
  E.sources = k => at("sources", place[k], []).map(j => lists.sources[j]).filter(Boolean);
  E.themeIndexes = k => at("themes", place[k], []);
  E.actorIndexes = k => at("actors", place[k], []);
  E.caseTitle = k => (lists.cases[E.kase[k]] || { title: "no case" }).title;
  let index = null;
  E.find = id => {
    if (id === null || id === undefined) return -1;
    if (!index) { index = new Map(); for (let k = 0; k < n; k++) index.set(E.id(k), k); }
    return index.has(id) ? index.get(id) : -1;
  };
  E.eras = P.eras || [];
  return E;
}
