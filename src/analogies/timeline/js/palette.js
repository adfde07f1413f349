// Okabe-Ito colours, and outlines and tints that keep their contrast on a light and on a dark page.
import {round} from "./scale.js";

export const OKABE_ITO = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00", "#F0E442", "#999999"];

// A theme has its colour by its name, so that it is the same whatever else is shown, and the same in print. Others come after.
const THEMES = ["military", "diplomatic", "legal", "economic", "domestic", "rhetoric"];
export const themeColours = themes => { let next = THEMES.length; return themes.map(name => (THEMES.includes(name) ? THEMES.indexOf(name) : next++)); };

const rgb = hex => [1, 3, 5].map(i => parseInt(hex.slice(i, i + 2), 16));
const asHex = parts => "#" + parts.map(v => round(v).toString(16).padStart(2, "0")).join("");

// part 0 gives a, part 1 gives b.
export const mixed = (a, b, part) => { const x = rgb(a), y = rgb(b); return asHex(x.map((v, i) => v + (y[i] - v) * part)); };

function luminance(hex) {
  const [r, g, b] = rgb(hex).map(v => { const s = v / 255; return s <= 0.04045 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4; });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

export function contrast(a, b) {
  const [hi, lo] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (hi + 0.05) / (lo + 0.05);
}

// The colour, moved towards the text colour just far enough to be seen on the page (3:1, as WCAG asks of marks).
export function outlineOf(colour, page, text, least = 3) {
  for (let part = 0; part <= 1; part += 0.05) if (contrast(mixed(colour, text, part), page) >= least) return mixed(colour, text, part);
  return text;
}

// A canvas reads any CSS colour back as #rrggbb; one that is see-through or unreadable gives `none`.
function cssColour(ctx, value, none) {
  ctx.fillStyle = none;
  ctx.fillStyle = value.trim() || none;
  return /^#[0-9a-f]{6}$/i.test(ctx.fillStyle) ? ctx.fillStyle : none;
}

// The colours of a page given as {page, text, muted, line, accent}.
export function makePalette(base) {
  const series = OKABE_ITO.map(fill => ({ fill, outline: outlineOf(fill, base.page, base.text), tint: mixed(fill, base.page, 0.74) }));
  return { ...base, series, band: mixed(base.text, base.page, 0.93), own: { fill: base.page, outline: base.text, tint: mixed(base.text, base.page, 0.85) } };
}

export function readPalette(root, ctx) {
  const css = getComputedStyle(root), get = (name, none) => cssColour(ctx, css.getPropertyValue(`--an-${name}`), none);
  const page = get("page", "#ffffff"), [text, muted, line, accent] = luminance(page) < 0.2 ? ["#eeeeee", "#bdbdbd", "#4a4a4a", "#7cc4ff"] : ["#1f1f1f", "#555555", "#dcdcdc", "#0b57a4"];
  return makePalette({ page, text: get("text", text), muted: get("muted", muted), line: get("line", line), accent: get("accent", accent) });
}
