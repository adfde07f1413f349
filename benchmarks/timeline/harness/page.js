// Loaded FIRST by every subject page. Seeded workload + activity/paint/frame instrumentation. Not counted as shipped JS.
(() => {
  'use strict';
  // ---------- workload ----------
  const GROUPS = ['Politics', 'Science', 'Arts', 'Conflict', 'Society'];
  function rng(seed) { let a = seed >>> 0; return () => { a |= 0; a = a + 0x6D2B79F5 | 0; let t = Math.imul(a ^ a >>> 15, 1 | a); t = t + Math.imul(t ^ t >>> 7, 61 | t) ^ t; return ((t ^ t >>> 14) >>> 0) / 4294967296; }; }
  const A1 = 'First Second Great Royal National Provisional Northern Southern Imperial Federal Municipal Colonial'.split(' ');
  const B1 = 'congress expedition railway exhibition uprising treaty observatory academy strike election census canal'.split(' ');
  const C1 = 'opens signs rejects founds publishes surveys ends begins reforms ratifies suspends restores'.split(' ');
  const D1 = 'in Lisbon|in Vienna|near Odessa|at Valparaiso|in Bombay|in Cairo|at Port Said|in Glasgow|in Kyoto|near Lima'.split('|');
  const DAY = 864e5, T0 = Date.UTC(1823, 0, 1), T1 = Date.UTC(2026, 0, 1);
  const iso = t => new Date(t).toISOString().slice(0, 10);
  function makeEvents(n, seed = 1823) {
    const r = rng(seed), pick = a => a[r() * a.length | 0];
    const gauss = () => Math.sqrt(-2 * Math.log(1 - r())) * Math.cos(2 * Math.PI * r());
    const cl = []; // clusters: wars, revolutions, expos; narrow and wide
    for (let i = 0; i < 14; i++) cl.push({ c: T0 + r() * (T1 - T0), s: (0.2 + 4 * r() * r()) * 365.25 * DAY, w: 0.3 + r(), g: r() * 5 | 0 });
    const W = cl.reduce((s, c) => s + c.w, 0), out = new Array(n);
    for (let i = 0; i < n; i++) {
      let t, g;
      if (r() < 0.65) { let x = r() * W, k = 0; while ((x -= cl[k].w) > 0 && k < cl.length - 1) k++; t = cl[k].c + gauss() * cl[k].s; g = r() < 0.6 ? cl[k].g : r() * 5 | 0; }
      else { t = T0 + Math.sqrt(r()) * (T1 - T0); g = r() * 5 | 0; }
      t = Math.floor(Math.min(T1 - DAY, Math.max(T0, t)) / DAY) * DAY;
      let end = null; // 30 % spans, log-normal length, days to some years
      if (r() < 0.3) { end = t + Math.ceil(Math.exp(5 + 1.5 * gauss())) * DAY; if (end > T1) end = T1; if (end <= t) end = null; }
      const title = `${pick(A1)} ${pick(B1)} ${pick(C1)} ${pick(B1)} ${pick(D1)} #${i}`;
      out[i] = { id: i, date: iso(t), end: end === null ? null : iso(end), t0: t, t1: end, title, group: GROUPS[g] };
    }
    out.sort((a, b) => a.t0 - b.t0 || a.id - b.id);
    return out;
  }
  // ---------- activity: DOM mutation, scroll, 2D/WebGL canvas calls, running animations ----------
  let dirty = false, acts = 0;
  const touch = () => { dirty = true; acts++; };
  const wrap = (proto, names) => { if (!proto) return; for (const m of names) { const f = proto[m]; if (typeof f !== 'function') continue;
    proto[m] = function (a, b, c, d, e, g, h, i, j) { dirty = true; acts++; const k = arguments.length; return k <= 5 ? (k === 0 ? f.call(this) : k === 1 ? f.call(this, a) : k === 2 ? f.call(this, a, b) : k === 3 ? f.call(this, a, b, c) : k === 4 ? f.call(this, a, b, c, d) : f.call(this, a, b, c, d, e)) : f.apply(this, arguments); }; } };
  wrap(window.CanvasRenderingContext2D?.prototype, ['clearRect', 'fillRect', 'fill', 'stroke', 'strokeRect', 'drawImage', 'fillText', 'putImageData']);
  for (const G of ['WebGLRenderingContext', 'WebGL2RenderingContext']) wrap(window[G]?.prototype, ['drawArrays', 'drawElements', 'clear']);
  const mo = new MutationObserver(touch), MO = { subtree: true, childList: true, attributes: true, characterData: true };
  const roots = []; const as = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function (o) { const s = as.call(this, o); roots.push(s); mo.observe(s, MO); return s; };
  let lastPaint = 0, lastActs = 0, rec = null;
  const mc = new MessageChannel();
  mc.port1.onmessage = () => { if (dirty) { dirty = false; lastPaint = performance.now(); } }; // runs after this frame's main-thread rendering
  function tick() { if (rec) rec.push(performance.now()); mc.port2.postMessage(0); requestAnimationFrame(tick); }
  requestAnimationFrame(tick);
  const QUIET = 300;
  const animating = el => el.getAnimations({ subtree: true }).some(a => a.playState === 'running' && a.effect?.getComputedTiming().endTime !== Infinity);
  async function stable(el, since) { // -> time of the last frame with activity, once 300 ms passed with none
    let floor = since; // never earlier than the next frame after "since"
    await new Promise(r => requestAnimationFrame(() => { const c = new MessageChannel(); c.port1.onmessage = () => { floor = performance.now(); r(); }; c.port2.postMessage(0); }));
    for (;;) {
      await new Promise(r => setTimeout(r, 25));
      const last = Math.max(floor, lastPaint);
      if (!dirty && performance.now() - last >= QUIET) { if (animating(el)) { lastPaint = performance.now(); continue; } return last; }
    }
  }
  const q = (a, p) => a.length ? a[Math.min(a.length - 1, Math.ceil(p * a.length) - 1)] : null;
  const deep = root => { let n = 0; for (const e of root.querySelectorAll('*')) { n++; if (e.shadowRoot) n += deep(e.shadowRoot); } return n; };
  const H = window.tlbench = { GROUPS, makeEvents, touch, acts: () => acts,
    async prepare(n, seed) {
      const el = H.el = document.getElementById('timeline'); mo.observe(el, MO); el.addEventListener('scroll', touch, true);
      H.events = makeEvents(n, seed); window.prepare?.(H.events); /* what Python would have sent */ await new Promise(r => setTimeout(r, 200)); }, // data ready, page idle
    async mounted() { const t = performance.now(); await window.mount(H.events, H.el); return await stable(H.el, t) - t; },
    async doMount(n, seed) { await H.prepare(n, seed); return H.mounted(); },
    async doGroups(list) { const a = acts, t = performance.now(); await window.setGroups(list); const ms = await stable(H.el, t) - t; return { ms, acts: acts - a }; },
    startRec() { rec = [performance.now()]; H._a = acts; return rec[0]; },
    async stopRec(ms) { // frames from the first input to the later of ms and the last painted activity
      const s = rec[0]; const last = await stable(H.el, performance.now()); const r = rec; rec = null; const to = Math.max(s + ms, lastPaint + 17);
      const d = []; for (let i = 1; i < r.length; i++) if (r[i - 1] <= to) d.push(r[i] - r[i - 1]);
      const srt = [...d].sort((a, b) => a - b), sum = d.reduce((a, b) => a + b, 0);
      return { frames: d.length, p50: q(srt, .5), p95: q(srt, .95), max: q(srt, 1), jank: d.filter(x => x > 50).reduce((a, b) => a + b, 0) / sum, settle: Math.max(0, lastPaint - s - ms), acts: acts - H._a, span: sum }; },
    point() { const p = window.gesturePoint?.(); if (p) return p; const b = H.el.getBoundingClientRect(); return { x: b.left + b.width * .5, y: b.top + b.height * .5 }; },
    nodes: () => deep(H.el),
    active() { let a = document.activeElement; while (a?.shadowRoot?.activeElement) a = a.shadowRoot.activeElement; if (!a || a === document.body) return null;
      let inside = false; for (let e = a; e; e = e.parentNode || e.host) if (e === H.el) inside = true; if (!inside) return { inside };
      const root = a.getRootNode(), ad = a.getAttribute('aria-activedescendant'), t = ad && root.getElementById?.(ad) || a;
      const by = (t.getAttribute('aria-labelledby') || '').split(/\s+/).map(i => i && root.getElementById?.(i)?.textContent || '').join(' ');
      let name = [t.getAttribute('aria-label'), by, t.textContent.length < 400 ? t.textContent : '', t.getAttribute('title')].join(' ');
      const inName = name.match(/#(\d+)\b/); const live = [...H.el.querySelectorAll('[aria-live],[role=status]')].map(e => e.textContent).join(' ').match(/#(\d+)\b/);
      return { inside, tag: a.tagName.toLowerCase(), role: t.getAttribute('role'), ev: inName ? +inName[1] : null, live: live ? +live[1] : null }; },
  };
})();
