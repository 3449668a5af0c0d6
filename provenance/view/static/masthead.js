// Above and beside the graph: what the article is, the first answers, and what the pointer is on.

function renderMasthead(meta) {
  byId("title").textContent = meta.title;
  const facts = [meta.publisher, meta.authors.join(", "), meta.told, meta.name === meta.title ? "" : `read as ${meta.name}`];
  replace(byId("meta"), ...joined(facts.filter(Boolean)));
  if (/^https?:\/\//i.test(meta.url)) {
    byId("meta").append(" · ", el("a", { href: meta.url, rel: "noopener noreferrer", text: "original" }));
  }
}

function renderAnswers(view, answers, go) {
  replace(view, ...answers.map((answer) => {
    const inside = [el("b", { text: String(answer.figure) }), " ", bdi(answer.words)];
    const leads = answer.select || answer.only;
    const change = { select: answer.select, only: answer.only ? [answer.only] : [] };
    const body = leads
      ? el("button", { type: "button", onclick: () => go(change) }, ...inside)
      : el("span", {}, ...inside);
    return el("li", { class: answer.warn ? "warn" : "" }, body);
  }));
}

function showTip(tip, graph, key, pointer) {
  tip.hidden = !key;
  if (!key) return;
  const item = graph.items.get(key);
  const source = graph.sources.get(key.slice(2));
  replace(tip, ...(item ? [...sentence(graph, item.tell), doubtTold(item.score) ? ` · ${doubtTold(item.score)}` : ""] : source ? sourceTip(source) : ["This article"]));
  const { clientWidth, offsetTop } = byId("graph");
  tip.style.left = `${Math.max(8, Math.min(pointer.x + 14, clientWidth - tip.offsetWidth - 8))}px`;
  tip.style.top = `${offsetTop + pointer.y + 18}px`;
}

function sourceTip(source) {
  return [bdi(source.name), ` · ${[typeName(source.type), doubtTold(source.score), ...source.gaps].filter(Boolean).join(" · ")}`];
}

/** What a screen reader says of a selection. */
function announced(graph, key) {
  if (!key) return "Nothing is selected.";
  const item = graph.items.get(key);
  if (item) return item.text ? `Claim: ${item.text}` : sentence(graph, item.tell).map((one) => one.textContent ?? one).join("");
  const source = graph.sources.get(key.slice(2));
  return source ? [source.name, typeName(source.type), ...source.gaps].join(", ") : "This article";
}
