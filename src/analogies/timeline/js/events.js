// Turns the payload (and the student's own notes) into columns: typed arrays where numbers are many.
import {BIT, readDate} from "./edtf.js";
import {upTo, max} from "./scale.js";

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
  // The browser's own conversion is many times faster than a loop, but makes 0 of null.
  const plain = (type, name, none = 0) => {
    const values = column(name), out = values.length ? new type(values) : new type(n).fill(none);
    if (none !== 0 && (values.includes(null) || values.includes(undefined))) for (let i = 0; i < n; i++) out[i] = values[i] ?? none;
    return out;
  };
  const a0 = plain(Float64Array, "a0", NaN), b0 = plain(Float64Array, "b0", NaN), place = begun(a0, b0);
  const numbers = (type, name, none) => { const out = plain(type, name, none); return place ? out.map((value, k) => out[place[k]]) : out; };
  const at = name => { const values = column(name); return place ? k => values[place[k]] : k => values[k]; };
  const first = (type, name) => { const list = at(name), out = new type(n); for (let k = 0; k < n; k++) out[k] = list(k)?.[0] ?? -1; return out; };
  const text = name => { const value = at(name); return k => String(value(k) ?? ""); };
  const indexes = name => { const value = at(name); return k => value(k) || []; };
  const named = (list, of) => k => of(k).flatMap(i => list[i] ?? []);
  const [short, words, disputedText] = ["short", "words", "disputed"].map(text), [themeIndexes, actorIndexes, sources] = ["themes", "actors", "sources"].map(indexes);
  const E = { n, lists, hay: [], eras: P.eras || [], a0: numbers(Float64Array, "a0", NaN), a1: numbers(Float64Array, "a1", NaN), b0: numbers(Float64Array, "b0", NaN), b1: numbers(Float64Array, "b1", NaN),
    known: numbers(Float64Array, "public"), flags: numbers(Int16Array, "flags"), pa: numbers(Int8Array, "pa"), pb: numbers(Int8Array, "pb"), kase: numbers(Int16Array, "case", -1),
    theme: first(Int16Array, "themes"), actor: first(Int32Array, "actors"), confidence: numbers(Int8Array, "confidence", -1), disputes: new Uint8Array(n),
    id: text("id"), title: text("title"), text: text("text"), edtf: text("edtf"), knownWords: text("known_words"), since: text("since"), disputedText,
    themeIndexes, actorIndexes, themes: named(lists.themes, themeIndexes), actors: named(lists.actors, actorIndexes), sources: named(lists.sources, sources) };
  span(E);
  const disputed = at("disputed");
  for (let k = 0; k < n; k++) if (disputed(k)) E.disputes[k] = 1;
  E.short = k => short(k) || E.title(k);
  E.words = k => words(k) || E.edtf(k);
  E.caseTitle = k => (lists.cases[E.kase[k]] || { title: "no case" }).title;
  let index = null;
  E.find = id => {
    if (id === null || id === undefined) return -1;
    if (!index) { index = new Map(); for (let k = 0; k < n; k++) index.set(E.id(k), k); }
    return index.get(id) ?? -1;
  };
  return E;
}

// Where each event stands in the payload when they are sorted by start; null when they stand so already.
function begun(a0, b0) {
  const start = a0.map((day, i) => (day === day ? day : b0[i])); // x === x: not NaN
  for (let i = 1; i < start.length; i++) if (start[i] < start[i - 1]) return upTo(start.length).sort((a, b) => start[a] - start[b] || a - b);
  return null;
}

// The days between which each event is drawn (hi excluded), and how it ends: 0 closed, 1 going on, 2 unknown.
function span(E) {
  const { n, a0, a1, b0, b1, flags } = E, lo = new Float64Array(n), hi = new Float64Array(n), ends = new Uint8Array(n);
  let from = Infinity, to = -Infinity;
  for (let k = 0; k < n; k++) {
    const first = a0[k] === a0[k] ? a0[k] : b0[k], last = b1[k] === b1[k] ? b1[k] : a1[k], f = flags[k];
    if (first < from) from = first;
    if (last > to) to = last;
    lo[k] = first; // where the start is unknown nothing is invented before the earliest end
    hi[k] = max(first, last) + 1;
    ends[k] = f & BIT.ongoing ? 1 : f & BIT.noEnd ? 2 : 0;
  }
  for (let k = 0; k < n; k++) if (ends[k] === 1) hi[k] = max(lo[k], to) + 1;
  Object.assign(E, { lo, hi, ends, whole: from <= to ? [from, to + 1] : [0, 365] });
}
