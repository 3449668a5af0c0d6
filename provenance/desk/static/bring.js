// Articles dropped, picked, pasted or named by an address; and what becomes of them.

const seen = { done: new Set(TOLD.done), shown: new Set(), awaited: 0, asked: 0, timer: 0, touched: -Infinity, left: -Infinity };
const REST = 1000;

async function bring(parts) {
  const began = performance.now();
  const form = new FormData();
  for (const [name, value] of parts) form.append(name, value);
  try {
    const job = await (await ask("/articles", { method: "POST", body: form })).json();
    seen.awaited = seen.left > began ? 0 : job.id;
    seen.shown.add(job.id);
    const fields = new Map([["address", "address"], ["text", "paste"]]);
    for (const [name] of parts) if (fields.has(name)) byId(fields.get(name)).value = "";
    await showJobs();
  } catch (error) { toast(error.message); }
}

async function filesIn(transfer) {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry && item.webkitGetAsEntry()).filter(Boolean);
  if (!entries.some((one) => one.isDirectory)) return [...transfer.files];
  const found = [];
  while (entries.length) {
    const entry = entries.pop();
    if (entry.isFile) found.push(await new Promise((done, fail) => { entry.file(done, fail); }));
    else {
      const reader = entry.createReader();
      for (;;) {
        const some = await new Promise((done, fail) => { reader.readEntries(done, fail); });
        if (!some.length) break;
        entries.push(...some);
      }
    }
  }
  return found;
}

function jobRow(job) {
  const counts = [job.built ? `${plural(job.built, "article")} built` : "", job.kept ? `${job.kept} already there` : "", job.failed ? `${job.failed} failed` : ""].filter(Boolean).join(", ");
  const state_ = job.done ? counts || "nothing was built" : `${job.at} of ${job.total}${job.now ? `: ${job.now}` : ""}`;
  const opened = job.done && job.articles.length === 1 ? [" ", el("a", { href: `/articles/${job.articles[0]}`, text: "Open" })] : [];
  return el("div", { class: "job", "data-job": job.id, "data-done": String(job.done) },
    el("p", {}, el("b", {}, bdi(job.name)), " ", el("span", { text: state_ }), ...opened),
    job.done ? null : el("progress", { max: Math.max(1, job.total), value: Math.max(0, job.at - 1), "aria-label": `Building ${job.name}` }),
    job.lines.length ? el("ul", { class: "lines" }, ...job.lines.map((line) => el("li", {}, bdi(line)))) : null);
}

/** Show how far everything is; the page of a single article opens when it is there. */
async function showJobs() {
  clearTimeout(seen.timer);
  const turn = ++seen.asked;
  const jobs = await (await ask("/jobs")).json();
  if (turn !== seen.asked) return; // a later answer is on its way
  for (const job of jobs) if (!seen.done.has(job.id)) seen.shown.add(job.id);
  const shown = jobs.filter((job) => seen.shown.has(job.id) || job.lines.length).slice(0, 6);
  replace(byId("jobs"), ...shown.map(jobRow));
  const ended = jobs.filter((job) => job.done && !seen.done.has(job.id));
  for (const job of ended) seen.done.add(job.id);
  const mine = ended.find((job) => job.id === seen.awaited);
  if (mine && mine.total === 1 && mine.articles.length === 1 && !mine.failed) location.assign(`/articles/${mine.articles[0]}`);
  else if (ended.some((job) => job.built)) renew().catch((error) => toast(error.message));
  if (jobs.some((job) => !job.done)) seen.timer = setTimeout(() => showJobs().catch((error) => toast(error.message)), 500);
}

// The lists hold what there was when the page was made. New ones take their place without taking anything else
// away, and not under a hand that is about to click.
async function renew() {
  const fresh = await (await ask("/list")).json();
  while (performance.now() - seen.touched < REST) await new Promise((done) => { setTimeout(done, 100); });
  renewLists(fresh);
  document.body.classList.toggle("empty", !DATA.articles.length);
}

function startBringing() {
  // Who does something else meanwhile is not taken away from it.
  const touch = () => { seen.touched = performance.now(); };
  const leave = () => {
    touch();
    seen.left = seen.touched;
    seen.awaited = 0;
  };
  for (const kind of ["pointermove", "wheel"]) addEventListener(kind, touch, { passive: true });
  for (const kind of ["pointerdown", "keydown"]) addEventListener(kind, leave);
  addEventListener("beforeunload", () => { seen.touched = performance.now() + 10 * REST; }); // another page is on its way
  byId("pick").addEventListener("click", () => byId("files").click());
  byId("files").addEventListener("change", () => bring([...byId("files").files].map((file) => ["files", file])));
  byId("send").addEventListener("click", () => {
    const given = ["address", "paste"].map((id) => [id === "paste" ? "text" : id, byId(id).value]).filter(([, value]) => value.trim());
    if (given.length) bring(given);
    else byId("address").focus();
  });
  byId("address").addEventListener("keydown", (event) => { if (event.key === "Enter") byId("send").click(); });
  addEventListener("dragover", (event) => { event.preventDefault(); document.body.classList.add("over"); });
  addEventListener("dragleave", (event) => { if (!event.relatedTarget) document.body.classList.remove("over"); });
  addEventListener("drop", async (event) => {
    event.preventDefault();
    document.body.classList.remove("over");
    const files = await filesIn(event.dataTransfer);
    if (files.length) bring(files.map((file) => ["files", file]));
    else if (event.dataTransfer.getData("text/uri-list")) bring([["address", event.dataTransfer.getData("text/uri-list").split("\n")[0]]]);
  });
  document.body.classList.toggle("empty", TOLD.empty);
  showJobs().catch((error) => toast(error.message));
}

startBringing();
