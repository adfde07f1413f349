// Lanes, the rows inside a lane, and the order in which the keyboard walks over events.

import {upTo, abs, max, min} from "./scale.js";

const MOST_ACTORS = 10;

// Every event sits in one lane: of its case, its first theme or its first actor. As view.py does it. The lane of a value is
// lane[value], or the value itself; events without one sit in the last lane.
function assign(E, shown, lanes) {
  const L = E.lists;
  if (lanes === "case") return { names: [...L.cases.map(c => c.title), "No case"], value: E.kase };
  if (lanes !== "actor") return { names: [...L.themes, "No theme given"], value: E.theme };
  const count = L.actors.map(() => 0), lane = [];
  for (const k of shown.index) count[E.actor[k]]++;
  const top = [...count.keys()].filter(a => count[a]).sort((x, y) => count[y] - count[x] || x - y).slice(0, MOST_ACTORS);
  top.forEach((a, i) => { lane[a] = i; });
  return { names: [...top.map(a => L.actors[a]), "Other actors", "No actor given"], value: E.actor.map(a => (a < 0 ? a : lane[a] ?? top.length)) };
}

// Lanes that hold at least one event. Each has positions into `shown`, starts, and the running maximum of ends (for range search).
// of[j] is the place of an event's lane among the lanes kept, order all positions lane by lane.
export function makeLanes(E, shown, lanes) {
  const { names, value } = assign(E, shown, lanes), { n, index, lo, hi } = shown, of = new Int16Array(n), next = new Int32Array(names.length + 1), all = [], number = [];
  const order = new Int32Array(n); // loops: a list for each lane takes several times as long at 100,000 events
  for (let j = 0; j < n; j++) { const v = value[index[j]]; next[1 + (of[j] = v < 0 ? names.length - 1 : v)]++; }
  names.forEach((_, i) => { next[i + 1] += next[i]; });
  for (let j = 0; j < n; j++) order[next[of[j]]++] = j; // now next[i] is where lane i ends
  names.forEach((name, i) => {
    const at = order.subarray(next[i - 1] || 0, next[i]), n = at.length;
    let reach = -Infinity;
    number[i] = all.length;
    if (n) all.push({ name: name.slice(0, 1).toUpperCase() + name.slice(1), n, at, lo: at.map(j => lo[j]), far: at.map(j => (reach = max(reach, hi[j]))) });
  });
  return { all, of: of.map(i => number[i]), order };
}

// The reading order: by time over all lanes, or lane after lane. order[i] is a position in shown; rank is its inverse.
export function readingOrder(shown, lanes, by) {
  const order = by === "time" ? upTo(shown.n) : lanes.order, rank = new Int32Array(shown.n);
  for (let i = 0; i < shown.n; i++) rank[order[i]] = i;
  return { order, rank };
}

// Where an arrow key leads from position j (-1: nowhere yet); the same j when there is nothing further.
export function neighbour(key, j, { n, lo }, lanes, { order, rank }) {
  const here = lanes.of[j], lane = lanes.all[here], next = lanes.all[here + (key === "ArrowDown" ? 1 : -1)];
  if (j < 0) return (key === "End" ? order.at(-1) : order[0]) ?? -1;
  if (key === "ArrowRight") return order[min(n - 1, rank[j] + 1)];
  if (key === "ArrowLeft") return order[max(0, rank[j] - 1)];
  if (key === "First") return order[0];
  if (key === "Last") return order[n - 1];
  if (key === "Home") return lane.at[0];
  if (key === "End") return lane.at[lane.n - 1];
  return next ? next.at.reduce((best, one) => (abs(lo[one] - lo[j]) < abs(lo[best] - lo[j]) ? one : best)) : j; // the event of the next lane that is nearest in time
}

export const NO_ROW = 255;

// First row that is free for each event of a lane: depends on the zoom, never on where the window stands, so rows do not jump
// when one moves. wide[p] is the pixels that mark and label ask for, mark[p] the mark alone.
export function packRows(lane, rows, wide, mark, pixelsPerDay) {
  const row = new Uint8Array(lane.n), [free, bare] = [0, 1].map(() => new Float64Array(rows).fill(-Infinity));
  for (let p = 0; p < lane.n; p++) {
    const x = lane.lo[p] * pixelsPerDay, first = ends => { let r = 0; while (ends[r] > x) r++; return r; };
    let r = first(free);
    if (r === rows) r = first(bare);
    row[p] = r < rows ? r : NO_ROW;
    free[r] = max(free[r], x + wide[p]); // past the last row nothing is kept
    bare[r] = max(bare[r], x + mark[p]);
  }
  return row;
}
