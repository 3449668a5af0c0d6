// A tour of three steps, for whoever sees such a page for the first time; closed, it stays closed.

const TOUR_KEPT = "source-provenance.tour";
const STEPS = [
  ["Read it from left to right", "At the left is where something comes from, then through whom it went; at the right is this article. Paler boxes are less sure."],
  ["Ask any box, line or sentence", "Click or tap it, or go there with the arrow keys: above the text stands what is known of it, with the sentence that it rests on."],
  ["Take it with you", "“Take away” gives a picture with its legend, a paragraph with footnotes, tables and data. “Legend” says in words what the signs mean; the key “?” shows all keys."],
];

function tourIsClosed() {
  try {
    return localStorage.getItem(TOUR_KEPT) === "closed";
  } catch {
    return false; // no storage is given to pages in a sandbox
  }
}

function keepTourClosed() {
  try {
    localStorage.setItem(TOUR_KEPT, "closed");
  } catch { /* then it comes again next time */ }
}

/** @param {HTMLElement} view @param {number} step */
function renderTour(view, step) {
  const [title, text] = STEPS[step];
  const close = () => {
    keepTourClosed();
    view.hidden = true;
    byId("graph").focus();
  };
  const turn = (to) => () => {
    renderTour(view, to);
    view.querySelector("button").focus();
  };
  const last = step === STEPS.length - 1;
  view.hidden = false;
  replace(
    view,
    el("h2", { text: title }),
    el("p", { text }),
    el(
      "p",
      { class: "actions" },
      last ? "" : el("button", { type: "button", class: "action", text: "Next", onclick: turn(step + 1) }),
      step ? el("button", { type: "button", class: "action", text: "Back", onclick: turn(step - 1) }) : "",
      el("button", { type: "button", class: "action close", text: last ? "Done" : "Do not show this again", onclick: close }),
      el("span", { class: "hint", text: `${step + 1} of ${STEPS.length}` }),
    ),
  );
}

/** @param {HTMLElement} view @param {boolean} frozen */
function offerTour(view, frozen) {
  if (!frozen && !tourIsClosed()) renderTour(view, 0);
}
