// Okabe-Ito colours, and outlines and tints that keep their contrast on a light and on a dark page.
import {max, min, round} from "./scale.js";

export const OKABE_ITO = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00", "#F0E442", "#999999"];

// A theme has its colour by its name, so that it is the same whatever else is shown, and the same in print. Others come after.
const THEMES = ["military", "diplomatic", "legal", "economic", "domestic", "rhetoric"];
export const themeColours = themes => { let next = THEMES.length; return themes.map(name => (THEMES.includes(name) ? THEMES.indexOf(name) : next++)); };

const rgb = hex => [1, 3, 5].map(i => parseInt(hex.slice(i, i + 2), 16));

// part 0 gives a, part 1 gives b.
export const mixed = (a, b, part) => { const y = rgb(b); return "#" + rgb(a).map((v, i) => round(v + (y[i] - v) * part).toString(16).padStart(2, "0")).join(""); };

const luminance = hex => rgb(hex).reduce((sum, v, i) => sum + [0.2126, 0.7152, 0.0722][i] * (v <= 10 ? v / 3294.6 : ((v / 255 + 0.055) / 1.055) ** 2.4), 0.05);

export function contrast(a, b) {
  const lights = [a, b].map(luminance);
  return max(...lights) / min(...lights);
}

// The colour, moved towards the text colour just far enough to be seen on the page (3:1, as WCAG asks of marks).
export function outlineOf(colour, page, text) {
  let part = 0;
  while (part < 1 && contrast(mixed(colour, text, part), page) < 3) part += 0.05;
  return mixed(colour, text, min(1, part));
}

// The colours of a page given as {page, text, muted, line, accent}.
export function makePalette(base) {
  const { page, text } = base;
  return { ...base, series: OKABE_ITO.map(fill => ({ fill, outline: outlineOf(fill, page, text), tint: mixed(fill, page, 0.74) })), band: mixed(text, page, 0.93), own: { fill: page, outline: text, tint: mixed(text, page, 0.85) } };
}

// A canvas reads any colour of CSS back as #rrggbb; one that is see-through or unreadable gives what widget.css would.
export function readPalette(root, ctx) {
  const css = getComputedStyle(root), get = (name, none) => {
    ctx.fillStyle = none;
    ctx.fillStyle = css.getPropertyValue(`--an-${name}`).trim() || none;
    return ctx.fillStyle.length === 7 ? ctx.fillStyle : none;
  };
  const page = get("page", "#ffffff"), dark = luminance(page) < 0.25, [text, muted, line, accent] = Object.entries({ text: ["#1f1f1f", "#eeeeee"], muted: ["#555555", "#bdbdbd"], line: ["#dcdcdc", "#4a4a4a"], accent: ["#0b57a4", "#7cc4ff"] }).map(([name, pair]) => get(name, pair[+dark]));
  return makePalette({ page, text, muted, line, accent });
}
