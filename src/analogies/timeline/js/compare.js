// Day 0: what every other case was doing at the same distance from its own day 0.

// For each aligned case but the one of `k`: what was under way at that distance, the last event before and the next after it.
// Returns [{title, during: [k], before: k or -1, after: k or -1}] with positions in the event columns.
export function atSameDistance(E, shown, k) {
  const own = shown.index.indexOf(k);
  if (own < 0 || !shown.zero) return [];
  const day = shown.lo[own];
  return E.lists.cases.flatMap((kase, c) => {
    if (c === E.kase[k] || !(shown.zero[c] === shown.zero[c])) return [];
    const found = { title: kase.title, during: [], before: -1, after: -1 };
    for (let j = 0; j < shown.n; j++) {
      const i = shown.index[j];
      if (E.kase[i] !== c) continue;
      if (shown.lo[j] <= day && shown.hi[j] > day) found.during.push(i);
      else if (shown.lo[j] < day) found.before = i;
      else if (found.after < 0) found.after = i;
    }
    return [found];
  });
}

// Days between an event and the day 0 of its case; null without alignment.
export function distance(E, zero, k) {
  if (!zero || E.kase[k] < 0 || !(zero[E.kase[k]] === zero[E.kase[k]])) return null;
  return E.lo[k] - zero[E.kase[k]];
}
