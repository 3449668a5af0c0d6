// What is known of the selected thing: the questions that one asks of it, answered.

/**
 * @typedef {object} Act What the panel's buttons do.
 * @property {(key: string) => void} select
 * @property {(change: Partial<State>) => void} go
 * @property {(id: string) => void} enter
 * @property {((key: string, undone?: Applied) => void) | null} correct Null where nothing is corrected.
 * @property {string[]} only What the filters ask for.
 * @property {Match | null} match What they leave.
 * @property {((key: string) => Node[]) | null} [quick] What can be done at once, where a server does it.
 */

/** @param {HTMLElement} view @param {Graph} graph @param {string} key @param {Act} act */
function renderPanel(view, graph, key, act) {
  const item = key.startsWith("s:") ? null : graph.items.get(key);
  if (item) replace(view, ...itemPanel(graph, item, act));
  else if (!key && act.only.length) replace(view, ...leftPanel(graph, act));
  else if (!key || key === "s:article") replace(view, ...articlePanel(graph, act));
  else replace(view, ...sourcePanel(graph, graph.sources.get(key.slice(2)), act));
}

function listOf(title, rows, most = 6) {
  if (!rows.length) return [];
  const list = (some) => el("ul", { class: "rows" }, ...some);
  const rest = rows.length > most ? [folded(`${rows.length - most} more`, [list(rows.slice(most))])] : [];
  return [el("h3", { text: title }), list(rows.slice(0, most)), ...rest];
}

function hopRow(graph, item, select) {
  const row = el("button", { type: "button", class: `row ${item.kind}`, onclick: () => select(item.id) });
  row.append(swatch(item), el("span", {}, ...sentence(graph, item.tell)));
  return el("li", {}, row);
}

function sourceRowLink(graph, id, select) {
  const source = graph.sources.get(id);
  const row = el("button", { type: "button", class: "row", onclick: () => select(`s:${id}`) });
  row.append(source ? icon(source.type) : "", bdi(nameOf(graph, id)));
  return el("li", {}, row);
}

function claimRow(claim, select) {
  const row = el("button", { type: "button", class: "row claim", onclick: () => select(claim.id) });
  row.append(quoted(claim.text), " ", chip(claim.certainty));
  return el("li", {}, row);
}

function sourcePanel(graph, source, act) {
  const { select } = act;
  const [into, from] = [ofKind(graph.into, source.id, "flow"), ofKind(graph.from, source.id, "flow")];
  const rows = (items) => items.map((item) => hopRow(graph, item, select));
  const against = ofKind(graph.into, source.id, "dispute");
  const carried = disputesOnTheWay(graph, source.id);
  return [
    sourceTitle(source, into, from),
    source.aliases.length ? el("p", { class: "aliases" }, "also: ", ...joined(source.aliases.slice(0, 12))) : null,
    el("p", { class: "sum", text: summary(graph, source, against, carried) }),
    ...evidenceQuotes(graph, marksOf(graph, `s:${source.id}`), 1),
    whyOf(graph, `s:${source.id}`, select),
    ...gapsOf(graph).filter((gap) => gap.source === source.id).flatMap((gap) => [el("p", { class: "gap", text: `? ${gap.reason}` }), whyGap(graph, gap)]),
    ...chainsOf(graph, graph.raw.chains.filter((chain) => chain.ids.includes(source.id)), select),
    actions(graph, source, act),
    ...listOf("From whom it has it", rows(into)),
    ...listOf("Through whom it goes", rows(from)),
    ...listOf("Who disputes it", rows(against)),
    ...listOf("Who disputes what it came through", rows(carried)),
    ...listOf("What it disputes", rows(ofKind(graph.from, source.id, "dispute"))),
    ...listOf("What happened to it", rows(graph.events.get(source.id) || [])),
    ...listOf("What it is credited with", (graph.claims.get(source.id) || []).map((claim) => claimRow(claim, select))),
    ...corrected(graph, `s:${source.id}`, act),
  ].filter(Boolean);
}

// Disputes of whatever carries on what this source passed.
function disputesOnTheWay(graph, id) {
  const onward = new Set();
  follow(graph.from, id, "target", onward);
  return graph.raw.items.filter((item) => item.what === "dispute" && item.target !== id && onward.has(`s:${item.target}`) && item.target !== "article");
}

function summary(graph, source, against, carried) {
  const stance = (items, kind) => items.filter((item) => item.kind === kind).length;
  const claims = (graph.claims.get(source.id) || []).length;
  const facts = [
    `credited with ${many(claims, "claim")}`,
    stance(against, "confirms") ? `confirmed by ${stance(against, "confirms")}` : "confirmed by nobody",
    against.length - stance(against, "confirms") ? `disputed by ${against.length - stance(against, "confirms")}` : "",
    carried.length ? `${carried.length} dispute what it came through` : "",
  ].filter(Boolean);
  return `${facts.join(" · ")}.`.replace(/^./, (letter) => letter.toUpperCase());
}

function actions(graph, source, { go, enter, correct, quick }) {
  const action = (text, onclick) => el("button", { type: "button", class: "action", text, onclick });
  return el(
    "p",
    { class: "actions" },
    ofKind(graph.into, source.id, "flow").length ? action("Path to its origins", () => go({ path: source.id, focus: [] })) : null,
    action("Focus", () => enter(source.id)),
    ...(quick ? quick(`s:${source.id}`) : []),
    correct ? action("Correct…", () => correct(`s:${source.id}`)) : null,
  );
}

function sourceTitle(source, into, from) {
  const title = el("h2", { dir: "auto" }, icon(source.type), bdi(source.name), " ", chip(typeName(source.type)));
  if (from.length && !into.length) title.append(chip("origin", "origin"));
  if (source.wikidata) title.append(chip(source.wikidata));
  title.append(doubtChip(source.score));
  return title;
}

// What the filters leave, as lists: of each kind of thing that they ask for.
function leftPanel(graph, { only, match, go, select }) {
  const asked = (group) => only.some((facet) => FACETS[group].includes(facet));
  const lines = asked("lines") || asked("certainty") ? graph.raw.items.filter((item) => isLine(item) && match.items.has(item.id)) : [];
  const sources = asked("sources") ? graph.raw.sources.filter((source) => match.sources.has(source.id)) : [];
  const gaps = asked("gaps") ? gapsOf(graph).filter((gap) => gap.source === "article" || match.sources.has(gap.source)) : [];
  const counted = (name, rows) => listOf(`${name} · ${rows.length}`, rows, 40);
  return [
    el("h2", { text: `Only: ${only.map(facetName).join(", ")}` }),
    ...counted("Left out", gaps.map((gap) => gapRow(graph, gap, select))),
    ...counted("Lines", lines.map((item) => hopRow(graph, item, select))),
    ...counted("Sources", sources.map((source) => sourceRowLink(graph, source.id, select))),
    gaps.length || lines.length || sources.length ? "" : el("p", { class: "hint", text: "Nothing is all of that." }),
    el("p", { class: "actions" }, el("button", { type: "button", class: "action", text: "Show all again", onclick: () => go({ only: [] }) })),
  ];
}

function articlePanel(graph, act) {
  const { raw } = graph;
  const { select, correct } = act;
  if (!raw.chains.length && !raw.sources.length) {
    return [el("h2", { text: "No sources" }), el("p", { class: "hint", text: "Nothing in this text is credited to anybody." })];
  }
  const sources = (ids) => ids.map((id) => sourceRowLink(graph, id, select));
  const unnamed = raw.sources.filter((source) => source.type === "unnamed").map((source) => source.id);
  const weakest = raw.items.filter((item) => item.what === "flow" && weak(item)).sort((a, b) => CERTAINTY.indexOf(b.certainty) - CERTAINTY.indexOf(a.certainty));
  return [
    ...leadOf(graph, act),
    ...listOf("Where something is left out", gapsOf(graph).map((gap) => gapRow(graph, gap, select)), 4),
    ...listOf("Weakest hops", weakest.map((item) => hopRow(graph, item, select)), 4),
    ...listOf("Unnamed", sources(unnamed), 3),
    ...listOf("Origins", sources(raw.origins), 3),
    correct ? el("p", { class: "actions" }, el("button", { type: "button", class: "action", text: "Somebody is missing…", onclick: () => correct("s:article") })) : "",
    el("p", { class: "hint", text: "Click a source, a line or a marked sentence to see what it stands on." }),
  ];
}

// The headline's claim and how the article has it, then whatever else is claimed.
function leadOf(graph, act) {
  if (extra.lead) return extra.lead();
  const [first, ...others] = graph.raw.points || [];
  if (!first) return [el("h2", { text: "Where this article has it from" }), ...chainsOf(graph, graph.raw.chains.slice(0, 1), act.select)];
  return [
    el("h2", { text: first.title }),
    ...pointTold(graph, first, act),
    ...listOf("What else is claimed", others.map((point) => pointRow(graph, point, act.select)), 3),
  ];
}

function itemPanel(graph, item, { select, correct, ...act }) {
  const title = item.what === "claim"
    ? el("h2", {}, quoted(item.text))
    : el("h2", {}, ...linkedSentence(graph, item.tell.filter((piece) => !piece.startsWith("—")), select));
  const chips = el("p", { class: "chips" }, swatch(item), chip(item.kind.replace("_", " ")), chip(item.certainty, weak(item) ? "warn" : ""), doubtChip(item.score ?? 1));
  const correctable = correct && item.what !== "event";
  return [
    title,
    chips,
    ...evidenceQuotes(graph, item.marks),
    whyOf(graph, item.id, select),
    ...(item.odd ? [el("p", { class: "gap", text: `Out of order: ${item.odd}.` })] : []),
    ...(item.what === "claim" ? [el("p", {}, "Credited to ", ...item.sources.flatMap((id, n) => [n ? ", " : "", sourceLink(graph, id, select)]))] : []),
    ...claimTold(graph, item, { select }),
    ...(item.what === "flow" ? chainsOf(graph, graph.raw.chains.filter((chain) => chain.hops.includes(item.id)), select) : []),
    ...(correctable ? [el("p", { class: "actions" }, ...(act.quick ? act.quick(item.id) : []), el("button", { type: "button", class: "action", text: "Correct…", onclick: () => correct(item.id) }))] : []),
    ...corrected(graph, item.id, { correct, ...act }),
  ];
}

/** The sentences that something stands on, each once; a click goes to them in the text. @param {Graph} graph @param {Marks} marks */
function evidenceQuotes(graph, marks, most = 3) {
  const spans = outermost(marks.evidence);
  const quotes = spans.slice(0, most).map((span) => quote(graph, span));
  const more = spans.length - quotes.length;
  const notes = quotes.every(Boolean) ? [] : [el("p", { class: "hint", text: "The words that this stands on were not kept." })];
  const look = () => scrollToEvidence(byId("text"), true);
  if (more > 0) notes.push(el("p", { class: "hint", text: `and ${many(more, "more sentence")}, marked in the text` }));
  return [...quotes.filter(Boolean).map((words) => el("button", { type: "button", class: "cited", title: "Show where this stands in the article", onclick: look }, bdi(`“${words}”`))), ...notes];
}

/** What people changed about it. */
function corrected(graph, key, { correct }) {
  const rows = graph.raw.corrections.filter((one) => one.about.includes(key)).map((one) => el(
    "li",
    { class: "correction" },
    `${one.action}${one.grade ? ` ${one.grade}` : ""} by `, bdi(one.who), `, ${one.when.slice(0, 10)}`, one.why ? ": " : "", bdi(one.why), " ",
    correct ? el("button", { type: "button", class: "link", text: "Undo…", onclick: () => correct(key, one) }) : null,
  ));
  return listOf("Corrections", rows);
}

// Of a claim, by which lines the article has it.
function claimTold(graph, item, act) {
  const point = item.what === "claim" ? pointOf(graph, item.id) : undefined;
  return point ? pointTold(graph, point, act).slice(1) : [];
}
