import test from "node:test";
import assert from "node:assert/strict";
import fs from "node:fs";
import { civilFromDays, daysFromCivil, calendarTicks, relativeTicks, readPeriod, dayInWords, distanceInWords } from "../../src/analogies/timeline/js/time.js";

const DAY = 864e5;

test("a civil date agrees with JavaScript's own Date on every day from 1890 to 2110", () => {
  for (let day = daysFromCivil(1890); day < daysFromCivil(2110); day++) {
    const d = new Date(day * DAY), c = civilFromDays(day);
    assert.deepEqual([c.y, c.m, c.d], [d.getUTCFullYear(), d.getUTCMonth() + 1, d.getUTCDate()]);
    assert.equal(daysFromCivil(c.y, c.m, c.d), day);
  }
});

test("a civil date agrees with Python's ordinals from year 1 to 9999", () => {
  const pairs = JSON.parse(fs.readFileSync(new URL("../fixtures/timeline/civil_days.json", import.meta.url), "utf8"));
  assert.ok(pairs.length > 1000);
  for (const [iso, day] of pairs) {
    const [y, m, d] = iso.split("-").map(Number);
    assert.equal(daysFromCivil(y, m, d), day, iso);
    const c = civilFromDays(day);
    assert.deepEqual([c.y, c.m, c.d], [y, m, d], iso);
  }
});

test("ticks lie inside the window, in order, and leave room for their labels, from days to centuries", () => {
  for (const span of [3, 10, 40, 90, 200, 800, 4000, 20000, 90000, 700000]) for (const from of [-400000, -53000, 0, 16000.4]) for (const [make, gap] of [[calendarTicks, 62], [relativeTicks, 74]]) {
    const pixels = 900, { ticks } = make(from, from + span, pixels);
    assert.ok(ticks.length >= 1, `${make.name} ${from} ${span}`);
    ticks.forEach((t, i) => {
      assert.ok(t.day >= from && t.day < from + span);
      if (i) assert.ok(((t.day - ticks[i - 1].day) * pixels) / span >= gap * 0.55, `${make.name} ${from} ${span} ${t.label}`);
    });
  }
});

test("a year tick stands on the first of January and is named by its year", () => {
  const { ticks } = calendarTicks(daysFromCivil(1800), daysFromCivil(2000), 900);
  for (const t of ticks) assert.deepEqual(civilFromDays(t.day), { y: +t.label, m: 1, d: 1 });
});

test("the context row names the month of daily ticks and the year of monthly ones", () => {
  assert.deepEqual(calendarTicks(daysFromCivil(2015, 9, 25), daysFromCivil(2015, 10, 5), 900).context.map(c => c.label), ["September 2015", "October 2015"]);
  assert.deepEqual(calendarTicks(daysFromCivil(2015, 6), daysFromCivil(2016, 6), 900).context.map(c => c.label), ["2015", "2016"]);
});

test("relative ticks are counted from day 0 on both sides", () => {
  const labels = relativeTicks(-100, 100, 900).ticks.map(t => t.label);
  assert.ok(labels.includes("day 0") && labels.some(l => l.startsWith("+")) && labels.some(l => l.startsWith("\u2212")));
});

test("a period is read to its first and last day, and nonsense is refused", () => {
  assert.deepEqual(readPeriod("2016-02").map(dayInWords), ["1 February 2016", "29 February 2016"]);
  assert.deepEqual(readPeriod("1900").map(dayInWords), ["1 January 1900", "31 December 1900"]);
  for (const bad of ["", "2015-13", "2015-02-29", "0000", "30.9.2015", "soon"]) assert.equal(readPeriod(bad), null, bad);
});

test("a distance is exact in days and about in months and years", () => {
  assert.equal(distanceInWords(0), "on day 0");
  assert.equal(distanceInWords(-1), "1 day before day 0");
  assert.equal(distanceInWords(365), "about 12 months after day 0");
  assert.equal(distanceInWords(3653), "about 10 years after day 0");
});
