// A payload made in the test from a few rows, in the form that Python's layout sends.
import { readDate } from "../../src/analogies/timeline/js/edtf.js";

export function payloadOf(rows, lists = {}) {
  const all = { cases: [{ id: "syria", title: "Syria", day0: null }, { id: "cuba", title: "Cuba", day0: null }], themes: ["military", "legal"], actors: ["Russia", "Cuba"], confidence: ["high", "medium", "low"], sources: [], ...lists };
  const full = rows.map((row, i) => ({ id: `e${i}`, title: row.id || `Event ${i}`, short: "", text: "", disputed: "", known_words: "", since: "", case: 0, themes: [0], actors: [], confidence: 0, sources: [], row: 0, ...readDate(row.date), edtf: row.date, ...row }));
  for (const row of full) row.public ??= row.a1 ?? row.b1;
  full.sort((a, b) => (a.a0 ?? -1e9) - (b.a0 ?? -1e9));
  return { v: 1, n: full.length, ...Object.fromEntries(Object.keys(full[0] || {}).map(key => [key, full.map(row => row[key])])), lists: all, eras: [] };
}

// A small reproducible source of chance.
export function chance(seed) {
  let a = seed >>> 0;
  return () => { a = (a + 0x6d2b79f5) | 0; let t = Math.imul(a ^ (a >>> 15), 1 | a); t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t; return ((t ^ (t >>> 14)) >>> 0) / 4294967296; };
}
