// Many articles in one picture: from each node to its pages, and who has most to do with whom.

function leading(key) {
  const digest = TOLD.pages[key.slice(2)];
  return digest ? [el("a", { class: "action page", href: `/articles/${digest}`, text: "Open its page" })] : [];
}

// Independence across articles is worked out across articles: what holds within this one graph is not told.
function sharedClaims() {
  const rows = TOLD.claims.map(({ text, line, address }) => el("li", {}, el("a", { class: "row claim", href: address }, el("q", {}, bdi(text)), el("span", { class: "hint" }, " ", bdi(line)))));
  const chains = chainsOf(state.graph, state.graph.raw.chains.slice(0, 1), select);
  return rows.length ? [el("h2", { text: "What several of them say" }), el("ul", { class: "rows" }, ...rows)] : [el("h2", { text: "Where they have it from" }), ...chains];
}

// An article is a source here, and is none to whoever counts them.
function counts(answers) {
  const articles = Object.keys(TOLD.pages).length;
  const noun = (count, word) => `${word}${count === 1 ? "" : "s"}`;
  return answers.flatMap((one) => {
    if (!/^sources?, /.test(one.words)) return [one];
    const left = one.figure - articles;
    return [{ ...one, figure: articles, words: noun(articles, "article"), only: "" }, { ...one, figure: left, words: one.words.replace(/^sources?/, noun(left, "source")) }];
  });
}

function startPicture() {
  const { raw } = state.graph;
  raw.points = [];
  renderAnswers(byId("answers"), counts(raw.answers.filter((one) => !one.select)), go);
  extra.lead = sharedClaims;
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
