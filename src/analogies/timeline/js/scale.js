// Days to pixels and back; zooming, moving and keeping the window within reach.

// Every module takes them from here.
export const { abs, ceil, floor, log2, max, min, round } = Math;

export const SHORTEST = 3; // days: one cannot zoom in further

export const toX = (g, day) => g.left + ((day - g.d0) / (g.d1 - g.d0)) * (g.width - g.left);
export const toDay = (g, x) => g.d0 + ((x - g.left) / (g.width - g.left)) * (g.d1 - g.d0);

// The window that shows all of [lo, hi] with air on both sides.
export function fitted(lo, hi) {
  if (!(hi > lo)) return [lo - 30, lo + 30];
  const air = max(1, (hi - lo) * 0.03);
  return [lo - air, hi + air];
}

// All of the days between sorted starts and any ends; a year where there is none.
export const wholeOf = (lo, hi) => (lo.length ? [lo[0], hi.reduce((a, b) => (b > a ? b : a))] : [0, 365]);

// Keeps a window between the shortest span and the whole, and not further out than a tenth of the whole.
export function clamped([d0, d1], [lo, hi]) {
  const whole = max(hi - lo, SHORTEST), span = min(whole * 1.2, max(SHORTEST, d1 - d0));
  const start = (d0 + d1) / 2 - span / 2, slack = whole * 0.1;
  const a = max(lo - slack, min(start, hi + slack - span));
  return [a, a + span];
}

// Zooms by a factor (< 1 is in) and keeps the day under the pointer where it is.
export function zoomed([d0, d1], factor, at, whole) {
  const span = d1 - d0, widest = max(whole[1] - whole[0], SHORTEST) * 1.2;
  const k = min(widest / span, max(SHORTEST / span, factor));
  return clamped([at - (at - d0) * k, at + (d1 - at) * k], whole);
}

// First index of a sorted array whose value is >= v.
export function lowerBound(sorted, v, from = 0) {
  let lo = from, hi = sorted.length;
  while (lo < hi) {
    const mid = (lo + hi) >> 1;
    if (sorted[mid] < v) lo = mid + 1;
    else hi = mid;
  }
  return lo;
}

// 0, 1, 2, ... n - 1
export function upTo(n) {
  const out = new Int32Array(n);
  for (let i = 0; i < n; i++) out[i] = i;
  return out;
}
