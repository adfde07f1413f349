// Where events are denser than pixels: counts in boxes of equal time, found by binary search, so the cost does not grow with n.
import {lowerBound, ceil, floor, log2} from "./scale.js";

// Box width in days for boxes of at least `pixels`: powers of two of a day, so boxes stand still while one moves
// and split in halves while one zooms.
export const binDays = (span, width, pixels) => 2 ** ceil(log2((span / width) * pixels));

// Boxes of a sorted column of starts that touch [d0, d1): [{from, to, first, n}].
export function bins(lo, d0, d1, days) {
  const out = [];
  for (let p = lowerBound(lo, floor(d0 / days) * days), from, end; lo[p] < d1; p = end) {
    from = floor(lo[p] / days) * days;
    end = lowerBound(lo, from + days, p);
    out.push({ from, to: from + days, first: p, n: end - p });
  }
  return out;
}

// Heights between 0 and 1 that keep a box of one visible beside a box of ten thousand.
export const binHeight = (n, most) => log2(1 + n) / log2(1 + most);

// Runs of [x, p] closer than `gap` pixels, for events that found no row: [{x, ps}].
export const clusters = (xs, gap) => xs.reduce((out, [x, p]) => {
  if (x - out.at(-1)?.x < gap) out.at(-1).ps.push(p); else out.push({ x, ps: [p] });
  return out;
}, []);
