// The student's own layer: own events, and remarks on events. Python keeps them as CSV; without Python they can be downloaded.
import {el, button, submit, row, faultLine, field, choice, asking, focusFirst, list, typed} from "./dom.js";
import {readDate} from "./edtf.js";
import {saveNotes} from "./export.js";

// What is wrong with a note, as a sentence; null when it can be kept.
export function faultOf({ event, text, title, date }) {
  if (event) return text ? null : "A remark needs a text.";
  if (!title) return "Your event needs a title.";
  return readDate(date || "") ? null : `The date ${date ? `\u201c${date}\u201d cannot be read` : "is missing"}: write 2015, 2015-09, 2015-09-30, 2015~ (about), 2015? (perhaps), 2011/2015 (from, to) or 2015/.. (until now).`;
}

const EMPTY = { event: "", date: "", title: "", case: "", theme: "" };

function form(app, note, done) {
  const { E: { lists, title, find }, notes } = app, fault = faultLine(), others = notes.filter(one => one.id !== note.id), known = note.id || note.event;
  const text = (name, label) => field(label, typed(note[name] || "", { name })), pick = (name, label, options) => field(label, choice([["", `no ${name}`], ...options], note[name] || "", null, { name }));
  const send = sent => {
    const given = [...new FormData(sent)].map(([name, value]) => [name, value.trim()]), next = { ...EMPTY, id: `own-${Date.now().toString(36)}`, ...note, ...Object.fromEntries(given) };
    if ((fault.textContent = faultOf(next) || "")) return;
    app.setNotes([...others, next], `Kept: ${next.title || next.text}`);
    done();
  };
  return asking(send, "", el("p.an-sub", note.event ? `A remark on: ${title(find(note.event)) || note.event}` : note.id ? "Edit your event" : "Add your own event"),
    !note.event && [text("title", "Title"), text("date", "Date (2015, 2015-09-30, 2015~, 2011/2015)"), pick("case", "Case", lists.cases.map(c => [c.id, c.title])), pick("theme", "Theme", lists.themes.map(theme => [theme]))],
    field(note.event ? "Remark" : "Text", el("textarea", { name: "text", rows: 3, value: note.text || "" })), fault,
    row(submit("Keep"), note.id && button("Delete", () => { app.setNotes(others, "Deleted."); done(); }), known && button("New event instead", done)));
}

// The panel: a form, the list of what there is, and the download.
export function notesPanel(app, holder, note = {}) {
  const open = one => { notesPanel(app, holder, one); focusFirst(holder); };
  holder.replaceChildren(...[form(app, note, () => open()), list(app.report(), { class: "an-fault" }), // what Python has to say about the file of notes
    list(app.notes.map(one => [one.event ? `Remark: ${one.text}` : `${one.date} ${one.title}`, el("span.an-fault", ` ${faultOf(one) || ""}`), " ", button("Edit", () => open(one), { "aria-label": `Edit: ${one.title || one.text}` })])),
    row(button("Download as CSV", () => saveNotes(app)), el("span.an-hint", app.model.standalone ? "This page forgets them when it is closed: download them first." : "They are also kept by Python where the timeline was given notes=\"…csv\"."))].filter(Boolean));
}
