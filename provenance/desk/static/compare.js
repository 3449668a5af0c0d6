// Two articles side by side: what both have is selected in both.

const frames = [...document.querySelectorAll("iframe")];

for (const button_ of document.querySelectorAll(".shared")) {
  button_.addEventListener("click", () => {
    const keys = [button_.dataset.one, button_.dataset.other];
    frames.forEach((frame, n) => { frame.src = `${frame.src.split("#")[0]}#select=${encodeURIComponent(keys[n])}`; });
    for (const other of document.querySelectorAll(".shared")) other.setAttribute("aria-pressed", String(other === button_));
  });
}
