/** Our own letter keys; a system keyboard learns names and would offer them to the next visitor. */
import { onWipe } from "./visit.js";

const roomy = matchMedia("(min-width: 640px)");

function type(field, letter) {
  if (field.maxLength > 0 && field.value.length >= field.maxLength && letter) return;
  const [from, to] = [field.selectionStart ?? field.value.length, field.selectionEnd ?? field.value.length];
  field.setRangeText(letter, letter || from !== to ? from : Math.max(0, from - 1), to, "end");
  field.dispatchEvent(new InputEvent("input", { bubbles: true }));
}

function attach(pad) {
  const field = document.getElementById(pad.dataset.pad);
  const own = () => { field.inputMode = roomy.matches ? "none" : "text"; };
  pad.addEventListener("pointerdown", (event) => event.preventDefault());
  pad.addEventListener("click", (event) => {
    const key = event.target.closest("button");
    if (!key) return;
    if ("padSystem" in key.dataset) return system();
    type(field, key.dataset.key ?? "");
    if (event.detail) field.focus({ preventScroll: true });
  });

  function system() {
    field.blur();
    field.inputMode = "text";
    field.focus({ preventScroll: true });
    navigator.virtualKeyboard?.show();
  }

  roomy.addEventListener("change", own);
  field.addEventListener("blur", own);
  onWipe(own);
  own();
}

document.querySelectorAll("[data-pad]").forEach(attach);
