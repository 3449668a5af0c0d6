// Many articles in one picture: from each node to its pages, and who has most to do with whom.

function leading(key) {
  const digest = TOLD.pages[key.slice(2)];
  return digest ? [el("a", { class: "action page", href: `/articles/${digest}`, text: "Open its page" })] : [];
}

function startPicture() {
  extra.itself = "all these articles";
  extra.fixed = true;
  extra.quick = leading;
  byId("tour").hidden = true; // it is of one article
  const member = (id) => el("button", { type: "button", class: "link", onclick: () => enter(id) }, bdi(nameOf(state.graph, id)));
  replace(byId("log").querySelector("ol"), ...TOLD.communities.map((ids) => el("li", {}, ...ids.slice(0, 12).flatMap((id, n) => [n ? " · " : "", member(id)]), ids.length > 12 ? ` and ${ids.length - 12} more` : "")));
  byId("log").querySelector("summary").textContent = `Communities (${TOLD.communities.length})`;
  byId("left").textContent = TOLD.left_out ? `${TOLD.left_out} more articles have no room here: choose some by ?article=DIGEST.` : "";
  for (const node of state.graph.raw.pictures.chain.nodes) if (node.id === "s:article") node.box.lines = ["These articles"];
  state.view.network.redraw();
  showSelected(state.shown);
  renderMasthead(state.graph.raw.meta);
}

startPicture();
