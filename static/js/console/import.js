/** A list that comes in: what is in it is told before anything is written, again whenever somebody says something else of it; then the same file is sent to be taken. */
import { parse } from "../fragment.js";
import { complain, clear } from "./fields.js";
import { refreshList } from "./filter.js";
import { send } from "./http.js";
import { saved } from "./sheet.js";

async function take(form, apply) {
  const report = form.querySelector("[data-report]");
  const values = new FormData(form);
  if (apply) values.set("apply", "1");
  clear(form);
  report.classList.add("loading");
  try {
    report.replaceChildren(parse(await send(form.getAttribute("action"), values)));
    saved();
    if (apply) refreshList();
  } catch (problem) {
    report.replaceChildren();
    complain(form, problem);
  }
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
