// Reads the kit's EDTF profile for the student's own events, in a page where no Python runs.
import {daysFromCivil, monthStart, dayInWords, civilFromDays, readPeriod, MONTHS} from "./time.js";

const PRECISION = { day: 0, month: 1, season: 2, year: 3, decade: 4, century: 5 };
export const BIT = { interval: 1, approxA: 2, approxB: 4, doubtA: 8, doubtB: 16, ongoing: 32, noEnd: 64, noStart: 128, own: 256 };

// One end of a date -> {first, last, precision, approx, doubt}, or null.
function readEnd(text) {
  const hit = /^(\d{2}XX|\d{3}X|\d{4}(?:-\d\d(?:-\d\d)?)?)([?~%]?)$/.exec(text.trim());
  if (!hit) return null;
  const [, date, mark] = hit, quality = { approx: mark === "~" || mark === "%", doubt: mark === "?" || mark === "%" };
  if (date.includes("X")) {
    const width = date.endsWith("XX") ? 100 : 10, y = +date.replace(/X/g, "0");
    if (y + width - 1 < 1) return null;
    return { first: daysFromCivil(Math.max(1, y)), last: daysFromCivil(y + width) - 1, precision: width === 100 ? "century" : "decade", ...quality };
  }
  const season = /^(\d{4})-2([1-4])$/.exec(date);
  if (season) {
    const m = 3 * +season[2]; // spring is March to May; winter runs into the next year
    return { first: daysFromCivil(+season[1], m), last: monthStart(+season[1], m + 3) - 1, precision: "season", ...quality };
  }
  const days = readPeriod(date);
  return days && { first: days[0], last: days[1], precision: ["year", "month", "day"][date.split("-").length - 1], ...quality };
}

// EDTF text -> {a0, a1, b0, b1, pa, pb, flags, words}; null when the text is not in the profile.
export function readDate(text) {
  const parts = String(text).trim().split("/");
  if (parts.length > 2) return null;
  if (parts.length === 1) {
    const end = readEnd(parts[0]);
    if (!end) return null;
    const flags = (end.approx ? BIT.approxA | BIT.approxB : 0) | (end.doubt ? BIT.doubtA | BIT.doubtB : 0), p = PRECISION[end.precision];
    return { a0: end.first, a1: end.last, b0: end.first, b1: end.last, pa: p, pb: p, flags, words: endInWords(end.first, p, flags & 2, flags & 8) };
  }
  const open = parts.map(part => part.trim() === "" || part.trim() === "..");
  const [a, b] = parts.map((part, i) => (open[i] ? null : readEnd(part)));
  if ((!a && !open[0]) || (!b && !open[1]) || (open[0] && open[1]) || (a && b && b.last < a.first)) return null;
  const flags = BIT.interval | (a ? (a.approx ? BIT.approxA : 0) | (a.doubt ? BIT.doubtA : 0) : BIT.noStart)
    | (b ? (b.approx ? BIT.approxB : 0) | (b.doubt ? BIT.doubtB : 0) : parts[1].trim() ? BIT.ongoing : BIT.noEnd);
  const pa = a ? PRECISION[a.precision] : 0, pb = b ? PRECISION[b.precision] : 0;
  const from = a && endInWords(a.first, pa, a.approx, a.doubt), to = b && endInWords(b.first, pb, b.approx, b.doubt);
  const words = !a ? `until ${to}${parts[0].trim() ? "" : ", start unknown"}` : b ? `${from} to ${to}` : flags & BIT.ongoing ? `since ${from}` : `from ${from}, end unknown`;
  return { a0: a && a.first, a1: a && a.last, b0: b && b.first, b1: b && b.last, pa, pb, flags, words };
}

// A date of the given precision that starts on `day`, in words.
export function endInWords(day, precision, approx, doubt) {
  const { y, m } = civilFromDays(day), lead = (doubt ? "perhaps " : "") + (approx ? "about " : "");
  const season = { 3: "spring", 6: "summer", 9: "autumn", 12: "winter" };
  const words = [() => dayInWords(day), () => `${MONTHS[m - 1]} ${y}`, () => `${season[m] || MONTHS[m - 1]} ${y}`, () => String(y),
    () => (y % 100 < 10 ? `the decade ${y}\u2013${y + 9}` : `the ${y}s`), () => `the years ${y}\u2013${y + 99}`][precision];
  return lead + words();
}
