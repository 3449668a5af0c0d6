// The part of a graph that is drawn: all of it, a source with its neighbours, or what leads to one.

/** @param {Graph} graph @param {State} state @returns {Set<string> | null} The keys that are drawn, null for all. */
function scopeOf(graph, state) {
  if (state.path) return leadingTo(graph, state.path);
  return state.focus.length ? around(graph, state.focus.at(-1)) : null;
}

function leadingTo(graph, id) {
  const keys = new Set([`s:${id}`]);
  follow(graph.into, id, "source", keys);
  return keys;
}

function around(graph, id) {
  const keys = new Set([`s:${id}`]);
  for (const item of [...(graph.into.get(id) || []), ...(graph.from.get(id) || [])]) {
    keys.add(item.id).add(`s:${item.source}`).add(`s:${item.target}`);
  }
  return keys;
}

/**
 * Show which part is drawn and what alone is shown, with the ways back.
 * @param {HTMLElement} view @param {Graph} graph @param {State} state @param {(change: Partial<State>) => void} go
 */
function renderCrumbs(view, graph, state, go) {
  const crumbs = [];
  const step = (text, change) => button(text, () => go(change), "crumb");
  if (state.path || state.focus.length) crumbs.push(step("All sources", { focus: [], path: "" }));
  state.focus.forEach((id, number) => {
    const last = number === state.focus.length - 1;
    crumbs.push(last ? here(nameOf(graph, id)) : step(nameOf(graph, id), { focus: state.focus.slice(0, number + 1) }));
  });
  if (state.path) crumbs.push(here(`What leads to ${nameOf(graph, state.path)}`));
  const chosen = state.only.map((facet) => chosenFacet(facet, state, go));
  if (state.since || state.until) chosen.push(chosenDates(state, go));
  if (state.sure) chosen.push(dropper(`what is sure to ${sureTold(state.sure)} (${hiddenTold(graph, state.sure)} hidden)`, () => go({ sure: 0 })));
  const folded = !crumbs.length && graph.raw.folded;
  view.hidden = !crumbs.length && !chosen.length && !folded;
  const hint = folded ? foldedHint(graph, go) : [];
  replace(view, el("ol", {}, ...crumbs.map((one) => el("li", {}, one))), ...hint, ...(chosen.length ? ["only ", ...chosen] : []));
}

function hiddenTold(graph, least) {
  const hidden = [...hiddenBelow(graph, least)];
  const sources = hidden.filter((key) => key.startsWith("s:")).length;
  const lines = hidden.filter((key) => /^[fd]:/.test(key)).length;
  return `${many(sources, "source")} and ${many(lines, "line")}`;
}

function foldedHint(graph, go) {
  const { counts } = graph.raw.folded;
  const away = Object.values(counts).reduce((sum, one) => sum + one, 0);
  const all = graph.raw.sources.length.toLocaleString("en");
  return [
    `${graph.raw.sources.length - away} of ${all} sources are drawn; the others are folded into them (+). Select one and press f, or double-click it, to see them. `,
    counts.article ? button(`Those by the article`, () => go({ focus: ["article"] }), "crumb") : "",
  ];
}

function here(text) {
  return el("span", { "aria-current": "location" }, bdi(text));
}

function chosenFacet(facet, state, go) {
  const only = state.only.filter((one) => one !== facet);
  return dropper(facetName(facet), () => go({ only }));
}

function chosenDates(state, go) {
  return dropper(`${state.since || "…"} to ${state.until || "…"}`, () => go({ since: "", until: "" }));
}

function dropper(text, onclick) {
  return el("button", { type: "button", class: "dropper", "aria-label": `No longer only ${text}`, onclick }, text, el("span", { "aria-hidden": "true", text: " ×" }));
}
