// The legend: only what is drawn, each sign with its meaning.
import {el} from "./dom.js";
import {BIT} from "./edtf.js";
import {LOW, DISPUTED, INEXACT} from "./events.js";
import {drawMark, traits} from "./marks.js";
import {drawBand} from "./axis.js";
import {FONT} from "./draw.js";
import {boxed, filled, framed, written} from "./paint.js";
import {svgContext} from "./svg.js";

const { interval, ongoing, noEnd, noStart, approxA, approxB, doubtA, doubtB, own } = BIT;
// [name, the bits of its sample, bits of which a mark has one at least (0: none is asked for) and none, meaning]
const SIGNS = [
  ["point", 0, 0, interval | INEXACT | own, "dot: a day"],
  ["range", INEXACT, INEXACT, interval, "line between two stops: known only to the month, year or decade"],
  ["interval", interval, interval, ongoing | noEnd | noStart, "box: lasted from its left to its right edge; thin ends: day not known"],
  ["ongoing", interval | ongoing, ongoing, 0, "arrow: still going on"],
  ["noEnd", interval | noEnd, noEnd, 0, "dashes and ?: end not known"],
  ["noStart", interval | noStart, noStart, 0, "dashes and ? on the left: start not known"],
  ["approx", approxA, approxA | approxB, 0, "dashed edge: about this date"],
  ["doubt", doubtA, doubtA | doubtB, 0, "hollow or hatched, with ?: perhaps this date"],
  ["own", own, own, 0, "diamond: your own event"],
  ["low", LOW, LOW, 0, "three dots below: low confidence"],
  ["disputed", DISPUTED, DISPUTED, 0, "two strokes above: disputed"],
];

// Which signs occur among the shown events: names in the order of SIGNS. Every kind of mark is looked at once, not every event.
export function signsDrawn(E, shown) {
  const seen = [];
  for (let j = 0; j < shown.n; j++) seen[traits(E, shown.index[j], shown.ends[j])] = true;
  return SIGNS.filter(([, , some, none]) => Object.keys(seen).some(kind => (!some || kind & some) && !(kind & none))).map(([name]) => name);
}

// Entries of a list from [width, paint, text]: each with a small picture by the drawing code, as SVG, because twenty small canvases take longer to
// make than the big one; and read by the browser in one go. Without a width the text stands alone. `known`: the entries that were made before.
function entries(items, known) {
  const drawn = items.map(([width, paint, text]) => { const ctx = svgContext(width, 24); ctx.font = FONT; paint?.(ctx); return [ctx.text(), text, width > 0]; });
  const fresh = drawn.filter(([svg, text]) => !known[svg + text]), pictures = fresh.length ? new DOMParser().parseFromString(`<body>${fresh.map(([svg]) => svg).join("")}`, "text/html").body.childNodes : [];
  [...pictures].forEach((picture, i) => {
    const [svg, text, seen] = fresh[i];
    picture.setAttribute("aria-hidden", "true");
    known[svg + text] = el("li", seen && picture, el("span", text));
  });
  return drawn.map(([svg, text]) => known[svg + text]);
}

// colours: [{name, ink}]; eraKinds: [text]; boxes: are counted boxes drawn? lettered: what the letters of bands stand for.
export function legendItems(known, keys, C, colours, eraKinds, boxes, lettered) {
  const ink = { fill: C.muted, outline: C.text, tint: C.line };
  return entries([
    ...SIGNS.filter(([name]) => keys.includes(name)).map(([, T, , , text]) => {
      const [a, b, c] = T & noStart ? [30, 3, 43] : T & interval ? [3, 3, T & ongoing ? 34 : T & noEnd ? 14 : 43] : T & INEXACT ? [10, 23, 36] : [23, 23, 23];
      return [46, ctx => drawMark(ctx, T, a, b, 23, c, 12, ink, C.page), text];
    }),
    ...(boxes ? [[30, ctx => { boxed(ctx, C.band, C.muted, 2, 3, 26, 18); written(ctx, C.text, "12", 8, 12.5); }, "box with a number: so many events begin here; choose it to look closer. Strip below: intervals under way"]] : []),
    ...eraKinds.map(kind => [46, ctx => drawBand(ctx, C, kind, 2, 4, 42, 16), `band: ${kind}`]),
    ...lettered.map(text => [0, null, text]),
    ...colours.map(({ name, ink: { fill, outline } }) => [18, ctx => { filled(ctx, fill, 2, 5, 14, 14); framed(ctx, outline, 2, 5, 14, 14, 1.5); }, name]),
  ], known);
}
