// What leaves the page: PNG, SVG, CSV, and a page of its own that works by double click.
import {el, save} from "./dom.js";
import {drawPicture, FONT} from "./draw.js";
import {filled, sharpened, written} from "./paint.js";
import {svgContext} from "./svg.js";

const NOTE_COLUMNS = ["id", "event", "date", "title", "case", "theme", "text"], CAPTION = 22;

// RFC 4180. In the table of events a cell that a spreadsheet would run as a formula gets an apostrophe in front.
export const csv = (rows, guard = false) => rows.map(row => row.map(cell => {
  const text = (guard && /^[=+\-@\t\r]/.test(cell) ? "'" : "") + (cell ?? "");
  return /[",\n\r]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
}).join(",") + "\r\n").join("");

export const notesCSV = notes => csv([NOTE_COLUMNS, ...notes.map(note => NOTE_COLUMNS.map(name => note[name]))]);

function eventsCSV({ E, shown, reading, words }) {
  const columns = { id: E.id, date: E.edtf, words, title: E.title, text: E.text, case: k => E.caseOf(k).id, themes: k => E.themes(k).join(";"), actors: k => E.actors(k).join(";"), confidence: k => E.lists.confidence[E.confidence[k]], disputed: E.disputed, sources: k => E.sources(k).map(s => s.key).join(";") };
  return csv([Object.keys(columns), ...Array.from(reading.order, j => Object.values(columns).map(of => of(shown.index[j])))], true);
}

// The picture with a line below it that says what is shown: a picture of "as of" must not travel without saying so.
function paint(ctx, app) {
  const { width, height } = app.g;
  drawPicture(ctx, app.g, app.picture());
  ctx.font = FONT;
  filled(ctx, app.C.page, 0, height, width, CAPTION);
  written(ctx, app.C.text, app.caption(), 6, height + CAPTION / 2);
  return ctx;
}

const blank = () => { const canvas = el("canvas"); return [canvas, canvas.getContext("2d")]; };

export function savePNG(app) {
  const [canvas, ctx] = blank(), { width, height } = app.g;
  sharpened(canvas, ctx, width, height + CAPTION, 2);
  paint(ctx, app);
  canvas.toBlob(blob => save("timeline.png", "image/png", blob));
}

export const saveSVG = app => save("timeline.svg", "image/svg+xml", paint(svgContext(app.g.width, app.g.height + CAPTION, blank()[1]), app).text("Timeline", app.caption()));
export const saveCSV = app => save("timeline.csv", "text/csv", eventsCSV(app));
export const saveNotes = app => save("my-notes.csv", "text/csv", notesCSV(app.notes));

// In a standalone page: the page itself, with what was changed. In a notebook: Python is asked for the page.
export function saveHTML({ model, state, notes, tell }) {
  const keep = html => save("timeline.html", "text/html", html);
  if (model.standalone) {
    const page = document.documentElement.cloneNode(true), find = what => page.querySelector(`#analogies-timeline-${what}, .analogies-timeline-${what}`);
    find("host").replaceChildren();
    find("traits").textContent = JSON.stringify({ payload: model.get("payload"), state, notes, theme: model.get("theme") }).replace(/</g, "\\u003c");
    return keep(`<!doctype html>\n${page.outerHTML}`);
  }
  const answer = message => { if (message?.type === "html") { stop(); keep(message.html); } }, stop = () => { clearTimeout(late); model.off("msg:custom", answer); };
  const late = setTimeout(() => { stop(); tell("Python did not answer, so no page was made. Is the notebook's kernel running?"); }, 4000);
  model.on("msg:custom", answer);
  model.send({ type: "html" });
}
