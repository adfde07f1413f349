import test from "node:test";
import assert from "node:assert/strict";
import { readEvents } from "../../src/analogies/timeline/js/events.js";
import { select, selectEras } from "../../src/analogies/timeline/js/filter.js";
import { atSameDistance, distance } from "../../src/analogies/timeline/js/compare.js";
import { readPeriod } from "../../src/analogies/timeline/js/time.js";
import { csv, notesCSV } from "../../src/analogies/timeline/js/export.js";
import { faultOf } from "../../src/analogies/timeline/js/notes.js";
import { signsDrawn } from "../../src/analogies/timeline/js/legend.js";
import { hitAt } from "../../src/analogies/timeline/js/pointer.js";
import { announcer } from "../../src/analogies/timeline/js/announce.js";
import { synced, pageModel } from "../../src/analogies/timeline/js/model.js";
import fs from "node:fs";
import { dayAsISO } from "../../src/analogies/timeline/js/time.js";
import { payloadOf } from "./columns.mjs";

const day = text => readPeriod(text)[0];
const ids = (E, state) => [...select(E, state).index].map(E.id).sort();

test("one value of a filter is enough, but every filter must hold", () => {
  const E = readEvents(payloadOf([{ id: "a", date: "2001", themes: [0], case: 0 }, { id: "b", date: "2002", themes: [1, 0], case: 1 }, { id: "c", date: "2003", themes: [1], case: 0, confidence: 2 }]));
  assert.deepEqual(ids(E, {}), ["a", "b", "c"]);
  assert.deepEqual(ids(E, { filters: { themes: ["military"] } }), ["a", "b"]);
  assert.deepEqual(ids(E, { filters: { themes: ["military", "legal"], cases: ["syria"] } }), ["a", "c"]);
  assert.deepEqual(ids(E, { filters: { confidence: ["low"] } }), ["c"]);
  assert.deepEqual(ids(E, { filters: { cases: [] } }), []);
});

test("search finds every word, in any field, without accents or capitals", () => {
  const E = readEvents(payloadOf([{ id: "a", title: "Guaidó sworn in", date: "2019", actors: [0] }, { id: "b", title: "Guaidó in Munich", date: "2020" }]));
  assert.deepEqual(ids(E, { filters: { text: "guaido" } }), ["a", "b"]);
  assert.deepEqual(ids(E, { filters: { text: "RUSSIA  guaidó" } }), ["a"]);
  assert.deepEqual(ids(E, { filters: { text: "guaido 2020" } }), ["b"]);
});

test("as of a day only what was public by then is shown, an agreement kept secret is not", () => {
  const E = readEvents(payloadOf([{ id: "agreement", date: "2015-08-26", public: day("2016-01-14") }, { id: "strikes", date: "2015-09-30" }]));
  assert.deepEqual(ids(E, { as_of: day("2015-09-29") }), []);
  assert.deepEqual(ids(E, { as_of: day("2015-09-30") }), ["strikes"]);
  assert.deepEqual(ids(E, { as_of: day("2016-01-14") }), ["agreement", "strikes"]);
});

test("as of a day an interval that ended later is cut off there and drawn as going on", () => {
  const E = readEvents(payloadOf([{ id: "war", date: "2011-03-15/2024-12-08" }, { id: "past", date: "1981/1988" }])), asOf = day("2019-04-02"), S = select(E, { as_of: asOf });
  const j = [...S.index].findIndex(k => E.id(k) === "war"), past = [...S.index].findIndex(k => E.id(k) === "past");
  assert.equal(S.hi[j], asOf + 1);
  assert.equal(S.ends[j], 1);
  assert.equal(S.ends[past], 0);
  assert.ok(S.hi[past] < asOf);
});

test("as of a day no era band reaches beyond it or begins after it", () => {
  const E = readEvents({ ...payloadOf([{ date: "2000/2026" }]), eras: [{ id: "x", title: "Later", kind: "war", lo: day("2022-02-24"), hi: null, cases: [] }, { id: "y", title: "Now", kind: "presidency", lo: day("2017-01-20"), hi: day("2021-01-20"), cases: [] }] });
  const state = { as_of: day("2019-04-02") }, eras = selectEras(E, state, select(E, state));
  assert.deepEqual(eras.map(e => [e.title, e.hi]), [["Now", day("2019-04-02") + 1]]);
});

test("with day 0 there are no era bands, and a case left out takes its own with it", () => {
  const E = readEvents({ ...payloadOf([{ id: "a", date: "2000/2026" }]), eras: [{ title: "Here", kind: "war", lo: 11000, hi: 12000, cases: [0] }, { title: "All", kind: "war", lo: 11000, hi: 12000, cases: [] }] });
  const titles = state => selectEras(E, state, select(E, state)).map(era => era.title);
  assert.deepEqual(titles({}), ["Here", "All"]);
  assert.deepEqual(titles({ filters: { cases: ["cuba"] } }), ["All"]);
  assert.deepEqual(titles({ align: { syria: "a" } }), []);
});

test("with day 0 every case starts its own count, and a case without one is not shown", () => {
  const P = payloadOf([{ id: "s0", date: "2015-09-30", case: 0 }, { id: "s1", date: "2015-10-10", case: 0 }, { id: "c0", date: "1962-10-22", case: 1 }, { id: "c1", date: "1962-10-28", case: 1 }, { id: "x", date: "1900", case: 2 }],
    { cases: [{ id: "syria", title: "Syria" }, { id: "cuba", title: "Cuba" }, { id: "other", title: "Other" }] });
  const E = readEvents(P), S = select(E, { align: { syria: "s0", cuba: "c0" } });
  assert.deepEqual([...S.index].map(k => E.id(k)), ["c0", "s0", "c1", "s1"]);
  assert.deepEqual([...S.lo], [0, 0, 6, 10]);
  assert.equal(distance(E, S.zero, E.find("c1")), 6);
  const [other] = atSameDistance(E, S, E.find("s1"));
  assert.equal(other.title, "Cuba");
  assert.equal(E.id(other.before), "c1");
  assert.equal(other.after, -1);
});

test("an own event is added, marked as own, and takes no case away", () => {
  const E = readEvents(payloadOf([{ id: "a", date: "2015" }]), [{ id: "own-1", date: "2014-05~", title: "Mine", case: "cuba", theme: "legal" }, { id: "own-2", date: "soon", title: "Bad" }, { id: "own-3", event: "a", date: "2015", text: "a remark" }]);
  assert.equal(E.n, 2);
  const k = E.find("own-1");
  assert.equal(E.flags[k] & 256, 256);
  assert.equal(E.words(k), "about May 2014");
  assert.equal(E.caseOf(k).title, "Cuba");
  assert.deepEqual(ids(E, { filters: { confidence: ["low"] } }), ["own-1"]);
});

test("a note that cannot be kept is answered with a sentence that says what to write", () => {
  assert.match(faultOf({ title: "x", date: "soon" }), /“soon” cannot be read: write 2015/);
  assert.match(faultOf({ title: "", date: "2015" }), /title/);
  assert.match(faultOf({ event: "a", text: "" }), /text/);
  assert.equal(faultOf({ title: "x", date: "2015-09-30" }), null);
});

test("CSV quotes what needs it, and a cell that a spreadsheet would run is disarmed", () => {
  assert.equal(csv([["a,b", 'say "x"', "two\nlines", "plain"]]), '"a,b","say ""x""","two\nlines",plain\r\n');
  assert.equal(csv([["=HYPERLINK(1)", "-5"]], true), "'=HYPERLINK(1),'-5\r\n");
  assert.match(notesCSV([{ id: "own-1", title: "T", date: "2015" }]), /^id,event,date,title,case,theme,text\r\nown-1,,2015,T,,,\r\n$/);
});

test("the legend lists only the signs that are drawn", () => {
  const E = readEvents(payloadOf([{ date: "2015-01-01" }])), F = readEvents(payloadOf([{ date: "2015~" }, { date: "2001/.." }, { date: "1999/", disputed: "yes" }, { date: "1985-01-01?", confidence: 2 }]));
  assert.deepEqual(signsDrawn(E, select(E, {})), ["point"]);
  assert.deepEqual(signsDrawn(F, select(F, {})), ["point", "range", "ongoing", "noEnd", "approx", "doubt", "low", "disputed"]);
});

test("a small mark can be hit within 24 pixels, and the nearest one wins", () => {
  const hits = [{ j: 0, x: 100, y: 100, w: 8, h: 8 }, { j: 1, x: 112, y: 100, w: 8, h: 8 }];
  assert.equal(hitAt(hits, 94, 104).j, 0);
  assert.equal(hitAt(hits, 115, 104).j, 1);
  assert.equal(hitAt(hits, 60, 104), null);
});

test("a key held down is announced at most once in the waiting time, a single press at once", async () => {
  const said = [], region = { set textContent(t) { said.push(t); } }, say = announcer(region, 40);
  say("one", true); say("two", true); say("three", true);
  assert.deepEqual(said, ["one"]);
  await new Promise(r => setTimeout(r, 70));
  assert.deepEqual(said, ["one", "three"]);
  say("four");
  assert.deepEqual(said, ["one", "three", "four"]);
});

test("the kernel is told once after many moves, and its own news is not taken for an echo", async () => {
  const model = pageModel({ state: {} }), heard = [];
  let saves = 0;
  model.save_changes = () => { saves++; };
  const sync = synced(model, state => heard.push(state.as_of));
  for (let i = 0; i < 50; i++) sync.send({ window: [0, i] });
  sync.flush();
  assert.equal(saves, 1);
  assert.deepEqual(heard, []);
  model.set("state", { as_of: 5 });
  assert.deepEqual(heard, [5]);
  sync.stop();
});

test("every view of the shared fixtures shows the events that Python shows, cut off where Python cuts them off", () => {
  const { payload, views } = JSON.parse(fs.readFileSync(new URL("../fixtures/timeline/views.json", import.meta.url), "utf8")), E = readEvents(payload);
  for (const view of views) {
    const state = { ...view.state, as_of: view.state.as_of ? day(view.state.as_of) : null }, S = select(E, state), got = [...S.index].map(k => E.id(k));
    assert.deepEqual(got.sort(), [...view.ids].sort(), view.name);
    for (const [id, ends] of Object.entries(view.ends || {})) {
      const j = [...S.index].indexOf(E.find(id));
      if (typeof ends[0] === "number") assert.equal(S.lo[j], ends[0], `${view.name}: ${id}`);
      else if (ends[0]) assert.equal(dayAsISO(S.lo[j]), ends[0], `${view.name}: ${id}`);
      if (ends[3] === null) assert.ok(S.ends[j] > 0, `${view.name}: ${id} is drawn as going on`);
      else assert.equal(typeof ends[3] === "number" ? S.hi[j] - 1 : dayAsISO(S.hi[j] - 1), ends[3], `${view.name}: ${id}`);
    }
  }
});
