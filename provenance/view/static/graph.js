// The graph of sources on its canvas.

const TONES = ["said", "from", "denies", "doubts", "confirms"];
const COLOURS = ["bg", "card", "tint", "ink", "dim", "edge", "halo", ...TONES];

function readTheme() {
  const style = getComputedStyle(document.documentElement);
  return Object.fromEntries(COLOURS.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]));
}

function makeGraphView(holder, graph, handlers) {
  const view = { holder, graph, theme: readTheme(), lit: null, selected: "", hover: "" };
  view.path = new Set(pathOf(graph));
  view.boxes = new Map(graph.raw.network.nodes.filter((node) => node.box).map((node) => [node.id, node]));
  view.nodes = new vis.DataSet(graph.raw.network.nodes.map((node) => ({ ...node, ctxRenderer: renderer(view, node) })));
  view.edges = new vis.DataSet(graph.raw.network.edges.map((edge) => ({ ...edge, ...edgeLook(view, edge) })));
  view.network = new vis.Network(holder, { nodes: view.nodes, edges: view.edges }, graph.raw.network.options);
  view.network.on("beforeDrawing", (ctx) => drawHeadings(ctx, view));
  listenToGraph(view, handlers);
  fit(view);
  return view;
}

// The ids of the hops and sources along the longest chain.
function pathOf(graph) {
  const first = graph.raw.chains[0];
  return first ? [...first.hops, ...first.ids.map((id) => `s:${id}`)] : [];
}

function renderer(view, node) {
  if (!node.box) return () => ({ drawNode() {}, nodeDimensions: { width: 1, height: 1 } });
  return ({ ctx, x, y }) => ({
    drawNode: () => drawBox(ctx, x, y, node.box, view.theme, nodeLook(view, node.id)),
    nodeDimensions: { width: node.box.width, height: node.box.height },
  });
}

function nodeLook(view, id) {
  return {
    selected: view.selected === id,
    hover: view.hover === id,
    dim: Boolean(view.lit) && !view.lit.has(id),
    path: view.lit ? view.lit.has(id) : view.path.has(id),
  };
}

function edgeLook(view, edge) {
  const lit = view.lit ? view.lit.has(edge.item) : true;
  const haloed = view.lit ? lit : view.path.has(edge.item);
  const chosen = view.selected === edge.item || view.hover === edge.item;
  const colour = view.theme[edge.tone];
  return {
    color: { color: colour, hover: colour, highlight: colour, opacity: lit ? (edge.quiet && !view.lit ? 0.5 : 1) : 0.14 },
    width: edge.width + (chosen ? 1.4 : 0),
    background: { enabled: haloed, color: view.theme.halo, size: edge.width + (chosen ? 11 : 8), dashes: false },
    font: { face: FONT, size: 11.5, color: lit ? colour : "transparent", strokeWidth: 4, strokeColor: lit ? view.theme.bg : "transparent", align: "horizontal", vadjust: edge.shift || 0 },
  };
}

function refresh(view) {
  view.theme = readTheme();
  view.edges.update(view.graph.raw.network.edges.map((edge) => ({ id: edge.id, ...edgeLook(view, edge) })));
  view.network.redraw();
}

function drawHeadings(ctx, view) {
  ctx.textBaseline = "alphabetic";
  ctx.fillStyle = view.theme.dim;
  ctx.font = `600 11px ${FONT}`;
  for (const heading of view.graph.raw.headings) {
    ctx.textAlign = heading.align;
    ctx.fillText(heading.text.toUpperCase(), heading.x, heading.y);
  }
}

function bounds(view) {
  const boxes = [...view.boxes.values()];
  const tops = view.graph.raw.headings.map((heading) => heading.y - 12);
  const margin = (node) => node.box.width / 2 + 8;
  return {
    left: Math.min(...boxes.map((node) => node.x - margin(node))),
    right: Math.max(...boxes.map((node) => node.x + margin(node))),
    top: Math.min(...tops, ...boxes.map((node) => node.y - node.box.height / 2)),
    bottom: Math.max(...boxes.map((node) => node.y + node.box.height / 2)),
  };
}

// The whole graph where its labels stay readable; else as much of its end, by the article, as fits.
function fit(view) {
  const { left, right, top, bottom } = bounds(view);
  const { clientWidth, clientHeight } = view.holder;
  const whole = Math.min((clientWidth - 28) / (right - left), (clientHeight - 20) / (bottom - top));
  const scale = Math.max(clientWidth < 600 ? 0.75 : 0.58, Math.min(whole, 1.15));
  const x = Math.max((left + right) / 2, right + 14 / scale - clientWidth / scale / 2);
  const y = Math.min((top + bottom) / 2, top - 10 / scale + clientHeight / scale / 2);
  view.network.moveTo({ position: { x, y }, scale });
}

function itemAt(view, pointer) {
  const node = view.network.getNodeAt(pointer);
  if (view.boxes.has(node)) return node;
  const edge = view.network.getEdgeAt(pointer);
  return edge === undefined ? "" : view.edges.get(edge).item;
}

function listenToGraph(view, handlers) {
  view.network.on("click", ({ pointer }) => handlers.select(itemAt(view, pointer.DOM)));
  view.holder.addEventListener("mousemove", (event) => {
    const frame = view.holder.getBoundingClientRect();
    const pointer = { x: event.clientX - frame.left, y: event.clientY - frame.top };
    hoverOver(view, itemAt(view, pointer));
    handlers.hover(view.hover, pointer);
  });
  view.holder.addEventListener("mouseleave", () => {
    hoverOver(view, "");
    handlers.hover("", null);
  });
}

function hoverOver(view, key) {
  if (key === view.hover) return;
  const before = view.hover;
  view.hover = key;
  view.holder.classList.toggle("pointing", Boolean(key));
  const touched = view.graph.raw.network.edges.filter((edge) => edge.item === key || edge.item === before);
  view.edges.update(touched.map((edge) => ({ id: edge.id, ...edgeLook(view, edge) })));
  view.network.redraw();
}

function showSelection(view, key) {
  view.selected = key;
  view.lit = key ? litBy(view.graph, key) : null;
  refresh(view);
  if (key) bringIntoView(view, key);
}

// Move the canvas only where the selected box cannot be seen.
function bringIntoView(view, key) {
  const node = view.boxes.get(key);
  if (!node) return;
  const at = view.network.canvasToDOM({ x: node.x, y: node.y });
  const { clientWidth, clientHeight } = view.holder;
  const inside = at.x > 40 && at.y > 20 && at.x < clientWidth - 40 && at.y < clientHeight - 20;
  if (!inside) view.network.moveTo({ position: { x: node.x, y: node.y } });
}

// The nearest box in the direction of an arrow key; sideways counts for more than straight on.
function neighbour(view, key, arrow) {
  const from = view.boxes.get(key);
  if (!from) return pathOf(view.graph).find((one) => one.startsWith("s:")) || "s:article";
  const [dx, dy] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[arrow];
  let best = "";
  let least = Infinity;
  for (const [id, node] of view.boxes) {
    const along = (node.x - from.x) * dx + (node.y - from.y) * dy;
    const aside = Math.abs((node.x - from.x) * dy) + Math.abs((node.y - from.y) * dx);
    if (along > 4 && along + 2.5 * aside < least) {
      least = along + 2.5 * aside;
      best = id;
    }
  }
  return best || key;
}
