// The graph as tables: all that it shows, in rows.

function renderTable(view, graph, key, select) {
  const flows = graph.raw.items.filter((item) => item.what === "flow");
  const disputes = graph.raw.items.filter((item) => item.what === "dispute");
  const events = graph.raw.items.filter((item) => item.what === "event");
  replace(
    view,
    tableOf("Sources", ["Source", "Type", "Has it from", "Passes it to"], graph.raw.sources.map((source) => sourceRow(graph, source, key, select))),
    tableOf("Flows", ["Hop", "Kind", "Certainty", "Evidence"], flows.map((item) => itemRow(graph, item, key, select))),
    ...(disputes.length ? [tableOf("Disputes", ["Dispute", "Stance", "Certainty", "Evidence"], disputes.map((item) => itemRow(graph, item, key, select)))] : []),
    ...(events.length ? [tableOf("Custody events", ["Event", "Kind", "Certainty", "Evidence"], events.map((item) => itemRow(graph, item, key, select)))] : []),
  );
}

function tableOf(caption, heads, rows) {
  return el(
    "table",
    {},
    el("caption", { text: `${caption} · ${rows.length}` }),
    el("thead", {}, el("tr", {}, ...heads.map((text) => el("th", { scope: "col", text })))),
    el("tbody", {}, ...rows),
  );
}

function sourceRow(graph, source, key, select) {
  const id = `s:${source.id}`;
  const names = (map, end) => ofKind(map, source.id, "flow").map((item) => nameOf(graph, item[end]));
  return el(
    "tr",
    { "aria-selected": key === id ? "true" : false },
    el("th", { scope: "row" }, button(source.name, () => select(id), "name")),
    el("td", {}, icon(source.type), " ", typeName(source.type)),
    el("td", {}, ...joined(names(graph.into, "source"))),
    el("td", {}, ...joined(names(graph.from, "target"))),
  );
}

function itemRow(graph, item, key, select) {
  const row = el("button", { type: "button", class: "name", onclick: () => select(item.id) }, ...sentence(graph, item.tell));
  return el(
    "tr",
    { "aria-selected": key === item.id ? "true" : false },
    el("th", { scope: "row" }, row),
    el("td", {}, swatch(item), " ", item.kind.replace("_", " ")),
    el("td", { text: item.certainty }),
    el("td", { class: "quote" }, bdi(item.marks.evidence.map((span) => quote(graph, span)).join(" … "))),
  );
}
