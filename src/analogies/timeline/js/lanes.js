// Lanes, the rows inside a lane, and the order in which the keyboard walks over events.

const MOST_ACTORS = 10;

// Every event sits in one lane: of its case, its first theme or its first actor. As view.py does it.
function assign(E, shown, lanes) {
  const L = E.lists;
  if (lanes === "case") return { names: [...L.cases.map(c => c.title), "No case"], of: k => (E.kase[k] < 0 ? L.cases.length : E.kase[k]) };
  if (lanes !== "actor") return { names: [...L.themes, "No theme given"], of: k => (E.theme[k] < 0 ? L.themes.length : E.theme[k]) };
  const count = new Map();
  for (const k of shown.index) if (E.actor[k] >= 0) count.set(E.actor[k], (count.get(E.actor[k]) || 0) + 1);
  const top = [...count].sort((x, y) => y[1] - x[1] || x[0] - y[0]).slice(0, MOST_ACTORS).map(x => x[0]), rank = new Map(top.map((a, i) => [a, i]));
  return { names: [...top.map(a => L.actors[a]), "Other actors", "No actor given"], of: k => (E.actor[k] < 0 ? top.length + 1 : rank.get(E.actor[k]) ?? top.length) };
}

// Lanes that hold at least one event. Each has positions into `shown`, starts, and the running maximum of ends (for range search).
export function makeLanes(E, shown, lanes) {
  const { names, of } = assign(E, shown, lanes), size = new Int32Array(names.length), lane = new Int16Array(shown.n);
  for (let j = 0; j < shown.n; j++) size[(lane[j] = of(shown.index[j]))]++;
  const made = names.map((name, i) => ({ name: (name[0] || "").toUpperCase() + name.slice(1), n: 0, at: new Int32Array(size[i]), lo: new Float64Array(size[i]), far: new Float64Array(size[i]) }));
  for (let j = 0; j < shown.n; j++) {
    const one = made[lane[j]], p = one.n++;
    one.at[p] = j; one.lo[p] = shown.lo[j];
    one.far[p] = p ? Math.max(one.far[p - 1], shown.hi[j]) : shown.hi[j];
  }
  const kept = made.filter(one => one.n);
  return { all: kept, of: lane, number: Int16Array.from(made, one => kept.indexOf(one)) };
}

// The reading order: by time over all lanes, or lane after lane. order[i] is a position in shown; rank is its inverse.
export function readingOrder(shown, lanes, by) {
  const order = new Int32Array(shown.n), rank = new Int32Array(shown.n);
  if (by === "time") for (let j = 0; j < shown.n; j++) order[j] = j;
  else { let i = 0; for (const one of lanes.all) { order.set(one.at, i); i += one.n; } }
  for (let i = 0; i < shown.n; i++) rank[order[i]] = i;
  return { order, rank };
}

// Where an arrow key leads from position j (-1: nowhere yet); the same j when there is nothing further.
export function neighbour(key, j, shown, lanes, reading) {
  const { order, rank } = reading, n = shown.n;
  if (!n) return -1;
  if (j < 0) return key === "End" ? order[n - 1] : order[0];
  if (key === "ArrowRight") return order[Math.min(n - 1, rank[j] + 1)];
  if (key === "ArrowLeft") return order[Math.max(0, rank[j] - 1)];
  if (key === "First" || key === "Last") return order[key === "First" ? 0 : n - 1];
  const here = lanes.number[lanes.of[j]], one = lanes.all[here];
  if (key === "Home") return one.at[0];
  if (key === "End") return one.at[one.n - 1];
  const next = lanes.all[here + (key === "ArrowDown" ? 1 : -1)];
  if (!next) return j;
  let best = 0; // the event of the next lane that is nearest in time
  for (let p = 1; p < next.n; p++) if (Math.abs(next.lo[p] - shown.lo[j]) < Math.abs(next.lo[best] - shown.lo[j])) best = p;
  return next.at[best];
}

export const NO_ROW = 255;

// First row that is free for each event of a lane: depends on the zoom, never on where the window stands, so rows do not jump
// when one moves. `wide(p)` is the pixels that mark and short label ask for, `mark(p)` the mark alone.
export function packRows(lane, rows, wide, mark, pixelsPerDay) {
  const row = new Uint8Array(lane.n), free = new Float64Array(rows).fill(-Infinity), bare = new Float64Array(rows).fill(-Infinity);
  for (let p = 0; p < lane.n; p++) {
    const x = lane.lo[p] * pixelsPerDay, full = x + wide(p), least = x + mark(p);
    let r = 0;
    while (r < rows && free[r] > x) r++;
    if (r === rows) for (r = 0; r < rows && bare[r] > x;) r++;
    row[p] = r < rows ? r : NO_ROW;
    if (r < rows) { free[r] = Math.max(free[r], full); bare[r] = Math.max(bare[r], least); }
  }
  return row;
}
