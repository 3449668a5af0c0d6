// What every page of the desk has: asking the server, a line that says what happened, and the search.

const TOLD = JSON.parse(byId("told").textContent);

/** Ask the server; what it refuses is thrown with its own words. @param {string} path @param {RequestInit} [how] */
async function ask(path, how = {}) {
  const answer = await fetch(path, { credentials: "same-origin", ...how }).catch(() => { throw new Error("The desk does not answer: is prov serve still running?"); });
  if (answer.ok || answer.status === 304) return answer;
  throw new Error((await answer.text()).trim() || `The desk answers ${answer.status}.`);
}

let hiding = 0;

/** Say what happened, with what can be done about it. @param {string} text @param {...any} actions */
function toast(text, ...actions) {
  const line = byId("toast");
  replace(line, bdi(text), ...actions);
  line.hidden = false;
  clearTimeout(hiding);
  hiding = setTimeout(() => { line.hidden = true; }, 12000);
}

function foundRow({ digest, article, key, text }) {
  const address = `/articles/${digest}${key ? `#select=${encodeURIComponent(key)}` : ""}`;
  return el("li", {}, el("a", { href: address }, bdi(text || article), article ? el("small", {}, bdi(article)) : ""));
}

// What many articles have by the same name stands once, with its articles below.
function foundRows(rows) {
  const named = new Map();
  for (const row of rows) named.set(row.key ? row.text : row, [...(named.get(row.key ? row.text : row) || []), row]);
  return [...named.values()].map((own) => {
    if (own.length === 1) return foundRow(own[0]);
    const within = own.map((row) => foundRow({ ...row, text: row.article, article: "" }));
    return el("li", {}, el("details", {}, el("summary", {}, bdi(own[0].text), el("small", { text: `in ${own.length} articles` })), el("ul", {}, ...within)));
  });
}

function showFound(found) {
  const kinds = [["Sources", found.sources], ["Claims", found.claims], ["Texts", found.articles]];
  const parts = kinds.filter(([, rows]) => rows.length).flatMap(([title, rows]) => [el("h3", { text: `${title} (${rows.length}${rows.length > 99 ? " and more" : ""})` }), el("ul", {}, ...foundRows(rows))]);
  replace(byId("found"), ...(parts.length ? parts : [el("p", { class: "hint", text: "Nothing here has all these words." })]));
  byId("found").hidden = false;
}

function listenToWords() {
  const input = byId("words");
  let waiting = 0;
  const look = async () => {
    const words = input.value.trim();
    if (words.length < 2) { byId("found").hidden = true; return; }
    try {
      const found = await (await ask(`/search?words=${encodeURIComponent(words)}`)).json();
      if (input.value.trim() === words) showFound(found);
    } catch (error) { toast(error.message); }
  };
  input.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(look, 250); });
  input.addEventListener("keydown", (event) => {
    const first = byId("found").querySelector("a, summary");
    if (event.key === "ArrowDown" && first) { event.preventDefault(); first.focus(); }
  });
  byId("everywhere").addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    byId("found").hidden = true;
    event.stopPropagation();
  });
  document.addEventListener("click", (event) => { if (!byId("everywhere").contains(event.target)) byId("found").hidden = true; });
}

listenToWords();
