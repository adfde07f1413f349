// Mouse, pen and touch on the drawing: drag to move, wheel or pinch to zoom, click to choose, hover for a tip.
import {toDay, abs, max, min} from "./scale.js";
import {grouped} from "./time.js";

const TARGET = 24; // least size of what can be hit, in pixels

// The event or box at a point; small marks are taken as 24 by 24 pixels.
export function hitAt(hits, x, y) {
  let best = null, nearest = Infinity;
  for (const hit of hits) {
    const growX = max(0, (TARGET - hit.w) / 2), growY = max(0, (TARGET - hit.h) / 2);
    if (x < hit.x - growX || x > hit.x + hit.w + growX || y < hit.y - growY || y > hit.y + hit.h + growY) continue;
    const d = abs(x - (hit.x + hit.w / 2)) / (1 + hit.w) + abs(y - (hit.y + hit.h / 2));
    if (d < nearest) { nearest = d; best = hit; }
  }
  return best;
}

export function listenToPointer(app, area, tip) {
  const fingers = new Map();
  let start = null, far = false;
  const place = event => { const box = area.getBoundingClientRect(); return { x: event.clientX - box.left, y: event.clientY - box.top }; };
  const spread = () => { const [p, q] = [...fingers.values()]; return { mid: (p.x + q.x) / 2, gap: max(20, abs(p.x - q.x), abs(p.y - q.y)) }; };
  const begin = () => { start = { d0: app.g.d0, d1: app.g.d1, ...(fingers.size === 2 ? spread() : { mid: [...fingers.values()][0].x, gap: 0 }) }; };

  // A reader who scrolls the page and comes over the drawing keeps scrolling: only a turn of the wheel that began here zooms.
  let lastTurn = -Infinity, ours = true;
  window.addEventListener("wheel", event => {
    if (event.timeStamp - lastTurn > 350) ours = area.contains(event.target);
    lastTurn = event.timeStamp;
  }, { capture: true, passive: true, signal: app.stops });

  area.addEventListener("wheel", event => {
    if (!ours && !event.ctrlKey) return;
    const sideways = abs(event.deltaX) > abs(event.deltaY) || event.shiftKey, step = event.deltaMode === 1 ? 16 : 1;
    if (sideways) { event.preventDefault(); return app.move(((event.deltaX || event.deltaY) * step) / (app.g.width - app.g.left)); }
    const factor = Math.exp(event.deltaY * step * (event.ctrlKey ? 0.01 : 0.0015));
    if (app.zoom(factor, toDay(app.g, max(app.g.left, place(event).x)))) event.preventDefault(); // at the end of the zoom the page scrolls on
  }, { passive: false });

  area.addEventListener("pointerdown", event => {
    if (event.button) return;
    fingers.set(event.pointerId, place(event));
    far = fingers.size > 1;
    tip.hidden = true;
    begin();
    area.setPointerCapture(event.pointerId);
  });
  area.addEventListener("pointermove", event => {
    const now = place(event);
    if (!fingers.has(event.pointerId)) return hover(now);
    fingers.set(event.pointerId, now);
    const width = app.g.width - app.g.left, { mid, gap } = fingers.size === 2 ? spread() : { mid: now.x, gap: 0 };
    if (!far && abs(mid - start.mid) < 4) return;
    far = true;
    const span = (start.d1 - start.d0) * (gap ? start.gap / gap : 1), held = start.d0 + ((start.mid - app.g.left) / width) * (start.d1 - start.d0);
    const d0 = held - ((mid - app.g.left) / width) * span;
    app.moveTo(d0, d0 + span);
  });
  const end = event => {
    if (!fingers.delete(event.pointerId)) return;
    if (fingers.size) return begin();
    if (far || event.type === "pointercancel") return;
    const { x, y } = place(event), hit = hitAt(app.hits, x, y);
    if (hit && hit.bin) app.openBin(hit);
    else if (hit) app.select(app.shown.index[hit.j], {});
    else app.select(-1, {});
  };
  area.addEventListener("pointerup", end);
  area.addEventListener("pointercancel", end);
  area.addEventListener("pointerleave", () => { tip.hidden = true; });

  function hover({ x, y }) {
    const hit = hitAt(app.hits, x, y);
    area.style.cursor = hit ? "pointer" : "grab";
    tip.hidden = !hit;
    if (!hit) return;
    const k = hit.bin ? -1 : app.shown.index[hit.j];
    tip.textContent = hit.bin ? `${grouped(hit.n)} events: choose to look closer` : `${app.E.title(k).slice(0, 160)} \u2013 ${app.words(k)}`;
    const left = max(0, min(x + 12, app.g.width - 250));
    tip.style.transform = `translate(${left}px, ${y + 18}px)`;
  }
}
