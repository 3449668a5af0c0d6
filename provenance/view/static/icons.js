// One drawing for each type of source, 16 by 16, for the canvas and for the page alike.

const ICONS = new Map([
  ["person", "M8 8.2a3 3 0 1 0 0-6 3 3 0 0 0 0 6M2.6 14.2c.4-3 2.6-4.4 5.4-4.4s5 1.4 5.4 4.4"],
  ["unnamed", "M5.2 5.6C5.2 3.6 6.4 2.4 8.1 2.4s2.9 1.1 2.9 2.7c0 2.3-2.9 2.4-2.9 4.8M8.1 13v.6"],
  ["news_outlet", "M2 3.2h9.6v9.6H3.4A1.4 1.4 0 0 1 2 11.4zM11.6 6H14v5.4a1.4 1.4 0 0 1-2.4 1M4.4 6h4.8M4.4 8.4h4.8M4.4 10.6h3"],
  ["organization", "M2.2 6.2 8 2.6l5.8 3.6zM3 13.6h10M4.4 6.6v6.8M8 6.6v6.8M11.6 6.6v6.8"],
  ["document", "M3.6 1.8h5.6l3.2 3.2v9.2H3.6zM9 1.8V5.2h3.4M5.8 8h4.4M5.8 10.6h4.4"],
  ["intercept", "M8 8.2v6M5.6 10.4a3.4 3.4 0 0 1 0-5M10.4 10.4a3.4 3.4 0 0 0 0-5M3.6 12.4a6.4 6.4 0 0 1 0-9M12.4 12.4a6.4 6.4 0 0 0 0-9"],
  ["statement", "M2.4 3h11.2v7.6H7.4L4.6 13.4v-2.8H2.4zM5 5.8h6M5 8h4"],
  ["channel", "M6.4 2.4 5 13.6M11 2.4 9.6 13.6M2.6 5.8h11M2.2 10.2h11"],
  ["article", "M3 2h10v12H3zM5.4 5h5.2M5.4 7.6h5.2M5.4 10.2h3"],
]);

const SVG = "http://www.w3.org/2000/svg";

function svg(tag, attributes) {
  const node = document.createElementNS(SVG, tag);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  return node;
}

function icon(type) {
  const picture = svg("svg", { viewBox: "0 0 16 16", class: "icon", "aria-hidden": "true" });
  picture.append(svg("path", { d: ICONS.get(type) }));
  return picture;
}
