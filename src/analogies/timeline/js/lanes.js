// Lanes, the rows inside a lane, and the order in which the keyboard walks over events.

import {upTo, abs, max, min} from "./scale.js";

const MOST_ACTORS = 10;

// Every event sits in one lane: of its case, its first theme or its first actor. As view.py does it. The lane of a value is
// lane[value], or the value itself; events without one sit in the last lane.
function assign(E, shown, lanes) {
  const L = E.lists;
  if (lanes === "case") return { names: [...L.cases.map(c => c.title), "No case"], value: E.kase };
  if (lanes !== "actor") return { names: [...L.themes, "No theme given"], value: E.theme };
  const count = new Int32Array(L.actors.length), lane = new Int16Array(L.actors.length);
  for (const k of shown.index) if (E.actor[k] >= 0) count[E.actor[k]]++;
  const top = [...count.keys()].filter(a => count[a]).sort((x, y) => count[y] - count[x] || x - y).slice(0, MOST_ACTORS);
  lane.fill(top.length);
  top.forEach((a, i) => { lane[a] = i; });
  return { names: [...top.map(a => L.actors[a]), "Other actors", "No actor given"], value: E.actor, lane };
}

// Lanes that hold at least one event. Each has positions into `shown`, starts, and the running maximum of ends (for range search).
// of[j] is the number of an event's lane among all names, number[] its place among the lanes kept, order all positions lane by lane.
export function makeLanes(E, shown, lanes) {
  const { names, value, lane } = assign(E, shown, lanes), { n, index, lo, hi } = shown, of = new Int16Array(n), next = new Int32Array(names.length + 1);
  const order = new Int32Array(n), from = new Float64Array(n), far = new Float64Array(n), all = [], number = [];
  for (let j = 0; j < n; j++) { const v = value[index[j]]; next[1 + (of[j] = v < 0 ? names.length - 1 : lane ? lane[v] : v)]++; }
  for (let i = 1; i < next.length; i++) next[i] += next[i - 1];
  for (let j = 0; j < n; j++) order[next[of[j]]++] = j; // now next[i] is where lane i ends
  names.forEach((name, i) => {
    const a = i ? next[i - 1] : 0, b = next[i];
    let last = -Infinity;
    for (let p = a; p < b; p++) { const j = order[p]; from[p] = lo[j]; far[p] = last = max(last, hi[j]); }
    number[i] = b > a ? all.push({ name: (name[0] || "").toUpperCase() + name.slice(1), n: b - a, at: order.subarray(a, b), lo: from.subarray(a, b), far: far.subarray(a, b) }) - 1 : -1;
  });
  return { all, of, number, order };
}

// The reading order: by time over all lanes, or lane after lane. order[i] is a position in shown; rank is its inverse.
export function readingOrder(shown, lanes, by) {
  const order = by === "time" ? upTo(shown.n) : lanes.order, rank = new Int32Array(shown.n);
  for (let i = 0; i < shown.n; i++) rank[order[i]] = i;
  return { order, rank };
}

// Where an arrow key leads from position j (-1: nowhere yet); the same j when there is nothing further.
export function neighbour(key, j, shown, lanes, reading) {
  const { order, rank } = reading, n = shown.n;
  if (!n) return -1;
  if (j < 0) return key === "End" ? order[n - 1] : order[0];
  if (key === "ArrowRight") return order[min(n - 1, rank[j] + 1)];
  if (key === "ArrowLeft") return order[max(0, rank[j] - 1)];
  if (key === "First" || key === "Last") return order[key === "First" ? 0 : n - 1];
  const here = lanes.number[lanes.of[j]], one = lanes.all[here];
  if (key === "Home") return one.at[0];
  if (key === "End") return one.at[one.n - 1];
  const next = lanes.all[here + (key === "ArrowDown" ? 1 : -1)];
  if (!next) return j;
  let best = 0; // the event of the next lane that is nearest in time
  for (let p = 1; p < next.n; p++) if (abs(next.lo[p] - shown.lo[j]) < abs(next.lo[best] - shown.lo[j])) best = p;
  return next.at[best];
}

export const NO_ROW = 255;

// First row that is free for each event of a lane: depends on the zoom, never on where the window stands, so rows do not jump
// when one moves. wide[p] is the pixels that mark and label ask for, mark[p] the mark alone.
export function packRows(lane, rows, wide, mark, pixelsPerDay) {
  const row = new Uint8Array(lane.n), free = new Float64Array(rows).fill(-Infinity), bare = new Float64Array(rows).fill(-Infinity);
  for (let p = 0; p < lane.n; p++) {
    const x = lane.lo[p] * pixelsPerDay;
    let r = 0;
    while (r < rows && free[r] > x) r++;
    if (r === rows) for (r = 0; r < rows && bare[r] > x;) r++;
    row[p] = r < rows ? r : NO_ROW;
    if (r < rows) { free[r] = max(free[r], x + wide[p]); bare[r] = max(bare[r], x + mark[p]); }
  }
  return row;
}
