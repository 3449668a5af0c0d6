// The legend in words.

const MEANINGS = new Map([
  ["reported_by", "a person or body said so; the arrow leads to whoever has it from there"],
  ["derived_from", "it was taken from a document, intercept, statement or channel"],
  ["denies", "says that it is not so"],
  ["doubts", "is not convinced of it"],
  ["confirms", "says that it is so"],
  ["asserted", "the article says so outright"],
  ["reported", "the article says that somebody reported it"],
  ["alleged", "the article calls it alleged"],
  ["speculative", "the article says “apparently”, “may have” or the like"],
  ["denied", "the article says that this did not happen"],
  ["gap", "somebody is left out here: the article does not say who"],
  ["person", "somebody with a name"],
  ["unnamed", "somebody without one, in a dashed box"],
  ["news_outlet", "a newspaper, agency, broadcaster or site"],
  ["organization", "any other body"],
  ["document", "a paper, file or message"],
  ["intercept", "what was overheard or read in secret"],
  ["statement", "a speech, interview, press conference or written statement"],
  ["channel", "a place where things are posted or passed on"],
  ["named", "all who are not unnamed"],
]);

/** Every sign that this graph shows, with what it means. @param {HTMLDialogElement} dialog @param {Graph} graph */
function showSigns(dialog, graph) {
  const counts = countFacets(graph);
  const row = (facet) => el("tr", {}, el("td", {}, sign(facet, graph)), el("th", { scope: "row", text: facetName(facet) }), el("td", { text: MEANINGS.get(facet) }));
  const rows = (facets) => facets.filter((facet) => counts.get(facet)).map(row);
  const words = (name, text) => el("tr", {}, el("td", {}), el("th", { scope: "row", text: name }), el("td", { text }));
  const group = (title, some) => (some.length ? el("tbody", {}, el("tr", {}, el("th", { colspan: 3, scope: "rowgroup", class: "group", text: title })), ...some) : "");
  replace(
    dialog,
    el("h2", { text: "What the signs mean", tabindex: -1, autofocus: true }),
    el("p", { text: "Read it from left to right: where something comes from, through whom it went, and at the right the article." }),
    el(
      "table",
      { class: "signs" },
      group("Lines", rows(FACETS.lines)),
      group("How the article commits itself", rows(FACETS.certainty)),
      group("Boxes", rows(TYPES)),
      group("Besides", [
        ...rows(["gap"]),
        words("band of light", "the chain through what is selected; without that, the one that the page opens with"),
        words("paler, leaning", `the program is less sure that it read this right: of what has ${SURE.toFixed(2)} or more, nine in ten are right; below ${UNSURE.toFixed(2)} it is “unsure”`),
      ]),
    ),
    el("p", { class: "hint", text: "Pressed, an entry of the legend below the picture leaves only what it stands for." }),
    el("form", { method: "dialog" }, el("button", { class: "primary", text: "Close" })),
  );
  dialog.showModal();
  dialog.scrollTop = 0;
}
