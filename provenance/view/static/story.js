// A claim's way from its origins to the articles that carry it, drawn, and told in words.

const BADGES = new Map([["unknown", "?"], ["circular", "↻"]]);

function drawStory(claim, linkTo) {
  const { size, nodes, edges } = claim.story;
  const picture = svg("svg", { viewBox: `0 0 ${size[0]} ${size[1]}`, width: size[0], height: size[1], class: "story", role: "group", "aria-label": "Who has it from whom; the list below says the same" });
  picture.append(arrowHead());
  for (const edge of edges) picture.append(drawWay(edge));
  for (const node of nodes) {
    const badge = node.kind === "independent" ? String(claim.lines.findIndex((names) => names.includes(node.name)) + 1 || "") : BADGES.get(node.kind);
    picture.append(drawNode(node, badge, linkTo));
  }
  return el("div", { class: "canvas", tabindex: "0", role: "region", "aria-label": "Picture of the claim's way" }, picture);
}

function arrowHead() {
  const marker = svg("marker", { id: "head", viewBox: "0 0 8 8", refX: 7, refY: 4, markerWidth: 7, markerHeight: 7, orient: "auto-start-reverse" });
  marker.append(svg("path", { d: "M0 0.5 8 4 0 7.5z" }));
  return marker;
}

function drawWay({ points, copy }) {
  const steps = points.slice(1).map(([x, y], n) => {
    const [px, py] = points[n];
    const middle = (px + x) / 2;
    return `C${middle} ${py} ${middle} ${y} ${x} ${y}`;
  });
  return svg("path", { d: `M${points[0].join(" ")}${steps.join("")}`, class: copy ? "way copy" : "way", "marker-end": "url(#head)" });
}

function drawNode(node, badge, linkTo) {
  const [x, y] = node.at;
  const [width, height] = node.size;
  const group = svg("g", { class: `node ${node.kind}` });
  group.append(svg("rect", { x, y, width, height, rx: node.articles.length ? 5 : 14 }));
  const left = x + 11 + (badge ? 22 : 0);
  if (badge) {
    group.append(svg("circle", { cx: x + 18, cy: y + height / 2, r: 9.5 }), words(x + 18, y + height / 2 + 4, badge, "badge"));
  }
  node.lines.forEach((line, n) => group.append(words(left, y + 20 + 17 * n, line, "label")));
  group.append(words(left, y + height - 9, node.note, "note"));
  const key = linkTo(node);
  if (!key) return group;
  const link = svg("a", { href: key, "aria-label": `${node.lines.join(" ")}, ${node.note}` });
  link.append(group);
  return link;
}

function words(x, y, text, className) {
  const node = svg("text", { x, y, class: className });
  node.textContent = text;
  return node;
}

// Of each node that something leads into, from whom it has it.
function tellStory(claim) {
  const { nodes, edges } = claim.story;
  const label = (number) => nodes[number].lines.join(" ");
  const into = new Map();
  for (const { ends: [from, to], copy } of edges) {
    if (!into.has(to)) into.set(to, { copied: [], had: [] });
    into.get(to)[copy ? "copied" : "had"].push(label(from));
  }
  return [...into].map(([to, { copied, had }]) => ({
    who: label(to),
    circular: nodes[to].kind === "circular",
    words: [...(copied.length ? [`copies ${listed(copied)}`] : []), ...(had.length ? [`has it from ${listed(had)}`] : [])].join(", "),
  }));
}

function listed(names) {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names[names.length - 1]}`;
}
