// The few strokes of which every picture is made, on a canvas or in SVG. xy: x, y, x, y ...
import {floor} from "./scale.js";

export function filled(ctx, colour, x, y, w, h) {
  ctx.fillStyle = colour;
  ctx.fillRect(x, y, w, h);
}

export function framed(ctx, colour, x, y, w, h, width = 1) {
  ctx.strokeStyle = colour;
  ctx.lineWidth = width;
  ctx.strokeRect(x, y, w, h);
}

// A filled box whose frame of one pixel lies inside it.
export function boxed(ctx, fill, edge, x, y, w, h) {
  filled(ctx, fill, x, y, w, h);
  framed(ctx, edge, x + 0.5, y + 0.5, w - 1, h - 1);
}

export function traced(ctx, ...xy) {
  ctx.beginPath();
  for (let i = 0; i < xy.length; i += 2) ctx[i ? "lineTo" : "moveTo"](xy[i], xy[i + 1]);
}

export function line(ctx, ...xy) {
  traced(ctx, ...xy);
  ctx.stroke();
}

// Upright lines of a pixel at each x, in one stroke.
export function uprights(ctx, colour, xs, y, to, slant = 0) {
  ctx.strokeStyle = colour;
  ctx.beginPath();
  for (const x of xs) { ctx.moveTo(x, y); ctx.lineTo(x + slant, to); }
  ctx.stroke();
}

export function written(ctx, colour, text, x, y) {
  ctx.fillStyle = colour;
  ctx.fillText(text, x, y);
}

// Gives a canvas as many pixels as the screen has for this size.
export function sharpened(canvas, ctx, width, height, ratio = window.devicePixelRatio || 1) {
  const [w, h] = [width, height].map(length => floor(length * ratio));
  if (canvas.width === w && canvas.height === h) return;
  canvas.width = w; canvas.height = h;
  ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
}
