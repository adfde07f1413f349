// Days since 1970-01-01 and civil dates (proleptic Gregorian), written dates, ticks of the axis.
import {abs, ceil, floor, round} from "./scale.js";

export const MONTHS = "January February March April May June July August September October November December".split(" ");
export const YEAR = 365.2425;

// The algorithms of Howard Hinnant's "chrono-compatible low-level date algorithms": whole numbers only,
// so that no time zone and no two-digit-year rule of JavaScript's Date can change a day.
export function daysFromCivil(y, m = 1, d = 1) {
  const yy = m <= 2 ? y - 1 : y, era = floor(yy / 400), yoe = yy - era * 400;
  const doy = floor((153 * (m + (m > 2 ? -3 : 9)) + 2) / 5) + d - 1;
  return era * 146097 + yoe * 365 + floor(yoe / 4) - floor(yoe / 100) + doy - 719468;
}

export function civilFromDays(days) {
  const z = floor(days) + 719468, era = floor(z / 146097), doe = z - era * 146097;
  const yoe = floor((doe - floor(doe / 1460) + floor(doe / 36524) - floor(doe / 146096)) / 365);
  const doy = doe - (365 * yoe + floor(yoe / 4) - floor(yoe / 100)), mp = floor((5 * doy + 2) / 153);
  const m = mp < 10 ? mp + 3 : mp - 9;
  return { y: yoe + era * 400 + (m <= 2 ? 1 : 0), m, d: doy - floor((153 * mp + 2) / 5) + 1 };
}

// First day of a month that may lie outside 1..12: month 13 is January of the next year.
export const monthStart = (y, m) => daysFromCivil(y + floor((m - 1) / 12), ((((m - 1) % 12) + 12) % 12) + 1, 1);

export function dayInWords(day) {
  const { y, m, d } = civilFromDays(day);
  return `${d} ${MONTHS[m - 1]} ${y}`;
}

export function dayAsISO(day) {
  const { y, m, d } = civilFromDays(day), two = n => String(n).padStart(2, "0");
  return `${String(y).padStart(4, "0")}-${two(m)}-${two(d)}`;
}

// "2015", "2015-09" or "2015-09-30" -> [first day, last day], null when it is no date.
export function readPeriod(text) {
  const hit = /^\s*(\d{4})(?:-(\d\d)(?:-(\d\d))?)?\s*$/.exec(text);
  if (!hit || +hit[1] < 1) return null;
  const y = +hit[1], m = hit[2] && +hit[2], d = hit[3] && +hit[3];
  if (m === undefined) return [daysFromCivil(y), daysFromCivil(y + 1) - 1];
  if (m < 1 || m > 12) return null;
  const first = daysFromCivil(y, m), last = monthStart(y, m + 1) - 1;
  if (d === undefined) return [first, last];
  return d < 1 || first + d - 1 > last ? null : [first + d - 1, first + d - 1];
}

// 12345 -> "12,345". The browser's own way loads its tables of languages first, which takes longer than the whole drawing.
export const grouped = n => String(n).replace(/\B(?=(\d{3})+$)/g, ",");

// "40 days after day 0"; months and years are the mean Gregorian ones, hence "about".
export function distanceInWords(days, zero = "day 0") {
  const n = round(days), far = abs(n), side = n < 0 ? "before" : "after";
  if (!n) return `on ${zero}`;
  const count = (k, unit) => `${k} ${unit}${k === 1 ? "" : "s"} ${side} ${zero}`;
  if (far < 60) return count(far, "day");
  if (far < 730) return "about " + count(round(far / (YEAR / 12)), "month");
  return "about " + count(round(far / YEAR), "year");
}

const STEPS = [["day", 1], ["day", 2], ["day", 7], ["day", 14], ["month", 1], ["month", 3], ["month", 6],
  ...[1, 2, 5, 10, 20, 25, 50, 100, 200, 500, 1000].map(n => ["year", n])];
const LENGTH = { day: 1, month: YEAR / 12, year: YEAR };

function chooseStep(span, pixels, gap) {
  return STEPS.find(([unit, n]) => (LENGTH[unit] * n * pixels) / span >= gap) || STEPS[STEPS.length - 1];
}

// Ticks of calendar time in [d0, d1): {unit, ticks: [{day, label}], context: [{day, label}]}.
// The context row says the month and year (or the year) once, so that tick labels stay short.
export function calendarTicks(d0, d1, pixels, gap = 62) {
  const [unit, n] = chooseStep(d1 - d0, pixels, gap), ticks = [], context = [], a = civilFromDays(d0);
  if (unit === "year") {
    for (let y = ceil(a.y / n) * n || n; ; y += n) {
      const day = daysFromCivil(y);
      if (day >= d1) break;
      if (day >= d0) ticks.push({ day, label: String(y) });
    }
    return { unit, ticks, context };
  }
  for (let k = 0; ; k++) {
    const day = monthStart(a.y, a.m + k);
    if (day >= d1) break;
    const c = civilFromDays(day), next = monthStart(c.y, c.m + 1);
    if (unit === "day") {
      context.push({ day, label: `${MONTHS[c.m - 1]} ${c.y}` });
      // a step of a week or two starts again each month, and leaves no stump before the next one
      for (let d = day; d < next && d < d1; d += n) {
        if (d >= d0 && (n < 7 || next - d >= n * 0.6)) ticks.push({ day: d, label: String(1 + d - day) });
      }
    } else {
      if (k === 0 || c.m === 1) context.push({ day, label: String(c.y) });
      if ((c.m - 1) % n === 0 && day >= d0) ticks.push({ day, label: MONTHS[c.m - 1].slice(0, 3) });
    }
  }
  return { unit, ticks, context };
}

// Ticks of time since day 0; the same form, no context row.
export function relativeTicks(d0, d1, pixels, gap = 74) {
  const [unit, n] = chooseStep(d1 - d0, pixels, gap), size = LENGTH[unit] * n, ticks = [];
  for (let k = ceil(d0 / size); k * size < d1; k++) {
    const m = k * n, sign = m < 0 ? "\u2212" : "+";
    ticks.push({ day: k * size, label: m ? `${sign}${abs(m)} ${unit}${abs(m) === 1 ? "" : "s"}` : "day 0" });
  }
  return { unit, ticks, context: [] };
}
