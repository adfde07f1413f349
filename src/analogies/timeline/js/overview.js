// The strip below the drawing: everything that is shown, small, with the window on it. Mouse and touch; keys act on the drawing.
import {el} from "./dom.js";
import {binHeight} from "./bins.js";
import {filled, sharpened} from "./paint.js";
import {toX, toDay, lowerBound, abs, max, min} from "./scale.js";

const HEIGHT = 34;

// Gives {node, draw(), move()}: draw after a change of data, size or colours, move after a change of the window.
export function overview(app) {
  const canvas = el("canvas"), frame = el("div"), node = el("div.an-strip", { "aria-hidden": "true" }, canvas, frame), ctx = canvas.getContext("2d", { alpha: false });
  const reach = () => { const [lo, hi] = app.whole, air = (hi - lo) * 0.05 || 1; return { ...app.g, d0: lo - air, d1: hi + air }; };
  const edges = () => [app.g.d0, app.g.d1].map(day => toX(reach(), day)), at = event => event.clientX - node.getBoundingClientRect().left;
  let drag = null;

  function draw() { // counts in columns of two pixels
    const { C, g: { left, width }, shown: { lo } } = app, whole = reach(), counts = [];
    for (let x = left, p = 0; x < width; x += 2) counts.push(-p + (p = lowerBound(lo, toDay(whole, x + 2), p)));
    const most = max(1, ...counts);
    sharpened(canvas, ctx, width, HEIGHT);
    filled(ctx, C.page, 0, 0, left, HEIGHT);
    filled(ctx, C.band, left, 0, width - left, HEIGHT);
    counts.forEach((n, i) => { const h = 4 + 24 * binHeight(n, most); if (n) filled(ctx, C.muted, left + 2 * i, HEIGHT - 2 - h, 2, h); });
  }

  function move() {
    const { left, width } = app.g, [a, b] = edges(), x = max(left, a);
    frame.style.transform = `translateX(${x}px)`;
    frame.style.width = `${min(width, max(b, x + 6)) - x}px`;
  }

  node.addEventListener("pointerdown", event => {
    const px = at(event), [a, b] = edges(), { d0, d1 } = app.g, day = toDay(reach(), px), near = edge => b - a > 24 && abs(px - edge) < 8;
    const grip = near(a) ? "a" : near(b) ? "b" : "";
    if (!grip && (px < a || px > b)) app.moveTo(day - (d1 - d0) / 2, day + (d1 - d0) / 2);
    drag = { px, grip, d0: app.g.d0, d1: app.g.d1 };
    node.setPointerCapture(event.pointerId);
  });
  node.addEventListener("pointermove", event => {
    if (!drag) return;
    const { px, grip, d0, d1 } = drag, [from, to] = [px, at(event)].map(x => toDay(reach(), x));
    if (grip) app.moveTo(grip === "a" ? min(to, d1 - 3) : d0, grip === "b" ? max(to, d0 + 3) : d1);
    else app.moveTo(d0 + to - from, d1 + to - from);
  });
  node.addEventListener("lostpointercapture", () => { drag = null; });
  return { node, draw, move };
}
