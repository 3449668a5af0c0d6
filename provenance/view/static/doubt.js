// How sure the reader is of what it found: what is less sure is drawn weaker, and hidden below a bound.

const SURE = 0.8; // Of what is at least so likely nine in ten are right (docs/quality.md).
const UNSURE = 0.5;
const DOUBTS = ["sure", "less sure", "unsure"];

/** @param {number} score @returns {0 | 1 | 2} Which of `DOUBTS`. */
function doubtOf(score) {
  return score >= SURE ? 0 : score >= UNSURE ? 1 : 2;
}

/** How sure, in words, where it is not quite. */
function doubtTold(score) {
  return score < SURE ? `${DOUBTS[doubtOf(score)]} (${score.toFixed(2)})` : "";
}

function doubtChip(score) {
  return score < 1 ? chip(`${DOUBTS[doubtOf(score)]} ${score.toFixed(2)}`, doubtOf(score) === 2 ? "warn" : "") : "";
}

/**
 * What is hidden below a bound: hops and disputes that are less sure, and whatever then leads nowhere.
 * @param {Graph} graph @param {number} least @returns {Set<string> | null} Keys, null where nothing is.
 */
function hiddenBelow(graph, least) {
  if (!least) return null;
  const reached = reachedBy(graph, least);
  const hidden = new Set(graph.raw.sources.filter((source) => !reached.has(source.id)).map((source) => `s:${source.id}`));
  for (const item of graph.raw.items) if (!isSure(item, least, reached)) hidden.add(item.id);
  return hidden;
}

// The sources that lead to the article by hops that are sure enough, and those that never did.
function reachedBy(graph, least) {
  const before = leadingBy(graph, 0);
  const apart = graph.raw.sources.filter((source) => !before.has(source.id) && source.score >= least);
  return new Set([...leadingBy(graph, least), ...apart.map((source) => source.id)]);
}

function leadingBy(graph, least) {
  const reached = new Set(["article"]);
  const waiting = ["article"];
  while (waiting.length) {
    for (const flow of ofKind(graph.into, waiting.pop(), "flow")) {
      if (flow.score < least || reached.has(flow.source)) continue;
      reached.add(flow.source);
      waiting.push(flow.source);
    }
  }
  return reached;
}

function isSure(item, least, reached) {
  if (isLine(item)) return item.score >= least && reached.has(item.source) && reached.has(item.target);
  if (item.what === "claim" && item.score < least) return false;
  return !item.sources.length || item.sources.some((id) => reached.has(id));
}

/** The slider, where there is anything to doubt. @param {HTMLElement} view @param {Graph} graph @param {State} state */
function renderDoubt(view, graph, state) {
  const scores = graph.raw.items.filter(isLine).map((item) => item.score);
  view.hidden = !scores.some((score) => score < 1);
  byId("sure").value = String(state.sure);
  byId("sure").setAttribute("aria-valuetext", sureTold(state.sure));
  byId("sureness").textContent = sureTold(state.sure);
}

function sureTold(least) {
  return least ? least.toFixed(2) : "any";
}

/** @param {(change: Partial<State>, kept?: boolean) => void} go */
function listenToDoubt(go) {
  const slider = byId("sure");
  slider.addEventListener("input", () => go({ sure: Number(slider.value) }, true));
}
