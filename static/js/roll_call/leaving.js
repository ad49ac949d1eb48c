/** Logging out, or coming to the door because the session is over, erases the copy on this device. */
import { forget, safe } from "./store.js";

document.addEventListener("submit", async (event) => {
  const form = event.target.closest('form[action="/sign-out"]');
  if (!form || form.dataset.erased || !safe()) return;
  event.preventDefault();
  await forget().catch(() => {});
  form.dataset.erased = "1";
  form.requestSubmit(event.submitter);
});
if (document.querySelector("[data-signed-out]") && safe()) forget().catch(() => {});
