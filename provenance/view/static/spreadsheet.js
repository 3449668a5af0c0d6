// The tables of the page for a spreadsheet: CSV (RFC 4180) with a byte order mark, and nothing that is calculated.

const FORMULA = ["=", "+", "-", "@"];

// Whatever the shape of its first sign: as `prov export --to csv` does.
function harmlessCell(cell) {
  const first = [...cell.replace(/^[\p{Cc}\p{Cf}\p{Z}]+/u, "")][0] || "";
  const formula = FORMULA.includes(first.normalize("NFKC")[0]);
  return formula || /^[\t\r]/.test(cell) ? `'${cell}` : cell;
}

function toCsv(rows) {
  const quoted = (cell) => (/[",\r\n]/.test(cell) ? `"${cell.replace(/"/g, '""')}"` : cell);
  return `\ufeff${rows.map((row) => row.map((cell) => quoted(harmlessCell(String(cell)))).join(",")).join("\r\n")}\r\n`;
}

const SHEETS = {
  sources: ["Source", "Type", "Also called", "Has it from", "Passes it to", "Claims", "Left out", "How sure"],
  flows: ["Hop", "Kind", "Certainty", "How sure", "Evidence"],
  disputes: ["Dispute", "Stance", "Certainty", "How sure", "Evidence"],
  events: ["Event", "Kind", "Date", "Certainty", "Evidence"],
  claims: ["Claim", "Credited to", "Certainty", "How sure", "Evidence"],
};

/** @param {Graph} graph @param {Source} source @returns {any[]} */
function sourceCells(graph, source) {
  const names = (map, end) => ofKind(map, source.id, "flow").map((item) => nameOf(graph, item[end])).join("; ");
  const claims = (graph.claims.get(source.id) || []).length;
  return [source.name, typeName(source.type), source.aliases.join("; "), names(graph.into, "source"), names(graph.from, "target"), claims, source.gaps.join("; "), source.score];
}

/** @param {Graph} graph @param {Item} item @returns {any[]} */
function itemCells(graph, item) {
  const evidence = item.marks.evidence.map((span) => quote(graph, span)).join(" … ");
  if (item.what === "claim") return [item.text, item.sources.map((id) => nameOf(graph, id)).join("; "), item.certainty, item.score, evidence];
  const told = withSpaces(item.tell, (id) => nameOf(graph, id)).join("");
  const kind = item.kind.replace("_", " ");
  return item.what === "event" ? [told, kind, item.date, item.certainty, evidence] : [told, kind, item.certainty, item.score, evidence];
}

function takeSheet(graph, name, rows) {
  const stem = graph.raw.meta.name.replace(/(.)\.[^.]*$/, "$1");
  download(`${stem}-${name}.csv`, new Blob([toCsv([SHEETS[name], ...rows])], { type: "text/csv" }));
}
