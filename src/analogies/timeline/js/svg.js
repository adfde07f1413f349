// A stand-in for a canvas context that writes SVG, so that the picture is drawn by the same code in both.
import {max, round} from "./scale.js";

const escaped = text => String(text).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "").replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");
const num = v => String(round(v * 100) / 100);

// measure: a canvas context that knows the widths of letters.
export function svgContext(width, height, measure) {
  const out = [], open = [];
  let path = "", dash = [], clips = 0;
  const paint = (fill, stroke) => (fill ? `fill="${fill}"` : 'fill="none"') + (stroke ? ` stroke="${stroke}" stroke-width="${num(ctx.lineWidth)}"${dash.length ? ` stroke-dasharray="${dash.join(" ")}"` : ""}` : "") + (ctx.globalAlpha < 1 ? ` opacity="${ctx.globalAlpha}"` : "");
  const box = (x, y, w, h, look) => out.push(`<rect x="${num(x)}" y="${num(y)}" width="${num(max(0, w))}" height="${num(max(0, h))}" ${look}/>`);
  const ctx = {
    fillStyle: "#000", strokeStyle: "#000", lineWidth: 1, globalAlpha: 1, font: "12px sans-serif", textAlign: "left", textBaseline: "middle",
    setLineDash(d) { dash = d; },
    beginPath() { path = ""; },
    moveTo(x, y) { path += `M${num(x)} ${num(y)}`; },
    lineTo(x, y) { path += `L${num(x)} ${num(y)}`; },
    closePath() { path += "Z"; },
    rect(x, y, w, h) { path += `M${num(x)} ${num(y)}h${num(w)}v${num(h)}h${num(-w)}Z`; },
    arc(x, y, r) { path += `M${num(x - r)} ${num(y)}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0Z`; }, // the picture has whole circles only
    fill() { if (path) out.push(`<path d="${path}" ${paint(ctx.fillStyle, null)}/>`); },
    stroke() { if (path) out.push(`<path d="${path}" ${paint(null, ctx.strokeStyle)}/>`); },
    fillRect(x, y, w, h) { box(x, y, w, h, paint(ctx.fillStyle, null)); },
    strokeRect(x, y, w, h) { box(x, y, w, h, paint(null, ctx.strokeStyle)); },
    save() { open.push(0); },
    clip() { const id = `clip${++clips}`; out.push(`<clipPath id="${id}"><path d="${path}"/></clipPath><g clip-path="url(#${id})">`); open[open.length - 1]++; },
    restore() { for (let n = open.pop(); n > 0; n--) out.push("</g>"); },
    measureText(text) { measure.font = ctx.font; return measure.measureText(text); },
    fillText(text, x, y) {
      const [, bold, size, family] = /^(bold )?(\d+)px (.*)$/.exec(ctx.font);
      const anchor = ctx.textAlign === "center" ? ' text-anchor="middle"' : "";
      out.push(`<text x="${num(x)}" y="${num(y)}" font-size="${size}" font-family="${escaped(family)}"${bold ? ' font-weight="bold"' : ""} dominant-baseline="central"${anchor} fill="${ctx.fillStyle}">${escaped(text)}</text>`);
    },
    text(title, description) {
      return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"${title ? ` role="img"><title>${escaped(title)}</title><desc>${escaped(description)}</desc>` : ">"}${out.join("")}</svg>\n`;
    },
  };
  return ctx;
}
