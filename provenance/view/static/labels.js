// Words on lines and above columns: each where it covers no box, no mark, no heading and no other word.

/** @typedef {{left: number, right: number, top: number, bottom: number}} Rect In the picture's own pixels. */
/** @typedef {{item: string, text: string, x: number, y: number, rect: Rect}} Label */

const LABEL_FONT = `11.5px ${FONT}`;
const HEADING_FONT = `600 11px ${FONT}`;
const LABEL_STEP = 9; // Between places on a line where a label may stand.
const LABEL_ASIDE = [0, -11, 11];
const CELL = 48;

function rectAbout(x, y, width, height) {
  return { left: x - width / 2, right: x + width / 2, top: y - height / 2, bottom: y + height / 2 };
}

function meet(one, other) {
  return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
}

/** What no label may cover, by name: boxes with their marks, and headings. @param {View} view @returns {Map<string, Rect>} */
function obstacles(view, ctx) {
  const found = new Map();
  for (const [key, { x, y, box }] of view.boxes) {
    if (!isDrawn(view, key)) continue;
    const tail = box.type === "statement" ? 7 : 0;
    found.set(key, { ...rectAbout(x, y, box.width, box.height), bottom: y + box.height / 2 + tail });
    const level = y - box.height / 2 + (box.note ? 10 : 3);
    const left = x - box.width / 2 + (box.type === "channel" ? 5 : 0);
    if (box.before) found.set(`m:${key}/before`, { left: left - 24, right: left - 8, top: level - 8, bottom: level + 8 });
    if (box.after) found.set(`m:${key}/after`, { left: x + box.width / 2 + 8, right: x + box.width / 2 + 24, top: level - 8, bottom: level + 8 });
  }
  ctx.font = HEADING_FONT;
  headingsOf(view).forEach((heading, number) => found.set(`h:${number}`, headingRect(ctx, heading)));
  return found;
}

function headingsOf(view) {
  return view.scope && !view.picture.part ? [] : view.picture.headings;
}

function headingRect(ctx, { x, y, text, align }) {
  const { width } = ctx.measureText(text.toUpperCase());
  const left = align === "left" ? x : x - width / 2;
  return { left, right: left + width, top: y - 9, bottom: y + 2 };
}

/** The points of a line, about as far apart as a label is moved at a time. */
function pointsOn(edge) {
  const via = edge.edgeType.getViaNode();
  const at = (t) => edge.edgeType.getPoint(t, via);
  const [start, middle, end] = [at(0), at(0.5), at(1)];
  const length = Math.hypot(middle.x - start.x, middle.y - start.y) + Math.hypot(end.x - middle.x, end.y - middle.y);
  const steps = Math.max(2, Math.ceil(length / LABEL_STEP));
  return Array.from({ length: steps + 1 }, (_, step) => at(step / steps));
}

/** All lines that are drawn, as points: by their item. @param {View} view @returns {Map<string, {x: number, y: number}[]>} */
function linesOf(view) {
  const lines = new Map();
  for (const { id, item } of view.picture.edges) {
    const edge = view.network.body.edges[id];
    if (!edge || edge.options.hidden || !edge.connected) continue;
    if (!lines.has(item)) lines.set(item, []);
    lines.get(item).push(...pointsOn(edge));
  }
  return lines;
}

/** Find a place for each label; one that finds none is left to the legend, the tip and the panel. @param {View} view @returns {Label[]} */
function placeLabels(view, ctx) {
  const taken = [...obstacles(view, ctx).values()];
  const lines = linesOf(view);
  const crowd = crowdOf(lines);
  const words = new Map(view.picture.edges.filter((edge) => edge.label).map((edge) => [edge.item, edge.label]));
  ctx.font = LABEL_FONT;
  const found = [];
  for (const [item, text] of words) {
    const points = lines.get(item);
    if (!points) continue;
    const best = bestPlace(points, ctx.measureText(text).width + 8, (rect) => taken.some((one) => meet(one, rect)), (rect) => crowd(rect, item));
    if (!best) continue;
    taken.push(best.rect);
    found.push({ item, text, ...best });
  }
  return found;
}

function bestPlace(points, width, blocked, crossed) {
  const middle = (points.length - 1) / 2;
  let best = null;
  let least = Infinity;
  points.forEach((point, number) => {
    for (const aside of LABEL_ASIDE) {
      const cost = Math.abs(number - middle) + Math.abs(aside) / 2;
      if (cost >= least) continue;
      const rect = rectAbout(point.x, point.y + aside, width, 14);
      if (blocked(rect)) continue;
      const whole = cost + 10 * crossed(rect);
      if (whole < least) {
        least = whole;
        best = { x: point.x, y: point.y + aside, rect };
      }
    }
  });
  return best;
}

// How many points of other lines lie within a rectangle.
function crowdOf(lines) {
  const cells = new Map();
  for (const [item, points] of lines) for (const { x, y } of points) push(cells, `${Math.floor(x / CELL)} ${Math.floor(y / CELL)}`, { item, x, y });
  return ({ left, right, top, bottom }, own) => {
    let count = 0;
    for (let column = Math.floor(left / CELL); column <= Math.floor(right / CELL); column += 1) {
      for (let row = Math.floor(top / CELL); row <= Math.floor(bottom / CELL); row += 1) {
        for (const { item, x, y } of cells.get(`${column} ${row}`) || []) {
          if (item !== own && x > left && x < right && y > top && y < bottom) count += 1;
        }
      }
    }
    return count;
  };
}

/** @param {View} view */
function drawLabels(ctx, view) {
  view.labels ||= placeLabels(view, ctx);
  const tones = new Map(view.picture.edges.map((edge) => [edge.item, edge.tone]));
  ctx.font = LABEL_FONT;
  for (const { item, text, x, y } of view.labels) {
    if (isLit(view, item)) written(ctx, text, x, y, "center", view.theme[tones.get(item)], view.theme.bg);
  }
}

// Words on ground of their own, so that no line runs through them.
function written(ctx, text, x, y, align, colour, ground) {
  ctx.textAlign = align;
  ctx.textBaseline = "middle";
  ctx.lineJoin = "round";
  ctx.lineWidth = 4;
  ctx.strokeStyle = ground;
  ctx.strokeText(text, x, y);
  ctx.fillStyle = colour;
  ctx.fillText(text, x, y);
}

/** @param {View} view */
function drawHeadings(ctx, view) {
  const headings = headingsOf(view);
  const article = view.boxes.get("s:article");
  ctx.font = HEADING_FONT;
  for (const { x, y, text, align } of headings) {
    written(ctx, text.toUpperCase(), x, y - 3.5, align, view.theme.dim, view.theme.bg);
    if (align === "left" && y > 0 && article) drawRule(ctx, view, x, article.x - article.box.width / 2 - 8, y - 17);
  }
}

// What stands below it is under none of the headings above.
function drawRule(ctx, view, from, to, y) {
  ctx.beginPath();
  ctx.moveTo(from, y);
  ctx.lineTo(to, y);
  ctx.lineWidth = 1;
  ctx.setLineDash([]);
  ctx.strokeStyle = view.theme.line;
  ctx.stroke();
}

/** Where boxes, marks, headings and the words on lines stand, by name. @param {View} view @returns {Record<string, number[]>} */
function placesOf(view) {
  view.network.redraw();
  const boxes = obstacles(view, view.network.canvas.getContext());
  const article = view.boxes.get("s:article");
  if (boxes.has("s:article")) boxes.set("s:article", rectAbout(article.x, seenOf(view, article).y, article.box.width, seenOf(view, article).height));
  const all = [...boxes, ...view.labels.map(({ item, rect }) => [item, rect])];
  return Object.fromEntries(all.map(([key, { left, right, top, bottom }]) => [key, [left, right, top, bottom]]));
}
