/** Rings the front desk. What is written stays, unless the visitor did not agree to it being taken. */
import { call } from "./call.js";
import { go } from "./steps.js";
import { wipe } from "./visit.js";
import { language, put, speak } from "./words.js";

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
  const tongue = language();
  wipe();
  speak(tongue);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-help]");
  if (!button) return;
  const reason = button.dataset.help;
  if (reason === "no_consent") forget();
  carryOn.hidden = document.body.dataset.at === "start";
  ring(reason);
});
