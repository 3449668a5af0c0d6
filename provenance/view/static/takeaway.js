// What one takes along: the graph as it is shown as a picture, its data, a link, and code to embed it.

function download(name, blob) {
  const link = el("a", { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

// Let the network draw once onto another surface than its own.
function drawOn(view, context) {
  const { canvas } = view.network;
  const own = canvas.getContext;
  canvas.getContext = () => context;
  try {
    view.network.redraw();
  } finally {
    canvas.getContext = own;
    view.network.redraw();
  }
}

/** The graph as shown within its frame, twice as fine. @param {View} view @returns {Promise<Blob>} */
async function pictureOf(view) {
  const { clientWidth, clientHeight } = view.holder;
  const inner = surfaceOf(clientWidth, clientHeight);
  inner.context.setTransform = () => inner.scaled();
  drawOn(view, inner.context);
  const frame = frameOf(view, clientWidth, inner.context);
  const outer = surfaceOf(clientWidth, frame.top + clientHeight + frame.bottom);
  outer.context.fillStyle = view.theme.bg;
  outer.context.fillRect(0, 0, outer.width, outer.height);
  outer.context.drawImage(inner.surface, 0, frame.top, clientWidth, clientHeight);
  drawFrame(outer.context, view, frame, clientHeight);
  const png = await new Promise((resolve) => { outer.surface.toBlob(resolve, "image/png"); });
  return withWords(png, { title: view.graph.raw.meta.title, description: altText(view), credit: creditOf(view.graph) });
}

function surfaceOf(width, height) {
  const surface = el("canvas", { width: 2 * width, height: 2 * height });
  const context = surface.getContext("2d");
  const scaled = context.setTransform.bind(context, 2, 0, 0, 2, 0, 0);
  scaled();
  return { surface, context, scaled, width, height };
}

/** The graph as shown, as a drawing without a frame. @param {View} view @returns {SVGElement} */
function drawingOf(view) {
  const { clientWidth, clientHeight } = view.holder;
  const recorder = new Recorder(document.createElement("canvas").getContext("2d"), clientWidth, clientHeight);
  recorder.root.append(svg("rect", { width: clientWidth, height: clientHeight, fill: view.theme.bg }));
  drawOn(view, recorder);
  return recorder.root;
}

/** The whole picture, whatever of it the screen has room for, as a drawing. @param {View} view @returns {SVGElement} */
function wholeDrawing(view) {
  const { left, right, top, bottom } = bounds(view);
  const { clientWidth, clientHeight } = view.holder;
  const [position, scale] = [view.network.getViewPosition(), view.network.getScale()];
  const whole = Math.min(clientWidth / (right - left), clientHeight / (bottom - top));
  view.network.moveTo({ position: { x: (left + right) / 2, y: (top + bottom) / 2 }, scale: 0.96 * whole });
  const root = drawingOf(view);
  const [from, to] = [view.network.canvasToDOM({ x: left, y: top }), view.network.canvasToDOM({ x: right, y: bottom })];
  view.network.moveTo({ position, scale });
  const [width, height] = [to.x - from.x + 8, to.y - from.y + 8].map(round2);
  for (const [name, value] of Object.entries({ viewBox: [round2(from.x - 4), round2(from.y - 4), width, height].join(" "), width, height })) root.setAttribute(name, value);
  return root;
}

/** The graph as shown within its frame, as a drawing that says in words what it shows. @param {View} view @returns {SVGElement} */
function framedDrawing(view) {
  const { clientWidth, clientHeight } = view.holder;
  const real = document.createElement("canvas").getContext("2d");
  const frame = frameOf(view, clientWidth, real);
  const height = frame.top + clientHeight + frame.bottom;
  const recorder = new Recorder(real, clientWidth, height);
  const { root } = recorder;
  root.append(svg("rect", { width: clientWidth, height, fill: view.theme.bg }));
  const inner = drawingOf(view);
  for (const [name, value] of Object.entries({ x: 0, y: frame.top, overflow: "hidden" })) inner.setAttribute(name, value);
  root.append(inner);
  drawFrame(recorder, view, frame, clientHeight);
  for (const [name, value] of Object.entries({ role: "img", "aria-labelledby": "headline shown" })) root.setAttribute(name, value);
  root.prepend(worded("title", "headline", view.graph.raw.meta.title), worded("desc", "shown", altText(view)));
  return root;
}

function worded(tag, id, text) {
  const node = svg(tag, { id });
  node.textContent = text;
  return node;
}

/** A document that the page holds, as `prov` writes it. */
function heldDocument(format, number) {
  const node = byId(`${format}-${number}`);
  return node ? node.textContent.replace(/(?<!\\)((?:\\\\)*)\\u003c/g, "$1<") : "";
}

/** @param {HTMLElement} menu @param {() => {view: View, graph: Graph, number: number}} current */
function renderTakeaway(menu, current) {
  const stem = () => current().graph.raw.meta.name.replace(/(.)\.[^.]*$/, "$1");
  const take = (suffix, type, make) => async () => download(`${stem()}.${suffix}`, new Blob([await make()], { type }));
  const held = (format) => () => heldDocument(format, current().number);
  const entry = (text, note, onclick, props = {}) => el("li", props, el("button", { type: "button", onclick }, el("b", { text }), el("span", { text: note })));
  const entries = [
    entry("PNG", "a picture of what is shown, with its legend", take("png", "image/png", () => pictureOf(current().view)), { "data-drawn": true }),
    entry("SVG", "a drawing of the same", take("svg", "image/svg+xml", () => new XMLSerializer().serializeToString(framedDrawing(current().view))), { "data-drawn": true }),
    copying("Alt text", "what the picture shows, in words", () => altText(current().view), { "data-drawn": true }),
    copying("Paragraph", "claim and chain, with footnotes", () => paragraphOf(current().graph, state.shown.select)),
    ...(byId("markdown-0") ? [entry("Report", "claims, lines, disputes, gaps: Markdown", take("md", "text/markdown", held("markdown")))] : []),
    entry("Tables", "each as CSV, for a spreadsheet", () => go({ view: "table" })),
    ...(byId("turtle-0") ? [entry("Turtle", "the graph, for a triple store", take("ttl", "text/turtle", held("turtle")))] : []),
    ...(byId("json-0") ? [entry("JSON", "the graph, for a program", take("json", "application/json", held("json")))] : []),
    copying("Link", "to what is shown now", () => location.href),
    copying("Embed", "code to show it in another page", embedCode),
  ];
  replace(menu, ...entries);
}

function copying(text, note, make, props = {}) {
  return el("li", props, el("button", { type: "button", onclick: () => copy(make(), "Nothing is told of this") }, el("b", { text }), el("span", { text: note })));
}

// The frame may run the page's own script and nothing else; it is shown without tools.
function embedCode() {
  const page = location.href.split("#")[0].split("/").pop();
  const source = `${page}${formatState({ ...state.shown, frozen: true })}`;
  const frame = el("iframe", { src: source, title: document.title, sandbox: "allow-scripts", width: "100%", height: "640", frameborder: "0" });
  return frame.outerHTML;
}

// Paper is light, whatever the screen is, and takes the graph as a drawing, which is sharp at any size.
function listenToPrint(current) {
  const root = document.documentElement;
  const light = (on) => {
    root.classList.toggle("paper", on);
    refresh(current().view);
  };
  const unfold = (open) => byId("panel").querySelectorAll("details.more:not(.why)").forEach((one) => one.toggleAttribute("open", open));
  addEventListener("beforeprint", () => {
    light(true);
    unfold(true);
    if (!byId("graph").hidden) replace(byId("drawing"), wholeDrawing(current().view));
  });
  addEventListener("afterprint", () => {
    light(false);
    unfold(false);
    replace(byId("drawing"));
  });
}
