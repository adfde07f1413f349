// Turns the payload (and the student's own notes) into columns: typed arrays where numbers are many.
import {BIT, readDate} from "./edtf.js";
import {wholeOf, max} from "./scale.js";

export const LOW = 512, DISPUTED = 1024, INEXACT = 2048; // more bits of E.kind, above those of edtf.js

// The student's own events as payload rows; a note whose date cannot be read is left out of the drawing (the panel says so).
export const ownRows = (notes, lists) => notes.flatMap(note => {
  const date = !note.event && readDate(note.date || ""), theme = lists.themes.indexOf(note.theme);
  return date ? [{ ...date, id: note.id, title: note.title || "(no title)", text: note.text, edtf: note.date, flags: date.flags | BIT.own,
    public: date.a1 ?? date.b1, case: lists.cases.findIndex(c => c.id === note.case), themes: theme < 0 ? [] : [theme], confidence: -1 }] : [];
});

// Everything that the drawing needs, in columns sorted by start. Texts stay where they are in the payload: no copy of 100,000 strings,
// unless own events stand between them. `order` is where each event stands in the payload and, after it, the own rows.
export function readEvents(payload, notes = [], order = null) {
  const { lists, id: ids } = payload, own = ownRows(notes, lists), size = ids.length;
  if (own.length && !order) {
    const taken = new Set(own.map(row => row.id));
    order = [...ids.keys()].filter(i => !taken.has(ids[i])).concat(own.map((_, i) => size + i));
  }
  const column = name => (order ? order.map(i => (i < size ? payload[name][i] : own[i - size][name])) : payload[name]), n = order ? order.length : size;
  // The browser's own conversion is many times faster than a loop, but makes 0 of null.
  const numbers = (type, name, none = 0) => {
    const values = column(name), out = new type(values);
    if (values.includes(null) || values.includes(undefined)) values.forEach((value, k) => { out[k] = value ?? none; });
    return out;
  };
  const [a0, a1, b0, b1] = ["a0", "a1", "b0", "b1"].map(name => numbers(Float64Array, name, NaN)), [flags, pa, pb] = ["flags", "pa", "pb"].map(name => numbers(Int16Array, name));
  const [id, title, short, text, words, since, edtf, disputed, known_words, themes, actors, sources] = "id title short text words since edtf disputed known_words themes actors sources".split(" ").map(column);
  const confidence = numbers(Int8Array, "confidence", -1), lo = a0.slice(), hi = b1.slice(), [ends, kind, theme, actor] = [0, 1, 2, 3].map(() => new Int16Array(n));
  for (let k = 0; k < n; k++) {
    if (lo[k] !== lo[k]) lo[k] = b0[k]; // NaN: where the start is unknown nothing is invented before the earliest end
    if (hi[k] !== hi[k]) hi[k] = a1[k];
    ends[k] = flags[k] & BIT.ongoing ? 1 : flags[k] & BIT.noEnd ? 2 : 0;
    kind[k] = flags[k] | (confidence[k] === 2 && LOW) | (disputed[k] ? DISPUTED : 0) | (pa[k] > 0 && INEXACT);
    theme[k] = themes[k]?.[0] ?? -1;
    actor[k] = actors[k]?.[0] ?? -1;
  }
  if (lo.some((day, k) => day < lo[k - 1])) return readEvents(payload, notes, (order || [...ids.keys()]).map((i, k) => [i, lo[k]]).sort((a, b) => a[1] - b[1]).map(([i]) => i));
  const [, end] = wholeOf(lo, hi);
  for (let k = 0; k < n; k++) hi[k] = max(lo[k], ends[k] === 1 ? end : hi[k]) + 1;
  const named = (list, of) => k => (of[k] || []).flatMap(i => list[i] ?? []), told = of => k => String(of[k] ?? "");
  return { n, lists, hay: [], eras: payload.eras, a0, a1, b0, b1, pa, pb, flags, kind, theme, actor, confidence, lo, hi, ends, whole: wholeOf(lo, hi), // [lo, hi) is drawn; ends: 0 closed, 1 going on, 2 unknown
    known: numbers(Float64Array, "public"), kase: numbers(Int16Array, "case", -1), allThemes: themes, allActors: actors,
    id: told(id), title: told(title), text: told(text), edtf: told(edtf), since: told(since), disputed: told(disputed), knownWords: told(known_words),
    short: k => String(short[k] || title[k]), words: k => String(words[k] || edtf[k]), themes: named(lists.themes, themes), actors: named(lists.actors, actors), sources: named(lists.sources, sources),
    caseOf(k) { return lists.cases[this.kase[k]] || { id: "", title: "no case" }; },
    find: wanted => id.indexOf(wanted) };
}
