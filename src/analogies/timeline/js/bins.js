// Where events are denser than pixels: counts in boxes of equal time, found by binary search, so the cost does not grow with n.
import {lowerBound, ceil, floor, log2} from "./scale.js";

// Box width in days for boxes of at least `pixels`: powers of two of a day, so boxes stand still while one moves
// and split in halves while one zooms.
export const binDays = (span, width, pixels) => 2 ** ceil(log2((span / width) * pixels));

// Boxes of a sorted column of starts that touch [d0, d1): [{from, to, first, n}].
export function bins(lo, d0, d1, days) {
  const out = [];
  let p = lowerBound(lo, floor(d0 / days) * days);
  while (p < lo.length && lo[p] < d1) {
    const from = floor(lo[p] / days) * days, end = lowerBound(lo, from + days, p);
    out.push({ from, to: from + days, first: p, n: end - p });
    p = end;
  }
  return out;
}

// Heights between 0 and 1 that keep a box of one visible beside a box of ten thousand.
export const binHeight = (n, most) => log2(1 + n) / log2(1 + most);

// Runs of positions closer than `gap` pixels, for events that found no row: [{x, first, n, ps}].
export function clusters(xs, gap) {
  const out = [];
  xs.forEach(({ x, p }) => {
    const last = out[out.length - 1];
    if (last && x - last.x < gap) { last.n++; last.ps.push(p); } else out.push({ x, n: 1, ps: [p] });
  });
  return out;
}
