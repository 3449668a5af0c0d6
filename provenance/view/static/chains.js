// Chains of custody from their origin to the article: as a line of links, and as a sentence.

function chainPath(graph, chain, select) {
  const path = el("p", { class: "path" });
  const gaps = (id, upstream) => chain.gaps
    .filter((gap) => gap.source === id && gap.upstream === upstream)
    .map((gap) => gap.reason);
  const mark = (reasons) => (reasons.length ? [el("span", { class: "unknown", role: "img", "aria-label": reasons.join("; "), title: reasons.join("; "), text: "?" }), " "] : []);
  chain.ids.forEach((id, number) => {
    if (number) path.append(arrow(graph, chain.hops[number - 1], select));
    path.append(...mark(gaps(id, true)), sourceLink(graph, id, select), ...mark(gaps(id, false)));
  });
  return path;
}

function arrow(graph, hop, select) {
  const item = graph.items.get(hop);
  const label = `${item.kind.replace("_", " ")}${weak(item) ? `, ${item.certainty}` : ""}`;
  const node = el("button", { type: "button", class: `arrow ${item.kind}`, "aria-label": label, onclick: () => select(hop) });
  node.append(weak(item) ? `⇢ ${item.certainty} ⇢` : "→");
  return el("span", {}, " ", node, " ");
}

/** The first of some chains with its sentence, the others folded. @param {Graph} graph @param {Chain[]} chains @param {(key: string) => void} select */
function chainsOf(graph, chains, select) {
  if (!chains.length) return [];
  const [first, ...others] = chains;
  const shown = [chainPath(graph, first, select), ...told(graph, first, select)];
  if (others.length) {
    const rest = others.slice(0, 11).map((chain) => chainPath(graph, chain, select));
    if (others.length > 11) rest.push(el("p", { class: "hint", text: `and ${others.length - 11} more` }));
    shown.push(folded(`${others.length} more ${others.length === 1 ? "chain" : "chains"}`, rest));
  }
  return shown;
}

function told(graph, chain, select) {
  if (!chain.sentence.length) return [];
  const node = el("button", { type: "button", class: "link copy", text: "Copy", "aria-label": "Copy the chain as a sentence" });
  node.addEventListener("click", () => copy(sentenceToCopy(graph, chain)));
  const noted = el("button", { type: "button", class: "link copy", text: "Copy with footnotes", "aria-label": "Copy the chain with footnotes that quote the article" });
  noted.addEventListener("click", () => copy(paragraphOf(graph, "", chain)));
  return [el("p", { class: "told" }, ...linkedSentence(graph, chain.sentence, select)), el("p", { class: "copies" }, node, noted)];
}

function folded(title, children) {
  return el("details", { class: "more" }, el("summary", { text: title }), ...children);
}
