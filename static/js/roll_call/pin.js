/** On the page of the roll call: choosing the PIN of this device, and erasing what is kept. */
import { send } from "../console/http.js";
import { t } from "../console/words.js";
import { choose, keeps } from "./device.js";
import { refreshCopy } from "./keep.js";
import { forget, safe } from "./store.js";

const box = document.querySelector("[data-roll-device]");
const form = box?.querySelector("[data-pin]");
const account = document.querySelector("[data-account]")?.dataset.account;

async function show() {
  const now = !safe() ? "unsafe" : (await keeps(account)) ? "kept" : "none";
  for (const part of box.querySelectorAll("[data-when]")) part.hidden = part.dataset.when !== now;
  box.dataset.now = now;
  box.hidden = false;
}

form?.addEventListener("submit", async (event) => {
  event.preventDefault();
  const field = form.elements.pin;
  const error = form.querySelector("[data-error]");
  const button = form.querySelector("button");
  error.textContent = /^\d{6,}$/.test(field.value) ? "" : t("pin_short");
  if (error.textContent || button.hasAttribute("aria-busy")) return;
  button.setAttribute("aria-busy", "true");
  try {
    await send("/console/roll-call/device", { public_key: await choose(account, field.value) });
    await refreshCopy(true);
  } catch (problem) {
    await forget();
    error.textContent = problem.message;
  } finally {
    button.removeAttribute("aria-busy");
    field.value = "";
  }
  if (!error.textContent) await show();
});
box?.querySelector("[data-pin-drop]")?.addEventListener("click", async () => {
  await forget();
  await show();
});
if (box) show();
