// The few strokes of which every picture is made, on a canvas or in SVG.

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

export function line(ctx, ...points) {
  ctx.beginPath();
  points.forEach(([x, y], i) => (i ? ctx.lineTo(x, y) : ctx.moveTo(x, y)));
  ctx.stroke();
}
