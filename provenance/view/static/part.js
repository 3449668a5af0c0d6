// A part of a graph that is too large to be drawn at once: sources with what leads to them, laid out here.

const PART = 48; // Sources of a part that are drawn; the table has the others.
const TALL = 12; // Boxes in a column; more stand in two.
const PART_GAPS = { row: 16, column: 120, beside: 34 };

/**
 * Whether a key of a graph is in none of its pictures, and which source to look at to see it.
 * @returns {string} The id of that source, or "".
 */
function hiddenAt(graph, view, key) {
  if (!graph.raw.folded || !key) return "";
  const item = graph.items.get(key);
  const ids = item ? ends(item) : [key.slice(2)];
  return ids.every((id) => view.boxes.has(`s:${id}`)) ? "" : ids.find((id) => id !== "article") || "";
}

/** @param {Set<string>} scope @returns {object} The picture of what is in *scope*, or of the first of it. */
function partOf(graph, scope) {
  const keys = [...scope].filter((key) => key.startsWith("s:")).map((key) => key.slice(2));
  const ids = new Set(nearest(graph, keys));
  const lines = graph.raw.items.filter((item) => isLine(item) && scope.has(item.id) && ids.has(item.source) && ids.has(item.target));
  const boxes = placed(graph, [...ids], lines);
  const left = Math.min(...boxes.map((node) => node.x - node.box.width / 2));
  const top = Math.min(...boxes.map((node) => node.y - node.box.height / 2));
  const rest = keys.length - ids.size;
  const text = rest ? `${ids.size} of ${keys.length.toLocaleString("en")} sources, the table has the others` : "";
  const edges = lines.filter((item) => item.source !== item.target).map((item) => partEdge(graph, item));
  return {
    part: true, nodes: [...boxes, ...portsOf(boxes, edges)], edges,
    options: graph.raw.pictures.chain.options,
    headings: text ? [{ x: left, y: top - 18, text, align: "left" }] : [],
  };
}

// The first of *keys* and those next to it, nearest first, of the equally near those with most lines.
function nearest(graph, keys) {
  const lines = (id) => [...(graph.into.get(id) || []), ...(graph.from.get(id) || [])];
  const waiting = new Set(keys.slice(1));
  let found = keys.slice(0, 1);
  for (let ring = found; ring.length && found.length < PART;) {
    const next = new Set(ring.flatMap((id) => lines(id).flatMap(ends)).filter((id) => waiting.delete(id)));
    ring = [...next].sort((a, b) => lines(b).length - lines(a).length);
    found = [...found, ...ring];
  }
  return found.slice(0, PART);
}

function placed(graph, ids, lines) {
  const onward = new Map(ids.map((id) => [id, []]));
  for (const line of lines) if (line.what === "flow" && line.source !== line.target) onward.get(line.source).push(line.target);
  const levels = levelsOf(ids, onward);
  const columns = [];
  for (const id of ids) (columns[levels.get(id)] ||= []).push(id);
  const rows = new Map();
  const found = [];
  let right = 0;
  for (const column of columns) {
    const wanted = (id) => mean(onward.get(id).map((to) => rows.get(to)));
    column.sort((a, b) => wanted(a) - wanted(b) || nameOf(graph, a).localeCompare(nameOf(graph, b)));
    column.forEach((id, row) => rows.set(id, row / column.length));
    const across = Math.ceil(column.length / TALL);
    for (let start = 0; start < across; start += 1) {
      const some = column.filter((_, row) => row % across === start);
      right -= stacked(graph, some, right, found) + (start + 1 < across ? PART_GAPS.beside : PART_GAPS.column);
    }
  }
  return found;
}

// How many hops each is from the end; a circle is cut where it closes.
function levelsOf(ids, onward) {
  const levels = new Map();
  const open = new Set();
  const depth = (id) => {
    if (levels.has(id)) return levels.get(id);
    if (open.has(id)) return -1;
    open.add(id);
    levels.set(id, Math.max(-1, ...onward.get(id).map(depth)) + 1);
    open.delete(id);
    return levels.get(id);
  };
  ids.forEach(depth);
  return levels;
}

function mean(numbers) {
  const known = numbers.filter((one) => one !== undefined);
  return known.length ? known.reduce((sum, one) => sum + one, 0) / known.length : 0.5;
}

// Stack boxes evenly about the middle, and return how wide they are.
function stacked(graph, ids, right, found) {
  const boxes = ids.map((id) => boxOf(graph, id));
  const width = Math.max(...boxes.map((box) => box.width));
  let y = -boxes.reduce((sum, box) => sum + box.height + PART_GAPS.row, -PART_GAPS.row) / 2;
  boxes.forEach((box, n) => {
    found.push({ id: `s:${ids[n]}`, label: box.lines.join(" "), shape: "custom", size: box.width / 2, x: right - width / 2, y: y + box.height / 2, box });
    y += box.height + PART_GAPS.row;
  });
  return width;
}

function boxOf(graph, id) {
  if (id === "article") return { type: "article", lines: ["This article"], note: "", width: 132, height: 64, before: false, after: false };
  return graph.raw.folded.boxes[id];
}

function partEdge(graph, item) {
  const { folded } = graph.raw;
  const smooth = { type: "cubicBezier", forceDirection: "horizontal", roundness: 0.5 };
  return { ...folded.looks[folded.lines[item.id]], id: `${item.id}/0`, item: item.id, from: `s:${item.source}`, to: `s:${item.target}`, smooth };
}

// Lines leave and reach the sides of boxes at points of their own, in the order of where they lead.
function portsOf(boxes, edges) {
  const at = new Map(boxes.map((node) => [node.id, node]));
  const ports = [];
  for (const [end, other] of [["from", "to"], ["to", "from"]]) {
    const there = new Map();
    for (const edge of edges) push(there, edge[end], edge);
    for (const [id, some] of there) {
      const node = at.get(id);
      const away = (edge) => at.get(edge[other]);
      const sorted = [...some].sort((a, b) => away(a).y - away(b).y);
      sorted.forEach((edge, n) => {
        const side = away(edge).x > node.x || (away(edge).x === node.x && end === "from") ? 1 : -1;
        const y = node.y + (n - (sorted.length - 1) / 2) * Math.min(8, (node.box.height - 10) / sorted.length);
        ports.push({ id: `p:${edge.id}/${end}`, label: " ", shape: "custom", x: node.x + (side * node.box.width) / 2, y });
      });
    }
  }
  for (const edge of edges) Object.assign(edge, { from: `p:${edge.id}/from`, to: `p:${edge.id}/to` });
  return ports;
}
