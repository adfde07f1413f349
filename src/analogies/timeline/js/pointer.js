// Mouse, pen and touch on the drawing: drag to move, wheel or pinch to zoom, click to choose, hover for a tip.
import {toDay, abs, max, min} from "./scale.js";
import {grouped} from "./time.js";

const TARGET = 24; // least size of what can be hit, in pixels

// The event or box at a point; small marks are taken as 24 by 24 pixels.
export function hitAt(hits, x, y) {
  let best = null, nearest = Infinity;
  for (const hit of hits) {
    const { w, h } = hit, dx = abs(x - hit.x - w / 2), dy = abs(y - hit.y - h / 2), far = dx / (1 + w) + dy;
    if (dx <= max(TARGET, w) / 2 && dy <= max(TARGET, h) / 2 && far < nearest) { nearest = far; best = hit; }
  }
  return best;
}

export function listenToPointer(app, area, tip) {
  const fingers = new Map(), { g } = app, width = () => g.width - g.left, on = (type, f, more) => area.addEventListener(type, f, more);
  const place = event => { const box = area.getBoundingClientRect(); return { x: event.clientX - box.left, y: event.clientY - box.top }; };
  // What the fingers hold: the middle between them, and how far apart they are (one finger or the mouse: 1).
  const hold = () => { const [p, q = p] = fingers.values(); return { mid: (p.x + q.x) / 2, gap: p === q ? 1 : max(20, abs(p.x - q.x), abs(p.y - q.y)) }; };
  const begin = () => { start = { ...g, ...hold() }; };
  let start = null, far = false;

  // A reader who scrolls the page and comes over the drawing keeps scrolling: only a turn of the wheel that began here zooms.
  let lastTurn = -Infinity, ours = true;
  window.addEventListener("wheel", ({ timeStamp, target }) => {
    if (timeStamp - lastTurn > 350) ours = area.contains(target);
    lastTurn = timeStamp;
  }, { capture: true, passive: true, signal: app.signal });

  on("wheel", event => {
    const { deltaX, deltaY, ctrlKey, shiftKey, deltaMode } = event, step = deltaMode === 1 ? 16 : 1;
    if (!ours && !ctrlKey) return;
    const moved = abs(deltaX) > abs(deltaY) || shiftKey ? (app.move(((deltaX || deltaY) * step) / width()), true)
      : app.zoom(Math.exp(deltaY * step * (ctrlKey ? 0.01 : 0.0015)), toDay(g, max(g.left, place(event).x)));
    if (moved) event.preventDefault(); // at the end of the zoom the page scrolls on
  }, { passive: false });

  on("pointerdown", event => {
    if (event.button) return;
    fingers.set(event.pointerId, place(event));
    far = fingers.size > 1;
    tip.hidden = true;
    begin();
    area.setPointerCapture(event.pointerId);
  });
  on("pointermove", event => {
    const now = place(event);
    if (!fingers.has(event.pointerId)) return hover(now);
    fingers.set(event.pointerId, now);
    const { mid, gap } = hold();
    if (!far && abs(mid - start.mid) < 4) return;
    far = true;
    const span = ((start.d1 - start.d0) * start.gap) / gap, d0 = toDay(start, start.mid) - ((mid - g.left) / width()) * span;
    app.moveTo(d0, d0 + span);
  });
  const end = event => {
    if (!fingers.delete(event.pointerId)) return;
    if (fingers.size) return begin();
    if (far || event.type === "pointercancel") return;
    const { x, y } = place(event), hit = hitAt(app.hits, x, y);
    if (hit?.bin) app.openBin(hit); else app.select(hit ? app.shown.index[hit.j] : -1);
  };
  on("pointerup", end);
  on("pointercancel", end);
  on("pointerleave", () => { tip.hidden = true; });

  function hover({ x, y }) {
    const hit = hitAt(app.hits, x, y), k = app.shown.index[hit?.j];
    area.style.cursor = hit ? "pointer" : "grab";
    tip.hidden = !hit;
    if (!hit) return;
    tip.textContent = hit.bin ? `${grouped(hit.n)} events: choose to look closer` : `${app.E.title(k).slice(0, 160)} \u2013 ${app.words(k)}`;
    tip.style.transform = `translate(${max(0, min(x + 12, g.width - 250))}px, ${y + 18}px)`;
  }
}
