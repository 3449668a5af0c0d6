// What is shown, and how it changes: every change goes through the address.

const GRAPHS = JSON.parse(byId("data").textContent);
const indexed = new Map();
/** @type {{shown: State, graph: Graph, view: View, keepText: boolean}} */
const state = { shown: null, graph: null, view: null, keepText: false };
// What a server adds: keys, what stands below the title of whatever is selected, and what is done with each picture.
const extra = { keys: [], quick: null, drawn: null, itself: "this article", fixed: false, lead: null };

function graphAt(number) {
  if (!indexed.has(number)) indexed.set(number, indexGraph(GRAPHS[number]));
  return indexed.get(number);
}

/** @param {Partial<State>} change @param {boolean} [passing] Whether it is one of many on the way to another. */
function go(change, passing = false) {
  const fragment = formatState({ ...state.shown, ...change });
  if (state.shown.frozen || passing) history.replaceState(null, "", fragment); // the page around keeps its history
  else location.hash = fragment;
  show();
}

function select(key, options = {}) {
  if (key === state.shown.select) return;
  state.keepText = Boolean(options.keepText);
  const id = hiddenAt(state.graph, state.view, key);
  if (id && state.shown.view !== "table") go({ select: key, focus: [...state.shown.focus.filter((one) => one !== id), id], path: "" });
  else go({ select: key });
}

/** Look at a source and its neighbours alone; what was looked at before stays a step back. */
function enter(id) {
  const { focus } = state.shown;
  if (!canEnter(state.graph, id) || focus.at(-1) === id) return;
  const at = focus.indexOf(id);
  go({ focus: at < 0 ? [...focus, id] : focus.slice(0, at + 1), path: "", select: `s:${id}`, view: state.shown.view === "table" ? "chain" : state.shown.view });
}

// A fragment may name what is not there: it is left out.
function whatIsThere(wanted) {
  const article = wanted.article - 1 in GRAPHS ? wanted.article : 1;
  const graph = graphAt(article - 1);
  const known = (id) => canEnter(graph, id);
  const facets = Object.values(FACETS).flat();
  return {
    ...wanted,
    article,
    select: wanted.select && exists(graph, wanted.select) ? wanted.select : "",
    view: wanted.view === "time" && !graph.raw.pictures.time ? "chain" : wanted.view,
    only: wanted.only.filter((facet) => facets.includes(facet)),
    focus: wanted.focus.filter(known),
    path: graph.sources.has(wanted.path) ? wanted.path : "",
  };
}

function show() {
  const before = state.shown;
  const shown = whatIsThere(parseState(location.hash));
  if (before && formatState(before) === formatState(shown)) return;
  state.shown = shown;
  state.graph = graphAt(shown.article - 1);
  document.documentElement.toggleAttribute("data-frozen", shown.frozen);
  const other = !before || before.article !== shown.article;
  if (other) openArticle();
  arrange(shown);
  if (other || drawnAs(before) !== drawnAs(shown)) draw(shown);
  const asked = other ? [] : [before, shown].map((one) => (one.select ? "" : one.only.join()));
  if (other || before.select !== shown.select || asked[0] !== asked[1]) showSelected(shown);
  showPart(shown);
}

// Of a graph that is folded, a part is a picture of its own.
function drawnAs({ article, view, focus, path }) {
  if (GRAPHS[article - 1].folded && (path || focus.length)) return `part ${path} ${focus.at(-1)}`;
  return view === "time" ? "time" : "chain";
}

// All that leads straight to the article is too much to look at, unless most of it is folded.
function canEnter(graph, id) {
  return graph.sources.has(id) || (id === "article" && Boolean(graph.raw.folded));
}

function openArticle() {
  const { raw } = state.graph;
  byId("articles").value = String(state.shown.article);
  renderMasthead(raw.meta);
  renderAnswers(byId("answers"), raw.answers, go);
  byId("time").hidden = !raw.pictures.time;
  byId("text").scrollTop = 0;
}

function arrange(shown) {
  const focused = ["graph", "rows"].some((id) => byId(id) === document.activeElement);
  for (const view of VIEWS) byId(view).setAttribute("aria-pressed", String(shown.view === view));
  byId("graph").hidden = shown.view === "table";
  byId("rows").hidden = shown.view !== "table";
  if (focused) byId(shown.view === "table" ? "rows" : "graph").focus({ preventScroll: true });
  for (const node of [byId("fit"), ...byId("takeaway").querySelectorAll("[data-drawn]")]) node.hidden = shown.view === "table";
}

function draw(shown) {
  if (state.view) dropGraphView(state.view);
  const handlers = { select, enter: (key) => key.startsWith("s:") && enter(key.slice(2)), hover: (key, at) => showTip(byId("tip"), state.graph, key, at) };
  const picture = state.graph.raw.pictures[drawnAs(shown)] || partOf(state.graph, scopeOf(state.graph, shown));
  state.view = makeGraphView(byId("graph"), state.graph, picture, handlers);
  if (extra.drawn) extra.drawn(state.view);
}

function showSelected(shown) {
  const { graph } = state;
  const none = { evidence: [], cue: [], source: [], content: [] };
  const text = byId("text");
  const top = text.scrollTop;
  renderText(text, graph, shown.select ? marksOf(graph, shown.select) : none);
  text.scrollTop = top;
  const correct = shown.frozen || extra.fixed ? null : (key, undone) => openCorrecting(byId("correcting"), graph, key, undone);
  const { only } = shown;
  const match = matching(graph, { ...shown, since: "", until: "" });
  renderPanel(byId("panel"), graph, shown.select, { select, go, enter, correct, only, match, quick: extra.quick });
  byId("panel").scrollTop = 0;
  if (shown.select && !state.keepText) scrollToEvidence(text); // in what room the panel leaves it
  if ((shown.select || only.length) && !state.keepText && !isPane(text)) scrollToPanel(byId("panel"));
  state.keepText = false;
  byId("said").textContent = announced(graph, shown.select);
}

function showPart(shown) {
  const match = matching(state.graph, shown);
  const scope = scopeOf(state.graph, shown);
  const hidden = hiddenBelow(state.graph, shown.sure);
  renderLegend(byId("legend"), state.graph, shown, go);
  renderDoubt(byId("doubt"), state.graph, shown);
  renderCrumbs(byId("crumbs"), state.graph, shown, go);
  showOnGraph(state.view, shown.select, { match, scope, hidden });
  if (shown.view === "table") renderTable(byId("rows"), state.graph, { select: shown.select, sort: shown.sort, match, scope, hidden }, select, go);
}

/** Show a graph in place of one that has changed, with the same thing selected as far as it is there. */
function replaceGraph(number, raw) {
  const chosen = state.graph && state.graph.items.get(state.shown.select);
  const same = (item) => item.what === chosen.what && item.source === chosen.source && item.target === chosen.target && item.text === chosen.text;
  const again = chosen && raw.items.find(same);
  const tops = ["text", "panel"].map((id) => [id, byId(id).scrollTop]);
  const wanted = { ...state.shown };
  if (chosen) wanted.select = again ? again.id : "";
  GRAPHS[number] = raw;
  indexed.delete(number);
  state.shown = null;
  state.keepText = true;
  history.replaceState(null, "", formatState(wanted));
  show();
  for (const [id, top] of tops) byId(id).scrollTop = top;
}

/** @returns {Key[]} */
function keyTable() {
  const { view, shown } = state;
  const id = shown.select.startsWith("s:") ? shown.select.slice(2) : "";
  return [
    { keys: ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"], label: "← → ↑ ↓", text: "to the next source that way", does: (key) => select(neighbour(view, shown.select, key)) },
    { keys: [",", "."], label: ", .", text: "through the lines of the selected source", does: (key) => shown.select && select(nextLine(view, shown.select, key === "." ? 1 : -1)) },
    { keys: ["Enter", "f"], label: "Enter f", text: "look at the selected source and its neighbours alone", does: () => enter(id) },
    { keys: ["p"], label: "p", text: "only what leads to the selected source", does: () => id && id !== "article" && go({ path: id, focus: [] }) },
    { keys: ["y"], label: "y", text: "copy the chain through the selected thing as a sentence", does: copyChain },
    { keys: ["/"], label: "/", text: "find a source or a claim", does: () => byId("search").focus() },
    { keys: ["c", "d", "t"], label: "c d t", text: "along the chain, by date, as a table", does: (key) => go({ view: { c: "chain", d: "time", t: "table" }[key] }) },
    { keys: ["+", "=", "-", "0"], label: "+ - 0", text: "nearer, further, all of it", does: (key) => (key === "0" ? fit(view) : zoom(view, key === "-" ? 0.8 : 1.25)) },
    { keys: ["Escape"], label: "Esc", text: "a step back: the selection, then the part, then the filters", does: stepBack },
    { keys: ["l"], label: "l", text: "what the signs mean", does: () => showSigns(byId("meaning"), state.graph) },
    ...extra.keys,
    { keys: ["?"], label: "?", text: "this help", does: () => showHelp(byId("help"), keyTable()) },
  ];
}

function stepBack() {
  const { shown } = state;
  byId("take").open = false;
  if (shown.select) select("");
  else if (shown.path || shown.focus.length) go({ path: "", focus: shown.focus.slice(0, -1) });
  else go({ only: [], since: "", until: "", sure: 0 });
}

function copyChain() {
  const { shown, graph } = state;
  const chain = chainThrough(graph, shown.select);
  copy(chain ? sentenceToCopy(graph, chain) : "", "Nothing is told of this in a sentence");
}

function listenToTools() {
  const choice = byId("articles");
  replace(choice, ...GRAPHS.map((raw, number) => el("option", { value: number + 1, text: raw.meta.title })));
  choice.hidden = GRAPHS.length < 2;
  choice.addEventListener("change", () => go({ ...START, frozen: state.shown.frozen, view: state.shown.view, article: Number(choice.value) }));
  for (const view of VIEWS) byId(view).addEventListener("click", () => go({ view }));
  byId("fit").addEventListener("click", () => fit(state.view));
  byId("explain").addEventListener("click", () => showSigns(byId("meaning"), state.graph));
  byId("keys").addEventListener("click", () => showHelp(byId("help"), keyTable()));
  renderTakeaway(byId("takeaway"), () => ({ view: state.view, graph: state.graph, number: state.shown.article - 1 }));
  document.addEventListener("click", (event) => { if (!byId("take").contains(event.target)) byId("take").open = false; });
}

function start() {
  listenToTools();
  listenToDoubt(go);
  listenToText(byId("text"), () => ({ graph: state.graph, selected: state.shown.select }), select);
  listenToSearch(byId("search"), byId("hits"), () => state, select);
  listenToKeys(keyTable);
  listenToPrint(() => state);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => refresh(state.view));
  addEventListener("hashchange", show);
  offerTour(byId("tour"), parseState(location.hash).frozen); // before the text is scrolled
  show();
}

// For scripts and tests: what is selected, shown and drawn, and the network behind it.
window.provenance = {
  select, go,
  reset: () => go({ ...START, article: state.shown.article }),
  selected: () => state.shown.select,
  shown: () => state.shown,
  network: () => state.view.network,
  graph: () => state.graph.raw,
  picture: () => state.view.picture,
  isDrawn: (key) => isDrawn(state.view, key),
  places: () => placesOf(state.view),
  lit: () => [...state.graph.items.keys(), "s:article", ...state.graph.raw.sources.map((one) => `s:${one.id}`)].filter((key) => isLit(state.view, key)),
};
start();
