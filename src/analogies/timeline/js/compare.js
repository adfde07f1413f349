// Day 0: what every other case was doing at the same distance from its own day 0.

// For each aligned case but the one of `k`: what was under way at that distance, the last event before and the next after it.
// Returns [{title, during: [k], before: k or -1, after: k or -1}] with positions in the event columns.
export function atSameDistance(E, { index, lo, hi, zero }, k) {
  const own = index.indexOf(k), day = lo[own];
  return own < 0 || !zero ? [] : E.lists.cases.flatMap(({ title }, c) => {
    if (c === E.kase[k] || zero[c] !== zero[c]) return [];
    const found = { title, during: [], before: -1, after: -1 };
    index.forEach((i, j) => {
      if (E.kase[i] !== c) return;
      if (lo[j] <= day && hi[j] > day) found.during.push(i);
      else if (lo[j] < day) found.before = i;
      else if (found.after < 0) found.after = i;
    });
    return [found];
  });
}

// Days between an event and the day 0 of its case; null without alignment.
export function distance(E, zero, k) {
  const far = E.lo[k] - zero?.[E.kase[k]];
  return far === far ? far : null;
}
