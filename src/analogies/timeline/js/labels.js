// Labels: the long title where it fits before the next mark of the row, else the short one, else as much as fits, else none.
import {ceil, max, min} from "./scale.js";

export const GAP = 8;
const MOST = 90; // letters; a title of 10,000 letters is measured and drawn only so far

export const clipped = text => (text.length > MOST ? text.slice(0, MOST - 1).trimEnd() + "\u2026" : text);

// As much of a text as fits: {text, width}, or null under `least` pixels.
export function shortened(text, room, measure, least = 42) {
  if (room < least) return null;
  let n = min(text.length, ceil(room / 4));
  for (; n > 2; n--) {
    const cut = text.slice(0, n).trimEnd() + "\u2026", width = measure(cut);
    if (width <= room) return { text: cut, width };
  }
  return null;
}

// Marks of one row, sorted by x: [{x, end, box, long, short}] with x and end the mark's pixels and `box` the inside of a box that
// can carry text, [a, b], or null. Gives each mark a label {text, x, width} or null: in its box, else after it, else before it where the row is empty.
// Nothing reaches into another mark or label, nor past the edges.
export function placeLabels(marks, left, right, measure) {
  let taken = left;
  return marks.map((mark, i) => {
    if (mark.x >= right) return null;
    const limit = min(right, i + 1 < marks.length ? marks[i + 1].x - GAP : right), start = mark.box ? max(left, mark.box[0]) + 7 : 0;
    const inside = mark.box ? min(right, mark.box[1]) - 6 - start : 0, from = max(left, mark.end) + 4, after = limit - from, before = mark.x - 4 - (taken + GAP);
    const texts = [clipped(mark.long), clipped(mark.short)], sizes = texts.map(measure);
    const put = (n, x) => ({ text: texts[n], x, width: sizes[n] }), cut = (room, x) => { const one = shortened(texts[1], room, measure); return one && { ...one, x }; };
    const fits = room => (sizes[0] <= room ? 0 : sizes[1] <= room ? 1 : -1);
    let label = null;
    if (fits(inside) >= 0) label = put(fits(inside), start);
    else if (fits(after) >= 0) label = put(fits(after), from);
    else if (fits(before) >= 0) label = put(fits(before), mark.x - 4 - sizes[fits(before)]);
    else label = inside > after ? cut(inside, start) : cut(after, from);
    taken = max(taken, mark.end, label ? label.x + label.width : 0);
    return label;
  });
}
