// The index page: which list is open, what is selected; the address keeps it after the #.

let DATA = readCatalogue(JSON.parse(byId("data").textContent));
let LISTS = makeLists(DATA);
const PAGE = 50;
const EMPTY = { list: "", words: "", filter: 0, sort: 0, page: 1, at: "" };
const state = { ...EMPTY, drawn: "" };
/** What the panel tells of: what was chosen, else the first row that is listed. */
let subject = "";

function readAddress() {
  const given = new URLSearchParams(location.hash.slice(1));
  const number = (name, otherwise) => Math.trunc(Number(given.get(name))) || otherwise;
  const list = LISTS.has(given.get("list")) ? given.get("list") : firstList();
  const filter = given.has("list") ? number("filter", 0) : firstFilter();
  return { list, words: given.get("words") || "", filter, sort: number("sort", 0), page: number("page", 1), at: given.get("at") || "" };
}

function firstList() {
  return DATA.claims.length ? "claims" : "articles";
}

// What is contested and what rests on one line lead the list of all; without any, what several articles have.
function firstFilter() {
  if (DATA.claims.some((one) => one.denials.length || onOneLine(one))) return 0;
  return DATA.claims.some((one) => one.articles.length > 1) ? 1 : 0;
}

function addressOf(change) {
  const { drawn, ...now } = state;
  const next = { ...now, ...change };
  const given = new URLSearchParams();
  for (const [name, value] of Object.entries(next)) {
    if (name === "list" || value !== EMPTY[name]) given.set(name, String(value));
  }
  return `#${given}`;
}

function go(change, { quietly = false } = {}) {
  const address = addressOf(change);
  if (quietly) history.replaceState(null, "", address);
  else location.hash = address;
  show();
}

function show() {
  const next = readAddress();
  const list = LISTS.get(next.list);
  next.at = found(next.at) ? next.at : "";
  const chosen = state.drawn && next.at && next.at !== state.at;
  Object.assign(state, next);
  const now = addressOf({});
  if (now === state.drawn) return;
  state.drawn = now;
  subject = subjectOf();
  showTabs();
  showTools(list);
  showList(list);
  showPanel();
  if (chosen && matchMedia("(max-width: 820px)").matches) byId("panel").scrollIntoView();
}

function found(key) {
  const rows = { a: DATA.articles, s: DATA.sources, c: DATA.claims }[key[0]];
  return rows && /^\w\d+$/.test(key) ? rows[Number(key.slice(1))] : undefined;
}

function showTabs() {
  for (const tab of byId("tabs").children) {
    const here = tab.dataset.list === state.list;
    tab.setAttribute("aria-selected", String(here));
    tab.tabIndex = here ? 0 : -1;
    tab.querySelector("small").textContent = hits(LISTS.get(tab.dataset.list)).toLocaleString("en");
  }
  byId("list").setAttribute("aria-labelledby", `tab-${state.list}`);
}

// How many rows of a list have the words that are looked for, in all lists at once.
function hits(list) {
  return state.words ? rowsOf(list, { words: state.words, filter: 0, sort: 0 }).length : list.rows.length;
}

function elsewhere() {
  const others = [...LISTS].filter(([name, list]) => state.words && name !== state.list && hits(list));
  const ways = others.map(([name, list]) => el("button", { type: "button", onclick: () => go({ ...EMPTY, list: name, words: state.words }), text: `${list.label} ${hits(list).toLocaleString("en")}` }));
  return ways.length ? el("p", { class: "hint elsewhere" }, "Also found in: ", ...ways) : "";
}

function showTools(list) {
  const filter = byId("filter");
  const options = ["all", ...list.filters.map(([name]) => name)];
  replace(filter, ...options.map((name, n) => el("option", { value: n, text: name })));
  filter.value = String(state.filter in options ? state.filter : 0);
  if (byId("search") !== document.activeElement) byId("search").value = state.words;
}

function showList(list) {
  const rows = rowsOf(list, state);
  const pages = Math.max(1, Math.ceil(rows.length / PAGE));
  const page = Math.min(Math.max(1, state.page), pages);
  const shown = rows.slice((page - 1) * PAGE, page * PAGE);
  const head = el("tr", {}, ...list.columns.map((column, n) => headCell(column, n + 1)));
  const table = el("table", { class: state.list }, el("caption", { class: "hidden", text: list.label }), el("thead", {}, head), el("tbody", {}, ...shown.map((row) => bodyRow(list, row))));
  replace(byId("list"), elsewhere(), rows.length ? table : el("p", { class: "hint", text: list.rows.length || state.words ? "Nothing here is like that." : "Nothing here yet." }));
  const alone = DATA.raw.summary.claims_in_all - DATA.claims.length;
  const told = rows.length === list.rows.length ? plural(rows.length, "row") : `${rows.length.toLocaleString("en")} of ${plural(list.rows.length, "row")}`;
  byId("status").textContent = alone && state.list === "claims" ? `${told}; ${plural(alone, "claim")} of a single article each stand on its page` : told;
  const step = (text, to, able) => el("button", { type: "button", text, disabled: !able, onclick: () => go({ page: to }) });
  replace(byId("pager"), ...(pages > 1 ? [step("Back", page - 1, page > 1), el("span", { text: `page ${page} of ${pages}` }), step("On", page + 1, page < pages)] : []));
}

function subjectOf() {
  if (state.at) return state.at;
  const list = LISTS.get(state.list);
  const first = rowsOf(list, state)[PAGE * (Math.max(1, state.page) - 1)];
  return first && found(first.key) ? first.key : "";
}

function headCell([name], number) {
  const sorted = Math.abs(state.sort) === number;
  const way = sorted ? (state.sort > 0 ? "ascending" : "descending") : false;
  const next = sorted ? -state.sort : number;
  const press = el("button", { type: "button", text: name, onclick: () => go({ sort: next, page: 1 }) });
  return el("th", { scope: "col", "aria-sort": way }, press);
}

function bodyRow(list, row) {
  const main = row.key[0] === "d" ? -1 : list.columns.findIndex(([name]) => /Claim|Headline|Source$/.test(name));
  const cells = list.columns.map((column, n) => {
    const inside = [column[1](row)].flat();
    if (row.key[0] === "d" && n < 2) return el("td", {}, link(`a${n ? row.from : row.to}`, ...inside));
    if (n === main) return el("th", { scope: "row" }, link(row.key, ...inside));
    return el("td", { class: typeof inside[0] === "number" ? "number" : "" }, ...inside);
  });
  return el("tr", { class: row.key === subject ? "here" : "" }, ...cells);
}

function link(key, ...inside) {
  return el("a", { href: addressOf({ at: key }), "aria-current": key === subject ? "true" : false }, ...inside);
}

function pageOf(number, key = "") {
  const address = DATA.raw.pages && DATA.raw.pages[number];
  if (!address) return "";
  return key ? `${address}${address.includes("#") ? "&" : "#"}select=${key}` : address;
}

// What a row is in another catalogue: numbers change with what comes before them.
function keyIn(other, key) {
  const one = found(key);
  if (!one) return "";
  const page = (raw, number) => (raw.pages ? raw.pages[number] : raw.articles[number].join());
  if (key[0] === "a") return other.articles.find((_, n) => page(other.raw, n) === page(DATA.raw, Number(key.slice(1))))?.key || "";
  if (key[0] === "s") return other.sources.find(({ name, type }) => name === one.name && type === one.type)?.key || "";
  const places = ({ raw }, claim) => claim.places.map(([number, claimed]) => `${page(raw, number)} ${claimed}`);
  const own = new Set(places(DATA, one));
  return other.claims.find((claim) => places(other, claim).some((place) => own.has(place)))?.key || "";
}

/** Show other lists; what was selected, looked for and in sight stays. */
function renewLists(raw) {
  const other = readCatalogue(raw);
  const keyOf = (node) => new URLSearchParams(node.hash.slice(1)).get("at") || "";
  const focused = document.activeElement.closest("#list tbody a");
  const [at, focus] = [keyIn(other, state.at), focused ? keyIn(other, keyOf(focused)) : ""];
  const filter = LISTS.get(state.list).filters[state.filter - 1]?.[0];
  const tops = [byId("list"), byId("panel").parentElement].map((node) => [node, node.scrollTop]);
  const had = DATA.articles.length;
  [DATA, LISTS] = [other, makeLists(other)];
  if (had) Object.assign(state, { at, filter: 1 + LISTS.get(state.list).filters.findIndex(([name]) => name === filter) });
  history.replaceState(null, "", had ? addressOf({}) : "#");
  state.drawn = "";
  showMeta();
  showAnswers();
  show();
  for (const [node, top] of tops) node.scrollTop = top;
  if (focus) [...byId("list").querySelectorAll("tbody a")].find((node) => keyOf(node) === focus)?.focus();
}

function start() {
  byId("title").textContent = DATA.raw.title;
  showMeta();
  showAnswers();
  replace(byId("tabs"), ...[...LISTS].map(([name, list]) => el("button", { type: "button", role: "tab", id: `tab-${name}`, "data-list": name, "aria-controls": "list", onclick: () => go({ ...EMPTY, list: name, words: state.words }) }, list.label, " ", el("small"))));
  byId("tools").append(el("select", { id: "filter", "aria-label": "Only rows that are" }));
  byId("filter").addEventListener("change", () => go({ filter: Number(byId("filter").value), page: 1 }));
  byId("search").addEventListener("input", () => go({ words: byId("search").value, page: 1 }, { quietly: true }));
  listenToKeys();
  addEventListener("hashchange", show);
  show();
}

function listenToKeys() {
  byId("tabs").addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const tabs = [...byId("tabs").children];
    const next = tabs[(tabs.indexOf(document.activeElement) + step + tabs.length) % tabs.length];
    next.focus();
    next.click();
  });
  byId("search").addEventListener("keydown", (event) => {
    const first = byId("list").querySelector("tbody a");
    if ((event.key === "Enter" || event.key === "ArrowDown") && first) {
      event.preventDefault();
      first.focus();
    }
  });
  byId("list").addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const links = [...byId("list").querySelectorAll("tbody tr")].map((row) => row.querySelector("a"));
    const at = links.findIndex((one) => one.closest("tr").contains(document.activeElement));
    if (!step || at < 0) return;
    event.preventDefault();
    (links[at + step] || byId("search")).focus();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && !/^(input|select)$/i.test(event.target.tagName)) {
      event.preventDefault();
      byId("search").focus();
    }
    if (event.key === "Escape" && state.at) go({ at: "" });
  });
}

// For scripts and tests.
window.provenance = { state: () => ({ ...state }), go };
start();
