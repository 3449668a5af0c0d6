// A person's changes: pick a thing, choose a correction, take its line for the log with you.

const kept = { who: "", lines: [] };
// Where corrections go at once, on a page that is served; elsewhere they are lines to take along.
const desk = { send: null };

const CHOICES = {
  article: [["missing", "Somebody is missing"]],
  source: [
    ["rename", "It is called otherwise"], ["retype", "It is something else"], ["merge", "It is the same as another"],
    ["split", "It is two"], ["grade", "How reliable it is"], ["add", "It passed something on"],
  ],
  flow: [["reject", "This hop is wrong"], ["confirm", "This hop is right"]],
  dispute: [["reject", "This is no dispute"], ["confirm", "This dispute is one"]],
  claim: [["grade", "How credible it is"], ["credit", "Somebody else said it"]],
};
const RELIABILITY = [["A", "completely reliable"], ["B", "usually reliable"], ["C", "fairly reliable"], ["D", "not usually reliable"], ["E", "unreliable"], ["F", "cannot be judged"]];
const CREDIBILITY = [["1", "confirmed by others"], ["2", "probably true"], ["3", "possibly true"], ["4", "doubtful"], ["5", "improbable"], ["6", "cannot be judged"]];

/**
 * Open the form for the thing with this key, or for undoing a correction of it.
 * @param {HTMLDialogElement} dialog @param {Graph} graph @param {string} key @param {Applied} [undone]
 */
function openCorrecting(dialog, graph, key, undone) {
  const item = graph.items.get(key);
  const what = item ? item.what : key === "s:article" ? "article" : "source";
  const thing = { graph, key, item, what, id: key.slice(2) };
  const choices = undone ? [["undo", "Undo this correction"]] : CHOICES[what];
  const action = field("action", "What is wrong", choiceOf("action", choices));
  const own = el("div", { class: "fields" });
  const fill = () => replace(own, ...(FIELDS_OF[dialog.querySelector("#action").value] || (() => []))(thing));
  const made = el("div", { class: "made" });
  const form = el(
    "form",
    { method: "dialog" },
    el("h2", {}, "Correct: ", ...(item ? (item.text ? [quoted(item.text)] : sentence(graph, item.tell)) : [bdi(nameOf(graph, thing.id))])),
    action, own,
    field("who", "Who says so", el("input", { id: "who", required: true, value: kept.who, autocomplete: "name" })),
    field("why", "Why", el("input", { id: "why", placeholder: "for whoever asks later" })),
    el("p", { class: "buttons" }, el("button", { type: "submit", class: "primary", text: desk.send ? "Save" : "Keep it" }), el("button", { type: "button", class: "action", text: "Close", onclick: () => dialog.close() })),
    made,
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const done = desk.send ? sendLine(form, thing, undone).then(() => dialog.close()) : keepLine(form, thing, undone).then(() => showLines(made, graph));
    done.catch((error) => replace(made, el("p", { class: "gap", role: "alert", text: error.message })));
  });
  replace(dialog, form);
  dialog.querySelector("#action").addEventListener("change", fill);
  fill();
  if (kept.lines.length) showLines(made, graph);
  dialog.showModal();
}

function field(id, text, control) {
  return el("label", { for: id }, el("span", { text }), control);
}

function choiceOf(id, pairs, props = {}) {
  return el("select", { id, ...props }, ...pairs.map(([value, text]) => el("option", { value, text })));
}

// What each kind of correction asks besides.
const FIELDS_OF = {
  rename: ({ graph, id }) => [field("name", "Its name", el("input", { id: "name", required: true, value: nameOf(graph, id), dir: "auto" }))],
  retype: ({ graph, id }) => [typeField("Its type", graph.sources.get(id).type)],
  merge: ({ graph, id }) => [field("target", "The same as", choiceOf("target", othersThan(graph, id)))],
  split: ({ graph, id }) => [
    field("name", "The other's name", el("input", { id: "name", required: true, dir: "auto" })),
    typeField("The other's type", graph.sources.get(id).type),
    mentionField(graph, id),
  ],
  add: ({ graph, id }) => hopFields(graph, id),
  missing: ({ graph }) => [
    field("name", "Who or what", el("input", { id: "name", required: true, dir: "auto", placeholder: "as the article names it" })),
    typeField("Its type", "person"),
    ...hopFields(graph, "article"),
  ],
  credit: ({ graph, item }) => whoseFields(graph, item),
  grade: ({ what }) => [field("grade", "Grade (Admiralty code)", choiceOf("grade", (what === "claim" ? CREDIBILITY : RELIABILITY).map(([grade, text]) => [grade, `${grade}: ${text}`])))],
};

function hopFields(graph, id) {
  const words = { id: "words", required: true, rows: 3, dir: "auto", placeholder: "as they stand in the article" };
  return [
    field("target", "To whom it passed", choiceOf("target", [["article", "this article"], ...othersThan(graph, id)])),
    field("words", "The words it rests on", el("textarea", words)),
  ];
}

// Whose words they are: somebody who is in the graph, or whom one names.
function whoseFields(graph, item) {
  const others = othersThan(graph, item.sources.length === 1 ? item.sources[0] : "");
  const whose = choiceOf("whose", [...others, ["", "somebody who is not in the list"]]);
  const fresh = [
    field("name", "Who or what", el("input", { id: "name", required: true, dir: "auto", placeholder: "as the article names it" })),
    typeField("Its type", "person"),
  ];
  const more = el("div", { class: "fields" });
  const fill = () => replace(more, ...(whose.value ? [] : fresh));
  whose.addEventListener("change", fill);
  fill();
  return [field("whose", "Who said it", whose), more];
}

function typeField(text, type) {
  const select = choiceOf("type", TYPES.map((one) => [one, typeName(one)]));
  select.value = type;
  return field("type", text, select);
}

function othersThan(graph, id) {
  const others = graph.raw.sources.filter((source) => source.id !== id).map((source) => [source.id, source.name]);
  return others.sort((a, b) => a[1].localeCompare(b[1]));
}

function mentionField(graph, id) {
  const { mentions } = graph.sources.get(id);
  const rows = mentions.map((span, number) => {
    const at = quoteAt(graph, span);
    const words = at ? [at.prefix.replace(/^\S*\s/, "… "), el("b", { text: at.exact }), at.suffix.replace(/\s\S*$/, " …")] : [];
    return el("label", { class: "mention" }, el("input", { type: "checkbox", name: "mention", value: number, disabled: !at }), el("span", { dir: "auto" }, ...words));
  });
  return el("fieldset", {}, el("legend", { text: "Mentions that are of the other" }), ...rows);
}

function valueIn(form) {
  return (id) => (form.querySelector(`#${id}`) ? form.querySelector(`#${id}`).value.trim() : "");
}

async function sendLine(form, thing, undone) {
  const value = valueIn(form);
  kept.who = value("who");
  const action = value("action");
  await desk.send({ action, who: kept.who, why: value("why"), ...about(form, thing, action, value, undone) });
}

async function keepLine(form, thing, undone) {
  const value = valueIn(form);
  if (!globalThis.crypto?.subtle) throw new Error("A line needs SHA-256, which browsers give only to pages from disk or over https.");
  kept.who = value("who");
  const signed = { action: value("action"), who: kept.who, when: new Date().toISOString().replace(/\.\d+Z$/, "Z"), why: value("why") };
  const line = await logLine({ ...signed, ...about(form, thing, signed.action, value, undone) });
  if (!kept.lines.includes(line)) kept.lines.push(line);
}

function about(form, { graph, key, item, what, id }, action, value, undone) {
  if (action === "undo") return { undoes: undone.id };
  if (action === "credit") {
    const source = value("whose") ? anchorOf(graph, value("whose")) : { name: value("name") };
    return { source, type: value("type"), quotes: [quoteAt(graph, item.marks.content[0])] };
  }
  if (what === "claim") return { quotes: [quoteAt(graph, item.marks.content[0])], grade: value("grade") };
  if (action === "reject" || action === "confirm") return { source: anchorOf(graph, item.source), target: anchorOf(graph, item.target) };
  if (action === "missing") {
    return { action: "add", source: { name: value("name") }, target: anchorOf(graph, value("target")), type: value("type"), quotes: [wordsAt(graph, value("words"))] };
  }
  const given = { source: anchorOf(graph, id), name: value("name"), type: value("type"), grade: value("grade") };
  if (action === "merge") return { source: given.source, target: anchorOf(graph, value("target")) };
  if (action === "add") return { source: given.source, target: anchorOf(graph, value("target")), quotes: [wordsAt(graph, value("words"))] };
  if (action === "split") return { ...given, quotes: ticked(form, graph, id) };
  return given;
}

// A name as a shell reads it back.
function shellWord(text) {
  return /^[\w./-]+$/.test(text) ? text : `'${text.replace(/'/g, "'\\''")}'`;
}

function ticked(form, graph, id) {
  const { mentions } = graph.sources.get(id);
  const chosen = [...form.querySelectorAll("[name=mention]:checked")].map((box) => quoteAt(graph, mentions[Number(box.value)]));
  if (!chosen.length) throw new Error("Tick at least one mention that is of the other.");
  if (chosen.length === mentions.length) throw new Error("Leave at least one mention; if all are of the other, change the name.");
  return chosen;
}

// Where in the article these words stand; they must stand there once.
function wordsAt(graph, words) {
  const needle = Array.from(words);
  const places = graph.blocks.flatMap((block) => {
    const found = [];
    for (let at = block.chars.join("").indexOf(words); at >= 0; at = block.chars.join("").indexOf(words, at + 1)) {
      found.push(block.start + Array.from(block.chars.join("").slice(0, at)).length);
    }
    return found;
  });
  if (places.length !== 1) throw new Error(places.length ? `These words stand in the article ${places.length} times: give more of them.` : "These words do not stand in the article.");
  return quoteAt(graph, [places[0], places[0] + needle.length]);
}

// What was kept, and what is to be done with it; the lines themselves are for programs.
function showLines(view, graph) {
  const article = graph.raw.meta.name;
  const name = `${article.replace(/(.)\.[^.]*$/, "$1")}.corrections.jsonl`;
  const text = `${kept.lines.join("\n")}\n`;
  const area = el("textarea", { id: "lines", readonly: true, rows: 5, "aria-label": "Lines for the log", spellcheck: "false" });
  area.value = text;
  const copying = el("button", { type: "button", class: "link", text: "Copy them" });
  copying.addEventListener("click", () => copy(text));
  const again = `prov build ${shellWord(article)} --open`;
  const running = el("button", { type: "button", class: "link", text: "Copy" });
  running.addEventListener("click", () => copy(again));
  replace(
    view,
    el("p", {}, el("b", { text: `Kept on this page: ${many(kept.lines.length, "correction")}.` }), " The page cannot change its own file; two steps make it last:"),
    el(
      "ol",
      { class: "steps" },
      el("li", {}, el("button", { type: "button", class: "action", text: "Download", onclick: () => download(name, new Blob([text], { type: "application/jsonl" })) }), " ", el("code", {}, bdi(name)), " into the folder of the article. If such a file is there already, add the new lines at its end."),
      el("li", {}, "Build it again: ", el("code", {}, bdi(again)), " ", running),
    ),
    folded("The lines, for programs", [area, el("p", {}, copying)]),
  );
}
