// Which events are shown: filters, "as of", and the shift of each case to its day 0.
import {BIT} from "./edtf.js";
import {upTo, max} from "./scale.js";

// As of a day, an event is shown if it was public by then. No hindsight: an interval is cut off at that day.
export const knownBy = (E, k, asOf) => E.known[k] <= (asOf ?? Infinity);

// Is this an interval that had begun by the as-of day, but ended later (or never)?
export const cutShort = (E, k, asOf) => (asOf ?? null) !== null && E.flags[k] & BIT.interval && (E.ends[k] > 0 || E.b1[k] > asOf);

// Day 0 of every case in lists order: NaN where the case has none. Without alignment: null.
export const shifts = (E, align) => align && E.lists.cases.map(c => E.lo[E.find(align[c.id])] ?? NaN);

// Small letters without accents, as Python folds them: "guaido" finds "Guaidó".
const folded = text => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
// Folded once, when an event is first searched: the next letter that is typed searches what is already folded.
const haystack = (E, k) => (E.hay[k] ??= folded([E.title(k), E.short(k), E.text(k), E.words(k), ...E.actors(k), ...E.themes(k)].join("\n")));

// State -> function of an event's index, or null where all events pass. Within one filter any value will do, between filters all must hold.
function makeTest(E, { filters = {}, as_of }, zero) {
  const L = E.lists, only = (name, list) => Array.isArray(filters[name]) && list.map(value => filters[name].includes(value)), any = (wanted, first, all) => wanted[first] || (all || []).some(i => wanted[i]);
  const cases = only("cases", L.cases.map(c => c.id)), [themes, actors, confidence] = ["themes", "actors", "confidence"].map(name => only(name, L[name])), words = folded(filters.text || "").match(/\S+/g);
  return (zero || cases || themes || actors || confidence || words || (as_of ?? null) !== null) && (k => knownBy(E, k, as_of)
    && (!zero || zero[E.kase[k]] === zero[E.kase[k]] && E.kase[k] >= 0) // NaN: no day 0 chosen
    && (!cases || cases[E.kase[k]] || E.kase[k] < 0) // an own event without a case belongs to all
    && (!confidence || confidence[E.confidence[k]] || E.flags[k] & BIT.own)
    && (!themes || any(themes, E.theme[k], E.allThemes[k])) && (!actors || any(actors, E.actor[k], E.allActors[k]))
    && (!words || words.every(word => haystack(E, k).includes(word))));
}

// Events shown, in order of start, with the days between which each is drawn (relative days when aligned).
export function select(E, state) {
  const zero = shifts(E, state.align), test = makeTest(E, state, zero), asOf = state.as_of ?? null, all = upTo(E.n);
  if (!test) return { ...E, index: all, zero, asOf };
  const index = all.filter(test), n = index.length, lo = new Float64Array(n), hi = new Float64Array(n), ends = new Uint8Array(n);
  if (zero) index.sort((a, b) => E.lo[a] - zero[E.kase[a]] - (E.lo[b] - zero[E.kase[b]]) || a - b);
  let from = Infinity, to = -Infinity;
  for (let j = 0; j < n; j++) {
    const k = index[j], shift = zero ? zero[E.kase[k]] : 0, cut = cutShort(E, k, asOf);
    lo[j] = E.lo[k] - shift;
    ends[j] = cut ? 1 : E.ends[k];
    // a month or a year that is public before it is over is cut off at the as-of day too
    hi[j] = max(lo[j] + 1, (cut || asOf !== null && E.b1[k] > asOf ? asOf + 1 : E.hi[k]) - shift);
    if (lo[j] < from) from = lo[j];
    if (hi[j] > to) to = hi[j];
  }
  return { n, index, lo, hi, ends, zero, asOf, whole: n ? [from, to] : [0, 365] };
}

// Eras shown: not begun after the as-of day, cut off at it; none with day 0, where each case would need its own.
export function selectEras(E, state, shown) {
  const asOf = state.as_of ?? Infinity, wanted = state.filters?.cases;
  return shown.zero ? [] : E.eras.filter(({ lo, cases }) => !(lo > asOf) && (!cases?.length || !Array.isArray(wanted) || cases.some(i => wanted.includes(E.lists.cases[i]?.id)))).map(({ title, kind, lo, hi }) => {
    const end = hi ?? Infinity, open = end === Infinity || end > asOf;
    return { title, kind: kind || "era", open, lo: lo ?? E.whole[0], hi: (!open ? end : asOf < Infinity ? asOf : E.whole[1] - 1) + 1 };
  });
}
