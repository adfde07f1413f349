// The background of the picture: era bands, grid, time axis, and the lines of day 0 and of "as of".
import {calendarTicks, relativeTicks, dayInWords} from "./time.js";
import {toX} from "./scale.js";
import {shortened} from "./labels.js";

export const AXIS = 40, ERA_ROW = 17, MOST_ERA_ROWS = 8;

// Rows for era bands, which may overlap: first free row, depends on the days alone.
export function eraRows(eras) {
  const free = [];
  const placed = [...eras].sort((a, b) => a.lo - b.lo).map(era => {
    let row = free.findIndex(day => day <= era.lo);
    if (row < 0) row = free.length < MOST_ERA_ROWS ? free.length : free.indexOf(Math.min(...free));
    free[row] = Math.max(free[row] ?? -Infinity, era.hi);
    return { ...era, row };
  });
  const next = []; // where even these rows are too few, a band's name ends where the next band begins
  for (const era of [...placed].reverse()) { era.until = Math.min(era.hi, next[era.row] ?? Infinity); next[era.row] = era.lo; }
  return { placed, rows: free.length };
}

// War: slanting strokes; presidency or government: plain; anything else: upright strokes.
export function eraHatch(ctx, kind, x, y, w, h) {
  const slant = kind === "war" ? h : /presid|govern/.test(kind) ? null : 0;
  if (slant === null) return;
  ctx.beginPath();
  for (let i = x - (x % 9); i < x + w; i += 9) if (i >= x && i + slant <= x + w) { ctx.moveTo(i, y + h); ctx.lineTo(i + slant, y); }
  ctx.stroke();
}

export function drawEras(ctx, g, eras, C, measure) {
  ctx.lineWidth = 1;
  for (const era of eras.placed) {
    const x = Math.max(g.left, toX(g, era.lo)), end = Math.min(g.width, toX(g, era.hi)), room = Math.min(end, toX(g, era.until)) - x - 10, y = era.row * ERA_ROW + 1, h = ERA_ROW - 3;
    if (end <= g.left || x >= g.width) continue;
    const w = Math.max(2, end - x);
    ctx.fillStyle = C.band;
    ctx.fillRect(x, y, w, h);
    ctx.strokeStyle = C.line;
    eraHatch(ctx, era.kind, x, y, w, h);
    ctx.strokeStyle = C.muted;
    ctx.strokeRect(x + 0.5, y + 0.5, w - 1, h - 1);
    const label = measure(era.title) <= room ? { text: era.title, width: measure(era.title) } : shortened(era.title, room, measure, 30);
    if (!label) continue;
    ctx.fillStyle = C.band;
    ctx.fillRect(x + 3, y + 1, label.width + 5, h - 2); // no hatch behind letters
    ctx.fillStyle = C.text;
    ctx.fillText(label.text, x + 5, y + h / 2 + 0.5);
  }
}

export function drawAxis(ctx, g, C, relative) {
  const room = g.width - g.left, base = g.height - AXIS;
  const { ticks, context } = relative ? relativeTicks(g.d0, g.d1, room) : calendarTicks(g.d0, g.d1, room);
  ctx.strokeStyle = C.line;
  ctx.lineWidth = 1;
  ctx.beginPath();
  for (const t of ticks) { const x = Math.round(toX(g, t.day)) + 0.5; ctx.moveTo(x, g.top); ctx.lineTo(x, base + 5); }
  ctx.stroke();
  ctx.strokeStyle = C.muted;
  ctx.beginPath(); ctx.moveTo(g.left, base + 0.5); ctx.lineTo(g.width, base + 0.5);
  for (const t of context) { const x = Math.round(toX(g, t.day)) + 0.5; if (x > g.left) { ctx.moveTo(x, base); ctx.lineTo(x, g.height - 2); } }
  ctx.stroke();
  ctx.fillStyle = C.text;
  for (const t of ticks) { const x = toX(g, t.day); if (x + 3 + ctx.measureText(t.label).width < g.width) ctx.fillText(t.label, x + 3, base + 12); }
  ctx.fillStyle = C.muted;
  context.forEach((t, i) => {
    const x = Math.max(g.left, toX(g, t.day)), next = context[i + 1] ? toX(g, context[i + 1].day) : g.width;
    if (next - x > ctx.measureText(t.label).width + 8) ctx.fillText(t.label, x + 4, base + 29);
  });
  if (!context.length) ctx.fillText(relative ? "time since day 0" : "year (proleptic Gregorian calendar)", g.left + 4, base + 29);
}

export function drawLines(ctx, g, C, shown) {
  const upright = (day, label, dash) => {
    const x = Math.round(toX(g, day)) + 0.5;
    if (x < g.left || x > g.width) return;
    ctx.strokeStyle = C.accent; ctx.lineWidth = 2; ctx.setLineDash(dash);
    ctx.beginPath(); ctx.moveTo(x, g.top); ctx.lineTo(x, g.height - AXIS); ctx.stroke();
    ctx.setLineDash([]);
    const w = ctx.measureText(label).width + 8, at = x + w > g.width ? x - w : x;
    ctx.fillStyle = C.accent; ctx.fillRect(at, g.height - AXIS - 16, w, 16);
    ctx.fillStyle = C.page; ctx.fillText(label, at + 4, g.height - AXIS - 8);
  };
  if (shown.zero) upright(0, "day 0", []);
  else if (shown.asOf !== null) upright(shown.asOf + 1, `as of ${dayInWords(shown.asOf)}`, [6, 4]);
}
