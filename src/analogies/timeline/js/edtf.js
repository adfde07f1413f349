// Reads the kit's EDTF profile for the student's own events, in a page where no Python runs.
import {daysFromCivil, monthStart, dayInWords, civilFromDays, readPeriod, MONTHS} from "./time.js";
import {max} from "./scale.js";

export const BIT = { interval: 1, approxA: 2, approxB: 4, doubtA: 8, doubtB: 16, ongoing: 32, noEnd: 64, noStart: 128, own: 256 };
const MARKS = { "~": BIT.approxA, "?": BIT.doubtA, "%": BIT.approxA | BIT.doubtA }; // twice that for the end of an interval

// One end of a date -> {first, last, p: precision (0 day, 1 month, 2 season, 3 year, 4 decade, 5 century), bits}, or null.
function readEnd(text) {
  const hit = /^(\d{2}XX|\d{3}X|\d{4}(?:-\d\d(?:-\d\d)?)?)([?~%]?)$/.exec(text.trim());
  if (!hit) return null;
  const date = hit[1], bits = MARKS[hit[2]] || 0, season = /^(\d{4})-2([1-4])$/.exec(date);
  if (date.includes("X")) {
    const century = date.endsWith("XX"), y = +date.replace(/X/g, "0"), next = y + (century ? 100 : 10);
    return next > 1 ? { first: daysFromCivil(max(1, y)), last: daysFromCivil(next) - 1, p: century ? 5 : 4, bits } : null;
  }
  if (season) {
    const y = +season[1], m = 3 * season[2]; // spring is March to May; winter runs into the next year
    return { first: daysFromCivil(y, m), last: monthStart(y, m + 3) - 1, p: 2, bits };
  }
  const days = readPeriod(date);
  return days && { first: days[0], last: days[1], p: [3, 1, 0][date.split("-").length - 1], bits };
}

// EDTF text -> {a0, a1, b0, b1, pa, pb, flags, words}; null when the text is not in the profile.
export function readDate(text) {
  const parts = String(text).trim().split("/").map(part => part.trim()), [start, finish] = parts, words = end => end && endInWords(end.first, end.p, end.bits);
  if (parts.length > 2) return null;
  const open = parts.map(part => part === "" || part === ".."), [a, b] = parts.map((part, i) => (open[i] ? null : readEnd(part)));
  if (parts.length === 1) return a && { a0: a.first, a1: a.last, b0: a.first, b1: a.last, pa: a.p, pb: a.p, flags: a.bits | (a.bits << 1), words: words(a) };
  if ((!a && !open[0]) || (!b && !open[1]) || (open[0] && open[1]) || (a && b && b.last < a.first)) return null;
  const flags = BIT.interval | (a ? a.bits : BIT.noStart) | (b ? b.bits << 1 : finish ? BIT.ongoing : BIT.noEnd), from = words(a), to = words(b);
  return { a0: a && a.first, a1: a && a.last, b0: b && b.first, b1: b && b.last, pa: a ? a.p : 0, pb: b ? b.p : 0, flags,
    words: !a ? `until ${to}${start ? "" : ", start unknown"}` : b ? `${from} to ${to}` : finish ? `since ${from}` : `from ${from}, end unknown` };
}

// A date of the given precision that starts on `day`, in words; of the bits only those of a start are looked at.
export function endInWords(day, precision, bits) {
  const { y, m } = civilFromDays(day), lead = (bits & BIT.doubtA ? "perhaps " : "") + (bits & BIT.approxA ? "about " : "");
  const season = { 3: "spring", 6: "summer", 9: "autumn", 12: "winter" };
  return lead + [() => dayInWords(day), () => `${MONTHS[m - 1]} ${y}`, () => `${season[m] || MONTHS[m - 1]} ${y}`, () => String(y),
    () => (y % 100 < 10 ? `the decade ${y}\u2013${y + 9}` : `the ${y}s`), () => `the years ${y}\u2013${y + 99}`][precision]();
}
