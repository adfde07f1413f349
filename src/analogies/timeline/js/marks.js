// One mark on a canvas: what is known of a date is told by form, never by colour alone.
import {BIT} from "./edtf.js";
import {line} from "./paint.js";
import {max, min} from "./scale.js";

export const ROW = 22; // pixels of a row
const R = 5.5;

// What a mark has to say, from an event's columns: used by the drawing and, in words, by the legend.
export function traits(E, k, end) {
  const f = E.flags[k], interval = (f & BIT.interval) !== 0;
  return { interval, range: !interval && E.pa[k] > 0, approxA: !!(f & BIT.approxA), approxB: !end && !!(f & BIT.approxB), doubtA: !!(f & BIT.doubtA),
    doubtB: !end && !!(f & BIT.doubtB), noStart: !!(f & BIT.noStart), ongoing: end === 1, noEnd: end === 2, own: !!(f & BIT.own), low: E.confidence[k] === 2, disputed: E.disputes[k] === 1 };
}

function shape(ctx, T, cx, y) {
  ctx.beginPath();
  if (T.own) { ctx.moveTo(cx, y - R - 2); ctx.lineTo(cx + R + 2, y); ctx.lineTo(cx, y + R + 2); ctx.lineTo(cx - R - 2, y); ctx.closePath(); }
  else ctx.arc(cx, y, R, 0, 2 * Math.PI);
}

function question(ctx, ink, x, y) {
  ctx.fillStyle = ink.outline;
  ctx.font = "bold 10px system-ui, sans-serif";
  ctx.textAlign = "center";
  ctx.fillText("?", x, y + 0.5);
  ctx.textAlign = "left";
}

// x0..x1: pixels in which it begins; x2..x3: pixels in which it ends (x0 <= x1, x2 <= x3). ink: {fill, outline, tint}.
// Gives the pixels that the mark took, and the inside of its box: {from, to, box: [a, b] or null}.
export function drawMark(ctx, T, x0, x1, x2, x3, y, ink, page) {
  ctx.strokeStyle = ink.outline;
  ctx.lineWidth = 1.5;
  const dash = on => ctx.setLineDash(on ? [3, 2.5] : []);
  let from = x0, to = x3, box = null;
  if (!T.interval && !T.range) {
    const cx = (x0 + x3) / 2;
    shape(ctx, T, cx, y);
    ctx.fillStyle = T.doubtA ? page : T.approxA ? ink.tint : ink.fill;
    ctx.fill(); dash(T.approxA); ctx.stroke(); dash(false);
    if (T.doubtA) question(ctx, ink, cx, y);
    [from, to] = [cx - R - 1, cx + R + 1];
  } else if (T.range) { // a date known to the month, year or decade: somewhere between two stops
    if (x3 - x0 < 14) { from = (x0 + x3) / 2 - 7; to = from + 14; }
    ctx.fillStyle = T.doubtA ? page : T.approxA ? ink.tint : ink.fill;
    ctx.beginPath(); ctx.rect(from, y - 2.5, to - from, 5); ctx.fill();
    dash(T.approxA); ctx.stroke(); dash(false);
    line(ctx, [from, y - 6.5], [from, y + 6.5]); line(ctx, [to, y - 6.5], [to, y + 6.5]);
    if (T.own) { shape(ctx, T, (from + to) / 2, y); ctx.fillStyle = page; ctx.fill(); ctx.stroke(); }
    if (T.doubtA) question(ctx, ink, (from + to) / 2, y - (T.own ? 0 : 9));
  } else {
    if (to - from < 9) to = from + 9;
    let a = min(x1, to), b = max(x2, from); // surely under way between a and b
    if (b - a < 9 || T.noStart) { a = from; b = to; }
    if (T.ongoing || T.noEnd) b = to;
    box = [a, b];
    ctx.fillStyle = T.doubtA || T.doubtB ? page : ink.tint;
    ctx.fillRect(a, y - 7, b - a, 14);
    if (T.doubtA || T.doubtB) { // hatched: hollow with slanting strokes
      ctx.lineWidth = 0.7;
      ctx.beginPath();
      for (let x = a + 2, n = 0; x < b - 8 && n < 200; x += 7, n++) { ctx.moveTo(x, y + 7); ctx.lineTo(x + 8, y - 7); }
      ctx.stroke();
      ctx.lineWidth = 1.5;
    }
    dash(T.approxA); line(ctx, [b, y - 7], [a, y - 7], ...(T.noStart ? [] : [[a, y + 7]]));
    dash(T.approxB); line(ctx, [a, y + 7], [b, y + 7], ...(T.ongoing || T.noEnd ? [] : [[b, y - 7]]));
    dash(false);
    if (a > from) { line(ctx, [from, y], [a, y]); line(ctx, [from, y - 4], [from, y + 4]); }
    if (b < to) { line(ctx, [b, y], [to, y]); line(ctx, [to, y - 4], [to, y + 4]); }
    if (T.ongoing) { ctx.fillStyle = ink.outline; ctx.beginPath(); ctx.moveTo(to, y - 8); ctx.lineTo(to + 9, y); ctx.lineTo(to, y + 8); ctx.fill(); to += 9; }
    if (T.noEnd) { dash(true); line(ctx, [to, y], [to + 18, y]); dash(false); question(ctx, ink, to + 24, y); to += 29; }
    if (T.noStart) { dash(true); line(ctx, [from, y], [from - 18, y]); dash(false); question(ctx, ink, from - 24, y); from -= 29; }
    if (T.own) { shape(ctx, T, a + 9, y); ctx.fillStyle = page; ctx.fill(); ctx.stroke(); }
    if (T.doubtA) question(ctx, ink, a - 5, y - 4);
    if (T.doubtB && to - from > 20) question(ctx, ink, b + 5, y - 4);
  }
  const left = max(0, (T.interval || T.range) ? from : (from + to) / 2 - 5);
  ctx.strokeStyle = ctx.fillStyle = ink.outline;
  if (T.low) for (let i = 0; i < 3; i++) ctx.fillRect(left + i * 4, y + 8.5, 2, 2);
  if (T.disputed) { ctx.lineWidth = 1.5; line(ctx, [left + 3, y - 11], [left + 3, y - 8]); line(ctx, [left + 7, y - 11], [left + 7, y - 8]); }
  return { from, to, box };
}

// Pixels that a mark of a given length takes at least: for packing.
export const markWidth = (T, pixels) => (T.interval ? max(9, pixels) + (T.ongoing ? 9 : 0) + (T.noEnd ? 29 : 0) : T.range ? max(14, pixels) : 13) + 3;
