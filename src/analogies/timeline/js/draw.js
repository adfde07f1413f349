// The whole picture, on a canvas or on anything that speaks the same few words (svg.js).
import {toX, lowerBound, floor, log2, max, min, round} from "./scale.js";
import {packRows, NO_ROW} from "./lanes.js";
import {bins, binDays, binHeight, clusters} from "./bins.js";
import {placeLabels, clipped} from "./labels.js";
import {filled, framed, boxed, line} from "./paint.js";
import {drawMark, markWidth, traits, ROW} from "./marks.js";
import {BIT} from "./edtf.js";
import {drawEras, drawAxis, drawLines, AXIS} from "./axis.js";

export const FONT = "12px system-ui, -apple-system, 'Segoe UI', 'DejaVu Sans', sans-serif";
const BIN = 28, PER_LETTER = 6.4;

const MOST_ROWS = 7, MANY = 600;

// Rows that a lane would like: those that its events take when all are in sight; a crowd is counted, not drawn one by one.
export function wantRows(E, shown, lanes, scale) {
  for (const lane of lanes) lane.want = lane.n > MANY ? 4 : min(MOST_ROWS, 1 + rowsOf(E, shown, lane, MOST_ROWS, scale, true).row.reduce((a, r) => max(a, r === NO_ROW ? MOST_ROWS : r), 0));
}

const AIR = 10; // pixels of a lane that are no row

// Heights of lanes: rows are dealt out one by one to the lane that has fewest, until each has what it wants; what is left is shared.
export function laneHeights(lanes, room) {
  const rows = lanes.map(() => 1);
  for (let left = floor((room - AIR * lanes.length) / ROW) - lanes.length; left > 0; left--) {
    let poorest = -1;
    lanes.forEach((lane, i) => { if (rows[i] < lane.want && (poorest < 0 || rows[i] < rows[poorest])) poorest = i; });
    if (poorest < 0) break;
    rows[poorest]++;
  }
  const sum = rows.reduce((a, n) => a + AIR + ROW * n, 0);
  let y = 0;
  return rows.map(n => { const h = ((AIR + ROW * n) / sum) * room, top = y; y += h; return { top, h }; });
}

// A height at which lanes have room for what they hold, within reason.
export const wantedHeight = (lanes, top) => round(min(620, max(200, AXIS + top + lanes.reduce((sum, lane) => sum + AIR + ROW * lane.want, 0))));

const widths = new Map();
export function measurer(ctx) {
  return text => {
    let w = widths.get(text);
    if (w === undefined) { if (widths.size > 4000) widths.clear(); widths.set(text, (w = ctx.measureText(text).width)); }
    return w;
  };
}

// What the marks and labels of a lane ask for, in columns: days, whether a label may stand in the box, pixels of the label (estimated;
// the drawing measures). Made once for each lane, because packing thousands of events is done anew at every zoom.
function sizesOf(E, shown, lane) {
  const { n, at } = lane, days = new Float64Array(n), kind = new Uint8Array(n);
  for (let p = 0; p < n; p++) {
    const j = at[p], k = shown.index[j];
    days[p] = shown.hi[j] - shown.lo[j];
    kind[p] = E.flags[k] & BIT.interval ? 3 + shown.ends[j] : E.pa[k] > 0 ? 2 : 1;
  }
  const letters = (text, most) => days.map((_, p) => 10 + min(most, text(shown.index[at[p]]).length) * PER_LETTER);
  return (lane.sizes = { days, kind, short: letters(E.short, 28), full: n <= MANY ? letters(E.title, 90) : null });
}

// Rows of a lane at this zoom, kept until zoom, height or data change by enough to matter.
function rowsOf(E, shown, lane, rows, scale, wish = false) {
  const level = floor(log2(scale) * 4), key = `${level}/${rows}/${wish}`;
  if (lane.packed && lane.packed.key === key) return lane.packed;
  const ppd = 2 ** (level / 4), { days, kind, short, full } = lane.sizes || sizesOf(E, shown, lane);
  const mark = days.map((length, p) => markWidth({ interval: kind[p] > 2, range: kind[p] === 2, ongoing: kind[p] === 4, noEnd: kind[p] === 5 }, length * ppd));
  const wide = label => mark.map((w, p) => (kind[p] > 2 && w > label[p] + 20 ? w : w + label[p]));
  const whole = full && !wish && wide(full), row = whole && packRows(lane, rows, whole, whole, ppd), labels = wide(short);
  const keep = (packed, crowded = false) => (lane.packed = { key, row: packed, crowded });
  if (row && !row.includes(NO_ROW)) return keep(row); // room for whole titles
  const close = packRows(lane, rows, labels, mark, ppd);
  return rows > 1 && !wish && close.includes(NO_ROW) ? keep(packRows(lane, rows - 1, labels, mark, ppd), true) : keep(close);
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
  return n > most ? null : { n, at: lane.at.subarray(a, b), lo: lane.lo.subarray(a, b) };
}

// A strip at the foot of a lane: intervals under way, thicker for more.
function drawUnderWay(ctx, g, C, shown, lane, base) {
  const days = binDays(g.d1 - g.d0, g.width - g.left, BIN);
  if (!lane.spanLo) {
    const from = new Float64Array(lane.n), to = new Float64Array(lane.n);
    let n = 0;
    for (let p = 0; p < lane.n; p++) { const end = shown.hi[lane.at[p]]; if (end - lane.lo[p] > 1) { from[n] = lane.lo[p]; to[n++] = end; } }
    lane.spanLo = from.subarray(0, n); lane.spanHi = to.subarray(0, n).sort();
  }
  ctx.fillStyle = C.muted;
  const first = floor(g.d0 / days) * days;
  for (let day = first; day < g.d1; day += days) { // a strip under the boxes: intervals under way
    const n = lowerBound(lane.spanLo, day + days) - lowerBound(lane.spanHi, day), x = max(g.left, toX(g, day));
    if (n > 0) ctx.fillRect(x, base + 1, max(0, min(g.width, toX(g, day + days)) - x), min(5, 1 + log2(n) / 2));
  }
}

function drawBins(ctx, g, C, shown, lane, y, h, hits) {
  const days = binDays(g.d1 - g.d0, g.width - g.left, BIN), boxes = bins(lane.lo, g.d0, g.d1, days), most = max(...boxes.map(b => b.n));
  const base = y + h - 8, tall = h - 24;
  drawUnderWay(ctx, g, C, shown, lane, base);
  for (const box of boxes) {
    const x = max(g.left, toX(g, box.from)), end = min(g.width, toX(g, box.to)), bh = 4 + (tall - 4) * binHeight(box.n, most);
    if (end - x < 2) continue;
    boxed(ctx, C.band, C.muted, x + 1, base - bh, end - x - 2, bh);
    ctx.fillStyle = C.text;
    const text = box.n < 10000 ? String(box.n) : round(box.n / 1000) + "k";
    if (end - x > 8 * text.length) { ctx.textAlign = "center"; ctx.fillText(text, (x + end) / 2, base - bh - 7); ctx.textAlign = "left"; }
    hits.push({ j: -1, bin: [box.from, box.to], first: lane.at[box.first], n: box.n, x, y: base - bh, w: end - x, h: bh });
  }
}

function drawOne(ctx, g, C, E, shown, j, y, ink) {
  const k = shown.index[j], z = shown.zero ? shown.zero[E.kase[k]] : 0, T = traits(E, k, shown.ends[j]);
  const px = day => max(g.left - 40, min(g.width + 40, toX(g, day)));
  const x0 = px(shown.lo[j]), x3 = px(shown.hi[j]), x1 = px(Number.isNaN(E.a1[k]) ? shown.lo[j] : E.a1[k] + 1 - z), x2 = px(Number.isNaN(E.b0[k]) || shown.ends[j] ? shown.hi[j] : E.b0[k] - z);
  const narrow = E.pa[k] === 0 && E.pb[k] === 0;
  return { T, span: drawMark(ctx, T, x0, narrow ? x0 : x1, narrow ? x3 : x2, x3, y, ink(k), C.page) };
}

// Draws everything and gives what can be pointed at: [{j, x, y, w, h} or {bin, ...}]. pic: {E, shown, lanes, eras, C, ink, focus, selected}.
export function drawPicture(ctx, g, pic) {
  const { E, shown, lanes, eras, C, ink } = pic, hits = [], measure = measurer(ctx);
  ctx.font = FONT; ctx.textBaseline = "middle"; ctx.textAlign = "left";
  filled(ctx, C.page, 0, 0, g.width, g.height);
  hits.lettered = drawEras(ctx, g, eras, C, measure);
  drawAxis(ctx, g, C, !!shown.zero, measure);
  const heights = laneHeights(lanes, g.height - AXIS - g.top), where = new Map(), scale = (g.width - g.left) / (g.d1 - g.d0);
  ctx.save(); ctx.beginPath(); ctx.rect(g.left, 0, g.width - g.left, g.height); ctx.clip();
  lanes.forEach((whole, i) => {
    let lane = whole;
    const y = g.top + heights[i].top + (g.left ? 0 : 14), h = heights[i].h - (g.left ? 0 : 14), rows = max(1, floor((h - 6) / ROW));
    const most = max(24, rows * (g.width - g.left) / 44), all = inWindow(shown, lane, g, most), few = all ? null : beginning(lane, g, most);
    if (few) { drawUnderWay(ctx, g, C, shown, whole, y + h - 8); lane = few; }
    const ps = all || (few && [...few.lo.keys()]), packed = ps && rowsOf(E, shown, lane, rows, scale), rest = [];
    const left = ps && packed.crowded ? ps.filter(p => packed.row[p] === NO_ROW).length : 0;
    if (!ps || left > max(10, ps.length / 3)) { drawBins(ctx, g, C, shown, whole, y, h, hits); ctx.font = FONT; return; }
    const byRow = Array.from({ length: rows }, () => []);
    for (const p of ps) {
      const r = packed.row[p], j = lane.at[p];
      if (r === NO_ROW) { rest.push({ x: max(g.left + 2, toX(g, lane.lo[p])), p }); continue; }
      const cy = y + 6 + r * ROW + ROW / 2, { T, span } = drawOne(ctx, g, C, E, shown, j, cy, ink), k = shown.index[j];
      ctx.font = FONT;
      byRow[r].push({ x: span.from, end: span.to, box: T.doubtA || T.doubtB ? null : span.box, long: E.title(k), short: E.short(k), cy });
      const x = max(g.left, span.from);
      hits.push({ j, x, y: cy - 9, w: min(g.width, span.to) - x, h: 18 });
      where.set(j, hits[hits.length - 1]);
    }
    ctx.fillStyle = C.text;
    for (const marks of byRow) {
      marks.sort((a, b) => a.x - b.x);
      placeLabels(marks, g.left, g.width - 2, measure).forEach((label, m) => label && ctx.fillText(label.text, label.x, marks[m].cy));
    }
    for (const c of clusters(rest, 30)) { // no room for these: a counted box that opens on zoom
      const cy = y + 6 + (rows - 0.5) * ROW, to = lane.lo[c.ps[c.n - 1]] + 1;
      boxed(ctx, C.band, C.muted, c.x, cy - 8, 28, 16);
      ctx.fillStyle = C.text; ctx.fillText("+" + c.n, c.x + 4, cy);
      hits.push({ j: -1, bin: [lane.lo[c.ps[0]], to], first: lane.at[c.ps[0]], n: c.n, x: c.x, y: cy - 8, w: 28, h: 16 });
    }
  });
  ctx.restore();
  drawLines(ctx, g, C, shown);
  drawNames(ctx, g, C, lanes, heights, measure);
  if (pic.selected >= 0) ring(ctx, g, pic, heights, where, pic.selected, 3);
  if (pic.focus >= 0 && pic.focus !== pic.selected) ring(ctx, g, pic, heights, where, pic.focus, 2);
  return hits;
}

function drawNames(ctx, g, C, lanes, heights, measure) {
  if (g.left) filled(ctx, C.page, 0, g.top, g.left, g.height - g.top - AXIS + 1);
  ctx.strokeStyle = C.line; ctx.lineWidth = 1;
  lanes.forEach((lane, i) => {
    const top = g.top + heights[i].top, edge = round(top) + 0.5, words = lane.name.split(" "), lines = [""];
    line(ctx, [0, edge], [g.width, edge]);
    for (const word of words) { const l = lines.length - 1, more = lines[l] ? lines[l] + " " + word : word; if (g.left && lines[l] && measure(more) > g.left - 12) lines.push(word); else lines[l] = more; }
    const fit = max(1, min(3, floor(heights[i].h / 15))), start = g.left ? top + heights[i].h / 2 - (min(lines.length, fit) - 1) * 7.5 : top + 8;
    lines.slice(0, fit).forEach((one, n) => { ctx.fillStyle = g.left ? C.text : C.muted; ctx.fillText(clipped(one), 6, start + n * 15, g.left ? g.left - 10 : undefined); });
  });
}

// The event in focus or selected, ringed; where it hides in a box, it is drawn on top with its label.
function ring(ctx, g, pic, heights, where, j, width) {
  const { E, shown, C, ink } = pic;
  let hit = where.get(j);
  if (!hit) {
    const x = toX(g, shown.lo[j]), i = pic.laneOf(j);
    if (i < 0 || x < g.left - 6 || x > g.width + 6) return;
    const cy = g.top + heights[i].top + heights[i].h - 20, text = clipped(E.short(shown.index[j])), w = ctx.measureText(text).width;
    const at = min(max(x, g.left + 7), g.width - 10), label = at + w + 18 > g.width ? at - w - 14 : at + 10;
    filled(ctx, C.page, label - 3, cy - 9, w + 6, 18);
    drawOne(ctx, g, C, E, shown, j, cy, ink);
    ctx.font = FONT; ctx.fillStyle = C.text; ctx.fillText(text, label, cy);
    hit = { x: at - 6, y: cy - 9, w: 12, h: 18 };
  }
  const box = [hit.x - 2, hit.y - 2, hit.w + 4, hit.h + 4];
  framed(ctx, C.page, ...box, width + 3);
  framed(ctx, C.accent, ...box, width);
}
