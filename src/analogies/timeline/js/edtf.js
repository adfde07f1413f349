// Reads the kit's EDTF profile for the student's own events, in a page where no Python runs.
import {daysFromCivil, dayInWords, civilFromDays, readPeriod, MONTHS} from "./time.js";
import {max} from "./scale.js";

export const BIT = { interval: 1, approxA: 2, approxB: 4, doubtA: 8, doubtB: 16, ongoing: 32, noEnd: 64, noStart: 128, own: 256 };
const MARKS = { "~": BIT.approxA, "?": BIT.doubtA, "%": BIT.approxA | BIT.doubtA }; // twice that for the end of an interval
const SEASONS = { 3: "spring", 6: "summer", 9: "autumn", 12: "winter" }; // by the month in which they begin

// One end of a date -> {first, last, p: precision (0 day, 1 month, 2 season, 3 year, 4 decade, 5 century), bits, words}, or null.
function readEnd(text) {
  const [, date, y, part, mark] = /^((\d\d\d\d|\d\d\dX|\d\dXX)(-\d\d)?(?:-\d\d)?)([?~%]?)$/.exec(text) || [], bits = MARKS[mark] || 0;
  if (!date) return null;
  const digits = y.indexOf("X"), year = +y.replace(/X/g, 0), season = -20 - part; // "-21" is spring, March to May; winter runs into the next year
  let days = readPeriod(date), p = [3, 1, 0][date.split("-").length - 1];
  if (digits > 0) { const next = year + 10 ** (4 - digits); days = part || next < 2 ? null : [daysFromCivil(max(1, year)), daysFromCivil(next) - 1]; p = 7 - digits; }
  else if (season > 0 && season < 5 && date.length === 7) { days = [0, 3].map(more => daysFromCivil(year, more + 3 * season) - (more && 1)); p = 2; }
  return days && { first: days[0], last: days[1], p, bits, words: endInWords(days[0], p, bits) };
}

// EDTF text -> {a0, a1, b0, b1, pa, pb, flags, words}; null when the text is not in the profile.
export function readDate(text) {
  const parts = text.split("/").map(part => part.trim()), [a, b] = parts.map(readEnd), [start, finish] = parts, single = parts.length === 1;
  const open = end => end === "" || end === "..";
  if (single ? !a : parts.length > 2 || (!a && !open(start)) || (!b && !open(finish)) || (!a && !b) || b?.last < a?.first) return null;
  const end = single ? a : b, flags = (a ? a.bits : BIT.noStart) | (end ? end.bits << 1 : finish ? BIT.ongoing : BIT.noEnd) | (single ? 0 : BIT.interval);
  return { a0: a?.first ?? null, a1: a?.last ?? null, b0: end?.first ?? null, b1: end?.last ?? null, pa: a?.p || 0, pb: end?.p || 0, flags,
    words: single ? a.words : !a ? `until ${b.words}${start ? "" : ", start unknown"}` : b ? `${a.words} to ${b.words}` : finish ? `since ${a.words}` : `from ${a.words}, end unknown` };
}

// A date of the given precision that starts on `day`, in words; of the bits only those of a start are looked at.
export function endInWords(day, precision, bits) {
  const { y, m } = civilFromDays(day), month = MONTHS[m - 1];
  return (bits & BIT.doubtA ? "perhaps " : "") + (bits & BIT.approxA ? "about " : "")
    + [dayInWords(day), `${month} ${y}`, `${SEASONS[m] || month} ${y}`, y, y % 100 < 10 ? `the decade ${y}\u2013${y + 9}` : `the ${y}s`, `the years ${y}\u2013${y + 99}`][precision];
}
