// Elements, made without markup: every string ends up as text.

/** @param {string} tag @param {Record<string, any>} props @param {...any} children @returns {any} */
function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(props)) {
    if (key === "onclick") node.addEventListener("click", value);
    else if (key === "text") node.textContent = value;
    else if (value !== false && value !== undefined) node.setAttribute(key, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

// A name, kept from turning round what stands beside it.
function bdi(text) {
  return el("bdi", { text: String(text) });
}

// The words of a claim in one pair of quotation marks, also where the article has them in its own; less a "that" before them.
function quoted(text, props = {}) {
  const words = text.replace(/^that\s+/, "");
  const own = ownQuotes(words);
  return el(own === "" ? "span" : "q", props, bdi(own === "" ? words : innerQuotes(own || words)));
}

// Quotation marks within others are single ones.
function innerQuotes(text) {
  return text.replaceAll("“", "‘").replaceAll("”", "’").replaceAll('"', "'");
}

// What stands within the quotation marks of a text; "" where these are several, undefined where it has none.
function ownQuotes(text) {
  const words = text.trim();
  if (!/^["“«].*["”»]$/s.test(words)) return undefined;
  const inner = words.slice(1, -1).replace(/[,;]\s*$/, "");
  return /["“”«»]/.test(inner) ? "" : inner;
}

function inQuotes(text) {
  const own = ownQuotes(text);
  return own === "" ? text : `“${innerQuotes(own || text)}”`;
}

function button(text, onclick, className = "link") {
  return el("button", { type: "button", class: className, onclick }, bdi(text));
}

/** @param {string} id @returns {any} */
function byId(id) {
  return document.getElementById(id);
}

function replace(node, ...children) {
  node.replaceChildren(...children);
}

const SPELLED = { "ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "ß": "ss", "’": "'" };

// A text as it is looked for: in lower case, without accents.
function plainText(text) {
  return text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]+/g, "").replace(/[øłđðħıæœß’]/g, (letter) => SPELLED[letter]);
}

// Whether a plain text has all words, in any order.
function hasAll(text, words) {
  return words.every((word) => text.includes(word));
}
