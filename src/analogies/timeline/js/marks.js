// One mark on a canvas: what is known of a date is told by form, never by colour alone.
import {BIT} from "./edtf.js";
import {LOW, DISPUTED, INEXACT} from "./events.js";
import {filled, line, traced, uprights, written} from "./paint.js";
import {max, min} from "./scale.js";

export const ROW = 22; // pixels of a row
const R = 5.5, OPEN = BIT.ongoing | BIT.noEnd;

// What a mark has to say, as bits; `end`: how it ends in this view (0 as in the data, 1 going on, 2 unknown).
export const traits = (E, k, end) => (end ? (E.kind[k] & ~(OPEN | BIT.approxB | BIT.doubtB)) | (end > 1 ? BIT.noEnd : BIT.ongoing) : E.kind[k]);

// x0..x1: pixels in which it begins; x2..x3: pixels in which it ends (x0 <= x1, x2 <= x3). ink: {fill, outline, tint}.
// Gives the pixels that the mark took, and the inside of its box: {from, to, box: [a, b] or null}.
export function drawMark(ctx, T, x0, x1, x2, x3, y, ink, page) {
  const is = bits => T & bits, dash = on => ctx.setLineDash(on ? [3, 2.5] : []), draw = (...xy) => line(ctx, ...xy), stop = (x, r) => draw(x, y - r, x, y + r);
  const doubtful = is(BIT.doubtA), look = doubtful ? page : is(BIT.approxA) ? ink.tint : ink.fill, mid = (x0 + x3) / 2;
  const painted = colour => { ctx.fillStyle = colour; ctx.fill(); dash(is(BIT.approxA)); ctx.stroke(); dash(); };
  const sign = (x, colour) => { // a dot, or the diamond of an own event
    if (is(BIT.own)) { traced(ctx, x, y - R - 2, x + R + 2, y, x, y + R + 2, x - R - 2, y); ctx.closePath(); } else { ctx.beginPath(); ctx.arc(x, y, R, 0, 2 * Math.PI); }
    painted(colour);
  };
  const question = (x, at) => { ctx.font = "bold 10px system-ui, sans-serif"; ctx.textAlign = "center"; written(ctx, ink.outline, "?", x, at + 0.5); ctx.textAlign = "left"; };
  let from = x0, to = x3, box = null, left;
  ctx.strokeStyle = ink.outline;
  ctx.lineWidth = 1.5;
  if (is(BIT.interval)) {
    to = max(to, from + 9);
    let a = min(x1, to), b = max(x2, from); // surely under way between a and b
    if (b - a < 9 || is(BIT.noStart)) { a = from; b = to; }
    if (is(OPEN)) b = to;
    box = [a, b];
    left = from;
    filled(ctx, is(BIT.doubtA | BIT.doubtB) ? page : ink.tint, a, y - 7, b - a, 14);
    if (is(BIT.doubtA | BIT.doubtB)) { // hatched: hollow with slanting strokes
      const xs = [];
      for (let x = a + 2; x < min(b - 8, a + 1400); x += 7) xs.push(x);
      ctx.lineWidth = 0.7;
      uprights(ctx, ink.outline, xs, y + 7, y - 7, 8);
      ctx.lineWidth = 1.5;
    }
    dash(is(BIT.approxA)); draw(b, y - 7, a, y - 7, ...(is(BIT.noStart) ? [] : [a, y + 7]));
    dash(is(BIT.approxB)); draw(a, y + 7, b, y + 7, ...(is(OPEN) ? [] : [b, y - 7]));
    dash();
    if (a > from) { draw(from, y, a, y); stop(from, 4); }
    if (b < to) { draw(b, y, to, y); stop(to, 4); }
    if (is(BIT.ongoing)) { traced(ctx, to, y - 8, to + 9, y, to, y + 8); ctx.fillStyle = ink.outline; ctx.fill(); to += 9; }
    const unknown = (x, way) => { dash(true); draw(x, y, x + 18 * way, y); dash(); question(x + 24 * way, y); return x + 29 * way; };
    if (is(BIT.noEnd)) to = unknown(to, 1);
    if (is(BIT.noStart)) left = from = unknown(from, -1);
    if (is(BIT.own)) sign(a + 9, page);
    if (doubtful) question(a - 5, y - 4);
    if (is(BIT.doubtB) && to - from > 20) question(b + 5, y - 4);
  } else if (is(INEXACT)) { // a date known to the month, year or decade: somewhere between two stops
    if (to - from < 14) { from = mid - 7; to = mid + 7; }
    left = from;
    traced(ctx, from, y - 2.5, to, y - 2.5, to, y + 2.5, from, y + 2.5); ctx.closePath();
    painted(look);
    stop(from, 6.5); stop(to, 6.5);
    if (is(BIT.own)) sign(mid, page);
    if (doubtful) question(mid, y - (is(BIT.own) ? 0 : 9));
  } else {
    sign(mid, look);
    if (doubtful) question(mid, y);
    from = mid - R - 1; to = mid + R + 1; left = mid - 5;
  }
  left = max(0, left);
  if (is(LOW)) for (const more of [0, 4, 8]) filled(ctx, ink.outline, left + more, y + 8.5, 2, 2);
  if (is(DISPUTED)) for (const more of [3, 7]) draw(left + more, y - 11, left + more, y - 8);
  return { from, to, box };
}
