// Keys on the drawing. One tab stop; every event can be reached with the arrow keys.
import {neighbour} from "./lanes.js";

// What the help panel says, and what the handler below does: [keys, what].
export const KEYS = [
  ["\u2190 \u2192", "previous, next event in the reading order"],
  ["\u2191 \u2193", "nearest event in the lane above, below"],
  ["Home, End", "first, last event of the lane (with Ctrl: of all)"],
  ["Enter or space", "open the detail of the event"],
  ["Esc", "close what is open, go back to the drawing"],
  ["+ \u2212", "zoom in, zoom out, around the event in focus"],
  ["Page Up, Page Down", "move half a window back, on"],
  ["0", "show everything"], ["f", "zoom to the event in focus"], ["o", "reading order: by lane or by time"],
  ["/", "search"], ["p", "period"], ["v", "lanes and order"], ["d", "day 0"], ["a", "as of a date"], ["n", "your own events"], ["s", "save"], ["t", "table"], ["?", "this help"],
];

// panels: [{name, key}]
export function listenToKeys(app, root, drawing, panels) {
  drawing.addEventListener("keydown", event => {
    const { key } = event, ctrl = event.ctrlKey || event.metaKey;
    let step = key;
    if (ctrl && (key === "Home" || key === "End")) step = key === "Home" ? "First" : "Last";
    else if (ctrl || event.altKey) return;
    const focus = app.focus;
    if (/^Arrow|^Home$|^End$|^First$|^Last$/.test(step)) app.setFocus(neighbour(step, focus, app.shown, app.lanes, app.reading), event.repeat);
    else if (key === "Enter" || key === " ") { if (focus >= 0) app.select(app.shown.index[focus], { go: true }); }
    else if ("+=".includes(key)) app.zoom(0.6, app.focusDay());
    else if ("-_".includes(key)) app.zoom(1 / 0.6, app.focusDay());
    else if (key === "PageUp" || key === "PageDown") app.move(key === "PageUp" ? -0.5 : 0.5);
    else if (key === "0") app.fitAll();
    else if (key === "f") { if (focus >= 0) app.fitEvent(app.shown.index[focus]); }
    else if (key === "o") app.change({ order: app.state.order === "time" ? "lane" : "time" }, `Reading order: by ${app.state.order === "time" ? "lane" : "time"}.`);
    else {
      const panel = panels.find(one => one.key === key);
      if (!panel) return;
      app.togglePanel(panel.name, true);
    }
    event.preventDefault();
    event.stopPropagation();
  });
  root.addEventListener("keydown", event => { // from anywhere in the widget
    if (event.key === "Escape" && app.goBack()) { event.preventDefault(); event.stopPropagation(); }
  });
}
