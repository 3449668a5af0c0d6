// Articles dropped, picked, pasted or named by an address; and what becomes of them.

const seen = { started: false, done: new Set(), opened: 0, timer: 0 };

async function bring(parts) {
  const form = new FormData();
  for (const [name, value] of parts) form.append(name, value);
  try {
    const job = await (await ask("/articles", { method: "POST", body: form })).json();
    seen.opened = job.id;
    byId("address").value = "";
    byId("paste").value = "";
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
  const jobs = await (await ask("/jobs")).json();
  const shown = jobs.filter((job) => !job.done || job.id >= seen.opened || job.lines.length).slice(0, 6);
  replace(byId("jobs"), ...shown.map(jobRow));
  const ended = jobs.filter((job) => job.done && !seen.done.has(job.id));
  const first = !seen.started;
  seen.started = true;
  for (const job of ended) seen.done.add(job.id);
  const mine = ended.find((job) => job.id === seen.opened);
  if (first) {
    // What was done before this page was made is in it.
  } else if (mine && mine.total === 1 && mine.articles.length === 1 && !mine.failed) {
    location.assign(`/articles/${mine.articles[0]}`);
  } else if (ended.some((job) => job.built)) renew();
  if (jobs.some((job) => !job.done)) seen.timer = setTimeout(() => showJobs().catch((error) => toast(error.message)), 500);
}

// The lists hold what there was when the page was made; what was said of the jobs stays to be read.
function renew() {
  sessionStorage.setItem("opened", String(seen.opened));
  location.reload();
}

function startBringing() {
  seen.opened = Number(sessionStorage.getItem("opened")) || 0;
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
