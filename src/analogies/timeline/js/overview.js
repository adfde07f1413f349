// The strip below the drawing: everything that is shown, small, with the window on it. Mouse and touch; keys act on the drawing.
import {filled, framed} from "./paint.js";
import {abs, ceil, floor, log2, max, min, round} from "./scale.js";

const HEIGHT = 34;

export function overview(app, canvas) {
  const ctx = canvas.getContext("2d");
  let picture = null, drag = null, scale = 1;
  const span = () => { const [lo, hi] = app.whole, air = (hi - lo) * 0.05 || 1; return [lo - air, hi + air]; };
  const x = day => { const [lo, hi] = span(); return app.g.left + ((day - lo) / (hi - lo)) * (app.g.width - app.g.left); };
  const day = px => { const [lo, hi] = span(); return lo + ((px - app.g.left) / (app.g.width - app.g.left)) * (hi - lo); };

  function density() { // counts in columns of two pixels, once for each change of data or size
    const { C, g, shown } = app, columns = new Float64Array(ceil((g.width - g.left) / 2) + 1), [lo, hi] = span(), k = (g.width - g.left) / 2 / (hi - lo);
    for (let j = 0; j < shown.n; j++) columns[max(0, floor((shown.lo[j] - lo) * k))]++;
    const most = columns.reduce((a, b) => max(a, b), 1);
    picture = document.createElement("canvas");
    picture.width = canvas.width; picture.height = canvas.height;
    const paint = picture.getContext("2d");
    paint.scale(scale, scale);
    filled(paint, C.band, g.left, 0, g.width - g.left, HEIGHT);
    paint.fillStyle = C.muted;
    columns.forEach((n, i) => { if (n) { const h = 4 + 24 * (log2(1 + n) / log2(1 + most)); paint.fillRect(g.left + i * 2, HEIGHT - 2 - h, 2, h); } });
  }

  function draw() {
    if (!picture) density();
    const { C, g } = app, a = max(g.left, x(g.d0)), b = min(g.width, max(x(g.d1), a + 6));
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    filled(ctx, C.page, 0, 0, canvas.width, canvas.height);
    ctx.drawImage(picture, 0, 0);
    ctx.setTransform(scale, 0, 0, scale, 0, 0);
    ctx.globalAlpha = 0.18; filled(ctx, C.accent, a, 0, b - a, HEIGHT); ctx.globalAlpha = 1;
    framed(ctx, C.accent, a + 1, 1, b - a - 2, HEIGHT - 2, 2);
  }

  function resize() {
    scale = window.devicePixelRatio || 1;
    canvas.width = round(app.g.width * scale); canvas.height = HEIGHT * scale;
    picture = null;
  }

  const at = event => event.clientX - canvas.getBoundingClientRect().left;
  canvas.addEventListener("pointerdown", event => {
    const px = at(event), { d0, d1 } = app.g, a = x(d0), b = x(d1);
    const grip = abs(px - a) < 8 && b - a > 24 ? "a" : abs(px - b) < 8 && b - a > 24 ? "b" : "move";
    if (grip === "move" && (px < a || px > b)) app.moveTo(day(px) - (d1 - d0) / 2, day(px) + (d1 - d0) / 2);
    drag = { px, grip, d0: app.g.d0, d1: app.g.d1 };
    canvas.setPointerCapture(event.pointerId);
  });
  canvas.addEventListener("pointermove", event => {
    if (!drag) return;
    const by = day(at(event)) - day(drag.px);
    if (drag.grip === "move") app.moveTo(drag.d0 + by, drag.d1 + by);
    else { const to = day(at(event)); app.moveTo(drag.grip === "a" ? min(to, drag.d1 - 3) : drag.d0, drag.grip === "b" ? max(to, drag.d0 + 3) : drag.d1); }
  });
  for (const name of ["pointerup", "pointercancel"]) canvas.addEventListener(name, () => { drag = null; });
  return { draw, resize, stale() { picture = null; } };
}
