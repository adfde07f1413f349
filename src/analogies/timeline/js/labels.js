// Labels: the long title where it fits before the next mark of the row, else the short one, else as much as fits, else none.

export const GAP = 8;
const MOST = 90; // letters; a title of 10,000 letters is measured and drawn only so far

export const clipped = text => (text.length > MOST ? text.slice(0, MOST - 1).trimEnd() + "\u2026" : text);

// As much of a text as fits: {text, width}, or null under `least` pixels.
export function shortened(text, room, measure, least = 42) {
  if (room < least) return null;
  let n = Math.min(text.length, Math.ceil(room / 4));
  for (; n > 2; n--) {
    const cut = text.slice(0, n).trimEnd() + "\u2026", width = measure(cut);
    if (width <= room) return { text: cut, width };
  }
  return null;
}

// Marks of one row, sorted by x: [{x, end, inside, long, short}] with x and end the mark's pixels and `inside` true for a bar that
// can carry text. Gives each mark a label {text, x, width} or null. Nothing reaches past the next mark or the right edge.
export function placeLabels(marks, left, right, measure) {
  return marks.map((mark, i) => {
    const next = i + 1 < marks.length ? marks[i + 1].x : right, limit = Math.min(right, next - GAP);
    const from = Math.max(left, mark.x) + (mark.inside ? 7 : 0), after = Math.max(left, mark.end) + 4;
    const start = mark.inside && mark.end - from > 60 ? from : after; // a bar too short for text is followed by it
    const room = limit - start;
    if (room <= 0) return null;
    for (const text of [clipped(mark.long), clipped(mark.short)]) {
      const width = measure(text);
      if (width <= room) return { text, x: start, width };
    }
    const cut = shortened(clipped(mark.short), room, measure);
    return cut && { text: cut.text, x: start, width: cut.width };
  });
}
