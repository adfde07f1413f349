// Keys on the drawing. One tab stop; every event can be reached with the arrow keys.
import {neighbour} from "./lanes.js";

// [keys that are pressed, what the help panel calls them, what it says of them, what they do with (app, key, held down?)]
const KEYS = [
  [["ArrowLeft", "ArrowRight"], "\u2190 \u2192", "previous, next event in the reading order", step],
  [["ArrowUp", "ArrowDown"], "\u2191 \u2193", "nearest event in the lane above, below", step],
  [["Home", "End", "First", "Last"], "Home, End", "first, last event of the lane (with Ctrl: of all)", step],
  [["Enter", " "], "Enter or space", "open the detail of the event", app => app.focus >= 0 && app.select(app.shown.index[app.focus], { go: true })],
  [[], "Esc", "close what is open, go back to the drawing"],
  [["+", "=", "-", "_"], "+ \u2212", "zoom in, zoom out, around the event in focus", (app, key) => app.zoom("+=".includes(key) ? 0.6 : 1 / 0.6, app.focusDay())],
  [["PageUp", "PageDown"], "Page Up, Page Down", "move half a window back, on", (app, key) => app.move(key === "PageUp" ? -0.5 : 0.5)],
  [["0"], "0", "show everything", app => app.fitAll()],
  [["f"], "f", "zoom to the event in focus", app => app.focus >= 0 && app.fitEvent(app.shown.index[app.focus])],
  [["o"], "o", "reading order: by lane or by time", app => app.setOrder(app.state.order === "time" ? "lane" : "time")],
];

function step(app, key, held) {
  app.setFocus(neighbour(key, app.focus, app.shown, app.lanes, app.reading), held);
}

// All keys for the help panel: [keys, what]. panels: [{title, key}]
export const keysOf = panels => [...KEYS.map(([, keys, what]) => [keys, what]), ...panels.map(({ key, title }) => [key, title])];

// panels: [{name, key}]
export function listenToKeys(app, root, drawing, panels) {
  drawing.addEventListener("keydown", event => {
    const { key, repeat } = event, ctrl = event.ctrlKey || event.metaKey, pressed = ctrl ? { Home: "First", End: "Last" }[key] : !event.altKey && key;
    const act = KEYS.find(([keys]) => keys.includes(pressed))?.[3], panel = panels.find(one => one.key === pressed);
    if (act) act(app, pressed, repeat);
    else if (panel) app.togglePanel(panel.name, true);
    if (act || panel) taken(event);
  });
  root.addEventListener("keydown", event => { if (event.key === "Escape" && app.goBack()) taken(event); }); // from anywhere in the widget
}

function taken(event) {
  event.preventDefault();
  event.stopPropagation();
}
