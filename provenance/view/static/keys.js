// Everything by keyboard; the same table of keys works them and is shown as help.

/** @typedef {{keys: string[], label: string, text: string, does: (key: string) => void}} Key */

/** @param {() => Key[]} table */
function listenToKeys(table) {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    const { target } = event;
    if (/^(input|select|textarea)$/i.test(target.tagName)) return;
    const pressing = target.closest("button, summary, a, [role=button]");
    if (pressing && /^(Enter| )$/.test(event.key)) return;
    const arrow = event.key.startsWith("Arrow");
    if (arrow && target.id !== "graph" && target !== document.body) return;
    const found = table().find((one) => one.keys.includes(event.key));
    if (!found) return;
    event.preventDefault();
    found.does(event.key);
  });
}

/** @param {HTMLDialogElement} dialog @param {Key[]} table */
function showHelp(dialog, table) {
  const rows = table.map(({ label, text }) => el("tr", {}, el("th", { scope: "row" }, ...label.split(" ").map((one) => el("kbd", { text: one }))), el("td", { text })));
  replace(
    dialog,
    el("h2", { text: "Keys" }),
    el("table", { class: "keys" }, el("tbody", {}, ...rows)),
    el("p", { class: "hint", text: "Tab goes through all there is; in the text, Enter on a marked sentence selects what stands on it." }),
    el(
      "form", { method: "dialog", class: "buttons" },
      el("button", { class: "primary", text: "Close" }),
      el("button", { class: "action", text: "Show the tour", onclick: () => renderTour(byId("tour"), 0) }),
    ),
  );
  dialog.showModal();
}
