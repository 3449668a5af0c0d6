// Finding sources by name or alias, and claims by their words.

function find(graph, words) {
  const needles = plainText(words).split(/\s+/).filter(Boolean);
  if (!needles.length) return [];
  const has = (...texts) => hasAll(plainText(texts.join("\n")), needles);
  const sources = graph.raw.sources
    .filter((source) => has(source.name, ...source.aliases))
    .map((source) => ({ key: `s:${source.id}`, type: source.type, text: source.name }));
  const claims = graph.raw.items
    .filter((item) => item.what === "claim" && has(item.text))
    .map((item) => ({ key: item.id, type: "statement", text: item.text }));
  return [...sources, ...claims].slice(0, 9);
}

/** @param {HTMLInputElement} input @param {HTMLElement} list @param {() => {graph: Graph}} current @param {(key: string) => void} select */
function listenToSearch(input, list, current, select) {
  const choose = (key) => {
    list.hidden = true;
    input.value = "";
    select(key);
  };
  const show = () => {
    const hits = find(current().graph, input.value);
    replace(list, ...hits.map((hit) => el("li", {}, el("button", { type: "button", onclick: () => choose(hit.key) }, icon(hit.type), bdi(hit.text)))));
    if (input.value.trim() && !hits.length) replace(list, el("li", { class: "hint", text: "nothing found" }));
    list.hidden = !input.value.trim();
  };
  input.addEventListener("input", show);
  input.addEventListener("keydown", (event) => {
    const first = list.querySelector("button");
    if (event.key === "Enter" && first) first.click();
    if (event.key === "ArrowDown" && first) first.focus();
    if (event.key === "Escape") list.hidden = true;
  });
  list.addEventListener("keydown", (event) => moveInList(event, input, list));
}

function moveInList(event, input, list) {
  const all = [...list.querySelectorAll("button")];
  const at = all.indexOf(document.activeElement);
  if (event.key === "ArrowDown" && all[at + 1]) all[at + 1].focus();
  if (event.key === "ArrowUp") (all[at - 1] || input).focus();
  if (event.key === "Escape") {
    list.hidden = true;
    input.focus();
  }
  if (event.key.startsWith("Arrow")) event.preventDefault();
}
