// The student's own layer: own events, and remarks on events. Python keeps them as CSV; without Python they can be downloaded.
import {el, button, submit, row, faultLine, field, choice, asking} from "./dom.js";
import {readDate} from "./edtf.js";
import {saveNotes} from "./export.js";

// What is wrong with a note, as a sentence; null when it can be kept.
export function faultOf(note) {
  if (note.event) return note.text ? null : "A remark needs a text.";
  if (!note.title) return "Your event needs a title.";
  return readDate(note.date || "") ? null : `The date ${note.date ? `\u201c${note.date}\u201d cannot be read` : "is missing"}: write 2015, 2015-09, 2015-09-30, 2015~ (about), 2015? (perhaps), 2011/2015 (from, to) or 2015/.. (until now).`;
}

function form(app, note, done) {
  const remark = !!note.event, { lists } = app.E, text = (name, label) => field(label, el("input", { type: "text", name, value: note[name] || "" }));
  const fault = faultLine(), body = el("textarea", { name: "text", rows: 3 });
  body.value = note.text || "";
  const parts = remark ? [] : [text("title", "Title"), text("date", "Date (2015, 2015-09-30, 2015~, 2011/2015)"),
    field("Case", Object.assign(choice([["", "no case"], ...lists.cases.map(c => [c.id, c.title])], note.case || "", () => {}), { name: "case" })),
    field("Theme", Object.assign(choice([["", "no theme"], ...lists.themes.map(t => [t, t])], note.theme || "", () => {}), { name: "theme" }))];
  const onsubmit = event => {
    const given = Object.fromEntries([...new FormData(event.target)].map(([name, value]) => [name, String(value).trim()]));
    const next = { ...note, id: note.id || `own-${Date.now().toString(36)}`, event: note.event || "", date: "", title: "", case: "", theme: "", ...given };
    const wrong = faultOf(next);
    fault.textContent = wrong || "";
    if (!wrong) { app.setNotes([...app.notes.filter(one => one.id !== next.id), next], `Kept: ${next.title || next.text}`); done(next); }
  };
  return asking(onsubmit, {}, el("p.an-sub", remark ? `A remark on: ${app.E.title(app.E.find(note.event)) || note.event}` : note.id ? "Edit your event" : "Add your own event"),
    ...parts, field(remark ? "Remark" : "Text", body), fault,
    row(submit("Keep"), note.id ? button("Delete", () => { app.setNotes(app.notes.filter(one => one.id !== note.id), "Deleted."); done(null); }) : null,
      note.id || note.event ? button("New event instead", () => done(null)) : null));
}

// The panel: a form, the list of what there is, and the download.
export function notesPanel(app, holder, note = {}) {
  const again = () => { notesPanel(app, holder); holder.querySelector("input").focus(); };
  const listed = app.notes.map(one => el("li", one.event ? `Remark: ${one.text}` : `${one.date} ${one.title}`, faultOf(one) ? el("span.an-fault", ` ${faultOf(one)}`) : "", " ",
    button("Edit", () => { notesPanel(app, holder, one); holder.querySelector("input, textarea").focus(); }, { "aria-label": `Edit: ${one.title || one.text}` })));
  const said = app.report(); // what Python has to say about the file of notes
  holder.replaceChildren(form(app, note, again), said.length ? el("ul.an-fault", said.map(one => el("li", one))) : "", listed.length ? el("ul", listed) : "",
    row(button("Download as CSV", () => saveNotes(app)), el("span.an-hint", app.model.standalone ? "This page forgets them when it is closed: download them first." : "They are also kept by Python where the timeline was given notes=\"…csv\".")));
}
