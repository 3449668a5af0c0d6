// Why? What decided about a thing: the words of the article, how likely the program holds it to be, and what it knows besides.

/** @param {Graph} graph @param {string} key @param {(key: string) => void} select */
function whyOf(graph, key, select) {
  const item = graph.items.get(key);
  const rows = item ? whyItem(graph, item) : whySource(graph, graph.sources.get(key.slice(2)), select);
  return whyShown(rows);
}

/** The same of a gap, which is none of the things that can be selected. */
function whyGap(graph, gap) {
  const sentences = outermost(gap.evidence).slice(0, 4);
  const words = [...new Set((gap.words || []).map((span) => quote(graph, span)).filter(Boolean))];
  const rows = [
    sentences.length ? ["In the article", ...sentences.map((span) => citedWith(graph, span, gap.words || []))] : null,
    words.length ? ["By the words", words.map((one) => `“${one}”`).join(", ")] : null,
    ["Left out", `${gap.upstream ? "before" : "after"} ${nameOf(graph, gap.source)}: ${gap.reason}`],
    ...decided(graph, `g:${(graph.raw.gaps || []).indexOf(gap)}`),
  ];
  return whyShown(rows);
}

function whyShown(rows) {
  return el("details", { class: "more why" }, el("summary", { text: "Why?" }), el("dl", {}, ...rows.filter(Boolean).flatMap(([name, ...told]) => [el("dt", { text: name }), ...told.map((one) => el("dd", {}, ...[one].flat()))])));
}

// A sentence with the words that decided in it.
function citedWith(graph, span, words) {
  const text = quote(graph, span);
  if (!text) return ["(these words were not kept)"];
  const chars = Array.from(text);
  const pieces = [];
  let at = 0;
  for (const [start, end] of words.filter(([from, to]) => from >= span[0] && to <= span[1]).sort((a, b) => a[0] - b[0])) {
    if (start - span[0] < at) continue;
    pieces.push(chars.slice(at, start - span[0]).join(""), el("mark", { class: "cue", text: chars.slice(start - span[0], end - span[0]).join("") }));
    at = end - span[0];
  }
  return ["“", ...pieces, chars.slice(at).join(""), "”"];
}

function whyItem(graph, item) {
  const { evidence, cue, source } = item.marks;
  const sentences = outermost(evidence).slice(0, 4);
  const words = [...new Set(cue.map((span) => quote(graph, span)).filter(Boolean))];
  return [
    ["In the article", ...sentences.map((span) => citedWith(graph, span, [...cue, ...source]))],
    words.length ? ["By the words", words.map((one) => `“${one}”`).join(", ")] : ["By the words", "none that stand for it alone: it follows from the whole sentence"],
    [facetName(item.kind) === item.kind && item.what !== "flow" ? "Kind" : "This kind", `${item.kind.replace("_", " ")}: ${MEANINGS.get(item.kind) || "what happened to it"}`],
    ["Certainty", `${item.certainty}: ${MEANINGS.get(item.certainty)}`],
    ...decided(graph, item.id),
    item.score === undefined || item.score >= 1 ? null : ["How likely", likely(item.score)],
  ];
}

// What decided about the thing *key*, in the words of the program; rows of one name as one.
function decided(graph, key) {
  const rows = new Map();
  for (const [name, told] of graph.raw.why[key] || []) push(rows, name, told);
  return [...rows].map(([name, told]) => [name, ...told]);
}

function likely(score) {
  return `${score.toFixed(2)}: ${DOUBTS[doubtOf(score)]}`;
}

const MOST_MENTIONS = 5;

function whySource(graph, source, select) {
  const named = source.mentions.slice(0, MOST_MENTIONS).map((span) => {
    const at = quoteAt(graph, span);
    return at ? [at.prefix.replace(/^\S*\s/, "… "), el("mark", { class: "source", text: at.exact }), at.suffix.replace(/\s\S*$/, " …")] : ["(these words were not kept)"];
  });
  const more = source.mentions.length - named.length;
  const hops = [...ofKind(graph.from, source.id, "flow"), ...ofKind(graph.into, source.id, "flow")];
  const best = hops.filter((hop) => hop.source === source.id).sort((a, b) => b.score - a.score)[0];
  return [
    ["Called so", ...named, ...(more > 0 ? [`and ${many(more, "more time")}`] : [])],
    source.aliases.length ? ["All its names", `${[source.name, ...source.aliases].map((one) => `“${one}”`).join(", ")}, and words that point back to them`] : null,
    ["Type", `${typeName(source.type)}: ${MEANINGS.get(source.type)}`],
    ...decided(graph, `s:${source.id}`),
    source.wikidata ? ["Known as", `${source.wikidata} in Wikidata, by the list of known sources`] : null,
    ["A source", best ? ["by ", el("button", { type: "button", class: "link", onclick: () => select(best.id) }, ...sentence(graph, best.tell)), `: ${likely(source.score)}`] : "it only disputes"],
  ];
}
