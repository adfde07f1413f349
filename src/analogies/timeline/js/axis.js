// The background of the picture: era bands, grid, time axis, and the lines of day 0 and of "as of".
import {calendarTicks, relativeTicks, civilFromDays, dayInWords} from "./time.js";
import {toX, floor, max, min, round} from "./scale.js";
import {filled, framed, line} from "./paint.js";

export const AXIS = 40, ERA_ROW = 17;

// Rows for era bands, which may overlap: first free row, depends on the days alone. As in bands.py a band that ends on the day
// on which the next begins leaves it its row, and a band has a letter for where its name has no room.
export function eraRows(eras) {
  const free = [], year = day => civilFromDays(day).y;
  const placed = [...eras].sort((a, b) => a.lo - b.lo).map((era, i) => {
    const found = free.findIndex(day => day - 1.5 <= era.lo), row = found < 0 ? free.length : found, last = era.open ? "" : year(era.hi - 1), letter = (i > 25 ? String.fromCharCode(64 + floor(i / 26)) : "") + String.fromCharCode(65 + (i % 26));
    free[row] = era.hi;
    return { ...era, row, letter, key: `${letter}: ${era.title} (${year(era.lo)}${last === year(era.lo) ? "" : `\u2013${last}`})` };
  });
  return { placed, rows: free.length };
}

// War: slanting strokes; presidency or government: plain; anything else: upright strokes.
export function drawBand(ctx, C, kind, x, y, w, h) {
  const slant = kind === "war" ? h : 0;
  filled(ctx, C.band, x, y, w, h);
  ctx.strokeStyle = C.line;
  ctx.beginPath();
  if (!/presid|govern/.test(kind)) for (let i = x - (x % 9); i < x + w; i += 9) if (i >= x && i + slant <= x + w) { ctx.moveTo(i, y + h); ctx.lineTo(i + slant, y); }
  ctx.stroke();
  framed(ctx, C.muted, x + 0.5, y + 0.5, w - 1, h - 1);
}

// Gives the bands in the window that have only their letter: the legend says what they are.
export function drawEras(ctx, g, eras, C, measure) {
  const lettered = [];
  ctx.lineWidth = 1;
  for (const era of eras.placed) {
    const x = max(g.left, toX(g, era.lo)), end = min(g.width, toX(g, era.hi)), y = era.row * ERA_ROW + 1, h = ERA_ROW - 3;
    if (end <= g.left || x >= g.width) continue;
    const w = max(2, end - x), text = [era.title, era.letter].find(one => measure(one) <= w - 10) || "", width = measure(text);
    if (text !== era.title) lettered.push(era.key);
    drawBand(ctx, C, era.kind, x, y, w, h);
    if (!text) continue;
    filled(ctx, C.band, x + 3, y + 1, width + 5, h - 2); // no hatch behind letters
    ctx.fillStyle = C.text;
    ctx.fillText(text, x + 5, y + h / 2 + 0.5);
  }
  return lettered;
}

export function drawAxis(ctx, g, C, relative, measure) {
  const room = g.width - g.left, base = g.height - AXIS;
  const { ticks, context } = relative ? relativeTicks(g.d0, g.d1, room) : calendarTicks(g.d0, g.d1, room);
  ctx.strokeStyle = C.line;
  ctx.lineWidth = 1;
  ctx.beginPath();
  for (const t of ticks) { const x = round(toX(g, t.day)) + 0.5; ctx.moveTo(x, g.top); ctx.lineTo(x, base + 5); }
  ctx.stroke();
  ctx.strokeStyle = C.muted;
  ctx.beginPath(); ctx.moveTo(g.left, base + 0.5); ctx.lineTo(g.width, base + 0.5);
  for (const t of context) { const x = round(toX(g, t.day)) + 0.5; if (x > g.left) { ctx.moveTo(x, base); ctx.lineTo(x, g.height - 2); } }
  ctx.stroke();
  ctx.fillStyle = C.text;
  for (const t of ticks) { const x = toX(g, t.day); if (x + 3 + measure(t.label) < g.width) ctx.fillText(t.label, x + 3, base + 12); }
  ctx.fillStyle = C.muted;
  context.forEach((t, i) => {
    const x = max(g.left, toX(g, t.day)), next = context[i + 1] ? toX(g, context[i + 1].day) : g.width;
    if (next - x > measure(t.label) + 8) ctx.fillText(t.label, x + 4, base + 29);
  });
  if (!context.length) ctx.fillText(relative ? "time since day 0" : "year (proleptic Gregorian calendar)", g.left + 4, base + 29);
}

export function drawLines(ctx, g, C, shown) {
  const upright = (day, label, dash) => {
    const x = round(toX(g, day)) + 0.5;
    if (x < g.left || x > g.width) return;
    ctx.strokeStyle = C.accent; ctx.lineWidth = 2; ctx.setLineDash(dash);
    line(ctx, [x, g.top], [x, g.height - AXIS]);
    ctx.setLineDash([]);
    const w = ctx.measureText(label).width + 8, at = x + w > g.width ? x - w : x;
    filled(ctx, C.accent, at, g.height - AXIS - 16, w, 16);
    ctx.fillStyle = C.page; ctx.fillText(label, at + 4, g.height - AXIS - 8);
  };
  if (shown.zero) upright(0, "day 0", []);
  else if (shown.asOf !== null) upright(shown.asOf + 1, `as of ${dayInWords(shown.asOf)}`, [6, 4]);
}
