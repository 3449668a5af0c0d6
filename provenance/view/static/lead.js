// What is claimed, the headline's claim first: by which lines the article has it, who disputes it, what is left out.

/** @typedef {{text: string, claims: string[], lines: string[][], disputes: string[], unsaid?: string[], denied?: string[], doubted?: string[], leads: boolean}} Point */

/** @param {Graph} graph @param {Point} point @param {Act} act */
function pointTold(graph, point, { select }) {
  const carrying = graph.raw.chains.filter((chain) => (chain.claims || []).some((key) => point.claims.includes(key)));
  const saying = new Set(point.claims.flatMap((key) => graph.items.get(key)?.sources || []));
  const disputes = point.disputes.map((key) => hopRow(graph, graph.items.get(key), select));
  const onTheWay = new Set(carrying.flatMap((chain) => chain.ids));
  const gaps = gapsOf(graph).filter((gap) => onTheWay.has(gap.source));
  return [
    el("p", { class: "lead" }, el("button", { type: "button", class: "name", onclick: () => select(point.claims[0]) }, quoted(point.text))),
    ...chainsOf(graph, carrying, select),
    el("p", { class: "sum" }, bdi(pointSum(graph, point))),
    ...listOf("Independent lines", point.lines.map((line) => lineRow(graph, line, saying, select)), 4),
    ...listOf("Who denies, doubts or confirms it", disputes, 4),
    ...listOf("What is left out on its way", gaps.map((gap) => gapRow(graph, gap, select)), 3),
  ];
}

/** On how many lines a claim stands, and who denies or doubts it. @param {Graph} graph @param {Point} point */
function pointSum(graph, point) {
  const only = (point.unsaid || []).length > 0;
  const nobody = only ? "no line: whoever speaks of it denies or doubts it" : "nobody is named for it";
  const lines = point.lines.length ? many(point.lines.length, "independent line") : nobody;
  const told = [["denied", point.denied || []], ["doubted", point.doubted || []]].filter(([, ids]) => ids.length);
  const against = told.map(([verb, ids]) => `; ${verb} by ${ids.map((id) => nameOf(graph, id)).join(", ")}`).join("");
  return `${lines.replace(/^./, (letter) => letter.toUpperCase())}${against || "; denied by nobody"}.`;
}

// Whoever is in one line has it from one origin, and counts once.
function lineRow(graph, line, saying, select) {
  return el("li", { class: "line-row" }, ...line.flatMap((id, n) => [n ? " · " : "", sourceLink(graph, id, select), ...speakersIn(graph, id, saying, select)]), line.length > 1 ? el("span", { class: "hint", text: " (one origin in common)" }) : "");
}

// A thing alone says nothing: who speaks there is named with it, or what is not said of it.
function speakersIn(graph, id, saying, select) {
  const { type, name = "", gaps = [] } = graph.sources.get(id) || {};
  const described = ["document", "intercept"].includes(type) && /^[a-z]/.test(name);
  const spoken = ["statement", "channel"].includes(type) || described;
  const ids = spoken ? new Set(ofKind(graph.into, id, "flow").map((flow) => flow.source)) : [];
  const [own, all] = [[...ids].filter((who) => saying.has(who)), [...ids]];
  const links = (own.length ? own : all).flatMap((who, n) => [n ? ", " : " (", sourceLink(graph, who, select)]);
  const unsaid = gaps.length ? [el("span", { class: "hint", text: ` (${gaps.join("; ")})` })] : [];
  return links.length ? [...links, ")"] : unsaid;
}

function pointRow(graph, point, select) {
  const row = el("button", { type: "button", class: "row claim", onclick: () => select(point.claims[0]) });
  row.append(quoted(point.text), el("span", { class: "hint", text: ` ${pointSum(graph, point)}` }));
  return el("li", {}, row);
}

/** The gaps with their sentences; of a page without them, by source. @param {Graph} graph */
function gapsOf(graph) {
  return graph.raw.gaps || graph.raw.sources.flatMap((source) => source.gaps.map((reason) => ({ source: source.id, upstream: true, reason, evidence: [], words: [] })));
}

function gapRow(graph, gap, select) {
  const words = outermost(gap.evidence).slice(0, 1).map((span) => quote(graph, span)).filter(Boolean);
  const row = el("button", { type: "button", class: "row", onclick: () => select(`s:${gap.source}`) });
  row.append(el("i", { class: "unknown", text: "?", "aria-hidden": "true" }), el("span", {}, bdi(nameOf(graph, gap.source)), `: ${gap.reason}`));
  return el("li", {}, row, ...words.map((one) => el("span", { class: "basis" }, bdi(`“${one}”`))), whyGap(graph, gap));
}

function pointOf(graph, key) {
  return (graph.raw.points || []).find((point) => point.claims.includes(key));
}
