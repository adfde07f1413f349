// Days since 1970-01-01 and civil dates (proleptic Gregorian), written dates, ticks of the axis.
import {abs, ceil, floor, round} from "./scale.js";

export const MONTHS = "January February March April May June July August September October November December".split(" ");
const YEAR = 365.2425, DAY = 864e5;

// Through the browser's own calendar, in UTC and by setters: so that no time zone and no two-digit-year rule can change a day. A month
// outside 1..12 counts on into the years around.
export const daysFromCivil = (y, m = 1, d = 1) => new Date(0).setUTCFullYear(y, m - 1, d) / DAY;

const dateOf = day => new Date(floor(day) * DAY);

export function civilFromDays(day) {
  const date = dateOf(day);
  return { y: date.getUTCFullYear(), m: date.getUTCMonth() + 1, d: date.getUTCDate() };
}

export function dayInWords(day) {
  const { y, m, d } = civilFromDays(day);
  return `${d} ${MONTHS[m - 1]} ${y}`;
}

export const dayAsISO = day => dateOf(day).toISOString().slice(0, 10);

// "2015", "2015-09" or "2015-09-30" -> [first day, last day], null when it is no date: the calendar then gives back another one.
export function readPeriod(text) {
  const [whole, y, m, d] = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/.exec(text.trim()) || [], first = daysFromCivil(+y, +(m ?? 1), +(d ?? 1));
  return +y && dayAsISO(first).startsWith(whole) ? [first, (d ? first + 1 : m ? daysFromCivil(+y, +m + 1) : daysFromCivil(+y + 1)) - 1] : null;
}

// 12345 -> "12,345". The browser's own way loads its tables of languages first, which takes longer than the whole drawing.
export const grouped = n => String(n).replace(/\B(?=(\d{3})+$)/g, ",");

const counted = (n, unit) => `${grouped(n)} ${unit}${n === 1 ? "" : "s"}`;

// -1 -> "\u22121 day"
export const signed = (n, unit) => (n < 0 ? "\u2212" : "+") + counted(abs(n), unit);

// "40 days after day 0"; months and years are the mean Gregorian ones, hence "about".
export function distanceInWords(days) {
  const n = round(days), far = abs(n);
  const [about, size, unit] = far < 60 ? ["", 1, "day"] : far < 730 ? ["about ", YEAR / 12, "month"] : ["about ", YEAR, "year"];
  return n ? `${about}${counted(round(far / size), unit)} ${n < 0 ? "before" : "after"} day 0` : "on day 0";
}

const LENGTH = { day: 1, month: YEAR / 12, year: YEAR };
const STEPS = Object.entries({ day: [1, 2, 7, 14], month: [1, 3, 6], year: [1, 2, 5, 10, 20, 25, 50, 100, 200, 500, 1000] }).flatMap(([unit, counts]) => counts.map(n => [unit, n]));

const chooseStep = (span, pixels, gap) => STEPS.find(([unit, n]) => (LENGTH[unit] * n * pixels) / span >= gap) || STEPS.at(-1);

// Ticks of calendar time in [d0, d1): {ticks: [{day, label}], context: [{day, label}]}.
// The context row says the month and year (or the year) once, so that tick labels stay short.
export function calendarTicks(d0, d1, pixels, gap = 62) {
  const [unit, n] = chooseStep(d1 - d0, pixels, gap), ticks = [], context = [], { y, m } = civilFromDays(d0), step = unit === "year" ? 12 * n : 1;
  const put = (day, label) => day >= d0 && label && ticks.push({ day, label: `${label}` }); // there is no year 0
  for (let at = ceil((12 * y + m - 1) / step) * step, day; (day = daysFromCivil(0, at + 1)) < d1; at += step) { // at: months since the year 0
    const year = floor(at / 12), month = MONTHS[at - 12 * year], next = daysFromCivil(0, at + 2);
    if (unit === "year") put(day, year);
    else if (unit === "month") {
      if (day <= d0 || month === MONTHS[0]) context.push({ day, label: `${year}` });
      if (at % n === 0) put(day, month.slice(0, 3));
    } else {
      context.push({ day, label: `${month} ${year}` });
      // a step of a week or two starts again each month, and leaves no stump before the next one
      for (let d = day; d < next && d < d1; d += n) if (n < 7 || next - d >= n * 0.6) put(d, 1 + d - day);
    }
  }
  return { ticks, context };
}

// Ticks of time since day 0; the same form, no context row.
export function relativeTicks(d0, d1, pixels, gap = 74) {
  const [unit, n] = chooseStep(d1 - d0, pixels, gap), size = LENGTH[unit] * n, ticks = [];
  for (let k = ceil(d0 / size); k * size < d1; k++) ticks.push({ day: k * size, label: k ? signed(k * n, unit) : "day 0" });
  return { ticks, context: [] };
}
