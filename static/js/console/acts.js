/** A button that does something at once: [data-post], with values, and a sentence with a way back afterwards. */
import { newKey, send } from "./http.js";
import { withPassword } from "./confirm.js";
import { afterUndo, settled } from "./due.js";
import { refresh } from "./live.js";
import { closeSheet, refreshSheet } from "./sheet.js";
import { done, toast } from "./toast.js";
import { t } from "./words.js";

document.addEventListener("click", (event) => {
  const ask = event.target.closest("[data-ask]");
  if (ask) return unfold(ask);
  const button = event.target.closest("[data-post]");
  if (button && !button.hasAttribute("aria-busy")) act(button);
});

/** Two answers take the place of a button; they fold away when the focus leaves them. */
function unfold(ask) {
  const answers = ask.nextElementSibling;
  ask.hidden = true;
  ask.setAttribute("aria-expanded", "true");
  answers.hidden = false;
  answers.querySelector("button").focus();
  const fold = (event) => {
    if (answers.contains(event.relatedTarget)) return;
    ask.hidden = false;
    answers.hidden = true;
    ask.setAttribute("aria-expanded", "false");
    answers.removeEventListener("focusout", fold);
  };
  answers.addEventListener("focusout", fold);
}

async function act(button) {
  if (button.dataset.confirm && !button.hasAttribute("data-sure")) return sure(button);
  const values = JSON.parse(button.dataset.values ?? "{}");
  if (button.hasAttribute("data-with-badge")) values.badge_returned = button.closest("footer").querySelector("[data-badge-back]")?.checked ?? false;
  button.setAttribute("aria-busy", "true");
  try {
    const answer = await withPassword(button, () => send(button.dataset.post, values, newKey()));
    if (!answer) return;
    if (button.hasAttribute("data-settle")) settled(button, answer);
    else {
      done(answer, refresh);
      button.blur();
    }
    if (answer.go && button.closest(".sheet")) closeSheet();
    else if (answer.go || button.closest("[data-page-acts]")) setTimeout(() => location.reload(), 900);
    refreshSheet(true);
    refresh(answer.seq ?? 0);
  } catch (problem) {
    toast(problem.message);
    refresh();
  } finally {
    button.removeAttribute("aria-busy");
  }
}

/** Asks once in place of the button's own words. */
function sure(button) {
  const words = button.textContent;
  button.dataset.sure = "";
  button.title = button.dataset.confirm;
  button.textContent = `${button.dataset.confirm} ${words}?`;
  button.addEventListener("blur", () => { button.textContent = words; delete button.dataset.sure; }, { once: true });
}

afterUndo(refresh);
