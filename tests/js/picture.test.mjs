import test from "node:test";
import assert from "node:assert/strict";
import { readEvents } from "../../src/analogies/timeline/js/events.js";
import { select } from "../../src/analogies/timeline/js/filter.js";
import { makeLanes, readingOrder, neighbour, packRows, NO_ROW } from "../../src/analogies/timeline/js/lanes.js";
import { placeLabels, clipped } from "../../src/analogies/timeline/js/labels.js";
import { bins, binDays } from "../../src/analogies/timeline/js/bins.js";
import { clamped, zoomed, fitted } from "../../src/analogies/timeline/js/scale.js";
import { drawPicture, wantRows } from "../../src/analogies/timeline/js/draw.js";
import { svgContext } from "../../src/analogies/timeline/js/svg.js";
import { eraRows, drawEras } from "../../src/analogies/timeline/js/axis.js";
import { makePalette, themeColours, OKABE_ITO } from "../../src/analogies/timeline/js/palette.js";
import { payloadOf, chance } from "./columns.mjs";

const measure = text => text.length * 6.1;
const LIGHT = makePalette({ page: "#ffffff", text: "#1f1f1f", muted: "#555555", line: "#d5d5d5", accent: "#0b57a4" });
const DARK = makePalette({ page: "#161616", text: "#eeeeee", muted: "#bdbdbd", line: "#4a4a4a", accent: "#7cc4ff" });
const light = hex => [1, 3, 5].reduce((sum, i, n) => { const v = parseInt(hex.slice(i, i + 2), 16) / 255; return sum + [0.2126, 0.7152, 0.0722][n] * (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4); }, 0.05);
const contrast = (a, b) => Math.max(light(a), light(b)) / Math.min(light(a), light(b)); // as WCAG defines it
const two = n => String(n).padStart(2, "0");

function many(n, seed = 1) {
  const r = chance(seed), date = () => `${1900 + Math.floor(r() * 120)}-${two(1 + Math.floor(r() * 12))}-${two(1 + Math.floor(r() * 28))}`;
  return payloadOf(Array.from({ length: n }, (_, i) => {
    const k = r(), a = date(), b = date();
    return { title: "word ".repeat(1 + Math.floor(r() * 20)) + `#${i}`, short: `Short ${i}`, themes: [Math.floor(r() * 2)], case: Math.floor(r() * 2), date: k < 0.3 ? [a, b].sort().join("/") : k < 0.4 ? a + "/.." : k < 0.5 ? a.slice(0, 4) + "~" : a };
  }));
}

// Draws into SVG and gives the texts and the hits; lanes as in the widget.
function drawn(payload, state, window, width = 900, height = 400) {
  const E = readEvents(payload), shown = select(E, state), lanes = makeLanes(E, shown, "theme"), texts = [];
  const ctx = svgContext(width, height, { measureText: text => ({ width: measure(text) }) }), fillText = ctx.fillText;
  ctx.fillText = (text, x, y) => { texts.push({ text, x, y, w: measure(text), center: ctx.textAlign === "center", fill: ctx.fillStyle }); fillText(text, x, y); };
  const g = { left: 112, top: 0, width, height, d0: window[0], d1: window[1] };
  wantRows(E, shown, lanes.all, (width - 112) / (window[1] - window[0]));
  const hits = drawPicture(ctx, g, { E, shown, lanes: lanes.all, eras: eraRows([]), C: LIGHT, ink: () => LIGHT.series[0], focus: -1, selected: -1, laneOf: () => 0 });
  return { E, shown, lanes, texts, hits, g, svg: ctx.text("t", "d") };
}

test("no two labels of a row overlap, and none lies on the next mark, whatever the marks", () => {
  const r = chance(7);
  for (let round = 0; round < 3000; round++) {
    const marks = [];
    for (let x = r() * 40, i = 0; i < 12; i++) { const end = x + 8 + r() * 150; marks.push({ x, end, box: r() < 0.5 ? [x + 2, end - 2] : null, long: "x".repeat(1 + r() * 80), short: "y".repeat(1 + r() * 20) }); x = end + r() * 60; }
    const labels = placeLabels(marks, 0, 800, measure), placed = labels.map((l, i) => l && { ...l, i }).filter(Boolean);
    placed.forEach((l, n) => {
      assert.ok(l.x + l.width <= 800 && l.x >= 0);
      if (n) assert.ok(placed[n - 1].x + placed[n - 1].width <= l.x, "two labels overlap");
      marks.forEach((m, i) => { if (i !== l.i) assert.ok(l.x + l.width <= m.x || l.x >= m.end, "a label lies on another mark"); });
    });
  }
});

test("no two texts of the picture overlap at any zoom", () => {
  const payload = many(300), E = readEvents(payload), [lo, hi] = fitted(...E.whole);
  for (let span = hi - lo; span > 5; span /= 1.7) for (const at of [0.2, 0.5, 0.83]) {
    const mid = lo + (hi - lo) * at, { texts } = drawn(payload, {}, [mid - span / 2, mid + span / 2]);
    const boxes = texts.filter(t => t.x >= 112 && t.y < 360 && t.text !== "?").map(t => ({ ...t, a: t.center ? t.x - t.w / 2 : t.x, b: t.center ? t.x + t.w / 2 : t.x + t.w }));
    boxes.forEach((p, i) => boxes.forEach((q, j) => { if (j > i && Math.abs(p.y - q.y) < 12) assert.ok(p.b <= q.a + 0.01 || q.b <= p.a + 0.01, `${p.text} | ${q.text} at span ${span}`); }));
  }
});

test("titles are short when far away and long when near", () => {
  const rows = Array.from({ length: 60 }, (_, i) => ({ title: `A rather long title number ${i}`, short: `T${i}`, date: `${2012 + Math.floor(i / 12)}-${two((i % 12) + 1)}-01` }));
  const payload = payloadOf(rows), long = window => drawn(payload, {}, window).texts.filter(t => t.text.startsWith("A rather long title")).length;
  assert.equal(long([0, 60000]), 0);
  assert.ok(long([16250, 16900]) > 0);
  const near = drawn(payload, {}, [16450, 16610]), all = near.hits.filter(hit => !hit.bin && hit.x < 800).length;
  assert.ok(all >= 4 && long([16450, 16610]) >= all - 1, "nearly every title is whole"); // the last one may stand at the edge
});

test("every event in the window is either drawn or counted in a box, at any zoom", () => {
  const payload = many(500, 3), E = readEvents(payload), [lo, hi] = fitted(...E.whole);
  for (let span = hi - lo; span > 30; span /= 2.3) {
    const window = [(lo + hi) / 2 - span / 2, (lo + hi) / 2 + span / 2], { shown, hits } = drawn(payload, {}, window);
    const counted = new Set(hits.filter(h => !h.bin).map(h => h.j));
    for (let j = 0; j < shown.n; j++) {
      if (shown.lo[j] < window[0] || shown.lo[j] >= window[1] - 2) continue;
      assert.ok(counted.has(j) || hits.some(h => h.bin && h.bin[0] <= shown.lo[j] && h.bin[1] > shown.lo[j]), `event ${j} is nowhere at span ${span}`);
    }
  }
});

test("events that find no row are counted in boxes that open where they begin", () => {
  const payload = payloadOf(Array.from({ length: 9 }, (_, i) => ({ title: `Title ${i}`, short: `T${i}`, date: `2015-06-${two(1 + i)}` }))), { hits, shown } = drawn(payload, {}, [15000, 18000], 900, 120);
  const boxes = hits.filter(h => h.bin), inside = j => boxes.some(h => h.bin[0] <= shown.lo[j] && h.bin[1] > shown.lo[j]);
  assert.ok(boxes.length > 0 && boxes.reduce((sum, h) => sum + h.n, 0) + hits.filter(h => !h.bin).length === 9);
  for (let j = 0; j < 9; j++) assert.ok(hits.some(h => !h.bin && h.j === j) || inside(j));
});

test("bins count every start once and keep their place while the window moves", () => {
  const r = chance(5), lo = Float64Array.from({ length: 5000 }, () => Math.floor(r() * 20000)).sort(), days = binDays(20000, 800, 28);
  assert.equal(bins(lo, -1, 20001, days).reduce((s, b) => s + b.n, 0), 5000);
  const edges = new Set(bins(lo, 0, 20000, days).map(b => b.from));
  for (const b of bins(lo, 137, 15000, days)) assert.ok(edges.has(b.from) && b.from % days === 0);
});

test("rows do not change when the window moves, and no two marks of a row overlap", () => {
  const E = readEvents(many(200, 9)), shown = select(E, {}), lane = makeLanes(E, shown, "theme").all[0], ppd = 0.5, mark = p => 3 + (shown.hi[lane.at[p]] - lane.lo[p]) * ppd;
  const row = packRows(lane, 6, Float64Array.from(lane.lo, (_, p) => mark(p) + 50), Float64Array.from(lane.lo, (_, p) => mark(p)), ppd), end = Array(6).fill(-Infinity);
  for (let p = 0; p < lane.n; p++) if (row[p] !== NO_ROW) { assert.ok(lane.lo[p] * ppd >= end[row[p]]); end[row[p]] = lane.lo[p] * ppd + mark(p); }
});

test("the arrow keys reach every event, by lane and by time, there and back", () => {
  for (const by of ["lane", "time"]) for (const lanes of ["theme", "case", "actor"]) {
    const E = readEvents(many(150)), shown = select(E, {}), L = makeLanes(E, shown, lanes), reading = readingOrder(shown, L, by), seen = [];
    let j = -1;
    for (let i = 0; i < shown.n; i++) seen.push(j = neighbour("ArrowRight", j, shown, L, reading));
    assert.equal(new Set(seen).size, shown.n);
    for (let i = shown.n - 1; i > 0; i--) assert.equal(j = neighbour("ArrowLeft", j, shown, L, reading), seen[i - 1]);
    assert.equal(neighbour("Last", 0, shown, L, reading), seen[shown.n - 1]);
    assert.equal(neighbour("ArrowLeft", j, shown, L, reading), j, "the first stays where it is");
  }
});

test("up and down lead to the nearest event in time of the next lane, Home and End stay in the lane", () => {
  const E = readEvents(payloadOf([{ date: "2010" }, { date: "2015-06-01" }, { date: "2011", themes: [1] }, { date: "2015-05-01", themes: [1] }])), shown = select(E, {}), L = makeLanes(E, shown, "theme"), reading = readingOrder(shown, L, "lane");
  const at = j => E.edtf(shown.index[j]), find = text => [...shown.index].findIndex(k => E.edtf(k) === text);
  assert.equal(at(neighbour("ArrowDown", find("2015-06-01"), shown, L, reading)), "2015-05-01");
  assert.equal(at(neighbour("ArrowUp", find("2011"), shown, L, reading)), "2010");
  assert.equal(at(neighbour("End", find("2010"), shown, L, reading)), "2015-06-01");
  assert.equal(at(neighbour("Home", find("2015-05-01"), shown, L, reading)), "2011");
});

test("zooming keeps the day under the pointer, and no window leaves the data behind", () => {
  const whole = [0, 20000], [a, b] = zoomed([1000, 9000], 0.5, 4000, whole);
  assert.ok(Math.abs((4000 - a) / (b - a) - 3000 / 8000) < 1e-9);
  for (const w of [[-1e6, -9e5], [5e5, 6e5], [-1e9, 1e9], [10, 10]]) { const [c, d] = clamped(w, whole); assert.ok(d > 0 && c < 20000 && d - c >= 3 && d - c <= 24000); }
});

test("overlapping era bands get rows of their own, and a handover on one day is no overlap", () => {
  const { placed, rows } = eraRows([{ lo: 0, hi: 10 }, { lo: 5, hi: 20 }, { lo: 9, hi: 30 }]);
  assert.equal(rows, 2);
  assert.deepEqual(placed.map(e => e.row), [0, 1, 0]);
});

test("an era band bears its name where there is room, else a letter that the legend explains", () => {
  const ctx = svgContext(900, 200), said = [], bands = eraRows([{ title: "A long presidency", kind: "presidency", lo: 0, hi: 366 }, { title: "A war", kind: "war", lo: 366, hi: 732, open: true }]);
  ctx.fillText = text => said.push(text);
  const draw = d1 => { said.length = 0; return drawEras(ctx, { left: 0, width: 900, height: 200, d0: 0, d1 }, bands, LIGHT, measure); };
  assert.deepEqual([draw(800), said.join()], [[], "A long presidency,A war"]);
  assert.deepEqual([draw(10000), said.join()], [["A: A long presidency (1970\u20131971)", "B: A war (1971\u2013)"], "A,B"]);
  assert.deepEqual([draw(800000), said.join()], [["A: A long presidency (1970\u20131971)", "B: A war (1971\u2013)"], ""]);
});

test("marks keep 3:1 and texts 4.5:1 against the page, on light and dark, and the colours are Okabe and Ito's", () => {
  for (const C of [LIGHT, DARK]) {
    for (const ink of C.series) { assert.ok(contrast(ink.outline, C.page) >= 3); assert.ok(contrast(C.text, ink.tint) >= 4.5); }
    for (const ground of [C.page, C.band]) assert.ok(contrast(C.text, ground) >= 4.5);
    assert.ok(contrast(C.muted, C.page) >= 4.5 && contrast(C.accent, C.page) >= 4.5);
  }
  assert.equal(new Set(OKABE_ITO).size, 8);
});

test("a theme has its own colour, whatever other themes are shown", () => {
  assert.deepEqual(themeColours(["rhetoric", "sport", "military"]), [5, 6, 0]);
  assert.equal(themeColours(["legal"])[0], themeColours(["military", "legal"])[1]);
});

test("a title of 10,000 letters is cut, and markup in it stays text in the SVG", () => {
  const evil = "<script>alert(1)</script>" + "x".repeat(10000);
  assert.ok(clipped(evil).length <= 90);
  const { svg } = drawn(payloadOf([{ title: evil, short: evil, date: "2015" }]), {}, [16000, 17000]);
  assert.ok(!svg.includes("<script") && svg.includes("&lt;script") && svg.length < 20000);
});
