// Which events are shown: filters, "as of", and the shift of each case to its day 0.
import {BIT} from "./edtf.js";
import {upTo, wholeOf, max} from "./scale.js";

// As of a day, an event is shown if it was public by then. No hindsight: an interval is cut off at that day.
export const lastDay = state => state.as_of ?? Infinity;
export const knownBy = (E, k, asOf) => E.known[k] <= asOf;

// Is this an interval that had begun by the as-of day, but ended later (or never)?
export const cutShort = (E, k, asOf) => E.flags[k] & BIT.interval && (E.ends[k] > 0 ? Infinity : E.b1[k]) > asOf;

// Day 0 of every case in lists order: NaN where the case has none. Without alignment: null.
export const shifts = (E, align) => align && E.lists.cases.map(c => E.lo[E.find(align[c.id])] ?? NaN);

// Small letters without accents, as Python folds them: "guaido" finds "Guaidó".
const folded = text => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
// Folded once, when an event is first searched: the next letter that is typed searches what is already folded.
const haystack = (E, k) => (E.hay[k] ??= folded([E.title(k), E.short(k), E.text(k), E.words(k), ...E.actors(k), ...E.themes(k)].join("\n")));

// State -> the tests of an event's index that are called for. Within one filter any value will do, between filters all must hold.
function makeTests(E, { filters = {} }, zero, asOf) {
  const L = E.lists, { kase, confidence, flags } = E, words = folded(filters.text || "").match(/\S+/g);
  const only = (name, list = L[name]) => Array.isArray(filters[name]) && list.map(value => filters[name].includes(value));
  const any = (wanted, first, all) => wanted && (k => wanted[first[k]] || all[k]?.length > 1 && all[k].some(i => wanted[i]));
  const cases = only("cases", L.cases.map(c => c.id)), sure = only("confidence");
  return [
    asOf < Infinity && (k => knownBy(E, k, asOf)),
    zero && (k => zero[kase[k]] === zero[kase[k]] && kase[k] >= 0), // NaN: no day 0 chosen
    cases && (k => cases[kase[k]] || kase[k] < 0), // an own event without a case belongs to all
    sure && (k => sure[confidence[k]] || flags[k] & BIT.own),
    any(only("themes"), E.theme, E.allThemes), any(only("actors"), E.actor, E.allActors),
    words && (k => words.every(word => haystack(E, k).includes(word))),
  ].filter(Boolean);
}

// Events shown, in order of start, with the days between which each is drawn (relative days when aligned).
export function select(E, state) {
  const zero = shifts(E, state.align), asOf = lastDay(state), tests = makeTests(E, state, zero, asOf), all = upTo(E.n);
  if (!tests.length) return { ...E, index: all, zero, asOf };
  const index = tests.reduce((left, test) => left.filter(test), all), start = k => E.lo[k] - (zero ? zero[E.kase[k]] : 0), cut = asOf < Infinity ? k => cutShort(E, k, asOf) : () => false;
  if (zero) index.sort((a, b) => start(a) - start(b) || a - b);
  const lo = index.map(start), ends = index.map(k => (cut(k) ? 1 : E.ends[k]));
  // a month or a year that is public before it is over is cut off at the as-of day too
  const hi = index.map((k, j) => max(lo[j] + 1, lo[j] - E.lo[k] + (cut(k) || E.b1[k] > asOf ? asOf + 1 : E.hi[k])));
  return { n: index.length, index, lo, hi, ends, zero, asOf, whole: wholeOf(lo, hi) };
}

// Eras shown: not begun after the as-of day, cut off at it; none with day 0, where each case would need its own.
export function selectEras(E, state, shown) {
  const asOf = lastDay(state), wanted = state.filters?.cases;
  return shown.zero ? [] : E.eras.filter(({ lo, cases }) => !(lo > asOf) && (!cases?.length || !Array.isArray(wanted) || cases.some(i => wanted.includes(E.lists.cases[i]?.id)))).map(({ title, kind, lo, hi }) => {
    const end = hi ?? Infinity, open = end === Infinity || end > asOf;
    return { title, kind: kind || "era", open, lo: lo ?? E.whole[0], hi: (!open ? end : asOf < Infinity ? asOf : E.whole[1] - 1) + 1 };
  });
}
