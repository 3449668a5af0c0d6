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

/** The graph as shown, twice as fine. @param {View} view @returns {Promise<Blob>} */
function pictureOf(view) {
  const { clientWidth, clientHeight } = view.holder;
  const surface = el("canvas", { width: 2 * clientWidth, height: 2 * clientHeight });
  const context = surface.getContext("2d");
  const scaled = context.setTransform.bind(context, 2, 0, 0, 2, 0, 0);
  context.setTransform = () => scaled();
  drawOn(view, context);
  scaled();
  context.globalCompositeOperation = "destination-over";
  context.fillStyle = view.theme.bg;
  context.fillRect(0, 0, clientWidth, clientHeight);
  return new Promise((resolve) => { surface.toBlob(resolve, "image/png"); });
}

/** The graph as shown, as a drawing. @param {View} view @returns {SVGElement} */
function drawingOf(view) {
  const { clientWidth, clientHeight } = view.holder;
  const recorder = new Recorder(document.createElement("canvas").getContext("2d"), clientWidth, clientHeight);
  recorder.root.append(svg("rect", { width: clientWidth, height: clientHeight, fill: view.theme.bg }));
  drawOn(view, recorder);
  const title = svg("title", {});
  title.textContent = view.graph.raw.meta.title;
  recorder.root.prepend(title);
  return recorder.root;
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
    entry("PNG", "a picture of what is shown", take("png", "image/png", () => pictureOf(current().view)), { "data-drawn": true }),
    entry("SVG", "a drawing of what is shown", take("svg", "image/svg+xml", () => new XMLSerializer().serializeToString(drawingOf(current().view))), { "data-drawn": true }),
    ...(byId("turtle-0") ? [entry("Turtle", "the graph, for a triple store", take("ttl", "text/turtle", held("turtle")))] : []),
    ...(byId("json-0") ? [entry("JSON", "the graph, for a program", take("json", "application/json", held("json")))] : []),
    copying("Link", "to what is shown now", () => location.href),
    copying("Embed", "code to show it in another page", embedCode),
  ];
  replace(menu, ...entries);
}

function copying(text, note, make) {
  const label = el("b", { text });
  return el("li", {}, el("button", { type: "button", onclick: () => copy(make(), label) }, label, el("span", { text: note })));
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
  addEventListener("beforeprint", () => {
    light(true);
    if (!byId("graph").hidden) replace(byId("drawing"), drawingOf(current().view));
  });
  addEventListener("afterprint", () => {
    light(false);
    replace(byId("drawing"));
  });
}
