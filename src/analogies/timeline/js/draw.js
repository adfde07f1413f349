// The whole picture, on a canvas or on anything that speaks the same few words (svg.js).
import {toX, lowerBound, floor, log2, max, min, round} from "./scale.js";
import {packRows, NO_ROW} from "./lanes.js";
import {bins, binDays, binHeight, clusters} from "./bins.js";
import {placeLabels, clipped} from "./labels.js";
import {filled, framed, boxed, line, written} from "./paint.js";
import {drawMark, traits, ROW} from "./marks.js";
import {BIT} from "./edtf.js";
import {INEXACT} from "./events.js";
import {drawEras, drawAxis, drawLines, AXIS} from "./axis.js";

export const FONT = "12px system-ui, sans-serif";
const BIN = 28, PER_LETTER = 6.4, MOST_ROWS = 7, MANY = 600, AIR = 10; // AIR: pixels of a lane that are no row

// Rows that a lane would like: those that its events take when all are in sight; a crowd is counted, not drawn one by one.
export function wantRows(E, shown, lanes, scale) {
  for (const lane of lanes) lane.want = lane.n > MANY ? 4 : min(MOST_ROWS, 1 + max(...rowsOf(E, shown, lane, MOST_ROWS, scale, true).row));
}

// Heights of lanes: rows are dealt out one by one to the lane that has fewest, until each has what it wants; what is left is shared.
export function laneHeights(lanes, room) {
  const rows = lanes.map(() => 1), high = n => AIR + ROW * n;
  for (let left = floor((room - AIR * lanes.length) / ROW) - lanes.length; left > 0; left--) {
    const poorest = lanes.reduce((found, lane, i) => (rows[i] < lane.want && !(rows[i] >= rows[found]) ? i : found), -1);
    if (poorest < 0) break;
    rows[poorest]++;
  }
  let top = 0;
  const sum = rows.reduce((a, n) => a + high(n), 0);
  return rows.map(n => { const h = (high(n) / sum) * room; top += h; return { top: top - h, h }; });
}

// A height at which lanes have room for what they hold, within reason.
export const wantedHeight = (lanes, top) => round(min(620, max(200, lanes.reduce((sum, lane) => sum + AIR + ROW * lane.want, AXIS + top))));

// The width of a text: that of its letters, each measured once, so that labels cost no measuring while one moves.
// Letters that stand closer together in a word only leave it more room.
const widths = {};
export const measurer = ctx => text => { let sum = 0; for (const letter of text) sum += widths[letter] ??= ctx.measureText(letter).width; return sum; };

// What the marks and labels of a lane ask for, in columns: days, least pixels of the mark and pixels beside it, pixels of the labels (estimated; the
// drawing measures). Made once for each lane, because packing thousands of events is done anew at every zoom.
function sizesOf(E, shown, { n, at }) {
  const [days, least, more, short, full] = Array.from({ length: 5 }, () => new Float32Array(n)), letters = (text, most) => 10 + min(most, text.length) * PER_LETTER;
  for (let p = 0; p < n; p++) {
    const j = at[p], k = shown.index[j], box = E.kind[k] & BIT.interval, long = box || E.kind[k] & INEXACT;
    if (long) days[p] = shown.hi[j] - shown.lo[j];
    least[p] = box ? 9 : long ? 14 : 13;
    more[p] = 3 + [0, 9, 29][shown.ends[j]];
    short[p] = letters(E.short(k), 28);
    full[p] = letters(E.title(k), 90);
  }
  return { days, least, more, short, full };
}

// Rows of a lane at this zoom, kept until zoom, height or data change by enough to matter.
function rowsOf(E, shown, lane, rows, scale, wish) {
  const level = floor(log2(scale) * 4), key = `${level}/${rows}/${wish}`, ppd = 2 ** (level / 4);
  if (lane.packed?.key === key) return lane.packed;
  const { days, least, more, short, full } = (lane.sizes ??= sizesOf(E, shown, lane)), mark = days.map((length, p) => max(least[p], length * ppd) + more[p]);
  const wide = label => mark.map((w, p) => (least[p] === 9 && w > label[p] + 20 ? w : w + label[p])), pack = n => packRows(lane, n, wide(short), mark, ppd);
  const whole = !wish && lane.n <= MANY && wide(full), titles = whole && packRows(lane, rows, whole, whole, ppd);
  if (titles && !titles.includes(NO_ROW)) return (lane.packed = { key, row: titles }); // room for whole titles
  const row = pack(rows), crowded = rows > 1 && !wish && row.includes(NO_ROW);
  return (lane.packed = { key, row: crowded ? pack(rows - 1) : row, crowded });
}

// Positions of a lane that touch the window; stops counting (gives null) past `most`.
function inWindow(shown, lane, g, most) {
  const to = lowerBound(lane.lo, g.d1), out = [];
  for (let p = lowerBound(lane.far, g.d0); p < to; p++) if (shown.hi[lane.at[p]] > g.d0 && out.push(p) > most) return null;
  return out;
}

// Only what begins in the window, as a lane of its own: for where hundreds of intervals are under way and would hide it.
function beginning(lane, g, most) {
  const a = lowerBound(lane.lo, g.d0), b = lowerBound(lane.lo, g.d1, a), n = b - a;
  return n <= most && { n, at: lane.at.subarray(a, b), lo: lane.lo.subarray(a, b) };
}

// A strip at the foot of a lane: intervals under way, thicker for more.
function drawUnderWay(ctx, g, C, shown, lane, days, base) {
  const { lo, hi } = shown, long = lane.long ??= lane.at.filter(j => hi[j] - lo[j] > 1), [starts, ends] = lane.spans ??= [long.map(j => lo[j]), long.map(j => hi[j]).sort()];
  for (let day = floor(g.d0 / days) * days; day < g.d1; day += days) {
    const n = lowerBound(starts, day + days) - lowerBound(ends, day), x = max(g.left, toX(g, day));
    if (n > 0) filled(ctx, C.muted, x, base + 1, max(0, min(g.width, toX(g, day + days)) - x), min(5, 1 + log2(n) / 2));
  }
}

function drawBins(ctx, g, C, lane, days, base, tall, hits) {
  const boxes = bins(lane.lo, g.d0, g.d1, days), most = max(...boxes.map(box => box.n));
  ctx.textAlign = "center";
  for (const { from, to, n, first } of boxes) {
    const x = max(g.left, toX(g, from)), w = min(g.width, toX(g, to)) - x, h = 4 + (tall - 4) * binHeight(n, most), y = base - h, text = n < 10000 ? `${n}` : `${round(n / 1000)}k`;
    if (w < 2) continue;
    boxed(ctx, C.band, C.muted, x + 1, y, w - 2, h);
    if (w > 8 * text.length) written(ctx, C.text, text, x + w / 2, y - 7);
    hits.push({ j: -1, bin: [from, to], first: lane.at[first], n, x, y, w, h });
  }
  ctx.textAlign = "left";
}

function drawOne(ctx, g, C, E, shown, j, y, ink) {
  const k = shown.index[j], zero = shown.zero ? shown.zero[E.kase[k]] : 0, T = traits(E, k, shown.ends[j]);
  const px = (day, none) => max(g.left - 40, min(g.width + 40, toX(g, day === day ? day : none))), lo = shown.lo[j], hi = shown.hi[j], exact = !(E.pa[k] || E.pb[k]);
  return { T, ...drawMark(ctx, T, px(lo), px(exact ? lo : E.a1[k] + 1 - zero, lo), px(exact || shown.ends[j] ? hi : E.b0[k] - zero, hi), px(hi), y, ink(k), C.page) };
}

// Draws everything and gives what can be pointed at: [{j, x, y, w, h} or {bin, ...}]. pic: {E, shown, lanes, eras, C, ink, focus, selected}.
export function drawPicture(ctx, g, pic) {
  const { E, shown, lanes, eras, C, ink } = pic, hits = [], measure = measurer(ctx), room = g.width - g.left, span = g.d1 - g.d0, scale = room / span, days = binDays(span, room, BIN);
  ctx.font = FONT; ctx.textBaseline = "middle"; ctx.textAlign = "left";
  filled(ctx, C.page, 0, 0, g.width, g.height);
  hits.lettered = drawEras(ctx, g, eras, C, measure);
  drawAxis(ctx, g, C, !!shown.zero, measure);
  const heights = laneHeights(lanes, g.height - AXIS - g.top), head = g.left ? 0 : 14;
  ctx.save(); ctx.beginPath(); ctx.rect(g.left, 0, room, g.height); ctx.clip();
  lanes.forEach((whole, i) => {
    const y = g.top + heights[i].top + head, h = heights[i].h - head, rows = max(1, floor((h - 6) / ROW)), most = max(24, rows * room / 44), all = inWindow(shown, whole, g, most);
    const lane = all ? whole : beginning(whole, g, most), ps = all || (lane && [...lane.lo.keys()]), packed = ps && rowsOf(E, shown, lane, rows, scale, false), rowOf = p => packed.row[p];
    const crowd = !ps || (packed.crowded && ps.filter(p => rowOf(p) === NO_ROW).length > max(10, ps.length / 3));
    if (!all || crowd) drawUnderWay(ctx, g, C, shown, whole, days, y + h - 8);
    if (crowd) return drawBins(ctx, g, C, whole, days, y + h - 8, h - 24, hits);
    const byRow = Array.from({ length: rows }, () => []), rest = [], foot = y + 6 + (rows - 0.5) * ROW;
    for (const p of ps) {
      const j = lane.at[p], k = shown.index[j], row = byRow[rowOf(p)];
      if (!row) { rest.push([max(g.left + 2, toX(g, lane.lo[p])), p]); continue; }
      const cy = y + 6 + (rowOf(p) + 0.5) * ROW, { T, from, to, box } = drawOne(ctx, g, C, E, shown, j, cy, ink), x = max(g.left, from);
      row.push({ x: from, end: to, box: T & (BIT.doubtA | BIT.doubtB) ? null : box, long: E.title(k), short: E.short(k), cy });
      hits.push({ j, x, y: cy - 9, w: min(g.width, to) - x, h: 18 });
    }
    ctx.font = FONT;
    for (const marks of byRow) {
      marks.sort((a, b) => a.x - b.x);
      placeLabels(marks, g.left, g.width - 2, measure).forEach((label, m) => label && written(ctx, C.text, label.text, label.x, marks[m].cy));
    }
    for (const { x, ps: hidden } of clusters(rest, 30)) { // no room for these: a counted box that opens on zoom
      const [p] = hidden, n = hidden.length;
      boxed(ctx, C.band, C.muted, x, foot - 8, 28, 16);
      written(ctx, C.text, `+${n}`, x + 4, foot);
      hits.push({ j: -1, bin: [lane.lo[p], lane.lo[hidden[n - 1]] + 1], first: lane.at[p], n, x, y: foot - 8, w: 28, h: 16 });
    }
  });
  ctx.restore();
  drawLines(ctx, g, C, shown, measure);
  drawNames(ctx, g, C, lanes, heights, measure);
  ring(ctx, g, pic, heights, hits, pic.selected, 3, measure);
  if (pic.focus !== pic.selected) ring(ctx, g, pic, heights, hits, pic.focus, 2, measure);
  return hits;
}

function drawNames(ctx, g, C, lanes, heights, measure) {
  const { left } = g;
  if (left) filled(ctx, C.page, 0, g.top, left, g.height - g.top - AXIS + 1);
  ctx.strokeStyle = C.line; ctx.lineWidth = 1;
  lanes.forEach(({ name }, i) => {
    const top = g.top + heights[i].top, { h } = heights[i], edge = round(top) + 0.5, lines = [];
    line(ctx, 0, edge, g.width, edge);
    for (const word of name.split(" ")) { const more = lines.length ? `${lines.at(-1)} ${word}` : word; if (left && measure(more) > left - 12) lines.push(word); else lines.splice(-1, 1, more); }
    const seen = lines.slice(0, max(1, min(3, floor(h / 15))));
    seen.forEach((one, n) => { ctx.fillStyle = left ? C.text : C.muted; ctx.fillText(clipped(one), 6, left ? top + h / 2 + (n - (seen.length - 1) / 2) * 15 : top + 8 + n * 15, left ? left - 10 : undefined); });
  });
}

// The event in focus or selected, ringed; where it hides in a box, it is drawn on top with its label.
function ring(ctx, g, { E, shown, C, ink, laneOf }, heights, hits, j, width, measure) {
  if (j < 0) return;
  const lane = heights[laneOf(j)], day = toX(g, shown.lo[j]);
  let hit = hits.find(one => one.j === j);
  if (!hit) {
    if (!lane || day < g.left - 6 || day > g.width + 6) return;
    const y = g.top + lane.top + lane.h - 20, text = clipped(E.short(shown.index[j])), w = measure(text), x = min(max(day, g.left + 7), g.width - 10), label = x + w + 18 > g.width ? x - w - 14 : x + 10;
    filled(ctx, C.page, label - 3, y - 9, w + 6, 18);
    drawOne(ctx, g, C, E, shown, j, y, ink);
    ctx.font = FONT; written(ctx, C.text, text, label, y);
    hit = { x: x - 6, y: y - 9, w: 12, h: 18 };
  }
  const box = [hit.x - 2, hit.y - 2, hit.w + 4, hit.h + 4];
  framed(ctx, C.page, ...box, width + 3);
  framed(ctx, C.accent, ...box, width);
}
