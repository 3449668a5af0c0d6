// The article's text. Offsets are code points, so blocks are held as arrays of characters.

const LONG = 200; // Blocks of a text from which those out of sight are not laid out.
/** @type {{graph: Graph | null, marks: Marks, nodes: HTMLElement[]}} What is in the text now. */
let textShown = { graph: null, marks: { evidence: [], cue: [], source: [], content: [] }, nodes: [] };
const ROLES = ["evidence", "cue", "source", "content"];

/**
 * Show the text with what is marked in it; what is marked as before is left as it is.
 * @param {HTMLElement} view @param {Graph} graph @param {Marks} marks
 */
function renderText(view, graph, marks) {
  const before = textShown;
  textShown = { graph, marks, nodes: before.nodes };
  if (before.graph === graph) {
    graph.blocks.forEach((block, number) => {
      if (!isMarked(block, before.marks) && !isMarked(block, marks)) return;
      const node = renderBlock(graph, block, marks);
      textShown.nodes[number].replaceWith(node);
      textShown.nodes[number] = node;
    });
    return;
  }
  findPassages(graph);
  view.classList.toggle("long", graph.blocks.length > LONG);
  textShown.nodes = graph.blocks.map((block) => renderBlock(graph, block, marks));
  showText(view, graph, [...textShown.nodes]);
}

function showText(view, graph, children) {
  if (graph.raw.meta.withheld) {
    children.unshift(el("p", { class: "note", text: "The text itself was withheld; these are the words that the graph stands on." }));
  }
  if (graph.raw.meta.readers.length) {
    children.unshift(el("p", { class: "note" }, "Read by ", bdi(graph.raw.meta.readers.join(", ")), ", whose words were looked up in the text."));
  }
  if (!children.length) children.push(el("p", { class: "note", text: "There is no text to show." }));
  replace(view, ...children);
}

function renderBlock(graph, block, marks) {
  const node = el(block.kind === "headline" ? "h2" : "p", { dir: "auto", class: block.kind });
  let at = block.start;
  for (const passage of block.passages) {
    const start = Math.max(passage.start, block.start);
    const end = Math.min(passage.end, blockEnd(block));
    appendPieces(node, block, at, start, marks);
    node.append(renderPassage(block, passage, start, end, marks));
    at = end;
  }
  appendPieces(node, block, at, blockEnd(block), marks);
  return node;
}

function isMarked(block, marks) {
  return ROLES.some((role) => marks[role].some(([start, end]) => start < blockEnd(block) && end > block.start));
}

// Blocks and passages both stand in the order of the text.
function findPassages(graph) {
  const passages = graph.raw.passages.map((passage, number) => ({ ...passage, number }));
  let first = 0;
  for (const block of graph.blocks) {
    while (first < passages.length && passages[first].end <= block.start) first += 1;
    block.passages = [];
    for (let at = first; at < passages.length && passages[at].start < blockEnd(block); at += 1) block.passages.push(passages[at]);
  }
}

function blockEnd(block) {
  return block.start + block.chars.length;
}

function renderPassage(block, passage, start, end, marks) {
  const node = el("span", { class: "passage", role: "button", tabindex: "0", "data-passage": passage.number });
  appendPieces(node, block, start, end, marks);
  return node;
}

// Cut a stretch wherever a mark begins or ends; each piece knows all its roles.
function appendPieces(parent, block, start, end, marks) {
  const cuts = new Set([start, end]);
  for (const role of ROLES) {
    for (const span of marks[role]) for (const cut of span) if (cut > start && cut < end) cuts.add(cut);
  }
  const sorted = [...cuts].sort((a, b) => a - b);
  for (let i = 0; i + 1 < sorted.length; i += 1) {
    const text = block.chars.slice(sorted[i] - block.start, sorted[i + 1] - block.start).join("");
    const roles = ROLES.filter((role) => covers(marks[role], sorted[i], sorted[i + 1]));
    parent.append(roles.length ? el("mark", { class: roles.join(" "), text }) : text);
  }
}

function covers(spans, start, end) {
  return spans.some((span) => span[0] <= start && end <= span[1]);
}

/** Bring the marked sentence into view; where the text has no pane of its own, only if one asks for it. */
function scrollToEvidence(view, asked = false) {
  const first = view.querySelector("mark.evidence") || view.querySelector("mark");
  if (!first) return;
  const target = first.closest(".passage") || first;
  if (isPane(view)) view.scrollTop += target.getBoundingClientRect().top - view.getBoundingClientRect().top - view.clientHeight / 3;
  else if (asked) target.scrollIntoView({ block: "center" });
}

function isPane(view) {
  return getComputedStyle(view).overflowY !== "visible";
}

// On a phone what is known of the selected thing stands below the graph: half a screen of each.
function scrollToPanel(panel) {
  const { top } = panel.getBoundingClientRect();
  if (top > 0.6 * innerHeight) scrollBy({ top: top - 0.5 * innerHeight });
}

// A passage may carry several hops: each further click goes to the next of them.
function nextIn(passage, selected) {
  const at = passage.ids.indexOf(selected);
  return passage.ids[(at + 1) % passage.ids.length];
}

function listenToText(view, current, select) {
  const choose = (event) => {
    const node = event.target.closest("[data-passage]");
    if (!node || String(getSelection())) return;
    const number = Number(node.dataset.passage);
    select(nextIn(current().graph.raw.passages[number], current().selected), { keepText: true });
    const again = view.querySelector(`[data-passage="${number}"]`);
    if (event.type === "keydown" && again) again.focus({ preventScroll: true });
  };
  view.addEventListener("click", choose);
  view.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    choose(event);
  });
}
