// Boxes on the canvas: one outline for each type, dashed where the source has no name.

const FONT = '"Inter", system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';
const ARTEFACTS = new Set(["document", "intercept", "statement", "channel"]);
const PATHS = new Map();

function iconPath(type) {
  if (!PATHS.has(type)) PATHS.set(type, new Path2D(ICONS.get(type)));
  return PATHS.get(type);
}

function rounded(ctx, x, y, w, h, r) {
  ctx.beginPath();
  ctx.roundRect(x, y, w, h, Math.min(r, h / 2));
}

function polygon(ctx, ...points) {
  ctx.beginPath();
  for (const [x, y] of points) ctx.lineTo(x, y);
  ctx.closePath();
}

const OUTLINES = new Map([
  ["person", (ctx, x, y, w, h) => rounded(ctx, x, y, w, h, 16)],
  ["unnamed", (ctx, x, y, w, h) => rounded(ctx, x, y, w, h, 16)],
  ["news_outlet", (ctx, x, y, w, h) => rounded(ctx, x, y, w, h, 5)],
  ["organization", (ctx, x, y, w, h) => rounded(ctx, x, y, w, h, 5)],
  ["article", (ctx, x, y, w, h) => rounded(ctx, x, y, w, h, 10)],
  ["document", (ctx, x, y, w, h) => polygon(ctx, [x, y], [x + w - 11, y], [x + w, y + 11], [x + w, y + h], [x, y + h])],
  ["intercept", (ctx, x, y, w, h) => polygon(ctx, [x + 9, y], [x + w - 9, y], [x + w, y + h / 2], [x + w - 9, y + h], [x + 9, y + h], [x, y + h / 2])],
  ["statement", (ctx, x, y, w, h) => polygon(ctx, [x, y], [x + w, y], [x + w, y + h], [x + 28, y + h], [x + 17, y + h + 7], [x + 17, y + h], [x, y + h])],
  ["channel", (ctx, x, y, w, h) => polygon(ctx, [x + 8, y], [x + w, y], [x + w - 8, y + h], [x, y + h])],
]);

function drawBox(ctx, x, y, box, theme, look) {
  const left = x - box.width / 2;
  const top = y - box.height / 2;
  ctx.globalAlpha = look.dim ? 0.28 : 1;
  drawOutline(ctx, left, top, box, theme, look);
  if (box.type === "article") drawArticle(ctx, x, y, box, theme);
  else drawLabel(ctx, left, top, box, theme, look.doubt);
  const level = top + (box.note ? 10 : 3);
  if (box.before) drawGap(ctx, left + (box.type === "channel" ? 5 : 0), level, -1, theme);
  if (box.after) drawGap(ctx, left + box.width, level, 1, theme);
  if (box.folded) drawFolded(ctx, x, top + box.height, box.folded, theme);
  ctx.globalAlpha = 1;
}

// How many sources are folded into this one.
function drawFolded(ctx, x, y, count, theme) {
  const text = `+${count.toLocaleString("en")}`;
  ctx.font = `600 11px ${FONT}`;
  const width = ctx.measureText(text).width + 12;
  rounded(ctx, x - width / 2, y - 8, width, 16, 8);
  ctx.fillStyle = theme.dim;
  ctx.fill();
  ctx.fillStyle = theme.bg;
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.fillText(text, x, y + 0.5);
}

function drawOutline(ctx, left, top, box, theme, look) {
  OUTLINES.get(box.type)(ctx, left, top, box.width, box.height);
  ctx.fillStyle = theme.bg; // nothing shines through a dimmed box
  const alpha = ctx.globalAlpha;
  ctx.globalAlpha = 1;
  ctx.fill();
  ctx.globalAlpha = alpha;
  ctx.fillStyle = box.type === "article" ? theme.tint : theme.card;
  ctx.fill();
  ctx.strokeStyle = look.selected ? theme.ink : ARTEFACTS.has(box.type) ? theme.from : theme.edge;
  ctx.lineWidth = look.selected ? 3 : look.path || look.hover ? 2.2 : [1.3, 1.1, 0.9][look.doubt];
  ctx.globalAlpha = alpha * (look.selected ? 1 : [1, 0.75, 0.5][look.doubt]);
  ctx.setLineDash(box.type === "unnamed" ? [5, 4] : []);
  ctx.stroke();
  ctx.setLineDash([]);
  ctx.globalAlpha = alpha;
}

// The name of who is unsure leans, and is paler.
function drawLabel(ctx, left, top, box, theme, doubt) {
  const textLeft = left + 29;
  const room = box.width - 29 - 7;
  const height = 17 * box.lines.length + (box.note ? 14 : 0);
  let y = top + (box.height - height) / 2 + 9;
  drawIcon(ctx, left + 9, y - 8, box.type, theme);
  ctx.textAlign = "left";
  ctx.textBaseline = "middle";
  ctx.fillStyle = doubt === 2 ? theme.dim : theme.ink;
  ctx.font = `${doubt === 2 ? "italic " : ""}500 13.5px ${FONT}`;
  for (const line of box.lines) {
    ctx.fillText(line, textLeft, y, room);
    y += 17;
  }
  if (!box.note) return;
  ctx.fillStyle = theme.dim;
  ctx.font = `11px ${FONT}`;
  ctx.fillText(box.note, textLeft, y - 1, room);
}

function drawIcon(ctx, x, y, type, theme) {
  ctx.save();
  ctx.translate(x, y);
  ctx.strokeStyle = ARTEFACTS.has(type) ? theme.from : theme.dim;
  ctx.lineWidth = 1.25;
  ctx.lineJoin = "round";
  ctx.lineCap = "round";
  if (ctx.strokeData) ctx.strokeData(ICONS.get(type));
  else ctx.stroke(iconPath(type));
  ctx.restore();
}

function drawArticle(ctx, x, y, box, theme) {
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.fillStyle = theme.ink;
  let at = y - 9 * (box.lines.length - 1);
  box.lines.forEach((line, number) => {
    ctx.font = number ? `12px ${FONT}` : `600 15px ${FONT}`;
    if (number) ctx.fillStyle = theme.dim;
    ctx.fillText(line, x, at, box.width - 16);
    at += number ? 16 : 20;
  });
}

// A gap: a line that begins at nothing (or ends there), with a question mark where somebody ought to be.
function drawGap(ctx, x, y, way, theme) {
  ctx.strokeStyle = theme.denies;
  ctx.lineWidth = 1.3;
  ctx.setLineDash([2, 2]);
  ctx.beginPath();
  ctx.moveTo(x, y);
  ctx.lineTo(x + way * 9, y);
  ctx.stroke();
  ctx.beginPath();
  ctx.arc(x + way * 16, y, 7, 0, 2 * Math.PI);
  ctx.fillStyle = theme.bg;
  ctx.fill();
  ctx.stroke();
  ctx.setLineDash([]);
  ctx.fillStyle = theme.denies;
  ctx.font = `600 10.5px ${FONT}`;
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.fillText("?", x + way * 16, y + 0.5);
}
