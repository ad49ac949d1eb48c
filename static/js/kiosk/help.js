/** Rings the front desk. What is written stays, unless the visitor did not agree to it being taken. */
import { call } from "./call.js";
import { go, onStep } from "./steps.js";
import { onWipe, visit } from "./visit.js";
import { language, put } from "./words.js";

const heading = document.getElementById("helped-h");
const more = document.getElementById("helped-more");
const carryOn = document.getElementById("carry-on");

async function ring(reason) {
  put(heading, "help_coming");
  put(more, "help_stay");
  go("helped");
  try {
    await call("POST", "/kiosk/help", { language: language(), reason });
  } catch {
    put(heading, "ask_desk");
    put(more, "help_failed");
  }
}

function forget() {
  document.getElementById("details").reset();
  Object.assign(visit, { host: null, photo: null, signature: null });
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-help]");
  if (!button) return;
  const reason = button.dataset.help;
  carryOn.hidden = reason === "no_consent" || ["start", "done"].includes(document.body.dataset.at);
  if (reason === "no_consent") forget();
  ring(reason);
});
onStep("helped", () => {});
onWipe(() => { carryOn.hidden = true; });
