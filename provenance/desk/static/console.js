// Questions in SPARQL: ours to choose and to change, and whatever comes back.

const MOST = 1000;
const SUFFIX = { turtle: "ttl", ntriples: "nt", jsonld: "jsonld" };

function shortened(iri) {
  for (const [prefix, start] of Object.entries(TOLD.prefixes)) if (iri.startsWith(start) && /^[\w-]+$/.test(iri.slice(start.length))) return `${prefix}:${iri.slice(start.length)}`;
  return iri;
}

function cell(term) {
  if (!term) return el("td");
  if (term.type !== "uri") return el("td", { dir: "auto", text: term.value });
  const hit = /^ni:\/\/\/sha-256;([\w-]+)/.exec(term.value);
  return el("td", {}, hit ? el("a", { href: `/.well-known/ni/sha-256/${hit[1]}`, text: shortened(term.value) }) : el("span", { text: shortened(term.value) }));
}

function showRows({ head, results, boolean }) {
  if (boolean !== undefined) {
    replace(byId("rows"), el("p", { class: "sum", text: boolean ? "Yes." : "No." }));
    return "";
  }
  const rows = results.bindings.slice(0, MOST).map((row) => el("tr", {}, ...head.vars.map((name) => cell(row[name]))));
  replace(byId("rows"), el("table", {}, el("thead", {}, el("tr", {}, ...head.vars.map((name) => el("th", { scope: "col", text: name.replaceAll("_", " ") })))), el("tbody", {}, ...rows)));
  const count = results.bindings.length;
  return `${count.toLocaleString("en")} row${count === 1 ? "" : "s"}${count > MOST ? `, the first ${MOST} of them here; csv has all` : ""}`;
}

async function run() {
  const format = byId("format").value;
  const body = new URLSearchParams({ query: byId("query").value });
  if (format) body.set("format", format);
  byId("run").disabled = true;
  byId("told-count").textContent = "…";
  try {
    const answer = await ask("/sparql", { method: "POST", body, headers: { Accept: "application/sparql-results+json, text/turtle;q=0.9" } });
    const kind = answer.headers.get("Content-Type") || "";
    if (!format && kind.startsWith("application/sparql-results+json")) byId("told-count").textContent = showRows(await answer.json());
    else await showText(await answer.text(), format || "turtle", kind);
  } catch (error) {
    byId("told-count").textContent = "";
    replace(byId("rows"), el("p", { class: "gap", role: "alert", text: error.message }));
  } finally { byId("run").disabled = false; }
}

async function showText(text, format, kind) {
  const save = el("button", { type: "button", class: "action", text: "Download", onclick: () => {
    const link = el("a", { href: URL.createObjectURL(new Blob([text], { type: kind })), download: `answer.${SUFFIX[format] || format}` });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  } });
  replace(byId("rows"), el("p", {}, save), el("pre", { text: text.slice(0, 200000) }));
  byId("told-count").textContent = `${text.length.toLocaleString("en")} characters`;
}

function choose() {
  const one = TOLD.queries[Number(byId("known").value)];
  byId("query").value = one.text;
  const set = one.parameters.map(([name, meaning]) => `?${name}: ${meaning}`);
  byId("notes").textContent = [one.question, set.length ? `To set, in VALUES: ${set.join("; ")}.` : ""].join(" ");
}

replace(byId("known"), ...TOLD.queries.map((one, number) => el("option", { value: number, text: one.name })));
byId("known").addEventListener("change", choose);
byId("run").addEventListener("click", run);
byId("query").addEventListener("keydown", (event) => { if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) run(); });
choose();
