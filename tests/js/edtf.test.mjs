import test from "node:test";
import assert from "node:assert/strict";
import { readDate, BIT } from "../../src/analogies/timeline/js/edtf.js";
import fs from "node:fs";
import { dayAsISO } from "../../src/analogies/timeline/js/time.js";

const bounds = text => { const d = readDate(text); return ["a0", "a1", "b0", "b1"].map(k => d[k] === null ? null : dayAsISO(d[k])); };

test("a date keeps the precision in which it is written", () => {
  assert.deepEqual(bounds("1823-12-02"), Array(4).fill("1823-12-02"));
  assert.deepEqual(bounds("1904-02"), ["1904-02-01", "1904-02-29", "1904-02-01", "1904-02-29"]);
  assert.deepEqual(bounds("190X"), ["1900-01-01", "1909-12-31", "1900-01-01", "1909-12-31"]);
  assert.deepEqual(["1823-12-02", "1904-05", "2001-21", "1904", "190X", "19XX"].map(t => readDate(t).pa), [0, 1, 2, 3, 4, 5]);
});

test("about and perhaps are told apart, at each end of an interval", () => {
  assert.equal(readDate("2012~").flags, BIT.approxA | BIT.approxB);
  assert.equal(readDate("1985?").flags, BIT.doubtA | BIT.doubtB);
  assert.equal(readDate("1985%").flags, BIT.approxA | BIT.approxB | BIT.doubtA | BIT.doubtB);
  assert.equal(readDate("1981~/1988?").flags, BIT.interval | BIT.approxA | BIT.doubtB);
});

test("an open end, an unknown end and an unknown start are three things, and none gets an invented date", () => {
  assert.equal(readDate("1979/..").flags, BIT.interval | BIT.ongoing);
  assert.equal(readDate("1979/").flags, BIT.interval | BIT.noEnd);
  assert.equal(readDate("/1979").flags, BIT.interval | BIT.noStart);
  assert.deepEqual(bounds("1979/"), ["1979-01-01", "1979-12-31", null, null]);
});

test("a date is put in words", () => {
  assert.deepEqual(["2015-09-30", "2015-07~", "1985?", "1981-03/1988-03", "1979/..", "1823-12-02/", "197X"].map(t => readDate(t).words),
    ["30 September 2015", "about July 2015", "perhaps 1985", "March 1981 to March 1988", "since 1979", "from 2 December 1823, end unknown", "the 1970s"]);
});

test("what is no date in the profile is refused", () => {
  for (const bad of ["", "soon", "30.9.2015", "2015-02-30", "2015/2014", "../..", "/", "1/2/3", "20155", "<script>"]) assert.equal(readDate(bad), null, bad);
});

test("bounds, marks and words are those that Python reads", () => {
  const { dates } = JSON.parse(fs.readFileSync(new URL("../fixtures/timeline/dates.json", import.meta.url), "utf8"));
  for (const want of dates) assert.deepEqual({ bounds: bounds(want.edtf), flags: readDate(want.edtf).flags, words: readDate(want.edtf).words }, { bounds: want.bounds, flags: want.flags, words: want.words }, want.edtf);
});
