// What is shown, as the address keeps it after the #: a link reopens the same view.

/**
 * @typedef {object} State
 * @property {number} article Which of the page's articles, counted from 1.
 * @property {string} select The key of what is selected: s:ID, f:N, d:N, c:N or e:N.
 * @property {"chain" | "time" | "table"} view
 * @property {string[]} only What alone is shown: names of entries in the legend.
 * @property {string} since The first date that is shown.
 * @property {string} until The last date that is shown.
 * @property {string[]} focus Sources looked at one after the other; the last with its neighbours is drawn.
 * @property {string} path A source of which only what leads to it is drawn.
 * @property {string[]} sort How tables are sorted: their name and a column from 0, with - before it if downwards.
 * @property {number} sure What is less likely than this is hidden; 0 hides nothing.
 * @property {boolean} frozen Whether the page stands within another one, without its tools.
 */

const VIEWS = ["chain", "time", "table"];
const START = Object.freeze({
  article: 1, select: "", view: "chain", only: [], since: "", until: "", focus: [], path: "", sort: [], sure: 0,
  frozen: "frozen" in document.documentElement.dataset,
});

/** @param {string} fragment @returns {State} */
function parseState(fragment) {
  const given = new URLSearchParams(fragment.replace(/^#/, ""));
  /** @type {(name: string) => any} */
  const text = (name) => given.get(name) || "";
  const list = (name) => text(name).split(",").map(decodePart).filter(Boolean);
  return {
    article: Math.trunc(Number(text("article"))) || 1,
    select: text("select"),
    view: VIEWS.includes(text("view")) ? text("view") : "chain",
    only: list("only"),
    since: text("since"),
    until: text("until"),
    focus: list("focus"),
    path: text("path"),
    sort: list("sort"),
    sure: Math.min(1, Math.max(0, Number(text("sure")) || 0)),
    frozen: START.frozen || given.has("frozen"),
  };
}

/** @param {State} state @returns {string} The part of an address from # on. */
function formatState(state) {
  const parts = Object.entries(state)
    .filter(([name, value]) => String(value) !== String(START[name]))
    .map(([name, value]) => (value === true ? name : `${name}=${encode(value)}`));
  return `#${parts.join("&")}`;
}

// A comma parts a list, so those within its names are encoded twice.
function encode(value) {
  const text = Array.isArray(value) ? value.map(encodeURIComponent).join(",") : String(value);
  return encodeURIComponent(text).replace(/%3A/g, ":").replace(/%2C/g, ",");
}

function decodePart(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
