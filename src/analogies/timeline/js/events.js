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

// Everything that the drawing needs, in columns sorted by start. Texts stay where they are in the payload: no copy of 100,000 strings.
export function readEvents(payload, notes = []) {
  const P = payload || {}, lists = { ...LISTS, ...(P.lists || {}) }, own = ownRows(notes, lists), taken = new Set(own.map(row => row.id));
  const base = own.length ? (P.id || []).map((id, i) => i).filter(i => !taken.has(P.id[i])) : null, n = base ? base.length + own.length : P.n || 0;
  const column = name => (base ? [...base.map(i => (P[name] ? P[name][i] : undefined)), ...own.map(row => row[name])] : P[name] || []);
  const a0 = column("a0"), b0 = column("b0"), start = new Float64Array(n), place = new Int32Array(n);
  let sorted = true;
  for (let i = 0; i < n; i++) {
    place[i] = i;
    start[i] = a0[i] ?? b0[i];
    if (i && start[i] < start[i - 1]) sorted = false;
  }
  if (!sorted) place.sort((a, b) => start[a] - start[b] || a - b);
  const numbers = (type, values, none) => { const out = new type(n); for (let k = 0; k < n; k++) out[k] = values[place[k]] ?? none; return out; };
  const first = (type, values) => { const out = new type(n); for (let k = 0; k < n; k++) { const list = values[place[k]]; out[k] = list && list.length ? list[0] : -1; } return out; };
  const E = { n, lists, eras: P.eras || [], a0: numbers(Float64Array, a0, NaN), a1: numbers(Float64Array, column("a1"), NaN), b0: numbers(Float64Array, b0, NaN), b1: numbers(Float64Array, column("b1"), NaN),
    known: numbers(Float64Array, column("public"), 0), flags: numbers(Int16Array, column("flags"), 0), pa: numbers(Int8Array, column("pa"), 0), pb: numbers(Int8Array, column("pb"), 0), kase: numbers(Int16Array, column("case"), -1),
    theme: first(Int16Array, column("themes")), actor: first(Int32Array, column("actors")), confidence: numbers(Int8Array, column("confidence"), -1), disputes: new Uint8Array(n), lo: new Float64Array(n), hi: new Float64Array(n), ends: new Uint8Array(n) };
  span(E);
  const text = name => { const values = column(name); return k => String(values[place[k]] ?? ""); };
  const named = (name, list) => { const values = column(name); return [k => values[place[k]] || [], k => (values[place[k]] || []).map(i => list[i]).filter(v => v !== undefined)]; };
  Object.assign(E, { id: text("id"), title: text("title"), text: text("text"), edtf: text("edtf"), disputedText: text("disputed"), knownWords: text("known_words"), since: text("since") });
  const short = text("short"), words = text("words"), disputed = column("disputed");
  for (let k = 0; k < n; k++) if (disputed[place[k]]) E.disputes[k] = 1;
  E.short = k => short(k) || E.title(k);
  E.words = k => words(k) || E.edtf(k);
  [E.themeIndexes, E.themes] = named("themes", lists.themes);
  [E.actorIndexes, E.actors] = named("actors", lists.actors);
  [, E.sources] = named("sources", lists.sources);
  E.caseTitle = k => (lists.cases[E.kase[k]] || { title: "no case" }).title;
  let index = null;
  E.find = id => {
    if (id === null || id === undefined) return -1;
    if (!index) { index = new Map(); for (let k = 0; k < n; k++) index.set(E.id(k), k); }
    return index.get(id) ?? -1;
  };
  return E;
}

// The days between which each event is drawn (hi excluded), and how it ends: 0 closed, 1 going on, 2 unknown.
function span(E) {
  let from = Infinity, to = -Infinity;
  const { a0, a1, b0, b1 } = E;
  for (let k = 0; k < E.n; k++) {
    const first = a0[k] === a0[k] ? a0[k] : b0[k], last = b1[k] === b1[k] ? b1[k] : a1[k]; // x === x: not NaN
    if (first < from) from = first;
    if (last > to) to = last;
  }
  E.whole = from <= to ? [from, to + 1] : [0, 365];
  for (let k = 0; k < E.n; k++) {
    const f = E.flags[k], a = E.a0[k], b = E.b1[k];
    E.ends[k] = f & BIT.ongoing ? 1 : f & BIT.noEnd ? 2 : 0;
    E.lo[k] = a === a ? a : E.b0[k]; // where the start is unknown nothing is invented before the earliest end
    E.hi[k] = Math.max(E.lo[k] + 1, E.ends[k] === 1 ? to + 1 : b === b ? b + 1 : E.a1[k] + 1);
  }
}
