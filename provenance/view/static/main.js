// What is shown, and how it changes; the address keeps it after the #.

const GRAPHS = JSON.parse(byId("data").textContent);
const indexed = new Map();
const state = { number: -1, graph: null, view: null, selected: "", table: false };

function graphAt(number) {
  if (!indexed.has(number)) indexed.set(number, indexGraph(GRAPHS[number]));
  return indexed.get(number);
}

function fragment(number, key) {
  const parts = GRAPHS.length > 1 ? [number + 1, encodeURIComponent(key)] : [encodeURIComponent(key)];
  return key || number ? `#${parts.join("/")}` : "#";
}

function readFragment() {
  const parts = location.hash.slice(1).split("/");
  const number = GRAPHS.length > 1 ? (Number(parts.shift()) || 1) - 1 : 0;
  let key = "";
  try {
    key = decodeURIComponent(parts.join("/"));
  } catch {
    key = "";
  }
  return { number: number in GRAPHS ? number : 0, key };
}

function select(key, options = {}) {
  if (key === state.selected) return;
  state.keepText = Boolean(options.keepText);
  location.hash = fragment(state.number, key);
  show();
}

function show() {
  const { number, key } = readFragment();
  if (number !== state.number) openGraph(number);
  const selected = key && exists(state.graph, key) ? key : "";
  if (selected === state.selected && state.drawn) return;
  state.selected = selected;
  state.drawn = true;
  showSelected();
}

function showSelected() {
  const { graph, selected } = state;
  const none = { evidence: [], cue: [], source: [], content: [] };
  const text = byId("text");
  const top = text.scrollTop;
  renderText(text, graph, selected ? marksOf(graph, selected) : none);
  text.scrollTop = top;
  if (selected && !state.keepText) scrollToEvidence(text);
  state.keepText = false;
  renderPanel(byId("panel"), graph, selected, select);
  byId("panel").scrollTop = 0;
  byId("clear").hidden = !selected;
  if (state.table) renderTable(byId("table"), graph, selected, select);
  showSelection(state.view, selected);
}

function openGraph(number) {
  if (state.view) state.view.network.destroy();
  Object.assign(state, { number, graph: graphAt(number), selected: "", drawn: false });
  byId("articles").value = String(number);
  renderMasthead(state.graph.raw.meta);
  renderAnswers(state.graph.raw.answers);
  state.view = makeGraphView(byId("graph"), state.graph, { select, hover: showTip });
  byId("text").scrollTop = 0;
}

function renderMasthead(meta) {
  byId("title").textContent = meta.title;
  const facts = [meta.publisher, meta.authors.join(", "), meta.published, `read as ${meta.name}`];
  replace(byId("meta"), ...joined(facts.filter(Boolean)));
  if (/^https?:\/\//i.test(meta.url)) {
    byId("meta").append(" · ", el("a", { href: meta.url, rel: "noopener noreferrer", text: "original" }));
  }
}

function renderAnswers(answers) {
  replace(byId("answers"), ...answers.map((answer) => {
    const inside = [el("b", { text: String(answer.figure) }), " ", bdi(answer.words)];
    const body = answer.select
      ? el("button", { type: "button", onclick: () => select(answer.select) }, ...inside)
      : el("span", {}, ...inside);
    return el("li", { class: answer.warn ? "warn" : "" }, body);
  }));
}

function renderLegend() {
  const types = ["person", "unnamed", "news_outlet", "organization", "document", "intercept", "statement", "channel"];
  const lines = [
    ["reported_by", "reported by"], ["derived_from", "derived from"], ["reported_by weak", "weaker than reported"],
    ["denies", "denies, doubts"], ["confirms", "confirms"],
  ];
  const unknown = el("i", { class: "unknown", text: "?" });
  const rows = [
    ...lines.map(([kind, text]) => [el("i", { class: `line ${kind}` }), text]),
    ...types.map((type) => [icon(type), typeName(type)]),
    [unknown, "not said"],
  ];
  replace(byId("legend"), ...rows.map(([sign, text]) => el("div", {}, el("dt", {}, sign), el("dd", { text }))));
}

function showTip(key, pointer) {
  const tip = byId("tip");
  tip.hidden = !key;
  if (!key) return;
  const item = state.graph.items.get(key);
  const source = state.graph.sources.get(key.slice(2));
  replace(tip, ...(item ? sentence(state.graph, item.tell) : source ? sourceTip(source) : ["This article"]));
  const room = byId("graph").clientWidth - tip.offsetWidth - 8;
  tip.style.left = `${Math.max(8, Math.min(pointer.x + 14, room))}px`;
  tip.style.top = `${byId("graph").offsetTop + pointer.y + 18}px`;
}

function sourceTip(source) {
  return [bdi(source.name), ` · ${[typeName(source.type), ...source.gaps].join(" · ")}`];
}

function toggleTable() {
  state.table = !state.table;
  const button = byId("toggle");
  button.setAttribute("aria-pressed", String(state.table));
  byId("table").hidden = !state.table;
  byId("graph").hidden = state.table;
  byId("legend").hidden = state.table;
  byId("fit").hidden = state.table;
  if (state.table) renderTable(byId("table"), state.graph, state.selected, select);
  else fit(state.view);
}

function listenToKeys() {
  byId("graph").addEventListener("keydown", (event) => {
    if (event.key.startsWith("Arrow")) {
      event.preventDefault();
      select(neighbour(state.view, state.selected, event.key));
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && event.target.id !== "search") select("");
    if (event.key === "/" && !/^(input|select)$/i.test(event.target.tagName)) {
      event.preventDefault();
      byId("search").focus();
    }
  });
}

// Paper is light, whatever the screen is.
function listenToLight() {
  const root = document.documentElement;
  const paper = (on) => () => {
    root.classList.toggle("paper", on);
    refresh(state.view);
  };
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => refresh(state.view));
  addEventListener("beforeprint", paper(true));
  addEventListener("afterprint", paper(false));
}

function start() {
  const choice = byId("articles");
  replace(choice, ...GRAPHS.map((raw, number) => el("option", { value: number, text: raw.meta.title })));
  choice.hidden = GRAPHS.length < 2;
  choice.addEventListener("change", () => {
    location.hash = fragment(Number(choice.value), "");
    show();
  });
  renderLegend();
  listenToText(byId("text"), () => state, select);
  listenToSearch(byId("search"), byId("hits"), () => state, select);
  listenToKeys();
  listenToLight();
  byId("toggle").addEventListener("click", toggleTable);
  byId("fit").addEventListener("click", () => fit(state.view));
  byId("clear").addEventListener("click", () => select(""));
  addEventListener("hashchange", show);
  addEventListener("resize", () => requestAnimationFrame(() => fit(state.view)));
  show();
}

// For scripts and tests: what is selected, and the network behind it.
window.provenance = { select, selected: () => state.selected, network: () => state.view.network, graph: () => state.graph.raw };
start();
