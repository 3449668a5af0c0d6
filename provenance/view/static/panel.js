// What is known of the selected thing, in plain sentences.

function renderPanel(view, graph, key, select) {
  const item = key.startsWith("s:") ? null : graph.items.get(key);
  if (!key) replace(view, ...overview(graph, select));
  else if (item) replace(view, ...itemPanel(graph, item, select));
  else replace(view, ...sourcePanel(graph, key.slice(2), select));
}

function overview(graph, select) {
  const first = graph.raw.chains[0];
  if (!first) {
    return [el("h2", { text: "No sources" }), el("p", { class: "hint", text: "Nothing in this text is credited to anybody." })];
  }
  return [
    el("h2", { text: "The longest chain" }),
    chainPath(graph, first, select),
    el("p", { class: "hint", text: "Click a source, a line or a marked sentence to see what it stands on." }),
  ];
}

function chip(text, className = "") {
  return el("span", { class: `chip ${className}`, text });
}

function sourceLink(graph, id, select) {
  return button(nameOf(graph, id), () => select(`s:${id}`), "name");
}

// A sentence of pieces; those that begin with @ are sources.
function linkedSentence(graph, pieces, select) {
  return pieces.flatMap((piece) => [piece.startsWith("@") ? sourceLink(graph, piece.slice(1), select) : piece, " "]);
}

function sentence(graph, pieces) {
  return pieces.flatMap((piece) => [piece.startsWith("@") ? bdi(nameOf(graph, piece.slice(1))) : piece, " "]);
}

function hopRow(graph, item, select) {
  const row = el("button", { type: "button", class: `row ${item.kind}`, onclick: () => select(item.id) });
  row.append(swatch(item), el("span", {}, ...sentence(graph, item.tell)));
  return el("li", {}, row);
}

function swatch(item) {
  return el("i", { class: `line ${item.kind} ${weak(item) ? "weak" : ""}`, "aria-hidden": "true" });
}

function weak(item) {
  return !["asserted", "reported", ""].includes(item.certainty);
}

function listOf(title, rows) {
  return rows.length ? [el("h3", { text: title }), el("ul", { class: "rows" }, ...rows)] : [];
}

function chainPath(graph, chain, select) {
  const path = el("p", { class: "path" });
  const gaps = (id, upstream) => chain.gaps
    .filter((gap) => gap.source === id && gap.upstream === upstream)
    .map((gap) => el("span", { class: "gap", text: ` ? ${gap.reason} ` }));
  chain.ids.forEach((id, number) => {
    if (number) path.append(arrow(graph, chain.hops[number - 1], select));
    path.append(...gaps(id, true), sourceLink(graph, id, select), ...gaps(id, false));
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

function chainsThrough(graph, test, select) {
  const found = graph.raw.chains.filter(test);
  const shown = found.slice(0, 5).map((chain) => chainPath(graph, chain, select));
  if (found.length > 5) shown.push(el("p", { class: "hint", text: `and ${found.length - 5} more chains` }));
  return shown;
}

function sourcePanel(graph, id, select) {
  if (id === "article") return articlePanel(graph, select);
  const source = graph.sources.get(id);
  const into = ofKind(graph.into, id, "flow");
  const from = ofKind(graph.from, id, "flow");
  const rows = (items) => items.map((item) => hopRow(graph, item, select));
  const about = (what) => graph.raw.items.filter((item) => item.what === what && item.sources.includes(id));
  return [
    sourceTitle(source, into, from),
    source.aliases.length ? el("p", { class: "aliases" }, "also: ", ...joined(source.aliases.slice(0, 12))) : null,
    ...source.gaps.map((reason) => el("p", { class: "gap", text: `? ${reason}` })),
    ...chainsThrough(graph, (chain) => chain.ids.includes(id), select),
    ...listOf("Where it has it from", rows(into)),
    ...listOf("Where it goes", rows(from)),
    ...listOf("Disputes", rows([...ofKind(graph.from, id, "dispute"), ...ofKind(graph.into, id, "dispute")])),
    ...listOf("What happened to it", rows(about("event"))),
    ...listOf("Credited with", about("claim").map((claim) => claimRow(claim, select))),
  ].filter(Boolean);
}

function sourceTitle(source, into, from) {
  const title = el("h2", { dir: "auto" }, icon(source.type), bdi(source.name), " ", chip(typeName(source.type)));
  if (from.length && !into.length) title.append(chip("origin", "origin"));
  if (source.wikidata) title.append(chip(source.wikidata));
  return title;
}

function joined(texts) {
  return texts.flatMap((text, number) => (number ? [" · ", bdi(text)] : [bdi(text)]));
}

function claimRow(claim, select) {
  const row = el("button", { type: "button", class: "row claim", onclick: () => select(claim.id) });
  row.append(el("q", {}, bdi(claim.text)), " ", chip(claim.certainty));
  return el("li", {}, row);
}

function articlePanel(graph, select) {
  const { meta } = graph.raw;
  const facts = [meta.publisher, meta.authors.join(", "), meta.published].filter(Boolean);
  return [
    el("h2", {}, icon("article"), bdi(meta.title)),
    el("p", { class: "aliases" }, ...joined(facts)),
    ...listOf("Where it has it from", ofKind(graph.into, "article", "flow").map((item) => hopRow(graph, item, select))),
  ];
}

function itemPanel(graph, item, select) {
  const title = item.what === "claim"
    ? el("h2", {}, el("q", {}, bdi(item.text)))
    : el("h2", {}, ...linkedSentence(graph, item.tell.filter((piece) => !piece.startsWith("—")), select));
  const chips = el("p", { class: "chips" }, swatch(item), chip(item.kind.replace("_", " ")), chip(item.certainty, weak(item) ? "warn" : ""));
  return [
    title,
    chips,
    ...(item.what === "claim" ? [el("p", { class: "chips" }, "credited to ", ...item.sources.flatMap((id) => [sourceLink(graph, id, select), " "]))] : []),
    ...(item.what === "flow" ? chainsThrough(graph, (chain) => chain.hops.includes(item.id), select) : []),
    ...evidenceQuotes(graph, item),
  ];
}

// Only where the text beside the panel does not show them.
function evidenceQuotes(graph, item) {
  const missing = item.marks.evidence.some((span) => !quote(graph, span));
  return missing ? [el("p", { class: "hint", text: "The words that this stands on were not kept." })] : [];
}
