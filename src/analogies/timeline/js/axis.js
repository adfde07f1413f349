// The background of the picture: era bands, grid, time axis, and the lines of day 0 and of "as of".
import {calendarTicks, relativeTicks, civilFromDays, dayInWords} from "./time.js";
import {toX, ceil, floor, max, min, round} from "./scale.js";
import {filled, framed, line, uprights, written} from "./paint.js";

export const AXIS = 40, ERA_ROW = 17;

// Rows for era bands, which may overlap: first free row, depends on the days alone. As in bands.py a band that ends on the day
// on which the next begins leaves it its row, and a band has a letter for where its name has no room.
export function eraRows(eras) {
  const free = [], year = day => civilFromDays(day).y, letterOf = i => (i > 25 ? letterOf(floor(i / 26) - 1) : "") + String.fromCharCode(65 + (i % 26));
  const placed = [...eras].sort((a, b) => a.lo - b.lo).map((era, i) => {
    const found = free.findIndex(day => day - 1.5 <= era.lo), row = found < 0 ? free.length : found, first = year(era.lo), last = era.open ? "" : year(era.hi - 1), letter = letterOf(i);
    free[row] = era.hi;
    return { ...era, row, letter, key: `${letter}: ${era.title} (${first}${last === first ? "" : `\u2013${last}`})` };
  });
  return { placed, rows: free.length };
}

// War: slanting strokes; presidency or government: plain; anything else: upright strokes.
export function drawBand(ctx, C, kind, x, y, w, h) {
  const slant = kind === "war" ? h : 0, xs = [];
  filled(ctx, C.band, x, y, w, h);
  if (!/presid|govern/.test(kind)) for (let i = ceil(x / 9) * 9; i + slant <= x + w; i += 9) xs.push(i);
  uprights(ctx, C.line, xs, y + h, y, slant);
  framed(ctx, C.muted, x + 0.5, y + 0.5, w - 1, h - 1);
}

// Gives the bands in the window that have only their letter: the legend says what they are.
export function drawEras(ctx, g, eras, C, measure) {
  ctx.lineWidth = 1;
  return eras.placed.flatMap(({ lo, hi, row, title, letter, kind, key }) => {
    const x = max(g.left, toX(g, lo)), end = min(g.width, toX(g, hi)), y = row * ERA_ROW + 1, h = ERA_ROW - 3, w = max(2, end - x);
    if (end <= g.left || x >= g.width) return [];
    const text = [title, letter].find(one => measure(one) <= w - 10);
    drawBand(ctx, C, kind, x, y, w, h);
    if (text) {
      filled(ctx, C.band, x + 3, y + 1, measure(text) + 5, h - 2); // no hatch behind letters
      written(ctx, C.text, text, x + 5, y + h / 2 + 0.5);
    }
    return text === title ? [] : [key];
  });
}

export function drawAxis(ctx, g, C, relative, measure) {
  const room = g.width - g.left, base = g.height - AXIS, at = day => toX(g, day), crisp = ({ day }) => round(at(day)) + 0.5;
  const { ticks, context } = (relative ? relativeTicks : calendarTicks)(g.d0, g.d1, room);
  ctx.lineWidth = 1;
  uprights(ctx, C.line, ticks.map(crisp), g.top, base + 5);
  uprights(ctx, C.muted, context.map(crisp).filter(x => x > g.left), base, g.height - 2);
  line(ctx, g.left, base + 0.5, g.width, base + 0.5);
  for (const { day, label } of ticks) if (at(day) + 3 + measure(label) < g.width) written(ctx, C.text, label, at(day) + 3, base + 12);
  const below = (label, x) => written(ctx, C.muted, label, x + 4, base + 29);
  context.forEach(({ day, label }, i) => {
    const x = max(g.left, at(day));
    if ((context[i + 1] ? at(context[i + 1].day) : g.width) - x > measure(label) + 8) below(label, x);
  });
  if (!context.length) below(relative ? "time since day 0" : "year (proleptic Gregorian calendar)", g.left);
}

// The line of day 0, or of "as of".
export function drawLines(ctx, g, C, { zero, asOf }, measure) {
  const x = round(toX(g, zero ? 0 : asOf + 1)) + 0.5, label = zero ? "day 0" : asOf < Infinity && `as of ${dayInWords(asOf)}`, foot = g.height - AXIS;
  if (!label || x < g.left || x > g.width) return;
  ctx.lineWidth = 2; ctx.setLineDash(zero ? [] : [6, 4]);
  uprights(ctx, C.accent, [x], g.top, foot);
  ctx.setLineDash([]);
  const w = measure(label) + 8, at = x + w > g.width ? x - w : x;
  filled(ctx, C.accent, at, foot - 16, w, 16);
  written(ctx, C.page, label, at + 4, foot - 8);
}
