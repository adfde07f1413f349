// State and the traits of the widget: what Python sends in, what the reader's doing sends back.

const DEFAULTS = { window: null, filters: {}, lanes: "theme", order: "lane", align: null, as_of: null, selected: null, height: null };
const WAIT = 250; // ms of quiet before the kernel is told

export const readState = model => ({ ...DEFAULTS, ...model.get("state") });

// Sends state changes in one go; ignores the echo of its own.
export function synced(model, onstate) {
  const told = () => JSON.stringify(model.get("state"));
  let timer = 0, pending = null, last = told();
  const flush = () => {
    clearTimeout(timer);
    const text = pending && JSON.stringify(pending);
    if (text && text !== last) { last = text; model.set("state", pending); model.save_changes(); }
    pending = null;
  };
  const heard = () => {
    if (told() === last) return;
    last = told(); pending = null; clearTimeout(timer);
    onstate(readState(model));
  };
  model.on("change:state", heard);
  return { send(state) { pending = { ...state }; clearTimeout(timer); timer = setTimeout(flush, WAIT); }, flush, stop() { flush(); model.off("change:state", heard); } };
}

// A model without a kernel, for the standalone page: the part of anywidget's model that the widget uses.
export function pageModel(traits) {
  const values = { ...traits }, heard = {};
  return {
    standalone: true,
    get: name => values[name],
    set(name, value) { values[name] = value; for (const f of heard[`change:${name}`] || []) f(); },
    on(name, f) { (heard[name] ??= []).push(f); },
    off(name, f) { heard[name] = heard[name]?.filter(one => one !== f); },
    save_changes() {},
  };
}
