// What of the picture is on the screen, and how large.

const READABLE = 0.72; // Of full size: names are nearly 10 pixels high.
const READABLE_SMALL = 0.75;
const WINDOW = 6; // Pixels of screen that the article's box keeps from its frame.

// The article is as high as all the rest; of a part it counts only sideways.
function bounds(view) {
  const boxes = [...view.boxes.values()].filter((node) => isDrawn(view, node.id));
  const tall = boxes.filter((node) => !view.scope || node.id !== "s:article" || boxes.length === 1);
  const headings = headingsOf(view);
  const tops = headings.map((heading) => heading.y - 12);
  const margin = (node) => node.box.width / 2 + (node.box.before || node.box.after ? 26 : 8);
  return {
    left: Math.min(...boxes.map((node) => node.x - margin(node)), ...headings.filter(({ align }) => align === "left").map(({ x }) => x - 4)),
    right: Math.max(...boxes.map((node) => node.x + margin(node))),
    top: Math.min(...tops, ...tall.map((node) => node.y - node.box.height / 2)),
    bottom: Math.max(...tall.map((node) => node.y + node.box.height / 2)),
  };
}

// The whole graph where its names stay readable; else what is around the chain that the page opens with.
function fit(view) {
  const { left, right, top, bottom } = bounds(view);
  const { clientWidth, clientHeight } = view.holder;
  const whole = Math.min((clientWidth - 28) / (right - left), (clientHeight - 8) / (bottom - top));
  const least = clientWidth < 600 ? READABLE_SMALL : READABLE;
  const scale = Math.max(least, Math.min(whole, view.scope ? 1.4 : 1.15));
  const x = acrossOf(view, left, right, (clientWidth - 28) / scale);
  const y = clamped(middleOf(view, top, bottom), top, bottom, (clientHeight - 8) / scale);
  view.network.moveTo({ position: { x, y }, scale });
}

// All of it where there is room; else the end, with the article, as far as that shows where the chain begins, or else
// the beginning of the chain.
function acrossOf(view, left, right, room) {
  if (right - left <= room) return (left + right) / 2;
  const start = view.scope ? left : Math.max(left, startOf(view, room) - 8);
  return view.path.size && right - start > room ? start + room / 2 : right - room / 2;
}

// Where the column of the chain that the page opens with begins, with the marks of gaps; later where the chain's second
// box would not be seen whole, but never behind its first.
function startOf(view, room) {
  const boxes = [...view.boxes.values()];
  const [first, second] = boxes.filter(({ id }) => view.path.has(id)).sort((one, other) => one.x - other.x);
  if (!first) return Infinity;
  const own = ({ x, box }) => x - box.width / 2 - (box.before ? 26 : 0);
  const column = Math.min(own(first), ...boxes.filter(({ x }) => Math.abs(x - first.x) < 1).map(own));
  const needed = second ? second.x + second.box.width / 2 + 8 - room : column;
  return Math.min(own(first), Math.max(column, needed));
}

/** A button over the picture that leads to its other end, where only one of them is on the screen. @param {View} view */
function makeOnward(view) {
  const node = el("button", { type: "button", id: "onward", hidden: true });
  node.addEventListener("click", () => {
    const { x, y } = view.network.getViewPosition();
    const { left, right } = bounds(view);
    const room = (view.holder.clientWidth - 28) / view.network.getScale();
    const end = node.dataset.to === "end" ? right - room / 2 : Math.max(left, startOf(view, room) - 8) + room / 2;
    view.network.moveTo({ position: { x: Number.isFinite(end) ? end : x, y } });
  });
  view.network.on("afterDrawing", () => showOnward(view, node));
  return node;
}

function showOnward(view, node) {
  const article = view.boxes.get("s:article");
  const at = (x) => view.network.canvasToDOM({ x, y: 0 }).x;
  const beyond = article && isDrawn(view, "s:article") && at(article.x) > view.holder.clientWidth;
  const room = (view.holder.clientWidth - 28) / view.network.getScale();
  const behind = !beyond && !view.scope && view.path.size > 0 && at(startOf(view, room)) < -8;
  const to = beyond ? "end" : behind ? "start" : "";
  if (node.dataset.to === to) return;
  Object.assign(node, { hidden: !to, textContent: beyond ? "to the article ▸" : "◂ to where it begins" });
  node.dataset.to = to;
}

/** A button that leads to the boxes left of the screen, while the article is right of it. @param {View} view */
function makeUpstream(view) {
  const node = el("button", { type: "button", id: "upstream", hidden: true });
  const room = () => (view.holder.clientWidth - 28) / view.network.getScale();
  node.addEventListener("click", () => view.network.moveTo({ position: { x: bounds(view).left + room() / 2, y: view.network.getViewPosition().y } }));
  view.network.on("afterDrawing", () => {
    const start = view.network.DOMtoCanvas({ x: 0, y: 0 }).x;
    const end = start + room();
    const boxes = [...view.boxes.values()].filter(({ id }) => isDrawn(view, id));
    const article = boxes.find(({ id }) => id === "s:article");
    const behind = boxes.filter(({ x }) => x < start).length;
    const text = article && article.x > end && behind ? `◂ ${behind} more` : "";
    if (node.textContent !== text) Object.assign(node, { hidden: !text, textContent: text });
  });
  return node;
}

// Of a part its middle; of the picture along time its top.
function middleOf(view, top, bottom) {
  if (view.scope) return (top + bottom) / 2;
  const along = [...view.boxes.values()].filter(({ id }) => id !== "s:article" && view.path.has(id));
  if (!along.length) return top;
  const edges = along.flatMap(({ y, box }) => [y - box.height / 2, y + box.height / 2]);
  return (Math.min(...edges) + Math.max(...edges)) / 2;
}

// The point nearest to a middle about which a window shows nothing beyond what there is.
function clamped(middle, from, to, room) {
  if (to - from <= room) return (from + to) / 2;
  return Math.min(Math.max(middle, from + room / 2), to - room / 2);
}

function zoom(view, factor) {
  view.network.moveTo({ scale: Math.min(4, Math.max(0.1, view.network.getScale() * factor)) });
}

/** The part of the article's box that is on the screen, and how many other boxes are not. @param {View} view */
function seenOf(view, { y, box }) {
  const [from, to] = [WINDOW, view.holder.clientHeight - WINDOW].map((at) => view.network.DOMtoCanvas({ x: 0, y: at }).y);
  const [top, bottom] = [Math.max(y - box.height / 2, from), Math.min(y + box.height / 2, to)];
  const cut = bottom - top > 60 && bottom - top < box.height;
  const others = cut ? [...view.boxes.values()].filter(({ id }) => id !== "s:article" && isDrawn(view, id)) : [];
  return {
    cut,
    y: cut ? (top + bottom) / 2 : y,
    height: cut ? bottom - top : box.height,
    above: others.filter((one) => one.y + one.box.height / 2 < from).length,
    below: others.filter((one) => one.y - one.box.height / 2 > to).length,
  };
}

// The article's box ends where the screen does, so that its name is in sight, and tells what is beyond.
function drawSeen(ctx, view, node) {
  const seen = seenOf(view, node);
  const box = { ...node.box, height: seen.height };
  drawBox(ctx, node.x, seen.y, box, view.theme, nodeLook(view, node.id));
  if (seen.above) drawBeyond(ctx, view, node.x, seen.y - seen.height / 2 + 16, `▴ ${seen.above} above`);
  if (seen.below) drawBeyond(ctx, view, node.x, seen.y + seen.height / 2 - 16, `▾ ${seen.below} below`);
}

function drawBeyond(ctx, view, x, y, text) {
  ctx.font = `12px ${FONT}`;
  ctx.fillStyle = view.theme.dim;
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.fillText(text, x, y);
}
