// The graph as tables: all that it shows, in rows that sort, each with its evidence.

const opened = new Map();
const WIDE = new Set(["Hop", "Dispute", "Event", "Claim", "Evidence"]);
const MOST_ROWS = 200; // Of a table at first; who wants more asks for them.

/**
 * @param {HTMLElement} view
 * @param {Graph} graph
 * @param {{select: string, sort: string[], match: Match | null, scope: Set<string> | null, hidden: Set<string> | null}} shown
 * @param {(key: string) => void} select
 * @param {(change: Partial<State>) => void} go
 */
function renderTable(view, graph, shown, select, go) {
  const rows = (what) => graph.raw.items
    .filter((item) => item.what === what && isShown(item, shown))
    .map((item) => itemRow(graph, item, shown, select));
  const sources = graph.raw.sources
    .filter((source) => (!shown.match || shown.match.sources.has(source.id)) && (!shown.scope || shown.scope.has(`s:${source.id}`)) && !shown.hidden?.has(`s:${source.id}`))
    .map((source) => sourceRow(graph, source, shown, select));
  const again = () => renderTable(view, graph, shown, select, go);
  const table = (name, caption, heads, own) => tableOf(name, caption, heads, own, { sort: shown.sort, go, again, take: (one, cells) => takeSheet(graph, one, cells) });
  replace(
    view,
    table("sources", "Sources", ["Source", "Type", "Has it from", "Passes it to", "Claims"], sources),
    table("flows", "Flows", ["Hop", "Kind", "Certainty", "Evidence"], rows("flow")),
    table("disputes", "Disputes", ["Dispute", "Stance", "Certainty", "Evidence"], rows("dispute")),
    table("events", "Custody events", ["Event", "Kind", "Certainty", "Evidence"], rows("event")),
    table("claims", "Claims", ["Claim", "Credited to", "Certainty", "Evidence"], rows("claim")),
  );
}

function isShown(item, { match, scope, hidden }) {
  if (hidden && hidden.has(item.id)) return false;
  const drawn = !scope || (isLine(item) ? scope.has(item.id) : item.sources.some((id) => scope.has(`s:${id}`)));
  return drawn && (!match || match.items.has(item.id));
}

/** @typedef {{texts: string[], node: () => HTMLTableRowElement, cells: () => any[]}} Row What a row is sorted by, what makes it, and what it is in a spreadsheet. */

/** @param {string} name @param {string} caption @param {string[]} heads @param {Row[]} rows @param {{sort: string[], go: Function, again: () => void, take: Function}} act */
function tableOf(name, caption, heads, rows, { sort, go, again, take }) {
  if (!rows.length) return "";
  const columns = heads.map((_, column) => `${name}.${column}`);
  const order = sort.find((one) => columns.includes(one.replace("-", "")));
  const way = order && order.startsWith("-") ? -1 : 1;
  const by = order ? columns.indexOf(order.replace("-", "")) : -1;
  const sorted = order ? [...rows].sort((a, b) => way * compare(a.texts[by], b.texts[by])) : rows;
  const turn = (column) => () => {
    const next = column === by && way > 0 ? `-${columns[column]}` : columns[column];
    go({ sort: [...sort.filter((one) => one !== order), next] });
    byId(columns[column]).focus();
  };
  const most = opened.get(name) || MOST_ROWS;
  const more = () => {
    opened.set(name, 10 * most);
    again();
  };
  const rest = sorted.length - most;
  const head = (text, column) => el(
    "th",
    { scope: "col", "aria-sort": column === by ? (way > 0 ? "ascending" : "descending") : "none" },
    el("button", { type: "button", id: columns[column], class: "sort", onclick: turn(column), text }),
  );
  return el(
    "table",
    {},
    el("caption", {}, el("span", {}, `${caption} · ${rows.length}`, el("button", { type: "button", class: "action", "aria-label": `${caption} as CSV, for a spreadsheet`, onclick: () => take(name, sorted.map((row) => row.cells())), text: "CSV" }))),
    el("colgroup", {}, ...heads.map((head) => el("col", { class: WIDE.has(head) ? "wide" : head === "Claims" ? "small" : "" }))),
    el("thead", {}, el("tr", {}, ...heads.map(head))),
    el("tbody", {}, ...sorted.slice(0, most).map((row) => row.node())),
    rest > 0 ? el("tfoot", {}, el("tr", {}, el("td", { colspan: heads.length }, el("button", { type: "button", class: "crumb", onclick: more, text: `${rest.toLocaleString("en")} more` })))) : null,
  );
}

// Numbers by their size, words by the alphabet.
function compare(one, other) {
  return one.localeCompare(other, undefined, { numeric: true, sensitivity: "base" });
}

function rowOf(key, shown, texts, cells, sheet) {
  const node = () => {
    const [first, ...others] = cells();
    return el("tr", { "aria-selected": shown.select === key ? "true" : false }, el("th", { scope: "row" }, first), ...others);
  };
  return { texts, node, cells: sheet };
}

function sourceRow(graph, source, shown, select) {
  const names = (map, end) => ofKind(map, source.id, "flow").map((item) => nameOf(graph, item[end]));
  const [from, to] = [names(graph.into, "source"), names(graph.from, "target")];
  const claims = String((graph.claims.get(source.id) || []).length || "");
  return rowOf(
    `s:${source.id}`, shown, [source.name, typeName(source.type), from.join(), to.join(), claims],
    () => [
      button(source.name, () => select(`s:${source.id}`), "name"),
      el("td", {}, icon(source.type), " ", typeName(source.type), doubtTold(source.score) ? ` · ${doubtTold(source.score)}` : ""),
      el("td", {}, ...joined(from), ...source.gaps.map((reason) => el("span", { class: "gap", text: ` ? ${reason}` }))),
      el("td", {}, ...joined(to)),
      el("td", { text: claims }),
    ],
    () => sourceCells(graph, source),
  );
}

function itemRow(graph, item, shown, select) {
  const words = () => (item.what === "claim" ? [quoted(item.text)] : sentence(graph, item.tell));
  const kind = item.what === "claim" ? item.sources.map((id) => nameOf(graph, id)).join(" · ") : item.kind.replace("_", " ");
  const cited = item.marks.evidence.map((span) => quote(graph, span)).join(" … ");
  const look = () => select(item.id);
  const text = item.text || item.tell.map((piece) => (piece.startsWith("@") ? nameOf(graph, piece.slice(1)) : piece)).join(" ");
  return rowOf(
    item.id, shown, [text, kind, String(CERTAINTY.indexOf(item.certainty)), cited],
    () => [
      el("button", { type: "button", class: "name", onclick: look }, ...words()),
      el("td", {}, item.what === "claim" ? "" : swatch(item), " ", bdi(kind)),
      el("td", {}, item.certainty, doubtTold(item.score ?? 1) ? ` · ${doubtTold(item.score)}` : "", item.odd ? el("span", { class: "gap", text: ` ${item.odd}` }) : ""),
      el("td", { class: "quote" }, el("button", { type: "button", class: "cited", title: "Show where this stands in the article", onclick: look }, bdi(cited))),
    ],
    () => itemCells(graph, item),
  );
}
