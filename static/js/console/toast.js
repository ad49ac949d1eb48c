/** One sentence at a time at the foot of the page, with a way back; 8 seconds, longer while it is looked at. */
import { send } from "./http.js";
import { t } from "./words.js";

const box = document.querySelector("[data-toasts]");
const SHOWN = 8000;
let present = null;

/** Shows `sentence`; `action` is `{label, run}`. A new one takes the place of the one before. */
export function toast(sentence, action = null) {
  present?.end();
  const element = document.createElement("div");
  element.className = "toast";
  const words = document.createElement("span");
  words.textContent = sentence;
  element.append(words);
  if (action) element.append(button(action));
  box.append(element);
  present = lasting(element, action);
}

/** Shows what was done, and offers to take it back. */
export function done({ say, undo }, after) {
  if (!say) return;
  const back = async () => {
    try {
      toast((await send("/console/undo", { seq: undo })).say);
    } catch (problem) {
      toast(problem.message);
    }
    after?.();
  };
  toast(say, undo ? { label: t("undo"), run: back } : null);
}

/** Presses the present toast's button, for a key; whether there was one. */
export const press = () => present?.press() ?? false;

function button({ label, run }) {
  const element = document.createElement("button");
  Object.assign(element, { type: "button", className: "btn", textContent: label });
  element.addEventListener("click", () => { present?.end(); run(); });
  return element;
}

function lasting(element, action) {
  let left = SHOWN;
  let since = performance.now();
  let timer = setTimeout(end, left);
  const held = () => element.matches(":hover") || element.contains(document.activeElement);
  const pause = () => { clearTimeout(timer); left -= performance.now() - since; };
  const go = () => { if (!held()) { clearTimeout(timer); since = performance.now(); timer = setTimeout(end, Math.max(1500, left)); } };
  for (const event of ["pointerenter", "focusin"]) element.addEventListener(event, pause);
  for (const event of ["pointerleave", "focusout"]) element.addEventListener(event, () => setTimeout(go));
  function end() {
    clearTimeout(timer);
    element.remove();
    if (present?.element === element) present = null;
  }
  return { element, end, press };
  function press() {
    if (action) { end(); action.run(); }
    return Boolean(action);
  }
}
