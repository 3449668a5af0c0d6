// One graph, with what leads where looked up once.

const TYPE_NAMES = new Map([["news_outlet", "news outlet"], ["unnamed", "unnamed speaker"]]);

function typeName(type) {
  return TYPE_NAMES.get(type) || type;
}

/**
 * @typedef {[number, number]} Span Half open, in code points.
 * @typedef {{evidence: Span[], cue: Span[], source: Span[], content: Span[]}} Marks
 * @typedef {{id: string, name: string, type: string, aliases: string[], mentions: Span[], gaps: string[], date: string, wikidata: string}} Source
 * @typedef {object} Item A flow, dispute, claim or custody event.
 * @property {string} id
 * @property {"flow" | "dispute" | "claim" | "event"} what
 * @property {string} kind
 * @property {string} certainty
 * @property {Marks} marks
 * @property {string} [source] Of flows and disputes.
 * @property {string} [target]
 * @property {string[]} [sources] Of claims and events.
 * @property {string[]} [tell] The sentence that tells it.
 * @property {string} [text] Of a claim.
 * @property {string} [date] Of an event.
 * @property {string} [odd] How a flow goes back in time.
 *
 * @typedef {{ids: string[], hops: string[], certainty: string, gaps: {source: string, upstream: boolean, reason: string}[], sentence: string[]}} Chain
 * @typedef {{nodes: any[], edges: any[], options: any, headings: {x: number, y: number, text: string, align: CanvasTextAlign}[]}} Picture
 * @typedef {{id: string, action: string, who: string, when: string, why: string, grade: string, about: string[]}} Applied
 * @typedef {{kind: string, start: number, text: string, before: string, after: string, chars: string[], passages?: Passage[]}} Block
 * @typedef {{start: number, end: number, ids: string[], number?: number}} Passage
 * @typedef {{counts: Record<string, number>, boxes: Record<string, any>, looks: any[], lines: Record<string, number>}} Folded
 *
 * @typedef {object} Raw All that the page is told about a graph (provenance/view/payload.py).
 * @property {any} meta
 * @property {any[]} answers
 * @property {Block[]} blocks
 * @property {Passage[]} passages
 * @property {Source[]} sources
 * @property {Item[]} items
 * @property {Chain[]} chains
 * @property {string[]} origins
 * @property {string[][]} lines
 * @property {Applied[]} corrections
 * @property {Record<string, number[]>} dashes By certainty.
 * @property {{chain: Picture, time: Picture | null}} pictures
 * @property {Folded | null} folded What is not in the pictures, of a graph too large for one.
 *
 * @typedef {object} Graph
 * @property {Raw} raw
 * @property {Block[]} blocks
 * @property {Map<string, Source>} sources
 * @property {Map<string, Item>} items
 * @property {Map<string, Item[]>} into Flows and disputes by their target.
 * @property {Map<string, Item[]>} from Flows and disputes by their source.
 * @property {Map<string, Item[]>} events By the sources that take part.
 * @property {Map<string, Item[]>} claims By the sources that are credited.
 */

/** Look up once what the page asks of a graph again and again. @param {Raw} raw @returns {Graph} */
function indexGraph(raw) {
  const graph = {
    raw,
    sources: new Map(raw.sources.map((source) => [source.id, source])),
    items: new Map(raw.items.map((item) => [item.id, item])),
    into: new Map(),
    from: new Map(),
    events: new Map(),
    claims: new Map(),
    blocks: raw.blocks.map((block) => ({ ...block, chars: Array.from(block.text) })),
  };
  for (const item of raw.items) {
    if (item.what === "event") item.sources.forEach((id) => push(graph.events, id, item));
    if (item.what === "claim") item.sources.forEach((id) => push(graph.claims, id, item));
    if (!isLine(item)) continue;
    push(graph.into, item.target, item);
    push(graph.from, item.source, item);
  }
  return graph;
}

function push(map, key, value) {
  if (!map.has(key)) map.set(key, []);
  map.get(key).push(value);
}

function ofKind(map, id, what) {
  return (map.get(id) || []).filter((item) => item.what === what);
}

function nameOf(graph, id) {
  if (id === "article") return extra.itself;
  const source = graph.sources.get(id);
  return source ? source.name : id;
}

function exists(graph, key) {
  return key.startsWith("s:")
    ? key === "s:article" || graph.sources.has(key.slice(2))
    : graph.items.has(key);
}

// The sources that an item is about.
function ends(item) {
  return item.sources || [item.source, item.target];
}

// Everything on a way from an origin through the selected thing to the article.
function litBy(graph, key) {
  const lit = new Set([key]);
  if (key.startsWith("s:")) {
    const id = key.slice(2);
    follow(graph.into, id, "source", lit);
    follow(graph.from, id, "target", lit);
    for (const item of ofKind(graph.from, id, "dispute")) lit.add(item.id).add(`s:${item.target}`);
    return disputed(graph, lit);
  }
  const item = graph.items.get(key);
  for (const id of ends(item)) lit.add(`s:${id}`);
  if (item.what === "flow") {
    follow(graph.into, item.source, "source", lit);
    follow(graph.from, item.target, "target", lit);
    disputed(graph, lit);
  }
  if (item.what === "claim") {
    for (const id of item.sources) for (const one of litBy(graph, `s:${id}`)) lit.add(one);
  }
  return lit;
}

// Whoever disputes something along the way belongs to the picture.
function disputed(graph, lit) {
  for (const item of graph.raw.items) {
    if (item.what === "dispute" && lit.has(`s:${item.target}`)) lit.add(item.id).add(`s:${item.source}`);
  }
  return lit;
}

function follow(map, start, end, lit) {
  const waiting = [start];
  const seen = new Set(waiting);
  while (waiting.length) {
    for (const item of ofKind(map, waiting.pop(), "flow")) {
      lit.add(item.id).add(`s:${item[end]}`);
      if (seen.has(item[end])) continue;
      seen.add(item[end]);
      waiting.push(item[end]);
    }
  }
}

// What is to be marked in the text: of a source its mentions and all that it passes on.
function marksOf(graph, key) {
  if (!key.startsWith("s:")) return graph.items.get(key).marks;
  const source = graph.sources.get(key.slice(2));
  if (!source) return { evidence: [], cue: [], source: [], content: [] };
  const passed = graph.from.get(source.id) || [];
  const owned = graph.raw.items.filter((item) => item.what === "flow" && item.target === source.id);
  const resting = passed.length ? passed : owned;
  return {
    evidence: resting.flatMap((item) => item.marks.evidence),
    cue: passed.flatMap((item) => item.marks.cue),
    source: source.mentions,
    content: passed.flatMap((item) => item.marks.content),
  };
}

// The block that a span stands in. Blocks are in order and apart, so that half of them are passed at a time.
function blockAt({ blocks }, [start, end]) {
  let [low, high] = [0, blocks.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (blocks[middle].start <= start) low = middle;
    else high = middle - 1;
  }
  const block = blocks[low];
  return block && block.start <= start && end <= block.start + block.chars.length ? block : undefined;
}

/** Line ends and spaces between two paragraphs; more is text that was left out. */
const APART = 8;

/** Spans, each once, less those that lie within others. @param {Span[]} spans @returns {Span[]} */
function outermost(spans) {
  const within = ([start, end], n) => spans.some(([from, to], m) => m !== n && from <= start && end <= to && (to - from > end - start || m < n));
  return spans.filter((span, n) => !within(span, n));
}

// The words at a span of code points, as far as the page has them: a sentence may go on after a heading.
function quote(graph, [start, end]) {
  const parts = [];
  const { blocks } = graph;
  let at = start;
  for (let n = blocks.indexOf(blockAt(graph, [start, start])); n >= 0 && n < blocks.length && blocks[n].start < end; n += 1) {
    const block = blocks[n];
    if (block.start > at + APART) return "";
    parts.push(block.chars.slice(Math.max(0, start - block.start), end - block.start).join(""));
    at = block.start + block.chars.length;
  }
  return at >= end ? parts.join(" ") : "";
}

/** What stands at a span with 32 code points either side, as far as the page has the text. */
function quoteAt(graph, span) {
  const block = blockAt(graph, span);
  const [start, end] = span;
  if (!block) return null;
  const before = [...Array.from(block.before), ...block.chars.slice(0, start - block.start)];
  const after = [...block.chars.slice(end - block.start, end - block.start + 32), ...Array.from(block.after)];
  return { exact: quote(graph, [start, end]), prefix: before.slice(-32).join(""), suffix: after.slice(0, 32).join("") };
}
