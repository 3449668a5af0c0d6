// Corrections as lines of the log that `prov build` replays: the same bytes as `prov correct` writes.

const FIELDS = ["id", "action", "who", "when", "why", "source", "target", "name", "type", "quotes", "grade", "undoes"];

/** What finds a source again in another build: its name, and where it is first named. @param {Graph} graph @param {string} id */
function anchorOf(graph, id) {
  if (id === "article") return { name: "article" };
  const { name, mentions } = graph.sources.get(id);
  const named = mentions.filter((span) => quote(graph, span).includes(name));
  const first = (named.length ? named : mentions)[0];
  return { name, quote: first && quoteAt(graph, first) };
}

/** @param {object} correction All but its id. @returns {Promise<string>} */
async function logLine(correction) {
  const bytes = new TextEncoder().encode(toJson(correction));
  const digest = Array.from(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)));
  const hex = digest.map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return toJson({ ...correction, id: `c-${hex.slice(0, 10)}` });
}

// As Python writes it, with nothing that is empty.
function toJson(correction) {
  return jsonOf(Object.fromEntries(FIELDS.map((field) => [field, correction[field]])));
}

function jsonOf(value) {
  if (Array.isArray(value)) return `[${value.map(jsonOf).join(", ")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const pairs = Object.entries(value).filter(([, one]) => one !== undefined && one !== null && one !== "" && one.length !== 0);
  return `{${pairs.map(([key, one]) => `${JSON.stringify(key)}: ${jsonOf(one)}`).join(", ")}}`;
}
