// Labels: the long title where it fits before the next mark of the row, else the short one, else as much as fits, else none.
import {max, min} from "./scale.js";

export const GAP = 8;
const MOST = 90, LEAST = 42; // letters: a title of 10,000 letters is measured and drawn only so far; pixels for a part of a title

export const clipped = text => (text.length > MOST ? text.slice(0, MOST - 1).trimEnd() + "\u2026" : text);

// As much of a text as fits, with an ellipsis.
function shortened(text, room, measure) {
  let width = measure("\u2026"), n = 0;
  for (const letter of text) { width += measure(letter); if (width > room) break; n += letter.length; }
  return text.slice(0, n).trimEnd() + "\u2026";
}

// Marks of one row, sorted by x: [{x, end, box, long, short}] with x and end the mark's pixels and `box` the inside of a box that
// can carry text, [a, b], or null. Gives each mark a label {text, x, width} or null: in its box, else after it, else before it where the row is empty.
// Nothing reaches into another mark or label, nor past the edges.
export function placeLabels(marks, left, right, measure) {
  let taken = left;
  return marks.map(({ x, end, box, long, short }, i) => {
    if (x >= right) return null;
    const put = (text, at, width) => { taken = max(taken, end, at + width); return width && { text, x: at, width }; };
    const texts = [long, short].map(clipped), sizes = texts.map(measure), spots = [[max(left, end) + 4, min(right, (marks[i + 1]?.x ?? Infinity) - GAP)]];
    if (box) spots.unshift([max(left, box[0]) + 7, min(right, box[1]) - 6]);
    for (const [from, to] of [...spots, [taken + GAP, x - 4]]) {
      const n = sizes.findIndex(size => size <= to - from);
      if (n >= 0) return put(texts[n], to === x - 4 ? to - sizes[n] : from, sizes[n]);
    }
    const [from, to] = spots.sort(([a, b], [c, d]) => d - c - b + a)[0], part = to - from < LEAST ? "" : shortened(texts[1], to - from, measure);
    return put(part, from, measure(part)) || null;
  });
}
