// What alone is shown: entries of the legend, and dates. Within a group any will do; every group must.

const TYPES = ["person", "unnamed", "news_outlet", "organization", "document", "intercept", "statement", "channel"];
const FACETS = {
  lines: ["reported_by", "derived_from", "denies", "doubts", "confirms"],
  certainty: ["asserted", "reported", "alleged", "speculative", "denied"],
  gaps: ["gap"],
  sources: [...TYPES, "named"],
};
const FACET_NAMES = new Map([
  ["reported_by", "reported by"], ["derived_from", "derived from"], ["unnamed", "unnamed"],
  ["news_outlet", "news outlet"], ["gap", "not said"],
]);

function facetName(facet) {
  return FACET_NAMES.get(facet) || facet;
}

function facetsOfSource(source) {
  return [source.type, ...(source.type === "unnamed" ? [] : ["named"]), ...(source.gaps.length ? ["gap"] : [])];
}

/** @param {Graph} graph @returns {Map<string, number>} How much there is of each entry of the legend. */
function countFacets(graph) {
  const counts = new Map();
  const count = (facet) => counts.set(facet, (counts.get(facet) || 0) + 1);
  graph.raw.sources.forEach((source) => facetsOfSource(source).forEach(count));
  graph.raw.items.filter(isLine).forEach((item) => [item.kind, item.certainty].forEach(count));
  if (counts.get("gap") || gapsOf(graph).length) counts.set("gap", gapsOf(graph).length); // a source may have several
  return counts;
}

function isLine(item) {
  return item.what === "flow" || item.what === "dispute";
}

/**
 * What is left by the filters.
 * @typedef {{sources: Set<string>, items: Set<string>, lit: Set<string>}} Match Ids of sources and items; keys of what is lit.
 * @param {Graph} graph @param {State} state @returns {Match | null} Null where all is.
 */
function matching(graph, state) {
  if (!state.only.length && !state.since && !state.until) return null;
  const wanted = Object.fromEntries(Object.entries(FACETS).map(([group, all]) => [group, state.only.filter((one) => all.includes(one))]));
  const alike = graph.raw.sources.filter((source) => suits(wanted.sources, facetsOfSource(source)) && suits(wanted.gaps, facetsOfSource(source)) && inTime(graph, source.id, state));
  const sources = new Set(alike.map((source) => source.id));
  const narrow = wanted.sources.length || wanted.gaps.length || state.since || state.until;
  const items = graph.raw.items.filter((item) => itemSuits(item, wanted, state) && (!narrow || ends(item).some((id) => sources.has(id))));
  const byLine = wanted.lines.length || wanted.certainty.length;
  if (byLine) {
    const touched = new Set(items.flatMap(ends));
    for (const id of sources) if (!touched.has(id)) sources.delete(id);
  }
  const lit = new Set(["s:article", ...[...sources].map((id) => `s:${id}`)]);
  for (const item of items.filter(isLine)) lit.add(item.id).add(`s:${item.source}`).add(`s:${item.target}`);
  return { sources, items: new Set(items.map((item) => item.id)), lit };
}

function suits(wanted, facets) {
  return !wanted.length || facets.some((facet) => wanted.includes(facet));
}

function itemSuits(item, wanted, state) {
  const dated = item.what !== "event" || within(item.date, state);
  return suits(wanted.certainty, [item.certainty]) && (isLine(item) ? suits(wanted.lines, [item.kind]) : !wanted.lines.length) && dated;
}

function inTime(graph, id, state) {
  if (!state.since && !state.until) return true;
  return (graph.events.get(id) || []).some((event) => within(event.date, state));
}

// A date that is told to the month lies within a day of that month.
function within(date, state) {
  if (!state.since && !state.until) return true;
  const from = state.since.slice(0, date.length);
  const to = state.until.slice(0, date.length);
  return Boolean(date) && date >= from && (!to || date <= to);
}

/** The dates of what happened, each once, in order. */
function datesOf(graph) {
  const dates = graph.raw.items.filter((item) => item.what === "event" && item.date).map((item) => item.date);
  return [...new Set(dates)].sort();
}
