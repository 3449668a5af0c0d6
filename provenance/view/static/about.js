// What the index page tells of one claim, article or source.

function showMeta() {
  const days = DATA.articles.map((one) => one.published.slice(0, 10)).filter(Boolean).sort();
  const span = days.length ? [days[0] === days[days.length - 1] ? days[0] : `${days[0]} to ${days[days.length - 1]}`] : [];
  const outlets = new Set(DATA.articles.map((one) => one.outlet).filter(Boolean));
  const without = DATA.articles.filter((one) => !one.published).length;
  const undated = without ? [`${without.toLocaleString("en")} of ${DATA.articles.length.toLocaleString("en")} without a date`] : [];
  replace(byId("meta"), [plural(DATA.articles.length, "article"), ...(outlets.size ? [plural(outlets.size, "outlet")] : []), ...span, ...undated].join(" · "));
}

function showAnswers() {
  const { summary } = DATA.raw;
  const circles = DATA.claims.filter((one) => one.circular.length).length;
  const copies = new Set(DATA.derivations.filter((one) => one.how === "copy").map((one) => one.to)).size;
  const unnamed = DATA.claims.filter((one) => one.articles.length > 1 && !one.origins.length).length;
  const contested = DATA.claims.filter((one) => one.denials.length).length;
  const rows = [
    [contested, contested === 1 ? "claim is contested" : "claims are contested", { list: "claims", filter: 6 }, true],
    [DATA.claims.filter(onOneLine).length, "in several articles, on one line", { list: "claims", filter: 7 }, true],
    [summary.claims_in_all, summary.claims_in_all === 1 ? "claim" : "claims", { list: "claims" }],
    [summary.in_several_articles, "in several articles", { list: "claims", filter: 1 }],
    [summary.one_origin, "on a single named line", { list: "claims", filter: 2 }],
    [unnamed, "in several articles, on no named line", { list: "claims", filter: 3 }, true],
    [circles, "reported in a circle", { list: "claims", filter: 4 }, true],
    [copies, copies === 1 ? "article is a copy" : "articles are copies", { list: "articles", filter: 1 }],
    [DATA.sources.length, DATA.sources.length === 1 ? "named source" : "named sources", { list: "sources" }],
  ];
  replace(byId("answers"), ...rows.filter(([count]) => count).map(([count, text, where, warn]) => (
    el("li", { class: warn ? "warn" : "" }, el("button", { type: "button", onclick: () => go({ ...EMPTY, ...where }) }, el("b", { text: count.toLocaleString("en") }), " ", bdi(text)))
  )));
}

function showPanel() {
  const key = subject;
  const one = key && found(key);
  const parts = { c: aboutClaim, a: aboutArticle, s: aboutSource };
  replace(byId("panel"), ...(one ? parts[key[0]](one) : aboutNothing()).flat().filter(Boolean));
  byId("panel").parentElement.scrollTop = 0;
}

function aboutNothing() {
  return [el("p", { class: "hint", text: DATA.articles.length ? "Choose a claim, an article or a source in the list." : "" })];
}

function section(title, rows) {
  return rows.length ? [el("h3", { text: title }), el("ul", { class: "rows" }, ...rows.map((row) => el("li", {}, ...[row].flat())))] : [];
}

function chip(text, className = "") {
  return el("span", { class: `chip ${className}`, text });
}

function aboutClaim(one) {
  const outlets = new Set(one.articles.map((number) => DATA.articles[number].outlet).filter(Boolean));
  const carried = plural(one.articles.length, "article") + (outlets.size ? ` by ${plural(outlets.size, "outlet")}` : "");
  const origins = plural(one.lines.length, "independent line");
  const besides = [
    one.unknown ? `${one.unknown.toLocaleString("en")} unnamed` : "",
    one.copies ? (one.copies === 1 ? "1 copy" : `${one.copies.toLocaleString("en")} copies`) : "",
    one.circular.length ? plural(one.circular.length, "circle") : "",
  ].filter(Boolean);
  return [
    el("h2", {}, said(one.text)),
    el("p", { class: "verdict" }, el("span", { text: `${carried}: ` }), el("b", { class: one.origins.length ? "good" : "none", text: origins }), besides.length ? `, ${besides.join(", ")}` : ""),
    DATA.raw.ask ? el("p", {}, el("a", { class: "page", href: claimPage(one), text: "Who says so, who denies it, and when" })) : null,
    one.story ? drawStory(one, (node) => storyLink(node)) : null,
    section("Independent lines", one.lines.map((names, n) => [el("b", { class: "good", text: `${n + 1} ` }), ...names.flatMap((name, at) => [at ? " and " : "", sourceByName(name)])])),
    section("Denied by", one.denials.filter(([, , , doubts]) => !doubts).map(denial)),
    section("Doubted by", one.denials.filter(([, , , doubts]) => doubts).map(denial)),
    section("Not counted", notCounted(one)),
    one.pivots.length ? section("Every account runs through", one.pivots.map(sourceByName)) : null,
    section("In other words", one.wordings.slice(0, PAGE).map(said)),
    section("Who carries it, the first first", carriers(one)),
    one.story ? section("Who has it from whom", tellStory(one).map(({ who, words: text }) => el("span", {}, el("b", {}, bdi(who)), " ", bdi(text)))) : null,
  ];
}

function denial([name, text, number]) {
  return [sourceByName(name), link(`a${number}`, el("small", { class: "day", text: day(DATA.articles[number]) }), " ", said(text))];
}

/** What a server knows of a claim, which is the one that stands at a place. */
function claimPage(one) {
  const [number, claim] = one.places[0];
  return `${DATA.raw.ask}${pageOf(number).split("/").pop()}&claim=${claim}`;
}

function notCounted(one) {
  const copies = one.copies ? [`${one.copies.toLocaleString("en")} of the articles ${one.copies === 1 ? "is a copy" : "are copies"} of another: a copy confirms nothing`] : [];
  const unknown = one.unknown ? [`${plural(one.unknown, "line")} from who is unnamed or not told: nobody can say whether they are one`] : [];
  const circles = one.circular.map((names) => el("span", {}, el("b", { class: "none", text: "in a circle: " }), bdi([...names, names[0]].join(" → ")), "; nobody in it had it first"));
  return [...copies, ...unknown, ...circles];
}

function joined(texts) {
  return texts.flatMap((text, number) => (number ? [" · ", bdi(text)] : [bdi(text)]));
}

function carriers(one) {
  const first = new Map();
  for (const [number, claim] of one.places) if (!first.has(number)) first.set(number, claim);
  return one.articles.map((number) => {
    const article = DATA.articles[number];
    const address = pageOf(number, `c:${first.get(number)}`);
    return [
      el("small", { class: "day", text: day(article) }), link(article.key, headline(article)),
      address ? el("a", { class: "open", href: address, "aria-label": `Read it in ${outletOf(article)}`, text: "read it" }) : null,
    ];
  });
}

function storyLink(node) {
  if (node.articles.length === 1) return addressOf({ at: `a${node.articles[0]}` });
  const source = node.articles.length ? undefined : DATA.sources.find((one) => one.name === node.name);
  return source ? addressOf({ at: source.key }) : "";
}

function sourceByName(name) {
  const source = DATA.sources.find((one) => one.name === name);
  return source ? link(source.key, icon(source.type), " ", bdi(name)) : bdi(name);
}

function aboutArticle(one) {
  const number = Number(one.key.slice(1));
  const address = pageOf(number);
  const ways = (rows, end) => rows.map((way) => [el("b", { class: `way ${way.how}`, text: way.how }), link(`a${way[end]}`, headline(DATA.articles[way[end]])), el("small", {}, bdi(way.told))]);
  return [
    el("h2", { dir: "auto" }, icon("article"), bdi(one.title)),
    el("p", { class: "aliases" }, ...joined([one.outlet, one.published, `read as ${one.file}`].filter(Boolean))),
    el("p", {}, chip(plural(one.sources, "source")), chip(plural(one.origins, "origin")), chip(one.unnamed ? `${one.unnamed} unnamed` : "none unnamed", one.unnamed ? "warn" : "")),
    address ? el("p", {}, el("a", { class: "page", href: address, text: "Open its page: chain of custody and text" })) : null,
    DATA.raw.ask && DATA.articles.length > 1 ? beside(number) : null,
    section("Has it from", ways(one.from, "from")),
    section("Others have it from here", ways(one.to, "to")),
    section("Claims", one.claims.slice(0, PAGE).map(claimLink)),
    section("Named sources", one.named.slice(0, PAGE).map((source) => link(source.key, icon(source.type), " ", bdi(source.name)))),
  ];
}

/** Another article to be shown beside this one, by a server. */
function beside(number) {
  const others = DATA.articles.map((other, n) => [n, other]).filter(([n]) => n !== number);
  const choice = el("select", { "aria-label": "Another article" }, el("option", { value: "", text: "Side by side with…" }), ...others.map(([n, other]) => el("option", { value: n, text: `${outletOf(other)}: ${other.title}` })));
  const digest = (n) => pageOf(n).split("/").pop();
  choice.addEventListener("change", () => { if (choice.value) location.assign(`/compare?one=${digest(number)}&other=${digest(Number(choice.value))}`); });
  return el("p", {}, choice);
}

function claimLink(claim) {
  const count = claim.lines.length;
  return [link(claim.key, said(claim.text)), el("small", { text: `${plural(claim.articles.length, "article")}, ${count} independent` })];
}

function aboutSource(one) {
  const resting = DATA.claims.filter((claim) => claim.origins.includes(one.name) || claim.pivots.includes(one.name));
  const more = (rows) => (rows.length > PAGE ? [`and ${(rows.length - PAGE).toLocaleString("en")} more`] : []);
  return [
    el("h2", { dir: "auto" }, icon(one.type), bdi(one.name), " ", chip(typeName(one.type))),
    el("p", {}, chip(plural(one.articles.length, "article")), chip(plural(one.claims, "claim")), one.pivot ? chip(`every account of ${plural(one.pivot, "claim")} runs through it`, "warn") : null),
    one.called.length ? el("p", { class: "aliases" }, "also ", ...joined(one.called.slice(0, PAGE))) : null,
    section("Claims that rest on it", [...resting.slice(0, PAGE).map(claimLink), ...more(resting)]),
    section("Articles that name it", [...one.articles.slice(0, PAGE).map((number) => [el("small", { class: "day", text: day(DATA.articles[number]) }), link(`a${number}`, headline(DATA.articles[number]))]), ...more(one.articles)]),
  ];
}
