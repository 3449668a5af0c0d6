// What the signs mean; each entry, pressed, leaves only what it stands for.

/** @param {HTMLElement} view @param {Graph} graph @param {State} state @param {(change: Partial<State>) => void} go */
function renderLegend(view, graph, state, go) {
  const counts = countFacets(graph);
  const groups = Object.entries(FACETS).map(([group, facets]) => {
    const shown = facets.filter((facet) => counts.get(facet) || state.only.includes(facet));
    return el("div", { role: "group", "aria-label": group }, ...shown.map((facet) => facetButton(facet, graph, counts.get(facet) || 0, state, go)));
  });
  const dates = datesOf(graph);
  if ((state.view === "time" && dates.length > 1) || state.since || state.until) groups.push(dateRange(dates, state, go));
  replace(view, ...groups);
}

function facetButton(facet, graph, count, state, go) {
  const pressed = state.only.includes(facet);
  const only = pressed ? state.only.filter((one) => one !== facet) : [...state.only, facet];
  return el(
    "button",
    { type: "button", class: "facet", "data-facet": facet, "aria-pressed": String(pressed), title: `${facetName(facet)}: ${MEANINGS.get(facet)}`, onclick: () => go({ only }) },
    sign(facet, graph), facetName(facet), el("span", { class: "count", text: String(count) }),
  );
}

function sign(facet, graph) {
  if (ICONS.has(facet)) return icon(facet);
  if (facet === "gap") return el("i", { class: "unknown", text: "?", "aria-hidden": "true" });
  if (FACETS.lines.includes(facet)) return el("i", { class: `line ${facet}`, "aria-hidden": "true" });
  if (FACETS.certainty.includes(facet)) return stroke(graph.raw.dashes[facet]);
  return null;
}

function stroke(dashes) {
  const picture = svg("svg", { viewBox: "0 0 40 24", class: "stroke", "aria-hidden": "true" });
  picture.append(svg("path", { d: "M0 12H40", "stroke-dasharray": dashes.join(" ") || "none" }));
  return picture;
}

function dateRange(dates, state, go) {
  const choice = (name, label) => {
    const options = ["", ...dates].map((date) => el("option", { value: date, text: date || "any date" }));
    const node = el("select", { id: name, "aria-label": label }, ...options);
    node.value = dates.includes(state[name]) ? state[name] : "";
    node.addEventListener("change", () => go({ [name]: node.value }));
    return node;
  };
  return el("div", { role: "group", "aria-label": "dates" }, choice("since", "From this date"), "–", choice("until", "Until this date"));
}
