// The legend: only what is drawn, each sign with its meaning.
import {el} from "./dom.js";
import {drawMark, traits} from "./marks.js";
import {drawBand} from "./axis.js";
import {filled, framed, boxed} from "./paint.js";
import {svgContext} from "./svg.js";

const PLAIN = { interval: false, range: false, ongoing: false, noEnd: false };
const SIGNS = [
  ["point", t => !t.interval && !t.range && !t.own, {}, "dot: a day"],
  ["range", t => t.range, { range: true }, "line between two stops: known only to the month, year or decade"],
  ["interval", t => t.interval && !t.ongoing && !t.noEnd && !t.noStart, { interval: true }, "box: lasted from its left to its right edge; thin ends: day not known"],
  ["ongoing", t => t.ongoing, { interval: true, ongoing: true }, "arrow: still going on"],
  ["noEnd", t => t.noEnd, { interval: true, noEnd: true }, "dashes and ?: end not known"],
  ["noStart", t => t.noStart, { interval: true, noStart: true }, "dashes and ? on the left: start not known"],
  ["approx", t => t.approxA || t.approxB, { approxA: true }, "dashed edge: about this date"],
  ["doubt", t => t.doubtA || t.doubtB, { doubtA: true }, "hollow or hatched, with ?: perhaps this date"],
  ["own", t => t.own, { own: true }, "diamond: your own event"],
  ["low", t => t.low, { low: true }, "three dots below: low confidence"],
  ["disputed", t => t.disputed, { disputed: true }, "two strokes above: disputed"],
];

// Which signs occur among the shown events: [key] in the order of SIGNS. Every kind of mark is looked at once, not every event.
export function signsDrawn(E, shown) {
  const seen = new Uint8Array(1 << 15), kinds = [], found = new Set();
  for (let j = 0; j < shown.n; j++) {
    const k = shown.index[j], kind = E.flags[k] | (E.pa[k] > 0) << 9 | (E.confidence[k] === 2) << 10 | E.disputes[k] << 11 | shown.ends[j] << 12;
    if (!seen[kind]) { seen[kind] = 1; kinds.push(j); }
  }
  for (const j of kinds) { const t = traits(E, shown.index[j], shown.ends[j]); for (const [key, test] of SIGNS) if (test(t)) found.add(key); }
  return SIGNS.map(sign => sign[0]).filter(key => found.has(key));
}

// A small picture of a sign: SVG by the same drawing code, because twenty small canvases take longer to make than the big one.
function swatch(C, width, paint) {
  const ctx = svgContext(width, 24);
  paint(ctx, C);
  const picture = document.importNode(new DOMParser().parseFromString(ctx.text(), "image/svg+xml").documentElement, true);
  picture.setAttribute("aria-hidden", "true");
  return picture;
}

// colours: [{name, ink}]; eraKinds: [text]; boxes: are counted boxes drawn? lettered: what the letters of bands stand for.
export function legendItems(keys, C, colours, eraKinds, boxes, lettered) {
  const item = (canvas, text) => el("li", canvas, el("span", text)), ink = { fill: C.muted, outline: C.text, tint: C.line };
  const signs = SIGNS.filter(sign => keys.includes(sign[0])).map(([, , T, text]) => item(swatch(C, 46, ctx => drawMark(ctx, { ...PLAIN, ...T }, T.interval ? (T.noStart ? 30 : 3) : T.range ? 10 : 23, T.interval ? 3 : 23, 23,
    T.interval ? (T.ongoing ? 34 : T.noEnd ? 14 : 43) : T.range ? 36 : 23, 12, ink, C.page)), text));
  const names = colours.map(({ name, ink: own }) => item(swatch(C, 18, ctx => { filled(ctx, own.fill, 2, 5, 14, 14); framed(ctx, own.outline, 2, 5, 14, 14, 1.5); }), name));
  const eras = eraKinds.map(kind => item(swatch(C, 46, ctx => drawBand(ctx, C, kind, 2, 4, 42, 16)), `band: ${kind}`));
  const bin = boxes ? [item(swatch(C, 30, ctx => { boxed(ctx, C.band, C.muted, 2, 3, 26, 18); ctx.fillStyle = C.text; ctx.font = "12px system-ui, sans-serif"; ctx.fillText("12", 8, 12.5); }),
    "box with a number: so many events begin here; choose it to look closer. Strip below: intervals under way")] : [];
  return [...signs, ...bin, ...eras, ...lettered.map(text => el("li", text)), ...names];
}
