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
