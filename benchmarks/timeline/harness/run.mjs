// node harness/run.mjs [--subjects a,b] [--n 200,2000] [--reps 3] [--out results/x.json] [--cap 60] [--no-a11y] [--shots] [--gc]
// --gc: what the harness threw away while it made the events is collected before a subject begins, and not while it draws
import { chromium } from 'playwright-core'; import http from 'node:http'; import fs from 'node:fs'; import path from 'node:path'; import zlib from 'node:zlib'; import os from 'node:os'; import { joined, SOURCES } from '../../../tests/js/join.mjs';
const ROOT = path.resolve(import.meta.dirname, '..'), arg = (k, d) => { const i = process.argv.indexOf('--' + k); return i < 0 ? d : process.argv[i + 1]; };
const has = k => process.argv.includes('--' + k);
const ALL = fs.readdirSync(ROOT + '/subjects').filter(s => !s.startsWith('_') && fs.existsSync(`${ROOT}/subjects/${s}/index.html`));
const subjects = arg('subjects', ALL.join(',')).split(','), NS = arg('n', '200,2000,10000,100000').split(',').map(Number), REPS = +arg('reps', 3), CAP = +arg('cap', 60) * 1000;
const OUT = path.resolve(arg('out', ROOT + '/results/results.json')), SEED = 1823, W = 1200, Hh = 600;
const FLAGS = ['--no-sandbox', '--disable-gpu', '--enable-unsafe-swiftshader', '--disable-dev-shm-usage', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-default-apps', '--no-first-run', '--disable-extensions', '--disable-domain-reliability', '--disable-features=OptimizationHints,MediaRouter,Translate', '--metrics-recording-only', '--no-pings', '--password-store=basic', '--enable-precise-memory-info', '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE localhost'];
const MIME = { '.html': 'text/html', '.js': 'text/javascript', '.mjs': 'text/javascript', '.css': 'text/css', '.json': 'application/json', '.svg': 'image/svg+xml', '.woff2': 'font/woff2', '.png': 'image/png' };
let served = new Map();
const srv = http.createServer((q, r) => { if (q.url === "/favicon.ico") { r.writeHead(204); return r.end(); } const p = path.normalize(path.join(ROOT, decodeURIComponent(new URL(q.url, 'http://x').pathname)));
  if (q.url.startsWith('/widget/')) { // our own widget, joined as Python joins it, from the package's sources
    const js = q.url === '/widget/joined.js', b = js ? Buffer.from(joined()) : fs.readFileSync(`${SOURCES}/../widget.css`); served.set(q.url, { js, bytes: b });
    r.writeHead(200, { 'content-type': js ? 'text/javascript' : 'text/css', 'cache-control': 'no-store' }); return r.end(b); }
  if (!p.startsWith(ROOT) || !fs.existsSync(p) || fs.statSync(p).isDirectory()) { r.writeHead(404); return r.end(); }
  const b = fs.readFileSync(p); if (!p.includes('/harness/') && /\.(m?js|css)$/.test(p)) served.set(path.relative(ROOT, p), p);
  r.writeHead(200, { 'content-type': MIME[path.extname(p)] || 'application/octet-stream', 'cache-control': 'no-store' }); r.end(b); });
await new Promise(r => srv.listen(0, '127.0.0.1', r)); const BASE = `http://127.0.0.1:${srv.address().port}`;
const sleep = ms => new Promise(r => setTimeout(r, ms)), round = (x, d = 1) => x == null ? x : Math.round(x * 10 ** d) / 10 ** d;
async function open(subject) {
  const b = await chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', headless: true, args: FLAGS, handleSIGTERM: false, handleSIGINT: false });
  const ctx = await b.newContext({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' }), page = await ctx.newPage(), errs = [];
  page.on('pageerror', e => errs.push(String(e).slice(0, 200))); page.on('console', m => { if (m.type() === 'error') errs.push(m.text().slice(0, 200)); });
  const cdp = await ctx.newCDPSession(page); await cdp.send('Performance.enable'); served = new Map();
  await page.goto(`${BASE}/subjects/${subject}/index.html`); await page.waitForFunction('window.mount && window.setGroups'); await page.waitForLoadState('networkidle');
  return { b, page, cdp, errs };
}
// real input through CDP, not awaited one by one (a blocked page gets a queue, as with a hand)
const taskMs = async cdp => (await cdp.send('Performance.getMetrics')).metrics.find(m => m.name === 'TaskDuration').value * 1000;
// end a browser that did not close (hung renderer): only our own direct children, by pid
function reap() { for (const d of fs.readdirSync('/proc')) if (/^\d+$/.test(d)) try { const st = fs.readFileSync(`/proc/${d}/stat`, 'utf8'), f = st.slice(st.lastIndexOf(')') + 2).split(' '); if (+f[1] === process.pid && /chrom/.test(fs.readFileSync(`/proc/${d}/cmdline`, 'utf8'))) { try { process.kill(-d, 'SIGKILL'); } catch { process.kill(+d, 'SIGKILL'); } } } catch {} }
async function gesture(cdp, page, kind, ms = 2000) {
  const pt = await page.evaluate('tlbench.point()'); const send = o => cdp.send('Input.dispatchMouseEvent', { modifiers: 0, pointerType: 'mouse', ...o }).catch(() => {});
  await send({ type: 'mouseMoved', x: pt.x, y: pt.y, button: 'none' });
  const b0 = await taskMs(cdp); await page.evaluate('tlbench.startRec()'); const t0 = performance.now(), all = [];
  const step = kind === 'zoom' ? 1000 / 30 : 1000 / 60, n = Math.round(ms / step);
  if (kind === 'pan') all.push(send({ type: 'mousePressed', x: pt.x, y: pt.y, button: 'left', buttons: 1, clickCount: 1 }));
  for (let i = 1; i <= n; i++) {
    const w = t0 + i * step - performance.now(); if (w > 0) await sleep(w);
    if (kind === 'zoom') all.push(send({ type: 'mouseWheel', x: pt.x, y: pt.y, deltaX: 0, deltaY: i <= n / 2 ? -60 : 60 })); // 1 s in, 1 s out
    else all.push(send({ type: 'mouseMoved', x: pt.x + 300 * Math.sin(2 * Math.PI * i / n), y: pt.y, button: 'left', buttons: 1 })); // right 300, left 600, back
  }
  if (kind === 'pan') all.push(send({ type: 'mouseReleased', x: pt.x, y: pt.y, button: 'left', buttons: 0, clickCount: 1 }));
  await Promise.all(all); const s = await page.evaluate(`tlbench.stopRec(${ms})`);
  s.busy = round((await taskMs(cdp) - b0) / Math.max(ms, s.span), 3); for (const k of ['p50', 'p95', 'max', 'settle', 'span']) s[k] = round(s[k]); s.jank = round(s.jank, 3); return s;
}
async function heap(cdp) { await cdp.send('HeapProfiler.collectGarbage'); return (await cdp.send('Runtime.getHeapUsage')).usedSize / 1048576; }
async function one(subject, N, rep) {
  const o = { subject, N, rep }; const { b, page, cdp, errs } = await open(subject); let phase = 'mount', timer;
  const work = (async () => {
    const h0 = await heap(cdp);
    await page.evaluate(`tlbench.prepare(${N},${SEED})`); if (has('gc')) { await cdp.send('HeapProfiler.collectGarbage'); await sleep(200); } o.mount = round(await page.evaluate('tlbench.mounted()')); o.nodes = await page.evaluate('tlbench.nodes()');
    if (has('shots') && rep === 0) await page.screenshot({ path: `${ROOT}/results/shots/${subject}-${N}.png` });
    phase = 'filter'; const f = await page.evaluate(`tlbench.doGroups(tlbench.GROUPS.slice(0,2))`); o.filter = round(f.ms); o.filterActs = f.acts;
    phase = 'restore'; o.restore = round((await page.evaluate(`tlbench.doGroups(tlbench.GROUPS)`)).ms);
    phase = 'zoom'; o.zoom = await gesture(cdp, page, 'zoom');
    phase = 'prepan'; const pt = await page.evaluate('tlbench.point()'); for (let i = 0; i < 4; i++) await cdp.send('Input.dispatchMouseEvent', { type: 'mouseWheel', x: pt.x, y: pt.y, deltaX: 0, deltaY: -60 });
    await page.evaluate('tlbench.startRec()'); await page.evaluate('tlbench.stopRec(0)');
    phase = 'pan'; o.pan = await gesture(cdp, page, 'pan');
    phase = 'heap'; const h1 = await heap(cdp); o.heap = round(h1); o.heapPage = round(h0);
    phase = 'done';
  })();
  try { await Promise.race([work, new Promise((_, j) => timer = setTimeout(() => j(new Error('CAP')), CAP))]); }
  catch (e) { if (e.message === 'CAP') o.timedOut = phase; else o.error = phase + ': ' + e.message.slice(0, 300); work.catch(() => {}); }
  clearTimeout(timer); if (errs.length) o.errs = errs.slice(0, 4);
  o.js = bytes(); await Promise.race([b.close().catch(() => {}), sleep(5000)]); reap(); return o;
}
function bytes() { let js = 0, gz = 0, css = 0; for (const [k, p] of served) { const d = p.bytes || fs.readFileSync(p); if (p.bytes ? !p.js : p.endsWith('.css')) css += d.length; else { js += d.length; gz += zlib.gzipSync(d, { level: 9 }).length; } } return { js, gz, css, files: [...served.keys()] }; }
// N=200: does the picture move; tab/arrow walk with real keys; axe inside #timeline
async function a11y(subject) {
  const { b, page, cdp, errs } = await open(subject); const o = {};
  const work = (async () => {
    o.axe0 = null; await page.evaluate(`tlbench.doMount(200,${SEED})`); const el = page.locator('#timeline'); const shot = () => el.screenshot({ animations: 'allow' });
    await page.addScriptTag({ path: ROOT + '/node_modules/axe-core/axe.min.js' });
    o.axe = await page.evaluate(async () => { const r = await axe.run('#timeline', { resultTypes: ['violations'] }); return r.violations.map(v => ({ id: v.id, impact: v.impact, nodes: v.nodes.length })); });
    const seen = new Set(), stops = { n: 0, tags: {} }; await page.evaluate(() => { document.activeElement?.blur(); });
    for (let i = 0; i < 420; i++) { await page.keyboard.press('Tab'); const a = await page.evaluate('tlbench.active()'); if (!a || !a.inside) { if (i > 0 || !a) break; else continue; } stops.n++; const k = a.tag + (a.role ? '[' + a.role + ']' : ''); stops.tags[k] = (stops.tags[k] || 0) + 1; if (a.ev != null) seen.add(a.ev); }
    o.tabStops = stops.n; o.tabTags = stops.tags; o.tabEvents = seen.size;
    const arrows = {}; // from each of the first tab stops: does ArrowRight/Down walk over events
    for (const key of ['ArrowRight', 'ArrowDown']) { let best = 0; for (let st = 1; st <= Math.min(4, stops.n); st++) { const s2 = new Set(); await page.evaluate(() => document.activeElement?.blur()); await page.mouse.click(2, 2); for (let i = 0; i < st; i++) await page.keyboard.press('Tab');
        let dry = 0; for (let i = 0; i < 240 && dry < 6; i++) { if (i) await page.keyboard.press(key); /* the event on which the walk begins counts too */ const a = await page.evaluate('tlbench.active()'); const v = a?.inside ? (a.ev ?? a.live) : null; if (v != null && !s2.has(v)) { s2.add(v); dry = 0; } else dry++; } best = Math.max(best, s2.size); } arrows[key] = best; }
    o.arrowEvents = Math.max(arrows.ArrowRight, arrows.ArrowDown); o.keyEvents = Math.max(o.tabEvents, o.arrowEvents > 1 ? o.arrowEvents : 0);
    await page.evaluate(() => document.activeElement?.blur()); await page.reload(); await page.waitForFunction('window.mount'); await page.evaluate(`tlbench.doMount(200,${SEED})`);
    const pt = await page.evaluate('tlbench.point()'), settle = async () => { await page.evaluate('tlbench.startRec()'); await page.evaluate('tlbench.stopRec(0)'); await page.mouse.move(2, 2); await page.waitForTimeout(400); };
    let s0 = await shot(); await page.mouse.move(pt.x, pt.y); for (let i = 0; i < 8; i++) await page.mouse.wheel(0, -60); await settle(); let s1 = await shot(); o.wheelMoves = !s0.equals(s1); if (!o.wheelMoves) { await page.mouse.move(pt.x, pt.y); for (let i = 0; i < 8; i++) await page.mouse.wheel(0, 60); await settle(); s1 = await shot(); o.wheelDownOnly = !s0.equals(s1); }
    await page.mouse.move(pt.x, pt.y); await page.mouse.down(); await page.mouse.move(pt.x - 60, pt.y, { steps: 5 }); await page.mouse.move(pt.x - 200, pt.y, { steps: 8 }); await page.mouse.up(); await settle(); let s2 = await shot(); o.dragMoves = !s1.equals(s2);
    await page.evaluate('tlbench.doGroups(tlbench.GROUPS.slice(0,2))'); let s3 = await shot(); o.filterChanges = !s2.equals(s3); if (has('shots')) fs.writeFileSync(`${ROOT}/results/shots/${subject}-200-after.png`, s3);
  })(); let timer;
  try { await Promise.race([work, new Promise((_, j) => timer = setTimeout(() => j(new Error('CAP')), 90000))]); } catch (e) { o.error = e.message.slice(0, 300); work.catch(() => {}); }
  clearTimeout(timer); if (errs.length) o.errs = errs.slice(0, 4); await Promise.race([b.close().catch(() => {}), sleep(5000)]); reap(); return o;
}
for (const g of ['SIGTERM', 'SIGINT']) process.on(g, () => { reap(); process.exit(130); }); // results so far are on disk
fs.mkdirSync(ROOT + '/results/shots', { recursive: true });
const res = { started: new Date().toISOString(), flags: FLAGS, chromium: null, host: { cpus: os.cpus().length, model: os.cpus()[0].model, mem: Math.round(os.totalmem() / 2 ** 30) + ' GiB' }, seed: SEED, reps: REPS, cap: CAP / 1000, runs: [], a11y: {}, versions: JSON.parse(fs.readFileSync(ROOT + '/package.json')).dependencies };
{ const b = await chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: FLAGS }); res.chromium = b.version(); await b.close(); }
const save = () => fs.writeFileSync(OUT, JSON.stringify(res, null, 1));
if (!has('no-a11y')) for (const s of subjects) { const t = performance.now(); res.a11y[s] = await a11y(s); console.log('a11y', s, JSON.stringify(res.a11y[s]).slice(0, 420), Math.round((performance.now() - t) / 1000) + 's'); save(); }
const dead = {};
for (const N of NS) for (let rep = 0; rep < REPS; rep++) for (const s of subjects) { // reps interleaved over subjects: drift of the machine hits all alike
  if (dead[s]) { if (dead[s].N < N && rep === 0) res.runs.push({ subject: s, N, rep, skipped: `timed out at N=${dead[s].N} (${dead[s].phase})` }); continue; }
  const load = os.loadavg()[0], t = performance.now(), o = await one(s, N, rep); o.load = round(load, 2); o.wall = round((performance.now() - t) / 1000); res.runs.push(o); save();
  if (o.timedOut || o.error) dead[s] = { N, phase: o.timedOut ? 'in ' + o.timedOut : 'error' }; // one capped run is enough: no more reps, no larger N
  console.log(s, N, rep, o.timedOut ? 'TIMEOUT ' + o.timedOut : '', o.error || '', 'mount', o.mount, 'filter', o.filter, 'zoom', o.zoom?.p50, o.zoom?.p95, 'acts', o.zoom?.acts, 'pan', o.pan?.p50, o.pan?.p95, 'acts', o.pan?.acts, 'heap', o.heap, 'nodes', o.nodes, o.errs ? JSON.stringify(o.errs) : '', o.wall + 's');
}
res.finished = new Date().toISOString(); save(); srv.close(); process.exit(0);
