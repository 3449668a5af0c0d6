// Corrections made at once: a click, a key, or one source dragged onto another; and each undone.

const ADDRESS = `/articles/${TOLD.digest}`;
const LOOK = 2000;
const working = { version: TOLD.version && `"${TOLD.version}"`, lost: TOLD.lost, sending: Promise.resolve(), grabbed: null };

/** Send a correction after those that were sent before, and show what came of it. */
function send(correction) {
  const sent = working.sending.then(async () => {
    const body = JSON.stringify({ who: byId("as").value.trim(), why: byId("because").value.trim(), ...correction });
    const answer = await ask(`${ADDRESS}/corrections`, { method: "POST", headers: { "Content-Type": "application/json" }, body });
    byId("because").value = "";
    update(await answer.json());
    return answer.headers.get("Correction");
  });
  working.sending = sent.catch(() => {});
  return sent;
}

function update({ raw, lost, documents, version }) {
  working.version = version;
  working.lost = lost;
  for (const [format, text] of Object.entries(documents)) {
    // As in a page: nothing in it ends a script.
    byId(`${format}-0`).textContent = text.replace(/<(?=[/!])/g, "\\u003c");
  }
  replaceGraph(0, raw);
  showLog();
}

async function atOnce(correction, text) {
  try {
    const id = await send(correction);
    toast(text, " ", el("button", { type: "button", class: "link", text: "Undo (u)", onclick: () => undo(id) }));
  } catch (error) { toast(error.message); }
}

function undo(id) {
  return atOnce({ action: "undo", undoes: id }, "Undone.");
}

function undoLast() {
  const last = state.graph.raw.corrections.at(-1);
  if (last) undo(last.id);
  else toast("There is no correction to undo.");
}

function between(key, action) {
  const item = state.graph.items.get(key);
  if (!item || !isLine(item)) return toast("Choose a line first.");
  const ends = { source: anchorOf(state.graph, item.source), target: anchorOf(state.graph, item.target) };
  return atOnce({ action, ...ends }, action === "reject" ? "Taken out." : "Confirmed.");
}

function merge(one, other) {
  if (one === other || one === "article") return undefined;
  const names = [nameOf(state.graph, one), nameOf(state.graph, other)];
  if (other === "article") return toast("A source is not the article.");
  return atOnce({ action: "merge", source: anchorOf(state.graph, one), target: anchorOf(state.graph, other) }, `${names[0]} is ${names[1]} now.`);
}

function quickButtons(key) {
  const item = state.graph.items.get(key);
  const act = (text, onclick) => el("button", { type: "button", class: "action quick", text, onclick });
  if (item && isLine(item)) return [act("✓ Right (v)", () => between(key, "confirm")), act("✗ Wrong (x)", () => between(key, "reject"))];
  if (item?.what === "claim") return [act("Whose words (w)", () => form(key, "credit")), act("Grade (g)", () => form(key, "grade"))];
  if (item || key === "s:article") return [];
  return [act("Rename (r)", () => form(key, "rename")), act("Retype (k)", () => form(key, "retype")), act("Grade (g)", () => form(key, "grade")), act("Merge (m)", () => form(key, "merge"))];
}

/** Open the form with one choice made, for what needs a word more. */
function form(key, action) {
  if (!key || key === "s:article") return;
  openCorrecting(byId("correcting"), state.graph, key);
  const choice = byId("correcting").querySelector("#action");
  if (![...choice.options].some((one) => one.value === action)) return;
  choice.value = action;
  choice.dispatchEvent(new Event("change"));
  const first = byId("correcting").querySelector(".fields input, .fields select");
  if (first) first.focus();
}

function showLog() {
  const rows = state.graph.raw.corrections.toReversed().map((one) => el("li", {}, `${one.action}${one.grade ? ` ${one.grade}` : ""}: `, ...joined(one.about.map((key) => (key.startsWith("s:") ? nameOf(state.graph, key.slice(2)) : "a claim"))), ` by `, bdi(one.who), one.why ? `: ` : "", bdi(one.why), " ", el("button", { type: "button", class: "link", text: "Undo", onclick: () => undo(one.id) })));
  const lost = working.lost.map((one) => el("li", { class: "gap" }, `${one.action} by `, bdi(one.who), ` no longer applies: `, bdi(one.why), " ", el("button", { type: "button", class: "link", text: "Undo", onclick: () => undo(one.id) })));
  replace(byId("log").querySelector("ul"), ...lost, ...rows);
  byId("log").querySelector("summary").textContent = `Corrections (${rows.length + lost.length})`;
  byId("log").hidden = !(rows.length + lost.length);
}

// A source that is dragged onto another is that one. The network is kept from moving meanwhile.
function listenToDragging(view) {
  const { holder, network } = view;
  const signal = view.listening.signal;
  const at = (event) => {
    const frame = holder.getBoundingClientRect();
    return { x: event.clientX - frame.left, y: event.clientY - frame.top };
  };
  const sourceAt = (event) => {
    const key = itemAt(view, at(event));
    return key.startsWith("s:") ? key.slice(2) : "";
  };
  holder.addEventListener("pointerdown", (event) => {
    const id = event.button === 0 ? sourceAt(event) : "";
    if (!id || id === "article") return;
    working.grabbed = { id, from: at(event), moved: false };
    network.setOptions({ interaction: { dragView: false } });
  }, { capture: true, signal });
  addEventListener("pointermove", (event) => {
    const { grabbed } = working;
    if (!grabbed) return;
    const { x, y } = at(event);
    grabbed.moved ||= Math.hypot(x - grabbed.from.x, y - grabbed.from.y) > 8;
    if (!grabbed.moved) return;
    const over = sourceAt(event);
    const onto = over && over !== grabbed.id && over !== "article";
    hoverOver(view, onto ? `s:${over}` : "");
    showTip(byId("tip"), state.graph, "", null);
    showGrabbed(`${nameOf(state.graph, grabbed.id)}${onto ? ` = ${nameOf(state.graph, over)}` : ""}`, event, onto);
  }, { signal });
  const drop = (event) => {
    const { grabbed } = working;
    if (!grabbed) return;
    working.grabbed = null;
    network.setOptions({ interaction: { dragView: true } });
    byId("grabbed").hidden = true;
    if (grabbed.moved && event.type === "pointerup" && sourceAt(event)) merge(grabbed.id, sourceAt(event));
  };
  for (const name of ["pointerup", "pointercancel"]) addEventListener(name, drop, { signal });
}

function showGrabbed(text, event, onto) {
  const label = byId("grabbed");
  label.hidden = false;
  label.classList.toggle("onto", Boolean(onto));
  replace(label, bdi(text));
  // The policy allows no style in markup; a property set by the page's own script is none.
  label.style.left = `${event.clientX + 14}px`;
  label.style.top = `${event.clientY + 10}px`;
}

/** Others correct it too: another tab, or prov correct in a terminal. */
async function lookAgain() {
  if (document.hidden || document.querySelector("dialog[open]") || working.grabbed) return;
  try {
    const answer = await ask(`${ADDRESS}/data`, { headers: { "If-None-Match": working.version } });
    if (answer.status === 304) return;
    const fresh = await answer.json();
    if (fresh.version === working.version) return;
    update(fresh);
    toast("Somebody else corrected it: this is how it is now.");
  } catch { /* The desk was stopped; whoever corrects something is told. */ }
}

function startCorrecting() {
  byId("as").value = kept.who = sessionStorage.getItem("who") || TOLD.who;
  byId("as").addEventListener("change", () => { kept.who = byId("as").value.trim(); sessionStorage.setItem("who", kept.who); });
  document.body.append(el("div", { id: "grabbed", hidden: true, "aria-hidden": "true" }));
  desk.send = (correction) => send(correction).then((id) => toast("Saved.", " ", el("button", { type: "button", class: "link", text: "Undo (u)", onclick: () => undo(id) })));
  extra.quick = quickButtons;
  extra.drawn = listenToDragging;
  const selected = () => state.shown.select;
  extra.keys.push(
    { keys: ["v"], label: "v", text: "the selected line is right", does: () => between(selected(), "confirm") },
    { keys: ["x"], label: "x", text: "the selected line is wrong", does: () => between(selected(), "reject") },
    { keys: ["w"], label: "w", text: "whose words the selected claim is", does: () => form(selected(), "credit") },
    { keys: ["r", "k", "g", "m"], label: "r k g m", text: "rename, retype, grade or merge what is selected; or drag a source onto another", does: (key) => form(selected(), { r: "rename", k: "retype", g: "grade", m: "merge" }[key]) },
    { keys: ["u"], label: "u", text: "undo the last correction", does: undoLast },
  );
  listenToDragging(state.view);
  showSelected(state.shown);
  showLog();
  (async function again() {
    await working.sending;
    await lookAgain();
    setTimeout(again, LOOK);
  })();
}

startCorrecting();
