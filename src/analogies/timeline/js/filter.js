// Which events are shown: filters, "as of", and the shift of each case to its day 0.
import {BIT} from "./edtf.js";
import {upTo, max} from "./scale.js";

// As of a day, an event is shown if it was public by then. No hindsight: an interval is cut off at that day.
export const knownBy = (E, k, asOf) => asOf === null || asOf === undefined || E.known[k] <= asOf;

// Is this an interval that had begun by the as-of day, but ended later (or never)?
export const cutShort = (E, k, asOf) => asOf !== null && asOf !== undefined && (E.flags[k] & BIT.interval) !== 0
  && (E.flags[k] & BIT.noEnd || E.flags[k] & BIT.ongoing || E.b1[k] > asOf);

// Day 0 of every case in lists order: NaN where the case has none. Without alignment: null.
export function shifts(E, align) {
  if (!align) return null;
  return E.lists.cases.map(c => { const k = E.find(align[c.id]); return k < 0 ? NaN : E.lo[k]; });
}

// Small letters without accents, as Python folds them: "guaido" finds "Guaidó".
const folded = text => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
// Folded once, when an event is first searched: the next letter that is typed searches what is already folded.
const haystack = (E, k) => (E.hay[k] ??= folded([E.title(k), E.short(k), E.text(k), E.words(k), ...E.actors(k), ...E.themes(k)].join("\n")));

// State -> function of an event's index, or null where all events pass. Within one filter any value will do, between filters all must hold.
export function makeTest(E, state) {
  const F = state.filters || {}, L = E.lists, zero = shifts(E, state.align), asOf = state.as_of ?? null;
  const set = (wanted, list) => (Array.isArray(wanted) ? new Set(wanted.map(v => list.indexOf(v))) : null);
  const cases = set(F.cases, L.cases.map(c => c.id)), themes = set(F.themes, L.themes), actors = set(F.actors, L.actors);
  const confidence = set(F.confidence, L.confidence), words = (F.text ? folded(F.text) : "").split(/\s+/).filter(Boolean);
  if (!(zero || cases || themes || actors || confidence || words.length || asOf !== null)) return null;
  const any = (wanted, first, all) => { if (wanted.has(first)) return true; for (const i of all) if (wanted.has(i)) return true; return false; };
  return k => {
    if (asOf !== null && E.known[k] > asOf) return false;
    if (zero && !(zero[E.kase[k]] === zero[E.kase[k]] && E.kase[k] >= 0)) return false; // NaN: no day 0 chosen
    if (cases && !cases.has(E.kase[k]) && E.kase[k] >= 0) return false; // an own event without a case belongs to all
    if (confidence && !confidence.has(E.confidence[k]) && !(E.flags[k] & BIT.own)) return false;
    if (themes && !any(themes, E.theme[k], E.themeIndexes(k))) return false;
    if (actors && !any(actors, E.actor[k], E.actorIndexes(k))) return false;
    if (!words.length) return true;
    const hay = haystack(E, k);
    return words.every(word => hay.includes(word));
  };
}

// Events shown, in order of start, with the days between which each is drawn (relative days when aligned).
export function select(E, state) {
  const test = makeTest(E, state), zero = shifts(E, state.align), asOf = state.as_of ?? null, late = asOf === null ? Infinity : asOf;
  if (!test) return { n: E.n, index: upTo(E.n), lo: E.lo, hi: E.hi, ends: E.ends, zero, asOf, whole: E.whole };
  let n = 0;
  const picked = new Int32Array(E.n);
  for (let k = 0; k < E.n; k++) if (test(k)) picked[n++] = k;
  const index = picked.slice(0, n), lo = new Float64Array(n), hi = new Float64Array(n), ends = new Uint8Array(n);
  if (zero) index.sort((a, b) => E.lo[a] - zero[E.kase[a]] - (E.lo[b] - zero[E.kase[b]]) || a - b);
  let from = Infinity, to = -Infinity;
  for (let j = 0; j < n; j++) {
    const k = index[j], shift = zero ? zero[E.kase[k]] : 0, cut = asOf !== null && cutShort(E, k, asOf);
    lo[j] = E.lo[k] - shift;
    ends[j] = cut ? 1 : E.ends[k];
    // a month or a year that is public before it is over is cut off at the as-of day too
    hi[j] = max(lo[j] + 1, (cut || E.b1[k] > late ? asOf + 1 : E.hi[k]) - shift);
    if (lo[j] < from) from = lo[j];
    if (hi[j] > to) to = hi[j];
  }
  return { n, index, lo, hi, ends, zero, asOf, whole: n ? [from, to] : [0, 365] };
}

// Eras shown: not begun after the as-of day, cut off at it; none with day 0, where each case would need its own.
export function selectEras(E, state, shown) {
  const asOf = state.as_of ?? Infinity, wanted = state.filters && state.filters.cases, cases = E.lists.cases;
  const has = era => !(era.cases || []).length || !Array.isArray(wanted) || era.cases.some(i => cases[i] && wanted.includes(cases[i].id));
  return shown.zero ? [] : E.eras.filter(has).flatMap(era => {
    const lo = era.lo ?? E.whole[0], end = era.hi ?? Infinity, open = end === Infinity || end > asOf;
    return lo > asOf ? [] : [{ title: era.title, kind: era.kind || "era", open, lo, hi: (!open ? end : asOf < Infinity ? asOf : E.whole[1] - 1) + 1 }];
  });
}
