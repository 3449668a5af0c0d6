// A paragraph to copy: what is claimed, whence the article has it, and footnotes that quote the article.

/**
 * The paragraph for what is selected: its claim, the chain through it, and a footnote for each hop and dispute.
 * @param {Graph} graph @param {string} key @param {Chain} [chain] Where several lead through it. @returns {string} Empty where nothing is told of it.
 */
function paragraphOf(graph, key, chain = chainThrough(graph, key)) {
  const item = graph.items.get(key);
  const notes = notesOf(graph);
  const parts = [];
  const claim = item?.what === "claim" ? item : null;
  if (claim && chain?.tells !== claim.id) parts.push(claimSentence(graph, claim, notes));
  if (chain) parts.push(chainTold(graph, chain, notes));
  else if (item && !claim) parts.push(`${withSpaces(item.tell, (id) => nameOf(graph, id)).join("")}${notes.mark(item)}.`);
  else if (!item && graph.sources.has(key.slice(2))) parts.push(...hopsTold(graph, key.slice(2), notes));
  return parts.length ? `${parts.join(" ")} (${outletOf(graph)})\n\n${notes.list().join("\n")}\n` : "";
}

function chainThrough(graph, key) {
  const item = graph.items.get(key);
  const told = graph.raw.chains.filter((chain) => chain.sentence.length);
  if (!key || key === "s:article") return told[0];
  if (item?.what === "claim") return told.find((chain) => item.sources.includes(chain.ids[chain.ids.length - 2]) && (!chain.claims || chain.claims.includes(item.id)));
  return told.find((chain) => chain.hops.includes(key) || chain.ids.some((id) => `s:${id}` === key));
}

function claimSentence(graph, claim, notes) {
  return `${withSpaces(claim.tell, (id) => nameOf(graph, id)).join("")}${notes.mark(claim)}`;
}

// Each name in the sentence has the footnote of the hop from it, or of what it disputes.
function chainTold(graph, chain, notes) {
  const cited = new Set();
  const basis = (id) => chain.hops.map((hop) => graph.items.get(hop)).find((hop) => hop.source === id)
    || (graph.from.get(id) || []).find((one) => one.what === "dispute" && chain.ids.includes(one.target));
  return withSpaces(chain.sentence, (id) => {
    const found = cited.has(id) ? null : basis(id);
    cited.add(id);
    return `${nameOf(graph, id)}${found ? notes.mark(found) : ""}`;
  }).join("");
}

function hopsTold(graph, id, notes) {
  const items = [...(graph.from.get(id) || []), ...(graph.into.get(id) || [])];
  return items.map((item) => `${withSpaces(item.tell, (one) => nameOf(graph, one)).join("")}${notes.mark(item)}.`);
}

function notesOf(graph) {
  const found = new Map();
  const mark = (item) => {
    const quotes = outermost(item.marks.evidence).map((span) => quote(graph, span)).filter(Boolean);
    const text = quotes.map((words) => `“${words}”`).join(" … ");
    if (!text) return "";
    if (!found.has(text)) found.set(text, found.size + 1);
    return ` [${found.get(text)}]`;
  };
  const { url } = graph.raw.meta;
  const where = [outletOf(graph), /^https?:/i.test(url) ? url : ""].filter(Boolean).join(", ");
  return { mark, list: () => [...found].map(([text, number]) => `[${number}] ${where}: ${text}`) };
}
