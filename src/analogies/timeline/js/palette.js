// Okabe-Ito colours, and outlines and tints that keep their contrast on a light and on a dark page.
import {max, round} from "./scale.js";

export const OKABE_ITO = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00", "#F0E442", "#999999"];

// A theme has its colour by its name, so that it is the same whatever else is shown, and the same in print. Others come after.
const THEMES = ["military", "diplomatic", "legal", "economic", "domestic", "rhetoric"];
export const themeColours = themes => { let next = THEMES.length; return themes.map(name => (THEMES.includes(name) ? THEMES.indexOf(name) : next++)); };

// How far an outline is moved towards the text colour, in twentieths, to be seen on a light or dark page (3:1, as WCAG asks of marks).
const STEPS_TO_TEXT = { light: [0, 0, 0, 1, 5, 5, 9, 2], dark: [1, 0, 0, 0, 0, 0, 0, 0] };

const rgb = hex => [1, 3, 5].map(i => parseInt(hex.slice(i, i + 2), 16));

// part 0 gives a, part 1 gives b.
export const mixed = (a, b, part) => { const y = rgb(b); return "#" + rgb(a).map((v, i) => round(v + (y[i] - v) * part).toString(16).padStart(2, "0")).join(""); };

const isDark = colour => max(...rgb(colour)) < 128;

// The colours of a page given as {page, text, muted, line, accent}.
export function makePalette(base) {
  const { page, text } = base, steps = STEPS_TO_TEXT[isDark(page) ? "dark" : "light"];
  return { ...base, series: OKABE_ITO.map((fill, i) => ({ fill, outline: mixed(fill, text, steps[i] / 20), tint: mixed(fill, page, 0.74) })), band: mixed(text, page, 0.93), own: { fill: page, outline: text, tint: mixed(text, page, 0.85) } };
}

// A canvas reads any colour of CSS back as #rrggbb; for one that is see-through, as JupyterLab's lines are, or unreadable stands our own.
export function readPalette(root, ctx) {
  const css = getComputedStyle(root), get = (name, none) => {
    ctx.fillStyle = none;
    ctx.fillStyle = css.getPropertyValue(`--an-${name}`).trim() || none;
    return ctx.fillStyle.length === 7 ? ctx.fillStyle : none;
  };
  const page = get("page", "#ffffff"), dark = isDark(page), ink = dark ? "#eeeeee" : "#1f1f1f";
  return makePalette({ page, text: get("text", ink), muted: get("muted", ink), line: get("line", dark ? "#4a4a4a" : "#d5d5d5"), accent: get("accent", ink) });
}
