// What leaves the page: PNG, SVG, CSV, and a page of its own that works by double click.
import {save} from "./dom.js";
import {drawPicture, FONT} from "./draw.js";
import {filled} from "./paint.js";
import {svgContext} from "./svg.js";

export const NOTE_COLUMNS = ["id", "event", "date", "title", "case", "theme", "text"];
const CAPTION = 22;

// RFC 4180. In the table of events a cell that a spreadsheet would run as a formula gets an apostrophe in front.
export const csv = (rows, guard = false) => rows.map(row => row.map(cell => {
  let text = String(cell ?? "");
  if (guard && /^[=+\-@\t\r]/.test(text)) text = "'" + text;
  return /[",\n\r]/.test(text) ? '"' + text.replace(/"/g, '""') + '"' : text;
}).join(",") + "\r\n").join("");

export const notesCSV = notes => csv([NOTE_COLUMNS, ...notes.map(note => NOTE_COLUMNS.map(name => note[name] ?? ""))]);

export function eventsCSV({ E, shown, reading, words }) {
  const rows = Array.from(reading.order, j => shown.index[j]).map(k => [E.id(k), E.edtf(k), words(k), E.title(k), E.text(k), E.kase[k] < 0 ? "" : E.lists.cases[E.kase[k]].id,
    E.themes(k).join(";"), E.actors(k).join(";"), E.lists.confidence[E.confidence[k]] || "", E.disputedText(k), E.sources(k).map(s => s.key).join(";")]);
  return csv([["id", "date", "words", "title", "text", "case", "themes", "actors", "confidence", "disputed", "sources"], ...rows], true);
}

// The picture with a line below it that says what is shown: a picture of "as of" must not travel without saying so.
function paint(ctx, app) {
  const { width, height } = app.g;
  drawPicture(ctx, app.g, app.picture());
  ctx.font = FONT; ctx.textAlign = "left";
  filled(ctx, app.C.page, 0, height, width, CAPTION);
  ctx.fillStyle = app.C.text; ctx.fillText(app.caption(), 6, height + CAPTION / 2);
}

export function savePNG(app) {
  const canvas = document.createElement("canvas"), { width, height } = app.g;
  canvas.width = width * 2; canvas.height = (height + CAPTION) * 2;
  const ctx = canvas.getContext("2d");
  ctx.scale(2, 2);
  paint(ctx, app);
  canvas.toBlob(blob => save("timeline.png", "image/png", blob));
}

export function svgText(app, measure) {
  const ctx = svgContext(app.g.width, app.g.height + CAPTION, measure);
  paint(ctx, app);
  return ctx.text("Timeline", app.caption());
}

export const saveSVG = app => save("timeline.svg", "image/svg+xml", svgText(app, document.createElement("canvas").getContext("2d")));
export const saveCSV = app => save("timeline.csv", "text/csv", eventsCSV(app));
export const saveNotes = app => save("my-notes.csv", "text/csv", notesCSV(app.notes));

// In a standalone page: the page itself, with what was changed. In a notebook: Python is asked for the page.
export function saveHTML(app, say) {
  const { model } = app;
  if (model.standalone) {
    const page = document.documentElement.cloneNode(true), traits = { payload: model.get("payload"), state: app.state, notes: app.notes, theme: model.get("theme") };
    page.querySelectorAll(".analogies-timeline-host").forEach(host => host.replaceChildren());
    page.querySelector("#analogies-timeline-traits").textContent = JSON.stringify(traits).replace(/</g, "\\u003c");
    return save("timeline.html", "text/html", "<!doctype html>\n" + page.outerHTML);
  }
  const answer = message => {
    if (!message || message.type !== "html") return;
    stop();
    if (message.html) save("timeline.html", "text/html", message.html);
    else say(`The page could not be made: ${message.error || "Python gave no reason"}.`);
  };
  const late = setTimeout(() => { stop(); say("Python did not answer, so no page was made. Is the notebook's kernel running?"); }, 4000);
  const stop = () => { clearTimeout(late); model.off("msg:custom", answer); };
  model.on("msg:custom", answer);
  model.send({ type: "html" });
}
