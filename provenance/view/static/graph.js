// The graph of sources on its canvas.

/**
 * @typedef {object} View
 * @property {HTMLElement} holder
 * @property {Graph} graph
 * @property {Picture} picture
 * @property {any} network Of vis-network.
 * @property {Map<string, any>} boxes By their key.
 * @property {Set<string> | null} lit What is on a way through what is selected.
 * @property {Match | null} match What the filters leave.
 * @property {Set<string> | null} scope What is drawn.
 * @property {Set<string> | null} hidden What of that is hidden, being too unsure.
 * @property {any} theme
 * @property {any} [nodes]
 * @property {any} [edges]
 * @property {string} selected
 * @property {string} hover
 * @property {Set<string>} path
 * @property {string} size Of the frame, when the picture was last fitted.
 * @property {ResizeObserver} resizing
 * @property {string} lineOf The source through whose lines the keys go.
 * @property {AbortController} listening
 * @property {Label[] | null} labels Where the words on lines stand; null where that is to be found anew.
 */

const TONES = ["said", "from", "denies", "doubts", "confirms"];
const COLOURS = ["bg", "card", "tint", "ink", "dim", "edge", "line", "halo", ...TONES];

function readTheme() {
  const style = getComputedStyle(document.documentElement);
  return Object.fromEntries(COLOURS.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]));
}

/**
 * Draw one picture of a graph, along its chains or along time.
 * @param {HTMLElement} holder
 * @param {Graph} graph
 * @param {Picture} picture
 * @param {{select: Function, enter: Function, hover: Function}} handlers
 * @returns {View}
 */
function makeGraphView(holder, graph, picture, handlers) {
  /** @type {any} */
  const view = { holder, graph, picture, theme: readTheme(), lit: null, match: null, scope: null, hidden: null, selected: "", hover: "", lineOf: "", size: "", labels: null };
  view.path = new Set(picture === graph.raw.pictures.chain ? pathOf(graph) : []);
  view.boxes = new Map(picture.nodes.filter((node) => node.box).map((node) => [node.id, node]));
  view.nodes = new vis.DataSet(picture.nodes.map((node) => ({ ...node, ctxRenderer: renderer(view, node) })));
  view.told = new Map();
  view.edges = new vis.DataSet(picture.edges.map((edge) => {
    const look = edgeLook(view, edge);
    view.told.set(edge.id, JSON.stringify(look));
    return { ...edge, label: undefined, ...look };
  }));
  view.network = new vis.Network(holder, { nodes: view.nodes, edges: view.edges }, picture.options);
  view.network.on("beforeDrawing", (ctx) => view.picture === view.graph.raw.pictures.time && !view.scope && drawAxis(ctx, view));
  view.network.on("afterDrawing", (ctx) => {
    drawHeadings(ctx, view);
    drawLabels(ctx, view);
  });
  view.network.canvas.frame.tabIndex = -1; // the keys go to the holder, which has a name
  holder.append(makeOnward(view), makeUpstream(view));
  view.listening = new AbortController();
  view.resizing = new ResizeObserver(() => settle(view));
  view.resizing.observe(holder);
  listenToGraph(view, handlers);
  return view;
}

/** Fit the picture again where its frame has another size than when it was last fitted. */
function settle(view) {
  const { clientWidth, clientHeight } = view.holder;
  const size = `${clientWidth} by ${clientHeight}`;
  if (!clientWidth || view.size === size) return;
  view.size = size;
  view.network.setSize("100%", "100%");
  fit(view);
}

/** @param {View} view */
function dropGraphView(view) {
  byId("tip").hidden = true;
  view.resizing.disconnect();
  view.listening.abort();
  view.network.destroy();
}

// The ids of the hops and sources along the chain that the page opens with.
function pathOf(graph) {
  const first = graph.raw.chains[0];
  return first ? [...first.hops, ...first.ids.map((id) => `s:${id}`)] : [];
}

function renderer(view, node) {
  if (!node.box) return () => ({ drawNode() {}, nodeDimensions: { width: 1, height: 1 } });
  return ({ ctx, x, y }) => ({
    drawNode: () => isDrawn(view, node.id) && (node.box.type === "article" ? drawSeen(ctx, view, node) : drawBox(ctx, x, y, node.box, view.theme, nodeLook(view, node.id))),
    nodeDimensions: { width: node.box.width, height: node.box.height },
  });
}

function nodeLook(view, id) {
  return {
    selected: view.selected === id,
    hover: view.hover === id,
    dim: !isLit(view, id),
    doubt: doubtOf(view.graph.sources.get(id.slice(2))?.score ?? 1),
    path: view.lit ? view.lit.has(id) : !view.match && view.path.has(id),
  };
}

// Selected or on a way through what is selected, and left by the filters.
function isLit(view, key) {
  return (!view.lit || view.lit.has(key)) && (!view.match || view.match.lit.has(key));
}

function isDrawn(view, key) {
  return (!view.scope || view.scope.has(key)) && !(view.hidden && view.hidden.has(key));
}

function edgeLook(view, edge) {
  const lit = isLit(view, edge.item);
  const haloed = view.lit ? lit : !view.match && view.path.has(edge.item);
  const chosen = view.selected === edge.item || view.hover === edge.item;
  const colour = view.theme[edge.tone];
  const doubt = doubtOf(view.graph.items.get(edge.item).score);
  const strength = lit ? (edge.quiet && !view.lit && !view.match ? 0.55 : 1) * [1, 0.75, 0.5][doubt] : 0.14;
  return {
    color: { color: colour, hover: colour, highlight: colour, opacity: strength },
    width: edge.width * [1, 0.8, 0.6][doubt] + (chosen ? 1.4 : 0),
    background: { enabled: haloed, color: view.theme.halo, size: edge.width + (chosen ? 11 : 8), dashes: false },
    hidden: !isDrawn(view, edge.item) || Boolean(edge.faint && !(lit && (view.lit || view.scope || view.match))),
  };
}

function refresh(view) {
  view.theme = readTheme();
  updateLooks(view, view.picture.edges);
}

// The network takes long over each edge, so it is told only of those that look otherwise now.
function updateLooks(view, edges) {
  const changed = [];
  for (const edge of edges) {
    const look = edgeLook(view, edge);
    const told = JSON.stringify(look);
    if (view.told.get(edge.id) === told) continue;
    view.told.set(edge.id, told);
    changed.push({ id: edge.id, ...look });
  }
  if (changed.length) view.edges.update(changed);
  view.network.redraw();
}

// Time runs to the right; the dates keep their order, not their distance.
function drawAxis(ctx, view) {
  const dates = view.picture.headings.filter((heading) => heading.align === "center").map((heading) => heading.x);
  const y = view.picture.headings[0].y + 7;
  ctx.strokeStyle = view.theme.edge;
  ctx.lineWidth = 1;
  ctx.beginPath();
  ctx.moveTo(Math.min(...dates) - 70, y);
  ctx.lineTo(Math.max(...dates) + 66, y);
  for (const x of dates) {
    ctx.moveTo(x, y - 3);
    ctx.lineTo(x, y + 3);
  }
  ctx.stroke();
}

// The network takes a box for as high as wide, and the next one below for this one.
function boxAt(view, pointer) {
  const { x, y } = view.network.DOMtoCanvas(pointer);
  for (const [id, node] of view.boxes) {
    if (isDrawn(view, id) && Math.abs(x - node.x) <= node.box.width / 2 && Math.abs(y - node.y) <= node.box.height / 2) return id;
  }
  return "";
}

function itemAt(view, pointer) {
  const node = boxAt(view, pointer);
  if (node) return node;
  const edge = view.network.getEdgeAt(pointer);
  return edge === undefined || view.edges.get(edge).hidden ? "" : view.edges.get(edge).item;
}

function listenToGraph(view, handlers) {
  const { signal } = view.listening;
  view.network.on("click", ({ pointer }) => handlers.select(itemAt(view, pointer.DOM)));
  view.network.on("doubleClick", ({ pointer }) => handlers.enter(itemAt(view, pointer.DOM)));
  // What is tapped scrolls to the panel; the click that a browser makes of a tap would then hit what stands there.
  view.holder.addEventListener("touchend", (event) => event.target instanceof HTMLCanvasElement && event.cancelable && event.preventDefault(), { signal, passive: false });
  const leave = () => {
    hoverOver(view, "");
    handlers.hover("", null);
  };
  view.holder.addEventListener("pointermove", (event) => {
    if (event.pointerType === "touch" || event.buttons) return; // a finger does not hover
    const frame = view.holder.getBoundingClientRect();
    const pointer = { x: event.clientX - frame.left, y: event.clientY - frame.top };
    hoverOver(view, itemAt(view, pointer));
    handlers.hover(view.hover, pointer);
  }, { signal });
  for (const name of ["pointerleave", "pointerdown", "pointercancel", "wheel"]) view.holder.addEventListener(name, leave, { signal, passive: true });
  for (const name of ["keydown", "scroll"]) document.addEventListener(name, leave, { signal, capture: true, passive: true });
  addEventListener("blur", leave, { signal });
}

function hoverOver(view, key) {
  if (key === view.hover) return;
  const before = view.hover;
  view.hover = key;
  view.holder.classList.toggle("pointing", Boolean(key));
  const touched = view.picture.edges.filter((edge) => edge.item === key || edge.item === before);
  updateLooks(view, touched);
}

/**
 * Show what is selected, what the filters leave, the part that is drawn, and what of it is hidden.
 * @param {View} view @param {string} key @param {{match: Match | null, scope: Set<string> | null, hidden: Set<string> | null}} part
 */
function showOnGraph(view, key, { match, scope, hidden }) {
  const moved = String([...(scope || [])]) !== String([...(view.scope || [])]);
  Object.assign(view, { selected: key, lit: key ? litBy(view.graph, key) : null, match, scope, hidden, labels: null });
  refresh(view);
  settle(view);
  if (moved) fit(view);
  else if (key) bringIntoView(view, key);
}

// Move the canvas only where the selected box cannot be seen.
function bringIntoView(view, key) {
  const node = view.boxes.get(key);
  if (!node || (key === "s:article" && seenOf(view, node).cut)) return;
  const at = view.network.canvasToDOM({ x: node.x, y: node.y });
  const { clientWidth, clientHeight } = view.holder;
  const inside = at.x > 40 && at.y > 20 && at.x < clientWidth - 40 && at.y < clientHeight - 20;
  if (!inside) view.network.moveTo({ position: { x: node.x, y: node.y } });
}

// The nearest box in the direction of an arrow key; sideways counts for more than straight on.
function neighbour(view, key, arrow) {
  const from = view.boxes.get(key);
  if (!from) return [...pathOf(view.graph), ...view.boxes.keys()].find((one) => view.boxes.has(one) && isDrawn(view, one));
  const [dx, dy] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[arrow];
  let best = "";
  let least = Infinity;
  for (const [id, node] of view.boxes) {
    if (!isDrawn(view, id)) continue;
    const along = (node.x - from.x) * dx + (node.y - from.y) * dy;
    const aside = Math.abs((node.x - from.x) * dy) + Math.abs((node.y - from.y) * dx);
    if (along > 4 && along + 2.5 * aside < least) {
      least = along + 2.5 * aside;
      best = id;
    }
  }
  return best || key;
}

/** The next line at the selected source, or after the selected line at the same source. */
function nextLine(view, key, step) {
  const { graph } = view;
  const item = graph.items.get(key);
  const id = item ? view.lineOf || item.source : key.slice(2);
  const all = [...(graph.into.get(id) || []), ...(graph.from.get(id) || [])].filter((one) => isDrawn(view, one.id));
  if (!all.length) return key;
  view.lineOf = id;
  const at = all.findIndex((one) => one.id === key);
  return all[at < 0 ? (step > 0 ? 0 : all.length - 1) : (at + step + all.length) % all.length].id;
}
