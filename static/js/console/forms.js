/** Every form[data-send]: sent as JSON, refusals told field by field, then a sentence and the way on. */
import { withPassword } from "./confirm.js";
import { complain, clear, values } from "./fields.js";
import { newKey, send } from "./http.js";
import { refreshList } from "./filter.js";
import { refresh } from "./live.js";
import { closeSheet, load, refreshSheet, saved } from "./sheet.js";
import { done } from "./toast.js";

document.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-send]");
  if (!form) return;
  event.preventDefault();
  submit(form);
});

async function submit(form) {
  const button = form.querySelector("[data-save], .btn.main, .btn.form, button:not([type=button])");
  if (button?.hasAttribute("aria-busy")) return;
  button?.setAttribute("aria-busy", "true");
  clear(form);
  try {
    const answer = await withPassword(form, () => send(form.getAttribute("action"), values(form), newKey()));
    if (answer) await after(form, answer);
  } catch (problem) {
    complain(form, problem);
    if (problem.code === "stale") { saved(); refreshSheet(true); }
  } finally {
    button?.removeAttribute("aria-busy");
  }
}

async function after(form, answer) {
  saved();
  if (answer.open) return location.assign(answer.open);
  done(answer, refresh);
  if (form.closest(".sheet")) {
    if (answer.go) closeSheet();
    else if (form.hasAttribute("data-stay")) await load(form.closest(".sheet-in").dataset.url);
    else await refreshSheet(true);
  } else if (answer.go || form.closest("[data-page-acts]")) {
    setTimeout(() => location.reload(), 900);
  }
  refreshList();
  refresh(answer.seq ?? 0);
}
