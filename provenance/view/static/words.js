// Sentences of pieces: those that begin with @ are sources, the others are words.

const CERTAINTY = ["asserted", "reported", "alleged", "speculative", "denied"];

function weak(item) {
  return CERTAINTY.indexOf(item.certainty) > 1;
}

/** The pieces with a space between them, but none before a comma or a full stop. */
function withSpaces(pieces, make) {
  return pieces.flatMap((piece, number) => [
    number && !/^[,.;:]/.test(piece) ? " " : "",
    piece.startsWith("@") ? make(piece.slice(1)) : piece,
  ]);
}

function sentence(graph, pieces) {
  return withSpaces(pieces, (id) => bdi(nameOf(graph, id)));
}

function linkedSentence(graph, pieces, select) {
  return withSpaces(pieces, (id) => sourceLink(graph, id, select));
}

/** A chain as one would write it, with the article that it is read from. */
function sentenceToCopy(graph, chain) {
  return `${withSpaces(chain.sentence, (id) => nameOf(graph, id)).join("")} (${outletOf(graph)})`;
}

// A link, for it breaks over lines as words do, and opens in another window as links do.
function sourceLink(graph, id, select) {
  const link = el("a", { class: "name", href: formatState({ ...state.shown, select: `s:${id}` }) }, bdi(nameOf(graph, id)));
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    select(`s:${id}`);
  });
  return link;
}

function joined(texts) {
  return texts.flatMap((text, number) => (number ? [" · ", bdi(text)] : [bdi(text)]));
}

function many(count, one, more = `${one}s`) {
  return `${count || "no"} ${count === 1 ? one : more}`;
}

function chip(text, className = "") {
  return el("span", { class: `chip ${className}`, text });
}

function swatch(item) {
  return el("i", { class: `line ${item.kind} ${weak(item) ? "weak" : ""}`, "aria-hidden": "true" });
}

/** Copy *text*, and say whether that went well; where there is none, say *otherwise*. */
async function copy(text, otherwise = "") {
  if (!text) return notice(otherwise);
  let done = true;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    done = copyOldWay(text);
  }
  return notice(done ? "Copied" : "This browser did not let the page copy");
}

// Where the clipboard is not given to pages: through a selection.
function copyOldWay(text) {
  const focused = document.activeElement;
  const area = el("textarea", { class: "unseen", "aria-hidden": "true" });
  area.value = text;
  front().append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  if (focused instanceof HTMLElement) focused.focus();
  return done;
}

// An open dialog lies above all else, and nothing beside it can be selected or is read out.
function front() {
  return document.querySelector("dialog[open]") || document.body;
}

/** Say something for a moment, without a word of the page being replaced by it. */
function notice(text) {
  byId("notice")?.remove();
  const node = el("p", { id: "notice", role: "status", text });
  front().append(node);
  byId("said").textContent = text;
  setTimeout(() => node.remove(), 2400);
}
