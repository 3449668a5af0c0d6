// What stands around a picture that is taken away: headline, outlet and date above it, legend and credit below.

const FRAME = { side: 24, title: `600 20px ${FONT}`, small: `13px ${FONT}`, sign: `12px ${FONT}`, credit: `11px ${FONT}` };

/** Who published it when, as one would cite it. @param {Graph} graph */
function outletOf(graph) {
  const { meta } = graph.raw;
  return [meta.publisher || meta.name, meta.told].filter(Boolean).join(", ");
}

function creditOf(graph) {
  const { meta } = graph.raw;
  return `From ${meta.name}, by source-provenance ${meta.version}: who said what, and whence each had it, as the article tells it. Nothing of it is checked.`;
}

/** A picture in words, for whoever cannot see it. @param {View} view */
function altText(view) {
  const { graph } = view;
  const { raw } = graph;
  const shown = raw.sources.filter((source) => isDrawn(view, `s:${source.id}`));
  const unnamed = shown.filter((source) => source.type === "unnamed").length;
  const tell = (pieces) => withSpaces(pieces, (id) => nameOf(graph, id)).join("");
  const chain = raw.chains.find((one) => one.sentence.length && one.hops.every((hop) => isDrawn(view, hop)));
  const untold = (item) => !chain || !chain.ids.includes(item.target);
  const disputes = raw.items.filter((item) => item.what === "dispute" && isDrawn(view, item.id) && untold(item)).map((item) => tell(item.tell));
  return [
    `Diagram of where “${raw.meta.title}” (${outletOf(graph)}) has what it tells, from origins at the left to the article at the right.`,
    `It shows ${many(shown.length, "source")}, ${unnamed || "none"} of them unnamed.`,
    chain ? tell(chain.sentence) : "",
    disputes.length ? `${disputes.join("; ")}.` : "",
  ].filter(Boolean).join(" ");
}

/** The entries of the legend that a picture needs. @param {View} view @returns {string[]} */
function shownFacets(view) {
  const { raw } = view.graph;
  const found = new Set();
  for (const source of raw.sources) if (isDrawn(view, `s:${source.id}`)) facetsOfSource(source).forEach((one) => found.add(one));
  for (const item of raw.items.filter(isLine)) if (isDrawn(view, item.id)) found.add(item.kind).add(item.certainty);
  found.delete("named");
  return Object.values(FACETS).flat().filter((facet) => found.has(facet));
}

/**
 * Where everything around the picture stands.
 * @param {View} view @param {number} width @param {CanvasRenderingContext2D} ctx Which measures.
 */
function frameOf(view, width, ctx) {
  const room = width - 2 * FRAME.side;
  const rows = [];
  let y = 16;
  const add = (font, height, colour, text) => {
    ctx.font = font;
    for (const line of linesOfText(ctx, text, room)) {
      y += height;
      rows.push({ font, colour, text: line, y });
    }
  };
  add(FRAME.title, 26, "ink", view.graph.raw.meta.title);
  add(FRAME.small, 20, "dim", outletOf(view.graph));
  const top = y + 14;
  const legend = legendOf(view, room, ctx);
  const below = rows.length;
  y = 14 + legend.height;
  add(FRAME.credit, 15, "dim", creditOf(view.graph));
  return { top, bottom: y + 14, head: rows.slice(0, below), foot: rows.slice(below), signs: legend.signs };
}

function linesOfText(ctx, text, room) {
  const lines = [];
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const longer = lines.length ? `${lines[lines.length - 1]} ${word}` : word;
    if (lines.length && ctx.measureText(longer).width <= room) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines.slice(0, 4);
}

function legendOf(view, room, ctx) {
  ctx.font = FRAME.sign;
  const signs = [];
  let [x, y] = [0, 12];
  const doubtful = view.graph.raw.sources.some((source) => isDrawn(view, `s:${source.id}`) && source.score < SURE);
  for (const facet of [...shownFacets(view), ...(doubtful ? ["doubt"] : [])]) {
    const text = facet === "doubt" ? "paler, leaning: the program is less sure" : facetName(facet);
    const wide = 32 + ctx.measureText(text).width + 18;
    if (x && x + wide > room) [x, y] = [0, y + 20];
    signs.push({ facet, text, x, y });
    x += wide;
  }
  return { signs, height: y + 12 };
}

/** @param {any} ctx A canvas's context, or a recorder. */
function drawFrame(ctx, view, frame, height) {
  const { theme } = view;
  const words = ({ font, colour, text, y }, down) => {
    ctx.font = font;
    ctx.fillStyle = theme[colour];
    ctx.fillText(text, FRAME.side, y + down);
  };
  ctx.textAlign = "left";
  ctx.textBaseline = "alphabetic";
  frame.head.forEach((row) => words(row, 0));
  const down = frame.top + height;
  ctx.setLineDash([]);
  ctx.strokeStyle = theme.line;
  ctx.lineWidth = 1;
  ctx.beginPath();
  ctx.moveTo(FRAME.side, down + 4);
  ctx.lineTo(FRAME.side + 2000, down + 4);
  ctx.stroke();
  for (const { facet, text, x, y } of frame.signs) {
    drawSign(ctx, view, facet, FRAME.side + x, down + y + 6);
    ctx.textAlign = "left";
    ctx.textBaseline = "middle";
    ctx.font = FRAME.sign;
    ctx.fillStyle = theme.dim;
    ctx.fillText(text, FRAME.side + x + 32, down + y + 6);
  }
  ctx.textBaseline = "alphabetic";
  frame.foot.forEach((row) => words(row, down));
}

function drawSign(ctx, view, facet, x, y) {
  const { theme } = view;
  if (ICONS.has(facet)) {
    drawIcon(ctx, x + 5, y - 8, facet, theme);
    return;
  }
  if (facet === "gap") {
    drawGap(ctx, x - 2, y, 1, theme);
    return;
  }
  const tone = { reported_by: "said", derived_from: "from" }[facet] || (TONES.includes(facet) ? facet : "dim");
  ctx.strokeStyle = theme[tone];
  ctx.lineWidth = { derived_from: 2.8, denies: 2.2, doubts: 2.2, confirms: 2.2, doubt: 0.9 }[facet] || 1.5;
  ctx.setLineDash(FACETS.certainty.includes(facet) ? view.graph.raw.dashes[facet].map((one) => one / 2) : ["denies", "doubts", "confirms"].includes(facet) ? [2, 5] : []);
  ctx.globalAlpha = facet === "doubt" ? 0.5 : 1;
  ctx.beginPath();
  ctx.moveTo(x, y);
  ctx.lineTo(x + 26, y);
  ctx.stroke();
  ctx.setLineDash([]);
  ctx.globalAlpha = 1;
}
