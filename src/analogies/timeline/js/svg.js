// A stand-in for a canvas context that writes SVG, so that the picture is drawn by the same code in both.
import {max, round} from "./scale.js";

const ENTITIES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const escaped = text => text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "").replace(/[&<>"]/g, sign => ENTITIES[sign]);
const num = v => round(v * 100) / 100;

// A tag with its attributes, numbers to a hundredth of a pixel; what is inside it, if anything, is SVG already.
const tag = (name, attributes, inside = "") => `<${name}${Object.entries(attributes).map(([key, value]) => ` ${key}="${typeof value === "number" ? num(value) : escaped(value)}"`).join("")}>${inside}</${name}>`;

// measure: a canvas context that knows the widths of letters.
export function svgContext(width, height, measure) {
  const out = [];
  let path = "", dash = [], clips = 0;
  const put = (name, attributes, inside) => out.push(tag(name, attributes, inside)), add = (sign, ...numbers) => { path += sign + numbers.map(num).join(" "); };
  const filling = () => ({ fill: ctx.fillStyle }), stroking = () => ({ fill: "none", stroke: ctx.strokeStyle, "stroke-width": ctx.lineWidth, "stroke-dasharray": dash.join(" ") || "none" });
  const box = (x, y, w, h, look) => put("rect", { x, y, width: max(0, w), height: max(0, h), ...look });
  const ctx = {
    lineWidth: 1,
    setLineDash(lengths) { dash = lengths; },
    beginPath() { path = ""; },
    moveTo(x, y) { add("M", x, y); },
    lineTo(x, y) { add("L", x, y); },
    closePath() { path += "Z"; },
    rect(x, y, w, h) { add("M", x, y); add("h", w); add("v", h); add("h", -w); },
    arc(x, y, r) { for (const way of [1, -1]) { add("M", x - r * way, y); add("a", r, r, 0, 1, 0, 2 * r * way, 0); } }, // the picture has whole circles only
    fill() { put("path", { d: path, ...filling() }); },
    stroke() { if (path) put("path", { d: path, ...stroking() }); },
    fillRect(x, y, w, h) { box(x, y, w, h, filling()); },
    strokeRect(x, y, w, h) { box(x, y, w, h, stroking()); },
    save() {},
    clip() { const id = `clip${++clips}`; put("clipPath", { id }, tag("path", { d: path })); out.push(`<g clip-path="url(#${id})">`); },
    restore() { out.push("</g>"); },
    measureText(text) { measure.font = ctx.font; return measure.measureText(text); },
    fillText(text, x, y) {
      const [size, family] = ctx.font.replace("bold ", "").split("px ");
      put("text", { x, y, "font-size": size, "font-family": family, "font-weight": ctx.font.startsWith("bold") ? "bold" : "normal", "dominant-baseline": "central", "text-anchor": ctx.textAlign === "center" ? "middle" : "start", ...filling() }, escaped(text));
    },
    text: (title, description) => tag("svg", { xmlns: "http://www.w3.org/2000/svg", width, height, viewBox: `0 0 ${width} ${height}`, role: "img" }, (title ? tag("title", {}, escaped(title)) + tag("desc", {}, escaped(description)) : "") + out.join("")),
  };
  return ctx;
}
