/** Shows what is hidden for half a minute; that somebody looked is written down by the desk. */
import { send } from "./http.js";
import { toast } from "./toast.js";
import { t } from "./words.js";

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-reveal]");
  if (!button || button.disabled) return;
  button.disabled = true;
  try {
    show(button, await send(button.dataset.reveal, JSON.parse(button.dataset.values ?? "{}")));
  } catch (problem) {
    button.disabled = false;
    toast(problem.message);
  }
});

function show(button, { shown, seconds }) {
  const place = button.parentElement.querySelector("[data-shown]");
  for (const other of button.parentElement.querySelectorAll("[data-reveal]")) other.disabled = other === button;
  place.setAttribute("aria-live", "polite");
  const left = document.createElement("small");
  place.replaceChildren(...shown.flatMap(({ label, value }) => [pair(label, value)]), left);
  const until = performance.now() + seconds * 1000;
  const tick = () => {
    const rest = Math.ceil((until - performance.now()) / 1000);
    if (left.parentElement !== place) return; // another look has taken its place
    if (rest <= 0 || !place.isConnected) {
      place.replaceChildren();
      button.disabled = false;
      return;
    }
    left.textContent = t("hidden_in", { n: rest });
    setTimeout(tick, 1000);
  };
  tick();
}

function pair(label, value) {
  const part = document.createElement("span");
  const words = Object.assign(document.createElement("small"), { textContent: `${label} ` });
  part.append(words, Object.assign(document.createElement("b"), { textContent: value }));
  return part;
}
