// The lists of the index page: what their rows are, how they are searched, filtered and sorted.

const TYPES = new Map([["news_outlet", "news outlet"], ["unnamed", "unnamed speaker"]]);

function typeName(type) {
  return TYPES.get(type) || type;
}

function plural(count, word) {
  return `${count.toLocaleString("en")} ${word}${count === 1 ? "" : "s"}`;
}

// Rows come as arrays, because there may be very many; here they get names.
function readCatalogue(raw) {
  const articles = raw.articles.map(([title, outlet, published, file, sources, origins, unnamed], n) => (
    { key: `a${n}`, title, outlet, published, file, sources, origins, unnamed, from: [], to: [], claims: [], named: [] }
  ));
  const sources = raw.sources.map(([name, type, used, claims, pivot, called], n) => (
    { key: `s${n}`, name, type, articles: used, claims, pivot, called }
  ));
  const claims = raw.claims.map(([text, used, lines, unknown, circular, pivots, copies, places, denials, wordings, story], n) => (
    { key: `c${n}`, text, articles: used, lines, origins: lines.flat(), unknown, circular, pivots, copies, places, denials, wordings, story }
  ));
  const derivations = raw.derivations.map(([from, to, how, told], n) => ({ key: `d${n}`, from, to, how, told }));
  for (const one of derivations) {
    articles[one.from].to.push(one);
    articles[one.to].from.push(one);
  }
  for (const one of claims) for (const number of one.articles) articles[number].claims.push(one);
  for (const one of sources) for (const number of one.articles) articles[number].named.push(one);
  return { raw, articles, sources, claims, derivations };
}

// Several articles have it, all by one line or through one.
function onOneLine(one) {
  const lines = one.lines.length + one.unknown + one.circular.length;
  return one.articles.length > 1 && (lines < 2 || one.pivots.length > 0);
}

function day(article) {
  return article.published.slice(0, 10) || "no date";
}

function outletOf(article) {
  return article.outlet || article.file;
}

// Of each list: its columns (name, what stands there, what it is sorted by), and its filters.
function makeLists(data) {
  const title = (number) => data.articles[number];
  return new Map([
    ["claims", {
      label: "Claims",
      rows: data.claims,
      columns: [
        ["Claim", (one) => [said(one.text), ...marks(one)], (one) => one.text.toLowerCase()],
        ["Articles", (one) => one.articles.length, (one) => -one.articles.length],
        ["Independent", (one) => figure(one.lines.length, one.lines.length ? "good" : "none"), (one) => -one.lines.length],
        ["Unnamed", (one) => one.unknown || "", (one) => -one.unknown],
        ["Circular", (one) => (one.circular.length ? figure(one.circular.length, "none") : ""), (one) => -one.circular.length],
      ],
      text: (one) => [one.text, ...one.wordings, ...one.origins, ...one.pivots, ...one.circular.flat(), ...one.denials.map(([name]) => name), ...one.articles.map((number) => title(number).outlet)],
      filters: [
        ["in several articles", (one) => one.articles.length > 1],
        ["on a single named line", (one) => one.lines.length === 1],
        ["on no named line", (one) => !one.origins.length],
        ["with a circle", (one) => one.circular.length > 0],
        ["with copies", (one) => one.copies > 0],
        ["contested", (one) => one.denials.length > 0],
        ["in several articles, on one line", onOneLine],
      ],
    }],
    ["articles", {
      label: "Articles",
      rows: data.articles,
      columns: [
        ["Date", (one) => el("span", { class: "day", text: day(one) }), (one) => one.published || "9"],
        ["Headline", (one) => headline(one), (one) => one.title.toLowerCase()],
        ["Sources", (one) => one.sources, (one) => -one.sources],
        ["Origins", (one) => one.origins, (one) => -one.origins],
        ["Unnamed", (one) => one.unnamed || "", (one) => -one.unnamed],
      ],
      text: (one) => [one.title, one.outlet, one.published, one.file],
      filters: [
        ["copies of another", (one) => one.from.some((way) => way.how === "copy")],
        ["copied, credited or linked to", (one) => one.to.length > 0],
        ["with unnamed sources", (one) => one.unnamed > 0],
        ["without a source", (one) => !one.sources],
      ],
    }],
    ["sources", {
      label: "Sources",
      rows: data.sources,
      columns: [
        ["Source", (one) => el("span", { class: "who" }, icon(one.type), bdi(one.name)), (one) => one.name.toLowerCase()],
        ["Articles", (one) => one.articles.length, (one) => -one.articles.length],
        ["Claims", (one) => one.claims || "", (one) => -one.claims],
        ["Pivot of", (one) => one.pivot || "", (one) => -one.pivot],
      ],
      text: (one) => [one.name, ...one.called, typeName(one.type)],
      filters: [...new Set(data.sources.map((one) => one.type))].sort().map((type) => [typeName(type), (one) => one.type === type]),
    }],
    ["derivations", {
      label: "Copies and credits",
      rows: data.derivations,
      columns: [
        ["Article", (one) => headline(title(one.to)), (one) => outletOf(title(one.to)).toLowerCase()],
        ["has it from", (one) => headline(title(one.from)), (one) => outletOf(title(one.from)).toLowerCase()],
        ["By", (one) => [el("b", { class: `way ${one.how}`, text: one.how }), el("small", {}, bdi(one.told))], (one) => one.how],
      ],
      text: (one) => [title(one.from).title, title(one.from).outlet, title(one.to).title, title(one.to).outlet, one.told],
      filters: ["copy", "credit", "link"].map((how) => [{ copy: "copies", credit: "credits", link: "links" }[how], (one) => one.how === how]),
    }],
  ]);
}

// What a claim leads the list for.
function marks(one) {
  const denied = [["denied by ", 0], ["doubted by ", 1]].flatMap(([verb, doubts]) => {
    const names = [...new Set(one.denials.filter((each) => each[3] === doubts).map(([name]) => name))];
    return names.length ? [el("small", { class: "mark denied" }, verb, bdi(names.join(", ")))] : [];
  });
  return onOneLine(one) ? [...denied, el("small", { class: "mark", text: one.pivots.length ? `all through ${one.pivots[0]}` : "all by one line" })] : denied;
}

// What is claimed, in quotation marks if it has none of its own.
function said(text) {
  return quoted(text, { class: "said" });
}

function figure(count, className) {
  return el("b", { class: className, text: String(count) });
}

function headline(article) {
  return el("span", { class: "headline" }, el("small", {}, bdi(outletOf(article))), bdi(article.title));
}

// All rows that have every word, in the order of a column (counted from 1, against it below 0).
function rowsOf(list, { words, filter, sort }) {
  if (!list.lower) list.lower = list.rows.map((one) => plainText(list.text(one).join("\n")));
  const needles = plainText(words).split(/\s+/).filter(Boolean);
  const keep = list.filters[filter - 1];
  const found = list.rows.filter((one, n) => hasAll(list.lower[n], needles) && (!keep || keep[1](one)));
  const column = list.columns[Math.abs(sort) - 1];
  if (!column) return found;
  const by = new Map(found.map((one) => [one, column[2](one)]));
  return found.sort((a, b) => Math.sign(sort) * (by.get(a) < by.get(b) ? -1 : by.get(a) > by.get(b) ? 1 : 0));
}
