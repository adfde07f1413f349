// State and the traits of the widget: what Python sends in, what the reader's doing sends back.

export const DEFAULTS = { window: null, filters: {}, lanes: "theme", order: "lane", align: null, as_of: null, selected: null, height: null };
const WAIT = 250; // ms of quiet before the kernel is told

export const readState = model => ({ ...DEFAULTS, ...(model.get("state") || {}) });

// Sends state changes in one go; ignores the echo of its own.
export function synced(model, onstate) {
  let timer = 0, pending = null, last = JSON.stringify(model.get("state") || {});
  const flush = () => {
    clearTimeout(timer); timer = 0;
    if (!pending) return;
    const text = JSON.stringify(pending);
    if (text !== last) { last = text; model.set("state", pending); model.save_changes(); }
    pending = null;
  };
  const heard = () => {
    const text = JSON.stringify(model.get("state") || {});
    if (text === last) return;
    last = text; pending = null; clearTimeout(timer);
    onstate(readState(model));
  };
  model.on("change:state", heard);
  return { send(state) { pending = { ...state }; clearTimeout(timer); timer = setTimeout(flush, WAIT); }, flush, stop() { flush(); model.off("change:state", heard); } };
}

// A model without a kernel, for the standalone page: the part of anywidget's model that the widget uses.
export function pageModel(traits) {
  const values = { ...traits }, heard = new Map();
  return {
    standalone: true,
    get: name => values[name],
    set(name, value) { if (values[name] === value) return; values[name] = value; for (const f of heard.get(`change:${name}`) || []) f(); },
    on(name, f) { heard.set(name, [...(heard.get(name) || []), f]); },
    off(name, f) { heard.set(name, (heard.get(name) || []).filter(g => g !== f)); },
    save_changes() {},
    send() {},
  };
}
