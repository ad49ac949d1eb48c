/** A list that comes in: what is in it is told before anything is written, again whenever somebody says something else of it; then the same file is sent to be taken. */
import { parse } from "../fragment.js";
import { complain, clear } from "./fields.js";
import { refreshList } from "./filter.js";
import { read, send } from "./http.js";
import { saved } from "./sheet.js";

const EVERY = 500;

/** How far it is, until it is over. */
function follow(report) {
  const said = document.createElement("p");
  const bar = document.createElement("progress");
  said.className = "rows";
  said.id = "import-rows";
  bar.setAttribute("aria-labelledby", said.id);
  report.replaceChildren(said, bar);
  return setInterval(async () => {
    const found = await read("/console/phone/import/progress").catch(() => null);
    if (!found || !said.isConnected) return;
    said.textContent = found.say;
    if (found.of) Object.assign(bar, { max: found.of, value: found.rows });
  }, EVERY);
}

async function take(form, apply) {
  const report = form.querySelector("[data-report]");
  const values = new FormData(form);
  if (apply) values.set("apply", "1");
  clear(form);
  report.classList.add("loading");
  const sent = send(form.getAttribute("action"), values);
  const following = apply ? follow(report) : 0;
  try {
    report.replaceChildren(parse(await sent));
    saved();
    if (apply) refreshList();
  } catch (problem) {
    report.replaceChildren();
    complain(form, problem);
  }
  clearInterval(following);
  report.classList.remove("loading");
}

document.addEventListener("change", ({ target }) => {
  const form = target.closest?.("[data-import]");
  if (form?.elements.file.files.length) take(form, false);
});
document.addEventListener("submit", (event) => {
  const form = event.target.closest?.("[data-import]");
  if (!form) return;
  event.preventDefault();
  take(form, Boolean(event.submitter?.matches("[data-apply]")));
});
